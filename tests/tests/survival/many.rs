//! A thousand of whatever a capability has: it comes through, is shown in order and capped, and takes no long time.

use std::fs;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use health_code_authority::testing::Interruption;
use health_code_core::capability::clinics::{ClinicQuery, Position};
use health_code_core::capability::officer_chain::ChainState;
use health_code_core::colour::{Colour, Reason};
use health_code_core::store::MemoryStore;

use super::cases::ALL;
use super::contents::{bulletins, clinics, laboratories, resident};
use super::world::World;
use super::{act_all, see, settle};

/// How long this thread has worked, however many others there are; on systems that do not say so, what the clock says.
#[expect(clippy::disallowed_methods, reason = "this measures")]
fn worked() -> Duration {
    static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = told.and_then(|told| told.split(' ').next()?.parse().ok());
    nanos.map_or_else(|| BEGUN.elapsed(), Duration::from_nanos)
}

/// Tells what it took; no time fails a test.
#[expect(clippy::print_stdout, reason = "how long it took is to be read")]
fn timed<T>(what: &str, look: impl FnOnce() -> T) -> T {
    let begun = worked();
    let seen = look();
    let took = worked().saturating_sub(begun);
    println!("{what}: {took:?}");
    seen
}

#[test]
fn a_thousand_published_things_are_shown_in_order_and_capped() {
    let world = World::new();
    let records = MemoryStore::new();
    let ids: Vec<String> = (0..500).map(|number| format!("b-{number}")).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    world.publish("bulletins", "hangzhou", 1, &bulletins(1, &ids));
    let mut second = bulletins(1, &ids);
    second["id"] = "zhejiang".into();
    world.publish("bulletins", "zhejiang", 1, &second);
    world.publish("clinics", "hangzhou", 1, &clinics(1, 1_000));
    let phone = world.open(&records);
    settle(&phone);
    let view = timed("bulletins", || phone.bulletins(None).expect("a view"));
    assert_eq!((view.bulletins.len(), view.unread), (1_000, 1_000));
    let all: Vec<String> = view.bulletins.into_iter().map(|one| one.id).collect();
    timed("marks", || phone.mark_bulletins_read(&all).expect("marked"));
    assert_eq!(phone.bulletins(None).expect("a view").unread, 0);
    let here = ClinicQuery {
        position: Some(Position {
            latitude: 30.5,
            longitude: 120.0,
        }),
        division: None,
        open_only: false,
        limit: 2_000,
    };
    let found = timed("clinics", || phone.clinics(&here).expect("a list"));
    assert_eq!(found.len(), 500, "capped");
    assert!(found.is_sorted_by_key(|one| one.distance_m));
}

#[test]
fn a_thousand_results_come_through_the_newest_first() {
    let world = World::new();
    let records = MemoryStore::new();
    world.publish("laboratories", "laboratories", 1, &laboratories(1));
    let phone = world.open(&records);
    settle(&phone);
    resident(&phone);
    settle(&phone);
    for hundred in 0..10 {
        world.pass_ms(60_000);
        let ids: Vec<String> = (0..100).map(|one| format!("{hundred}-{one}")).collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        world.end_authority(i64::MAX, Interruption::None);
        timed("a report", || world.report(&ids));
        // Each is claimed alone; they are listed, kept and delivered together.
        let changes = world.changes_since(i64::MAX);
        assert!((100..250).contains(&changes), "{changes} changes");
    }
    let view = timed("results", || {
        for _ in 0..10 {
            settle(&phone);
        }
        phone.results().expect("a view")
    });
    let all = [view.current, view.history].concat();
    assert_eq!(all.len(), 1_000);
    assert!(all.is_sorted_by(|one, next| one.sampled_at >= next.sampled_at));
    let ids: Vec<String> = all.into_iter().map(|one| one.id).collect();
    timed("marks", || phone.mark_results_read(&ids).expect("marked"));
    assert_eq!(phone.results().expect("a view").new, 0);
}

#[test]
fn a_thousand_changes_of_colour_are_checked_and_shown() {
    let world = World::new();
    let records = MemoryStore::new();
    let phone = world.open(&records);
    settle(&phone);
    resident(&phone);
    settle(&phone);
    let mut head = String::new();
    for number in 0..1_000 {
        world.pass_ms(1_000);
        let (colour, reason) = match number % 2 {
            0 => (Colour::Red, Reason::Confirmed),
            _ => (Colour::Yellow, Reason::CloseContact),
        };
        head = world.order(colour, reason, &head);
    }
    for _ in 0..4 {
        settle(&phone);
    }
    let view = timed("changes", || phone.changes().expect("a view"));
    assert_eq!((view.state, view.unread), (ChainState::Whole, 0));
    assert_eq!(view.changes.first().map(|one| one.number), Some(1_001));
    assert!(
        view.changes
            .is_sorted_by(|one, next| one.number > next.number)
    );
    // Opened anew it is the same.
    drop(phone);
    let again = timed("opening", || {
        world.open(&records).changes().expect("a view")
    });
    assert!(again == view);
}

/// What a phone does again and again fills no view beyond what is shown in a moment, and ends by name.
#[test]
fn a_thousand_acts_end_by_name_or_are_shown_in_a_moment() {
    for case in ALL
        .iter()
        .filter(|case| ["appeals", "paper"].contains(&case.name))
    {
        let (world, moment) = super::prepared(case);
        let records = world.put_back(&moment);
        let phone = world.open(&records);
        act_all(case, &phone);
        let mut refused = None;
        for _ in 0..1_000 {
            let last = case.acts.last().expect("an act").1;
            if let Err(error) = last(&phone) {
                refused = Some(error.code());
                break;
            }
        }
        assert!(refused.is_none_or(|code| !code.is_empty()));
        timed(case.name, || see(case, &phone));
        settle(&phone);
        timed(case.name, || see(case, &phone));
    }
}
