//! `GET /v1/subjects/{s}/parts/{name}?after=<cursor>`: what else is held of a subject.
//!
//! Invariant: nothing is told before the signature held; a name that there is not and one of which nothing is held are answered
//! alike.

use axum::body::Body;
use axum::extract::State;
use axum::http::{Request, StatusCode};
use axum::response::Response;
use health_code_core::wire::{ProblemKind, cursor_of_query};

use super::refusal::Refusal;
use super::signed::Received;
use super::{Shared, json};

/// Handler.
pub(crate) async fn get(
    State(app): State<Shared>,
    request: Request<Body>,
) -> Result<Response, Refusal> {
    let received = Received::read(request).await?;
    let (device, subject) = received.for_subject(&app).await?;
    let after =
        cursor_of_query(received.query()).ok_or_else(|| Refusal::field("after", "not_a_cursor"))?;
    let name = received.last_segment();
    let part = app.authority.part(&device, &subject, name, after).await?;
    json(StatusCode::OK, &part.ok_or(ProblemKind::NotFound)?)
}
