//! Why a use case could not be done: one shape for all, whatever floor it comes from.
//!
//! Invariant: a code says one thing, wherever it comes up; no personal data, no dependency's text.

use crate::capability::appeals::AppealError;
use crate::capability::dcc::DccError;
use crate::capability::dependants::DependantsError;
use crate::capability::results::ResultError;
use crate::code::{CodeError, Refusal};
use crate::form::{FieldError, FormError, RefusedAnswer};
use crate::ports::PortError;
use crate::store::StoreError;
use crate::sync::{HttpError, SyncError};
use crate::trust::BundleError;
use crate::words::{Language, LanguageTag};

crate::coded_errors! {
    /// Faults of the use cases' own; others come through [`CitizenError`].
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum CitizenFault {
        /// Consent is to another version of the text, or missing.
        ConsentMissing => "consent_missing";
        /// This phone is registered already.
        AlreadyRegistered => "already_registered_here";
        /// Registration comes first.
        NotRegistered => "not_registered";
        /// No credential yet, or none that still counts.
        NoCode => "no_code_yet";
        /// Answers need mending; comes with [`CitizenError::refused`].
        FormRefused => "form_refused";
        /// The authority has decided a colour on this answer: only its desk can change it now. One of
        /// [`CitizenError::refused`].
        NeedsDesk => "answer_needs_desk";
        /// The phone's clock shows a time that cannot be, and no answer has told another.
        ClockWrong => "clock_wrong";
        /// The codes of this region have ended: nobody registers any more.
        RegionHasEnded => "region_has_ended";
        /// A stored record cannot be read as what it should be.
        RecordUnreadable => "record_unreadable";
    }
}

/// What kind of thing failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CitizenErrorKind {
    /// A step is missing or was done already: no consent, not registered, no code yet.
    Precondition,
    /// Answers were refused; [`CitizenError::refused`] says which.
    FormRefused,
    /// The store failed.
    Store,
    /// A host's port failed.
    Port,
    /// A code could not be made.
    Code,
    /// The credential was refused by the phone's own check.
    Credential,
    /// A signed bundle was refused.
    Bundle,
    /// A form could not be loaded.
    FormUnusable,
    /// The queue refused.
    Sync,
    /// There can be no HTTPS.
    Http,
}

/// Why a use case could not be done: a kind, a stable code, and the fields that need mending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CitizenError {
    kind: CitizenErrorKind,
    code: &'static str,
    refused: Vec<RefusedAnswer>,
}

impl CitizenError {
    const fn new(kind: CitizenErrorKind, code: &'static str) -> Self {
        Self {
            kind,
            code,
            refused: Vec::new(),
        }
    }

    /// What kind of thing failed.
    #[must_use]
    pub const fn kind(&self) -> CitizenErrorKind {
        self.kind
    }

    /// Stable code, a row of docs/ERROR_CODES.md.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.code
    }

    /// Text for people.
    #[must_use]
    pub fn text(&self, language: Language) -> &'static str {
        crate::words::text(self.code, language).unwrap_or(self.code)
    }

    /// The answers that need mending, in the form's order; none but for [`CitizenErrorKind::FormRefused`].
    #[must_use]
    pub fn refused(&self) -> &[RefusedAnswer] {
        &self.refused
    }

    /// [`CitizenError::refused`] in words.
    #[must_use]
    pub fn fields(&self, language: &LanguageTag) -> Vec<FieldError> {
        let refused = self.refused.iter();
        refused.map(|answer| answer.in_words(language)).collect()
    }
}

impl std::fmt::Display for CitizenError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.code, self.text(Language::English))
    }
}

impl std::error::Error for CitizenError {}

impl From<Vec<RefusedAnswer>> for CitizenError {
    fn from(refused: Vec<RefusedAnswer>) -> Self {
        Self {
            refused,
            ..CitizenFault::FormRefused.into()
        }
    }
}

impl From<CitizenFault> for CitizenError {
    fn from(fault: CitizenFault) -> Self {
        let kind = match fault {
            CitizenFault::FormRefused => CitizenErrorKind::FormRefused,
            _ => CitizenErrorKind::Precondition,
        };
        Self::new(kind, fault.code())
    }
}

impl From<AppealError> for CitizenError {
    fn from(error: AppealError) -> Self {
        Self::new(CitizenErrorKind::Precondition, error.code())
    }
}

impl From<ResultError> for CitizenError {
    fn from(error: ResultError) -> Self {
        Self::new(CitizenErrorKind::Precondition, error.code())
    }
}

impl From<DccError> for CitizenError {
    fn from(error: DccError) -> Self {
        Self::new(CitizenErrorKind::Precondition, error.code())
    }
}

impl From<SyncError> for CitizenError {
    /// The most exact one: the store's or the port's own where one of them failed.
    fn from(error: SyncError) -> Self {
        match error {
            SyncError::Store { error } => error.into(),
            SyncError::Port { error } => error.into(),
            error => Self::new(CitizenErrorKind::Sync, error.code()),
        }
    }
}

macro_rules! kinds {
    ($($source:ty => $kind:ident),* $(,)?) => {
        $(impl From<$source> for CitizenError {
            fn from(error: $source) -> Self {
                Self::new(CitizenErrorKind::$kind, error.code())
            }
        })*
    };
}

kinds!(
    StoreError => Store,
    PortError => Port,
    CodeError => Code,
    Refusal => Credential,
    BundleError => Bundle,
    FormError => FormUnusable,
    HttpError => Http,
    DependantsError => Precondition,
);
