//! Problem answers (RFC 9457): the one way in which the server refuses.
//!
//! Invariant: every answer of status 400 and above has the content type `application/problem+json` and a kind
//! of [`ProblemKind`]; 429 and 503 carry `Retry-After`. No value that was sent is sent back.

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use health_code_core::wire::{NEEDS_DESK, ProblemKind};

use crate::admission::{NoPlace, NonceRefusal, TooMany};
use crate::cases;
use crate::store::StoreError;

/// Content type of a problem (RFC 9457, 3).
const PROBLEM: &str = "application/problem+json";
/// Seconds to wait when the server sheds load.
const OVERLOAD_RETRY_SECS: u64 = 5;
/// Seconds to wait when the disk is full or the key is not valid: nobody mends that at once.
const FULL_RETRY_SECS: u64 = 120;

/// Longest wait where a day's uploads are used up.
const QUOTA_RETRY_SECS: u64 = 3_600;

/// A refused request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    kind: ProblemKind,
    retry_after_secs: Option<u64>,
    /// Field and what is wrong with it.
    at: Option<Box<(String, String)>>,
    header: Option<Box<(HeaderName, String)>>,
}

impl Refusal {
    /// A value at `field` that is refused for the reason `code`.
    pub(crate) fn field(field: impl Into<String>, code: impl Into<String>) -> Self {
        Self::from(ProblemKind::Invalid).at(field, code)
    }

    /// The same with the place at fault.
    pub(crate) fn at(mut self, field: impl Into<String>, code: impl Into<String>) -> Self {
        self.at = Some(Box::new((field.into(), code.into())));
        self
    }

    /// The same with one more header.
    pub(crate) fn with_header(mut self, name: HeaderName, value: String) -> Self {
        self.header = Some(Box::new((name, value)));
        self
    }
}

impl From<ProblemKind> for Refusal {
    fn from(kind: ProblemKind) -> Self {
        let retry_after_secs = match kind {
            ProblemKind::Unavailable | ProblemKind::RateLimited => Some(OVERLOAD_RETRY_SECS),
            ProblemKind::NotIssuing => Some(FULL_RETRY_SECS),
            _ => None,
        };
        Self {
            kind,
            at: None,
            retry_after_secs,
            header: None,
        }
    }
}

impl From<TooMany> for Refusal {
    fn from(refused: TooMany) -> Self {
        Self {
            retry_after_secs: Some(refused.retry_after_secs.max(1)),
            ..Self::from(ProblemKind::RateLimited)
        }
    }
}

impl From<NoPlace> for Refusal {
    fn from(refused: NoPlace) -> Self {
        match refused {
            NoPlace::AllTaken => ProblemKind::Unavailable.into(),
            NoPlace::ShareTaken => ProblemKind::RateLimited.into(),
        }
    }
}

impl From<NonceRefusal> for Refusal {
    fn from(refused: NonceRefusal) -> Self {
        match refused {
            NonceRefusal::NotFresh => ProblemKind::NonceRequired.into(),
            NonceRefusal::Overloaded => ProblemKind::Unavailable.into(),
        }
    }
}

/// The one place where failures of the store become answers.
impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::DiskFull
            | StoreError::DiskFailed
            | StoreError::ReadOnly
            | StoreError::IndexesExhausted => Self {
                retry_after_secs: Some(FULL_RETRY_SECS),
                ..Self::from(ProblemKind::Unavailable)
            },
            // The same request again is the same act.
            StoreError::Busy
            | StoreError::Closed
            | StoreError::Conflict
            | StoreError::UnitFenced
            | StoreError::OutcomeUnknown => ProblemKind::Unavailable.into(),
            StoreError::UnitTooLarge => ProblemKind::TooLarge.into(),
            StoreError::Damaged
            | StoreError::SchemaForeign
            | StoreError::KeyWrong
            | StoreError::SealBroken
            | StoreError::RecordUnreadable
            | StoreError::RowNotNamed
            | StoreError::NoEntropy
            | StoreError::Faulted => ProblemKind::Internal.into(),
        }
    }
}

impl From<cases::Refusal> for Refusal {
    fn from(refusal: cases::Refusal) -> Self {
        let kind = match refusal {
            cases::Refusal::Store(error) => {
                tracing::warn!(code = error.code(), "the store refused");
                return error.into();
            }
            cases::Refusal::Malformed(Some((field, code))) => {
                return Self::from(ProblemKind::Malformed).at(field, code);
            }
            cases::Refusal::OfficersRefused(field, code) => {
                return Self::from(ProblemKind::OfficersRefused).at(field, code);
            }
            cases::Refusal::Invalid(Some((field, code))) => return Self::field(field, code),
            cases::Refusal::ChainHeadMismatch(head) => {
                let name = HeaderName::from_static(super::CHAIN_HEAD_HEADER);
                return Self::field("previous", "chain_head_mismatch").with_header(name, head);
            }
            cases::Refusal::QuotaUsedUp(secs) => {
                let secs = u64::try_from(secs).unwrap_or_default().max(1);
                return Self {
                    // Phones of the first versions wait with all else as well.
                    retry_after_secs: Some(secs.min(QUOTA_RETRY_SECS)),
                    ..Self::from(ProblemKind::QuotaUsedUp)
                };
            }
            cases::Refusal::Failed(code) => {
                tracing::error!(code, "a use case failed");
                ProblemKind::Internal
            }
            cases::Refusal::NotIssuing(standing) => {
                tracing::debug!(code = standing.code(), "nothing is issued");
                ProblemKind::NotIssuing
            }
            cases::Refusal::Malformed(None) => ProblemKind::Malformed,
            cases::Refusal::Invalid(None) => ProblemKind::Invalid,
            cases::Refusal::IdReused => ProblemKind::IdReused,
            cases::Refusal::AlreadyRegistered => ProblemKind::AlreadyRegistered,
            cases::Refusal::DetailsFixed(part) => {
                let at = format!("identity.{part}");
                return Self::from(ProblemKind::DetailsFixed).at(at, NEEDS_DESK);
            }
            cases::Refusal::EndedByProof(error) => {
                return Self::from(ProblemKind::RegistrationEnded).at("device", error.code());
            }
            cases::Refusal::ProofRefused(error) => {
                return Self::from(ProblemKind::IdentityProofRefused).at("proof", error.code());
            }
            cases::Refusal::ReportRefused(error) => {
                return Self::from(ProblemKind::LaboratoryRefused).at("report", error.code());
            }
            cases::Refusal::ProofRequired => ProblemKind::IdentityProofRequired,
            cases::Refusal::NeedsDesk => ProblemKind::IdentityNeedsDesk,
            cases::Refusal::RegistrationEnded => ProblemKind::RegistrationEnded,
            cases::Refusal::DeviceUnknown => ProblemKind::DeviceUnknown,
            cases::Refusal::DependantsRemain => ProblemKind::DependantsRemain,
            cases::Refusal::CareNotAgreed => ProblemKind::CareNotAgreed,
            cases::Refusal::CareFull => ProblemKind::CareFull,
            cases::Refusal::SubjectUnknown => ProblemKind::SubjectUnknown,
            cases::Refusal::FormUnknown => ProblemKind::FormUnknown,
        };
        kind.into()
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut problem = self.kind.body();
        (problem.field, problem.field_code) = self.at.map(|at| *at).unzip();
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        let status =
            StatusCode::from_u16(self.kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(secs) = self.retry_after_secs {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(secs));
        }
        if let Some(header) = self.header
            && let Ok(value) = HeaderValue::from_str(&header.1)
        {
            headers.insert(header.0, value);
        }
        response
    }
}
