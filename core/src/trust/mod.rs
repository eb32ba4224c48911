//! Whom to believe: keys of devices and issuers, signed bundles, the trust bundle, status lists.
//!
//! | file | what it is |
//! |---|---|
//! | `device_key`, `device_signature`, `software_key` | a phone's key, its signatures, the key where there is no hardware |
//! | `key_id`, `issuers` | issuer keys and how a signature names them |
//! | `bundle`, `bundle_kind` | anything published: one signed form, and the table of its kinds |
//! | `trust_bundle` | whose keys count; signed by the national root |
//! | `status_list` | which credentials were revoked, signed: bases and deltas |
//! | `revoked_set` | a set of revoked credentials, packed and not |
//! | `revocation_status` | what bases and deltas say together |
//! | `scheme` | the two sets of colours |
//!
//! Invariant: pure. No I/O, no clock, no randomness; the instant is an argument (Unix seconds). Says whether
//! something was signed by whom, not what it means. The bytes are in docs/PROTOCOL.md.

mod bundle;
mod bundle_kind;
mod device_key;
mod device_signature;
mod error;
mod issuers;
mod key_id;
mod revocation_status;
mod revoked_set;
mod scheme;
mod software_key;
mod status_list;
mod trust_bundle;
#[cfg(test)]
mod wycheproof_tests;

pub use bundle::{
    FORM_TYPE, MAX_BUNDLE_BYTES, RECEIPT_TYPE, RULE_SET_TYPE, SignedPayload, open_bundle,
    sign_bundle,
};
#[cfg(feature = "holder")]
pub(crate) use bundle::{bundle_bounds, unverified_payload};
pub(crate) use bundle_kind::BUNDLES;
pub use bundle_kind::{Anchors, BundleKind, BundleRow, Opened};
pub use device_key::{DeviceKeyError, DevicePublicKey};
pub use device_signature::DEVICE_SIGNATURE_BYTES;
pub use error::BundleError;
pub use issuers::STATUS_AFTER_KEY_SECS;
pub(crate) use issuers::{Issuer, IssuerDirectory};
pub use key_id::{key_fingerprint, key_id};
pub use revocation_status::RevocationStatus;
pub use revoked_set::{MAX_REVOKED, StatusPlace};
pub use scheme::{ColourTone, ColourWords, Scheme};
pub use software_key::SoftwareEd25519;
pub use status_list::{STATUS_LIST_LIFETIME_SECS, STATUS_LIST_TYPE, StatusList, StatusSpan};
pub use trust_bundle::{
    ColourMapping, GraceOrder, IssuerKey, PresentationPolicy, Region, SunsetOrder,
    TRUST_BUNDLE_TYPE, TrustBundle, covers,
};
