//! The credential: what an authority says about a citizen, for one device, good for hours.
//!
//! A CWT (RFC 8392) in an untagged COSE_Sign1. Claims: `exp` (4), `cnf` (8) whose `kid` is the device's public key
//! itself (RFC 8747, 3.4), `scope` (9, a byte string as RFC 9200 allows). Header: algorithm and the first four bytes
//! of the issuer's key id. The key tells the region; the key and the status index name the credential.
//! Invariant: a credential has exactly one byte form.

use ed25519_dalek::SigningKey;

use super::claims::{self, CredentialClaims, Scope};
use super::{CodeError, Refusal};
use crate::encoding::{
    cbor::{self, NotCanonical, Reader},
    cose::{self, Sign1},
    instant,
};
use crate::trust::{BundleError, DevicePublicKey, Issuer, IssuerDirectory, TrustBundle, key_id};

/// Domain separation of the issuer's signature.
pub(super) const CREDENTIAL_AAD: &[u8] = b"JKM1 credential";
/// Longest credential, bytes; a real one has at most 168.
pub const MAX_CREDENTIAL_BYTES: usize = 256;

const EXP: u64 = 4;
const CNF: u64 = 8;
const SCOPE: u64 = 9;
const CNF_KID: u64 = 3;

/// A credential taken apart, borrowed.
#[derive(Clone, Copy)]
pub(super) struct CredentialParts<'b> {
    pub(super) sign1: Sign1<'b>,
    pub(super) algorithm: i128,
    pub(super) key_id_prefix: &'b [u8; 4],
    expires_at: u64,
    device_key: &'b [u8],
    scope: &'b [u8],
}

/// What it says, borrowed, every value in its range.
#[derive(Clone, Copy)]
pub(super) struct CredentialView<'b> {
    pub(super) issued_at: i64,
    pub(super) expires_at: i64,
    pub(super) device_key: DevicePublicKey,
    pub(super) scope: Scope<'b>,
}

impl<'b> CredentialParts<'b> {
    /// The first half of the signature, `R` (RFC 8032, 5.1.6): another credential has another.
    pub(super) fn signature_r(&self) -> [u8; 32] {
        std::array::from_fn(|place| self.sign1.signature[place])
    }

    /// The next item.
    pub(super) fn read(reader: &mut Reader<'b>) -> Result<Self, NotCanonical> {
        let sign1 = Sign1::read(reader)?;

        let mut header = Reader::new(sign1.protected);
        header.map_of(2)?;
        header.key(cose::ALG)?;
        let algorithm = header.int()?;
        header.key(cose::KID)?;
        let key_id_prefix = header.byte_array()?;
        header.end()?;

        let mut claims = Reader::new(sign1.payload);
        claims.map_of(3)?;
        claims.key(EXP)?;
        let expires_at = claims.uint()?;
        claims.key(CNF)?;
        claims.map_of(1)?;
        claims.key(CNF_KID)?;
        let device_key = claims.bytes()?;
        claims.key(SCOPE)?;
        let scope = claims.bytes()?;
        claims.end()?;

        Ok(Self {
            sign1,
            algorithm,
            key_id_prefix,
            expires_at,
            device_key,
            scope,
        })
    }

    /// All of `bytes`.
    pub(super) fn read_all(bytes: &'b [u8]) -> Result<Self, Refusal> {
        if bytes.len() > MAX_CREDENTIAL_BYTES {
            return Err(Refusal::TooLong);
        }
        let mut reader = Reader::new(bytes);
        let parts = Self::read(&mut reader)?;
        reader.end()?;
        Ok(parts)
    }

    /// What it says; refused if a value is outside of its range.
    pub(super) fn view(&self) -> Result<CredentialView<'b>, Refusal> {
        let scope = Scope::read(self.scope).ok_or(Refusal::ClaimsInvalid)?;
        let expires_at = instant(self.expires_at).ok_or(Refusal::ClaimsInvalid)?;
        Ok(CredentialView {
            issued_at: claims::issued_at(expires_at, scope.lifetime_quarter_hours),
            expires_at,
            device_key: DevicePublicKey::from_bytes(self.device_key)
                .map_err(|_| Refusal::ClaimsInvalid)?,
            scope,
        })
    }

    /// The key that signed it, valid for it at `at`. Of several keys that the header may mean, the refusal is that of
    /// the one that came furthest.
    pub(super) fn signed_by<'i>(
        &self,
        view: &CredentialView<'_>,
        issuers: &'i IssuerDirectory,
        trust: &TrustBundle,
        at: i64,
        scratch: &mut Vec<u8>,
    ) -> Result<&'i Issuer, Refusal> {
        let named = KeyNamed {
            sign1: &self.sign1,
            external_aad: CREDENTIAL_AAD,
            key_id_prefix: self.key_id_prefix,
            issued_at: view.issued_at,
        };
        issuer_of(named, issuers, trust, at, scratch)
    }

    pub(super) fn check_algorithm(&self) -> Result<(), Refusal> {
        if self.algorithm == i128::from(cose::ED25519) {
            Ok(())
        } else {
            Err(Refusal::AlgorithmNotAllowed)
        }
    }
}

/// What an issuer signed, and the key that its header names.
#[derive(Clone, Copy)]
pub(super) struct KeyNamed<'b> {
    pub(super) sign1: &'b Sign1<'b>,
    pub(super) external_aad: &'static [u8],
    pub(super) key_id_prefix: &'b [u8; 4],
    /// From when it counts, Unix seconds: the key must have been allowed to sign then.
    pub(super) issued_at: i64,
}

/// The key that signed it, valid for it at `at`. Of several keys that the header may mean, the refusal is that of the one that
/// came furthest.
pub(super) fn issuer_of<'i>(
    named: KeyNamed<'_>,
    issuers: &'i IssuerDirectory,
    trust: &TrustBundle,
    at: i64,
    scratch: &mut Vec<u8>,
) -> Result<&'i Issuer, Refusal> {
    trust.check_time(at).map_err(|error| match error {
        BundleError::FromFuture => Refusal::TrustBundleFromFuture,
        _ => Refusal::TrustBundleExpired,
    })?;
    let mut furthest = Refusal::IssuerUnknown;
    for issuer in issuers.named(named.key_id_prefix) {
        let refusal = if !issuer.is_valid(named.issued_at, at) {
            Refusal::IssuerKeyNotValid
        } else if trust.sunset(issuer.division, at).is_some() {
            Refusal::RegionEnded
        } else if !named
            .sign1
            .is_signed_by(&issuer.verifying_key, named.external_aad, scratch)
        {
            Refusal::CredentialSignature
        } else {
            return Ok(issuer);
        };
        furthest = furthest.max(refusal);
    }
    Err(furthest)
}

impl CredentialView<'_> {
    /// Whether it counts at `at`, issued by `division`.
    pub(super) fn check_time(
        &self,
        trust: &TrustBundle,
        division: u32,
        at: i64,
    ) -> Result<(), Refusal> {
        if trust.is_ahead(self.issued_at, at) {
            return Err(Refusal::CredentialNotYetValid);
        }
        if at >= self.counts_until(trust, division, at) {
            return Err(Refusal::CredentialExpired);
        }
        Ok(())
    }

    /// First instant at which it no longer counts, issued by `division`, grace included.
    pub(super) fn counts_until(&self, trust: &TrustBundle, division: u32, at: i64) -> i64 {
        self.expires_at + i64::from(trust.grace_secs(division, at))
    }

    pub(super) fn to_claims(self) -> CredentialClaims {
        CredentialClaims {
            expires_at: self.expires_at,
            lifetime_quarter_hours: self.scope.lifetime_quarter_hours,
            device_key: self.device_key,
            colour: self.scope.colour,
            reason: self.scope.reason,
            rule_set_version: self.scope.rule_set_version,
            status_index: self.scope.status_index,
            assurance: self.scope.assurance,
            subject_kind: self.scope.subject_kind,
            scheme: self.scope.scheme,
            document_tail: self.scope.document_tail.to_owned(),
            masked_name: self.scope.masked_name.to_owned(),
        }
    }
}

/// Makes a credential, signed by the authority's key.
///
/// # Errors
/// [`CodeError::ClaimsOutOfRange`] if a claim does not fit.
pub fn issue_credential(
    claims: &CredentialClaims,
    issuer_key: &SigningKey,
) -> Result<Vec<u8>, CodeError> {
    let scope = claims.scope().write().ok_or(CodeError::ClaimsOutOfRange)?;
    let expires_at = u64::try_from(claims.expires_at).map_err(|_| CodeError::ClaimsOutOfRange)?;
    instant(expires_at).ok_or(CodeError::ClaimsOutOfRange)?;

    let [a, b, c, d, ..] = key_id(&issuer_key.verifying_key().to_bytes());
    let mut header = Vec::with_capacity(16);
    cbor::write_map(&mut header, 2);
    cbor::write_uint(&mut header, cose::ALG);
    cbor::write_int(&mut header, cose::ED25519);
    cbor::write_uint(&mut header, cose::KID);
    cbor::write_bytes(&mut header, &[a, b, c, d]);

    let mut payload = Vec::with_capacity(96);
    cbor::write_map(&mut payload, 3);
    cbor::write_uint(&mut payload, EXP);
    cbor::write_uint(&mut payload, expires_at);
    cbor::write_uint(&mut payload, CNF);
    cbor::write_map(&mut payload, 1);
    cbor::write_uint(&mut payload, CNF_KID);
    cbor::write_bytes(&mut payload, claims.device_key.as_bytes());
    cbor::write_uint(&mut payload, SCOPE);
    cbor::write_bytes(&mut payload, &scope);

    Ok(cose::sign1_ed25519(
        &header,
        CREDENTIAL_AAD,
        &payload,
        issuer_key,
    ))
}

/// Reads a credential without checking its signature: for one that was verified when it came.
///
/// # Errors
/// [`Refusal::TooLong`], [`Refusal::NotCanonical`], [`Refusal::ClaimsInvalid`], [`Refusal::AlgorithmNotAllowed`].
pub fn read_credential(credential: &[u8]) -> Result<CredentialClaims, Refusal> {
    let parts = CredentialParts::read_all(credential)?;
    let view = parts.view()?;
    parts.check_algorithm()?;
    Ok(view.to_claims())
}

/// First instants (Unix seconds) at which [`verify_credential`] may say something else although neither credential nor
/// `trust` changed; those of the trust bundle itself are not among them. In no order.
#[cfg(feature = "holder")]
pub(crate) fn credential_bounds(claims: &CredentialClaims, trust: &TrustBundle) -> Vec<i64> {
    let graces = trust.grace_orders.iter().map(|order| order.extra_secs);
    let mut bounds = vec![claims.issued_at() - i64::from(trust.policy.skew_secs)];
    bounds.extend(
        graces
            .chain([0])
            .map(|extra_secs| claims.expires_at + i64::from(extra_secs)),
    );
    bounds
}

/// Reads a credential and checks that an authority of `trust` issued it and that it counts at `at` (Unix seconds):
/// what a phone does when it receives one. Revocation is the checkpoint's to look at.
///
/// # Errors
/// The [`Refusal`]s of [`read_credential`] and those about the issuer, its signature and the credential's time.
pub fn verify_credential(
    credential: &[u8],
    trust: &TrustBundle,
    at: i64,
) -> Result<CredentialClaims, Refusal> {
    let parts = CredentialParts::read_all(credential)?;
    let view = parts.view()?;
    parts.check_algorithm()?;
    let issuers = IssuerDirectory::with_prefix(trust, parts.key_id_prefix);
    let mut scratch = Vec::new();
    let issuer = parts.signed_by(&view, &issuers, trust, at, &mut scratch)?;
    view.check_time(trust, issuer.division, at)?;
    Ok(view.to_claims())
}
