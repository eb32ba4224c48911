//! When a credential begins and ends.
//!
//! Invariant: both lie on quarter hours that the whole city shares, but for a key whose time began since; what is left of a life when
//! it is issued is as long as policy says, and none is longer than that. Draws nothing itself: it is given what is random.

/// Length of a step of a credential's life, and of the steps at which credentials begin, seconds.
const QUARTER_HOUR_SECS: i64 = 900;
/// By how many quarter hours those of a batch may begin earlier than they are issued.
const MAX_EARLIER: u8 = 3;

/// How long credentials live, in quarter hours.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lives {
    pub(crate) shortest: u8,
    pub(crate) longest: u8,
}

/// One credential's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Life {
    /// Unix seconds.
    pub(crate) expires_at: i64,
    /// From its start.
    pub(crate) quarter_hours: u8,
}

impl Lives {
    /// The life of a credential that is issued at `at` (Unix seconds) and may not begin before `not_before`. It ends anywhere in the
    /// allowed span, so that a city's phones never come back all at once, and elsewhere each time, so that it tells nothing about
    /// whose it is. Those of a batch do not all begin together either.
    pub(crate) fn draw(
        self,
        at: i64,
        not_before: i64,
        spread: [u32; 2],
        is_of_batch: bool,
    ) -> Life {
        let left = self.shortest + below(spread[0], self.longest - self.shortest);
        let latest = at - at.rem_euclid(QUARTER_HOUR_SECS);
        let earlier = if is_of_batch {
            below(spread[1], MAX_EARLIER.min(self.longest - left))
        } else {
            0
        };
        let starts_at = latest - i64::from(earlier) * QUARTER_HOUR_SECS;
        let (starts_at, quarter_hours) = if starts_at < not_before {
            // With its key, whose time began since.
            (latest.max(not_before.min(at)), left)
        } else {
            (starts_at, left + earlier)
        };
        Life {
            expires_at: starts_at + i64::from(quarter_hours) * QUARTER_HOUR_SECS,
            quarter_hours,
        }
    }
}

/// Of a random number one of 0 to `most`.
fn below(random: u32, most: u8) -> u8 {
    // The rest of a division by what fits into a byte.
    u8::try_from(random % (u32::from(most) + 1)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Life, Lives, QUARTER_HOUR_SECS};

    const LIVES: Lives = Lives {
        shortest: 16,
        longest: 96,
    };

    fn start(life: Life) -> i64 {
        life.expires_at - i64::from(life.quarter_hours) * QUARTER_HOUR_SECS
    }

    #[test]
    fn credentials_begin_with_a_quarter_hour_or_with_their_key() {
        for (at, not_before, expected) in [
            (9_000, 0, 9_000),
            (9_899, 0, 9_000),
            (9_899, 9_500, 9_500),
            (9_100, 9_500, 9_100),
        ] {
            for is_of_batch in [false, true] {
                let life = LIVES.draw(at, not_before, [0, 0], is_of_batch);
                assert_eq!(start(life), expected, "{at} {not_before}");
            }
        }
        // Before its key none of a batch begins either.
        assert_eq!(start(LIVES.draw(9_899, 8_500, [0, 1], true)), 9_000);
        assert_eq!(start(LIVES.draw(9_899, 8_100, [0, 1], true)), 8_100);
    }

    #[test]
    fn those_of_a_batch_begin_and_end_apart_and_none_lives_too_short() {
        let at = 90_437;
        let mut starts = BTreeSet::new();
        let mut ends = BTreeSet::new();
        for one in 0..200 {
            for other in 0..4 {
                let life = LIVES.draw(at, 0, [one, other], true);
                starts.insert(start(life));
                ends.insert(life.expires_at);
                assert!(life.expires_at - 90_000 >= 16 * QUARTER_HOUR_SECS);
                assert!((16..=96).contains(&life.quarter_hours));
                assert_eq!(start(LIVES.draw(at, 0, [one, other], false)), 90_000);
            }
        }
        assert_eq!(starts.len(), 4);
        assert_eq!(ends.len(), 81);
    }
}
