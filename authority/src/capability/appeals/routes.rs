//! `PUT /v1/subjects/{s}/evidence/{sha256}`, `POST /v1/admin/appeal-requests` and `POST /v1/admin/appeal-decisions`.
//!
//! Invariant: 200 and 201 mean that it is on disk.

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Request, StatusCode};
use axum::response::Response;
use axum::routing::{post, put};
use health_code_core::capability::appeals::{PieceAnswer, is_sha256};
use health_code_core::wire::{OCTETS, ProblemKind};

use crate::http::{Received, Refusal, Shared, below_subject, json, read_order, status};
use crate::officers::{AppealDecisionAnswer, AppealRequestAnswer};

/// Adds the routes of appeals that are no uploads of the table.
pub(crate) fn routes(routes: Router<Shared>) -> Router<Shared> {
    routes
        .route(&below_subject("evidence/{sha256}"), put(put_piece))
        .route("/v1/admin/appeal-decisions", post(post_decision))
        .route("/v1/admin/appeal-requests", post(post_request))
}

async fn put_piece(State(app): State<Shared>, request: Request<Body>) -> Result<Response, Refusal> {
    let received = Received::read(request).await?;
    let (device, subject) = received.for_subject(&app).await?;
    received.require_type(OCTETS)?;
    let hash = received.last_segment();
    if !is_sha256(hash) {
        return Err(ProblemKind::NotFound.into());
    }
    let authority = &app.authority;
    let piece = (hash, received.body.as_ref());
    authority.keep_piece(&device, &subject, piece).await?;
    let answer = PieceAnswer {
        sha256: hash.to_owned(),
        server_time_ms: authority.now_ms(),
    };
    json(StatusCode::OK, &answer)
}

async fn post_decision(
    State(app): State<Shared>,
    request: Request<Body>,
) -> Result<Response, Refusal> {
    let submitted = read_order(&app, request).await?;
    let done = app.authority.decide_appeal(&submitted).await?;
    let answer = AppealDecisionAnswer {
        id: done.id,
        colour: done.colour,
        reason: done.reason,
        server_time_ms: app.authority.now_ms(),
    };
    json(status(done.again), &answer)
}

async fn post_request(
    State(app): State<Shared>,
    request: Request<Body>,
) -> Result<Response, Refusal> {
    let submitted = read_order(&app, request).await?;
    let done = app.authority.ask_on_appeal(&submitted).await?;
    let answer = AppealRequestAnswer {
        id: done.id,
        answer_by: done.answer_by,
        decide_by: done.decide_by,
        server_time_ms: app.authority.now_ms(),
    };
    json(status(done.again), &answer)
}
