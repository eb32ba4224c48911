//! What goes over the wire: an appeal, what the authority signs to it, and what is told of it later.
//!
//! ```json
//! { "receiptSha256": "9f...", "statement": "...", "evidence": [
//!   { "sha256": "1c...", "size": 81234, "kind": "jpeg", "pieces": ["77...", "02..."] } ] }
//! ```
//!
//! Invariant: an appeal names all that belongs to it by hash, so what the authority signs covers it. Pure.

use serde::{Deserialize, Serialize};

use super::asking::RequestEntry;
use super::evidence::{EvidenceEntry, check_evidence, pieces_of};
use crate::form::RefusedAnswer;
use crate::wire::{Correction, SubjectId};
use crate::words::LocalizedText;

/// Content type of an acknowledgement.
pub const ACKNOWLEDGEMENT_TYPE: &str = "application/health-code-appeal+json";
/// Content type of a decision.
pub const DECISION_TYPE: &str = "application/health-code-appeal-decision+json";
/// Name of the subject's part that tells of appeals.
pub const PART: &str = "appeals";
/// Longest words of a decision, characters a language.
pub const MAX_DECISION_CHARS: usize = 500;

/// Body of `PUT /v1/subjects/{s}/appeals/{id}`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Appeal {
    /// SHA-256 of the signed receipt, lower-case hex.
    pub receipt_sha256: String,
    /// What is wrong, in the citizen's words.
    pub statement: String,
    /// What shows it; five at most.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<EvidenceEntry>,
}

impl Appeal {
    /// Cleaned as people's answers are.
    #[must_use]
    pub fn cleaned(self) -> Self {
        let cleaned = self.objection().cleaned();
        Self {
            statement: cleaned.statement,
            ..self
        }
    }

    /// Checks it as far as it stands by itself.
    ///
    /// # Errors
    /// Every fault; paths are those of the JSON, such as `evidence.0`.
    pub fn check(&self) -> Result<(), Vec<RefusedAnswer>> {
        let mut faults = self.objection().check().err().unwrap_or_default();
        check_evidence(&self.evidence, &mut faults);
        if faults.is_empty() {
            Ok(())
        } else {
            Err(faults)
        }
    }

    /// All pieces, each once, in order.
    #[must_use]
    pub fn pieces(&self) -> Vec<&str> {
        pieces_of(&self.evidence)
    }

    /// What an objection of before has of it.
    fn objection(&self) -> Correction {
        Correction {
            receipt_sha256: self.receipt_sha256.clone(),
            statement: self.statement.clone(),
        }
    }
}

/// Answer to an appeal whose evidence has not all come: nothing was taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MissingAnswer {
    /// The appeal's id.
    pub id: String,
    /// Pieces that are missing, by hash.
    pub missing: Vec<String>,
    /// The authority's time, Unix milliseconds.
    pub server_time_ms: i64,
}

/// Answer to `PUT /v1/subjects/{s}/evidence/{sha256}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PieceAnswer {
    /// The piece's hash.
    pub sha256: String,
    /// The authority's time, Unix milliseconds.
    pub server_time_ms: i64,
}

/// Body of `PUT /v1/subjects/{s}/withdrawals/{id}`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Withdrawal {
    /// Id of the appeal.
    pub appeal: String,
}

/// What the authority signs when it has an appeal with all that belongs to it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Acknowledgement {
    /// The citizen's id at this authority.
    pub citizen_id: String,
    /// Whose appeal.
    #[serde(default)]
    pub subject: SubjectId,
    /// The appeal's id.
    pub id: String,
    /// The receipt that it is about.
    pub receipt_sha256: String,
    /// Hashes of the whole evidence, in the appeal's order.
    #[serde(default)]
    pub evidence: Vec<String>,
    /// When the authority had all of it, Unix seconds.
    pub received_at: i64,
    /// When it will have decided, Unix seconds.
    pub decide_by: i64,
}

crate::app_types! {
    describe as describe_appeal_outcome;

    /// What became of an appeal.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[serde(rename_all = "lowercase")]
    pub enum AppealOutcome {
        /// What was wrong is corrected.
        Upheld,
        /// Part of it is.
        Partly,
        /// Nothing is.
        Rejected,
        /// One that a later version knows.
        #[serde(other)]
        Other,
    }
}

/// What the authority signs of a decision; both officers' signatures over `order` are in it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AppealDecision {
    /// The citizen's id at this authority.
    pub citizen_id: String,
    /// Whose appeal.
    #[serde(default)]
    pub subject: SubjectId,
    /// The appeal's id.
    pub id: String,
    /// What became of it.
    pub outcome: AppealOutcome,
    /// Why: an id of [`DECISION_REASONS`](super::DECISION_REASONS), or of a later version.
    pub reason: String,
    /// In words.
    #[serde(default)]
    pub text: LocalizedText,
    /// When, Unix seconds.
    pub decided_at: i64,
    /// Both officers' ids.
    #[serde(default)]
    pub officers: Vec<String>,
    /// What they signed, base64url.
    #[serde(default)]
    pub order: String,
    /// Their signatures, base64url, in the order of their ids.
    #[serde(default)]
    pub signatures: Vec<String>,
}

/// What the part tells of one appeal.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AppealEntry {
    /// The appeal's id.
    pub id: String,
    /// Grows with every change to any of the subject's appeals.
    pub change: u64,
    /// Base64url bundle with an [`Acknowledgement`].
    pub acknowledgement: String,
    /// When the citizen withdrew it, Unix seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn_at: Option<i64>,
    /// Base64url bundle with an [`AppealDecision`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<String>,
    /// What officers asked for, in the order in which they did.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requests: Vec<RequestEntry>,
}

/// Content of the part: what changed, oldest change first.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AppealsPart {
    /// One an appeal.
    pub appeals: Vec<AppealEntry>,
}

crate::hidden_debug!(
    Appeal,
    Withdrawal,
    Acknowledgement,
    AppealDecision,
    AppealEntry,
    AppealsPart
);
