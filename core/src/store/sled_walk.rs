//! A walk over all heads of a sled tree with two threads: reading its pages is most of what opening costs.
//!
//! Invariant: each head is visited once. The front goes through the keys in their order; the helper takes the upper half
//! of what the front has not come to, again and again, and the front ends where the helper began. Nothing may be written
//! meanwhile. Neither goes backwards: for that alone sled has a key of 1 MiB in every app.

use std::sync::{Mutex, PoisonError};

use super::StoreError;
use super::sled_tree::guarded;

/// Heads that are read at a time.
const CHUNK: usize = 256;
/// So few are walked over faster than a thread is started.
const FEW: usize = 1_024;
/// Bytes of a key that a half is told apart by: the longest name and its first byte are shorter.
const WIDTH: usize = 40;

type Head = (sled::IVec, sled::IVec);
/// What is done with a key and a value.
type Visit<'a> = dyn Fn(&[u8], &[u8]) -> Result<(), StoreError> + Sync + 'a;

/// What the two have not claimed lies between these.
struct Unclaimed {
    /// Last key that the front has claimed.
    above: Vec<u8>,
    /// First key that the helper has claimed.
    below: Vec<u8>,
}

impl Unclaimed {
    /// The keys that the helper claims next: from the first, this included, to the second, this not.
    fn take_upper_half(&mut self) -> Option<(Vec<u8>, Vec<u8>)> {
        let middle = middle(&self.above, &self.below)?;
        let end = std::mem::replace(&mut self.below, middle.clone());
        Some((middle, end))
    }

    /// What the front may visit of what it has read.
    fn take_front(&mut self, mut chunk: Vec<Head>) -> Vec<Head> {
        chunk.retain(|(key, _)| **key < *self.below);
        if let Some((last, _)) = chunk.last() {
            self.above = last.to_vec();
        }
        chunk
    }
}

/// Calls `visit` with each key and value from the key `from` to the key `until`, this one not.
///
/// # Errors
/// [`StoreError::Damaged`], [`StoreError::IoFailed`], and what `visit` gives.
pub(super) fn walk(
    db: &sled::Db,
    from: &[u8],
    until: &[u8],
    visit: &Visit<'_>,
) -> Result<(), StoreError> {
    let unclaimed = Mutex::new(Unclaimed {
        above: from.to_vec(),
        below: until.to_vec(),
    });
    let mut heads = db.range(from..until);
    let mut walk_on = || {
        let chunk = read_chunk(&mut heads)?;
        let read = chunk.len();
        let chunk = lock(&unclaimed).take_front(chunk);
        visit_all(&chunk, visit)?;
        Ok(read == CHUNK && chunk.len() == read)
    };
    for _ in 0..FEW / CHUNK {
        if !walk_on()? {
            return Ok(());
        }
    }
    std::thread::scope(|scope| {
        let helper = std::thread::Builder::new().spawn_scoped(scope, || {
            let half = || lock(&unclaimed).take_upper_half();
            while let Some((from, until)) = half() {
                let mut heads = db.range(from..until);
                while visit_all(&read_chunk(&mut heads)?, visit)? {}
            }
            Ok(())
        });
        // Where no thread is to be had the front goes all the way.
        while walk_on()? {}
        match helper {
            Ok(helper) => helper.join().unwrap_or(Err(StoreError::Damaged)),
            Err(_) => Ok(()),
        }
    })
}

fn lock(unclaimed: &Mutex<Unclaimed>) -> std::sync::MutexGuard<'_, Unclaimed> {
    unclaimed.lock().unwrap_or_else(PoisonError::into_inner)
}

fn read_chunk(heads: &mut sled::Iter) -> Result<Vec<Head>, StoreError> {
    guarded(|| heads.take(CHUNK).collect())
}

/// Whether there may be more behind this chunk.
fn visit_all(chunk: &[Head], visit: &Visit<'_>) -> Result<bool, StoreError> {
    for (key, value) in chunk {
        visit(key, value)?;
    }
    Ok(chunk.len() == CHUNK)
}

/// A key half-way between two, as if they were fractions; none if there is no room.
fn middle(low: &[u8], high: &[u8]) -> Option<Vec<u8>> {
    let digit = |key: &[u8], place: usize| u16::from(key.get(place).copied().unwrap_or(0));
    let mut middle = [0; WIDTH];
    let mut carry = 0;
    for place in (0..WIDTH).rev() {
        let sum = digit(low, place) + digit(high, place) + carry;
        [carry, middle[place]] = [sum >> 8, sum & 0xFF];
    }
    let mut odd = carry;
    let halved = middle.map(|digit| {
        let half = odd << 7 | digit >> 1;
        odd = digit & 1;
        half.to_le_bytes()[0]
    });
    (low < &halved[..] && &halved[..] < high).then(|| halved.to_vec())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::sync::Mutex;

    use super::{CHUNK, FEW, middle, walk};

    /// Keys as the store has them: kinds of few and of many records, a hash behind each.
    fn keys(kinds: &[usize]) -> BTreeSet<Vec<u8>> {
        let key = |kind: usize, number: usize| {
            let scattered = (number as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            let kind = (kind as u64 + 1).wrapping_mul(0xD1B5_4A32_D192_ED03);
            let parts = [
                &[0][..],
                &[7; 8],
                &kind.to_be_bytes(),
                &scattered.to_be_bytes(),
            ];
            parts.concat()
        };
        let of_kind = |(kind, count): (usize, &usize)| (0..*count).map(move |n| key(kind, n));
        kinds.iter().enumerate().flat_map(of_kind).collect()
    }

    #[test]
    fn each_head_is_visited_once_however_they_lie() {
        let tables: [&[usize]; 8] = [
            &[],
            &[1],
            &[CHUNK],
            &[FEW],
            &[FEW + 1],
            &[5_000],
            &[3, 4_000, 1, 1, 300],
            &[700; 9],
        ];
        for kinds in tables {
            let folder = tempfile::tempdir().unwrap();
            let db = sled::open(folder.path()).unwrap();
            let keys = keys(kinds);
            for key in &keys {
                db.insert(key, &key[1..]).unwrap();
            }
            // What lies outside is passed over.
            db.insert([1], &[0]).unwrap();
            db.insert([1, 0], &[0]).unwrap();
            let visited = Mutex::new(Vec::new());
            walk(&db, &[0], &[1], &|key, value| {
                assert_eq!(key[1..], *value);
                visited.lock().unwrap().push(key.to_vec());
                Ok(())
            })
            .unwrap();
            let mut visited = visited.into_inner().unwrap();
            visited.sort();
            assert_eq!(visited, keys.into_iter().collect::<Vec<_>>(), "{kinds:?}");
        }
    }

    #[test]
    fn the_middle_lies_between() {
        let between = |low: &[u8], high: &[u8]| {
            let middle = middle(low, high).unwrap();
            assert!(low < &middle[..] && &middle[..] < high, "{low:?} {high:?}");
            middle
        };
        assert_eq!(between(&[0], &[1])[..2], [0, 0x80]);
        assert_eq!(between(&[0, 0x80], &[1])[..2], [0, 0xC0]);
        assert_eq!(between(&[0xFF], &[0xFF, 0xFF])[..3], [0xFF, 0x7F, 0x80]);
        assert_eq!(between(&[0xFE; 40], &[0xFF; 40])[..2], [0xFF, 0x7F]);
        assert_eq!(middle(&[5], &[5]), None);
        assert_eq!(middle(&[6], &[5]), None);
        assert_eq!(middle(&[9; 41], &[9; 42]), None);
    }
}
