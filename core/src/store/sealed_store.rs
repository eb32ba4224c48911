//! The store that the rest of the core uses: typed records of the phone and of subjects, sealed, complete or refused.
//!
//! Invariant: a batch is there whole or not at all, and the ledger counts it. It knows no meaning of the values, keeps kinds that it does not know, and deletes nothing on its own.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard};

use zeroize::Zeroizing;

use super::ledger::{Ledger, anchor_bytes};
use super::sealing::{Keys, Name};
use super::{Place, RawPlace, RecordStore, SealedWrite, SideFile, StoreError, SubjectId, Write};
use crate::ports::{Entropy, KeyGuard};
use crate::sorting;

/// Sealed records over any [`RecordStore`].
pub struct SealedStore {
    pub(super) records: Arc<dyn RecordStore>,
    pub(super) entropy: Arc<dyn Entropy>,
    /// Written by whoever holds the state alone: where it is held, keys may be read several times.
    pub(super) keys: RwLock<Keys>,
    guard: Option<Arc<dyn KeyGuard>>,
    state: Mutex<State>,
    generation: AtomicU64,
}

pub(super) struct State {
    pub(super) ledger: Ledger,
    /// The master key that counts, as the guard wrapped it.
    pub(super) wrapped: Vec<u8>,
    /// A write failed: what is on disk is known only after the next open.
    stopped: bool,
}

impl State {
    /// Nothing is written any more until the next open.
    pub(super) const fn stop(&mut self) {
        self.stopped = true;
    }
}

impl std::fmt::Debug for SealedStore {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("SealedStore")
            .finish_non_exhaustive()
    }
}

impl SealedStore {
    /// The record at `place`.
    ///
    /// # Errors
    /// [`StoreError::RecordUnreadable`] where it is not what this version writes there; [`StoreError::KeyTooLong`],
    /// [`StoreError::RecordAltered`], [`StoreError::Damaged`], [`StoreError::IoFailed`].
    pub fn read<T>(&self, place: &Place<T>) -> Result<Option<T>, StoreError> {
        let value = self.read_raw(place.raw())?;
        value.map(|value| place.decode(&value)).transpose()
    }

    /// All records of the place's kind and subject, whatever their keys, in the order of these.
    ///
    /// # Errors
    /// As [`SealedStore::read`], if any one of them cannot be read.
    pub fn read_all<T>(&self, place: &Place<T>) -> Result<Vec<(String, T)>, StoreError> {
        let records = self.open_all(|keys| keys.kind_prefix(place.raw()).to_vec())?;
        let records = records.into_iter();
        records
            .map(|(found, value)| Ok((found.key, place.decode(&value)?)))
            .collect()
    }

    /// Sets one record, durable when it returns.
    ///
    /// # Errors
    /// As [`Place::put`] and [`SealedStore::apply`].
    pub fn write<T>(&self, place: &Place<T>, value: &T) -> Result<(), StoreError> {
        self.apply(&[place.put(value)?])
    }

    /// Removes one record, durable when it returns; fine where there is none.
    ///
    /// # Errors
    /// As [`SealedStore::apply`].
    pub fn remove<T>(&self, place: &Place<T>) -> Result<(), StoreError> {
        self.apply(&[place.delete()])
    }

    /// Applies all of `writes` or none; durable when it returns. Of two writes to one place the last counts.
    ///
    /// # Errors
    /// [`StoreError::KeyTooLong`], [`StoreError::ValueTooLarge`], [`StoreError::EntropyUnavailable`]: nothing
    /// happened. [`StoreError::DiskFull`], [`StoreError::IoFailed`], [`StoreError::Damaged`]: all or none will be
    /// there after the next open; until then reads may show either and writes give [`StoreError::WritesStopped`].
    pub fn apply(&self, writes: &[SealedWrite]) -> Result<(), StoreError> {
        let mut state = self.lock();
        let schema = state.ledger.schema;
        self.commit(&mut state, writes, schema)
    }

    /// Has erasing destroy the key as well: with each subject the master key ends, and what stays is sealed with a new one, which
    /// `guard` wraps.
    #[must_use]
    pub fn renewing_keys(mut self, guard: Arc<dyn KeyGuard>) -> Self {
        self.guard = Some(guard);
        self
    }

    /// Erases every record of the subject, also of kinds that this version does not know, and writes what goes `along`,
    /// the subject's own new records among it: one batch. With [`SealedStore::renewing_keys`] the key goes with them.
    ///
    /// # Errors
    /// As [`SealedStore::apply`]; [`StoreError::KeyUnavailable`]: nothing happened.
    pub fn erase(&self, subject: &SubjectId, along: &[SealedWrite]) -> Result<(), StoreError> {
        let mut state = self.lock();
        if state.stopped {
            return Err(StoreError::WritesStopped);
        }
        if let Some(guard) = &self.guard {
            return self.erase_and_renew(guard.as_ref(), &mut state, subject, along);
        }
        let keys = self.keys();
        let mut ledger = state.ledger;
        let prefix = keys.subject_prefix(Some(subject));
        let mut erased = BTreeSet::new();
        for (name, sealed) in self.records.scan(&prefix)? {
            ledger.remove(keys.ledger_item(&name, &sealed));
            erased.insert(name);
        }
        let mut batch = Vec::new();
        for write in self.seal_batch(along, &mut ledger, |name| erased.contains(name))? {
            if let Write::Put { key, .. } = &write {
                erased.remove(key);
            }
            batch.push(write);
        }
        batch.extend(erased.into_iter().map(|key| Write::Delete { key }));
        if batch.is_empty() {
            return Ok(());
        }
        self.write_batch(&mut state, batch, ledger)
    }

    /// Every record of the subject, or of the phone, in the order of kinds and keys; kinds that this version does not
    /// know as well.
    ///
    /// # Errors
    /// As [`SealedStore::read`], if any one of them cannot be read.
    #[expect(
        clippy::type_complexity,
        reason = "pairs of place and value say it best"
    )]
    pub fn records_of(
        &self,
        subject: Option<&SubjectId>,
    ) -> Result<Vec<(RawPlace, Zeroizing<Vec<u8>>)>, StoreError> {
        self.open_all(|keys| keys.subject_prefix(subject).to_vec())
    }

    /// Every record.
    ///
    /// # Errors
    /// As [`SealedStore::read`], if any one of them cannot be read.
    #[expect(
        clippy::type_complexity,
        reason = "pairs of place and value say it best"
    )]
    pub fn all_records(&self) -> Result<Vec<(RawPlace, Zeroizing<Vec<u8>>)>, StoreError> {
        self.open_all(|_| Vec::new())
    }

    /// A number that grows with every batch that was applied: where it is what it was when something was read, and no
    /// write is under way, nothing that was read has changed.
    #[must_use]
    pub fn generation(&self) -> u64 {
        self.generation.load(Ordering::Acquire)
    }

    /// As [`SealedStore::generation`], after waiting for a write that is under way: where it is what it was before
    /// several records were read, these belong together.
    #[must_use]
    pub fn settled_generation(&self) -> u64 {
        let _no_write = self.lock();
        self.generation()
    }

    /// The bytes of the record at `place`.
    pub(super) fn read_raw(
        &self,
        place: &RawPlace,
    ) -> Result<Option<Zeroizing<Vec<u8>>>, StoreError> {
        if place.key.len() > super::MAX_KEY_BYTES {
            return Err(StoreError::KeyTooLong);
        }
        let keys = self.keys();
        let name = keys.name(place);
        let Some(sealed) = self.records.get(&name)? else {
            return Ok(None);
        };
        let (found, value) = keys.open(&name, &sealed)?;
        if found != *place {
            return Err(StoreError::RecordAltered);
        }
        Ok(Some(value))
    }

    /// Every record whose name starts with what `prefix` makes of the keys, in the order of places.
    #[expect(
        clippy::type_complexity,
        reason = "pairs of place and value say it best"
    )]
    fn open_all(
        &self,
        prefix: impl FnOnce(&Keys) -> Vec<u8>,
    ) -> Result<Vec<(RawPlace, Zeroizing<Vec<u8>>)>, StoreError> {
        let keys = self.keys();
        let ledger_name = keys.ledger_name();
        let mut opened = Vec::new();
        for (name, sealed) in self.records.scan(&prefix(&keys))? {
            if name != ledger_name {
                opened.push(keys.open(&name, &sealed)?);
            }
        }
        sorting::sort_by(&mut opened, |(left, _), (right, _)| left.cmp(right));
        Ok(opened)
    }

    pub(super) fn new(
        records: Arc<dyn RecordStore>,
        entropy: Arc<dyn Entropy>,
        keys: Keys,
        wrapped: Vec<u8>,
        ledger: Ledger,
    ) -> Self {
        Self {
            records,
            entropy,
            keys: RwLock::new(keys),
            guard: None,
            state: Mutex::new(State {
                ledger,
                wrapped,
                stopped: false,
            }),
            generation: AtomicU64::new(ledger.commit),
        }
    }

    pub(super) fn commit(
        &self,
        state: &mut State,
        writes: &[SealedWrite],
        schema: u32,
    ) -> Result<(), StoreError> {
        if state.stopped {
            return Err(StoreError::WritesStopped);
        }
        let mut ledger = state.ledger;
        let batch = self.seal_batch(writes, &mut ledger, |_| false)?;
        if batch.is_empty() && schema == ledger.schema {
            return Ok(());
        }
        ledger.schema = schema;
        self.write_batch(state, batch, ledger)
    }

    /// Writes the batch and the ledger that counts with it, and moves the anchor up.
    pub(super) fn write_batch(
        &self,
        state: &mut State,
        mut batch: Vec<Write>,
        mut ledger: Ledger,
    ) -> Result<(), StoreError> {
        if state.stopped {
            return Err(StoreError::WritesStopped);
        }
        ledger.commit = ledger.commit.saturating_add(1);
        batch.push(Write::Put {
            key: self.keys().ledger_name().to_vec(),
            value: self
                .keys()
                .seal_ledger(&ledger.to_bytes(), self.entropy.as_ref())?,
        });
        let written = self
            .records
            .apply(&batch)
            .and_then(|()| self.write_anchor(ledger.commit));
        match written {
            Ok(()) => state.ledger = ledger,
            Err(_) => state.stopped = true,
        }
        // After a failure as well: reads may show either.
        self.count_generation();
        written
    }

    pub(super) fn count_generation(&self) {
        self.generation.fetch_add(1, Ordering::Release);
    }

    pub(super) fn keys(&self) -> RwLockReadGuard<'_, Keys> {
        self.keys.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Seals the writes, one for each name, and books them in `ledger`, in which those that `is_gone` names are no more.
    fn seal_batch(
        &self,
        writes: &[SealedWrite],
        ledger: &mut Ledger,
        is_gone: impl Fn(&[u8]) -> bool,
    ) -> Result<Vec<Write>, StoreError> {
        let keys = self.keys();
        let mut last: BTreeMap<Name, &SealedWrite> = BTreeMap::new();
        for write in writes {
            write.check()?;
            last.insert(keys.name(&write.place), write);
        }
        let mut batch = Vec::with_capacity(last.len() + 1);
        for (name, write) in last {
            let old = if is_gone(&name) {
                None
            } else {
                self.records.get(&name)?
            };
            if let Some(old) = &old {
                ledger.remove(keys.ledger_item(&name, old));
            }
            let key = name.to_vec();
            match &write.value {
                Some(value) => {
                    let value = keys.seal(&write.place, &name, value, self.entropy.as_ref())?;
                    ledger.add(keys.ledger_item(&name, &value));
                    batch.push(Write::Put { key, value });
                }
                None if old.is_some() => batch.push(Write::Delete { key }),
                None => {}
            }
        }
        Ok(batch)
    }

    pub(super) fn write_anchor(&self, commit: u64) -> Result<(), StoreError> {
        self.records
            .write_side(SideFile::Anchor, &anchor_bytes(commit, &self.keys()))
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
