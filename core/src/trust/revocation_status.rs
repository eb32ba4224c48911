//! What is known of the revoked credentials of one issuer key: a base and the deltas that followed it.
//!
//! Invariant: nothing that was listed until [`RevocationStatus::until`] and still counts is missing, whatever order lists
//! come in; a delta that would leave a gap changes nothing. A credential that ended longer ago than any grace
//! reaches is not covered, and counts as revoked.

use super::revoked_set::{RevokedSet, StatusPlace, day};
use super::{BundleError, STATUS_AFTER_KEY_SECS, StatusList};

/// See the module.
#[derive(Clone, PartialEq, Eq)]
pub struct RevocationStatus {
    until: i64,
    as_of: i64,
    expires_at: i64,
    /// Credentials that end on an earlier day are not covered.
    first_day: u32,
    revoked: RevokedSet,
}

impl std::fmt::Debug for RevocationStatus {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RevocationStatus(until {})", self.until)
    }
}

impl RevocationStatus {
    /// As a base says it.
    ///
    /// # Errors
    /// [`BundleError::DeltaGap`] for a delta.
    pub fn new(base: StatusList) -> Result<Self, BundleError> {
        if !base.span().is_base() {
            return Err(BundleError::DeltaGap);
        }
        let mut status = Self {
            until: base.span().until,
            as_of: base.as_of(),
            expires_at: base.expires_at(),
            first_day: 0,
            revoked: base.revoked,
        };
        status.forget(0);
        Ok(status)
    }

    /// Takes over what a list of the same key says; one that ends earlier says nothing new. A base takes nothing back: a
    /// credential that was revoked stays so.
    ///
    /// # Errors
    /// [`BundleError::DeltaGap`] for a delta that begins after [`RevocationStatus::until`]; nothing changes then.
    pub fn add(&mut self, list: StatusList) -> Result<(), BundleError> {
        let span = list.span();
        if span.until < self.until {
            return Ok(());
        }
        if span.from > self.until {
            return Err(BundleError::DeltaGap);
        }
        // A delta of a clock that was ahead must not have the days that were let go count as covered afterwards.
        let lowest = if span.is_base() { 0 } else { self.first_day };
        self.until = span.until;
        self.as_of = list.as_of();
        self.expires_at = list.expires_at();
        self.revoked.merge(list.revoked);
        self.forget(lowest);
        Ok(())
    }

    /// Whether the credential that ends at `expires_at` (Unix seconds) was revoked, as far as is known; one that is not
    /// covered counts as revoked.
    #[must_use]
    pub fn is_revoked(&self, expires_at: i64, index: u32) -> bool {
        let place = StatusPlace::new(expires_at, index);
        place.day < self.first_day || self.revoked.contains(place)
    }

    /// The listing until which everything is known.
    #[must_use]
    pub const fn until(&self) -> i64 {
        self.until
    }

    /// As of when everything is known, Unix seconds.
    #[must_use]
    pub const fn as_of(&self) -> i64 {
        self.as_of
    }

    /// First instant at which it no longer counts as a check, Unix seconds.
    #[must_use]
    pub const fn expires_at(&self) -> i64 {
        self.expires_at
    }

    /// All that are known to be revoked, by day and index.
    pub fn places(&self) -> impl Iterator<Item = StatusPlace> {
        self.revoked.places()
    }

    /// How many revoked credentials are known.
    #[must_use]
    pub fn count(&self) -> usize {
        self.revoked.len()
    }

    /// Lets go of the days whose credentials no grace can bring back, and of those before `lowest`.
    fn forget(&mut self, lowest: u32) {
        self.first_day = day(self.as_of.saturating_sub(STATUS_AFTER_KEY_SECS)).max(lowest);
        self.revoked.forget_before(self.first_day);
    }
}

#[cfg(test)]
#[path = "revocation_status_tests.rs"]
mod tests;
