//! Which days a calendar has, and what it says of each.

use super::{CheckIns, MOST_DAYS};
use crate::citizen::CheckInDayState::{self, Coming, Done, Missed, Today, Unknown};
use crate::identity::parse_date;
use crate::words::Language;

/// Done, required, last day that counts, today, day of the authority's last answer: days of November 2026.
fn calendar(done: u32, required: u32, last: Option<u32>, today: u32, answer: u32) -> CheckIns {
    let day = |day: u32| parse_date(&format!("2026-11-{day:02}")).unwrap();
    CheckIns {
        done,
        required,
        last: last.map(day),
        today: day(today),
        confirmed_on: Some(day(answer)),
        language: Language::English.into(),
    }
}

/// Day of the month of the first day, and what is said of it and those after it.
fn told(of: &CheckIns) -> (String, Vec<CheckInDayState>) {
    let days = of.view().days;
    let first = days[0].label.clone();
    (first, days.into_iter().map(|day| day.state).collect())
}

#[test]
fn a_run_has_its_days_today_and_those_to_come() {
    assert_eq!(
        told(&calendar(3, 7, Some(25), 26, 26)),
        (
            "23 Nov".to_owned(),
            vec![Done, Done, Done, Today, Coming, Coming, Coming]
        )
    );
    assert_eq!(
        told(&calendar(3, 7, Some(26), 26, 26)),
        (
            "24 Nov".to_owned(),
            vec![Done, Done, Done, Coming, Coming, Coming, Coming]
        )
    );
    assert_eq!(
        told(&calendar(2, 2, Some(26), 26, 26)),
        ("25 Nov".to_owned(), vec![Done, Done])
    );
    assert_eq!(
        told(&calendar(0, 2, None, 26, 26)),
        ("26 Nov".to_owned(), vec![Today, Coming])
    );
}

#[test]
fn a_missed_day_is_shown_and_makes_the_count_begin_again() {
    assert_eq!(
        told(&calendar(2, 3, Some(23), 26, 26)),
        (
            "22 Nov".to_owned(),
            vec![Done, Done, Missed, Missed, Today, Coming, Coming]
        )
    );
    let text = calendar(2, 3, Some(23), 26, 26).view().reset_text;
    assert_eq!(text, "A missed day starts the count again.");
}

#[test]
fn a_day_since_the_last_answer_is_not_known() {
    assert_eq!(
        told(&calendar(2, 5, Some(23), 26, 25)),
        (
            "22 Nov".to_owned(),
            vec![
                Done, Done, Missed, Unknown, Today, Coming, Coming, Coming, Coming
            ]
        )
    );
    assert_eq!(
        told(&calendar(2, 5, Some(24), 26, 25)),
        (
            "23 Nov".to_owned(),
            vec![Done, Done, Unknown, Today, Coming]
        )
    );
}

#[test]
fn a_calendar_ends_whatever_the_numbers_are() {
    let all = calendar(u32::MAX, u32::MAX, Some(1), 26, 26).view();
    assert_eq!(all.days.len(), MOST_DAYS);
    assert_eq!(all.days.last().unwrap().state, Coming);
    let none = calendar(0, 0, None, 26, 26).view();
    assert_eq!((none.days.len(), none.next_due), (0, None));
    let ahead = calendar(1, 3, Some(28), 26, 26).view();
    assert!(
        ahead.days.len() <= 4,
        "a receipt from the future: {}",
        ahead.days.len()
    );
}
