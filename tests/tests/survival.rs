//! What every capability survives, one harness for all: each gives what a citizen does and what a screen shows (`survival/cases.rs`),
//! and here it is killed at each of its writes, cut off for a week, told rubbish, and so on. `docs/SURVIVAL.md` is the table of it.
//!
//! Invariant: real phone, real authority; fakes are the clock, entropy, the store's end and the network.

#[path = "survival/cases.rs"]
mod cases;
#[path = "survival/contents.rs"]
mod contents;
#[path = "survival/kills.rs"]
mod kills;
#[path = "survival/lies.rs"]
mod lies;
#[path = "survival/line.rs"]
mod line;
#[path = "survival/many.rs"]
mod many;
#[path = "survival/matrix.rs"]
mod matrix;
#[path = "survival/times.rs"]
mod times;
#[path = "survival/tomorrow.rs"]
mod tomorrow;
#[path = "survival/world.rs"]
mod world;

use std::panic::{AssertUnwindSafe, catch_unwind};

use health_code_core::citizen::HealthCode;
use health_code_core::store::MemoryStore;
use health_code_core::sync::{SyncOutcome, SyncResult};
use serde_json::Value;

use cases::{ALL, Case};
use world::{Moment, World, sync};

/// Runs `check` for every case, each in a world of its own in which the citizen is known and everything is synced; says of whom it
/// does not hold.
fn for_every_case(check: impl Fn(&World, &Moment, &Case) + Sync) {
    let only = std::env::var("SURVIVAL_CASE").unwrap_or_default();
    let mut broken = Vec::new();
    for case in ALL.iter().filter(|case| case.name.contains(&only)) {
        let run = || {
            let (world, moment) = prepared(case);
            check(&world, &moment, case);
        };
        // The others are looked at all the same.
        if catch_unwind(AssertUnwindSafe(run)).is_err() {
            broken.push(case.name);
        }
    }
    assert!(broken.is_empty(), "it does not hold of {broken:?}");
}

fn prepared(case: &Case) -> (World, Moment) {
    let world = World::new();
    let records = MemoryStore::new();
    let phone = world.open(&records);
    settle(&phone);
    (case.before)(&world, &phone);
    settle(&phone);
    settle(&phone);
    drop(phone);
    let moment = world.moment(records);
    (world, moment)
}

/// Syncs until nothing waits, as an app would.
fn settle(phone: &HealthCode) {
    let mut outcomes: Vec<SyncOutcome> = Vec::new();
    for _ in 0..12 {
        let outcome = sync(phone);
        let is_done = outcome.result == SyncResult::Synced && outcome.uploads_left == 0;
        if is_done && outcome.problem.is_none() {
            // What followed from what was sent comes with the next one.
            let next = sync(phone);
            assert_eq!(next.result, SyncResult::Synced, "{next:?}");
            if next.problem.is_none() {
                return;
            }
        }
        outcomes.push(outcome);
    }
    panic!(
        "something waits for ever: {:#?} {:#?}",
        outcomes.first(),
        outcomes.last()
    );
}

fn see(case: &Case, phone: &HealthCode) -> Value {
    (case.see)(phone).unwrap_or_else(|error| panic!("{}: {}", case.name, error.code()))
}

/// Does all acts of the case, each of which has to be done.
fn act_all(case: &Case, phone: &HealthCode) {
    for (name, act) in case.acts {
        act(phone).unwrap_or_else(|error| panic!("{}, {name}: {}", case.name, error.code()));
    }
}

/// What a phone without any trouble shows in the end, and what the authority keeps then.
fn untroubled(world: &World, moment: &Moment, case: &Case, elapsed_ms: i64) -> (Value, Value) {
    let records = world.put_back(moment);
    (case.meanwhile)(world);
    world.pass_ms(elapsed_ms);
    let phone = world.open(&records);
    act_all(case, &phone);
    settle(&phone);
    (see(case, &phone), world.kept())
}

/// Everything is queued on the phone, and done at the authority.
fn queued(world: &World, moment: &Moment, case: &Case) -> Moment {
    let records = world.put_back(moment);
    (case.meanwhile)(world);
    let phone = world.open(&records);
    act_all(case, &phone);
    drop(phone);
    world.moment(records)
}
