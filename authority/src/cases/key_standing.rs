//! Whether this authority's key may issue, by the trust bundle that is published, and of which keys it publishes status
//! lists.
//!
//! Invariant: with any other answer than [`KeyStanding::Good`] nothing that a phone would have to believe is issued or
//! handed out. Uploads, orders and status lists go on: what is received is not lost, what is revoked stays revoked. A key
//! that another store issued under gets no list from this one, which knows nothing of what was revoked there.

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

/// Why a listed key of the own region, whose credentials can still be shown, gets no status list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LeftOut {
    /// Another store issued under it, or none so far. A list from this one would un-revoke what that one revoked.
    NotIssuedHere,
    /// It is good for longer than the own key, which may not speak of it.
    OutlivesOwnKey,
    /// The own key may not sign the list any more.
    OwnKeyOver,
}

impl LeftOut {
    /// Stable name, for the log.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::NotIssuedHere => "not_issued_here",
            Self::OutlivesOwnKey => "outlives_own_key",
            Self::OwnKeyOver => "own_key_over",
        }
    }
}

/// Ids of the keys of one region whose credentials can still be shown at a time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct StatusListKeys {
    /// Those of which a status list is published, the own key first.
    pub(crate) signed: Vec<[u8; 8]>,
    /// The others.
    pub(crate) left_out: Vec<([u8; 8], LeftOut)>,
}

impl StatusListKeys {
    /// Those of `division` at `at` (Unix seconds) for a server with the key `key` and a store that issued under the public
    /// keys `issued_under`.
    pub(crate) fn new(
        trust: &TrustBundle,
        division: u32,
        key: &[u8; 32],
        issued_under: &[[u8; 32]],
        at: i64,
    ) -> Self {
        let mut keys = Self::default();
        let own = own(trust, division, key).filter(|own| !is_revoked(own, at));
        for one in listed(trust, division) {
            let last = one.not_after.saturating_add(STATUS_AFTER_KEY_SECS);
            if is_revoked(one, at) || !(one.not_before..=last).contains(&at) {
                continue;
            }
            let id = key_id(&one.public_key);
            let is_own = one.public_key == *key;
            let is_own_good = own.is_some_and(|own| (own.not_before..=own.not_after).contains(&at));
            let left_out = if !issued_under.contains(&one.public_key) {
                LeftOut::NotIssuedHere
            } else if is_own {
                keys.signed.insert(0, id);
                continue;
            } else if !is_own_good {
                LeftOut::OwnKeyOver
            } else if own.is_some_and(|own| one.not_after > own.not_after) {
                LeftOut::OutlivesOwnKey
            } else {
                keys.signed.push(id);
                continue;
            };
            keys.left_out.push((id, left_out));
        }
        keys
    }
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

#[cfg(test)]
#[path = "key_standing_tests.rs"]
mod tests;
