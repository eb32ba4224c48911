//! Erasing: what is left at each point of it, whatever the network does.

use super::subjects::{child, family};
use super::*;
use crate::ports::{HttpRequest, HttpResponse, Transport};
use crate::store::{RecordStore, SealedWrite, SideFile, StoreError, Write};
use crate::sync::ErasureOutcome;

/// Kinds of the owner's records that are left.
fn left(store: &SealedStore) -> Vec<u16> {
    let records = store.records_of(Some(&OWNER)).unwrap().into_iter();
    records.map(|(place, _)| place.kind).collect()
}

fn outcome(world: &World, id: &str) -> Option<ErasureOutcome> {
    let erasures = world.engine.erasures().into_iter();
    let mut found = erasures.filter(|(found, _)| found == id);
    found.next().expect("the erasing").1.outcome
}

#[test]
fn everything_goes_at_once_and_the_authority_follows() {
    let mut world = World::settled();
    world.declare(b"{\"waits\":1}");
    let generation = world.store.generation();
    let id = world.engine.erase(&OWNER, false, nothing, || ()).unwrap();
    let id = id.expect("the authority is asked");
    assert_eq!(world.store.generation(), generation + 1, "one batch");
    assert_eq!(left(&world.store), Vec::<u16>::new());
    assert_eq!(world.engine.pending(&OWNER).unwrap(), []);
    assert_eq!(world.engine.registration(&OWNER).unwrap(), None);
    assert_eq!(outcome(&world, &id), None);
    assert!(world.engine.is_waiting());
    let forgotten = world.engine.forget_erasure(&id);
    assert_eq!(forgotten, Err(SyncError::ErasureWaiting));

    // The process ends; the request is sent as it was signed, and nothing else of the subject is.
    world.restart();
    let synced = world.sync();
    assert_eq!(synced.result, SyncResult::Synced, "{synced:?}");
    assert!(!synced.registered);
    let lines = world.transport.take_sent_lines();
    assert_eq!(lines, ["DELETE /v1/subjects/owner", "GET /v1/bundles"]);
    assert_eq!(world.declarations(), Vec::<Vec<u8>>::new());
    let Some(ErasureOutcome::Confirmed { content, .. }) = outcome(&world, &id) else {
        panic!("not confirmed");
    };
    assert_eq!(content.citizen_id, CITIZEN_ID);
    assert_eq!(content.subject, OWNER);
    assert!(!world.engine.is_waiting());

    // Once answered it is not asked again; the receipt stays until it is forgotten.
    world.restart();
    world.sync();
    let lines = world.transport.take_sent_lines();
    assert!(lines.iter().all(|line| !line.starts_with("DELETE")));
    world.engine.forget_erasure(&id).unwrap();
    let forgotten = world.engine.forget_erasure(&id);
    assert_eq!(forgotten, Err(SyncError::ErasureUnknown));
    assert!(world.engine.erasures().is_empty());
}

/// The authority's clock was ahead when the citizen consented, and was set right since; or the consent still waits.
#[test]
fn an_erasing_is_never_signed_before_the_consent_that_it_ends() {
    for is_taken in [true, false] {
        let world = World::settled();
        let id = world.register();
        let body = world.engine.pending_body(&OWNER, &id).unwrap();
        let mut request: RegistrationRequest = crate::encoding::json::from_slice(&body).unwrap();
        let consent = world.engine.trusted_now().at_secs() + 7_200;
        request.consent.accepted_at = consent;
        let body = serde_json::to_vec(&request).unwrap();
        let queued = world.engine.enqueue(&OWNER, &REGISTRATION, &body);
        queued.unwrap();
        if is_taken {
            assert!(world.sync().registered);
        }
        let id = world.engine.erase(&OWNER, false, nothing, || ()).unwrap();
        world.transport.take_sent();
        world.sync();
        let sent = world.transport.take_sent();
        let headers = &sent
            .iter()
            .find(|it| it.method == "DELETE")
            .unwrap()
            .headers;
        let created = format!("created={consent};");
        assert!(headers.iter().any(|(_, value)| value.contains(&created)));
        let outcome = outcome(&world, &id.unwrap());
        assert!(matches!(outcome, Some(ErasureOutcome::Confirmed { .. })));
    }
}

#[test]
fn a_lost_answer_or_a_dead_network_changes_nothing_but_the_time_it_takes() {
    for fault in [Fault::Fails(TransportError::Unreachable), Fault::AnswerLost] {
        let world = World::settled();
        let id = world.engine.erase(&OWNER, false, nothing, || ()).unwrap();
        let id = id.expect("the authority is asked");
        let registration = world.register();
        world.transport.script([fault]);
        assert_eq!(world.sync().result, SyncResult::Offline);
        // Nothing overtakes it: who registers anew is not to be erased by it.
        let pending = world.engine.pending(&OWNER).unwrap();
        assert_eq!(pending[0].upload_id, registration);
        assert_eq!(outcome(&world, &id), None);
        world.transport.take_sent();
        let synced = world.sync();
        assert_eq!(synced.result, SyncResult::Synced, "{synced:?}");
        let lines = world.transport.take_sent_lines();
        assert_eq!(
            lines[..2],
            ["DELETE /v1/subjects/owner", "POST /v1/subjects"]
        );
        let is_confirmed = matches!(outcome(&world, &id), Some(ErasureOutcome::Confirmed { .. }));
        assert!(is_confirmed && synced.registered);
    }
}

/// Nothing is written along.
#[expect(clippy::unnecessary_wraps, reason = "as those that write something")]
fn nothing() -> Result<Vec<SealedWrite>, SyncError> {
    Ok(Vec::new())
}

#[test]
fn each_answer_ends_it_in_its_own_way() {
    let refused = |code: &str| ErasureOutcome::Refused { code: code.into() };
    for (kind, expected) in [
        (
            ProblemKind::DeviceUnknown,
            Some(ErasureOutcome::NothingHeld),
        ),
        (
            ProblemKind::SubjectUnknown,
            Some(ErasureOutcome::NothingHeld),
        ),
        (
            ProblemKind::DependantsRemain,
            Some(refused("dependants_remain")),
        ),
        (
            ProblemKind::SignatureRefused,
            Some(refused("signature_refused")),
        ),
        (ProblemKind::Unavailable, None),
        (ProblemKind::MethodNotAllowed, None),
    ] {
        let world = World::settled();
        let id = world.engine.erase(&OWNER, false, nothing, || ()).unwrap();
        let id = id.expect("the authority is asked");
        world.authority.set_busy(Some((kind, None)));
        world.sync();
        assert!(outcome(&world, &id) == expected, "{kind:?}");
        world.authority.set_busy(None);
        world.sync();
        let is_confirmed = matches!(outcome(&world, &id), Some(ErasureOutcome::Confirmed { .. }));
        assert_eq!(is_confirmed, expected.is_none(), "{kind:?}");
    }
}

#[test]
fn where_nobody_was_told_nobody_is_asked() {
    let world = World::new(NOON_MS);
    world.declare(b"{}");
    let id = world.engine.erase(&OWNER, false, nothing, || ()).unwrap();
    assert_eq!(id, None);
    assert_eq!(world.engine.pending(&OWNER).unwrap(), []);
    // A registration may have come through although its answer did not.
    world.register();
    // (It is what the phone holds of it that counts: no answer came.)
    let id = world.engine.erase(&OWNER, false, nothing, || ()).unwrap();
    assert!(id.is_some());
    // And twice in a row is once.
    let again = world.engine.erase(&OWNER, false, nothing, || ()).unwrap();
    assert_eq!(again, None);
}

#[test]
fn only_one_subject_goes() {
    let world = family();
    let owner_before = world.store.records_of(Some(&OWNER)).unwrap().len();
    let child_before = world.store.records_of(Some(&child())).unwrap().len();
    assert!(child_before > 0);
    let engine = &world.engine;
    engine.enqueue(&child(), &DECLARATION, b"{}").unwrap();
    let refused = engine.erase(&OWNER, false, nothing, || ());
    assert_eq!(refused, Err(SyncError::DependantsRemain));
    let id = engine.erase(&child(), false, nothing, || ()).unwrap();
    let id = id.expect("the authority is asked");
    let records = |subject| world.store.records_of(Some(subject)).unwrap().len();
    assert_eq!((records(&OWNER), records(&child())), (owner_before, 0));
    let gone = engine.enqueue(&child(), &DECLARATION, b"{}");
    assert_eq!(gone, Err(SyncError::SubjectUnknown));
    let again = engine.erase(&child(), false, nothing, || ());
    assert_eq!(again, Err(SyncError::SubjectUnknown));
    assert_eq!(world.sync().result, SyncResult::Synced);
    let lines = world.transport.take_sent_lines();
    assert_eq!(lines[0], format!("DELETE {}", child().path()));
    assert!(
        lines[1..]
            .iter()
            .all(|line| !line.contains(child().as_str()))
    );
    let is_confirmed = matches!(outcome(&world, &id), Some(ErasureOutcome::Confirmed { .. }));
    assert!(is_confirmed && world.engine.registration(&OWNER).unwrap().is_some());
    assert_eq!(world.colour(), Some(Colour::Green));
}

/// Several in one second, read back in whatever order their ids give; one that came before its dependants' waits for them.
#[test]
fn dependants_go_before_the_owner_whatever_the_order_they_are_read_in() {
    for restarts in [false, true] {
        let mut world = family();
        let childs = world.engine.erase(&child(), false, nothing, || ()).unwrap();
        let owners = world.engine.erase(&OWNER, false, nothing, || ()).unwrap();
        let ids = [childs, owners].map(|id| id.expect("the authority is asked"));
        if restarts {
            world.restart();
            let order = world.engine.erasures().into_iter().map(|(id, _)| id);
            assert_eq!(order.collect::<Vec<_>>(), ids);
        }
        // The owner's comes first at the authority, as an earlier version sent it.
        assert!(world.engine.context.erasures.postpone(&ids[0]));
        world.authority.keep_owners_with_dependants();
        let outcome = world.sync();
        assert_eq!(outcome.result, SyncResult::Synced, "{outcome:?}");
        for id in &ids {
            let found = super::erasing::outcome(&world, id);
            assert!(
                matches!(found, Some(ErasureOutcome::Confirmed { .. })),
                "{restarts}"
            );
        }
        let lines = world.transport.take_sent_lines();
        let deletes: Vec<_> = lines.iter().filter(|it| it.starts_with("DELETE")).collect();
        let (owner, child) = (
            "DELETE /v1/subjects/owner".to_owned(),
            format!("DELETE {}", child().path()),
        );
        assert_eq!(deletes, [&owner, &child, &owner]);
    }
}

/// The citizen erased while the registration was under way: it arrives after the erasing has found nothing.
#[test]
fn nothing_held_is_no_last_word_while_a_registration_may_arrive() {
    let world = World::new(NOON_MS);
    world.register();
    let id = world.engine.erase(&OWNER, false, nothing, || ()).unwrap();
    let id = id.expect("the authority is asked");
    let outcome_of = |world: &World| super::erasing::outcome(world, &id);
    let found = world.sync();
    assert_eq!(
        found.problem.as_deref(),
        Some("device_unknown"),
        "{found:?}"
    );
    assert!(outcome_of(&world).is_none());
    // Backed off, not in a loop, and the rest of the sync was done.
    assert!(found.next_allowed_at_ms > NOON_MS && found.bundles_updated > 0);
    // The same key registers anew: not before, or the request of before would take it for the other.
    let registration = world.register();
    world.pass(MINUTE);
    world.sync();
    let pending = world.engine.pending(&OWNER).unwrap();
    assert!(
        pending
            .iter()
            .any(|upload| upload.upload_id == registration && upload.is_waiting())
    );
    world.pass(9 * MINUTE);
    assert!(world.sync().registered);
    assert!(outcome_of(&world) == Some(ErasureOutcome::NothingHeld));
}

#[test]
fn a_receipt_for_another_request_is_not_believed() {
    let world = World::settled();
    let first = world.engine.erase(&OWNER, false, nothing, || ()).unwrap();
    world.sync();
    let Some(ErasureOutcome::Confirmed { receipt, .. }) = outcome(&world, &first.unwrap()) else {
        panic!("not confirmed");
    };
    world.register();
    world.sync();
    let second = world
        .engine
        .erase(&OWNER, false, nothing, || ())
        .unwrap()
        .unwrap();
    let (_, erasure) = world.engine.erasures().pop().unwrap();
    let trust = &world.authority.nation.trust;
    let at = world.engine.trusted_now().at_secs();
    let found = erasure.confirmed(&receipt, trust, at);
    assert_eq!(found.err(), Some("erasure_not_asked"));
    assert_eq!(
        erasure.confirmed("!", trust, at).err(),
        Some("erasure_receipt_malformed")
    );
    assert_eq!(outcome(&world, &second), None);
}

/// Erases while a request is on its way, then lets it through.
struct ErasingMeanwhile {
    inner: Arc<ScriptedTransport>,
    engine: std::sync::Mutex<Option<std::sync::Weak<SyncEngine>>>,
    at: &'static str,
}

impl Transport for ErasingMeanwhile {
    fn send(
        &self,
        request: HttpRequest,
        timeout_ms: u64,
        cancel: &CancelHandle,
    ) -> Result<HttpResponse, TransportError> {
        let is_it = request.url.ends_with(self.at);
        let answer = self.inner.send(request, timeout_ms, cancel);
        let engine = self.engine.lock().unwrap().take_if(|_| is_it);
        if let Some(engine) = engine.and_then(|engine| engine.upgrade()) {
            engine.erase(&OWNER, false, nothing, || ()).unwrap();
        }
        answer
    }
}

#[test]
fn an_answer_that_comes_after_the_erasing_brings_nothing_back() {
    for at in ["/v1/subjects", "/v1/subjects/owner/state"] {
        let world = World::new(NOON_MS);
        world.authority.decide(Colour::Green, Reason::Clear);
        world.register();
        let transport = Arc::new(ErasingMeanwhile {
            inner: world.transport.clone(),
            engine: std::sync::Mutex::new(None),
            at,
        });
        let config = SyncConfig {
            base_url: BASE_URL.into(),
            root_key: world.authority.nation.root_key(),
        };
        let engine = SyncEngine::new(
            &config,
            world.store.clone(),
            transport.clone(),
            world.clock.clone(),
            Arc::new(FixedEntropy::new(9)),
            world.signer.clone(),
        );
        let engine = Arc::new(engine.unwrap());
        *transport.engine.lock().unwrap() = Some(Arc::downgrade(&engine));
        let outcome = engine.sync_once(SyncReason::UserAsked, MINUTE, &CancelHandle::new());
        assert_eq!(outcome.result, SyncResult::Cancelled, "{at}");
        assert_eq!(left(&world.store), Vec::<u16>::new(), "{at}");
        engine.sync_once(SyncReason::UserAsked, MINUTE, &CancelHandle::new());
        let (_, erasure) = engine.erasures().pop().unwrap();
        let is_confirmed = matches!(erasure.outcome, Some(ErasureOutcome::Confirmed { .. }));
        assert!(is_confirmed, "{at}");
        assert_eq!(left(&world.store), Vec::<u16>::new(), "{at}");
    }
}

/// A store whose next batch is lost, as in a kill before it reached the disk, or is the last one that reached it.
struct DyingStore {
    inner: MemoryStore,
    dies: std::sync::atomic::AtomicU8,
}

impl RecordStore for DyingStore {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        self.inner.get(key)
    }

    fn scan(&self, prefix: &[u8]) -> Result<Vec<(Vec<u8>, Vec<u8>)>, StoreError> {
        self.inner.scan(prefix)
    }

    fn apply(&self, batch: &[Write]) -> Result<(), StoreError> {
        use std::sync::atomic::Ordering::SeqCst;
        match self.dies.load(SeqCst) {
            0 => self.inner.apply(batch),
            1 => Err(StoreError::IoFailed),
            _ => {
                self.inner.apply(batch)?;
                Err(StoreError::IoFailed)
            }
        }
    }

    fn read_side(&self, file: SideFile) -> Result<Option<Vec<u8>>, StoreError> {
        self.inner.read_side(file)
    }

    fn write_side(&self, file: SideFile, bytes: &[u8]) -> Result<(), StoreError> {
        self.inner.write_side(file, bytes)
    }

    fn accept(&self) -> Result<(), StoreError> {
        self.inner.accept()
    }
}

#[test]
fn a_kill_leaves_all_of_it_or_nothing_but_the_request() {
    for dies in [1, 2] {
        let world = World::settled();
        world.declare(b"{\"waits\":1}");
        let before = left(&world.store);
        let dying = Arc::new(DyingStore {
            inner: (*world.records).clone(),
            dies: std::sync::atomic::AtomicU8::new(0),
        });
        let entropy = Arc::new(FixedEntropy::new(8));
        let store = SealedStore::open(dying.clone(), &FixedKeyGuard::new(1), entropy).unwrap();
        let engine = open_engine(
            &world.authority,
            &Arc::new(store),
            &world.transport,
            &world.clock,
            &world.signer,
        );
        dying.dies.store(dies, std::sync::atomic::Ordering::SeqCst);
        let failed = engine.erase(&OWNER, false, nothing, || panic!("not erased"));
        assert!(matches!(failed, Err(SyncError::Store { .. })), "{failed:?}");
        drop(engine);
        let store = open_store(&world.records);
        let engine = open_engine(
            &world.authority,
            &store,
            &world.transport,
            &world.clock,
            &world.signer,
        );
        if dies == 1 {
            assert_eq!(left(&store), before);
            assert!(engine.erasures().is_empty());
            assert_eq!(engine.pending(&OWNER).unwrap().len(), 1);
        } else {
            assert_eq!(left(&store), Vec::<u16>::new());
            assert_eq!(engine.erasures().len(), 1);
            assert_eq!(engine.pending(&OWNER).unwrap(), []);
            let outcome = engine.sync_once(SyncReason::UserAsked, MINUTE, &CancelHandle::new());
            assert_eq!(outcome.result, SyncResult::Synced);
            assert!(engine.erasures()[0].1.outcome.is_some());
        }
    }
}
