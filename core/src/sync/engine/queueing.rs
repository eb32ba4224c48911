//! Uploads on their way into the outbox and out of it.
//!
//! Invariant: what was queued is on disk when the call returns, with everything that went along, or nothing is.

use super::SyncEngine;
use crate::store::{SealedWrite, SubjectId};
use crate::sync::error::SyncError;
use crate::sync::outbox::{Outbox, QueuedUpload};
use crate::sync::outcome::PendingUpload;
use crate::sync::subjects::Life;
use crate::sync::upload_kind::UploadRow;

impl SyncEngine {
    /// Queues an upload of the subject, JSON of at least one byte and at most what its row allows, sent as it is; durable when it
    /// returns. Gives its id.
    ///
    /// # Errors
    /// [`SyncError::SubjectUnknown`], [`SyncError::UploadSizeRefused`], [`SyncError::OutboxFull`],
    /// [`SyncError::Store`], [`SyncError::Port`].
    pub fn enqueue(
        &self,
        subject: &SubjectId,
        row: &'static UploadRow,
        body: &[u8],
    ) -> Result<String, SyncError> {
        self.enqueue_with(&self.life(subject)?, row, body, Vec::new())
    }

    /// As [`SyncEngine::enqueue`], together with other records: all are written or nothing is.
    ///
    /// # Errors
    /// As [`SyncEngine::enqueue`].
    pub fn enqueue_with(
        &self,
        life: &Life,
        row: &'static UploadRow,
        body: &[u8],
        along: Vec<SealedWrite>,
    ) -> Result<String, SyncError> {
        let context = &self.context;
        let now_ms = context.time.now().at_ms;
        let entropy = context.entropy.as_ref();
        life.0.outbox.enqueue(row, body, along, now_ms, entropy)
    }

    /// Queues uploads of several subjects, each at most one's: all are written or nothing is. Gives their ids, in order.
    ///
    /// # Errors
    /// As [`SyncEngine::enqueue`].
    pub fn enqueue_all(&self, uploads: &[QueuedUpload]) -> Result<Vec<String>, SyncError> {
        let now_ms = self.context.time.now().at_ms;
        Outbox::enqueue_all(uploads, now_ms, self.context.entropy.as_ref())
    }

    /// Everything in the subject's outbox, in order, refused uploads and those of a newer version of the app included.
    ///
    /// # Errors
    /// [`SyncError::SubjectUnknown`].
    pub fn pending(&self, subject: &SubjectId) -> Result<Vec<PendingUpload>, SyncError> {
        Ok(self.context.subjects.get(subject)?.outbox.pending())
    }

    /// Whether an upload of anybody on this phone waits to be sent, or an erasing to be answered.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        let context = &self.context;
        context.subjects.waiting() > 0 || context.erasures.next_id().is_some()
    }

    /// The body of a queued upload, for the citizen to look at or to correct.
    ///
    /// # Errors
    /// [`SyncError::SubjectUnknown`], [`SyncError::UploadUnknown`], [`SyncError::UploadDamaged`], [`SyncError::Store`].
    pub fn pending_body(&self, subject: &SubjectId, upload_id: &str) -> Result<Vec<u8>, SyncError> {
        self.context.subjects.get(subject)?.outbox.body(upload_id)
    }

    /// Removes an upload from the subject's outbox, or an objection of before there were appeals from the list of those that were
    /// taken. An upload that waits may have reached the authority all the same.
    ///
    /// # Errors
    /// [`SyncError::SubjectUnknown`], [`SyncError::UploadUnknown`], [`SyncError::Store`].
    pub fn dismiss(&self, subject: &SubjectId, upload_id: &str) -> Result<(), SyncError> {
        let synced = self.context.subjects.get(subject)?;
        match synced.outbox.remove(upload_id, Vec::new()) {
            Err(SyncError::UploadUnknown) => self.context.dismiss_correction(subject, upload_id),
            outcome => outcome,
        }
    }
}
