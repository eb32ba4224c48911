//! What waits to be sent, in the order it was queued.
//!
//! Invariant: the bytes that are sent are the bytes that were queued, under the id they were queued with, so an
//! answer that got lost does no harm. A record leaves only when it was taken or the citizen dismissed it; one that a
//! newer version of the app wrote is kept as it is and goes out when that version is back. Sends nothing.

mod taken;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::error::SyncError;
use super::outcome::{PendingUpload, UploadRefusal};
use super::records::UPLOAD;
use super::stored_upload::{StoredFields, StoredRefusal, StoredUpload};
use super::subjects::Life;
use super::upload_kind::{UploadKind, UploadRow};
use crate::capability::upload_kind;
use crate::ports::Entropy;
use crate::sorting;
use crate::store::{Place, SealedStore, SealedWrite, SubjectId};

/// Most uploads at a time, refused ones included.
pub const MAX_UPLOADS: usize = 200;

/// An upload of one subject that is to be queued, with what is written along.
pub struct QueuedUpload {
    /// Whose.
    pub life: Life,
    /// Its kind.
    pub row: &'static UploadRow,
    /// JSON.
    pub body: Vec<u8>,
    /// Other records.
    pub along: Vec<SealedWrite>,
}

crate::hidden_debug!(QueuedUpload);

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
    entries: Mutex<Entries>,
}

/// The uploads, and whether their subject was erased: then nothing of it is written any more.
#[derive(Default)]
struct Entries {
    list: Vec<Entry>,
    has_ended: bool,
}

impl Outbox {
    /// The subject's outbox in `store`.
    pub(super) fn open(store: Arc<SealedStore>, subject: SubjectId) -> Result<Self, SyncError> {
        let mut entries = Vec::new();
        for (upload_id, stored) in store.read_all(&UPLOAD.for_subject(&subject))? {
            entries.push(Entry::new(upload_id, stored));
        }
        sorting::sort_by(&mut entries, |left, right| {
            left.sequence.cmp(&right.sequence)
        });
        Ok(Self {
            store,
            subject,
            entries: Mutex::new(Entries {
                list: entries,
                has_ended: false,
            }),
        })
    }

    /// The outbox of a subject that has no records.
    pub(super) fn empty(store: Arc<SealedStore>, subject: SubjectId) -> Self {
        Self {
            store,
            subject,
            entries: Mutex::default(),
        }
    }

    /// Writes records of the subject, unless it was erased.
    pub(super) fn write(&self, writes: &[SealedWrite]) -> Result<(), SyncError> {
        let entries = self.lock();
        if entries.has_ended {
            return Err(SyncError::SubjectUnknown);
        }
        Ok(self.store.apply(writes)?)
    }

    /// Erases every record of the subject and writes what goes `along`, in one batch; from then on nothing of the subject
    /// is written through this outbox, whoever still holds it.
    pub(super) fn end(&self, along: &[SealedWrite]) -> Result<(), SyncError> {
        let mut entries = self.lock();
        if entries.has_ended {
            return Err(SyncError::SubjectUnknown);
        }
        self.store.erase(&self.subject, along)?;
        entries.list.clear();
        entries.has_ended = true;
        Ok(())
    }

    /// Whether a registration was queued here: sent or not, the authority may know of it.
    pub(super) fn has_registration(&self) -> bool {
        let entries = self.lock();
        let mut uploads = entries.list.iter().map(|entry| &entry.upload);
        uploads.any(PendingUpload::is_registration)
    }

    /// Queues `body` under a new id and writes what goes `along`: all or nothing, durable when it returns. A new
    /// registration takes the place of those that wait or were refused.
    pub(super) fn enqueue(
        &self,
        row: &'static UploadRow,
        body: &[u8],
        along: Vec<SealedWrite>,
        now_ms: i64,
        entropy: &dyn Entropy,
    ) -> Result<String, SyncError> {
        let upload_id = checked_id(row, body, now_ms, entropy)?;
        let mut entries = self.lock();
        let mut writes = along;
        let entry = self.prepare(&entries, row, body, &upload_id, now_ms, &mut writes)?;
        self.store.apply(&writes)?;
        entries.queue(row, entry);
        Ok(upload_id)
    }

    /// As [`Outbox::enqueue`] for several subjects of one phone, each with one upload: all or nothing.
    pub(super) fn enqueue_all(
        uploads: &[QueuedUpload],
        now_ms: i64,
        entropy: &dyn Entropy,
    ) -> Result<Vec<String>, SyncError> {
        let mut ids = Vec::with_capacity(uploads.len());
        for upload in uploads {
            ids.push(checked_id(upload.row, &upload.body, now_ms, entropy)?);
        }
        // Always in the same order, so that two calls do not wait for each other.
        let mut order: Vec<usize> = (0..uploads.len()).collect();
        sorting::sort_by(&mut order, |left, right| {
            uploads[*left].life.0.id.cmp(&uploads[*right].life.0.id)
        });
        let mut writes = Vec::new();
        let mut prepared = Vec::with_capacity(uploads.len());
        for place in order {
            let QueuedUpload {
                life,
                row,
                body,
                along,
            } = &uploads[place];
            let outbox = &life.0.outbox;
            let entries = outbox.lock();
            writes.extend(along.iter().cloned());
            let entry = outbox.prepare(&entries, row, body, &ids[place], now_ms, &mut writes)?;
            prepared.push((entries, *row, entry));
        }
        if let Some(first) = uploads.first() {
            first.life.0.outbox.store.apply(&writes)?;
        }
        for (mut entries, row, entry) in prepared {
            entries.queue(row, entry);
        }
        Ok(ids)
    }

    /// What queues an upload, laid behind `writes`.
    fn prepare(
        &self,
        entries: &Entries,
        row: &'static UploadRow,
        body: &[u8],
        upload_id: &str,
        now_ms: i64,
        writes: &mut Vec<SealedWrite>,
    ) -> Result<Entry, SyncError> {
        if entries.has_ended {
            return Err(SyncError::SubjectUnknown);
        }
        let list = &entries.list;
        let replaced = list.iter().filter(|entry| entry.is_replaced_by(row));
        if list.len() - replaced.clone().count() >= MAX_UPLOADS {
            return Err(SyncError::OutboxFull);
        }
        let sequence = list.last().map_or(0, |entry| entry.sequence + 1);
        let stored = StoredUpload::Read {
            fields: StoredFields {
                kind: row.number,
                sequence,
                queued_at_ms: now_ms,
                body: body.to_vec(),
                refusal: None,
                acceptance: None,
            },
            newer: (Vec::new(), 0),
        };
        writes.push(self.place(upload_id).put(&stored)?);
        writes.extend(replaced.map(|entry| self.place(&entry.upload.upload_id).delete()));
        Ok(Entry {
            sequence,
            upload: PendingUpload {
                upload_id: upload_id.to_owned(),
                kind: UploadKind::Known(row),
                queued_at_ms: now_ms,
                refusal: None,
            },
        })
    }

    /// All uploads, in order, refused ones included.
    pub(super) fn pending(&self) -> Vec<PendingUpload> {
        let entries = self.lock();
        let entries = entries.list.iter();
        entries.map(|entry| entry.upload.clone()).collect()
    }

    /// How many wait to be sent.
    pub(super) fn waiting(&self) -> usize {
        let entries = self.lock();
        entries
            .list
            .iter()
            .filter(|entry| entry.upload.is_waiting())
            .count()
    }

    /// Ids of the first waiting upload that goes first (a registration) and of the first other one that is not large.
    pub(super) fn next_ids(&self) -> (Option<String>, Option<String>) {
        (
            self.first_waiting(|row| row.goes_first),
            self.first_waiting(|row| !row.goes_first && row.ahead.is_none()),
        )
    }

    /// Id of the first large upload that waits.
    pub(super) fn next_large_id(&self) -> Option<String> {
        self.first_waiting(|row| row.ahead.is_some())
    }

    fn first_waiting(&self, is_wanted: impl Fn(&UploadRow) -> bool) -> Option<String> {
        let entries = self.lock();
        let uploads = entries.list.iter().map(|entry| &entry.upload);
        let mut waiting = uploads.filter(|upload| upload.is_waiting());
        let first =
            waiting.find(|upload| matches!(upload.kind, UploadKind::Known(row) if is_wanted(row)));
        first.map(|upload| upload.upload_id.clone())
    }

    /// What the upload is; none where it is not here any more.
    pub(super) fn kind(&self, upload_id: &str) -> Option<UploadKind> {
        let entries = self.lock();
        let mut uploads = entries.list.iter().map(|entry| &entry.upload);
        let found = uploads.find(|upload| upload.upload_id == upload_id);
        found.map(|upload| upload.kind)
    }

    /// The exact body.
    pub(super) fn body(&self, upload_id: &str) -> Result<Vec<u8>, SyncError> {
        self.stored(upload_id)?.fields().map(|fields| fields.body)
    }

    /// Row and exact body of one that this version sends.
    pub(super) fn sendable(
        &self,
        upload_id: &str,
    ) -> Result<(&'static UploadRow, Vec<u8>, Option<String>), SyncError> {
        let fields = self.stored(upload_id)?.fields()?;
        match upload_kind(fields.kind) {
            UploadKind::Known(row) => Ok((row, fields.body, fields.acceptance)),
            UploadKind::Newer { .. } => Err(SyncError::UploadUnknown),
        }
    }

    /// Removes the upload and writes what its answer brought, at once or not at all.
    pub(super) fn remove(
        &self,
        upload_id: &str,
        mut along: Vec<SealedWrite>,
    ) -> Result<(), SyncError> {
        let mut guard = self.lock();
        let entries = &mut guard.list;
        let Some(position) = position(entries, upload_id) else {
            return Err(SyncError::UploadUnknown);
        };
        along.push(self.place(upload_id).delete());
        self.store.apply(&along)?;
        entries.remove(position);
        Ok(())
    }

    /// Marks the upload as refused for good: it stays, with its body, and is not sent again. Writes what goes `along`, at
    /// once or not at all.
    pub(super) fn refuse(
        &self,
        upload_id: &str,
        refusal: &UploadRefusal,
        mut along: Vec<SealedWrite>,
    ) -> Result<(), SyncError> {
        let mut guard = self.lock();
        let entries = &mut guard.list;
        let Some(position) = position(entries, upload_id) else {
            return Err(SyncError::UploadUnknown);
        };
        let mut stored = self.stored(upload_id)?;
        if let StoredUpload::Read { fields, .. } = &mut stored {
            fields.refusal = Some(StoredRefusal {
                code: refusal.code.clone(),
                field: refusal.field.clone(),
                field_code: refusal.field_code.clone(),
            });
        }
        along.push(self.place(upload_id).put(&stored)?);
        self.store.apply(&along)?;
        if let Some(entry) = entries.get_mut(position) {
            entry.upload.refusal = Some(refusal.clone());
        }
        Ok(())
    }

    fn stored(&self, upload_id: &str) -> Result<StoredUpload, SyncError> {
        let stored = self.store.read(&self.place(upload_id))?;
        stored.ok_or(SyncError::UploadUnknown)
    }

    fn place(&self, upload_id: &str) -> Place<StoredUpload> {
        UPLOAD.for_subject(&self.subject).at(upload_id)
    }

    fn lock(&self) -> MutexGuard<'_, Entries> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Entries {
    /// Takes in what was written.
    fn queue(&mut self, row: &'static UploadRow, entry: Entry) {
        self.list.retain(|entry| !entry.is_replaced_by(row));
        self.list.push(entry);
    }
}

impl Entry {
    /// Whether an upload of this kind takes its place.
    fn is_replaced_by(&self, row: &'static UploadRow) -> bool {
        row.replaces_earlier && self.upload.kind == UploadKind::Known(row)
    }

    fn new(upload_id: String, stored: StoredUpload) -> Self {
        let StoredUpload::Read { fields, .. } = stored else {
            return Self {
                sequence: 0,
                upload: PendingUpload {
                    upload_id,
                    kind: UploadKind::Newer { number: 0 },
                    queued_at_ms: 0,
                    refusal: None,
                },
            };
        };
        Self {
            sequence: fields.sequence,
            upload: PendingUpload {
                upload_id,
                kind: upload_kind(fields.kind),
                queued_at_ms: fields.queued_at_ms,
                refusal: fields.refusal.map(UploadRefusal::from),
            },
        }
    }
}

fn position(entries: &[Entry], upload_id: &str) -> Option<usize> {
    entries
        .iter()
        .position(|entry| entry.upload.upload_id == upload_id)
}

/// The id of an upload whose size is one that is taken.
fn checked_id(
    row: &UploadRow,
    body: &[u8],
    now_ms: i64,
    entropy: &dyn Entropy,
) -> Result<String, SyncError> {
    if body.is_empty() || body.len() > row.max_bytes {
        return Err(SyncError::UploadSizeRefused);
    }
    uuid_v7(now_ms, entropy)
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
