//! HTTPS: reqwest over rustls (ring), with the roots that the product names and nobody else's.
//!
//! Invariant: no byte of a request leaves before the server's certificate held by these roots at the trusted
//! time. It follows no redirect, repeats nothing, keeps no cookies, uses no proxy, and reads no more than
//! [`MAX_RESPONSE_BYTES`]. What the answer means is not its business.

use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use rustls::CertificateError;
use rustls::time_provider::TimeProvider;
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, TrustAnchor, UnixTime};
use sha2::{Digest, Sha256};

use super::http_config::{HttpConfig, HttpError, SpkiPins};
use crate::cancel::CancelHandle;
use crate::ports::{
    Clock, HttpRequest, HttpResponse, MAX_RESPONSE_BYTES, Transport, TransportError,
};

/// A phone's network can change at any time: idle connections are not trusted for long.
const IDLE: Duration = Duration::from_secs(30);
/// How long closing waits for a name look-up that cannot be stopped.
const CLOSING: Duration = Duration::from_millis(500);
/// Most roots.
const MAX_ROOTS: usize = 64;

/// The transport that phones use.
pub struct HttpTransport {
    runtime: tokio::runtime::Handle,
    /// What runs it, until the sender is dropped.
    thread: Option<(tokio::sync::oneshot::Sender<()>, JoinHandle<()>)>,
    clock: Arc<dyn Clock>,
    /// With the roots that a pin names; none if there is no such root.
    pinned: Option<reqwest::Client>,
    pins: Option<SpkiPins>,
    unpinned: reqwest::Client,
    roots_left_out: u32,
}

impl std::fmt::Debug for HttpTransport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HttpTransport").finish_non_exhaustive()
    }
}

impl HttpTransport {
    /// A transport with one thread of its own. `clock` says when certificates hold: give it
    /// [`super::TrustedClock`], so that a phone's wrong wall clock does not cut it off.
    ///
    /// # Errors
    /// Any [`HttpError`].
    pub fn new(config: &HttpConfig, clock: Arc<dyn Clock>) -> Result<Self, HttpError> {
        let (roots, roots_left_out) = read_roots(&config.roots_pem)?;
        let pinned = match config.pins {
            Some(pins) => {
                let mut pinned = roots.clone();
                pinned.roots.retain(|root| pins.name(root));
                (!pinned.is_empty())
                    .then(|| client(pinned, &clock))
                    .transpose()?
            }
            None => None,
        };
        // A runtime for this one thread: the one for several is 25 KB more in every app.
        let runtime = tokio::runtime::Builder::new_current_thread()
            .max_blocking_threads(2)
            .enable_all()
            .build()
            .map_err(|_| HttpError::RuntimeFailed)?;
        let handle = runtime.handle().clone();
        let (end, ended) = tokio::sync::oneshot::channel();
        let thread = std::thread::Builder::new()
            .name("health-code-http".to_owned())
            .spawn(move || {
                // Nothing is ever sent: the sender is dropped.
                let _ = runtime.block_on(ended);
                runtime.shutdown_timeout(CLOSING);
            })
            .map_err(|_| HttpError::RuntimeFailed)?;
        Ok(Self {
            runtime: handle,
            thread: Some((end, thread)),
            pinned,
            pins: config.pins,
            unpinned: client(roots, &clock)?,
            roots_left_out,
            clock,
        })
    }

    /// How many certificates of the configured text cannot be used and were left out.
    #[must_use]
    pub const fn roots_left_out(&self) -> u32 {
        self.roots_left_out
    }

    fn client(&self) -> Result<reqwest::Client, TransportError> {
        match self.pins {
            Some(pins) if self.clock.read().wall_ms < pins.expires_at.saturating_mul(1000) => self
                .pinned
                .clone()
                .ok_or(TransportError::CertificateRefused),
            _ => Ok(self.unpinned.clone()),
        }
    }
}

impl Transport for HttpTransport {
    fn send(
        &self,
        request: HttpRequest,
        timeout_ms: u64,
        cancel: &CancelHandle,
    ) -> Result<HttpResponse, TransportError> {
        if cancel.is_cancelled() {
            return Err(TransportError::Cancelled);
        }
        let client = self.client()?;
        let (sender, receiver) = mpsc::sync_channel(1);
        let cancel = cancel.clone();
        // The caller's thread may belong to another runtime, so it waits on a channel and not in a runtime.
        self.runtime.spawn(async move {
            let exchange = exchange(&client, request);
            let outcome = tokio::select! {
                biased;
                () = cancel.cancelled() => Err(TransportError::Cancelled),
                outcome = tokio::time::timeout(Duration::from_millis(timeout_ms), exchange) => {
                    outcome.unwrap_or(Err(TransportError::DeadlinePassed))
                }
            };
            // Nobody waits any more only if the caller's thread is gone.
            drop(sender.send(outcome));
        });
        receiver.recv().unwrap_or(Err(TransportError::Unreachable))
    }
}

impl Drop for HttpTransport {
    /// Ends its connections before it returns: they hold the clock, the clock holds the store, and whoever closed the
    /// store may open it again at once.
    fn drop(&mut self) {
        if let Some((end, thread)) = self.thread.take() {
            drop(end);
            drop(thread.join());
        }
    }
}

async fn exchange(
    client: &reqwest::Client,
    request: HttpRequest,
) -> Result<HttpResponse, TransportError> {
    let method = request
        .method
        .parse()
        .map_err(|_| TransportError::Malformed)?;
    let mut headers = HeaderMap::new();
    for (name, value) in &request.headers {
        let name = HeaderName::try_from(name).map_err(|_| TransportError::Malformed)?;
        let value = HeaderValue::try_from(value).map_err(|_| TransportError::Malformed)?;
        headers.append(name, value);
    }
    let mut response = client
        .request(method, &request.url)
        .headers(headers)
        .body(request.body)
        .send()
        .await
        .map_err(|error| meaning(&error))?;

    let announced = response.content_length().unwrap_or(0);
    if announced > MAX_RESPONSE_BYTES as u64 {
        return Err(TransportError::TooLarge);
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| meaning(&error))? {
        if body.len() + chunk.len() > MAX_RESPONSE_BYTES {
            return Err(TransportError::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    let headers = response.headers().iter();
    Ok(HttpResponse {
        status: response.status().as_u16(),
        headers: headers
            .filter_map(|(name, value)| {
                // A value that is no text is none of ours.
                Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))
            })
            .collect(),
        body,
    })
}

/// What a reqwest error means; its text is dropped.
fn meaning(error: &reqwest::Error) -> TransportError {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    let mut was_io = false;
    while let Some(current) = cause {
        was_io |= current.is::<std::io::Error>();
        // A clock before 1970 is no time to TLS.
        if let Some(
            rustls::Error::FailedToGetCurrentTime
            | rustls::Error::InvalidCertificate(
                CertificateError::Expired
                | CertificateError::ExpiredContext { .. }
                | CertificateError::NotValidYet
                | CertificateError::NotValidYetContext { .. },
            ),
        ) = tls_error(current)
        {
            return TransportError::CertificateTime;
        }
        if matches!(
            tls_error(current),
            Some(
                rustls::Error::InvalidCertificate(_)
                    | rustls::Error::NoCertificatesPresented
                    | rustls::Error::UnsupportedNameType
            )
        ) {
            return TransportError::CertificateRefused;
        }
        cause = current.source();
    }
    if error.is_timeout() {
        TransportError::DeadlinePassed
    } else if error.is_body() || error.is_decode() {
        TransportError::Malformed
    } else if error.is_connect() || was_io {
        TransportError::Unreachable
    } else {
        TransportError::Malformed
    }
}

/// The TLS error in `error`. An I/O error hides what it wraps from `source`, and may wrap another.
fn tls_error<'a>(mut error: &'a (dyn std::error::Error + 'static)) -> Option<&'a rustls::Error> {
    while let Some(io) = error.downcast_ref::<std::io::Error>() {
        error = io.get_ref()?;
    }
    error.downcast_ref()
}

fn client(
    roots: rustls::RootCertStore,
    clock: &Arc<dyn Clock>,
) -> Result<reqwest::Client, HttpError> {
    let provider = Arc::new(super::tls::provider());
    let time = Arc::new(CertificateTime(Arc::clone(clock)));
    let mut tls = rustls::ClientConfig::builder_with_details(provider, time)
        .with_safe_default_protocol_versions()
        .map_err(|_| HttpError::RuntimeFailed)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    tls.alpn_protocols = vec![b"http/1.1".to_vec()];
    reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .https_only(true)
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .no_proxy()
        .pool_idle_timeout(IDLE)
        .build()
        .map_err(|_| HttpError::RuntimeFailed)
}

/// The clock that certificates are checked by.
struct CertificateTime(Arc<dyn Clock>);

impl std::fmt::Debug for CertificateTime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CertificateTime")
    }
}

impl TimeProvider for CertificateTime {
    fn current_time(&self) -> Option<UnixTime> {
        let millis = u64::try_from(self.0.read().wall_ms).ok()?;
        Some(UnixTime::since_unix_epoch(Duration::from_millis(millis)))
    }
}

/// The roots in `pem`, and how many were left out because they cannot be used: one bad one must not cut the phone off.
fn read_roots(pem: &[u8]) -> Result<(rustls::RootCertStore, u32), HttpError> {
    let mut roots = rustls::RootCertStore::empty();
    let mut left_out = 0;
    for (read, certificate) in CertificateDer::pem_slice_iter(pem).enumerate() {
        let is_added = certificate.is_ok_and(|certificate| roots.add(certificate).is_ok());
        left_out += u32::from(!is_added);
        if read >= MAX_ROOTS {
            return Err(HttpError::RootsInvalid);
        }
    }
    if roots.is_empty() {
        return Err(HttpError::RootsInvalid);
    }
    Ok((roots, left_out))
}

impl SpkiPins {
    /// Whether one of the pins names this root's key.
    fn name(&self, root: &TrustAnchor<'_>) -> bool {
        // The anchor holds what is inside the SEQUENCE; pins are made over all of it.
        let mut hash = Sha256::new();
        hash.update(sequence_head(root.subject_public_key_info.len()));
        hash.update(&root.subject_public_key_info);
        let hash: [u8; 32] = hash.finalize().into();
        hash == self.primary || hash == self.backup
    }
}

/// DER tag and length of a SEQUENCE (X.690, 8.1.3).
fn sequence_head(length: usize) -> Vec<u8> {
    let bytes = length.to_be_bytes();
    let significant = &bytes[length.leading_zeros() as usize / 8..];
    match (length, u8::try_from(significant.len())) {
        (128.., Ok(count)) => [&[0x30, 0x80 | count], significant].concat(),
        _ => [&[0x30], significant].concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::sequence_head;

    #[test]
    fn heads_of_short_and_long_keys() {
        // An RSA key of 2,048 bits has 290 bytes inside, of 4,096 bits 546.
        let table: [(usize, &[u8]); 6] = [
            (42, &[0x30, 42]),
            (127, &[0x30, 127]),
            (128, &[0x30, 0x81, 128]),
            (255, &[0x30, 0x81, 255]),
            (290, &[0x30, 0x82, 1, 34]),
            (546, &[0x30, 0x82, 2, 34]),
        ];
        for (length, head) in table {
            assert_eq!(sequence_head(length), head, "{length}");
        }
    }
}
