//! A clock that stands still until it is told.
//!
//! Invariant: the monotonic part never goes back but by [`FixedClock::reboot`].

use std::sync::{Mutex, PoisonError};

use crate::ports::{Clock, ClockReading};

/// A clock set by hand.
#[derive(Debug)]
pub struct FixedClock(Mutex<ClockReading>);

impl FixedClock {
    /// Stands at `wall_ms` (Unix milliseconds), one hour after its first boot.
    #[must_use]
    pub const fn new(wall_ms: i64) -> Self {
        Self(Mutex::new(ClockReading {
            wall_ms,
            monotonic_ms: 3_600_000,
            boot_id: 1,
        }))
    }

    /// Time passes: both clocks go on.
    pub fn advance_ms(&self, elapsed_ms: u64) {
        self.change(|reading| {
            reading.wall_ms = reading.wall_ms.saturating_add_unsigned(elapsed_ms);
            reading.monotonic_ms = reading.monotonic_ms.saturating_add(elapsed_ms);
        });
    }

    /// Somebody sets the wall clock; no time passes.
    pub fn set_wall_ms(&self, wall_ms: i64) {
        self.change(|reading| reading.wall_ms = wall_ms);
    }

    /// The phone starts again: the monotonic clock from nothing, another boot.
    pub fn reboot(&self) {
        self.change(|reading| {
            reading.monotonic_ms = 0;
            reading.boot_id += 1;
        });
    }

    fn change(&self, change: impl FnOnce(&mut ClockReading)) {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

impl Clock for FixedClock {
    fn read(&self) -> ClockReading {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::FixedClock;
    use crate::ports::{Clock as _, ClockReading};

    #[test]
    fn stands_still_until_told() {
        let clock = FixedClock::new(5_000);
        assert_eq!(clock.read(), clock.read());
        clock.advance_ms(250);
        clock.set_wall_ms(-7);
        let expected = ClockReading {
            wall_ms: -7,
            monotonic_ms: 3_600_250,
            boot_id: 1,
        };
        assert_eq!(clock.read(), expected);
        clock.reboot();
        assert_eq!((clock.read().monotonic_ms, clock.read().boot_id), (0, 2));
    }
}
