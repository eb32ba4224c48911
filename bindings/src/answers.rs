//! Answers to forms, typed for the other languages, and their JSON in the core.
//!
//! Invariant: an answer goes in and comes out as the same value; what no question can be answered with is refused.

use std::collections::HashMap;

use health_code_core::identity::DocumentKind;
use serde_json::{Map, Number, Value, json};

use crate::error::HealthCodeError;

/// An answer to one question. Which kind a question takes, its `kind` says.
#[derive(Clone, PartialEq, uniffi::Enum)]
pub enum Answer {
    /// Text, phone; a date `YYYY-MM-DD`; a division's six digits; the id of a single choice; a number as typed.
    Text {
        /// As it was typed; the form cleans it.
        text: String,
    },
    /// In the unit that the field names.
    Number {
        /// The number.
        value: f64,
    },
    /// Yes or no.
    YesNo {
        /// Whether yes.
        value: bool,
    },
    /// Ids of multiple choices.
    Choices {
        /// Of the choices, in any order.
        ids: Vec<String>,
    },
    /// An identity document.
    Document {
        /// Kind and number, each as it was entered.
        document: DocumentAnswer,
    },
}

/// An identity document.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct DocumentAnswer {
    /// Which document it is.
    pub kind: DocumentKind,
    /// As it was typed: spaces, labels and full-width letters are cleaned.
    pub number: String,
}

impl std::fmt::Debug for Answer {
    /// Personal data never reaches a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Answer(hidden)")
    }
}

impl std::fmt::Debug for DocumentAnswer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DocumentAnswer(hidden)")
    }
}

/// As the core takes them.
pub(crate) fn to_json(
    answers: HashMap<String, Answer>,
) -> Result<Map<String, Value>, HealthCodeError> {
    let mut json = Map::new();
    for (id, answer) in answers {
        let value = match answer {
            Answer::Text { text } => text.into(),
            Answer::Number { value } => number(value)?,
            Answer::YesNo { value } => value.into(),
            Answer::Choices { ids } => ids.into(),
            Answer::Document { document } => {
                json!({"kind": document.kind.id(), "number": document.number})
            }
        };
        json.insert(id, value);
    }
    Ok(json)
}

/// A whole number without a point: a division's code comes as a number too.
fn number(value: f64) -> Result<Value, HealthCodeError> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[expect(clippy::cast_possible_truncation, reason = "whole and below 2^53")]
    if value.fract() == 0.0 && value.abs() < EXACT {
        return Ok((value as i64).into());
    }
    let number = Number::from_f64(value).ok_or_else(HealthCodeError::argument)?;
    Ok(Value::Number(number))
}

/// As the core keeps them; what is none of the kinds is left out.
pub(crate) fn from_json(answers: Map<String, Value>) -> HashMap<String, Answer> {
    answers
        .into_iter()
        .filter_map(|(id, value)| Some((id, answer(value)?)))
        .collect()
}

fn answer(value: Value) -> Option<Answer> {
    Some(match value {
        Value::String(text) => Answer::Text { text },
        Value::Number(number) => Answer::Number {
            value: number.as_f64()?,
        },
        Value::Bool(value) => Answer::YesNo { value },
        Value::Array(ids) => Answer::Choices {
            ids: ids
                .into_iter()
                .map(|id| id.as_str().map(str::to_owned))
                .collect::<Option<_>>()?,
        },
        Value::Object(document) => Answer::Document {
            document: DocumentAnswer {
                kind: DocumentKind::from_id(document.get("kind")?.as_str()?)?,
                number: document.get("number")?.as_str()?.to_owned(),
            },
        },
        Value::Null => return None,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use health_code_core::identity::DocumentKind;

    use super::{Answer, DocumentAnswer, from_json, to_json};

    #[test]
    fn answers_come_back() {
        let answers = HashMap::from([
            (
                "a".to_owned(),
                Answer::Text {
                    text: "文三路".to_owned(),
                },
            ),
            ("b".to_owned(), Answer::Number { value: 36.6 }),
            ("c".to_owned(), Answer::YesNo { value: false }),
            (
                "d".to_owned(),
                Answer::Choices {
                    ids: vec!["none".to_owned()],
                },
            ),
            ("f".to_owned(), Answer::Number { value: 330_106.0 }),
            (
                "e".to_owned(),
                Answer::Document {
                    document: DocumentAnswer {
                        kind: DocumentKind::ResidentId,
                        number: "11010519491231002X".to_owned(),
                    },
                },
            ),
        ]);
        let json = to_json(answers.clone()).expect("answers");
        assert_eq!(json["f"].to_string(), "330106");
        assert_eq!(json["e"]["kind"], "resident_id");
        assert_eq!(from_json(json), answers);
        assert!(!format!("{answers:?}").contains("文三路"));
    }

    #[test]
    fn a_number_that_is_none_is_refused() {
        let answers = HashMap::from([("a".to_owned(), Answer::Number { value: f64::NAN })]);
        assert_eq!(
            to_json(answers).expect_err("refused").code(),
            "argument_invalid"
        );
    }
}
