//! The issuer keys of a trust bundle, ready for use and found by the key id that a signature names.
//!
//! Invariant: every key here is a point of the curve and belongs to exactly one region of the bundle.

use ed25519_dalek::VerifyingKey;

use super::credential::{CREDENTIAL_AAD, CredentialParts, CredentialView};
use super::{IssuerKey, Refusal, TrustBundle, cose};

/// One key.
pub(super) struct Issuer {
    pub(super) key_id: [u8; 8],
    pub(super) verifying_key: VerifyingKey,
    pub(super) division: u32,
    /// Place of the region in the bundle.
    pub(super) region_index: usize,
    not_before: i64,
    not_after: i64,
    revoked_at: Option<i64>,
}

impl Issuer {
    /// Whether what it signed at `signed_at` counts at `at`.
    pub(super) fn is_valid(&self, signed_at: i64, at: i64) -> bool {
        (self.not_before..=self.not_after).contains(&signed_at)
            && self.revoked_at.is_none_or(|revoked_at| at < revoked_at)
    }
}

/// Keys, sorted by key id.
pub(super) struct IssuerDirectory(Vec<Issuer>);

impl IssuerDirectory {
    /// All keys of `trust`.
    pub(super) fn new(trust: &TrustBundle) -> Self {
        Self::with_prefix(trust, &[])
    }

    /// The keys of `trust` whose key id starts with `prefix`.
    pub(super) fn with_prefix(trust: &TrustBundle, prefix: &[u8]) -> Self {
        let mut issuers = Vec::new();
        for (region_index, region) in trust.regions.iter().enumerate() {
            for key in &region.keys {
                issuers.extend(issuer(key, region.division, region_index, prefix));
            }
        }
        issuers.sort_by_key(|issuer| issuer.key_id);
        Self(issuers)
    }

    /// The keys whose id starts with `prefix`.
    pub(super) fn named(&self, prefix: &[u8]) -> &[Issuer] {
        let start = self.0.partition_point(|issuer| issuer.key_id[..] < *prefix);
        let rest = &self.0[start..];
        let end = rest.partition_point(|issuer| issuer.key_id.starts_with(prefix));
        &rest[..end]
    }

    /// The key that signed a credential, valid for it at `at`. Of several keys that the header may mean, the refusal
    /// is that of the one that came furthest.
    pub(super) fn verify_credential(
        &self,
        parts: &CredentialParts<'_>,
        view: &CredentialView<'_>,
        trust: &TrustBundle,
        at: i64,
        scratch: &mut Vec<u8>,
    ) -> Result<&Issuer, Refusal> {
        if at >= trust.expires_at {
            return Err(Refusal::TrustBundleExpired);
        }
        let mut furthest = Refusal::IssuerUnknown;
        for issuer in self.named(parts.key_id_prefix) {
            let refusal = if !issuer.is_valid(view.issued_at, at) {
                Refusal::IssuerKeyNotValid
            } else if trust.sunset(issuer.division, at).is_some() {
                Refusal::RegionEnded
            } else if !parts
                .sign1
                .is_signed_by(&issuer.verifying_key, CREDENTIAL_AAD, scratch)
            {
                Refusal::CredentialSignature
            } else {
                return Ok(issuer);
            };
            furthest = furthest.max(refusal);
        }
        Err(furthest)
    }
}

fn issuer(key: &IssuerKey, division: u32, region_index: usize, prefix: &[u8]) -> Option<Issuer> {
    let key_id = cose::key_id(&key.public_key);
    if !key_id.starts_with(prefix) {
        return None;
    }
    Some(Issuer {
        key_id,
        verifying_key: VerifyingKey::from_bytes(&key.public_key).ok()?,
        division,
        region_index,
        not_before: key.not_before,
        not_after: key.not_after,
        revoked_at: key.revoked_at,
    })
}
