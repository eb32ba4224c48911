//! What is done where the authority knows this device, or a dependant on it, no more.
//!
//! Invariant: once in a sync; the registration that is held counts no more and is queued again in one write.

use super::{Exchange, Input};
use crate::capability::dependants::CARE_ENDED;
use crate::store::{SealedWrite, SubjectId};
use crate::sync::error::SyncError;
use crate::sync::records::{CREDENTIAL, ETAG, REGISTRATION};
use crate::sync::state;
use crate::sync::subjects::SyncedSubject;
use crate::sync::upload_kind::Registration;

impl Exchange<'_> {
    /// The authority knows a dependant as one of this device's no more: the care has ended, or the authority has lost it. The
    /// code counts no more; the request that was taken is asked once more with the next sync, which tells the two apart.
    pub(super) fn subject_unknown(&self, synced: &SyncedSubject) -> Result<Input, SyncError> {
        let subject = &synced.id;
        let Some(registration) = self.registration(subject)? else {
            return Ok(Input::SubjectUnknown);
        };
        if subject.is_owner() {
            return Ok(Input::SubjectUnknown);
        }
        let forgotten = Registration {
            is_forgotten: true,
            ..registration
        };
        let now_ms = self.context.time.now().at_ms;
        let along = vec![
            REGISTRATION.for_subject(subject).put(&forgotten)?,
            CREDENTIAL.for_subject(subject).delete(),
            ETAG.for_subject(subject).delete(),
            CARE_ENDED.for_subject(subject).put(&now_ms)?,
        ];
        synced.outbox.register_again(along)?;
        Ok(Input::SubjectUnknown)
    }

    /// Another phone has the subject now, and the owner's has everybody whom the owner looks after: the colour is told there, and the codes
    /// of this one were revoked.
    pub(super) fn registration_ended(
        &self,
        subject: &SubjectId,
    ) -> Result<Vec<SealedWrite>, SyncError> {
        let mut along = state::forget(subject);
        if subject.is_owner() {
            let now_ms = self.context.time.now().at_ms;
            let all = self.context.subjects.all();
            for one in all.iter().filter(|one| !one.id.is_owner()) {
                along.extend(state::forget(&one.id));
                along.push(CARE_ENDED.for_subject(&one.id).put(&now_ms)?);
            }
        }
        Ok(along)
    }

    /// The authority knows this device no more: has it register again with what it holds, once in a sync.
    pub(super) fn device_unknown(&mut self) -> Result<Input, SyncError> {
        let Some(registration) = self.registration(&self.owner.id)? else {
            return Ok(Input::DeviceUnknown);
        };
        if self.done.registers_again {
            return Ok(Input::DeviceUnknown);
        }
        let forgotten = Registration {
            is_forgotten: true,
            ..registration
        };
        let along = REGISTRATION.for_subject(&self.owner.id).put(&forgotten)?;
        self.done.registers_again = self.owner.outbox.register_again(vec![along])?;
        Ok(if self.done.registers_again {
            Input::RegistersAgain
        } else {
            Input::DeviceUnknown
        })
    }
}
