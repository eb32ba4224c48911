//! Declarations, itineraries, corrections.

use health_code_core::wire::ProblemKind;
use serde_json::{Value, json};

use super::{DAY, NOON, Server, declaration, draft, fever, new_id};

#[tokio::test]
async fn one_id_is_one_upload_for_each_kind() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    let itinerary = json!({"legs": [{
        "division": 420_100, "from": "2020-02-20", "until": "2020-02-21",
        "transport": "train", "number": "G1234",
    }]});
    let correction = json!({"receiptSha256": "0".repeat(64), "statement": "我没有去过那里。"});
    for (kind, body, member) in [
        ("declarations", declaration(), "/answers/temperature"),
        ("itineraries", itinerary, "/legs/0/division"),
        ("corrections", correction, "/statement"),
    ] {
        let path = format!("/v1/subjects/owner/{kind}/{}", new_id());
        let first = citizen.put(&server, &path, &body).await;
        assert_eq!(first.status, 201, "{}", first.text());
        assert_eq!(first.json()["receivedAt"], NOON);
        let again = citizen.put(&server, &path, &body).await;
        assert_eq!((again.status, again.json()), (200, first.json()));
        let mut other = body.clone();
        *other.pointer_mut(member).expect("a member") = match member {
            "/answers/temperature" => json!(36.6),
            "/legs/0/division" => json!(420_106),
            _ => json!("Other words."),
        };
        citizen
            .put(&server, &path, &other)
            .await
            .problem(ProblemKind::IdReused);
        // Also another body that would be refused by itself.
        citizen
            .put(&server, &path, &json!({}))
            .await
            .problem(ProblemKind::IdReused);
    }
}

#[tokio::test]
async fn an_id_belongs_to_the_citizen_who_used_it() {
    let server = Server::new().await;
    let (one, other) = (server.citizen().await, server.citizen().await);
    let path = format!("/v1/subjects/owner/declarations/{}", new_id());
    assert_eq!(one.put(&server, &path, &declaration()).await.status, 201);
    assert_eq!(other.put(&server, &path, &fever()).await.status, 201);
}

#[tokio::test]
async fn what_was_accepted_stays_accepted_when_it_comes_again_late() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    let path = format!("/v1/subjects/owner/declarations/{}", new_id());
    assert_eq!(citizen.put(&server, &path, &fever()).await.status, 201);
    // Two months later the day of its symptoms is out of the form's range.
    server.clock.advance(61 * DAY);
    assert_eq!(citizen.put(&server, &path, &fever()).await.status, 200);
    let answer = citizen
        .put(
            &server,
            &format!("/v1/subjects/owner/declarations/{}", new_id()),
            &fever(),
        )
        .await;
    answer.problem(ProblemKind::Invalid);
}

#[tokio::test]
async fn ids_must_be_uuid_v7_in_lower_case() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    let v4 = uuid::Builder::from_random_bytes([7; 16])
        .into_uuid()
        .to_string();
    let upper = new_id().to_uppercase();
    let plain = new_id().replace('-', "");
    for id in [v4.as_str(), &upper, &plain, "1", "%00"] {
        let answer = citizen
            .put(
                &server,
                &format!("/v1/subjects/owner/declarations/{id}"),
                &declaration(),
            )
            .await;
        answer.refused_field("id", "not_uuid_v7");
    }
}

#[tokio::test]
async fn wrong_answers_are_named() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    let cases: [(&str, Value, &str); 3] = [
        ("/answers/temperature", json!(60), "answers.temperature"),
        ("/answers/contact", Value::Null, "answers.contact"),
        ("/answers/phone", json!("x"), "answers.phone"),
    ];
    for (pointer, value, field) in cases {
        let mut body = declaration();
        *body.pointer_mut(pointer).expect("a member") = value;
        let answer = citizen
            .put(
                &server,
                &format!("/v1/subjects/owner/declarations/{}", new_id()),
                &body,
            )
            .await;
        let problem = answer.problem(ProblemKind::Invalid);
        assert_eq!(problem.field.as_deref(), Some(field));
        assert!(!problem.field_code.expect("a code").is_empty());
        assert!(!answer.text().contains("60"), "no value comes back");
    }
    // A phone's clock is no reason to refuse: what counts is the day of receipt.
    for filled_at in [NOON + 3_600, NOON - 10 * 365 * DAY] {
        let mut body = declaration();
        body["filledAt"] = json!(filled_at);
        citizen.declare(&server, &body).await;
    }
}

#[tokio::test]
async fn unknown_forms_and_the_registration_form_are_no_declarations() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    for (form, version) in [
        ("health-declaration", 2),
        ("nothing", 1),
        ("registration", 1),
    ] {
        let mut body = declaration();
        body["formId"] = json!(form);
        body["formVersion"] = json!(version);
        let answer = citizen
            .put(
                &server,
                &format!("/v1/subjects/owner/declarations/{}", new_id()),
                &body,
            )
            .await;
        answer.problem(ProblemKind::FormUnknown);
    }
}

#[tokio::test]
async fn broken_bodies_cannot_be_read() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    for kind in ["declarations", "itineraries", "corrections"] {
        for body in ["", "{", "[]", "{\"more\": 1}"] {
            let path = format!("/v1/subjects/owner/{kind}/{}", new_id());
            let answer = citizen
                .send(&server, draft("PUT", &path, body.into()))
                .await;
            answer.problem(ProblemKind::Malformed);
        }
        let mut request = draft(
            "PUT",
            &format!("/v1/subjects/owner/{kind}/{}", new_id()),
            b"{}".to_vec(),
        );
        request.headers = vec![("content-type", "text/html".to_owned())];
        citizen
            .send(&server, request)
            .await
            .problem(ProblemKind::UnsupportedMediaType);
    }
}

#[tokio::test]
async fn a_correction_has_a_deadline_and_is_checked() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    let path = || format!("/v1/subjects/owner/corrections/{}", new_id());
    let body = json!({"receiptSha256": "ab".repeat(32), "statement": "x".repeat(2_000)});
    let answer = citizen.put(&server, &path(), &body).await;
    assert_eq!(answer.json()["decidedBy"], NOON + 3 * DAY);
    for (member, value, code) in [
        ("receiptSha256", "AB".repeat(32), "answer_pattern_mismatch"),
        ("statement", " ".to_owned(), "answer_required"),
        ("statement", "x".repeat(2_001), "answer_too_long"),
        (
            "statement",
            "a\u{0}b".to_owned(),
            "answer_character_forbidden",
        ),
    ] {
        let mut wrong = body.clone();
        wrong[member] = json!(value);
        citizen
            .put(&server, &path(), &wrong)
            .await
            .refused_field(member, code);
    }
}

#[tokio::test]
async fn itineraries_are_checked() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    let path = format!("/v1/subjects/owner/itineraries/{}", new_id());
    let body = json!({"legs": [{
        "division": 420_100, "from": "2020-02-20", "until": "2020-02-19",
        "transport": "train", "number": "",
    }]});
    let answer = citizen.put(&server, &path, &body).await;
    answer.refused_field("legs.0.until", "itinerary_until_before_from");
    let answer = citizen.put(&server, &path, &json!({"legs": []})).await;
    answer.refused_field("legs", "itinerary_leg_count");
}
