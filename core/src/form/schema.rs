//! What a form is made of: plain data, as it stands in the JSON (`docs/FORMS.md`).
//!
//! Invariant: every attribute is one of those here; an unknown one is refused, so that a mistyped
//! `"requried"` never turns into a question nobody has to answer. Whether the parts fit together is
//! checked by [`super::Form::from_json`].

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::identity::DocumentKind;
use crate::words::LocalizedText;

/// A questionnaire.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FormDefinition {
    /// Id: lower-case words joined by `-`, at most 64 characters; the same for all versions.
    pub id: String,
    /// Version, from 1. Any change of a published form needs a new one.
    pub version: u32,
    /// By language, shown above its questions.
    pub title: LocalizedText,
    /// A sentence above the form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<LocalizedText>,
    /// Sections, in order. 1 to 32.
    pub sections: Vec<FormSection>,
}

/// Fields under one heading.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FormSection {
    /// Id, unique among sections; formed like a field's.
    pub id: String,
    /// Heading.
    pub title: LocalizedText,
    /// Fields, in order. At least 1; at most 200 in the whole form.
    pub fields: Vec<FormField>,
}

/// One question. Attributes that do not belong to its kind are refused on load.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FormField {
    /// Id, unique in the form: a lower-case letter, then letters and digits, at most 64.
    pub id: String,
    /// What an answer is, and how it is entered.
    pub kind: FieldKind,
    /// The question.
    pub label: LocalizedText,
    /// How to answer it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<LocalizedText>,
    /// Whether it must be answered when it is visible.
    #[serde(default, skip_serializing_if = "is_false")]
    pub required: bool,
    /// CertLogic expression; the field is asked only where it holds. It may refer to earlier fields only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visible: Option<Value>,
    /// Conditions that an answer must meet beside those of its kind. At most 16.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub constraints: Vec<FormConstraint>,
    /// What the phone knows already and fills in, so that nobody types it twice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<FieldSource>,
    /// Whether the last answer is offered again; it comes before `source`.
    #[serde(default, skip_serializing_if = "is_false")]
    pub remember: bool,
    /// Id of the fact ([`crate::rules::Fact`]) that the answer tells; one that this version does not know tells it
    /// nothing and is carried.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fact: Option<String>,

    /// Number: its unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<LocalizedText>,
    /// Number, date: least value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<FieldBound>,
    /// Number, date: greatest value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<FieldBound>,
    /// Number: most decimal places, 0 to 6; 0 if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decimals: Option<u8>,
    /// Text: fewest characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_length: Option<u32>,
    /// Text: most characters, at most 2,000; 200 if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_length: Option<u32>,
    /// Text: regular expression that the whole text must match. At most 200 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// Text: whether line breaks are allowed.
    #[serde(default, skip_serializing_if = "is_false")]
    pub multiline: bool,
    /// Choice: what can be chosen, in order. 1 to 400.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<FormChoice>,
    /// Choice: an earlier field whose choices are these, in place of its own. A form that was read has both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choices_of: Option<String>,
    /// Document: kinds that are accepted; all if left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub document_kinds: Vec<DocumentKind>,
    /// Document: an earlier single choice of nationality (GB/T 2659 alpha-3) that the document must go with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nationality_field: Option<String>,
}

/// What may be answered to a question, and its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FormChoice {
    /// Id, unique in the field, stable for ever: letters, digits, `_` and `-`, at most 64.
    pub id: String,
    /// By language, as it stands beside the box.
    pub label: LocalizedText,
    /// Multiple choice: cannot stand beside others, as "none of these". It is left out of facts.
    #[serde(default, skip_serializing_if = "is_false")]
    pub exclusive: bool,
}

/// A condition that an answer must meet. It is looked at once the field is answered and neither the field
/// nor any other that the condition refers to has an error.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FormConstraint {
    /// Stable snake_case code, unique in the form, none of the built-in ones.
    pub code: String,
    /// CertLogic expression; the answer is refused unless it holds.
    pub check: Value,
    /// What to tell people when it does not hold.
    pub text: LocalizedText,
}

/// What the phone knows about its owner ([`crate::wire::Identity`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum FieldSource {
    /// Name. Text.
    #[serde(rename = "identity.name")]
    Name,
    /// Sex, GB/T 2261.1. Single choice.
    #[serde(rename = "identity.sex")]
    Sex,
    /// Nationality, GB/T 2659 alpha-3. Single choice.
    #[serde(rename = "identity.nationality")]
    Nationality,
    /// Document. Document.
    #[serde(rename = "identity.document")]
    Document,
    /// Division of registration. Division.
    #[serde(rename = "identity.division")]
    Division,
    /// Address. Text.
    #[serde(rename = "identity.address")]
    Address,
    /// Phone. Phone.
    #[serde(rename = "identity.phone")]
    Phone,
}

crate::app_types! {
    describe as describe_form_types;

    /// Kinds of fields, and what an answer looks like in JSON.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum FieldKind {
        /// A string.
        Text,
        /// A number, or a string with one as typed.
        Number,
        /// A string `YYYY-MM-DD`.
        Date,
        /// The id of a choice.
        SingleChoice,
        /// An array of ids of choices.
        MultipleChoice,
        /// A division of GB/T 2260: six digits, a number or a string.
        Division,
        /// `{"kind": "resident_id", "number": "..."}`; kinds as in [`DocumentKind`].
        Document,
        /// A phone number: mainland mobile or landline, or `+` and country code (ITU-T E.164).
        Phone,
        /// `true` or `false`.
        YesNo,
    }

    /// Least or greatest value.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[serde(untagged)]
    pub enum FieldBound {
        /// In the field's unit.
        Number(f64),
        /// Of a date: `YYYY-MM-DD`, `today`, `today-14d` or `today+7d`.
        Date(String),
    }
}

impl FieldSource {
    /// Kind of the fields that may take it.
    #[must_use]
    pub const fn kind(self) -> FieldKind {
        match self {
            Self::Name | Self::Address => FieldKind::Text,
            Self::Sex | Self::Nationality => FieldKind::SingleChoice,
            Self::Document => FieldKind::Document,
            Self::Division => FieldKind::Division,
            Self::Phone => FieldKind::Phone,
        }
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
fn is_false(value: &bool) -> bool {
    !value
}
