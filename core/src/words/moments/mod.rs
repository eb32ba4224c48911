//! Moments and days in words, in a region's civil time.
//!
//! Invariant: as short as it can be told apart: today's moments have no day, this year's no year. It asks no clock: what
//! is now, the caller says.

use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta};
use fluent_bundle::FluentArgs;
use serde::Serialize;

use super::{Catalogue, LanguageTag};
use crate::civil_time::CivilTime;
use crate::identity::parse_date;

#[cfg(test)]
mod tests;

/// Coming days that are told by their weekday alone.
const WEEKDAYS_AHEAD: i64 = 6;
/// What is nearer is told in minutes, in hours.
const MINUTES_BELOW_SECS: i64 = 3_600;
const HOURS_BELOW_SECS: i64 = 48 * 3_600;
#[cfg(feature = "holder")]
const MINUTE_SECS: i64 = 60;
#[cfg(feature = "holder")]
const DAY_SECS: i64 = 24 * 3_600;

/// Without marks around arguments: they are digits and the language's own words.
pub(super) static MOMENTS: Catalogue = Catalogue::without_marks([
    include_str!("zh.ftl"),
    include_str!("en.ftl"),
    include_str!("ko.ftl"),
    include_str!("ar.ftl"),
]);

crate::app_types! {
    describe as describe_moment_style;

    /// How a moment is told.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub enum MomentStyle {
        /// The time of the day alone: "09:40".
        Time,
        /// Today the time alone, else the day as well: "09:40", "yesterday 09:40", "26 Mar 09:40".
        DayAndTime,
        /// The day alone: "26 Mar", "26 Mar 2025".
        Date,
        /// Until when, and how long that is: "Thu 14:20 (23 h)".
        Deadline,
    }
}

/// Who reads, when, and by which clock.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    /// Unix seconds.
    pub now: i64,
    /// That of the reader's region, wherever the phone is.
    pub civil: CivilTime,
    /// The reader's.
    pub language: &'a LanguageTag,
}

impl Reading<'_> {
    /// A moment `at`, Unix seconds.
    #[must_use]
    pub fn moment(&self, at: i64, style: MomentStyle) -> String {
        let (moment, today) = (self.civil.at(at), self.civil.at(self.now).date());
        let language = self.language;
        match style {
            MomentStyle::Time => time(moment),
            MomentStyle::DayAndTime => day_and_time(moment, today, language),
            MomentStyle::Date if moment.year() == today.year() => day(moment.date(), language),
            MomentStyle::Date => day_of_year(moment.date(), language),
            MomentStyle::Deadline => {
                let mut arguments = FluentArgs::new();
                arguments.set("moment", day_and_time(moment, today, language));
                arguments.set("left", left(at.saturating_sub(self.now), language));
                said("deadline", &arguments, language)
            }
        }
    }

    /// A moment `at`, Unix seconds, with day and year: for what is read on other days too, such as a paper.
    #[cfg(feature = "holder")]
    pub(crate) fn in_full(&self, at: i64) -> String {
        let moment = self.civil.at(at);
        let mut arguments = parts(moment.date(), self.language);
        arguments.set("time", time(moment));
        said("on-day-of-year", &arguments, self.language)
    }

    /// When a deadline `at` is told otherwise for the first time, Unix seconds: as time passes, and at midnight.
    #[cfg(feature = "holder")]
    pub(crate) fn deadline_changes_at(&self, at: i64) -> i64 {
        let (now, left) = (self.now, at.saturating_sub(self.now));
        let unit = match left {
            ..MINUTES_BELOW_SECS => MINUTE_SECS,
            MINUTES_BELOW_SECS..HOURS_BELOW_SECS => MINUTES_BELOW_SECS,
            _ => DAY_SECS,
        };
        // Rounded down: one second more than what is left over. Once passed, it stays so.
        let passes = if left < 0 {
            i64::MAX
        } else {
            now.saturating_add(left % unit).saturating_add(1)
        };
        let east = i64::from(self.civil.minutes_east()) * MINUTE_SECS;
        let into_day = now.saturating_add(east).rem_euclid(DAY_SECS);
        let midnight = now.saturating_sub(into_day).saturating_add(DAY_SECS);
        passes.min(midnight)
    }
}

/// A day `YYYY-MM-DD` in words, with its year; what is no day is given back as it is.
#[must_use]
pub fn date_text(date: &str, language: &LanguageTag) -> String {
    parse_date(date).map_or_else(|| date.to_owned(), |date| day_of_year(date, language))
}

/// A day without its year.
pub(crate) fn day(day: NaiveDate, language: &LanguageTag) -> String {
    said("day", &parts(day, language), language)
}

fn time(moment: NaiveDateTime) -> String {
    moment.format("%H:%M").to_string()
}

fn day_and_time(moment: NaiveDateTime, today: NaiveDate, language: &LanguageTag) -> String {
    let date = moment.date();
    let id = match (date - today).num_days() {
        0 => return time(moment),
        -1 => "yesterday",
        1 => "tomorrow",
        2..=WEEKDAYS_AHEAD => "on-weekday",
        _ if date.year() == today.year() => "on-day",
        _ => "on-day-of-year",
    };
    let mut arguments = parts(date, language);
    arguments.set("time", time(moment));
    said(id, &arguments, language)
}

fn day_of_year(day: NaiveDate, language: &LanguageTag) -> String {
    said("day-of-year", &parts(day, language), language)
}

/// How long `secs` are, rounded down: nobody is promised more than there is.
fn left(secs: i64, language: &LanguageTag) -> String {
    let left = TimeDelta::try_seconds(secs).unwrap_or_default();
    let (id, count) = match secs {
        ..0 => return named("passed", language),
        0..MINUTES_BELOW_SECS => ("left-minutes", left.num_minutes()),
        MINUTES_BELOW_SECS..HOURS_BELOW_SECS => ("left-hours", left.num_hours()),
        _ => ("left-days", left.num_days()),
    };
    let mut arguments = FluentArgs::new();
    arguments.set("count", count);
    said(id, &arguments, language)
}

/// Texts, not numbers: a year is not grouped in thousands.
fn parts(day: NaiveDate, language: &LanguageTag) -> FluentArgs<'static> {
    let weekday = day.weekday().number_from_monday();
    let mut parts = FluentArgs::new();
    parts.set("year", day.year().to_string());
    parts.set("month", named(&format!("month-{}", day.month()), language));
    parts.set("day", day.day().to_string());
    parts.set("weekday", named(&format!("weekday-{weekday}"), language));
    parts
}

fn named(id: &str, language: &LanguageTag) -> String {
    let text = MOMENTS.text(id, language.words());
    text.unwrap_or_default().to_owned()
}

fn said(id: &str, arguments: &FluentArgs<'_>, language: &LanguageTag) -> String {
    let text = MOMENTS.format(id, arguments, language.words());
    text.unwrap_or_default()
}
