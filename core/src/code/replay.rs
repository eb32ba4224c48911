//! Remembers what was shown at a checkpoint, for as long as showing it again could be accepted.
//!
//! Invariant: a presentation inserted at `t` is found until `t + window`, unless more than [`CAPACITY`] others came in
//! that time, whatever the clock does: time has passed where it was seen to pass in small steps, and a leap may be the
//! clock's alone. Bounded: two generations of at most `CAPACITY` each; nothing is written down.

use std::collections::HashSet;
use std::hash::{Hash, Hasher};

/// What tells presentations apart at one place, another form of the same signature being the same presentation:
/// the credential by the first half of its signature (RFC 8032's `R`, made from all that is signed), the instant,
/// and whether the presentation is for this place only.
#[derive(Clone, Copy, PartialEq, Eq)]
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
    /// The instant of the last look.
    last: i64,
    current: HashSet<PresentationId>,
    previous: HashSet<PresentationId>,
}

impl ReplayCache {
    pub(super) fn new(window_secs: i64) -> Self {
        Self {
            window_secs,
            since: i64::MIN,
            last: i64::MIN,
            current: HashSet::with_capacity(EXPECTED),
            previous: HashSet::new(),
        }
    }

    /// Whether `presentation` is new; it is remembered.
    pub(super) fn insert(&mut self, presentation: PresentationId, at: i64) -> bool {
        let leaps = at > self.last.saturating_add(self.window_secs);
        self.last = at;
        // A clock that was set back ends no generation: what it makes fresh again must still be known.
        let is_over = at >= self.since.saturating_add(self.window_secs);
        if is_over || self.current.len() >= CAPACITY {
            if leaps && self.previous.len() + self.current.len() <= CAPACITY {
                // After a quiet time nothing of before could be accepted; after a leap of the clock, all of it.
                self.previous.extend(self.current.drain());
            } else {
                std::mem::swap(&mut self.previous, &mut self.current);
                self.current.clear();
            }
            self.since = self.since.max(at);
        }
        !self.previous.contains(&presentation) && self.current.insert(presentation)
    }
}

crate::hidden_debug!(PresentationId);

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

    /// Each leap ends a generation; what is still fresh by the true clock must be known after it.
    #[test]
    fn a_clock_that_leaps_and_comes_back_makes_nothing_new() {
        for leaps in [&[800_000][..], &[800_000, 1_600_000], &[91, 182, 273, 400]] {
            let mut cache = ReplayCache::new(90);
            assert!(cache.insert(shown(0), 1_000));
            assert!(cache.insert(shown(1), 1_089));
            assert!(cache.insert(shown(2), 1_090));
            for (number, leap) in leaps.iter().enumerate() {
                assert!(cache.insert(shown(10 + number), 1_095 + leap));
            }
            for number in [1, 2] {
                assert!(!cache.insert(shown(number), 1_100), "{number} {leaps:?}");
            }
        }
    }

    #[test]
    fn a_clock_set_back_while_the_memory_is_full_makes_nothing_new() {
        let mut cache = ReplayCache::new(90);
        assert!(cache.insert(shown(0), 1_000));
        for number in 1..CAPACITY {
            assert!(cache.insert(shown(number), 1_000));
        }
        // The one that is too many comes by a clock that is a day back; the generation ends, its time does not.
        assert!(cache.insert(shown(CAPACITY), 1_000 - 86_400));
        for at in [1_000 - 86_400, 1_000, 1_050, 1_089] {
            for number in [0, CAPACITY - 1, CAPACITY] {
                assert!(!cache.insert(shown(number), at), "{number} at {at}");
            }
        }
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
