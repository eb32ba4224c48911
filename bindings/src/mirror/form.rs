//! Forms and what is wrong with answers.

use health_code_core::form::{
    AnswerView, FieldBound, FieldError, FieldKind, FormChoiceView, FormFieldView, FormSectionView,
    FormView,
};
use health_code_core::identity::DocumentKind;

health_code_core::describe_form_types!();
health_code_core::describe_form_views!();
health_code_core::describe_answer_types!();
health_code_core::describe_document_types!();
