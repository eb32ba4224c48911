//! `PUT /v1/subjects/{s}/{kind}/{id}` for each kind of upload in the table.
//!
//! Invariant: 201 or 200 means that it is on disk, with everything that follows from it.

use axum::body::Body;
use axum::http::{HeaderName, Request, StatusCode};
use axum::response::Response;
use health_code_core::capability::appeals::MissingAnswer;
use health_code_core::wire::{ACCEPTANCE_HEADER, UploadAnswer};

use super::refusal::Refusal;
use super::signed::Received;
use super::{Shared, json};
use crate::cases::file::{Sent, UploadKind};

const ACCEPTANCE: HeaderName = HeaderName::from_static(ACCEPTANCE_HEADER);

/// Handler of one kind.
pub(crate) async fn put(
    app: Shared,
    request: Request<Body>,
    kind: &UploadKind,
) -> Result<Response, Refusal> {
    let received = Received::read(request).await?;
    let (device, subject) = received.for_subject(&app).await?;
    received.require_json()?;
    let id = received.id_in_path()?;
    let authority = &app.authority;
    let sent = Sent {
        id,
        body: &received.body,
        acceptance: received.header(&ACCEPTANCE),
    };
    let filed = authority.file(&device, &subject, kind, sent);
    let filed = filed.await?;
    let id = uuid::Uuid::from_bytes(id).to_string();
    if !filed.missing.is_empty() {
        let answer = MissingAnswer {
            id,
            missing: filed.missing,
            server_time_ms: authority.now_ms(),
        };
        return json(StatusCode::OK, &answer);
    }
    let status = if filed.again {
        StatusCode::OK
    } else {
        StatusCode::CREATED
    };
    json(
        status,
        &UploadAnswer {
            id,
            received_at: filed.received_at,
            decided_by: filed.decided_by,
            acceptance: filed.acceptance,
            acknowledgement: filed.acknowledgement,
            server_time_ms: authority.now_ms(),
        },
    )
}
