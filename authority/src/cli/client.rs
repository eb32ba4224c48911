//! What the command line sends over TLS: orders of officers, reports of a laboratory.

use std::path::PathBuf;

use clap::Args;
use health_code_core::wire::Problem;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::errors::AuthorityError;
use crate::files;
use crate::http::CHAIN_HEAD_HEADER;

/// Where to send it.
#[derive(Args, Clone, Debug)]
pub(super) struct Server {
    /// The authority
    #[arg(long, default_value = "https://127.0.0.1:8443", value_name = "URL")]
    url: String,
    /// PEM file of the only CA to trust; without it the system's
    #[arg(long, value_name = "FILE")]
    ca: Option<PathBuf>,
}

/// How it ended.
#[derive(Debug)]
pub(super) enum Posted<A> {
    /// Done, or done before.
    Done(A),
    /// Refused because the citizen's chain has another head: this one, hex.
    WrongHead(String),
}

/// Posts an order.
pub(super) async fn post<A: DeserializeOwned>(
    server: &Server,
    path: &str,
    order: &impl Serialize,
) -> Result<Posted<A>, AuthorityError> {
    let body = serde_json::to_vec(order).map_err(|_| AuthorityError::ServerUnreachable {
        at: server.url.clone(),
    })?;
    post_body(server, path, "application/json", body).await
}

/// Posts a body of this content type.
pub(super) async fn post_body<A: DeserializeOwned>(
    server: &Server,
    path: &str,
    content_type: &str,
    body: Vec<u8>,
) -> Result<Posted<A>, AuthorityError> {
    let unreachable = || AuthorityError::ServerUnreachable {
        at: server.url.clone(),
    };
    // Fails only where a provider is installed already, which serves as well.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut builder = reqwest::Client::builder()
        .https_only(true)
        .redirect(reqwest::redirect::Policy::none())
        .timeout(std::time::Duration::from_secs(30));
    if let Some(path) = &server.ca {
        let pem = files::read_capped(path, 256 * 1024)?;
        let certificates = reqwest::Certificate::from_pem_bundle(&pem).map_err(|_| {
            AuthorityError::TlsRefused {
                at: path.display().to_string(),
            }
        })?;
        builder = builder.tls_certs_only(certificates);
    }
    let client = builder.build().map_err(|_| unreachable())?;
    let answer = client
        .post(format!("{}{path}", server.url.trim_end_matches('/')))
        .header("content-type", content_type)
        .body(body)
        .send()
        .await
        .map_err(|_| unreachable())?;
    let accepted = answer.status().is_success();
    let head = answer
        .headers()
        .get(CHAIN_HEAD_HEADER)
        .and_then(|head| Some(head.to_str().ok()?.to_owned()));
    let bytes = answer.bytes().await.map_err(|_| unreachable())?;
    if accepted {
        return health_code_core::encoding::json::from_slice(&bytes)
            .map(Posted::Done)
            .map_err(|_| unreachable());
    }
    if let Some(head) = head {
        return Ok(Posted::WrongHead(head));
    }
    let problem: Problem =
        health_code_core::encoding::json::from_slice(&bytes).map_err(|_| unreachable())?;
    let parts = [Some(problem.kind_uri), problem.field, problem.field_code];
    let at = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    Err(AuthorityError::ServerRefused { at })
}
