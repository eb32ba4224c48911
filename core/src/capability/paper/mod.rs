//! Paper: a code on paper for who has no phone, asked for and ended by the phone of whoever cares for them, or at the desk.
//!
//! Invariant: what a phone shows of a sheet has no colour, and a code of it only while an issuer of the trust bundle signed it and it
//! counts as far as is known here. Prints nothing and makes no code: the authority does.

#[cfg(feature = "holder")]
mod use_cases;
#[cfg(feature = "holder")]
mod views;
mod wire;

#[cfg(all(test, feature = "holder"))]
mod tests;

#[cfg(feature = "holder")]
pub use views::{PaperSheetView, PaperStatus, PaperStep, PapersView};
pub use wire::{
    MAX_PART_BYTES, PART, PaperRequest, PaperRevocation, REQUESTS, REVOCATIONS, SHEETS_KEPT, Sheet,
    SheetStanding, Sheets,
};

use super::Capability;
#[cfg(feature = "holder")]
use crate::store::{Codec, OfSubject, RecordKind};
#[cfg(feature = "holder")]
use crate::sync::{PartFault, PartHolding, PartRow, PartTaken, UploadRow};

crate::coded_errors! {
    /// Why there is no sheet.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum PaperError {
        /// Not a number of days for which this authority makes sheets.
        DaysOutOfRange => "paper_days_out_of_range";
        /// Sheets are made for who is green.
        NotGreen => "paper_not_green";
        /// As many as a day allows were asked for.
        TooManyToday => "paper_too_many_today";
        /// The issuer's key ends before the sheet would.
        KeyTooShort => "paper_key_too_short";
        /// What the authority says of the sheets cannot be read.
        SheetsUnreadable => "paper_sheets_unreadable";
    }
}

/// What it adds to each table.
pub const CAPABILITY: Capability = Capability {
    name: "paper",
    bundles: &[],
    #[cfg(feature = "holder")]
    uploads: &[&REQUEST, &REVOCATION],
    #[cfg(feature = "holder")]
    parts: &[&PART_ROW],
    #[cfg(feature = "holder")]
    records: &[SHEETS.row()],
    #[cfg(feature = "holder")]
    after_sync: None,
    errors: &[PaperError::ENTRIES],
};

/// What the views say, by the ids of the words.
#[cfg(all(test, feature = "holder"))]
pub(crate) const TEXT_IDS: [&str; 18] = [
    "paper-sheet-good",
    "paper-sheet-replaced",
    "paper-sheet-revoked",
    "paper-sheet-ended",
    "paper-sheet-over",
    "paper-sheet-other",
    "paper-advice-document",
    "paper-advice-newer",
    "paper-advice-lost",
    "paper-waiting-request",
    "paper-waiting-end",
    "paper-status-none",
    "paper-status-asked",
    "paper-status-counts",
    "paper-status-ending",
    "paper-step-ask",
    "paper-step-connect",
    "paper-step-carry",
];

/// A sheet is wanted. The last wish counts.
#[cfg(feature = "holder")]
pub static REQUEST: UploadRow = UploadRow {
    replaces_earlier: true,
    max_bytes: 256,
    ..UploadRow::put("paper-request", 20, REQUESTS)
};

/// The sheet is to end.
#[cfg(feature = "holder")]
pub static REVOCATION: UploadRow = UploadRow {
    max_bytes: 256,
    ..UploadRow::put("paper-revocation", 21, REVOCATIONS)
};

/// Which sheets there are of a subject.
#[cfg(feature = "holder")]
static PART_ROW: PartRow = PartRow {
    name: PART,
    max_bytes: MAX_PART_BYTES,
    cursor: |_| Ok(String::new()),
    writes: take,
};

/// The sheets as the authority told them last.
#[cfg(feature = "holder")]
const SHEETS: RecordKind<Sheets, OfSubject> =
    RecordKind::of_subject(336, "paper sheets", Codec::JSON, MAX_PART_BYTES);

/// Each sheet is judged alone: a code that does not verify is left out of it.
#[cfg(feature = "holder")]
fn take(holding: &PartHolding<'_>, body: &[u8]) -> Result<PartTaken, PartFault> {
    let unreadable = PartFault::Refused(PaperError::SheetsUnreadable.code());
    let told: Sheets = crate::encoding::json::from_slice(body).map_err(|_| unreadable)?;
    let at = holding.at_ms.div_euclid(1_000);
    let sheets = told.believed(holding.trust, at);
    let place = SHEETS.for_subject(holding.subject);
    Ok(PartTaken {
        writes: vec![place.put(&sheets)?],
        is_complete: true,
    })
}
