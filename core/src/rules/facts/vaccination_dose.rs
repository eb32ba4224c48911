//! Which dose of a vaccine the last one was, from 1.

use chrono::NaiveDate;
use serde_json::{Map, Value};

use super::{AnswerKind, DeclaredFacts, Fact, FactAnswer};
use crate::rules::RuleError;

const ID: &str = "vaccinationDose";
/// Most doses that are believed.
const MAX_DOSES: u64 = 99;

pub(super) struct VaccinationDose;

impl Fact for VaccinationDose {
    fn id(&self) -> &'static str {
        ID
    }

    fn answer_kinds(&self) -> &'static [AnswerKind] {
        &[AnswerKind::Number]
    }

    fn value(&self, answers: &[FactAnswer], _: NaiveDate) -> Option<Value> {
        let FactAnswer::Number(said) = answers.last()? else {
            return None;
        };
        let dose = (1..=MAX_DOSES).find(|dose| {
            u32::try_from(*dose).is_ok_and(|dose| (f64::from(dose) - said).abs() < 0.5)
        });
        dose.map(Value::from)
    }

    fn is_well_formed(&self, value: &Value) -> bool {
        value
            .as_u64()
            .is_some_and(|dose| (1..=MAX_DOSES).contains(&dose))
    }

    fn describe(
        &self,
        declaration: &DeclaredFacts,
        seen: &mut Map<String, Value>,
    ) -> Result<(), RuleError> {
        let dose = declaration.member(ID).cloned().unwrap_or_default();
        seen.insert(ID.to_owned(), dose);
        Ok(())
    }
}
