//! What an itinerary and an objection must be: the same check on the phone, before they are queued, and at the authority.
//!
//! Invariant: pure; what passes here on the phone passes at the authority, but for the day that has passed meanwhile.
//! Every fault is found at once and named by its place in the JSON and a code, never with what was typed. Looks nothing up.

use chrono::{NaiveDate, TimeDelta};

use super::messages::{Correction, Itinerary, ItineraryLeg};
use crate::form::{AnswerError, RefusedAnswer};
use crate::identity::{
    Lines, clean_short, clean_text, is_plausible_division, parse_date, shows_nothing, typed_date,
};

/// Most legs of an itinerary.
pub const MAX_LEGS: usize = 50;
/// Longest number of a train or flight, characters.
const MAX_NUMBER_CHARS: usize = 16;
/// How far from today a leg may lie, days.
const MAX_DAYS_AWAY: i64 = 366;
/// Longest statement of an objection, characters.
pub const MAX_STATEMENT_CHARS: usize = 2_000;
/// Ways to travel.
pub const TRANSPORTS: [&str; 6] = ["train", "flight", "coach", "car", "ship", "other"];

crate::coded_errors! {
    /// What only an itinerary can have wrong.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum ItineraryError {
        /// None, or more than [`MAX_LEGS`].
        LegCount => "itinerary_leg_count";
        /// Leaves before it arrives.
        UntilBeforeFrom => "itinerary_until_before_from";
        /// Not one of [`TRANSPORTS`].
        Transport => "itinerary_transport_unknown";
        /// Not the number of a train or flight: letters, digits, `-`, `/` and spaces, at most 16.
        Number => "itinerary_number_invalid";
    }
}

impl Itinerary {
    /// Cleaned as people's answers are.
    #[must_use]
    pub fn cleaned(&self) -> Self {
        let leg = |leg: &ItineraryLeg| ItineraryLeg {
            from: normal_day(&leg.from),
            until: normal_day(&leg.until),
            transport: clean_short(&leg.transport),
            number: clean_short(&leg.number),
            ..leg.clone()
        };
        Self {
            legs: self.legs.iter().map(leg).collect(),
        }
    }

    /// Checks every leg. `today` is the local day, `YYYY-MM-DD`; where it is none, days are not held against it.
    /// `late_days`: how long it may have been on its way since it was checked on the phone, there 0.
    ///
    /// # Errors
    /// Every fault; paths are `legs.INDEX.MEMBER`, from 0.
    pub fn check(&self, today: &str, late_days: u32) -> Result<(), Vec<RefusedAnswer>> {
        if !(1..=MAX_LEGS).contains(&self.legs.len()) {
            return Err(vec![ItineraryError::LegCount.at("legs")]);
        }
        let today = parse_date(today);
        let legs = self.legs.iter().enumerate();
        all_or(
            legs.flat_map(|(index, leg)| leg.faults(index, today, late_days))
                .collect(),
        )
    }
}

impl ItineraryLeg {
    fn faults(&self, index: usize, today: Option<NaiveDate>, late_days: u32) -> Vec<RefusedAnswer> {
        let (past, ahead) = (MAX_DAYS_AWAY + i64::from(late_days), MAX_DAYS_AWAY);
        let path = |member: &str| format!("legs.{index}.{member}");
        let mut faults = Vec::new();
        if !is_plausible_division(self.division) {
            faults.push(RefusedAnswer::new(
                path("division"),
                AnswerError::DivisionUnknown,
            ));
        }
        let mut near = |member: &str, text: &str| {
            let error = match (parse_date(text), today) {
                (None, _) => AnswerError::NotADate,
                (Some(day), Some(today)) if day < today - TimeDelta::days(past) => {
                    AnswerError::DateTooEarly
                }
                (Some(day), Some(today)) if day > today + TimeDelta::days(ahead) => {
                    AnswerError::DateTooLate
                }
                (Some(day), _) => return Some(day),
            };
            faults.push(RefusedAnswer::new(path(member), error));
            None
        };
        let (from, until) = (near("from", &self.from), near("until", &self.until));
        if from.zip(until).is_some_and(|(from, until)| until < from) {
            faults.push(ItineraryError::UntilBeforeFrom.at(path("until")));
        }
        if !TRANSPORTS.contains(&self.transport.as_str()) {
            faults.push(ItineraryError::Transport.at(path("transport")));
        }
        let is_number = |c: char| c.is_alphanumeric() || matches!(c, '-' | ' ' | '/');
        if self.number.chars().count() > MAX_NUMBER_CHARS || !self.number.chars().all(is_number) {
            faults.push(ItineraryError::Number.at(path("number")));
        }
        faults
    }
}

impl Correction {
    /// Cleaned as people's answers are; as it is where it holds a character that cannot stay.
    #[must_use]
    pub fn cleaned(self) -> Self {
        Self {
            statement: clean_text(&self.statement, Lines::Many).unwrap_or(self.statement),
            ..self
        }
    }

    /// Checks the statement and the form of the receipt's hash.
    ///
    /// # Errors
    /// Every fault; paths are those of the JSON.
    pub fn check(&self) -> Result<(), Vec<RefusedAnswer>> {
        let mut faults = Vec::new();
        let is_hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if self.receipt_sha256.len() != 64 || !self.receipt_sha256.bytes().all(is_hex) {
            faults.push(RefusedAnswer::new("receiptSha256", AnswerError::Pattern));
        }
        faults.extend(Self::check_statement(&self.statement).err());
        all_or(faults)
    }

    /// Checks a statement before it is sent.
    ///
    /// # Errors
    /// What is wrong with it; the path is `statement`.
    pub fn check_statement(statement: &str) -> Result<(), RefusedAnswer> {
        let refused = |error| Err(RefusedAnswer::new("statement", error));
        // Longer is too long whatever it says, and needs no looking at.
        if statement.len() > 8 * MAX_STATEMENT_CHARS {
            return refused(AnswerError::TooLong);
        }
        if shows_nothing(statement) {
            return refused(AnswerError::Required);
        }
        match clean_text(statement, Lines::Many) {
            Err(fault) => Err(RefusedAnswer::of_character("statement", fault)),
            Ok(text) if text.chars().count() > MAX_STATEMENT_CHARS => refused(AnswerError::TooLong),
            Ok(_) => Ok(()),
        }
    }
}

impl ItineraryError {
    fn at(self, path: impl Into<String>) -> RefusedAnswer {
        RefusedAnswer::of_code(path, self.code())
    }
}

/// The day in its normal form, where it is one.
fn normal_day(typed: &str) -> String {
    typed_date(typed).map_or_else(|| typed.to_owned(), |day| day.to_string())
}

fn all_or(faults: Vec<RefusedAnswer>) -> Result<(), Vec<RefusedAnswer>> {
    if faults.is_empty() {
        Ok(())
    } else {
        Err(faults)
    }
}

#[cfg(test)]
#[path = "checks_tests.rs"]
mod tests;
