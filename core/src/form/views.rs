//! What a screen shows of a form: its texts in one language, without what only the checks read.
//!
//! Invariant: a field stands here as in the form; which of them to show, and what is wrong with answers, a review says.

use serde::Serialize;

use super::schema::{FieldBound, FieldKind, FormChoice, FormDefinition, FormField, FormSection};
use crate::identity::DocumentKind;
use crate::words::{LanguageTag, LocalizedText};

crate::app_types! {
    describe as describe_form_views;

    /// A questionnaire.
    #[derive(Clone, Debug, PartialEq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct FormView {
        /// Id, the same for all versions.
        pub id: String,
        /// Version, from 1.
        pub version: u32,
        /// In the reader's language.
        pub title: String,
        /// A sentence above the form.
        pub note: Option<String>,
        /// Whether the authority asks with a newer form that this version of the app cannot show: say that the app must be
        /// updated for it.
        pub is_outdated: bool,
        /// Sections, in order.
        pub sections: Vec<FormSectionView>,
    }

    /// Fields under one heading.
    #[derive(Clone, Debug, PartialEq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct FormSectionView {
        /// Id, unique among sections.
        pub id: String,
        /// Heading.
        pub title: String,
        /// Fields, in order.
        pub fields: Vec<FormFieldView>,
    }

    /// One question.
    #[derive(Clone, Debug, PartialEq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct FormFieldView {
        /// Id, unique in the form: answers stand under it.
        pub id: String,
        /// Kind of the answer.
        pub kind: FieldKind,
        /// The question.
        pub label: String,
        /// How to answer it.
        pub hint: Option<String>,
        /// Whether it must be answered when it is visible.
        pub required: bool,
        /// Number: its unit.
        pub unit: Option<String>,
        /// Number, date: least value.
        pub min: Option<FieldBound>,
        /// Number, date: greatest value.
        pub max: Option<FieldBound>,
        /// Number: most decimal places; 0 if left out.
        pub decimals: Option<u8>,
        /// Text: fewest characters.
        pub min_length: Option<u32>,
        /// Text: most characters; 200 if left out.
        pub max_length: Option<u32>,
        /// Text: whether line breaks are allowed.
        pub multiline: bool,
        /// Choice: what can be chosen, in order.
        pub choices: Vec<FormChoiceView>,
        /// Document: kinds that are accepted; all if it is empty.
        pub document_kinds: Vec<DocumentKind>,
    }

    /// What may be answered, in the reader's language.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct FormChoiceView {
        /// Id, unique in the field: what an answer names.
        pub id: String,
        /// In the reader's language.
        pub label: String,
        /// Multiple choice: cannot stand beside others, as "none of these".
        pub exclusive: bool,
    }

    /// A visible field's answer, read back.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct AnswerView {
        /// Id of the field.
        pub field_id: String,
        /// In words: a line for each choice, and for a document's kind and number. None where it was not answered.
        pub text: Option<String>,
    }
}

crate::hidden_debug!(AnswerView);

impl FormView {
    /// A form for a reader of this language.
    #[must_use]
    pub fn new(form: &FormDefinition, is_outdated: bool, language: &LanguageTag) -> Self {
        let local = |text: &LocalizedText| text.for_tag(language).to_owned();
        let choice = |choice: &FormChoice| FormChoiceView {
            id: choice.id.clone(),
            label: local(&choice.label),
            exclusive: choice.exclusive,
        };
        let field = |field: &FormField| FormFieldView {
            id: field.id.clone(),
            kind: field.kind,
            label: local(&field.label),
            hint: field.hint.as_ref().map(local),
            required: field.required,
            unit: field.unit.as_ref().map(local),
            min: field.min.clone(),
            max: field.max.clone(),
            decimals: field.decimals,
            min_length: field.min_length,
            max_length: field.max_length,
            multiline: field.multiline,
            choices: field.choices.iter().map(choice).collect(),
            document_kinds: field.document_kinds.clone(),
        };
        let section = |section: &FormSection| FormSectionView {
            id: section.id.clone(),
            title: local(&section.title),
            fields: section.fields.iter().map(field).collect(),
        };
        Self {
            id: form.id.clone(),
            version: form.version,
            title: local(&form.title),
            note: form.note.as_ref().map(local),
            is_outdated,
            sections: form.sections.iter().map(section).collect(),
        }
    }
}
