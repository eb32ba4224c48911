//! `POST /v1/laboratories/{laboratory}/results`.
//!
//! Invariant: counts against the address before anything is read; answered once everything that was taken is on disk, and before
//! anybody looks whether somebody is registered, so that neither what is answered nor when says so.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{Request, StatusCode};
use axum::response::Response;
use axum::routing::post;
use health_code_core::capability::results::ReportsAnswer;

use crate::http::{Received, Refusal, Shared, json};

/// Content type of a report (RFC 7515, 9.2.1).
const JOSE: &str = "application/jose";

/// Adds the route of laboratories.
pub(crate) fn routes(routes: Router<Shared>) -> Router<Shared> {
    routes.route("/v1/laboratories/{laboratory}/results", post(post_results))
}

async fn post_results(
    State(app): State<Shared>,
    Path(laboratory): Path<String>,
    request: Request<Body>,
) -> Result<Response, Refusal> {
    let received = Received::read(request).await?;
    app.admission.limits.count_address(received.address)?;
    received.require_type(JOSE)?;
    let taken = app
        .authority
        .take_reports(&laboratory, &received.body)
        .await?;
    let answer = json(
        StatusCode::OK,
        &ReportsAnswer {
            results: taken.answers,
        },
    );
    let app = Arc::clone(&app);
    tokio::spawn(async move { app.authority.deliver_soon(taken.documents).await });
    answer
}
