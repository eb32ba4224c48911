//! The capabilities: one folder each, and the tables that hold their rows beside those of the foundation.
//!
//! Invariant: what is known of a kind of bundle or upload is known from its row, looked up here. Adding a capability
//! adds its folder, its two lines below, its tests and its page of the docs, and changes no other file.
//!
//! | file of a capability | what it holds |
//! |---|---|
//! | `mod.rs` | its head: what it does for whom, one invariant, and its row: what it adds to each table |
//! | `wire.rs` | what goes over the wire or is published, and how it is checked: pure |
//! | `use_cases.rs` | what a citizen does with it, over the citizen's context (feature `holder`) |
//! | `views.rs` | what a screen shows of it |
//! | `tests.rs` | its tests, a case with tomorrow's data among them |

pub mod appeals;
pub mod bulletins;
pub mod clinics;
pub mod dcc;
pub mod dependants;
pub mod export;
pub mod identity_proof;
pub mod international;
pub mod officer_chain;
pub mod paper;
mod published;
pub mod results;

#[cfg(feature = "holder")]
use crate::citizen::HealthCode;
use crate::coded_errors::ErrorEntry;
#[cfg(feature = "holder")]
use crate::store::KindRow;
#[cfg(feature = "holder")]
use crate::sync::{self, PartRow, UploadKind, UploadRow};
use crate::trust::{self, BundleKind, BundleRow};

/// What a capability adds to each table.
#[derive(Clone, Copy, Debug)]
pub struct Capability {
    /// Its name: that of its folder on every floor.
    pub name: &'static str,
    /// Kinds of signed bundles.
    pub bundles: &'static [&'static BundleRow],
    /// Kinds of uploads. Their outbox numbers are never used for anything else.
    #[cfg(feature = "holder")]
    pub uploads: &'static [&'static UploadRow],
    /// Parts of a subject. Their names are never used for anything else.
    #[cfg(feature = "holder")]
    pub parts: &'static [&'static PartRow],
    /// Kinds of records on the phone. Their numbers, from 256, are never used for anything else.
    #[cfg(feature = "holder")]
    pub records: &'static [KindRow],
    /// What it does on the phone once a sync is over.
    #[cfg(feature = "holder")]
    pub after_sync: Option<fn(&HealthCode)>,
    /// Groups of errors.
    pub errors: &'static [&'static [ErrorEntry]],
}

/// Every capability, in the order of their names.
pub const ALL: &[&Capability] = &[
    &appeals::CAPABILITY,
    &bulletins::CAPABILITY,
    &clinics::CAPABILITY,
    &dcc::CAPABILITY,
    &export::CAPABILITY,
    &dependants::CAPABILITY,
    &identity_proof::CAPABILITY,
    &international::CAPABILITY,
    &paper::CAPABILITY,
    &officer_chain::CAPABILITY,
    &results::CAPABILITY,
];

/// Every kind of signed bundle that this version knows.
pub fn bundle_rows() -> impl Iterator<Item = &'static BundleRow> {
    let of_capabilities = ALL.iter().flat_map(|one| one.bundles.iter().copied());
    trust::BUNDLES.iter().chain(of_capabilities)
}

/// The row of a kind; none where this version does not know it.
#[must_use]
pub fn bundle_row(kind: &BundleKind) -> Option<&'static BundleRow> {
    bundle_rows().find(|row| row.kind == *kind)
}

/// Every kind of upload that this version knows.
#[cfg(feature = "holder")]
pub fn upload_rows() -> impl Iterator<Item = &'static UploadRow> {
    let of_capabilities = ALL.iter().flat_map(|one| one.uploads.iter().copied());
    sync::UPLOADS.iter().copied().chain(of_capabilities)
}

/// Every part of a subject that this version asks for, in the order in which it does.
#[cfg(feature = "holder")]
pub fn part_rows() -> impl Iterator<Item = &'static PartRow> {
    let rows = ALL.iter().flat_map(|one| one.parts.iter().copied());
    #[cfg(test)]
    let rows = rows.chain(crate::sync::PARTS_FOR_TESTS.iter().copied());
    rows
}

/// The kind with this number in the outbox.
#[cfg(feature = "holder")]
#[must_use]
pub fn upload_kind(number: u8) -> UploadKind {
    upload_rows()
        .find(|row| row.number == number)
        .map_or(UploadKind::Newer { number }, UploadKind::Known)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{bundle_row, bundle_rows, part_rows, upload_kind, upload_rows};
    use crate::ports::MAX_RESPONSE_BYTES;
    use crate::sync::{UploadKind, UploadRoute, UploadRow};
    use crate::trust::{BundleKind, MAX_BUNDLE_BYTES};
    use crate::wire::{MAX_REQUEST_BYTES, is_part_name};

    fn below(row: &UploadRow) -> Option<&'static str> {
        match row.route {
            UploadRoute::Subjects => None,
            UploadRoute::Below(name) => Some(name),
        }
    }

    fn is_id(id: &str) -> bool {
        let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte == b'-';
        !id.is_empty() && id.bytes().all(is_letter)
    }

    #[test]
    fn rows_of_bundles_do_not_meet() {
        let rows: Vec<_> = bundle_rows().collect();
        let ids: BTreeSet<_> = rows.iter().map(|row| row.kind.id()).collect();
        let types: BTreeSet<_> = rows.iter().map(|row| row.typ).collect();
        assert_eq!((ids.len(), types.len()), (rows.len(), rows.len()));
        for row in rows {
            assert!(is_id(row.kind.id()) && row.max_bytes <= MAX_BUNDLE_BYTES);
            assert!(bundle_row(&row.kind).is_some_and(|found| std::ptr::eq(found, row)));
            // A name as long as any fits into a key of the store.
            assert!(row.key(&"n".repeat(64)).len() <= 128);
        }
        assert!(bundle_row(&BundleKind::new("of-tomorrow")).is_none());
    }

    #[test]
    fn rows_of_parts_do_not_meet() {
        let rows: Vec<_> = part_rows().collect();
        let names: BTreeSet<_> = rows.iter().map(|row| row.name).collect();
        assert_eq!(names.len(), rows.len());
        for row in rows {
            assert!(is_part_name(row.name) && row.max_bytes <= MAX_RESPONSE_BYTES);
        }
    }

    #[test]
    fn rows_of_uploads_do_not_meet_and_keep_their_numbers() {
        let rows: Vec<_> = upload_rows().collect();
        let ids: BTreeSet<_> = rows.iter().map(|row| row.id).collect();
        let routes: BTreeSet<_> = rows.iter().map(|row| below(row)).collect();
        assert_eq!((ids.len(), routes.len()), (rows.len(), rows.len()));
        for row in &rows {
            assert!(is_id(row.id) && row.number > 0);
            assert!(below(row).is_none_or(is_id));
            assert!(row.max_bytes <= MAX_REQUEST_BYTES);
            assert_eq!(upload_kind(row.number), UploadKind::Known(row));
        }
        // Phones hold uploads under these numbers.
        let numbers: Vec<_> = rows.iter().map(|row| (row.number, row.id)).collect();
        assert_eq!(
            numbers[..4],
            [
                (1, "registration"),
                (2, "declaration"),
                (3, "itinerary"),
                (4, "correction")
            ]
        );
        assert_eq!(upload_kind(0), UploadKind::Newer { number: 0 });
        assert_eq!(upload_kind(200).id(), "other");
    }
}
