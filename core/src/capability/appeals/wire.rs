//! What goes over the wire: an appeal, what the authority signs to it, and what is told of it later.
//!
//! ```json
//! { "receiptSha256": "9f...", "statement": "...", "evidence": [
//!   { "sha256": "1c...", "size": 81234, "kind": "jpeg", "pieces": ["77...", "02..."] } ] }
//! ```
//!
//! Invariant: an appeal names all that belongs to it by hash, so what the authority signs covers it. Pure.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::evidence::{EvidenceEntry, EvidenceError, MAX_EVIDENCE, is_sha256};
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
        let mut refuse = |path: String, error: EvidenceError| {
            faults.push(RefusedAnswer::of_code(path, error.code()));
        };
        if self.evidence.len() > MAX_EVIDENCE {
            refuse("evidence".to_owned(), EvidenceError::TooMany);
        }
        let mut seen = BTreeSet::new();
        for (place, entry) in self.evidence.iter().take(MAX_EVIDENCE).enumerate() {
            let twice = !seen.insert(&entry.sha256);
            let fault = entry.check().err();
            if let Some(error) = fault.or(twice.then_some(EvidenceError::Twice)) {
                refuse(format!("evidence.{place}"), error);
            }
        }
        if faults.is_empty() {
            Ok(())
        } else {
            Err(faults)
        }
    }

    /// All pieces, each once, in order.
    #[must_use]
    pub fn pieces(&self) -> Vec<&str> {
        let mut seen = BTreeSet::new();
        let pieces = self.evidence.iter().flat_map(|entry| &entry.pieces);
        let pieces = pieces.map(String::as_str);
        pieces.filter(|piece| seen.insert(*piece)).collect()
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

/// Why an appeal was decided so: a closed list for officers; a phone shows the words of one that it does not know.
pub const DECISION_REASONS: [(&str, bool); 8] = [
    ("record_wrong", true),
    ("record_of_another_person", true),
    ("answer_mistaken", true),
    ("evidence_convinces", true),
    ("rules_applied_rightly", false),
    ("evidence_not_enough", false),
    ("evidence_not_readable", false),
    ("about_something_else", false),
];

/// Something about the facts that a decision corrects. The colour follows from what is left, by the rules.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "strike", rename_all = "camelCase", deny_unknown_fields)]
pub enum FactCorrection {
    /// The order of two officers that is the end of the subject's chain.
    Order {
        /// Hex head of the chain that it made.
        head: String,
    },
    /// One answer in every declaration up to a day.
    Declared {
        /// Member of the declaration in the evidence, such as `contact`.
        member: String,
        /// The last such day of receipt, `YYYY-MM-DD`.
        until: String,
    },
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
    /// Why: an id of [`DECISION_REASONS`], or of a later version.
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
}

/// Content of the part: what changed, oldest change first.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AppealsPart {
    /// One an appeal.
    pub appeals: Vec<AppealEntry>,
}

/// Whether `reason` is of the closed list and fits `outcome`, and what is corrected fits both.
#[must_use]
pub fn decision_fits(outcome: AppealOutcome, reason: &str, corrections: &[FactCorrection]) -> bool {
    let known = DECISION_REASONS.iter().find(|(id, _)| *id == reason);
    let grants = match outcome {
        AppealOutcome::Upheld | AppealOutcome::Partly => true,
        AppealOutcome::Rejected => false,
        AppealOutcome::Other => return false,
    };
    known.is_some_and(|(_, of_granted)| *of_granted == grants) && corrections.is_empty() != grants
}

impl FactCorrection {
    /// Whether it can be.
    #[must_use]
    pub fn is_well_formed(&self) -> bool {
        match self {
            Self::Order { head } => is_sha256(head),
            Self::Declared { member, until } => {
                crate::rules::is_declared_member(member)
                    && crate::identity::parse_date(until).is_some()
            }
        }
    }
}

crate::hidden_debug!(
    Appeal,
    Withdrawal,
    Acknowledgement,
    FactCorrection,
    AppealDecision,
    AppealEntry,
    AppealsPart
);
