//! One answer against one field: type, form, range; and its normal form.
//!
//! Invariant: what is accepted once is accepted again in its normal form, unchanged. Does not look at other
//! fields, except at the nationality that a document must go with. What people type is [`crate::identity`]'s to clean and
//! judge; here it is asked for what the field says.

use chrono::{Days, NaiveDate};
use regex_lite::Regex;
use serde_json::{Number, Value, json};

use super::answers::{AnswerError, Refused};
use super::schema::{FieldBound, FieldKind, FieldSource, FormField};
use crate::identity::decimal::{self, DecimalError};
use crate::identity::{
    DocumentError, DocumentKind, Lines, NameError, birth_date, check_document_number, check_name,
    check_nationality, check_phone, clean_short, clean_text, is_plausible_division, parse_date,
    shows_nothing, typed_date,
};
use crate::words::LocalizedText;

/// Most characters of a text if the field does not say.
pub(crate) const DEFAULT_TEXT_LENGTH: u32 = 200;
/// Greatest magnitude of a number: every value with 6 decimals below it is told apart by an f64.
pub(crate) const MAX_NUMBER: f64 = 1e9;
/// Longest string read as anything but text, in bytes.
const MAX_SHORT_BYTES: usize = 256;

/// Whether the value says nothing: null, blank string, no choice, no document number.
pub(crate) fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => shows_nothing(text),
        Value::Array(items) => items.is_empty(),
        Value::Object(parts) => parts
            .values()
            .all(|part| part.is_null() || part.as_str().is_some_and(shows_nothing)),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// The normal form of an answer that is not blank.
pub(crate) fn check(
    field: &FormField,
    pattern: Option<&Regex>,
    value: &Value,
    today: NaiveDate,
    nationality: Option<&str>,
) -> Result<Value, Refused> {
    match field.kind {
        FieldKind::Text => text(field, pattern, value),
        FieldKind::Number => Ok(number(field, value)?),
        FieldKind::Date => Ok(date(field, value, today)?),
        FieldKind::SingleChoice => Ok(single_choice(field, value)?),
        FieldKind::MultipleChoice => Ok(multiple_choice(field, value)?),
        FieldKind::Division => Ok(division(value)?),
        FieldKind::Document => document(field, value, today, nationality),
        FieldKind::Phone => phone(value),
        FieldKind::YesNo => match value {
            Value::Bool(_) => Ok(value.clone()),
            _ => Err(AnswerError::WrongType.into()),
        },
    }
}

fn text(field: &FormField, pattern: Option<&Regex>, value: &Value) -> Result<Value, Refused> {
    let text = value.as_str().ok_or(AnswerError::WrongType)?;
    let most = field.max_length.unwrap_or(DEFAULT_TEXT_LENGTH) as usize;
    // Four bytes a character: longer is too long whatever it says, and needs no counting.
    if text.len() > most.saturating_mul(4).saturating_add(MAX_SHORT_BYTES) {
        return Err(AnswerError::TooLong.into());
    }
    let lines = if field.multiline {
        Lines::Many
    } else {
        Lines::One
    };
    let text = if field.source == Some(FieldSource::Name) {
        check_name(text)?
    } else {
        clean_text(text, lines)?
    };
    let length = text.chars().count();
    if length > most {
        return Err(AnswerError::TooLong.into());
    }
    if length < field.min_length.unwrap_or(0) as usize {
        return Err(AnswerError::TooShort.into());
    }
    if pattern.is_some_and(|pattern| !pattern.is_match(&text)) {
        return Err(AnswerError::Pattern.into());
    }
    Ok(Value::String(text))
}

fn number(field: &FormField, value: &Value) -> Result<Value, AnswerError> {
    let places = field.decimals.unwrap_or(0);
    let units = match value {
        Value::Number(number) => {
            decimal::binary(number.as_f64().ok_or(AnswerError::NotANumber)?, places)?
        }
        Value::String(_) => decimal::typed(without_unit(field, &short_string(value)?), places)?,
        _ => return Err(AnswerError::WrongType),
    };
    let value = decimal::value(units, places);
    if value < -MAX_NUMBER || matches!(field.min, Some(FieldBound::Number(min)) if value < min) {
        return Err(AnswerError::BelowMinimum);
    }
    if value > MAX_NUMBER || matches!(field.max, Some(FieldBound::Number(max)) if value > max) {
        return Err(AnswerError::AboveMaximum);
    }
    if places == 0 {
        return Ok(Value::from(units));
    }
    Number::from_f64(value)
        .map(Value::Number)
        .ok_or(AnswerError::NotANumber)
}

/// A number as typed, without the field's unit behind it, in whatever language.
fn without_unit<'a>(field: &FormField, typed: &'a str) -> &'a str {
    let units = field.unit.iter().flat_map(LocalizedText::iter);
    let mut without = units.filter_map(|(_, unit)| typed.strip_suffix(unit));
    let bare = without.next().unwrap_or(typed).trim_end();
    // Degrees have many spellings.
    let mut units = field.unit.iter().flat_map(LocalizedText::iter);
    if units.any(|(_, unit)| unit.contains(['\u{2103}', '\u{b0}'])) {
        return bare.trim_end_matches(['\u{2103}', '\u{b0}', '度', 'C', 'c', ' ']);
    }
    bare
}

/// An accepted answer as conditions see it: a number in whole units of its last decimal place.
pub(crate) fn for_conditions(field: &FormField, answer: &Value) -> Value {
    match (field.decimals.unwrap_or(0), answer.as_f64()) {
        (1.., Some(number)) if field.kind == FieldKind::Number => {
            let units = number * 10_f64.powi(i32::from(field.decimals.unwrap_or(0)));
            #[expect(
                clippy::cast_possible_truncation,
                reason = "at most 1e9 with at most 6 decimals: below 2^53"
            )]
            Value::from(units.round() as i64)
        }
        _ => answer.clone(),
    }
}

/// The day that a bound names: `YYYY-MM-DD`, `today`, `today-14d`, `today+7d`.
pub(crate) fn bound_date(bound: &str, today: NaiveDate) -> Option<NaiveDate> {
    let Some(offset) = bound.strip_prefix("today") else {
        return parse_date(bound);
    };
    if offset.is_empty() {
        return Some(today);
    }
    let days = |text: &str| {
        let text = text.strip_suffix('d')?;
        let plain = text.len() <= 5 && text.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| text.parse().ok().map(Days::new)).flatten()
    };
    match offset.split_at_checked(1)? {
        ("-", count) => today.checked_sub_days(days(count)?),
        ("+", count) => today.checked_add_days(days(count)?),
        _ => None,
    }
}

fn date(field: &FormField, value: &Value, today: NaiveDate) -> Result<Value, AnswerError> {
    let day = typed_date(&short_string(value)?).ok_or(AnswerError::NotADate)?;
    let bound = |bound: Option<&FieldBound>| match bound {
        Some(FieldBound::Date(text)) => bound_date(text, today),
        _ => None,
    };
    // Nobody alive remembers an earlier day, and no plan reaches further.
    let earliest = bound(field.min.as_ref()).or_else(|| NaiveDate::from_ymd_opt(1900, 1, 1));
    let latest = bound(field.max.as_ref()).or_else(|| NaiveDate::from_ymd_opt(2199, 12, 31));
    if earliest.is_some_and(|earliest| day < earliest) {
        return Err(AnswerError::DateTooEarly);
    }
    if latest.is_some_and(|latest| day > latest) {
        return Err(AnswerError::DateTooLate);
    }
    Ok(Value::String(day.to_string()))
}

fn single_choice(field: &FormField, value: &Value) -> Result<Value, AnswerError> {
    let id = value.as_str().ok_or(AnswerError::WrongType)?;
    if field.choices.iter().any(|choice| choice.id == id) {
        Ok(value.clone())
    } else {
        Err(AnswerError::ChoiceUnknown)
    }
}

/// The chosen ids in the form's order, each once.
fn multiple_choice(field: &FormField, value: &Value) -> Result<Value, AnswerError> {
    let items = value.as_array().ok_or(AnswerError::WrongType)?;
    if items.len() > field.choices.len() {
        return Err(AnswerError::ChoiceUnknown);
    }
    let mut chosen = vec![false; field.choices.len()];
    for item in items {
        let id = item.as_str().ok_or(AnswerError::WrongType)?;
        let at = field.choices.iter().position(|choice| choice.id == id);
        chosen[at.ok_or(AnswerError::ChoiceUnknown)?] = true;
    }
    let choices = || {
        field
            .choices
            .iter()
            .zip(&chosen)
            .filter(|(_, chosen)| **chosen)
    };
    if choices().count() > 1 && choices().any(|(choice, _)| choice.exclusive) {
        return Err(AnswerError::ChoiceExclusive);
    }
    Ok(choices().map(|(choice, _)| choice.id.as_str()).collect())
}

fn division(value: &Value) -> Result<Value, AnswerError> {
    let code = match value {
        Value::Number(number) => number.as_u64(),
        Value::String(_) => Some(short_string(value)?)
            .filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()))
            .and_then(|text| text.parse().ok()),
        _ => return Err(AnswerError::WrongType),
    };
    code.and_then(|code| u32::try_from(code).ok())
        .filter(|code| is_plausible_division(*code))
        .map(Value::from)
        .ok_or(AnswerError::DivisionUnknown)
}

fn document(
    field: &FormField,
    value: &Value,
    today: NaiveDate,
    nationality: Option<&str>,
) -> Result<Value, Refused> {
    let parts = value.as_object().ok_or(AnswerError::WrongType)?;
    let part = |name: &str| parts.get(name).and_then(Value::as_str);
    let (Some(kind), Some(number), 2) = (part("kind"), part("number"), parts.len()) else {
        return Err(AnswerError::WrongType.into());
    };
    let kind = DocumentKind::from_id(kind)
        .filter(|kind| field.document_kinds.is_empty() || field.document_kinds.contains(kind))
        .ok_or_else(|| Refused::from(AnswerError::DocumentKindRefused).in_part("kind"))?;
    if shows_nothing(number) {
        return Err(Refused::from(AnswerError::Required).in_part("number"));
    }
    let number = check_document_number(kind, number)?;
    if birth_date(kind, &number).is_some_and(|born| born > today) {
        return Err(DocumentError::BirthDate.into());
    }
    if let Some(nationality) = nationality {
        check_nationality(kind, &number, nationality)?;
    }
    Ok(json!({"kind": kind.id(), "number": number}))
}

fn phone(value: &Value) -> Result<Value, Refused> {
    Ok(Value::String(check_phone(&short_string(value)?)?))
}

/// A string that is no free text, as [`clean_short`] leaves it.
fn short_string(value: &Value) -> Result<String, AnswerError> {
    let text = value.as_str().ok_or(AnswerError::WrongType)?;
    if text.len() > MAX_SHORT_BYTES {
        return Err(AnswerError::TooLong);
    }
    Ok(clean_short(text))
}

impl From<DecimalError> for AnswerError {
    fn from(error: DecimalError) -> Self {
        match error {
            DecimalError::NotANumber => Self::NotANumber,
            DecimalError::TooPrecise => Self::TooPrecise,
            DecimalError::OutOfRange { negative: true } => Self::BelowMinimum,
            DecimalError::OutOfRange { negative: false } => Self::AboveMaximum,
        }
    }
}

impl From<NameError> for Refused {
    fn from(error: NameError) -> Self {
        match error {
            NameError::Character(fault) => fault.into(),
            NameError::NoLetter => AnswerError::NameNoLetter.into(),
            NameError::TooLong => AnswerError::TooLong.into(),
        }
    }
}
