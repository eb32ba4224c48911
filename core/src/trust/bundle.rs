//! Signed bundles: what an authority or the national root publishes, in one COSE_Sign1 form.
//!
//! Protected header: algorithm, the signer's full key id, and `typ`, which names the kind and so keeps a signature
//! made for one kind from counting for another. Invariant: a bundle has exactly one byte form.
//! Versions and rollback are the payload's matter.

use ed25519_dalek::{SigningKey, VerifyingKey};

use super::issuers::IssuerDirectory;
use super::key_id::key_id;
use super::{BundleError, TrustBundle};
use crate::encoding::{
    cbor::{self, NotCanonical, Reader},
    cose::{self, Sign1},
};

/// `typ` of a questionnaire, JSON.
pub const FORM_TYPE: &str = "application/health-code-form+json";
/// `typ` of a rule set, JSON.
pub const RULE_SET_TYPE: &str = "application/health-code-rules+json";
/// `typ` of a why-receipt, JSON.
pub const RECEIPT_TYPE: &str = "application/health-code-receipt+json";

/// Largest bundle, bytes: nobody signs, lists, opens or stores a larger one.
pub const MAX_BUNDLE_BYTES: usize = 1024 * 1024;

/// A bundle taken apart, borrowed.
pub(super) struct SignedParts<'b> {
    sign1: Sign1<'b>,
    pub(super) key_id: &'b [u8; 8],
}

impl<'b> SignedParts<'b> {
    /// Takes a bundle of kind `typ` apart; its signature is not looked at.
    pub(super) fn read(typ: &str, bytes: &'b [u8]) -> Result<Self, BundleError> {
        if bytes.len() > MAX_BUNDLE_BYTES {
            return Err(BundleError::TooLarge);
        }
        let sign1 = Sign1::read_all(bytes)?;
        let (algorithm, key_id, found) = read_header(sign1.protected)?;
        if found != typ {
            return Err(BundleError::WrongKind);
        }
        if algorithm != i128::from(cose::ED25519) {
            return Err(BundleError::AlgorithmNotAllowed);
        }
        Ok(Self { sign1, key_id })
    }

    pub(super) fn payload(&self) -> &'b [u8] {
        self.sign1.payload
    }

    pub(super) fn is_signed_by(&self, key: &VerifyingKey) -> bool {
        self.sign1.is_signed_by(key, &[], &mut Vec::new())
    }
}

fn read_header(protected: &[u8]) -> Result<(i128, &[u8; 8], &str), NotCanonical> {
    let mut header = Reader::new(protected);
    header.map_of(3)?;
    header.key(cose::ALG)?;
    let algorithm = header.int()?;
    header.key(cose::KID)?;
    let key_id = header.byte_array()?;
    header.key(cose::TYP)?;
    let typ = header.text()?;
    header.end()?;
    Ok((algorithm, key_id, typ))
}

/// Signs `payload` as a bundle of kind `typ`.
///
/// # Errors
/// [`BundleError::TooLarge`] for one of more than [`MAX_BUNDLE_BYTES`].
pub fn sign_bundle(typ: &str, payload: &[u8], key: &SigningKey) -> Result<Vec<u8>, BundleError> {
    let mut header = Vec::with_capacity(64);
    cbor::write_map(&mut header, 3);
    cbor::write_uint(&mut header, cose::ALG);
    cbor::write_int(&mut header, cose::ED25519);
    cbor::write_uint(&mut header, cose::KID);
    cbor::write_bytes(&mut header, &key_id(&key.verifying_key().to_bytes()));
    cbor::write_uint(&mut header, cose::TYP);
    cbor::write_text(&mut header, typ);
    let bytes = cose::sign1_ed25519(&header, &[], payload, key);
    if bytes.len() > MAX_BUNDLE_BYTES {
        return Err(BundleError::TooLarge);
    }
    Ok(bytes)
}

/// What a region signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignedPayload<'b> {
    /// What was signed.
    pub payload: &'b [u8],
    /// The region that signed it.
    pub division: u32,
    /// The key that signed it.
    pub key_id: [u8; 8],
}

/// Opens a bundle of kind `typ` that a region of `trust` signed with a key that is valid at `at` (Unix seconds).
///
/// # Errors
/// Any [`BundleError`] but [`BundleError::ContentInvalid`] and [`BundleError::RolledBack`].
pub fn open_bundle<'b>(
    typ: &str,
    bytes: &'b [u8],
    trust: &TrustBundle,
    at: i64,
) -> Result<SignedPayload<'b>, BundleError> {
    let parts = SignedParts::read(typ, bytes)?;
    if at >= trust.expires_at {
        return Err(BundleError::Expired);
    }
    let issuers = IssuerDirectory::with_prefix(trust, parts.key_id);
    let mut error = BundleError::SignerUnknown;
    for issuer in issuers.named(parts.key_id) {
        if !issuer.is_valid(at, at) {
            error = BundleError::SignerKeyNotValid;
        } else if !parts.is_signed_by(&issuer.verifying_key) {
            error = BundleError::SignatureWrong;
        } else {
            return Ok(SignedPayload {
                payload: parts.payload(),
                division: issuer.division,
                key_id: issuer.key_id,
            });
        }
    }
    Err(error)
}

#[cfg(test)]
#[path = "bundle_tests.rs"]
mod tests;
