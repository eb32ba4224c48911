//! The operating system's clocks and randomness, the only place in the core that reads them, and a key guard on a file.

mod file_key_guard;

pub use file_key_guard::FileKeyGuard;

use crate::ports::{Clock, ClockReading, Entropy, PortError};

/// The system's wall clock and its monotonic clock that counts sleep.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn read(&self) -> ClockReading {
        #[cfg(any(target_os = "linux", target_os = "android"))]
        const MONOTONIC: rustix::time::ClockId = rustix::time::ClockId::Boottime;
        #[cfg(not(any(target_os = "linux", target_os = "android")))]
        const MONOTONIC: rustix::time::ClockId = rustix::time::ClockId::Monotonic;
        let wall = rustix::time::clock_gettime(rustix::time::ClockId::Realtime);
        let monotonic = rustix::time::clock_gettime(MONOTONIC);
        let millis = |time: rustix::time::Timespec| time.tv_sec * 1_000 + time.tv_nsec / 1_000_000;
        ClockReading {
            wall_ms: millis(wall),
            monotonic_ms: u64::try_from(millis(monotonic)).unwrap_or(0),
            boot_id: boot_id(),
        }
    }
}

/// Linux and Android name the boot; elsewhere the process is taken as the boot.
fn boot_id() -> u64 {
    static BOOT: std::sync::OnceLock<u64> = std::sync::OnceLock::new();
    *BOOT.get_or_init(|| {
        let name = std::fs::read_to_string("/proc/sys/kernel/random/boot_id")
            .unwrap_or_else(|_| format!("process {}", std::process::id()));
        let digest = <sha2::Sha256 as sha2::Digest>::digest(name.as_bytes());
        digest
            .iter()
            .take(8)
            .fold(0, |sum, byte| sum << 8 | u64::from(*byte))
    })
}

/// The system's random number generator.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    #[expect(clippy::disallowed_methods, reason = "this is the system adapter")]
    fn fill(&self, out: &mut [u8]) -> Result<(), PortError> {
        getrandom::fill(out).map_err(|_| PortError::EntropyUnavailable)
    }
}
