//! The code itself, one stage a file: credential, presentation, trust bundle, status list, checking,
//! rotation, QR and rendering. The bytes are in docs/PROTOCOL.md.
//!
//! Invariant: pure. No I/O, no clock, no randomness; the instant is an argument (Unix seconds).

mod base45;
mod bundle;
mod cbor;
mod checking;
mod claims;
mod cose;
mod credential;
mod device_key;
mod device_signature;
mod error;
mod issuers;
mod masking;
pub mod picture;
mod presentation;
mod qr;
mod replay;
mod rotation;
mod software_key;
mod status_list;
mod trust_bundle;
mod verdict;
#[cfg(test)]
mod wycheproof_tests;

pub use bundle::{
    FORM_TYPE, MAX_BUNDLE_BYTES, RECEIPT_TYPE, RULE_SET_TYPE, SignedPayload, open_bundle,
    sign_bundle,
};
pub use checking::Checkpoint;
pub use claims::{
    Assurance, CredentialClaims, LIFETIME_QUARTER_HOURS, MAX_NAME_BYTES, MAX_STATUS_INDEX, Scheme,
    SubjectKind,
};
pub use cose::key_id;
pub use credential::{MAX_CREDENTIAL_BYTES, issue_credential, read_credential, verify_credential};
pub use device_key::{DeviceKeyError, DevicePublicKey};
pub use device_signature::DEVICE_SIGNATURE_BYTES;
pub use error::{BundleError, CodeError, Refusal};
pub use masking::{document_tail, mask_name};
pub use presentation::{
    MAX_AUDIENCE_CHARS, MAX_CODE_CHARS, TEXT_PREFIX, UncheckedCode, is_audience, present, read_code,
};
pub use qr::{MAX_TEXT_CHARS, MAX_VERSION, Matrix, PictureError, matrix};
pub use rotation::{CodeFrame, Rotation};
pub use software_key::SoftwareEd25519;
pub use status_list::{STATUS_LIST_LIFETIME_SECS, STATUS_LIST_TYPE, StatusList};
pub use trust_bundle::{
    ColourMapping, GraceOrder, IssuerKey, PresentationPolicy, Region, SunsetOrder,
    TRUST_BUNDLE_TYPE, TrustBundle, covers,
};
pub use verdict::{ACCEPTED, Verdict};
