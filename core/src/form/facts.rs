//! A declaration as facts of the colour rules.
//!
//! Invariant: fields say by `fact` what they tell; no field id is known here. What was not asked or not
//! answered is no temperature, no symptoms, no stay and no contact.

use chrono::NaiveDate;
use serde_json::Value;

use super::answers::{AnswerError, FieldError, ValidAnswers};
use super::load::Form;
use super::schema::{Fact, Field};
use super::value::parse_date;
use crate::rules::DeclarationFacts;

/// The facts that the answers tell. `received_on` is the local day on which the authority received the
/// declaration, `YYYY-MM-DD`. Of several days of exposure the latest counts.
///
/// # Errors
/// `answers_today_invalid` if `received_on` is no date.
pub fn declaration_facts(
    form: &Form,
    answers: &ValidAnswers,
    received_on: &str,
) -> Result<DeclarationFacts, FieldError> {
    let day =
        parse_date(received_on).ok_or_else(|| FieldError::new("", AnswerError::TodayInvalid))?;
    let mut facts = DeclarationFacts {
        date: received_on.to_owned(),
        temperature: None,
        symptoms: Vec::new(),
        high_risk_stay: false,
        contact: false,
        days_since: None,
    };
    let mut exposed_on: Option<NaiveDate> = None;
    for field in form.fields() {
        let (Some(fact), Some(answer)) = (field.fact, answers.values.get(&field.id)) else {
            continue;
        };
        match fact {
            Fact::Temperature => facts.temperature = answer.as_f64(),
            Fact::Symptoms => facts.symptoms = real_choices(field, answer),
            Fact::HighRiskStay => facts.high_risk_stay = answer == &Value::Bool(true),
            Fact::Contact => facts.contact = answer == &Value::Bool(true),
            Fact::ExposureDate => exposed_on = exposed_on.max(answer.as_str().and_then(parse_date)),
        }
    }
    facts.days_since = exposed_on.map(|exposed_on| {
        let days = (day - exposed_on).num_days();
        u32::try_from(days).unwrap_or(0)
    });
    Ok(facts)
}

/// What was chosen, without exclusive choices such as "none".
fn real_choices(field: &Field, answer: &Value) -> Vec<String> {
    let chosen = answer
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str);
    let real = chosen.filter(|id| {
        let mut choices = field.choices.iter();
        choices.any(|choice| choice.id == *id && !choice.exclusive)
    });
    real.map(str::to_owned).collect()
}
