//! The sync, checked on every path: the real machine, engine, sealed store and request signatures on one side, the real
//! routes, verification and use cases on the other, and between them a network that loses, doubles, delays and reorders.
//! Phone and authority are killed at each of their writes.
//!
//! Each life is run from its start on every path with at most so many faults (see `LIVES`); `SYNC_MODEL_FAULTS` asks for
//! more. Invariant: declared once, never lost, never stuck, a code whenever one could be had.

#![expect(
    clippy::print_stdout,
    reason = "how deep it went is part of what it says"
)]

#[path = "sync_model/bodies.rs"]
mod bodies;
#[path = "sync_model/choices.rs"]
mod choices;
#[path = "sync_model/flaws.rs"]
mod flaws;
#[path = "sync_model/judge.rs"]
mod judge;
#[path = "sync_model/life.rs"]
mod life;
#[path = "sync_model/line.rs"]
mod line;
#[path = "sync_model/phone.rs"]
mod phone;

use std::sync::Arc;

use health_code_authority::testing::Foundation;
use health_code_core::testing::clock::FixedClock;
use health_code_core::testing::entropy::FixedEntropy;
use health_code_tests::town::MORNING_MS;

use choices::{Explored, explore};
use flaws::Flaw;
use life::{Act, Life};

/// A life: its name, what the citizen does in it, and how many faults there are on a path in each run of the tests.
type Row = (&'static str, &'static [Act], usize);

const LIVES: &[Row] = &[
    (
        "first day",
        &[Act::Register, Act::Declare(1), Act::Sync, Act::Sync],
        1,
    ),
    (
        "a refusal, a fever, an objection",
        &[
            Act::DeclareUnknownForm,
            Act::Declare(1),
            Act::Register,
            Act::Sync,
            Act::DeclareFever,
            Act::Object,
            Act::Sync,
        ],
        1,
    ),
    (
        "an appeal with evidence",
        &[
            Act::Register,
            Act::DeclareFever,
            Act::Sync,
            Act::Appeal,
            Act::Sync,
        ],
        1,
    ),
    (
        "renewal",
        &[
            Act::Register,
            Act::Declare(1),
            Act::Sync,
            Act::Wait(20),
            Act::Declare(2),
            Act::Sync,
        ],
        1,
    ),
    (
        "mistyped, and mended before the colour",
        &[
            Act::Register,
            Act::Sync,
            Act::Correct("documentNumber", "330106199003070014"),
            Act::Declare(1),
            Act::Sync,
            Act::Correct("phone", "13911112222"),
            Act::Sync,
        ],
        1,
    ),
    (
        "lost by the authority",
        &[
            Act::Register,
            Act::Declare(1),
            Act::Sync,
            Act::LoseAll,
            Act::DeclareFever,
            Act::Sync,
        ],
        1,
    ),
    (
        "leaving at once, and coming back",
        &[
            Act::Register,
            Act::Sync,
            Act::Erase,
            Act::Register,
            Act::Declare(2),
            Act::Sync,
        ],
        1,
    ),
    (
        "leaving with a correction on its way",
        &[
            Act::Register,
            Act::Sync,
            Act::Correct("phone", "13911112222"),
            Act::Sync,
            Act::Erase,
            Act::Sync,
        ],
        1,
    ),
    (
        "leaving with a declaration on its way",
        &[
            Act::Register,
            Act::Declare(1),
            Act::Sync,
            Act::Erase,
            Act::Sync,
        ],
        1,
    ),
];

fn run(name: &str, acts: &[Act], faults: usize, flaw: Flaw) -> Explored {
    let folder = tempfile::tempdir().expect("a folder");
    let clock = FixedClock::new(MORNING_MS);
    let foundation = Foundation::new(folder.path(), &clock, &FixedEntropy::new(7));
    let foundation = Arc::new(foundation.expect("an authority's keys"));
    let explored = explore(faults, |choices| {
        Life::run(&foundation, acts, flaw, choices)
    });
    println!(
        "{name}: {} paths with at most {faults} faults among {} places",
        explored.paths, explored.longest
    );
    explored
}

#[test]
fn every_path_ends_well() {
    let deeper = std::env::var("SYNC_MODEL_FAULTS").ok();
    let deeper = deeper.map(|faults| faults.parse::<usize>().expect("a number"));
    let only = std::env::var("SYNC_MODEL_LIFE").unwrap_or_default();
    let mut wrong = String::new();
    for (name, acts, faults) in LIVES.iter().filter(|(name, ..)| name.contains(&only)) {
        let explored = run(name, acts, deeper.unwrap_or(*faults), Flaw::None);
        if let Some(violation) = explored.violation {
            wrong = format!("{wrong}\n{name}: {violation}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// What the model says of each flaw. One that it does not find shows that the model looks at nothing.
#[test]
fn every_flaw_is_found() {
    let first_day = LIVES[0].1;
    let leaving = &[Act::Register, Act::Sync, Act::Erase, Act::Sync];
    let refusal = &[Act::Register, Act::DeclareUnknownForm, Act::Sync];
    let table: &[(Flaw, &[Act], &str)] = &[
        (Flaw::DropsBeforeAnswer, first_day, "an upload is lost"),
        (Flaw::AsksAnew, first_day, "the same was declared twice"),
        (Flaw::PhonesDiskLies, first_day, "an upload is lost"),
        (Flaw::AuthoritysDiskLies, first_day, "an upload is lost"),
        (
            Flaw::TakesAnyReceipt,
            first_day,
            "a colour that the authority never told",
        ),
        (Flaw::TakesAnyErasure, leaving, "stuck: 1 registrations"),
        (Flaw::RefusesAsBusy, refusal, "stuck: ServerBusy"),
        (Flaw::WithholdsNonces, first_day, "stuck: AnswerRefused"),
    ];
    for (flaw, acts, said) in table {
        let explored = run(&format!("{flaw:?}"), acts, 1, *flaw);
        let violation = explored.violation.unwrap_or_default();
        assert!(violation.starts_with(said), "{flaw:?}: {violation}");
    }
}
