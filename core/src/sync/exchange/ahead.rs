//! The pieces of a large upload, one request each.
//!
//! Invariant: what the authority took is written before the next is sent.

use super::{Exchange, Input};
use crate::sync::ahead::{AheadRow, NextRequest, Waiting};
use crate::sync::answer::Answer;
use crate::sync::error::SyncError;
use crate::sync::outcome::{RefusedUpload, UploadRefusal};
use crate::sync::refusal::SyncRefusal;
use crate::sync::subjects::SyncedSubject;
use crate::wire::{self, ProblemKind};

use super::meaning::{input, refused};

impl Exchange<'_> {
    /// Sends the next piece; none where the upload itself is next.
    pub(super) fn send_ahead(
        &mut self,
        row: &AheadRow,
        synced: &SyncedSubject,
        upload_id: &str,
        sent: &[u8],
    ) -> Result<Option<Input>, SyncError> {
        let waiting = Waiting {
            store: &self.context.store,
            subject: &synced.id,
            upload_id,
            body: sent,
        };
        let (name, path, bytes) = match (row.next)(&waiting)? {
            NextRequest::Upload => return Ok(None),
            NextRequest::Piece { name, path, bytes } => (name, path, bytes),
            NextRequest::Lost(code) => {
                let refusal = UploadRefusal {
                    code: ProblemKind::Invalid.code().to_owned(),
                    field: Some("evidence".to_owned()),
                    field_code: Some(code.to_owned()),
                };
                return self.refuse_large(synced, upload_id, &refusal).map(Some);
            }
        };
        let request = self.signing()?.piece(&synced.id, &path, bytes)?;
        match self.send(request, wire::JSON)? {
            Answer::Success { .. } => {
                synced.outbox.write(&(row.taken)(&waiting, &name)?)?;
                Ok(Some(Input::UploadGoesOn))
            }
            Answer::Refused(refusal) => self.refuse_large(synced, upload_id, &refusal).map(Some),
            Answer::DeviceUnknown => self.device_unknown().map(Some),
            Answer::Busy { code, .. } if code == ProblemKind::QuotaUsedUp.code() => {
                Ok(Some(Input::LargeUploadsMustWait { code }))
            }
            other => Ok(Some(input(other))),
        }
    }

    /// Notes which pieces an answer asks for; none where it asks for none.
    pub(super) fn asked_for_more(
        &mut self,
        row: &AheadRow,
        synced: &SyncedSubject,
        upload_id: &str,
        (sent, answer): (&[u8], &[u8]),
    ) -> Result<Option<Input>, SyncError> {
        let waiting = Waiting {
            store: &self.context.store,
            subject: &synced.id,
            upload_id,
            body: sent,
        };
        let Some(writes) = (row.asked)(&waiting, answer)? else {
            return Ok(None);
        };
        if self.rounds.count(upload_id) {
            // It asks again and again for what it took.
            return Ok(Some(refused(SyncRefusal::AnswerMalformed)));
        }
        synced.outbox.write(&writes)?;
        Ok(Some(Input::UploadGoesOn))
    }

    fn refuse_large(
        &mut self,
        synced: &SyncedSubject,
        upload_id: &str,
        refusal: &UploadRefusal,
    ) -> Result<Input, SyncError> {
        match synced.outbox.refuse(upload_id, refusal, Vec::new()) {
            // Dismissed or erased while it was on its way.
            Err(SyncError::UploadUnknown) => {}
            marked => {
                marked?;
                let kind = synced.outbox.kind(upload_id);
                let refused = kind.map(|kind| RefusedUpload::new(upload_id, kind, refusal));
                self.done.uploads_refused.extend(refused);
            }
        }
        Ok(Input::UploadRefused)
    }
}
