//! The part of a sync that is about what else the authority holds of a subject.
//!
//! Invariant: what a part brings is stored in one write with its tag; one that fails is named and stops nothing else.

use super::Exchange;
use super::meaning::{input, refused, unverified};
use crate::ports::TransportError;
use crate::store::SubjectId;
use crate::sync::answer::Answer;
use crate::sync::error::SyncError;
use crate::sync::parts::{PartFault, PartHolding, missing, part_row};
use crate::sync::records::PART_TAG;
use crate::sync::refusal::SyncRefusal;
use crate::sync::state;
use crate::sync::step::Input;
use crate::wire;

impl Exchange<'_> {
    /// Names of the parts that are to be asked for.
    pub(super) fn missing_parts(
        &self,
        subject: &SubjectId,
    ) -> Result<Vec<&'static str>, SyncError> {
        let store = &self.context.store;
        match state::told_parts(store, subject)? {
            Some(told) => Ok(missing(store, subject, &told)?),
            None => Ok(Vec::new()),
        }
    }

    /// Asks for a part of the subject.
    pub(super) fn part(&mut self, subject: &SubjectId, name: &str) -> Result<Input, SyncError> {
        let store = &self.context.store;
        let synced = self.context.subjects.get(subject)?;
        let told = state::told_parts(store, subject)?;
        let tag = told.as_ref().and_then(|told| told.tag(name));
        let (Some(row), Some(tag), Some(registration)) =
            (part_row(name), tag, self.registration(subject)?)
        else {
            return Ok(refused(SyncRefusal::PartMissing));
        };
        let Some(trust) = &self.trust else {
            return Ok(refused(SyncRefusal::NoTrustBundle));
        };
        let mut holding = PartHolding {
            store,
            subject,
            citizen_id: &registration.citizen_id,
            trust,
            at_ms: self.context.time.now().at_ms,
        };
        let cursor = match (row.cursor)(&holding) {
            // What is held cannot be read, perhaps a newer app's: nothing is asked that could not be written.
            Err(crate::store::StoreError::RecordUnreadable) => {
                return Ok(refused(SyncRefusal::PartUnreadable));
            }
            cursor => cursor?,
        };
        let request = self.signing()?.part(subject, name, &cursor)?;
        let body = match self.send(request, wire::JSON)? {
            Answer::Success { body, .. } if body.len() <= row.max_bytes => body,
            Answer::Success { .. } | Answer::Failed(TransportError::TooLarge) => {
                return Ok(refused(SyncRefusal::PartTooLarge));
            }
            Answer::NotFound => return Ok(refused(SyncRefusal::PartMissing)),
            Answer::Refused(refusal) => return Ok(unverified(&refusal.code)),
            Answer::NotAllowed { code } => return Ok(unverified(&code)),
            Answer::DeviceUnknown => return self.device_unknown(),
            other => return Ok(input(other)),
        };
        holding.at_ms = self.context.time.now().at_ms;
        let taken = match (row.writes)(&holding, &body) {
            Ok(taken) => taken,
            Err(PartFault::Refused(code)) => return Ok(unverified(code)),
            Err(PartFault::Store(error)) => return Err(error.into()),
        };
        let mut writes = taken.writes;
        if taken.is_complete {
            let place = PART_TAG.for_subject(subject).at(name);
            writes.push(place.put(&tag.to_owned())?);
        }
        synced.outbox.write(&writes)?;
        self.done.state_changed = true;
        Ok(Input::PartTaken)
    }
}
