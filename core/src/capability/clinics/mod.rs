//! Fever clinics: where the nearest one is, whether it is open now, whom to call. Without a network.
//!
//! Invariant: nothing is shown that an issuer of the trust bundle did not sign, and where the citizen is stays on the
//! phone. Draws no map and knows no roads: distances are as the crow flies.

mod distance;
mod find;
mod hours;
#[cfg(feature = "holder")]
mod use_cases;
mod views;
mod wire;

#[cfg(test)]
mod tests;

pub use distance::distance_text;
pub use find::find;
pub use hours::{Calendar, Hours};
pub use views::{ClinicOpen, ClinicQuery, ClinicView, Position};
pub use wire::{Clinic, Clinics, ClinicsError};

use super::Capability;
use crate::trust::BundleRow;

/// What it adds to each table.
pub const CAPABILITY: Capability = Capability {
    name: "clinics",
    bundles: &[&CLINICS],
    #[cfg(feature = "holder")]
    uploads: &[],
    #[cfg(feature = "holder")]
    parts: &[],
    #[cfg(feature = "holder")]
    records: &[],
    #[cfg(feature = "holder")]
    after_sync: None,
    errors: &[ClinicsError::ENTRIES],
};

/// The fever clinics of one region.
pub static CLINICS: BundleRow = BundleRow::json("clinics", "application/health-code-clinics+json");
