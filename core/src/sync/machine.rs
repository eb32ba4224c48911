//! What to do next in a sync: a machine without I/O.
//!
//! Invariant: an upload leaves the queue only when the authority took it or refused it for good, and each
//! request is repeated within one sync at most once (with a new nonce). It stores and sends nothing itself:
//! the engine does what [`Machine::next`] says and tells [`Machine::on`] what came of it.

mod choosing;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::ports::TransportError;
use crate::wire::{BundleEntry, BundleKind, ProblemKind, SubjectId};

use super::outcome::SyncResult;
use super::refusal::SyncRefusal;
use super::step::{Action, Ending, Input, Pace, Situation};

/// Most requests of one sync: the outbox, the bundles and a second try for each, with room.
const MAX_STEPS: u32 = 1_000;

/// The machine of one sync.
#[derive(Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "what was done is independent of each other; an enum would multiply it out"
)]
pub(super) struct Machine {
    steps: u32,
    current: Option<Action>,
    /// The current action was already repeated.
    repeated: bool,
    index_done: bool,
    wanted: VecDeque<BundleEntry>,
    /// The early try to get a trust bundle is over.
    trust_tried: bool,
    /// A trust bundle that did not hold by the phone's own clock; tried again once the time is known.
    trust_deferred: Option<BundleEntry>,
    /// What was wrong with the trust bundle, until another try puts it right.
    trust_problem: Option<String>,
    time_was_known: bool,
    /// What was wrong with the answer to an erasing; a new trust bundle may put it right, once.
    erasure_problem: Option<String>,
    erasure_repeated: bool,
    /// How far each subject has come.
    subjects: BTreeMap<SubjectId, Progress>,
    device_unknown: bool,
    /// The authority takes no more uploads today.
    uploads_wait: bool,
    /// Nor large ones.
    large_uploads_wait: bool,
    /// A registration that must wait holds something up: why, and for how long, milliseconds.
    held_up: Option<(String, Option<u64>)>,
    /// What is told although all that counts went well: entries of the index that do not count, a dependant who is
    /// unknown, a device that had to register again, uploads that wait for another day. Coming again sooner would not mend it.
    aside: Option<String>,
    problem: Option<String>,
    ended: Option<Ending>,
}

/// How far one subject has come.
#[derive(Debug, Default)]
struct Progress {
    state_done: bool,
    /// What was wrong with the state; a new trust bundle may put it right, once.
    state_problem: Option<String>,
    state_repeated: bool,
    /// Parts that were asked for.
    parts_asked: BTreeSet<&'static str>,
    /// The authority does not know the subject.
    is_unknown: bool,
    /// The subject's registration or correction waits for another sync, and why.
    registration_waits: Option<(String, Option<u64>)>,
}

impl Machine {
    /// The next request.
    pub(super) fn next(&mut self, situation: &Situation) -> Action {
        if self.ended.is_some() {
            return Action::Finish;
        }
        self.steps += 1;
        if self.steps > MAX_STEPS {
            self.refuse(SyncRefusal::TooManySteps.code());
            return Action::Finish;
        }
        self.time_was_known = situation.time_is_known;
        if let Some(current) = &self.current {
            // Only a request that has to be signed again is still current here.
            return current.clone();
        }
        let action = self.choose(situation);
        self.current = Some(action.clone());
        action
    }

    /// What came of the last action.
    pub(super) fn on(&mut self, input: Input) {
        let Some(action) = self.current.take() else {
            return;
        };
        let was_repeated = std::mem::take(&mut self.repeated);
        if let Action::Part(subject, name) = &action {
            self.progress(subject.clone()).parts_asked.insert(name);
        }
        match input {
            Input::UploadTaken
            | Input::UploadGoesOn
            | Input::UploadRefused
            | Input::UploadsWaitAgain
            | Input::PartTaken
            | Input::ErasureSettled
            | Input::ErasurePostponed => {}
            Input::Unchanged | Input::StateStored => match action {
                Action::State(subject) => self.progress(subject).state_done = true,
                _ => self.index_done = true,
            },
            Input::IndexRead {
                wanted,
                problem,
                left_out,
            } => {
                self.index_done = true;
                self.wanted = wanted.into();
                self.note(problem);
                self.aside = self.aside.take().or(left_out);
            }
            Input::BundleStored => {
                if is_trust(&action) {
                    self.trust_problem = None;
                    if !self.erasure_repeated && self.erasure_problem.take().is_some() {
                        self.erasure_repeated = true;
                    }
                    for progress in self.subjects.values_mut() {
                        if progress.state_problem.take().is_some() {
                            progress.state_done = false;
                            progress.state_repeated = true;
                        }
                    }
                }
            }
            Input::Unverified { code } => self.unverified(action, code),
            Input::NonceRequired if was_repeated && matches!(action, Action::Part(..)) => {
                self.note(Some(ProblemKind::NonceRequired.code().to_owned()));
            }
            Input::NonceRequired if was_repeated => {
                self.refuse(ProblemKind::NonceRequired.code());
            }
            Input::NonceRequired => {
                self.repeated = true;
                self.current = Some(action);
            }
            Input::UploadsMustWait { code } => {
                self.uploads_wait = true;
                self.aside = Some(code);
            }
            Input::LargeUploadsMustWait { code } => {
                self.large_uploads_wait = true;
                self.aside = Some(code);
            }
            Input::RegistrationMustWait {
                code,
                retry_after_ms,
            } => match action {
                Action::Upload(subject, _) => {
                    self.aside.get_or_insert_with(|| code.clone());
                    let waits = &mut self.progress(subject).registration_waits;
                    *waits = Some((code, retry_after_ms));
                }
                _ => self.refuse(&code),
            },
            Input::DeviceUnknown => self.device_unknown = true,
            Input::RegistersAgain => {
                let code = ProblemKind::DeviceUnknown.code().to_owned();
                self.aside.get_or_insert(code);
            }
            Input::SubjectUnknown => self.subject_unknown(action),
            Input::NotAllowed { code } => self.refuse(&code),
            Input::Busy {
                code,
                retry_after_ms,
            } if matches!(action, Action::Part(..)) => {
                self.held_up.get_or_insert((code, retry_after_ms));
            }
            Input::Busy {
                code,
                retry_after_ms,
            } => self.end(
                SyncResult::ServerBusy,
                Some(code),
                Pace::Failed { retry_after_ms },
            ),
            Input::NotOurs => self.fail(SyncResult::CaptivePortal, None),
            Input::Failed(error) => self.transport_failed(&error),
            Input::PhoneFailed { code } => {
                self.end(SyncResult::PhoneFailed, Some(code), Pace::Unchanged);
            }
        }
    }

    /// Ends it between two steps: the caller cancelled, or the deadline passed.
    pub(super) fn stop(&mut self, why: &TransportError) {
        if self.ended.is_none() {
            self.transport_failed(why);
        }
    }

    /// How it ended.
    pub(super) fn ending(mut self) -> Ending {
        if let Some(ending) = self.ended {
            return ending;
        }
        let problem = self
            .problem
            .take()
            .or(self.trust_problem)
            .or(self.erasure_problem)
            .or_else(|| self.subjects.into_values().find_map(|it| it.state_problem));
        let failed = Pace::Failed {
            retry_after_ms: None,
        };
        if self.device_unknown {
            return Ending {
                result: SyncResult::DeviceUnknown,
                problem: Some(ProblemKind::DeviceUnknown.code().to_owned()),
                pace: failed,
            };
        }
        let (result, problem, pace) = match (problem, self.held_up) {
            (Some(problem), _) => (SyncResult::AnswerRefused, Some(problem), failed),
            (None, Some((code, retry_after_ms))) => {
                let pace = Pace::Failed { retry_after_ms };
                (SyncResult::ServerBusy, Some(code), pace)
            }
            (None, None) => (SyncResult::Synced, None, Pace::Planned),
        };
        Ending {
            result,
            problem: problem.or(self.aside),
            pace,
        }
    }

    fn unverified(&mut self, action: Action, code: String) {
        match action {
            Action::Erase(_) => self.erasure_problem = Some(code),
            Action::State(subject) => {
                let progress = self.progress(subject);
                progress.state_done = true;
                if progress.state_repeated {
                    self.note(Some(code));
                } else {
                    progress.state_problem = Some(code);
                }
            }
            Action::Bundle(entry) if entry.kind == BundleKind::TRUST => {
                self.trust_problem = Some(code);
                // By the phone's own clock, which may be years off, nothing is settled.
                if !self.time_was_known {
                    self.trust_deferred = Some(entry);
                }
            }
            Action::Bundle(_) | Action::Part(..) => self.note(Some(code)),
            Action::Index => {
                self.index_done = true;
                self.note(Some(code));
            }
            Action::Upload(..) | Action::Finish => self.refuse(&code),
        }
    }

    /// Nothing more is asked for the subject. Without the owner there is nobody to sync for; a dependant's end holds
    /// up nobody else.
    fn subject_unknown(&mut self, action: Action) {
        match action {
            Action::Upload(subject, _) | Action::State(subject) | Action::Part(subject, _)
                if !subject.is_owner() =>
            {
                self.progress(subject).is_unknown = true;
                let code = ProblemKind::SubjectUnknown.code().to_owned();
                self.aside.get_or_insert(code);
            }
            _ => self.device_unknown = true,
        }
    }

    fn progress(&mut self, subject: SubjectId) -> &mut Progress {
        self.subjects.entry(subject).or_default()
    }

    fn transport_failed(&mut self, error: &TransportError) {
        let code = Some(error.code().to_owned());
        match error {
            TransportError::Cancelled => self.end(SyncResult::Cancelled, code, Pace::Unchanged),
            TransportError::DeadlinePassed => self.fail(SyncResult::DeadlinePassed, code),
            TransportError::CertificateRefused | TransportError::CertificateTime => {
                self.fail(SyncResult::CertificateRefused, code);
            }
            TransportError::TooLarge => self.fail(SyncResult::AnswerRefused, code),
            TransportError::Unreachable | TransportError::Malformed => {
                self.fail(SyncResult::Offline, code);
            }
        }
    }

    fn take_trust(&mut self) -> Option<BundleEntry> {
        let is_trust = |entry: &BundleEntry| entry.kind == BundleKind::TRUST;
        let position = self.wanted.iter().position(is_trust)?;
        self.wanted.remove(position)
    }

    /// Keeps the first problem; the sync goes on.
    fn note(&mut self, problem: Option<String>) {
        if self.problem.is_none() {
            self.problem = problem;
        }
    }

    fn refuse(&mut self, code: &str) {
        self.fail(SyncResult::AnswerRefused, Some(code.to_owned()));
    }

    fn fail(&mut self, result: SyncResult, problem: Option<String>) {
        let pace = Pace::Failed {
            retry_after_ms: None,
        };
        self.end(result, problem, pace);
    }

    fn end(&mut self, result: SyncResult, problem: Option<String>, pace: Pace) {
        self.ended = Some(Ending {
            result,
            problem,
            pace,
        });
    }
}

fn is_trust(action: &Action) -> bool {
    matches!(action, Action::Bundle(entry) if entry.kind == BundleKind::TRUST)
}

#[cfg(test)]
#[path = "machine_tests.rs"]
mod tests;
