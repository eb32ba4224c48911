//! Which key of a region comes after which, and whether it may speak for it.
//!
//! Only a key that is good for at least as long signs another's status list (PROTOCOL, section 6). A region goes over to
//! the key that begins later. Invariant: nothing here changes a bundle.

use std::collections::BTreeSet;

use health_code_core::trust::{IssuerKey, Region, STATUS_AFTER_KEY_SECS, TrustBundle};

/// Public keys of a key and of one that comes after it and ends before it.
pub(super) type Outlived = ([u8; 32], [u8; 32]);

/// All such, of keys whose credentials can still be shown at `now` (Unix seconds).
pub(super) fn outlived(bundle: &TrustBundle, now: i64) -> BTreeSet<Outlived> {
    let mut found = BTreeSet::new();
    for region in &bundle.regions {
        for old in unrevoked(region) {
            let last = old.not_after.saturating_add(STATUS_AFTER_KEY_SECS);
            let after = unrevoked(region).filter(|next| {
                next.not_before > old.not_before && next.not_after < old.not_after && last >= now
            });
            found.extend(after.map(|next| (old.public_key, next.public_key)));
        }
    }
    found
}

/// Divisions that have no key for the last part of the bundle, and since when; from `now` on where none counts.
pub(super) fn without_key(bundle: &TrustBundle, now: i64) -> Vec<(u32, i64)> {
    let regions = bundle.regions.iter();
    let ends = regions.map(|region| {
        let end = unrevoked(region).map(|key| key.not_after).max();
        (region.division, end.map_or(now, |end| end.max(now)))
    });
    ends.filter(|(_, end)| *end < bundle.expires_at).collect()
}

fn unrevoked(region: &Region) -> impl Iterator<Item = &IssuerKey> {
    region.keys.iter().filter(|key| key.revoked_at.is_none())
}
