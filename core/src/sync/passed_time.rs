//! How much time has surely passed: what is destroyed for good may not hang on a clock that anybody can set.
//!
//! Invariant: never later than the true time, as long as the authority's answers were true: it counts from the last answer on, by the
//! monotonic clock alone, and what it cannot see (a phone that was off, a boot in which nobody asked) it does not count. Kept in
//! the store, so that boots add up. It knows nothing of the wall clock.

use serde::{Deserialize, Serialize};

use super::records::PASSED_TIME;
use super::trusted_time::{TimeAnchor, TrustedClock};
use crate::ports::ClockReading;
use crate::store::StoreError;

/// So much more has to have passed before it is written down again, milliseconds.
const WRITTEN_EVERY_MS: i64 = 60 * 60 * 1000;
/// How far a phone's monotonic clock may run ahead, parts per million.
const DRIFT_PPM: u64 = 200;

/// What had surely passed at a reading of the monotonic clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PassedTime {
    /// The answer that it counts from.
    since: TimeAnchor,
    at_ms: i64,
    monotonic_ms: u64,
    boot_id: u64,
}

impl PassedTime {
    fn of(anchor: &TimeAnchor) -> Self {
        let (at_ms, monotonic_ms, boot_id) = anchor.earliest();
        Self {
            since: anchor.clone(),
            at_ms,
            monotonic_ms,
            boot_id,
        }
    }

    /// The same at `reading`. Of another boot nothing is known but that it came later.
    fn at(&self, reading: ClockReading) -> Self {
        let elapsed_ms = if reading.boot_id == self.boot_id {
            reading.monotonic_ms.saturating_sub(self.monotonic_ms)
        } else {
            0
        };
        let surely_ms = elapsed_ms - elapsed_ms.saturating_mul(DRIFT_PPM) / 1_000_000;
        Self {
            since: self.since.clone(),
            at_ms: self.at_ms.saturating_add_unsigned(surely_ms),
            monotonic_ms: reading.monotonic_ms,
            boot_id: reading.boot_id,
        }
    }
}

impl TrustedClock {
    /// Unix seconds of an instant that is surely over; none where no authority ever answered. Writes down, every hour, how far
    /// that is.
    ///
    /// # Errors
    /// What the store says.
    pub fn surely_passed_secs(&self) -> Result<Option<i64>, StoreError> {
        let Some(anchor) = self.anchor() else {
            return Ok(None);
        };
        let place = PASSED_TIME.for_this_phone();
        let kept = super::records::load(self.store(), &place)?;
        let kept = kept.filter(|kept: &PassedTime| kept.since == anchor);
        let before = kept.clone().unwrap_or_else(|| PassedTime::of(&anchor));
        let now = before.at(self.reading());
        let is_news = kept.is_none_or(|kept| {
            kept.boot_id != now.boot_id || now.at_ms - kept.at_ms >= WRITTEN_EVERY_MS
        });
        if is_news {
            self.store().write(&place, &now)?;
        }
        Ok(Some(now.at_ms.div_euclid(1_000)))
    }
}

#[cfg(test)]
#[path = "passed_time_tests.rs"]
mod tests;
