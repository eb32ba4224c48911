//! When a clinic is open: hours by weekday, a region's special days, and what both say of an instant.
//!
//! Invariant: what cannot be read is unknown, never open: nobody who is ill is sent to a closed door.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike as _, Days, FixedOffset, NaiveDate};
use serde_json::Value;

use super::views::ClinicOpen;
use crate::identity::parse_date;
use crate::sorting;

const MINUTES_A_DAY: u32 = 24 * 60;
/// Most spans of one day.
const MAX_SPANS: usize = 8;
const MAX_SPECIAL_DAYS: usize = 400;
/// Yesterday, whose hours may reach into today, today, and two weeks in which an opening or a closing is looked for.
const DAYS_LOOKED_AT: usize = 16;

/// Names of days as the JSON has them, Monday first.
const DAY_NAMES: [&str; 8] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday"];
const HOLIDAY: usize = 7;

/// Local time and special days of a region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    offset: FixedOffset,
    /// Index into [`DAY_NAMES`]; none for a kind of day that this version does not know.
    special_days: BTreeMap<NaiveDate, Option<usize>>,
}

/// Minutes of a local day, `until` after `from`, perhaps beyond the day's end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    from: u32,
    until: u32,
}

/// When a clinic is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hours {
    /// Day and night, holidays too.
    Always,
    /// By day; none where nothing is said, which is closed.
    Week(Box<[Option<Vec<SpanOfDay>>; 8]>),
}

/// A span of a day; made by [`Hours::read`] alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpanOfDay(Span);

impl Calendar {
    /// Reads offset and special days; none if one of them cannot be.
    pub(super) fn read(offset_minutes: i32, days: &BTreeMap<String, Value>) -> Option<Self> {
        if days.len() > MAX_SPECIAL_DAYS || !(-720..=840).contains(&offset_minutes) {
            return None;
        }
        let mut special_days = BTreeMap::new();
        for (date, day) in days {
            let is_plain = date.len() == 10;
            let date = parse_date(date)?;
            let day = day.as_str().and_then(day_index);
            let is_new = special_days.insert(date, day).is_none();
            (is_new && is_plain).then_some(())?;
        }
        Some(Self {
            offset: FixedOffset::east_opt(offset_minutes * 60)?,
            special_days,
        })
    }

    /// Whether every special day is one that this version knows.
    pub(super) fn is_known(&self) -> bool {
        self.special_days.values().all(Option::is_some)
    }

    /// Which day's hours hold on `date`; none: unknown.
    fn day(&self, date: NaiveDate) -> Option<usize> {
        let weekday = usize::try_from(date.weekday().num_days_from_monday()).unwrap_or_default();
        self.special_days
            .get(&date)
            .copied()
            .unwrap_or(Some(weekday))
    }
}

impl Hours {
    /// Reads `"always"` or hours by day; none where this version cannot.
    pub(super) fn read(hours: &Value) -> Option<Self> {
        if hours == "always" {
            return Some(Self::Always);
        }
        let mut week = [const { None }; 8];
        for (day, spans) in hours.as_object()? {
            let spans = spans.as_array()?;
            if spans.len() > MAX_SPANS {
                return None;
            }
            let spans: Option<Vec<_>> = spans.iter().map(SpanOfDay::read).collect();
            week[day_index(day)?] = Some(spans?);
        }
        Some(Self::Week(Box::new(week)))
    }

    /// Whether it is said what holds on holidays.
    pub(super) fn says_holidays(&self) -> bool {
        match self {
            Self::Always => true,
            Self::Week(week) => week[HOLIDAY].is_some(),
        }
    }

    /// Whether it is open at `at`, Unix seconds, and until or from when.
    pub(super) fn at(&self, calendar: &Calendar, at: i64) -> (ClinicOpen, Option<i64>) {
        let week = match self {
            Self::Always => return (ClinicOpen::Open, None),
            Self::Week(week) => week,
        };
        let Some(now) = DateTime::from_timestamp(at, 0) else {
            return (ClinicOpen::Unknown, None);
        };
        let today = now.with_timezone(&calendar.offset).date_naive();
        let Some(first) = today.checked_sub_days(Days::new(1)) else {
            return (ClinicOpen::Unknown, None);
        };
        let mut spans = Vec::new();
        let mut is_uncertain = false;
        for date in first.iter_days().take(DAYS_LOOKED_AT) {
            match (calendar.day(date), midnight(date, calendar.offset)) {
                (Some(day), Some(midnight)) => {
                    let of_day = week[day].iter().flatten();
                    spans.extend(of_day.map(|SpanOfDay(span)| {
                        let instant = |minutes: u32| midnight + i64::from(minutes) * 60;
                        (instant(span.from), instant(span.until))
                    }));
                }
                _ if date <= today => is_uncertain = true,
                // From here on nothing is certain.
                _ => break,
            }
        }
        sorting::sort_by(&mut spans, Ord::cmp);
        let mut open_until = None;
        for (from, until) in &spans {
            // Open at `at`, or open on without a break.
            let reached = open_until.unwrap_or(at);
            if *from <= reached && *until > reached {
                open_until = Some(*until);
            }
        }
        match open_until {
            Some(until) => (ClinicOpen::Open, Some(until)),
            None if is_uncertain => (ClinicOpen::Unknown, None),
            None => {
                let next = spans.iter().find(|(from, _)| *from > at);
                (ClinicOpen::Closed, next.map(|(from, _)| *from))
            }
        }
    }
}

impl SpanOfDay {
    fn read(span: &Value) -> Option<Self> {
        let [from, until] = span.as_array()?.as_slice() else {
            return None;
        };
        let from = minutes(from.as_str()?)?;
        let mut until = minutes(until.as_str()?)?;
        if from == MINUTES_A_DAY || from == until {
            return None;
        }
        if until < from {
            until += MINUTES_A_DAY;
        }
        Some(Self(Span { from, until }))
    }
}

fn day_index(name: &str) -> Option<usize> {
    DAY_NAMES.iter().position(|day| *day == name)
}

/// Minutes since midnight of `HH:MM`, `24:00` included.
fn minutes(text: &str) -> Option<u32> {
    let (hours, minutes) = text.split_once(':')?;
    let number = |part: &str| {
        let is_plain = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        is_plain.then(|| part.parse::<u32>().ok()).flatten()
    };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    let total = hours * 60 + minutes;
    (minutes < 60 && total <= MINUTES_A_DAY).then_some(total)
}

/// Unix seconds of the local midnight at which `date` begins.
fn midnight(date: NaiveDate, offset: FixedOffset) -> Option<i64> {
    let local = date.and_hms_opt(0, 0, 0)?.and_local_timezone(offset);
    local.single().map(|instant| instant.timestamp())
}
