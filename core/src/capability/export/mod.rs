//! Export: everything that this phone holds of somebody, as JSON for other programs and in words for people.
//!
//! Invariant: it is made from the store itself, kind by kind, so what a capability keeps is in it without being asked for, also
//! what a newer version keeps; private keys are left out, and named. It changes nothing and tells nobody.

mod readable;
#[cfg(feature = "holder")]
mod use_cases;
mod views;
mod wire;

#[cfg(all(test, feature = "holder"))]
mod tests;

pub use views::{ExportRow, ExportSection, ExportView};
pub use wire::{EXPORT_FORMAT, EXPORT_VERSION, Export, ExportedRecord, ExportedSubject, LeftOut};

use super::Capability;

/// What it adds to each table.
pub const CAPABILITY: Capability = Capability {
    name: "export",
    bundles: &[],
    #[cfg(feature = "holder")]
    uploads: &[],
    #[cfg(feature = "holder")]
    records: &[],
    #[cfg(feature = "holder")]
    after_sync: None,
    errors: &[],
};
