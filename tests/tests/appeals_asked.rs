//! Appeals on which more is asked for, and decisions that add a fact: end to end over TLS, the phone killed and the server off in
//! between. The deadline stands still while the citizen is asked, and the colour follows from what was added by the rules.

use health_code_authority::AppealDecisionOrder;
use health_code_core::capability::appeals::{AddedFact, AppealStatus, FactAddition};
use health_code_core::citizen::{HomeNoticeKind, Recomputation};
use health_code_core::colour::Colour;
use health_code_core::sync::SyncResult;
use health_code_core::wire::Problem;
use health_code_tests::appealing::{decision, notices, only, photograph, sync_all};
use health_code_tests::phone::Phone;
use health_code_tests::town::Town;
use serde_json::json;

const HOUR_MS: u64 = 3_600_000;

/// A phone that is not green for a contact of this day, with an appeal that the authority has; the citizen's id and the appeal's.
/// It checked in on each of so many days before.
fn appealed_after(town: &Town, days: u32, contact_on: &str) -> (Phone, String, String) {
    let phone = Phone::new(town, "phone");
    phone.register();
    for _ in 0..days {
        phone.declare_well();
        phone.sync();
        later(town, &phone, 24);
    }
    phone.declare(&json!({"contact": true, "contactOn": contact_on, "contactKind": "transport"}));
    phone.sync();
    let colour = phone.colour_view();
    assert_ne!(colour.colour, Colour::Green);
    let id = phone
        .health_code
        .submit_appeal("It was three weeks ago.")
        .expect("queued");
    sync_all(&phone);
    (phone, colour.citizen_id, id)
}

fn appealed(town: &Town) -> (Phone, String, String) {
    appealed_after(town, 0, "2026-11-23")
}

fn later(town: &Town, phone: &Phone, hours: u64) {
    town.clock.advance_ms(hours * HOUR_MS);
    phone.clock.advance_ms(hours * HOUR_MS);
}

/// Upholds the appeal and adds a fact.
fn adding(
    town: &Town,
    (citizen, appeal): (&str, &str),
    fact: AddedFact,
    day: &str,
) -> AppealDecisionOrder {
    AppealDecisionOrder {
        reason: "evidence_convinces".to_owned(),
        text: None,
        additions: vec![FactAddition {
            fact,
            day: day.to_owned(),
            dose: None,
        }],
        ..decision(town, citizen, appeal)
    }
}

fn field_code(body: &[u8]) -> Option<String> {
    let problem: Problem = serde_json::from_slice(body).expect("a problem");
    problem.field_code
}

#[test]
fn more_is_asked_for_the_deadline_waits_the_answer_survives_a_kill_and_it_goes_on() {
    let mut town = Town::new();
    let (phone, citizen, id) = appealed(&town);
    let received = only(&phone);
    let first = received.decide_by.expect("a deadline");
    phone
        .health_code
        .answer_appeal(&id, "More.")
        .expect_err("nothing is asked");

    // What is not of the closed list is not asked, and nobody's appeal but this one.
    let answer = town.ask_on_appeal(&citizen, &id, "something_else");
    assert_eq!(field_code(&answer.body).as_deref(), Some("reason_unknown"));
    let answer = town.ask_on_appeal(&citizen, &town.new_id(), "test_report");
    assert_eq!(field_code(&answer.body).as_deref(), Some("appeal_unknown"));
    later(&town, &phone, 1);
    assert_eq!(town.ask_on_appeal(&citizen, &id, "test_report").status, 201);
    let twice = town.ask_on_appeal(&citizen, &id, "explain_more");
    assert_eq!(
        field_code(&twice.body).as_deref(),
        Some("no_request_possible")
    );
    phone.sync();
    let asked = only(&phone);
    assert_eq!(asked.status, AppealStatus::Asked);
    assert_eq!(
        asked.asked_text.as_deref(),
        Some("Please send the report of the test.")
    );
    assert!(asked.can_answer && asked.spoken.contains(&asked.next_step_text));
    // 48 hours by the settings: the signed deadline goes back by as much.
    assert_eq!(asked.decide_by, Some(first + 48 * 3_600));
    assert!(notices(&phone).contains(&HomeNoticeKind::AppealAsked));

    // Past the first deadline, which stands still: nothing is late. The answer is written offline.
    later(&town, &phone, 10);
    assert_eq!(only(&phone).status, AppealStatus::Asked);
    assert!(!notices(&phone).contains(&HomeNoticeKind::AppealOverdue));
    town.stop();
    phone
        .health_code
        .add_appeal_evidence(&photograph(2, 5))
        .expect("added");
    let draft = phone.health_code.appeal_draft().expect("a draft");
    assert!(draft.can_answer && !draft.can_submit);
    phone.health_code.answer_appeal(&id, "").expect("queued");
    phone
        .health_code
        .answer_appeal(&id, "Again.")
        .expect_err("one is on its way");
    assert_eq!(only(&phone).status, AppealStatus::Answering);
    assert!(!notices(&phone).contains(&HomeNoticeKind::AppealAsked));
    assert_eq!(phone.sync().result, SyncResult::Offline);
    town.start();
    phone.line.cut_after(3);
    assert_eq!(phone.sync().result, SyncResult::Offline);
    drop(phone);
    let phone = Phone::new(&town, "phone");
    phone.clock.advance_ms(11 * HOUR_MS);
    sync_all(&phone);
    let on = only(&phone);
    assert_eq!(on.status, AppealStatus::Received);
    // The clock stood still for ten hours.
    assert_eq!(on.decide_by, Some(first + 10 * 3_600));
    assert_eq!(on.events.len(), 3, "received, asked, answered");
    assert_eq!(on.events[2].evidence.len(), 1);
    assert!(!on.can_answer);
    // What the part tells afterwards keeps this phone's own words and pictures.
    phone.sync();
    assert_eq!(only(&phone).events[2].evidence.len(), 1);

    // A second request, the last by the settings, is not answered: the clock goes on after its time, and officers decide.
    assert_eq!(
        town.ask_on_appeal(&citizen, &id, "explain_more").status,
        201
    );
    phone.sync();
    later(&town, &phone, 49);
    let silent = only(&phone);
    assert_eq!(silent.status, AppealStatus::Received);
    assert!(silent.can_answer, "late is better than never");
    later(&town, &phone, 4);
    assert_eq!(only(&phone).status, AppealStatus::Overdue);
    phone
        .health_code
        .answer_appeal(&id, "Late.")
        .expect("queued");
    sync_all(&phone);
    assert_eq!(
        only(&phone).status,
        AppealStatus::Overdue,
        "an answer makes nothing of that undone"
    );
    let third = town.ask_on_appeal(&citizen, &id, "explain_more");
    assert_eq!(
        field_code(&third.body).as_deref(),
        Some("no_request_possible")
    );
}

#[test]
fn a_decision_ends_an_exposure_earlier_and_the_receipt_names_the_appeal() {
    let mut town = Town::new();
    // Fourteen check-ins in a row, and then a contact that is told of the wrong day.
    let (phone, citizen, id) = appealed_after(&town, 14, "2026-12-07");
    let ids = (citizen.as_str(), id.as_str());
    let tomorrow = adding(&town, ids, AddedFact::ExposureEnded, "2026-12-09");
    let answer = town.decide_appeal(&tomorrow);
    assert_eq!(field_code(&answer.body).as_deref(), Some("in_future"));
    let order = adding(&town, ids, AddedFact::ExposureEnded, "2026-11-20");
    let answer = town.decide_appeal(&order);
    assert_eq!(
        answer.status,
        201,
        "{}",
        String::from_utf8_lossy(&answer.body)
    );
    sync_all(&phone);
    town.stop();
    // The contact is still told, as of a day since which the check-ins are done: the rules do the rest, here as there.
    let colour = phone.colour_view();
    assert_eq!(colour.colour, Colour::Green);
    assert_eq!(colour.recomputation, Recomputation::Same);
    let added = &colour.reports[0];
    assert_eq!(added.since, "2026-11-20");
    assert_eq!(added.result_id, format!("appeal/{id}"));
    assert!(
        added.text.contains("two officers' decision"),
        "{}",
        added.text
    );
    assert!(!notices(&phone).contains(&HomeNoticeKind::ColourAlarm));
    let changes = phone.health_code.changes().expect("a view").changes;
    assert_eq!(changes[0].colour, Some(Colour::Green));
    // What is declared later counts as it is declared.
    town.start();
    later(&town, &phone, 24);
    phone.declare(&json!({"contact": true, "contactOn": "2026-12-08", "contactKind": "transport"}));
    sync_all(&phone);
    assert_ne!(phone.colour(), Colour::Green);
}

#[test]
fn a_negative_test_that_a_decision_adds_counts_as_a_laboratory_s() {
    let town = Town::new();
    let (phone, citizen, id) = appealed(&town);
    let order = adding(
        &town,
        (&citizen, &id),
        AddedFact::NegativeTest,
        "2026-11-24",
    );
    assert_eq!(town.decide_appeal(&order).status, 201);
    sync_all(&phone);
    let colour = phone.colour_view();
    assert_eq!(colour.recomputation, Recomputation::Same);
    let added = &colour.reports[0];
    assert_eq!(
        (added.since.as_str(), added.result_id.as_str()),
        ("2026-11-24", format!("appeal/{id}").as_str())
    );
    // It is no colour: what the contact makes of it is the rules' alone.
    assert_ne!(colour.colour, Colour::Green);
}
