//! An authority without a socket and without a disk: the real routes, signatures and use cases over the store in memory,
//! in the caller's thread. Never in a shipped build.
//!
//! Invariant: what it answers is what the server would; what it holds survives [`InProcess::restart`], and nothing
//! else does. Its process can be made to end at any change of its store, see [`ChangeWatch`].

mod interrupted;

use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use ed25519_dalek::SigningKey;
use health_code_core::ports::{Clock, Entropy, HttpRequest, HttpResponse};
use health_code_core::wire::{Identity, SubjectId};
use tower::ServiceExt as _;

use self::interrupted::InterruptedStore;
pub use self::interrupted::{ChangeWatch, Interruption};
use crate::app::App;
use crate::capability::UPLOADS;
use crate::cases::records::{Credentials, DecisionRecord, DeviceRecord, Registration, kinds};
use crate::config::Config;
use crate::errors::AuthorityError;
use crate::http::router;
use crate::init::initialise;
use crate::store::memory::MemoryStore;
use crate::store::{CitizenId, Kind, Record, RowKey, Sealer, Store};

/// Keys and settings of an authority, in a folder, of which many can be started.
#[derive(Debug)]
pub struct Foundation {
    config: Config,
    /// The national root's public key.
    pub root_key: [u8; 32],
    issuer_key: SigningKey,
}

impl Foundation {
    /// Makes keys and settings for development below `folder`.
    ///
    /// # Errors
    /// Those of [`initialise`].
    pub fn new(
        folder: &Path,
        clock: &dyn Clock,
        entropy: &dyn Entropy,
    ) -> Result<Self, AuthorityError> {
        let config = Config::for_development(folder);
        initialise(&config, clock, entropy)?;
        let root_key = crate::app::root_key(&config)?;
        let issuer_key = crate::keys::read_key_file(&config.issuer_key_path())?;
        Ok(Self {
            config,
            root_key,
            issuer_key,
        })
    }

    /// The key that signs receipts and credentials.
    #[must_use]
    pub const fn issuer_key(&self) -> &SigningKey {
        &self.issuer_key
    }
}

/// One running authority.
pub struct InProcess {
    foundation: Arc<Foundation>,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    watch: Arc<dyn ChangeWatch>,
    runtime: Arc<tokio::runtime::Runtime>,
    sealer: Arc<Sealer>,
    records: Arc<MemoryStore>,
    running: Running,
}

/// A process of it.
struct Running {
    store: Arc<InterruptedStore>,
    router: Router,
}

/// An upload as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeptUpload {
    /// As the authority made it, a UUID.
    pub citizen_id: String,
    /// Whose.
    pub subject: SubjectId,
    /// Its kind's place below a subject, such as `declarations`.
    pub name: &'static str,
    /// Its id, a UUIDv7.
    pub id: String,
    /// As it was received.
    pub body: Vec<u8>,
}

/// What a subject holds, base64url.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeptState {
    /// Receipt of the decision in force.
    pub receipt: Option<String>,
    /// The newest credential, unless it was revoked.
    pub credential: Option<String>,
}

impl std::fmt::Debug for InProcess {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("InProcess")
    }
}

impl InProcess {
    /// One that holds nothing yet. `watch` is asked before each change of its store.
    ///
    /// # Errors
    /// Those of a server's start.
    pub fn start(
        foundation: Arc<Foundation>,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
        watch: Arc<dyn ChangeWatch>,
        runtime: Arc<tokio::runtime::Runtime>,
    ) -> Result<Self, AuthorityError> {
        let records = Arc::new(MemoryStore::default());
        let sealer = Arc::new(Sealer::new(&[7; 32]));
        let running = Running::start(
            &foundation,
            (&records, &sealer),
            (&clock, &entropy),
            &watch,
            &runtime,
        )?;
        Ok(Self {
            foundation,
            clock,
            entropy,
            watch,
            runtime,
            sealer,
            records,
            running,
        })
    }

    /// Ends the process, if it has not ended by itself, and starts another one over what was kept.
    ///
    /// # Errors
    /// Those of a server's start.
    pub fn restart(&mut self) -> Result<(), AuthorityError> {
        self.running = Running::start(
            &self.foundation,
            (&self.records, &self.sealer),
            (&self.clock, &self.entropy),
            &self.watch,
            &self.runtime,
        )?;
        Ok(())
    }

    /// Answers a request; none where the process ended while it was at it.
    pub fn answer(&self, request: &HttpRequest) -> Option<HttpResponse> {
        let mut wanted = Request::builder()
            .method(request.method.as_str())
            .uri(&request.url);
        for (name, value) in &request.headers {
            wanted = wanted.header(name, value);
        }
        let wanted = wanted.body(Body::from(request.body.clone())).ok()?;
        let answer = self.runtime.block_on(async {
            let answer = self.running.router.clone().oneshot(wanted).await;
            let (parts, body) = answer.unwrap_or_else(|never| match never {}).into_parts();
            let body = axum::body::to_bytes(body, usize::MAX).await.ok()?;
            let headers = parts.headers.iter().map(|(name, value)| {
                let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
                (name.as_str().to_owned(), value)
            });
            Some(HttpResponse {
                status: parts.status.as_u16(),
                headers: headers.collect(),
                body: body.to_vec(),
            })
        });
        answer.filter(|_| !self.has_ended())
    }

    /// Has what was begun beside the answers come to its end.
    pub fn finish(&self) {
        // Over a store in memory each task is done within few turns.
        let turns = async {
            for _ in 0..1_000 {
                tokio::task::yield_now().await;
            }
        };
        self.runtime.block_on(turns);
    }

    /// Whether the process ended at a change of its store.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        self.running.store.has_ended()
    }

    /// A copy of what is kept, for [`InProcess::put_back`].
    #[must_use]
    pub fn copy(&self) -> Copied {
        Copied(self.records.fork())
    }

    /// Puts back what was kept earlier: a disk that lied.
    pub fn put_back(&self, copied: &Copied) {
        self.records.restore(&copied.0);
    }

    /// Every upload that is kept, sorted.
    #[must_use]
    pub fn uploads(&self) -> Vec<KeptUpload> {
        let mut uploads = Vec::new();
        for (citizen, place, sealed) in self.records.rows() {
            let Some((number, id)) = place.key.split_first() else {
                continue;
            };
            let Some(kind) = UPLOADS.iter().find(|kind| kind.number == *number) else {
                continue;
            };
            let body = self.sealer.open(citizen, &place, &sealed);
            if let (kinds::UPLOAD, Ok(id), Ok(body)) =
                (place.kind, uuid::Uuid::from_slice(id), body)
            {
                uploads.push(KeptUpload {
                    citizen_id: citizen.to_string(),
                    subject: place.subject,
                    name: kind.name,
                    id: id.hyphenated().to_string(),
                    body: body.to_vec(),
                });
            }
        }
        uploads.sort();
        uploads
    }

    /// Ids of the citizens who are registered, sorted.
    #[must_use]
    pub fn citizens(&self) -> Vec<String> {
        let rows = self.records.rows();
        let rows = rows.into_iter();
        let registered = rows.filter(|(_, place, _)| place.kind == kinds::REGISTRATION);
        let mut citizens: Vec<_> = registered
            .map(|(citizen, ..)| citizen.to_string())
            .collect();
        citizens.sort();
        citizens
    }

    /// Who the owners who are registered are said to be, in the order of [`InProcess::citizens`].
    #[must_use]
    pub fn identities(&self) -> Vec<Identity> {
        let records = self.citizens().into_iter();
        let records = records.filter_map(|citizen| self.record::<Registration>(&citizen));
        records.map(|registration| registration.identity).collect()
    }

    /// How many records are kept of subjects but for the acts that were done on them and devices that have ended: nothing
    /// after an erasing.
    #[must_use]
    pub fn personal_records(&self) -> usize {
        let rows = self.records.rows();
        rows.iter()
            .filter(|(_, place, _)| place.kind != Kind::UNIT && place.kind != Kind::HEAD)
            .filter(|(citizen, place, sealed)| !self.is_ended_device(*citizen, place, sealed))
            .count()
    }

    fn is_ended_device(&self, citizen: CitizenId, place: &RowKey, sealed: &[u8]) -> bool {
        let json = self.sealer.open(citizen, place, sealed).ok();
        let json = json.filter(|_| place.kind == kinds::DEVICE);
        let device = json.and_then(|json| serde_json::from_slice::<DeviceRecord>(&json).ok());
        device.is_some_and(|device| device.ended_at.is_some())
    }

    /// What the owner who has this id holds.
    #[must_use]
    pub fn state(&self, citizen_id: &str) -> KeptState {
        let decision: Option<DecisionRecord> = self.record(citizen_id);
        let credentials: Option<Credentials> = self.record(citizen_id);
        let newest = credentials.and_then(|all| all.newest);
        KeptState {
            receipt: decision.map(|decision| decision.receipt),
            credential: newest
                .filter(|newest| !newest.revoked)
                .map(|newest| newest.credential),
        }
    }

    fn record<R: Record>(&self, citizen_id: &str) -> Option<R> {
        let rows = self.records.rows();
        let mut rows = rows.into_iter();
        let (citizen, place, sealed) = rows.find(|(citizen, place, _)| {
            citizen.to_string() == citizen_id && place.kind == R::KIND && place.subject.is_owner()
        })?;
        let json = self.sealer.open(citizen, &place, &sealed).ok()?;
        serde_json::from_slice(&json).ok()
    }
}

/// What was kept at one time.
#[derive(Debug)]
pub struct Copied(MemoryStore);

impl Running {
    fn start(
        foundation: &Foundation,
        (records, sealer): (&Arc<MemoryStore>, &Arc<Sealer>),
        (clock, entropy): (&Arc<dyn Clock>, &Arc<dyn Entropy>),
        watch: &Arc<dyn ChangeWatch>,
        runtime: &tokio::runtime::Runtime,
    ) -> Result<Self, AuthorityError> {
        let (store, app) = loop {
            let store = InterruptedStore::new(Arc::clone(records), Arc::clone(watch));
            let store = Arc::new(store);
            let over: Arc<dyn Store> = store.clone();
            let app = runtime.block_on(App::open_over(
                foundation.config.clone(),
                Arc::clone(clock),
                Arc::clone(entropy),
                |_, _| Ok((over, Arc::clone(sealer))),
            ));
            match app {
                Ok(app) => break (store, app),
                // It ended on its way up.
                Err(_) if store.has_ended() => {}
                Err(error) => return Err(error),
            }
        };
        // A status list takes longer than all else, and has tests of its own.
        app.authority.bundles.publish_listed();
        Ok(Self {
            store,
            router: router(Arc::new(app)),
        })
    }
}
