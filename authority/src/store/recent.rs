//! Rows of citizens who acted a moment ago, so that a phone's next request in the same round need not read them again.
//!
//! Invariant: a hint and never an answer. What is remembered goes into a write that the store takes only if the
//! partition's version is still the remembered one; what an act refuses on remembered rows is judged again on the rows
//! of the store. An entry is taken out while it is used, so a failed act forgets it. Values are wiped when they go.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};

use zeroize::Zeroizing;

use super::{CitizenId, RowKey};

/// Citizens remembered in each of two generations.
const CITIZENS: usize = 1 << 12;
/// Most bytes of values that are remembered of one citizen.
const MAX_BYTES: usize = 16 * 1024;

/// Rows as they were read or written, with none where there is none.
pub(super) type Read = BTreeMap<RowKey, Option<Zeroizing<Vec<u8>>>>;

/// What is known of a partition.
pub(super) struct Known {
    pub(super) version: u64,
    /// The rows that an act named.
    pub(super) named: Read,
    /// Rows that others named.
    pub(super) others: Read,
}

/// Partitions that were written lately.
#[derive(Default)]
pub(super) struct RecentRows(Mutex<Generations>);

#[derive(Default)]
struct Generations {
    running: HashMap<CitizenId, Known>,
    before: HashMap<CitizenId, Known>,
}

impl RecentRows {
    /// Takes out what is known of a citizen, where all of the named rows are.
    pub(super) fn take(&self, citizen: CitizenId, named: &[RowKey]) -> Option<Known> {
        let mut known = {
            let mut generations = self.lock();
            let known = generations.running.remove(&citizen);
            known.or_else(|| generations.before.remove(&citizen))?
        };
        let mut others = known.others;
        others.append(&mut known.named);
        for place in named {
            if known.named.contains_key(place) {
                continue;
            }
            let (place, value) = others.remove_entry(place)?;
            known.named.insert(place, value);
        }
        Some(Known { others, ..known })
    }

    /// Remembers what an act has left.
    pub(super) fn remember(&self, citizen: CitizenId, known: Known) {
        let values = known.named.values().chain(known.others.values()).flatten();
        if values.map(|value| value.len()).sum::<usize>() > MAX_BYTES {
            return;
        }
        let mut generations = self.lock();
        if generations.running.len() >= CITIZENS {
            generations.before = std::mem::take(&mut generations.running);
        }
        generations.running.insert(citizen, known);
    }

    pub(super) fn forget(&self, citizen: CitizenId) {
        let mut generations = self.lock();
        generations.running.remove(&citizen);
        generations.before.remove(&citizen);
    }

    fn lock(&self) -> MutexGuard<'_, Generations> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
