//! One sync: asks the machine what is next, does it, tells the machine what came of it.
//!
//! Invariant: an answer changes what is stored only after it was verified, and then in one write.
//! Deadline and cancel are looked at before every request, and the transport obeys them during it.

mod ahead;
mod holdings;
mod lost;
mod meaning;
mod parts;
mod public;

use std::sync::Arc;

use self::meaning::{
    acceptance_in, blame, input, json, phone_failed, refused, time_in_body, unverified,
};

use super::ahead::Rounds;
use super::answer::{self, Answer};
use super::backoff::Moment;
use super::bundles::{Held, Index};
use super::context::SyncContext;
use super::erasures::ErasureOutcome;
use super::error::SyncError;
use super::machine::Machine;
use super::outcome::RefusedUpload;
use super::refusal::SyncRefusal;
use super::request::Signing;
use super::state;
use super::step::{Action, Ending, Input, Situation, SubjectSituation, Trust};
use super::subjects::SyncedSubject;
use super::trusted_time::TimeSource;
use super::upload_kind::{Answered, Registration, UploadKind, begins_anew};
use crate::cancel::CancelHandle;
use crate::encoding::base64;
use crate::ports::{HttpRequest, TransportError};
use crate::store::SubjectId;
use crate::trust::{DevicePublicKey, TrustBundle};
use crate::wire::{self, ErasureAnswer, NextSync, ProblemKind};

/// Longest wait for one answer.
const REQUEST_TIMEOUT_MS: u64 = 30_000;

/// What was done.
#[derive(Default)]
pub(super) struct Done {
    pub(super) uploads_sent: u32,
    pub(super) uploads_refused: Vec<RefusedUpload>,
    pub(super) state_changed: bool,
    pub(super) bundles_updated: u32,
    /// The authority knew this device no more; it registers again.
    pub(super) registers_again: bool,
    /// The plan that the authority gave.
    pub(super) next_sync: Option<NextSync>,
}

/// One sync under way.
pub(super) struct Exchange<'a> {
    context: &'a SyncContext,
    cancel: &'a CancelHandle,
    /// Monotonic milliseconds.
    deadline_at: u64,
    machine: Machine,
    /// Whose key signs all requests of this device, in the life in which this sync began.
    owner: Arc<SyncedSubject>,
    public_key: DevicePublicKey,
    trust: Option<TrustBundle>,
    held: Held,
    /// The index that was read, with its ETag.
    index: Option<(Index, Option<String>)>,
    done: Done,
    /// How often pieces were asked for.
    rounds: Rounds,
}

impl<'a> Exchange<'a> {
    pub(super) fn start(
        context: &'a SyncContext,
        now: Moment,
        deadline_ms: u64,
        cancel: &'a CancelHandle,
    ) -> Result<Self, SyncError> {
        let owner = context.subjects.get(&SubjectId::OWNER)?;
        Ok(Self {
            context,
            cancel,
            deadline_at: now.reading.monotonic_ms.saturating_add(deadline_ms),
            machine: Machine::default(),
            public_key: owner.signer.public_key()?,
            owner,
            trust: context.trust_bundle()?,
            held: context.load_held()?,
            index: None,
            done: Done::default(),
            rounds: Rounds::default(),
        })
    }

    pub(super) fn run(&mut self) {
        loop {
            if self.cancel.is_cancelled() {
                self.machine.stop(&TransportError::Cancelled);
            } else if self.left_ms() == 0 {
                self.machine.stop(&TransportError::DeadlinePassed);
            } else if !self.context.subjects.is_current(&self.owner) {
                // The owner was erased meanwhile, and the key is another one.
                self.machine.stop(&TransportError::Cancelled);
            }
            let situation = match self.situation() {
                Ok(situation) => situation,
                Err(error) => {
                    self.machine.next(&Situation::default());
                    self.machine.on(phone_failed(&error));
                    return;
                }
            };
            let action = self.machine.next(&situation);
            let input = match &action {
                Action::Finish => return,
                Action::Erase(id) => self.erase(id),
                Action::Upload(subject, id) => self.upload(subject, id),
                Action::State(subject) => match self.state(subject) {
                    // The key of one dependant alone: the others go on.
                    Err(SyncError::Port { error }) if !subject.is_owner() => {
                        Ok(unverified(error.code()))
                    }
                    outcome => outcome,
                },
                Action::Part(subject, name) => self.part(subject, name),
                Action::Index => self.index(),
                Action::Bundle(entry) => self.bundle(entry),
            };
            let input = input.unwrap_or_else(|error| match error {
                // Erased meanwhile: what came of the subject was not written.
                SyncError::SubjectUnknown => Input::SubjectUnknown,
                error => phone_failed(&error),
            });
            self.machine.on(input);
        }
    }

    pub(super) fn finish(self) -> (Ending, Done) {
        (self.machine.ending(), self.done)
    }

    fn device_id(&self) -> String {
        wire::device_id(&self.public_key)
    }

    /// The subject's registration with this device; one with another key does not count.
    fn registration(&self, subject: &SubjectId) -> Result<Option<Registration>, SyncError> {
        let device_id = self.device_id();
        let registration = self.context.registration(subject)?;
        Ok(registration.filter(|it| it.device_id == device_id && !it.is_forgotten))
    }

    fn has_colour(&self, subject: &SubjectId) -> Result<bool, SyncError> {
        let held = state::load(&self.context.store, subject)?;
        Ok(held.receipt.is_some())
    }

    fn situation(&self) -> Result<Situation, SyncError> {
        let now = self.context.time.now();
        let at = now.at_secs();
        let mut subjects = Vec::new();
        let has_owner = self.registration(&SubjectId::OWNER)?.is_some();
        for synced in self.context.subjects.all() {
            let (mut next_registration, next_upload) = synced.outbox.next_ids();
            if !synced.id.is_owner() && !has_owner {
                // The carer comes first.
                next_registration = None;
            }
            if synced.id.is_owner() && self.context.erasures.threatens(&self.device_id()) {
                next_registration = None;
            }
            subjects.push(SubjectSituation {
                registered: self.registration(&synced.id)?.is_some(),
                missing_parts: self.missing_parts(&synced.id)?,
                subject: synced.id.clone(),
                has_colour: next_registration.is_some() && self.has_colour(&synced.id)?,
                next_registration,
                next_upload,
                next_large: synced.outbox.next_large_id(),
            });
        }
        Ok(Situation {
            trust: match &self.trust {
                Some(trust) if at >= trust.expires_at => Trust::Missing,
                Some(trust) if at - trust.issued_at > trust.expires_at - at => Trust::Old,
                Some(_) => Trust::Fresh,
                None => Trust::Missing,
            },
            time_is_known: now.source != TimeSource::WallClock,
            next_erasure: self.context.erasures.next_id(),
            subjects,
        })
    }

    fn erase(&mut self, id: &str) -> Result<Input, SyncError> {
        let erasures = &self.context.erasures;
        let erasure = erasures.get(id)?;
        let outcome = match self.send(erasure.request(), wire::JSON)? {
            Answer::Success { body, .. } => {
                let (Some(answer), Some(trust)) = (json::<ErasureAnswer>(&body), &self.trust)
                else {
                    return Ok(refused(SyncRefusal::AnswerMalformed));
                };
                let at = self.context.time.now().at_secs();
                match erasure.confirmed(&answer.receipt, trust, at) {
                    Ok(outcome) => outcome,
                    Err(code) => return Ok(unverified(code)),
                }
            }
            // A registration that was sent before may arrive yet, and nobody else could erase it: asked again later.
            Answer::DeviceUnknown if !erasure.is_last_word(self.context.time.now().at_secs()) => {
                return Ok(unverified(ProblemKind::DeviceUnknown.code()));
            }
            Answer::DeviceUnknown | Answer::SubjectUnknown => ErasureOutcome::NothingHeld,
            // The dependants' own erasings wait behind it: whatever the order, they end it.
            Answer::Refused(refusal)
                if refusal.code == ProblemKind::DependantsRemain.code()
                    && erasures.postpone(id) =>
            {
                return Ok(Input::ErasurePostponed);
            }
            Answer::Refused(refusal) => ErasureOutcome::Refused { code: refusal.code },
            Answer::NotAllowed { code } => ErasureOutcome::Refused { code },
            // An authority that does not know of erasing yet.
            Answer::NotFound => return Ok(unverified(ProblemKind::NotFound.code())),
            other => return Ok(input(other)),
        };
        erasures.settle(id, outcome)?;
        Ok(Input::ErasureSettled)
    }

    fn upload(&mut self, subject: &SubjectId, upload_id: &str) -> Result<Input, SyncError> {
        let synced = self.context.subjects.get(subject)?;
        let (row, sent, acceptance) = synced.outbox.sendable(upload_id)?;
        if let Some(ahead) = row.ahead
            && let Some(input) = self.send_ahead(ahead, &synced, upload_id, &sent)?
        {
            return Ok(input);
        }
        let mut request = self
            .signing()?
            .upload(subject, row, upload_id, sent.clone())?;
        let accepted = acceptance.map(|it| (wire::ACCEPTANCE_HEADER.to_owned(), it));
        request.headers.extend(accepted);
        let body = match self.send(request, wire::JSON)? {
            Answer::Success { body, .. } => body,
            Answer::Refused(refusal)
                if row.not_final.iter().any(|kind| kind.code() == refusal.code) =>
            {
                return Ok(Input::Busy {
                    code: refusal.code,
                    retry_after_ms: None,
                });
            }
            Answer::Refused(refusal) => {
                let along =
                    if row.goes_first && refusal.code == ProblemKind::RegistrationEnded.code() {
                        self.registration_ended(subject)?
                    } else {
                        Vec::new()
                    };
                match synced.outbox.refuse(upload_id, &refusal, along) {
                    // As below.
                    Err(SyncError::UploadUnknown) => {}
                    marked => {
                        marked?;
                        let kind = UploadKind::Known(row);
                        let refused = RefusedUpload::new(upload_id, kind, &refusal);
                        self.done.uploads_refused.push(refused);
                    }
                }
                return Ok(Input::UploadRefused);
            }
            Answer::DeviceUnknown if !row.goes_first => return self.device_unknown(),
            Answer::SubjectUnknown if !row.goes_first => return self.subject_unknown(&synced),
            Answer::Busy { code, .. } if code == ProblemKind::QuotaUsedUp.code() => {
                return Ok(match row.ahead {
                    None => Input::UploadsMustWait { code },
                    Some(_) => Input::LargeUploadsMustWait { code },
                });
            }
            Answer::Busy {
                code,
                retry_after_ms,
            } if row.goes_first && code == ProblemKind::RateLimited.code() => {
                return Ok(Input::RegistrationMustWait {
                    code,
                    retry_after_ms,
                });
            }
            other => return Ok(input(other)),
        };
        if let Some(ahead) = row.ahead
            && let Some(input) = self.asked_for_more(ahead, &synced, upload_id, (&sent, &body))?
        {
            return Ok(input);
        }
        let held = self.context.registration(subject)?;
        let answered = Answered {
            upload_id,
            subject,
            device_id: &wire::device_id(&self.public_key),
            registration: held.as_ref(),
            corrections: &self.context.corrections(subject)?,
            store: &self.context.store,
            trust: self.trust.as_ref(),
            at: self.context.time.now().at_secs(),
            sent: &sent,
            body: &body,
        };
        let Some(along) = (row.writes)(&answered)? else {
            return Ok(refused(SyncRefusal::AnswerMalformed));
        };
        let begins_anew = begins_anew(row, &answered);
        let now_ms = self.context.time.now().at_ms;
        let acceptance = acceptance_in(&body);
        let outbox = &synced.outbox;
        match outbox.take(upload_id, along, begins_anew, acceptance, now_ms) {
            // Replaced, dismissed or erased while it was on its way: what took its place has an answer of its own.
            Err(SyncError::UploadUnknown) => {}
            removed => {
                removed?;
                self.done.uploads_sent += 1;
            }
        }
        Ok(Input::UploadTaken)
    }

    /// Of several subjects' plans the one counts that is due first.
    fn plan(&mut self, plan: Option<NextSync>) {
        let plans = self.done.next_sync.into_iter().chain(plan);
        self.done.next_sync = plans.min_by_key(|plan| plan.after_secs);
    }

    fn signing(&self) -> Result<Signing<'_>, SyncError> {
        let context = self.context;
        let nonce = if let Some(nonce) = context.take_nonce() {
            nonce
        } else {
            // Nobody handed this one out: the answer brings one that counts.
            let mut random = [0; 16];
            context.entropy.fill(&mut random)?;
            base64::encode_url(&random)
        };
        Ok(Signing {
            base: &context.base,
            signer: self.owner.signer.as_ref(),
            public_key: self.public_key,
            nonce,
            created: context.time.now().at_secs(),
        })
    }

    /// Sends, and takes nonce and time from the answer if it is the authority's.
    fn send(&self, request: HttpRequest, content_type: &str) -> Result<Answer, SyncError> {
        let context = self.context;
        let timeout_ms = REQUEST_TIMEOUT_MS.min(self.left_ms());
        let before = context.time.reading();
        let response = context.transport.send(request, timeout_ms, self.cancel);
        let response = response.map_err(|error| blame(error, context.time.now()));
        let after = context.time.reading();
        let (nonce, server_ms) = response
            .as_ref()
            .map_or((None, None), answer::nonce_and_time);
        let supported = response.as_ref().ok().and_then(answer::supported);
        let now_ms = server_ms.unwrap_or_else(|| context.time.at(after).at_ms);
        let answer = answer::read(response, content_type, now_ms);
        if answer != Answer::NotOurs {
            let server_ms = server_ms.or_else(|| time_in_body(&answer));
            if let Some(nonce) = nonce {
                context.keep_nonce(nonce);
            }
            // A bundle may come from a cache that kept it for months, headers and all.
            if content_type != wire::COSE {
                if let Some(server_ms) = server_ms {
                    context.time.learn(before, after, server_ms)?;
                }
                if let Some(supported) = supported {
                    context.learn_supported(&supported)?;
                }
            }
        }
        Ok(answer)
    }

    fn left_ms(&self) -> u64 {
        let now = self.context.time.reading().monotonic_ms;
        self.deadline_at.saturating_sub(now)
    }
}
