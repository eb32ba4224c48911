//! What is known of the end of a region's codes: by the trust bundle, by what was heard of it, by what was erased for it.
//!
//! Invariant: the trust bundle says first, what was heard when that has ended, and that something was erased when nothing else is left.
//! It notes and erases nothing ([`sunset`](super::sunset)).

use super::CitizenError;
use super::context::Context;
use super::records::{IDENTITY, REGION_ENDED, SUNSET};
use super::sunset::{HeardSunset, RegionEnded};
use crate::trust::TrustBundle;
use crate::words::LocalizedText;

/// The end of a region's codes.
#[derive(Clone, Copy)]
pub(super) struct Sunset<'a> {
    pub(super) has_come: bool,
    /// Unix seconds.
    pub(super) effective_at: i64,
    pub(super) text: &'a LocalizedText,
}

/// What this phone noted of it.
pub(super) struct NotedEnd {
    heard: Option<HeardSunset>,
    ended: Option<RegionEnded>,
}

impl NotedEnd {
    pub(super) fn read(context: &Context) -> Result<Self, CitizenError> {
        Ok(Self {
            heard: context.read(&SUNSET.for_subject(&context.subject))?,
            ended: region_ended(context)?,
        })
    }

    /// The order that ends, or ended, the codes of the region at `at`, Unix seconds; `trust` with the division of whoever is
    /// registered, while it counts.
    pub(super) fn sunset<'a>(
        &'a self,
        trust: Option<(&'a TrustBundle, u32)>,
        at: i64,
    ) -> Option<Sunset<'a>> {
        let order = trust.and_then(|(trust, division)| {
            let order = trust.sunset(division, at);
            order.or_else(|| trust.sunset_after(division, at))
        });
        let order = order.map(|order| (order.effective_at, &order.text));
        let heard = self.heard.as_ref();
        let heard = heard.map(|heard| (heard.effective_at, &heard.text));
        if let Some((effective_at, text)) = order.or(heard) {
            return Some(Sunset {
                has_come: effective_at <= at,
                effective_at,
                text,
            });
        }
        self.ended.as_ref().map(|ended| Sunset {
            has_come: true,
            effective_at: ended.effective_at,
            text: &ended.text,
        })
    }
}

/// What this phone erased because the region ended; none where somebody is registered here since.
pub(super) fn region_ended(context: &Context) -> Result<Option<RegionEnded>, CitizenError> {
    let subject = &context.subject;
    if !subject.is_owner() || context.read(&IDENTITY.for_subject(subject))?.is_some() {
        return Ok(None);
    }
    context.read(&REGION_ENDED.for_this_phone())
}
