//! Citizens whom the desk moves to another phone.

mod documents;

use axum::body::Body;
use axum::http::Request;
use health_code_core::wire::{ProblemKind, device_id};
use serde_json::{Value, json};

use super::mending::is_free;
use super::state::{credential, revoked};
use super::{Answer, Citizen, DAY, NOON, Server, declaration, fever, new_id};
use crate::officers::{MoveOrder, SignedOrder, sign_order};

fn device(citizen: &Citizen) -> String {
    device_id(&citizen.public_key())
}

fn order(from: &Citizen, to: &Citizen) -> MoveOrder {
    MoveOrder {
        id: new_id(),
        document_kind: "resident_id".to_owned(),
        document_number: from.document_number.clone(),
        new_document_kind: None,
        new_document_number: None,
        device_id: device(to),
        at: NOON,
    }
}

fn signed(server: &Server, order: &MoveOrder, officers: &[&str]) -> SignedOrder<MoveOrder> {
    let bytes = serde_json::to_vec(order).expect("JSON");
    let sign = |name: &&str| sign_order::<MoveOrder>(&bytes, name, &server.officer(name));
    SignedOrder::new(&bytes, officers.iter().map(sign).collect())
}

async fn post(server: &Server, body: &SignedOrder<MoveOrder>) -> Answer {
    let request = Request::post("/v1/admin/moves")
        .header("content-type", "application/json")
        .body(Body::from(serde_json::to_vec(body).expect("JSON")))
        .expect("a request");
    server.send(request).await
}

const BOTH: &[&str] = &["officer-1", "officer-2"];

fn registration_at(citizen: &Citizen, at: i64) -> Value {
    let mut body = citizen.registration();
    body["consent"]["acceptedAt"] = json!(at);
    body
}

#[tokio::test]
async fn the_desk_moves_a_citizen_with_colour_and_history_to_the_phone_it_names() {
    let server = Server::new().await;
    let old = server.citizen().await;
    old.declare(&server, &fever()).await;
    let state = old.get(&server, "/v1/subjects/owner/state").await;
    let index = credential(&server, &state).status_index;
    let [mut new, mut thief] = [(); 2].map(|()| Citizen::new());
    new.document_number.clone_from(&old.document_number);
    thief.document_number.clone_from(&old.document_number);
    new.register(&server)
        .await
        .problem(ProblemKind::AlreadyRegistered);

    server.clock.advance(60);
    let order = order(&old, &new);
    let answer = post(&server, &signed(&server, &order, BOTH)).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    assert_eq!(answer.json()["citizenId"], old.id.as_str());
    assert_eq!(answer.json()["revokedCredentials"], 1);
    // The code before is refused by the time officers have their answer; the phone before is known no more, and does not
    // come back with the consent that it had, under whatever key and details.
    assert!(revoked(&server).await.is_revoked(index));
    let gone = old.get(&server, "/v1/subjects/owner/state").await;
    gone.problem(ProblemKind::DeviceUnknown);
    for request in [new_id(), new_id()] {
        let again = old
            .register_as(&server, &request, &old.registration())
            .await;
        again.problem(ProblemKind::RegistrationEnded);
    }
    // Nobody else gets in, and the phone itself not by the request that was refused before.
    thief
        .register_as(&server, &new_id(), &registration_at(&thief, NOON + 100))
        .await
        .problem(ProblemKind::AlreadyRegistered);
    new.register(&server)
        .await
        .problem(ProblemKind::AlreadyRegistered);
    let request = new_id();
    for _ in 0..2 {
        let answer = new
            .register_as(&server, &request, &registration_at(&new, NOON + 60))
            .await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert_eq!(answer.json()["citizenId"], old.id.as_str());
    }
    let state = new.get(&server, "/v1/subjects/owner/state").await;
    assert_eq!(credential(&server, &state).device_key, new.public_key());
    assert_eq!(super::state::receipt(&server, &state).colour.id(), "yellow");
    // The same order again is the same act: it does not end the phone that has come.
    let again = post(&server, &signed(&server, &order, BOTH)).await;
    assert_eq!(again.status, 200, "{}", again.text());
    assert_eq!(
        new.get(&server, "/v1/subjects/owner/state").await.status,
        200
    );
    // With a consent of now the phone before may be somebody else's, not this citizen's.
    server.clock.advance(DAY);
    let at = NOON + DAY;
    old.register_as(&server, &new_id(), &registration_at(&old, at))
        .await
        .problem(ProblemKind::AlreadyRegistered);
    let mut body = registration_at(&old, at);
    body["identity"]["documentNumber"] = json!(Citizen::new().document_number);
    let answer = old.register_as(&server, &new_id(), &body).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    assert_ne!(answer.json()["citizenId"], old.id.as_str());
}

/// A mistyped name after the colour: the desk lets the same phone register once more.
#[tokio::test]
async fn the_desk_lets_the_same_phone_correct_what_is_fixed() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    citizen.declare(&server, &declaration()).await;
    server.clock.advance(10);
    let order = order(&citizen, &citizen);
    assert_eq!(
        post(&server, &signed(&server, &order, BOTH)).await.status,
        201
    );
    let mut body = registration_at(&citizen, NOON + 10);
    body["identity"]["name"] = json!("王晓明");
    let answer = citizen.register_as(&server, &new_id(), &body).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let state = citizen.get(&server, "/v1/subjects/owner/state").await;
    assert_eq!(credential(&server, &state).masked_name.as_str(), "王*明");
    // Once.
    server.clock.advance(400);
    body["identity"]["name"] = json!("李四");
    let answer = citizen.register_as(&server, &new_id(), &body).await;
    answer.problem(ProblemKind::DetailsFixed);
}

/// What the desk saw is this document: who takes another one, or leaves it free, would come off a colour.
#[tokio::test]
async fn a_move_to_the_same_phone_lets_nobody_leave_the_document() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    citizen.declare(&server, &fever()).await;
    server.clock.advance(10);
    let order = order(&citizen, &citizen);
    assert_eq!(
        post(&server, &signed(&server, &order, BOTH)).await.status,
        201
    );
    let free = Citizen::new().document_number;
    let taken = server.citizen().await.document_number;
    for number in [&free, &taken] {
        let mut body = registration_at(&citizen, NOON + 10);
        body["identity"]["documentNumber"] = json!(number);
        let answer = citizen.register_as(&server, &new_id(), &body).await;
        let problem = answer.problem(ProblemKind::DetailsFixed);
        assert_eq!(problem.field.as_deref(), Some("identity.documentNumber"));
    }
    assert!(is_free(&server, &free).await, "nothing was taken");
    assert!(!is_free(&server, &citizen.document_number).await);
    // The order still stands for the document that it names.
    let mut body = registration_at(&citizen, NOON + 10);
    body["identity"]["name"] = json!("王晓明");
    let answer = citizen.register_as(&server, &new_id(), &body).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let state = citizen.get(&server, "/v1/subjects/owner/state").await;
    assert_eq!(super::state::receipt(&server, &state).colour.id(), "yellow");
}

#[tokio::test]
async fn nobody_is_moved_to_a_phone_that_is_another_citizens() {
    let server = Server::new().await;
    let old = server.citizen().await;
    old.declare(&server, &declaration()).await;
    let other = server.citizen().await;
    let taken = signed(&server, &order(&old, &other), BOTH);
    let refused = post(&server, &taken).await;
    refused.refused_field("deviceId", "registered");
    // Nothing was changed: the phone before is the citizen's, its code counts.
    let state = old.get(&server, "/v1/subjects/owner/state").await;
    assert!(
        !revoked(&server)
            .await
            .is_revoked(credential(&server, &state).status_index)
    );
    // That other phone's citizen is moved away: it is nobody's now, and the same order counts.
    let third = Citizen::new();
    let away = signed(&server, &order(&other, &third), BOTH);
    assert_eq!(post(&server, &away).await.status, 201);
    server.clock.advance(60);
    assert_eq!(post(&server, &taken).await.status, 201);
    let mut body = registration_at(&other, NOON + 60);
    body["identity"]["documentNumber"] = json!(old.document_number);
    let answer = other.register_as(&server, &new_id(), &body).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.json()["citizenId"], old.id.as_str());
    // What was carried out is the same act again, whoever's the phone is by then.
    let back = signed(&server, &order(&old, &third), BOTH);
    assert_eq!(post(&server, &back).await.status, 201);
    let again = post(&server, &taken).await;
    assert_eq!(again.status, 200, "{}", again.text());
}

#[tokio::test]
async fn a_move_needs_two_officers_a_registered_document_and_a_devices_id() {
    let server = Server::new().await;
    let old = server.citizen().await;
    let new = Citizen::new();
    let good = order(&old, &new);
    for officers in [&[][..], &["officer-1"], &["officer-1", "officer-1"]] {
        post(&server, &signed(&server, &good, officers))
            .await
            .problem(ProblemKind::OfficersRefused);
    }
    let altered = [
        (
            MoveOrder {
                document_number: Citizen::new().document_number,
                ..good.clone()
            },
            "documentNumber",
        ),
        (
            MoveOrder {
                document_number: "1".to_owned(),
                ..good.clone()
            },
            "documentNumber",
        ),
        (
            MoveOrder {
                document_kind: "library_card".to_owned(),
                ..good.clone()
            },
            "documentKind",
        ),
        (
            MoveOrder {
                device_id: "x".to_owned(),
                ..good.clone()
            },
            "deviceId",
        ),
        (
            MoveOrder {
                at: NOON - 4 * DAY,
                ..good.clone()
            },
            "at",
        ),
        (
            MoveOrder {
                id: "1".to_owned(),
                ..good.clone()
            },
            "id",
        ),
    ];
    for (order, field) in altered {
        let answer = post(&server, &signed(&server, &order, BOTH)).await;
        assert_eq!(
            answer.problem(ProblemKind::Invalid).field.as_deref(),
            Some(field)
        );
    }
    // However the number is written; and one id is one order.
    let spelled = MoveOrder {
        document_number: format!(" {} ", old.document_number.to_lowercase()),
        ..good.clone()
    };
    assert_eq!(
        post(&server, &signed(&server, &spelled, BOTH)).await.status,
        201
    );
    post(&server, &signed(&server, &good, BOTH))
        .await
        .problem(ProblemKind::IdReused);
}
