//! `POST /v1/subjects`: the owner of a device: a citizen, a device key, a consent.
//!
//! Invariant: signed with the key that is being registered.

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderName, Request, StatusCode};
use axum::response::Response;
use data_encoding::BASE64URL_NOPAD;
use health_code_core::trust::DevicePublicKey;
use health_code_core::wire::{ProblemKind, RegistrationAnswer, RegistrationRequest, device_id};

use super::refusal::Refusal;
use super::signed::Received;
use super::{Shared, json};
use crate::admission::TryingDevice;
use crate::cases;
use crate::officers::uuid_v7;

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// Handler.
pub(crate) async fn post(
    State(app): State<Shared>,
    request: Request<Body>,
) -> Result<Response, Refusal> {
    let received = Received::read(request).await?;
    received.require_json()?;
    let registration: RegistrationRequest =
        health_code_core::encoding::json::from_slice(&received.body)
            .map_err(|_| ProblemKind::Malformed)?;
    let key = public_key(&registration)?;
    received.by_key(&app, &key)?;
    let idempotency_key = received
        .header(&IDEMPOTENCY_KEY)
        .filter(|key| uuid_v7(key).is_some())
        .ok_or_else(|| {
            Refusal::from(ProblemKind::Malformed).at("idempotency-key", "not_uuid_v7")
        })?;
    let authority = &app.authority;
    let (device_id, address) = (device_id(&key), received.address);
    let device = TryingDevice {
        id: &device_id,
        is_registered: authority.is_registered(&device_id).await?,
    };
    let tries = &app.admission.tries;
    tries.check(device, address, app.monotonic_ms())?;
    let registered = authority
        .register(&registration, &received.body, &key, idempotency_key)
        .await;
    // Either way somebody knows now whether a document is registered, or that a proof is none, and may ask for the next one.
    let was_tried = match &registered {
        Ok(registered) => registered.other_document,
        Err(refusal) => matches!(
            refusal,
            cases::Refusal::AlreadyRegistered | cases::Refusal::ProofRefused(_)
        ),
    };
    if was_tried {
        tries.count(device, address, app.monotonic_ms());
    }
    let registered = registered?;
    let status = if registered.again {
        StatusCode::OK
    } else {
        StatusCode::CREATED
    };
    json(
        status,
        &RegistrationAnswer {
            citizen_id: registered.citizen.to_string(),
            division: authority.policy.division,
            proof: authority
                .proof_standing(registered.citizen)
                .await
                .map_err(cases::Refusal::from)?,
            server_time_ms: authority.now_ms(),
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
