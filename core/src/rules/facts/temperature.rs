//! Body temperature, degrees Celsius. From 37.3 on it is a fever.

use chrono::NaiveDate;
use serde_json::{Map, Value};

use super::{AnswerKind, DeclaredFacts, Fact, FactAnswer, Risk, last_days};
use crate::rules::RuleError;

/// 37.3 degrees Celsius or more count as a fever.
pub const FEVER_TENTHS_CELSIUS: i64 = 373;
/// The risk; a symptom tells of it too.
pub(super) const FEVER: &str = "fever";

pub(super) struct Temperature;

impl Fact for Temperature {
    fn id(&self) -> &'static str {
        "temperature"
    }

    fn answer_kinds(&self) -> &'static [AnswerKind] {
        &[AnswerKind::Number]
    }

    fn value(&self, answers: &[FactAnswer], _: NaiveDate) -> Option<Value> {
        match answers.last()? {
            FactAnswer::Number(degrees) => Some(Value::from(*degrees)),
            _ => None,
        }
    }

    fn untold(&self) -> Option<Value> {
        Some(Value::Null)
    }

    fn is_well_formed(&self, value: &Value) -> bool {
        value.is_number()
    }

    /// `temperatureTenths`, and `fever` whatever told of it.
    fn describe(
        &self,
        declaration: &DeclaredFacts,
        seen: &mut Map<String, Value>,
    ) -> Result<(), RuleError> {
        seen.insert("temperatureTenths".to_owned(), tenths(declaration).into());
        let has_fever = last_days(declaration)?.contains_key(FEVER);
        seen.insert("fever".to_owned(), has_fever.into());
        Ok(())
    }

    fn risks(&self) -> &'static [Risk] {
        &[Risk {
            id: FEVER,
            last_day: |declaration| {
                let is_high = tenths(declaration).is_some_and(|is| is >= FEVER_TENTHS_CELSIUS);
                is_high.then(|| declaration.day()).transpose()
            },
            carries: &[],
        }]
    }
}

/// None also for what is no temperature of a person.
fn tenths(declaration: &DeclaredFacts) -> Option<i64> {
    let degrees = declaration.member("temperature")?.as_f64()?;
    #[expect(clippy::cast_possible_truncation, reason = "0 to 1,000")]
    let tenths = (degrees * 10.0).round() as i64;
    (0.0..=100.0).contains(&degrees).then_some(tenths)
}
