//! Reading a request's body, before anything is answered.
//!
//! Invariant: an answer is given once the body was read to its end, up to [`MAX_DISCARDED_BYTES`]. An earlier one
//! may never arrive over HTTP/1.1: the connection closes with bytes unread, and the reset that follows overtakes
//! the answer (RFC 9112, section 9.6).

use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderMap, Request, header};
use health_code_core::wire::ProblemKind;
use http_body_util::BodyExt;
use tokio::time::Instant;

use super::refusal::Refusal;

/// Most that is read of a body that will be refused.
pub(super) const MAX_DISCARDED_BYTES: usize = 1024 * 1024;

/// A body may take this long, and a second more for each [`LOWEST_RATE`] bytes of it.
const GRACE: Duration = Duration::from_secs(5);
const LOWEST_RATE: u64 = 4 * 1024;

/// The request with its whole body in memory.
///
/// # Errors
/// `too_large` above `cap` bytes; `malformed` if the body broke off; `unavailable` if it comes too slowly.
pub(super) async fn receive(request: Request<Body>, cap: usize) -> Result<Request<Body>, Refusal> {
    let (parts, mut body) = request.into_parts();
    let too_large = Refusal::from(ProblemKind::TooLarge);
    if announced(&parts.headers).is_some_and(|length| is_hopeless(length, cap, &parts.headers)) {
        return Err(too_large);
    }
    let (mut kept, mut seen) = (Vec::new(), 0_usize);
    let begun = Instant::now();
    loop {
        let until = begun + GRACE + Duration::from_millis(seen as u64 * 1_000 / LOWEST_RATE);
        let frame = tokio::time::timeout_at(until, body.frame()).await;
        let Some(frame) = frame.map_err(|_| Refusal::from(ProblemKind::Unavailable))? else {
            break;
        };
        let frame = frame.map_err(|_| Refusal::from(ProblemKind::Malformed))?;
        let Some(data) = frame.data_ref() else {
            continue;
        };
        seen = seen.saturating_add(data.len());
        if seen > MAX_DISCARDED_BYTES.max(cap) {
            break;
        }
        if seen <= cap {
            kept.extend_from_slice(data);
        }
    }
    if seen > cap {
        return Err(too_large);
    }
    Ok(Request::from_parts(parts, Body::from(kept)))
}

fn announced(headers: &HeaderMap) -> Option<usize> {
    let length = headers.get(header::CONTENT_LENGTH)?;
    length.to_str().ok()?.parse().ok()
}

/// Whether reading such a body helps nobody: more than is ever read, or the client waits for a word before it
/// sends any of it (RFC 9110, section 10.1.1).
fn is_hopeless(length: usize, cap: usize, headers: &HeaderMap) -> bool {
    length > MAX_DISCARDED_BYTES.max(cap) || (length > cap && headers.contains_key(header::EXPECT))
}
