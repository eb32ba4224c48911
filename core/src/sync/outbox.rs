//! What waits to be sent, in the order it was queued.
//!
//! Invariant: the bytes that are sent are the bytes that were queued, under the id they were queued with, so an
//! answer that got lost does no harm. A record leaves only when it was taken or the citizen dismissed it.
//! Sends nothing.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use minicbor::{Decode, Encode};

use super::error::SyncError;
use super::outcome::{PendingUpload, UploadKind, UploadRefusal};
use crate::ports::Entropy;
use crate::store::{Collection, SealedStore, SealedWrite};
use crate::wire::MAX_REQUEST_BYTES;

/// Most uploads at a time, refused ones included.
pub const MAX_UPLOADS: usize = 200;

/// A stored upload. Numbers of fields and kinds are never used for anything else.
#[derive(Encode, Decode)]
struct StoredUpload {
    #[n(0)]
    kind: u8,
    /// Order in the queue: unlike the id's timestamp it does not depend on a clock.
    #[n(1)]
    sequence: u64,
    #[n(2)]
    queued_at_ms: i64,
    #[cbor(n(3), with = "minicbor::bytes")]
    body: Vec<u8>,
    #[n(4)]
    refusal: Option<StoredRefusal>,
}

#[derive(Clone, Encode, Decode)]
struct StoredRefusal {
    #[n(0)]
    code: String,
    #[n(1)]
    field: Option<String>,
    #[n(2)]
    field_code: Option<String>,
}

/// An upload without its body.
#[derive(Clone)]
struct Entry {
    sequence: u64,
    upload: PendingUpload,
}

/// The outbox over a store. Bodies stay in the store until they are sent.
pub(super) struct Outbox {
    store: Arc<SealedStore>,
    entries: Mutex<Vec<Entry>>,
}

impl Outbox {
    /// The outbox in `store`.
    pub(super) fn open(store: Arc<SealedStore>) -> Result<Self, SyncError> {
        let mut entries = Vec::new();
        for (upload_id, bytes) in store.list(Collection::Outbox)? {
            let stored = StoredUpload::read(&bytes)?;
            entries.push(Entry {
                sequence: stored.sequence,
                upload: PendingUpload {
                    upload_id,
                    kind: kind(stored.kind).ok_or(SyncError::UploadDamaged)?,
                    queued_at_ms: stored.queued_at_ms,
                    refusal: stored.refusal.map(UploadRefusal::from),
                },
            });
        }
        entries.sort_by_key(|entry| entry.sequence);
        Ok(Self {
            store,
            entries: Mutex::new(entries),
        })
    }

    /// Queues `body` under a new id; durable when it returns. A new registration takes the place of refused ones.
    pub(super) fn enqueue(
        &self,
        kind: UploadKind,
        body: &[u8],
        now_ms: i64,
        entropy: &dyn Entropy,
    ) -> Result<String, SyncError> {
        if body.is_empty() || body.len() > MAX_REQUEST_BYTES {
            return Err(SyncError::UploadSizeRefused);
        }
        let upload_id = uuid_v7(now_ms, entropy)?;
        let mut entries = self.lock();
        let replaced = |entry: &Entry| {
            kind == UploadKind::Registration
                && entry.upload.kind == kind
                && entry.upload.refusal.is_some()
        };
        let kept = entries.iter().filter(|entry| !replaced(entry)).count();
        if kept >= MAX_UPLOADS {
            return Err(SyncError::OutboxFull);
        }
        let sequence = entries.last().map_or(0, |entry| entry.sequence + 1);
        let stored = StoredUpload {
            kind: number(kind),
            sequence,
            queued_at_ms: now_ms,
            body: body.to_vec(),
            refusal: None,
        };
        let mut writes = vec![stored.write(&upload_id)?];
        for entry in entries.iter().filter(|entry| replaced(entry)) {
            writes.push(SealedWrite::delete(
                Collection::Outbox,
                &entry.upload.upload_id,
            ));
        }
        self.store.apply(&writes)?;
        entries.retain(|entry| !replaced(entry));
        entries.push(Entry {
            sequence,
            upload: PendingUpload {
                upload_id: upload_id.clone(),
                kind,
                queued_at_ms: now_ms,
                refusal: None,
            },
        });
        Ok(upload_id)
    }

    /// All uploads, in order, refused ones included.
    pub(super) fn pending(&self) -> Vec<PendingUpload> {
        let entries = self.lock();
        entries.iter().map(|entry| entry.upload.clone()).collect()
    }

    /// How many wait to be sent.
    pub(super) fn waiting(&self) -> usize {
        let entries = self.lock();
        entries
            .iter()
            .filter(|entry| entry.upload.refusal.is_none())
            .count()
    }

    /// Ids of the first waiting registration and of the first other waiting upload.
    pub(super) fn next_ids(&self) -> (Option<String>, Option<String>) {
        let entries = self.lock();
        let first = |registration: bool| {
            let mut waiting = entries
                .iter()
                .filter(|entry| entry.upload.refusal.is_none())
                .map(|entry| &entry.upload);
            waiting
                .find(|upload| (upload.kind == UploadKind::Registration) == registration)
                .map(|upload| upload.upload_id.clone())
        };
        (first(true), first(false))
    }

    /// Kind and exact body.
    pub(super) fn body(&self, upload_id: &str) -> Result<(UploadKind, Vec<u8>), SyncError> {
        let stored = self.stored(upload_id)?;
        let kind = kind(stored.kind).ok_or(SyncError::UploadDamaged)?;
        Ok((kind, stored.body))
    }

    /// Removes the upload and writes what its answer brought, at once or not at all.
    pub(super) fn remove(
        &self,
        upload_id: &str,
        mut along: Vec<SealedWrite>,
    ) -> Result<(), SyncError> {
        let mut entries = self.lock();
        let Some(position) = position(&entries, upload_id) else {
            return Err(SyncError::UploadUnknown);
        };
        along.push(SealedWrite::delete(Collection::Outbox, upload_id));
        self.store.apply(&along)?;
        entries.remove(position);
        Ok(())
    }

    /// Marks the upload as refused for good: it stays, with its body, and is not sent again.
    pub(super) fn refuse(&self, upload_id: &str, refusal: &UploadRefusal) -> Result<(), SyncError> {
        let mut entries = self.lock();
        let Some(position) = position(&entries, upload_id) else {
            return Err(SyncError::UploadUnknown);
        };
        let stored = StoredUpload {
            refusal: Some(StoredRefusal {
                code: refusal.code.clone(),
                field: refusal.field.clone(),
                field_code: refusal.field_code.clone(),
            }),
            ..self.stored(upload_id)?
        };
        self.store.apply(&[stored.write(upload_id)?])?;
        if let Some(entry) = entries.get_mut(position) {
            entry.upload.refusal = Some(refusal.clone());
        }
        Ok(())
    }

    fn stored(&self, upload_id: &str) -> Result<StoredUpload, SyncError> {
        let bytes = self
            .store
            .get(Collection::Outbox, upload_id)?
            .ok_or(SyncError::UploadUnknown)?;
        StoredUpload::read(&bytes)
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Entry>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl StoredUpload {
    fn read(bytes: &[u8]) -> Result<Self, SyncError> {
        minicbor::decode(bytes).map_err(|_| SyncError::UploadDamaged)
    }

    fn write(&self, upload_id: &str) -> Result<SealedWrite, SyncError> {
        let bytes = minicbor::to_vec(self).map_err(|_| SyncError::UploadDamaged)?;
        Ok(SealedWrite::put(Collection::Outbox, upload_id, &bytes))
    }
}

impl From<StoredRefusal> for UploadRefusal {
    fn from(stored: StoredRefusal) -> Self {
        Self {
            code: stored.code,
            field: stored.field,
            field_code: stored.field_code,
        }
    }
}

fn position(entries: &[Entry], upload_id: &str) -> Option<usize> {
    entries
        .iter()
        .position(|entry| entry.upload.upload_id == upload_id)
}

const fn number(kind: UploadKind) -> u8 {
    match kind {
        UploadKind::Registration => 1,
        UploadKind::Declaration => 2,
        UploadKind::Itinerary => 3,
        UploadKind::Correction => 4,
    }
}

const fn kind(number: u8) -> Option<UploadKind> {
    match number {
        1 => Some(UploadKind::Registration),
        2 => Some(UploadKind::Declaration),
        3 => Some(UploadKind::Itinerary),
        4 => Some(UploadKind::Correction),
        _ => None,
    }
}

/// RFC 9562, 5.7.
fn uuid_v7(now_ms: i64, entropy: &dyn Entropy) -> Result<String, SyncError> {
    let mut random = [0; 10];
    entropy.fill(&mut random)?;
    let millis = u64::try_from(now_ms).unwrap_or(0);
    let id = uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid();
    Ok(id.to_string())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{MAX_UPLOADS, Outbox, SyncError, UploadKind, UploadRefusal};
    use crate::store::{Collection, MemoryStore, SealedStore, SealedWrite};
    use crate::testing::entropy::{FixedEntropy, NoEntropy};
    use crate::testing::key_guard::FixedKeyGuard;
    use crate::wire::MAX_REQUEST_BYTES;

    fn store() -> Arc<SealedStore> {
        let records = Arc::new(MemoryStore::new());
        let entropy = Arc::new(FixedEntropy::new(1));
        Arc::new(SealedStore::open(records, &FixedKeyGuard::new(1), entropy).unwrap())
    }

    fn refusal() -> UploadRefusal {
        UploadRefusal {
            code: "invalid".into(),
            field: Some("a".into()),
            field_code: None,
        }
    }

    #[test]
    fn order_is_that_of_queueing_whatever_the_clock_says_and_survives_a_restart() {
        let store = store();
        let entropy = FixedEntropy::new(2);
        let outbox = Outbox::open(store.clone()).unwrap();
        let mut ids = Vec::new();
        for (body, now) in [(b"one", 5_000_i64), (b"two", 4_000), (b"six", -7)] {
            let id = outbox
                .enqueue(UploadKind::Declaration, body, now, &entropy)
                .unwrap();
            ids.push(id);
        }
        let registration = outbox
            .enqueue(UploadKind::Registration, b"{}", 1, &entropy)
            .unwrap();
        for outbox in [outbox, Outbox::open(store).unwrap()] {
            let all: Vec<_> = outbox
                .pending()
                .into_iter()
                .map(|it| it.upload_id)
                .collect();
            assert_eq!(all[..3], ids);
            assert_eq!(
                outbox.next_ids(),
                (Some(registration.clone()), Some(ids[0].clone()))
            );
            assert_eq!(
                outbox.body(&ids[1]),
                Ok((UploadKind::Declaration, b"two".to_vec()))
            );
            assert_eq!(outbox.waiting(), 4);
        }
    }

    #[test]
    fn ids_are_uuid_v7_of_the_time_given() {
        let outbox = Outbox::open(store()).unwrap();
        let id = outbox
            .enqueue(
                UploadKind::Itinerary,
                b"{}",
                0x0190_1234_5678,
                &FixedEntropy::new(3),
            )
            .unwrap();
        assert!(id.starts_with("01901234-5678-7"), "{id}");
        let parsed = uuid::Uuid::parse_str(&id).unwrap();
        assert_eq!(parsed.get_version(), Some(uuid::Version::SortRand));
    }

    #[test]
    fn caps() {
        let outbox = Outbox::open(store()).unwrap();
        let entropy = FixedEntropy::new(4);
        let kind = UploadKind::Correction;
        for size in [0, MAX_REQUEST_BYTES + 1] {
            let outcome = outbox.enqueue(kind, &vec![b' '; size], 1, &entropy);
            assert_eq!(outcome, Err(SyncError::UploadSizeRefused));
        }
        outbox
            .enqueue(kind, &vec![b' '; MAX_REQUEST_BYTES], 1, &entropy)
            .unwrap();
        for _ in 1..MAX_UPLOADS {
            outbox.enqueue(kind, b"{}", 1, &entropy).unwrap();
        }
        assert_eq!(
            outbox.enqueue(kind, b"{}", 1, &entropy),
            Err(SyncError::OutboxFull)
        );
        assert!(matches!(
            outbox.enqueue(kind, b"{}", 1, &NoEntropy),
            Err(SyncError::Port { .. })
        ));
    }

    #[test]
    fn refused_uploads_stay_and_the_next_go_on() {
        let store = store();
        let entropy = FixedEntropy::new(5);
        let outbox = Outbox::open(store.clone()).unwrap();
        let kind = UploadKind::Declaration;
        let first = outbox.enqueue(kind, b"1", 1, &entropy).unwrap();
        let second = outbox.enqueue(kind, b"2", 1, &entropy).unwrap();
        outbox.refuse(&first, &refusal()).unwrap();
        for outbox in [outbox, Outbox::open(store.clone()).unwrap()] {
            assert_eq!(outbox.next_ids(), (None, Some(second.clone())));
            assert_eq!(outbox.pending()[0].refusal, Some(refusal()));
            assert_eq!(outbox.body(&first), Ok((kind, b"1".to_vec())));
            assert_eq!(outbox.waiting(), 1);
        }
    }

    #[test]
    fn a_new_registration_takes_the_place_of_refused_ones_only() {
        let outbox = Outbox::open(store()).unwrap();
        let entropy = FixedEntropy::new(6);
        let kind = UploadKind::Registration;
        let refused = outbox.enqueue(kind, b"1", 1, &entropy).unwrap();
        outbox.refuse(&refused, &refusal()).unwrap();
        let second = outbox.enqueue(kind, b"2", 1, &entropy).unwrap();
        let third = outbox.enqueue(kind, b"3", 1, &entropy).unwrap();
        let ids: Vec<_> = outbox
            .pending()
            .into_iter()
            .map(|it| it.upload_id)
            .collect();
        assert_eq!(ids, [second, third]);
    }

    #[test]
    fn removal_is_one_with_what_is_written_along() {
        let store = store();
        let outbox = Outbox::open(store.clone()).unwrap();
        let id = outbox
            .enqueue(UploadKind::Declaration, b"1", 1, &FixedEntropy::new(7))
            .unwrap();
        // A write that the store refuses: nothing happens.
        let too_long = SealedWrite::put(Collection::State, &"k".repeat(999), b"v");
        assert!(outbox.remove(&id, vec![too_long]).is_err());
        assert_eq!(outbox.waiting(), 1);
        let along = SealedWrite::put(Collection::State, "k", b"v");
        outbox.remove(&id, vec![along]).unwrap();
        assert_eq!(outbox.pending(), vec![]);
        assert_eq!(store.list(Collection::Outbox).unwrap().len(), 0);
        assert_eq!(
            store
                .get(Collection::State, "k")
                .unwrap()
                .unwrap()
                .as_slice(),
            b"v"
        );
        assert_eq!(outbox.remove(&id, vec![]), Err(SyncError::UploadUnknown));
        assert_eq!(
            outbox.refuse(&id, &refusal()),
            Err(SyncError::UploadUnknown)
        );
        assert_eq!(outbox.body(&id), Err(SyncError::UploadUnknown));
    }

    #[test]
    fn a_damaged_record_is_named() {
        let store = store();
        store.put(Collection::Outbox, "x", b"not cbor").unwrap();
        assert!(matches!(
            Outbox::open(store).err(),
            Some(SyncError::UploadDamaged)
        ));
    }
}
