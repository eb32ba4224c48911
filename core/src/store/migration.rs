//! Bringing records of an older schema to this build's, at open.
//!
//! Invariant: all steps and the new schema number are one batch: after a kill the store is wholly old or wholly new.
//! A newer schema is refused before anything is written. It does not know what the records mean; the steps do.

use std::collections::BTreeMap;

use zeroize::Zeroizing;

use super::{Collection, SealedStore, SealedWrite, StoreError};

/// One step of the schema, from `from` to `from + 1`.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// The schema it starts from.
    pub from: u32,
    /// What it changes. It sees what earlier steps changed.
    pub run: fn(&mut MigrationView<'_>) -> Result<(), StoreError>,
}

/// The steps to this build's schema. None so far: schema 1 is the first.
pub(super) const MIGRATIONS: &[Migration] = &[];

/// The records as a step sees them: those stored, changed by the steps so far.
pub struct MigrationView<'a> {
    store: &'a SealedStore,
    changes: BTreeMap<(Collection, String), Option<Zeroizing<Vec<u8>>>>,
}

impl MigrationView<'_> {
    /// The value under `key`.
    ///
    /// # Errors
    /// As [`SealedStore::get`].
    pub fn get(
        &self,
        collection: Collection,
        key: &str,
    ) -> Result<Option<Zeroizing<Vec<u8>>>, StoreError> {
        match self.changes.get(&(collection, key.to_owned())) {
            Some(change) => Ok(change.clone()),
            None => self.store.get(collection, key),
        }
    }

    /// All records of the collection by key.
    ///
    /// # Errors
    /// As [`SealedStore::list`].
    pub fn list(
        &self,
        collection: Collection,
    ) -> Result<BTreeMap<String, Zeroizing<Vec<u8>>>, StoreError> {
        let mut records: BTreeMap<_, _> = self.store.list(collection)?.into_iter().collect();
        for ((changed, key), value) in &self.changes {
            if *changed != collection {
                continue;
            }
            match value {
                Some(value) => {
                    records.insert(key.clone(), value.clone());
                }
                None => {
                    records.remove(key);
                }
            }
        }
        Ok(records)
    }

    /// Sets a value.
    pub fn put(&mut self, collection: Collection, key: &str, value: &[u8]) {
        let value = Some(Zeroizing::new(value.to_vec()));
        self.changes.insert((collection, key.to_owned()), value);
    }

    /// Removes a record.
    pub fn delete(&mut self, collection: Collection, key: &str) {
        self.changes.insert((collection, key.to_owned()), None);
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
    Ok(view
        .changes
        .into_iter()
        .map(|((collection, key), value)| match value {
            Some(value) => SealedWrite::Put {
                collection,
                key,
                value,
            },
            None => SealedWrite::Delete { collection, key },
        })
        .collect())
}
