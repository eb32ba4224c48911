//! One field of a form: attributes that go with its kind, ranges, choices; pattern and conditions compiled.
//!
//! Invariant: what compiles here can be asked and answered; that the fields fit together is `load`'s.

use std::collections::{BTreeMap, BTreeSet};

use regex_lite::{Regex, RegexBuilder};

use super::FormError;
use super::answers::AnswerError;
use super::condition::{Condition, ConditionFault};
use super::facts::answer_kind;
use super::load::{check_count, check_text, is_field_id, is_id};
use super::schema::{FieldBound, FieldKind, FormField};
use super::value::{DEFAULT_TEXT_LENGTH, MAX_NUMBER, bound_date};
use crate::identity::{DocumentError, PhoneError};
use crate::rules::{Fact, fact as fact_of};

const MAX_CHOICES: usize = 400;
const MAX_CONSTRAINTS: usize = 16;
const MAX_PATTERN_BYTES: usize = 200;
const MAX_ANSWER_CHARS: u32 = 2_000;
const MAX_DECIMALS: u8 = 6;
/// Memory of one compiled pattern, in bytes; also bounds the time of a match.
const PATTERN_MEMORY: usize = 64 * 1024;

/// What is compiled of a field.
#[derive(Debug)]
pub(crate) struct Compiled {
    pub(crate) pattern: Option<Regex>,
    pub(crate) visible: Option<Condition>,
    pub(crate) constraints: Vec<Condition>,
}

pub(super) fn compile<'a>(
    field: &'a FormField,
    earlier: &BTreeMap<&str, FieldKind>,
    codes: &mut BTreeSet<&'a str>,
) -> Result<Compiled, FormError> {
    let path = |part: &str| format!("{}.{part}", field.id);
    check_text(&field.label, &path("label"))?;
    for (text, part) in [(&field.hint, "hint"), (&field.unit, "unit")] {
        if let Some(text) = text {
            check_text(text, &path(part))?;
        }
    }
    check_attributes(field)?;
    check_ranges(field)?;
    check_choices(field)?;
    let pattern = field.pattern.as_deref().map(compile_pattern);
    let pattern = pattern
        .transpose()
        .map_err(|()| FormError::PatternInvalid {
            path: path("pattern"),
        })?;
    let visible = field.visible.as_ref().map(Condition::parse);
    let visible = visible
        .transpose()
        .map_err(|fault| condition_fault(field, "visible", &fault))?;
    if visible
        .iter()
        .flat_map(|condition| &condition.reads)
        .any(|read| !earlier.contains_key(read.as_str()))
    {
        return Err(reference_unknown(field, "visible"));
    }
    check_count(
        field.constraints.len(),
        0,
        MAX_CONSTRAINTS,
        &path("constraints"),
    )?;
    let mut constraints = Vec::with_capacity(field.constraints.len());
    for constraint in &field.constraints {
        check_text(&constraint.text, &path("constraints"))?;
        check_code(&constraint.code, codes, &path("constraints"))?;
        let check = Condition::parse(&constraint.check)
            .map_err(|fault| condition_fault(field, "constraints", &fault))?;
        constraints.push(check);
    }
    Ok(Compiled {
        pattern,
        visible,
        constraints,
    })
}

/// Anchored at both ends, whatever alternatives it has.
fn compile_pattern(pattern: &str) -> Result<Regex, ()> {
    if pattern.len() > MAX_PATTERN_BYTES {
        return Err(());
    }
    let build = |pattern: &str| {
        RegexBuilder::new(pattern)
            .size_limit(PATTERN_MEMORY)
            .build()
            .map_err(|_| ())
    };
    // By itself first: `a)|(b` would otherwise close our group and escape the anchors.
    build(pattern)?;
    build(&format!(r"\A(?:{pattern})\z"))
}

/// Attributes that the kind does not have.
fn check_attributes(field: &FormField) -> Result<(), FormError> {
    use FieldKind::{Date, Document, MultipleChoice, Number, SingleChoice, Text};
    let kind = field.kind;
    let source_fits = field.source.is_none_or(|source| source.kind() == kind);
    let fact = field.fact.as_deref();
    let is_id = fact.is_none_or(is_field_id);
    // Which kinds an unknown fact takes is not known here.
    let fits =
        |fact: &dyn Fact| answer_kind(kind).is_some_and(|kind| fact.answer_kinds().contains(&kind));
    let fact_fits = is_id && fact.and_then(fact_of).is_none_or(fits);
    let ranged = matches!(kind, Number | Date);
    let choice = matches!(kind, SingleChoice | MultipleChoice);
    let misfit = [
        ("unit", field.unit.is_some() && kind != Number),
        ("decimals", field.decimals.is_some() && kind != Number),
        ("min", field.min.is_some() && !ranged),
        ("max", field.max.is_some() && !ranged),
        ("minLength", field.min_length.is_some() && kind != Text),
        ("maxLength", field.max_length.is_some() && kind != Text),
        ("pattern", field.pattern.is_some() && kind != Text),
        ("multiline", field.multiline && kind != Text),
        ("choices", field.choices.is_empty() == choice),
        (
            "documentKinds",
            !field.document_kinds.is_empty() && kind != Document,
        ),
        (
            "nationalityField",
            field.nationality_field.is_some() && kind != Document,
        ),
        ("source", !source_fits),
        ("fact", !fact_fits),
    ];
    match misfit.into_iter().find(|(_, misfit)| *misfit) {
        Some((part, _)) => Err(FormError::AttributeUnfit {
            path: format!("{}.{part}", field.id),
        }),
        None => Ok(()),
    }
}

fn check_ranges(field: &FormField) -> Result<(), FormError> {
    let refuse = |part: &str| {
        Err(FormError::RangeInvalid {
            path: format!("{}.{part}", field.id),
        })
    };
    for (bound, part) in [(&field.min, "min"), (&field.max, "max")] {
        let fits = match bound {
            None => true,
            Some(FieldBound::Number(number)) => {
                field.kind == FieldKind::Number && number.abs() <= MAX_NUMBER
            }
            // Any day will do: that a bound is well formed does not depend on the day.
            Some(FieldBound::Date(text)) => {
                field.kind == FieldKind::Date
                    && bound_date(text, chrono::NaiveDate::default()).is_some()
            }
        };
        if !fits {
            return refuse(part);
        }
    }
    if let (Some(FieldBound::Number(min)), Some(FieldBound::Number(max))) = (&field.min, &field.max)
        && min > max
    {
        return refuse("min");
    }
    if field
        .decimals
        .is_some_and(|decimals| decimals > MAX_DECIMALS)
    {
        return refuse("decimals");
    }
    let most = field.max_length.unwrap_or(DEFAULT_TEXT_LENGTH);
    if !(1..=MAX_ANSWER_CHARS).contains(&most) {
        return refuse("maxLength");
    }
    if field.min_length.is_some_and(|least| least > most) {
        return refuse("minLength");
    }
    Ok(())
}

fn check_choices(field: &FormField) -> Result<(), FormError> {
    let path = format!("{}.choices", field.id);
    check_count(field.choices.len(), 0, MAX_CHOICES, &path)?;
    let mut ids = BTreeSet::new();
    for choice in &field.choices {
        if !is_id(&choice.id, |c| {
            c.is_ascii_alphanumeric() || matches!(c, '_' | '-')
        }) {
            return Err(FormError::IdInvalid { path });
        }
        if !ids.insert(&choice.id) {
            return Err(FormError::Duplicate { path });
        }
        if choice.exclusive && field.kind != FieldKind::MultipleChoice {
            return Err(FormError::AttributeUnfit { path });
        }
        check_text(&choice.label, &path)?;
    }
    Ok(())
}

fn check_code<'a>(
    code: &'a str,
    codes: &mut BTreeSet<&'a str>,
    path: &str,
) -> Result<(), FormError> {
    let of_people = || DocumentError::ENTRIES.iter().chain(PhoneError::ENTRIES);
    let built_in = || AnswerError::ENTRIES.iter().chain(of_people());
    if !is_id(code, |c| {
        c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'
    }) || built_in().any(|entry| entry.code == code)
    {
        return Err(FormError::IdInvalid {
            path: path.to_owned(),
        });
    }
    if !codes.insert(code) {
        return Err(FormError::Duplicate {
            path: path.to_owned(),
        });
    }
    Ok(())
}

fn condition_fault(field: &FormField, part: &str, fault: &ConditionFault) -> FormError {
    match fault {
        ConditionFault::Expression => FormError::ConditionInvalid {
            path: format!("{}.{part}", field.id),
        },
        ConditionFault::Reference => reference_unknown(field, part),
    }
}

pub(super) fn reference_unknown(field: &FormField, part: &str) -> FormError {
    FormError::ReferenceUnknown {
        path: format!("{}.{part}", field.id),
    }
}
