//! Signed things of the store, each verified once for the same bytes.
//!
//! Invariant: a verdict is taken again only for the same bytes under the same trust bundle, at an instant between the
//! bounds that it was reached within; otherwise everything is verified anew, by the one function that verifies it.

use std::ops::Range;
use std::sync::Arc;

use crate::trust::TrustBundle;

/// An opened trust bundle, and when verdicts by it may change.
pub(crate) struct HeldTrust {
    pub(crate) bundle: TrustBundle,
    bounds: Vec<i64>,
}

/// The trust bundle of the last look.
#[derive(Default)]
pub(super) struct TrustVerdict(Option<(Vec<u8>, Option<Arc<HeldTrust>>)>);

impl TrustVerdict {
    /// The trust bundle in `bytes`, whether or not it counts by now; none where the root did not sign it so.
    pub(super) fn reached(
        &mut self,
        bytes: Vec<u8>,
        root_key: &[u8; 32],
    ) -> Option<Arc<HeldTrust>> {
        match &self.0 {
            Some((known, trust)) if *known == bytes => trust.clone(),
            _ => {
                let bundle = TrustBundle::read(&bytes, root_key).ok();
                let trust = bundle.map(|bundle| {
                    let bounds = bundle.bounds();
                    Arc::new(HeldTrust { bundle, bounds })
                });
                self.0 = Some((bytes, trust.clone()));
                trust
            }
        }
    }
}

impl HeldTrust {
    /// The instants around `at` (Unix seconds) in which verdicts by this bundle, and by `more` bounds, stay what they are.
    pub(super) fn holds(&self, more: &[i64], at: i64) -> Range<i64> {
        let bounds = || self.bounds.iter().chain(more);
        let start = bounds().filter(|bound| **bound <= at).max();
        let end = bounds().filter(|bound| **bound > at).min();
        start.copied().unwrap_or(i64::MIN)..end.copied().unwrap_or(i64::MAX)
    }
}

/// A verdict on signed bytes.
pub(super) struct Verdict<T> {
    bytes: Vec<u8>,
    trust: Arc<HeldTrust>,
    holds: Range<i64>,
    found: T,
}

impl<T: Clone> Verdict<T> {
    /// What `verify` makes of `bytes` at `at`, from `kept` where that still stands. `verify` gives the bounds that the
    /// verdict has beyond those of `trust` as well.
    pub(super) fn reached(
        kept: &mut Option<Self>,
        bytes: Vec<u8>,
        trust: &Arc<HeldTrust>,
        at: i64,
        verify: impl FnOnce(&[u8]) -> (T, Vec<i64>),
    ) -> (T, Range<i64>) {
        let verdict = match kept {
            Some(verdict) if verdict.stands(&bytes, trust, at) => verdict,
            stale => {
                let (found, bounds) = verify(&bytes);
                stale.insert(Self {
                    holds: trust.holds(&bounds, at),
                    bytes,
                    trust: Arc::clone(trust),
                    found,
                })
            }
        };
        (verdict.found.clone(), verdict.holds.clone())
    }

    fn stands(&self, bytes: &[u8], trust: &Arc<HeldTrust>, at: i64) -> bool {
        Arc::ptr_eq(&self.trust, trust) && self.holds.contains(&at) && self.bytes == bytes
    }
}
