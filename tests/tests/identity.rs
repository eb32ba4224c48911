//! What people type, end to end: from the form on a phone, over TLS, to the authority and the colour.

use std::sync::Arc;

use health_code_core::cancel::CancelHandle;
use health_code_core::citizen::{
    CONSENT_VERSION, CitizenConfig, CitizenErrorKind, CitizenPorts, HealthCode,
};
use health_code_core::colour::Colour;
use health_code_core::form::Form;
use health_code_core::rules::RuleSet;
use health_code_core::sync::{HttpConfig, SyncReason, SyncResult};
use health_code_core::system::SystemEntropy;
use health_code_core::testing::clock::FixedClock;
use health_code_core::testing::key_guard::FixedKeyGuard;
use health_code_core::wire::{Itinerary, ItineraryLeg};
use health_code_tests::phone::{Phone, registration, resident_id};
use health_code_tests::town::Town;
use serde_json::json;

const DAY_MS: u64 = 86_400_000;

fn fields(
    phone: &HealthCode,
    error: &health_code_core::citizen::CitizenError,
) -> Vec<(String, String)> {
    assert_eq!(error.kind(), CitizenErrorKind::FormRefused, "{error}");
    let fields = error.fields(&phone.language());
    fields
        .into_iter()
        .map(|field| (field.path, field.code))
        .collect()
}

#[test]
fn one_citizen_however_the_document_is_written() {
    let town = Town::new();
    let number = resident_id("001");
    let first = Phone::new(&town, "first");
    let mut answers = registration(&number);
    answers.insert("name".into(), json!("\u{202d}欧阳\u{e863}\u{202c}"));
    answers.insert("phone".into(), json!("0086 138 0000 1234"));
    answers.insert(
        "document".into(),
        json!({"kind": "resident_id", "number": format!("{}{}", &number[..6], &number[8..17])}),
    );
    first
        .health_code
        .register(&answers, CONSENT_VERSION)
        .expect("registered");
    first.declare(&json!({"contact": true, "contactOn": "2026-11-24", "contactKind": "household"}));
    assert_eq!(first.sync().result, SyncResult::Synced);
    assert_eq!(first.colour(), Colour::Red);

    // The number as it stands on the card is refused by the authority, the same number as another document by the form.
    let second = Phone::new(&town, "second");
    second
        .health_code
        .register(&registration(&number), CONSENT_VERSION)
        .expect("queued");
    let outcome = second.sync();
    assert_eq!(outcome.uploads_refused.len(), 1, "{outcome:?}");
    assert_eq!(outcome.uploads_refused[0].code, "already_registered");
    for other in [
        number.clone(),
        format!("SFZ{number}"),
        format!("{}1", &number[..17]),
    ] {
        let mut answers = registration(&number);
        answers.insert("document".into(), json!({"kind": "other", "number": other}));
        let error = second
            .health_code
            .register(&answers, CONSENT_VERSION)
            .expect_err("refused");
        let expected = [(
            "document.number".to_owned(),
            "document_of_another_kind".to_owned(),
        )];
        assert_eq!(fields(&second.health_code, &error), expected, "{other}");
    }
}

#[test]
fn a_declaration_that_comes_late_counts() {
    let town = Town::new();
    for (order, days) in [("001", 0), ("002", 1), ("003", 3)] {
        let phone = Phone::new(&town, order);
        phone.register_as(order);
        phone.sync();
        let today = town.now();
        let until = chrono_day(today - 14 * 86_400);
        // 14 days ago is the last day that the form takes, and it is past midnight when the network comes back.
        phone.declare(
            &json!({"highRiskStay": true, "highRiskDivision": 420_100, "highRiskUntil": until}),
        );
        town.clock.advance_ms(days * DAY_MS);
        phone.clock.advance_ms(days * DAY_MS);
        let outcome = phone.sync();
        assert_eq!(
            (outcome.result, outcome.uploads_sent),
            (SyncResult::Synced, 1),
            "{days}: {outcome:?}"
        );
        assert_eq!(phone.colour(), Colour::Red, "{days} days late");
    }
}

fn chrono_day(at: i64) -> String {
    RuleSet::from_json(health_code_core::rules::shipped()[0].1.as_bytes())
        .expect("rules")
        .local_day(at)
        .expect("a day")
}

#[test]
fn an_itinerary_and_an_objection_are_checked_before_they_are_queued() {
    let town = Town::new();
    let phone = Phone::new(&town, "phone");
    phone.turn_green(&town);
    let leg = |number: &str, transport: &str| ItineraryLeg {
        division: 420_100,
        from: "2026-11-20".into(),
        until: "2026-11-21".into(),
        transport: transport.into(),
        number: number.into(),
    };
    let itinerary = Itinerary {
        legs: vec![leg("G1234（改签）", "train"), leg("", "taxi")],
    };
    let error = phone
        .health_code
        .submit_itinerary(&itinerary)
        .expect_err("refused");
    let expected = [
        (
            "legs.0.number".to_owned(),
            "itinerary_number_invalid".to_owned(),
        ),
        (
            "legs.1.transport".to_owned(),
            "itinerary_transport_unknown".to_owned(),
        ),
    ];
    assert_eq!(fields(&phone.health_code, &error), expected);
    for (statement, code) in [
        (String::new(), "answer_required"),
        ("\u{3164}".into(), "answer_required"),
        ("字".repeat(2_001), "answer_too_long"),
    ] {
        let error = phone
            .health_code
            .submit_appeal(&statement)
            .expect_err("refused");
        assert_eq!(
            fields(&phone.health_code, &error),
            [("statement".to_owned(), code.to_owned())]
        );
    }
    assert_eq!(phone.health_code.home().expect("a view").uploads_waiting, 0);
    let cleaned = Itinerary {
        legs: vec![leg(" Ｇ１２３４\u{feff}", "train")],
    };
    phone
        .health_code
        .submit_itinerary(&cleaned)
        .expect("queued");
    phone
        .health_code
        .submit_appeal("没有去过。\r\n请更正。")
        .expect("queued");
    let outcome = phone.sync();
    assert_eq!(
        (outcome.uploads_sent, outcome.uploads_refused),
        (2, Vec::new())
    );
}

#[test]
fn a_clock_at_1970_is_named_and_nothing_else_is_blamed() {
    let town = Town::new();
    // 1990-03-07, inside of the document's number.
    let born_ms = 636_768_000_000;
    for (name, at_ms, result_code) in [
        ("1970", 0, "network_certificate_time"),
        ("1980", 315_532_800_000, "network_certificate_time"),
        ("2019", 1_546_300_800_000, "network_certificate_time"),
        ("2250", 8_835_984_000_000, "network_certificate_time"),
    ] {
        let phone = HealthCode::open(
            &town.folder(name),
            CitizenConfig {
                base_url: town.base_url.clone(),
                root_key: town.root_key,
                language: "en".to_owned(),
                http: HttpConfig {
                    roots_pem: town.ca_pem.clone(),
                    pins: None,
                },
            },
            CitizenPorts {
                clock: Arc::new(FixedClock::new(at_ms)),
                entropy: Arc::new(SystemEntropy),
                key_guard: Arc::new(FixedKeyGuard::new(9)),
                device_signer: None,
                subject_keys: None,
                transport: None,
                observer: None,
            },
        )
        .expect("a phone");
        let answers = registration(&resident_id("001"));
        let form = phone.registration_form().expect("a form");
        let registered = phone.register(&answers, CONSENT_VERSION);
        let review = phone.review(&form, &answers).expect("a view");
        if at_ms < born_ms {
            assert_eq!(
                registered.expect_err("refused").code(),
                "clock_wrong",
                "{name}"
            );
            let codes: Vec<_> = review.errors.iter().map(|one| one.code.as_str()).collect();
            assert_eq!(codes, ["clock_wrong"], "{name}");
        } else {
            // Nothing in the answers depends on the clock: they are queued, and dated by the authority.
            registered.expect("queued");
            assert!(review.errors.is_empty(), "{name}");
        }
        let outcome = phone.sync_once(SyncReason::UserAsked, 20_000, &CancelHandle::new());
        assert_eq!(outcome.result, SyncResult::CertificateRefused, "{name}");
        assert_eq!(outcome.problem.as_deref(), Some(result_code), "{name}");
    }
}

#[test]
fn a_wrong_clock_that_was_told_the_time_once_is_no_hindrance() {
    let town = Town::new();
    let phone = Phone::new(&town, "phone");
    phone.sync();
    phone.clock.set_wall_ms(0);
    phone.register();
    phone.declare_well();
    assert_eq!(phone.sync().uploads_sent, 2);
    assert_eq!(phone.colour(), Colour::Green);
}

#[test]
fn a_form_and_a_rule_set_with_a_member_twice_are_refused() {
    let form = health_code_core::form::HEALTH_DECLARATION;
    let (_, rules) = health_code_core::rules::shipped()[0];
    for (text, once, twice) in [
        (
            form,
            "{\"var\":\"answers.temperature\"}",
            "{\"var\":\"answers.symptoms\", \"var\":\"answers.temperature\"}",
        ),
        (form, "\"min\":34", "\"min\":34, \"m\\u0069n\":0"),
        (
            form,
            "\"required\":true",
            "\"required\":true, \"required\":false",
        ),
        (
            form,
            "\"en\":\"Body temperature\"",
            "\"en\":\"x\", \"en\":\"Body temperature\"",
        ),
        (
            rules,
            "{\"var\": \"order.colour\"}",
            "{\"var\": \"order.reason\", \"var\": \"order.colour\"}",
        ),
        (
            rules,
            "\"colour\": \"red\"",
            "\"colour\": \"green\", \"colour\": \"red\"",
        ),
        (
            rules,
            "\"redCheckIns\": 14",
            "\"redCheckIns\": 1, \"redCheckIns\": 14",
        ),
    ] {
        let changed = text.replacen(once, twice, 1);
        assert_ne!(changed, text, "{once}");
        if text == form {
            let error = Form::from_json(changed.as_bytes()).expect_err(twice);
            assert_eq!(error.code(), "form_malformed", "{twice}");
        } else {
            let error = RuleSet::from_json(changed.as_bytes()).expect_err(twice);
            assert_eq!(error.code(), "rule_set_malformed", "{twice}");
        }
    }
}
