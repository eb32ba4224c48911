//! A day that was told: an entry, a sample, a dose. One way for all of them.
//!
//! Invariant: kept as days before the day of receipt, so that no declaration holds a date but its own.

use chrono::{Days, NaiveDate};
use serde_json::{Map, Value};

use super::{AnswerKind, DeclaredFacts, Fact, FactAnswer, Risk};
use crate::rules::RuleError;

/// A fact that is a day.
pub(super) struct DayTold {
    pub(super) id: &'static str,
    /// Member of the declaration.
    pub(super) member: &'static str,
    /// Member of what the rules see.
    pub(super) seen: &'static str,
    pub(super) risks: &'static [Risk],
}

impl Fact for DayTold {
    fn id(&self) -> &'static str {
        self.id
    }

    fn answer_kinds(&self) -> &'static [AnswerKind] {
        &[AnswerKind::Date]
    }

    fn member(&self) -> &'static str {
        self.member
    }

    fn value(&self, answers: &[FactAnswer], received_on: NaiveDate) -> Option<Value> {
        let FactAnswer::Date(day) = answers.last()? else {
            return None;
        };
        // A day that is still to come counts as the day of receipt.
        let days_since = (received_on - *day).num_days().max(0);
        u32::try_from(days_since).ok().map(Value::from)
    }

    fn is_well_formed(&self, value: &Value) -> bool {
        value
            .as_u64()
            .is_some_and(|days| u32::try_from(days).is_ok())
    }

    fn describe(
        &self,
        declaration: &DeclaredFacts,
        seen: &mut Map<String, Value>,
    ) -> Result<(), RuleError> {
        let day = day_of(declaration, self.member)?.map(|day| day.to_string());
        seen.insert(self.seen.to_owned(), day.into());
        Ok(())
    }

    fn risks(&self) -> &'static [Risk] {
        self.risks
    }
}

/// The day that `member` of a declaration tells.
pub(super) fn day_of(
    declaration: &DeclaredFacts,
    member: &str,
) -> Result<Option<NaiveDate>, RuleError> {
    let Some(days_since) = declaration.member(member).and_then(Value::as_u64) else {
        return Ok(None);
    };
    let day = declaration.day()?.checked_sub_days(Days::new(days_since));
    day.map(Some).ok_or(RuleError::FactsInconsistent)
}
