//! The code itself, one stage a file: claims, credential, presentation, rotation, checking, verdict.
//! The bytes are in docs/PROTOCOL.md.
//!
//! Invariant: pure. No I/O, no clock, no randomness; the instant is an argument (Unix seconds). Who may sign is
//! for [`crate::trust`] to say, how a code is drawn for [`crate::picture`].

mod checking;
mod claims;
mod credential;
mod error;
mod masking;
mod paper;
mod papers_seen;
mod person_to_compare;
mod presentation;
mod reason_number;
mod replay;
mod rotation;
mod verdict;
mod verdict_act;
mod verdict_level;

pub use checking::{Checkpoint, Lists};
pub use claims::{
    Assurance, CredentialClaims, LIFETIME_QUARTER_HOURS, MAX_NAME_BYTES, SubjectKind,
};
#[cfg(feature = "holder")]
#[cfg(feature = "holder")]
pub(crate) use credential::credential_bounds;
pub use credential::{MAX_CREDENTIAL_BYTES, issue_credential, read_credential, verify_credential};
pub use error::{CodeError, Refusal};
pub use masking::{PersonInCode, document_tail, mask_name};
pub use paper::{MAX_PAPER_CHARS, PAPER_DAYS, PaperClaims, issue_paper, read_paper, verify_paper};
pub use papers_seen::{MAX_PAPERS_SEEN_BYTES, PapersSeenError};
pub use person_to_compare::PersonToCompare;
pub use presentation::{
    MAX_AUDIENCE_CHARS, MAX_CODE_CHARS, TEXT_PREFIX, UncheckedCode, is_audience, present, read_code,
};
pub use reason_number::ReasonNumber;
pub use rotation::{CodeFrame, Rotation};
pub use verdict::{ACCEPTED, Verdict, verdict_text};
pub use verdict_act::VerdictAct;
pub use verdict_level::VerdictLevel;

/// Id of what a later version added and this one cannot name: a reason, a kind of subject.
pub const OTHER: &str = "other";
