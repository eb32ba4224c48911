//! Results: tests and vaccinations that laboratories reported, each signed by the authority, with how long each counts.
//!
//! Invariant: nothing is shown as a result that an issuer of the trust bundle did not sign for this citizen. A result says nothing
//! of a colour: the authority takes it into the facts, and the colour follows by the published rules.
//!
//! | file | what it is |
//! |---|---|
//! | `laboratories` | who may report what, and what counts how long: published policy |
//! | `report` | what a laboratory sends, and what it is answered |
//! | `wire` | what the phone is told |
//! | `records`, `part` | what the phone keeps, and how it comes |
//! | `use_cases` | what a citizen does |
//! | `views`, `in_words`, `one_in_words` | what a screen shows |

#[cfg(feature = "holder")]
mod in_words;
mod laboratories;
#[cfg(feature = "holder")]
mod one_in_words;
#[cfg(feature = "holder")]
mod part;
#[cfg(feature = "holder")]
mod records;
mod report;
#[cfg(feature = "holder")]
mod use_cases;
mod views;
mod wire;

#[cfg(all(test, feature = "holder"))]
mod tests;

#[cfg(feature = "holder")]
pub(crate) use in_words::reported_evidence;
#[cfg(all(test, feature = "holder"))]
pub(crate) use in_words::text_ids;
pub use laboratories::{
    LABORATORIES_KIND, LABORATORIES_TYPE, Laboratories, Laboratory, MAX_HOURS, OutcomePolicy,
    ResultKindPolicy,
};
pub use report::{
    MAX_REPORTS, Report, ReportAnswer, ReportedDocument, Reports, ReportsAnswer, is_result_id,
};
#[cfg(feature = "holder")]
pub(crate) use use_cases::unread;
pub use views::{
    EarlierResultView, ReportedEvidence, ResultKind, ResultLevel, ResultOutcome, ResultStep,
    ResultView, ResultsView,
};
pub use wire::{
    Dose, MAX_PAGE, PART, RESULT_TYPE, ResultEntry, ResultRecord, ResultsPart, cursor, read_cursor,
};

use super::Capability;

/// What it adds to each table.
pub const CAPABILITY: Capability = Capability {
    name: "results",
    bundles: &[],
    #[cfg(feature = "holder")]
    uploads: &[],
    #[cfg(feature = "holder")]
    parts: &[&part::RESULTS],
    #[cfg(feature = "holder")]
    records: &[
        records::RESULT.row(),
        records::PROGRESS.row(),
        records::SEEN.row(),
    ],
    #[cfg(feature = "holder")]
    after_sync: Some(use_cases::announce),
    errors: &[ResultError::ENTRIES, ReportError::ENTRIES],
};

crate::coded_errors! {
    /// Why a result is not here, or not shown.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum ResultError {
        /// There is none with this id.
        Unknown => "result_unknown";
        /// What the authority says of the results cannot be read.
        Unreadable => "results_unreadable";
        /// No issuer of the trust bundle signed it, or not for this citizen.
        NotVerified => "result_not_verified";
    }
}

crate::coded_errors! {
    /// Why a laboratory's report, or one result in it, is not taken.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum ReportError {
        /// No laboratory with this id may report here.
        LaboratoryUnknown => "laboratory_unknown";
        /// Its registration has not begun, has ended or was struck off.
        LaboratoryNotValid => "laboratory_not_valid";
        /// No key of the laboratory signed exactly these bytes.
        SignatureWrong => "report_signature_wrong";
        /// It is not of the form of a report.
        Malformed => "report_malformed";
        /// It is for another authority.
        OtherAuthority => "report_other_authority";
        /// No result in it, or more than one report may have.
        Count => "report_count";
        /// The id and version were reported with another content.
        IdReused => "result_id_reused";
        /// Not the version after the newest.
        VersionNotNext => "result_version_not_next";
        /// The versions before were of another document.
        OtherDocument => "result_other_document";
        /// Sampled, or reported, later than now.
        InFuture => "result_in_future";
        /// Sampled longer ago than this kind may be reported.
        TooOld => "result_too_old";
        /// A value that no result has.
        FieldInvalid => "result_field_invalid";
        /// The laboratory may not report this kind.
        KindNotAllowed => "result_kind_not_allowed";
        /// Not a number of a document of this kind.
        DocumentRefused => "result_document_refused";
        /// The list of laboratories says something that cannot be.
        LaboratoriesInvalid => "laboratories_invalid";
    }
}
