//! `GET /v1/subjects`: the subjects of a device.
//!
//! Invariant: an ETag here is the one that the subject's state is answered with now, so that a phone asks only for what
//! has changed.

use axum::body::Body;
use axum::extract::State;
use axum::http::{Request, StatusCode};
use axum::response::Response;
use health_code_core::code::SubjectKind;
use health_code_core::wire::{SubjectEntry, SubjectsAnswer};

use super::refusal::Refusal;
use super::signed::Received;
use super::{Shared, json, state};

/// Handler.
pub(crate) async fn get(
    State(app): State<Shared>,
    request: Request<Body>,
) -> Result<Response, Refusal> {
    let received = Received::read(request).await?;
    let device = received.by_registered_device(&app).await?;
    let authority = &app.authority;
    let mut subjects = Vec::new();
    for subject in authority.subjects(&device).await? {
        let (acting, whose) = authority.acting(device.clone(), subject.clone()).await?;
        let (_, etag) = state::current(authority, &acting, &whose).await?;
        let kind = if subject.is_owner() {
            SubjectKind::Myself
        } else {
            SubjectKind::Dependant
        };
        subjects.push(SubjectEntry {
            kind: kind.id().to_owned(),
            id: subject,
            etag,
        });
    }
    let answer = SubjectsAnswer {
        subjects,
        server_time_ms: authority.now_ms(),
    };
    json(StatusCode::OK, &answer)
}
