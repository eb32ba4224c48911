//! What a laboratory sends: the claims of a JWT (RFC 7519) that it signs as a compact JWS (RFC 7515), and what it is answered.
//!
//! Invariant: every result has an id of the laboratory's own and a version; the same id and version is the same result. Of one
//! report each result is judged alone. Pure: says nothing of whose document one is.

use serde::{Deserialize, Serialize};

use super::ReportError;
use super::wire::Dose;

/// Most results of one report.
pub const MAX_REPORTS: usize = 100;
/// Longest id, bytes.
const MAX_ID_BYTES: usize = 64;
/// Longest place or product, characters.
const MAX_TEXT_CHARS: usize = 80;
/// Most doses.
const MAX_DOSES: u8 = 99;
/// Years that a sample can be of: 1970 to 9999, Unix seconds.
const SAMPLED_AT: std::ops::RangeInclusive<i64> = 0..=253_402_300_799;
/// Most versions of one result.
const MAX_VERSIONS: u32 = 100;

/// The claims of a report.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Reports {
    /// The laboratory's id.
    pub iss: String,
    /// The authority's division, six digits.
    pub aud: String,
    /// When it was signed, Unix seconds.
    pub iat: i64,
    /// At most [`MAX_REPORTS`].
    pub results: Vec<Report>,
}

/// One result.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The laboratory's own id of it.
    pub id: String,
    /// From 1; a correction, or that it is withdrawn, is the next one.
    pub version: u32,
    /// Whose.
    pub document: ReportedDocument,
    /// Such as `nucleic_acid`.
    pub kind: String,
    /// `negative`, `positive`, `pending`, `inconclusive`, `vaccinated`.
    pub outcome: String,
    /// When the sample was taken, or the dose given, Unix seconds.
    pub sampled_at: i64,
    /// Where, for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Which dose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dose: Option<Dose>,
    /// Name of the vaccine or of the test.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// It is not so, and nothing takes its place.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub withdrawn: bool,
}

/// A document by its kind and number.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReportedDocument {
    /// Such as `resident_id`.
    pub kind: String,
    /// As it is printed.
    pub number: String,
}

/// What a laboratory is answered: the same whether or not anybody is registered with a document.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReportsAnswer {
    /// In the order of the report.
    pub results: Vec<ReportAnswer>,
}

/// What became of one result.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReportAnswer {
    /// The laboratory's id of it.
    pub id: String,
    /// Its version.
    pub version: u32,
    /// Stable code of why it was refused; none: it is on disk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
}

impl Report {
    /// Whether it can be a result at all.
    ///
    /// # Errors
    /// [`ReportError::FieldInvalid`].
    pub fn check(&self) -> Result<(), ReportError> {
        let is_text = |text: &String| {
            let count = text.chars().count();
            let is_plain = !text.chars().any(char::is_control);
            (1..=MAX_TEXT_CHARS).contains(&count) && is_plain && !text.trim().is_empty()
        };
        let is_dose = |dose: &Dose| {
            let is_of = dose.of.is_none_or(|of| (1..=MAX_DOSES).contains(&of));
            (1..=MAX_DOSES).contains(&dose.number) && is_of
        };
        let is_sound = [&self.id, &self.kind, &self.outcome]
            .into_iter()
            .all(|id| is_result_id(id))
            && (1..=MAX_VERSIONS).contains(&self.version)
            && SAMPLED_AT.contains(&self.sampled_at)
            && self.place.as_ref().is_none_or(is_text)
            && self.product.as_ref().is_none_or(is_text)
            && self.dose.as_ref().is_none_or(is_dose);
        is_sound.then_some(()).ok_or(ReportError::FieldInvalid)
    }
}

/// Whether this can be an id of a laboratory, a result, a kind or an outcome: 1 to 64 of `A-Z a-z 0-9 . _ -`.
#[must_use]
pub fn is_result_id(id: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    (1..=MAX_ID_BYTES).contains(&id.len()) && id.bytes().all(is_allowed)
}

crate::hidden_debug!(
    Reports,
    Report,
    ReportedDocument,
    ReportsAnswer,
    ReportAnswer
);
