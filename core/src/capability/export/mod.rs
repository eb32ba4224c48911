//! Export: everything that this phone and the authority hold of somebody, as JSON for other programs and in words for people.
//!
//! Invariant: it is made from the store itself, kind by kind, so what a capability keeps is in it without being asked for, also
//! what a newer version keeps; private keys are left out, and named. It changes nothing; the
//! authority is asked by a signed request of the citizen's own.

#[cfg(feature = "holder")]
mod document;
#[cfg(feature = "holder")]
mod holdings;
#[cfg(feature = "holder")]
mod readable;
#[cfg(feature = "holder")]
mod use_cases;
mod views;
mod wire;

#[cfg(all(test, feature = "holder"))]
mod tests;

pub use views::{
    ExportBlock, ExportBlockKind, ExportDocument, ExportRow, ExportSection, ExportView,
    HoldingsState,
};
pub use wire::{
    EXPORT_FORMAT, EXPORT_VERSION, Export, ExportedRecord, ExportedSubject, Holdings, LeftOut,
};

use super::Capability;

/// What it adds to each table.
pub const CAPABILITY: Capability = Capability {
    name: "export",
    bundles: &[],
    #[cfg(feature = "holder")]
    uploads: &[&holdings::DATA_REQUEST],
    #[cfg(feature = "holder")]
    parts: &[&holdings::PART],
    #[cfg(feature = "holder")]
    records: &[holdings::PAGE.row(), holdings::REQUESTED.row()],
    #[cfg(feature = "holder")]
    after_sync: None,
    errors: &[],
};
