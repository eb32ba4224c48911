//! A registration that went wrong, end to end over TLS: corrected, lost by the authority, moved to another phone.

use health_code_core::citizen::{CONSENT_VERSION, CitizenFault, Stage};
use health_code_core::colour::{Colour, Reason};
use health_code_core::event::HealthCodeEvent;
use health_code_core::sync::SyncResult;
use health_code_core::words::{Language, text_of_code};
use health_code_tests::phone::{Phone, registration, resident_id};
use health_code_tests::town::Town;
use serde_json::json;

fn citizen_id(phone: &Phone) -> String {
    let home = phone.health_code.home().expect("a view");
    home.colour.expect("a colour").citizen_id
}

fn stage(phone: &Phone) -> Stage {
    phone.health_code.home().expect("a view").stage
}

#[test]
fn a_mistyped_document_is_corrected_after_it_was_taken_and_frees_the_other() {
    let town = Town::new();
    let phone = Phone::new(&town, "phone");
    phone.register_as("002");
    assert_eq!(phone.sync().uploads_sent, 1);
    assert_eq!(stage(&phone), Stage::AwaitingColour);
    // Not 002 but 001; and its owner is not kept out.
    phone.register_as("001");
    phone.declare_well();
    assert_eq!(phone.sync().uploads_sent, 2);
    assert_eq!(phone.colour(), Colour::Green);
    let owner = Phone::new(&town, "owner");
    owner.register_as("002");
    owner.declare_well();
    let outcome = owner.sync();
    assert_eq!(outcome.uploads_sent, 2, "{outcome:?}");
    assert_ne!(citizen_id(&owner), citizen_id(&phone));
    // With a colour decided, the number to call can be changed, the name at the desk alone.
    let mut answers = registration(&resident_id("001"));
    answers.insert("phone".to_owned(), json!("13911112222"));
    phone
        .health_code
        .register(&answers, CONSENT_VERSION)
        .expect("corrected");
    assert_eq!(phone.sync().uploads_sent, 1);
    assert_eq!(phone.colour(), Colour::Green);
    answers.insert("name".to_owned(), json!("欧阳振华子"));
    let refused = phone
        .health_code
        .register(&answers, CONSENT_VERSION)
        .expect_err("fixed");
    assert_eq!(refused.refused()[0].code, "answer_needs_desk");
}

/// The answer got lost: to the phone nothing was taken, to the authority it was.
#[test]
fn a_correction_of_what_was_taken_unnoticed_is_taken_too() {
    let mut town = Town::new();
    let phone = Phone::new(&town, "phone");
    phone.register_as("002");
    phone.line.lose_answers_to("POST", 1);
    assert_eq!(phone.sync().result, SyncResult::Offline);
    assert_eq!(stage(&phone), Stage::RegistrationQueued);
    phone.register_as("001");
    drop(phone);
    town.stop();
    town.start();
    let phone = Phone::new(&town, "phone");
    phone.declare_well();
    phone.clock.advance_ms(60_000);
    town.clock.advance_ms(60_000);
    let outcome = phone.sync();
    assert_eq!(
        (outcome.uploads_sent, outcome.uploads_left),
        (2, 0),
        "{outcome:?}"
    );
    assert_eq!(phone.colour(), Colour::Green);
}

#[test]
fn an_authority_that_came_back_older_has_it_all_again() {
    let mut town = Town::new();
    let copy = town.folder("copy");
    town.stop();
    town.copy_database(&copy);
    town.start();
    let phone = Phone::new(&town, "phone");
    phone.turn_green(&town);
    let before = citizen_id(&phone);
    let legs = [("330106", "G1234")].map(|(division, number)| {
        serde_json::from_value(json!({
            "division": division.parse::<u32>().expect("a number"), "from": "2026-11-20",
            "until": "2026-11-21", "transport": "train", "number": number,
        }))
        .expect("a leg")
    });
    let itinerary = health_code_core::wire::Itinerary {
        legs: legs.to_vec(),
    };
    phone
        .health_code
        .submit_itinerary(&itinerary)
        .expect("filed");
    assert_eq!(phone.sync().uploads_sent, 1);
    phone.events.take();
    town.stop();
    town.put_back_database(&copy);
    town.start();
    // The phone is killed in between, as often as it takes.
    drop(phone);
    let phone = Phone::new(&town, "phone");
    let code = phone.health_code.current_code().expect("the old code");
    assert!(
        phone
            .checkpoint(&town)
            .check(&code.text, town.now())
            .accepted
    );
    phone.clock.advance_ms(3_600_000);
    town.clock.advance_ms(3_600_000);
    let outcome = phone.sync();
    assert_eq!(outcome.result, SyncResult::Synced, "{outcome:?}");
    assert!(outcome.registers_again && outcome.registered, "{outcome:?}");
    assert_eq!(
        (outcome.uploads_sent, outcome.uploads_left),
        (3, 0),
        "{outcome:?}"
    );
    let told = phone
        .events
        .take()
        .into_iter()
        .find_map(|event| match event {
            HealthCodeEvent::RegistersAgain { text } => Some(text),
            _ => None,
        });
    assert!(told.is_some_and(|text| text.contains("registers again by itself")));
    assert_eq!(phone.colour(), Colour::Green);
    assert_ne!(citizen_id(&phone), before, "somebody new to the authority");
    let code = phone.health_code.current_code().expect("a code");
    assert!(
        phone
            .checkpoint(&town)
            .check(&code.text, town.now())
            .accepted
    );
    assert!(!phone.sync().registers_again);
}

#[test]
fn a_lost_phone_is_followed_by_another_with_the_same_colour() {
    let town = Town::new();
    let old = Phone::new(&town, "old");
    old.turn_green(&town);
    let citizen = citizen_id(&old);
    town.change_colour(&citizen, Colour::Yellow, Reason::CloseContact, "");
    old.sync();

    let new = Phone::new(&town, "new");
    new.register();
    assert_eq!(new.sync().uploads_refused[0].code, "already_registered");
    let home = new.health_code.home().expect("a view");
    assert_eq!(home.stage, Stage::RegistrationRefused);
    let refused = &home.uploads_refused[0];
    assert_eq!(refused.kind, "registration");
    let words = text_of_code(&refused.code, Language::English).expect("words");
    assert!(words.contains("desk"), "{words}");

    for clock in [&town.clock, &old.clock, &new.clock] {
        clock.advance_ms(3_600_000);
    }
    let code = old.health_code.current_code().expect("a code");
    let device = new.health_code.device_id().expect("a key");
    let moved = town.move_device(&resident_id("001"), &device);
    assert_eq!(
        (moved.citizen_id.as_str(), moved.revoked_credentials > 0),
        (citizen.as_str(), true)
    );
    // Nothing by itself: the citizen says so once more.
    new.register();
    assert_eq!(new.sync().uploads_sent, 1);
    assert_eq!(new.colour(), Colour::Yellow);
    assert_eq!(citizen_id(&new), citizen);
    let verdict = new.checkpoint(&town).check(&code.text, town.now());
    assert_eq!(Some(verdict.reason), Some("credential_revoked"));

    // The phone before tries by itself, once, and tells; it takes nothing back.
    let outcome = old.sync();
    assert!(
        outcome.registers_again && !outcome.registered,
        "{outcome:?}"
    );
    assert_eq!(outcome.uploads_refused[0].code, "registration_ended");
    let home = old.health_code.home().expect("a view");
    assert_eq!(
        (home.stage, home.colour),
        (Stage::RegistrationRefused, None)
    );
    assert_eq!(
        old.health_code.current_code(),
        Err(CitizenFault::NoCode.into())
    );
    for clock in [&town.clock, &old.clock, &new.clock] {
        clock.advance_ms(3_600_000);
    }
    let outcome = old.sync();
    assert!(
        !outcome.registers_again && outcome.uploads_refused.is_empty(),
        "{outcome:?}"
    );
    // Somebody else's phone from now on.
    old.register_as("007");
    old.declare_well();
    let outcome = old.sync();
    assert_eq!(
        (outcome.uploads_sent, outcome.uploads_left),
        (2, 0),
        "{outcome:?}"
    );
    assert_ne!(citizen_id(&old), citizen);
    // What was declared for the citizen before was not declared for this one.
    assert_eq!(old.colour(), Colour::Green);
    assert_eq!(new.sync().result, SyncResult::Synced);
    assert_eq!(new.colour(), Colour::Yellow);
}
