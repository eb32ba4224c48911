//! The table of every error that the core can name: the roof over the groups that the floors declare with
//! [`coded_errors!`](crate::coded_errors).
//!
//! Invariant: each group stands here once; docs/ERROR_CODES.md is made from it.

use crate::coded_errors::ErrorEntry;

/// The table: every error that the core can name, in the order of the way of the data.
#[must_use]
pub fn catalogue() -> Vec<ErrorEntry> {
    let mut groups = vec![
        crate::ports::PortError::ENTRIES,
        crate::ports::TransportError::ENTRIES,
        crate::form::FormError::ENTRIES,
        crate::form::AnswerError::ENTRIES,
        crate::identity::DocumentError::ENTRIES,
        crate::identity::mrz::MrzError::ENTRIES,
        crate::identity::PhoneError::ENTRIES,
        crate::rules::RuleError::ENTRIES,
        crate::trust::DeviceKeyError::ENTRIES,
        crate::code::CodeError::ENTRIES,
        crate::trust::BundleError::ENTRIES,
        crate::code::Refusal::ENTRIES,
        crate::code::PapersSeenError::ENTRIES,
        crate::picture::PictureError::ENTRIES,
        crate::picture::PdfError::ENTRIES,
        crate::wire::SignatureRefusal::ENTRIES,
        crate::wire::ItineraryError::ENTRIES,
        crate::wire::ErasureRefusal::ENTRIES,
    ];
    #[cfg(feature = "holder")]
    groups.extend([
        crate::store::StoreError::ENTRIES,
        crate::sync::SyncError::ENTRIES,
        crate::sync::SyncRefusal::ENTRIES,
        crate::sync::HttpError::ENTRIES,
        crate::citizen::CitizenFault::ENTRIES,
    ]);
    let of_capabilities = crate::capability::ALL
        .iter()
        .flat_map(|one| one.errors.iter().copied());
    groups.extend(of_capabilities);
    groups.concat()
}
