//! `GET /v1/subjects/{s}/state` and `POST /v1/subjects/{s}/credentials`.
//!
//! Invariant: the ETag changes exactly when the receipt, the credential, the time of the next sync, what is to be sent
//! again or a part does.

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, Request, StatusCode, header};
use axum::response::{IntoResponse, Response};
use data_encoding::HEXLOWER;
use health_code_core::wire::{
    CredentialRequest, MAX_CREDENTIAL_KEYS, NextSync, ProblemKind, Resend, StateAnswer, SubjectId,
};
use sha2::{Digest, Sha256};

use super::refusal::Refusal;
use super::signed::Received;
use super::{Shared, json, matches_etag};
use crate::cases::devices::Device;
use crate::cases::issue::OfferedKey;
use crate::cases::state::Held;
use crate::cases::{self, Authority};

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
    tag(&mut response, &etag)?;
    Ok(response)
}

fn tag(response: &mut Response, etag: &str) -> Result<(), Refusal> {
    let headers = response.headers_mut();
    headers.insert(
        header::ETAG,
        HeaderValue::from_str(etag).map_err(|_| ProblemKind::Internal)?,
    );
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-cache"),
    );
    Ok(())
}

/// Handler of `POST /v1/subjects/{s}/credentials`.
pub(crate) async fn post_credential(
    State(app): State<Shared>,
    request: Request<Body>,
) -> Result<Response, Refusal> {
    let received = Received::read(request).await?;
    let (device, subject) = received.for_subject(&app).await?;
    let offered = if received.body.is_empty() {
        Vec::new()
    } else {
        received.require_json()?;
        offered_keys(&received)?
    };
    let authority = &app.authority;
    let held = authority.new_credential(&device, &subject, offered).await?;
    let status = match held.credential {
        Some(_) => StatusCode::CREATED,
        None => StatusCode::OK,
    };
    let (mut answer, etag) = answered(authority, held)?;
    answer.server_time_ms = authority.now_ms();
    let mut response = json(status, &answer)?;
    tag(&mut response, &etag)?;
    Ok(response)
}

/// The keys of the request, each proven.
fn offered_keys(received: &Received) -> Result<Vec<OfferedKey>, Refusal> {
    let refused = |code| Refusal::from(cases::Refusal::invalid("keys", code));
    let request: CredentialRequest = health_code_core::encoding::json::from_slice(&received.body)
        .map_err(|_| ProblemKind::Malformed)?;
    if !(1..=MAX_CREDENTIAL_KEYS).contains(&request.keys.len()) {
        return Err(refused("count"));
    }
    let proof_text = received.key_proof_text()?;
    let mut offered: Vec<OfferedKey> = Vec::with_capacity(request.keys.len());
    for one in request.keys {
        let public_key = one.key().ok_or_else(|| refused("not_a_key"))?;
        if offered.iter().any(|key| key.public_key == public_key) {
            return Err(refused("twice"));
        }
        if !one.proves(&public_key, &proof_text) {
            return Err(refused("not_proven"));
        }
        offered.push(OfferedKey {
            public_key,
            hardware: one.hardware,
        });
    }
    Ok(offered)
}

/// The subject's state now, but for the server's time, and its ETag.
pub(super) async fn current(
    authority: &Authority,
    device: &Device,
    subject: &SubjectId,
) -> Result<(StateAnswer, String), Refusal> {
    answered(authority, authority.state(device, subject).await?)
}

/// What is held as an answer, but for the server's time, and its ETag.
fn answered(authority: &Authority, held: Held) -> Result<(StateAnswer, String), Refusal> {
    let answer = StateAnswer {
        receipt: held.receipt,
        credential: held.credential,
        other_credentials: held.others,
        credential_batch: u32::from(authority.issuer.batch),
        next_sync: NextSync {
            after_secs: authority.policy.next_sync_after_secs,
            spread_secs: authority.policy.next_sync_spread_secs,
        },
        resend: authority.restored.map(|restored| Resend {
            since: restored.since,
            until: restored.at,
        }),
        parts: held.parts,
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
