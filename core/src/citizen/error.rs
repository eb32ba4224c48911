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
        ConsentMissing => "consent_missing", "Please read and accept the consent text first.", "请先阅读并同意知情同意书。";
        /// This phone is registered already.
        AlreadyRegistered => "already_registered_here", "This phone is registered already.", "本机已登记。";
        /// Registration comes first.
        NotRegistered => "not_registered", "Please register first.", "请先登记。";
        /// No credential yet, or none that still counts.
        NoCode => "no_code_yet", "There is no code yet. Declare your health and connect once.", "尚无健康码，请完成健康申报并联网一次。";
        /// Answers need mending; comes with the fields, as [`CitizenError::Form`].
        FormRefused => "form_refused", "Some answers need another look.", "部分填写内容需要修改。";
        /// A stored record cannot be read as what it should be.
        RecordUnreadable => "record_unreadable", "A stored record cannot be read.", "本机存储的记录无法读取。";
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
