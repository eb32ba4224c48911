//! Bringing records of an older schema to this build's, at open.
//!
//! Invariant: all steps and the new schema number are one batch: after a kill the store is wholly old or wholly new.
//! (From schema 1, whose records had other names, is a batch of its own before them: `schema_1`.) A newer schema is
//! refused before anything is written. It does not know what the records mean; the steps do.

use std::collections::BTreeMap;

use zeroize::Zeroizing;

use super::{RawPlace, SealedStore, SealedWrite, StoreError};
use crate::sorting;

/// One step of the schema, from `from` to `from + 1`.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// The schema it starts from, 2 or above.
    pub from: u32,
    /// What it changes. It sees what earlier steps changed.
    pub run: fn(&mut MigrationView<'_>) -> Result<(), StoreError>,
}

/// The steps from schema 2 to this build's.
pub(super) const MIGRATIONS: &[Migration] = &[
    // The records are the same: the number keeps versions away that would not look into the journal.
    Migration {
        from: 2,
        run: |_| Ok(()),
    },
];

/// The records as a step sees them: those stored, changed by the steps so far. A step names places and bytes as they
/// were at its time; kinds go on changing after it.
pub struct MigrationView<'a> {
    store: &'a SealedStore,
    changes: BTreeMap<RawPlace, Option<Zeroizing<Vec<u8>>>>,
}

impl MigrationView<'_> {
    /// The value at `place`.
    ///
    /// # Errors
    /// As [`SealedStore::read`].
    pub fn get(&self, place: &RawPlace) -> Result<Option<Zeroizing<Vec<u8>>>, StoreError> {
        match self.changes.get(place) {
            Some(change) => Ok(change.clone()),
            None => self.store.read_raw(place),
        }
    }

    /// All records, of every kind and subject.
    ///
    /// # Errors
    /// As [`SealedStore::all_records`].
    pub fn all(&self) -> Result<BTreeMap<RawPlace, Zeroizing<Vec<u8>>>, StoreError> {
        let mut records: BTreeMap<_, _> = sorting::gather(self.store.all_records()?);
        for (place, value) in &self.changes {
            match value {
                Some(value) => records.insert(place.clone(), value.clone()),
                None => records.remove(place),
            };
        }
        Ok(records)
    }

    /// Sets a value.
    pub fn put(&mut self, place: RawPlace, value: &[u8]) {
        let value = Some(Zeroizing::new(value.to_vec()));
        self.changes.insert(place, value);
    }

    /// Removes a record.
    pub fn delete(&mut self, place: RawPlace) {
        self.changes.insert(place, None);
    }
}

/// What all steps from schema `from` to `to` change.
///
/// # Errors
/// [`StoreError::NoMigration`] where a step is missing; whatever a step gives.
pub(super) fn plan(
    store: &SealedStore,
    from: u32,
    to: u32,
    migrations: &[Migration],
) -> Result<Vec<SealedWrite>, StoreError> {
    let mut view = MigrationView {
        store,
        changes: BTreeMap::new(),
    };
    for schema in from..to {
        let step = migrations
            .iter()
            .find(|migration| migration.from == schema)
            .ok_or(StoreError::NoMigration)?;
        (step.run)(&mut view)?;
    }
    let changes = view.changes.into_iter();
    Ok(changes
        .map(|(place, value)| SealedWrite { place, value })
        .collect())
}
