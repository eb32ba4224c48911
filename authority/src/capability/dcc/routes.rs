//! `POST /v1/admin/certificates`.
//!
//! Invariant: 201 means that it is on disk.

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::Request;
use axum::response::Response;
use axum::routing::post;

use super::DccAnswer;
use crate::http::{Refusal, Shared, json, read_order, status};

/// Adds the route of officers' orders about certificates.
pub(crate) fn routes(routes: Router<Shared>) -> Router<Shared> {
    routes.route("/v1/admin/certificates", post(post_order))
}

async fn post_order(
    State(app): State<Shared>,
    request: Request<Body>,
) -> Result<Response, Refusal> {
    let submitted = read_order(&app, request).await?;
    let done = app.authority.order_dcc(&submitted).await?;
    let answer = DccAnswer {
        id: done.id,
        certificates: done.certificates,
        colour: done.colour,
        reason: done.reason,
        server_time_ms: app.authority.now_ms(),
    };
    json(status(done.again), &answer)
}
