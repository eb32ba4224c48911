use super::{ClockReading, TimeAnchor, TimeSource};

/// 2026-11-24T12:00Z.
const NOON: i64 = 1_795_521_600_000;
const HOUR: i64 = 3_600_000;
const TEN_YEARS: i64 = 10 * 365 * 24 * HOUR;

const fn reading(wall_ms: i64, monotonic_ms: u64, boot_id: u64) -> ClockReading {
    ClockReading {
        wall_ms,
        monotonic_ms,
        boot_id,
    }
}

fn anchor(wall_ms: i64, round_trip_ms: u64) -> TimeAnchor {
    TimeAnchor::measured(
        reading(wall_ms, 1_000_000 - round_trip_ms, 1),
        reading(wall_ms, 1_000_000, 1),
        NOON,
    )
    .unwrap()
}

#[test]
fn the_wall_clock_does_not_matter_within_a_boot() {
    for wall in [NOON, NOON - TEN_YEARS, NOON + HOUR, 0, i64::MAX, i64::MIN] {
        let anchor = anchor(wall, 0);
        for later_wall in [wall, NOON - TEN_YEARS, i64::MAX, i64::MIN] {
            let time = anchor.at(reading(later_wall, 1_060_000, 1));
            assert_eq!(time.at_ms, NOON + 60_000);
            assert_eq!(time.source, TimeSource::Anchored);
        }
    }
}

#[test]
fn a_jump_of_the_wall_clock_during_the_request_changes_nothing() {
    let before = reading(NOON - TEN_YEARS, 5_000, 1);
    let after = reading(NOON + HOUR, 5_200, 1);
    let anchor = TimeAnchor::measured(before, after, NOON).unwrap();
    assert_eq!(anchor.at(after).at_ms, NOON + 100);
    assert_eq!(anchor.at(after).error_ms, Some(100));
}

#[test]
fn the_error_is_at_most_half_the_round_trip() {
    for round_trip in [0, 1, 80, 30_000] {
        let anchor = anchor(NOON, round_trip);
        let time = anchor.at(reading(NOON, 1_000_000, 1));
        let bound = time.error_ms.unwrap();
        assert_eq!(bound, round_trip.div_ceil(2));
        // The truth is the server's reading plus between nothing and all of the round trip.
        for late in [0, round_trip] {
            assert!(time.at_ms.abs_diff(NOON + late.cast_signed()) <= bound);
        }
    }
}

#[test]
fn the_error_grows_with_the_drift() {
    let day = 24 * 3_600_000;
    let time = anchor(NOON, 0).at(reading(0, 1_000_000 + day, 1));
    assert_eq!(time.error_ms, Some(17_280));
}

#[test]
fn after_a_reboot_the_wall_clock_is_corrected_but_never_before_the_last_answer() {
    // One hour slow when anchored.
    let anchor = anchor(NOON - HOUR, 0);
    let table = [
        ("half an hour later", NOON - HOUR / 2, NOON + HOUR / 2),
        ("set ten years back", NOON - TEN_YEARS, NOON),
        ("set to the beginning", 0, NOON),
        ("impossible", i64::MIN, NOON),
    ];
    for (name, wall, expected) in table {
        let time = anchor.at(reading(wall, 5, 2));
        assert_eq!(time.at_ms, expected, "{name}");
        assert_eq!(time.source, TimeSource::Estimated, "{name}");
        assert_eq!(time.error_ms, None, "{name}");
    }
    // A monotonic clock that went back is as a reboot.
    let time = anchor.at(reading(NOON - HOUR, 5, 1));
    assert_eq!(time.source, TimeSource::Estimated);
}

#[test]
fn what_gives_no_anchor() {
    let now = reading(NOON, 1_000, 1);
    let table = [
        ("rebooted meanwhile", reading(NOON, 900, 2), now, NOON),
        ("clock went back", reading(NOON, 1_100, 1), now, NOON),
        ("server in 1970", now, now, 0),
        ("server in 2500", now, now, 16_725_225_600_000),
        ("negative", now, now, i64::MIN),
    ];
    for (name, before, after, server) in table {
        assert_eq!(TimeAnchor::measured(before, after, server), None, "{name}");
    }
}

#[test]
fn which_anchor_wins() {
    let old = anchor(NOON, 1_000);
    let make = |monotonic, round_trip, server, boot| {
        TimeAnchor::measured(
            reading(NOON, monotonic - round_trip, boot),
            reading(NOON, monotonic, boot),
            server,
        )
        .unwrap()
    };
    let table = [
        (
            "as exact, agrees",
            make(1_010_000, 1_000, NOON + 10_000, 1),
            false,
        ),
        (
            "less exact, agrees",
            make(1_010_000, 9_000, NOON + 5_000, 1),
            false,
        ),
        (
            "far more exact",
            make(1_010_000, 100, NOON + 10_400, 1),
            true,
        ),
        ("contradicts", make(1_010_000, 1_000, NOON + HOUR, 1), true),
        (
            "contradicts backwards",
            make(1_010_000, 1_000, NOON - HOUR, 1),
            true,
        ),
        (
            "after a reboot",
            make(10_000, 9_000, NOON + 10_000, 2),
            true,
        ),
        (
            "two hours on",
            make(8_200_000, 1_000, NOON + 2 * HOUR, 1),
            true,
        ),
    ];
    for (name, newer, wins) in table {
        assert_eq!(old.gives_way_to(&newer), wins, "{name}");
    }
}
