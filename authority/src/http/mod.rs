//! HTTP: routes, and what every answer has in common.
//!
//! Invariant: every answer carries a fresh nonce and the server's time; every refusal is a problem answer, also
//! for unknown paths, wrong methods, panics, timeouts and overload. Logs name the route, never the path.

mod body;
mod bundles;
mod care;
mod erasures;
mod orders;
mod parts;
mod refusal;
mod registrations;
mod signed;
mod state;
mod subjects;
mod uploads;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, MatchedPath, State};
use axum::http::{HeaderName, HeaderValue, Method, Request, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post, put};
use health_code_core::wire::{
    JSON, MAX_REQUEST_BYTES, NONCE_HEADER, OLDEST_APP_HEADER, PROTOCOL_HEADER, PROTOCOL_VERSION,
    ProblemKind, SUBJECTS_PATH, TIME_HEADER,
};
use serde::Serialize;
use tower_http::catch_panic::CatchPanicLayer;

use crate::admission::LastRequest;
use crate::app::App;
use crate::capability::{ROUTES, UPLOADS};
use crate::cases::publish::MAX_CONTENT_BYTES;

pub(crate) use orders::{read as read_order, status};
pub(crate) use refusal::Refusal;
pub(crate) use signed::Received;

/// Header of the refusal of a colour change that names the wrong head: the right one, for a new draft.
pub const CHAIN_HEAD_HEADER: &str = "health-code-chain-head";
/// Header of every answer: random name of the request, the same as in the log.
pub const REQUEST_ID_HEADER: &str = "health-code-request-id";

/// Path of the one route that always has a place.
const HEALTH: &str = "/healthz";
/// Path of publications, the one route with large bodies.
const PUBLICATIONS: &str = "/v1/admin/publications";
/// Largest body there: a content in base64url, and the order.
const MAX_PUBLICATION_BYTES: usize = MAX_CONTENT_BYTES / 3 * 4 + 16 * 1024;

/// What all handlers share.
pub(crate) type Shared = Arc<App>;

/// All routes.
pub(crate) fn router(app: Shared) -> Router {
    framed(routes(), app)
}

fn routes() -> Router<Shared> {
    let mut routes = Router::new()
        .route(HEALTH, get(healthz))
        .route(SUBJECTS_PATH, get(subjects::get).post(registrations::post))
        .route(
            &format!("{SUBJECTS_PATH}/{{subject}}"),
            delete(erasures::delete),
        )
        .route(&below_subject("state"), get(state::get))
        .route(&below_subject("credentials"), post(state::post_credential))
        .route(&below_subject("parts/{name}"), get(parts::get))
        .route(&below_subject("care/{id}"), put(care::put))
        .route("/v1/bundles", get(bundles::index))
        .route("/v1/bundles/{sha256}", get(bundles::bundle))
        .route("/v1/admin/colour-changes", post(orders::post_colour_change))
        .route("/v1/admin/moves", post(orders::post_move))
        .route(
            "/v1/admin/activation-codes",
            post(orders::post_activation_code),
        )
        .route("/v1/admin/papers", post(orders::post_paper))
        .route("/v1/admin/care-orders", post(orders::post_care_order))
        .route(PUBLICATIONS, post(orders::post_publication));
    for kind in UPLOADS {
        let put_one = move |State(app): State<Shared>, request| uploads::put(app, request, kind);
        let path = below_subject(&format!("{}/{{id}}", kind.name));
        routes = routes.route(&path, put(put_one));
    }
    for add in ROUTES {
        routes = add(routes);
    }
    routes
}

/// A route below a subject, whose id [`Received`] reads.
pub(crate) fn below_subject(below: &str) -> String {
    format!("{SUBJECTS_PATH}/{{subject}}/{below}")
}

/// Puts around all routes what every answer has in common.
fn framed(routes: Router<Shared>, app: Shared) -> Router {
    routes
        .fallback(|| async { Refusal::from(ProblemKind::NotFound) })
        .method_not_allowed_fallback(|| async { Refusal::from(ProblemKind::MethodNotAllowed) })
        .layer(CatchPanicLayer::custom(|_| {
            Refusal::from(ProblemKind::Internal).into_response()
        }))
        .layer(middleware::from_fn_with_state(app.clone(), frame))
        .with_state(app)
}

/// `ok`, or why nothing is issued; 200 in either case, since all else is served.
async fn healthz(State(app): State<Shared>) -> &'static str {
    app.authority.key_standing().code()
}

/// Admission and timeout before, common headers and one line of log after.
async fn frame(State(app): State<Shared>, mut request: Request<Body>, next: Next) -> Response {
    let started_ms = app.monotonic_ms();
    let method = request.method().clone();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "unmatched".to_owned(), |path| path.as_str().to_owned());
    let limit = Duration::from_secs(app.config.request_timeout_secs);
    if let Some(last_request) = request.extensions().get::<LastRequest>() {
        last_request.renew();
    }
    let client = Client::of(&app, &request);
    request.extensions_mut().insert(client);
    let answering = async {
        match route.as_str() {
            // Who watches is answered whatever else there is to do, without regard to a body.
            HEALTH => next.run(request).await,
            route => admit(&app, request, client, route == PUBLICATIONS, next).await,
        }
    };
    let mut response = tokio::time::timeout(limit, answering)
        .await
        .unwrap_or_else(|_| Refusal::from(ProblemKind::Unavailable).into_response());
    let request_id = add_common_headers(&app, &mut response);
    log(
        &method,
        &route,
        &response,
        &request_id,
        app.monotonic_ms().saturating_sub(started_ms),
    );
    response
}

/// Runs a request that has a place among the running ones and a body of a size that its route takes.
async fn admit(
    app: &App,
    request: Request<Body>,
    client: Client,
    is_large: bool,
    next: Next,
) -> Response {
    let limits = &app.admission.limits;
    let receiving = limits.receive(client.address, client.is_proxy);
    let receiving = receiving.and_then(|place| {
        Ok((
            place,
            is_large
                .then(|| limits.enter_large(client.address, client.is_proxy))
                .transpose()?,
        ))
    });
    let cap = match (&receiving, is_large) {
        (Err(_), _) => 0,
        (Ok(_), false) => MAX_REQUEST_BYTES,
        (Ok(_), true) => MAX_PUBLICATION_BYTES,
    };
    let received = body::receive(request, cap).await;
    let admitted = receiving
        .map_err(Refusal::from)
        .and_then(|receiving| Ok((receiving, received?)))
        .and_then(|((_, large), request)| {
            // A body that is waited for takes no place of those that work.
            let place = limits.enter(client.address, client.is_proxy)?;
            Ok((place, large, request))
        });
    match admitted {
        Ok((_place, _large, request)) => next.run(request).await,
        Err(refusal) => refusal.into_response(),
    }
}

/// From where a request came.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Client {
    address: IpAddr,
    /// A trusted proxy that does not say for whom it asks.
    is_proxy: bool,
}

impl Client {
    /// Without a connection (a router called directly) all come from one place.
    fn of(app: &App, request: &Request<Body>) -> Self {
        let connection = request.extensions().get::<ConnectInfo<SocketAddr>>();
        let peer = connection.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |info| info.0.ip());
        let admission = &app.admission;
        let address = admission
            .proxies
            .client(peer, request.headers(), admission.forwarded_header);
        Self {
            address,
            is_proxy: admission.proxies.contains(address),
        }
    }
}

fn add_common_headers(app: &App, response: &mut Response) -> String {
    let headers = response.headers_mut();
    let nonce = app
        .admission
        .nonces
        .issue(app.monotonic_ms(), app.authority.entropy.as_ref());
    if let Some(value) = nonce.and_then(|nonce| HeaderValue::from_str(&nonce).ok()) {
        headers.insert(HeaderName::from_static(NONCE_HEADER), value);
    }
    headers.insert(
        HeaderName::from_static(TIME_HEADER),
        HeaderValue::from(app.authority.now_ms()),
    );
    headers.insert(
        HeaderName::from_static(PROTOCOL_HEADER),
        HeaderValue::from(PROTOCOL_VERSION),
    );
    if let Ok(oldest) = HeaderValue::from_str(&app.config.oldest_app) {
        headers.insert(HeaderName::from_static(OLDEST_APP_HEADER), oldest);
    }
    let mut random = [0_u8; 8];
    let _ = app.authority.entropy.fill(&mut random);
    let request_id = data_encoding::HEXLOWER.encode(&random);
    if let Ok(value) = HeaderValue::from_str(&request_id) {
        headers.insert(HeaderName::from_static(REQUEST_ID_HEADER), value);
    }
    request_id
}

fn log(method: &Method, route: &str, response: &Response, request_id: &str, ms: u64) {
    // An unknown method is the client's text, which has no place in a log.
    let method = match *method {
        Method::GET | Method::HEAD | Method::PUT | Method::POST | Method::DELETE => method.as_str(),
        _ => "other",
    };
    let status = response.status().as_u16();
    if response.status().is_server_error() {
        tracing::warn!(request_id, method, route, status, ms, "request");
    } else {
        tracing::info!(request_id, method, route, status, ms, "request");
    }
}

/// A JSON answer that no cache keeps.
pub(crate) fn json<T: Serialize>(status: StatusCode, body: &T) -> Result<Response, Refusal> {
    let body = serde_json::to_vec(body).map_err(|_| ProblemKind::Internal)?;
    let headers = [
        (header::CONTENT_TYPE, JSON),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((status, headers, body).into_response())
}

/// Whether an `If-None-Match` header names this strong ETag (RFC 9110, 13.1.2).
fn matches_etag(header: &str, etag: &str) -> bool {
    header
        .split(',')
        .map(str::trim)
        .any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one) == etag)
}

#[cfg(test)]
mod tests;
