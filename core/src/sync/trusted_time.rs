//! What time it is, from the authority's answers instead of the phone's wall clock.
//!
//! Invariant: between two answers of one boot time runs with the monotonic clock, so setting the wall clock
//! changes nothing; after a reboot time is never earlier than the last answer. It asks nobody by itself:
//! the sync machine hands it what answers say.

use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use crate::ports::{Clock, ClockReading};
use crate::store::{Collection, SealedStore, StoreError};

/// 2020-01-01 and 2200-01-01: a server that says anything else is not believed.
const PLAUSIBLE_MS: std::ops::Range<i64> = 1_577_836_800_000..7_258_118_400_000;
/// How far a phone's monotonic clock may run off, parts per million (measured phones stay below 100).
const DRIFT_PPM: u64 = 200;
/// An anchor older than this is replaced by any newer one.
const STALE_AFTER_MS: u64 = 60 * 60 * 1000;
const KEY: &str = "anchor";

/// Where a time comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeSource {
    /// An answer since the last boot, carried on by the monotonic clock.
    Anchored,
    /// The wall clock, corrected by what it was off at the last answer before the reboot.
    Estimated,
    /// The wall clock alone: no answer was ever had.
    WallClock,
}

/// An instant and how much it can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrustedTime {
    /// Milliseconds since 1970-01-01T00:00Z.
    pub at_ms: i64,
    /// Where it comes from.
    pub source: TimeSource,
    /// Largest possible error, milliseconds; none where no bound is known.
    pub error_ms: Option<u64>,
}

impl TrustedTime {
    /// The instant in whole seconds, rounded down.
    #[must_use]
    pub const fn at_secs(&self) -> i64 {
        self.at_ms.div_euclid(1000)
    }
}

/// The server's time at one reading of the phone's clocks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct TimeAnchor {
    server_ms: i64,
    error_ms: u64,
    wall_ms: i64,
    monotonic_ms: u64,
    boot_id: u64,
}

impl TimeAnchor {
    /// The anchor that a request gives: sent at `before`, answered at `after`, the answer says `server_ms`.
    ///
    /// The server read its clock somewhere in between; the middle is taken, so the error is at most half the
    /// round trip. None if the phone was rebooted meanwhile or the server's time is not plausible.
    pub(super) fn measured(
        before: ClockReading,
        after: ClockReading,
        server_ms: i64,
    ) -> Option<Self> {
        if before.boot_id != after.boot_id || !PLAUSIBLE_MS.contains(&server_ms) {
            return None;
        }
        let round_trip_ms = after.monotonic_ms.checked_sub(before.monotonic_ms)?;
        let error_ms = round_trip_ms.div_ceil(2);
        Some(Self {
            server_ms: server_ms.saturating_add_unsigned(error_ms),
            error_ms,
            wall_ms: after.wall_ms,
            monotonic_ms: after.monotonic_ms,
            boot_id: after.boot_id,
        })
    }

    /// The time at `reading`.
    pub(super) fn at(&self, reading: ClockReading) -> TrustedTime {
        if let Some(elapsed_ms) = self.elapsed_ms(reading) {
            let drift_ms = elapsed_ms.saturating_mul(DRIFT_PPM) / 1_000_000;
            return TrustedTime {
                at_ms: self.server_ms.saturating_add_unsigned(elapsed_ms),
                source: TimeSource::Anchored,
                error_ms: Some(self.error_ms.saturating_add(drift_ms)),
            };
        }
        let offset_ms = self.server_ms.saturating_sub(self.wall_ms);
        TrustedTime {
            at_ms: reading
                .wall_ms
                .saturating_add(offset_ms)
                .max(self.server_ms),
            source: TimeSource::Estimated,
            error_ms: None,
        }
    }

    /// Whether `newer` should take this one's place: after a reboot, when this one is old, when `newer` is
    /// clearly more exact, or when the two cannot both be right.
    fn gives_way_to(&self, newer: &Self) -> bool {
        let reading = ClockReading {
            wall_ms: newer.wall_ms,
            monotonic_ms: newer.monotonic_ms,
            boot_id: newer.boot_id,
        };
        let Some(elapsed_ms) = self.elapsed_ms(reading) else {
            return true;
        };
        let here = self.at(reading);
        let error_ms = here.error_ms.unwrap_or(u64::MAX);
        elapsed_ms > STALE_AFTER_MS
            || newer.error_ms.saturating_mul(2) <= error_ms
            || here.at_ms.abs_diff(newer.server_ms) > error_ms.saturating_add(newer.error_ms)
    }

    /// Milliseconds since the anchor; none after a reboot.
    fn elapsed_ms(&self, reading: ClockReading) -> Option<u64> {
        if reading.boot_id != self.boot_id {
            return None;
        }
        reading.monotonic_ms.checked_sub(self.monotonic_ms)
    }
}

/// The phone's clock, corrected. Also a [`Clock`]: the transport checks certificates by it.
pub struct TrustedClock {
    store: Arc<SealedStore>,
    clock: Arc<dyn Clock>,
    anchor: Mutex<Option<TimeAnchor>>,
}

impl std::fmt::Debug for TrustedClock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TrustedClock").finish_non_exhaustive()
    }
}

impl TrustedClock {
    /// Over `clock`, with the anchor that `store` holds.
    ///
    /// # Errors
    /// What the store says. An anchor that cannot be read is as none.
    pub fn open(store: Arc<SealedStore>, clock: Arc<dyn Clock>) -> Result<Self, StoreError> {
        let stored = store.get(Collection::Time, KEY)?;
        let anchor = stored.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        Ok(Self {
            store,
            clock,
            anchor: Mutex::new(anchor),
        })
    }

    /// The time now.
    #[must_use]
    pub fn now(&self) -> TrustedTime {
        self.at(self.clock.read())
    }

    /// The phone's own clocks, uncorrected.
    pub(super) fn reading(&self) -> ClockReading {
        self.clock.read()
    }

    /// The time at a reading of the phone's own clocks.
    pub(super) fn at(&self, reading: ClockReading) -> TrustedTime {
        match &*self.anchor.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(anchor) => anchor.at(reading),
            None => TrustedTime {
                at_ms: reading.wall_ms,
                source: TimeSource::WallClock,
                error_ms: None,
            },
        }
    }

    /// Learns from an answer; kept only if it says more than what is known.
    pub(super) fn learn(
        &self,
        before: ClockReading,
        after: ClockReading,
        server_ms: i64,
    ) -> Result<(), StoreError> {
        let Some(newer) = TimeAnchor::measured(before, after, server_ms) else {
            return Ok(());
        };
        {
            let mut anchor = self.anchor.lock().unwrap_or_else(PoisonError::into_inner);
            if anchor.as_ref().is_some_and(|old| !old.gives_way_to(&newer)) {
                return Ok(());
            }
            *anchor = Some(newer.clone());
        }
        let bytes = serde_json::to_vec(&newer).unwrap_or_default();
        self.store.put(Collection::Time, KEY, &bytes)
    }
}

impl Clock for TrustedClock {
    fn read(&self) -> ClockReading {
        let reading = self.clock.read();
        ClockReading {
            wall_ms: self.at(reading).at_ms,
            ..reading
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ClockReading, TimeAnchor, TimeSource};

    /// 2026-11-24T12:00Z.
    const NOON: i64 = 1_795_521_600_000;
    const HOUR: i64 = 3_600_000;
    const TEN_YEARS: i64 = 10 * 365 * 24 * HOUR;

    const fn reading(wall_ms: i64, monotonic_ms: u64, boot_id: u64) -> ClockReading {
        ClockReading {
            wall_ms,
            monotonic_ms,
            boot_id,
        }
    }

    fn anchor(wall_ms: i64, round_trip_ms: u64) -> TimeAnchor {
        TimeAnchor::measured(
            reading(wall_ms, 1_000_000 - round_trip_ms, 1),
            reading(wall_ms, 1_000_000, 1),
            NOON,
        )
        .unwrap()
    }

    #[test]
    fn the_wall_clock_does_not_matter_within_a_boot() {
        for wall in [NOON, NOON - TEN_YEARS, NOON + HOUR, 0, i64::MAX, i64::MIN] {
            let anchor = anchor(wall, 0);
            for later_wall in [wall, NOON - TEN_YEARS, i64::MAX, i64::MIN] {
                let time = anchor.at(reading(later_wall, 1_060_000, 1));
                assert_eq!(time.at_ms, NOON + 60_000);
                assert_eq!(time.source, TimeSource::Anchored);
            }
        }
    }

    #[test]
    fn a_jump_of_the_wall_clock_during_the_request_changes_nothing() {
        let before = reading(NOON - TEN_YEARS, 5_000, 1);
        let after = reading(NOON + HOUR, 5_200, 1);
        let anchor = TimeAnchor::measured(before, after, NOON).unwrap();
        assert_eq!(anchor.at(after).at_ms, NOON + 100);
        assert_eq!(anchor.at(after).error_ms, Some(100));
    }

    #[test]
    fn the_error_is_at_most_half_the_round_trip() {
        for round_trip in [0, 1, 80, 30_000] {
            let anchor = anchor(NOON, round_trip);
            let time = anchor.at(reading(NOON, 1_000_000, 1));
            let bound = time.error_ms.unwrap();
            assert_eq!(bound, round_trip.div_ceil(2));
            // The truth is the server's reading plus between nothing and all of the round trip.
            for late in [0, round_trip] {
                assert!(time.at_ms.abs_diff(NOON + late.cast_signed()) <= bound);
            }
        }
    }

    #[test]
    fn the_error_grows_with_the_drift() {
        let day = 24 * 3_600_000;
        let time = anchor(NOON, 0).at(reading(0, 1_000_000 + day, 1));
        assert_eq!(time.error_ms, Some(17_280));
    }

    #[test]
    fn after_a_reboot_the_wall_clock_is_corrected_but_never_before_the_last_answer() {
        // One hour slow when anchored.
        let anchor = anchor(NOON - HOUR, 0);
        let table = [
            ("half an hour later", NOON - HOUR / 2, NOON + HOUR / 2),
            ("set ten years back", NOON - TEN_YEARS, NOON),
            ("set to the beginning", 0, NOON),
            ("impossible", i64::MIN, NOON),
        ];
        for (name, wall, expected) in table {
            let time = anchor.at(reading(wall, 5, 2));
            assert_eq!(time.at_ms, expected, "{name}");
            assert_eq!(time.source, TimeSource::Estimated, "{name}");
            assert_eq!(time.error_ms, None, "{name}");
        }
        // A monotonic clock that went back is as a reboot.
        let time = anchor.at(reading(NOON - HOUR, 5, 1));
        assert_eq!(time.source, TimeSource::Estimated);
    }

    #[test]
    fn what_gives_no_anchor() {
        let now = reading(NOON, 1_000, 1);
        let table = [
            ("rebooted meanwhile", reading(NOON, 900, 2), now, NOON),
            ("clock went back", reading(NOON, 1_100, 1), now, NOON),
            ("server in 1970", now, now, 0),
            ("server in 2500", now, now, 16_725_225_600_000),
            ("negative", now, now, i64::MIN),
        ];
        for (name, before, after, server) in table {
            assert_eq!(TimeAnchor::measured(before, after, server), None, "{name}");
        }
    }

    #[test]
    fn which_anchor_wins() {
        let old = anchor(NOON, 1_000);
        let make = |monotonic, round_trip, server, boot| {
            TimeAnchor::measured(
                reading(NOON, monotonic - round_trip, boot),
                reading(NOON, monotonic, boot),
                server,
            )
            .unwrap()
        };
        let table = [
            (
                "as exact, agrees",
                make(1_010_000, 1_000, NOON + 10_000, 1),
                false,
            ),
            (
                "less exact, agrees",
                make(1_010_000, 9_000, NOON + 5_000, 1),
                false,
            ),
            (
                "far more exact",
                make(1_010_000, 100, NOON + 10_400, 1),
                true,
            ),
            ("contradicts", make(1_010_000, 1_000, NOON + HOUR, 1), true),
            (
                "contradicts backwards",
                make(1_010_000, 1_000, NOON - HOUR, 1),
                true,
            ),
            (
                "after a reboot",
                make(10_000, 9_000, NOON + 10_000, 2),
                true,
            ),
            (
                "two hours on",
                make(8_200_000, 1_000, NOON + 2 * HOUR, 1),
                true,
            ),
        ];
        for (name, newer, wins) in table {
            assert_eq!(old.gives_way_to(&newer), wins, "{name}");
        }
    }
}
