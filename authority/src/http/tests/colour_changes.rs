//! `POST /v1/admin/colour-changes`.

use axum::body::Body;
use axum::http::Request;
use data_encoding::BASE64URL_NOPAD;
use health_code_core::colour::{Colour, Reason};
use health_code_core::wire::{ProblemKind, SubjectId};
use serde_json::{Value, json};

use super::{Answer, Citizen, DAY, NOON, Server, declaration, new_id};
use crate::http::CHAIN_HEAD_HEADER;
use crate::officers::{ColourOrder, OfficerSignature, SignedOrder, sign_order};

type SignedColourChange = SignedOrder<ColourOrder>;

pub(super) fn order(citizen: &Citizen) -> ColourOrder {
    ColourOrder {
        id: new_id(),
        citizen_id: citizen.id.clone(),
        subject: SubjectId::OWNER,
        colour: Colour::Yellow,
        reason: Reason::CloseContact,
        at: NOON,
        previous: String::new(),
    }
}

fn sign(server: &Server, change: &[u8], officers: &[&str]) -> Vec<OfficerSignature> {
    let sign = |name: &&str| sign_order::<ColourOrder>(change, name, &server.officer(name));
    officers.iter().map(sign).collect()
}

pub(super) fn by_both(server: &Server, order: &ColourOrder) -> SignedColourChange {
    let bytes = serde_json::to_vec(order).expect("JSON");
    let signatures = sign(server, &bytes, &["officer-1", "officer-2"]);
    SignedOrder::new(&bytes, signatures)
}

pub(super) async fn post(server: &Server, body: &SignedColourChange) -> Answer {
    let request = Request::post("/v1/admin/colour-changes")
        .header("content-type", "application/json")
        .body(Body::from(serde_json::to_vec(body).expect("JSON")))
        .expect("a request");
    server.send(request).await
}

async fn colour(server: &Server, citizen: &Citizen) -> Value {
    let answer = citizen.get(server, "/v1/subjects/owner/state").await;
    let receipt = answer.json()["receipt"]
        .as_str()
        .expect("a receipt")
        .to_owned();
    let bytes = BASE64URL_NOPAD
        .decode(receipt.as_bytes())
        .expect("base64url");
    // The JSON stands as it is inside of the signed bytes.
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let start = text.find("{\"citizenId\"").expect("JSON");
    let mut values = serde_json::Deserializer::from_str(&text[start..]).into_iter::<Value>();
    values.next().expect("a value").expect("a receipt")
}

#[tokio::test]
async fn two_officers_change_a_colour_and_lift_it_again() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    citizen.declare(&server, &declaration()).await;
    assert_eq!(colour(&server, &citizen).await["colour"], "green");
    let published = server.app.authority.bundles.published().etag.clone();
    let answer = post(&server, &by_both(&server, &order(&citizen))).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    assert_eq!(answer.json()["colour"], "yellow");
    assert_eq!(answer.json()["reason"], "close_contact");
    // The revocation is published by the time officers have their answer.
    assert_ne!(server.app.authority.bundles.published().etag, published);
    let receipt = colour(&server, &citizen).await;
    assert_eq!(
        (&receipt["colour"], &receipt["reason"]),
        (&json!("yellow"), &json!("close_contact"))
    );
    let lift = ColourOrder {
        colour: Colour::Green,
        reason: Reason::MeasureLifted,
        previous: answer.json()["head"].as_str().expect("a head").to_owned(),
        ..order(&citizen)
    };
    let answer = post(&server, &by_both(&server, &lift)).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    assert_eq!(colour(&server, &citizen).await["colour"], "green");
}

#[tokio::test]
async fn one_officer_is_not_two() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    let bytes = serde_json::to_vec(&order(&citizen)).expect("JSON");
    for officers in [
        &[][..],
        &["officer-1"],
        &["officer-1", "officer-1"],
        &["officer-1", "officer-2", "officer-1"],
    ] {
        let body = SignedOrder::new(&bytes, sign(&server, &bytes, officers));
        post(&server, &body)
            .await
            .problem(ProblemKind::OfficersRefused);
    }
    // One officer's key under the other's name.
    let own = server.officer("officer-1");
    let forged = vec![
        sign_order::<ColourOrder>(&bytes, "officer-1", &own),
        sign_order::<ColourOrder>(&bytes, "officer-2", &own),
    ];
    let answer = post(&server, &SignedOrder::new(&bytes, forged)).await;
    answer.problem(ProblemKind::OfficersRefused);
}

#[tokio::test]
async fn strangers_and_signatures_over_something_else_do_not_count() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    let bytes = serde_json::to_vec(&order(&citizen)).expect("JSON");
    let stranger = ed25519_dalek::SigningKey::from_bytes(&[9; 32]);
    let mut signatures = sign(&server, &bytes, &["officer-1"]);
    signatures.push(sign_order::<ColourOrder>(&bytes, "officer-3", &stranger));
    post(&server, &SignedOrder::new(&bytes, signatures))
        .await
        .problem(ProblemKind::OfficersRefused);
    let other = serde_json::to_vec(&order(&citizen)).expect("JSON");
    let signatures = sign(&server, &other, &["officer-1", "officer-2"]);
    post(&server, &SignedOrder::new(&bytes, signatures))
        .await
        .problem(ProblemKind::OfficersRefused);
    let mut signatures = sign(&server, &bytes, &["officer-1", "officer-2"]);
    signatures[0].signature = "AA".to_owned();
    post(&server, &SignedOrder::new(&bytes, signatures))
        .await
        .problem(ProblemKind::OfficersRefused);
}

#[tokio::test]
async fn reasons_outside_of_the_list_or_unfit_for_the_colour_are_refused() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    let text = serde_json::to_string(&order(&citizen)).expect("JSON");
    for (from, to, code) in [
        ("close_contact", "petitioning", "unknown_reason"),
        ("close_contact", "measure_lifted", "reason_not_for_colour"),
        ("close_contact", "not_declared", "reason_not_for_colour"),
        ("yellow", "green", "reason_not_for_colour"),
    ] {
        let bytes = text.replace(from, to).into_bytes();
        let signatures = sign(&server, &bytes, &["officer-1", "officer-2"]);
        let answer = post(&server, &SignedOrder::new(&bytes, signatures)).await;
        answer.refused_field("reason", code);
    }
}

#[tokio::test]
async fn a_change_must_stand_on_the_head_of_the_chain() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    let first = post(&server, &by_both(&server, &order(&citizen))).await;
    let head = first.json()["head"].as_str().expect("a head").to_owned();
    for previous in [String::new(), "0".repeat(64)] {
        let wrong = ColourOrder {
            previous,
            colour: Colour::Red,
            ..order(&citizen)
        };
        let answer = post(&server, &by_both(&server, &wrong)).await;
        answer.refused_field("previous", "chain_head_mismatch");
        assert_eq!(answer.header(CHAIN_HEAD_HEADER), head);
    }
    let right = ColourOrder {
        previous: head.clone(),
        colour: Colour::Red,
        ..order(&citizen)
    };
    let second = post(&server, &by_both(&server, &right)).await;
    assert_eq!(second.status, 201);
    assert_ne!(second.json()["head"], json!(head));
}

#[tokio::test]
async fn a_replayed_change_changes_nothing() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    citizen.declare(&server, &declaration()).await;
    let change = by_both(&server, &order(&citizen));
    let first = post(&server, &change).await;
    let head = first.json()["head"].as_str().expect("a head").to_owned();
    let lift = ColourOrder {
        colour: Colour::Green,
        reason: Reason::ErrorCorrected,
        previous: head.clone(),
        ..order(&citizen)
    };
    assert_eq!(post(&server, &by_both(&server, &lift)).await.status, 201);
    let again = post(&server, &change).await;
    assert_eq!((again.status, &again.json()["head"]), (200, &json!(head)));
    assert_eq!(colour(&server, &citizen).await["colour"], "green");
    // The same id for something else.
    let order = ColourOrder {
        colour: Colour::Red,
        ..read(&change)
    };
    post(&server, &by_both(&server, &order))
        .await
        .problem(ProblemKind::IdReused);
}

fn read(change: &SignedColourChange) -> ColourOrder {
    let bytes = BASE64URL_NOPAD
        .decode(change.order.as_bytes())
        .expect("base64url");
    serde_json::from_slice(&bytes).expect("an order")
}

#[tokio::test]
async fn times_ids_and_citizens_are_checked() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    let ok = order(&citizen);
    let cases = [
        (
            "at",
            "in_future",
            ColourOrder {
                at: NOON + 301,
                ..ok.clone()
            },
        ),
        (
            "at",
            "too_old",
            ColourOrder {
                at: NOON - 3 * DAY - 1,
                ..ok.clone()
            },
        ),
        (
            "id",
            "not_uuid_v7",
            ColourOrder {
                id: "1".to_owned(),
                ..ok.clone()
            },
        ),
        (
            "citizenId",
            "unknown",
            ColourOrder {
                citizen_id: new_id(),
                ..ok.clone()
            },
        ),
    ];
    for (field, code, order) in cases {
        post(&server, &by_both(&server, &order))
            .await
            .refused_field(field, code);
    }
    for bytes in ["{", "{\"reason\":\"fever\"}"] {
        let signatures = sign(&server, bytes.as_bytes(), &["officer-1", "officer-2"]);
        let answer = post(&server, &SignedOrder::new(bytes.as_bytes(), signatures)).await;
        answer.problem(ProblemKind::Malformed);
    }
    let large = vec![b' '; 1_025];
    let signatures = sign(&server, &large, &["officer-1", "officer-2"]);
    post(&server, &SignedOrder::new(&large, signatures))
        .await
        .problem(ProblemKind::Malformed);
}

#[tokio::test]
async fn nothing_is_told_about_a_citizen_without_two_signatures() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    let unknown = ColourOrder {
        citizen_id: new_id(),
        ..order(&citizen)
    };
    let mut answers = Vec::new();
    for order in [order(&citizen), unknown] {
        let bytes = serde_json::to_vec(&order).expect("JSON");
        let body = SignedOrder::new(&bytes, sign(&server, &bytes, &["officer-1"]));
        answers.push(post(&server, &body).await);
    }
    assert_eq!(
        (answers[0].status, &answers[0].body),
        (answers[1].status, &answers[1].body)
    );
}

#[tokio::test]
async fn what_is_signed_is_what_is_understood() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    citizen.declare(&server, &declaration()).await;
    let order = serde_json::to_string(&order(&citizen)).expect("JSON");
    let is_taken = async |change: String| {
        let signatures = sign(&server, change.as_bytes(), &["officer-1", "officer-2"]);
        post(&server, &SignedOrder::new(change.as_bytes(), signatures)).await
    };
    let yellow = "\"colour\":\"yellow\"";
    for twice in ["\"colour\":\"red\"", "\"col\\u006fur\":\"red\""] {
        for both in [format!("{yellow},{twice}"), format!("{twice},{yellow}")] {
            let answer = is_taken(order.replace(yellow, &both)).await;
            answer.problem(ProblemKind::Malformed);
        }
    }
    // One meaning, another spelling: spaces, escapes, another order of the members.
    for other in [
        order.replace(',', ", "),
        format!("{order}\n"),
        order.replace("yellow", "yell\\u006fw"),
        serde_json::from_str::<Value>(&order)
            .expect("JSON")
            .to_string(),
    ] {
        assert_ne!(other, order);
        let answer = is_taken(other).await;
        answer.refused_field("change", "not_canonical");
    }
    assert_eq!(is_taken(order).await.status, 201);
}
