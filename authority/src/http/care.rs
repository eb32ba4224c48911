//! `PUT /v1/subjects/{s}/care/{id}`: somebody comes into the care of the device's owner.
//!
//! Invariant: signed by a registered device. Refused tries count as those of registrations do: each tells something of a
//! document to who does not have it.

use axum::body::Body;
use axum::extract::State;
use axum::http::{Request, StatusCode};
use axum::response::Response;
use health_code_core::capability::dependants::CareRequest;
use health_code_core::wire::{ProblemKind, RegistrationAnswer};

use super::refusal::Refusal;
use super::signed::Received;
use super::{Shared, json};
use crate::admission::TryingDevice;
use crate::capability::dependants::AskedCare;
use crate::cases;

/// Handler.
pub(crate) async fn put(
    State(app): State<Shared>,
    request: Request<Body>,
) -> Result<Response, Refusal> {
    let received = Received::read(request).await?;
    let (device, subject) = received.for_new_subject(&app).await?;
    received.require_json()?;
    let id = received.id_in_path()?;
    let request: CareRequest = health_code_core::encoding::json::from_slice(&received.body)
        .map_err(|_| ProblemKind::Malformed)?;
    let authority = &app.authority;
    let (device_id, address) = (device.device_id.clone(), received.address);
    let trying = TryingDevice {
        id: &device_id,
        is_registered: true,
    };
    let tries = &app.admission.tries;
    tries.check(trying, address, app.monotonic_ms())?;
    let asked = AskedCare {
        subject: &subject,
        id,
        request: &request,
        body: &received.body,
    };
    let registered = authority.take_in(&device, asked).await;
    if registered.as_ref().err() == Some(&cases::Refusal::CareNotAgreed) {
        tries.count(trying, address, app.monotonic_ms());
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
            proof: None,
            server_time_ms: authority.now_ms(),
        },
    )
}
