use super::{
    ClockReading, MAX_RETRY_AFTER_MS, Moment, Pacing, SyncReason, full_jitter_ms, random_up_to,
    retry_after_ms,
};
use crate::ports::{Entropy, PortError};

const HOUR_MS: u64 = 3_600_000;
const REASONS: [SyncReason; 5] = [
    SyncReason::Scheduled,
    SyncReason::AppOpened,
    SyncReason::PushHint,
    SyncReason::UserAsked,
    SyncReason::AfterSubmit,
];

/// Every byte the same.
struct Bytes(u8);

impl Entropy for Bytes {
    fn fill(&self, out: &mut [u8]) -> Result<(), PortError> {
        out.fill(self.0);
        Ok(())
    }
}

struct NoEntropy;

impl Entropy for NoEntropy {
    fn fill(&self, _: &mut [u8]) -> Result<(), PortError> {
        Err(PortError::EntropyUnavailable)
    }
}

const fn moment(monotonic_ms: u64, boot_id: u64, trusted_ms: i64) -> Moment {
    Moment {
        reading: ClockReading {
            wall_ms: 0,
            monotonic_ms,
            boot_id,
        },
        trusted_ms,
    }
}

#[test]
fn the_ceiling_doubles_up_to_one_hour_and_the_floor_stays_zero() {
    let table = [
        (0, 2_000),
        (1, 2_000),
        (2, 4_000),
        (3, 8_000),
        (11, 2_048_000),
        (12, HOUR_MS),
        (40, HOUR_MS),
        (u32::MAX, HOUR_MS),
    ];
    for (failures, ceiling) in table {
        assert_eq!(full_jitter_ms(failures, &Bytes(0xff)), Ok(ceiling));
        assert_eq!(full_jitter_ms(failures, &Bytes(0)), Ok(0));
        let middle = full_jitter_ms(failures, &Bytes(0x80)).unwrap();
        assert!(middle.abs_diff(ceiling / 2) <= ceiling / 200, "{middle}");
    }
    assert_eq!(
        full_jitter_ms(1, &NoEntropy),
        Err(PortError::EntropyUnavailable)
    );
}

#[test]
fn random_numbers_reach_both_ends_and_fit() {
    for most in [0, 1, 7, u64::MAX] {
        assert_eq!(random_up_to(most, &Bytes(0)), Ok(0));
        assert_eq!(random_up_to(most, &Bytes(0xff)), Ok(most));
    }
}

#[test]
fn retry_after_in_every_form() {
    // 1994-11-06T08:49:37Z is RFC 9110's example.
    let example = 784_111_777_000;
    let table = [
        ("120", Some(120_000)),
        (" 120 ", Some(120_000)),
        ("0", Some(0)),
        ("86400", Some(MAX_RETRY_AFTER_MS)),
        ("86401", Some(MAX_RETRY_AFTER_MS)),
        ("99999999999999999999999999", Some(MAX_RETRY_AFTER_MS)),
        ("Sun, 06 Nov 1994 08:49:37 GMT", Some(60_000)),
        ("Sunday, 06-Nov-94 08:49:37 GMT", Some(60_000)),
        ("Sun Nov  6 08:49:37 1994", Some(60_000)),
        ("Sun, 06 Nov 1994 08:00:00 GMT", Some(0)),
        ("Sat, 06 Nov 2094 08:49:37 GMT", Some(MAX_RETRY_AFTER_MS)),
        ("", None),
        ("-1", None),
        ("1.5", None),
        ("soon", None),
        ("Sun, 06 Nov 1994 08:49:37 CET", None),
        ("Mon, 06 Nov 1994 08:49:37 GMT", None),
        ("Sun, 31 Nov 1994 08:49:37 GMT", None),
        ("Mon, 06 Nov 1994 24:49:37 GMT", None),
    ];
    for (header, expected) in table {
        assert_eq!(
            retry_after_ms(header, example - 60_000),
            expected,
            "{header:?}"
        );
    }
    assert_eq!(
        retry_after_ms("Sun, 06 Nov 1994 08:49:37 GMT", i64::MIN),
        Some(MAX_RETRY_AFTER_MS)
    );
}

#[test]
fn who_waits_for_what() {
    let now = moment(1_000, 1, 0);
    let mut on_plan = Pacing::default();
    on_plan.succeeded(500, now);
    let mut backing_off = Pacing::default();
    backing_off.failed(None, now, &Bytes(0xff)).unwrap();
    let mut asked_to_wait = Pacing::default();
    asked_to_wait.failed(Some(700), now, &Bytes(0)).unwrap();

    // Reasons in the order of REASONS, without and with uploads waiting.
    let table = [
        ("nothing", &Pacing::default(), [0; 5], [0; 5]),
        ("plan", &on_plan, [500, 500, 0, 0, 0], [0; 5]),
        (
            "backoff",
            &backing_off,
            [2_000, 2_000, 2_000, 0, 0],
            [2_000, 2_000, 2_000, 0, 0],
        ),
        ("retry-after", &asked_to_wait, [700; 5], [700; 5]),
    ];
    for (name, pacing, without, with) in table {
        let held = |uploads| REASONS.map(|reason| pacing.held_ms(reason, uploads, now));
        assert_eq!(held(false), without, "{name}");
        assert_eq!(held(true), with, "{name}");
    }
    assert!(on_plan.is_on_plan());
    assert!(!asked_to_wait.is_on_plan());
}

#[test]
fn a_wait_runs_with_the_monotonic_clock() {
    let mut pacing = Pacing::default();
    pacing
        .failed(Some(10_000), moment(1_000, 1, 50_000), &Bytes(0))
        .unwrap();
    let table = [
        (1_000, 10_000),
        (6_000, 5_000),
        (11_000, 0),
        (99_000, 0),
        (500, 10_000),
    ];
    for (monotonic, left) in table {
        // Whatever the trusted time says.
        for trusted in [i64::MIN, 0, 50_000, i64::MAX] {
            let now = moment(monotonic, 1, trusted);
            assert_eq!(pacing.held_ms(SyncReason::UserAsked, false, now), left);
        }
    }
    let now = moment(6_000, 1, 55_000);
    assert_eq!(pacing.next_allowed_at_ms(now), 60_000);
}

#[test]
fn a_wait_survives_restart_and_reboot() {
    let mut pacing = Pacing::default();
    pacing
        .failed(Some(10_000), moment(1_000, 1, 50_000), &Bytes(0))
        .unwrap();
    let stored = serde_json::to_vec(&pacing).unwrap();
    let table = [
        ("four seconds on", 54_000, 6_000),
        ("long after", 99_000, 0),
        ("clock set back: the whole wait again", -5_000_000, 10_000),
    ];
    for (name, trusted, left) in table {
        let mut pacing: Pacing = serde_json::from_slice(&stored).unwrap();
        let now = moment(20, 2, trusted);
        assert!(pacing.carry_over_reboot(now), "{name}");
        assert!(!pacing.carry_over_reboot(now), "{name}: only once");
        assert_eq!(
            pacing.held_ms(SyncReason::Scheduled, false, now),
            left,
            "{name}"
        );
        let later = moment(20 + 10_000, 2, i64::MIN);
        assert_eq!(
            pacing.held_ms(SyncReason::Scheduled, false, later),
            0,
            "{name}"
        );
    }
}

#[test]
fn success_forgets_the_failures() {
    let now = moment(0, 1, 0);
    let mut pacing = Pacing::default();
    for _ in 0..5 {
        pacing.failed(None, now, &Bytes(0xff)).unwrap();
    }
    assert_eq!(pacing.held_ms(SyncReason::Scheduled, false, now), 32_000);
    pacing.succeeded(0, now);
    pacing.failed(None, now, &Bytes(0xff)).unwrap();
    assert_eq!(pacing.held_ms(SyncReason::Scheduled, false, now), 2_000);
}
