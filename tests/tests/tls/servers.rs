//! Loopback servers: one that behaves, one that says whatever bytes it is given, and their certificates.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

use rcgen::{
    BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, PublicKeyData as _,
    date_time_ymd,
};
use rustls::crypto::CryptoProvider;
use rustls_pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use sha2::{Digest as _, Sha256};

/// A certificate chain with its key.
pub struct Chain {
    pub certificates: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
}

impl Chain {
    fn server_config(
        self,
        alpn: &[&str],
        narrow: impl Fn(&mut CryptoProvider),
    ) -> rustls::ServerConfig {
        let mut provider = rustls::crypto::ring::default_provider();
        narrow(&mut provider);
        let offered = |version: &&&'static rustls::SupportedProtocolVersion| {
            let mut suites = provider.cipher_suites.iter();
            suites.any(|suite| suite.version() == **version)
        };
        let versions = rustls::ALL_VERSIONS.iter().filter(offered);
        let versions: Vec<_> = versions.copied().collect();
        let mut config = rustls::ServerConfig::builder_with_provider(Arc::new(provider))
            .with_protocol_versions(&versions)
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(self.certificates, self.key)
            .unwrap();
        config.alpn_protocols = alpn.iter().map(|name| name.as_bytes().to_vec()).collect();
        config
    }
}

/// A certificate authority.
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    certificate: rcgen::Certificate,
    spki: Vec<u8>,
    algorithm: &'static rcgen::SignatureAlgorithm,
}

impl Authority {
    pub fn new(name: &str) -> Self {
        Self::with_keys(name, &rcgen::PKCS_ECDSA_P256_SHA256)
    }

    /// Whose own key and those of its servers are of this kind.
    pub fn with_keys(name: &str, algorithm: &'static rcgen::SignatureAlgorithm) -> Self {
        let key = key_of(algorithm);
        let mut params = params(&[]);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::CommonName, name);
        let certificate = params.self_signed(&key).unwrap();
        Self {
            spki: key.subject_public_key_info(),
            issuer: Issuer::new(params, key),
            certificate,
            algorithm,
        }
    }

    pub fn pem(&self) -> String {
        self.certificate.pem()
    }

    pub fn certificate(&self) -> CertificateDer<'static> {
        self.certificate.der().clone()
    }

    pub fn spki_sha256(&self) -> [u8; 32] {
        Sha256::digest(&self.spki).into()
    }

    /// Good from 2020 to 2040.
    pub fn chain(&self, hosts: &[&str]) -> Chain {
        self.sign(&params(hosts))
    }

    /// Good until the end of 2024.
    pub fn expired_chain(&self, host: &str) -> Chain {
        let mut params = params(&[host]);
        params.not_after = date_time_ymd(2025, 1, 1);
        self.sign(&params)
    }

    pub fn self_signed(host: &str) -> Chain {
        let key = KeyPair::generate().unwrap();
        let certificate = params(&[host]).self_signed(&key).unwrap();
        Chain {
            certificates: vec![certificate.der().clone()],
            key: PrivatePkcs8KeyDer::from(key.serialize_der()).into(),
        }
    }

    fn sign(&self, params: &CertificateParams) -> Chain {
        let key = key_of(self.algorithm);
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        Chain {
            certificates: vec![certificate.der().clone()],
            key: PrivatePkcs8KeyDer::from(key.serialize_der()).into(),
        }
    }
}

/// A new key, but for RSA, which nothing here can make: that one is always the same.
fn key_of(algorithm: &'static rcgen::SignatureAlgorithm) -> KeyPair {
    if algorithm == &rcgen::PKCS_RSA_SHA256 {
        let for_tests_only = include_str!("rsa-2048.pem");
        return KeyPair::from_pem_and_sign_algo(for_tests_only, algorithm).unwrap();
    }
    KeyPair::generate_for(algorithm).unwrap()
}

fn params(hosts: &[&str]) -> CertificateParams {
    let hosts: Vec<String> = hosts.iter().map(|host| (*host).to_owned()).collect();
    let mut params = CertificateParams::new(hosts).unwrap();
    params.not_before = date_time_ymd(2020, 1, 1);
    params.not_after = date_time_ymd(2040, 1, 1);
    params
}

/// A server that answers `/echo` with what it was asked.
pub struct WebServer {
    port: u16,
    handle: axum_server::Handle<std::net::SocketAddr>,
    pub requests: Arc<AtomicUsize>,
}

impl WebServer {
    pub fn start(chain: Chain, alpn: &[&str]) -> Self {
        Self::start_narrowed(chain, alpn, |_| {})
    }

    /// With less cryptography than there is.
    pub fn start_narrowed(
        chain: Chain,
        alpn: &[&str],
        narrow: impl Fn(&mut CryptoProvider),
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let port = listener.local_addr().unwrap().port();
        let requests = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&requests);
        let echo = move |method: axum::http::Method, uri: axum::http::Uri, body: String| {
            counter.fetch_add(1, Ordering::SeqCst);
            let path = uri.path_and_query().map_or("", |path| path.as_str());
            let answer = format!("{method} {path} {body}");
            async move {
                let status = axum::http::StatusCode::CREATED;
                (status, [("health-code-nonce", "abc")], answer)
            }
        };
        let app = axum::Router::new().route("/echo", axum::routing::any(echo));
        let config = Arc::new(chain.server_config(alpn, narrow));
        let config = axum_server::tls_rustls::RustlsConfig::from_config(config);
        let handle = axum_server::Handle::new();
        let serving = handle.clone();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(async move {
                let server = axum_server::from_tcp_rustls(listener, config).unwrap();
                let served = server.handle(serving).serve(app.into_make_service());
                served.await.unwrap();
            });
        });
        Self {
            port,
            handle,
            requests,
        }
    }

    pub fn url(&self, path: &str) -> String {
        format!("https://localhost:{}{path}", self.port)
    }
}

impl Drop for WebServer {
    fn drop(&mut self) {
        self.handle.shutdown();
    }
}

/// What a [`RawServer`] says to every request.
#[derive(Clone)]
pub struct Spoken {
    pub bytes: Vec<u8>,
    /// Before it hangs up.
    pub then_wait: Duration,
}

impl Spoken {
    pub fn bytes(bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            bytes: bytes.into(),
            then_wait: Duration::ZERO,
        }
    }
}

/// A TLS server that reads a request's head and says what it is told.
pub struct RawServer {
    port: u16,
    asked: Mutex<mpsc::Receiver<()>>,
}

impl RawServer {
    pub fn start(authority: &Authority, spoken: Spoken) -> Self {
        let config = Arc::new(
            authority
                .chain(&["localhost"])
                .server_config(&["http/1.1"], |_| {}),
        );
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (sender, asked) = mpsc::channel();
        std::thread::spawn(move || {
            for socket in listener.incoming() {
                let (spoken, sender) = (spoken.clone(), sender.clone());
                let connection = rustls::ServerConnection::new(Arc::clone(&config)).unwrap();
                let stream = rustls::StreamOwned::new(connection, socket.unwrap());
                // The client may hang up at any moment: that is what is tested.
                std::thread::spawn(move || drop(speak(stream, &spoken, &sender)));
            }
        });
        Self {
            port,
            asked: Mutex::new(asked),
        }
    }

    pub fn url(&self) -> String {
        format!("https://localhost:{}/", self.port)
    }

    pub fn wait_until_asked(&self) {
        let asked = self.asked.lock().unwrap();
        asked.recv_timeout(Duration::from_secs(20)).unwrap();
    }
}

fn speak(
    mut stream: rustls::StreamOwned<rustls::ServerConnection, TcpStream>,
    spoken: &Spoken,
    asked: &mpsc::Sender<()>,
) -> std::io::Result<()> {
    let mut head = Vec::new();
    let mut byte = [0];
    // The tests' requests end with the body `{}`.
    while !head.ends_with(b"\r\n\r\n{}") {
        stream.read_exact(&mut byte)?;
        head.push(byte[0]);
    }
    asked.send(()).ok();
    stream.write_all(&spoken.bytes)?;
    stream.flush()?;
    std::thread::sleep(spoken.then_wait);
    stream.conn.send_close_notify();
    stream.flush()
}

static PLAIN_REQUESTS: AtomicUsize = AtomicUsize::new(0);

/// Connections to the server of [`plain_http`].
pub fn plain_requests() -> usize {
    PLAIN_REQUESTS.load(Ordering::SeqCst)
}

/// A server that speaks HTTP in the clear; gives its port.
pub fn plain_http() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for socket in listener.incoming() {
            PLAIN_REQUESTS.fetch_add(1, Ordering::SeqCst);
            let mut socket = socket.unwrap();
            let answer = b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n";
            socket.write_all(answer).ok();
        }
    });
    port
}
