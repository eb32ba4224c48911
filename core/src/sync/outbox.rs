//! What waits to be sent, in the order it was queued.
//!
//! Invariant: the bytes that are sent are the bytes that were queued, under the id they were queued with, so an
//! answer that got lost does no harm. A record leaves only when it was taken or the citizen dismissed it.
//! Sends nothing.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use minicbor::{Decode, Encode};

use super::error::SyncError;
use super::outcome::{PendingUpload, UploadKind, UploadRefusal};
use super::records::UPLOAD;
use crate::ports::Entropy;
use crate::store::{Place, SealedStore, SealedWrite, StoreError, SubjectId};
use crate::wire::MAX_REQUEST_BYTES;

/// Most uploads at a time, refused ones included.
pub const MAX_UPLOADS: usize = 200;

/// A stored upload. Numbers of fields and kinds are never used for anything else.
#[derive(Encode, Decode)]
pub(super) struct StoredUpload {
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
    /// Whose uploads these are.
    subject: SubjectId,
    entries: Mutex<Vec<Entry>>,
}

impl Outbox {
    /// The subject's outbox in `store`.
    pub(super) fn open(store: Arc<SealedStore>, subject: SubjectId) -> Result<Self, SyncError> {
        let mut entries = Vec::new();
        let uploads = store.read_all(&UPLOAD.of(&subject));
        for (upload_id, stored) in uploads.map_err(damaged)? {
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
            subject,
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
        let mut writes = vec![self.place(&upload_id).put(&stored)?];
        for entry in entries.iter().filter(|entry| replaced(entry)) {
            writes.push(self.place(&entry.upload.upload_id).delete());
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
        along.push(self.place(upload_id).delete());
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
        self.store.write(&self.place(upload_id), &stored)?;
        if let Some(entry) = entries.get_mut(position) {
            entry.upload.refusal = Some(refusal.clone());
        }
        Ok(())
    }

    fn stored(&self, upload_id: &str) -> Result<StoredUpload, SyncError> {
        let stored = self.store.read(&self.place(upload_id));
        stored.map_err(damaged)?.ok_or(SyncError::UploadUnknown)
    }

    fn place(&self, upload_id: &str) -> Place<StoredUpload> {
        UPLOAD.of(&self.subject).at(upload_id)
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Entry>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An upload that is whole but cannot be read has a name of its own.
fn damaged(error: StoreError) -> SyncError {
    match error {
        StoreError::RecordUnreadable => SyncError::UploadDamaged,
        other => other.into(),
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
#[path = "outbox_tests.rs"]
mod tests;
