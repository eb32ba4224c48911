//! What the phone keeps of appeals.
//!
//! Invariant: the bytes of evidence lie in pieces below the store's cap, and [`STORED`] names every one that is there, so that
//! none is left behind. What waits to be sent is in the outbox and nowhere else. An appeal that the authority has is written by
//! the sync alone, so that no decision is lost between a citizen's reading and writing.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::asking::AppealRequest;
use super::evidence::{EvidenceEntry, PIECE_BYTES};
use super::wire::AppealDecision;
use crate::store::{Codec, OfSubject, RecordKind};

/// An appeal that the authority has; by its id.
pub(super) const APPEAL: RecordKind<HeldAppeal, OfSubject> =
    RecordKind::of_subject(320, "appeal", Codec::JSON, 128 * 1024);
/// A piece of evidence; by its hash.
pub(super) const PIECE: RecordKind<Vec<u8>, OfSubject> =
    RecordKind::of_subject(321, "evidence piece", Codec::BYTES, PIECE_BYTES);
/// What is being written.
pub(super) const DRAFT: RecordKind<AppealDraft, OfSubject> =
    RecordKind::of_subject(322, "appeal draft", Codec::JSON, 64 * 1024);
/// Pieces that the authority asked for and has not taken; by the upload's id.
pub(super) const MISSING: RecordKind<Vec<String>, OfSubject> =
    RecordKind::of_subject(323, "evidence missing", Codec::JSON, 64 * 1024);
/// Every piece of evidence whose bytes are on this phone.
pub(super) const STORED: RecordKind<Vec<EvidenceEntry>, OfSubject> =
    RecordKind::of_subject(324, "evidence stored", Codec::JSON, 256 * 1024);
/// How far the part was read; by the citizen's id.
pub(super) const CURSOR: RecordKind<u64, OfSubject> =
    RecordKind::of_subject(325, "appeals cursor", Codec::JSON, 64);

/// Ids of those whose decision was looked at.
pub(super) const READ: RecordKind<BTreeSet<String>, OfSubject> =
    RecordKind::of_subject(326, "appeal decisions read", Codec::JSON, 64 * 1024);

/// What a phone writes for these bytes as evidence: for models that bring an engine and no use cases.
///
/// # Errors
/// [`StoreError`](crate::store::StoreError)s of [`Place::put`](crate::store::Place::put).
#[cfg(feature = "testing")]
pub fn evidence_writes(
    subject: &crate::store::SubjectId,
    entry: &EvidenceEntry,
    bytes: &[u8],
) -> Result<Vec<crate::store::SealedWrite>, crate::store::StoreError> {
    let pieces = entry.pieces.iter().zip(bytes.chunks(PIECE_BYTES));
    let place = PIECE.for_subject(subject);
    pieces
        .map(|(name, piece)| place.clone().at(name).put(&piece.to_vec()))
        .collect()
}

/// An appeal that is being written.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct AppealDraft {
    pub(super) statement: String,
    pub(super) evidence: Vec<EvidenceEntry>,
}

/// An appeal that the authority has.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct HeldAppeal {
    pub(super) receipt_sha256: String,
    /// Empty where another phone of the citizen's sent it.
    pub(super) statement: String,
    pub(super) evidence: Vec<EvidenceEntry>,
    /// Base64url bundle, verified when it came.
    pub(super) acknowledgement: String,
    /// The citizen whose it is.
    pub(super) citizen_id: String,
    /// Unix seconds.
    pub(super) received_at: i64,
    /// Unix seconds.
    pub(super) decide_by: i64,
    /// Unix seconds.
    pub(super) withdrawn_at: Option<i64>,
    /// Base64url bundle, verified when it came.
    pub(super) decision: Option<String>,
    /// What that says.
    pub(super) decided: Option<AppealDecision>,
    /// What officers asked for, in the order in which they did.
    pub(super) requests: Vec<HeldRequest>,
    /// The change that was told last.
    pub(super) change: u64,
    /// What a later version wrote.
    #[serde(flatten)]
    pub(super) newer: Map<String, Value>,
}

impl HeldAppeal {
    /// Whether it waits for a decision.
    pub(super) const fn is_open(&self) -> bool {
        self.decision.is_none() && self.withdrawn_at.is_none()
    }

    /// All that was sent along, with the appeal and after it.
    pub(super) fn all_evidence(self) -> Vec<EvidenceEntry> {
        let additions = self.requests.into_iter().filter_map(|one| one.addition);
        let mut all = self.evidence;
        all.extend(additions.flat_map(|addition| addition.evidence));
        all
    }

    /// What officers wait for, where they do.
    pub(super) fn asked(&self) -> Option<&HeldRequest> {
        let last = self.requests.last().filter(|_| self.is_open());
        last.filter(|request| request.addition.is_none())
    }

    /// By when it is decided, where `first` was signed at the beginning, Unix seconds. The clock stood still from each
    /// request to its answer and for no longer than that, whatever else was signed.
    pub(super) fn deadline(&self, first: i64) -> i64 {
        self.requests.iter().fold(first, |before, held| {
            let asked = &held.told;
            let still = (asked.answer_by - asked.asked_at).max(0);
            let unanswered = asked.decide_by.min(before.saturating_add(still));
            match &held.addition {
                Some(addition) => addition.decide_by.min(unanswered),
                None => unanswered,
            }
        })
    }
}

/// Something that officers asked for.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct HeldRequest {
    /// Base64url bundle, verified when it came.
    pub(super) signed: String,
    /// What that says.
    pub(super) told: AppealRequest,
    /// What was added.
    #[serde(default)]
    pub(super) addition: Option<HeldAddition>,
}

/// What the citizen added, and the authority has.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct HeldAddition {
    /// Base64url bundle, verified when it came.
    pub(super) acknowledgement: String,
    /// Empty where another phone of the citizen's sent it.
    pub(super) statement: String,
    pub(super) evidence: Vec<EvidenceEntry>,
    /// Unix seconds.
    pub(super) received_at: i64,
    /// Unix seconds.
    pub(super) decide_by: i64,
}

crate::hidden_debug!(AppealDraft, HeldAppeal, HeldRequest, HeldAddition);
