//! Consecutive daily check-ins: "3 of 7".
//!
//! Invariant: a day counts only if the authority received something on it. The dates that go in are those
//! of the authority's receipts (`received_at`), never those a phone writes into a declaration, so a missed
//! day cannot be filled in later. Dates after `today` do not count.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate};

use super::value::parse_date;

/// How far a series of check-ins is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StreakView {
    /// Days done, at most `required`.
    pub done: u32,
    /// Days required.
    pub required: u32,
    /// Day of the last check-in that counts, `YYYY-MM-DD`.
    pub last: Option<String>,
    /// Day on which the next check-in is due, `YYYY-MM-DD`; none once all are done.
    pub next_due: Option<String>,
}

/// The authority's local day, `YYYY-MM-DD`, at an instant: what [`streak`] counts.
/// None for an instant or offset outside the calendar.
#[must_use]
pub fn receipt_date(received_at: i64, utc_offset_minutes: i32) -> Option<String> {
    let local = received_at.checked_add(i64::from(utc_offset_minutes) * 60)?;
    let day = DateTime::from_timestamp(local, 0)?.date_naive();
    Some(day.format("%Y-%m-%d").to_string())
}

/// Length of the unbroken series of days that ends today, or yesterday while today's check-in is still to
/// come. Dates (`YYYY-MM-DD`) may come in any order and more than once; what is no date does not count.
#[must_use]
pub fn streak<S: AsRef<str>>(receipt_dates: &[S], today: &str) -> u32 {
    parse_date(today).map_or(0, |today| series(receipt_dates, None, today).0)
}

/// The series since `since` (that day counts; all days if none) against the days required.
#[must_use]
pub fn streak_view<S: AsRef<str>>(
    receipt_dates: &[S],
    since: Option<&str>,
    today: &str,
    required: u32,
) -> StreakView {
    let text = |day: NaiveDate| day.format("%Y-%m-%d").to_string();
    let Some(day) = parse_date(today) else {
        return StreakView {
            done: 0,
            required,
            last: None,
            next_due: None,
        };
    };
    let (length, last) = series(receipt_dates, since.and_then(parse_date), day);
    let due = if last == Some(day) {
        day.succ_opt()
    } else {
        Some(day)
    };
    StreakView {
        done: length.min(required),
        required,
        last: last.map(text),
        next_due: due.filter(|_| length < required).map(text),
    }
}

/// Length of the series that still runs, and the last day that counts.
fn series<S: AsRef<str>>(
    receipt_dates: &[S],
    since: Option<NaiveDate>,
    today: NaiveDate,
) -> (u32, Option<NaiveDate>) {
    let days: BTreeSet<NaiveDate> = receipt_dates
        .iter()
        .filter_map(|date| parse_date(date.as_ref()))
        .filter(|day| *day <= today && since.is_none_or(|since| *day >= since))
        .collect();
    let Some(last) = days.last().copied() else {
        return (0, None);
    };
    if (today - last).num_days() > 1 {
        return (0, Some(last));
    }
    let mut length = 0;
    let mut day = Some(last);
    while let Some(date) = day.filter(|date| days.contains(date)) {
        length += 1;
        day = date.pred_opt();
    }
    (length, Some(last))
}

#[cfg(test)]
mod tests {
    use super::{StreakView, receipt_date, streak, streak_view};

    const WEEK: [&str; 7] = [
        "2020-02-24",
        "2020-02-25",
        "2020-02-26",
        "2020-02-27",
        "2020-02-28",
        "2020-02-29",
        "2020-03-01",
    ];

    #[test]
    fn days_in_a_row_count_in_any_order_once_each() {
        assert_eq!(streak(&WEEK, "2020-03-01"), 7);
        let mut shuffled: Vec<&str> = WEEK.iter().rev().chain(&WEEK).copied().collect();
        shuffled.swap(1, 5);
        assert_eq!(streak(&shuffled, "2020-03-01"), 7);
    }

    #[test]
    fn today_may_still_come_but_yesterday_may_not_be_missed() {
        assert_eq!(streak(&WEEK, "2020-03-02"), 7);
        assert_eq!(streak(&WEEK, "2020-03-03"), 0);
        assert_eq!(streak(&["2020-02-29", "2020-03-02"], "2020-03-02"), 1);
        assert_eq!(streak::<&str>(&[], "2020-03-02"), 0);
    }

    #[test]
    fn neither_the_future_nor_nonsense_counts() {
        assert_eq!(streak(&["2020-03-01", "2020-03-02"], "2020-03-01"), 1);
        assert_eq!(
            streak(&["2020-02-30", "1 March", "", "2020-03-01"], "2020-03-01"),
            1
        );
        assert_eq!(streak(&WEEK, "yesterday"), 0);
    }

    #[test]
    fn three_of_seven() {
        let view = streak_view(&WEEK, Some("2020-02-28"), "2020-03-01", 7);
        let expected = StreakView {
            done: 3,
            required: 7,
            last: Some("2020-03-01".to_owned()),
            next_due: Some("2020-03-02".to_owned()),
        };
        assert_eq!(view, expected);
        let tomorrow = streak_view(&WEEK, Some("2020-02-28"), "2020-03-02", 7);
        assert_eq!(tomorrow.next_due.as_deref(), Some("2020-03-02"));
        assert_eq!(tomorrow.done, 3);
        let missed = streak_view(&WEEK, Some("2020-02-28"), "2020-03-03", 7);
        assert_eq!(
            (missed.done, missed.next_due.as_deref()),
            (0, Some("2020-03-03"))
        );
        assert_eq!(missed.last.as_deref(), Some("2020-03-01"));
        let done = streak_view(&WEEK, None, "2020-03-01", 5);
        assert_eq!((done.done, done.next_due), (5, None));
    }

    #[test]
    fn a_receipt_counts_on_the_local_day() {
        // 2020-02-29 15:59:59 and 16:00:00 UTC are the two sides of midnight in China.
        assert_eq!(
            receipt_date(1_582_991_999, 480).as_deref(),
            Some("2020-02-29")
        );
        assert_eq!(
            receipt_date(1_582_992_000, 480).as_deref(),
            Some("2020-03-01")
        );
        assert_eq!(receipt_date(i64::MAX, 480), None);
    }
}
