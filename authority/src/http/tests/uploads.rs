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

#[tokio::test]
async fn what_one_citizen_may_store_a_day_is_bounded() {
    let server = Server::with(|config| {
        config.citizen_uploads_per_day = 3;
        config.citizen_upload_kib_per_day = 64;
    })
    .await;
    let (citizen, other) = (server.citizen().await, server.citizen().await);
    let path = || format!("/v1/subjects/owner/declarations/{}", new_id());
    // Blanks and escapes are not kept, and so they do not count.
    let mut padded = declaration().to_string().into_bytes();
    padded.resize(60 * 1_024, b' ');
    let first = path();
    for at in [&first, &path(), &path()] {
        let answer = citizen
            .send(&server, draft("PUT", at, padded.clone()))
            .await;
        assert_eq!(answer.status, 201, "{}", answer.text());
    }
    let answer = citizen.put(&server, &path(), &declaration()).await;
    answer.problem(ProblemKind::QuotaUsedUp);
    let wait: i64 = answer.header("retry-after").parse().expect("seconds");
    assert!((1..=3_600).contains(&wait), "{wait}");
    // What was taken is told again, the code is served, others are taken, and so is the citizen tomorrow.
    let again = citizen.send(&server, draft("PUT", &first, padded)).await;
    assert_eq!(again.status, 200);
    let state = citizen.get(&server, "/v1/subjects/owner/state").await;
    assert_eq!(state.status, 200);
    let taken = other.put(&server, &path(), &declaration()).await;
    assert_eq!(taken.status, 201);
    server.clock.advance(DAY / 2);
    let tomorrow = citizen.put(&server, &path(), &declaration()).await;
    assert_eq!(tomorrow.status, 201);
}

#[tokio::test]
async fn bytes_that_are_kept_count_for_the_day() {
    let server = Server::with(|config| config.citizen_upload_kib_per_day = 64).await;
    let citizen = server.citizen().await;
    let statement = "\u{6211}".repeat(2_000);
    let correction = json!({"receiptSha256": "0".repeat(64), "statement": statement});
    let mut statuses = Vec::new();
    for _ in 0..12 {
        let path = format!("/v1/subjects/owner/corrections/{}", new_id());
        statuses.push(citizen.put(&server, &path, &correction).await.status);
    }
    // Six kilobytes each.
    assert_eq!(statuses, [[201; 10].as_slice(), &[429; 2]].concat());
}
