//! A region's civil time: what day it is, and what a clock on the wall says.
//!
//! Invariant: whole minutes east of UTC, the same all year. A region that has summer time counts its days without it.

#[cfg(feature = "holder")]
use std::sync::atomic::{AtomicI32, Ordering};

use chrono::{DateTime, NaiveDateTime, TimeDelta};

/// See the module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CivilTime {
    minutes_east: i32,
}

impl CivilTime {
    /// China Standard Time: where a region says nothing else, and before it is known who the authority is.
    pub const CHINA: Self = Self { minutes_east: 480 };
    /// The offsets that there are, minutes east of UTC.
    pub const OFFSETS: std::ops::RangeInclusive<i32> = -720..=840;

    /// Of so many minutes east of UTC; none outside of [`CivilTime::OFFSETS`].
    #[must_use]
    pub fn east(minutes: i32) -> Option<Self> {
        Self::OFFSETS.contains(&minutes).then_some(Self {
            minutes_east: minutes,
        })
    }

    /// Minutes east of UTC as a region's data have it: none for China's.
    #[must_use]
    pub fn as_told(self) -> Option<i32> {
        (self != Self::CHINA).then_some(self.minutes_east)
    }

    /// Minutes east of UTC.
    #[must_use]
    pub const fn minutes_east(self) -> i32 {
        self.minutes_east
    }

    /// The date and time at `at`, Unix seconds.
    #[must_use]
    pub fn at(self, at: i64) -> NaiveDateTime {
        let moment = DateTime::from_timestamp(at, 0).unwrap_or_default();
        let offset = TimeDelta::minutes(self.minutes_east.into());
        let utc = moment.naive_utc();
        utc.checked_add_signed(offset).unwrap_or(utc)
    }
}

/// That of a phone's region, as it was last told.
#[cfg(feature = "holder")]
pub(crate) struct KnownCivilTime(AtomicI32);

#[cfg(feature = "holder")]
impl KnownCivilTime {
    /// No offset that there is.
    const UNKNOWN: i32 = i32::MIN;

    /// That of nobody yet.
    pub(crate) const fn unknown() -> Self {
        Self(AtomicI32::new(Self::UNKNOWN))
    }

    /// None where nobody has looked yet.
    pub(crate) fn get(&self) -> Option<CivilTime> {
        CivilTime::east(self.0.load(Ordering::Relaxed))
    }

    pub(crate) fn set(&self, civil: CivilTime) {
        self.0.store(civil.minutes_east, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::CivilTime;

    #[test]
    fn a_day_begins_by_the_region_s_clock() {
        // Wednesday 25 March 2026, 17:30 UTC.
        let at = 1_774_459_800;
        for (minutes, expected) in [
            (480, "2026-03-26 01:30:00"),
            (360, "2026-03-25 23:30:00"),
            (0, "2026-03-25 17:30:00"),
            (-720, "2026-03-25 05:30:00"),
            (840, "2026-03-26 07:30:00"),
        ] {
            let civil = CivilTime::east(minutes).unwrap();
            assert_eq!(civil.at(at).to_string(), expected);
        }
        assert_eq!(CivilTime::east(480), Some(CivilTime::CHINA));
        for minutes in [-721, 841, i32::MIN, i32::MAX] {
            assert_eq!(CivilTime::east(minutes), None);
        }
    }

    #[test]
    fn no_instant_is_out_of_reach() {
        for at in [i64::MIN, -1, 0, i64::MAX] {
            let _ = CivilTime::CHINA.at(at);
        }
    }
}
