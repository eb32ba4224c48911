//! The server's clock and randomness: the only place in the authority that reads them.
//!
//! Invariant: everything else takes the instant as an argument or through [`Clock`].
//! Does not count sleep on the monotonic clock: a server does not sleep.

use std::sync::OnceLock;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use health_code_core::ports::{Clock, ClockReading, Entropy, PortError};

/// The operating system's wall clock, and the time since the first reading of this process.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the system adapter")]
    fn read(&self) -> ClockReading {
        static START: OnceLock<Instant> = OnceLock::new();
        let start = *START.get_or_init(Instant::now);
        let wall = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        ClockReading {
            wall_ms: i64::try_from(wall.as_millis()).unwrap_or(i64::MAX),
            monotonic_ms: u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX),
            boot_id: u64::from(std::process::id()),
        }
    }
}

/// The operating system's random number generator.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    #[expect(clippy::disallowed_methods, reason = "this is the system adapter")]
    fn fill(&self, out: &mut [u8]) -> Result<(), PortError> {
        getrandom::fill(out).map_err(|_| PortError::EntropyUnavailable)
    }
}
