//! The main job, end to end: a phone, an authority over loopback TLS, a checkpoint without either.

use std::sync::Arc;

use health_code_core::colour::{Colour, Reason};
use health_code_core::ports::{CancelHandle, Event};
use health_code_core::session::{CONSENT, SessionError, SessionFault, Stage};
use health_code_core::sync::{SyncReason, SyncResult};
use health_code_core::testing::clock::FixedClock;
use health_code_core::testing::device_key::SoftwareP256;
use health_code_tests::phone::{Phone, registration, resident_id};
use health_code_tests::town::Town;
use serde_json::json;

const HOUR_MS: u64 = 3_600_000;
const DAY_MS: u64 = 24 * HOUR_MS;

fn colour_of(phone: &Phone) -> Colour {
    phone
        .health_code
        .home()
        .expect("a view")
        .colour
        .expect("a colour")
        .colour
}

/// Registered, declared well, synced.
fn green(town: &Town, phone: &Phone) {
    phone.register();
    phone.declare_well();
    let outcome = phone.sync();
    assert_eq!(outcome.result, SyncResult::Synced, "{outcome:?}");
    assert_eq!(outcome.uploads_left, 0);
    assert_eq!(colour_of(phone), Colour::Green);
    assert!(
        phone
            .checkpoint(town)
            .check(
                &phone.health_code.current_code().expect("a code").text,
                town.now()
            )
            .accepted
    );
}

#[test]
fn from_a_form_to_a_code_that_is_accepted_with_the_server_off() {
    let mut town = Town::new();
    for (name, hardware) in [("software", false), ("hardware", true)] {
        let signer: Option<Arc<dyn health_code_core::ports::DeviceSigner>> = if hardware {
            Some(Arc::new(SoftwareP256::from_seed(&[5; 32])))
        } else {
            None
        };
        let clock = Arc::new(FixedClock::new(town.now() * 1_000));
        let phone = Phone::with(&town, name, signer, clock);

        assert_eq!(
            phone.health_code.home().expect("a view").stage,
            Stage::NotRegistered
        );
        phone.register_as(if hardware { "002" } else { "001" });
        assert_eq!(
            phone.health_code.home().expect("a view").stage,
            Stage::RegistrationQueued
        );
        assert_eq!(
            phone.health_code.current_code(),
            Err(SessionError::Session(SessionFault::NoCode))
        );
        phone.declare_well();
        assert_eq!(phone.health_code.home().expect("a view").uploads_waiting, 2);
        assert!(phone.health_code.sync_wanted());

        let outcome = phone.sync();
        assert_eq!(
            (outcome.result, outcome.uploads_sent, outcome.uploads_left),
            (SyncResult::Synced, 2, 0)
        );
        let home = phone.health_code.home().expect("a view");
        let view = home.colour.clone().expect("a colour");
        assert_eq!(
            (home.stage, view.colour, view.reason),
            (Stage::Decided, Colour::Green, Reason::Clear)
        );
        assert_eq!(view.recomputed_same, Some(true));
        assert!(home.code_available && home.time_is_anchored);
        assert_eq!(home.data_age_secs, Some(0));
        let told = phone.events.take();
        assert!(
            matches!(told.as_slice(), [Event::ColourChanged(change)] if change.from.is_none() && change.to == Colour::Green),
            "{told:?}"
        );

        let checkpoint = phone.checkpoint(&town);
        if hardware {
            town.stop();
        }
        let code = phone.health_code.current_code().expect("a code");
        assert!(code.text.len() <= 366, "{}", code.text.len());
        let verdict = checkpoint.check(&code.text, town.now());
        assert!(verdict.accepted, "{}", verdict.reason);
        assert_eq!(verdict.masked_name.as_deref(), Some("欧**华"));
        assert_eq!(verdict.region, Some(330_100));
        let assurance = verdict.assurance.expect("assurance").id();
        assert_eq!(assurance, if hardware { "hardware" } else { "software" });
    }
}

#[test]
fn server_down_for_two_hours_showing_and_checking_go_on() {
    let mut town = Town::new();
    let phone = Phone::new(&town, "phone");
    green(&town, &phone);
    let checkpoint = phone.checkpoint(&town);
    town.stop();
    let mut last = String::new();
    for _ in 0..24 {
        town.clock.advance_ms(HOUR_MS / 12);
        phone.clock.advance_ms(HOUR_MS / 12);
        let outcome =
            phone
                .health_code
                .sync_once(SyncReason::UserAsked, 5_000, &CancelHandle::new());
        assert!(
            matches!(outcome.result, SyncResult::Offline | SyncResult::Waiting),
            "{outcome:?}"
        );
        let code = phone.health_code.current_code().expect("a code");
        assert_ne!(code.text, last);
        let verdict = checkpoint.check(&code.text, town.now());
        assert!(verdict.accepted, "{}", verdict.reason);
        last = code.text;
    }
    assert_eq!(
        phone.health_code.home().expect("a view").data_age_secs,
        Some(7_200)
    );
    // Back again: nothing has to be done by hand.
    town.start();
    town.clock.advance_ms(DAY_MS);
    phone.clock.advance_ms(DAY_MS);
    phone.declare_well();
    assert_eq!(phone.sync().result, SyncResult::Synced);
}

#[test]
fn answer_lost_after_the_authority_applied_it_arrives_once() {
    let town = Town::new();
    let phone = Phone::new(&town, "phone");
    phone.register();
    let id = phone.declare_well();
    phone.line.lose_answers(1);
    let outcome = phone.sync();
    assert_ne!(outcome.result, SyncResult::Synced);
    assert_eq!(outcome.uploads_left, 1);
    let outcome = phone.sync();
    assert_eq!(
        (outcome.result, outcome.uploads_sent),
        (SyncResult::Synced, 1)
    );
    let database = rusqlite::Connection::open(town.database()).expect("the database");
    let count = |sql: &str| {
        database
            .query_row(sql, [], |row| row.get::<_, i64>(0))
            .expect("a count")
    };
    assert_eq!(count("SELECT count(*) FROM uploads"), 1);
    assert_eq!(count("SELECT count(*) FROM check_ins"), 1);
    assert!(uuid::Uuid::parse_str(&id).is_ok());
}

#[test]
fn wrong_phone_clocks_neither_lock_out_nor_unlock() {
    let town = Town::new();
    let true_ms = town.now() * 1_000;
    for (name, wrong_by_ms) in [
        ("decade back", -315_360_000_000_i64),
        ("hour ahead", 3_600_000),
        ("right", 0),
    ] {
        let clock = Arc::new(FixedClock::new(true_ms + wrong_by_ms));
        let phone = Phone::with(
            &town,
            name,
            Some(Arc::new(SoftwareP256::from_seed(&[name.len() as u8; 32]))),
            clock,
        );
        phone.register_as(&format!("1{:02}", name.len()));
        // Before the first answer the phone's clock is all there is; the form is filled in after it.
        let first = phone.sync();
        assert_eq!(first.result, SyncResult::Synced, "{name}: {first:?}");
        phone.declare_well();
        let second = phone.sync();
        assert_eq!(
            (second.result, second.uploads_sent),
            (SyncResult::Synced, 1),
            "{name}: {second:?}"
        );
        assert_eq!(
            phone.health_code.home().expect("a view").stage,
            Stage::Decided,
            "{name}: {second:?}"
        );
        let checkpoint = phone.checkpoint(&town);
        let verdict = checkpoint.check(
            &phone.health_code.current_code().expect("a code").text,
            town.now(),
        );
        assert!(verdict.accepted, "{name}: {}", verdict.reason);
        // Turned back and forth afterwards: the trusted time does not move.
        let before = phone.health_code.now().at_ms;
        for jump in [-DAY_MS.cast_signed(), DAY_MS.cast_signed()] {
            phone.clock.set_wall_ms(true_ms + jump);
            assert_eq!(phone.health_code.now().at_ms, before, "{name}");
        }
    }
}

#[test]
fn two_officers_change_the_colour_and_the_phone_says_why() {
    let town = Town::new();
    let phone = Phone::new(&town, "phone");
    green(&town, &phone);
    phone.events.take();
    let old = phone.health_code.current_code().expect("a code");
    let citizen_id = phone
        .health_code
        .home()
        .expect("a view")
        .colour
        .expect("a colour")
        .citizen_id;
    town.change_colour(&citizen_id, Colour::Yellow, Reason::CloseContact, "");

    phone.health_code.push_hint();
    assert_eq!(
        colour_of(&phone),
        Colour::Green,
        "a push alone changes nothing"
    );
    assert!(phone.health_code.sync_wanted());
    let outcome = phone
        .health_code
        .sync_once(SyncReason::PushHint, 20_000, &CancelHandle::new());
    assert_eq!(
        (outcome.result, outcome.state_changed),
        (SyncResult::Synced, true)
    );
    let view = phone
        .health_code
        .home()
        .expect("a view")
        .colour
        .expect("a colour");
    assert_eq!(
        (view.colour, view.reason, view.recomputed_same),
        (Colour::Yellow, Reason::CloseContact, Some(true))
    );
    assert_eq!(view.rule_set_id, "hangzhou");
    assert!(view.earliest_green.is_some() && !view.instruction_zh.is_empty());
    let events = phone.events.take();
    assert!(
        matches!(events.as_slice(), [Event::ColourChanged(change)]
            if change.from == Some(Colour::Green) && change.to == Colour::Yellow && change.reason == Reason::CloseContact),
        "{events:?}"
    );
    phone.sync();
    assert!(phone.events.take().is_empty(), "told once");

    let checkpoint = phone.checkpoint(&town);
    assert_eq!(
        checkpoint.check(&old.text, town.now()).reason,
        "credential_revoked"
    );
    let yellow = checkpoint.check(
        &phone.health_code.current_code().expect("a code").text,
        town.now(),
    );
    assert_eq!(
        (yellow.reason.as_str(), yellow.colour),
        ("colour_not_admitted", Some(Colour::Yellow))
    );
}

#[test]
fn seven_daily_check_ins_end_a_yellow_code_and_a_missed_day_starts_again() {
    let town = Town::new();
    let phone = Phone::new(&town, "phone");
    green(&town, &phone);
    let citizen_id = phone
        .health_code
        .home()
        .expect("a view")
        .colour
        .expect("a colour")
        .citizen_id;
    town.change_colour(&citizen_id, Colour::Yellow, Reason::CloseContact, "");
    let day = |declare: bool| {
        town.clock.advance_ms(DAY_MS);
        phone.clock.advance_ms(DAY_MS);
        if declare {
            phone.declare_well();
        }
        let outcome = phone.sync();
        assert_eq!(outcome.result, SyncResult::Synced, "{outcome:?}");
        colour_of(&phone)
    };
    for _ in 0..3 {
        assert_eq!(day(true), Colour::Yellow);
    }
    assert_eq!(day(false), Colour::Yellow);
    let colours: Vec<Colour> = (0..7).map(|_| day(true)).collect();
    assert_eq!(
        colours[..6],
        [Colour::Yellow; 6],
        "the missed day started the count again"
    );
    assert_eq!(colours[6], Colour::Green);
    assert!(
        phone
            .checkpoint(&town)
            .check(
                &phone.health_code.current_code().expect("a code").text,
                town.now()
            )
            .accepted
    );
}

#[test]
fn a_restarted_phone_goes_on_where_it_was() {
    let town = Town::new();
    let phone = Phone::new(&town, "phone");
    phone.register();
    let form = phone.health_code.declaration_form().expect("a form");
    let mut half = phone.health_code.draft(&form).expect("prefilled");
    half.insert("temperature".to_owned(), json!(36.9));
    phone
        .health_code
        .save_draft(&form.definition().id, &half)
        .expect("kept");
    drop(phone);
    let phone = Phone::new(&town, "phone");
    assert_eq!(phone.health_code.draft(&form).expect("kept"), half);
    phone.declare_well();
    drop(phone);
    let phone = Phone::new(&town, "phone");
    let outcome = phone.sync();
    assert_eq!(
        (outcome.result, outcome.uploads_sent),
        (SyncResult::Synced, 2)
    );
    let text = phone.health_code.current_code().expect("a code").text;
    drop(phone);
    let phone = Phone::new(&town, "phone");
    assert_eq!(colour_of(&phone), Colour::Green);
    let again = phone.health_code.current_code().expect("a code").text;
    assert_eq!(again.len(), text.len());
    // Nobody is asked twice: yesterday's answers are there.
    let draft = phone.health_code.draft(&form).expect("prefilled");
    assert_eq!(draft.get("phone"), Some(&json!("13800001234")));
    assert_eq!(
        phone
            .health_code
            .register(&registration(&resident_id("001")), CONSENT.version),
        Err(SessionError::Session(SessionFault::AlreadyRegistered))
    );
}

#[test]
fn a_document_that_another_phone_registered_is_refused_and_told() {
    let town = Town::new();
    green(&town, &Phone::new(&town, "first"));
    let second = Phone::new(&town, "second");
    second.register();
    let outcome = second.sync();
    assert_eq!(outcome.uploads_refused.len(), 1, "{outcome:?}");
    assert_eq!(outcome.uploads_refused[0].code, "already_registered");
    assert!(second.events.take().iter().any(
        |event| matches!(event, Event::UploadRefused { code, .. } if code == "already_registered")
    ));
    assert!(
        !second
            .health_code
            .home()
            .expect("a view")
            .uploads_refused
            .is_empty()
    );
}

#[test]
fn forms_and_consent_are_checked_before_anything_is_queued() {
    let town = Town::new();
    let phone = Phone::new(&town, "phone");
    assert_eq!(
        phone
            .health_code
            .register(&registration(&resident_id("001")), 0),
        Err(SessionError::Session(SessionFault::ConsentMissing))
    );
    let Err(SessionError::Form(errors)) = phone
        .health_code
        .register(&registration("110105194912310021"), CONSENT.version)
    else {
        panic!("a wrong check digit was taken");
    };
    assert!(errors[0].path.starts_with("document"), "{}", errors[0].path);
    assert_eq!(
        phone
            .health_code
            .submit_declaration(&serde_json::Map::new()),
        Err(SessionError::Session(SessionFault::NotRegistered))
    );
    assert_eq!(phone.health_code.home().expect("a view").uploads_waiting, 0);
    phone.register();
    assert!(matches!(
        phone
            .health_code
            .submit_declaration(&serde_json::Map::new()),
        Err(SessionError::Form(_))
    ));
}

#[test]
fn an_objection_is_queued_offline_and_taken() {
    let town = Town::new();
    let phone = Phone::new(&town, "phone");
    green(&town, &phone);
    phone
        .health_code
        .submit_correction("我当日不在该地点。")
        .expect("queued");
    let outcome = phone.sync();
    assert_eq!(
        (outcome.result, outcome.uploads_sent),
        (SyncResult::Synced, 1),
        "{outcome:?}"
    );
}

#[test]
fn a_fever_declared_turns_the_code_away_from_green() {
    let town = Town::new();
    let phone = Phone::new(&town, "phone");
    green(&town, &phone);
    town.clock.advance_ms(HOUR_MS);
    phone.clock.advance_ms(HOUR_MS);
    phone.declare(
        &json!({ "temperature": 38.6, "symptoms": ["fever"], "symptomsSince": "2026-11-24" }),
    );
    assert_eq!(phone.sync().result, SyncResult::Synced);
    let view = phone
        .health_code
        .home()
        .expect("a view")
        .colour
        .expect("a colour");
    assert_ne!(view.colour, Colour::Green);
    assert_eq!(view.recomputed_same, Some(true));
}
