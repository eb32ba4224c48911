//! Answers in words, for the citizen who checks them before they are sent.
//!
//! Invariant: what is accepted is read back in its normal form, as the authority will read it; what is refused, as it was
//! typed. Neither is ever an error: the review says what is wrong.

use serde_json::{Map, Value};

use super::answers::RefusedAnswer;
use super::load::Form;
use super::schema::{FieldKind, FormField};
use super::views::AnswerView;
use crate::identity::DocumentKind;
use crate::words::{LanguageTag, moments, screens};

impl Form {
    /// Every visible field's answer, in order.
    ///
    /// # Errors
    /// `answers_today_invalid`.
    pub fn read_back(
        &self,
        answers: &Map<String, Value>,
        today: &str,
        language: &LanguageTag,
    ) -> Result<Vec<AnswerView>, RefusedAnswer> {
        let accepted = self.accepted(answers, today)?;
        let visible = self.visible_fields(answers, today)?;
        let fields = self.fields().filter(|field| visible.contains(&field.id));
        let views = fields.map(|field| {
            let answer = accepted.get(&field.id).or_else(|| answers.get(&field.id));
            let text = answer.and_then(|answer| in_words(field, answer, language));
            AnswerView {
                field_id: field.id.clone(),
                text: text.filter(|text| !text.trim().is_empty()),
            }
        });
        Ok(views.collect())
    }
}

fn in_words(field: &FormField, answer: &Value, language: &LanguageTag) -> Option<String> {
    let word = |id: &str| screens::text(id, [], language);
    match (field.kind, answer) {
        (FieldKind::Number, answer) => {
            let value = plain(answer)?;
            let Some(unit) = &field.unit else {
                return Some(value);
            };
            let unit = unit.for_tag(language);
            if value.ends_with(unit) {
                return Some(value);
            }
            let arguments = [("value", value.as_str()), ("unit", unit)];
            screens::text("form-number-unit", arguments, language)
        }
        (_, Value::Bool(true)) => word("common-yes"),
        (_, Value::Bool(false)) => word("common-no"),
        (FieldKind::SingleChoice, Value::String(id)) => Some(label(field, id, language)),
        (_, Value::Array(ids)) => {
            let ids = ids.iter().filter_map(Value::as_str);
            let labels: Vec<_> = ids.map(|id| label(field, id, language)).collect();
            Some(labels.join("\n"))
        }
        (FieldKind::Document, Value::Object(document)) => {
            let number = document.get("number")?.as_str()?;
            let kind = DocumentKind::from_id(document.get("kind")?.as_str()?)?;
            (!number.is_empty()).then(|| {
                let name = kind.name(language.words());
                format!("{name}\n{}", in_groups(kind, number))
            })
        }
        (FieldKind::Date, Value::String(day)) => Some(moments::date_text(day, language)),
        (_, answer) => plain(answer),
    }
}

fn plain(answer: &Value) -> Option<String> {
    match answer {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn label(field: &FormField, id: &str, language: &LanguageTag) -> String {
    let choice = field.choices.iter().find(|choice| choice.id == id);
    choice
        .map_or(id, |choice| choice.label.for_tag(language))
        .to_owned()
}

/// A resident number as it is read aloud: place, birthday, rest. Between marks: its groups stay in their order among words from
/// right to left.
fn in_groups(kind: DocumentKind, number: &str) -> String {
    match (kind, number.get(..6), number.get(6..14), number.get(14..)) {
        (DocumentKind::ResidentId, Some(place), Some(birthday), Some(rest)) if rest.len() == 4 => {
            format!("\u{2068}{place} {birthday} {rest}\u{2069}")
        }
        _ => number.to_owned(),
    }
}
