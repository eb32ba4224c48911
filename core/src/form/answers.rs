//! Answers, accepted or refused.
//!
//! Invariant: neither an error nor a `Debug` output carries an answer.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::identity::{CharacterFault, PhoneError};
use crate::words::{self, FluentArgs, Language, LanguageTag, LocalizedText};

crate::coded_errors! {
    /// Why an answer is refused.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum AnswerError {
        /// Required, visible, and not answered.
        Required => "answer_required";
        /// The form has no such field.
        UnknownField => "answer_unknown_field";
        /// Not the JSON type that the kind asks for.
        WrongType => "answer_wrong_type";
        /// Fewer characters than asked for.
        TooShort => "answer_too_short";
        /// More characters than allowed.
        TooLong => "answer_too_long";
        /// A control character or one that stands for a lost one.
        Character => "answer_character_forbidden";
        /// A character that only some devices have a picture for.
        CharacterPrivate => "answer_character_private";
        /// A name whose first shown character is no letter.
        NameNoLetter => "answer_name_without_letter";
        /// The text does not match the field's pattern.
        Pattern => "answer_pattern_mismatch";
        /// Cannot be read as a number.
        NotANumber => "answer_not_a_number";
        /// Below the least value.
        BelowMinimum => "answer_below_minimum";
        /// Above the greatest value.
        AboveMaximum => "answer_above_maximum";
        /// More decimal places than allowed.
        TooPrecise => "answer_too_precise";
        /// Not a day of the calendar in the form `YYYY-MM-DD`.
        NotADate => "answer_not_a_date";
        /// Before the earliest day allowed.
        DateTooEarly => "answer_date_too_early";
        /// After the latest day allowed.
        DateTooLate => "answer_date_too_late";
        /// Not one of the choices.
        ChoiceUnknown => "answer_choice_unknown";
        /// "None of these" together with one of these.
        ChoiceExclusive => "answer_choice_exclusive";
        /// Not six digits with a known province.
        DivisionUnknown => "answer_division_unknown";
        /// Unknown kind of document, or one that this form does not accept.
        DocumentKindRefused => "answer_document_kind_refused";
        /// A condition of the form could not be evaluated on these answers.
        ConditionFailed => "answer_condition_failed";
        /// More answers than any form has questions.
        TooMany => "answers_too_many";
        /// The day given to the validation is no date.
        TodayInvalid => "answers_today_invalid";
    }
}

crate::app_types! {
    describe as describe_answer_types;

    /// An answer that was refused, in words.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct FieldError {
        /// As [`RefusedAnswer::path`].
        pub path: String,
        /// As [`RefusedAnswer::code`].
        pub code: String,
        /// What is wrong, for people.
        pub text: String,
    }
}

impl std::fmt::Debug for FieldError {
    /// Which answer and what is wrong, without the sentence: it may quote what was typed.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FieldError({}: {})", self.path, self.code)
    }
}

/// An answer that was refused.
#[derive(Clone, PartialEq, Eq)]
pub struct RefusedAnswer {
    /// Id of the field; for documents `id.kind` or `id.number`; empty for the form as a whole; `?` for an
    /// unknown field whose name is no id.
    pub path: String,
    /// Stable code: of [`AnswerError`], [`crate::identity::DocumentError`], [`crate::identity::PhoneError`], or a
    /// constraint's own.
    pub code: String,
    /// A constraint's own text, or one that names a character; other codes of the core have theirs in [`crate::words`].
    pub text: Option<LocalizedText>,
}

impl std::fmt::Debug for RefusedAnswer {
    /// Which answer and what is wrong, without the sentence: it may quote what was typed.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RefusedAnswer({}: {})", self.path, self.code)
    }
}

impl RefusedAnswer {
    pub(crate) fn new(path: impl Into<String>, error: AnswerError) -> Self {
        Refused::from(error).at(path)
    }

    /// A code of the table.
    #[must_use]
    pub fn of_code(path: impl Into<String>, code: &'static str) -> Self {
        Self {
            path: path.into(),
            code: code.to_owned(),
            text: None,
        }
    }

    pub(crate) fn of_character(path: impl Into<String>, fault: CharacterFault) -> Self {
        Refused::from(fault).at(path)
    }

    /// The refusal in words.
    #[must_use]
    pub fn in_words(&self, language: &LanguageTag) -> FieldError {
        let text = match &self.text {
            Some(text) => text.for_tag(language),
            None => words::text(&self.code, language.words()).unwrap_or(&self.code),
        };
        FieldError {
            path: self.path.clone(),
            code: self.code.clone(),
            text: text.to_owned(),
        }
    }
}

/// A refusal before it is known where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Refused {
    /// Part of the answer: `kind` or `number` of a document.
    pub(crate) part: Option<&'static str>,
    pub(crate) code: &'static str,
    /// The character at fault.
    character: Option<CharacterFault>,
}

impl Refused {
    pub(crate) fn in_part(self, part: &'static str) -> Self {
        Self {
            part: Some(part),
            ..self
        }
    }
    pub(crate) fn at(self, path: impl Into<String>) -> RefusedAnswer {
        let mut path = path.into();
        if let Some(part) = self.part {
            path.push('.');
            path.push_str(part);
        }
        RefusedAnswer {
            path,
            code: self.code.to_owned(),
            text: self.character.map(|fault| self.naming(fault)),
        }
    }

    /// The text with the character at fault, as its code point, and its place: what cannot be seen is found by these alone.
    fn naming(self, fault: CharacterFault) -> LocalizedText {
        let in_language = |language: Language| {
            let text = words::text(self.code, language).unwrap_or(self.code);
            let mut arguments = FluentArgs::new();
            arguments.set("text", text.to_owned());
            arguments.set("character", format!("U+{:04X}", u32::from(fault.character)));
            arguments.set("place", fault.place.to_string());
            let filled = words::format("character-place", &arguments, language);
            // Isolates around the arguments would be invisible characters of our own.
            let filled = filled.map(|filled| filled.replace(['\u{2068}', '\u{2069}'], ""));
            let filled = filled.unwrap_or_else(|| text.to_owned());
            (language.tag().to_owned(), filled)
        };
        Language::ALL.into_iter().map(in_language).collect()
    }
}

impl From<CharacterFault> for Refused {
    fn from(fault: CharacterFault) -> Self {
        let error = if fault.is_private() {
            AnswerError::CharacterPrivate
        } else {
            AnswerError::Character
        };
        Self {
            character: Some(fault),
            ..error.into()
        }
    }
}

impl From<AnswerError> for Refused {
    fn from(error: AnswerError) -> Self {
        Self {
            part: None,
            character: None,
            code: error.code(),
        }
    }
}

impl From<PhoneError> for Refused {
    fn from(error: PhoneError) -> Self {
        Self {
            part: None,
            character: None,
            code: error.code(),
        }
    }
}

impl From<crate::identity::DocumentError> for Refused {
    fn from(error: crate::identity::DocumentError) -> Self {
        Self {
            part: Some("number"),
            character: None,
            code: error.code(),
        }
    }
}

/// Answers that a form accepted, in their normal forms; answers to fields that are not visible are left out.
#[derive(Clone, PartialEq)]
pub struct ValidAnswers {
    pub(crate) form_id: String,
    pub(crate) form_version: u32,
    pub(crate) values: Map<String, Value>,
}

impl ValidAnswers {
    /// As the form's definition says it, such as `health-declaration`.
    #[must_use]
    pub fn form_id(&self) -> &str {
        &self.form_id
    }
    /// Of the form that was filled in, which may not be the newest.
    #[must_use]
    pub const fn form_version(&self) -> u32 {
        self.form_version
    }
    /// The answers by field id.
    #[must_use]
    pub const fn values(&self) -> &Map<String, Value> {
        &self.values
    }
    /// The answers by field id, as a [`crate::wire::Declaration`] carries them.
    #[must_use]
    pub fn into_values(self) -> Map<String, Value> {
        self.values
    }
}

impl std::fmt::Debug for ValidAnswers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "ValidAnswers({} v{}, {} answers, hidden)",
            self.form_id,
            self.form_version,
            self.values.len()
        )
    }
}

/// How far a form is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Required, visible fields with an acceptable answer.
    pub answered: u32,
    /// Required, visible fields.
    pub required: u32,
}
