//! Bulletins: what the authority tells everybody, signed, readable without a network, with unread marks.
//!
//! Invariant: nothing is shown that an issuer of the trust bundle did not sign, and marking one as read tells nobody.
//! Does not notify: it tells the app of new ones once a sync is over.

mod select;
#[cfg(feature = "holder")]
mod use_cases;
mod views;
mod wire;

#[cfg(test)]
mod tests;

#[cfg(feature = "holder")]
use std::collections::BTreeSet;

pub use select::select;
pub use views::{BulletinView, BulletinsView};
pub use wire::{Bulletin, BulletinUrgency, Bulletins, BulletinsError};

use super::Capability;
#[cfg(feature = "holder")]
use crate::store::{Codec, OfPhone, RecordKind};
use crate::trust::BundleRow;

/// What it adds to each table.
pub const CAPABILITY: Capability = Capability {
    name: "bulletins",
    bundles: &[&BULLETINS],
    #[cfg(feature = "holder")]
    uploads: &[],
    #[cfg(feature = "holder")]
    parts: &[],
    #[cfg(feature = "holder")]
    records: &[READ.row(), TOLD.row()],
    #[cfg(feature = "holder")]
    after_sync: Some(use_cases::announce),
    errors: &[BulletinsError::ENTRIES],
};

/// The bulletins of one issuer.
pub static BULLETINS: BundleRow =
    BundleRow::json("bulletins", "application/health-code-bulletins+json");

/// Ids of bulletins that were read, as [`BulletinView::id`] has them.
#[cfg(feature = "holder")]
const READ: RecordKind<BTreeSet<String>, OfPhone> =
    RecordKind::of_phone(256, "bulletins read", Codec::JSON, 256 * 1024);

/// Ids of bulletins that the observer was told of.
#[cfg(feature = "holder")]
const TOLD: RecordKind<BTreeSet<String>, OfPhone> =
    RecordKind::of_phone(257, "bulletins told", Codec::JSON, 256 * 1024);

/// Ids of those that the observer was told of.
#[cfg(all(test, feature = "holder"))]
pub(crate) fn told_to_observer(phone: &crate::citizen::HealthCode) -> BTreeSet<String> {
    let told = phone.context.store.read(&TOLD.for_this_phone());
    told.expect("readable").unwrap_or_default()
}
