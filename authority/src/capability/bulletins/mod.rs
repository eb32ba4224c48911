//! Bulletins: what officers tell everybody.
//!
//! Invariant: nothing is published that a phone of this version would not show whole.

use health_code_core::capability::bulletins::{BULLETINS, Bulletins};
use health_code_core::wire::BundleKind;

use crate::cases::publish::{BundleKindRow, Content};

/// Row of the table of public bundles.
pub(crate) const BUNDLE: BundleKindRow = BundleKindRow {
    kind: BundleKind::new("bulletins"),
    id: "bulletins",
    typ: BULLETINS.typ,
    read: |content| {
        let list = Bulletins::read_strictly(content).map_err(|error| error.code())?;
        Ok(Content {
            name: list.id,
            version: list.version,
            in_force: Box::new(|_| Ok(())),
        })
    },
};
