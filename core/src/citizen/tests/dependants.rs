//! Dependants on the phone: what a failing write leaves, what is refused before it is sent.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::filing::fail_each_write;
use super::{World, registration, sync, well};
use crate::capability::dependants::{
    CareCode, CareCodeState, CarePurpose, CareRequest, DependantRequest, DependantState, code_hash,
};
use crate::citizen::{CONSENT_VERSION, HealthCode};
use crate::store::{MemoryStore, SubjectId};
use crate::sync::SyncResult;

fn request(document: Value, birth_date: Option<&str>) -> DependantRequest {
    let mut answers: Map<String, Value> = registration("王小小");
    answers.insert("document".to_owned(), document);
    DependantRequest {
        answers,
        birth_date: birth_date.map(str::to_owned),
        consent_version: CONSENT_VERSION,
        code: None,
    }
}

fn certificate() -> Value {
    json!({"kind": "birth_certificate", "number": "n 330106001"})
}

fn child() -> DependantRequest {
    request(certificate(), Some("2016-05-20"))
}

/// Another one with each number.
fn child_of(number: usize) -> DependantRequest {
    let document = json!({"kind": "birth_certificate", "number": format!("N33010{number:04}")});
    request(document, Some("2016-05-20"))
}

fn opened(world: &World, records: &MemoryStore) -> HealthCode {
    world.open(Arc::new(records.clone())).expect("opens")
}

fn waiting(phone: &HealthCode) -> Vec<u32> {
    let all = phone.dependants().expect("a view").dependants;
    all.iter().map(|one| one.uploads_waiting).collect()
}

#[test]
fn whoever_is_added_is_there_whole_or_not_at_all_wherever_the_process_ends() {
    let world = World::new();
    let is_whole = |phone: &HealthCode| {
        let view = phone.dependants().expect("a view").dependants;
        let [one] = view.as_slice() else { return false };
        assert_eq!(
            (one.name.as_str(), one.state),
            ("王小小", DependantState::Waiting)
        );
        let subject = SubjectId::parse(&one.id).expect("an id");
        let child = phone.for_subject(&subject).expect("there");
        let sync = &child.context.sync;
        let pending = sync.pending(&subject).expect("read");
        let body = sync.pending_body(&subject, &pending[0].upload_id);
        let body: CareRequest = serde_json::from_slice(&body.expect("read")).expect("JSON");
        assert_eq!(body.identity.document_number, "N330106001");
        let device = phone.device_id().expect("an id");
        let key = child.context.signer.public_key().expect("a key");
        assert_eq!(body.key.proven(&device, &subject), Some(key));
        assert_eq!(body.key.proven("another", &subject), None);
        assert_eq!(body.key.proven(&device, &SubjectId::OWNER), None);
        true
    };
    let (whole, nothing) = fail_each_write(
        &world,
        &world.settled(),
        |phone| phone.add_dependant(&child()).map(|_| ()),
        is_whole,
        |phone| waiting(phone).is_empty(),
    );
    assert_eq!(
        (whole, nothing),
        (5, 1),
        "one batch, and the anchor after it"
    );
}

#[test]
fn one_check_in_for_several_is_one_write() {
    let world = World::new();
    let records = world.settled();
    let phone = opened(&world, &records);
    let children = [1, 2, 3].map(|one| phone.add_dependant(&child_of(one)).expect("queued"));
    drop(phone);
    let (whole, nothing) = fail_each_write(
        &world,
        &records,
        |phone| phone.submit_declaration_for(&children, &well()).map(|_| ()),
        |phone| waiting(phone) == [2, 2, 2],
        |phone| waiting(phone) == [1, 1, 1],
    );
    assert_eq!(
        (whole, nothing),
        (5, 1),
        "one batch, and the anchor after it"
    );
    let phone = opened(&world, &records);
    let twice = [children[0].clone(), children[0].clone()];
    let ids = phone
        .submit_declaration_for(&twice, &well())
        .expect("queued");
    assert_eq!(ids.len(), 1);
    assert_eq!(waiting(&phone), [2, 1, 1]);
    // With the owner, who comes first where nobody is named.
    let codes = phone.group_codes(&[]).expect("codes");
    let ids: Vec<_> = codes.iter().map(|one| one.id.as_str()).collect();
    assert_eq!((ids[0], ids.len()), ("owner", 4));
    assert!(codes[0].code.is_some() && codes[0].missing_text.is_empty());
    assert!(codes[1].code.is_none() && !codes[1].missing_text.is_empty());
    let unknown = SubjectId::parse("nobody").expect("an id");
    assert!(phone.group_codes(&[unknown]).is_err());
}

#[test]
fn a_carer_whose_registration_waits_comes_first() {
    let world = World::new();
    let phone = opened(&world, &MemoryStore::new());
    phone
        .register(&registration("王小明"), CONSENT_VERSION)
        .expect("queued");
    phone.add_dependant(&child()).expect("queued");
    // The authority in memory knows no care: it answers the dependant's request alone with a refusal of its own.
    let outcome = sync(&phone);
    assert_ne!(outcome.result, SyncResult::DeviceUnknown, "{outcome:?}");
    assert!(outcome.registered);
}

#[test]
fn what_is_wrong_is_told_before_it_is_sent() {
    let world = World::new();
    let newcomer = opened(&world, &MemoryStore::new());
    let refused = |phone: &HealthCode, request: &DependantRequest| {
        phone
            .add_dependant(request)
            .map(|_| ())
            .map_err(|error| error.code())
    };
    assert_eq!(refused(&newcomer, &child()), Err("not_registered"));
    let phone = opened(&world, &world.settled());
    let elder = json!({"kind": "resident_id", "number": "11010519491231002X"});
    for (request, expected) in [
        (request(certificate(), None), "care_birth_date_invalid"),
        (
            request(certificate(), Some("yesterday")),
            "care_birth_date_invalid",
        ),
        (
            request(certificate(), Some("2099-01-01")),
            "care_birth_date_invalid",
        ),
        (
            request(elder.clone(), Some("1950-01-01")),
            "care_birth_date_invalid",
        ),
        (
            request(
                json!({"kind": "birth_certificate", "number": "N33010600"}),
                Some("2016-05-20"),
            ),
            "form_refused",
        ),
        (
            DependantRequest {
                code: Some("0000-0000-0001".to_owned()),
                ..child()
            },
            "care_code_mistyped",
        ),
        (
            DependantRequest {
                consent_version: 0,
                ..child()
            },
            "consent_missing",
        ),
    ] {
        assert_eq!(refused(&phone, &request), Err(expected));
    }
    assert_eq!(phone.dependants().expect("a view").dependants.len(), 0);
    for request in [
        request(elder.clone(), Some("1949-12-31")),
        request(elder, None),
        child(),
    ] {
        assert_eq!(refused(&phone, &request), Ok(()));
    }
}

#[test]
fn a_code_counts_once_the_authority_was_told() {
    let world = World::new();
    let phone = opened(&world, &world.settled());
    assert_eq!(phone.care_code().expect("read"), None);
    let first = phone.show_care_code(CarePurpose::Carer).expect("a code");
    let shown = phone.show_care_code(CarePurpose::Phone).expect("a code");
    assert_ne!(first.code, shown.code);
    assert_eq!(phone.care_code().expect("read"), Some(shown.clone()));
    assert_eq!(shown.state, CareCodeState::Waiting);
    let uploads = phone.context.sync.pending(&SubjectId::OWNER).expect("read");
    assert_eq!(uploads.len(), 1, "the last one alone");
    let body = phone
        .context
        .sync
        .pending_body(&SubjectId::OWNER, &uploads[0].upload_id)
        .expect("read");
    let code = CareCode::parse(&shown.picture_text).expect("a code");
    let text = String::from_utf8(body).expect("JSON");
    assert!(text.contains(&crate::encoding::base64::encode_url(&code_hash(&code))));
    assert!(!text.contains(code.as_str()), "the code itself stays here");
    assert_eq!(format!("{shown:?}"), "CareCodeView(hidden)");
}

#[test]
fn two_threads_add_and_nobody_is_lost() {
    let world = World::new();
    let records = world.settled();
    let phone = opened(&world, &records);
    std::thread::scope(|scope| {
        for thread in 0..2 {
            let phone = &phone;
            scope.spawn(move || {
                for one in 0..10 {
                    // One of them by both.
                    let number = if one == 9 { 99 } else { thread * 10 + one };
                    phone.add_dependant(&child_of(number)).expect("queued");
                }
            });
        }
    });
    let again = opened(&world, &{
        drop(phone);
        records
    });
    assert_eq!(again.dependants().expect("a view").dependants.len(), 19);
    // As many as a phone holds.
    for number in 20..65 {
        again.add_dependant(&child_of(number)).expect("queued");
    }
    let one_more = again
        .add_dependant(&child_of(70))
        .map_err(|error| error.code());
    assert_eq!(one_more, Err("care_too_many_on_phone"));
    // Who is there is asked for anew, under the same id, in the place of what waits.
    let same = again.add_dependant(&child_of(99)).expect("queued");
    let all = again.dependants().expect("a view").dependants;
    let found = all.iter().filter(|one| one.id == same.as_str());
    let waiting: Vec<_> = found.map(|one| one.uploads_waiting).collect();
    assert_eq!((all.len(), waiting), (64, vec![1]));
}
