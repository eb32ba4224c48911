//! One sync: asks the machine what is next, does it, tells the machine what came of it.
//!
//! Invariant: an answer changes what is stored only after it was verified, and then in one write.
//! Deadline and cancel are looked at before every request, and the transport obeys them during it.

mod public;

use std::sync::PoisonError;

use data_encoding::BASE64URL_NOPAD;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::answer::{self, Answer};
use super::backoff::Moment;
use super::bundles::Held;
use super::engine::{Registration, SyncEngine};
use super::error::SyncError;
use super::machine::{Action, Ending, Input, Machine, Situation, Trust};
use super::outcome::{RefusedUpload, UploadKind};
use super::refusal::SyncRefusal;
use super::request::Signing;
use super::state::{self, Owner};
use super::trusted_time::TimeSource;
use crate::cancel::CancelHandle;
use crate::ports::{HttpRequest, TransportError};
use crate::store::SealedWrite;
use crate::trust::{DevicePublicKey, TrustBundle};
use crate::wire::{
    self, BundleIndex, NextSync, ProblemKind, RegistrationAnswer, StateAnswer, UploadAnswer,
};

/// Longest wait for one answer.
const REQUEST_TIMEOUT_MS: u64 = 30_000;
/// Longest citizen's id, characters.
const MAX_CITIZEN_ID_CHARS: usize = 64;

/// What was done.
#[derive(Default)]
pub(super) struct Done {
    pub(super) uploads_sent: u32,
    pub(super) uploads_refused: Vec<RefusedUpload>,
    pub(super) state_changed: bool,
    pub(super) bundles_updated: u32,
    /// The plan that the authority gave.
    pub(super) next_sync: Option<NextSync>,
}

/// One sync under way.
pub(super) struct Exchange<'a> {
    engine: &'a SyncEngine,
    cancel: &'a CancelHandle,
    /// Monotonic milliseconds.
    deadline_at: u64,
    machine: Machine,
    public_key: DevicePublicKey,
    trust: Option<TrustBundle>,
    held: Held,
    /// The index that was read, with its ETag.
    index: Option<(BundleIndex, Option<String>)>,
    done: Done,
}

impl<'a> Exchange<'a> {
    pub(super) fn start(
        engine: &'a SyncEngine,
        now: Moment,
        deadline_ms: u64,
        cancel: &'a CancelHandle,
    ) -> Result<Self, SyncError> {
        Ok(Self {
            engine,
            cancel,
            deadline_at: now.reading.monotonic_ms.saturating_add(deadline_ms),
            machine: Machine::default(),
            public_key: engine.signer.public_key()?,
            trust: engine.trust_bundle()?,
            held: engine.load_held()?,
            index: None,
            done: Done::default(),
        })
    }

    pub(super) fn run(&mut self) {
        loop {
            if self.cancel.is_cancelled() {
                self.machine.stop(&TransportError::Cancelled);
            } else if self.left_ms() == 0 {
                self.machine.stop(&TransportError::DeadlinePassed);
            }
            let registration = match self.registration() {
                Ok(registration) => registration,
                Err(error) => {
                    self.machine.next(&Situation::default());
                    self.machine.on(phone_failed(&error));
                    return;
                }
            };
            let action = self.machine.next(&self.situation(registration.as_ref()));
            let input = match &action {
                Action::Finish => return,
                Action::Upload(id) => self.upload(id),
                Action::State => self.state(registration.as_ref()),
                Action::Index => self.index(),
                Action::Bundle(entry) => self.bundle(entry),
            };
            self.machine
                .on(input.unwrap_or_else(|error| phone_failed(&error)));
        }
    }

    pub(super) fn finish(self) -> (Ending, Done) {
        (self.machine.ending(), self.done)
    }

    /// This device's registration; one of another key does not count.
    fn registration(&self) -> Result<Option<Registration>, SyncError> {
        let device_id = wire::device_id(&self.public_key);
        let registration = self.engine.registration()?;
        Ok(registration.filter(|registration| registration.device_id == device_id))
    }

    fn situation(&self, registration: Option<&Registration>) -> Situation {
        let now = self.engine.time.now();
        let (next_registration, next_upload) = self.engine.outbox.next_ids();
        let at = now.at_secs();
        Situation {
            registered: registration.is_some(),
            trust: match &self.trust {
                Some(trust) if at >= trust.expires_at => Trust::Missing,
                Some(trust) if at - trust.issued_at > trust.expires_at - at => Trust::Old,
                Some(_) => Trust::Fresh,
                None => Trust::Missing,
            },
            time_is_known: now.source != TimeSource::WallClock,
            next_registration,
            next_upload,
        }
    }

    fn upload(&mut self, upload_id: &str) -> Result<Input, SyncError> {
        let (kind, body) = self.engine.outbox.body(upload_id)?;
        let request = self.signing()?.upload(kind, upload_id, body)?;
        let body = match self.send(request, wire::JSON)? {
            Answer::Success { body, .. } => body,
            Answer::Refused(refusal) => {
                self.engine.outbox.refuse(upload_id, &refusal)?;
                self.done.uploads_refused.push(RefusedUpload {
                    upload_id: upload_id.to_owned(),
                    code: refusal.code,
                });
                return Ok(Input::UploadRefused);
            }
            other => return Ok(input(other)),
        };
        let along = match kind {
            UploadKind::Registration => self.registered(&body)?,
            kind => self.taken(kind, upload_id, &body)?,
        };
        let Some(along) = along else {
            return Ok(refused(SyncRefusal::AnswerMalformed));
        };
        self.engine.outbox.remove(upload_id, along)?;
        self.done.uploads_sent += 1;
        Ok(Input::UploadTaken)
    }

    /// What to write for a registration's answer; none if it cannot be read.
    fn registered(&self, body: &[u8]) -> Result<Option<Vec<SealedWrite>>, SyncError> {
        let Some(answer) = json::<RegistrationAnswer>(body) else {
            return Ok(None);
        };
        if answer.citizen_id.is_empty() || answer.citizen_id.len() > MAX_CITIZEN_ID_CHARS {
            return Ok(None);
        }
        let registration = Registration {
            citizen_id: answer.citizen_id,
            division: answer.division,
            device_id: wire::device_id(&self.public_key),
        };
        Ok(Some(self.engine.registration_writes(&registration)?))
    }

    /// What to write for the answer to an upload; none if it cannot be read or is about another one.
    fn taken(
        &self,
        kind: UploadKind,
        upload_id: &str,
        body: &[u8],
    ) -> Result<Option<Vec<SealedWrite>>, SyncError> {
        let answer = json::<UploadAnswer>(body).filter(|answer| answer.id == upload_id);
        let Some(answer) = answer else {
            return Ok(None);
        };
        Ok(Some(match kind {
            // Its deadline must not get lost.
            UploadKind::Correction => vec![self.engine.correction_write(&answer)?],
            _ => Vec::new(),
        }))
    }

    fn state(&mut self, registration: Option<&Registration>) -> Result<Input, SyncError> {
        let store = &self.engine.store;
        let subject = &self.engine.subject;
        let etag = state::etag(store, subject, self.engine.time.now().at_secs())?;
        let request = self.signing()?.state(etag.as_deref())?;
        let (body, etag) = match self.send(request, wire::JSON)? {
            Answer::Success { body, etag } => (body, etag),
            Answer::NotModified if etag.is_some() => {
                let now_ms = self.engine.time.now().at_ms;
                self.done.next_sync = state::confirm(store, subject, now_ms)?;
                return Ok(Input::Unchanged);
            }
            Answer::Refused(refusal) => return Ok(Input::NotAllowed { code: refusal.code }),
            other => return Ok(input(other)),
        };
        let (Some(answer), Some(trust), Some(registration)) =
            (json::<StateAnswer>(&body), &self.trust, registration)
        else {
            return Ok(refused(SyncRefusal::AnswerMalformed));
        };
        let owner = Owner {
            citizen_id: &registration.citizen_id,
            device_key: &self.public_key,
        };
        let now = self.engine.time.now();
        match state::verify(&answer, &owner, trust, now.at_secs()) {
            Ok(verified) => {
                self.done.state_changed |=
                    state::store(store, subject, &verified, etag.as_deref(), now.at_ms)?;
                self.done.next_sync = Some(verified.next_sync);
                Ok(Input::StateStored)
            }
            Err(code) => Ok(unverified(code)),
        }
    }

    fn signing(&self) -> Result<Signing<'a>, SyncError> {
        let engine = self.engine;
        let nonce = engine
            .nonce
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        let nonce = if let Some(nonce) = nonce {
            nonce
        } else {
            // Nobody handed this one out: the answer brings one that counts.
            let mut random = [0; 16];
            engine.entropy.fill(&mut random)?;
            BASE64URL_NOPAD.encode(&random)
        };
        Ok(Signing {
            base: &engine.base,
            signer: engine.signer.as_ref(),
            public_key: self.public_key,
            nonce,
            created: engine.time.now().at_secs(),
        })
    }

    /// Sends, and takes nonce and time from the answer if it is the authority's.
    fn send(&self, request: HttpRequest, content_type: &str) -> Result<Answer, SyncError> {
        let engine = self.engine;
        let timeout_ms = REQUEST_TIMEOUT_MS.min(self.left_ms());
        let before = engine.time.reading();
        let response = engine.transport.send(request, timeout_ms, self.cancel);
        let after = engine.time.reading();
        let (nonce, server_ms) = response
            .as_ref()
            .map_or((None, None), answer::nonce_and_time);
        let now_ms = server_ms.unwrap_or_else(|| engine.time.at(after).at_ms);
        let answer = answer::read(response, content_type, now_ms);
        if answer != Answer::NotOurs {
            let server_ms = server_ms.or_else(|| time_in_body(&answer));
            if nonce.is_some() {
                *engine.nonce.lock().unwrap_or_else(PoisonError::into_inner) = nonce;
            }
            if let Some(server_ms) = server_ms {
                engine.time.learn(before, after, server_ms)?;
            }
        }
        Ok(answer)
    }

    fn left_ms(&self) -> u64 {
        let now = self.engine.time.reading().monotonic_ms;
        self.deadline_at.saturating_sub(now)
    }
}

/// Answers that mean the same for every request.
fn input(answer: Answer) -> Input {
    match answer {
        Answer::NonceRequired => Input::NonceRequired,
        Answer::DeviceUnknown => Input::DeviceUnknown,
        Answer::NotAllowed { code } => Input::NotAllowed { code },
        Answer::Refused(refusal) => Input::NotAllowed { code: refusal.code },
        Answer::NotFound => Input::Busy {
            code: ProblemKind::NotFound.code().to_owned(),
            retry_after_ms: None,
        },
        Answer::Busy {
            code,
            retry_after_ms,
        } => Input::Busy {
            code,
            retry_after_ms,
        },
        // Nobody asked whether something changed.
        Answer::NotModified | Answer::Success { .. } | Answer::NotOurs => Input::NotOurs,
        Answer::Failed(error) => Input::Failed(error),
    }
}

/// The time in the body, for a proxy may drop the header.
fn time_in_body(answer: &Answer) -> Option<i64> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Timed {
        server_time_ms: i64,
    }
    match answer {
        Answer::Success { body, .. } => Some(json::<Timed>(body)?.server_time_ms),
        _ => None,
    }
}

fn json<T: DeserializeOwned>(body: &[u8]) -> Option<T> {
    serde_json::from_slice(body).ok()
}

fn refused(refusal: SyncRefusal) -> Input {
    unverified(refusal.code())
}

fn unverified(code: &str) -> Input {
    Input::Unverified {
        code: code.to_owned(),
    }
}

fn phone_failed(error: &SyncError) -> Input {
    Input::PhoneFailed {
        code: error.root_code().to_owned(),
    }
}
