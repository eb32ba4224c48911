use super::{Action, Ending, Input, Machine, Pace, Situation};

use crate::ports::TransportError;

use crate::sync::outcome::SyncResult;
use crate::sync::step::{SubjectSituation, Trust};

use crate::wire::{BundleEntry, BundleKind, SubjectId};

#[path = "machine_tests/parts.rs"]
mod parts;
#[path = "machine_tests/refusals.rs"]
mod refusals;
#[path = "machine_tests/subjects.rs"]
mod subjects;
#[path = "machine_tests/waiting.rs"]
mod waiting;

fn bundle(kind: BundleKind) -> BundleEntry {
    BundleEntry {
        kind,
        name: String::new(),
        version: 1,
        sha256: "00".repeat(32),
        size: 1,
    }
}

fn fetch(kind: BundleKind) -> Action {
    Action::Bundle(bundle(kind))
}

fn upload(id: &str) -> Action {
    Action::Upload(SubjectId::OWNER, id.into())
}

fn index(kinds: &[BundleKind]) -> Input {
    Input::IndexRead {
        wanted: kinds.iter().cloned().map(bundle).collect(),
        problem: None,
        left_out: None,
    }
}

fn unverified(code: &str) -> Input {
    Input::Unverified { code: code.into() }
}

fn busy(retry_after_ms: Option<u64>) -> Input {
    Input::Busy {
        code: "unavailable".into(),
        retry_after_ms,
    }
}

const STATE: Action = Action::State(SubjectId::OWNER);
const TRUST: BundleKind = BundleKind::TRUST;
const STATUS_LIST: BundleKind = BundleKind::STATUS_LIST;
const RULE_SET: BundleKind = BundleKind::RULE_SET;
const FORM: BundleKind = BundleKind::FORM;

const FAILED: Pace = Pace::Failed {
    retry_after_ms: None,
};

fn ending(result: SyncResult, problem: Option<&str>, pace: Pace) -> Ending {
    Ending {
        result,
        problem: problem.map(str::to_owned),
        pace,
    }
}

fn synced() -> Ending {
    ending(SyncResult::Synced, None, Pace::Planned)
}

fn refused(code: &str) -> Ending {
    ending(SyncResult::AnswerRefused, Some(code), FAILED)
}

/// A phone in the middle of its life: registered, trust bundle fresh, time known.
fn settled() -> Phone {
    Phone {
        registered: true,
        trust: Trust::Fresh,
        time_is_known: true,
        registrations: vec![],
        uploads: vec![],
        parts: vec![],
    }
}

/// A fresh install with a registration and a declaration queued.
fn fresh() -> Phone {
    Phone {
        registered: false,
        trust: Trust::Missing,
        time_is_known: false,
        registrations: vec!["r"],
        uploads: vec!["d"],
        parts: vec![],
    }
}

/// What the engine keeps, as far as the machine asks for it.
#[derive(Clone)]
struct Phone {
    registered: bool,
    trust: Trust,
    time_is_known: bool,
    registrations: Vec<&'static str>,
    uploads: Vec<&'static str>,
    parts: Vec<&'static str>,
}

impl Phone {
    fn situation(&self) -> Situation {
        let owner = SubjectSituation {
            subject: SubjectId::OWNER,
            registered: self.registered,
            next_registration: self.registrations.first().map(|id| (*id).to_owned()),
            next_large: None,
            next_upload: self.uploads.first().map(|id| (*id).to_owned()),
            has_colour: self.registered,
            missing_parts: self.parts.clone(),
        };
        Situation {
            trust: self.trust,
            time_is_known: self.time_is_known,
            next_erasure: None,
            subjects: vec![owner],
        }
    }

    fn remember(&mut self, action: &Action, input: &Input) {
        match (action, input) {
            (Action::Upload(..), Input::UploadTaken | Input::UploadRefused) => {
                if self.registrations.is_empty() {
                    self.uploads.remove(0);
                } else {
                    self.registrations.remove(0);
                    self.registered = *input == Input::UploadTaken;
                }
                self.time_is_known = true;
            }
            (Action::Bundle(entry), Input::BundleStored) if entry.kind == BundleKind::TRUST => {
                self.trust = Trust::Fresh;
            }
            (Action::Part(_, name), Input::PartTaken) => self.parts.retain(|one| one != name),
            _ => {}
        }
    }
}

/// Runs the machine through `script`: each action must come as written and is answered with the input.
fn run(name: &str, mut phone: Phone, script: Vec<(Action, Input)>, expected: &Ending) {
    let mut machine = Machine::default();
    for (step, (action, input)) in script.into_iter().enumerate() {
        assert_eq!(
            machine.next(&phone.situation()),
            action,
            "{name}, step {step}"
        );
        phone.remember(&action, &input);
        machine.on(input);
    }
    assert_eq!(
        machine.next(&phone.situation()),
        Action::Finish,
        "{name}, end"
    );
    assert_eq!(machine.ending(), *expected, "{name}");
}

#[test]
fn order_of_a_sync_that_goes_well() {
    run(
        "settled, nothing new",
        settled(),
        vec![(STATE, Input::Unchanged), (Action::Index, Input::Unchanged)],
        &synced(),
    );
    run(
        "settled, two uploads and news",
        Phone {
            uploads: vec!["a", "b"],
            ..settled()
        },
        vec![
            (upload("a"), Input::UploadTaken),
            (upload("b"), Input::UploadTaken),
            (STATE, Input::StateStored),
            (Action::Index, index(&[FORM, TRUST, STATUS_LIST])),
            (fetch(TRUST), Input::BundleStored),
            (fetch(FORM), Input::BundleStored),
            (fetch(STATUS_LIST), Input::BundleStored),
        ],
        &synced(),
    );
    run(
        "fresh install: trust, registration, uploads, state, the other bundles; one index",
        fresh(),
        vec![
            (Action::Index, index(&[FORM, TRUST, RULE_SET])),
            (fetch(TRUST), Input::BundleStored),
            (upload("r"), Input::UploadTaken),
            (upload("d"), Input::UploadTaken),
            (STATE, Input::StateStored),
            (fetch(FORM), Input::BundleStored),
            (fetch(RULE_SET), Input::BundleStored),
        ],
        &synced(),
    );
    run(
        "old trust bundle is renewed first",
        Phone {
            trust: Trust::Old,
            ..settled()
        },
        vec![
            (Action::Index, index(&[TRUST])),
            (fetch(TRUST), Input::BundleStored),
            (STATE, Input::Unchanged),
        ],
        &synced(),
    );
    run(
        "not registered and nothing queued: only what is public",
        Phone {
            registrations: vec![],
            uploads: vec!["d"],
            ..fresh()
        },
        vec![
            (Action::Index, index(&[TRUST, FORM])),
            (fetch(TRUST), Input::BundleStored),
            (fetch(FORM), Input::BundleStored),
        ],
        &synced(),
    );
}

#[test]
fn refused_uploads_do_not_stop_the_next() {
    run(
        "wedged declaration",
        Phone {
            uploads: vec!["a", "b"],
            ..settled()
        },
        vec![
            (upload("a"), Input::UploadRefused),
            (upload("b"), Input::UploadTaken),
            (STATE, Input::Unchanged),
            (Action::Index, Input::Unchanged),
        ],
        &synced(),
    );
    run(
        "refused registration holds the uploads back",
        Phone {
            trust: Trust::Fresh,
            ..fresh()
        },
        vec![
            (upload("r"), Input::UploadRefused),
            (Action::Index, Input::Unchanged),
        ],
        &synced(),
    );
}

#[test]
fn nonces_are_renewed_once_per_request() {
    run(
        "each request may be signed again",
        Phone {
            uploads: vec!["a"],
            ..settled()
        },
        vec![
            (upload("a"), Input::NonceRequired),
            (upload("a"), Input::UploadTaken),
            (STATE, Input::NonceRequired),
            (STATE, Input::Unchanged),
            (Action::Index, Input::Unchanged),
        ],
        &synced(),
    );
    run(
        "but not twice",
        Phone {
            uploads: vec!["a"],
            ..settled()
        },
        vec![
            (upload("a"), Input::NonceRequired),
            (upload("a"), Input::NonceRequired),
        ],
        &refused("nonce_required"),
    );
}

#[test]
fn unknown_device_still_reads_what_is_public() {
    run(
        "device unknown",
        Phone {
            uploads: vec!["a"],
            ..settled()
        },
        vec![
            (upload("a"), Input::DeviceUnknown),
            (Action::Index, index(&[BundleKind::FORM])),
            (fetch(BundleKind::FORM), Input::BundleStored),
        ],
        &ending(SyncResult::DeviceUnknown, Some("device_unknown"), FAILED),
    );
}

#[test]
fn stopped_between_two_steps() {
    for (why, result, pace) in [
        (
            TransportError::Cancelled,
            SyncResult::Cancelled,
            Pace::Unchanged,
        ),
        (
            TransportError::DeadlinePassed,
            SyncResult::DeadlinePassed,
            FAILED,
        ),
    ] {
        let mut machine = Machine::default();
        let situation = settled().situation();
        assert_eq!(machine.next(&situation), STATE);
        machine.on(Input::StateStored);
        machine.stop(&why);
        assert_eq!(machine.next(&situation), Action::Finish);
        // Stopping again does not rewrite the ending.
        machine.stop(&TransportError::Unreachable);
        assert_eq!(machine.ending(), ending(result, Some(why.code()), pace));
    }
}

#[test]
fn a_machine_that_is_lied_to_ends_anyway() {
    let mut machine = Machine::default();
    let phone = Phone {
        uploads: vec!["a"],
        ..settled()
    };
    let mut steps = 0;
    while machine.next(&phone.situation()) != Action::Finish {
        // The upload is said to be taken but never leaves the outbox.
        machine.on(Input::UploadTaken);
        steps += 1;
        assert!(steps <= 1_000);
    }
    assert_eq!(machine.ending(), refused("sync_too_long"));
}
