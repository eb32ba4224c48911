//! What was right on the day on which it was filled in is taken when it comes late.

use health_code_core::wire::ProblemKind;
use serde_json::{Value, json};

use super::{Citizen, DAY, NOON, Server, declaration, new_id};

/// Declared on the day of NOON, 2020-03-01.
fn with(answers: &Value) -> Value {
    let mut body = declaration();
    for (field, answer) in answers.as_object().expect("answers") {
        body["answers"][field] = answer.clone();
    }
    body
}

fn stay(until: &str) -> Value {
    with(&json!({"highRiskStay": true, "highRiskDivision": 420_100, "highRiskUntil": until}))
}

fn contact(on: &str) -> Value {
    with(&json!({"contact": true, "contactOn": on, "contactKind": "household"}))
}

fn symptoms(since: &str) -> Value {
    with(&json!({"symptoms": ["cough"], "symptomsSince": since}))
}

fn returned(on: &str) -> Value {
    with(&json!({"travelled": true, "returnedOn": on, "abroad": false, "itinerary": "武汉，G1234"}))
}

async fn put(server: &Server, citizen: &Citizen, body: &Value) -> super::Answer {
    let path = format!("/v1/subjects/owner/declarations/{}", new_id());
    citizen.put(server, &path, body).await
}

async fn has_red(server: &Server, citizen: &Citizen) -> bool {
    let state = citizen.get(server, "/v1/subjects/owner/state").await.json();
    let receipt = state["receipt"].as_str().unwrap_or_default();
    let bytes = data_encoding::BASE64URL_NOPAD.decode(receipt.as_bytes());
    String::from_utf8_lossy(&bytes.unwrap_or_default()).contains("\"colour\":\"red\"")
}

#[tokio::test]
async fn every_bound_with_today_belongs_to_the_day_of_filling_in() {
    // The earliest day that each field took on the day on which it was filled in.
    let at_the_edge = [
        ("stay", stay("2020-02-16"), true),
        ("contact", contact("2020-02-16"), true),
        ("symptoms", symptoms("2020-01-01"), false),
        ("return", returned("2020-02-16"), false),
    ];
    for late in [0, DAY / 2 + 60, 2 * DAY, 14 * DAY] {
        for (name, body, is_red) in &at_the_edge {
            let server = Server::new().await;
            let citizen = server.citizen().await;
            server.clock.advance(late);
            let answer = put(&server, &citizen, body).await;
            assert_eq!(answer.status, 201, "{name} {late}: {}", answer.text());
            assert_eq!(has_red(&server, &citizen).await, *is_red, "{name} {late}");
        }
    }
}

#[tokio::test]
async fn beyond_the_window_the_day_of_receipt_counts() {
    let server = Server::with(|config| config.late_declaration_days = 2).await;
    let citizen = server.citizen().await;
    server.clock.advance(2 * DAY + 1);
    let answer = put(&server, &citizen, &stay("2020-02-16")).await;
    answer.refused_field("answers.highRiskUntil", "answer_date_too_early");
    assert_eq!(
        put(&server, &citizen, &stay("2020-02-18")).await.status,
        201
    );
}

#[tokio::test]
async fn a_day_that_was_still_to_come_is_refused_however_late_it_arrives() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    let body = stay("2020-03-02");
    let answer = put(&server, &citizen, &body).await;
    answer.refused_field("answers.highRiskUntil", "answer_date_too_late");
    // A phone whose clock stood still for a day tells it a day later: then it is in the past for everybody.
    server.clock.advance(DAY);
    assert_eq!(put(&server, &citizen, &body).await.status, 201);
}

#[tokio::test]
async fn a_phone_with_a_wrong_clock_is_judged_by_the_day_of_receipt() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    for at in [
        0,
        315_532_800,
        NOON - 400 * DAY,
        NOON + 2 * DAY,
        NOON + 4_000 * DAY,
        i64::MAX,
        i64::MIN,
    ] {
        let mut body = stay("2020-03-01");
        body["filledAt"] = json!(at);
        let answer = put(&server, &citizen, &body).await;
        assert_eq!(answer.status, 201, "{at}: {}", answer.text());
    }
    let mut body = stay("2020-02-01");
    body["filledAt"] = json!(NOON - 20 * DAY);
    put(&server, &citizen, &body)
        .await
        .problem(ProblemKind::Invalid);
}

#[tokio::test]
async fn an_itinerary_of_a_year_ago_may_come_late_too() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    let body = json!({"legs": [{
        "division": 420_100, "from": "2019-03-01", "until": "2019-03-02", "transport": "train", "number": "",
    }]});
    let path = || format!("/v1/subjects/owner/itineraries/{}", new_id());
    server.clock.advance(7 * DAY);
    assert_eq!(citizen.put(&server, &path(), &body).await.status, 201);
    server.clock.advance(8 * DAY);
    let answer = citizen.put(&server, &path(), &body).await;
    answer.refused_field("legs.0.from", "answer_date_too_early");
}
