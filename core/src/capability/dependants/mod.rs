//! Dependants: children and elders on a carer's phone, each with a code of their own.
//!
//! The colour is the dependant's, whoever cares; each carer's phone has a key of its own for the dependant's codes.
//! Invariant: nobody comes into somebody's care but by a word of both sides: a code that the dependant's side shows, or the
//! desk's. What the citizen asked for is on disk, with the dependant's key and details, before the call returns, in one write.
//! Nothing here looks anybody up, and the authority has the last word.

mod care_code;
#[cfg(feature = "holder")]
mod codes;
#[cfg(feature = "holder")]
mod several;
#[cfg(feature = "holder")]
mod standing;
#[cfg(feature = "holder")]
mod use_cases;
#[cfg(feature = "holder")]
mod views;
mod wire;

#[cfg(all(test, feature = "holder"))]
mod tests;

pub use care_code::CareCode;
#[cfg(feature = "holder")]
pub use standing::CARE_PART;
#[cfg(feature = "holder")]
pub use use_cases::DependantRequest;
#[cfg(feature = "holder")]
pub use views::{
    CareCodeState, CareCodeView, CarerView, DependantState, DependantView, DependantsView,
    GroupCode,
};
pub use wire::{
    CareEndDays, CareEnds, CareOffer, CarePurpose, CareRequest, CareStanding, CarerEntry,
    DependantKey, MovedDependant, carer_id, code_hash,
};

use super::Capability;
#[cfg(feature = "holder")]
use crate::store::{Codec, OfSubject, RecordKind};
#[cfg(feature = "holder")]
use crate::sync::{REGISTRATION, UploadRoute, UploadRow};

/// What it adds to each table.
pub const CAPABILITY: Capability = Capability {
    name: "dependants",
    bundles: &[],
    #[cfg(feature = "holder")]
    uploads: &[&CARE, &CARE_OFFER, &CARE_ENDS],
    #[cfg(feature = "holder")]
    records: &[
        SHOWN.row(),
        SHOWN_UNTIL.row(),
        CARE_ENDED.row(),
        CARE_STANDING.row(),
        KEY_ALIAS.row(),
    ],
    #[cfg(feature = "holder")]
    parts: &[&CARE_PART],
    #[cfg(feature = "holder")]
    after_sync: Some(use_cases::after_sync),
    errors: &[DependantsError::ENTRIES],
};

crate::coded_errors! {
    /// Why a use case about dependants is not done.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum DependantsError {
        /// What was typed or scanned is no care code, or one character is another.
        CodeMistyped => "care_code_mistyped";
        /// The day of birth is no day, lies ahead, or is another than the document says; or it is missing where the document
        /// does not say it.
        BirthDateInvalid => "care_birth_date_invalid";
        /// As many people are looked after on this phone as it holds.
        TooMany => "care_too_many_on_phone";
    }
}

/// [`CareRequest`]: a dependant's registration, answered as the owner's is.
#[cfg(feature = "holder")]
pub static CARE: UploadRow = UploadRow {
    goes_first: true,
    replaces_earlier: true,
    writes: |answered| {
        let writes = (REGISTRATION.writes)(answered)?;
        Ok(writes.map(|mut writes| {
            writes.push(CARE_ENDED.for_subject(answered.subject).delete());
            writes
        }))
    },
    route: UploadRoute::Below("care"),
    ..UploadRow::put("care", 12, "care")
};

/// [`CareOffer`].
#[cfg(feature = "holder")]
pub static CARE_OFFER: UploadRow = UploadRow {
    replaces_earlier: true,
    // Until when the code counts, the authority says.
    writes: |answered| {
        let Some(answer) = crate::sync::own_answer(answered) else {
            return Ok(None);
        };
        let place = SHOWN_UNTIL.for_subject(answered.subject);
        Ok(Some(vec![place.put(&answer)?]))
    },
    ..UploadRow::put("care-offer", 13, "care-offers")
};

/// [`CareEnds`].
#[cfg(feature = "holder")]
pub static CARE_ENDS: UploadRow = UploadRow::put("care-end", 14, "care-ends");

/// The code that is shown for the subject, and the upload that tells the authority of it.
#[cfg(feature = "holder")]
const SHOWN: RecordKind<codes::Shown, OfSubject> =
    RecordKind::of_subject(304, "care code shown", Codec::JSON, 4 * 1024);

/// The authority's answer to it.
#[cfg(feature = "holder")]
const SHOWN_UNTIL: RecordKind<crate::wire::UploadAnswer, OfSubject> =
    RecordKind::of_subject(305, "care code taken", Codec::JSON, 64 * 1024);

/// The part `care`, as it was told last.
#[cfg(feature = "holder")]
const CARE_STANDING: RecordKind<CareStanding, OfSubject> =
    RecordKind::of_subject(307, "care standing", Codec::JSON, 64 * 1024);

/// Under which alias the dependant's key is in the phone's hardware; none where it is in the store.
#[cfg(feature = "holder")]
pub(crate) const KEY_ALIAS: RecordKind<String, OfSubject> =
    RecordKind::of_subject(308, "dependant's key in hardware", Codec::TEXT, 1024);

/// The authority knows the dependant as one of this phone's no more; when it said so, trusted time, Unix milliseconds.
#[cfg(feature = "holder")]
pub(crate) const CARE_ENDED: RecordKind<i64, OfSubject> =
    RecordKind::of_subject(306, "care ended", Codec::JSON, 1024);
