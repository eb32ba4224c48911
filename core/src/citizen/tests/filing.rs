//! One act, one write: a kill or a failing write at any place leaves all of a filing or nothing.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock, Weak};

use super::{World, registration, sync, well};
use crate::cancel::CancelHandle;
use crate::citizen::{CONSENT_VERSION, CitizenError, CitizenFault, HealthCode, Stage};
use crate::ports::{HttpRequest, HttpResponse, Transport, TransportError};
use crate::store::SubjectId;
use crate::store::{MemoryStore, RecordStore, SideFile, StoreError, Write};
use crate::sync::{DECLARATION, REGISTRATION, RefusedUpload, SyncResult, UploadKind};
use crate::testing::scripted_transport::Fault;
use crate::wire::{ProblemKind, RegistrationRequest};
use crate::words::{self, Language};

/// How a write goes wrong.
#[derive(Clone, Copy, Debug)]
pub(super) enum Failure {
    /// Nothing of it is there.
    Before,
    /// It is there all the same: the process is killed, or the disk fails, just after.
    After,
}

/// Records in memory of which the write with this number, and each after it, fails.
pub(super) struct Failing {
    records: MemoryStore,
    writes: AtomicUsize,
    at: usize,
    how: Failure,
}

impl Failing {
    pub(super) fn new(records: MemoryStore, at: usize, how: Failure) -> Self {
        Self {
            records,
            writes: AtomicUsize::new(0),
            at,
            how,
        }
    }

    /// What is there when the phone is started again.
    pub(super) fn killed(&self) -> MemoryStore {
        self.records.fork()
    }

    fn write(&self, write: impl FnOnce() -> Result<(), StoreError>) -> Result<(), StoreError> {
        let number = self.writes.fetch_add(1, Ordering::SeqCst);
        if number < self.at {
            return write();
        }
        if number == self.at && matches!(self.how, Failure::After) {
            write()?;
        }
        Err(StoreError::IoFailed)
    }
}

impl RecordStore for Failing {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        self.records.get(key)
    }
    fn scan(&self, prefix: &[u8]) -> Result<Vec<(Vec<u8>, Vec<u8>)>, StoreError> {
        self.records.scan(prefix)
    }
    fn apply(&self, writes: &[Write]) -> Result<(), StoreError> {
        self.write(|| self.records.apply(writes))
    }
    fn read_side(&self, file: SideFile) -> Result<Option<Vec<u8>>, StoreError> {
        self.records.read_side(file)
    }
    fn write_side(&self, file: SideFile, bytes: &[u8]) -> Result<(), StoreError> {
        self.write(|| self.records.write_side(file, bytes))
    }
    fn accept(&self) -> Result<(), StoreError> {
        self.records.accept()
    }
}

/// Does `act` on a phone that starts on `before` and fails at each of its writes in turn; `whole` and `nothing` judge
/// the phone as it is opened again. Gives how often either was found.
pub(super) fn fail_each_write(
    world: &World,
    before: &MemoryStore,
    act: impl Fn(&HealthCode) -> Result<(), CitizenError>,
    is_whole: impl Fn(&HealthCode) -> bool,
    is_nothing: impl Fn(&HealthCode) -> bool,
) -> (u32, u32) {
    let queued = pending(&world.open(Arc::new(before.fork())).unwrap()).len();
    let (mut whole, mut nothing) = (0, 0);
    for how in [Failure::Before, Failure::After] {
        for at in 0.. {
            let failing = Arc::new(Failing::new(before.fork(), at, how));
            // Opening writes where the store is new, which is tested with the store, and what a region's end asks for, whose faults end no opening.
            let phone = world.open(failing.clone()).unwrap();
            let done = act(&phone);
            // Until the next start the store may show either, but nothing of it is sent.
            assert!(
                done.is_ok() || pending(&phone).len() == queued,
                "{how:?} {at}"
            );
            drop(phone);
            let again = world.open(Arc::new(failing.killed())).unwrap();
            match (is_whole(&again), is_nothing(&again)) {
                (true, false) => whole += 1,
                (false, true) => nothing += 1,
                other => panic!("{how:?} {at}: whole and nothing: {other:?}"),
            }
            if done.is_ok() {
                assert!(is_whole(&again));
                break;
            }
        }
    }
    (whole, nothing)
}

pub(super) fn pending(phone: &HealthCode) -> Vec<UploadKind> {
    let pending = phone
        .context
        .sync
        .pending(&SubjectId::OWNER)
        .unwrap()
        .into_iter();
    pending.map(|upload| upload.kind).collect()
}

#[test]
fn a_registration_is_filed_whole_or_not_at_all() {
    let world = World::new();
    let before = MemoryStore::new();
    drop(world.open(Arc::new(before.clone())).unwrap());
    let (whole, nothing) = fail_each_write(
        &world,
        &before,
        |phone| phone.register(&registration("王小明"), CONSENT_VERSION),
        |phone| {
            phone.home().unwrap().stage == Stage::RegistrationQueued
                && pending(phone) == [UploadKind::Known(&REGISTRATION)]
        },
        |phone| phone.home().unwrap().stage == Stage::NotRegistered && pending(phone).is_empty(),
    );
    assert!(whole >= 2 && nothing >= 1, "{whole} {nothing}");
}

#[test]
fn a_declaration_is_filed_whole_or_not_at_all() {
    let world = World::new();
    let before = world.settled();
    let phone = world.open(Arc::new(before.clone())).unwrap();
    let form = phone.declaration_form().unwrap();
    let mut half = well();
    half.remove("temperature");
    phone.save_draft(&form.definition().id, &half).unwrap();
    drop(phone);
    let draft = |phone: &HealthCode| phone.draft(&phone.declaration_form().unwrap()).unwrap();
    let (whole, nothing) = fail_each_write(
        &world,
        &before,
        |phone| phone.submit_declaration(&well()).map(|_| ()),
        // The draft is gone, and what was declared fills in the next form.
        |phone| {
            pending(phone) == [UploadKind::Known(&DECLARATION)]
                && draft(phone) != half
                && draft(phone)["currentAddress"] == well()["currentAddress"]
        },
        |phone| pending(phone).is_empty() && draft(phone) == half,
    );
    assert!(whole >= 2 && nothing >= 1, "{whole} {nothing}");
}

/// The names that the authority was told, in order.
fn names_registered(world: &World) -> Vec<String> {
    let uploads = world.authority.uploads().into_iter();
    uploads
        .filter(|(path, _)| path.starts_with("/v1/subjects "))
        .map(|(_, body)| {
            let request: RegistrationRequest = serde_json::from_slice(&body).unwrap();
            request.identity.name
        })
        .collect()
}

#[test]
fn a_queued_registration_is_corrected_by_filing_it_again() {
    let world = World::new();
    let records = MemoryStore::new();
    let phone = world.open(Arc::new(records.clone())).unwrap();
    let register = |phone: &HealthCode, name| phone.register(&registration(name), CONSENT_VERSION);
    register(&phone, "王小朋").unwrap();
    phone.submit_declaration(&well()).unwrap();
    register(&phone, "王小明").unwrap();
    assert_eq!(
        pending(&phone),
        [
            UploadKind::Known(&DECLARATION),
            UploadKind::Known(&REGISTRATION)
        ]
    );
    drop(phone);
    let phone = world.open(Arc::new(records.clone())).unwrap();
    assert_eq!(pending(&phone).len(), 2);
    world
        .authority
        .decide(crate::colour::Colour::Green, crate::colour::Reason::Clear);
    assert_eq!(sync(&phone).result, SyncResult::Synced);
    assert_eq!(names_registered(&world), ["王小明"]);
    // The same once more changes nothing, and with a colour decided the name is the desk's to change.
    assert_eq!(
        register(&phone, "王小明"),
        Err(CitizenFault::AlreadyRegistered.into())
    );
    let refused = register(&phone, "王小朋").unwrap_err();
    assert_eq!(refused.refused()[0].code, "answer_needs_desk");
    assert_eq!(pending(&phone), []);
}

#[test]
fn a_refused_registration_is_mended_by_filing_it_again() {
    let world = World::new();
    let phone = world.open(Arc::new(MemoryStore::new())).unwrap();
    phone
        .register(&registration("王小朋"), CONSENT_VERSION)
        .unwrap();
    let [upload] = &phone.context.sync.pending(&SubjectId::OWNER).unwrap()[..] else {
        panic!("one upload")
    };
    let body = phone
        .context
        .sync
        .pending_body(&SubjectId::OWNER, &upload.upload_id)
        .unwrap();
    world
        .authority
        .refuse(&body, ProblemKind::AlreadyRegistered);
    assert_eq!(sync(&phone).uploads_refused.len(), 1);
    let view = phone.home().unwrap();
    assert_eq!(view.stage, Stage::RegistrationRefused);
    assert_eq!(view.uploads_refused[0].kind, "registration");
    // What was typed is there to be mended, and once it was read the refusal can be put away.
    let form = phone.registration_form().unwrap();
    assert_eq!(phone.draft(&form).unwrap()["name"], "王小朋");
    world.pass(super::MINUTE_MS);
    phone
        .register(&registration("王小明"), CONSENT_VERSION)
        .unwrap();
    let view = phone.home().unwrap();
    assert_eq!(view.stage, Stage::RegistrationQueued);
    assert_eq!((view.uploads_waiting, view.uploads_refused.len()), (1, 0));
    sync(&phone);
    assert_eq!(names_registered(&world), ["王小明"]);
    assert_eq!(phone.home().unwrap().stage, Stage::AwaitingColour);
}

/// The citizen corrects the registration while it is on its way.
struct Meanwhile {
    network: Arc<dyn Transport>,
    phone: OnceLock<Weak<HealthCode>>,
}

impl Transport for Meanwhile {
    fn send(
        &self,
        request: HttpRequest,
        timeout_ms: u64,
        cancel: &CancelHandle,
    ) -> Result<HttpResponse, TransportError> {
        let phone = self.phone.get().and_then(Weak::upgrade).unwrap();
        if request.url.ends_with("/v1/subjects") && names_queued(&phone) == ["王小朋"] {
            phone
                .register(&registration("王小明"), CONSENT_VERSION)
                .unwrap();
        }
        self.network.send(request, timeout_ms, cancel)
    }
}

fn names_queued(phone: &HealthCode) -> Vec<String> {
    let sync = &phone.context.sync;
    let pending = sync.pending(&SubjectId::OWNER).unwrap().into_iter();
    pending
        .map(|upload| {
            let body = sync
                .pending_body(&SubjectId::OWNER, &upload.upload_id)
                .unwrap();
            let request: RegistrationRequest = serde_json::from_slice(&body).unwrap();
            request.identity.name
        })
        .collect()
}

#[test]
fn a_registration_that_is_replaced_on_its_way_is_followed_by_the_corrected_one() {
    let world = World::new();
    let network = Arc::new(Meanwhile {
        network: world.transport.clone(),
        phone: OnceLock::new(),
    });
    let records = Arc::new(MemoryStore::new());
    let phone = Arc::new(world.open_via(network.clone(), records, None).unwrap());
    network.phone.set(Arc::downgrade(&phone)).unwrap();
    phone
        .register(&registration("王小朋"), CONSENT_VERSION)
        .unwrap();
    let outcome = sync(&phone);
    assert_eq!(
        (outcome.result, outcome.uploads_left),
        (SyncResult::Synced, 0),
        "{outcome:?}"
    );
    assert_eq!(names_registered(&world), ["王小朋", "王小明"]);
    assert_eq!(phone.home().unwrap().stage, Stage::AwaitingColour);
}

#[test]
fn a_refused_field_reaches_the_home_view() {
    let world = World::new();
    let phone = world.open(Arc::new(world.settled())).unwrap();
    phone.submit_declaration(&well()).unwrap();
    let [upload] = &phone.context.sync.pending(&SubjectId::OWNER).unwrap()[..] else {
        panic!("one upload")
    };
    let body = br#"{"type":"urn:health-code:problem:invalid","title":"t","status":422,"field":"temperature","field_code":"answer_above_maximum"}"#;
    world.transport.script([Fault::Answers(HttpResponse {
        status: 422,
        headers: vec![(
            "content-type".to_owned(),
            "application/problem+json".to_owned(),
        )],
        body: body.to_vec(),
    })]);
    let outcome = sync(&phone);
    let refused = RefusedUpload {
        upload_id: upload.upload_id.clone(),
        kind: "declaration".to_owned(),
        code: "invalid".to_owned(),
        text: "A value was refused.".to_owned(),
        field: Some("temperature".to_owned()),
        field_code: Some("answer_above_maximum".to_owned()),
        field_text: words::text("answer_above_maximum", Language::English).map(str::to_owned),
    };
    assert_eq!(outcome.uploads_refused, std::slice::from_ref(&refused));
    assert_eq!(phone.home().unwrap().uploads_refused, [refused]);
    // In the language of now; a code that nobody knows has none, and a condition of the form its own.
    phone.set_language("zh-CN");
    let refused = phone.home().unwrap().uploads_refused.remove(0);
    assert_eq!(refused.text, "有内容未被接受。");
    let form = phone.declaration_form().unwrap();
    let conditions = form.fields().flat_map(|field| &field.constraints);
    let condition = conditions.last().expect("a condition");
    for (code, expected) in [
        ("no_such_code", None),
        (
            condition.code.as_str(),
            Some(condition.text.for_tag(&phone.language()).to_owned()),
        ),
    ] {
        let mut refused = RefusedUpload {
            code: "problem_of_tomorrow".to_owned(),
            field_code: Some(code.to_owned()),
            ..refused.clone()
        };
        phone.in_words(&mut refused, &phone.language());
        assert_eq!(refused.field_text, expected);
        assert_eq!(refused.text, "有内容未被接受。");
    }
}
