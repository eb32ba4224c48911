//! What an answer, or a failure, means to the machine.
//!
//! Invariant: nothing is stored or sent from here.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::ports::TransportError;
use crate::sync::answer::Answer;
use crate::sync::error::SyncError;
use crate::sync::refusal::SyncRefusal;
use crate::sync::step::Input;
use crate::sync::trusted_time::{TimeSource, TrustedTime};
use crate::wire::{MAX_ACCEPTANCE_BYTES, ProblemKind};

/// Answers that mean the same for every request.
pub(super) fn input(answer: Answer) -> Input {
    match answer {
        Answer::NonceRequired => Input::NonceRequired,
        Answer::DeviceUnknown => Input::DeviceUnknown,
        Answer::SubjectUnknown => Input::SubjectUnknown,
        Answer::NotAllowed { code } => Input::NotAllowed { code },
        Answer::Refused(refusal) => Input::NotAllowed { code: refusal.code },
        Answer::NotFound => Input::Busy {
            code: ProblemKind::NotFound.code().to_owned(),
            retry_after_ms: None,
        },
        Answer::Busy {
            code,
            retry_after_ms,
        } => Input::Busy {
            code,
            retry_after_ms,
        },
        // Nobody asked whether something changed.
        Answer::NotModified | Answer::Success { .. } | Answer::NotOurs => Input::NotOurs,
        Answer::Failed(error) => Input::Failed(error),
    }
}

/// Whether an authority of before credentials had keys of their own refused to be offered one: it binds them to the device's.
pub(super) fn is_refused_by_earlier_version(answer: &Answer) -> bool {
    let malformed = ProblemKind::Malformed.code();
    match answer {
        Answer::Refused(refusal) => refusal.code == malformed && refusal.field.is_none(),
        other => *other == Answer::NotFound,
    }
}

/// The time in the body, for a proxy may drop the header.
pub(super) fn time_in_body(answer: &Answer) -> Option<i64> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Timed {
        server_time_ms: i64,
    }
    match answer {
        Answer::Success { body, .. } => Some(json::<Timed>(body)?.server_time_ms),
        _ => None,
    }
}

/// What shows later when an upload was taken, where the answer brings something that a header can hold.
pub(super) fn acceptance_in(body: &[u8]) -> Option<String> {
    #[derive(Deserialize)]
    struct Accepted {
        acceptance: Option<String>,
    }
    let acceptance = json::<Accepted>(body)?.acceptance?;
    let is_plain = acceptance.bytes().all(|byte| byte.is_ascii_graphic());
    let fits = (1..=MAX_ACCEPTANCE_BYTES).contains(&acceptance.len());
    (is_plain && fits).then_some(acceptance)
}

pub(super) fn json<T: DeserializeOwned>(body: &[u8]) -> Option<T> {
    crate::encoding::json::from_slice(body).ok()
}

pub(super) fn refused(refusal: SyncRefusal) -> Input {
    unverified(refusal.code())
}

pub(super) fn unverified(code: &str) -> Input {
    Input::Unverified {
        code: code.to_owned(),
    }
}

pub(super) fn phone_failed(error: &SyncError) -> Input {
    Input::PhoneFailed {
        code: error.root_code().to_owned(),
    }
}

/// Whom a refused certificate tells of. The phone's clock alone was never told the time: where it shows a year that has
/// long passed, or a certificate that holds at another time, it is the clock. A time that an answer gave is right, and
/// then it is the server.
pub(super) fn blame(error: TransportError, now: TrustedTime) -> TransportError {
    match (error, now.source) {
        (TransportError::CertificateRefused, TimeSource::WallClock) if !now.is_plausible() => {
            TransportError::CertificateTime
        }
        (TransportError::CertificateTime, TimeSource::Anchored) => {
            TransportError::CertificateRefused
        }
        (error, _) => error,
    }
}
