//! Proof of identity: what shows that who registers is who the identity says, and so the way to a new phone.
//!
//! Invariant: which proofs count, and what an unproven citizen gets, is the authority's policy, published and signed; no proof is
//! sent to an authority that does not say it takes it. A code is checked for typing errors here and nowhere told apart from a wrong
//! one there. Decides nothing: the authority does.

mod activation_code;
#[cfg(feature = "holder")]
mod login;
#[cfg(feature = "holder")]
mod use_cases;
#[cfg(feature = "holder")]
mod views;
mod wire;

#[cfg(all(test, feature = "holder"))]
mod login_tests;
#[cfg(all(test, feature = "holder"))]
mod tests;

pub use activation_code::{ActivationCode, ActivationCodeError};
#[cfg(feature = "holder")]
pub use login::{LoginAttempt, LoginError, LoginTokenRequest, MAX_LOGIN_ANSWER_BYTES};
#[cfg(all(test, feature = "holder"))]
pub(crate) use views::text_ids;
#[cfg(feature = "holder")]
pub use views::{
    ActivationCodeReview, IdentityProofView, OwnProofState, OwnProofView, ProofLevel, ProofStep,
    ProofWayView,
};
pub use wire::{
    IDENTITY_PROOFS_NAME, IdentityPolicyError, IdentityProofError, IdentityProofs, ProofKind,
    ProofWay, Unproven, UnprovenAssurance,
};

use super::Capability;
use crate::trust::BundleRow;

/// What it adds to each table.
pub const CAPABILITY: Capability = Capability {
    name: "identity_proof",
    bundles: &[&IDENTITY_PROOFS],
    #[cfg(feature = "holder")]
    uploads: &[],
    #[cfg(feature = "holder")]
    parts: &[],
    #[cfg(feature = "holder")]
    records: &[],
    #[cfg(feature = "holder")]
    after_sync: None,
    errors: &[
        ActivationCodeError::ENTRIES,
        IdentityPolicyError::ENTRIES,
        IdentityProofError::ENTRIES,
        #[cfg(feature = "holder")]
        LoginError::ENTRIES,
    ],
};

/// Which proofs an authority takes.
pub static IDENTITY_PROOFS: BundleRow = BundleRow::json(
    "identity-proofs",
    "application/health-code-identity-proofs+json",
);
