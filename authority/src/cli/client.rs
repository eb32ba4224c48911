//! The one request that the command line sends: a signed colour change, over TLS.

use std::path::Path;

use health_code_core::wire::Problem;

use crate::errors::AuthorityError;
use crate::files;
use crate::http::CHAIN_HEAD_HEADER;
use crate::officers::{ColourChangeAnswer, SignedColourChange};

/// How a submission ended.
#[derive(Debug)]
pub(super) enum Submitted {
    /// Applied, or applied before.
    Done(ColourChangeAnswer),
    /// Refused because the citizen's chain has another head: this one, hex.
    WrongHead(String),
}

/// Posts the change to the authority at `url`. `ca` is a PEM file of the only CA to trust; without it the system's.
pub(super) async fn submit(
    url: &str,
    ca: Option<&Path>,
    change: &SignedColourChange,
) -> Result<Submitted, AuthorityError> {
    let unreachable = || AuthorityError::ServerUnreachable { at: url.to_owned() };
    // Fails only where a provider is installed already, which serves as well.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut builder = reqwest::Client::builder()
        .https_only(true)
        .redirect(reqwest::redirect::Policy::none())
        .timeout(std::time::Duration::from_secs(30));
    if let Some(path) = ca {
        let pem = files::read_capped(path, 256 * 1024)?;
        let certificates = reqwest::Certificate::from_pem_bundle(&pem).map_err(|_| {
            AuthorityError::TlsRefused {
                at: path.display().to_string(),
            }
        })?;
        builder = builder.tls_certs_only(certificates);
    }
    let client = builder.build().map_err(|_| unreachable())?;
    let body = serde_json::to_vec(change).map_err(|_| unreachable())?;
    let endpoint = format!("{}/v1/admin/colour-changes", url.trim_end_matches('/'));
    let answer = client
        .post(endpoint)
        .header("content-type", "application/json")
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
        return serde_json::from_slice(&bytes)
            .map(Submitted::Done)
            .map_err(|_| unreachable());
    }
    if let Some(head) = head {
        return Ok(Submitted::WrongHead(head));
    }
    let problem: Problem = serde_json::from_slice(&bytes).map_err(|_| unreachable())?;
    let parts = [Some(problem.kind_uri), problem.field, problem.field_code];
    let at = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    Err(AuthorityError::ServerRefused { at })
}
