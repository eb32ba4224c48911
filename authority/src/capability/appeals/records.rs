//! What is kept of appeals.
//!
//! Invariant: the head grows with every change to the list. A piece of evidence is kept with the time when it came and goes by
//! itself when its time is over, decided or not. What was signed is kept as it was signed.

use health_code_core::capability::appeals::AppealError;
use health_code_core::wire::SubjectId;
use serde::{Deserialize, Serialize};

use crate::cases::Refusal;
use crate::cases::records::kinds;
use crate::store::{Kind, Record, RowKey, Rows, StoreError};

/// Most that are kept of those that are over, the newest.
const MAX_CLOSED: usize = 10;
/// Length of the time before a piece's bytes.
const TIME_BYTES: usize = 8;

/// How often a subject's appeals changed.
#[derive(Clone, Copy, Default, Serialize, Deserialize)]
pub(super) struct AppealsHead {
    pub(super) change: u64,
}

impl Record for AppealsHead {
    const KIND: Kind = kinds::APPEALS_HEAD;
}

/// A subject's appeals, by when they came.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Appeals {
    pub(crate) list: Vec<KeptAppeal>,
}

impl Record for Appeals {
    const KIND: Kind = kinds::APPEALS;
}

/// One of them. What it says is in the upload of its id.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct KeptAppeal {
    /// UUIDv7.
    pub(crate) id: String,
    /// Kind of the upload.
    pub(crate) number: u8,
    /// The change of the head that this is as of.
    pub(crate) change: u64,
    /// Unix seconds.
    pub(crate) received_at: i64,
    /// Unix seconds.
    pub(crate) decide_by: i64,
    /// Base64url bundle.
    pub(super) acknowledgement: String,
    /// Unix seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) withdrawn_at: Option<i64>,
    /// Base64url bundle.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) decision: Option<String>,
    /// What officers asked for, in the order in which they did.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) requests: Vec<KeptRequest>,
}

/// Something that an officer asked for.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct KeptRequest {
    /// UUIDv7.
    pub(crate) id: String,
    /// Until when the deadline stands still, Unix seconds.
    pub(crate) answer_by: i64,
    /// Base64url bundle.
    pub(super) request: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) addition: Option<KeptAddition>,
}

/// What was added. What it says is in the upload of its id.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct KeptAddition {
    /// UUIDv7.
    pub(crate) id: String,
    /// Base64url bundle.
    pub(super) acknowledgement: String,
}

impl KeptAppeal {
    /// Whether it waits for a decision.
    pub(crate) const fn is_open(&self) -> bool {
        self.withdrawn_at.is_none() && self.decision.is_none()
    }

    /// The request that was not answered, where there is one.
    pub(crate) fn asked(&self) -> Option<&KeptRequest> {
        let last = self.requests.last();
        last.filter(|request| request.addition.is_none())
    }
}

/// The rows that [`Appeals::change`] reads.
pub(super) fn reads(subject: &SubjectId) -> Vec<RowKey> {
    vec![
        RowKey::for_record::<AppealsHead>(subject),
        RowKey::for_record::<Appeals>(subject),
    ]
}

impl Appeals {
    /// How many wait for a decision.
    pub(super) fn open(&self) -> usize {
        self.list.iter().filter(|one| one.is_open()).count()
    }

    /// The one with this id, which waits for a decision.
    pub(super) fn open_one(&self, id: &str) -> Result<&KeptAppeal, Refusal> {
        let refused = |error: AppealError| Refusal::invalid("appeal", error.code());
        let appeal = self.list.iter().find(|one| one.id == id);
        let appeal = appeal.ok_or_else(|| refused(AppealError::Unknown))?;
        if appeal.is_open() {
            Ok(appeal)
        } else {
            Err(refused(AppealError::Closed))
        }
    }

    /// Changes the one with this id.
    pub(super) fn change_one(
        rows: &mut Rows,
        id: &str,
        change_it: impl FnOnce(&mut KeptAppeal),
    ) -> Result<(), StoreError> {
        Self::change(rows, |appeals, change| {
            if let Some(appeal) = appeals.list.iter_mut().find(|one| one.id == id) {
                change_it(appeal);
                appeal.change = change;
            }
        })
    }

    /// Changes the list, and writes it with the change that `change` is given.
    pub(super) fn change(
        rows: &mut Rows,
        change: impl FnOnce(&mut Self, u64),
    ) -> Result<(), StoreError> {
        let head = rows.get::<AppealsHead>()?.unwrap_or_default().change + 1;
        let mut appeals = rows.get::<Self>()?.unwrap_or_default();
        change(&mut appeals, head);
        let closed = appeals.list.len() - appeals.open();
        let mut surplus = closed.saturating_sub(MAX_CLOSED);
        appeals.list.retain(|one| {
            let goes = !one.is_open() && surplus > 0;
            surplus -= usize::from(goes);
            !goes
        });
        rows.put(&appeals)?;
        rows.put(&AppealsHead { change: head })
    }
}

/// Where a piece is.
pub(crate) fn piece_place(subject: &SubjectId, hash: &[u8; 32]) -> RowKey {
    RowKey::new(subject, kinds::EVIDENCE_PIECE, hash)
}

/// A piece as it is kept.
pub(super) fn kept_piece(at: i64, bytes: &[u8]) -> Vec<u8> {
    [&at.to_be_bytes()[..], bytes].concat()
}

/// When a piece came, Unix seconds, and its bytes.
pub(crate) fn piece_bytes(kept: &[u8]) -> Option<(i64, &[u8])> {
    let (at, bytes) = kept.split_first_chunk::<TIME_BYTES>()?;
    Some((i64::from_be_bytes(*at), bytes))
}

/// How much evidence a citizen sent on one day; a record of the owner's.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(super) struct EvidenceToday {
    /// `YYYY-MM-DD` in the rule set's time zone.
    pub(super) day: String,
    pub(super) bytes: u64,
}

impl Record for EvidenceToday {
    const KIND: Kind = kinds::EVIDENCE_TODAY;
}

impl EvidenceToday {
    pub(super) fn place() -> RowKey {
        RowKey::for_record::<Self>(&SubjectId::OWNER)
    }
}

health_code_core::hidden_debug!(
    AppealsHead,
    Appeals,
    KeptAppeal,
    KeptRequest,
    KeptAddition,
    EvidenceToday
);
