//! A phone's life: wrong clocks, restarts, refusals, appeals; over loopback TLS.

use std::sync::Arc;

use health_code_core::cancel::CancelHandle;
use health_code_core::citizen::{
    CONSENT_VERSION, CitizenConfig, CitizenFault, CitizenPorts, HealthCode, Stage,
};
use health_code_core::colour::Colour;
use health_code_core::event::HealthCodeEvent;
use health_code_core::sync::{HttpConfig, SyncReason, SyncResult};
use health_code_core::system::SystemEntropy;
use health_code_core::testing::clock::FixedClock;
use health_code_core::testing::device_key::SoftwareP256;
use health_code_core::testing::key_guard::FixedKeyGuard;
use health_code_tests::phone::{Phone, registration, resident_id};
use health_code_tests::town::Town;
use serde_json::json;

const HOUR_MS: u64 = 3_600_000;
const DAY_MS: u64 = 24 * HOUR_MS;

#[test]
fn wrong_phone_clocks_neither_lock_out_nor_unlock() {
    let town = Town::new();
    let true_ms = town.now() * 1_000;
    for (seed, name, wrong_by_ms) in [
        (1, "decade back", -315_360_000_000_i64),
        (2, "hour ahead", 3_600_000),
        (3, "right", 0),
    ] {
        let clock = Arc::new(FixedClock::new(true_ms + wrong_by_ms));
        let phone = Phone::with(
            &town,
            name,
            Some(Arc::new(SoftwareP256::from_seed(&[seed; 32]))),
            clock,
        );
        phone.register_as(&format!("10{seed}"));
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
    assert_eq!(phone.colour(), Colour::Green);
    let again = phone.health_code.current_code().expect("a code").text;
    assert_eq!(again.len(), text.len());
    // Nobody is asked twice: yesterday's answers are there.
    let draft = phone.health_code.draft(&form).expect("prefilled");
    assert_eq!(draft.get("phone"), Some(&json!("13800001234")));
    assert_eq!(
        phone
            .health_code
            .register(&registration(&resident_id("001")), CONSENT_VERSION),
        Err(CitizenFault::AlreadyRegistered.into())
    );
}

#[test]
fn a_document_that_another_phone_registered_is_refused_and_told() {
    let town = Town::new();
    Phone::new(&town, "first").turn_green(&town);
    let second = Phone::new(&town, "second");
    second.register();
    let outcome = second.sync();
    assert_eq!(outcome.uploads_refused.len(), 1, "{outcome:?}");
    assert_eq!(outcome.uploads_refused[0].code, "already_registered");
    assert!(second.events.take().iter().any(
        |event| matches!(event, HealthCodeEvent::UploadRefused { code, .. } if code == "already_registered")
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
        Err(CitizenFault::ConsentMissing.into())
    );
    let Err(refused) = phone
        .health_code
        .register(&registration("110105194912310021"), CONSENT_VERSION)
    else {
        panic!("a wrong check digit was taken");
    };
    assert!(
        refused.refused()[0].path.starts_with("document"),
        "{refused:?}"
    );
    assert_eq!(
        phone
            .health_code
            .submit_declaration(&serde_json::Map::new()),
        Err(CitizenFault::NotRegistered.into())
    );
    assert_eq!(phone.health_code.home().expect("a view").uploads_waiting, 0);
    phone.register();
    assert!(matches!(
        phone
            .health_code
            .submit_declaration(&serde_json::Map::new()),
        Err(refused) if !refused.refused().is_empty()
    ));
}

#[test]
fn an_appeal_is_queued_offline_and_taken() {
    let town = Town::new();
    let phone = Phone::new(&town, "phone");
    phone.turn_green(&town);
    phone
        .health_code
        .submit_appeal("我当日不在该地点。")
        .expect("queued");
    let outcome = phone.sync();
    assert_eq!(
        (outcome.result, outcome.uploads_sent),
        (SyncResult::Synced, 1),
        "{outcome:?}"
    );
}

#[test]
fn an_expired_code_is_still_shown_and_says_so() {
    let mut town = Town::new();
    let phone = Phone::new(&town, "phone");
    phone.turn_green(&town);
    assert!(!phone.health_code.current_code().expect("a code").is_expired);
    let checkpoint = phone.checkpoint(&town);
    town.stop();
    town.clock.advance_ms(25 * 3_600_000);
    phone.clock.advance_ms(25 * 3_600_000);
    let code = phone.health_code.current_code().expect("still a code");
    assert!(code.is_expired);
    let home = phone.health_code.home().expect("a view");
    assert!(!home.code_available);
    let reason = checkpoint.check(&code.text, town.now()).reason;
    assert_eq!(reason, "credential_expired");
}

#[test]
fn a_phone_that_was_closed_opens_again_at_once() {
    let town = Town::new();
    Phone::new(&town, "phone").turn_green(&town);
    for round in 0..20 {
        // The core's own HTTPS, which keeps connections open.
        let opened = HealthCode::open(
            &town.folder("phone"),
            CitizenConfig {
                base_url: town.base_url.clone(),
                language: "en".to_owned(),
                root_key: town.root_key,
                http: HttpConfig {
                    roots_pem: town.ca_pem.clone(),
                    pins: None,
                },
            },
            CitizenPorts {
                clock: town.clock.clone(),
                entropy: Arc::new(SystemEntropy),
                key_guard: Arc::new(FixedKeyGuard::new(9)),
                device_signer: None,
                subject_keys: None,
                transport: None,
                observer: None,
            },
        );
        let health_code = opened.unwrap_or_else(|error| panic!("round {round}: {error}"));
        let outcome = health_code.sync_once(SyncReason::UserAsked, 10_000, &CancelHandle::new());
        assert_eq!(outcome.result, SyncResult::Synced, "round {round}");
    }
}
