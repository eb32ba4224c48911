//! Some of many, at random or one part of several.
//!
//! Invariant: the same seed picks the same of the same list; the parts of a list are all of it, each once.

use std::hash::{BuildHasher as _, RandomState};

/// A seed that nobody chose.
pub fn random_seed() -> u64 {
    RandomState::new().hash_one("seed") % 1_000_000_000
}

/// Up to `count` of `all`, in their order.
pub fn pick(all: &[String], count: usize, seed: u64) -> Vec<String> {
    let mut state = seed;
    let mut ranked: Vec<_> = (0..all.len()).map(|at| (next(&mut state), at)).collect();
    ranked.sort_unstable();
    let mut chosen: Vec<_> = ranked.into_iter().take(count).map(|(_, at)| at).collect();
    chosen.sort_unstable();
    chosen.into_iter().map(|at| all[at].clone()).collect()
}

/// Part `k` of `n`.
pub fn shard(all: &[String], (k, n): (usize, usize)) -> Vec<String> {
    all.iter().skip(k - 1).step_by(n).cloned().collect()
}

/// Reads `K/N`, K from 1 to N.
pub fn parse_shard(text: &str) -> Result<(usize, usize), String> {
    let parsed = text
        .split_once('/')
        .and_then(|(k, n)| Some((k.parse().ok()?, n.parse().ok()?)));
    match parsed {
        Some((k, n)) if (1..=n).contains(&k) => Ok((k, n)),
        _ => Err("K/N, K from 1 to N".to_owned()),
    }
}

/// A name as a regular expression for itself.
pub fn escape(name: &str) -> String {
    let mut escaped = String::with_capacity(name.len() * 2);
    for character in name.chars() {
        if r"\.+*?()|[]{}^$#&-~".contains(character) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

/// `SplitMix64` (Steele, Lea, Flood 2014).
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::{escape, parse_shard, pick, shard};

    fn names(count: usize) -> Vec<String> {
        (0..count).map(|at| format!("{at}")).collect()
    }

    #[test]
    fn a_seed_picks_the_same_and_another_seed_others() {
        let all = names(1_000);
        let sample = pick(&all, 50, 7);
        assert_eq!((sample.len(), &sample), (50, &pick(&all, 50, 7)));
        assert_ne!(sample, pick(&all, 50, 8));
        let mut once = sample.clone();
        once.dedup();
        assert_eq!(once, sample);
        assert_eq!(pick(&all, 5_000, 7), all);
    }

    #[test]
    fn the_parts_are_all_of_it() {
        let all = names(101);
        let mut parts: Vec<_> = (1..=8).flat_map(|k| shard(&all, (k, 8))).collect();
        parts.sort_by_key(|name| name.parse::<usize>().ok());
        assert_eq!(parts, all);
        assert_eq!(parse_shard("8/8"), Ok((8, 8)));
        for wrong in ["0/8", "9/8", "1", "a/b", ""] {
            assert!(parse_shard(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn names_are_told_literally() {
        let name = "a/b.rs:1:2: replace f -> Option<(u8, [u8; 2])> with None";
        let escaped = r"a/b\.rs:1:2: replace f \-> Option<\(u8, \[u8; 2\]\)> with None";
        assert_eq!(escape(name), escaped);
    }
}
