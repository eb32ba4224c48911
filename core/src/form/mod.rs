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
//! | `streak` | consecutive daily check-ins |

mod answers;
mod condition;
mod facts;
mod field;
mod identity;
mod load;
mod schema;
mod streak;
mod validation;
mod value;

pub use answers::{AnswerError, FieldError, Progress, ValidAnswers};
pub use facts::declared_facts;
pub use identity::{check_identity, identity_from};
pub use load::{Form, MAX_FIELDS, MAX_FORM_BYTES, MAX_SECTIONS};
pub use schema::{
    Bound, Choice, Constraint, Field, FieldKind, FormDefinition, Section, Source, Text,
};
pub use streak::{StreakView, receipt_date, streak, streak_view};

crate::coded_errors! {
    /// Why a form cannot be used. `path` names the place in the form.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub enum FormError {
        /// Over [`MAX_FORM_BYTES`].
        TooLarge => "form_too_large", "The form is too large.", "表单过大。";
        /// No JSON, an unknown attribute, a missing one, or one of the wrong type.
        Malformed {
            /// Line, from 1.
            line: u64,
            /// Column, from 1.
            column: u64,
        } => "form_malformed", "The form cannot be read.", "无法读取表单。";
        /// Version 0.
        VersionInvalid => "form_version_invalid", "The form's version is not valid.", "表单版本无效。";
        /// An id or a code with other characters than allowed, or a built-in code.
        IdInvalid {
            /// Where.
            path: String,
        } => "form_id_invalid", "An id in the form is not valid.", "表单中的标识无效。";
        /// The same id, code, source or fact twice.
        Duplicate {
            /// Where.
            path: String,
        } => "form_duplicate", "Something that must be unique in the form occurs twice.", "表单中的标识重复。";
        /// A text that is empty or too long in one of the languages.
        TextInvalid {
            /// Where.
            path: String,
        } => "form_text_invalid", "A text in the form is missing or too long.", "表单中的文字缺失或过长。";
        /// None, or too many.
        CountInvalid {
            /// Where.
            path: String,
        } => "form_count_invalid", "The form has too few or too many parts.", "表单的组成项过少或过多。";
        /// An attribute that does not belong to the field's kind, or lacks there.
        AttributeUnfit {
            /// Where.
            path: String,
        } => "form_attribute_unfit", "An attribute does not go with the kind of field.", "表单项的属性与其类型不符。";
        /// A bound, a length or a number of decimals that makes no sense.
        RangeInvalid {
            /// Where.
            path: String,
        } => "form_range_invalid", "A range in the form is not valid.", "表单中的取值范围无效。";
        /// A pattern that is too long or does not compile.
        PatternInvalid {
            /// Where.
            path: String,
        } => "form_pattern_invalid", "A pattern in the form is not valid.", "表单中的匹配规则无效。";
        /// A condition that is no CertLogic.
        ConditionInvalid {
            /// Where.
            path: String,
        } => "form_condition_invalid", "A condition in the form is not valid.", "表单中的条件无效。";
        /// A condition or an attribute that names a field which is not there, or not before this one.
        ReferenceUnknown {
            /// Where.
            path: String,
        } => "form_reference_unknown", "A condition refers to an unknown or later question.", "表单中的条件引用了不存在或靠后的项。";
        /// A fact that this version does not know, in a form whose answers it shall count.
        FactUnknown {
            /// Where.
            path: String,
        } => "form_fact_unknown", "The form asks for a fact that this version does not know.", "表单中含有本版本无法识别的事实项。";
    }
}

/// The forms that ship with the core, as JSON: an authority publishes them, or its own in their place.
pub const HEALTH_DECLARATION: &str = include_str!("../../data/forms/health-declaration.json");
/// Who the citizen is: data elements (a) of GB/T 38962.
pub const REGISTRATION: &str = include_str!("../../data/forms/registration.json");

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
pub const fn shipped() -> [ShippedForm; 2] {
    [
        ShippedForm {
            id: "health-declaration",
            json: HEALTH_DECLARATION,
        },
        ShippedForm {
            id: "registration",
            json: REGISTRATION,
        },
    ]
}

#[cfg(test)]
mod tests;
