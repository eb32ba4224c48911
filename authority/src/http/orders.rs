//! What officers order: `POST /v1/admin/colour-changes`, `moves`, `care-orders`, `papers`, `publications` and `activation-codes`.
//!
//! Invariant: counts against the address before anything is read; whether officers signed is for the use case.

use axum::body::Body;
use axum::extract::State;
use axum::http::{Request, StatusCode};
use axum::response::Response;
use health_code_core::wire::ProblemKind;
use serde::de::DeserializeOwned;

use super::refusal::Refusal;
use super::signed::Received;
use super::{Shared, json};
use crate::app::App;
use crate::capability::identity_proof::CodesAnswer;
use crate::capability::paper::PaperAnswer;
use crate::officers::{CareOrderAnswer, ColourChangeAnswer, MoveAnswer, PublicationAnswer};

/// Handler of colour changes.
pub(crate) async fn post_colour_change(
    State(app): State<Shared>,
    request: Request<Body>,
) -> Result<Response, Refusal> {
    let submitted = read(&app, request).await?;
    let done = app.authority.order(&submitted).await?;
    let answer = ColourChangeAnswer {
        id: done.id,
        head: done.head,
        colour: done.colour,
        reason: done.reason,
        server_time_ms: app.authority.now_ms(),
    };
    json(status(done.again), &answer)
}

/// Handler of moves to another phone.
pub(crate) async fn post_move(
    State(app): State<Shared>,
    request: Request<Body>,
) -> Result<Response, Refusal> {
    let submitted = read(&app, request).await?;
    let done = app.authority.move_device(&submitted).await?;
    let answer = MoveAnswer {
        id: done.id,
        citizen_id: done.citizen.to_string(),
        revoked_credentials: done.revoked,
        server_time_ms: app.authority.now_ms(),
    };
    json(status(done.again), &answer)
}

/// Handler of activation codes.
pub(crate) async fn post_activation_code(
    State(app): State<Shared>,
    request: Request<Body>,
) -> Result<Response, Refusal> {
    let submitted = read(&app, request).await?;
    let done = app.authority.activation_codes(&submitted).await?;
    let answer = CodesAnswer {
        codes: done.codes,
        server_time_ms: app.authority.now_ms(),
    };
    json(status(!done.is_new), &answer)
}

/// Handler of sheets of paper.
pub(crate) async fn post_paper(
    State(app): State<Shared>,
    request: Request<Body>,
) -> Result<Response, Refusal> {
    let submitted = read(&app, request).await?;
    let done = app.authority.order_paper(&submitted).await?;
    let answer = PaperAnswer {
        id: done.id,
        region: done.region,
        sheets: done.sheets,
        revoked: done.revoked,
        server_time_ms: app.authority.now_ms(),
    };
    json(status(done.again), &answer)
}

/// Handler of the desk's word that somebody comes into somebody's care.
pub(crate) async fn post_care_order(
    State(app): State<Shared>,
    request: Request<Body>,
) -> Result<Response, Refusal> {
    let submitted = read(&app, request).await?;
    let done = app.authority.agree_to_care(&submitted).await?;
    let answer = CareOrderAnswer {
        id: done.id,
        until: done.until,
        server_time_ms: app.authority.now_ms(),
    };
    json(status(done.again), &answer)
}

/// Handler of publications.
pub(crate) async fn post_publication(
    State(app): State<Shared>,
    request: Request<Body>,
) -> Result<Response, Refusal> {
    let submitted = read(&app, request).await?;
    let done = app.authority.publish(&submitted).await?;
    let answer = PublicationAnswer {
        id: done.id,
        kind: done.kind.to_owned(),
        name: done.name,
        version: done.version,
        sha256: done.sha256,
        server_time_ms: app.authority.now_ms(),
    };
    json(status(done.again), &answer)
}

pub(crate) async fn read<T: DeserializeOwned>(
    app: &App,
    request: Request<Body>,
) -> Result<T, Refusal> {
    let received = Received::read(request).await?;
    app.admission.limits.count_address(received.address)?;
    received.require_json()?;
    health_code_core::encoding::json::from_slice(&received.body)
        .map_err(|_| ProblemKind::Malformed.into())
}

pub(crate) fn status(again: bool) -> StatusCode {
    if again {
        StatusCode::OK
    } else {
        StatusCode::CREATED
    }
}
