//! Itineraries: where somebody was or will be, leg by leg.
//!
//! Invariant: days exist and are in order ([`Itinerary::check`], as on the phone); nothing is looked up or corrected. Kept
//! as it is; no colour follows.

use health_code_core::wire::Itinerary;

use crate::cases::file::{Kept, UploadKind};

/// Row of the table of uploads.
pub(crate) const UPLOAD: UploadKind = UploadKind::plain("itineraries", 1, |checking, body| {
    let itinerary: Itinerary = super::read(body)?;
    let late_days = checking.policy.late_declaration_days;
    let checked = itinerary.check(checking.today, late_days);
    checked.map_err(super::refused)?;
    Ok(Box::new(Kept))
});
