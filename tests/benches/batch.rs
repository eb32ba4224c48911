//! What a batch of credentials costs, beside one credential: the code, the authority's work, both ways' bytes, the phone's
//! records, the lists of who is revoked. Prints a Markdown table. `cargo xtask bench batch`
//!
//! A real phone and a real authority, its database durable, without a network between them: each renewal is a whole sync.
//! Times are ratios to a plain Ed25519 signature of the same run; bytes are the same on every machine.

#![expect(clippy::print_stdout, reason = "the result")]
#![expect(clippy::disallowed_methods, reason = "a bench measures real time")]

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use ed25519_dalek::{Signer as _, SigningKey};
use health_code_authority::{Config, SystemEntropy as AuthorityEntropy, start};
use health_code_core::cancel::CancelHandle;
use health_code_core::citizen::{CONSENT_VERSION, CitizenConfig, CitizenPorts, HealthCode};
use health_code_core::ports::{
    Clock as _, Entropy as _, HttpRequest, HttpResponse, MAX_RESPONSE_BYTES, Transport,
    TransportError,
};
use health_code_core::store::{MemoryStore, RecordStore};
use health_code_core::sync::{HttpConfig, SyncReason, SyncResult};
use health_code_core::system::{SystemClock, SystemEntropy};
use health_code_core::testing::clock::FixedClock;
use health_code_core::testing::key_guard::FixedKeyGuard;
use health_code_core::trust::{StatusList, StatusPlace, StatusSpan, key_id};
use health_code_tests::phone::{registration, resident_id};
use serde_json::json;
use tower::ServiceExt as _;

const BATCHES: [u8; 4] = [1, 4, 8, 16];
/// Syncs with a renewal, of which the median counts.
const RENEWALS: usize = 41;
/// So far apart that each is due.
const HALF_A_DAY_MS: u64 = 13 * 3_600_000;
const PLAIN_SIGNATURES: u32 = 4_000;
/// One in a thousand of twelve million changes colour on a day, with four credentials, or batches, that have not ended.
const REVOKED_AN_HOUR: u64 = 2_000;

/// One request with keys.
#[derive(Clone, Copy)]
struct Renewal {
    took: Duration,
    sent: usize,
    received: usize,
}

/// Brings requests to the authority's router, and notes those with keys.
struct Wire {
    router: Router,
    runtime: tokio::runtime::Runtime,
    host: String,
    renewals: Mutex<Vec<Renewal>>,
}

impl Wire {
    fn renewals(&self) -> Vec<Renewal> {
        let mut renewals = self.renewals.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *renewals)
    }
}

fn bytes(headers: &[(String, String)], body: &[u8]) -> usize {
    let headers = headers.iter();
    // As HTTP/1.1 writes them, uncompressed.
    headers
        .map(|(name, value)| name.len() + value.len() + 4)
        .sum::<usize>()
        + body.len()
}

impl Transport for Wire {
    fn send(
        &self,
        request: HttpRequest,
        _: u64,
        _: &CancelHandle,
    ) -> Result<HttpResponse, TransportError> {
        let path = request.url.trim_start_matches("https://");
        let path = path.trim_start_matches(&self.host).to_owned();
        let sent = bytes(&request.headers, &request.body);
        let mut built = Request::builder()
            .method(request.method.as_str())
            .uri(&path);
        built = built.header("host", &self.host);
        for (name, value) in &request.headers {
            built = built.header(name, value);
        }
        let built = built.body(Body::from(request.body)).expect("a request");
        let started = Instant::now();
        let (head, body) = self
            .runtime
            .block_on(self.router.clone().oneshot(built))
            .expect("infallible")
            .into_parts();
        let body = self.runtime.block_on(to_bytes(body, MAX_RESPONSE_BYTES));
        let took = started.elapsed();
        let headers = head.headers.iter().map(|(name, value)| {
            let value = value.to_str().expect("text");
            (name.as_str().to_owned(), value.to_owned())
        });
        let response = HttpResponse {
            status: head.status.as_u16(),
            headers: headers.collect(),
            body: body.expect("a body").to_vec(),
        };
        if path.ends_with("/credentials") && response.status == 201 {
            let renewal = Renewal {
                took,
                sent,
                received: bytes(&response.headers, &response.body),
            };
            let renewals = self.renewals.lock();
            renewals
                .unwrap_or_else(PoisonError::into_inner)
                .push(renewal);
        }
        Ok(response)
    }
}

/// What one size of batch costs.
struct Costs {
    characters: usize,
    took: Duration,
    sent: usize,
    received: usize,
    records: usize,
    unshown: usize,
}

fn sync(phone: &HealthCode) {
    let outcome = phone.sync_once(SyncReason::AfterSubmit, 60_000, &CancelHandle::new());
    assert_eq!(outcome.result, SyncResult::Synced, "{:?}", outcome.problem);
}

fn measure(batch: u8) -> Costs {
    let folder = tempfile::Builder::new()
        .tempdir_in(".")
        .expect("a folder on the disk of the sources");
    let clock = Arc::new(FixedClock::new(SystemClock.read().wall_ms));
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let mut config = Config::for_development(&folder.path().join("authority"));
    config.credential_batch = batch;
    let authority = runtime
        .block_on(start(config, clock.clone(), Arc::new(AuthorityEntropy)))
        .expect("starts");
    let wire = Arc::new(Wire {
        router: authority.router(),
        host: authority.base_url.trim_start_matches("https://").to_owned(),
        runtime,
        renewals: Mutex::default(),
    });
    let records = MemoryStore::new();
    let phone = HealthCode::open_with(
        Arc::new(records.clone()),
        CitizenConfig {
            base_url: authority.base_url.clone(),
            language: "en".to_owned(),
            root_key: authority.root_public_key,
            http: HttpConfig {
                roots_pem: Vec::new(),
                pins: None,
            },
        },
        CitizenPorts {
            clock: clock.clone(),
            entropy: Arc::new(SystemEntropy),
            key_guard: Arc::new(FixedKeyGuard::new(1)),
            device_signer: None,
            subject_keys: None,
            transport: Some(wire.clone()),
            observer: None,
        },
    )
    .expect("opens");
    phone
        .register(&registration(&resident_id("001")), CONSENT_VERSION)
        .expect("registered");
    let form = phone.declaration_form().expect("a form");
    let mut declaration = phone.draft(&form).expect("a draft");
    let well = json!({
        "temperature": 36.5, "symptoms": ["none"], "underlyingIllness": ["none"], "highRiskStay": false,
        "contact": false, "travelled": false, "truthful": true,
    });
    declaration.extend(well.as_object().expect("an object").clone());
    phone.submit_declaration(&declaration).expect("queued");
    sync(&phone);
    wire.renewals();
    for _ in 0..RENEWALS {
        clock.advance_ms(HALF_A_DAY_MS);
        sync(&phone);
    }
    let mut renewals = wire.renewals();
    assert_eq!(renewals.len(), RENEWALS, "each was due");
    renewals.sort_by_key(|renewal| renewal.took);
    let median = renewals[RENEWALS / 2];
    let all = records.scan(b"").expect("records");
    let size = all.iter().map(|(key, value)| key.len() + value.len()).sum();
    let mut unshown = 0;
    let mut characters = 0;
    for _ in 0..batch {
        clock.advance_ms(120_000);
        let code = phone.current_code().expect("a code");
        characters = code.text.len();
        unshown += usize::from(code.shown_before_text.is_none());
    }
    let costs = Costs {
        characters,
        took: median.took,
        sent: median.sent,
        received: median.received,
        records: size,
        unshown,
    };
    wire.runtime.block_on(authority.shutdown());
    costs
}

fn plain_signature() -> Duration {
    let key = SigningKey::from_bytes(&[1; 32]);
    let mut message = [0_u8; 180];
    let started = Instant::now();
    for number in 0..PLAIN_SIGNATURES {
        message[..4].copy_from_slice(&number.to_be_bytes());
        std::hint::black_box(key.sign(&message));
    }
    started.elapsed() / PLAIN_SIGNATURES
}

fn random() -> u64 {
    let mut random = [0; 8];
    SystemEntropy.fill(&mut random).expect("random bytes");
    u64::from_be_bytes(random)
}

/// Bytes of a day's hourly lists in a city of twelve million. Indexes as they are handed out: as many more of a quarter of an hour as
/// there are credentials.
fn listed_in_a_day(batch: u8) -> usize {
    const HOUR: u64 = 3_600;
    let key = SigningKey::from_bytes(&[2; 32]);
    let noon = 1_795_521_600_u64;
    let secs = |at: u64| i64::try_from(at).expect("small");
    let mut listed = 0;
    for hour in 1..=24 {
        let now = noon + hour * HOUR;
        let places = (0..REVOKED_AN_HOUR * u64::from(batch)).map(|_| {
            let end = now + random() % (24 * HOUR);
            let slot = (now / 900 - random() % 96) % 256;
            let index = random() % (u64::from(batch) << 20) * 256 + slot;
            let index = u32::try_from(index).expect("32 bits");
            StatusPlace::new(secs(end), index)
        });
        let places: Vec<_> = places.collect();
        let span = StatusSpan {
            from: secs(now - HOUR),
            until: secs(now),
        };
        let of = key_id(key.verifying_key().as_bytes());
        let list = StatusList::build_for(of, &key, span, &places, secs(now), 60);
        listed += list.expect("a list").len();
    }
    listed
}

fn ratio(took: Duration, of: Duration) -> f64 {
    took.as_secs_f64() / of.as_secs_f64()
}

fn main() {
    let plain = plain_signature();
    println!(
        "| batch | QR characters | signatures | request at the authority, in plain signatures | a credential | request, bytes | \
         answer, bytes | phone's records, bytes | showings until one comes again | lists a day, bytes |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|");
    for batch in BATCHES {
        let costs = measure(batch);
        let request = ratio(costs.took, plain);
        println!(
            "| {batch} | {} | {batch} | {request:.1} | {:.1} | {} | {} | {} | {} | {} |",
            costs.characters,
            request / f64::from(batch),
            costs.sent,
            costs.received,
            costs.records,
            costs.unshown,
            listed_in_a_day(batch),
        );
    }
}
