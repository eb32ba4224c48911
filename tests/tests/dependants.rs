//! Dependants, end to end over TLS: taken into care, shared, shown together, handed over, left.

use std::collections::BTreeSet;

use health_code_core::capability::dependants::{
    CareCodeState, CarePurpose, DependantRequest, DependantState,
};
use health_code_core::citizen::{CONSENT_VERSION, HealthCode, Stage};
use health_code_core::code::{SubjectKind, read_code};
use health_code_core::colour::{Colour, Reason};
use health_code_core::sync::SyncResult;
use health_code_core::wire::SubjectId;
use health_code_tests::phone::{Phone, registration, resident_id};
use health_code_tests::town::Town;
use serde_json::{Map, Value, json};

const DAY_MS: u64 = 86_400_000;

fn by_word() -> Town {
    Town::with(|config| "self_declared".clone_into(&mut config.care_by))
}

/// A child with a birth certificate only.
fn child(number: &str) -> DependantRequest {
    let mut answers = registration("330106199003070014");
    answers.insert("name".to_owned(), json!("欧阳小小"));
    let document = json!({"kind": "birth_certificate", "number": number});
    answers.insert("document".to_owned(), document);
    DependantRequest {
        answers,
        birth_date: Some("2016-05-20".to_owned()),
        consent_version: CONSENT_VERSION,
        code: None,
    }
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

#[test]
fn a_childs_document_is_nobodys_second_code() {
    let town = by_word();
    let mother = carer(&town, "mother");
    let stranger = Phone::new(&town, "stranger");
    let mut request = child("x");
    let number = resident_id("016");
    let document = json!({"kind": "resident_id", "number": number});
    request.answers.insert("document".to_owned(), document);
    request.birth_date = None;
    green_child(&mother, &request);
    stranger
        .health_code
        .register(&registration(&number), CONSENT_VERSION)
        .expect("queued");
    sync(&stranger);
    let home = stranger.health_code.home().expect("a view");
    assert_eq!(home.stage, Stage::RegistrationRefused);
    assert_eq!(home.uploads_refused[0].code, "already_registered");
}

#[test]
fn a_dependant_gets_a_phone_and_keeps_colour_and_orders() {
    let town = by_word();
    let mother = carer(&town, "mother");
    let mut request = child("x");
    let number = resident_id("017");
    let document = json!({"kind": "resident_id", "number": number});
    request.answers.insert("document".to_owned(), document);
    request.birth_date = None;
    let hers = green_child(&mother, &request);
    let citizen = of(&mother, &hers)
        .home()
        .expect("a view")
        .colour
        .expect("a colour")
        .citizen_id;
    town.change_colour(&citizen, Colour::Yellow, Reason::CloseContact, "");
    let code = code_of(&mother, &hers, CarePurpose::Phone);
    let own = Phone::new(&town, "child");
    let wrong = own.health_code.register_with_code(
        &registration(&number),
        CONSENT_VERSION,
        "0000-0000-0001",
    );
    assert_eq!(wrong.expect_err("mistyped").code(), "care_code_mistyped");
    own.line.lose_answers_to("POST", 1);
    own.health_code
        .register_with_code(&registration(&number), CONSENT_VERSION, &code)
        .expect("queued");
    own.sync();
    sync(&own);
    assert_eq!(own.colour(), Colour::Yellow);
    let home = own.health_code.home().expect("a view");
    assert_eq!(home.colour.expect("a colour").citizen_id, citizen);
    let shown = own.health_code.current_code().expect("a code");
    let read = read_code(&shown.text).expect("a code").credential;
    assert_eq!(read.subject_kind, SubjectKind::Myself);
    // The carer cares on, with a code of her own, until one of the two ends it.
    sync(&mother);
    assert_eq!(colour(&mother, &hers), Colour::Yellow);
    // Nobody hands over who has a phone.
    let thief = Phone::new(&town, "thief");
    let code = code_of(&mother, &hers, CarePurpose::Phone);
    thief
        .health_code
        .register_with_code(&registration(&number), CONSENT_VERSION, &code)
        .expect("queued");
    sync(&thief);
    let refused = thief.health_code.home().expect("a view").uploads_refused;
    assert_eq!(refused[0].code, "care_not_agreed");
    // The person ends the carer's care: the carer's phone says so, and shows no code any more.
    sync(&own);
    let carers = own.health_code.carers().expect("told");
    assert_eq!(carers.len(), 1);
    assert!(!carers[0].is_this_phone && !carers[0].text.is_empty());
    assert!(of(&mother, &hers).carers().expect("told")[0].is_this_phone);
    own.health_code
        .end_care(&[carers[0].id.clone()])
        .expect("queued");
    sync(&own);
    mother.sync();
    assert_eq!(state(&mother, &hers), DependantState::Ended);
    assert!(of(&mother, &hers).current_code().is_err());
    assert_eq!(own.colour(), Colour::Yellow);
    // Who cares for nobody can be erased: what is left on the list is nobody.
    mother.health_code.erase(&hers).expect("erased");
    mother.health_code.erase(&SubjectId::OWNER).expect("erased");
    sync(&mother);
}

#[test]
fn a_childs_carers_care_until_the_child_is_of_age_and_the_colour_stays() {
    let town = by_word();
    let mother = carer(&town, "mother");
    let mut request = child("N330106008");
    // Of age in ten days.
    request.birth_date = Some("2008-12-04".to_owned());
    let hers = green_child(&mother, &request);
    let citizen = of(&mother, &hers)
        .home()
        .expect("a view")
        .colour
        .expect("a colour")
        .citizen_id;
    let pass = |days: u64| {
        town.clock.advance_ms(days * DAY_MS);
        mother.clock.advance_ms(days * DAY_MS);
        mother.sync();
    };
    // What is told of the owner's list comes with the sync after.
    sync(&mother);
    let view = mother.health_code.dependants().expect("a view");
    assert!(
        view.dependants[0].end_text.contains("2027"),
        "told thirty days before"
    );
    assert_eq!(view.can_add, Some(7));
    pass(20);
    assert_eq!(state(&mother, &hers), DependantState::InCare);
    pass(30);
    assert_eq!(state(&mother, &hers), DependantState::Ended);
    // The desk takes somebody of age into care again, as whom they were.
    town.order_care(
        "birth_certificate",
        "N330106008",
        &mother.health_code.device_id().expect("an id"),
    );
    mother
        .health_code
        .mend_dependant(&hers, &request)
        .expect("queued");
    sync(&mother);
    assert_eq!(state(&mother, &hers), DependantState::InCare);
    let home = of(&mother, &hers).home().expect("a view");
    assert_eq!(home.colour.expect("a colour").citizen_id, citizen);
}

#[test]
fn a_family_shows_its_codes_one_after_the_other_and_checks_in_at_once() {
    let mut town = by_word();
    let phone = carer(&town, "mother");
    let children: Vec<SubjectId> = (0..7)
        .map(|number| green_child(&phone, &child(&format!("N33010701{number}"))))
        .collect();
    let ids = phone
        .health_code
        .submit_declaration_for(&children, &declared(38.5))
        .expect("queued");
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), 7);
    sync(&phone);
    for subject in &children {
        assert_eq!(colour(&phone, subject), Colour::Yellow);
    }
    town.stop();
    let codes = phone.health_code.group_codes(&[]).expect("codes");
    assert_eq!(codes.len(), 8);
    let checkpoint = phone.checkpoint(&town);
    let mut seen = BTreeSet::new();
    for (place, one) in (1_u32..).zip(&codes) {
        assert_eq!((one.position, one.count), (place, 8));
        assert!(one.title.contains(&one.name) && !one.spoken.is_empty());
        let code = one.code.as_ref().expect("a code");
        let credential = read_code(&code.text).expect("a code").credential;
        assert!(seen.insert(credential.device_key.as_bytes().to_vec()));
        let verdict = checkpoint.check(&code.text, town.now());
        let is_child = credential.subject_kind == SubjectKind::Dependant;
        assert_eq!(is_child, place > 1);
        assert_eq!(verdict.accepted, !is_child, "{:?}", verdict.reason);
    }
    // One form for all, or for none.
    let before: Vec<usize> = children.iter().map(|it| waiting(&phone, it)).collect();
    let refused = phone
        .health_code
        .submit_declaration_for(&children, &Map::new());
    assert_eq!(refused.expect_err("refused").code(), "form_refused");
    assert_eq!(
        children
            .iter()
            .map(|it| waiting(&phone, it))
            .collect::<Vec<_>>(),
        before
    );
    // An eighth child is as many as the settings allow, a ninth is not.
    town.start();
    green_child(&phone, &child("N330107017"));
    let ninth = phone
        .health_code
        .add_dependant(&child("N330107018"))
        .expect("queued");
    sync(&phone);
    assert_eq!(state(&phone, &ninth), DependantState::Refused);
}

fn waiting(phone: &Phone, subject: &SubjectId) -> usize {
    of(phone, subject).home().expect("a view").uploads_waiting as usize
}

#[test]
fn an_authority_put_back_to_before_a_child_takes_the_child_in_again() {
    let mut town = by_word();
    let phone = carer(&town, "mother");
    let backup = town.folder("backup");
    town.stop();
    town.copy_database(&backup);
    town.start();
    let subject = green_child(&phone, &child("N330106009"));
    town.stop();
    town.put_back_database(&backup);
    town.start();
    phone.sync();
    phone.sync();
    sync(&phone);
    assert_eq!(state(&phone, &subject), DependantState::InCare);
}

#[test]
fn whoever_is_last_erases_the_dependant_and_an_order_waits_under_the_document() {
    let town = by_word();
    let mother = carer(&town, "mother");
    let request = child("N330106010");
    let hers = green_child(&mother, &request);
    let citizen = of(&mother, &hers)
        .home()
        .expect("a view")
        .colour
        .expect("a colour")
        .citizen_id;
    town.change_colour(&citizen, Colour::Red, Reason::Confirmed, "");
    mother.line.lose_answers_to("DELETE", 1);
    mother.health_code.erase(&hers).expect("erased");
    mother.sync();
    mother.clock.advance_ms(3 * 3_600_000);
    sync(&mother);
    let erasing = mother.health_code.erasures().pop().expect("one");
    assert!(erasing.receipt.is_some(), "{:?}", erasing.state);
    assert!(
        erasing
            .kept
            .iter()
            .any(|kept| kept.what == "order-in-force")
    );
    let again = mother.health_code.add_dependant(&request).expect("queued");
    sync(&mother);
    assert_eq!(colour(&mother, &again), Colour::Red);
    let another = of(&mother, &again)
        .home()
        .expect("a view")
        .colour
        .expect("a colour")
        .citizen_id;
    assert_ne!(another, citizen);
}
