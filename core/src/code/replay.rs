//! Remembers what was shown at a checkpoint, for as long as showing it again could be accepted.
//!
//! Invariant: a presentation inserted at `t` is found until `t + window`, unless more than [`CAPACITY`] others came in
//! that time. Bounded: two generations of at most `CAPACITY` each; nothing is written down.

use std::collections::HashSet;
use std::hash::{Hash, Hasher};

/// What tells presentations apart at one place, another form of the same signature being the same presentation:
/// the credential by the first half of its signature (RFC 8032's `R`, made from all that is signed), the instant,
/// and whether the presentation is for this place only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PresentationId {
    pub(super) credential: [u8; 32],
    pub(super) issued_at: i64,
    pub(super) is_for_this_place: bool,
}

impl Hash for PresentationId {
    /// `R` is as good as random: eight bytes of it and the instant tell presentations apart well enough.
    fn hash<H: Hasher>(&self, state: &mut H) {
        if let Some(start) = self.credential.first_chunk() {
            state.write_u64(u64::from_le_bytes(*start));
        }
        state.write_i64(self.issued_at);
    }
}

/// Presentations in one generation: ten a second, all of one window of 90 s, is 900.
pub(super) const CAPACITY: usize = 16_384;
/// Room from the start; it grows with the door.
const EXPECTED: usize = 100;

/// The presentations of the last one to two windows.
#[derive(Debug)]
pub(super) struct ReplayCache {
    window_secs: i64,
    /// When the current generation began.
    since: i64,
    current: HashSet<PresentationId>,
    previous: HashSet<PresentationId>,
}

impl ReplayCache {
    pub(super) fn new(window_secs: i64) -> Self {
        Self {
            window_secs,
            since: i64::MIN,
            current: HashSet::with_capacity(EXPECTED),
            previous: HashSet::new(),
        }
    }

    /// Whether `presentation` is new; it is remembered.
    pub(super) fn insert(&mut self, presentation: PresentationId, at: i64) -> bool {
        // A clock that was set back ends no generation: what it makes fresh again must still be known.
        if at >= self.since.saturating_add(self.window_secs) || self.current.len() >= CAPACITY {
            std::mem::swap(&mut self.previous, &mut self.current);
            self.current.clear();
            self.since = self.since.max(at);
        }
        !self.previous.contains(&presentation) && self.current.insert(presentation)
    }
}

#[cfg(test)]
mod tests {
    use super::{CAPACITY, PresentationId, ReplayCache};

    fn shown(number: usize) -> PresentationId {
        let mut credential = [0; 32];
        credential[..8].copy_from_slice(&number.to_le_bytes());
        PresentationId {
            credential,
            issued_at: 0,
            is_for_this_place: false,
        }
    }

    #[test]
    fn remembers_for_a_window_and_forgets_after_two() {
        for offset in 0..90 {
            let mut cache = ReplayCache::new(90);
            assert!(cache.insert(shown(0), 1_000));
            let shown_at = 1_000 + offset;
            assert!(cache.insert(shown(1), shown_at));
            for later in 0..=90 {
                assert!(!cache.insert(shown(1), shown_at + later));
            }
        }
        let mut cache = ReplayCache::new(90);
        assert!(cache.insert(shown(1), 1_000));
        assert!(cache.insert(shown(2), 1_090));
        assert!(cache.insert(shown(3), 1_180));
        assert!(cache.insert(shown(1), 1_181));
    }

    #[test]
    fn a_clock_set_back_makes_nothing_new() {
        let mut cache = ReplayCache::new(90);
        assert!(cache.insert(shown(1), 1_000));
        assert!(!cache.insert(shown(1), 0));
        assert!(!cache.insert(shown(1), i64::MIN));
        assert!(!cache.insert(shown(1), 1_089));
    }

    #[test]
    fn is_bounded() {
        let mut cache = ReplayCache::new(90);
        for number in 0..3 * CAPACITY {
            assert!(cache.insert(shown(number), 1_000));
            assert!(cache.current.len() <= CAPACITY && cache.previous.len() <= CAPACITY);
        }
        assert!(!cache.insert(shown(3 * CAPACITY - 1), 1_000));
    }
}
