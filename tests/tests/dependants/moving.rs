//! A carer goes on with another phone: by a proof of who it is, by the desk; and whoever takes an unproven document over takes nobody along.

use std::sync::Arc;
use std::time::Duration;

use health_code_core::capability::dependants::{CarePurpose, DependantState};
use health_code_core::capability::identity_proof::ProofKind;
use health_code_core::citizen::CONSENT_VERSION;
use health_code_core::code::read_code;
use health_code_core::colour::{Colour, Reason};
use health_code_core::sync::SyncResult;
use health_code_core::testing::clock::FixedClock;
use health_code_core::testing::subject_keys::MemorySubjectKeys;
use health_code_core::wire::SubjectId;
use health_code_tests::phone::{Phone, registration, resident_id};
use health_code_tests::town::Town;
use serde_json::{Value, json};

use super::{
    by_word, carer, child, code_of, colour, declared, green_child, of, order, state, sync,
    with_code,
};

/// A town that takes these proofs, and a carer's word for a child.
fn town(ways: &Value) -> Town {
    Town::with(|config| {
        "self_declared".clone_into(&mut config.care_by);
        std::fs::create_dir_all(&config.data).expect("a folder");
        let path = config.data.join("identity-proofs.json");
        let policy = json!({
            "version": 1, "unproven": {"code": true, "assurance": "paper"}, "ways": ways,
        });
        std::fs::write(&path, policy.to_string()).expect("written");
        config.identity_proofs = Some(path);
    })
}

/// Registers by a code of the desk, declares and syncs.
fn prove(town: &Town, phone: &Phone, name: &str) {
    phone.sync();
    let number = resident_id(order(name));
    let code = town.activation_code(&number);
    phone
        .health_code
        .register_with_proof(
            &registration(&number),
            CONSENT_VERSION,
            ProofKind::ActivationCode,
            &code,
        )
        .expect("queued");
    let outcome = phone.sync();
    assert_eq!(outcome.result, SyncResult::Synced, "{outcome:?}");
    assert!(outcome.uploads_refused.is_empty(), "{outcome:?}");
}

fn proven(town: &Town, name: &str) -> Phone {
    let phone = Phone::new(town, name);
    prove(town, &phone, name);
    phone.declare_well();
    sync(&phone);
    phone
}

fn code(phone: &Phone, subject: &SubjectId) -> String {
    of(phone, subject).current_code().expect("a code").text
}

/// Whoever is on the phone, once it learnt of them.
fn arrived(phone: &Phone, count: usize) -> Vec<SubjectId> {
    for _ in 0..3 {
        sync(phone);
    }
    let all = phone.health_code.dependants().expect("a view").dependants;
    assert_eq!(all.len(), count);
    for one in &all {
        assert_eq!(one.state, DependantState::InCare, "{:?}", one.refusal);
        assert_eq!(one.name, "欧阳小小");
    }
    let ids = all.iter().map(|one| SubjectId::parse(&one.id));
    ids.map(|id| id.expect("an id")).collect()
}

/// The lists are signed anew within a second or two.
fn is_revoked(town: &Town, phone: &Phone, code: &str) -> bool {
    (0..50).any(|_| {
        phone.sync();
        let verdict = phone.checkpoint(town).check(code, town.now());
        let is_revoked = verdict.reason == "credential_revoked";
        if !is_revoked {
            std::thread::sleep(Duration::from_millis(200));
        }
        is_revoked
    })
}

/// The phone before shows nobody's code any more, and says so of each.
fn is_told(old: &Phone, children: &[SubjectId]) {
    let outcome = old.sync();
    assert_eq!(outcome.uploads_refused[0].code, "registration_ended");
    for child in children {
        assert_eq!(state(old, child), DependantState::Ended);
        assert!(of(old, child).current_code().is_err());
    }
}

#[test]
fn who_proves_it_on_another_phone_takes_the_family_along() {
    let mut town = town(&json!([{"kind": "activation_code"}]));
    let (old, father) = (proven(&town, "mother"), proven(&town, "father"));
    let request = child("N330106031");
    let shared = green_child(&old, &request);
    let alone = green_child(&old, &child("N330106032"));
    let shown = code_of(&old, &shared, CarePurpose::Carer);
    let his = father
        .health_code
        .add_dependant(&with_code(&request, &shown))
        .expect("queued");
    sync(&father);
    let citizen = of(&old, &alone).home().expect("a view");
    let citizen = citizen.colour.expect("a colour").citizen_id;
    town.change_colour(&citizen, Colour::Yellow, Reason::CloseContact, "");
    sync(&old);
    let before = [code(&old, &shared), code(&old, &alone)];

    town.clock.advance_ms(60_000);
    let chip = MemorySubjectKeys::default();
    let clock = Arc::new(FixedClock::new(town.now() * 1_000));
    let new = Phone::with_hardware(&town, "new", None, Some(Arc::new(chip.clone())), clock);
    // The answer is lost, and the same request again finishes what was begun.
    new.line.lose_answers_to("POST", 1);
    new.sync();
    let number = resident_id(order("mother"));
    let activation = town.activation_code(&number);
    new.health_code
        .register_with_proof(
            &registration(&number),
            CONSENT_VERSION,
            ProofKind::ActivationCode,
            &activation,
        )
        .expect("queued");
    new.sync();
    let children = arrived(&new, 2);
    assert_eq!(children, [shared.clone(), alone.clone()]);
    assert_eq!(chip.aliases().len(), 2, "in this phone's hardware");
    assert_eq!(colour(&new, &shared), Colour::Green);
    assert_eq!(
        colour(&new, &alone),
        Colour::Yellow,
        "colour and orders stay"
    );
    let after = [code(&new, &shared), code(&new, &alone)];
    let keys: Vec<_> = before
        .iter()
        .chain(&after)
        .map(|text| read_code(text).expect("a code").credential.device_key)
        .collect();
    for (place, key) in keys.iter().enumerate() {
        assert!(!keys[..place].contains(key), "each has a key of its own");
    }
    for text in &before {
        assert!(is_revoked(&town, &new, text));
    }
    is_told(&old, &children);
    assert!(
        old.health_code
            .group_codes(&[])
            .expect("read")
            .iter()
            .all(|it| it.code.is_none())
    );

    // The child's other carer cares on, and sees that one of the two has another phone.
    sync(&father);
    assert_eq!(state(&father, &his), DependantState::InCare);
    let carers = of(&father, &his).carers().expect("told");
    assert_eq!(carers.len(), 2, "nobody counts twice");
    let told = carers
        .iter()
        .find(|it| !it.is_this_phone)
        .expect("the other");
    assert!(
        told.moved_on.is_some() && told.text.contains("another phone"),
        "{}",
        told.text
    );
    let hers = of(&new, &shared).carers().expect("told");
    let hers = hers.iter().find(|it| it.is_this_phone).expect("herself");
    assert!(hers.text.contains("this phone"), "{}", hers.text);

    // Whatever is done for them goes on from here, and what is shown needs no server.
    of(&new, &shared)
        .submit_declaration(&declared(38.5))
        .expect("queued");
    sync(&new);
    sync(&father);
    assert_eq!(colour(&father, &his), Colour::Yellow);
    let text = code(&new, &alone);
    town.stop();
    let verdict = new.checkpoint(&town).check(&text, town.now());
    assert_eq!(verdict.reason, "colour_not_admitted", "genuine, and yellow");
    let text = father.health_code.current_code().expect("a code").text;
    assert!(new.checkpoint(&town).check(&text, town.now()).accepted);
    town.start();
    // Who is removed from the new phone stays away.
    new.health_code.erase(&alone).expect("erased");
    for _ in 0..3 {
        new.sync();
    }
    assert_eq!(arrived(&new, 1), [shared]);
}

#[test]
fn whoever_comes_back_to_the_phone_before_cares_there_again() {
    let town = town(&json!([{"kind": "activation_code"}]));
    let old = proven(&town, "mother");
    let hers = green_child(&old, &child("N330106033"));
    town.clock.advance_ms(60_000);
    let new = Phone::new(&town, "new");
    prove(&town, &new, "mother");
    assert_eq!(arrived(&new, 1), std::slice::from_ref(&hers));
    is_told(&old, std::slice::from_ref(&hers));
    town.clock.advance_ms(60_000);
    old.clock.advance_ms(120_000);
    new.clock.advance_ms(60_000);
    prove(&town, &old, "mother");
    assert_eq!(arrived(&old, 1), std::slice::from_ref(&hers));
    let text = code(&old, &hers);
    let verdict = old.checkpoint(&town).check(&text, town.now());
    assert!(verdict.accepted, "{:?}", verdict.reason);
    is_told(&new, &[hers]);
}

#[test]
fn the_desk_moves_a_carer_with_the_family() {
    let mut town = by_word();
    let old = carer(&town, "mother");
    let hers = green_child(&old, &child("N330106034"));
    let before = code(&old, &hers);
    let new = Phone::new(&town, "new");
    let device = new.health_code.device_id().expect("an id");
    let moved = town.move_device(&resident_id(order("mother")), &device);
    assert!(moved.revoked_credentials > 0);
    // Before anybody has the new phone in hand the codes of the lost one count no more.
    let door = carer(&town, "father");
    assert!(is_revoked(&town, &door, &before));
    new.clock.advance_ms(1_000);
    town.clock.advance_ms(1_000);
    new.register_as(order("mother"));
    new.sync();
    assert_eq!(arrived(&new, 1), std::slice::from_ref(&hers));
    is_told(&old, std::slice::from_ref(&hers));
    town.stop();
    let text = code(&new, &hers);
    let verdict = new.checkpoint(&town).check(&text, town.now());
    assert!(verdict.accepted, "{:?}", verdict.reason);
}

#[test]
fn an_app_of_before_on_the_new_phone_asks_itself_and_needs_no_code() {
    let town = town(&json!([{"kind": "activation_code"}]));
    let old = proven(&town, "mother");
    let request = child("N330106035");
    let hers = green_child(&old, &request);
    town.clock.advance_ms(60_000);
    let new = Phone::new(&town, "new");
    // It does not read whom it is to take over.
    new.line.cheat(Some(Box::new(|url, answer| {
        if url.contains("/parts/care") {
            let mut part: Value = serde_json::from_slice(&answer.body).expect("JSON");
            part.as_object_mut().expect("an object").remove("moved");
            answer.body = part.to_string().into_bytes();
        }
    })));
    prove(&town, &new, "mother");
    sync(&new);
    assert!(
        new.health_code
            .dependants()
            .expect("a view")
            .dependants
            .is_empty()
    );
    let again = new.health_code.add_dependant(&request).expect("queued");
    sync(&new);
    assert_eq!(state(&new, &again), DependantState::InCare);
    assert_ne!(again, hers);
    // Nobody else takes the child in by that.
    let father = proven(&town, "father");
    let his = father.health_code.add_dependant(&request).expect("queued");
    sync(&father);
    assert_eq!(state(&father, &his), DependantState::Refused);
}

#[test]
fn who_takes_an_unproven_document_over_takes_nobody_along() {
    let town = town(&json!([{"kind": "none"}, {"kind": "activation_code"}]));
    let squatter = carer(&town, "mother");
    let hers = green_child(&squatter, &child("N330106036"));
    let before = code(&squatter, &hers);
    town.clock.advance_ms(60_000);
    let owner = Phone::new(&town, "owner");
    prove(&town, &owner, "mother");
    assert!(arrived(&owner, 0).is_empty());
    assert!(is_revoked(&town, &owner, &before));
    is_told(&squatter, &[hers]);
    // The child is a citizen still, for the desk to give into care again.
    let request = child("N330106036");
    let refused = owner.health_code.add_dependant(&request).expect("queued");
    sync(&owner);
    assert_eq!(state(&owner, &refused), DependantState::Refused);
    let device = owner.health_code.device_id().expect("an id");
    town.order_care("birth_certificate", "N330106036", &device);
    owner
        .health_code
        .mend_dependant(&refused, &request)
        .expect("queued");
    sync(&owner);
    assert_eq!(state(&owner, &refused), DependantState::InCare);
}
