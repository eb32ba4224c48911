//! Forms and what is wrong with answers.

use health_code_core::form::{
    FieldBound, FieldError, FieldKind, FieldSource, FormChoice, FormConstraint, FormDefinition,
    FormField, FormSection,
};
use health_code_core::identity::DocumentKind;

use super::LocalizedText;

type Value = super::JsonText;

health_code_core::describe_form_types!();
health_code_core::describe_answer_types!();
health_code_core::describe_document_types!();
