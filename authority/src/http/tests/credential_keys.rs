//! A key for each credential: what doors could tell two visits by.

use data_encoding::BASE64URL_NOPAD;
use health_code_core::code::{CredentialClaims, ReasonNumber};
use health_code_core::colour::{Colour, Reason};
use health_code_core::trust::{DevicePublicKey, SoftwareEd25519};
use health_code_core::wire::{
    CredentialKey, CredentialRequest, NONCE_HEADER, RequestParts, device_id, proof_text,
};

use super::issuer_keys::sign;
use super::state::{credential, receipt, revoked, state};
use super::{Answer, Citizen, HOST, NOON, Server, declaration, draft, fever};

const PATH: &str = "/v1/subjects/owner/credentials";
const HOUR: i64 = 3_600;

fn key(number: u8) -> SoftwareEd25519 {
    SoftwareEd25519::from_seed(&[number; 32])
}

fn public(number: u8) -> DevicePublicKey {
    use health_code_core::ports::DeviceSigner as _;
    key(number).public_key().expect("a key")
}

/// What a proof is made for, of which a test may have something wrong.
struct Proven<'a> {
    authority: &'a str,
    path: &'a str,
    device: &'a Citizen,
    nonce: Option<&'a str>,
}

impl<'a> Proven<'a> {
    fn right(device: &'a Citizen) -> Self {
        Self {
            authority: HOST,
            path: PATH,
            device,
            nonce: None,
        }
    }
}

async fn offer_as(server: &Server, citizen: &Citizen, keys: &[u8], proven: Proven<'_>) -> Answer {
    let nonce = server.get("/healthz").await.header(NONCE_HEADER).to_owned();
    let parts = RequestParts {
        method: "POST",
        authority: proven.authority,
        path: proven.path,
        query: "",
        body: b"",
    };
    let device_id = device_id(&proven.device.public_key());
    let text = proof_text(&parts, &device_id, proven.nonce.unwrap_or(&nonce));
    let keys = keys.iter();
    let request = CredentialRequest {
        keys: keys
            .map(|number| CredentialKey::prove(&key(*number), &text).expect("proven"))
            .collect(),
    };
    let body = serde_json::to_vec(&request).expect("JSON");
    citizen
        .send_with(server, &nonce, draft("POST", PATH, body))
        .await
}

pub(super) async fn offer(server: &Server, citizen: &Citizen, keys: &[u8]) -> Answer {
    offer_as(server, citizen, keys, Proven::right(citizen)).await
}

pub(super) async fn green() -> (Server, Citizen) {
    let server = Server::with(|config| config.credential_max_hours = 4).await;
    let citizen = server.citizen().await;
    citizen.declare(&server, &declaration()).await;
    (server, citizen)
}

pub(super) async fn issued(server: &Server, citizen: &Citizen, number: u8) -> CredentialClaims {
    let answer = offer(server, citizen, &[number]).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    credential(server, &answer)
}

#[tokio::test]
async fn each_credential_has_the_key_that_was_offered_for_it_and_nothing_singles_it_out() {
    let (server, citizen) = green().await;
    server.clock.advance(437);
    let answer = offer(&server, &citizen, &[1, 2]).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    let first = credential(&server, &answer);
    assert_eq!(first.device_key, public(2), "the last of them");
    assert_eq!(first.reason, ReasonNumber::WITHHELD);
    assert_eq!((first.issued_at(), first.expires_at % 900), (NOON, 0));
    assert_eq!(receipt(&server, &answer).reason, Reason::Clear);
    // The state is the same, tag and all: a phone that has the answer need not fetch it again.
    let same = state(&server, &citizen).await;
    assert_eq!(same.header("etag"), answer.header("etag"));
    assert_eq!(credential(&server, &same), first);
    // An answer that got lost: the phone offers the same key again, and the same credential comes.
    server.clock.advance(HOUR);
    assert_eq!(issued(&server, &citizen, 1).await, first);
    let second = issued(&server, &citizen, 3).await;
    assert_eq!(second.device_key, public(3));
    assert_ne!(second.status_index, first.status_index);
    // Not more than one a minute, whatever is offered.
    assert_eq!(issued(&server, &citizen, 4).await, second);
    assert!(!revoked(&server).await.is_revoked(first.status_index));
}

#[tokio::test]
async fn nothing_is_issued_that_no_key_was_offered_for() {
    let (server, citizen) = green().await;
    let first = issued(&server, &citizen, 1).await;
    // Half of its life is over: the phone will offer a key.
    server.clock.advance(3 * HOUR);
    assert_eq!(credential(&server, &state(&server, &citizen).await), first);
    // Another colour: the code before ends, the next waits for its key.
    citizen.declare(&server, &fever()).await;
    assert!(revoked(&server).await.is_revoked(first.status_index));
    let answer = state(&server, &citizen).await;
    assert_eq!(receipt(&server, &answer).colour, Colour::Yellow);
    assert!(answer.json().get("credential").is_none());
    let yellow = issued(&server, &citizen, 2).await;
    assert_eq!(
        (yellow.colour, yellow.device_key),
        (Colour::Yellow, public(2))
    );
}

/// An app of before keys per credential, over the phone of a later one: it only looks, and must not be without a code.
#[tokio::test]
async fn an_app_that_was_rolled_back_has_a_code_again_once_the_last_one_has_run_out() {
    let (server, citizen) = green().await;
    let first = issued(&server, &citizen, 1).await;
    server.clock.advance(first.expires_at - 1 - NOON);
    assert_eq!(credential(&server, &state(&server, &citizen).await), first);
    server.clock.advance(1);
    let second = credential(&server, &state(&server, &citizen).await);
    assert_eq!(second.device_key, citizen.public_key());
    // And again, for as long as it stays rolled back.
    server.clock.advance(5 * HOUR);
    let third = credential(&server, &state(&server, &citizen).await);
    assert_eq!(third.device_key, citizen.public_key());
    assert_ne!(third.status_index, second.status_index);
    // Brought up to date it goes on with a key for each.
    server.clock.advance(60);
    assert_eq!(issued(&server, &citizen, 2).await.device_key, public(2));
}

#[tokio::test]
async fn a_phone_that_offers_no_keys_goes_on_with_its_own() {
    let (server, citizen) = green().await;
    let first = credential(&server, &state(&server, &citizen).await);
    assert_eq!(first.device_key, citizen.public_key());
    server.clock.advance(2 * HOUR + 1);
    let second = credential(&server, &state(&server, &citizen).await);
    assert_ne!(second.status_index, first.status_index);
    assert_eq!(second.device_key, citizen.public_key());
    // The app is brought up to date.
    server.clock.advance(60);
    assert_eq!(issued(&server, &citizen, 1).await.device_key, public(1));
}

#[tokio::test]
async fn before_anything_is_known_offering_a_key_is_looking() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    let answer = offer(&server, &citizen, &[1]).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert!(answer.json().get("receipt").is_none());
    let same = state(&server, &citizen).await;
    assert_eq!(same.header("etag"), answer.header("etag"));
}

#[tokio::test]
async fn nobody_binds_a_credential_to_a_key_that_is_not_his() {
    let (server, citizen) = green().await;
    let other = server.citizen().await;
    let wrong = [
        Proven {
            authority: "other.example",
            ..Proven::right(&citizen)
        },
        Proven {
            path: "/v1/subjects/grandma/credentials",
            ..Proven::right(&citizen)
        },
        Proven {
            nonce: Some("b2xk"),
            ..Proven::right(&citizen)
        },
        Proven::right(&other),
    ];
    for proven in wrong {
        let answer = offer_as(&server, &citizen, &[1], proven).await;
        answer.refused_field("keys", "not_proven");
    }
    offer(&server, &citizen, &[])
        .await
        .refused_field("keys", "count");
    let many: Vec<u8> = (1..=17).collect();
    offer(&server, &citizen, &many)
        .await
        .refused_field("keys", "count");
    assert_eq!(offer(&server, &citizen, &many[..16]).await.status, 201);
    offer(&server, &citizen, &[1, 1])
        .await
        .refused_field("keys", "twice");
    let nonsense = serde_json::json!({"keys": [
        {"publicKey": BASE64URL_NOPAD.encode(&[1; 31]), "hardware": false, "proof": "AA"},
    ]});
    let body = nonsense.to_string().into_bytes();
    let answer = citizen.send(&server, draft("POST", PATH, body)).await;
    answer.refused_field("keys", "not_a_key");
    // The device's own is what a credential is not to be told by.
    let nonce = server.get("/healthz").await.header(NONCE_HEADER).to_owned();
    let parts = RequestParts {
        method: "POST",
        authority: HOST,
        path: PATH,
        query: "",
        body: b"",
    };
    let text = proof_text(&parts, &device_id(&citizen.public_key()), &nonce);
    let own = SoftwareEd25519::from_seed(&citizen.key.to_bytes());
    let keys = vec![CredentialKey::prove(&own, &text).expect("proven")];
    let body = serde_json::to_vec(&CredentialRequest { keys }).expect("JSON");
    let answer = citizen
        .send_with(&server, &nonce, draft("POST", PATH, body))
        .await;
    answer.refused_field("keys", "key_of_device");
}

#[tokio::test]
async fn the_reason_is_in_the_code_where_policy_asks_for_it() {
    let (server, citizen) = green().await;
    sign(&server, |trust| trust.policy.reason_in_code = true);
    server.app.keep_house().await.expect("kept");
    let claims = issued(&server, &citizen, 1).await;
    assert_eq!(claims.reason, Reason::Clear.into());
}
