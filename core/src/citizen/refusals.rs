//! Refused uploads in words: why, and what is wrong with which field.
//!
//! Invariant: the words are the core's, or those of the form that was filled in; nothing that an answer says is shown as text.

use super::HealthCode;
use crate::sync::{DECLARATION, REGISTRATION, RefusedUpload};
use crate::wire::ProblemKind;
use crate::words::{LanguageTag, text_of_code};

impl HealthCode {
    /// The same with words, in this language.
    pub(crate) fn in_words(&self, refused: &mut RefusedUpload, language: &LanguageTag) {
        let words = language.words();
        let text = text_of_code(&refused.code, words);
        let text = text.or_else(|| text_of_code(ProblemKind::Invalid.code(), words));
        refused.text = text.unwrap_or_default().to_owned();
        let of_core = |code: &String| text_of_code(code, words).map(str::to_owned);
        let code = refused.field_code.as_ref();
        refused.field_text = code.and_then(|code| {
            of_core(code).or_else(|| self.text_of_condition(&refused.kind, code, language))
        });
    }

    /// What a form's own condition says; none where the form in force has none with this code.
    fn text_of_condition(&self, kind: &str, code: &str, language: &LanguageTag) -> Option<String> {
        let form = if kind == DECLARATION.id {
            self.declaration_form()
        } else if kind == REGISTRATION.id {
            self.registration_form()
        } else {
            return None;
        };
        let form = form.ok()?;
        let mut conditions = form.fields().flat_map(|field| &field.constraints);
        let condition = conditions.find(|condition| condition.code == code)?;
        Some(condition.text.for_tag(language).to_owned())
    }
}
