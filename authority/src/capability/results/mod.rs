//! Results: what laboratories report of tests and vaccinations, kept under the document and told to whoever is registered with it.
//!
//! Invariant: a report is on disk under its document before it is answered, and the answer is the same whether or not anybody is
//! registered with that document. It comes to the citizen after that: at once, or with the registration. The facts follow from it,
//! and the colour from the facts by the rules.
//!
//! | file | what it does |
//! |---|---|
//! | `signed` | whether a laboratory that may report signed a report |
//! | `taking` | each result once, by the laboratory's id and version |
//! | `delivery` | from the document to the citizen |
//! | `part` | what the phone is told |
//! | `routes` | the one route |

mod delivery;
mod part;
mod routes;
mod signed;
mod taking;

use health_code_core::capability::results::{
    LABORATORIES_KIND, LABORATORIES_TYPE, Laboratories, ReportError,
};
use health_code_core::wire::BundleKind;

pub(crate) use delivery::deliver_what_waits;
pub(crate) use part::PART_ROW;
pub(crate) use routes::routes;
pub use signed::sign_reports;

use crate::capability::identity_proof::TokenKeys;
use crate::cases::publish::{BundleKindRow, Content};

/// Row of the table of public bundles.
pub(crate) const BUNDLE: BundleKindRow = BundleKindRow {
    kind: BundleKind::new(LABORATORIES_KIND),
    id: LABORATORIES_KIND,
    typ: LABORATORIES_TYPE,
    read: |content| {
        let list = Laboratories::read_strictly(content).map_err(|error| error.code())?;
        let keys = list.laboratories.iter();
        let mut keys = keys.map(|laboratory| TokenKeys::read(laboratory.jwks.clone()));
        if keys.any(|keys| keys.is_err()) {
            return Err(ReportError::LaboratoriesInvalid.code());
        }
        Ok(Content {
            name: list.id.clone(),
            version: list.version,
            in_force: Box::new(move |definitions| {
                definitions.take_laboratories(list);
                Ok(())
            }),
        })
    },
};
