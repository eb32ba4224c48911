//! How far time has surely come, whatever the wall clock says.
//!
//! What only ages (revocations, status indexes, the memory of acts) is destroyed by this time alone. It starts at what the
//! national root last signed, goes on with the monotonic clock while the server runs, and is kept in a file, so that a
//! restart does not lose it. Invariant: it is never ahead of the true time, as long as the root's clock was not; a wall
//! clock that is ahead for a second, a week or a year destroys nothing. What is read from the file and lies after the end of
//! the trust bundle is not believed: a server starts with a bundle that counts. The price: while the server is down it stands
//! still, and things are kept that much longer, until the next trust bundle brings it up.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use health_code_core::ports::ClockReading;

use crate::files;

/// Longest file, bytes.
const MAX_BYTES: u64 = 64;

/// See the module.
#[derive(Debug)]
pub(crate) struct SureTime {
    path: PathBuf,
    mark: Mutex<Mark>,
}

/// It was `secs` (Unix) when the monotonic clock said `monotonic_ms`.
#[derive(Clone, Copy, Debug)]
struct Mark {
    secs: i64,
    monotonic_ms: u64,
}

impl SureTime {
    /// From the file of an earlier run, and not before the beginning of `bundle` (Unix seconds), when the root signed the
    /// trust bundle that ends at its end. A file that cannot be read, or cannot be right, counts as none.
    pub(crate) fn open(path: PathBuf, reading: ClockReading, bundle: Range<i64>) -> Self {
        let kept = files::read_capped(&path, MAX_BYTES).ok();
        let kept = kept.and_then(|bytes| String::from_utf8(bytes).ok()?.trim().parse().ok());
        let is_possible = |secs: &i64| {
            let is_possible = *secs < bundle.end;
            if !is_possible {
                tracing::error!(
                    secs,
                    "the time that was written down is after the trust bundle's end and is not used"
                );
            }
            is_possible
        };
        let kept = kept.filter(is_possible).unwrap_or(i64::MIN);
        Self {
            path,
            mark: Mutex::new(Mark {
                secs: bundle.start.max(kept),
                monotonic_ms: reading.monotonic_ms,
            }),
        }
    }

    /// The time that has surely come at `reading`, Unix seconds; never after what its wall clock says.
    pub(crate) fn at(&self, reading: ClockReading) -> i64 {
        self.floor(reading).min(reading.wall_ms.div_euclid(1_000))
    }

    /// The same without regard to the wall clock, which is behind if it says less.
    pub(crate) fn floor(&self, reading: ClockReading) -> i64 {
        let mark = *self.mark.lock().unwrap_or_else(PoisonError::into_inner);
        mark.at(reading)
    }

    /// The root signed something at `signed_at` (Unix seconds).
    pub(crate) fn learn(&self, reading: ClockReading, signed_at: i64) {
        let mut mark = self.mark.lock().unwrap_or_else(PoisonError::into_inner);
        if mark.at(reading) < signed_at {
            *mark = Mark {
                secs: signed_at,
                monotonic_ms: reading.monotonic_ms,
            };
        }
    }

    /// Writes it down. Where that fails a restart goes on from what was written before.
    pub(crate) fn keep(&self, reading: ClockReading) {
        let text = format!("{}\n", self.floor(reading));
        if let Err(error) = files::write_public(&self.path, text.as_bytes()) {
            tracing::warn!(code = error.code(), "the time cannot be written down");
        }
    }
}

impl Mark {
    fn at(self, reading: ClockReading) -> i64 {
        let elapsed_ms = reading.monotonic_ms.saturating_sub(self.monotonic_ms);
        self.secs.saturating_add_unsigned(elapsed_ms / 1_000)
    }
}

#[cfg(test)]
mod tests {
    use super::SureTime;
    use health_code_core::ports::ClockReading;

    const SIGNED: i64 = 1_800_000_000;
    const DAY: i64 = 86_400;
    /// Signed, and counts for so long.
    const BUNDLE: std::ops::Range<i64> = SIGNED..SIGNED + 90 * DAY;

    fn reading(wall: i64, monotonic_secs: u64) -> ClockReading {
        ClockReading {
            wall_ms: wall * 1_000,
            monotonic_ms: monotonic_secs * 1_000,
            boot_id: 1,
        }
    }

    #[test]
    fn no_wall_clock_brings_it_ahead_and_no_restart_back() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("time");
        let time = SureTime::open(path.clone(), reading(SIGNED + DAY, 5), BUNDLE);
        for (wall, monotonic, expected) in [
            (SIGNED + DAY, 5, SIGNED),
            (SIGNED + DAY, 65, SIGNED + 60),
            (SIGNED + 9 * DAY, 65, SIGNED + 60),
            (SIGNED + 366 * DAY, 66, SIGNED + 61),
            // Back behind it: what the wall clock says is the end.
            (SIGNED - 9 * DAY, 67, SIGNED - 9 * DAY),
            (SIGNED + DAY, 68, SIGNED + 63),
        ] {
            assert_eq!(time.at(reading(wall, monotonic)), expected, "{wall}");
        }
        // A clock that is back does not bring down what is written.
        time.keep(reading(SIGNED - 9 * DAY, 68));
        let again = SureTime::open(path.clone(), reading(SIGNED + DAY, 0), BUNDLE);
        assert_eq!(again.at(reading(SIGNED + DAY, 0)), SIGNED + 63);
        again.learn(reading(SIGNED + DAY, 10), SIGNED + DAY / 2);
        again.learn(reading(SIGNED + DAY, 10), SIGNED + 1);
        assert_eq!(again.at(reading(SIGNED + DAY, 11)), SIGNED + DAY / 2 + 1);
        std::fs::write(&path, "soon").expect("written");
        let later = SIGNED + 7..BUNDLE.end;
        let damaged = SureTime::open(path, reading(SIGNED + DAY, 0), later);
        assert_eq!(damaged.at(reading(SIGNED + DAY, 0)), SIGNED + 7);
    }
    #[test]
    fn a_time_after_the_bundles_end_is_not_believed() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("time");
        let at = reading(SIGNED + 2 * DAY, 0);
        for (kept, expected) in [
            (SIGNED - DAY, SIGNED),
            (SIGNED + DAY, SIGNED + DAY),
            // The wall clock may be the one that is wrong.
            (SIGNED + 9 * DAY, SIGNED + 9 * DAY),
            (BUNDLE.end - 1, BUNDLE.end - 1),
            (BUNDLE.end, SIGNED),
            (SIGNED + 366 * DAY, SIGNED),
            (i64::MAX, SIGNED),
            (i64::MIN, SIGNED),
        ] {
            std::fs::write(&path, kept.to_string()).expect("written");
            let time = SureTime::open(path.clone(), at, BUNDLE);
            assert_eq!(time.floor(at), expected, "{kept}");
        }
    }
}
