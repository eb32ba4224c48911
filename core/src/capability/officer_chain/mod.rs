//! Officer chain: every change of a subject's colour, in a chain that the phone checks, with both officers' signatures under each order.
//!
//! Invariant: what does not fit is never put right in silence: it raises a named alarm, which stays until it is read. Decides no colour and
//! takes none back.

#[cfg(feature = "holder")]
mod chain;
mod officers;
#[cfg(feature = "holder")]
mod part;
#[cfg(feature = "holder")]
mod use_cases;
#[cfg(feature = "holder")]
mod views;
mod wire;

#[cfg(all(test, feature = "holder"))]
mod tests;

#[cfg(feature = "holder")]
pub use chain::ChainAlarmKind;
pub use officers::{OFFICERS, OfficerKey, OfficerList};
#[cfg(feature = "holder")]
pub use views::{ChainAlarmView, ChainState, ChangeSeal, ChangeView, ChangesView, OfficerView};
pub use wire::{
    ChainEntry, ChangesAnswer, ColourOrder, MAX_ENTRIES, MAX_ORDER_AGE_SECS, MAX_ORDER_BYTES,
    OfficerSignature, PART_NAME, Restored, SIGNED_PREFIX, SignedOrder, cursor, entry_hash, fits,
    order_chain_head, read_cursor,
};

use super::Capability;
#[cfg(feature = "holder")]
use crate::store::{Codec, OfSubject, RecordKind};

/// What it adds to each table.
pub const CAPABILITY: Capability = Capability {
    name: "officer_chain",
    bundles: &[&OFFICERS],
    #[cfg(feature = "holder")]
    uploads: &[],
    #[cfg(feature = "holder")]
    parts: &[&part::CHANGES],
    #[cfg(feature = "holder")]
    records: &[ENTRY.row(), LOST.row(), HEAD.row(), ALARMS.row()],
    #[cfg(feature = "holder")]
    after_sync: Some(use_cases::judge),
    errors: &[],
};

/// An entry of the chain; by its number, ten digits.
#[cfg(feature = "holder")]
const ENTRY: RecordKind<chain::HeldEntry, OfSubject> =
    RecordKind::of_subject(272, "change of colour", Codec::JSON, 16 * 1024);

/// An entry that the authority lost; by its hash.
#[cfg(feature = "holder")]
const LOST: RecordKind<chain::HeldEntry, OfSubject> =
    RecordKind::of_subject(273, "change of colour lost", Codec::JSON, 16 * 1024);

/// The chain's end.
#[cfg(feature = "holder")]
const HEAD: RecordKind<part::ChainHead, OfSubject> =
    RecordKind::of_subject(274, "head of changes", Codec::JSON, 4 * 1024);

/// What was noticed.
#[cfg(feature = "holder")]
const ALARMS: RecordKind<part::Alarms, OfSubject> =
    RecordKind::of_subject(275, "alarms of changes", Codec::JSON, 256 * 1024);

/// Raises the home notice while alarms were not read.
#[cfg(feature = "holder")]
pub(crate) use use_cases::unread_alarms;

#[cfg(all(test, feature = "holder"))]
pub(crate) use views::TEXT_IDS;
