//! A registration that is wrong, refused, or that the authority has lost is mended: by the citizen where it is the citizen's
//! to say, else by the phone.

use std::sync::Arc;

use serde_json::{Value, json};

use super::filing::{Failing, Failure, pending};
use super::{World, registration, sync, well};
use crate::citizen::{CONSENT_VERSION, CitizenFault, FormKind, Stage};
use crate::colour::{Colour, Reason};
use crate::ports::{HttpResponse, TransportError};
use crate::store::MemoryStore;
use crate::sync::SyncResult;
use crate::testing::memory_authority::CITIZEN_ID;
use crate::testing::scripted_transport::Fault;
use crate::wire::ProblemKind;

fn problem(kind: ProblemKind, members: &Value) -> Fault {
    let mut body = serde_json::to_value(kind.body()).unwrap();
    let more = members.as_object().unwrap().clone();
    body.as_object_mut().unwrap().extend(more);
    Fault::Answers(HttpResponse {
        status: kind.status(),
        headers: vec![(
            "content-type".to_owned(),
            "application/problem+json".to_owned(),
        )],
        body: body.to_string().into_bytes(),
    })
}

fn with(member: &str, value: &Value) -> serde_json::Map<String, Value> {
    let mut answers = registration("王小明");
    answers.insert(member.to_owned(), value.clone());
    answers
}

/// A phone that declared and holds a green code.
fn declared(world: &World) -> MemoryStore {
    let records = world.settled();
    let phone = world.open(Arc::new(records.clone())).unwrap();
    phone.submit_declaration(&well()).unwrap();
    assert_eq!(sync(&phone).result, SyncResult::Synced);
    records
}

#[test]
fn after_the_colour_the_citizen_corrects_how_to_be_reached_and_the_desk_the_rest() {
    let world = World::new();
    let phone = world.open(Arc::new(world.settled())).unwrap();
    for (member, value, fixed) in [
        ("phone", json!("13911112222"), None),
        ("address", json!("文三路 91 号"), None),
        ("division", json!("330105"), None),
        ("name", json!("王大明"), Some("name")),
        ("sex", json!("1"), Some("sex")),
        (
            "document",
            json!({"kind": "resident_id", "number": "330106199003070014"}),
            Some("document.number"),
        ),
    ] {
        let done = phone.register(&with(member, &value), CONSENT_VERSION);
        if let Some(path) = fixed {
            let refused = done.unwrap_err();
            let [one] = refused.refused() else {
                panic!("{refused:?}")
            };
            assert_eq!(
                (one.path.as_str(), one.code.as_str()),
                (path, CitizenFault::NeedsDesk.code())
            );
            assert_ne!(refused.fields(&phone.language())[0].text, one.code);
            assert_eq!(pending(&phone), [], "{member}");
        } else {
            done.unwrap();
            // The code stays while the correction waits, and after it.
            assert_eq!(phone.home().unwrap().stage, Stage::Decided);
            assert_eq!(sync(&phone).uploads_sent, 1, "{member}");
            assert!(phone.current_code().is_ok());
            world.pass(super::MINUTE_MS);
        }
        assert_eq!(
            phone
                .register(&registration("王小明"), CONSENT_VERSION)
                .is_ok(),
            fixed.is_none(),
            "back, or nothing to go back from: {member}"
        );
        sync(&phone);
        world.pass(super::MINUTE_MS);
    }
}

#[test]
fn a_refused_field_of_a_registration_is_one_of_the_form() {
    let world = World::new();
    let phone = world.open(Arc::new(MemoryStore::new())).unwrap();
    phone
        .register(&registration("王小明"), CONSENT_VERSION)
        .unwrap();
    let said = json!({"field": "identity.documentNumber", "field_code": "document_number_format"});
    world.transport.script([
        Fault::None,
        Fault::None,
        problem(ProblemKind::Invalid, &said),
    ]);
    let refused = sync(&phone).uploads_refused;
    let [one] = &refused[..] else {
        panic!("{refused:?}")
    };
    assert_eq!(
        (one.kind.as_str(), one.code.as_str()),
        ("registration", "invalid")
    );
    assert_eq!(one.field.as_deref(), Some("document.number"));
    let words = one.field_text.as_deref().unwrap_or_default();
    assert!(!words.is_empty() && !one.text.is_empty(), "{one:?}");
    let form = phone.form_view(FormKind::Registration).unwrap();
    let fields = form.sections.iter().flat_map(|section| &section.fields);
    assert!(
        fields
            .map(|field| field.id.as_str())
            .any(|id| id == "document")
    );
    assert_eq!(phone.home().unwrap().uploads_refused, refused);
    // Put away, the form is what is next, not an endless wait.
    phone.dismiss_upload(&one.upload_id).unwrap();
    assert_eq!(phone.home().unwrap().stage, Stage::NotRegistered);
    phone
        .register(&registration("王小明"), CONSENT_VERSION)
        .unwrap();
    assert_eq!(sync(&phone).uploads_sent, 1);
}

#[test]
fn a_phone_that_the_authority_lost_registers_again_with_what_it_holds() {
    let world = World::new();
    let records = declared(&world);
    let phone = world.open(Arc::new(records.clone())).unwrap();
    let before = world.authority.uploads();
    assert_eq!(before.len(), 2);
    world.authority.lose_everything();
    world.authority.decide(Colour::Green, Reason::Clear);
    world.pass(super::MINUTE_MS);
    let outcome = sync(&phone);
    assert_eq!(outcome.result, SyncResult::Synced, "{outcome:?}");
    assert!(outcome.registers_again && outcome.registered);
    assert_eq!(outcome.problem.as_deref(), Some("device_unknown"));
    assert_eq!((outcome.uploads_sent, outcome.uploads_left), (2, 0));
    // Byte for byte as it was sent, under the ids that it had.
    assert_eq!(world.authority.uploads(), before);
    assert_eq!(phone.home().unwrap().stage, Stage::Decided);
    // Once, and then no more.
    world.pass(super::MINUTE_MS);
    let outcome = sync(&phone);
    assert_eq!((outcome.registers_again, outcome.uploads_sent), (false, 0));
}

#[test]
fn an_authority_that_never_knows_the_phone_is_asked_once_a_sync() {
    let world = World::new();
    let phone = world.open(Arc::new(declared(&world))).unwrap();
    world.authority.know_nobody();
    for _ in 0..3 {
        world.pass(super::MINUTE_MS * 60);
        let outcome = sync(&phone);
        assert_eq!(outcome.result, SyncResult::DeviceUnknown, "{outcome:?}");
        assert!(phone.current_code().is_ok());
        let lines = world.transport.take_sent_lines();
        let posts = lines.iter().filter(|line| *line == "POST /v1/subjects");
        assert!(posts.count() <= 2, "{lines:?}");
    }
}

#[test]
fn until_the_authority_answers_the_old_colour_stays_and_then_none_is_faked() {
    let world = World::new();
    let records = declared(&world);
    let phone = world.open(Arc::new(records.clone())).unwrap();
    world.authority.lose_everything();
    world
        .authority
        .register_as("5f0c2b7e-0000-4000-8000-000000000002");
    world.pass(super::MINUTE_MS);
    // The registration does not get through.
    world.transport.script([
        Fault::None,
        Fault::None,
        Fault::Fails(TransportError::Unreachable),
    ]);
    let mut phone = phone;
    for _ in 0..4 {
        let outcome = sync(&phone);
        if outcome.registered {
            break;
        }
        let view = phone.home().unwrap();
        assert_eq!(view.stage, Stage::Decided);
        assert_eq!(view.colour.unwrap().citizen_id, CITIZEN_ID);
        assert!(phone.current_code().is_ok());
        drop(phone);
        phone = world.open(Arc::new(records.clone())).unwrap();
        world.pass(super::MINUTE_MS * 60);
    }
    // Somebody new to the authority, who has not decided yet.
    let view = phone.home().unwrap();
    assert_eq!((view.stage, view.colour), (Stage::AwaitingColour, None));
    assert_eq!(phone.current_code(), Err(CitizenFault::NoCode.into()));
    assert_eq!(world.authority.uploads().len(), 2);
}

#[test]
fn what_another_phone_took_meanwhile_is_told_and_can_be_mended() {
    let world = World::new();
    let phone = world.open(Arc::new(declared(&world))).unwrap();
    let registered = world.authority.uploads()[0].1.clone();
    world.authority.lose_everything();
    world
        .authority
        .refuse(&registered, ProblemKind::AlreadyRegistered);
    world.pass(super::MINUTE_MS);
    let outcome = sync(&phone);
    assert!(outcome.registers_again && !outcome.registered);
    assert_eq!(outcome.uploads_refused[0].code, "already_registered");
    let view = phone.home().unwrap();
    assert_eq!(view.stage, Stage::RegistrationRefused);
    // Any detail: nothing that this phone holds was decided by an authority that knows it.
    world.pass(super::MINUTE_MS);
    phone
        .register(&registration("王大明"), CONSENT_VERSION)
        .unwrap();
    let outcome = sync(&phone);
    // With it, what had been declared before.
    assert_eq!((outcome.registered, outcome.uploads_sent), (true, 2));
}

#[test]
fn a_kill_while_it_registers_again_loses_nothing() {
    let world = World::new();
    let before = declared(&world);
    let uploads = world.authority.uploads();
    let mut kills = 0;
    for how in [Failure::Before, Failure::After] {
        for at in 0.. {
            world.authority.lose_everything();
            let failing = Arc::new(Failing::new(before.fork(), at, how));
            let phone = world.open(failing.clone()).unwrap();
            let done = sync(&phone).result == SyncResult::Synced;
            drop(phone);
            let phone = world.open(Arc::new(failing.killed())).unwrap();
            for _ in 0..2 {
                world.pass(super::MINUTE_MS * 60);
                sync(&phone);
            }
            let mut found = world.authority.uploads();
            found.sort();
            let mut expected = uploads.clone();
            expected.sort();
            assert_eq!(found, expected, "{how:?} {at}");
            assert_eq!(pending(&phone), [], "{how:?} {at}");
            assert_eq!(phone.home().unwrap().stage, Stage::AwaitingColour);
            if done {
                break;
            }
            kills += 1;
        }
    }
    assert!(kills >= 6, "{kills}");
}
