//! Appeals: somebody says what is wrong about a colour, with what shows it, and is answered by a deadline.
//!
//! Invariant: an appeal counts as received only by the authority's own signature, which names the receipt, every piece of
//! evidence and the deadline. Decides nothing: officers correct facts, and the colour follows from them by the rules.
//!
//! | file | what it is |
//! |---|---|
//! | `evidence` | what may be evidence, and its pieces |
//! | `corrections` | what a decision does to the facts |
//! | `asking` | what officers ask for, and what is added |
//! | `wire` | what is sent and what is signed |
//! | `records` | what the phone keeps |
//! | `sending` | how an appeal goes out piece by piece, and what its answers leave |
//! | `part` | what the authority tells of appeals later |
//! | `drafting`, `use_cases`, `answering` | what a citizen does |
//! | `views`, `in_words` | what a screen shows |

#[cfg(feature = "holder")]
mod answering;
mod asking;
mod corrections;
#[cfg(feature = "holder")]
mod drafting;
mod evidence;
#[cfg(feature = "holder")]
mod in_words;
#[cfg(feature = "holder")]
mod part;
#[cfg(feature = "holder")]
mod records;
#[cfg(feature = "holder")]
mod sending;
#[cfg(feature = "holder")]
mod use_cases;
mod views;
mod wire;

#[cfg(test)]
mod tests;

pub use asking::{
    ADDITION_TYPE, AdditionAcknowledgement, AppealAddition, AppealRequest, REQUEST_REASONS,
    REQUEST_TYPE, RequestEntry,
};
pub use corrections::{
    APPEAL_REPORTER, AddedFact, DECISION_REASONS, FactAddition, FactCorrection, decision_fits,
};
pub use evidence::{
    EvidenceEntry, EvidenceError, EvidenceKind, MAX_EVIDENCE, MAX_EVIDENCE_BYTES, PIECE_BYTES,
    is_sha256, sha256_hex,
};
#[cfg(all(feature = "holder", feature = "testing"))]
pub use records::evidence_writes;
#[cfg(feature = "holder")]
pub use sending::{ADDITION, APPEAL, WITHDRAWAL};
#[cfg(feature = "holder")]
pub(crate) use use_cases::{Glance, glance};
pub use views::{
    AppealDraftView, AppealEventView, AppealLevel, AppealStatus, AppealStep, AppealView,
    AppealsView, EvidenceView,
};
pub use wire::{
    ACKNOWLEDGEMENT_TYPE, Acknowledgement, Appeal, AppealDecision, AppealEntry, AppealOutcome,
    AppealsPart, DECISION_TYPE, MAX_DECISION_CHARS, MissingAnswer, PART, PieceAnswer, Withdrawal,
};

use super::Capability;

/// What it adds to each table.
pub const CAPABILITY: Capability = Capability {
    name: "appeals",
    bundles: &[],
    #[cfg(feature = "holder")]
    uploads: &[&APPEAL, &WITHDRAWAL, &ADDITION],
    #[cfg(feature = "holder")]
    parts: &[&part::APPEALS],
    #[cfg(feature = "holder")]
    records: &[
        records::APPEAL.row(),
        records::PIECE.row(),
        records::DRAFT.row(),
        records::MISSING.row(),
        records::STORED.row(),
        records::CURSOR.row(),
        records::READ.row(),
    ],
    #[cfg(feature = "holder")]
    after_sync: Some(use_cases::tidy),
    errors: &[EvidenceError::ENTRIES, AppealError::ENTRIES],
};

crate::coded_errors! {
    /// Why something cannot be done with an appeal.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum AppealError {
        /// There is none with this id.
        Unknown => "appeal_unknown";
        /// It is decided, or was withdrawn.
        Closed => "appeal_closed";
        /// It still waits for its decision: it can be withdrawn first.
        Open => "appeal_open";
        /// Officers ask for nothing, or what they asked for was sent.
        NotAsked => "appeal_not_asked";
        /// Too many of them are open.
        TooManyOpen => "appeal_too_many_open";
        /// What the authority signed is about something else.
        NotOurs => "appeal_not_ours";
    }
}
