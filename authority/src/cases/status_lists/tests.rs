//! Spans and cuts; what a door makes of them is in `http/tests/status_lists.rs`.

use health_code_core::trust::{StatusPlace, StatusSpan};

use super::{HOUR_SECS, MAX_LISTED, MOST, SIX_HOURS_SECS, base_until, parts, spans};

const MARK: i64 = 80_000 * SIX_HOURS_SECS;

#[test]
fn a_base_stays_for_a_day_and_no_longer() {
    let day = 24 * HOUR_SECS;
    for (before, at, expected) in [
        (0, MARK + 7, MARK),
        (MARK, MARK + day - 1, MARK),
        (MARK, MARK + day, MARK + day),
        (0, 5, 5),
        (5, 50, 5),
    ] {
        assert_eq!(base_until(before, at, false), expected, "{before} {at}");
    }
}

#[test]
fn after_a_clock_that_was_ahead_a_base_is_made_of_the_newest() {
    assert_eq!(base_until(MARK, MARK + 9, true), MARK);
    let ahead = MARK + 40 * 24 * HOUR_SECS + 7;
    assert_eq!(base_until(MARK, ahead, true), ahead);
    assert_eq!(base_until(ahead, ahead + 500, true), ahead);
}

/// Whenever a door of the last day was here, what is published leads it to now; a new one, too.
#[test]
fn spans_lead_from_every_time_of_a_day_to_now() {
    for since_mark in [0, 1, 1_799, 3_599, 3_600, 3_601, 5 * 3_600 + 7, 21_599] {
        for age in 0..4 {
            let at = MARK + since_mark;
            let base = MARK - age * SIX_HOURS_SECS;
            let spans = spans(base, at, true);
            assert!(spans.len() <= 19 && spans.len() * 4 <= MAX_LISTED);
            let leads = |mut until: i64| {
                while let Some(next) = spans
                    .iter()
                    .filter(|span| span.0 > 0 && span.0 <= until && until < span.1)
                    .max()
                {
                    until = next.1;
                }
                until
            };
            for until in (at - 24 * HOUR_SECS..=at).step_by(977).chain([base]) {
                assert_eq!(leads(until), at, "{since_mark} {}", at - until);
            }
        }
    }
    assert_eq!(spans(MARK, MARK + 9, false), [(0, MARK), (MARK, MARK + 9)]);
    assert_eq!(spans(MARK, MARK, false), [(0, MARK)]);
    assert_eq!(spans(5, 50, true), [(0, 5), (5, 50)]);
}

#[test]
fn what_does_not_fit_into_one_list_is_cut_between_listings() {
    let place = |index| StatusPlace { day: 1, index };
    let most = u32::try_from(MOST).unwrap();
    assert_eq!(
        parts((3, 9), &[]),
        [(StatusSpan { from: 3, until: 9 }, vec![])]
    );
    let mut listed: Vec<_> = (0..most).map(|index| (5, place(index))).collect();
    listed.extend([(7, place(most)), (7, place(most + 1)), (8, place(most + 2))]);
    let parts = parts((3, 9), &listed);
    let cuts: Vec<_> = parts
        .iter()
        .map(|(span, places)| (span.from, span.until, places.len()))
        .collect();
    assert_eq!(cuts, [(3, 6, MOST), (6, 9, 3)]);
}
