//! Signed bundles: what an authority or the national root publishes, in one COSE_Sign1 form.
//!
//! Protected header: algorithm, the signer's full key id, `typ`, which names the kind and so keeps a signature made for
//! one kind from counting for another, and the time of signing as a CWT claim (RFC 9597), unless the payload says it.
//! Invariants: a bundle has exactly one byte form; what was signed within the time of a key goes on counting after it, and
//! nothing counts that is dated ahead or that a revoked key signed. Versions and rollback are the payload's matter.

use ed25519_dalek::{SigningKey, VerifyingKey};

use super::issuers::{Issuer, IssuerDirectory};
use super::key_id::key_id;
use super::{BundleError, TrustBundle};
use crate::encoding::{
    cbor::{self, NotCanonical, Reader},
    cose::{self, Sign1},
    instant,
};

/// `typ` of a questionnaire, JSON.
pub const FORM_TYPE: &str = "application/health-code-form+json";
/// `typ` of a rule set, JSON.
pub const RULE_SET_TYPE: &str = "application/health-code-rules+json";
/// `typ` of a why-receipt, JSON.
pub const RECEIPT_TYPE: &str = "application/health-code-receipt+json";

/// Largest bundle, bytes: nobody signs, lists, opens or stores a larger one.
pub const MAX_BUNDLE_BYTES: usize = 1024 * 1024;

/// CWT claim "issued at".
const IAT: u64 = 6;

/// A bundle taken apart, borrowed.
pub(super) struct SignedParts<'b> {
    sign1: Sign1<'b>,
    pub(super) key_id: &'b [u8; 8],
    /// As the header says, Unix seconds.
    signed_at: Option<i64>,
}

/// The signer's key and payload of a bundle whose signature holds; whether the key was good for it then is to be asked.
pub(super) struct OfIssuer<'b> {
    pub(super) payload: &'b [u8],
    pub(super) issuer: Issuer,
    signed_at: Option<i64>,
}

struct Header<'b> {
    algorithm: i128,
    key_id: &'b [u8; 8],
    signed_at: Option<i64>,
    typ: &'b str,
}

impl<'b> SignedParts<'b> {
    /// Takes a bundle of kind `typ` apart; its signature is not looked at.
    pub(super) fn read(typ: &str, bytes: &'b [u8]) -> Result<Self, BundleError> {
        if bytes.len() > MAX_BUNDLE_BYTES {
            return Err(BundleError::TooLarge);
        }
        let sign1 = Sign1::read_all(bytes)?;
        let header = Header::read(sign1.protected)?;
        if header.typ != typ {
            return Err(BundleError::WrongKind);
        }
        if header.algorithm != i128::from(cose::ED25519) {
            return Err(BundleError::AlgorithmNotAllowed);
        }
        Ok(Self {
            sign1,
            key_id: header.key_id,
            signed_at: header.signed_at,
        })
    }

    pub(super) fn payload(&self) -> &'b [u8] {
        self.sign1.payload
    }

    pub(super) fn is_signed_by(&self, key: &VerifyingKey) -> bool {
        self.sign1.is_signed_by(key, &[], &mut Vec::new())
    }
}

/// The payload of a bundle of kind `typ` whose signature nobody looked at: to be shown as such, or verified elsewhere.
#[cfg(feature = "holder")]
pub(crate) fn unverified_payload<'b>(typ: &str, bytes: &'b [u8]) -> Option<&'b [u8]> {
    SignedParts::read(typ, bytes)
        .ok()
        .map(|parts| parts.payload())
}

impl<'b> Header<'b> {
    fn read(protected: &'b [u8]) -> Result<Self, NotCanonical> {
        let mut header = Reader::new(protected);
        let members = header.map()?;
        if !(3..=4).contains(&members) {
            return Err(NotCanonical);
        }
        header.key(cose::ALG)?;
        let algorithm = header.int()?;
        header.key(cose::KID)?;
        let key_id = header.byte_array()?;
        let signed_at = (members == 4)
            .then(|| {
                header.key(cose::CWT_CLAIMS)?;
                header.map_of(1)?;
                header.key(IAT)?;
                instant(header.uint()?).ok_or(NotCanonical)
            })
            .transpose()?;
        header.key(cose::TYP)?;
        let typ = header.text()?;
        header.end()?;
        Ok(Self {
            algorithm,
            key_id,
            signed_at,
            typ,
        })
    }
}

/// Signs `payload` as a bundle of kind `typ`, at `signed_at` (Unix seconds); none where the payload itself says when.
///
/// # Errors
/// [`BundleError::TooLarge`] for one of more than [`MAX_BUNDLE_BYTES`], [`BundleError::ContentInvalid`] for a time outside
/// of the format.
pub fn sign_bundle(
    typ: &str,
    signed_at: Option<i64>,
    payload: &[u8],
    key: &SigningKey,
) -> Result<Vec<u8>, BundleError> {
    let mut header = Vec::with_capacity(64);
    cbor::write_map(&mut header, if signed_at.is_some() { 4 } else { 3 });
    cbor::write_uint(&mut header, cose::ALG);
    cbor::write_int(&mut header, cose::ED25519);
    cbor::write_uint(&mut header, cose::KID);
    cbor::write_bytes(&mut header, &key_id(&key.verifying_key().to_bytes()));
    if let Some(signed_at) = signed_at {
        let secs = u64::try_from(signed_at).ok();
        let secs = secs.filter(|secs| instant(*secs).is_some());
        cbor::write_uint(&mut header, cose::CWT_CLAIMS);
        cbor::write_map(&mut header, 1);
        cbor::write_uint(&mut header, IAT);
        cbor::write_uint(&mut header, secs.ok_or(BundleError::ContentInvalid)?);
    }
    cbor::write_uint(&mut header, cose::TYP);
    cbor::write_text(&mut header, typ);
    let bytes = cose::sign1_ed25519(&header, &[], payload, key);
    if bytes.len() > MAX_BUNDLE_BYTES {
        return Err(BundleError::TooLarge);
    }
    Ok(bytes)
}

/// What a region signed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SignedPayload<'b> {
    /// What was signed.
    pub payload: &'b [u8],
    /// The region that signed it.
    pub division: u32,
    /// The key that signed it.
    pub key_id: [u8; 8],
}

/// Opens a bundle of kind `typ` that a region of `trust` signed, at `at` (Unix seconds): with a key that was good when it
/// was signed and is not revoked now, and not ahead of now. One that does not say when must be of a key that is good now.
///
/// # Errors
/// Any [`BundleError`] but [`BundleError::ContentInvalid`] and [`BundleError::RolledBack`].
pub fn open_bundle<'b>(
    typ: &str,
    bytes: &'b [u8],
    trust: &TrustBundle,
    at: i64,
) -> Result<SignedPayload<'b>, BundleError> {
    let signed = verify_signature(typ, bytes, trust, at)?;
    let signed_at = signed.signed_at.unwrap_or(at);
    check_not_ahead(signed_at, trust, at)?;
    if !signed.issuer.is_valid(signed_at, at) {
        return Err(BundleError::SignerKeyNotValid);
    }
    Ok(SignedPayload {
        payload: signed.payload,
        division: signed.issuer.division,
        key_id: signed.issuer.key_id,
    })
}

/// Finds the region's key that signed a bundle of kind `typ`; it must not be revoked at `at`. When it signed is for the
/// caller to judge.
pub(super) fn verify_signature<'b>(
    typ: &str,
    bytes: &'b [u8],
    trust: &TrustBundle,
    at: i64,
) -> Result<OfIssuer<'b>, BundleError> {
    let parts = SignedParts::read(typ, bytes)?;
    trust.check_time(at)?;
    let mut error = BundleError::SignerUnknown;
    for issuer in IssuerDirectory::with_prefix(trust, parts.key_id).into_issuers() {
        if issuer.is_revoked(at) {
            error = BundleError::SignerKeyNotValid;
        } else if !parts.is_signed_by(&issuer.verifying_key) {
            error = BundleError::SignatureWrong;
        } else {
            return Ok(OfIssuer {
                payload: parts.payload(),
                issuer,
                signed_at: parts.signed_at,
            });
        }
    }
    Err(error)
}

/// Refuses what is dated later than a clock may be ahead.
pub(super) fn check_not_ahead(
    signed_at: i64,
    trust: &TrustBundle,
    at: i64,
) -> Result<(), BundleError> {
    if trust.is_ahead(signed_at, at) {
        return Err(BundleError::FromFuture);
    }
    Ok(())
}

/// First instants (Unix seconds) at which [`open_bundle`] may say something else although neither bundle nor `trust`
/// changed; those of the trust bundle itself are not among them.
#[cfg(feature = "holder")]
pub(crate) fn bundle_bounds(typ: &str, bytes: &[u8], trust: &TrustBundle) -> Vec<i64> {
    let parts = SignedParts::read(typ, bytes).ok();
    let signed_at = parts.and_then(|parts| parts.signed_at);
    let skew_secs = i64::from(trust.policy.skew_secs);
    signed_at
        .map(|signed_at| signed_at - skew_secs)
        .into_iter()
        .collect()
}

crate::hidden_debug!(SignedPayload<'_>);

#[cfg(test)]
#[path = "bundle_tests.rs"]
mod tests;
