//! The ranges of a trust bundle's values: the same when it is signed and when it is opened.
//!
//! Invariant: within these a checkpoint's work for one code is bounded, and no sum of times overflows.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use ed25519_dalek::VerifyingKey;

use super::{PresentationPolicy, Region, SunsetOrder, TrustBundle};
use crate::civil_time::CivilTime;
use crate::encoding::MAX_INSTANT;
use crate::sorting;
use crate::trust::BundleError;
use crate::trust::key_id::key_id;
use crate::words::LocalizedText;

const MAX_REGIONS: usize = 4_096;
const MAX_KEYS_PER_REGION: usize = 16;
/// Keys that a credential's four bytes of key id may mean: a verifier tries them all.
const MAX_KEYS_PER_PREFIX: usize = 8;
const MAX_MAPPINGS: usize = 4_096;
const MAX_ORDERS: usize = 4_096;
const MAX_NAME_BYTES: usize = 96;
const MAX_RULE_ID_BYTES: usize = 64;
const MAX_TEXT_BYTES: usize = 512;
const MAX_GRACE_SECS: u32 = 7 * 24 * 3600;

impl TrustBundle {
    pub(super) fn check_limits(&self) -> Result<(), BundleError> {
        let within = is_instant(self.issued_at)
            && is_instant(self.expires_at)
            && self.issued_at < self.expires_at
            && self.policy.is_within()
            && self.regions_are_within()
            && self.keys_are_distinct()
            && self.mappings_are_within()
            && self.orders_are_within();
        within.then_some(()).ok_or(BundleError::ContentInvalid)
    }

    fn regions_are_within(&self) -> bool {
        let mut divisions: Vec<u32> = self.regions.iter().map(|region| region.division).collect();
        sorting::sort_and_dedup(&mut divisions);
        divisions.len() == self.regions.len()
            && self.regions.len() <= MAX_REGIONS
            && self.regions.iter().all(Region::is_within)
    }

    /// No key twice, and not too many that a credential's header cannot tell apart.
    fn keys_are_distinct(&self) -> bool {
        let mut keys_of_prefix: HashMap<[u8; 4], Vec<[u8; 32]>> = HashMap::new();
        self.regions
            .iter()
            .flat_map(|region| &region.keys)
            .all(|key| {
                let [a, b, c, d, ..] = key_id(&key.public_key);
                let keys = keys_of_prefix.entry([a, b, c, d]).or_default();
                let is_new = !keys.contains(&key.public_key);
                keys.push(key.public_key);
                is_new && keys.len() <= MAX_KEYS_PER_PREFIX
            })
    }

    fn mappings_are_within(&self) -> bool {
        self.mappings.len() <= MAX_MAPPINGS
            && self.mappings.iter().all(|mapping| {
                (1..=MAX_RULE_ID_BYTES).contains(&mapping.rule_id.len())
                    && mapping.from_division.is_none_or(is_division)
                    && mapping.to_division.is_none_or(is_division)
                    && is_text(&mapping.text, 0..=MAX_TEXT_BYTES)
            })
    }

    fn orders_are_within(&self) -> bool {
        self.grace_orders.len() <= MAX_ORDERS
            && self.sunset_orders.len() <= MAX_ORDERS
            && self.grace_orders.iter().all(|order| {
                is_division(order.division)
                    && is_instant(order.until)
                    && order.extra_secs <= MAX_GRACE_SECS
            })
            && self.sunset_orders.iter().all(|order| {
                is_division(order.division)
                    && is_instant(order.effective_at)
                    && is_text(&order.text, 0..=MAX_TEXT_BYTES)
                    && order
                        .erase_after_secs
                        .is_none_or(|secs| secs <= SunsetOrder::MAX_ERASE_AFTER_SECS)
            })
    }
}

impl Region {
    fn is_within(&self) -> bool {
        is_division(self.division)
            && is_text(&self.name, 1..=MAX_NAME_BYTES)
            && self
                .utc_offset_minutes
                .is_none_or(|it| CivilTime::east(it).is_some_and(|it| it != CivilTime::CHINA))
            && self.keys.len() <= MAX_KEYS_PER_REGION
            && self.keys.iter().all(|key| {
                is_instant(key.not_before)
                    && is_instant(key.not_after)
                    && key.not_before <= key.not_after
                    && key.revoked_at.is_none_or(is_instant)
                    && VerifyingKey::from_bytes(&key.public_key).is_ok_and(|point| !point.is_weak())
            })
    }
}

impl PresentationPolicy {
    fn is_within(&self) -> bool {
        (1..=600).contains(&self.accept_secs)
            && self.skew_secs <= 300
            && (5..=self.accept_secs).contains(&self.rotation_secs)
            && self.status_max_age_secs <= 366 * 24 * 3600
            && self.admit.is_sorted_by(|a, b| a < b)
    }
}

fn is_instant(secs: i64) -> bool {
    (0..=MAX_INSTANT).contains(&secs)
}

/// Whether it is there in every required language, and in each of so many bytes.
fn is_text(text: &LocalizedText, bytes: RangeInclusive<usize>) -> bool {
    let mut required = LocalizedText::REQUIRED.into_iter();
    required.all(|tag| text.get(tag).is_some())
        && text.iter().all(|(_, text)| bytes.contains(&text.len()))
}

fn is_division(division: u32) -> bool {
    (100_000..=999_999).contains(&division)
}
