//! Which status lists a door fetches and keeps: of each issuer key a base and the deltas that follow on it.
//!
//! Invariant: what is kept of a key leads without a gap from its base as far as [`Chain::until`] says; what an index names
//! is fetched only where it leads further, and the least that does. Goes by names, versions and sizes alone: what is inside
//! was verified to say the same when it came.

use std::collections::BTreeSet;

use crate::trust::StatusSpan;

/// Deltas that are kept on one base before a fresh base is fetched.
const MAX_DELTAS: usize = 64;
/// Their bytes, likewise, unless the base is longer.
const MAX_DELTA_BYTES: u64 = 64 * 1024;

/// A list as an index or the store names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) name: String,
    pub(super) span: StatusSpan,
    pub(super) size: u64,
}

impl Named {
    /// None for a name that is none of a status list, or none that this version knows.
    pub(super) fn read(name: &str, version: u64, size: u64) -> Option<Self> {
        let until = i64::try_from(version).ok()?;
        let parts: Vec<_> = name.split('-').collect();
        let span = match parts[..] {
            [_] => StatusSpan::base(until),
            [_, from, end] if end.parse() == Ok(until) => StatusSpan {
                from: from.parse().ok()?,
                until,
            },
            _ => return None,
        };
        Some(Self {
            name: name.to_owned(),
            span,
            size,
        })
    }

    /// The issuer key that it is of.
    fn key(&self) -> &str {
        self.name.split('-').next().unwrap_or_default()
    }
}

/// A base and what follows on it, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Chain {
    pub(super) lists: Vec<Named>,
    pub(super) until: i64,
}

impl Chain {
    /// What the lists of the issuer key `key` among these make.
    pub(super) fn new(lists: &[Named], key: &str) -> Option<Self> {
        let is_base = |list: &&Named| list.key() == key && list.span.is_base();
        let base = lists.iter().find(is_base)?;
        let mut chain = Self {
            lists: vec![base.clone()],
            until: base.span.until,
        };
        chain.follow(lists, key);
        Some(chain)
    }

    /// Goes on with these as far as they lead, with as little as possible said twice.
    fn follow(&mut self, lists: &[Named], key: &str) {
        let leads_on = |list: &&Named, until: i64| {
            let span = list.span;
            let is_next = !span.is_base() && span.from <= until && until < span.until;
            is_next && list.key() == key
        };
        loop {
            let next = lists.iter().filter(|list| leads_on(list, self.until));
            let Some(next) = next.max_by_key(|list| (list.span.from, list.span.until)) else {
                return;
            };
            self.until = next.span.until;
            self.lists.push(next.clone());
        }
    }

    /// Whether it has grown so long that a fresh base of `base_bytes` is better.
    fn is_long(&self, base_bytes: u64) -> bool {
        let deltas = &self.lists[1..];
        let bytes: u64 = deltas.iter().map(|list| list.size).sum();
        deltas.len() > MAX_DELTAS || bytes > base_bytes.max(MAX_DELTA_BYTES)
    }
}

/// The issuer keys that these are of.
pub(super) fn keys(lists: &[Named]) -> BTreeSet<&str> {
    crate::sorting::gather(lists.iter().map(Named::key))
}

/// What of `offered` is to be fetched, in order, and whether it ends before what is held.
pub(super) fn wanted(offered: &[Named], held: &[Named]) -> (Vec<String>, bool) {
    let mut wanted = Vec::new();
    let mut is_rolled_back = false;
    for key in keys(offered) {
        let newest = newest(offered, key);
        let held = Chain::new(held, key);
        if let Some(held) = held.as_ref().filter(|held| held.until >= newest) {
            is_rolled_back |= held.until > newest;
            continue;
        }
        let whole = Chain::new(offered, key);
        let held_until = held.as_ref().map_or(0, |held| held.until);
        let whole = whole.filter(|whole| whole.until > held_until);
        let further = held.map(|mut chain| {
            let count = chain.lists.len();
            chain.follow(offered, key);
            (chain, count)
        });
        let base_bytes = whole.as_ref().map_or(u64::MAX, |it| it.lists[0].size);
        let goes_on = |(chain, _): &(Chain, usize)| {
            whole.is_none() || (chain.until == newest && !chain.is_long(base_bytes))
        };
        let lists = match further.filter(goes_on) {
            Some((mut chain, count)) => chain.lists.split_off(count),
            None => whole.map(|whole| whole.lists).unwrap_or_default(),
        };
        wanted.extend(lists.into_iter().map(|list| list.name));
    }
    (wanted, is_rolled_back)
}

/// Whether nothing that is `offered` leads further than what is held.
pub(super) fn has_all(offered: &[Named], held: &[Named]) -> bool {
    keys(offered).into_iter().all(|key| {
        let held = Chain::new(held, key);
        held.is_some_and(|held| held.until >= newest(offered, key))
    })
}

/// Names of those that are of no more use once `new` is held.
pub(super) fn superseded(held: &[Named], new: &Named) -> Vec<String> {
    let mut names = Vec::new();
    for list in held {
        let (old, now) = (list.span, new.span);
        let is_within = !old.is_base() && old.from >= now.from && old.until <= now.until;
        if list.key() == new.key() && list.name != new.name && is_within {
            names.push(list.name.clone());
        }
    }
    names
}

fn newest(lists: &[Named], key: &str) -> i64 {
    let ours = lists.iter().filter(|list| list.key() == key);
    ours.map(|list| list.span.until).max().unwrap_or_default()
}

#[cfg(test)]
#[path = "status_lists_tests.rs"]
mod tests;
