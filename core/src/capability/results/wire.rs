//! What the phone is told of results: the part `results` of a subject, each result signed.
//!
//! Invariant: a record says all that is shown of it, so that a phone needs nothing else; members and values that are not known are
//! passed over or shown as such. Pure.

use serde::{Deserialize, Serialize};

use crate::words::LocalizedText;

/// Name of the part of a subject.
pub const PART: &str = "results";
/// Content type of a signed result.
pub const RESULT_TYPE: &str = "application/health-code-result+json";
/// Most entries of one answer.
pub const MAX_PAGE: u32 = 250;
/// Longest answer, bytes.
#[cfg(feature = "holder")]
pub(super) const MAX_PART_BYTES: usize = 1024 * 1024;

/// Answer of `GET /v1/subjects/{s}/parts/results?after=`.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ResultsPart {
    /// In the order of their changes.
    pub results: Vec<ResultEntry>,
    /// Number of the newest change.
    pub head: u32,
    /// Where to go on: what is sent as `after` next.
    pub next: String,
}

/// One version of a result.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ResultEntry {
    /// Its number among the subject's changes, from 1.
    pub change: u32,
    /// A signed bundle of a [`ResultRecord`], base64url.
    pub record: String,
}

/// What the authority signs: one version of a result.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ResultRecord {
    /// Citizen's id at the authority.
    pub citizen_id: String,
    /// The laboratory's id.
    pub laboratory: String,
    /// Its name.
    pub laboratory_name: LocalizedText,
    /// The laboratory's own id of the result.
    pub id: String,
    /// From 1; the highest counts.
    pub version: u32,
    /// Kind, such as `nucleic_acid`; a later version may have added it.
    pub kind: String,
    /// Its name; none where the authority's list does not know it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind_name: Option<LocalizedText>,
    /// Outcome, such as `negative`; a later version may have added it.
    pub outcome: String,
    /// When the sample was taken, or the dose given, Unix seconds.
    pub sampled_at: i64,
    /// When the authority took the report, Unix seconds.
    pub reported_at: i64,
    /// First instant at which it counts no more, Unix seconds; none: without end, or it never did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<i64>,
    /// Id of the fact that its day is to the rules; none: they do not see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fact: Option<String>,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Which dose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dose: Option<Dose>,
    /// Name of the vaccine or of the test.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// The laboratory says that it is not so.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub withdrawn: bool,
}

/// Which dose of how many.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dose {
    /// From 1.
    pub number: u8,
    /// Of how many; none where that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<u8>,
}

impl ResultRecord {
    /// What the result is called, whatever its version: laboratory and id.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}/{}", self.laboratory, self.id)
    }
}

/// What is sent as `after`: the number of the last change that is held and what tells it from another of that number.
#[must_use]
pub fn cursor(change: u32, mark: &str) -> String {
    format!("{change}.{mark}")
}

/// Reads what [`cursor`] wrote; what is none is the beginning.
#[must_use]
pub fn read_cursor(text: &str) -> (u32, &str) {
    let parts = text.split_once('.');
    let read = parts.and_then(|(change, mark)| Some((change.parse().ok()?, mark)));
    read.unwrap_or((0, ""))
}

crate::hidden_debug!(ResultsPart, ResultEntry, ResultRecord, Dose);
