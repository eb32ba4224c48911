//! Countries of the last fourteen days (GB/T 2659 alpha-3), in the order of the form. The days in each are
//! [`stay_days`](super::stay_days)'.

use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use super::{AnswerKind, DeclaredFacts, Fact, FactAnswer};
use crate::rules::RuleError;

pub(super) const MEMBER: &str = "stayCountries";
/// Most that are believed.
pub(super) const MAX_STAYS: usize = 16;
/// Days of a stay that does not say how long it was.
const ALL_DAYS: u64 = 14;

pub(super) struct StayCountry;

impl Fact for StayCountry {
    fn id(&self) -> &'static str {
        "stayCountry"
    }

    fn answer_kinds(&self) -> &'static [AnswerKind] {
        &[AnswerKind::Choice]
    }

    fn may_repeat(&self) -> bool {
        true
    }

    fn member(&self) -> &'static str {
        MEMBER
    }

    fn value(&self, answers: &[FactAnswer], _: NaiveDate) -> Option<Value> {
        let ids = answers.iter().filter_map(|answer| match answer {
            FactAnswer::Choice(id) => Some(id.clone()),
            _ => None,
        });
        Some(Value::from(ids.take(MAX_STAYS).collect::<Vec<_>>()))
    }

    fn is_well_formed(&self, value: &Value) -> bool {
        let is_country = |id: &Value| {
            let letters =
                |id: &str| id.len() == 3 && id.bytes().all(|byte| byte.is_ascii_uppercase());
            id.as_str().is_some_and(letters)
        };
        value
            .as_array()
            .is_some_and(|ids| ids.len() <= MAX_STAYS && ids.iter().all(is_country))
    }

    /// `stays`, each with `country` and `days`.
    fn describe(
        &self,
        declaration: &DeclaredFacts,
        seen: &mut Map<String, Value>,
    ) -> Result<(), RuleError> {
        let list = |member| declaration.member(member).and_then(Value::as_array);
        let days = list(super::stay_days::MEMBER);
        let countries = list(MEMBER).into_iter().flatten().enumerate();
        let stays = countries.map(|(at, country)| {
            let days = days.and_then(|days| days.get(at)).and_then(Value::as_u64);
            json!({"country": country, "days": days.unwrap_or(ALL_DAYS)})
        });
        seen.insert("stays".to_owned(), stays.collect());
        Ok(())
    }
}
