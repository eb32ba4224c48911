//! What an HTTP answer means, before anything in it is believed.
//!
//! Invariant: only an answer with our content type counts as the authority's; everything else is somebody
//! else's (a login page, a proxy) and changes nothing. Pure: stores nothing, verifies no signature.

use crate::ports::{HttpResponse, MAX_RESPONSE_BYTES, TransportError};
use crate::wire::{self, Problem, ProblemKind, Supported};

use super::backoff::retry_after_ms;
use super::outcome::UploadRefusal;

/// Longest text that is taken over from a problem answer, bytes.
const MAX_PROBLEM_TEXT_BYTES: usize = 128;
const PROBLEM_JSON: &str = "application/problem+json";

/// The meaning of an answer.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Answer {
    /// 200 or 201 with the content type that was expected.
    Success { body: Vec<u8>, etag: Option<String> },
    /// 304.
    NotModified,
    /// Sign again with the nonce of this answer.
    NonceRequired,
    /// The authority does not know this device.
    DeviceUnknown,
    /// The authority does not know the subject as one of this device.
    SubjectUnknown,
    /// This request will never be accepted as it is.
    Refused(UploadRefusal),
    /// There is no such thing.
    NotFound,
    /// The signature or the device is not accepted: sending again will not help, nor is the upload at fault.
    NotAllowed { code: String },
    /// Come again later.
    Busy {
        code: String,
        retry_after_ms: Option<u64>,
    },
    /// Not the authority's.
    NotOurs,
    /// No answer, or none that can be read.
    Failed(TransportError),
}

crate::hidden_debug!(Answer);

/// Reads an answer that should be of `content_type`. `now_ms` is for `Retry-After` dates.
pub(super) fn read(
    answer: Result<HttpResponse, TransportError>,
    content_type: &str,
    now_ms: i64,
) -> Answer {
    let response = match answer {
        Ok(response) if response.body.len() > MAX_RESPONSE_BYTES => {
            return Answer::Failed(TransportError::TooLarge);
        }
        Ok(response) => response,
        Err(error) => return Answer::Failed(error),
    };
    match response.status {
        304 => Answer::NotModified,
        200 | 201 if is_content_type(&response, content_type) => Answer::Success {
            etag: header(&response, "etag")
                .filter(|etag| is_strong_etag(etag))
                .map(str::to_owned),
            body: response.body,
        },
        // A hotspot that wants somebody to log in (RFC 6585, 6): no server of ours says so.
        511 => Answer::NotOurs,
        429 | 500..=599 => Answer::Busy {
            code: problem(&response).map_or_else(
                || ProblemKind::Unavailable.code().to_owned(),
                |problem| code(&problem),
            ),
            retry_after_ms: header(&response, "retry-after")
                .and_then(|value| retry_after_ms(value, now_ms)),
        },
        400..=499 => match problem(&response) {
            Some(problem) => read_problem(response.status, &problem),
            None => Answer::NotOurs,
        },
        _ => Answer::NotOurs,
    }
}

/// The first header with this lower-case name.
pub(super) fn header<'a>(response: &'a HttpResponse, name: &str) -> Option<&'a str> {
    response
        .headers
        .iter()
        .find(|(found, _)| found.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.as_str())
}

/// The nonce and the server's time in an answer's headers, where they are well-formed.
pub(super) fn nonce_and_time(response: &HttpResponse) -> (Option<String>, Option<i64>) {
    let nonce = header(response, wire::NONCE_HEADER).filter(|nonce| wire::is_nonce(nonce));
    let time = header(response, wire::TIME_HEADER).and_then(|time| time.parse().ok());
    (nonce.map(str::to_owned), time)
}

/// Which versions the authority goes along with, where the headers say.
pub(super) fn supported(response: &HttpResponse) -> Option<Supported> {
    Supported::read(
        header(response, wire::PROTOCOL_HEADER),
        header(response, wire::OLDEST_APP_HEADER),
    )
}

fn read_problem(status: u16, problem: &Problem) -> Answer {
    match ProblemKind::from_uri(&problem.kind_uri) {
        Some(ProblemKind::NonceRequired) => return Answer::NonceRequired,
        Some(ProblemKind::DeviceUnknown) => return Answer::DeviceUnknown,
        Some(ProblemKind::SubjectUnknown) => return Answer::SubjectUnknown,
        _ => {}
    }
    match status {
        400 | 409 | 413 | 415 | 422 => Answer::Refused(UploadRefusal {
            code: code(problem),
            field: problem.field.clone(),
            field_code: problem.field_code.clone(),
        }),
        404 | 405 | 410 => Answer::NotFound,
        408 | 425 => Answer::Busy {
            code: code(problem),
            retry_after_ms: None,
        },
        _ => Answer::NotAllowed {
            code: code(problem),
        },
    }
}

/// The problem in an answer, if it is one of ours by form; a kind that is not known is fine.
fn problem(response: &HttpResponse) -> Option<Problem> {
    if !is_content_type(response, PROBLEM_JSON) {
        return None;
    }
    let problem: Problem = crate::encoding::json::from_slice(&response.body).ok()?;
    let texts = [&problem.field, &problem.field_code];
    let texts_fit = texts
        .into_iter()
        .flatten()
        .all(|text| text.len() <= MAX_PROBLEM_TEXT_BYTES);
    texts_fit.then_some(problem)
}

/// The problem's stable code; one that this version does not know is told as `unknown_problem`.
fn code(problem: &Problem) -> String {
    ProblemKind::from_uri(&problem.kind_uri)
        .map_or("unknown_problem", ProblemKind::code)
        .to_owned()
}

/// Compares media types, and for COSE the parameter, without regard to case and spaces (RFC 9110, 8.3.1).
fn is_content_type(response: &HttpResponse, expected: &str) -> bool {
    let normal = |value: &str| -> Vec<String> {
        let parts = value
            .split(';')
            .map(|part| part.trim().to_ascii_lowercase());
        parts
            .filter(|part| !matches!(part.as_str(), "" | "charset=utf-8" | "charset=\"utf-8\""))
            .collect()
    };
    header(response, "content-type").is_some_and(|found| normal(found) == normal(expected))
}

fn is_strong_etag(etag: &str) -> bool {
    etag.len() >= 2
        && etag.len() <= MAX_PROBLEM_TEXT_BYTES
        && etag.starts_with('"')
        && etag.ends_with('"')
        && etag.bytes().all(|byte| byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::{Answer, HttpResponse, MAX_RESPONSE_BYTES, TransportError, UploadRefusal, read};
    use crate::wire::{self, ProblemKind};

    fn response(status: u16, content_type: &str, body: &[u8]) -> HttpResponse {
        HttpResponse {
            status,
            headers: vec![("content-type".into(), content_type.into())],
            body: body.to_vec(),
        }
    }

    fn problem(kind: ProblemKind) -> HttpResponse {
        let body = serde_json::to_vec(&kind.body()).unwrap();
        response(kind.status(), "application/problem+json", &body)
    }

    fn read_json(response: HttpResponse) -> Answer {
        read(Ok(response), wire::JSON, 0)
    }

    #[test]
    fn every_problem_of_ours_has_one_meaning() {
        for kind in ProblemKind::ALL {
            let code = kind.code().to_owned();
            let expected = match kind {
                ProblemKind::NonceRequired => Answer::NonceRequired,
                ProblemKind::DeviceUnknown => Answer::DeviceUnknown,
                ProblemKind::SubjectUnknown => Answer::SubjectUnknown,
                ProblemKind::SignatureRefused
                | ProblemKind::OfficersRefused
                | ProblemKind::LaboratoryRefused => Answer::NotAllowed { code },
                ProblemKind::NotFound | ProblemKind::MethodNotAllowed => Answer::NotFound,
                ProblemKind::Malformed
                | ProblemKind::AlreadyRegistered
                | ProblemKind::IdentityProofRequired
                | ProblemKind::IdentityProofRefused
                | ProblemKind::IdentityNeedsDesk
                | ProblemKind::DetailsFixed
                | ProblemKind::RegistrationEnded
                | ProblemKind::DependantsRemain
                | ProblemKind::CareNotAgreed
                | ProblemKind::CareFull
                | ProblemKind::TooLarge
                | ProblemKind::UnsupportedMediaType
                | ProblemKind::Invalid
                | ProblemKind::IdReused
                | ProblemKind::FormUnknown => Answer::Refused(UploadRefusal {
                    code,
                    field: None,
                    field_code: None,
                }),
                ProblemKind::RateLimited
                | ProblemKind::QuotaUsedUp
                | ProblemKind::Internal
                | ProblemKind::NotIssuing
                | ProblemKind::Unavailable => Answer::Busy {
                    code,
                    retry_after_ms: None,
                },
            };
            assert_eq!(read_json(problem(*kind)), expected, "{kind:?}");
        }
    }

    #[test]
    fn what_somebody_else_answers_is_not_ours() {
        let table = [
            response(200, "text/html", b"<html>log in</html>"),
            response(200, "", b"{}"),
            response(200, "application/json-seq", b"{}"),
            response(302, "text/html", b""),
            response(307, "application/json", b"{}"),
            response(204, "application/json", b""),
            response(206, "application/json", b"{}"),
            response(511, "text/html", b"<html>log in</html>"),
            response(511, "", b""),
            response(511, "application/problem+json", b"{}"),
            response(407, "text/html", b"proxy"),
            response(401, "text/html", b"log in"),
            response(403, "application/json", b"{}"),
            response(422, "application/problem+json", b"not json"),
            response(404, "application/problem+json", b"{\"type\":1}"),
            response(100, "application/json", b"{}"),
            HttpResponse {
                status: 200,
                headers: vec![],
                body: b"{}".to_vec(),
            },
        ];
        for answer in table {
            assert_eq!(read_json(answer.clone()), Answer::NotOurs, "{answer:?}");
        }
    }

    #[test]
    fn success_needs_the_content_type_and_takes_only_strong_etags() {
        let cases = [
            ("\"abc\"", Some("\"abc\"")),
            ("W/\"abc\"", None),
            ("abc", None),
            ("\"a b\"", None),
            ("\"", None),
        ];
        for (etag, expected) in cases {
            let mut answer = response(200, "Application/JSON; charset=UTF-8", b"{}");
            answer.headers.push(("ETag".into(), etag.into()));
            let expected = Answer::Success {
                body: b"{}".to_vec(),
                etag: expected.map(str::to_owned),
            };
            assert_eq!(read_json(answer), expected, "{etag}");
        }
        let cose = response(200, "application/cose; cose-type=\"cose-sign1\"", b"x");
        assert!(matches!(
            read(Ok(cose.clone()), wire::COSE, 0),
            Answer::Success { .. }
        ));
        assert_eq!(read_json(cose), Answer::NotOurs);
    }

    #[test]
    fn a_load_balancer_may_say_wait_without_our_content_type() {
        for status in [429, 500, 502, 503, 504] {
            let mut answer = response(status, "text/html", b"busy");
            answer.headers.push(("retry-after".into(), "7".into()));
            let expected = Answer::Busy {
                code: "unavailable".into(),
                retry_after_ms: Some(7_000),
            };
            assert_eq!(read_json(answer), expected, "{status}");
        }
    }

    #[test]
    fn texts_of_a_problem_are_capped_and_unknown_kinds_told_as_such() {
        let body = |field: &str| {
            format!(
                "{{\"type\":\"urn:health-code:problem:new\",\"title\":\"t\",\"status\":422,\"field\":\"{field}\"}}"
            )
        };
        let answer = response(422, "application/problem+json", body("a.b").as_bytes());
        let expected = Answer::Refused(UploadRefusal {
            code: "unknown_problem".into(),
            field: Some("a.b".into()),
            field_code: None,
        });
        assert_eq!(read_json(answer), expected);
        let long = "x".repeat(129);
        let answer = response(422, "application/problem+json", body(&long).as_bytes());
        assert_eq!(read_json(answer), Answer::NotOurs);
    }

    #[test]
    fn transport_failures_and_oversized_bodies() {
        let failed = read(Err(TransportError::Unreachable), wire::JSON, 0);
        assert_eq!(failed, Answer::Failed(TransportError::Unreachable));
        let huge = response(200, wire::JSON, &vec![b' '; MAX_RESPONSE_BYTES + 1]);
        assert_eq!(read_json(huge), Answer::Failed(TransportError::TooLarge));
        assert_eq!(read_json(response(304, "", b"")), Answer::NotModified);
    }
}
