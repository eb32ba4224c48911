//! The issuer keys of a trust bundle, ready for use and found by the key id that a signature names.
//!
//! Invariant: every key here is a point of the curve and belongs to exactly one region of the bundle.

use ed25519_dalek::VerifyingKey;

use super::key_id::key_id;
use super::{IssuerKey, TrustBundle};
use crate::sorting;

/// How long after its end a key still signs status lists, seconds: the longest life of a credential and the longest
/// outage grace.
pub const STATUS_AFTER_KEY_SECS: i64 = 8 * 24 * 3600;

/// One key.
pub(crate) struct Issuer {
    pub(crate) key_id: [u8; 8],
    pub(crate) verifying_key: VerifyingKey,
    pub(crate) division: u32,
    /// Place of the region in the bundle.
    pub(crate) region_index: usize,
    not_before: i64,
    not_after: i64,
    revoked_at: Option<i64>,
}

impl Issuer {
    /// Whether what it signed at `signed_at` counts at `at`.
    pub(crate) fn is_valid(&self, signed_at: i64, at: i64) -> bool {
        (self.not_before..=self.not_after).contains(&signed_at) && !self.is_revoked(at)
    }

    /// Whether nothing that it ever signed counts at `at`.
    pub(crate) fn is_revoked(&self, at: i64) -> bool {
        self.revoked_at.is_some_and(|revoked_at| revoked_at <= at)
    }

    /// Whether its status lists of `signed_at` count: a while longer than what else it signs, since credentials of its
    /// last day can still be shown and revoked then.
    pub(crate) fn may_revoke(&self, signed_at: i64) -> bool {
        let last = self.not_after.saturating_add(STATUS_AFTER_KEY_SECS);
        (self.not_before..=last).contains(&signed_at)
    }

    /// Whether it may speak of `other`'s credentials at `signed_at`: a key of the same region that is good then, and no
    /// shorter than `other`, so that none speaks of its successor's.
    pub(crate) fn may_revoke_for(&self, other: &Self, signed_at: i64) -> bool {
        self.division == other.division
            && (self.not_before..=self.not_after).contains(&signed_at)
            && other.not_after <= self.not_after
    }
}

/// Keys, sorted by key id.
pub(crate) struct IssuerDirectory(Vec<Issuer>);

impl IssuerDirectory {
    /// All keys of `trust`.
    pub(crate) fn new(trust: &TrustBundle) -> Self {
        Self::with_prefix(trust, &[])
    }

    /// The keys of `trust` whose key id starts with `prefix`.
    pub(crate) fn with_prefix(trust: &TrustBundle, prefix: &[u8]) -> Self {
        let mut issuers = Vec::new();
        for (region_index, region) in trust.regions.iter().enumerate() {
            for key in &region.keys {
                issuers.extend(issuer(key, region.division, region_index, prefix));
            }
        }
        sorting::sort_by(&mut issuers, |left, right| left.key_id.cmp(&right.key_id));
        Self(issuers)
    }

    /// All of them.
    pub(super) fn into_issuers(self) -> Vec<Issuer> {
        self.0
    }

    /// The keys whose id starts with `prefix`.
    pub(crate) fn named(&self, prefix: &[u8]) -> &[Issuer] {
        let start = self.0.partition_point(|issuer| issuer.key_id[..] < *prefix);
        let rest = &self.0[start..];
        let end = rest.partition_point(|issuer| issuer.key_id.starts_with(prefix));
        &rest[..end]
    }
}

fn issuer(key: &IssuerKey, division: u32, region_index: usize, prefix: &[u8]) -> Option<Issuer> {
    let key_id = key_id(&key.public_key);
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
