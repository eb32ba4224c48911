//! Which sheets of paper were shown, here and at doors that share their lists: a sheet that is at two doors within a minute was
//! copied.
//!
//! Invariant: it only ever adds a warning. A list that another door made up, or one that never came, lets nobody in and turns
//! nobody away: a guard compares every sheet with the document anyway. Bounded; nothing is written down but what
//! [`PapersSeen::export`] gives, and that holds no name: a number for each sheet and when it was shown.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

use crate::encoding::cbor::{self, NotCanonical, Reader};
use crate::encoding::instant;

/// Most sheets that are remembered of each kind: ten a second in a minute are 600.
const CAPACITY: usize = 4_096;
/// Form of a list.
const VERSION: u64 = 1;
/// Number of a sheet and Unix seconds, 8 bytes each, big endian.
const ENTRY_BYTES: usize = 16;
/// Longest list, bytes.
pub const MAX_PAPERS_SEEN_BYTES: usize = 128 * 1024;

crate::coded_errors! {
    /// Why a list of sheets that were shown elsewhere is not taken.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum PapersSeenError {
        /// Larger than any door's list.
        TooLarge => "papers_seen_too_large";
        /// Not a list of this version.
        Unreadable => "papers_seen_unreadable";
    }
}

/// Tells a sheet from others, and nobody whose it is: 8 bytes of SHA-256 over a prefix and the first half of its signature.
pub(super) type PaperId = [u8; 8];

pub(super) fn paper_id(signature_r: &[u8; 32]) -> PaperId {
    let digest = Sha256::new()
        .chain_update(b"JKM1 paper seen")
        .chain_update(signature_r)
        .finalize();
    std::array::from_fn(|place| digest[place])
}

/// Where a sheet was shown within the last minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SeenAt {
    Nowhere,
    Here,
    Elsewhere,
}

/// See the module.
pub(super) struct PapersSeen {
    window_secs: i64,
    here: BTreeMap<PaperId, i64>,
    elsewhere: BTreeMap<PaperId, i64>,
}

impl PapersSeen {
    /// Two showings that lie at most `window_secs` apart are within a minute.
    pub(super) const fn new(window_secs: i64) -> Self {
        Self {
            window_secs,
            here: BTreeMap::new(),
            elsewhere: BTreeMap::new(),
        }
    }

    /// Remembers a sheet that is shown at `at` (Unix seconds); where it was just before.
    pub(super) fn show(&mut self, id: PaperId, at: i64) -> SeenAt {
        let seen = if self.is_near(self.elsewhere.get(&id), at) {
            SeenAt::Elsewhere
        } else if self.is_near(self.here.get(&id), at) {
            SeenAt::Here
        } else {
            SeenAt::Nowhere
        };
        remember(&mut self.here, id, at);
        seen
    }

    /// What was shown here within the minute before `at`, for other doors.
    pub(super) fn export(&self, at: i64) -> Vec<u8> {
        let mut recent: Vec<_> = self.here.iter().collect();
        recent.retain(|(_, shown_at)| self.is_near(Some(shown_at), at));
        let mut entries = Vec::with_capacity(ENTRY_BYTES * recent.len());
        for (id, shown_at) in recent {
            entries.extend_from_slice(id);
            entries.extend_from_slice(&shown_at.to_be_bytes());
        }
        let mut bytes = Vec::with_capacity(entries.len() + 8);
        cbor::write_array(&mut bytes, 2);
        cbor::write_uint(&mut bytes, VERSION);
        cbor::write_bytes(&mut bytes, &entries);
        bytes
    }

    /// Takes another door's list. Tells how many of its sheets were shown here as well within a minute.
    pub(super) fn add(&mut self, list: &[u8]) -> Result<u32, PapersSeenError> {
        if list.len() > MAX_PAPERS_SEEN_BYTES {
            return Err(PapersSeenError::TooLarge);
        }
        let shown = read(list).map_err(|_| PapersSeenError::Unreadable)?;
        let mut at_both = 0;
        for (id, at) in shown {
            at_both += u32::from(self.is_near(self.here.get(&id), at));
            remember(&mut self.elsewhere, id, at);
        }
        Ok(at_both)
    }

    /// Either way: doors' clocks differ, and none that is set back makes a sheet new.
    fn is_near(&self, seen_at: Option<&i64>, at: i64) -> bool {
        seen_at.is_some_and(|seen_at| at.abs_diff(*seen_at) <= self.window_secs.unsigned_abs())
    }
}

crate::hidden_debug!(PapersSeen);

fn remember(seen: &mut BTreeMap<PaperId, i64>, id: PaperId, at: i64) {
    if seen.len() >= CAPACITY && !seen.contains_key(&id) {
        let oldest = seen.iter().min_by_key(|(_, at)| **at).map(|(id, _)| *id);
        oldest.and_then(|oldest| seen.remove(&oldest));
    }
    seen.insert(id, at);
}

fn read(list: &[u8]) -> Result<Vec<(PaperId, i64)>, NotCanonical> {
    let mut reader = Reader::new(list);
    reader.array(2)?;
    if reader.uint()? != VERSION {
        return Err(NotCanonical);
    }
    let (entries, rest) = reader.bytes()?.as_chunks::<ENTRY_BYTES>();
    reader.end()?;
    if !rest.is_empty() {
        return Err(NotCanonical);
    }
    let shown = entries.iter().map(|entry| {
        let (id, at) = entry.split_first_chunk::<8>().ok_or(NotCanonical)?;
        let at: [u8; 8] = at.try_into().map_err(|_| NotCanonical)?;
        let at = instant(u64::from_be_bytes(at)).ok_or(NotCanonical)?;
        Ok((*id, at))
    });
    shown.collect()
}

#[cfg(test)]
#[path = "papers_seen_tests.rs"]
mod tests;
