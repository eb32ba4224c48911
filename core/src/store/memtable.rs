//! What the journal holds and sled does not yet, by key.
//!
//! Invariant: of several writes to a key the last counts. It is read before sled and written to no file itself.

use std::collections::BTreeMap;

use super::Write;

/// Values by key; none where the record was removed.
#[derive(Debug, Default)]
pub(super) struct Memtable(BTreeMap<Vec<u8>, Option<Vec<u8>>>);

impl Memtable {
    /// Takes up a batch.
    pub(super) fn apply(&mut self, writes: &[Write]) {
        for write in writes {
            match write {
                Write::Put { key, value } => self.0.insert(key.clone(), Some(value.clone())),
                Write::Delete { key } => self.0.insert(key.clone(), None),
            };
        }
    }

    /// What it says of `key`, if anything: the value, or that there is none.
    pub(super) fn get(&self, key: &[u8]) -> Option<&Option<Vec<u8>>> {
        self.0.get(key)
    }

    pub(super) fn has(&self, key: &[u8]) -> bool {
        self.0.contains_key(key)
    }

    /// The values there are under keys with this prefix.
    pub(super) fn values(&self, prefix: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
        self.changes()
            .filter(move |(key, _)| key.starts_with(prefix))
            .filter_map(|(key, value)| Some((key, value?)))
    }

    /// Everything, removals included.
    pub(super) fn changes(&self) -> impl Iterator<Item = (&[u8], Option<&[u8]>)> {
        self.0
            .iter()
            .map(|(key, value)| (key.as_slice(), value.as_deref()))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}
