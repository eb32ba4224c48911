//! The routes, called without a network: every good and bad case.

mod after_erasing;
mod batch;
mod bundles;
mod care;
mod certificates;
mod citizen;
mod clocks;
mod colour_changes;
mod credential_keys;
mod erasing;
mod faults;
mod frame;
mod housekeeping;
mod identity_proof;
mod issuer_keys;
mod late;
mod mending;
mod moves;
mod one_person;
mod paper;
mod parts;
mod publications;
mod registrations;
mod restored;
mod results;
mod signatures;
mod state;
mod status_indexes;
mod status_lists;
mod subjects;
mod tries;
mod uploads;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request};
use ed25519_dalek::SigningKey;
use health_code_core::ports::{Clock, ClockReading};
use health_code_core::wire::{NONCE_HEADER, Problem, ProblemKind};
use serde_json::Value;
use tower::ServiceExt;

use super::router;
use crate::app::App;
use crate::config::Config;
use crate::errors::AuthorityError;
use crate::init::initialise;
use crate::store::faulty::Fault;
use crate::system::SystemEntropy;
use citizen::{Citizen, declaration, draft, fever, new_id};

/// 2020-03-01T04:00:00Z, noon in Hangzhou.
pub(super) const NOON: i64 = 1_583_035_200;
pub(super) const DAY: i64 = 86_400;
const HOST: &str = "authority.test:8443";

/// A clock that the test moves: the wall clock, and how far it leapt beyond the time that passed; seconds.
#[derive(Debug)]
pub(super) struct TestClock(AtomicI64, AtomicI64);

impl TestClock {
    /// Time passes.
    pub(super) fn advance(&self, secs: i64) {
        self.0.fetch_add(secs, Ordering::SeqCst);
    }

    /// Somebody sets the wall clock; no time passes.
    pub(super) fn leap(&self, secs: i64) {
        self.1.fetch_add(secs, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn read(&self) -> ClockReading {
        let passed = self.0.load(Ordering::SeqCst);
        ClockReading {
            wall_ms: (NOON + passed + self.1.load(Ordering::SeqCst)) * 1_000,
            monotonic_ms: u64::try_from(passed * 1_000).expect("after the start"),
            boot_id: 1,
        }
    }
}

/// A server without a socket.
pub(super) struct Server {
    pub(super) app: Arc<App>,
    pub(super) clock: Arc<TestClock>,
    pub(super) router: Router,
    _folder: tempfile::TempDir,
}

impl Server {
    pub(super) async fn new() -> Self {
        Self::with(|_| ()).await
    }

    pub(super) async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut config = Config::for_development(folder.path());
        change(&mut config);
        let clock = Arc::new(TestClock(AtomicI64::new(0), AtomicI64::new(0)));
        initialise(&config, clock.as_ref(), &SystemEntropy).expect("initialised");
        let app = App::open(config, clock.clone(), Arc::new(SystemEntropy))
            .await
            .expect("opens");
        let app = Arc::new(app);
        app.keep_house().await.expect("published");
        Self {
            router: router(Arc::clone(&app)),
            app,
            clock,
            _folder: folder,
        }
    }

    /// The same server after a restart, which may not come about.
    pub(super) async fn restarted(self) -> Result<Self, AuthorityError> {
        let config = self.app.config.clone();
        self.app.close();
        let app = App::open(config, self.clock.clone(), Arc::new(SystemEntropy)).await?;
        let app = Arc::new(app);
        app.keep_house().await.expect("published");
        Ok(Self {
            router: router(Arc::clone(&app)),
            app,
            ..self
        })
    }

    /// The same server, whose store fails as told from now on.
    pub(super) fn failing(self, faults: &[Fault]) -> Self {
        drop(self.router);
        let mut app = Arc::into_inner(self.app).expect("nobody else's");
        app.authority.units = app.authority.units.with_faults(faults);
        let app = Arc::new(app);
        Self {
            router: router(Arc::clone(&app)),
            app,
            ..self
        }
    }

    pub(super) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self
            .router
            .clone()
            .oneshot(request)
            .await
            .expect("infallible");
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX)
            .await
            .expect("a body");
        Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: body.to_vec(),
        }
    }

    pub(super) async fn get(&self, path: &str) -> Answer {
        let request = Request::get(path).body(Body::empty()).expect("a request");
        self.send(request).await
    }

    /// As `peer` with these headers.
    pub(super) async fn get_from(
        &self,
        peer: &str,
        headers: &[(&str, &str)],
        path: &str,
    ) -> Answer {
        let mut request = Request::get(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut request = request.body(Body::empty()).expect("a request");
        let peer = std::net::SocketAddr::new(peer.parse().expect("an address"), 1);
        let connection = axum::extract::ConnectInfo(peer);
        request.extensions_mut().insert(connection);
        self.send(request).await
    }

    /// A place among the running requests of those without a connection.
    pub(super) fn enter(&self) -> impl Sized + use<> {
        let nowhere = std::net::Ipv4Addr::UNSPECIFIED.into();
        let limits = &self.app.admission.limits;
        limits.enter(nowhere, false).expect("a place")
    }

    /// A citizen who is registered.
    async fn citizen(&self) -> Citizen {
        let mut citizen = Citizen::new();
        let answer = citizen.register(self).await;
        assert_eq!(answer.status, 201, "{}", answer.text());
        citizen.id = answer.json()["citizenId"]
            .as_str()
            .expect("an id")
            .to_owned();
        citizen
    }

    pub(super) fn officer(&self, name: &str) -> SigningKey {
        let path = self.app.config.data.join(format!("officers/{name}.key"));
        crate::keys::read_key_file(&path).expect("an officer's key")
    }
}

/// An answer, read whole.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

impl Answer {
    pub(super) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }

    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(super) fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name).expect("the header");
        value.to_str().expect("text")
    }

    /// Asserts a well-formed problem of this kind and returns it.
    pub(super) fn problem(&self, kind: ProblemKind) -> Problem {
        assert_eq!(self.status, kind.status(), "{}", self.text());
        assert_eq!(self.header("content-type"), "application/problem+json");
        let problem: Problem = serde_json::from_slice(&self.body).expect("a problem");
        assert_eq!(
            ProblemKind::from_uri(&problem.kind_uri),
            Some(kind),
            "{problem:?}"
        );
        assert_eq!(problem.status, self.status);
        assert!(!self.header(NONCE_HEADER).is_empty());
        problem
    }

    /// Asserts a refused value.
    pub(super) fn refused_field(&self, field: &str, code: &str) {
        let problem = self.problem(ProblemKind::Invalid);
        assert_eq!(problem.field.as_deref(), Some(field));
        assert_eq!(problem.field_code.as_deref(), Some(code));
    }
}
