//! What the authority can do, one folder a capability, and the tables that the rest is made from.
//!
//! Invariant: adding a kind of upload or of public bundle, or a part of a subject, is one folder here and one row below. Nothing in `cases`,
//! `store` or `http` names a capability.

pub(crate) mod appeals;
pub(crate) mod bulletins;
pub(crate) mod clinics;
pub(crate) mod corrections;
pub(crate) mod dcc;
pub(crate) mod declarations;
pub(crate) mod dependants;
pub(crate) mod export;
pub(crate) mod forms;
pub(crate) mod identity_proof;
pub(crate) mod international;
pub(crate) mod itineraries;
pub(crate) mod officer_chain;
pub(crate) mod paper;
pub(crate) mod results;
pub(crate) mod rule_sets;

use axum::Router;
use health_code_core::form::RefusedAnswer;

use crate::cases::file::UploadKind;
use crate::cases::parts::PartRow;
use crate::cases::publish::BundleKindRow;
use crate::cases::{Authority, Refusal};
use crate::http::Shared;
use crate::store::{Later, StoreError};

/// What phones may send, by the path below a subject and a number that is never used again.
pub(crate) static UPLOADS: &[UploadKind] = &[
    declarations::UPLOAD,
    itineraries::UPLOAD,
    corrections::UPLOAD,
    export::UPLOAD,
    paper::REQUEST,
    paper::REVOCATION,
    dependants::OFFERS,
    dependants::ENDS,
    appeals::UPLOAD,
    appeals::WITHDRAWAL,
    appeals::ADDITION,
    dcc::UPLOAD,
    dcc::REMOVAL,
];

/// Kinds of public bundles that officers publish. Trust bundle and status list come from elsewhere.
pub(crate) static BUNDLES: &[BundleKindRow] = &[
    rule_sets::BUNDLE,
    forms::BUNDLE,
    bulletins::BUNDLE,
    clinics::BUNDLE,
    results::BUNDLE,
    dcc::KEYS,
    dcc::RULES,
];

/// Parts of a subject.
pub(crate) static PARTS: &[PartRow] = &[
    appeals::PART,
    export::PART,
    paper::PART_ROW,
    dependants::STANDING,
    dcc::PART_ROW,
    officer_chain::PART,
    results::PART_ROW,
];

/// Adds routes that are no uploads of the table.
pub(crate) type AddRoutes = fn(Router<Shared>) -> Router<Shared>;

/// Routes of capabilities that are no uploads.
pub(crate) static ROUTES: &[AddRoutes] = &[appeals::routes, results::routes, dcc::routes];

/// A task of every minute or so.
pub(crate) type Task = for<'a> fn(&'a Authority) -> Later<'a, Result<(), StoreError>>;

/// What capabilities do every minute or so.
pub(crate) static HOUSEKEEPING: &[Task] = &[appeals::keep_open_list, results::deliver_what_waits];

/// What the phone checked as well; the first fault is told.
fn refused(faults: Vec<RefusedAnswer>) -> Refusal {
    let first = faults.into_iter().next();
    first.map_or(Refusal::Invalid(None), |fault| {
        Refusal::invalid(fault.path, fault.code)
    })
}

fn read<T: serde::de::DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    health_code_core::encoding::json::from_slice(body).map_err(|_| Refusal::Malformed(None))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{BUNDLES, UPLOADS};

    #[test]
    fn names_numbers_and_kinds_are_unique_and_as_the_wire_says() {
        let names: BTreeSet<_> = UPLOADS.iter().map(|kind| kind.name).collect();
        let numbers: BTreeSet<_> = UPLOADS.iter().map(|kind| kind.number).collect();
        assert_eq!((names.len(), numbers.len()), (UPLOADS.len(), UPLOADS.len()));
        let kinds: BTreeSet<_> = BUNDLES.iter().map(|row| row.id).collect();
        let types: BTreeSet<_> = BUNDLES.iter().map(|row| row.typ).collect();
        assert_eq!((kinds.len(), types.len()), (BUNDLES.len(), BUNDLES.len()));
        for row in BUNDLES {
            assert_eq!(
                serde_json::to_value(&row.kind).expect("JSON"),
                serde_json::json!(row.id)
            );
        }
    }
}
