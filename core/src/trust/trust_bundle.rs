//! The trust bundle: whose keys count, how fresh a code must be, what another region's colour means here.
//!
//! Signed by the national root, published for everyone. Deterministic CBOR with small integers as map keys.
//! Invariant: an opened bundle was signed by the root, is in its one byte form, and every value is in its range.

use ed25519_dalek::{SigningKey, VerifyingKey};
use minicbor::{Decode, Encode};

use super::bundle::{SignedParts, sign_bundle};
use super::key_id::key_id;
use super::{BundleError, Scheme};
use crate::civil_time::CivilTime;
use crate::colour::Colour;
use crate::words::LocalizedText;

#[cfg(feature = "holder")]
mod bounds;
mod colours;
mod first_form;
mod flag;
mod limits;
mod texts;

/// `typ` of a trust bundle.
pub const TRUST_BUNDLE_TYPE: &str = "application/health-code-trust+cbor";

/// Whose keys count, and the rules of checking.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct TrustBundle {
    /// Goes up with each issue; a lower one than seen before is refused.
    #[n(1)]
    pub version: u64,
    /// When it was signed, Unix seconds.
    #[n(2)]
    pub issued_at: i64,
    /// First instant at which it no longer counts, Unix seconds.
    #[n(3)]
    pub expires_at: i64,
    /// The regions and their keys.
    #[n(4)]
    pub regions: Vec<Region>,
    /// Freshness, and which colours are let in.
    #[n(5)]
    pub policy: PresentationPolicy,
    /// What other regions' colours mean; the first that applies counts.
    #[n(6)]
    pub mappings: Vec<ColourMapping>,
    /// Credentials that count longer because servers are down.
    #[n(7)]
    pub grace_orders: Vec<GraceOrder>,
    /// Regions whose codes have ended.
    #[n(8)]
    pub sunset_orders: Vec<SunsetOrder>,
}

/// A region that issues codes.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Region {
    /// GB/T 2260 division, six digits.
    #[n(1)]
    pub division: u32,
    /// Name.
    #[cbor(n(2), with = "texts")]
    pub name: LocalizedText,
    /// With which the region's authority signs, or signed.
    #[n(4)]
    pub keys: Vec<IssuerKey>,
    /// Its civil time, minutes east of UTC; none: China's.
    #[n(5)]
    pub utc_offset_minutes: Option<i32>,
}

impl Region {
    /// By which clock its days are counted.
    #[must_use]
    pub fn civil_time(&self) -> CivilTime {
        let said = self.utc_offset_minutes.and_then(CivilTime::east);
        said.unwrap_or(CivilTime::CHINA)
    }
}

/// A region's key.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct IssuerKey {
    /// Ed25519 public key (RFC 8032).
    #[cbor(n(1), with = "minicbor::bytes")]
    pub public_key: [u8; 32],
    /// First instant at which it may sign, Unix seconds.
    #[n(2)]
    pub not_before: i64,
    /// Last instant at which it may sign, Unix seconds. What it signed before goes on counting.
    #[n(3)]
    pub not_after: i64,
    /// From here on nothing that it ever signed counts, Unix seconds.
    #[n(4)]
    pub revoked_at: Option<i64>,
}

/// How fresh a presentation must be, and which colours are let in.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct PresentationPolicy {
    /// Oldest presentation that is accepted, seconds.
    #[n(1)]
    pub accept_secs: u32,
    /// How far a clock may be ahead, seconds.
    #[n(2)]
    pub skew_secs: u32,
    /// How often a phone makes a new presentation, seconds.
    #[n(3)]
    pub rotation_secs: u32,
    /// A status list older than this does not count as a check, seconds.
    #[n(4)]
    pub status_max_age_secs: u32,
    /// Colours (after mapping) that are let in, in the order of their numbers.
    #[cbor(n(5), with = "colours::many")]
    pub admit: Vec<Colour>,
    /// Whether a code says why it has its colour. Where it does not, the citizen's own screen says so all the same.
    #[cbor(n(6), with = "flag", has_nil)]
    pub reason_in_code: bool,
}

impl Default for PresentationPolicy {
    fn default() -> Self {
        Self {
            accept_secs: 60,
            skew_secs: 30,
            rotation_secs: 25,
            status_max_age_secs: 24 * 3600,
            admit: vec![Colour::Green],
            reason_in_code: false,
        }
    }
}

/// What a colour issued elsewhere means here.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct ColourMapping {
    /// Id of the rule, shown with the result.
    #[n(1)]
    pub rule_id: String,
    /// Where the code was issued: a division or all below it; none: anywhere.
    #[n(2)]
    pub from_division: Option<u32>,
    /// Scheme of the code; none: both.
    #[n(3)]
    pub scheme: Option<Scheme>,
    /// Colour of the code.
    #[cbor(n(4), with = "colours::one")]
    pub colour: Colour,
    /// Where it is checked: a division or all below it; none: everywhere.
    #[n(5)]
    pub to_division: Option<u32>,
    /// What it counts as there.
    #[cbor(n(6), with = "colours::one")]
    pub to_colour: Colour,
    /// The rule in a sentence.
    #[cbor(n(7), with = "texts")]
    pub text: LocalizedText,
}

/// Credentials of a division count longer, while its servers are down.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct GraceOrder {
    /// A division or all below it.
    #[n(1)]
    pub division: u32,
    /// Last instant of the order, Unix seconds.
    #[n(2)]
    pub until: i64,
    /// How much longer, seconds.
    #[n(3)]
    pub extra_secs: u32,
}

/// A division's codes end: checkpoints refuse them, and phones say so, also before.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct SunsetOrder {
    /// A division or all below it.
    #[n(1)]
    pub division: u32,
    /// First instant of the order, Unix seconds.
    #[n(2)]
    pub effective_at: i64,
    /// Why.
    #[cbor(n(3), with = "texts")]
    pub text: LocalizedText,
    /// So long after its beginning, and after a phone has first heard of it, that phone keeps what it holds, seconds; then it erases that
    /// by itself. None: [`SunsetOrder::ERASE_AFTER_SECS`].
    #[n(4)]
    pub erase_after_secs: Option<u32>,
}

impl SunsetOrder {
    /// What holds where an order does not say: a week, in which to save one's data.
    pub const ERASE_AFTER_SECS: u32 = 7 * 86_400;
    /// The most that an order may say: a year.
    pub const MAX_ERASE_AFTER_SECS: u32 = 366 * 86_400;

    /// When a phone that heard of it at `heard_at`, Unix seconds, erases what it holds.
    #[must_use]
    pub fn erase_at(&self, heard_at: i64) -> i64 {
        let secs = self.erase_after_secs.unwrap_or(Self::ERASE_AFTER_SECS);
        let from = self.effective_at.max(heard_at);
        from.saturating_add(i64::from(secs))
    }
}

impl TrustBundle {
    /// Signs the bundle with the national root's key.
    ///
    /// # Errors
    /// [`BundleError::ContentInvalid`] or [`BundleError::TooLarge`] for one that nobody could open.
    pub fn sign(&self, root_key: &SigningKey) -> Result<Vec<u8>, BundleError> {
        self.check_limits()?;
        let payload = self.encoded().ok_or(BundleError::ContentInvalid)?;
        sign_bundle(TRUST_BUNDLE_TYPE, None, &payload, root_key)
    }

    /// Opens a bundle: `root_key` must have signed it, it must count at `at` (Unix seconds), and its version must not
    /// be below `lowest_version` (the highest seen so far).
    ///
    /// # Errors
    /// Any [`BundleError`].
    pub fn open(
        bytes: &[u8],
        root_key: &[u8; 32],
        at: i64,
        lowest_version: u64,
    ) -> Result<Self, BundleError> {
        let bundle = Self::read(bytes, root_key)?;
        bundle.check_time(at)?;
        if bundle.version < lowest_version {
            return Err(BundleError::RolledBack);
        }
        Ok(bundle)
    }

    /// As [`TrustBundle::open`], without what depends on the time or on other bundles: that is to be judged each time.
    ///
    /// # Errors
    /// Any [`BundleError`] but [`BundleError::Expired`] and [`BundleError::RolledBack`].
    pub fn read(bytes: &[u8], root_key: &[u8; 32]) -> Result<Self, BundleError> {
        let parts = SignedParts::read(TRUST_BUNDLE_TYPE, bytes)?;
        if *parts.key_id != key_id(root_key) {
            return Err(BundleError::SignerUnknown);
        }
        let root_key =
            VerifyingKey::from_bytes(root_key).map_err(|_| BundleError::SignerUnknown)?;
        if !parts.is_signed_by(&root_key) {
            return Err(BundleError::SignatureWrong);
        }
        let payload = parts.payload();
        let bundle = match minicbor::decode::<Self>(payload) {
            Ok(bundle) if bundle.encoded().as_deref() == Some(payload) => bundle,
            Ok(_) => return Err(BundleError::NotCanonical),
            Err(_) => first_form::read(payload)?,
        };
        bundle.check_limits()?;
        Ok(bundle)
    }

    /// Whether it counts at `at` (Unix seconds). What is asked of the time here is in [`TrustBundle::bounds`].
    ///
    /// # Errors
    /// [`BundleError::Expired`], [`BundleError::FromFuture`].
    pub(crate) fn check_time(&self, at: i64) -> Result<(), BundleError> {
        if at >= self.expires_at {
            return Err(BundleError::Expired);
        }
        if self.is_ahead(self.issued_at, at) {
            return Err(BundleError::FromFuture);
        }
        Ok(())
    }

    /// Whether something dated `signed_at` is further ahead of `at` than clocks may be apart.
    pub(crate) fn is_ahead(&self, signed_at: i64, at: i64) -> bool {
        signed_at > at.saturating_add(i64::from(self.policy.skew_secs))
    }

    fn encoded(&self) -> Option<Vec<u8>> {
        minicbor::to_vec(self).ok()
    }

    /// How much longer than they say credentials of `division` count at `at`, seconds.
    #[must_use]
    pub fn grace_secs(&self, division: u32, at: i64) -> u32 {
        let orders = self.grace_orders.iter();
        orders
            .filter(|order| covers(order.division, division) && at <= order.until)
            .map(|order| order.extra_secs)
            .max()
            .unwrap_or(0)
    }

    /// First instant at which something of `division` that ends at `expires_at` counts no more by the grace orders in
    /// force at `at`; none where none of them lets it count longer than it says.
    #[must_use]
    pub fn grace_until(&self, division: u32, expires_at: i64, at: i64) -> Option<i64> {
        let orders = self.grace_orders.iter();
        let in_force = orders.filter(|order| covers(order.division, division) && at <= order.until);
        let ends = in_force.map(|order| {
            let extended = expires_at.saturating_add(i64::from(order.extra_secs));
            extended.min(order.until.saturating_add(1))
        });
        ends.filter(|end| *end > expires_at).max()
    }

    /// By which clock the days of `division` are counted; none where the bundle lists no region that it lies in.
    #[must_use]
    pub fn civil_time(&self, division: u32) -> Option<CivilTime> {
        let mut regions = self.regions.iter();
        let region = regions.find(|region| covers(region.division, division));
        region.map(Region::civil_time)
    }

    /// The sunset order that has ended the codes of `division` at `at`, if there is one.
    #[must_use]
    pub fn sunset(&self, division: u32, at: i64) -> Option<&SunsetOrder> {
        let mut orders = self.sunset_orders.iter();
        orders.find(|order| covers(order.division, division) && at >= order.effective_at)
    }

    /// The next sunset order that ends the codes of `division` after `at`, if there is one.
    #[must_use]
    pub fn sunset_after(&self, division: u32, at: i64) -> Option<&SunsetOrder> {
        let orders = self.sunset_orders.iter();
        let coming =
            orders.filter(|order| covers(order.division, division) && at < order.effective_at);
        coming.min_by_key(|order| order.effective_at)
    }

    /// The order that ends, or will end, the codes of `division`: the first one.
    #[must_use]
    pub fn end_of(&self, division: u32) -> Option<&SunsetOrder> {
        let orders = self.sunset_orders.iter();
        let covering = orders.filter(|order| covers(order.division, division));
        covering.min_by_key(|order| order.effective_at)
    }

    /// The same bundle as if no region ended.
    #[cfg(feature = "holder")]
    #[must_use]
    pub(crate) fn without_ends(&self) -> Self {
        Self {
            sunset_orders: Vec::new(),
            ..self.clone()
        }
    }

    /// The rule that says what `colour` of `division` means in `local_division` (none: nowhere in particular).
    /// No rule: the colour means what it says. A division's own codes are never mapped.
    #[must_use]
    pub fn mapping(
        &self,
        division: u32,
        scheme: Scheme,
        colour: Colour,
        local_division: Option<u32>,
    ) -> Option<&ColourMapping> {
        if local_division == Some(division) {
            return None;
        }
        self.mappings.iter().find(|mapping| {
            mapping.colour == colour
                && mapping.scheme.is_none_or(|wanted| wanted == scheme)
                && mapping
                    .from_division
                    .is_none_or(|from| covers(from, division))
                && mapping
                    .to_division
                    .is_none_or(|to| local_division.is_some_and(|local| covers(to, local)))
        })
    }
}

/// Whether `division` is `outer` or lies in it: `330000` is a province and covers `33....`, `330100` a prefecture
/// and covers `3301..`.
#[must_use]
pub const fn covers(outer: u32, division: u32) -> bool {
    if outer.is_multiple_of(10_000) {
        outer / 10_000 == division / 10_000
    } else if outer.is_multiple_of(100) {
        outer / 100 == division / 100
    } else {
        outer == division
    }
}

#[cfg(test)]
#[path = "trust_bundle_tests.rs"]
mod tests;
