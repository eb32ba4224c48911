//! `GET /v1/me/state` and `POST /v1/credentials`.
//!
//! Invariant: the ETag changes exactly when the receipt, the credential or the time of the next sync does.
//! A look at the state decides anew when the day has turned and issues a credential when one is due, so that a
//! phone that comes at all has what it needs afterwards.

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, Request, StatusCode, header};
use axum::response::{IntoResponse, Response};
use data_encoding::HEXLOWER;
use health_code_core::wire::{CredentialAnswer, NextSync, ProblemKind, StateAnswer};
use rusqlite::Connection;
use sha2::{Digest, Sha256};

use super::refusal::Refusal;
use super::signed::Received;
use super::{Shared, json, matches_etag};
use crate::app::App;
use crate::db::{self, DbError, Device, StoredDecision};
use crate::issuer::Issuer;

/// A credential asked for within this time is the one issued before, seconds.
const REISSUE_PAUSE_SECS: i64 = 60;

/// Receipt and credential, base64url.
#[derive(Clone, Debug, Default)]
struct Held {
    receipt: Option<String>,
    credential: Option<String>,
    /// Credentials revoked on the way.
    revoked: usize,
}

/// Handler of `GET /v1/me/state`.
pub(crate) async fn get(
    State(app): State<Shared>,
    request: Request<Body>,
) -> Result<Response, Refusal> {
    let received = Received::read(request).await?;
    let device = received.by_registered_device(&app).await?;
    let now = app.now();
    let held = held(&app, &device, now).await?;
    let mut answer = StateAnswer {
        receipt: held.receipt,
        credential: held.credential,
        next_sync: NextSync {
            after_secs: app.config.next_sync_after_secs,
            spread_secs: app.config.next_sync_spread_secs,
        },
        server_time_ms: 0,
    };
    let etag = etag(&answer)?;
    let wanted = received.header(&header::IF_NONE_MATCH);
    let mut response = if wanted.is_some_and(|wanted| matches_etag(wanted, &etag)) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        answer.server_time_ms = app.now_ms();
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

/// Handler of `POST /v1/credentials`.
pub(crate) async fn post_credential(
    State(app): State<Shared>,
    request: Request<Body>,
) -> Result<Response, Refusal> {
    let received = Received::read(request).await?;
    let device = received.by_registered_device(&app).await?;
    if !received.body.is_empty() {
        return Err(ProblemKind::Malformed.into());
    }
    let now = app.now();
    let within = app.clone();
    let held = app
        .database
        .write(move |connection| {
            within.refresh(connection, &device, now, |issued_at| {
                now - issued_at < REISSUE_PAUSE_SECS
            })
        })
        .await?;
    app.announce(held.revoked);
    let credential = held
        .credential
        .ok_or_else(|| Refusal::field("declaration", "not_declared"))?;
    json(
        StatusCode::CREATED,
        &CredentialAnswer {
            credential,
            server_time_ms: app.now_ms(),
        },
    )
}

/// What the citizen holds at `now`; written only where something is due.
async fn held(app: &Shared, device: &Device, now: i64) -> Result<Held, Refusal> {
    let within = app.clone();
    let of = device.clone();
    let current = app
        .database
        .read(move |connection| within.current(connection, &of, now))
        .await?;
    if let Some(current) = current {
        return Ok(current);
    }
    let within = app.clone();
    let of = device.clone();
    let held = app
        .database
        .write(move |connection| within.refresh(connection, &of, now, |_| true))
        .await?;
    app.announce(held.revoked);
    Ok(held)
}

impl App {
    /// What is stored, where nothing is due; none where something must be written first.
    fn current(
        &self,
        connection: &Connection,
        device: &Device,
        now: i64,
    ) -> Result<Option<Held>, DbError> {
        let citizen_id = device.citizen_id.as_str();
        let Some(decision) = db::decision(connection, citizen_id)? else {
            // Nothing declared and nothing ordered yet, or a rule set that failed until now.
            let known = db::declared(connection, citizen_id)?.is_some()
                || db::latest_order(connection, citizen_id)?.is_some();
            return Ok((!known).then(Held::default));
        };
        if !self.is_of_today(&decision, now)? {
            return Ok(None);
        }
        let credential = db::latest_credential(connection, citizen_id)?
            .filter(|credential| Issuer::serves(credential, device, &decision, now));
        let Some(credential) = credential else {
            return Ok(None);
        };
        Ok(Some(Held {
            receipt: Some(self.decider.receipt(citizen_id, &decision)?),
            credential: Some(self.issuer.credential(citizen_id, &credential)?),
            revoked: 0,
        }))
    }

    /// Decides anew, then issues unless the newest credential serves and `keeps` it by its time of issue.
    fn refresh(
        &self,
        connection: &Connection,
        device: &Device,
        now: i64,
        keeps: impl FnOnce(i64) -> bool,
    ) -> Result<Held, DbError> {
        let citizen_id = device.citizen_id.as_str();
        let Some(decided) = self.decider.decide(connection, citizen_id, now)? else {
            return Ok(Held::default());
        };
        let kept = db::latest_credential(connection, citizen_id)?
            .filter(|credential| Issuer::serves(credential, device, &decided.decision, now))
            .filter(|credential| keeps(credential.issued_at));
        let (credential, revoked) = if let Some(credential) = kept {
            (self.issuer.credential(citizen_id, &credential)?, 0)
        } else {
            let issued = self
                .issuer
                .issue(connection, device, &decided.decision, now)?;
            (issued.credential, issued.revoked)
        };
        Ok(Held {
            receipt: Some(self.decider.receipt(citizen_id, &decided.decision)?),
            credential: Some(credential),
            revoked: decided.revoked + revoked,
        })
    }

    fn is_of_today(&self, decision: &StoredDecision, now: i64) -> Result<bool, DbError> {
        let rules = &self.decider.rule_set;
        Ok(
            decision.decided_day == self.decider.day(now)?
                && decision.rule_version == rules.version,
        )
    }

    /// Has the status list published anew where something was revoked.
    fn announce(&self, revoked: usize) {
        if revoked > 0 {
            self.publisher.revocations_changed();
        }
    }
}

/// Over everything but the server's time.
fn etag(answer: &StateAnswer) -> Result<String, Refusal> {
    let json = serde_json::to_vec(answer).map_err(|_| ProblemKind::Internal)?;
    Ok(format!(
        "\"{}\"",
        HEXLOWER.encode(&Sha256::digest(&json)[..16])
    ))
}
