//! `POST /v1/registrations`: a citizen, a device key, a consent.
//!
//! Invariant: signed with the key that is being registered; one document has one device.
//! Whether the person really is who the identity says is for the authority's own process to find out.

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderName, Request, StatusCode};
use axum::response::Response;
use data_encoding::BASE64URL_NOPAD;
use health_code_core::form::check_identity;
use health_code_core::trust::DevicePublicKey;
use health_code_core::wire::{
    Identity, ProblemKind, RegistrationAnswer, RegistrationRequest, device_id,
};

use super::refusal::Refusal;
use super::signed::Received;
use super::{Shared, json};
use crate::app::App;
use crate::db::{self, NewCitizen, Purpose, Registered};

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// Handler.
pub(crate) async fn post(
    State(app): State<Shared>,
    request: Request<Body>,
) -> Result<Response, Refusal> {
    let received = Received::read(request).await?;
    received.require_json()?;
    let registration: RegistrationRequest =
        serde_json::from_slice(&received.body).map_err(|_| ProblemKind::Malformed)?;
    let key = public_key(&registration)?;
    received.by_key(&app, &key)?;
    let idempotency_key = received
        .header(&IDEMPOTENCY_KEY)
        .filter(|key| crate::officers::change_id(key).is_some())
        .ok_or_else(|| Refusal::from(ProblemKind::Malformed).at("idempotency-key", "not_uuid_v7"))?
        .to_owned();
    let now = app.now();
    let identity = check(&app, &registration, now)?;
    let new = NewCitizen {
        body_hash: app.sealer.hash("registration", &[&received.body]),
        ..new_citizen(&app, &registration, &identity, &key, idempotency_key, now)?
    };
    let registered = app
        .database
        .write(move |connection| db::register(connection, &new))
        .await?;
    let (status, citizen_id) = match registered {
        Registered::New(citizen_id) => (StatusCode::CREATED, citizen_id),
        Registered::Before(citizen_id) => (StatusCode::OK, citizen_id),
        Registered::IdReused => return Err(ProblemKind::IdReused.into()),
        Registered::Elsewhere => return Err(ProblemKind::AlreadyRegistered.into()),
    };
    json(
        status,
        &RegistrationAnswer {
            citizen_id,
            division: app.config.division,
            server_time_ms: app.now_ms(),
        },
    )
}

fn public_key(registration: &RegistrationRequest) -> Result<DevicePublicKey, Refusal> {
    BASE64URL_NOPAD
        .decode(registration.device.public_key.as_bytes())
        .ok()
        .and_then(|bytes| DevicePublicKey::from_bytes(&bytes).ok())
        .ok_or_else(|| Refusal::field("device.publicKey", "device_key_invalid"))
}

/// The identity in its normal form.
fn check(app: &App, registration: &RegistrationRequest, now: i64) -> Result<Identity, Refusal> {
    let today = app.decider.day(now)?;
    let identity = check_identity(&registration.identity, &today).map_err(|errors| match errors
        .into_iter()
        .next()
    {
        Some(error) => Refusal::field(format!("identity.{}", error.path), error.code),
        None => ProblemKind::Invalid.into(),
    })?;
    if registration.consent.version == 0 {
        return Err(Refusal::field("consent.version", "out_of_range"));
    }
    Ok(identity)
}

fn new_citizen(
    app: &App,
    registration: &RegistrationRequest,
    identity: &Identity,
    key: &DevicePublicKey,
    idempotency_key: String,
    now: i64,
) -> Result<NewCitizen, Refusal> {
    let mut random = [0; 16];
    app.entropy
        .fill(&mut random)
        .map_err(|_| ProblemKind::Internal)?;
    let citizen_id = uuid::Builder::from_random_bytes(random)
        .into_uuid()
        .to_string();
    let json = serde_json::to_vec(identity).map_err(|_| ProblemKind::Internal)?;
    let document = [
        identity.document_kind.as_bytes(),
        identity.document_number.as_bytes(),
    ];
    Ok(NewCitizen {
        document_hash: app.sealer.hash("document", &document),
        identity: app
            .sealer
            .seal(Purpose::Identity, &citizen_id, &json, app.entropy.as_ref())?,
        citizen_id,
        consent_version: registration.consent.version,
        // The phone's clock may be ahead; consent was given before it arrived.
        consented_at: registration.consent.accepted_at.min(now),
        device_id: device_id(key),
        public_key: key.as_bytes().to_vec(),
        hardware: registration.device.hardware,
        idempotency_key,
        body_hash: [0; 32],
        at: now,
    })
}
