//! The part of a sync that is about what a subject holds: receipt and credentials, and keys for the next credentials.
//!
//! Invariant: what an answer brings is stored in one write, the numbers of the credentials' keys with it.

use super::Exchange;
use super::meaning::{input, is_refused_by_earlier_version, json, refused, unverified};
use crate::capability::dependants::CARE_ENDED;
use crate::ports::DeviceSigner;
use crate::store::SubjectId;
use crate::sync::answer::Answer;
use crate::sync::colours_seen;
use crate::sync::credential_keys::CredentialKeys;
use crate::sync::error::SyncError;
use crate::sync::refusal::SyncRefusal;
use crate::sync::state::{self, Holder};
use crate::sync::step::Input;
use crate::sync::subjects::SyncedSubject;
use crate::wire::{self, ProblemKind, StateAnswer};

impl Exchange<'_> {
    /// The subject's state. Where credentials are due, the phone offers keys for them in the same request.
    pub(super) fn state(&mut self, subject: &SubjectId) -> Result<Input, SyncError> {
        let store = &self.context.store;
        let synced = self.context.subjects.get(subject)?;
        let held = state::load(store, subject)?;
        let keys = CredentialKeys::load(store, subject, &held, synced.signer.as_ref())?;
        let at = self.context.time.now().at_secs();
        let is_due = |trust| keys.is_renewal_due(&held, trust, at);
        if self.trust.as_ref().is_none_or(is_due)
            && let Some(answer) = self.offer_keys(subject, &keys)?
            && !is_refused_by_earlier_version(&answer)
        {
            return Ok(self.believe(&synced, &keys, answer)?.0);
        }
        let etag = self.state_etag(subject)?;
        let request = self.signing()?.state(subject, etag.as_deref())?;
        let mut answer = self.send(request, wire::JSON)?;
        // The answer brought the time, by which what is held may not count.
        if answer == Answer::NotModified && etag.is_some() && self.state_etag(subject)?.is_none() {
            let request = self.signing()?.state(subject, None)?;
            answer = self.send(request, wire::JSON)?;
        }
        if answer == Answer::NotModified && etag.is_some() {
            let now_ms = self.context.time.now().at_ms;
            if let Some((write, plan)) = state::confirm(store, subject, now_ms)? {
                synced.outbox.write(&[write])?;
                self.plan(Some(plan));
            }
            return Ok(Input::Unchanged);
        }
        let (input, wants_key) = self.believe(&synced, &keys, answer)?;
        // The colour changed, and the credentials before are revoked: the new state is stored, its code is still to come.
        if wants_key
            && let Some(answer) = self.offer_keys(subject, &keys)?
            && !is_refused_by_earlier_version(&answer)
        {
            return Ok(self.believe(&synced, &keys, answer)?.0);
        }
        Ok(input)
    }

    /// Offers the next keys; none where credentials are bound to the device's own.
    fn offer_keys(
        &self,
        subject: &SubjectId,
        keys: &CredentialKeys<'_>,
    ) -> Result<Option<Answer>, SyncError> {
        let wanted = state::wanted_keys(&self.context.store, subject)?;
        let next = keys.next(wanted)?;
        if next.is_empty() {
            return Ok(None);
        }
        let signers: Vec<&dyn DeviceSigner> = next.iter().map(|key| key.signer.as_ref()).collect();
        let request = self.signing()?.credentials(subject, &signers)?;
        self.send(request, wire::JSON).map(Some)
    }

    /// Verifies and stores a state; tells as well whether the authority waits for a key.
    fn believe(
        &mut self,
        synced: &SyncedSubject,
        keys: &CredentialKeys<'_>,
        answer: Answer,
    ) -> Result<(Input, bool), SyncError> {
        let subject = &synced.id;
        let (body, etag) = match answer {
            Answer::Success { body, etag } => (body, etag),
            Answer::Refused(refusal) => {
                return Ok((Input::NotAllowed { code: refusal.code }, false));
            }
            Answer::DeviceUnknown => return Ok((self.device_unknown()?, false)),
            Answer::SubjectUnknown => return Ok((self.subject_unknown(synced)?, false)),
            // What is public may say why: a new trust bundle, and the state is asked for once more.
            Answer::Busy { code, .. } if code == ProblemKind::NotIssuing.code() => {
                return Ok((unverified(ProblemKind::NotIssuing.code()), false));
            }
            other => return Ok((input(other), false)),
        };
        let (Some(answer), Some(trust), Some(registration)) = (
            json::<StateAnswer>(&body),
            &self.trust,
            self.registration(subject)?,
        ) else {
            return Ok((refused(SyncRefusal::AnswerMalformed), false));
        };
        // A dependant is a citizen of its own, whose receipts are the same for each carer and for the dependant's own phone.
        let owner = self.registration(&SubjectId::OWNER)?;
        let is_citizen = owner.is_some_and(|owner| owner.citizen_id != registration.citizen_id);
        let holder = Holder {
            citizen_id: &registration.citizen_id,
            receipts_name: if is_citizen {
                &SubjectId::OWNER
            } else {
                subject
            },
            subject,
            keys,
        };
        let now = self.context.time.now();
        let store = &self.context.store;
        let held = state::load(store, subject)?;
        match state::verify(&answer, &held, &holder, trust, now.at_secs()) {
            Ok(verified) => {
                let (left_out, plan) = (verified.left_out, verified.next_sync);
                let wants_key = verified.wants_key() && left_out.is_none();
                let is_new = state::is_new(&held, &verified);
                let seen = colours_seen::note(store, subject, &held, &verified, now.at_ms)?;
                let mut writes =
                    state::writes(subject, &held, verified, etag.as_deref(), now.at_ms)?;
                writes.extend(seen);
                if !subject.is_owner() {
                    writes.push(CARE_ENDED.for_subject(subject).delete());
                }
                let waiting = match self.context.loss_to_answer(subject, answer.resend)? {
                    Some(note) => {
                        let writes = writes.into_iter().chain([note]).collect();
                        synced.outbox.send_taken_again(writes)?
                    }
                    None => synced.outbox.write(&writes).map(|()| 0)?,
                };
                self.done.state_changed |= is_new;
                self.plan(Some(plan));
                if waiting > 0 {
                    // The state is asked for once more after them.
                    return Ok((Input::UploadsWaitAgain, false));
                }
                Ok((left_out.map_or(Input::StateStored, unverified), wants_key))
            }
            Err(code) => Ok((unverified(code), false)),
        }
    }

    fn state_etag(&self, subject: &SubjectId) -> Result<Option<String>, SyncError> {
        let now = self.context.time.now().at_secs();
        let trust = self.trust.as_ref();
        Ok(state::etag(&self.context.store, subject, now, trust)?)
    }
}
