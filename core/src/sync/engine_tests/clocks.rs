//! Phones whose clock is wrong, jumps, or starts again.

use super::{
    Colour, Fault, HOUR_MS, NOON_MS, Reason, SyncReason, SyncResult, TimeSource, TransportError,
    World,
};

const TEN_YEARS_MS: i64 = 10 * 365 * 24 * HOUR_MS;

#[test]
fn a_wrong_wall_clock_does_not_matter() {
    for (name, wall_ms) in [
        ("ten years back", NOON_MS - TEN_YEARS_MS),
        ("one hour ahead", NOON_MS + HOUR_MS),
        ("a century ahead", NOON_MS + 10 * TEN_YEARS_MS),
        ("1970", 0),
        ("before 1970", -1),
    ] {
        let world = World::new(wall_ms);
        world.register();
        world.declare(b"{}");
        world.authority.decide(Colour::Green, Reason::Clear);
        let outcome = world.sync();
        assert_eq!(outcome.result, SyncResult::Synced, "{name}: {outcome:?}");
        assert_eq!(world.colour(), Some(Colour::Green), "{name}");
        assert_eq!(world.engine.trusted_now().at_ms, NOON_MS, "{name}");
        world.pass(90_000);
        assert_eq!(world.engine.trusted_now().at_ms, NOON_MS + 90_000, "{name}");
    }
}

#[test]
fn a_wrong_clock_and_public_answers_without_the_time() {
    // A cache in front of the public bundles may drop the header: then the trust bundle, expired by the
    // phone's clock, is fetched again once the registration told the time.
    let world = World::new(NOON_MS + 10 * TEN_YEARS_MS);
    world.register();
    world.authority.decide(Colour::Green, Reason::Clear);
    world
        .transport
        .script([Fault::TimeWithheld, Fault::TimeWithheld]);
    let outcome = world.sync();
    assert_eq!(outcome.result, SyncResult::Synced, "{outcome:?}");
    assert_eq!(world.colour(), Some(Colour::Green));
    let lines = world.transport.take_sent_lines();
    assert_eq!(lines[1], lines[3]);
    assert_eq!(lines[2], "POST /v1/subjects");
}

#[test]
fn the_wall_clock_jumps_during_a_request() {
    for wall_ms in [NOON_MS - TEN_YEARS_MS, NOON_MS + HOUR_MS] {
        let world = World::new(NOON_MS);
        world.register();
        world.authority.decide(Colour::Green, Reason::Clear);
        let jump = Fault::WallClockSet { wall_ms };
        world.transport.script([jump]);
        assert_eq!(world.sync().result, SyncResult::Synced);
        assert_eq!(world.engine.trusted_now().at_ms, NOON_MS);
        // And later, between two syncs.
        world.clock.set_wall_ms(0);
        world.pass(1_000);
        assert_eq!(world.engine.trusted_now().at_ms, NOON_MS + 1_000);
    }
}

#[test]
fn after_a_reboot_the_time_is_estimated_and_never_before_the_last_answer() {
    let mut world = World::new(NOON_MS + HOUR_MS);
    world.sync();
    world.pass(60_000);
    world.restart();
    let time = world.engine.trusted_now();
    assert_eq!(
        (time.at_ms, time.source),
        (NOON_MS + 60_000, TimeSource::Anchored)
    );

    world.reboot();
    world.pass(60_000);
    let time = world.engine.trusted_now();
    assert_eq!(time.source, TimeSource::Estimated);
    // One hour ahead it was, one hour ahead it is.
    assert_eq!(time.at_ms, NOON_MS + 120_000);

    world.clock.set_wall_ms(NOON_MS - TEN_YEARS_MS);
    assert_eq!(world.engine.trusted_now().at_ms, NOON_MS);

    assert_eq!(world.sync().result, SyncResult::Synced);
    let time = world.engine.trusted_now();
    assert_eq!(
        (time.at_ms, time.source),
        (NOON_MS + 120_000, TimeSource::Anchored)
    );
}

#[test]
fn a_clock_set_back_after_a_reboot_makes_a_wait_no_longer_than_once_more() {
    let mut world = World::settled();
    world.pass(2 * 3_600_000);
    world
        .transport
        .script([Fault::Fails(TransportError::Unreachable)]);
    world.sync_for(SyncReason::Scheduled);
    world.clock.set_wall_ms(0);
    world.reboot();
    world.pass(2_000);
    // The longest first wait is two seconds; counted anew from the first look after the reboot.
    world.sync_for(SyncReason::Scheduled);
    world.pass(2_000);
    assert_eq!(
        world.sync_for(SyncReason::Scheduled).result,
        SyncResult::Synced
    );
}

#[test]
fn the_trusted_clock_reads_as_a_clock() {
    use crate::ports::Clock;
    let world = World::new(0);
    world.sync();
    let reading = world.engine.trusted_clock().read();
    assert_eq!(reading.wall_ms, NOON_MS);
    assert_eq!(reading.monotonic_ms, world.clock.read().monotonic_ms);
}
