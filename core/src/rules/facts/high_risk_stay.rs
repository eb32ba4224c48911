//! A stay in a high-risk place. Its last day is the day of exposure.

use chrono::NaiveDate;
use serde_json::{Map, Value};

use super::exposure_date::exposure_day;
use super::{AnswerKind, DeclaredFacts, Fact, FactAnswer, Risk};
use crate::rules::RuleError;

const ID: &str = "highRiskStay";

pub(super) struct HighRiskStay;

impl Fact for HighRiskStay {
    fn id(&self) -> &'static str {
        ID
    }

    fn answer_kinds(&self) -> &'static [AnswerKind] {
        &[AnswerKind::YesNo]
    }

    fn value(&self, answers: &[FactAnswer], _: NaiveDate) -> Option<Value> {
        match answers.last()? {
            FactAnswer::YesNo(yes) => Some(Value::Bool(*yes)),
            _ => None,
        }
    }

    fn untold(&self) -> Option<Value> {
        Some(Value::Bool(false))
    }

    fn is_well_formed(&self, value: &Value) -> bool {
        value.is_boolean()
    }

    fn describe(
        &self,
        declaration: &DeclaredFacts,
        seen: &mut Map<String, Value>,
    ) -> Result<(), RuleError> {
        seen.insert(ID.to_owned(), declaration.is_yes(ID).into());
        Ok(())
    }

    fn risks(&self) -> &'static [Risk] {
        &[Risk {
            id: ID,
            last_day: |declaration| {
                let is_yes = declaration.is_yes(ID);
                is_yes.then(|| exposure_day(declaration)).transpose()
            },
            carries: &["report"],
        }]
    }
}
