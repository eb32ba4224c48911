//! What time it is, from the authority's answers instead of the phone's wall clock.
//!
//! Invariant: between two answers of one boot time runs with the monotonic clock, so setting the wall clock
//! changes nothing; after a reboot time is never earlier than the last answer. It asks nobody by itself:
//! the sync machine hands it what answers say.

use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::records::{TIME_ANCHOR, load};
use crate::ports::{Clock, ClockReading};
use crate::store::{SealedStore, StoreError};

/// 2020-01-01 and 2200-01-01: a server that says anything else is not believed.
const PLAUSIBLE_MS: std::ops::Range<i64> = 1_577_836_800_000..7_258_118_400_000;
/// How far a phone's monotonic clock may run off, parts per million (measured phones stay below 100).
const DRIFT_PPM: u64 = 200;
/// An anchor older than this is replaced by any newer one.
const STALE_AFTER_MS: u64 = 60 * 60 * 1000;

crate::app_types! {
    describe as describe_trusted_time;

    /// Where a time comes from.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub enum TimeSource {
        /// An answer since the last boot, carried on by the monotonic clock.
        Anchored,
        /// The wall clock, corrected by what it was off at the last answer before the reboot.
        Estimated,
        /// The wall clock alone: no answer was ever had.
        WallClock,
    }

    /// An instant and how much it can be relied on.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct TrustedTime {
        /// Milliseconds since 1970-01-01T00:00Z.
        pub at_ms: i64,
        /// Where it comes from.
        pub source: TimeSource,
        /// Largest possible error, milliseconds; none where no bound is known.
        pub error_ms: Option<u64>,
    }
}

impl TrustedTime {
    /// The instant in whole seconds, rounded down.
    #[must_use]
    pub const fn at_secs(&self) -> i64 {
        self.at_ms.div_euclid(1000)
    }

    /// Whether it can be the time at all: a phone that was never told shows 1970 or 1980 after its battery was empty.
    #[must_use]
    pub const fn is_plausible(&self) -> bool {
        PLAUSIBLE_MS.start <= self.at_ms && self.at_ms < PLAUSIBLE_MS.end
    }
}

/// The server's time at one reading of the phone's clocks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TimeAnchor {
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

    /// The earliest that it can have been, Unix milliseconds, at this reading of the monotonic clock in this boot.
    pub(super) const fn earliest(&self) -> (i64, u64, u64) {
        let earliest_ms = self.server_ms.saturating_sub_unsigned(self.error_ms);
        (earliest_ms, self.monotonic_ms, self.boot_id)
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
        let anchor = load(&store, &TIME_ANCHOR.for_this_phone())?;
        Ok(Self {
            store,
            clock,
            anchor: Mutex::new(anchor),
        })
    }

    /// The last answer that says what time it is.
    pub(super) fn anchor(&self) -> Option<TimeAnchor> {
        let anchor = self.anchor.lock();
        anchor.unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn store(&self) -> &SealedStore {
        &self.store
    }

    /// By the last authenticated answer where there was one, else by the phone's own clock; `source` says which.
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

    /// How far the phone's own clock is off, milliseconds; none where no answer of this boot says.
    #[must_use]
    pub fn wall_off_ms(&self) -> Option<u64> {
        let reading = self.clock.read();
        let now = self.at(reading);
        (now.source == TimeSource::Anchored).then(|| now.at_ms.abs_diff(reading.wall_ms))
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
        self.store.write(&TIME_ANCHOR.for_this_phone(), &newer)
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
#[path = "trusted_time_tests.rs"]
mod tests;
