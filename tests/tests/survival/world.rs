//! An authority in memory, the real one but for sockets and disk, and phones of one citizen that can be killed at a write, cut off,
//! and lied to; all of it can be put back to a moment that was.
//!
//! Invariant: what outlives a kill is what the store below was given; time passes only as told.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use ed25519_dalek::SigningKey;
use health_code_authority::testing::{Copied, Foundation, InProcess, Interruption};
use health_code_authority::{
    ColourChangeAnswer, ColourOrder, Order, PublicationOrder, SignedOrder, content_sha256, keys,
    sign_order,
};
use health_code_core::cancel::CancelHandle;
use health_code_core::citizen::{CitizenConfig, CitizenPorts, HealthCode};
use health_code_core::colour::{Colour, Reason};
use health_code_core::ports::{Clock as _, ClockReading, HttpRequest, HttpResponse};
use health_code_core::store::MemoryStore;
use health_code_core::sync::{HttpConfig, SyncOutcome, SyncReason};
use health_code_core::testing::entropy::FixedEntropy;
use health_code_core::testing::key_guard::FixedKeyGuard;
use health_code_core::wire::SubjectId;
use serde::Serialize;
use serde_json::{Value, json};

use super::line::{BASE_URL, Hands, Held, Line, Mortal, Network, Watch, lock};

pub const DAY_MS: i64 = 86_400_000;

/// What was held, there and on the phone, and what the clocks said.
pub struct Moment {
    pub records: MemoryStore,
    kept: Copied,
    clocks: [ClockReading; 2],
}

pub struct World {
    folder: tempfile::TempDir,
    root_key: [u8; 32],
    issuer_key: SigningKey,
    /// The true time, and the phone's.
    pub clocks: [Arc<Hands>; 2],
    line: Arc<Line>,
    seeds: AtomicU64,
    pub resident: String,
}

impl World {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let clocks = [(); 2].map(|()| Arc::new(Hands::new()));
        let entropy = FixedEntropy::new(7);
        let foundation = Foundation::new(folder.path(), clocks[0].as_ref(), &entropy);
        let foundation = Arc::new(foundation.expect("keys"));
        let watch = Arc::new(Watch {
            left: AtomicI64::new(i64::MAX),
            end: Mutex::new(Interruption::None),
        });
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build();
        let authority = InProcess::start(
            Arc::clone(&foundation),
            clocks[0].clone(),
            Arc::new(FixedEntropy::new(1)),
            watch.clone(),
            Arc::new(runtime.expect("a runtime")),
        );
        Self {
            folder,
            root_key: foundation.root_key,
            issuer_key: foundation.issuer_key().clone(),
            clocks,
            line: Arc::new(Line {
                authority: Mutex::new(authority.expect("starts")),
                network: Mutex::new(Network::On),
                asked: Mutex::default(),
                watch,
            }),
            seeds: AtomicU64::new(100),
            resident: health_code_tests::phone::resident_id("001"),
        }
    }

    /// The true time, Unix seconds.
    pub fn now(&self) -> i64 {
        self.clocks[0].read().wall_ms / 1_000
    }

    pub fn pass_ms(&self, elapsed_ms: i64) {
        for clock in &self.clocks {
            clock.advance_ms(elapsed_ms);
        }
    }

    pub fn network(&self, network: Network) {
        *lock(&self.line.network) = network;
    }

    /// What was asked since the last look.
    pub fn take_asked(&self) -> Vec<String> {
        std::mem::take(&mut lock(&self.line.asked))
    }

    /// The key that signs what the authority publishes, for an authority of tomorrow.
    pub const fn issuer_key(&self) -> &SigningKey {
        &self.issuer_key
    }

    /// A phone over these records.
    pub fn open(&self, records: &MemoryStore) -> HealthCode {
        self.open_mortal(records, i64::MAX).0.expect("opens")
    }

    /// A phone that is killed at its write after so many; and whether it was.
    pub fn open_mortal(
        &self,
        records: &MemoryStore,
        writes: i64,
    ) -> (Option<HealthCode>, Arc<AtomicBool>) {
        let is_dead = Arc::new(AtomicBool::new(false));
        let mortal = Arc::new(Mortal {
            records: records.clone(),
            left: AtomicI64::new(writes),
            is_dead: Arc::clone(&is_dead),
        });
        let config = CitizenConfig {
            base_url: BASE_URL.to_owned(),
            root_key: self.root_key,
            language: "en".to_owned(),
            http: HttpConfig {
                roots_pem: Vec::new(),
                pins: None,
            },
        };
        let ports = CitizenPorts {
            clock: self.clocks[1].clone(),
            entropy: Arc::new(FixedEntropy::new(self.seeds.fetch_add(1, Ordering::SeqCst))),
            key_guard: Arc::new(FixedKeyGuard::new(1)),
            device_signer: None,
            subject_keys: None,
            transport: Some(Arc::new(Held {
                line: Arc::clone(&self.line),
                is_dead: Arc::clone(&is_dead),
            })),
            observer: None,
        };
        let opened = HealthCode::open_with(mortal, config, ports);
        assert!(opened.is_ok() || is_dead.load(Ordering::SeqCst));
        (opened.ok(), is_dead)
    }

    pub fn moment(&self, records: MemoryStore) -> Moment {
        Moment {
            records,
            kept: lock(&self.line.authority).copy(),
            clocks: [0, 1].map(|at| self.clocks[at].read()),
        }
    }

    /// Everything as it was, but for the phone's records, which are handed out.
    pub fn put_back(&self, moment: &Moment) -> MemoryStore {
        self.network(Network::On);
        self.end_authority(i64::MAX, Interruption::None);
        for (clock, reading) in self.clocks.iter().zip(moment.clocks) {
            *lock(&clock.0) = reading;
        }
        let mut authority = lock(&self.line.authority);
        authority.put_back(&moment.kept);
        authority.restart().expect("starts");
        moment.records.fork()
    }

    /// The authority's process ends at its change with this number, from 1; it is started again at once.
    pub fn end_authority(&self, at: i64, end: Interruption) {
        *lock(&self.line.watch.end) = end;
        self.line.watch.left.store(at, Ordering::SeqCst);
    }

    /// How many changes of its store were made since it was last told where to end, at `at`.
    pub fn changes_since(&self, at: i64) -> i64 {
        at - self.line.watch.left.load(Ordering::SeqCst)
    }

    /// Whether it did.
    pub fn authority_ended(&self) -> bool {
        self.line.watch.left.load(Ordering::SeqCst) <= 0
    }

    /// How many uploads the authority keeps, by where they went.
    pub fn kept(&self) -> Value {
        let mut kept = serde_json::Map::new();
        for upload in lock(&self.line.authority).uploads() {
            let count = kept.get(upload.name).and_then(Value::as_u64);
            kept.insert(upload.name.to_owned(), json!(count.unwrap_or_default() + 1));
        }
        kept.into()
    }

    pub fn citizen_id(&self) -> String {
        let citizens = lock(&self.line.authority).citizens();
        citizens.into_iter().next().expect("registered")
    }

    /// The authority does what it began to do beside its answers.
    pub fn finish(&self) {
        lock(&self.line.authority).finish();
    }

    /// Somebody else than the phone asks.
    pub fn ask(&self, path: &str, content_type: &str, body: Vec<u8>) -> HttpResponse {
        let request = HttpRequest {
            method: "POST".to_owned(),
            url: format!("{BASE_URL}{path}"),
            headers: vec![
                ("content-type".to_owned(), content_type.to_owned()),
                ("host".to_owned(), "authority.example".to_owned()),
            ],
            body,
        };
        let answer = self.line.answer(&request).expect("an answer");
        let said = String::from_utf8_lossy(&answer.body);
        assert!((200..300).contains(&answer.status), "{path}: {said}");
        answer
    }

    fn admin(&self, path: &str, body: &impl Serialize) -> HttpResponse {
        let body = serde_json::to_vec(body).expect("JSON");
        self.ask(&format!("/v1/admin/{path}"), "application/json", body)
    }

    /// The key of the first or second officer.
    pub fn officer(&self, number: u8) -> SigningKey {
        let name = format!("officers/officer-{number}.key");
        let path: PathBuf = self.folder.path().join(name);
        keys::read_key_file(&path).expect("a key")
    }

    /// The order with both officers' signatures.
    fn signed<O: Order>(&self, order: &O) -> SignedOrder<O> {
        let bytes = serde_json::to_vec(order).expect("JSON");
        let sign =
            |number| sign_order::<O>(&bytes, &format!("officer-{number}"), &self.officer(number));
        SignedOrder::new(&bytes, [1, 2].map(sign).into())
    }

    /// Both officers publish.
    pub fn publish(&self, kind: &str, name: &str, version: u64, content: &Value) {
        let content = content.to_string().into_bytes();
        let order = PublicationOrder {
            id: self.order_id(),
            kind: kind.to_owned(),
            name: name.to_owned(),
            version,
            sha256: content_sha256(&content),
            at: self.now(),
        };
        let signed = self.signed(&order).with_content(&content);
        self.admin("publications", &signed);
    }

    /// Both officers change the colour; `previous` is the head of their orders before. Gives the head after it.
    pub fn order(&self, colour: Colour, reason: Reason, previous: &str) -> String {
        let order = ColourOrder {
            id: self.order_id(),
            citizen_id: self.citizen_id(),
            subject: SubjectId::OWNER,
            colour,
            reason,
            at: self.now(),
            previous: previous.to_owned(),
        };
        let answer = self.admin("colour-changes", &self.signed(&order));
        let answer: ColourChangeAnswer = serde_json::from_slice(&answer.body).expect("JSON");
        answer.head
    }

    /// A new UUIDv7.
    pub fn order_id(&self) -> String {
        let seed = self.seeds.fetch_add(1, Ordering::SeqCst);
        let mut random = [0; 10];
        random[..8].copy_from_slice(&seed.to_be_bytes());
        let at_ms = self.clocks[0].read().wall_ms.unsigned_abs();
        let id = uuid::Builder::from_unix_timestamp_millis(at_ms, &random).into_uuid();
        id.to_string()
    }
}

pub fn sync(phone: &HealthCode) -> SyncOutcome {
    phone.sync_once(SyncReason::AfterSubmit, 20_000, &CancelHandle::new())
}
