//! Fever clinics: where they are and when they are open.
//!
//! Invariant: nothing is published that a phone of this version would not understand whole.

use health_code_core::capability::clinics::{CLINICS, Clinics};
use health_code_core::wire::BundleKind;

use crate::cases::publish::{BundleKindRow, Content};

/// Row of the table of public bundles.
pub(crate) const BUNDLE: BundleKindRow = BundleKindRow {
    kind: BundleKind::new("clinics"),
    id: "clinics",
    typ: CLINICS.typ,
    read: |content| {
        let list = Clinics::read_strictly(content).map_err(|error| error.code())?;
        Ok(Content {
            name: list.id,
            version: list.version,
            in_force: Box::new(|_| Ok(())),
        })
    },
};
