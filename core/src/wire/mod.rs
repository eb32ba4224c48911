//! What phone and authority say to each other: JSON bodies (RFC 8259), problem answers (RFC 9457)
//! and request signatures (RFC 9421). Names follow the seven interfaces of GB/T 38963.
//!
//! Invariant: both sides use these types, so a request the phone can make is one the authority can read.
//! Does no I/O. Binary values are base64url without padding; instants are Unix seconds.

mod checks;
mod compatibility;
mod credential_keys;
mod erasure;
mod identity_proof;
mod messages;
mod parts;
mod problem;
mod signature;
mod subject;

pub use crate::trust::BundleKind;
pub use checks::{ItineraryError, MAX_LEGS, MAX_STATEMENT_CHARS, TRANSPORTS};
pub use compatibility::{
    APP_VERSION, AppUpdate, OLDEST_APP, OLDEST_APP_HEADER, PROTOCOL_HEADER, PROTOCOL_VERSION,
    Supported,
};
pub use credential_keys::{CredentialKey, CredentialRequest, MAX_CREDENTIAL_KEYS, proof_text};
pub use erasure::{
    ERASE_METHOD, ERASURE_TYPE, ErasureAnswer, ErasureReceipt, ErasureRefusal, KeptItem,
    open_erasure_receipt,
};
pub use identity_proof::{IdentityProof, MAX_PROOF_BYTES, ProofStanding};
pub use messages::{
    BundleEntry, BundleIndex, ChangeLink, Consent, Correction, Declaration, DeviceRegistration,
    Identity, Itinerary, ItineraryLeg, NEEDS_DESK, NextSync, Receipt, RegistrationAnswer,
    RegistrationRequest, Resend, StateAnswer, SubjectEntry, SubjectsAnswer, UploadAnswer,
};
pub use parts::{
    MAX_CURSOR_BYTES, MAX_PARTS, Parts, cursor_of_query, is_part_name, part_path, part_query,
};
pub use problem::{Problem, ProblemKind};
pub use signature::{
    CONTENT_DIGEST_HEADER, MAX_NONCE_CHARS, MAX_SIGNATURE_HEADER_BYTES, RequestParts,
    SIGNATURE_HEADER, SIGNATURE_INPUT_HEADER, SignMessage, SignatureRefusal, SignatureVerifier,
    SignedHeaders, content_digest, device_id, is_nonce, sign_request, signature_in,
};
pub use subject::{MAX_SUBJECT_BYTES, SUBJECTS_PATH, SubjectId};

/// Header of every answer: the nonce to sign the next request with.
pub const NONCE_HEADER: &str = "health-code-nonce";
/// Header of every answer to a signed request: the authority's time, Unix milliseconds.
pub const TIME_HEADER: &str = "health-code-time";
/// Header of an upload that is sent again: what its first answer gave as `acceptance`.
pub const ACCEPTANCE_HEADER: &str = "health-code-acceptance";
/// Longest value of it, bytes.
pub const MAX_ACCEPTANCE_BYTES: usize = 128;
/// Content type of every JSON answer that is not a problem.
pub const JSON: &str = "application/json";
/// Content type of a piece of something larger.
pub const OCTETS: &str = "application/octet-stream";
/// Content type of a signed bundle (RFC 9052, 11.2).
pub const COSE: &str = "application/cose; cose-type=\"cose-sign1\"";
/// Largest request body that an authority accepts, in bytes.
pub const MAX_REQUEST_BYTES: usize = 64 * 1024;
