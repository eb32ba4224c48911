//! EU certificates that a phone hands in: limits, and a store that conflicts, loses writes and answers.

use std::sync::{Arc, PoisonError};

use health_code_core::capability::dcc::DccKeys;
use health_code_core::testing::dcc_issuer::{DccIssuer, vaccination};
use serde_json::{Value, json};

use super::{Answer, Citizen, Server, declaration, new_id};
use crate::store::faulty::Fault;

const DAY: i64 = 86_400;

/// Has the authority go by the keys of one issuer.
fn trust(server: &Server, issuer: &DccIssuer) {
    let list = json!({"id": "eu", "version": 1, "keys": [issuer.entry(&[])]});
    let list = DccKeys::read_strictly(list.to_string().as_bytes()).expect("keys");
    let held = &server.app.authority.definitions;
    let mut held = held.write().unwrap_or_else(PoisonError::into_inner);
    Arc::make_mut(&mut *held).certificates.take_keys(list);
}

fn text(server: &Server, dose: u8) -> String {
    let name = json!({"fn": "王", "fnt": "WANG", "gn": "小明", "gnt": "XIAOMING"});
    let content = vaccination(&name, "", (dose, 2), "2020-01-20");
    let now = server.app.authority.now();
    DccIssuer::es256("SE", 7).issue(&content, now - DAY, now + DAY)
}

async fn hand_in(server: &Server, citizen: &Citizen, id: &str, text: &str) -> Answer {
    let path = format!("/v1/subjects/owner/certificates/{id}");
    citizen
        .put(server, &path, &json!({ "certificate": text }))
        .await
}

async fn told(server: &Server, citizen: &Citizen) -> Vec<Value> {
    let answer = citizen.get(server, "/v1/subjects/owner/parts/dcc").await;
    let list = answer.json()["certificates"].as_array().cloned();
    list.unwrap_or_default()
}

async fn known(server: &Server) -> Citizen {
    trust(server, &DccIssuer::es256("SE", 7));
    let citizen = server.citizen().await;
    citizen.declare(server, &declaration()).await;
    citizen
}

#[tokio::test]
async fn whatever_the_store_does_one_certificate_is_kept_once() {
    for faults in [
        &[Fault::AnswerLost][..],
        &[Fault::Late],
        &[Fault::Conflict],
        &[Fault::WriteLost; 8],
    ] {
        let server = Server::new().await;
        let citizen = known(&server).await;
        let server = server.failing(faults);
        let (id, text) = (new_id(), text(&server, 2));
        let mut answers = Vec::new();
        for _ in 0..3 {
            answers.push(hand_in(&server, &citizen, &id, &text).await.status);
        }
        assert!(
            answers.contains(&201) && answers.ends_with(&[200]),
            "{faults:?}: {answers:?}"
        );
        let told = told(&server, &citizen).await;
        assert_eq!(told.len(), 1, "{faults:?}");
        assert_eq!(told[0]["names"], "same");
    }
}

#[tokio::test]
async fn limits_are_the_settings_and_what_does_not_hold_is_named() {
    let server = Server::with(|config| config.certificates_per_person = 2).await;
    let citizen = known(&server).await;
    for dose in 1..=2 {
        let taken = hand_in(&server, &citizen, &new_id(), &text(&server, dose)).await;
        assert_eq!(taken.status, 201, "{}", taken.text());
    }
    let refused = hand_in(&server, &citizen, &new_id(), &text(&server, 3)).await;
    refused.refused_field("certificate", "dcc_too_many");
    // The same again is no more.
    let again = hand_in(&server, &citizen, &new_id(), &text(&server, 2)).await;
    assert_eq!(again.status, 201, "{}", again.text());
    assert_eq!(told(&server, &citizen).await.len(), 2);
    let refused = hand_in(&server, &citizen, &new_id(), "HC1:").await;
    refused.refused_field("certificate", "dcc_compression_damaged");
    let now = server.app.authority.now();
    let name = json!({"fnt": "WANG"});
    let forged = vaccination(&name, "", (1, 1), "2020-01-20");
    let forged = DccIssuer::es256("SE", 8).issue(&forged, now - DAY, now + DAY);
    let refused = hand_in(&server, &citizen, &new_id(), &forged).await;
    refused.refused_field("certificate", "dcc_key_unknown");
    // A citizen of another name, who did not say that it is theirs.
    let other = vaccination(&name, "", (1, 1), "2020-01-21");
    let other = DccIssuer::es256("SE", 7).issue(&other, now - DAY, now + DAY);
    let third = Server::new().await;
    let stranger = known(&third).await;
    let refused = hand_in(&third, &stranger, &new_id(), &other).await;
    refused.refused_field("namesConfirmed", "dcc_names_not_confirmed");
    assert!(told(&third, &stranger).await.is_empty());
    let removal = format!("/v1/subjects/owner/certificate-removals/{}", new_id());
    let id = told(&server, &citizen).await[0]["id"].clone();
    let removed = citizen
        .put(&server, &removal, &json!({ "certificate": id }))
        .await;
    assert_eq!(removed.status, 201, "{}", removed.text());
    assert_eq!(told(&server, &citizen).await.len(), 1);
}
