//! What officers ask for while an appeal waits, and what the citizen adds to it.
//!
//! Invariant: the clock stands still from the request to the answer, and no longer than the request says; both times are signed.
//! Nothing is decided here, and nothing that was sent before is changed. Pure.

use serde::{Deserialize, Serialize};

use super::evidence::{EvidenceEntry, check_evidence, pieces_of};
use super::wire::Appeal;
use crate::form::RefusedAnswer;
use crate::wire::SubjectId;
use crate::words::LocalizedText;

/// Content type of a request.
pub const REQUEST_TYPE: &str = "application/health-code-appeal-request+json";
/// Content type of the acknowledgement of what was added.
pub const ADDITION_TYPE: &str = "application/health-code-appeal-addition+json";
/// What can be asked for: a closed list for officers; a phone shows the officers' words of one that it does not know.
pub const REQUEST_REASONS: [&str; 6] = [
    "clearer_picture",
    "explain_more",
    "identity_document",
    "proof_of_stay",
    "test_report",
    "vaccination_record",
];

/// What the authority signs of a request; the officer's signature over `order` is in it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AppealRequest {
    /// The citizen's id at this authority.
    pub citizen_id: String,
    /// Whose appeal.
    #[serde(default)]
    pub subject: SubjectId,
    /// The appeal's id.
    pub appeal: String,
    /// The request's own id.
    pub id: String,
    /// What is asked for: an id of [`REQUEST_REASONS`], or of a later version.
    pub reason: String,
    /// In words.
    #[serde(default)]
    pub text: LocalizedText,
    /// Unix seconds.
    pub asked_at: i64,
    /// Until when the deadline waits for the answer, Unix seconds.
    pub answer_by: i64,
    /// When the authority will have decided if no answer comes, Unix seconds.
    pub decide_by: i64,
    /// Who asked.
    #[serde(default)]
    pub officer: String,
    /// What the officer signed, base64url.
    #[serde(default)]
    pub order: String,
    /// That signature, base64url.
    #[serde(default)]
    pub signature: String,
}

/// Body of `PUT /v1/subjects/{s}/appeal-additions/{id}`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AppealAddition {
    /// The appeal's id.
    pub appeal: String,
    /// The request's id.
    pub request: String,
    /// The citizen's words; may be empty where evidence is sent along.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub statement: String,
    /// What is sent along; five at most.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<EvidenceEntry>,
}

impl AppealAddition {
    /// Cleaned as people's answers are.
    #[must_use]
    pub fn cleaned(self) -> Self {
        let statement = Appeal {
            receipt_sha256: String::new(),
            statement: self.statement,
            evidence: Vec::new(),
        }
        .cleaned()
        .statement;
        Self { statement, ..self }
    }

    /// Checks it as far as it stands by itself.
    ///
    /// # Errors
    /// Every fault; paths are those of the JSON.
    pub fn check(&self) -> Result<(), Vec<RefusedAnswer>> {
        let mut faults = Vec::new();
        if !self.may_be_silent() {
            faults.extend(crate::wire::Correction::check_statement(&self.statement).err());
        }
        check_evidence(&self.evidence, &mut faults);
        if faults.is_empty() {
            Ok(())
        } else {
            Err(faults)
        }
    }

    /// Evidence speaks by itself.
    const fn may_be_silent(&self) -> bool {
        self.statement.is_empty() && !self.evidence.is_empty()
    }

    /// All pieces, each once, in order.
    #[must_use]
    pub fn pieces(&self) -> Vec<&str> {
        pieces_of(&self.evidence)
    }
}

/// What the authority signs when it has what was added, with all that belongs to it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AdditionAcknowledgement {
    /// The citizen's id at this authority.
    pub citizen_id: String,
    /// Whose appeal.
    #[serde(default)]
    pub subject: SubjectId,
    /// The upload's id.
    pub id: String,
    /// The appeal's id.
    pub appeal: String,
    /// The request's id.
    pub request: String,
    /// Hashes of the whole evidence, in the order in which it was sent.
    #[serde(default)]
    pub evidence: Vec<String>,
    /// When the authority had all of it, Unix seconds.
    pub received_at: i64,
    /// When it will have decided now, Unix seconds.
    pub decide_by: i64,
}

/// What the part tells of one request.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RequestEntry {
    /// Base64url bundle with an [`AppealRequest`].
    pub request: String,
    /// Base64url bundle with an [`AdditionAcknowledgement`], once it was answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub addition: Option<String>,
}

crate::hidden_debug!(
    AppealRequest,
    AppealAddition,
    AdditionAcknowledgement,
    RequestEntry
);
