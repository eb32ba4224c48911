//! The engine against an authority in memory, over a network that fails as told.

use std::sync::Arc;

use super::{SyncConfig, SyncEngine};

use crate::code::read_credential;
use crate::trust::SoftwareEd25519;

use crate::colour::{Colour, Reason};

use crate::cancel::CancelHandle;
use crate::ports::{DeviceSigner, TransportError};

use crate::store::{MemoryStore, SealedStore, SubjectId};
use crate::sync::records::BUNDLE;

use crate::sync::{
    CORRECTION, DECLARATION, ITINERARY, REGISTRATION, SyncError, SyncOutcome, SyncReason,
    SyncResult, TimeSource, UploadRefusal,
};

use crate::testing::clock::FixedClock;

use crate::testing::device_key::{LostDeviceKey, SoftwareP256};

use crate::testing::entropy::FixedEntropy;

use crate::testing::key_guard::FixedKeyGuard;

use crate::testing::memory_authority::{BASE_URL, CITIZEN_ID, MemoryAuthority};

use crate::testing::scripted_transport::{Fault, ScriptedTransport};

use crate::wire::{
    self, AppUpdate, BundleKind, Consent, DeviceRegistration, Identity, NextSync, ProblemKind,
    RegistrationRequest,
};

#[path = "engine_tests/believing.rs"]
mod believing;

#[path = "engine_tests/clocks.rs"]
mod clocks;

#[path = "engine_tests/bundles.rs"]
mod bundles;
#[path = "engine_tests/erasing.rs"]
mod erasing;
#[path = "engine_tests/network.rs"]
mod network;
#[path = "engine_tests/parts.rs"]
mod parts;
#[path = "engine_tests/refusals.rs"]
mod refusals;
#[path = "engine_tests/subjects.rs"]
mod subjects;
#[path = "engine_tests/tomorrow.rs"]
mod tomorrow;

pub(crate) use parts::PARTS_FOR_TESTS;

const OWNER: SubjectId = SubjectId::OWNER;

/// 2026-11-24T12:00Z.
const NOON_MS: i64 = 1_795_521_600_000;

const HOUR_MS: i64 = 3_600_000;

const MINUTE: u64 = 60_000;

/// A phone, the true time, the authority and the network between them.
struct World {
    truth: Arc<FixedClock>,
    clock: Arc<FixedClock>,
    authority: Arc<MemoryAuthority>,
    transport: Arc<ScriptedTransport>,
    signer: Arc<dyn DeviceSigner>,
    records: Arc<MemoryStore>,
    store: Arc<SealedStore>,
    engine: SyncEngine,
}

impl World {
    /// A fresh install whose wall clock says `wall_ms` at noon.
    fn new(wall_ms: i64) -> Self {
        Self::with_signer(wall_ms, Arc::new(SoftwareEd25519::from_seed(&[5; 32])))
    }

    fn with_signer(wall_ms: i64, signer: Arc<dyn DeviceSigner>) -> Self {
        let truth = Arc::new(FixedClock::new(NOON_MS));
        let clock = Arc::new(FixedClock::new(wall_ms));
        let authority = Arc::new(MemoryAuthority::new(truth.clone()));
        let transport = Arc::new(ScriptedTransport::new(
            authority.clone(),
            clock.clone(),
            vec![truth.clone()],
        ));
        let records = Arc::new(MemoryStore::new());
        let store = open_store(&records);
        let engine = open_engine(&authority, &store, &transport, &clock, &signer);
        Self {
            truth,
            clock,
            authority,
            transport,
            signer,
            records,
            store,
            engine,
        }
    }

    /// A phone that registered and holds a green code.
    fn settled() -> Self {
        let world = Self::new(NOON_MS);
        world.register();
        world.authority.decide(Colour::Green, Reason::Clear);
        assert_eq!(world.sync().result, SyncResult::Synced);
        world.transport.take_sent();
        world
    }

    /// The process ends and starts again.
    fn restart(&mut self) {
        self.store = open_store(&self.records);
        self.engine = open_engine(
            &self.authority,
            &self.store,
            &self.transport,
            &self.clock,
            &self.signer,
        );
    }

    fn reboot(&mut self) {
        self.clock.reboot();
        self.restart();
    }

    /// Time passes everywhere.
    fn pass(&self, elapsed_ms: u64) {
        self.truth.advance_ms(elapsed_ms);
        self.clock.advance_ms(elapsed_ms);
    }

    fn register(&self) -> String {
        let public_key = self.signer.public_key().unwrap();
        let request = RegistrationRequest {
            device: DeviceRegistration {
                public_key: data_encoding::BASE64URL_NOPAD.encode(public_key.as_bytes()),
                hardware: self.signer.is_hardware(),
            },
            identity: Identity {
                name: "欧阳娜娜".into(),
                sex: "2".into(),
                nationality: "CHN".into(),
                document_kind: "resident_id".into(),
                document_number: "11010519491231002X".into(),
                division: 330_100,
                address: "文三路 1 号".into(),
                phone: "13800000000".into(),
            },
            consent: Consent {
                version: 1,
                accepted_at: 0,
            },
            proof: None,
            care_code: None,
        };
        let body = serde_json::to_vec(&request).unwrap();
        self.engine.enqueue(&OWNER, &REGISTRATION, &body).unwrap()
    }

    fn declare(&self, body: &[u8]) -> String {
        self.engine.enqueue(&OWNER, &DECLARATION, body).unwrap()
    }

    fn sync(&self) -> SyncOutcome {
        self.sync_for(SyncReason::UserAsked)
    }

    fn sync_for(&self, reason: SyncReason) -> SyncOutcome {
        self.engine.sync_once(reason, MINUTE, &CancelHandle::new())
    }

    fn colour(&self) -> Option<Colour> {
        let credential = self.engine.state(&OWNER).unwrap().credential?;
        Some(read_credential(&credential).unwrap().colour)
    }

    /// Bodies of the declarations that the authority took.
    fn declarations(&self) -> Vec<Vec<u8>> {
        let uploads = self.authority.uploads().into_iter();
        uploads
            .filter(|(path, _)| path.starts_with("/v1/subjects/owner/declarations/"))
            .map(|(_, body)| body)
            .collect()
    }
}

fn open_store(records: &Arc<MemoryStore>) -> Arc<SealedStore> {
    let entropy = Arc::new(FixedEntropy::new(1));
    let store = SealedStore::open(records.clone(), &FixedKeyGuard::new(1), entropy);
    Arc::new(store.unwrap())
}

fn open_engine(
    authority: &MemoryAuthority,
    store: &Arc<SealedStore>,
    transport: &Arc<ScriptedTransport>,
    clock: &Arc<FixedClock>,
    signer: &Arc<dyn DeviceSigner>,
) -> SyncEngine {
    let config = SyncConfig {
        base_url: BASE_URL.into(),
        root_key: authority.nation.root_key(),
    };
    SyncEngine::new(
        &config,
        store.clone(),
        transport.clone(),
        clock.clone(),
        Arc::new(FixedEntropy::new(2)),
        signer.clone(),
    )
    .unwrap()
}

#[test]
fn a_fresh_install_comes_to_its_code_with_either_kind_of_key() {
    let signers: [Arc<dyn DeviceSigner>; 2] = [
        Arc::new(SoftwareEd25519::from_seed(&[5; 32])),
        Arc::new(SoftwareP256::from_seed(&[5; 32])),
    ];
    for signer in signers {
        let world = World::with_signer(NOON_MS, signer);
        world.declare(b"{\"first\":1}");
        world.declare(b"{\"second\":2}");
        let registration = world.register();
        world.authority.decide(Colour::Green, Reason::Clear);

        let outcome = world.sync();
        assert_eq!(outcome.result, SyncResult::Synced, "{outcome:?}");
        assert_eq!((outcome.uploads_sent, outcome.uploads_left), (3, 0));
        assert!(outcome.registered && outcome.state_changed);
        assert_eq!(outcome.bundles_updated, 1);
        assert_eq!(outcome.next_allowed_at_ms, NOON_MS + HOUR_MS);
        // Trust first, then the registration although it was queued last, then in order. Nonces are handed
        // from answer to answer, so no request is sent twice.
        let lines = world.transport.take_sent_lines();
        assert_eq!(lines[0], "GET /v1/bundles");
        assert!(lines[1].starts_with("GET /v1/bundles/"));
        assert_eq!(lines[2], "POST /v1/subjects");
        assert!(lines[3].starts_with("PUT /v1/subjects/owner/declarations/"));
        assert_eq!(lines[5..], ["GET /v1/subjects/owner/state"]);
        assert_eq!(
            world.declarations(),
            [b"{\"first\":1}".to_vec(), b"{\"second\":2}".to_vec()]
        );
        let uploads = world.authority.uploads();
        assert_eq!(uploads[0].0, format!("/v1/subjects {registration}"));
        let registered = world.engine.registration(&OWNER).unwrap().unwrap();
        assert_eq!(registered.citizen_id, CITIZEN_ID);
        assert_eq!(world.colour(), Some(Colour::Green));
        assert_eq!(world.engine.pending(&OWNER).unwrap(), []);
        assert_eq!(world.engine.trusted_now().source, TimeSource::Anchored);
    }
}

#[test]
fn the_exact_bytes_are_sent_and_everything_survives_a_restart() {
    let mut world = World::settled();
    // Neither the JSON nor its spaces are touched.
    let body = "{ \"b\":1,\"a\" : \"\u{4f60}\" }\n".as_bytes();
    let id = world.declare(body);
    world.restart();
    assert_eq!(world.engine.pending(&OWNER).unwrap()[0].upload_id, id);
    assert_eq!(world.engine.pending_body(&OWNER, &id).unwrap(), body);
    assert_eq!(world.sync().uploads_sent, 1);
    assert_eq!(world.declarations(), [body]);
    assert_eq!(world.colour(), Some(Colour::Green));
    world.restart();
    assert_eq!(world.engine.pending(&OWNER).unwrap(), []);
    assert_eq!(world.colour(), Some(Colour::Green));
}

#[test]
fn nothing_new_is_told_with_304_and_still_counts_as_fresh() {
    let world = World::settled();
    let before = world.engine.state(&OWNER).unwrap();
    world.pass(2 * MINUTE);
    let outcome = world.sync();
    assert_eq!(outcome.result, SyncResult::Synced);
    assert!(!outcome.state_changed);
    assert_eq!(outcome.bundles_updated, 0);
    let sent = world.transport.take_sent();
    // The nonce of the last answer is still good, so each is asked once; both conditionally.
    assert_eq!(sent.len(), 2);
    for request in &sent {
        assert!(
            request
                .headers
                .iter()
                .any(|(name, _)| name == "if-none-match")
        );
    }
    let after = world.engine.state(&OWNER).unwrap();
    assert_eq!(after.credential, before.credential);
    assert_eq!(after.checked_at_ms, Some(NOON_MS + 120_000));

    // A credential past its end is asked for anew, whatever the ETag.
    world.pass(12 * 3_600_000);
    world.sync();
    let sent = world.transport.take_sent();
    assert!(sent[0].url.ends_with("/v1/subjects/owner/state"));
    assert!(
        sent[0]
            .headers
            .iter()
            .all(|(name, _)| name != "if-none-match")
    );
}

#[test]
fn a_second_sync_at_the_same_time_is_turned_away() {
    struct Nested(
        std::sync::Mutex<Option<std::sync::Weak<SyncEngine>>>,
        std::sync::Mutex<Vec<SyncResult>>,
    );
    impl crate::ports::Transport for Nested {
        fn send(
            &self,
            _: crate::ports::HttpRequest,
            _: u64,
            cancel: &CancelHandle,
        ) -> Result<crate::ports::HttpResponse, TransportError> {
            let engine = self.0.lock().unwrap().clone().unwrap().upgrade().unwrap();
            let outcome = engine.sync_once(SyncReason::UserAsked, MINUTE, cancel);
            self.1.lock().unwrap().push(outcome.result);
            // Other calls go on meanwhile.
            engine.enqueue(&OWNER, &DECLARATION, b"{}").unwrap();
            Err(TransportError::Unreachable)
        }
    }
    let world = World::new(NOON_MS);
    let nested = Arc::new(Nested(
        std::sync::Mutex::new(None),
        std::sync::Mutex::default(),
    ));
    let config = SyncConfig {
        base_url: BASE_URL.into(),
        root_key: [0; 32],
    };
    let engine = SyncEngine::new(
        &config,
        world.store.clone(),
        nested.clone(),
        world.clock.clone(),
        Arc::new(FixedEntropy::new(9)),
        world.signer.clone(),
    );
    let engine = Arc::new(engine.unwrap());
    *nested.0.lock().unwrap() = Some(Arc::downgrade(&engine));
    let outcome = engine.sync_once(SyncReason::UserAsked, MINUTE, &CancelHandle::new());
    assert_eq!(outcome.result, SyncResult::Offline);
    assert_eq!(*nested.1.lock().unwrap(), [SyncResult::AlreadyRunning]);
    assert_eq!(engine.pending(&OWNER).unwrap().len(), 1);
    // And free again.
    let outcome = engine.sync_once(SyncReason::UserAsked, MINUTE, &CancelHandle::new());
    assert_eq!(outcome.result, SyncResult::Offline);
}
