//! Moves to a phone with another document: what was mistyped, mended at the desk.

use health_code_core::wire::{ProblemKind, SubjectId};
use serde_json::{Value, json};

use super::super::mending::is_free;
use super::super::state::{credential, revoked};
use super::super::{Citizen, NOON, Server, declaration, fever, new_id};
use super::{BOTH, order, post, registration_at, signed};
use crate::officers::MoveOrder;

/// With the document that the desk saw in the place of the one that was typed.
fn renamed(from: &Citizen, to: &Citizen, number: &str) -> MoveOrder {
    MoveOrder {
        new_document_kind: Some("resident_id".to_owned()),
        new_document_number: Some(number.to_owned()),
        ..order(from, to)
    }
}

fn registration_of(citizen: &Citizen, number: &str, at: i64) -> Value {
    let mut body = registration_at(citizen, at);
    body["identity"]["documentNumber"] = json!(number);
    body
}

/// A mistyped document with a colour: two officers name the right one, and everything goes over to it.
#[tokio::test]
async fn the_desk_mends_a_document_that_has_a_colour() {
    for is_new_phone in [false, true] {
        let server = Server::new().await;
        let citizen = server.citizen().await;
        citizen.declare(&server, &fever()).await;
        let state = citizen.get(&server, "/v1/subjects/owner/state").await;
        let index = credential(&server, &state).status_index;
        server.clock.advance(10);
        let right = Citizen::new().document_number;
        let another = Citizen::new().document_number;
        let other = Citizen::new();
        let phone = if is_new_phone { &other } else { &citizen };
        let order = renamed(&citizen, phone, &right);
        let body = signed(&server, &order, BOTH);
        assert_eq!(post(&server, &body).await.status, 201);
        assert!(revoked(&server).await.is_revoked(index));
        // Nobody else takes the document meanwhile, and no other one counts, the one before neither.
        let mut thief = Citizen::new();
        thief.document_number.clone_from(&right);
        let taken = thief.register(&server).await;
        taken.problem(ProblemKind::AlreadyRegistered);
        // A phone that is nobody's yet may be somebody else's, with a document that is nobody's.
        let wrong = [&citizen.document_number, &another];
        for number in wrong.into_iter().take(if is_new_phone { 1 } else { 2 }) {
            let body = registration_of(phone, number, NOON + 10);
            let refused = phone.register_as(&server, &new_id(), &body).await;
            refused.problem(ProblemKind::DetailsFixed);
        }
        if is_new_phone {
            // Only a consent of after the order counts.
            let early = registration_of(phone, &right, NOON);
            let refused = phone.register_as(&server, &new_id(), &early).await;
            refused.problem(ProblemKind::AlreadyRegistered);
        }
        let request = new_id();
        let body_of_right = registration_of(phone, &right, NOON + 10);
        for _ in 0..2 {
            let answer = phone.register_as(&server, &request, &body_of_right).await;
            assert_eq!(answer.status, 200, "{}", answer.text());
            assert_eq!(answer.json()["citizenId"], citizen.id.as_str());
        }
        let state = phone.get(&server, "/v1/subjects/owner/state").await;
        assert_eq!(
            super::super::state::receipt(&server, &state).colour.id(),
            "yellow"
        );
        let tail = &right[right.len() - 4..];
        assert_eq!(credential(&server, &state).document_tail.as_str(), tail);
        // The one before is free, and carries nothing of this; the right one is taken.
        assert!(is_free(&server, &citizen.document_number).await);
        assert!(!is_free(&server, &right).await);
        let again = post(&server, &body).await;
        assert_eq!(again.status, 200, "{}", again.text());
        let state = phone.get(&server, "/v1/subjects/owner/state").await;
        assert_eq!(state.status, 200, "the order again changes nothing");
    }
}

/// What two officers ordered goes over to the right document, and does not wash off it.
#[tokio::test]
async fn an_order_of_colour_follows_to_the_document_that_the_desk_named() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    let change = super::super::colour_changes::order(&citizen);
    let change = super::super::colour_changes::by_both(&server, &change);
    assert_eq!(
        super::super::colour_changes::post(&server, &change)
            .await
            .status,
        201
    );
    let phone = Citizen::new();
    let right = Citizen::new().document_number;
    server.clock.advance(10);
    let order = renamed(&citizen, &phone, &right);
    assert_eq!(
        post(&server, &signed(&server, &order, BOTH)).await.status,
        201
    );
    // Neither phone can erase in between: the one before has ended, the one to come is nobody's yet.
    for key in [&citizen.key, &phone.key] {
        let asked = super::super::erasing::ask_at(key, &SubjectId::OWNER, "b25jZQ", NOON + 10);
        let refused = super::super::erasing::send(&server, &asked).await;
        refused.problem(ProblemKind::DeviceUnknown);
    }
    let body = registration_of(&phone, &right, NOON + 10);
    let moved = phone.register_as(&server, &new_id(), &body).await;
    assert_eq!(moved.status, 200, "{}", moved.text());
    let asked = super::super::erasing::ask_at(&phone.key, &SubjectId::OWNER, "dHdpY2U", NOON + 20);
    assert_eq!(
        super::super::erasing::send(&server, &asked).await.status,
        200
    );
    for (number, is_bound) in [(&right, true), (&citizen.document_number, false)] {
        let anew = Citizen::new();
        let body = registration_of(&anew, number, NOON + 10);
        let answer = anew.register_as(&server, &new_id(), &body).await;
        assert_eq!(answer.status, 201, "{}", answer.text());
        let state = anew.get(&server, "/v1/subjects/owner/state").await;
        assert_eq!(state.json().get("receipt").is_some(), is_bound, "{number}");
    }
}

#[tokio::test]
async fn a_new_document_that_is_anothers_or_none_is_refused_before_anything_changes() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    citizen.declare(&server, &declaration()).await;
    let other = server.citizen().await;
    let of = |number: &str| renamed(&citizen, &citizen, number);
    let own = citizen.document_number.clone();
    let table = [
        (
            of(&other.document_number),
            "newDocumentNumber",
            "registered",
        ),
        (of(&own), "newDocumentNumber", "unchanged"),
        (
            MoveOrder {
                new_document_kind: None,
                ..of(&other.document_number)
            },
            "newDocumentKind",
            "missing",
        ),
        (
            MoveOrder {
                new_document_number: None,
                ..of(&own)
            },
            "newDocumentNumber",
            "missing",
        ),
        (
            MoveOrder {
                new_document_kind: Some("library_card".to_owned()),
                ..of(&own)
            },
            "newDocumentKind",
            "answer_document_kind_refused",
        ),
    ];
    for (order, field, code) in table {
        let answer = post(&server, &signed(&server, &order, BOTH)).await;
        answer.refused_field(field, code);
    }
    let state = citizen.get(&server, "/v1/subjects/owner/state").await;
    let index = credential(&server, &state).status_index;
    assert!(!revoked(&server).await.is_revoked(index));
    // Once the other is gone the document is free for it.
    let asked = super::super::erasing::ask(&other.key, &SubjectId::OWNER, "b25jZQ");
    assert_eq!(
        super::super::erasing::send(&server, &asked).await.status,
        200
    );
    let order = of(&other.document_number);
    let answer = post(&server, &signed(&server, &order, BOTH)).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
}
