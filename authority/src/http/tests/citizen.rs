//! Phones of the tests: their keys, what they sign, what they declare.

use std::sync::atomic::{AtomicI64, Ordering};

use axum::body::Body;
use axum::http::Request;
use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::{Signer as _, SigningKey};
use health_code_core::ports::Entropy as _;
use health_code_core::trust::DevicePublicKey;
use health_code_core::wire::{NONCE_HEADER, RequestParts, sign_request};
use serde_json::{Value, json};

use super::{Answer, HOST, NOON, Server};
use crate::system::SystemEntropy;

/// A phone.
pub(super) struct Citizen {
    pub(super) key: SigningKey,
    pub(super) id: String,
    pub(super) document_number: String,
}

/// Everything of a signed request that a test may want wrong.
pub(super) struct Draft {
    pub(super) method: &'static str,
    pub(super) path: String,
    pub(super) body: Vec<u8>,
    pub(super) headers: Vec<(&'static str, String)>,
}

impl Citizen {
    pub(super) fn new() -> Self {
        static ORDER: AtomicI64 = AtomicI64::new(0);
        let mut seed = [0; 32];
        SystemEntropy.fill(&mut seed).expect("random");
        let order = ORDER.fetch_add(1, Ordering::SeqCst);
        Self {
            key: SigningKey::from_bytes(&seed),
            id: String::new(),
            document_number: resident_number(&format!("33010619900307{order:03}")),
        }
    }

    pub(super) fn device_id(&self) -> String {
        health_code_core::wire::device_id(&self.public_key())
    }

    pub(super) fn public_key(&self) -> DevicePublicKey {
        DevicePublicKey::Ed25519(self.key.verifying_key().to_bytes())
    }

    /// Signs with `nonce` and sends.
    pub(super) async fn send_with(&self, server: &Server, nonce: &str, draft: Draft) -> Answer {
        server.send(self.sign(nonce, draft)).await
    }

    pub(super) fn sign(&self, nonce: &str, draft: Draft) -> Request<Body> {
        let (path, query) = draft.path.split_once('?').unwrap_or((&draft.path, ""));
        let parts = RequestParts {
            method: draft.method,
            authority: HOST,
            path,
            query,
            body: &draft.body,
        };
        let sign = |message: &[u8]| Ok(self.key.sign(message).to_bytes().to_vec());
        let signed = sign_request(&parts, nonce, 0, &self.public_key(), &sign).expect("signed");
        let mut request = Request::builder()
            .method(draft.method)
            .uri(&draft.path)
            .header("host", HOST)
            .header("content-digest", signed.content_digest)
            .header("signature-input", signed.signature_input)
            .header("signature", signed.signature);
        for (name, value) in draft.headers {
            request = request.header(name, value);
        }
        request.body(Body::from(draft.body)).expect("a request")
    }

    /// Signs with a fresh nonce and sends.
    pub(super) async fn send(&self, server: &Server, draft: Draft) -> Answer {
        let nonce = server.get("/healthz").await.header(NONCE_HEADER).to_owned();
        self.send_with(server, &nonce, draft).await
    }

    pub(super) async fn get(&self, server: &Server, path: &str) -> Answer {
        self.send(server, draft("GET", path, Vec::new())).await
    }

    pub(super) async fn put(&self, server: &Server, path: &str, body: &Value) -> Answer {
        self.send(server, draft("PUT", path, body.to_string().into_bytes()))
            .await
    }

    pub(super) fn registration(&self) -> Value {
        json!({
            "device": {
                "publicKey": BASE64URL_NOPAD.encode(self.public_key().as_bytes()),
                "hardware": false,
            },
            "identity": {
                "name": "王小明", "sex": "1", "nationality": "CHN",
                "documentKind": "resident_id", "documentNumber": self.document_number,
                "division": 330_106, "address": "文三路 1 号", "phone": "13800138000",
            },
            "consent": {"version": 1, "acceptedAt": NOON},
        })
    }

    pub(super) async fn register(&self, server: &Server) -> Answer {
        self.register_as(server, &new_id(), &self.registration())
            .await
    }

    pub(super) async fn register_as(&self, server: &Server, key: &str, body: &Value) -> Answer {
        let mut draft = draft("POST", "/v1/subjects", body.to_string().into_bytes());
        draft.headers.push(("idempotency-key", key.to_owned()));
        self.send(server, draft).await
    }

    pub(super) async fn declare(&self, server: &Server, body: &Value) -> Answer {
        let answer = self
            .put(
                server,
                &format!("/v1/subjects/owner/declarations/{}", new_id()),
                body,
            )
            .await;
        assert_eq!(answer.status, 201, "{}", answer.text());
        answer
    }
}

pub(super) fn draft(method: &'static str, path: &str, body: Vec<u8>) -> Draft {
    Draft {
        method,
        path: path.to_owned(),
        body,
        headers: vec![("content-type", "application/json".to_owned())],
    }
}

/// A healthy declaration.
pub(super) fn declaration() -> Value {
    json!({
        "formId": "health-declaration", "formVersion": 1, "filledAt": NOON,
        "answers": {
            "temperature": 36.5, "symptoms": ["none"], "underlyingIllness": ["none"],
            "highRiskStay": false, "contact": false,
            "currentDivision": 330_106, "currentAddress": "文三路 1 号", "phone": "13800138000",
            "travelled": false, "truthful": true,
        },
    })
}

/// A declaration of a fever.
pub(super) fn fever() -> Value {
    let mut declaration = declaration();
    declaration["answers"]["temperature"] = json!(38.5);
    declaration["answers"]["symptoms"] = json!(["fever"]);
    declaration["answers"]["symptomsSince"] = json!("2020-03-01");
    declaration
}

/// A UUIDv7.
pub(super) fn new_id() -> String {
    let mut random = [0; 10];
    SystemEntropy.fill(&mut random).expect("random");
    uuid::Builder::from_unix_timestamp_millis(1_583_035_200_000, &random)
        .into_uuid()
        .to_string()
}

/// Completes 17 digits with the check character of GB 11643 (ISO 7064, MOD 11-2).
fn resident_number(digits: &str) -> String {
    let sum = digits
        .bytes()
        .enumerate()
        .fold(0_u32, |sum, (place, digit)| {
            let weight = (0..17 - place).fold(1_u32, |weight, _| weight * 2 % 11);
            sum + weight * u32::from(digit - b'0')
        });
    let check = (12 - sum % 11) % 11;
    let check = if check == 10 {
        'X'
    } else {
        char::from_digit(check, 10).expect("a digit")
    };
    format!("{digits}{check}")
}
