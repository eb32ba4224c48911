//! Words for what the core says in codes, pictures of codes, and the pure functions of forms and rules.

use health_code_core::citizen;
use health_code_core::code::Refusal;
use health_code_core::colour::{Colour, Reason, ReasonTexts};
use health_code_core::error_table;
use health_code_core::form::{FieldError, Form};
use health_code_core::picture::{self, PictureError};
use health_code_core::rules;
use health_code_core::wire::ProblemKind;
use health_code_core::words::{self, Language, LocalizedText};
use serde_json::Value;

use crate::error::{BindingError, ErrorText, HealthCodeError, guarded, text_of};

/// A colour's words and the shape that tells it without colour.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ColourTexts {
    /// English.
    pub word_en: String,
    /// Simplified Chinese.
    pub word_zh: String,
    /// One character: circle, triangle, square.
    pub shape: String,
}

/// What the citizen agrees to before anything is sent.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ConsentForm {
    /// Version, for `register`.
    pub version: u32,
    /// English.
    pub text_en: String,
    /// Simplified Chinese.
    pub text_zh: String,
}

/// The consent text of this release.
#[uniffi::export]
pub fn consent() -> ConsentForm {
    ConsentForm {
        version: citizen::CONSENT_VERSION,
        text_en: consent_text(Language::English),
        text_zh: consent_text(Language::Chinese),
    }
}

fn consent_text(language: Language) -> String {
    words::text("consent", language)
        .unwrap_or_default()
        .to_owned()
}

/// A colour's words and shape.
#[uniffi::export]
pub fn colour_texts(colour: Colour) -> ColourTexts {
    ColourTexts {
        word_en: colour.word(Language::English).to_owned(),
        word_zh: colour.word(Language::Chinese).to_owned(),
        shape: colour.shape().to_string(),
    }
}

/// A reason's texts.
#[uniffi::export]
pub fn reason_texts(reason: Reason) -> ReasonTexts {
    reason.into()
}

/// A text of signed data for a reader with this BCP 47 tag: in that language, in a near one, in English, in any.
#[uniffi::export]
pub fn localized_text(text: LocalizedText, language: String) -> String {
    text.for_tag(&language).to_owned()
}

/// A refusal's code and texts.
#[uniffi::export]
pub fn refusal_text(refusal: Refusal) -> ErrorText {
    text_of!(refusal)
}

/// Every stable code with its texts, as in docs/ERROR_CODES.md.
#[uniffi::export]
pub fn error_texts() -> Vec<ErrorText> {
    let entries = error_table::catalogue();
    let own = BindingError::ENTRIES.iter().copied();
    entries
        .into_iter()
        .chain(own)
        .map(|entry| ErrorText {
            code: entry.code.to_owned(),
            text_en: (entry.text)(Language::English).to_owned(),
            text_zh: (entry.text)(Language::Chinese).to_owned(),
        })
        .collect()
}

/// The texts of a stable code, such as that of a refused upload; none if there is no such code.
#[uniffi::export]
pub fn text_of_code(code: String) -> Option<ErrorText> {
    let problem = ProblemKind::ALL.iter().find(|kind| kind.code() == code);
    match problem {
        Some(kind) => Some(ErrorText {
            code,
            text_en: kind.title(Language::English).to_owned(),
            text_zh: kind.title(Language::Chinese).to_owned(),
        }),
        None => error_texts().into_iter().find(|text| text.code == code),
    }
}

/// A code's picture: PNG, black on white, quiet zone included. One pixel a module is for screens: scale it without
/// smoothing. Up to 32 for files and printers.
///
/// # Errors
/// `Code`: not a code's text, or another scale.
#[uniffi::export(default(pixels_per_module = 1))]
pub fn code_png(text: String, pixels_per_module: u32) -> Result<Vec<u8>, HealthCodeError> {
    guarded(|| {
        let matrix = picture::matrix(&text).map_err(picture_error)?;
        picture::png(&matrix, pixels_per_module).map_err(picture_error)
    })
}

/// A code's picture as SVG, quiet zone included.
///
/// # Errors
/// `Code`: not a code's text.
#[uniffi::export]
pub fn code_svg(text: String) -> Result<String, HealthCodeError> {
    guarded(|| {
        Ok(picture::svg(
            &picture::matrix(&text).map_err(picture_error)?,
        ))
    })
}

fn picture_error(error: PictureError) -> HealthCodeError {
    HealthCodeError::Code {
        reason: text_of!(error),
    }
}

/// Checks answers against a form, both as JSON (docs/FORMS.md); `today` is `YYYY-MM-DD`. Gives what is refused.
///
/// # Errors
/// `Form`: no form; `Argument`: no JSON object.
#[uniffi::export]
pub fn check_answers(
    form: String,
    answers: String,
    today: String,
) -> Result<Vec<FieldError>, HealthCodeError> {
    guarded(|| {
        let form = Form::from_json(form.as_bytes())?;
        let Ok(Value::Object(answers)) = serde_json::from_str(&answers) else {
            return Err(HealthCodeError::argument());
        };
        Ok(form.validate(&answers, &today).err().unwrap_or_default())
    })
}

/// Evaluates a CertLogic expression on data, both as JSON; gives JSON, date-times as text.
///
/// # Errors
/// `Form`: no such rule; `Argument`: no JSON.
#[uniffi::export]
pub fn evaluate_rule(expression: String, data: String) -> Result<String, HealthCodeError> {
    guarded(|| {
        let read = |text: &str| {
            serde_json::from_str::<Value>(text).map_err(|_| HealthCodeError::argument())
        };
        let expression = rules::Expression::parse(&read(&expression)?)?;
        Ok(rules::evaluate(&expression, &read(&data)?)?.to_string())
    })
}
