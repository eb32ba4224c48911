//! Days in each of the countries of [`stay_country`](super::stay_country), in the same order.

use chrono::NaiveDate;
use serde_json::{Map, Value};

use super::stay_country::MAX_STAYS;
use super::{AnswerKind, DeclaredFacts, Fact, FactAnswer};
use crate::rules::RuleError;

pub(super) const MEMBER: &str = "stayDays";
/// Most days of a stay that are believed.
const MAX_DAYS: u64 = 366;

pub(super) struct StayDays;

impl Fact for StayDays {
    fn id(&self) -> &'static str {
        "stayDays"
    }

    fn answer_kinds(&self) -> &'static [AnswerKind] {
        &[AnswerKind::Number]
    }

    fn may_repeat(&self) -> bool {
        true
    }

    fn member(&self) -> &'static str {
        MEMBER
    }

    fn value(&self, answers: &[FactAnswer], _: NaiveDate) -> Option<Value> {
        let days = answers.iter().filter_map(|answer| match answer {
            // Parts of a day count as one.
            FactAnswer::Number(days) => whole(days.ceil()),
            _ => None,
        });
        Some(Value::from(days.take(MAX_STAYS).collect::<Vec<_>>()))
    }

    fn is_well_formed(&self, value: &Value) -> bool {
        let is_count = |days: &Value| days.as_u64().is_some_and(|days| days <= MAX_DAYS);
        value
            .as_array()
            .is_some_and(|all| all.len() <= MAX_STAYS && all.iter().all(is_count))
    }

    /// Nothing of its own: the days stand beside the countries.
    fn describe(&self, _: &DeclaredFacts, _: &mut Map<String, Value>) -> Result<(), RuleError> {
        Ok(())
    }
}

fn whole(days: f64) -> Option<u64> {
    (0..=MAX_DAYS).find(|count| u32::try_from(*count).is_ok_and(|count| f64::from(count) >= days))
}
