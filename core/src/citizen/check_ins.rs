//! The daily check-ins as a calendar: "3 of 7", and which days they were.
//!
//! Invariant: a day is told as done or missed only where the receipt, or an answer of a later day, says so; what the
//! authority has not yet told is not known. The run breaks at a missed day.

use std::ops::RangeInclusive;

use chrono::{Days, NaiveDate};

use super::snapshot::HeldReceipt;
use super::views::{CheckInDay, CheckInDayState, CheckInsView};
use crate::identity::parse_date;
use crate::words::moments;
use crate::words::{self, FluentArgs, LanguageTag};

/// Most days that a calendar has.
const MOST_DAYS: usize = 60;

/// What a calendar is made of.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct CheckIns {
    done: u32,
    required: u32,
    last: Option<NaiveDate>,
    today: NaiveDate,
    /// Civil day of the authority's last answer: what it had not counted by then had not come.
    confirmed_on: Option<NaiveDate>,
    language: LanguageTag,
}

impl CheckIns {
    /// None where the rule that decided counts no check-ins.
    pub(super) fn of(
        held: &HeldReceipt,
        today: NaiveDate,
        confirmed_on: Option<NaiveDate>,
        language: &LanguageTag,
    ) -> Option<Self> {
        let receipt = &held.receipt;
        let (done, required) = receipt.check_ins_done.zip(receipt.check_ins_required)?;
        let evidence = held.evidence.as_ref();
        let last = evidence.and_then(|evidence| evidence.check_ins.last.as_deref());
        Some(Self {
            done,
            required,
            last: last.and_then(parse_date),
            today,
            confirmed_on,
            language: language.clone(),
        })
    }

    pub(super) fn view(&self) -> CheckInsView {
        let language = self.language.words();
        let mut arguments = FluentArgs::new();
        arguments.set("done", self.done);
        arguments.set("required", self.required);
        arguments.set("left", self.required.saturating_sub(self.done));
        let is_done_today = self.last == Some(self.today);
        let next_due = if is_done_today {
            self.today.succ_opt()
        } else {
            Some(self.today)
        };
        let next_due = next_due.filter(|_| self.done < self.required);
        let text = |id| words::text(id, language).unwrap_or_default().to_owned();
        CheckInsView {
            done: self.done,
            required: self.required,
            last: self.last.map(|day| day.to_string()),
            next_due: next_due.map(|day| day.to_string()),
            text: words::format("check-ins", &arguments, language).unwrap_or_default(),
            reset_text: text("check-ins-reset"),
            days: self.days(),
        }
    }

    /// The days of the run, those since, and as many to come as are still asked for.
    fn days(&self) -> Vec<CheckInDay> {
        let after_last = self.last.and_then(|last| last.succ_opt());
        let since = after_last.unwrap_or(self.today);
        let mut days: Vec<_> = self
            .days_done()
            .map(|day| (day, CheckInDayState::Done))
            .collect();
        let before_today = since.iter_days().take_while(|day| *day < self.today);
        days.extend(before_today.map(|day| (day, self.of_past(day))));
        let is_missed = |(_, state): &(_, CheckInDayState)| *state == CheckInDayState::Missed;
        let counted = if days.iter().any(is_missed) {
            0
        } else {
            days.len()
        };
        let required = usize::try_from(self.required).unwrap_or(MOST_DAYS);
        let left = required.min(MOST_DAYS).saturating_sub(counted);
        let coming = since.max(self.today).iter_days().take(left);
        days.extend(coming.map(|day| {
            let is_today = day == self.today;
            let coming = CheckInDayState::Coming;
            (
                day,
                if is_today {
                    CheckInDayState::Today
                } else {
                    coming
                },
            )
        }));
        let excess = days.len().saturating_sub(MOST_DAYS);
        let days = days.into_iter().skip(excess);
        days.map(|(day, state)| CheckInDay {
            date: day.to_string(),
            label: moments::day(day, &self.language),
            state,
        })
        .collect()
    }

    /// The run by the receipt, oldest day first.
    fn days_done(&self) -> impl Iterator<Item = NaiveDate> + Clone + use<> {
        let done = u64::from(self.done).min(MOST_DAYS as u64);
        let run: Option<RangeInclusive<u64>> = done.checked_sub(1).map(|before| 0..=before);
        let last = self.last;
        let ago = run.into_iter().flatten().rev();
        ago.filter_map(move |days| last?.checked_sub_days(Days::new(days)))
    }

    /// A day that has passed without being counted.
    fn of_past(&self, day: NaiveDate) -> CheckInDayState {
        if self.confirmed_on.is_some_and(|confirmed| confirmed > day) {
            CheckInDayState::Missed
        } else {
            CheckInDayState::Unknown
        }
    }
}

#[cfg(test)]
#[path = "check_ins_tests.rs"]
mod tests;
