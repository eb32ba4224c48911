//! When the next request may go out: full jitter, the server's wish, the plan.
//!
//! Invariant: a wait survives a restart and a reboot, and no setting of the wall clock makes it longer than
//! once its length per boot. Decides nothing about what is sent.

use serde::{Deserialize, Serialize};
use std::time::UNIX_EPOCH;

use super::outcome::SyncReason;
use crate::ports::{ClockReading, Entropy, PortError};

/// First ceiling of the random wait after a failure.
const BASE_MS: u64 = 2_000;
/// Highest ceiling: one hour.
const CAP_MS: u64 = 60 * 60 * 1000;
/// Longest wait that a server can ask for: 24 hours.
pub(super) const MAX_RETRY_AFTER_MS: u64 = 24 * 60 * 60 * 1000;

/// A random wait of 0 to min([`CAP_MS`], [`BASE_MS`] * 2^(failures - 1)) milliseconds: "full jitter".
pub(super) fn full_jitter_ms(failures: u32, entropy: &dyn Entropy) -> Result<u64, PortError> {
    let doublings = failures.saturating_sub(1).min(32);
    random_up_to(CAP_MS.min(BASE_MS << doublings), entropy)
}

/// A random number of 0 to `most`.
pub(super) fn random_up_to(most: u64, entropy: &dyn Entropy) -> Result<u64, PortError> {
    let mut bytes = [0; 8];
    entropy.fill(&mut bytes)?;
    // 64 random bits scaled down: the bias is below most / 2^64.
    let scaled = (u128::from(u64::from_be_bytes(bytes)) * (u128::from(most) + 1)) >> 64;
    Ok(u64::try_from(scaled).unwrap_or(most))
}

/// The wait in a `Retry-After` header (RFC 9110, 10.2.3), milliseconds, at most 24 hours.
///
/// `now_ms` is what a date is compared with; a date that has passed is no wait. None if it is neither form.
pub(super) fn retry_after_ms(header: &str, now_ms: i64) -> Option<u64> {
    let header = header.trim();
    if !header.is_empty() && header.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than fit is certainly above the cap.
        let secs = header.parse::<u64>().unwrap_or(u64::MAX);
        return Some(secs.saturating_mul(1000).min(MAX_RETRY_AFTER_MS));
    }
    // The preferred form and the two obsolete ones that a recipient must accept (RFC 9110, 5.6.7).
    let date = httpdate::parse_http_date(header).ok()?;
    let since_1970 = date.duration_since(UNIX_EPOCH).unwrap_or_default();
    let date_ms = i64::try_from(since_1970.as_millis()).unwrap_or(i64::MAX);
    let wait = date_ms.saturating_sub(now_ms);
    Some(u64::try_from(wait).unwrap_or(0).min(MAX_RETRY_AFTER_MS))
}

/// Why a wait holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum PauseKind {
    /// All went well; the server said when to come again.
    NextSync,
    /// Something failed.
    Backoff,
    /// The server asked to wait.
    RetryAfter,
}

impl PauseKind {
    /// Whether a sync for this reason has to wait.
    const fn holds(self, reason: SyncReason, uploads_waiting: bool) -> bool {
        match (self, reason) {
            (Self::NextSync, SyncReason::Scheduled | SyncReason::AppOpened) => !uploads_waiting,
            (Self::NextSync, _)
            | (Self::Backoff, SyncReason::UserAsked | SyncReason::AfterSubmit) => false,
            (Self::Backoff | Self::RetryAfter, _) => true,
        }
    }
}

/// One moment on all clocks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moment {
    pub(super) reading: ClockReading,
    pub(super) trusted_ms: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Pause {
    kind: PauseKind,
    wait_ms: u64,
    since_trusted_ms: i64,
    since_monotonic_ms: u64,
    since_boot_id: u64,
}

/// What is persisted: how often it failed in a row, and the wait in force.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Pacing {
    failures: u32,
    pause: Option<Pause>,
}

impl Pacing {
    /// After a reboot the wait goes on by the trusted time; where that went back, it starts again.
    /// True if something has to be persisted.
    pub(super) fn carry_over_reboot(&mut self, now: Moment) -> bool {
        let Some(pause) = &self.pause else {
            return false;
        };
        if pause.since_boot_id == now.reading.boot_id {
            return false;
        }
        let (kind, wait_ms) = (pause.kind, pause.wait_ms);
        let elapsed = now.trusted_ms.saturating_sub(pause.since_trusted_ms);
        let elapsed = u64::try_from(elapsed).unwrap_or(0);
        self.pause(kind, wait_ms.saturating_sub(elapsed), now);
        true
    }

    /// Milliseconds still to wait for a sync with this reason; 0 if it may go.
    pub(super) fn held_ms(&self, reason: SyncReason, uploads_waiting: bool, now: Moment) -> u64 {
        match &self.pause {
            Some(pause) if pause.kind.holds(reason, uploads_waiting) => remaining_ms(pause, now),
            _ => 0,
        }
    }

    /// Whether the wait in force is only the plan after a sync that went well.
    pub(super) fn is_on_plan(&self) -> bool {
        matches!(&self.pause, Some(pause) if pause.kind == PauseKind::NextSync)
    }

    /// The trusted time at which a scheduled sync may go.
    pub(super) fn next_allowed_at_ms(&self, now: Moment) -> i64 {
        let wait_ms = self.pause.as_ref().map_or(0, |it| remaining_ms(it, now));
        now.trusted_ms.saturating_add_unsigned(wait_ms)
    }

    /// All went well; the next one is planned in `wait_ms`.
    pub(super) fn succeeded(&mut self, wait_ms: u64, now: Moment) {
        self.failures = 0;
        self.pause(PauseKind::NextSync, wait_ms, now);
    }

    /// It failed: wait as the server asked, otherwise at random.
    pub(super) fn failed(
        &mut self,
        retry_after_ms: Option<u64>,
        now: Moment,
        entropy: &dyn Entropy,
    ) -> Result<(), PortError> {
        self.failures = self.failures.saturating_add(1);
        if let Some(wait_ms) = retry_after_ms {
            self.pause(PauseKind::RetryAfter, wait_ms, now);
        } else {
            let wait_ms = full_jitter_ms(self.failures, entropy)?;
            self.pause(PauseKind::Backoff, wait_ms, now);
        }
        Ok(())
    }

    fn pause(&mut self, kind: PauseKind, wait_ms: u64, now: Moment) {
        self.pause = Some(Pause {
            kind,
            wait_ms,
            since_trusted_ms: now.trusted_ms,
            since_monotonic_ms: now.reading.monotonic_ms,
            since_boot_id: now.reading.boot_id,
        });
    }
}

fn remaining_ms(pause: &Pause, now: Moment) -> u64 {
    if pause.since_boot_id != now.reading.boot_id {
        return pause.wait_ms;
    }
    let elapsed = now
        .reading
        .monotonic_ms
        .saturating_sub(pause.since_monotonic_ms);
    pause.wait_ms.saturating_sub(elapsed)
}

#[cfg(test)]
#[path = "backoff_tests.rs"]
mod tests;
