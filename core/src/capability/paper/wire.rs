//! What goes over the wire: what a phone asks for, and what the authority says that it made.
//!
//! Invariant: pure. What is read is checked here, on both sides alike; members that are not known say nothing to a phone.

use serde::{Deserialize, Serialize};

use super::PaperError;
use crate::code::{PAPER_DAYS, verify_paper};
use crate::form::RefusedAnswer;
use crate::trust::TrustBundle;

/// Name of the upload that asks for a sheet, below a subject.
pub const REQUESTS: &str = "papers";
/// Name of the upload that ends a sheet, below a subject.
pub const REVOCATIONS: &str = "paper-revocations";
/// Name of the part of a subject that says which sheets there are.
pub const PART: &str = "paper";
/// Sheets that a phone keeps of a subject, the newest.
pub const SHEETS_KEPT: usize = 10;
/// Longest answer with the sheets of a subject, bytes.
pub const MAX_PART_BYTES: usize = 16 * 1024;

/// Body of `PUT /v1/subjects/{s}/papers/<id>`: a sheet of paper is wanted. It ends the one before.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PaperRequest {
    /// How long it is to count, days: 1 to 180, and no longer than the authority's settings allow.
    pub days: u8,
}

impl PaperRequest {
    /// Whether any authority could make such a sheet.
    ///
    /// # Errors
    /// The field `days` with [`PaperError::DaysOutOfRange`].
    pub fn check(&self) -> Result<(), Vec<RefusedAnswer>> {
        if PAPER_DAYS.contains(&self.days) {
            return Ok(());
        }
        Err(vec![RefusedAnswer {
            path: "days".to_owned(),
            code: PaperError::DaysOutOfRange.code().to_owned(),
            text: None,
        }])
    }
}

/// Body of `PUT /v1/subjects/{s}/paper-revocations/<id>`: the sheet is lost, or no longer wanted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaperRevocation {}

/// What became of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SheetStanding {
    /// It counts.
    Good,
    /// A newer one took its place.
    Replaced,
    /// It was ended on somebody's wish.
    Revoked,
    /// It ended because the colour changed, or the citizen moved to another phone.
    Ended,
    /// Past its date.
    Over,
    /// Of a kind that a later version added: it does not count.
    #[serde(other)]
    Other,
}

/// A sheet of paper as the authority tells of it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Sheet {
    /// Id of what asked for it, a UUIDv7.
    pub id: String,
    /// When it was made, Unix seconds.
    pub made_at: i64,
    /// First instant at which it does not count, Unix seconds.
    pub expires_at: i64,
    /// The first and the last day on which it counts, by the authority's clock: `YYYY-MM-DD`.
    pub first_day: String,
    /// See above.
    pub last_day: String,
    /// What became of it.
    pub standing: SheetStanding,
    /// Whether the desk made it, and no phone.
    pub by_desk: bool,
    /// The text of its code; where it counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

/// The part `paper` of a subject.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Sheets {
    /// Newest first.
    pub sheets: Vec<Sheet>,
    /// Longest life of a sheet, days, when the newest was made.
    #[serde(default)]
    pub max_days: u8,
}

impl Sheets {
    /// What of it can be believed at `at` (Unix seconds): of sheets that count the code verifies and is the one that is told
    /// of; what is not so does not count. At most [`SHEETS_KEPT`].
    #[must_use]
    pub fn believed(mut self, trust: &TrustBundle, at: i64) -> Self {
        self.sheets.truncate(SHEETS_KEPT);
        for sheet in &mut self.sheets {
            let code = sheet.code.as_deref().unwrap_or_default();
            let verified = verify_paper(code, trust, at);
            let is_told_of = verified.is_ok_and(|claims| claims.expires_at == sheet.expires_at);
            if !is_told_of {
                sheet.code = None;
                if sheet.standing == SheetStanding::Good {
                    sheet.standing = SheetStanding::Other;
                }
            }
            sheet
                .first_day
                .retain(|it| it.is_ascii_digit() || it == '-');
            sheet.last_day.retain(|it| it.is_ascii_digit() || it == '-');
        }
        self
    }
}

crate::hidden_debug!(PaperRequest, Sheet, Sheets);
