//! What is tried in vain: documents by those whose they are not, an erasing by a key that has another life now.

use health_code_core::wire::{ProblemKind, SubjectId};
use serde_json::json;

use super::erasing::{ask, ask_at, send};
use super::{Citizen, DAY, NOON, Server, new_id};

/// A key in hardware outlives what was erased: a request of before, late or sent twice, meets who registered with it since.
#[tokio::test]
async fn an_erasing_of_before_does_not_touch_who_registered_with_the_same_key_since() {
    let server = Server::new().await;
    let citizen = Citizen::new();
    let asked = ask(&citizen.key, &SubjectId::OWNER, "b25jZQ");
    // It found nothing when it came first.
    let nothing = send(&server, &asked).await;
    nothing.problem(ProblemKind::DeviceUnknown);
    server.clock.advance(60);
    let mut body = citizen.registration();
    body["consent"]["acceptedAt"] = json!(NOON + 30);
    let registered = citizen.register_as(&server, &new_id(), &body).await;
    assert_eq!(registered.status, 201, "{}", registered.text());
    for _ in 0..2 {
        let late = send(&server, &asked).await;
        late.problem(ProblemKind::DeviceUnknown);
        let state = citizen.get(&server, "/v1/subjects/owner/state").await;
        assert_eq!(state.status, 200);
    }
}

/// A phone signs no erasing before the consent that it ends, also where the authority's clock was set right in between.
#[tokio::test]
async fn who_registered_while_the_clock_was_ahead_can_be_erased() {
    let server = Server::new().await;
    let citizen = Citizen::new();
    server.clock.leap(7_200);
    let mut body = citizen.registration();
    body["consent"]["acceptedAt"] = json!(NOON + 7_200);
    let registered = citizen.register_as(&server, &new_id(), &body).await;
    assert_eq!(registered.status, 201, "{}", registered.text());
    server.clock.leap(-7_200);
    let asked = ask_at(&citizen.key, &SubjectId::OWNER, "b25jZQ", NOON + 7_200);
    let answer = send(&server, &asked).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    // And registers anew by the time that is right.
    server.clock.advance(5);
    body["consent"]["acceptedAt"] = json!(NOON + 5);
    let anew = citizen.register_as(&server, &new_id(), &body).await;
    assert_eq!(anew.status, 201, "{}", anew.text());
}

#[tokio::test]
async fn who_tries_documents_is_told_to_wait_before_anything_is_looked_at() {
    let server = Server::with(|config| config.refused_registrations_per_day = 4).await;
    let registered = server.citizen().await.document_number;
    let neighbour = server.citizen().await;
    for _ in 0..2 {
        let mut curious = Citizen::new();
        curious.document_number.clone_from(&registered);
        curious
            .register(&server)
            .await
            .problem(ProblemKind::AlreadyRegistered);
    }
    // From here on it is the same for a document that is registered and for one that is not.
    for document in [registered, Citizen::new().document_number] {
        let mut curious = Citizen::new();
        curious.document_number = document;
        let answer = curious.register(&server).await;
        answer.problem(ProblemKind::RateLimited);
        assert_eq!(answer.header("retry-after"), (DAY / 4 + 1).to_string());
    }
    // Who is registered behind the same address corrects all the same.
    let number = json!(Citizen::new().document_number);
    let corrected = super::mending::with(&neighbour, "documentNumber", number);
    let answer = neighbour.register_as(&server, &new_id(), &corrected).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    server.clock.advance(DAY / 4 + 1);
    assert_eq!(Citizen::new().register(&server).await.status, 201);
}
