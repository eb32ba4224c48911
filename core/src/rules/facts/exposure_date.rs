//! The last day of a stay or contact. Kept as days before the day of receipt; unknown counts as none.

use chrono::{Days, NaiveDate};
use serde_json::{Map, Value};

use super::{AnswerKind, DeclaredFacts, Fact, FactAnswer};
use crate::rules::RuleError;

const MEMBER: &str = "daysSince";

pub(super) struct ExposureDate;

impl Fact for ExposureDate {
    fn id(&self) -> &'static str {
        "exposureDate"
    }

    fn answer_kinds(&self) -> &'static [AnswerKind] {
        &[AnswerKind::Date]
    }

    /// The latest counts.
    fn may_repeat(&self) -> bool {
        true
    }

    fn member(&self) -> &'static str {
        MEMBER
    }

    fn value(&self, answers: &[FactAnswer], received_on: NaiveDate) -> Option<Value> {
        let days = answers.iter().filter_map(|answer| match answer {
            FactAnswer::Date(day) => Some(*day),
            _ => None,
        });
        // A day that is still to come counts as the day of receipt.
        let days_since = (received_on - days.max()?).num_days().max(0);
        u32::try_from(days_since).ok().map(Value::from)
    }

    fn untold(&self) -> Option<Value> {
        Some(Value::Null)
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
        let day = exposure_day(declaration)?.to_string();
        seen.insert("exposureDay".to_owned(), day.into());
        Ok(())
    }
}

/// Last day of a stay or contact, if there was one.
pub(super) fn exposure_day(declaration: &DeclaredFacts) -> Result<NaiveDate, RuleError> {
    let days_since = declaration.member(MEMBER).and_then(Value::as_u64);
    declaration
        .day()?
        .checked_sub_days(Days::new(days_since.unwrap_or(0)))
        .ok_or(RuleError::FactsInconsistent)
}
