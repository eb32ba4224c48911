//! The facts that a declaration tells.
//!
//! Invariant: fields say by `fact` what they tell; no field id is known here, and no fact. What was not asked or not
//! answered tells nothing, nor does a field with a fact that this version does not know.

use std::collections::BTreeMap;

use serde_json::Value;

use super::answers::{AnswerError, RefusedAnswer, ValidAnswers};
use super::load::Form;
use super::schema::{FieldKind, FormField};
use crate::identity::parse_date;
use crate::rules::{AnswerKind, DeclaredFacts, FactAnswer};

/// The facts that the answers tell. `received_on` is the local day on which the authority received the
/// declaration, `YYYY-MM-DD`.
///
/// # Errors
/// `answers_today_invalid` if `received_on` is no date.
pub fn declared_facts(
    form: &Form,
    answers: &ValidAnswers,
    received_on: &str,
) -> Result<DeclaredFacts, RefusedAnswer> {
    let mut answers_by_fact: BTreeMap<&str, Vec<FactAnswer>> = BTreeMap::new();
    for field in form.fields() {
        if let Some(fact) = &field.fact
            && let Some(answer) = answers.values.get(&field.id)
            && let Some(answer) = fact_answer(field, answer)
        {
            answers_by_fact.entry(fact).or_default().push(answer);
        }
    }
    DeclaredFacts::of_answers(received_on, &answers_by_fact)
        .map_err(|_| RefusedAnswer::new("", AnswerError::TodayInvalid))
}

/// Which kind of answer the facts get from a field of this kind; none from those that say who somebody is.
pub(super) const fn answer_kind(kind: FieldKind) -> Option<AnswerKind> {
    match kind {
        FieldKind::Number => Some(AnswerKind::Number),
        FieldKind::YesNo => Some(AnswerKind::YesNo),
        FieldKind::SingleChoice => Some(AnswerKind::Choice),
        FieldKind::MultipleChoice => Some(AnswerKind::Choices),
        FieldKind::Date => Some(AnswerKind::Date),
        FieldKind::Text | FieldKind::Division | FieldKind::Document | FieldKind::Phone => None,
    }
}

fn fact_answer(field: &FormField, answer: &Value) -> Option<FactAnswer> {
    Some(match answer_kind(field.kind)? {
        AnswerKind::Number => FactAnswer::Number(answer.as_f64()?),
        AnswerKind::YesNo => FactAnswer::YesNo(answer.as_bool()?),
        AnswerKind::Choice => FactAnswer::Choice(answer.as_str()?.to_owned()),
        AnswerKind::Choices => FactAnswer::Choices(real_choices(field, answer)),
        AnswerKind::Date => FactAnswer::Date(answer.as_str().and_then(parse_date)?),
    })
}

/// What was chosen, without exclusive choices such as "none".
fn real_choices(field: &FormField, answer: &Value) -> Vec<String> {
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
