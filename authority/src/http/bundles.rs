//! `GET /v1/bundles` and `GET /v1/bundles/{sha256}`: public, unsigned, cacheable.
//!
//! Invariant: what is behind a hash never changes, so any cache between here and the phone may keep it for good.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Request, StatusCode, header};
use axum::response::{IntoResponse, Response};
use health_code_core::wire::{COSE, JSON, ProblemKind};

use super::refusal::Refusal;
use super::signed::Received;
use super::{Shared, matches_etag};

/// Handler of the index.
pub(crate) async fn index(
    State(app): State<Shared>,
    request: Request<Body>,
) -> Result<Response, Refusal> {
    let received = Received::read(request).await?;
    app.admission.limits.count_read(received.address)?;
    let published = app.authority.bundles.published();
    let body = Bytes::from_owner(Arc::clone(&published.index));
    answer(&received, &published.etag, JSON, "public, max-age=60", body)
}

/// Handler of one bundle.
pub(crate) async fn bundle(
    State(app): State<Shared>,
    request: Request<Body>,
) -> Result<Response, Refusal> {
    let received = Received::read(request).await?;
    app.admission.limits.count_read(received.address)?;
    let published = app.authority.bundles.published();
    let hash = received.last_segment();
    let body = published.files.get(hash).ok_or(ProblemKind::NotFound)?;
    let body = Bytes::from_owner(Arc::clone(body));
    let forever = "public, max-age=31536000, immutable";
    answer(&received, &format!("\"{hash}\""), COSE, forever, body)
}

fn answer(
    received: &Received,
    etag: &str,
    content_type: &'static str,
    cache_control: &'static str,
    body: Bytes,
) -> Result<Response, Refusal> {
    let wanted = received.header(&header::IF_NONE_MATCH);
    let mut response = if wanted.is_some_and(|wanted| matches_etag(wanted, etag)) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        body.into_response()
    };
    let headers = response.headers_mut();
    if response_has_body(headers) {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    }
    headers.insert(
        header::ETAG,
        HeaderValue::from_str(etag).map_err(|_| ProblemKind::Internal)?,
    );
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static(cache_control),
    );
    headers.insert(
        HeaderName::from_static("x-content-type-options"),
        HeaderValue::from_static("nosniff"),
    );
    Ok(response)
}

/// An answer made from bytes already has a content type, an empty one has none.
fn response_has_body(headers: &HeaderMap) -> bool {
    headers.contains_key(header::CONTENT_TYPE)
}
