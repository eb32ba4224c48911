//! What a backup says of itself.
//!
//! Invariant: it is believed only where its signature holds, and names length and hash of everything else.

use data_encoding::HEXLOWER;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};

use crate::store::Counts;

/// Form of archive and manifest.
pub(super) const FORMAT: u32 = 1;
/// Put before the manifest when it is signed.
const SIGNED_PREFIX: &[u8] = b"health-code backup v1\n";

/// See the module.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Manifest {
    pub(crate) format: u32,
    /// Version of the program that made it.
    pub(crate) program: String,
    /// Schema of the database.
    pub(crate) schema: u32,
    /// GB/T 2260, six digits.
    pub(crate) division: u32,
    /// When it was begun, Unix seconds: what was acknowledged before is in it.
    pub(crate) begun_at: i64,
    /// Public key that signed it, hex.
    pub(crate) issuer_key: String,
    pub(crate) counts: Counts,
    /// In the order of the archive.
    pub(crate) files: Vec<ListedFile>,
}

/// One file of the archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ListedFile {
    pub(crate) name: String,
    /// Bytes.
    pub(crate) size: u64,
    /// Hex.
    pub(crate) sha256: String,
}

/// The part that is read before all others: it tells whether this version can read the rest.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Versions {
    pub(super) format: u32,
    pub(super) schema: u32,
    pub(super) program: String,
}

/// Signs a manifest's bytes.
pub(super) fn sign(manifest: &[u8], key: &SigningKey) -> String {
    let signature = key.sign(&[SIGNED_PREFIX, manifest].concat());
    HEXLOWER.encode(&signature.to_bytes())
}

/// Whether `key` signed these bytes.
pub(super) fn is_signed(manifest: &[u8], signature: &[u8], key: &[u8; 32]) -> bool {
    let signature = HEXLOWER.decode(signature.trim_ascii()).ok();
    let signature = signature.and_then(|bytes| Signature::from_slice(&bytes).ok());
    let (Some(signature), Ok(key)) = (signature, VerifyingKey::from_bytes(key)) else {
        return false;
    };
    key.verify_strict(&[SIGNED_PREFIX, manifest].concat(), &signature)
        .is_ok()
}
