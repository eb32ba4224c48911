//! Status lists: which credentials of one issuer key were revoked, as signed bundles. A *base* says all that counts; a
//! *delta* says what was revoked from one listing to another.
//!
//! Listings have numbers that only go up, whatever the authority's clock does: the time, where that has moved on, else one
//! more than before. So lists follow on each other by numbers, and age by when they were signed.
//!
//! Invariant: an opened list speaks of one issuer key's credentials and was signed by that key, or by another one of the
//! region that is good for at least as long. What lists say together is [`super::RevocationStatus`]'s matter.

use ed25519_dalek::SigningKey;

use super::bundle::{check_not_ahead, verify_signature};
use super::issuers::IssuerDirectory;
use super::key_id::key_id;
use super::revoked_set::{RevokedSet, StatusPlace};
use super::{BundleError, TrustBundle, sign_bundle};
use crate::encoding::cbor::{self, Reader};
use crate::encoding::{hex, instant};

/// `typ` of a status list.
pub const STATUS_LIST_TYPE: &str = "application/health-code-revocations+cbor";
/// How long a list counts as a list at all; a fresher one is due long before (its ttl).
pub const STATUS_LIST_LIFETIME_SECS: i64 = 30 * 24 * 3600;

const KEY_ID: u64 = 1;
const ISSUED_AT: u64 = 2;
const EXPIRES_AT: u64 = 3;
const TTL: u64 = 4;
const FROM: u64 = 5;
const UNTIL: u64 = 6;
const DAYS: u64 = 7;
/// Credentials end on nine days or so: a day of life, and a week of grace.
const MAX_DAYS: u64 = 1_000;

/// From which listing until which a list says what was revoked. Sorted by it, lists follow on each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct StatusSpan {
    /// It has what was listed after this; 0 for a base, which has all.
    pub from: i64,
    /// It has what was listed until this, inclusive.
    pub until: i64,
}

impl StatusSpan {
    /// Everything that counts at `until`.
    #[must_use]
    pub const fn base(until: i64) -> Self {
        Self { from: 0, until }
    }

    /// Whether it is everything.
    #[must_use]
    pub const fn is_base(self) -> bool {
        self.from == 0
    }

    /// Its name in the index: of the key `of`.
    #[must_use]
    pub fn name(self, of: &[u8; 8]) -> String {
        let key = hex::encode(of);
        if self.is_base() {
            key
        } else {
            format!("{key}-{}-{}", self.from, self.until)
        }
    }
}

/// Which credentials of one issuer key were revoked: a base, or a delta.
#[derive(Clone, PartialEq, Eq)]
pub struct StatusList {
    pub(super) key_id: [u8; 8],
    pub(super) issued_at: i64,
    pub(super) expires_at: i64,
    pub(super) ttl_secs: u64,
    pub(super) span: StatusSpan,
    pub(super) revoked: RevokedSet,
}

impl std::fmt::Debug for StatusList {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "StatusList({:?})", self.span)
    }
}

impl StatusList {
    /// Makes the base of the credentials of `issuer_key` as of `issued_at`; `ttl_secs`: when a fresh one is due.
    ///
    /// # Errors
    /// As [`StatusList::build_for`].
    pub fn build(
        issuer_key: &SigningKey,
        revoked: &[StatusPlace],
        issued_at: i64,
        ttl_secs: u32,
    ) -> Result<Vec<u8>, BundleError> {
        let own = key_id(&issuer_key.verifying_key().to_bytes());
        let span = StatusSpan::base(issued_at);
        Self::build_for(own, issuer_key, span, revoked, issued_at, ttl_secs)
    }

    /// Makes a list of the key `of`, signed at `issued_at` by `signer`: that key, or one that succeeds it in its region.
    ///
    /// # Errors
    /// [`BundleError::ContentInvalid`] for a time or number outside of the format, a span that ends before it begins, or a
    /// ttl of zero; [`BundleError::TooLarge`] for more than [`MAX_REVOKED`](super::MAX_REVOKED).
    pub fn build_for(
        of: [u8; 8],
        signer: &SigningKey,
        span: StatusSpan,
        revoked: &[StatusPlace],
        issued_at: i64,
        ttl_secs: u32,
    ) -> Result<Vec<u8>, BundleError> {
        let expires_at = issued_at.saturating_add(STATUS_LIST_LIFETIME_SECS);
        let times = [issued_at, expires_at, span.from, span.until];
        let times = times.map(|secs| u64::try_from(secs).unwrap_or(u64::MAX));
        let is_out_of_range = times.iter().any(|&secs| instant(secs).is_none());
        if ttl_secs == 0 || is_out_of_range || span.from >= span.until {
            return Err(BundleError::ContentInvalid);
        }
        let days = RevokedSet::new(revoked).pack()?;

        let bytes: usize = days.iter().map(|(_, packed)| packed.len() + 16).sum();
        let mut payload = Vec::with_capacity(bytes + 64);
        cbor::write_map(&mut payload, 7);
        cbor::write_uint(&mut payload, KEY_ID);
        cbor::write_bytes(&mut payload, &of);
        for (key, value) in [
            (ISSUED_AT, times[0]),
            (EXPIRES_AT, times[1]),
            (TTL, u64::from(ttl_secs)),
            (FROM, times[2]),
            (UNTIL, times[3]),
        ] {
            cbor::write_uint(&mut payload, key);
            cbor::write_uint(&mut payload, value);
        }
        cbor::write_uint(&mut payload, DAYS);
        cbor::write_map(&mut payload, days.len() as u64);
        for (day, packed) in &days {
            cbor::write_uint(&mut payload, *day);
            cbor::write_bytes(&mut payload, packed);
        }
        sign_bundle(STATUS_LIST_TYPE, None, &payload, signer)
    }

    /// Opens a list at `at` (Unix seconds): the key of `trust` that it speaks of must have signed it, or another one of the
    /// region that is good for at least as long; it must not be ahead of `at`, nor end before `lowest_until` (the newest
    /// seen so far of that key).
    ///
    /// # Errors
    /// Any [`BundleError`] but [`BundleError::DeltaGap`].
    pub fn open(
        bytes: &[u8],
        trust: &TrustBundle,
        at: i64,
        lowest_until: i64,
    ) -> Result<Self, BundleError> {
        let signed = verify_signature(STATUS_LIST_TYPE, bytes, trust, at)?;
        let said = Said::read(signed.payload)?;
        let signer = signed.issuer;
        let may_revoke = if said.key_id == signer.key_id {
            signer.may_revoke(said.issued_at)
        } else {
            let keys = IssuerDirectory::with_prefix(trust, &said.key_id).into_issuers();
            let other = keys.iter().find(|key| key.division == signer.division);
            let other = other.ok_or(BundleError::ContentInvalid)?;
            signer.may_revoke_for(other, said.issued_at)
        };
        if !may_revoke {
            return Err(BundleError::SignerKeyNotValid);
        }
        check_not_ahead(said.issued_at, trust, at)?;
        if at >= said.expires_at {
            return Err(BundleError::Expired);
        }
        if said.span.until < lowest_until {
            return Err(BundleError::RolledBack);
        }
        Ok(Self {
            key_id: said.key_id,
            issued_at: said.issued_at,
            expires_at: said.expires_at,
            ttl_secs: said.ttl_secs,
            span: said.span,
            revoked: RevokedSet::unpack(said.days.into_iter())?,
        })
    }

    /// Whether it has this credential; what a delta does not have may have been revoked at another time.
    #[must_use]
    pub fn has(&self, place: StatusPlace) -> bool {
        self.revoked.contains(place)
    }

    /// How many credentials it has.
    #[must_use]
    pub fn count(&self) -> usize {
        self.revoked.len()
    }

    /// The issuer key that it speaks of.
    #[must_use]
    pub const fn key_id(&self) -> [u8; 8] {
        self.key_id
    }

    /// From which listing until which it says what was revoked.
    #[must_use]
    pub const fn span(&self) -> StatusSpan {
        self.span
    }

    /// When it was signed, Unix seconds.
    #[must_use]
    pub const fn issued_at(&self) -> i64 {
        self.issued_at
    }

    /// As of when it has everything, Unix seconds: one that ended before it was signed may be signed anew.
    #[must_use]
    pub fn as_of(&self) -> i64 {
        self.issued_at.min(self.span.until)
    }

    /// First instant at which it no longer counts, Unix seconds.
    #[must_use]
    pub const fn expires_at(&self) -> i64 {
        self.expires_at
    }

    /// After how many seconds a fresh one is due.
    #[must_use]
    pub const fn ttl_secs(&self) -> u64 {
        self.ttl_secs
    }
}

struct Said<'b> {
    key_id: [u8; 8],
    issued_at: i64,
    expires_at: i64,
    ttl_secs: u64,
    span: StatusSpan,
    days: Vec<(u64, &'b [u8])>,
}

impl<'b> Said<'b> {
    fn read(payload: &'b [u8]) -> Result<Self, BundleError> {
        let mut reader = Reader::new(payload);
        reader.map_of(7)?;
        reader.key(KEY_ID)?;
        let key_id = *reader.byte_array()?;
        let mut numbers = [0; 5];
        for (key, number) in [ISSUED_AT, EXPIRES_AT, TTL, FROM, UNTIL]
            .into_iter()
            .zip(&mut numbers)
        {
            reader.key(key)?;
            *number = reader.uint()?;
        }
        reader.key(DAYS)?;
        let count = reader.map()?;
        let mut days: Vec<(u64, &[u8])> = Vec::new();
        if count > MAX_DAYS {
            return Err(BundleError::ContentInvalid);
        }
        for _ in 0..count {
            let day = reader.uint()?;
            if days.last().is_some_and(|(before, _)| *before >= day) {
                return Err(BundleError::NotCanonical);
            }
            days.push((day, reader.bytes()?));
        }
        reader.end()?;
        let [issued_at, expires_at, ttl_secs, from, until] = numbers;
        let time = |secs| instant(secs).ok_or(BundleError::ContentInvalid);
        let span = StatusSpan {
            from: time(from)?,
            until: time(until)?,
        };
        if ttl_secs == 0 || span.from >= span.until {
            return Err(BundleError::ContentInvalid);
        }
        Ok(Self {
            key_id,
            issued_at: time(issued_at)?,
            expires_at: time(expires_at)?,
            ttl_secs,
            span,
            days,
        })
    }
}

#[cfg(test)]
#[path = "status_list_tests.rs"]
mod tests;
