//! The status lists as they are published: of each key a base, and deltas that follow on it.
//!
//! ```text
//! base              |......................................| until a mark of six hours, made anew once a day
//! six hours, five of them                    |------|------|
//! hours, twelve of them                         |-|-|-|-|-|-|
//! since the hour                                            |--|  until now
//! ```
//!
//! So a door that was here an hour or a night ago fetches little more than what was revoked since, and one that comes
//! for the first time the base and a few deltas. The marks are numbers of listings, which are times as long as no clock was
//! ahead. Invariant: what ends at a number has everything that was listed until then (the store lists nothing under a number
//! that was given), and the newest ends at a number that is higher than any before. What does not change is signed once in a run of the server, and once more for a new key.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use ed25519_dalek::SigningKey;
use health_code_core::trust::{MAX_REVOKED, StatusList, StatusPlace, StatusSpan};

use super::Authority;
use super::bundles::sha256_hex;
use crate::store::StoreError;

const HOUR_SECS: i64 = 3_600;
const HOURS: u32 = 12;
const SIX_HOURS_SECS: i64 = 6 * HOUR_SECS;
const SIX_HOURS: u32 = 5;
/// A base is made anew when it is that old, seconds.
const BASE_SECS: i64 = 24 * HOUR_SECS;
/// Keys that have all of these; others have one delta on their base.
const KEYS_IN_FULL: usize = 4;
/// Most keys of a region.
const KEYS: usize = 16;
/// Entries of an index that are kept free for them.
pub(crate) const MAX_LISTED: usize =
    KEYS_IN_FULL * (SIX_HOURS + HOURS + 2) as usize + (KEYS - KEYS_IN_FULL) * 2;
/// Most revocations of one list, and of one listing.
const MOST: usize = MAX_REVOKED * 4 / 5;
/// Listings that may follow on the first of a publication: each takes a second of time.
const LISTINGS: usize = 8;

/// Makes the lists.
#[derive(Debug)]
pub(crate) struct StatusLists {
    ttl_secs: u32,
    /// How many asked for new lists so far.
    asked: AtomicU64,
    /// One publication after the other.
    made: tokio::sync::Mutex<Made>,
}

/// A list, ready to be published.
#[derive(Clone, Debug)]
pub(crate) struct SignedList {
    /// In the index.
    pub(crate) name: String,
    /// The number of its last listing.
    pub(crate) version: u64,
    /// Unix seconds.
    issued_at: i64,
    pub(crate) sha256: String,
    pub(crate) bytes: Arc<[u8]>,
}

/// What was signed before and is as it was.
#[derive(Debug, Default)]
struct Made {
    base_until: i64,
    /// The number of the last one who asked and whose revocations are on the lists.
    served: u64,
    lists: BTreeMap<Place, Vec<SignedList>>,
}

/// After which listing, until which.
type Span = (i64, i64);

/// Of which key, and its span.
type Place = ([u8; 8], Span);

impl StatusLists {
    /// `ttl_secs`: after so many seconds a fresh one is due.
    pub(crate) fn new(ttl_secs: u32) -> Self {
        Self {
            ttl_secs,
            asked: AtomicU64::new(0),
            made: tokio::sync::Mutex::default(),
        }
    }
}

impl Authority {
    /// Lists what was revoked, and publishes the status lists as of now: one publication after the other. Who asks while
    /// lists are being made is served, with all others who do, by the ones after them.
    pub(crate) async fn publish_status_list(&self) -> Result<(), StoreError> {
        let asked = self.status_lists.asked.fetch_add(1, Ordering::SeqCst) + 1;
        let mut made = self.status_lists.made.lock().await;
        if made.served >= asked {
            return Ok(());
        }
        let serving = self.status_lists.asked.load(Ordering::SeqCst);
        let store = self.units.store();
        let at_most = u32::try_from(MOST).unwrap_or(u32::MAX);
        let mut listing = store.list_revocations(self.now(), at_most).await?;
        for _ in 0..LISTINGS {
            if listing.is_all {
                break;
            }
            listing = store.list_revocations(self.now(), at_most).await?;
        }
        let keys = self.bundles.status_list_keys(self.now());
        let now = self.now();
        // After a clock that was ahead numbers are no times until the right time has come up to them: only what is signed
        // while it is the newest says as of when it is.
        let is_ahead = listing.number > now + self.bundles.skew_secs();
        let mut signed = made.lists.values().flatten();
        if signed.any(|list| list.issued_at > now) {
            // By a clock that was ahead: no door takes them, and signed anew they would look newer than they are.
            made.lists.clear();
            made.base_until = 0;
        }
        made.base_until = base_until(made.base_until, listing.number, is_ahead);
        let mut wanted = Vec::new();
        for (number, key) in keys.into_iter().enumerate() {
            let spans = spans(
                made.base_until,
                listing.number,
                !is_ahead && number < KEYS_IN_FULL,
            );
            wanted.extend(spans.into_iter().map(|span| (key, span)));
        }
        made.lists.retain(|place, _| wanted.contains(place));
        let mut read: BTreeMap<Span, Parts> = BTreeMap::new();
        for place @ (_, span) in &wanted {
            if !made.lists.contains_key(place) && !read.contains_key(span) {
                let listed = store.revoked(span.0, span.1).await?;
                read.insert(*span, parts(*span, &listed));
            }
        }
        let missing = wanted.iter().filter(|it| !made.lists.contains_key(it));
        let missing: Vec<_> = missing.copied().collect();
        let signer = Signer {
            key: Arc::clone(self.bundles.signing_key()),
            at: now,
            ttl_secs: self.status_lists.ttl_secs,
        };
        // Packing a long list takes a while.
        let signed = tokio::task::spawn_blocking(move || signer.sign(&missing, &read)).await;
        made.lists
            .extend(signed.unwrap_or(Err(StoreError::Faulted))?);
        let lists = wanted.iter().filter_map(|place| made.lists.get(place));
        self.bundles
            .publish_status(lists.flatten().cloned().collect());
        made.served = serving;
        if !listing.is_all {
            self.bundles.revocations_changed();
        }
        Ok(())
    }
}

/// Until which listing the base goes when `newest` is the newest one, where it went until `before`.
fn base_until(before: i64, newest: i64, is_ahead: bool) -> i64 {
    let mark = newest.div_euclid(SIX_HOURS_SECS) * SIX_HOURS_SECS;
    let is_good = before > 0 && mark - before < BASE_SECS;
    // Before the first mark of all there is nothing but the newest itself.
    if is_good {
        before
    } else if mark > 0 && !is_ahead {
        mark
    } else {
        newest
    }
}

/// The spans of a key's lists until the listing `at`, on a base until `base`.
fn spans(base: i64, at: i64, in_full: bool) -> Vec<Span> {
    let mut spans = vec![(0, base)];
    if !in_full {
        spans.extend((base < at).then_some((base, at)));
        return spans;
    }
    for (secs, count) in [
        (SIX_HOURS_SECS, i64::from(SIX_HOURS)),
        (HOUR_SECS, i64::from(HOURS)),
    ] {
        let mark = at.div_euclid(secs) * secs;
        let back = (0..count).rev().map(|steps| mark - steps * secs);
        spans.extend(
            back.map(|end| (end - secs, end))
                .filter(|(from, _)| *from > 0),
        );
    }
    let hour = at.div_euclid(HOUR_SECS) * HOUR_SECS;
    let since = if hour > 0 { hour } else { base };
    spans.extend((since < at).then_some((since, at)));
    spans
}

/// A span in pieces that fit into a list each; one where it fits.
type Parts = Vec<(StatusSpan, Vec<StatusPlace>)>;

/// Cuts where another listing begins. What is `listed` is in order of listing, no listing longer than [`MOST`].
fn parts((from, until): Span, listed: &[(i64, StatusPlace)]) -> Parts {
    let mut parts: Parts = Vec::new();
    let mut from = from;
    let mut places = Vec::new();
    for listing in listed.chunk_by(|one, next| one.0 == next.0) {
        if places.len() + listing.len() > MOST {
            let cut = listing[0].0 - 1;
            parts.push((StatusSpan { from, until: cut }, std::mem::take(&mut places)));
            from = cut;
        }
        places.extend(listing.iter().map(|(_, place)| *place));
    }
    parts.push((StatusSpan { from, until }, places));
    parts
}

struct Signer {
    key: Arc<SigningKey>,
    /// Unix seconds.
    at: i64,
    ttl_secs: u32,
}

impl Signer {
    fn sign(
        &self,
        places: &[Place],
        read: &BTreeMap<Span, Parts>,
    ) -> Result<Vec<(Place, Vec<SignedList>)>, StoreError> {
        let mut signed = Vec::with_capacity(places.len());
        for place @ (of, span) in places {
            let parts = read.get(span).ok_or(StoreError::Faulted)?;
            let lists = parts
                .iter()
                .map(|(span, places)| self.list(*of, *span, places));
            signed.push((*place, lists.collect::<Result<_, _>>()?));
        }
        Ok(signed)
    }

    fn list(
        &self,
        of: [u8; 8],
        span: StatusSpan,
        places: &[StatusPlace],
    ) -> Result<SignedList, StoreError> {
        let list = StatusList::build_for(of, &self.key, span, places, self.at, self.ttl_secs);
        let bytes: Arc<[u8]> = list
            .map_err(|error| {
                tracing::error!(code = error.code(), "a status list cannot be built");
                StoreError::Faulted
            })?
            .into();
        Ok(SignedList {
            name: span.name(&of),
            version: u64::try_from(span.until).unwrap_or_default(),
            issued_at: self.at,
            sha256: sha256_hex(&bytes),
            bytes,
        })
    }
}

#[cfg(test)]
mod tests;
