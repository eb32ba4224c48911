//! Why a use case could not be done.

use crate::code::{CodeError, Refusal};
use crate::form::{FieldError, FormError};
use crate::ports::PortError;
use crate::store::StoreError;
use crate::sync::{HttpError, SyncError};
use crate::trust::BundleError;

crate::coded_errors! {
    /// Faults of the session's own; others come through [`CitizenError`].
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
        /// Answers need mending; comes with the fields, as [`CitizenError::Form`].
        FormRefused => "form_refused";
        /// A stored record cannot be read as what it should be.
        RecordUnreadable => "record_unreadable";
    }
}

/// Why a use case could not be done. [`CitizenError::code`] is stable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CitizenError {
    /// One of the session's own.
    Session(CitizenFault),
    /// The answers were refused, field by field.
    Form(Vec<FieldError>),
    /// The store failed.
    Store(StoreError),
    /// A host's port failed.
    Port(PortError),
    /// A code could not be made.
    Code(CodeError),
    /// The credential was refused by the phone's own check.
    Credential(Refusal),
    /// A signed bundle was refused.
    Bundle(BundleError),
    /// A form could not be loaded.
    FormUnusable(FormError),
    /// The queue refused.
    Sync(SyncError),
    /// There can be no HTTPS.
    Http(HttpError),
}

impl CitizenError {
    /// Stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Session(fault) => fault.code(),
            Self::Form(_) => CitizenFault::FormRefused.code(),
            Self::Store(error) => error.code(),
            Self::Port(error) => error.code(),
            Self::Code(error) => error.code(),
            Self::Credential(refusal) => refusal.code(),
            Self::Bundle(error) => error.code(),
            Self::FormUnusable(error) => error.code(),
            Self::Sync(error) => error.root_code(),
            Self::Http(error) => error.code(),
        }
    }
}

impl std::fmt::Display for CitizenError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Session(fault) => fault.fmt(f),
            Self::Form(errors) => write!(
                f,
                "form_refused: {} fields need another answer.",
                errors.len()
            ),
            Self::Store(error) => error.fmt(f),
            Self::Port(error) => error.fmt(f),
            Self::Code(error) => error.fmt(f),
            Self::Credential(refusal) => refusal.fmt(f),
            Self::Bundle(error) => error.fmt(f),
            Self::FormUnusable(error) => error.fmt(f),
            Self::Sync(error) => error.fmt(f),
            Self::Http(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for CitizenError {}

macro_rules! wrap {
    ($($source:ty => $variant:ident),* $(,)?) => {
        $(impl From<$source> for CitizenError {
            fn from(error: $source) -> Self {
                Self::$variant(error)
            }
        })*
    };
}

wrap!(
    CitizenFault => Session,
    Vec<FieldError> => Form,
    StoreError => Store,
    PortError => Port,
    CodeError => Code,
    Refusal => Credential,
    BundleError => Bundle,
    FormError => FormUnusable,
    SyncError => Sync,
    HttpError => Http,
);
