//! `POST /v1/subjects`.

use health_code_core::wire::ProblemKind;
use serde_json::{Value, json};

use super::{Citizen, DAY, NOON, Server, draft, new_id};

#[tokio::test]
async fn a_citizen_registers_once_however_often_it_is_sent() {
    let server = Server::new().await;
    let citizen = Citizen::new();
    let key = new_id();
    let first = citizen
        .register_as(&server, &key, &citizen.registration())
        .await;
    assert_eq!(first.status, 201, "{}", first.text());
    assert_eq!(first.json()["division"], 330_100);
    assert_eq!(first.json()["serverTimeMs"], NOON * 1_000);
    let id = first.json()["citizenId"].clone();
    for key in [&key, &new_id()] {
        let again = citizen
            .register_as(&server, key, &citizen.registration())
            .await;
        assert_eq!((again.status, &again.json()["citizenId"]), (200, &id));
    }
}

#[tokio::test]
async fn the_same_idempotency_key_with_another_body_is_refused() {
    let server = Server::new().await;
    let citizen = Citizen::new();
    let key = new_id();
    citizen
        .register_as(&server, &key, &citizen.registration())
        .await;
    let mut other = citizen.registration();
    other["identity"]["address"] = json!("文三路 2 号");
    let answer = citizen.register_as(&server, &key, &other).await;
    answer.problem(ProblemKind::IdReused);
}

#[tokio::test]
async fn one_document_has_one_device_and_one_device_one_document() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    let mut thief = Citizen::new();
    thief.document_number.clone_from(&citizen.document_number);
    thief
        .register(&server)
        .await
        .problem(ProblemKind::AlreadyRegistered);
    // Nor with another way of writing the same number.
    thief.document_number = format!(" {} ", citizen.document_number.to_lowercase());
    thief
        .register(&server)
        .await
        .problem(ProblemKind::AlreadyRegistered);
    // A device whose citizen has no colour yet mends its own, and has one all the same.
    let other = server.citizen().await;
    let mut second = citizen.registration();
    second["identity"]["documentNumber"] = json!(other.document_number);
    let request = super::mending::key(1);
    let answer = citizen.register_as(&server, &request, &second).await;
    let problem = answer.problem(ProblemKind::AlreadyRegistered);
    assert_eq!(problem.field, None);
}

#[tokio::test]
async fn it_must_be_signed_with_the_key_inside() {
    let server = Server::new().await;
    let (one, other) = (Citizen::new(), Citizen::new());
    let answer = one
        .register_as(&server, &new_id(), &other.registration())
        .await;
    answer.problem(ProblemKind::SignatureRefused);
    let mut body = one.registration();
    body["device"]["publicKey"] = json!("AAAA");
    let answer = one.register_as(&server, &new_id(), &body).await;
    answer.refused_field("device.publicKey", "device_key_invalid");
}

#[tokio::test]
async fn it_needs_an_idempotency_key() {
    let server = Server::new().await;
    let citizen = Citizen::new();
    let body = citizen.registration().to_string().into_bytes();
    let answer = citizen
        .send(&server, draft("POST", "/v1/subjects", body))
        .await;
    answer.problem(ProblemKind::Malformed);
    let answer = citizen
        .register_as(&server, "1", &citizen.registration())
        .await;
    answer.problem(ProblemKind::Malformed);
}

#[tokio::test]
async fn every_part_of_the_identity_is_checked() {
    let server = Server::new().await;
    let citizen = Citizen::new();
    let cases: [(&str, Value); 9] = [
        ("identity.name", json!("")),
        ("identity.sex", json!("3")),
        ("identity.nationality", json!("ZZZ")),
        ("identity.documentKind", json!("library_card")),
        ("identity.documentNumber", json!("330106199003070010")),
        ("identity.division", json!(1)),
        ("identity.address", json!("x".repeat(2_000))),
        ("identity.phone", json!("call me")),
        ("consent.version", json!(0)),
    ];
    for (path, value) in cases {
        let mut body = citizen.registration();
        let (part, member) = path.split_once('.').expect("a path");
        body[part][member] = value;
        let answer = citizen.register_as(&server, &new_id(), &body).await;
        let problem = answer.problem(ProblemKind::Invalid);
        assert_eq!(problem.field.as_deref(), Some(path));
        assert!(problem.field_code.is_some());
    }
}

#[tokio::test]
async fn a_phone_with_a_wrong_clock_registers_all_the_same() {
    let server = Server::new().await;
    for accepted_at in [NOON + 3_600, NOON - 10 * 365 * DAY] {
        let citizen = Citizen::new();
        let mut body = citizen.registration();
        body["consent"]["acceptedAt"] = json!(accepted_at);
        let answer = citizen.register_as(&server, &new_id(), &body).await;
        assert_eq!(answer.status, 201, "{}", answer.text());
    }
}

#[tokio::test]
async fn unknown_members_and_broken_json_cannot_be_read() {
    let server = Server::new().await;
    let citizen = Citizen::new();
    let mut body = citizen.registration();
    body["identity"]["shoeSize"] = json!(42);
    let answer = citizen.register_as(&server, &new_id(), &body).await;
    answer.problem(ProblemKind::Malformed);
    let answer = citizen.send(&server, draft("POST", "/v1/subjects", b"{".to_vec()));
    answer.await.problem(ProblemKind::Malformed);
}

#[tokio::test]
async fn neither_name_nor_number_is_readable_in_the_database() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    citizen.declare(&server, &super::fever()).await;
    citizen.get(&server, "/v1/subjects/owner/state").await;
    server.app.close();
    let mut everything = Vec::new();
    for entry in std::fs::read_dir(&server.app.config.data).expect("the folder") {
        let path = entry.expect("an entry").path();
        if path.to_string_lossy().contains("sqlite") {
            everything.extend(std::fs::read(path).expect("a file"));
        }
    }
    assert!(everything.len() > 10_000);
    for secret in [
        "王小明",
        "王*明",
        &citizen.document_number,
        "文三路",
        "13800138000",
        "38.5",
        "temperature",
        "yellow",
        "fever",
    ] {
        let found = everything
            .windows(secret.len())
            .any(|part| part == secret.as_bytes());
        assert!(!found, "{secret}");
    }
}
