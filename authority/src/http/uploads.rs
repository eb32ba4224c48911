//! `PUT /v1/declarations/{id}`, `/v1/itineraries/{id}`, `/v1/corrections/{id}`.
//!
//! Invariant: one id, one body, one row, however often it is sent; 201 or 200 means that it is on disk and, for
//! a declaration, that the colour was decided with it. Checks are the ones that the phone made.

use axum::body::Body;
use axum::extract::State;
use axum::http::{Request, StatusCode};
use axum::response::Response;
use health_code_core::form::{Form, declared_facts};
use health_code_core::rules::DeclaredFacts;
use health_code_core::wire::{Correction, Declaration, Itinerary, ProblemKind, UploadAnswer};

use super::itinerary;
use super::refusal::Refusal;
use super::signed::Received;
use super::{Shared, json};
use crate::app::App;
use crate::db::{self, DbError, Device, NewUpload, Purpose, StoredUpload, UploadKind};

/// Longest statement of a correction, characters.
const MAX_STATEMENT_CHARS: usize = 2_000;

/// Handler.
pub(crate) async fn put_declaration(
    State(app): State<Shared>,
    request: Request<Body>,
) -> Result<Response, Refusal> {
    put(app, request, UploadKind::Declaration).await
}

/// Handler.
pub(crate) async fn put_itinerary(
    State(app): State<Shared>,
    request: Request<Body>,
) -> Result<Response, Refusal> {
    put(app, request, UploadKind::Itinerary).await
}

/// Handler.
pub(crate) async fn put_correction(
    State(app): State<Shared>,
    request: Request<Body>,
) -> Result<Response, Refusal> {
    put(app, request, UploadKind::Correction).await
}

async fn put(app: Shared, request: Request<Body>, kind: UploadKind) -> Result<Response, Refusal> {
    let received = Received::read(request).await?;
    let device = received.by_registered_device(&app).await?;
    received.require_json()?;
    let id = received.id_in_path()?;
    let now = app.now();
    let body_hash = app.sealer.hash("upload", &[&received.body]);
    let checked = match kind {
        UploadKind::Declaration => declaration(&app, &received.body, now).map(Some),
        UploadKind::Itinerary => read::<Itinerary>(&received.body)
            .and_then(|itinerary| itinerary::check(&itinerary, &app.decider.day(now)?))
            .map(|()| None),
        UploadKind::Correction => read::<Correction>(&received.body)
            .and_then(|correction| check_correction(&correction))
            .map(|()| None),
    };
    let outcome = match checked {
        Ok(facts) => {
            store(
                &app,
                &device,
                kind,
                id,
                body_hash,
                &received.body,
                facts,
                now,
            )
            .await?
        }
        // What was accepted under yesterday's date or an older form stays accepted when it comes again.
        Err(refusal) => stored_before(&app, &device, kind, id, body_hash)
            .await?
            .ok_or(refusal)?,
    };
    let (status, upload) = match outcome {
        Outcome::New(upload) => (StatusCode::CREATED, upload),
        Outcome::Before(upload) => (StatusCode::OK, upload),
        Outcome::IdReused => return Err(ProblemKind::IdReused.into()),
    };
    json(
        status,
        &UploadAnswer {
            id: uuid::Uuid::from_bytes(id).to_string(),
            received_at: upload.received_at,
            decided_by: upload.decided_by,
            server_time_ms: app.now_ms(),
        },
    )
}

enum Outcome {
    New(StoredUpload),
    Before(StoredUpload),
    IdReused,
}

impl Outcome {
    fn again(stored: StoredUpload, body_hash: [u8; 32]) -> Self {
        if stored.body_hash == body_hash {
            Self::Before(stored)
        } else {
            Self::IdReused
        }
    }
}

async fn stored_before(
    app: &App,
    device: &Device,
    kind: UploadKind,
    id: [u8; 16],
    body_hash: [u8; 32],
) -> Result<Option<Outcome>, DbError> {
    let citizen_id = device.citizen_id.clone();
    let stored = app
        .database
        .read(move |connection| db::upload(connection, &citizen_id, kind, &id))
        .await?;
    Ok(stored.map(|stored| Outcome::again(stored, body_hash)))
}

#[expect(clippy::too_many_arguments, reason = "one row's parts, used once")]
async fn store(
    app: &Shared,
    device: &Device,
    kind: UploadKind,
    id: [u8; 16],
    body_hash: [u8; 32],
    body: &[u8],
    facts: Option<DeclaredFacts>,
    now: i64,
) -> Result<Outcome, Refusal> {
    let correction_secs = i64::from(app.config.correction_days) * 86_400;
    let new = NewUpload {
        citizen_id: device.citizen_id.clone(),
        kind,
        id,
        body_hash,
        body: app.sealer.seal(
            Purpose::UploadBody,
            &device.citizen_id,
            body,
            app.entropy.as_ref(),
        )?,
        received_at: now,
        decided_by: (kind == UploadKind::Correction).then_some(now + correction_secs),
    };
    let within = app.clone();
    let (outcome, revoked) = app
        .database
        .write(move |connection| {
            if let Some(stored) = db::upload(connection, &new.citizen_id, kind, &id)? {
                return Ok((Outcome::again(stored, body_hash), 0));
            }
            db::insert_upload(connection, &new)?;
            let mut revoked = 0;
            if let Some(facts) = facts {
                let decider = &within.decider;
                decider.add_declaration(connection, &new.citizen_id, facts)?;
                let decided = decider.decide(connection, &new.citizen_id, now)?;
                revoked = decided.map_or(0, |decided| decided.revoked);
            }
            let stored = StoredUpload {
                body_hash,
                received_at: new.received_at,
                decided_by: new.decided_by,
            };
            Ok((Outcome::New(stored), revoked))
        })
        .await?;
    if revoked > 0 {
        app.publisher.revocations_changed();
    }
    Ok(outcome)
}

fn read<T: serde::de::DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    serde_json::from_slice(body).map_err(|_| ProblemKind::Malformed.into())
}

/// The facts of a valid declaration, as of the day it is received.
fn declaration(app: &App, body: &[u8], now: i64) -> Result<DeclaredFacts, Refusal> {
    let declaration: Declaration = read(body)?;
    let form = app
        .forms
        .iter()
        .find(|form| {
            let definition = form.definition();
            definition.id == declaration.form_id && definition.version == declaration.form_version
        })
        .filter(|form| asks_about_health(form))
        .ok_or(ProblemKind::FormUnknown)?;
    // `filled_at` is kept but never judged: a phone with a wrong clock must not be locked out, and check-ins
    // count by the day of receipt.
    let today = app.decider.day(now)?;
    let refuse = |error: health_code_core::form::FieldError| {
        Refusal::field(format!("answers.{}", error.path), error.code)
    };
    let answers = form
        .validate(&declaration.answers, &today)
        .map_err(|errors| {
            let first = errors.into_iter().next();
            first.map_or_else(|| ProblemKind::Invalid.into(), refuse)
        })?;
    declared_facts(form, &answers, &today).map_err(refuse)
}

/// A form without facts for the colour rules (such as the registration form) is no check-in.
fn asks_about_health(form: &Form) -> bool {
    form.fields().any(|field| field.fact.is_some())
}

fn check_correction(correction: &Correction) -> Result<(), Refusal> {
    let is_hash = correction.receipt_sha256.len() == 64
        && correction
            .receipt_sha256
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    if !is_hash {
        return Err(Refusal::field("receiptSha256", "not_a_hash"));
    }
    let length = correction.statement.chars().count();
    if correction.statement.trim().is_empty() || length > MAX_STATEMENT_CHARS {
        return Err(Refusal::field("statement", "length_out_of_range"));
    }
    let is_text = |letter: char| !letter.is_control() || letter == '\n';
    if !correction.statement.chars().all(is_text) {
        return Err(Refusal::field("statement", "not_text"));
    }
    Ok(())
}
