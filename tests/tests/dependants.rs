//! Dependants, end to end over TLS: taken into care, shared, handed over; left, shown together and moved in the files below.

#[path = "dependants/ending.rs"]
mod ending;
#[path = "dependants/family.rs"]
mod family;
#[path = "dependants/hardware.rs"]
mod hardware;
#[path = "dependants/moving.rs"]
mod moving;
#[path = "dependants/own_phone.rs"]
mod own_phone;

use std::collections::BTreeSet;

use health_code_core::capability::dependants::{
    CareCodeState, CarePurpose, DependantRequest, DependantState,
};
use health_code_core::citizen::HealthCode;
use health_code_core::code::{SubjectKind, read_code};
use health_code_core::colour::{Colour, Reason};
use health_code_core::sync::SyncResult;
use health_code_core::wire::SubjectId;
use health_code_tests::phone::{self, Phone, resident_id};
use health_code_tests::town::Town;
use serde_json::{Map, Value, json};

const DAY_MS: u64 = 86_400_000;

fn by_word() -> Town {
    Town::with(|config| "self_declared".clone_into(&mut config.care_by))
}

/// A child with a birth certificate only.
fn child(number: &str) -> DependantRequest {
    phone::child("欧阳小小", number)
}

fn with_code(request: &DependantRequest, code: &str) -> DependantRequest {
    DependantRequest {
        code: Some(code.to_owned()),
        ..request.clone()
    }
}

/// Ends of resident numbers, by who it is.
fn order(name: &str) -> &'static str {
    match name {
        "mother" => "001",
        "father" => "002",
        "grandmother" => "003",
        _ => "004",
    }
}

/// A phone whose owner is registered and green.
fn carer(town: &Town, name: &str) -> Phone {
    let phone = Phone::new(town, name);
    phone.register_as(order(name));
    phone.declare_well();
    sync(&phone);
    assert_eq!(phone.colour(), Colour::Green);
    phone
}

/// What is declared of somebody who is well, and with a fever.
fn declared(temperature: f64) -> Map<String, Value> {
    let mut answers = json!({
        "phone": "13800001234", "currentDivision": "330106", "currentAddress": "文三路 90 号",
        "temperature": temperature, "symptoms": ["none"], "underlyingIllness": ["none"],
        "highRiskStay": false, "contact": false, "travelled": false, "truthful": true,
    });
    if temperature >= 37.3 {
        answers["symptoms"] = json!(["fever"]);
        answers["symptomsSince"] = json!("2026-11-24");
    }
    answers.as_object().cloned().unwrap_or_default()
}

/// The document of the phone's owner.
fn document_of(name: &str) -> Value {
    json!({"kind": "resident_id", "number": resident_id(order(name))})
}

fn sync(phone: &Phone) {
    assert_eq!(phone.sync().result, SyncResult::Synced);
}

fn state(phone: &Phone, subject: &SubjectId) -> DependantState {
    let all = phone.health_code.dependants().expect("a view").dependants;
    let found = all.iter().find(|it| it.id == subject.as_str());
    found.expect("on the phone").state
}

fn of(phone: &Phone, subject: &SubjectId) -> HealthCode {
    phone
        .health_code
        .for_subject(subject)
        .expect("on the phone")
}

fn colour(phone: &Phone, subject: &SubjectId) -> Colour {
    let home = of(phone, subject).home().expect("a view");
    home.colour.expect("a colour").colour
}

/// The child of a carer's, green.
fn green_child(phone: &Phone, request: &DependantRequest) -> SubjectId {
    let subject = phone.health_code.add_dependant(request).expect("queued");
    of(phone, &subject)
        .submit_declaration(&declared(36.5))
        .expect("queued");
    sync(phone);
    assert_eq!(state(phone, &subject), DependantState::InCare);
    assert_eq!(colour(phone, &subject), Colour::Green);
    subject
}

/// What the other carer's phone shows, once it counts.
fn code_of(phone: &Phone, subject: &SubjectId, purpose: CarePurpose) -> String {
    let handle = of(phone, subject);
    let shown = handle.show_care_code(purpose).expect("a code");
    assert_eq!(shown.state, CareCodeState::Waiting);
    sync(phone);
    let shown = handle.care_code().expect("read").expect("a code");
    assert_eq!(shown.state, CareCodeState::Counts);
    assert!(shown.remaining_secs > 800 && !shown.text.is_empty());
    shown.code
}

#[test]
fn a_child_with_a_birth_certificate_has_a_code_and_the_server_may_be_gone() {
    let mut town = by_word();
    let phone = carer(&town, "mother");
    town.stop();
    let subject = phone
        .health_code
        .add_dependant(&child("N330106001"))
        .expect("queued");
    of(&phone, &subject)
        .submit_declaration(&declared(36.5))
        .expect("queued");
    assert_eq!(state(&phone, &subject), DependantState::Waiting);
    assert_eq!(phone.sync().result, SyncResult::Offline);
    // A week without a network: nothing is lost.
    let clock = phone.clock.clone();
    drop(phone);
    let phone = Phone::with(&town, "mother", None, clock);
    town.clock.advance_ms(7 * DAY_MS);
    phone.clock.advance_ms(7 * DAY_MS);
    town.start();
    sync(&phone);
    assert_eq!(state(&phone, &subject), DependantState::InCare);
    town.stop();
    let code = of(&phone, &subject).current_code().expect("a code");
    assert!(
        phone
            .checkpoint(&town)
            .check(&code.text, town.now())
            .accepted
    );
    let read = read_code(&code.text).expect("a code").credential;
    assert_eq!(read.subject_kind, SubjectKind::Dependant);
    assert_eq!(read.document_tail, "6001");
    let view = phone.health_code.dependants().expect("a view");
    let one = &view.dependants[0];
    assert_eq!((one.name.as_str(), one.code_available), ("欧阳小小", true));
    assert!(
        [&one.state_text, &one.spoken, &one.next_text, &view.text]
            .iter()
            .all(|it| !it.is_empty())
    );
}

#[test]
fn both_carers_see_one_colour_each_with_a_key_of_its_own() {
    let town = by_word();
    let (mother, father) = (carer(&town, "mother"), carer(&town, "father"));
    let request = child("N330106002");
    let hers = green_child(&mother, &request);
    let code = code_of(&mother, &hers, CarePurpose::Carer);
    let his = father
        .health_code
        .add_dependant(&with_code(&request, &code.to_lowercase().replace('-', " ")))
        .expect("queued");
    sync(&father);
    assert_eq!(state(&father, &his), DependantState::InCare);
    assert_ne!(hers, his, "each phone has its own name for the child");
    assert_eq!(colour(&father, &his), Colour::Green);
    // Both codes count at once, and are bound to different keys.
    sync(&mother);
    let codes = [(&mother, &hers), (&father, &his)].map(|(phone, subject)| {
        let code = of(phone, subject).current_code().expect("a code");
        assert!(
            phone
                .checkpoint(&town)
                .check(&code.text, town.now())
                .accepted
        );
        read_code(&code.text).expect("a code").credential
    });
    assert_ne!(codes[0].device_key, codes[1].device_key);
    assert_ne!(codes[0].status_index, codes[1].status_index);
    // A fever that the father declares is what the mother sees.
    of(&father, &his)
        .submit_declaration(&declared(38.5))
        .expect("queued");
    sync(&father);
    sync(&mother);
    assert_eq!(colour(&father, &his), Colour::Yellow);
    assert_eq!(colour(&mother, &hers), Colour::Yellow);
    assert_eq!(mother.colour(), Colour::Green, "nobody else's");
    // What the authority holds of the child tells her of her own phone, not of his.
    of(&mother, &hers).request_holdings().expect("queued");
    sync(&mother);
    sync(&mother);
    let export = of(&mother, &hers).export_data().expect("an export");
    assert!(export.contains("\"isWhole\": true"), "{export}");
    let devices = export.matches("\"name\": \"device\"").count();
    assert_eq!(devices, 1);
    let device = |phone: &Phone| phone.health_code.device_id().expect("an id");
    assert!(export.contains("\"care\"") && export.contains(&device(&mother)));
    assert!(!export.contains(&device(&father)));
    // The code counted once.
    let grandmother = carer(&town, "grandmother");
    let again = grandmother
        .health_code
        .add_dependant(&with_code(&request, &code));
    let again = again.expect("queued");
    sync(&grandmother);
    assert_eq!(state(&grandmother, &again), DependantState::Refused);
    let code = code_of(&mother, &hers, CarePurpose::Carer);
    grandmother
        .health_code
        .mend_dependant(&again, &with_code(&request, &code))
        .expect("queued");
    sync(&grandmother);
    assert_eq!(state(&grandmother, &again), DependantState::InCare);
    // Three are as many as the settings allow.
    let code = code_of(&mother, &hers, CarePurpose::Carer);
    let uncle = carer(&town, "uncle");
    let too_many = uncle.health_code.add_dependant(&with_code(&request, &code));
    let too_many = too_many.expect("queued");
    sync(&uncle);
    let view = uncle.health_code.dependants().expect("a view").dependants;
    assert_eq!(
        view[0].refusal.as_ref().map(|it| it.code.as_str()),
        Some("care_full")
    );
    assert_eq!(state(&uncle, &too_many), DependantState::Refused);
    // Officers' orders are on the one citizen that the child is.
    let citizen = of(&father, &his)
        .home()
        .expect("a view")
        .colour
        .expect("a colour")
        .citizen_id;
    town.change_colour(&citizen, Colour::Red, Reason::Confirmed, "");
    for (phone, subject) in [(&mother, &hers), (&father, &his), (&grandmother, &again)] {
        sync(phone);
        assert_eq!(colour(phone, subject), Colour::Red);
    }
    // One carer stops: the others care on, and her code counts no more.
    let gone = of(&grandmother, &again)
        .current_code()
        .expect("a code")
        .text;
    grandmother.health_code.erase(&again).expect("erased");
    sync(&grandmother);
    let erasing = grandmother.health_code.erasures().pop().expect("one");
    assert!(erasing.kept.iter().any(|kept| kept.what == "dependant"));
    sync(&father);
    let verdict = father.checkpoint(&town).check(&gone, town.now());
    assert!(!verdict.accepted);
    assert_eq!(colour(&father, &his), Colour::Red);
    let code = of(&father, &his).current_code().expect("a code");
    let verdict = father.checkpoint(&town).check(&code.text, town.now());
    assert_ne!(verdict.reason, "credential_revoked");
}

#[test]
fn a_code_of_another_person_or_another_time_is_none() {
    let town = by_word();
    let (mother, father) = (carer(&town, "mother"), carer(&town, "father"));
    let grandmother = carer(&town, "grandmother");
    let (first, second) = (child("N330106003"), child("N330106004"));
    let hers = green_child(&mother, &first);
    green_child(&mother, &second);
    let code = code_of(&mother, &hers, CarePurpose::Carer);
    let mut told = BTreeSet::new();
    let for_phone = code_of(&mother, &hers, CarePurpose::Phone);
    let owner = {
        let mut request = child("N330106005");
        request
            .answers
            .insert("document".to_owned(), document_of("mother"));
        request.birth_date = None;
        request
    };
    for (asking, request) in [father, grandmother].iter().cycle().zip([
        with_code(&second, &code),
        with_code(&child("N330106005"), &code),
        with_code(&first, "7K3M-99TX-V0Q0").clone(),
        with_code(&first, &for_phone),
        first.clone(),
        owner,
    ]) {
        let Ok(subject) = asking.health_code.add_dependant(&request) else {
            // Mistyped, which is told before it is sent.
            continue;
        };
        sync(asking);
        let view = asking.health_code.dependants().expect("a view").dependants;
        let refusal = view
            .last()
            .expect("there")
            .refusal
            .clone()
            .expect("refused");
        told.insert((refusal.code, refusal.field, refusal.text));
        asking.health_code.erase(&subject).expect("erased");
        sync(asking);
    }
    assert_eq!(told.len(), 1, "one answer for all: {told:?}");
    let uncle = carer(&town, "uncle");
    // The code that was replaced counts still for its time; after that it does not.
    town.clock.advance_ms(16 * 60_000);
    uncle.clock.advance_ms(16 * 60_000);
    mother.clock.advance_ms(16 * 60_000);
    let late = uncle
        .health_code
        .add_dependant(&with_code(&first, &code))
        .expect("queued");
    sync(&uncle);
    assert_eq!(state(&uncle, &late), DependantState::Refused);
    let shown = of(&mother, &hers)
        .care_code()
        .expect("read")
        .expect("a code");
    assert_eq!(shown.state, CareCodeState::Over);
}

#[test]
fn where_the_desk_has_the_word_no_answer_tells_whether_a_document_is_known() {
    let town = Town::with(|config| config.care_by = "desk".to_owned());
    let (mother, father) = (carer(&town, "mother"), carer(&town, "father"));
    let asked = |phone: &Phone, request: &DependantRequest| {
        let subject = phone.health_code.add_dependant(request).expect("queued");
        sync(phone);
        let view = phone.health_code.dependants().expect("a view").dependants;
        let refusal = view.last().expect("there").refusal.clone();
        phone.health_code.erase(&subject).expect("erased");
        sync(phone);
        refusal.map(|it| (it.code, it.field, it.text))
    };
    let request = child("N330106006");
    let unknown = asked(&mother, &request).expect("refused");
    assert_eq!(unknown.0, "care_not_agreed");
    town.order_care(
        "birth_certificate",
        "N330106006",
        &mother.health_code.device_id().expect("an id"),
    );
    // The desk's word is for one phone.
    assert_eq!(asked(&father, &request), Some(unknown.clone()));
    let hers = green_child(&mother, &request);
    assert_eq!(asked(&father, &request), Some(unknown.clone()));
    let mut of_owner = request.clone();
    of_owner
        .answers
        .insert("document".to_owned(), document_of("mother"));
    of_owner.birth_date = None;
    assert_eq!(asked(&father, &of_owner), Some(unknown));
    // And lets a second carer in without the first one's phone.
    town.order_care(
        "birth_certificate",
        "N330106006",
        &father.health_code.device_id().expect("an id"),
    );
    let his = father.health_code.add_dependant(&request).expect("queued");
    sync(&father);
    assert_eq!(colour(&father, &his), colour(&mother, &hers));
}
