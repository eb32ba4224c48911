//! `GET /v1/subjects/{s}/state` and `POST /v1/subjects/{s}/credentials`.
//!
//! Invariant: the ETag changes exactly when the receipt, the credential, the time of the next sync or what is to be sent
//! again does.

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, Request, StatusCode, header};
use axum::response::{IntoResponse, Response};
use data_encoding::HEXLOWER;
use health_code_core::wire::{
    CredentialAnswer, NextSync, ProblemKind, Resend, StateAnswer, SubjectId,
};
use sha2::{Digest, Sha256};

use super::refusal::Refusal;
use super::signed::Received;
use super::{Shared, json, matches_etag};
use crate::cases::Authority;
use crate::cases::devices::Device;

/// Handler of `GET /v1/subjects/{s}/state`.
pub(crate) async fn get(
    State(app): State<Shared>,
    request: Request<Body>,
) -> Result<Response, Refusal> {
    let received = Received::read(request).await?;
    let (device, subject) = received.for_subject(&app).await?;
    let authority = &app.authority;
    let (mut answer, etag) = current(authority, &device, &subject).await?;
    let wanted = received.header(&header::IF_NONE_MATCH);
    let mut response = if wanted.is_some_and(|wanted| matches_etag(wanted, &etag)) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        answer.server_time_ms = authority.now_ms();
        json(StatusCode::OK, &answer)?
    };
    let headers = response.headers_mut();
    headers.insert(
        header::ETAG,
        HeaderValue::from_str(&etag).map_err(|_| ProblemKind::Internal)?,
    );
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-cache"),
    );
    Ok(response)
}

/// Handler of `POST /v1/subjects/{s}/credentials`.
pub(crate) async fn post_credential(
    State(app): State<Shared>,
    request: Request<Body>,
) -> Result<Response, Refusal> {
    let received = Received::read(request).await?;
    let (device, subject) = received.for_subject(&app).await?;
    if !received.body.is_empty() {
        return Err(ProblemKind::Malformed.into());
    }
    let credential = app.authority.new_credential(&device, &subject).await?;
    json(
        StatusCode::CREATED,
        &CredentialAnswer {
            credential,
            server_time_ms: app.authority.now_ms(),
        },
    )
}

/// The subject's state now, but for the server's time, and its ETag.
pub(super) async fn current(
    authority: &Authority,
    device: &Device,
    subject: &SubjectId,
) -> Result<(StateAnswer, String), Refusal> {
    let held = authority.state(device, subject).await?;
    let answer = StateAnswer {
        receipt: held.receipt,
        credential: held.credential,
        next_sync: NextSync {
            after_secs: authority.policy.next_sync_after_secs,
            spread_secs: authority.policy.next_sync_spread_secs,
        },
        resend: authority.restored.map(|restored| Resend {
            since: restored.since,
            until: restored.at,
        }),
        server_time_ms: 0,
    };
    let etag = etag(&answer)?;
    Ok((answer, etag))
}

/// Over everything but the server's time.
fn etag(answer: &StateAnswer) -> Result<String, Refusal> {
    let json = serde_json::to_vec(answer).map_err(|_| ProblemKind::Internal)?;
    Ok(format!(
        "\"{}\"",
        HEXLOWER.encode(&Sha256::digest(&json)[..16])
    ))
}
