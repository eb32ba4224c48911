//! Questionnaires as data: what the authority asks is a signed, versioned JSON document, not code.
//!
//! Invariant: pure. The day is an argument, an answer never stands in an error, and what
//! [`Form::validate`] accepts on the phone it accepts on the authority, since both run this code.
//! Does not draw a form, does not store one, and does not decide a colour (see [`crate::rules`]).
//!
//! | file | what it is |
//! |---|---|
//! | `schema` | what a form is made of: plain data |
//! | `load`, `field` | [`Form`]: read, checked, compiled |
//! | `condition` | CertLogic conditions for visibility and constraints |
//! | `validation` | all errors at once, one field, progress, visible fields |
//! | `value` | one answer against one field |
//! | `answers` | accepted answers, refusals |
//! | `identity` | who the citizen is: from answers, and into forms, so nothing is typed twice |
//! | `facts` | the facts that a declaration tells |
//! | `read_back` | answers in words, to be checked before they are sent |
//! | `views` | what a screen shows of a form, in one language |

mod answers;
mod compact;
mod condition;
mod facts;
mod field;
mod identity;
mod load;
mod read_back;
mod schema;
mod validation;
mod value;
mod views;

pub use answers::{AnswerError, FieldError, Progress, RefusedAnswer, ValidAnswers};
pub use facts::declared_facts;
#[cfg(feature = "holder")]
pub(crate) use identity::path_of_identity;
pub use identity::{check_identity, identity_from};
pub use load::{Form, MAX_FIELDS, MAX_FORM_BYTES, MAX_SECTIONS};
pub use schema::{
    FieldBound, FieldKind, FieldSource, FormChoice, FormConstraint, FormDefinition, FormField,
    FormSection,
};
pub use views::{AnswerView, FormChoiceView, FormFieldView, FormSectionView, FormView};

crate::coded_errors! {
    /// Why a form cannot be used. `path` names the place in the form.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub enum FormError {
        /// Over [`MAX_FORM_BYTES`].
        TooLarge => "form_too_large";
        /// No JSON, an unknown attribute, a missing one, or one of the wrong type.
        Malformed {
            /// Line, from 1.
            line: u64,
            /// Column, from 1.
            column: u64,
        } => "form_malformed";
        /// A version must be 1 or more.
        VersionInvalid => "form_version_invalid";
        /// An id or a code with other characters than allowed, or a built-in code.
        IdInvalid {
            /// Where.
            path: String,
        } => "form_id_invalid";
        /// The same id, code, source or fact twice.
        Duplicate {
            /// Where.
            path: String,
        } => "form_duplicate";
        /// A text that is empty or too long in one of the languages.
        TextInvalid {
            /// Where.
            path: String,
        } => "form_text_invalid";
        /// None, or too many.
        CountInvalid {
            /// Where.
            path: String,
        } => "form_count_invalid";
        /// An attribute that does not belong to the field's kind, or lacks there.
        AttributeUnfit {
            /// Where.
            path: String,
        } => "form_attribute_unfit";
        /// A bound, a length or a number of decimals that makes no sense.
        RangeInvalid {
            /// Where.
            path: String,
        } => "form_range_invalid";
        /// A pattern that is too long or does not compile.
        PatternInvalid {
            /// Where.
            path: String,
        } => "form_pattern_invalid";
        /// A condition that is no CertLogic.
        ConditionInvalid {
            /// Where.
            path: String,
        } => "form_condition_invalid";
        /// A condition or an attribute that names a field which is not there, or not before this one.
        ReferenceUnknown {
            /// Where.
            path: String,
        } => "form_reference_unknown";
        /// A fact that this version does not know, in a form whose answers it shall count.
        FactUnknown {
            /// Where.
            path: String,
        } => "form_fact_unknown";
    }
}

/// The file without the blanks that only people need.
macro_rules! shipped_form {
    ($file:literal) => {{
        const FILE: &str = include_str!($file);
        const COMPACT: [u8; compact::length(FILE)] = compact::compact(FILE);
        match std::str::from_utf8(&COMPACT) {
            Ok(form) => form,
            Err(_) => FILE,
        }
    }};
}

/// The forms that ship with the core, as JSON: an authority publishes them, or its own in their place.
pub const HEALTH_DECLARATION: &str = shipped_form!("../../data/forms/health-declaration.json");
/// Who the citizen is: data elements (a) of GB/T 38962.
pub const REGISTRATION: &str = shipped_form!("../../data/forms/registration.json");

/// How somebody came from abroad, from where, and to which address.
pub const ENTRY_DECLARATION: &str = shipped_form!("../../data/forms/entry-declaration.json");

/// A form that ships with the core.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShippedForm {
    /// Id of the form.
    pub id: &'static str,
    /// Its JSON.
    pub json: &'static str,
}

/// The shipped forms.
#[must_use]
pub const fn shipped() -> [ShippedForm; 3] {
    [
        ShippedForm {
            id: "health-declaration",
            json: HEALTH_DECLARATION,
        },
        ShippedForm {
            id: "registration",
            json: REGISTRATION,
        },
        ShippedForm {
            id: "entry-declaration",
            json: ENTRY_DECLARATION,
        },
    ]
}

#[cfg(test)]
mod tests;
