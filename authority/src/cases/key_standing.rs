//! Whether this authority's key may issue, by the trust bundle that is published.
//!
//! Invariant: with any other answer than [`KeyStanding::Good`] nothing that a phone would have to believe is issued or
//! handed out. Uploads, orders and status lists go on: what is received is not lost, what is revoked stays revoked.

use health_code_core::trust::{IssuerKey, STATUS_AFTER_KEY_SECS, TrustBundle, key_id};

/// How the key stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeyStanding {
    Good,
    /// Its time has not begun.
    NotYet,
    /// Its time is over; it still signs status lists for a while.
    Retired,
    Revoked,
    NotListed,
    /// Nothing that the trust bundle says counts any more.
    TrustExpired,
}

impl KeyStanding {
    /// How `key` stands in `division` at `at` (Unix seconds).
    pub(crate) fn new(trust: &TrustBundle, division: u32, key: &[u8; 32], at: i64) -> Self {
        if at >= trust.expires_at {
            return Self::TrustExpired;
        }
        match listed(trust, division).find(|listed| listed.public_key == *key) {
            None => Self::NotListed,
            Some(key) if is_revoked(key, at) => Self::Revoked,
            Some(key) if at < key.not_before => Self::NotYet,
            Some(key) if at > key.not_after => Self::Retired,
            Some(_) => Self::Good,
        }
    }

    /// Stable name, for `/healthz`, the log and a refused start.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Good => "ok",
            Self::NotYet => "issuer_key_not_yet_valid",
            Self::Retired => "issuer_key_retired",
            Self::Revoked => "issuer_key_revoked",
            Self::NotListed => "issuer_key_not_listed",
            Self::TrustExpired => "trust_bundle_expired",
        }
    }
}

/// The own key as `trust` lists it.
pub(crate) fn own<'t>(
    trust: &'t TrustBundle,
    division: u32,
    key: &[u8; 32],
) -> Option<&'t IssuerKey> {
    listed(trust, division).find(|listed| listed.public_key == *key)
}

/// Ids of the other keys of `division` whose credentials can still be shown at `at` (Unix seconds) and for which `key` may
/// sign status lists.
pub(crate) fn predecessors(
    trust: &TrustBundle,
    division: u32,
    key: &[u8; 32],
    at: i64,
) -> Vec<[u8; 8]> {
    let Some(own) = own(trust, division, key) else {
        return Vec::new();
    };
    let counts = |other: &&IssuerKey| {
        let last = other.not_after.saturating_add(STATUS_AFTER_KEY_SECS);
        other.public_key != own.public_key
            && other.not_after <= own.not_after
            && (other.not_before..=last).contains(&at)
            && !is_revoked(other, at)
    };
    let others = listed(trust, division).filter(counts);
    others.map(|other| key_id(&other.public_key)).collect()
}

fn listed(trust: &TrustBundle, division: u32) -> impl Iterator<Item = &IssuerKey> {
    let regions = trust.regions.iter();
    regions
        .filter(move |region| region.division == division)
        .flat_map(|region| &region.keys)
}

fn is_revoked(key: &IssuerKey, at: i64) -> bool {
    key.revoked_at.is_some_and(|revoked_at| revoked_at <= at)
}
