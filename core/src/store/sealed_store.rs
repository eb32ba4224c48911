//! The store that the rest of the core uses: named values in collections, sealed, complete or refused.
//!
//! Invariant: at open the records are those that were acknowledged, or it is refused by name and nothing on disk
//! is changed. It knows no meaning of the values and deletes nothing on its own.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use zeroize::Zeroizing;

use super::ledger::{Ledger, anchor_bytes, anchor_commit, unverified_anchor_commit};
use super::migration::{self, MIGRATIONS};
use super::sealing::{self, Keys, Name};
use super::{
    Collection, Migration, RecordStore, SCHEMA_VERSION, SideFile, StoreError, Write, envelope,
};
use crate::ports::{Entropy, KeyGuard};

/// One change of a sealed record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SealedWrite {
    /// Sets the value, whether or not there was one.
    Put {
        /// Where.
        collection: Collection,
        /// 1 to 128 bytes.
        key: String,
        /// At most 1 MiB.
        value: Zeroizing<Vec<u8>>,
    },
    /// Removes the record, whether or not there was one.
    Delete {
        /// Where.
        collection: Collection,
        /// 1 to 128 bytes.
        key: String,
    },
}

impl SealedWrite {
    /// Sets `key` to `value`.
    #[must_use]
    pub fn put(collection: Collection, key: &str, value: &[u8]) -> Self {
        Self::Put {
            collection,
            key: key.to_owned(),
            value: Zeroizing::new(value.to_vec()),
        }
    }

    /// Removes `key`.
    #[must_use]
    pub fn delete(collection: Collection, key: &str) -> Self {
        Self::Delete {
            collection,
            key: key.to_owned(),
        }
    }

    fn place(&self) -> (Collection, &str) {
        match self {
            Self::Put {
                collection, key, ..
            }
            | Self::Delete { collection, key } => (*collection, key),
        }
    }
}

/// Sealed records over any [`RecordStore`].
pub struct SealedStore {
    records: Arc<dyn RecordStore>,
    entropy: Arc<dyn Entropy>,
    keys: Keys,
    state: Mutex<State>,
}

struct State {
    ledger: Ledger,
    /// A write failed: what is on disk is known only after the next open.
    stopped: bool,
}

impl std::fmt::Debug for SealedStore {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("SealedStore")
            .finish_non_exhaustive()
    }
}

impl SealedStore {
    /// Opens the store in `records`, making it where it is empty, and brings it to this build's schema.
    ///
    /// # Errors
    /// Every [`StoreError`] but those on single keys and values. After an error the records are as they were.
    pub fn open(
        records: Arc<dyn RecordStore>,
        guard: &dyn KeyGuard,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Self, StoreError> {
        Self::open_at_schema(records, guard, entropy, SCHEMA_VERSION, MIGRATIONS)
    }

    /// As [`SealedStore::open`], for another schema and other steps to it.
    ///
    /// # Errors
    /// As [`SealedStore::open`].
    pub fn open_at_schema(
        records: Arc<dyn RecordStore>,
        guard: &dyn KeyGuard,
        entropy: Arc<dyn Entropy>,
        schema: u32,
        migrations: &[Migration],
    ) -> Result<Self, StoreError> {
        let Some(envelope) = records.read_side(SideFile::Envelope)? else {
            return Self::create(records, guard, entropy, schema);
        };
        let keys = envelope::open(&envelope, guard)?;
        let (ledger, anchored) = check_records(records.as_ref(), &keys, schema)?;
        records.accept()?;
        let store = Self {
            records,
            entropy,
            keys,
            state: Mutex::new(State {
                ledger,
                stopped: false,
            }),
        };
        if ledger.commit > anchored {
            // After a power cut it lags. It may: failing to bring it up is no reason not to show the code.
            let _ = store.write_anchor(ledger.commit);
        }
        if ledger.schema < schema {
            let changes = migration::plan(&store, ledger.schema, schema, migrations)?;
            store.commit(&mut store.lock(), &changes, schema)?;
        }
        Ok(store)
    }

    /// The value under `key`.
    ///
    /// # Errors
    /// [`StoreError::KeyTooLong`], [`StoreError::RecordAltered`], [`StoreError::Damaged`], [`StoreError::IoFailed`].
    pub fn get(
        &self,
        collection: Collection,
        key: &str,
    ) -> Result<Option<Zeroizing<Vec<u8>>>, StoreError> {
        sealing::check_key(key)?;
        let name = self.keys.name(collection, key);
        let Some(sealed) = self.records.get(&name)? else {
            return Ok(None);
        };
        let (found, value) = self.keys.open(collection, &name, &sealed)?;
        if found != key {
            return Err(StoreError::RecordAltered);
        }
        Ok(Some(value))
    }

    /// All records of the collection, in the order of their keys.
    ///
    /// # Errors
    /// As [`SealedStore::get`], if any one of them cannot be read.
    #[expect(clippy::type_complexity, reason = "pairs of key and value say it best")]
    pub fn list(
        &self,
        collection: Collection,
    ) -> Result<Vec<(String, Zeroizing<Vec<u8>>)>, StoreError> {
        let mut records = self
            .records
            .scan(&self.keys.prefix(collection))?
            .iter()
            .map(|(name, sealed)| self.keys.open(collection, name, sealed))
            .collect::<Result<Vec<_>, _>>()?;
        records.sort_by(|(left, _), (right, _)| left.cmp(right));
        Ok(records)
    }

    /// Sets one value, durable when it returns.
    ///
    /// # Errors
    /// As [`SealedStore::apply`].
    pub fn put(&self, collection: Collection, key: &str, value: &[u8]) -> Result<(), StoreError> {
        self.apply(&[SealedWrite::put(collection, key, value)])
    }

    /// Removes one record, durable when it returns; fine where there is none.
    ///
    /// # Errors
    /// As [`SealedStore::apply`].
    pub fn delete(&self, collection: Collection, key: &str) -> Result<(), StoreError> {
        self.apply(&[SealedWrite::delete(collection, key)])
    }

    /// Applies all of `writes` or none; durable when it returns. Of two writes to one key the last counts.
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

    fn create(
        records: Arc<dyn RecordStore>,
        guard: &dyn KeyGuard,
        entropy: Arc<dyn Entropy>,
        schema: u32,
    ) -> Result<Self, StoreError> {
        // The envelope is written last. Without one there may be, from a making that was cut short, a ledger that
        // nobody can open and an anchor that says 0. More than that was somebody's data.
        let leftover = records.scan(&[])?;
        let anchor = records.read_side(SideFile::Anchor)?;
        let was_used = anchor.is_some_and(|bytes| unverified_anchor_commit(&bytes) != Some(0));
        if leftover.len() > 1 || was_used {
            return Err(StoreError::EnvelopeMissing);
        }
        let (keys, envelope) = envelope::seal_new(guard, entropy.as_ref())?;
        let ledger = Ledger::new(schema);
        let mut writes: Vec<_> = leftover
            .into_iter()
            .map(|(key, _)| Write::Delete { key })
            .collect();
        writes.push(Write::Put {
            key: keys.ledger_name().to_vec(),
            value: keys.seal_ledger(&ledger.to_bytes(), entropy.as_ref())?,
        });
        records.apply(&writes)?;
        records.write_side(SideFile::Anchor, &anchor_bytes(0, &keys))?;
        records.write_side(SideFile::Envelope, &envelope)?;
        Ok(Self {
            records,
            entropy,
            keys,
            state: Mutex::new(State {
                ledger,
                stopped: false,
            }),
        })
    }

    fn commit(
        &self,
        state: &mut State,
        writes: &[SealedWrite],
        schema: u32,
    ) -> Result<(), StoreError> {
        if state.stopped {
            return Err(StoreError::WritesStopped);
        }
        let mut ledger = state.ledger;
        let mut batch = self.seal_batch(writes, &mut ledger)?;
        if batch.is_empty() && schema == ledger.schema {
            return Ok(());
        }
        ledger.schema = schema;
        ledger.commit = ledger.commit.saturating_add(1);
        batch.push(Write::Put {
            key: self.keys.ledger_name().to_vec(),
            value: self
                .keys
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
        written
    }

    /// Seals the writes, one for each name, and books them in `ledger`.
    fn seal_batch(
        &self,
        writes: &[SealedWrite],
        ledger: &mut Ledger,
    ) -> Result<Vec<Write>, StoreError> {
        let mut last: BTreeMap<Name, &SealedWrite> = BTreeMap::new();
        for write in writes {
            let (collection, key) = write.place();
            sealing::check_key(key)?;
            last.insert(self.keys.name(collection, key), write);
        }
        let mut batch = Vec::with_capacity(last.len() + 1);
        for (name, write) in last {
            let old = self.records.get(&name)?;
            if let Some(old) = &old {
                ledger.remove(self.keys.ledger_item(&name, old));
            }
            match write {
                SealedWrite::Put {
                    collection,
                    key,
                    value,
                } => {
                    let value = self
                        .keys
                        .seal(*collection, key, value, self.entropy.as_ref())?;
                    ledger.add(self.keys.ledger_item(&name, &value));
                    batch.push(Write::Put {
                        key: name.to_vec(),
                        value,
                    });
                }
                SealedWrite::Delete { .. } if old.is_some() => {
                    batch.push(Write::Delete { key: name.to_vec() });
                }
                SealedWrite::Delete { .. } => {}
            }
        }
        Ok(batch)
    }

    fn write_anchor(&self, commit: u64) -> Result<(), StoreError> {
        self.records
            .write_side(SideFile::Anchor, &anchor_bytes(commit, &self.keys))
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether the records are those that the ledger and the anchor promise; the ledger and the anchor's commit.
fn check_records(
    records: &dyn RecordStore,
    keys: &Keys,
    schema: u32,
) -> Result<(Ledger, u64), StoreError> {
    let anchor = records
        .read_side(SideFile::Anchor)?
        .ok_or(StoreError::AnchorDamaged)?;
    let anchored = anchor_commit(&anchor, keys)?;
    let ledger_name = keys.ledger_name();
    let sealed = records.get(&ledger_name)?.ok_or(StoreError::RecordsLost)?;
    let ledger = Ledger::from_bytes(&keys.open_ledger(&sealed)?)?;
    if ledger.schema > schema {
        return Err(StoreError::NewerSchema);
    }
    if ledger.commit < anchored {
        return Err(StoreError::RolledBack);
    }
    let mut found = Ledger::new(ledger.schema);
    for (name, sealed) in records.scan(&[])? {
        if name != ledger_name {
            found.add(keys.ledger_item(&name, &sealed));
        }
    }
    ledger.check(&found)?;
    Ok((ledger, anchored))
}
