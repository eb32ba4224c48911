//! Forms and what is wrong with answers. `Text`, `Section`, `Field` and the like have names of their own here: apps
//! import them beside their user interface's.

use health_code_core::form::{
    Bound as FieldBound, Choice as FormChoice, Constraint as FormConstraint, Field as FormField,
    Section as FormSection, Source as FieldSource, Text as LocalizedText,
};
use health_code_core::form::{FieldError, FieldKind, FormDefinition};
use health_code_core::identity::DocumentKind;

use super::JsonText;

/// A questionnaire.
#[uniffi::remote(Record)]
pub struct FormDefinition {
    /// Id: lower-case words joined by `-`, at most 64 characters; the same for all versions.
    pub id: String,
    /// Version, from 1. Any change of a published form needs a new one.
    pub version: u32,
    /// Title.
    pub title: LocalizedText,
    /// A sentence above the form.
    pub note: Option<LocalizedText>,
    /// Sections, in order. 1 to 32.
    pub sections: Vec<FormSection>,
}

/// Text in both languages; neither may be empty, each is at most 500 characters.
#[uniffi::remote(Record)]
pub struct LocalizedText {
    /// English.
    pub en: String,
    /// Simplified Chinese.
    pub zh: String,
}

/// Fields under one heading.
#[uniffi::remote(Record)]
pub struct FormSection {
    /// Id, unique among sections; formed like a field's.
    pub id: String,
    /// Heading.
    pub title: LocalizedText,
    /// Fields, in order. At least 1; at most 200 in the whole form.
    pub fields: Vec<FormField>,
}

/// One question. Attributes that do not belong to its kind are refused on load.
#[uniffi::remote(Record)]
pub struct FormField {
    /// Id, unique in the form: a lower-case letter, then letters and digits, at most 64.
    pub id: String,
    /// Kind.
    pub kind: FieldKind,
    /// The question.
    pub label: LocalizedText,
    /// How to answer it.
    pub hint: Option<LocalizedText>,
    /// Whether it must be answered when it is visible.
    pub required: bool,
    /// CertLogic expression; the field is asked only where it holds. It may refer to earlier fields only.
    pub visible: Option<JsonText>,
    /// Conditions that an answer must meet beside those of its kind. At most 16.
    pub constraints: Vec<FormConstraint>,
    /// What the phone knows already and fills in, so that nobody types it twice.
    pub source: Option<FieldSource>,
    /// Whether the last answer is offered again; it comes before `source`.
    pub remember: bool,
    /// Id of the fact that counts for the colour, such as `temperature`; a later version may know more of them.
    pub fact: Option<String>,
    /// Number: its unit.
    pub unit: Option<LocalizedText>,
    /// Number, date: least value.
    pub min: Option<FieldBound>,
    /// Number, date: greatest value.
    pub max: Option<FieldBound>,
    /// Number: most decimal places, 0 to 6; 0 if left out.
    pub decimals: Option<u8>,
    /// LocalizedText: fewest characters.
    pub min_length: Option<u32>,
    /// LocalizedText: most characters, at most 2,000; 200 if left out.
    pub max_length: Option<u32>,
    /// LocalizedText: regular expression that the whole text must match. At most 200 characters.
    pub pattern: Option<String>,
    /// LocalizedText: whether line breaks are allowed.
    pub multiline: bool,
    /// FormChoice: what can be chosen, in order. 1 to 400.
    pub choices: Vec<FormChoice>,
    /// Document: kinds that are accepted; all if left out.
    pub document_kinds: Vec<DocumentKind>,
    /// Document: an earlier single choice of nationality (GB/T 2659 alpha-3) that the document must go with.
    pub nationality_field: Option<String>,
}

/// Kinds of fields, and what an answer looks like in JSON.
#[uniffi::remote(Enum)]
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
    /// `{"kind": "resident_id", "number": "..."}`; kinds as in `DocumentKind`.
    Document,
    /// A phone number: mainland mobile or landline, or `+` and country code (ITU-T E.164).
    Phone,
    /// `true` or `false`.
    YesNo,
}

/// A choice.
#[uniffi::remote(Record)]
pub struct FormChoice {
    /// Id, unique in the field, stable for ever: letters, digits, `_` and `-`, at most 64.
    pub id: String,
    /// Label.
    pub label: LocalizedText,
    /// Multiple choice: cannot stand beside others, as "none of these". It is left out of facts.
    pub exclusive: bool,
}

/// A condition that an answer must meet. It is looked at once the field is answered and neither the field
/// nor any other that the condition refers to has an error.
#[uniffi::remote(Record)]
pub struct FormConstraint {
    /// Stable snake_case code, unique in the form, none of the built-in ones.
    pub code: String,
    /// CertLogic expression; the answer is refused unless it holds.
    pub check: JsonText,
    /// What to tell people when it does not hold.
    pub text: LocalizedText,
}

/// Least or greatest value.
#[uniffi::remote(Enum)]
pub enum FieldBound {
    /// Of a number.
    Number(f64),
    /// Of a date: `YYYY-MM-DD`, `today`, `today-14d` or `today+7d`.
    Date(String),
}

/// What the phone knows about its owner (`Identity`).
#[uniffi::remote(Enum)]
pub enum FieldSource {
    /// Name. Text.
    Name,
    /// Sex, GB/T 2261.1. Single choice.
    Sex,
    /// Nationality, GB/T 2659 alpha-3. Single choice.
    Nationality,
    /// Document. Document.
    Document,
    /// Division of registration. Division.
    Division,
    /// Address. Text.
    Address,
    /// Phone. Phone.
    Phone,
}

/// Kinds of documents.
#[uniffi::remote(Enum)]
pub enum DocumentKind {
    /// Resident identity card, GB 11643: 18 characters. Residence permits for people from Hong Kong, Macao
    /// (81, 82) and Taiwan (83) carry numbers of the same form and belong here.
    ResidentId,
    /// Passport of any country: 5 to 9 letters and digits (ICAO Doc 9303, part 4).
    Passport,
    /// Mainland travel permit for Hong Kong and Macao residents: H or M and 8 digits (10 on older cards).
    HkMacaoPermit,
    /// Mainland travel permit for Taiwan residents: 8 digits (older ones 10 and perhaps a letter).
    TaiwanPermit,
    /// Foreign permanent resident's card: 18 characters starting with 9, or the older 15.
    ForeignPermanentResident,
    /// Anything else: 4 to 32 letters, digits, `/`, `(` and `)`.
    Other,
}

/// An answer that was refused.
#[uniffi::remote(Record)]
pub struct FieldError {
    /// Id of the field; for documents `id.kind` or `id.number`; empty for the form as a whole; `?` for an
    /// unknown field whose name is no id.
    pub path: String,
    /// Stable code: of `AnswerError`, `DocumentError`, or a constraint's own.
    pub code: String,
    /// LocalizedText for people, English.
    pub text_en: String,
    /// LocalizedText for people, Simplified Chinese.
    pub text_zh: String,
}
