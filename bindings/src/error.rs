//! The one error of the exported objects.
//!
//! Invariant: every error carries a stable code of docs/ERROR_CODES.md, of which `text_of_code` makes a sentence in any
//! language; none carries personal data, a stack trace or a dependency's text.

use std::panic::{AssertUnwindSafe, catch_unwind};

use health_code_core::citizen::{CitizenError, CitizenErrorKind};
use health_code_core::code::PapersSeenError;
use health_code_core::form::{FieldError, FormError};
use health_code_core::ports::PortError;
use health_code_core::rules::RuleError;
use health_code_core::trust::BundleError;
use health_code_core::words::{self, Language, LanguageTag};

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

/// A stable code in words.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ErrorText {
    /// Stable snake_case code.
    pub code: String,
    /// For people.
    pub text: String,
}

/// Why a call could not be done. The variant says what kind of thing failed, `code` says exactly.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Error)]
#[uniffi::export(Display)]
pub enum HealthCodeError {
    /// A step is missing: no consent, not registered, no code yet.
    Session {
        /// Stable code.
        code: String,
    },
    /// Answers need mending, field by field.
    FormRefused {
        /// Stable code.
        code: String,
        /// The refused answers, in the form's order and in the language that the app set.
        fields: Vec<FieldError>,
    },
    /// The phone's store failed; nothing that was saved is lost.
    Store {
        /// Stable code.
        code: String,
    },
    /// The app's own key guard, signer or clock failed.
    Host {
        /// Stable code.
        code: String,
    },
    /// A code could not be made.
    Code {
        /// Stable code.
        code: String,
    },
    /// The phone's own check refused the stored credential.
    Credential {
        /// Stable code.
        code: String,
    },
    /// Signed data (trust bundle, status list) were refused.
    Bundle {
        /// Stable code.
        code: String,
    },
    /// A form or a rule is not one.
    Form {
        /// Stable code.
        code: String,
    },
    /// The queue refused.
    Sync {
        /// Stable code.
        code: String,
    },
    /// HTTPS cannot be set up.
    Http {
        /// Stable code.
        code: String,
    },
    /// The app passed something that cannot be used.
    Argument {
        /// Stable code.
        code: String,
    },
    /// A defect of the core: please report it.
    Internal {
        /// Stable code.
        code: String,
    },
}

impl HealthCodeError {
    /// Stable code.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Session { code }
            | Self::FormRefused { code, .. }
            | Self::Store { code }
            | Self::Host { code }
            | Self::Code { code }
            | Self::Credential { code }
            | Self::Bundle { code }
            | Self::Form { code }
            | Self::Sync { code }
            | Self::Http { code }
            | Self::Argument { code }
            | Self::Internal { code } => code,
        }
    }

    pub(crate) fn argument() -> Self {
        Self::Argument {
            code: BindingError::ArgumentInvalid.code().to_owned(),
        }
    }

    /// A citizen's error; refused answers are told in `language`.
    pub(crate) fn new(error: &CitizenError, language: &LanguageTag) -> Self {
        let code = error.code().to_owned();
        match error.kind() {
            CitizenErrorKind::Precondition => Self::Session { code },
            CitizenErrorKind::FormRefused => Self::FormRefused {
                code,
                fields: error.fields(language),
            },
            CitizenErrorKind::Store => Self::Store { code },
            CitizenErrorKind::Port => Self::Host { code },
            CitizenErrorKind::Code => Self::Code { code },
            CitizenErrorKind::Credential => Self::Credential { code },
            CitizenErrorKind::Bundle => Self::Bundle { code },
            CitizenErrorKind::FormUnusable => Self::Form { code },
            CitizenErrorKind::Sync => Self::Sync { code },
            CitizenErrorKind::Http => Self::Http { code },
        }
    }
}

impl std::fmt::Display for HealthCodeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let code = self.code();
        let text = words::text_of_code(code, Language::English).unwrap_or_default();
        write!(f, "{code}: {text}")
    }
}

impl std::error::Error for HealthCodeError {}

impl From<PortError> for HealthCodeError {
    fn from(error: PortError) -> Self {
        Self::Host {
            code: error.code().to_owned(),
        }
    }
}

impl From<BundleError> for HealthCodeError {
    fn from(error: BundleError) -> Self {
        Self::Bundle {
            code: error.code().to_owned(),
        }
    }
}

impl From<PapersSeenError> for HealthCodeError {
    fn from(error: PapersSeenError) -> Self {
        Self::Argument {
            code: error.code().to_owned(),
        }
    }
}

impl From<FormError> for HealthCodeError {
    fn from(error: FormError) -> Self {
        Self::Form {
            code: error.code().to_owned(),
        }
    }
}

impl From<RuleError> for HealthCodeError {
    fn from(error: RuleError) -> Self {
        Self::Form {
            code: error.code().to_owned(),
        }
    }
}

/// Why a call on the citizen's object could not be done, before it is known in which language.
pub(crate) enum Failure {
    Citizen(CitizenError),
    Other(HealthCodeError),
}

impl Failure {
    pub(crate) fn in_words(self, language: &LanguageTag) -> HealthCodeError {
        match self {
            Self::Citizen(error) => HealthCodeError::new(&error, language),
            Self::Other(error) => error,
        }
    }
}

impl From<CitizenError> for Failure {
    fn from(error: CitizenError) -> Self {
        Self::Citizen(error)
    }
}

impl From<HealthCodeError> for Failure {
    fn from(error: HealthCodeError) -> Self {
        Self::Other(error)
    }
}

/// Runs `work`; a panic becomes [`HealthCodeError::Internal`]. The core's locks recover what a panic leaves behind.
pub(crate) fn guarded<T, E: From<HealthCodeError>>(
    work: impl FnOnce() -> Result<T, E>,
) -> Result<T, E> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        let code = BindingError::Internal.code().to_owned();
        Err(HealthCodeError::Internal { code }.into())
    })
}

#[cfg(test)]
mod tests {
    use health_code_core::citizen::{CitizenError, CitizenFault};
    use health_code_core::form::{AnswerError, RefusedAnswer};
    use health_code_core::store::StoreError;
    use health_code_core::sync::SyncError;
    use health_code_core::words::{Language, LanguageTag};

    use super::{HealthCodeError, guarded};

    #[test]
    fn a_panic_becomes_an_error() {
        let outcome: Result<(), HealthCodeError> = guarded(|| panic!("王小明"));
        let error = outcome.expect_err("caught");
        assert_eq!(error.code(), "internal_error");
        assert!(!format!("{error} {error:?}").contains('王'));
        assert_eq!(guarded(|| Ok::<_, HealthCodeError>(1)), Ok(1));
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
        let english = LanguageTag::default();
        for (error, code) in cases {
            assert_eq!(error.code(), code);
            assert_eq!(HealthCodeError::new(&error, &english).code(), code);
        }
        let refused = vec![RefusedAnswer {
            path: "name".to_owned(),
            code: AnswerError::Required.code().to_owned(),
            text: None,
        }];
        let error = CitizenError::from(refused);
        for language in Language::ALL {
            let HealthCodeError::FormRefused { code, fields } =
                HealthCodeError::new(&error, &language.into())
            else {
                panic!("{error}")
            };
            assert_eq!((code.as_str(), fields.len()), ("form_refused", 1));
            assert_eq!(fields[0].text, AnswerError::Required.text(language));
        }
    }
}
