//! The main job, end to end: a phone, an authority over loopback TLS, a checkpoint without either.

use std::sync::Arc;

use health_code_core::cancel::CancelHandle;
use health_code_core::citizen::{CitizenFault, Recomputation, Stage};
use health_code_core::colour::{Colour, Reason};
use health_code_core::event::HealthCodeEvent;
use health_code_core::rules::{HANGZHOU, RuleSet};
use health_code_core::sync::{SyncReason, SyncResult};
use health_code_core::testing::clock::FixedClock;
use health_code_core::testing::device_key::SoftwareP256;
use health_code_tests::phone::Phone;
use health_code_tests::town::Town;
use serde_json::{Value, json};

const HOUR_MS: u64 = 3_600_000;
const DAY_MS: u64 = 24 * HOUR_MS;

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
            Err(CitizenFault::NoCode.into())
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
            (Stage::Decided, Colour::Green, Some(Reason::Clear))
        );
        assert_eq!(view.recomputation, Recomputation::Same);
        assert!(home.code_available && home.time_is_anchored);
        assert_eq!(home.data_age_secs, Some(0));
        let told = phone.events.take();
        assert!(
            matches!(told.as_slice(), [HealthCodeEvent::ColourChanged(change)] if change.from.is_none() && change.to == Colour::Green),
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
    phone.turn_green(&town);
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
    // Kinds of records: 4 is an upload as it was received, 5 the list of days with a check-in.
    assert_eq!(count("SELECT count(*) FROM records WHERE kind = 4"), 1);
    assert_eq!(count("SELECT count(*) FROM records WHERE kind = 5"), 1);
    assert!(uuid::Uuid::parse_str(&id).is_ok());
}

#[test]
fn two_officers_change_the_colour_and_the_phone_says_why() {
    let town = Town::new();
    let phone = Phone::new(&town, "phone");
    phone.turn_green(&town);
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
        phone.colour(),
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
        (view.colour, view.reason, view.recomputation),
        (
            Colour::Yellow,
            Some(Reason::CloseContact),
            Recomputation::Same
        )
    );
    assert_eq!(view.rule_set_id, "hangzhou");
    assert!(view.earliest_green.is_some() && !view.instruction.is_empty());
    let events = phone.events.take();
    assert!(
        matches!(events.as_slice(), [HealthCodeEvent::ColourChanged(change)]
            if change.from == Some(Colour::Green) && change.to == Colour::Yellow && change.reason == Some(Reason::CloseContact)),
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
        (yellow.reason, yellow.colour),
        ("colour_not_admitted", Some(Colour::Yellow))
    );
}

#[test]
fn a_rule_set_published_while_the_server_runs_counts_at_the_next_sync() {
    let town = Town::new();
    let phone = Phone::new(&town, "phone");
    phone.register();
    phone.declare(
        &json!({"temperature": 38.5, "symptoms": ["fever"], "symptomsSince": "2026-11-24"}),
    );
    phone.sync();
    assert_eq!(phone.colour(), Colour::Yellow);
    let mut rules: Value = serde_json::from_str(health_code_core::rules::HANGZHOU).expect("JSON");
    rules["version"] = json!(2);
    let all = rules["rules"].as_array_mut().expect("rules");
    let mut fever = all
        .iter_mut()
        .filter(|rule| rule["id"] == "yellow-declared-fever");
    fever.next().expect("the rule")["colour"] = json!("red");
    town.publish("rule-set", "hangzhou", 2, rules.to_string().as_bytes());
    phone.sync();
    let view = phone
        .health_code
        .home()
        .expect("a view")
        .colour
        .expect("a colour");
    // Computed again on the phone by the rule set that came with the same sync.
    assert_eq!(
        (view.colour, view.rule_set_version, view.recomputation),
        (Colour::Red, 2, Recomputation::Same)
    );
}

#[test]
fn seven_daily_check_ins_end_a_yellow_code_and_a_missed_day_starts_again() {
    let town = Town::new();
    let phone = Phone::new(&town, "phone");
    phone.turn_green(&town);
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
        phone.colour()
    };
    let check_ins = || {
        let colour = phone.health_code.home().expect("a view").colour;
        let view = colour.expect("a colour").check_ins.expect("check-ins");
        let rules = RuleSet::from_json(HANGZHOU.as_bytes()).expect("rules");
        let now = phone.health_code.now().at_secs();
        let today = rules.local_day(now).expect("a day");
        let due_today = view.next_due.map(|due| due == today);
        (
            view.done,
            view.required,
            view.last == Some(today),
            due_today,
        )
    };
    for done in 2..5 {
        assert_eq!(day(true), Colour::Yellow);
        assert_eq!(check_ins(), (done, 7, true, Some(false)));
    }
    // Today's may still come; after a day without one the count starts again.
    assert_eq!(day(false), Colour::Yellow);
    assert_eq!(check_ins(), (4, 7, false, Some(true)));
    assert_eq!(day(false), Colour::Yellow);
    assert_eq!(check_ins(), (0, 7, false, Some(true)));
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
fn a_fever_declared_turns_the_code_away_from_green() {
    let town = Town::new();
    let phone = Phone::new(&town, "phone");
    phone.turn_green(&town);
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
    assert_eq!(view.recomputation, Recomputation::Same);
}
