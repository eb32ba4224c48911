//! What shows that the person who registers is who the identity says: a member of a registration, and what its answer says of it.
//!
//! Invariant: which kinds there are is a list that grows; an unknown one is refused by name where it is sent and passed over where
//! it is told. What a proof is worth is for the authority alone.

use serde::{Deserialize, Serialize};

/// Longest value of a proof, bytes: an id_token with a chain of claims, with room.
pub const MAX_PROOF_BYTES: usize = 16 * 1024;

/// A proof as it is sent. An authority of before it refuses the member (400 `malformed`); a phone sends one only where the
/// authority has published that it takes such a one.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct IdentityProof {
    /// `activation_code`, `oidc`, `host_assertion`.
    pub kind: String,
    /// The code in its normal form, or the token, compact (RFC 7515, 7.1); at most [`MAX_PROOF_BYTES`].
    pub value: String,
}

/// How a citizen is proven.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProofStanding {
    /// Kind of the proof, or `desk` where two officers saw person and document; one that a later version added is carried.
    pub kind: String,
    /// Since when, Unix seconds.
    pub proven_at: i64,
}

crate::hidden_debug!(IdentityProof, ProofStanding);
