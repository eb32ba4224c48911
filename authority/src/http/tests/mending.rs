//! Registrations that are corrected.

use health_code_core::wire::ProblemKind;
use serde_json::{Value, json};

use super::state::credential;
use super::{Citizen, Server, declaration, fever};
use crate::store::StoreError;
use crate::store::faulty::Fault;

/// UUIDv7s of one phone, each later than the one before.
pub(super) fn key(number: u32) -> String {
    format!("01709494-{number:04}-7000-8000-000000000000")
}

/// The citizen's registration with one part of the identity another.
pub(super) fn with(citizen: &Citizen, part: &str, value: Value) -> Value {
    let mut body = citizen.registration();
    body["identity"][part] = value;
    body
}

pub(super) async fn is_free(server: &Server, document: &str) -> bool {
    let mut other = Citizen::new();
    document.clone_into(&mut other.document_number);
    match other.register(server).await.status {
        201 => true,
        409 => false,
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn before_a_colour_was_decided_the_citizen_corrects_everything() {
    for (number, (part, value)) in [
        ("name", json!("王晓明")),
        ("sex", json!("2")),
        ("nationality", json!("HKG")),
        ("documentNumber", json!(Citizen::new().document_number)),
        ("phone", json!("13911112222")),
        ("address", json!("文三路 2 号")),
        ("division", json!(330_105)),
    ]
    .into_iter()
    .enumerate()
    {
        let server = Server::new().await;
        let citizen = server.citizen().await;
        let number = u32::try_from(number).expect("small");
        let request = key(number + 1);
        let corrected = with(&citizen, part, value.clone());
        // The same citizen, and the same request again is the same act.
        for _ in 0..2 {
            let answer = citizen.register_as(&server, &request, &corrected).await;
            assert_eq!(answer.status, 200, "{part}: {}", answer.text());
            assert_eq!(answer.json()["citizenId"], citizen.id.as_str());
        }
        assert_eq!(
            is_free(&server, &citizen.document_number).await,
            part == "documentNumber"
        );
        citizen.declare(&server, &declaration()).await;
        let state = citizen.get(&server, "/v1/subjects/owner/state").await;
        let claims = credential(&server, &state);
        if part == "name" {
            assert_eq!(claims.masked_name.as_str(), "王*明");
        }
        if let Some(number) = value.as_str().filter(|_| part == "documentNumber") {
            assert!(number.ends_with(claims.document_tail.as_str()));
            assert!(!is_free(&server, number).await);
        }
    }
}

#[tokio::test]
async fn after_a_colour_was_decided_name_and_document_are_the_desks() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    citizen.declare(&server, &fever()).await;
    let taken = server.citizen().await.document_number;
    for (number, (part, value)) in [
        ("name", json!("李四")),
        ("sex", json!("2")),
        ("documentNumber", json!(Citizen::new().document_number)),
        // Whether that one is registered is not told.
        ("documentNumber", json!(taken)),
    ]
    .into_iter()
    .enumerate()
    {
        let body = with(&citizen, part, value.clone());
        let request = key(u32::try_from(number).expect("small") + 1);
        let answer = citizen.register_as(&server, &request, &body).await;
        let problem = answer.problem(ProblemKind::DetailsFixed);
        assert_eq!(problem.field, Some(format!("identity.{part}")));
        assert_eq!(problem.field_code.as_deref(), Some("answer_needs_desk"));
        if let Some(number) = value
            .as_str()
            .filter(|it| part == "documentNumber" && *it != taken)
        {
            assert!(is_free(&server, number).await, "nothing was taken");
        }
    }
    for (request, part, value) in [
        (key(8), "phone", json!("13911112222")),
        (key(9), "address", json!("文三路 2 号")),
    ] {
        let body = with(&citizen, part, value);
        let answer = citizen.register_as(&server, &request, &body).await;
        assert_eq!(answer.status, 200, "{part}: {}", answer.text());
    }
}

#[tokio::test]
async fn what_was_overtaken_on_its_way_does_not_come_back() {
    let server = Server::new().await;
    let citizen = Citizen::new();
    let first = citizen.registration();
    let second = with(&citizen, "name", json!("王晓明"));
    let third = with(
        &citizen,
        "documentNumber",
        json!(Citizen::new().document_number),
    );
    assert_eq!(
        citizen.register_as(&server, &key(1), &first).await.status,
        201
    );
    assert_eq!(
        citizen.register_as(&server, &key(3), &third).await.status,
        200
    );
    // Never arrived until now: older than what stands.
    let late = citizen.register_as(&server, &key(2), &second).await;
    late.problem(ProblemKind::Unavailable);
    assert!(!late.header("retry-after").is_empty());
    // Arrived before, comes again: it was carried out, and takes nothing back.
    assert_eq!(
        citizen.register_as(&server, &key(1), &first).await.status,
        200
    );
    assert!(is_free(&server, &citizen.document_number).await);
    // Once nothing of before can arrive any more it is the phone's clock that was set back, and counts.
    server.clock.advance(301);
    let name = json!(third["identity"]["documentNumber"]);
    let mut again = with(&citizen, "documentNumber", name);
    again["identity"]["phone"] = json!("13911112222");
    assert_eq!(
        citizen.register_as(&server, &key(0), &again).await.status,
        200
    );
}

#[tokio::test]
async fn a_store_that_fails_on_the_way_corrects_once_all_the_same() {
    for fault in [
        Fault::Conflict,
        Fault::AnswerLost,
        Fault::WriteLost,
        Fault::Late,
        Fault::Refused(StoreError::DiskFull),
    ] {
        let server = Server::new().await;
        let citizen = server.citizen().await;
        let new = Citizen::new().document_number;
        let corrected = with(&citizen, "documentNumber", json!(new));
        let server = server.failing(&[fault]);
        let mut answer = citizen.register_as(&server, &key(1), &corrected).await;
        if answer.status == 503 {
            answer = citizen.register_as(&server, &key(1), &corrected).await;
        }
        assert_eq!(answer.status, 200, "{fault:?}: {}", answer.text());
        assert!(
            is_free(&server, &citizen.document_number).await,
            "{fault:?}"
        );
        assert!(!is_free(&server, &new).await, "{fault:?}");
    }
}
