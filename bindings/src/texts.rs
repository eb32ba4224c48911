//! Words for what the core says in codes, pictures of codes, and the pure functions of forms and rules.

use std::collections::HashMap;

use health_code_core::citizen::{self, OpeningFailure};
use health_code_core::civil_time::CivilTime;
use health_code_core::code::{self, PersonToCompare, Refusal, VerdictAct, VerdictLevel};
use health_code_core::colour::{Colour, Reason, ReasonTexts};
use health_code_core::encoding::json;
use health_code_core::form::{FieldError, Form};
use health_code_core::identity::DocumentKind;
use health_code_core::picture::{self, PictureError};
use health_code_core::rules;
use health_code_core::trust;
use health_code_core::words::moments::{self, MomentStyle, Reading};
use health_code_core::words::{self, Language, LanguageTag, LocalizedText, TextDirection, screens};
use serde_json::Value;

use crate::error::{ErrorText, HealthCodeError, guarded};

/// A colour's word and the shape that tells it without colour.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ColourTexts {
    /// The word, spoken and written beside the colour.
    pub word: String,
    /// One character: circle, triangle, square.
    pub shape: String,
}

/// What the citizen agrees to before anything is sent.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ConsentForm {
    /// Version, for `register`.
    pub version: u32,
    /// A sentence for the citizen.
    pub text: String,
}

/// The modules of a code's picture, without its quiet zone, for an app that draws it itself.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct CodeModules {
    /// Modules a side.
    pub side: u32,
    /// Row by row, `(side + 7) / 8` bytes each, the highest bit first; a set bit is a dark module.
    pub rows: Vec<u8>,
}

health_code_core::hidden_debug!(CodeModules);

/// The consent text of this release.
#[uniffi::export]
pub fn consent(language: String) -> ConsentForm {
    let language = LanguageTag::new(&language).words();
    let text = words::text("consent-text", language);
    ConsentForm {
        version: citizen::CONSENT_VERSION,
        text: text.unwrap_or_default().to_owned(),
    }
}

/// A colour's word and shape.
#[uniffi::export]
pub fn colour_texts(colour: Colour, language: String) -> ColourTexts {
    let language = LanguageTag::new(&language).words();
    ColourTexts {
        word: colour.word(language).to_owned(),
        shape: colour.shape().to_string(),
    }
}

/// Why and what to do, of a reason of the closed list.
#[uniffi::export]
pub fn reason_texts(reason: Reason, language: String) -> ReasonTexts {
    ReasonTexts::known(reason, LanguageTag::new(&language).words())
}

/// The name of a kind of document.
#[uniffi::export]
pub fn document_kind_name(kind: DocumentKind, language: String) -> String {
    kind.name(LanguageTag::new(&language).words()).to_owned()
}

/// Which way a language is written: an app mirrors its screens by it.
#[uniffi::export]
pub fn text_direction(language: String) -> TextDirection {
    LanguageTag::new(&language).direction()
}

/// What to show for a stable code that `CoreHealthCode.open` ended in: what happened, what is kept, what can be done.
#[uniffi::export]
pub fn opening_failure(code: String, language: String) -> OpeningFailure {
    citizen::opening_failure(&code, &LanguageTag::new(&language))
}

/// Languages that the screens have words in, BCP 47.
#[uniffi::export]
pub fn screen_languages() -> Vec<String> {
    Language::ALL
        .map(|language| language.tag().to_owned())
        .to_vec()
}

/// Every word of the apps' screens that needs no arguments, by its id; attributes are `id.attribute`.
#[uniffi::export]
pub fn screen_texts(language: String) -> HashMap<String, String> {
    screens::texts(&LanguageTag::new(&language))
}

/// A word of the apps' screens with its arguments. One in digits counts as a number and takes the plural form of the
/// language. None where there is no such word, or an argument of it is missing.
#[uniffi::export]
pub fn screen_text(
    id: String,
    arguments: HashMap<String, String>,
    language: String,
) -> Option<String> {
    let arguments = arguments.iter();
    let arguments = arguments.map(|(name, value)| (name.as_str(), value.as_str()));
    screens::text(&id, arguments, &LanguageTag::new(&language))
}

/// A moment `at` for somebody who reads it `now`, both Unix seconds: in the civil time of the region, wherever the phone
/// is. `now` is that of `CoreHealthCode.now`, `utc_offset_minutes` that of `HomeView`; without one it is China's, as with one
/// that there is not.
#[uniffi::export(default(utc_offset_minutes = 480))]
pub fn moment_text(
    at: i64,
    now: i64,
    style: MomentStyle,
    language: String,
    utc_offset_minutes: i32,
) -> String {
    let reading = Reading {
        now,
        civil: CivilTime::east(utc_offset_minutes).unwrap_or(CivilTime::CHINA),
        language: &LanguageTag::new(&language),
    };
    reading.moment(at, style)
}

/// A day `YYYY-MM-DD` in words, with its year; what is no day is given back as it is.
#[uniffi::export]
pub fn date_text(date: String, language: String) -> String {
    moments::date_text(&date, &LanguageTag::new(&language))
}

/// A text of signed data for a reader with this BCP 47 tag: in that language, in a near one, in English, in any.
#[uniffi::export]
pub fn localized_text(text: LocalizedText, language: String) -> String {
    text.for_tag(&LanguageTag::new(&language)).to_owned()
}

/// What a guard does with an accepted code (no `refusal`) or a refused one; `local_colour` is what its colour counts as here.
#[uniffi::export(default(refusal = None, local_colour = None))]
pub fn verdict_level(refusal: Option<Refusal>, local_colour: Option<Colour>) -> VerdictLevel {
    VerdictLevel::of(refusal, local_colour)
}

/// What two people compare to know that they have the same key: groups of four hexadecimal digits.
#[uniffi::export]
pub fn key_fingerprint(key: Vec<u8>) -> String {
    trust::key_fingerprint(&key)
}

/// What helps on, after an acceptance (no `refusal`) or a refusal; none where nothing does. `status_checked` is the verdict's.
#[uniffi::export(default(refusal = None))]
pub fn verdict_act(refusal: Option<Refusal>, status_checked: bool) -> Option<VerdictAct> {
    VerdictAct::of(refusal, status_checked)
}

/// What helps on, as a sentence for the guard.
#[uniffi::export]
pub fn verdict_act_text(act: VerdictAct, language: String) -> String {
    act.text(LanguageTag::new(&language).words()).to_owned()
}

/// What of a verdict's masked name and last characters is to be compared with the document: policy says how much of them a code
/// tells.
#[uniffi::export]
pub fn person_to_compare(
    masked_name: String,
    document_tail: String,
    language: String,
) -> PersonToCompare {
    let language = LanguageTag::new(&language).words();
    PersonToCompare::of(&masked_name, &document_tail, language)
}

/// Whether a text read from a picture is meant as a health code: of several codes in a picture the others are passed over.
#[uniffi::export]
pub fn is_health_code(text: String) -> bool {
    text.starts_with(code::TEXT_PREFIX)
}

/// What a checkpoint says of a code that it refuses for `refusal`, or accepts.
#[uniffi::export(default(refusal = None))]
pub fn verdict_text(refusal: Option<Refusal>, language: String) -> ErrorText {
    let code = refusal.map_or(code::ACCEPTED, |refusal| refusal.code());
    let text = code::verdict_text(refusal, LanguageTag::new(&language).words());
    ErrorText {
        code: code.to_owned(),
        text: text.to_owned(),
    }
}

/// A stable code in words, such as that of an error or of a refused upload; none if there is no such code.
#[uniffi::export]
pub fn text_of_code(code: String, language: String) -> Option<String> {
    let text = words::text_of_code(&code, LanguageTag::new(&language).words());
    text.map(str::to_owned)
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

/// A code's modules: around them belongs a quiet zone of four, all black on white.
///
/// # Errors
/// `Code`: not a code's text.
#[uniffi::export]
pub fn code_modules(text: String) -> Result<CodeModules, HealthCodeError> {
    guarded(|| {
        let matrix = picture::matrix(&text).map_err(picture_error)?;
        let side = matrix.size();
        let mut rows = Vec::with_capacity(side * side.div_ceil(8));
        for row in matrix.rows() {
            for first in (0..side).step_by(8) {
                // Bit 0 of a row is its first module.
                let byte = u8::try_from(row >> first & 0xff).unwrap_or_default();
                rows.push(byte.reverse_bits());
            }
        }
        let side = u32::try_from(side).unwrap_or_default();
        Ok(CodeModules { side, rows })
    })
}

fn picture_error(error: PictureError) -> HealthCodeError {
    HealthCodeError::Code {
        code: error.code().to_owned(),
    }
}

/// Checks answers against a form, both as JSON (docs/FORMS.md); `today` is `YYYY-MM-DD`. Gives what is
/// refused, in `language`.
///
/// # Errors
/// `Form`: no form; `Argument`: no JSON object.
#[uniffi::export]
pub fn check_answers(
    form: String,
    answers: String,
    today: String,
    language: String,
) -> Result<Vec<FieldError>, HealthCodeError> {
    guarded(|| {
        let form = Form::from_json(form.as_bytes())?;
        let Ok(Value::Object(answers)) = json::from_slice(answers.as_bytes()) else {
            return Err(HealthCodeError::argument());
        };
        let refused = form.validate(&answers, &today).err().unwrap_or_default();
        let language = LanguageTag::new(&language);
        let in_words = refused.iter().map(|answer| answer.in_words(&language));
        Ok(in_words.collect())
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
            json::from_slice::<Value>(text.as_bytes()).map_err(|_| HealthCodeError::argument())
        };
        let expression = rules::Expression::parse(&read(&expression)?)?;
        Ok(rules::evaluate(&expression, &read(&data)?)?.to_string())
    })
}
