//! The one error of the exported objects.
//!
//! Invariant: every error carries a stable code of docs/ERROR_CODES.md and a text in both languages; none carries
//! personal data, a stack trace or a dependency's text.

use std::panic::{AssertUnwindSafe, catch_unwind};

use health_code_core::citizen::{CitizenError, CitizenErrorKind};
use health_code_core::form::{FieldError, FormError};
use health_code_core::rules::RuleError;
use health_code_core::trust::BundleError;

health_code_core::coded_errors! {
    /// What can only go wrong at the boundary.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum BindingError {
        /// A key, a hash or another argument of a fixed form has another one.
        ArgumentInvalid => "argument_invalid";
        /// The app closed the object; told by the layers above.
        Closed => "closed";
        /// A defect of the core, kept from ending the app.
        Internal => "internal_error";
    }
}

/// What went wrong, for programs and for people.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ErrorText {
    /// Stable snake_case code.
    pub code: String,
    /// For people, English.
    pub text_en: String,
    /// For people, Simplified Chinese.
    pub text_zh: String,
}

/// The text of one of the core's coded errors.
macro_rules! text_of {
    ($error:expr) => {{
        let error = &$error;
        $crate::error::ErrorText {
            code: error.code().to_owned(),
            text_en: error
                .text(health_code_core::words::Language::English)
                .to_owned(),
            text_zh: error
                .text(health_code_core::words::Language::Chinese)
                .to_owned(),
        }
    }};
}
pub(crate) use text_of;

/// Why a call could not be done. The variant says what kind of thing failed, `reason` says exactly.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Error)]
#[uniffi::export(Display)]
pub enum HealthCodeError {
    /// A step is missing: no consent, not registered, no code yet.
    Session {
        /// Exactly.
        reason: ErrorText,
    },
    /// Answers need mending, field by field.
    FormRefused {
        /// Exactly.
        reason: ErrorText,
        /// The refused answers, in the form's order.
        fields: Vec<FieldError>,
    },
    /// The phone's store failed; nothing that was saved is lost.
    Store {
        /// Exactly.
        reason: ErrorText,
    },
    /// The app's own key guard, signer or clock failed.
    Host {
        /// Exactly.
        reason: ErrorText,
    },
    /// A code could not be made.
    Code {
        /// Exactly.
        reason: ErrorText,
    },
    /// The phone's own check refused the stored credential.
    Credential {
        /// Exactly.
        reason: ErrorText,
    },
    /// Signed data (trust bundle, status list) were refused.
    Bundle {
        /// Exactly.
        reason: ErrorText,
    },
    /// A form or a rule is not one.
    Form {
        /// Exactly.
        reason: ErrorText,
    },
    /// The queue refused.
    Sync {
        /// Exactly.
        reason: ErrorText,
    },
    /// HTTPS cannot be set up.
    Http {
        /// Exactly.
        reason: ErrorText,
    },
    /// The app passed something that cannot be used.
    Argument {
        /// Exactly.
        reason: ErrorText,
    },
    /// A defect of the core: please report it.
    Internal {
        /// Exactly.
        reason: ErrorText,
    },
}

impl HealthCodeError {
    /// What went wrong.
    #[must_use]
    pub const fn reason(&self) -> &ErrorText {
        match self {
            Self::Session { reason }
            | Self::FormRefused { reason, .. }
            | Self::Store { reason }
            | Self::Host { reason }
            | Self::Code { reason }
            | Self::Credential { reason }
            | Self::Bundle { reason }
            | Self::Form { reason }
            | Self::Sync { reason }
            | Self::Http { reason }
            | Self::Argument { reason }
            | Self::Internal { reason } => reason,
        }
    }

    pub(crate) fn argument() -> Self {
        Self::Argument {
            reason: text_of!(BindingError::ArgumentInvalid),
        }
    }
}

impl std::fmt::Display for HealthCodeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let reason = self.reason();
        write!(f, "{}: {}", reason.code, reason.text_en)
    }
}

impl std::error::Error for HealthCodeError {}

impl From<CitizenError> for HealthCodeError {
    fn from(error: CitizenError) -> Self {
        let reason = text_of!(error);
        match error.kind() {
            CitizenErrorKind::Precondition => Self::Session { reason },
            CitizenErrorKind::FormRefused => Self::FormRefused {
                reason,
                fields: error.into_fields(),
            },
            CitizenErrorKind::Store => Self::Store { reason },
            CitizenErrorKind::Port => Self::Host { reason },
            CitizenErrorKind::Code => Self::Code { reason },
            CitizenErrorKind::Credential => Self::Credential { reason },
            CitizenErrorKind::Bundle => Self::Bundle { reason },
            CitizenErrorKind::FormUnusable => Self::Form { reason },
            CitizenErrorKind::Sync => Self::Sync { reason },
            CitizenErrorKind::Http => Self::Http { reason },
        }
    }
}

impl From<BundleError> for HealthCodeError {
    fn from(error: BundleError) -> Self {
        Self::Bundle {
            reason: text_of!(error),
        }
    }
}

impl From<FormError> for HealthCodeError {
    fn from(error: FormError) -> Self {
        Self::Form {
            reason: text_of!(error),
        }
    }
}

impl From<RuleError> for HealthCodeError {
    fn from(error: RuleError) -> Self {
        Self::Form {
            reason: text_of!(error),
        }
    }
}

/// Runs `work`; a panic becomes [`HealthCodeError::Internal`]. The core's locks recover what a panic leaves behind.
pub(crate) fn guarded<T>(
    work: impl FnOnce() -> Result<T, HealthCodeError>,
) -> Result<T, HealthCodeError> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        Err(HealthCodeError::Internal {
            reason: text_of!(BindingError::Internal),
        })
    })
}

#[cfg(test)]
mod tests {
    use health_code_core::citizen::{CitizenError, CitizenFault};
    use health_code_core::form::FieldError;
    use health_code_core::store::StoreError;
    use health_code_core::sync::SyncError;

    use super::{HealthCodeError, guarded};

    #[test]
    fn a_panic_becomes_an_error() {
        let outcome: Result<(), _> = guarded(|| panic!("王小明"));
        let error = outcome.expect_err("caught");
        assert_eq!(error.reason().code, "internal_error");
        assert!(!format!("{error} {error:?}").contains('王'));
        assert_eq!(guarded(|| Ok(1)), Ok(1));
    }

    #[test]
    fn every_kind_keeps_its_code() {
        let cases: [(CitizenError, &str); 4] = [
            (CitizenFault::NoCode.into(), "no_code_yet"),
            (StoreError::DiskFull.into(), "store_disk_full"),
            (
                SyncError::Store {
                    error: StoreError::KeyRefused,
                }
                .into(),
                "store_key_refused",
            ),
            (SyncError::OutboxFull.into(), "sync_outbox_full"),
        ];
        for (error, code) in cases {
            assert_eq!(error.code(), code);
            assert_eq!(HealthCodeError::from(error).reason().code, code);
        }
        let fields = vec![FieldError {
            path: "name".to_owned(),
            code: "answer_required".to_owned(),
            text_en: String::new(),
            text_zh: String::new(),
        }];
        let refused = HealthCodeError::from(CitizenError::from(fields.clone()));
        assert!(
            matches!(refused, HealthCodeError::FormRefused { fields: kept, .. } if kept == fields)
        );
    }
}
