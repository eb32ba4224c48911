//! Who the citizen is: read from a form's answers, and filled into forms, so that nothing is typed twice.
//!
//! Invariant: fields say by `source` which part of the identity they are; no field id is known here.
//! Does not prove an identity: that is the authority's duty at registration.

use std::sync::OnceLock;

use serde_json::{Map, Value, json};

use super::answers::{AnswerError, RefusedAnswer, ValidAnswers};
use super::load::Form;
use super::schema::FieldSource;
use super::{FormError, REGISTRATION, value};
use crate::identity::parse_date;
use crate::sorting;
use crate::wire::Identity;

impl Form {
    /// What the phone can fill in by itself: for each field the last answer if it says `remember`, else
    /// the part of the identity that it names. What this form would refuse is left out.
    /// `previous` holds the citizen's last answers, by field id, of any form.
    #[must_use]
    pub fn prefilled(
        &self,
        identity: Option<&Identity>,
        previous: &Map<String, Value>,
        today: &str,
    ) -> Map<String, Value> {
        let mut answers = Map::new();
        let Some(day) = parse_date(today) else {
            return answers;
        };
        for (field, compiled) in self.fields().zip(&self.compiled) {
            let accepted = |answer: &Value| {
                if value::is_blank(answer) {
                    return None;
                }
                value::check(field, compiled.pattern.as_ref(), answer, day, None).ok()
            };
            let remembered = previous.get(&field.id).filter(|_| field.remember);
            let known = || Some(part_of(identity?, field.source?));
            let answer = remembered.and_then(accepted);
            if let Some(answer) = answer.or_else(|| accepted(&known()?)) {
                answers.insert(field.id.clone(), answer);
            }
        }
        answers
    }
}

/// The identity that a form's answers tell.
///
/// # Errors
/// `answer_required` for each part that no answer tells; paths are those of [`Identity`]'s JSON.
pub fn identity_from(form: &Form, answers: &ValidAnswers) -> Result<Identity, Vec<RefusedAnswer>> {
    let mut missing = Vec::new();
    let mut part = |source: FieldSource, inner: Option<&str>, path: &str| {
        let field = form.fields().find(|field| field.source == Some(source));
        let answer = field.and_then(|field| answers.values.get(&field.id));
        let answer = match inner {
            Some(inner) => answer.and_then(|answer| answer.get(inner)),
            None => answer,
        };
        let answer = answer.cloned();
        if answer.is_none() {
            missing.push(RefusedAnswer::new(path, AnswerError::Required));
        }
        answer.unwrap_or_default()
    };
    let text = |value: Value| value.as_str().unwrap_or_default().to_owned();
    let identity = Identity {
        name: text(part(FieldSource::Name, None, "name")),
        sex: text(part(FieldSource::Sex, None, "sex")),
        nationality: text(part(FieldSource::Nationality, None, "nationality")),
        document_kind: text(part(FieldSource::Document, Some("kind"), "documentKind")),
        document_number: text(part(
            FieldSource::Document,
            Some("number"),
            "documentNumber",
        )),
        division: part(FieldSource::Division, None, "division")
            .as_u64()
            .and_then(|code| u32::try_from(code).ok())
            .unwrap_or_default(),
        address: text(part(FieldSource::Address, None, "address")),
        phone: text(part(FieldSource::Phone, None, "phone")),
    };
    if missing.is_empty() {
        Ok(identity)
    } else {
        Err(missing)
    }
}

/// Checks an identity as the registration form does and returns it in its normal form: the authority's
/// check of a registration.
///
/// # Errors
/// Every refused part; paths are those of [`Identity`]'s JSON.
pub fn check_identity(identity: &Identity, today: &str) -> Result<Identity, Vec<RefusedAnswer>> {
    let form = identity_form().map_err(|_| {
        // The form is part of the program and a test reads it.
        vec![RefusedAnswer::new("", AnswerError::ConditionFailed)]
    })?;
    let answers = form
        .fields()
        .filter_map(|field| Some((field.id.clone(), part_of(identity, field.source?))));
    let answers = form
        .validate(&sorting::gather(answers), today)
        .map_err(|errors| {
            errors
                .into_iter()
                .map(|error| error_in_identity(form, error))
                .collect::<Vec<_>>()
        })?;
    identity_from(form, &answers)
}

/// The path in the registration form of what a registration's body has at `path`, such as `document.number` for
/// `identity.documentNumber`; the path as it is where the form has no such field.
#[cfg(feature = "holder")]
pub(crate) fn path_of_identity(path: &str) -> String {
    let part = path.strip_prefix("identity.").unwrap_or(path);
    let (source, inner) = match part {
        "name" => (FieldSource::Name, ""),
        "sex" => (FieldSource::Sex, ""),
        "nationality" => (FieldSource::Nationality, ""),
        "documentKind" => (FieldSource::Document, ".kind"),
        "documentNumber" => (FieldSource::Document, ".number"),
        "division" => (FieldSource::Division, ""),
        "address" => (FieldSource::Address, ""),
        "phone" => (FieldSource::Phone, ""),
        _ => return path.to_owned(),
    };
    let form = identity_form().ok();
    let field = form.and_then(|form| form.fields().find(|it| it.source == Some(source)));
    field.map_or_else(|| path.to_owned(), |field| format!("{}{inner}", field.id))
}

/// The registration form's identity fields alone.
fn identity_form() -> Result<&'static Form, FormError> {
    static FORM: OnceLock<Result<Form, FormError>> = OnceLock::new();
    let form = FORM.get_or_init(|| {
        let mut definition = Form::from_json(REGISTRATION.as_bytes())?
            .definition()
            .clone();
        for section in &mut definition.sections {
            section.fields.retain(|field| field.source.is_some());
        }
        definition
            .sections
            .retain(|section| !section.fields.is_empty());
        Form::new(definition)
    });
    form.as_ref().map_err(Clone::clone)
}

fn part_of(identity: &Identity, source: FieldSource) -> Value {
    match source {
        FieldSource::Name => identity.name.as_str().into(),
        FieldSource::Sex => identity.sex.as_str().into(),
        FieldSource::Nationality => identity.nationality.as_str().into(),
        FieldSource::Document => {
            json!({"kind": identity.document_kind, "number": identity.document_number})
        }
        FieldSource::Division => identity.division.into(),
        FieldSource::Address => identity.address.as_str().into(),
        FieldSource::Phone => identity.phone.as_str().into(),
    }
}

/// The same error, with the path that the part has in the JSON of an identity.
fn error_in_identity(form: &Form, error: RefusedAnswer) -> RefusedAnswer {
    let (id, inner) = match error.path.split_once('.') {
        Some((id, inner)) => (id, Some(inner)),
        None => (error.path.as_str(), None),
    };
    let path = match (form.field(id).and_then(|field| field.source), inner) {
        (Some(FieldSource::Name), _) => "name",
        (Some(FieldSource::Sex), _) => "sex",
        (Some(FieldSource::Nationality), _) => "nationality",
        (Some(FieldSource::Document), Some("kind")) => "documentKind",
        (Some(FieldSource::Document), _) => "documentNumber",
        (Some(FieldSource::Division), _) => "division",
        (Some(FieldSource::Address), _) => "address",
        (Some(FieldSource::Phone), _) => "phone",
        (None, _) => return error,
    };
    RefusedAnswer {
        path: path.to_owned(),
        ..error
    }
}
