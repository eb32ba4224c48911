//! Revoked credentials, a sorted list of indexes for each day on which credentials end, and its packed form.
//!
//! A credential is named by the day of its `exp` (UTC) and its status index, so an index serves again for another day, and
//! a day that is over is forgotten whole. Invariant: the indexes of a day ascend, none twice, and no day is empty. Knows
//! nothing of signatures or of when somebody was revoked.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};

use flate2::{Compression, read::ZlibDecoder, write::ZlibEncoder};

use super::BundleError;
use crate::sorting;

/// Most revoked credentials in one bundle.
pub const MAX_REVOKED: usize = 500_000;
/// Latest day that a bundle may name: the year 9999.
const MAX_DAY: u64 = 2_932_896;
const DAY_SECS: i64 = 24 * 3600;
/// Bytes of a gap, unpacked.
const GAP_BYTES: usize = 4;

/// Which credential: the day on which it ends, and its status index.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatusPlace {
    /// Days since 1970.
    pub day: u32,
    /// Status index.
    pub index: u32,
}

impl StatusPlace {
    /// Of the credential that ends at `expires_at` (Unix seconds).
    #[must_use]
    pub fn new(expires_at: i64, index: u32) -> Self {
        Self {
            day: day(expires_at),
            index,
        }
    }
}

impl std::fmt::Debug for StatusPlace {
    /// An index names a credential.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "StatusPlace(day {})", self.day)
    }
}

/// The day of `at` (Unix seconds).
pub(super) fn day(at: i64) -> u32 {
    u32::try_from(at.div_euclid(DAY_SECS).max(0)).unwrap_or(u32::MAX)
}

/// See the module.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct RevokedSet(BTreeMap<u32, Vec<u32>>);

impl RevokedSet {
    pub(super) fn new(places: &[StatusPlace]) -> Self {
        let mut days: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for place in places {
            days.entry(place.day).or_default().push(place.index);
        }
        for indexes in days.values_mut() {
            sorting::sort_by(indexes, Ord::cmp);
            indexes.dedup();
        }
        Self(days)
    }

    pub(super) fn contains(&self, place: StatusPlace) -> bool {
        let day = self.0.get(&place.day);
        day.is_some_and(|indexes| indexes.binary_search(&place.index).is_ok())
    }

    pub(super) fn len(&self) -> usize {
        self.0.values().map(Vec::len).sum()
    }

    pub(super) fn places(&self) -> impl Iterator<Item = StatusPlace> {
        let places = |(day, indexes): (&u32, &Vec<u32>)| {
            let day = *day;
            let places = indexes.iter().map(move |&index| StatusPlace { day, index });
            places.collect::<Vec<_>>()
        };
        self.0.iter().flat_map(places)
    }

    /// Takes over what `other` has.
    pub(super) fn merge(&mut self, other: Self) {
        for (day, indexes) in other.0 {
            let own = self.0.entry(day).or_default();
            *own = merged(own, &indexes);
        }
    }

    pub(super) fn forget_before(&mut self, day: u32) {
        self.0 = self.0.split_off(&day);
    }

    /// Each day with its indexes, packed.
    ///
    /// # Errors
    /// [`BundleError::TooLarge`] for more than [`MAX_REVOKED`], [`BundleError::ContentInvalid`] for a day outside of the
    /// format.
    pub(super) fn pack(&self) -> Result<Vec<(u64, Vec<u8>)>, BundleError> {
        if self.len() > MAX_REVOKED {
            return Err(BundleError::TooLarge);
        }
        let mut days = Vec::with_capacity(self.0.len());
        for (&day, indexes) in &self.0 {
            let day = u64::from(day);
            if day > MAX_DAY {
                return Err(BundleError::ContentInvalid);
            }
            let packed = compress(&planes(indexes)).ok_or(BundleError::TooLarge)?;
            days.push((day, packed));
        }
        Ok(days)
    }

    /// Reads what [`RevokedSet::pack`] writes.
    ///
    /// # Errors
    /// [`BundleError::ContentInvalid`], [`BundleError::TooLarge`].
    pub(super) fn unpack<'b>(
        days: impl Iterator<Item = (u64, &'b [u8])>,
    ) -> Result<Self, BundleError> {
        let mut set = Self::default();
        let mut left = MAX_REVOKED;
        for (day, packed) in days {
            let day = u32::try_from(day).ok().filter(|_| day <= MAX_DAY);
            let day = day.ok_or(BundleError::ContentInvalid)?;
            let planes = decompress(packed, left * GAP_BYTES)?;
            let indexes = indexes(&planes).ok_or(BundleError::ContentInvalid)?;
            left -= indexes.len();
            set.0.insert(day, indexes);
        }
        Ok(set)
    }
}

fn merged(one: &[u32], other: &[u32]) -> Vec<u32> {
    let mut all = Vec::with_capacity(one.len() + other.len());
    let (mut left, mut right) = (one.iter().peekable(), other.iter().peekable());
    while let (Some(&&a), Some(&&b)) = (left.peek(), right.peek()) {
        all.push(a.min(b));
        if a <= b {
            left.next();
        }
        if b <= a {
            right.next();
        }
    }
    all.extend(left);
    all.extend(right);
    all
}

/// Gaps between the indexes, less one; first the highest bytes of all of them, then the next, so that the rare and the
/// random do not stand mixed when they are compressed.
fn planes(indexes: &[u32]) -> Vec<u8> {
    let count = indexes.len();
    let mut planes = vec![0; count * GAP_BYTES];
    let mut next = 0;
    for (place, &index) in indexes.iter().enumerate() {
        for (plane, byte) in (index - next).to_be_bytes().into_iter().enumerate() {
            planes[plane * count + place] = byte;
        }
        next = index.saturating_add(1);
    }
    planes
}

fn indexes(planes: &[u8]) -> Option<Vec<u32>> {
    let count = planes.len() / GAP_BYTES;
    if count == 0 || !planes.len().is_multiple_of(GAP_BYTES) {
        return None;
    }
    let mut indexes = Vec::with_capacity(count);
    let mut next = 0_u64;
    for place in 0..count {
        let gap = [0, 1, 2, 3].map(|plane| planes[plane * count + place]);
        let index = next + u64::from(u32::from_be_bytes(gap));
        indexes.push(u32::try_from(index).ok()?);
        next = index + 1;
    }
    Some(indexes)
}

fn compress(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok()
}

/// At most `cap` bytes, and nothing after the stream's end.
fn decompress(packed: &[u8], cap: usize) -> Result<Vec<u8>, BundleError> {
    let mut decoder = ZlibDecoder::new(packed);
    let mut bytes = Vec::new();
    (&mut decoder)
        .take(cap as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|_| BundleError::ContentInvalid)?;
    if bytes.len() > cap {
        return Err(BundleError::TooLarge);
    }
    if decoder.total_in() != packed.len() as u64 {
        return Err(BundleError::ContentInvalid);
    }
    Ok(bytes)
}

#[cfg(test)]
#[path = "revoked_set_tests.rs"]
mod tests;
