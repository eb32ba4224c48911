//! The day of an entry from abroad, kept as days before the day of receipt. What was told with it of stays counts as long as it does.

use chrono::{Days, NaiveDate};
use serde_json::{Map, Value};

use super::{AnswerKind, DeclaredFacts, Fact, FactAnswer, Risk};
use crate::rules::RuleError;

const MEMBER: &str = "daysSinceEntry";

pub(super) struct EntryDate;

impl Fact for EntryDate {
    fn id(&self) -> &'static str {
        "entryDate"
    }

    fn answer_kinds(&self) -> &'static [AnswerKind] {
        &[AnswerKind::Date]
    }

    fn member(&self) -> &'static str {
        MEMBER
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
        let day = entry_day(declaration)?.map(|day| day.to_string());
        seen.insert("entryDay".to_owned(), day.into());
        Ok(())
    }

    fn risks(&self) -> &'static [Risk] {
        &[Risk {
            id: "entry",
            last_day: entry_day,
            carries: &["stayCountry", "stayDays"],
        }]
    }
}

fn entry_day(declaration: &DeclaredFacts) -> Result<Option<NaiveDate>, RuleError> {
    let Some(days_since) = declaration.member(MEMBER).and_then(Value::as_u64) else {
        return Ok(None);
    };
    let day = declaration.day()?.checked_sub_days(Days::new(days_since));
    day.map(Some).ok_or(RuleError::FactsInconsistent)
}
