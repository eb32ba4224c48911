//! Results of laboratories, end to end over TLS: reported, told to the phone, counted by the rules, and counted down with the server off.

use std::time::Duration;

use health_code_authority::sign_reports;
use health_code_core::capability::results::{
    RESULT_TYPE, Report, ReportedDocument, Reports, ReportsAnswer, ResultLevel, ResultOutcome,
    ResultRecord, ResultStep,
};
use health_code_core::citizen::HomeNoticeKind;
use health_code_core::colour::Colour;
use health_code_core::event::HealthCodeEvent;
use health_code_core::sync::SyncResult;
use health_code_core::trust::{TrustBundle, open_bundle};
use health_code_core::wire::BundleKind;
use health_code_tests::laboratory::{key, laboratories};
use health_code_tests::phone::{Phone, resident_id};
use health_code_tests::town::Town;
use serde_json::{Value, json};

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

/// Both officers publish the list with one laboratory.
fn publish(town: &Town, version: u64, struck_off_at: Option<i64>) {
    let list = laboratories(
        version,
        struck_off_at,
        &["nucleic_acid", "vaccination", "other"],
    );
    let content = serde_json::to_vec(&list).expect("JSON");
    town.publish("laboratories", "laboratories", version, &content);
}

fn town() -> Town {
    let town = Town::new();
    publish(&town, 1, None);
    town
}

fn report(town: &Town, id: &str, outcome: &str) -> Report {
    Report {
        id: id.to_owned(),
        version: 1,
        document: ReportedDocument {
            kind: "resident_id".to_owned(),
            number: resident_id("001"),
        },
        kind: "nucleic_acid".to_owned(),
        outcome: outcome.to_owned(),
        sampled_at: town.now() - HOUR,
        place: Some("Gate 3".to_owned()),
        dose: None,
        product: None,
        withdrawn: false,
    }
}

/// The laboratory's system sends these; the answer as it came.
fn send(town: &Town, results: Vec<Report>) -> (u16, Vec<u8>) {
    let reports = Reports {
        iss: "lab".to_owned(),
        aud: "330100".to_owned(),
        iat: town.now(),
        results,
    };
    let body = sign_reports(&reports, &key()).into_bytes();
    let path = "/v1/laboratories/lab/results";
    let answer = town.request_of_type("POST", path, "application/jose", body);
    (answer.status, answer.body)
}

fn tell(town: &Town, results: Vec<Report>) {
    let (status, body) = send(town, results);
    assert_eq!(status, 200, "{}", String::from_utf8_lossy(&body));
    let answer: ReportsAnswer = serde_json::from_slice(&body).expect("an answer");
    assert!(
        answer.results.iter().all(|one| one.refused.is_none()),
        "{answer:?}"
    );
}

/// Syncs until the phone holds so many versions; delivery comes after the laboratory's answer.
fn await_results(phone: &Phone, count: usize) {
    for _ in 0..100 {
        let outcome = phone.sync();
        assert_eq!(outcome.result, SyncResult::Synced, "{outcome:?}");
        let view = phone.health_code.results().expect("a view");
        if view.current.len() + view.history.len() == count {
            return;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("the results did not come");
}

fn pass(town: &Town, phone: &Phone, secs: i64) {
    let millis = u64::try_from(secs * 1_000).expect("time passes");
    town.clock.advance_ms(millis);
    phone.clock.advance_ms(millis);
}

#[test]
fn a_result_comes_to_the_phone_turns_the_colour_by_the_rules_and_is_counted_down_offline() {
    let mut town = town();
    let phone = Phone::new(&town, "phone");
    phone.turn_green(&town);
    phone.events.take();
    tell(
        &town,
        vec![
            report(&town, "1", "pending"),
            report(&town, "2", "negative"),
        ],
    );
    await_results(&phone, 2);
    assert_eq!(phone.colour(), Colour::Green);
    let view = phone.health_code.results().expect("a view");
    assert_eq!((view.new, view.clock_text.clone()), (2, None));
    let of = |id: &str| {
        view.current
            .iter()
            .find(|one| one.id == id)
            .expect("it is here")
    };
    let (pending, negative) = (of("lab/1"), of("lab/2"));
    assert_eq!(
        (
            pending.level,
            pending.next_step,
            pending.counts,
            &pending.countdown
        ),
        (ResultLevel::Waiting, ResultStep::Connect, false, &None)
    );
    assert!(
        negative
            .countdown
            .as_ref()
            .expect("counted down")
            .contains("(47 h)")
    );
    assert_eq!(negative.place, "First Hospital · Gate 3");
    // Told once, and on the home screen until looked at.
    let is_told = |events: &[HealthCodeEvent]| {
        let mut new = events.iter();
        new.any(|event| matches!(event, HealthCodeEvent::NewResults { ids } if ids.contains(&"lab/2".to_owned())))
    };
    assert!(is_told(&phone.events.take()));
    phone.sync();
    assert!(!is_told(&phone.events.take()));
    let noticed = |phone: &Phone| {
        let notices = phone.health_code.home().expect("a view").notices;
        notices
            .iter()
            .any(|notice| notice.kind == HomeNoticeKind::NewResults)
    };
    assert!(noticed(&phone));
    let ids = ["lab/1", "lab/2", "lab/3"].map(str::to_owned);
    phone.health_code.mark_results_read(&ids).expect("marked");
    assert!(!noticed(&phone));

    // The result that was awaited: the next version. The rules make red of it, and the reasons name it.
    let positive = Report {
        version: 2,
        ..report(&town, "1", "positive")
    };
    tell(&town, vec![positive]);
    for _ in 0..50 {
        phone.sync();
        if phone.colour() == Colour::Red {
            break;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    let colour = phone.colour_view();
    assert_eq!(
        (colour.colour, colour.rule_id.as_str()),
        (Colour::Red, "red-positive-test")
    );
    let named: Vec<_> = colour
        .reports
        .iter()
        .map(|one| one.result_id.as_str())
        .collect();
    assert_eq!(named, ["lab/2", "lab/1"]);
    assert!(colour.reports[1].text.contains("lab/1"));
    assert!(!colour.rule_text.is_empty());
    let steps = colour.way_to_green.steps.join(" ");
    assert!(steps.contains("negative test of a later day"), "{steps}");
    assert!(noticed(&phone), "the new version was not looked at");
    let view = phone.health_code.results().expect("a view");
    let corrected = view
        .current
        .iter()
        .find(|one| one.id == "lab/1")
        .expect("here");
    assert_eq!(
        (corrected.outcome, corrected.earlier.len()),
        (ResultOutcome::Positive, 1)
    );

    // What proves it to others, by the trust bundle alone.
    let proof = phone.health_code.result_proof("lab/2").expect("a proof");
    let trust = phone.health_code.published_bundle(&BundleKind::TRUST, "");
    let trust = trust.expect("readable").expect("there");
    let trust = TrustBundle::open(&trust, &town.root_key, town.now(), 0).expect("trust");
    let opened = open_bundle(RESULT_TYPE, &proof, &trust, town.now()).expect("it holds");
    let record: ResultRecord = serde_json::from_slice(opened.payload).expect("a record");
    assert_eq!(
        (record.id.as_str(), record.outcome.as_str()),
        ("2", "negative")
    );
    assert!(phone.health_code.result_proof("lab/9").is_err());

    // A day later a laboratory finds nothing: the way to green is open.
    pass(&town, &phone, DAY);
    tell(&town, vec![report(&town, "3", "negative")]);
    await_results(&phone, 3);
    assert_eq!(phone.colour(), Colour::Yellow);
    let exported = phone.health_code.export_data().expect("an export");
    assert!(exported.contains("lab") && exported.contains("result"));

    // The server off for a week: it goes on, and comes to its end.
    town.stop();
    let seen = |phone: &Phone| phone.health_code.results().expect("a view");
    let before = seen(&phone);
    let next = before.next_change_at.expect("it goes on") - town.now();
    assert!((1..=HOUR).contains(&next));
    pass(&town, &phone, next);
    assert_ne!(seen(&phone).current, before.current);
    // The third goes on when the second is over.
    pass(&town, &phone, 30 * HOUR);
    let later = seen(&phone);
    let ids = |list: &[health_code_core::capability::results::ResultView]| {
        list.iter().map(|one| one.id.clone()).collect::<Vec<_>>()
    };
    assert_eq!(
        (ids(&later.current), ids(&later.history)),
        (
            vec!["lab/3".to_owned(), "lab/1".to_owned()],
            vec!["lab/2".to_owned()],
        )
    );
    pass(&town, &phone, 7 * DAY);
    let over = seen(&phone);
    assert_eq!(over.history.len(), 2);
    assert!(
        over.history
            .iter()
            .all(|one| one.countdown.is_none() && !one.counts)
    );
    assert_eq!(over.next_change_at, None);
    // A phone that was restarted has all of it, and says by which clock.
    let again = Phone::with(&town, "again", None, phone.clock.clone());
    assert!(
        again
            .health_code
            .results()
            .expect("a view")
            .clock_text
            .is_some()
    );
}

#[test]
fn a_result_of_who_is_registered_nowhere_waits_and_a_struck_off_laboratory_is_not_heard() {
    let town = town();
    let dose = Report {
        kind: "vaccination".to_owned(),
        outcome: "vaccinated".to_owned(),
        dose: Some(health_code_core::capability::results::Dose {
            number: 2,
            of: Some(3),
        }),
        product: Some("CoronaVac".to_owned()),
        ..report(&town, "1", "vaccinated")
    };
    let unknown = Report {
        kind: "breath_of_tomorrow".to_owned(),
        ..report(&town, "2", "odd")
    };
    tell(&town, vec![dose, unknown]);
    let phone = Phone::new(&town, "phone");
    phone.turn_green(&town);
    await_results(&phone, 2);
    let view = phone.health_code.results().expect("a view");
    let mut words: Vec<_> = view
        .current
        .iter()
        .map(|one| {
            (
                one.outcome_text.replace(['\u{2068}', '\u{2069}'], ""),
                one.next_step,
            )
        })
        .collect();
    words.sort_by(|left, right| left.0.cmp(&right.0));
    let expected = [
        (
            "A result that this version cannot tell".to_owned(),
            ResultStep::Call,
        ),
        ("Dose 2 of 3".to_owned(), ResultStep::None),
    ];
    assert_eq!(words, expected);
    publish(&town, 2, Some(town.now()));
    let (status, body) = send(&town, vec![report(&town, "3", "negative")]);
    let problem: Value = serde_json::from_slice(&body).expect("a problem");
    assert_eq!(
        (status, &problem["field_code"]),
        (403, &json!("laboratory_not_valid"))
    );
}

#[test]
fn nobody_learns_by_reporting_whether_a_document_is_registered() {
    let town = town();
    let phone = Phone::new(&town, "phone");
    phone.turn_green(&town);
    let answer = |order: &str, id: &str| {
        let mut one = report(&town, id, "negative");
        one.document.number = resident_id(order);
        let (status, body) = send(&town, vec![one]);
        (
            status,
            String::from_utf8(body).expect("text").replace(id, "id"),
        )
    };
    let registered = answer("001", "a-1");
    for order in ["002", "003"] {
        assert_eq!(answer(order, &format!("b-{order}")), registered);
    }
}

#[test]
fn rubbish_in_the_part_is_named_stops_nothing_else_and_is_mended_by_the_next_answer() {
    let town = town();
    let phone = Phone::new(&town, "phone");
    phone.turn_green(&town);
    tell(&town, vec![report(&town, "1", "negative")]);
    await_results(&phone, 1);
    tell(&town, vec![report(&town, "2", "negative")]);
    phone.line.cheat(Some(Box::new(|url, answer| {
        if url.contains("/parts/results") {
            answer.body = b"<html>".to_vec();
        }
    })));
    let mut problem = None;
    for _ in 0..50 {
        problem = phone.sync().problem;
        if problem.is_some() {
            break;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    assert!(
        format!("{problem:?}").contains("results_unreadable"),
        "{problem:?}"
    );
    assert_eq!(
        phone.health_code.results().expect("a view").current.len(),
        1
    );
    // A record that somebody else signed is not shown, is named, and keeps the other from nothing.
    phone.line.cheat(Some(Box::new(|url, answer| {
        if url.contains("/parts/results") && answer.status == 200 {
            let mut part: Value = serde_json::from_slice(&answer.body).expect("JSON");
            let record = part["results"][0]["record"]
                .as_str()
                .expect("a record")
                .to_owned();
            part["results"][0]["record"] = json!(format!("{}AAAA", &record[..record.len() - 4]));
            answer.body = part.to_string().into_bytes();
        }
    })));
    phone.sync();
    let view = phone.health_code.results().expect("a view");
    assert!(view.unverified_text.is_some());
    assert_eq!(view.current.len(), 1);
    phone.line.cheat(None);
    await_results(&phone, 2);
    phone.sync();
    let view = phone.health_code.results().expect("a view");
    assert_eq!(view.unverified_text, None);
}
