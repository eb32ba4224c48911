//! What the authority takes and issues in a second, beside what the disk and the cryptography alone allow.
//! Prints a Markdown table. `cargo xtask bench authority`

#![expect(clippy::print_stdout, reason = "the result")]
#![expect(clippy::disallowed_methods, reason = "a bench measures real time")]

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::{Signer as _, SigningKey};
use health_code_authority::{Config, RunningAuthority, SystemEntropy, start};
use health_code_core::code::{Assurance, CredentialClaims, SubjectKind, issue_credential};
use health_code_core::colour::{Colour, Reason};
use health_code_core::ports::Clock as _;
use health_code_core::system::SystemClock;
use health_code_core::testing::clock::FixedClock;
use health_code_core::testing::device_key::SoftwareEd25519;
use health_code_core::trust::{DevicePublicKey, Scheme};
use health_code_core::wire::{
    CredentialKey, CredentialRequest, NONCE_HEADER, RequestParts, device_id, proof_text,
    sign_request,
};
use health_code_tests::bare_phone::{client, healthy_declaration, new_id, resident_number};
use serde_json::json;
use tower::ServiceExt as _;

const PHONES: usize = 1_000;
const AT_ONCE: usize = 256;
const ONE_BY_ONE: usize = 1_000;
const MANY: usize = 20_000;
const OVER_HTTPS: usize = 5_000;

/// A request that is signed and waits to be sent.
struct Signed {
    method: &'static str,
    path: String,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

impl Signed {
    fn request(self) -> Request<Body> {
        let mut request = Request::builder().method(self.method).uri(self.path);
        for (name, value) in self.headers {
            request = request.header(name, value);
        }
        request.body(Body::from(self.body)).expect("a request")
    }
}

struct Bench {
    authority: RunningAuthority,
    router: Router,
    host: String,
    phones: Vec<SigningKey>,
}

impl Bench {
    async fn new(folder: &Path) -> Self {
        // The clock stands still, so that nonces signed beforehand stay good.
        let clock = Arc::new(FixedClock::new(SystemClock.read().wall_ms));
        let mut config = Config::for_development(folder);
        config.status_refresh_secs = 3_600;
        config.device_burst = u32::MAX;
        config.address_burst = u32::MAX;
        let authority = start(config, clock, Arc::new(SystemEntropy))
            .await
            .expect("starts");
        let phones = (0..PHONES).map(|number| {
            let mut seed = [2; 32];
            seed[..8].copy_from_slice(&(number as u64).to_be_bytes());
            SigningKey::from_bytes(&seed)
        });
        Self {
            router: authority.router(),
            host: authority.base_url.trim_start_matches("https://").to_owned(),
            phones: phones.collect(),
            authority,
        }
    }

    async fn nonce(&self) -> String {
        let request = Request::get("/healthz")
            .body(Body::empty())
            .expect("a request");
        let answer = self
            .router
            .clone()
            .oneshot(request)
            .await
            .expect("infallible");
        let nonce = answer.headers()[NONCE_HEADER].to_str().expect("text");
        nonce.to_owned()
    }

    async fn sign(
        &self,
        phone: usize,
        method: &'static str,
        path: String,
        body: Vec<u8>,
    ) -> Signed {
        let nonce = self.nonce().await;
        self.sign_with(&nonce, phone, method, path, body)
    }

    fn sign_with(
        &self,
        nonce: &str,
        phone: usize,
        method: &'static str,
        path: String,
        body: Vec<u8>,
    ) -> Signed {
        let key = &self.phones[phone];
        let parts = RequestParts {
            method,
            authority: &self.host,
            path: &path,
            query: "",
            body: &body,
        };
        let public = DevicePublicKey::Ed25519(key.verifying_key().to_bytes());
        let sign = |message: &[u8]| Ok(key.sign(message).to_bytes().to_vec());
        let signed = sign_request(&parts, nonce, 0, &public, &sign).expect("signed");
        let headers = vec![
            ("host", self.host.clone()),
            ("content-type", "application/json".to_owned()),
            ("content-digest", signed.content_digest),
            ("signature-input", signed.signature_input),
            ("signature", signed.signature),
        ];
        Signed {
            method,
            path,
            headers,
            body,
        }
    }

    async fn register(&self) {
        let mut requests = Vec::new();
        for (number, key) in self.phones.iter().enumerate() {
            let body = json!({
                "device": {
                    "publicKey": BASE64URL_NOPAD.encode(key.verifying_key().as_bytes()),
                    "hardware": false,
                },
                "identity": {
                    "name": "王小明", "sex": "1", "nationality": "CHN", "documentKind": "resident_id",
                    "documentNumber": resident_number(&format!("33010619900101{number:03}")),
                    "division": 330_106, "address": "文三路 1 号", "phone": "13800138000",
                },
                "consent": {"version": 1, "acceptedAt": 1_580_000_000},
            });
            let path = "/v1/subjects".to_owned();
            let mut signed = self
                .sign(number, "POST", path, body.to_string().into_bytes())
                .await;
            signed.headers.push(("idempotency-key", new_id()));
            requests.push(signed);
        }
        self.in_process(requests, AT_ONCE, 201).await;
    }

    /// A request for a credential for a key of its own, which proves itself.
    async fn credential(&self, phone: usize) -> Signed {
        let path = "/v1/subjects/owner/credentials".to_owned();
        let nonce = self.nonce().await;
        let device = self.phones[phone].verifying_key().to_bytes();
        let parts = RequestParts {
            method: "POST",
            authority: &self.host,
            path: &path,
            query: "",
            body: b"",
        };
        let device_id = device_id(&DevicePublicKey::Ed25519(device));
        let text = proof_text(&parts, &device_id, &nonce);
        let mut seed = [3; 32];
        seed[..8].copy_from_slice(&(phone as u64).to_be_bytes());
        let key = CredentialKey::prove(&SoftwareEd25519::from_seed(&seed), &text).expect("proven");
        let body = serde_json::to_vec(&CredentialRequest { keys: vec![key] }).expect("JSON");
        self.sign_with(&nonce, phone, "POST", path, body)
    }

    async fn declarations(&self, count: usize) -> Vec<Signed> {
        let mut requests = Vec::with_capacity(count);
        for number in 0..count {
            let path = format!("/v1/subjects/owner/declarations/{}", new_id());
            let body = healthy_declaration(u32::try_from(number).expect("small"));
            requests.push(self.sign(number % PHONES, "PUT", path, body).await);
        }
        requests
    }

    /// Sends all, `at_once` at a time, without a network; tells how many a second.
    async fn in_process(&self, requests: Vec<Signed>, at_once: usize, status: u16) -> f64 {
        let router = self.router.clone();
        per_second(requests, at_once, move |signed| {
            let router = router.clone();
            async move {
                let answer = router.oneshot(signed.request()).await.expect("infallible");
                assert_eq!(answer.status().as_u16(), status);
            }
        })
        .await
    }

    /// The same over TLS and HTTP/2 on loopback, on eight connections.
    async fn over_https(&self, requests: Vec<Signed>, at_once: usize, status: u16) -> f64 {
        let pem = self.authority.ca_pem.as_bytes();
        let clients: Arc<Vec<_>> = Arc::new((0..8).map(|_| client(pem)).collect());
        let next = Arc::new(AtomicUsize::new(0));
        let url = self.authority.base_url.clone();
        per_second(requests, at_once, move |signed| {
            let client = clients[next.fetch_add(1, Ordering::Relaxed) % clients.len()].clone();
            let method = reqwest::Method::from_bytes(signed.method.as_bytes()).expect("a method");
            let mut request = client.request(method, format!("{url}{}", signed.path));
            for (name, value) in signed
                .headers
                .into_iter()
                .filter(|(name, _)| *name != "host")
            {
                request = request.header(name, value);
            }
            let request = request.body(signed.body);
            async move {
                let answer = request.send().await.expect("an answer");
                assert_eq!(answer.status().as_u16(), status);
            }
        })
        .await
    }
}

async fn per_second<F>(
    requests: Vec<Signed>,
    at_once: usize,
    send: impl Fn(Signed) -> F + Clone + Send + Sync + 'static,
) -> f64
where
    F: Future<Output = ()> + Send + 'static,
{
    let count = requests.len();
    let mut shares: Vec<Vec<Signed>> = (0..at_once).map(|_| Vec::new()).collect();
    for (number, signed) in requests.into_iter().enumerate() {
        shares[number % at_once].push(signed);
    }
    let started = Instant::now();
    let mut running = tokio::task::JoinSet::new();
    for share in shares {
        let send = send.clone();
        running.spawn(async move {
            for signed in share {
                send(signed).await;
            }
        });
    }
    while let Some(done) = running.join_next().await {
        done.expect("no panic");
    }
    rate(count, started)
}

fn rate(count: usize, started: Instant) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "small numbers")]
    let count = count as f64;
    count / started.elapsed().as_secs_f64()
}

/// SQLite by itself on the same disk: the same bytes, one transaction and one sync for each.
fn raw_sqlite(folder: &Path, count: usize) -> f64 {
    let database = rusqlite::Connection::open(folder.join("raw.sqlite")).expect("opens");
    database
        .execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
             CREATE TABLE uploads (id BLOB PRIMARY KEY, body BLOB NOT NULL) STRICT;",
        )
        .expect("prepared");
    let body = healthy_declaration(1);
    let started = Instant::now();
    for number in 0..count {
        database
            .prepare_cached("INSERT INTO uploads VALUES (?1, ?2)")
            .expect("SQL")
            .execute(rusqlite::params![number.to_be_bytes(), body])
            .expect("written");
    }
    rate(count, started)
}

fn raw_signatures(count: usize) -> f64 {
    let key = SigningKey::from_bytes(&[1; 32]);
    let mut message = [0_u8; 180];
    let started = Instant::now();
    for number in 0..count {
        message[..8].copy_from_slice(&number.to_be_bytes());
        std::hint::black_box(key.sign(&message));
    }
    rate(count, started)
}

fn raw_credentials(count: usize) -> f64 {
    let key = SigningKey::from_bytes(&[1; 32]);
    let device = SigningKey::from_bytes(&[2; 32]).verifying_key().to_bytes();
    let mut claims = CredentialClaims {
        expires_at: 1_583_035_200 + 16 * 900,
        lifetime_quarter_hours: 16,
        device_key: DevicePublicKey::Ed25519(device),
        colour: Colour::Green,
        reason: Reason::Clear.into(),
        rule_set_version: 1,
        status_index: 0,
        assurance: Assurance::Software,
        subject_kind: SubjectKind::Myself,
        scheme: Scheme::Domestic,
        document_tail: "1234".to_owned(),
        masked_name: "王*明".to_owned(),
    };
    let started = Instant::now();
    for number in 0..count {
        claims.status_index = u32::try_from(number).expect("small");
        std::hint::black_box(issue_credential(&claims, &key).expect("issued"));
    }
    rate(count, started)
}

fn row(what: &str, rate: f64, against: f64) {
    println!("| {what} | {rate:.0} | {:.2} |", rate / against);
}

#[tokio::main]
async fn main() {
    let folder = tempfile::Builder::new()
        .tempdir_in(".")
        .expect("a folder on the disk of the sources");
    let bench = Bench::new(&folder.path().join("authority")).await;
    bench.register().await;

    let raw = raw_sqlite(folder.path(), ONE_BY_ONE);
    let single = bench.declarations(ONE_BY_ONE).await;
    let single = bench.in_process(single, 1, 201).await;
    let grouped = bench.declarations(MANY).await;
    let grouped = bench.in_process(grouped, AT_ONCE, 201).await;
    let https = bench.declarations(OVER_HTTPS).await;
    let https = bench.over_https(https, AT_ONCE, 201).await;
    println!("| declarations, durable | per second | against one row per sync |");
    println!("|---|---|---|");
    row("SQLite alone, one row per transaction", raw, raw);
    row("authority, one at a time, without network", single, raw);
    row("authority, 256 at a time, without network", grouped, raw);
    row(
        "authority, 256 at a time, HTTPS on loopback (client included)",
        https,
        raw,
    );

    let signatures = raw_signatures(MANY);
    let credentials = raw_credentials(MANY);
    let mut requests = Vec::new();
    for phone in 0..PHONES {
        requests.push(bench.credential(phone).await);
    }
    let issued = bench.in_process(requests, AT_ONCE, 201).await;
    println!();
    println!("| credentials | per second | against Ed25519 signing |");
    println!("|---|---|---|");
    row("Ed25519 signature alone, one core", signatures, signatures);
    row("credential in memory, one core", credentials, signatures);
    row(
        "authority, 256 at a time, request checked, durable",
        issued,
        signatures,
    );
    bench.authority.shutdown().await;
}
