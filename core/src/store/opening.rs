//! Opening a sealed store: its key, the check of everything in it, the way up from an older schema; or making one.
//!
//! Invariant: at open the records are those that were acknowledged, or it is refused by name and nothing on disk
//! is changed. Reads no value: whether one was altered within shows when it is read.

use std::sync::{Arc, Mutex, PoisonError};

use super::envelope::{Envelope, Opened};
use super::ledger::{Ledger, anchor_bytes, anchor_commit, unverified_anchor_commit};
use super::migration::{self, MIGRATIONS};
use super::sealing::{Keys, MasterKey};
use super::{
    Migration, RecordStore, SCHEMA_VERSION, SealedStore, SideFile, StoreError, Write, envelope,
    manifest, schema_1,
};
use crate::ports::{Entropy, KeyGuard};

impl SealedStore {
    /// Opens the store in `records`, making it where it is empty, and brings it to this build's schema.
    ///
    /// # Errors
    /// Every [`StoreError`] but those on single records. After an error the records are as they were.
    pub fn open(
        records: Arc<dyn RecordStore>,
        guard: &dyn KeyGuard,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Self, StoreError> {
        Self::open_at_schema(records, guard, entropy, SCHEMA_VERSION, MIGRATIONS)
    }

    /// As [`SealedStore::open`], for another schema (2 or above) and other steps to it.
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
        let envelope = Envelope::read(&envelope)?;
        let opened = envelope.open(guard)?;
        let next = envelope.open_next(guard)?;
        let was_renewed = next.is_some();
        let (
            Opened {
                master,
                keys,
                wrapped,
            },
            before,
        ) = counting(records.as_ref(), opened, next)?;
        let anchor_keys = before.as_ref().unwrap_or(&keys);
        let (ledger, anchored) = read_ledger(records.as_ref(), &keys, anchor_keys, schema)?;
        let is_counted = manifest::is_counted(records.as_ref(), &keys, &ledger)?;
        if !is_counted {
            count_records(records.as_ref(), &keys, &ledger)?;
        }
        records.accept()?;
        if !is_counted {
            records.write_manifest(keys.make_manifest());
        }
        let store = Self::new(records, entropy, keys, wrapped.to_vec(), ledger);
        if ledger.commit > anchored {
            // After a power cut it lags. It may: failing to bring it up is no reason not to show the code.
            let _ = store.write_anchor(ledger.commit);
        }
        if was_renewed {
            // Likewise: the next open does it then.
            let _ = store.leave_one_key(&store.keys(), &store.lock());
        }
        store.migrate(&master, schema, migrations)?;
        Ok(store)
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
        let (_, keys, wrapped) = envelope::wrap_new(guard, entropy.as_ref())?;
        let envelope = envelope::of_one(&wrapped, &keys)?;
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
        Ok(Self::new(records, entropy, keys, wrapped, ledger))
    }

    fn migrate(
        &self,
        master: &MasterKey,
        schema: u32,
        migrations: &[Migration],
    ) -> Result<(), StoreError> {
        let mut state = self.lock();
        if state.ledger.schema == schema {
            return Ok(());
        }
        if state.ledger.schema == schema_1::SCHEMA && schema > schema_1::SCHEMA {
            let (batch, ledger) = schema_1::to_schema_2(
                self.records.as_ref(),
                &schema_1::Keys::derive(master),
                &self.keys(),
                &state.ledger,
                self.entropy.as_ref(),
            )?;
            self.write_batch(&mut state, batch, ledger)?;
        }
        if state.ledger.schema < schema {
            let changes = migration::plan(self, state.ledger.schema, schema, migrations)?;
            self.commit(&mut state, &changes, schema)?;
        }
        // Where an older version looks for the schema.
        self.records.settle()
    }
}

/// Of a key and the one that was to take its place the one that counts: the ledger is sealed with it. The other comes after it where
/// the anchor may still be the other's.
fn counting<'a>(
    records: &dyn RecordStore,
    opened: Opened<'a>,
    next: Option<Opened<'a>>,
) -> Result<(Opened<'a>, Option<Keys>), StoreError> {
    match next {
        Some(next) if records.get(&next.keys.ledger_name())?.is_some() => {
            Ok((next, Some(opened.keys)))
        }
        _ => Ok((opened, None)),
    }
}

/// The ledger, which is not older than the anchor, and the anchor's commit. The anchor is of these keys or of those of before.
fn read_ledger(
    records: &dyn RecordStore,
    keys: &Keys,
    before: &Keys,
    schema: u32,
) -> Result<(Ledger, u64), StoreError> {
    let anchor = records
        .read_side(SideFile::Anchor)?
        .ok_or(StoreError::AnchorDamaged)?;
    let anchored = anchor_commit(&anchor, keys).or_else(|_| anchor_commit(&anchor, before))?;
    let ledger_name = keys.ledger_name();
    let sealed = records.get(&ledger_name)?.ok_or(StoreError::RecordsLost)?;
    let ledger = Ledger::from_bytes(&keys.open_ledger(&sealed)?)?;
    if ledger.schema > schema {
        return Err(StoreError::NewerSchema);
    }
    if ledger.commit < anchored {
        return Err(StoreError::RolledBack);
    }
    Ok((ledger, anchored))
}

/// Whether the records are those that the ledger promises.
fn count_records(
    records: &dyn RecordStore,
    keys: &Keys,
    ledger: &Ledger,
) -> Result<(), StoreError> {
    let ledger_name = keys.ledger_name();
    let found = Mutex::new(Ledger::new(ledger.schema));
    records.for_each(&|name, sealed| {
        if *name != ledger_name {
            let item = keys.ledger_item(name, sealed);
            let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
            found.add(item);
        }
    })?;
    let found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    if ledger.check(&found).is_err() {
        // What is refused here is refused for good: it is counted once more, in order and from one end.
        let mut found = Ledger::new(ledger.schema);
        for (name, sealed) in records.scan(&[])? {
            if name != ledger_name {
                found.add(keys.ledger_item(&name, &sealed));
            }
        }
        ledger.check(&found)?;
    }
    Ok(())
}
