//! `DELETE /v1/subjects/{s}`: a subject's end.
//!
//! Invariant: the one signed request whose nonce is the device's own. It may come long after it was signed, and again:
//! it is the same erasing and has the same answer.

use axum::body::Body;
use axum::extract::State;
use axum::http::{Request, StatusCode};
use axum::response::Response;
use health_code_core::wire::ErasureAnswer;

use super::refusal::Refusal;
use super::signed::Received;
use super::{Shared, json};

/// Handler.
pub(crate) async fn delete(
    State(app): State<Shared>,
    request: Request<Body>,
) -> Result<Response, Refusal> {
    let received = Received::read(request).await?;
    let (subject, signed) = received.erasing(&app)?;
    let erased = app.authority.erase(&subject, &signed).await?;
    let answer = ErasureAnswer {
        receipt: erased.receipt,
        server_time_ms: app.authority.now_ms(),
    };
    json(StatusCode::OK, &answer)
}
