//! Answers, accepted or refused.
//!
//! Invariant: neither an error nor a `Debug` output carries an answer.

use serde::Serialize;
use serde_json::{Map, Value};

crate::coded_errors! {
    /// Why an answer is refused.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum AnswerError {
        /// Required, visible, and not answered.
        Required => "answer_required", "This must be answered.", "此项必填。";
        /// The form has no such field.
        UnknownField => "answer_unknown_field", "The form has no such question.", "表单中没有此项。";
        /// Not the JSON type that the kind asks for.
        WrongType => "answer_wrong_type", "The answer has the wrong type.", "填写内容的类型不正确。";
        /// Fewer characters than asked for.
        TooShort => "answer_too_short", "The text is too short.", "填写内容过短。";
        /// More characters than allowed.
        TooLong => "answer_too_long", "The text is too long.", "填写内容过长。";
        /// A control character or an invisible one.
        Character => "answer_character_forbidden", "The text contains a character that is not allowed.", "填写内容含有不允许的字符。";
        /// The text does not match the field's pattern.
        Pattern => "answer_pattern_mismatch", "The text does not have the expected form.", "填写内容的格式不正确。";
        /// Cannot be read as a number.
        NotANumber => "answer_not_a_number", "This is not a number.", "请填写数字。";
        /// Below the least value.
        BelowMinimum => "answer_below_minimum", "The value is below the allowed range.", "数值低于允许范围。";
        /// Above the greatest value.
        AboveMaximum => "answer_above_maximum", "The value is above the allowed range.", "数值高于允许范围。";
        /// More decimal places than allowed.
        TooPrecise => "answer_too_precise", "The value has too many decimal places.", "小数位数过多。";
        /// Not a day of the calendar in the form `YYYY-MM-DD`.
        NotADate => "answer_not_a_date", "This is not a date.", "日期无效。";
        /// Before the earliest day allowed.
        DateTooEarly => "answer_date_too_early", "The date is too early.", "日期过早。";
        /// After the latest day allowed.
        DateTooLate => "answer_date_too_late", "The date is too late.", "日期过晚。";
        /// Not one of the choices.
        ChoiceUnknown => "answer_choice_unknown", "This is not one of the choices.", "所选项不存在。";
        /// "None of these" together with one of these.
        ChoiceExclusive => "answer_choice_exclusive", "This choice cannot be combined with others.", "此选项不能与其他选项同时选择。";
        /// Not six digits with a known province.
        DivisionUnknown => "answer_division_unknown", "This is not a division code.", "行政区划代码无效。";
        /// Not a phone number.
        PhoneInvalid => "answer_phone_invalid", "This is not a phone number.", "电话号码无效。";
        /// Unknown kind of document, or one that this form does not accept.
        DocumentKindRefused => "answer_document_kind_refused", "This kind of document is not accepted.", "不接受此类证件。";
        /// A condition of the form could not be evaluated on these answers.
        ConditionFailed => "answer_condition_failed", "The form's condition on this question cannot be evaluated.", "无法判断此项的填写条件。";
        /// More answers than any form has questions.
        TooMany => "answers_too_many", "There are too many answers.", "填写项过多。";
        /// The day given to the validation is no date.
        TodayInvalid => "answers_today_invalid", "The current date is not valid.", "当前日期无效。";
    }
}

/// An answer that was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FieldError {
    /// Id of the field; for documents `id.kind` or `id.number`; empty for the form as a whole; `?` for an
    /// unknown field whose name is no id.
    pub path: String,
    /// Stable code: of [`AnswerError`], [`crate::identity::DocumentError`], or a constraint's own.
    pub code: String,
    /// Text for people, English.
    pub text_en: String,
    /// Text for people, Simplified Chinese.
    pub text_zh: String,
}

impl FieldError {
    pub(crate) fn new(path: impl Into<String>, error: AnswerError) -> Self {
        Refused::from(error).at(path)
    }
}

/// A refusal before it is known where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Refused {
    /// Part of the answer: `kind` or `number` of a document.
    pub(crate) part: Option<&'static str>,
    pub(crate) code: &'static str,
    text_en: &'static str,
    text_zh: &'static str,
}

impl Refused {
    pub(crate) fn in_part(self, part: &'static str) -> Self {
        Self {
            part: Some(part),
            ..self
        }
    }
    pub(crate) fn at(self, path: impl Into<String>) -> FieldError {
        let mut path = path.into();
        if let Some(part) = self.part {
            path.push('.');
            path.push_str(part);
        }
        FieldError {
            path,
            code: self.code.to_owned(),
            text_en: self.text_en.to_owned(),
            text_zh: self.text_zh.to_owned(),
        }
    }
}

impl From<AnswerError> for Refused {
    fn from(error: AnswerError) -> Self {
        Self {
            part: None,
            code: error.code(),
            text_en: error.text_en(),
            text_zh: error.text_zh(),
        }
    }
}

impl From<crate::identity::DocumentError> for Refused {
    fn from(error: crate::identity::DocumentError) -> Self {
        Self {
            part: Some("number"),
            code: error.code(),
            text_en: error.text_en(),
            text_zh: error.text_zh(),
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
    /// Id of the form.
    #[must_use]
    pub fn form_id(&self) -> &str {
        &self.form_id
    }
    /// Version of the form.
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
