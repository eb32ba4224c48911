//! Current symptoms: ids of choices. `fever` among them counts as a fever, `none` as nothing.

use chrono::NaiveDate;
use serde_json::{Map, Value};

use super::temperature::FEVER;
use super::{AnswerKind, DeclaredFacts, Fact, FactAnswer, Risk};
use crate::rules::RuleError;

pub(super) struct Symptoms;

impl Fact for Symptoms {
    fn id(&self) -> &'static str {
        "symptoms"
    }

    fn answer_kinds(&self) -> &'static [AnswerKind] {
        &[AnswerKind::Choices]
    }

    fn value(&self, answers: &[FactAnswer], _: NaiveDate) -> Option<Value> {
        match answers.last()? {
            FactAnswer::Choices(ids) => Some(Value::from(ids.clone())),
            _ => None,
        }
    }

    fn untold(&self) -> Option<Value> {
        Some(Value::Array(Vec::new()))
    }

    fn is_well_formed(&self, value: &Value) -> bool {
        value
            .as_array()
            .is_some_and(|ids| ids.iter().all(Value::is_string))
    }

    fn describe(
        &self,
        declaration: &DeclaredFacts,
        seen: &mut Map<String, Value>,
    ) -> Result<(), RuleError> {
        let symptoms: Vec<&str> = symptoms(declaration).collect();
        seen.insert("symptoms".to_owned(), symptoms.into());
        Ok(())
    }

    fn risks(&self) -> &'static [Risk] {
        &[
            Risk {
                id: FEVER,
                last_day: |declaration| declared(declaration, |id| id == "fever"),
                carries: &[],
            },
            Risk {
                id: "symptoms",
                last_day: |declaration| declared(declaration, |id| !matches!(id, "fever" | "none")),
                carries: &[],
            },
        ]
    }
}

fn symptoms(declaration: &DeclaredFacts) -> impl Iterator<Item = &str> {
    let ids = declaration.member("symptoms").and_then(Value::as_array);
    ids.into_iter().flatten().filter_map(Value::as_str)
}

fn declared(
    declaration: &DeclaredFacts,
    counts: impl Fn(&str) -> bool,
) -> Result<Option<NaiveDate>, RuleError> {
    let has_one = symptoms(declaration).any(counts);
    has_one.then(|| declaration.day()).transpose()
}
