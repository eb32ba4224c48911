//! A phone reduced to what the wire needs: a key, an identity, signed requests. No store, no retry.
//!
//! Invariant: a request is sent once; what came back is handed on as it is.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use data_encoding::BASE64URL_NOPAD;
use health_code_core::ports::{DeviceSigner, Entropy};
use health_code_core::system::SystemEntropy;
use health_code_core::wire::{NONCE_HEADER, Problem, RequestParts, sign_request};
use serde_json::{Value, json};

/// An HTTP client that trusts only this CA.
///
/// # Panics
/// If the CA cannot be read.
#[must_use]
pub fn client(ca_pem: &[u8]) -> reqwest::Client {
    builder(ca_pem).build().expect("a client")
}

/// The same that speaks HTTP/1.1 only.
///
/// # Panics
/// If the CA cannot be read.
#[must_use]
pub fn http1_client(ca_pem: &[u8]) -> reqwest::Client {
    builder(ca_pem).http1_only().build().expect("a client")
}

fn builder(ca_pem: &[u8]) -> reqwest::ClientBuilder {
    // A second call finds the first one's.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let roots = reqwest::Certificate::from_pem_bundle(ca_pem).expect("a CA");
    reqwest::Client::builder()
        .tls_certs_only(roots)
        .https_only(true)
        .no_proxy()
        .timeout(Duration::from_secs(30))
}

/// An answer, read whole.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Status code.
    pub status: u16,
    /// Headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// Body.
    pub body: Vec<u8>,
}

impl Answer {
    /// The body as JSON.
    ///
    /// # Panics
    /// If it is none.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }

    /// The code of a problem answer, such as `nonce_required`.
    ///
    /// # Panics
    /// If it is no problem answer.
    #[must_use]
    pub fn problem(&self) -> String {
        assert_eq!(self.header("content-type"), "application/problem+json");
        let problem: Problem = serde_json::from_slice(&self.body).expect("a problem");
        problem
            .kind_uri
            .rsplit(':')
            .next()
            .unwrap_or_default()
            .to_owned()
    }

    /// A header; empty if it is not there.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value)
    }
}

/// Sends a request as it is. None: nothing came back.
pub async fn send(request: reqwest::RequestBuilder) -> Option<Answer> {
    let response = request.send().await.ok()?;
    let status = response.status().as_u16();
    let headers = response.headers().iter().map(|(name, value)| {
        let value = value.to_str().unwrap_or_default();
        (name.as_str().to_owned(), value.to_owned())
    });
    let headers = headers.collect();
    let body = response.bytes().await.ok()?.to_vec();
    Some(Answer {
        status,
        headers,
        body,
    })
}

/// A device key and the requests that it signs, without a store, a form or a screen.
#[derive(Clone)]
pub struct BarePhone {
    /// The device's key.
    pub signer: Arc<dyn DeviceSigner>,
    /// Resident identity number, valid and its own.
    pub document_number: String,
    /// Where the authority is.
    pub url: String,
    client: reqwest::Client,
}

impl std::fmt::Debug for BarePhone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("BarePhone")
    }
}

impl BarePhone {
    /// A phone that nobody knows yet.
    #[must_use]
    pub fn new(signer: Arc<dyn DeviceSigner>, url: &str, client: reqwest::Client) -> Self {
        static ORDER: AtomicU32 = AtomicU32::new(0);
        let order = ORDER.fetch_add(1, Ordering::SeqCst);
        let day = 1 + order / 1_000;
        Self {
            signer,
            document_number: resident_number(&format!("330106199001{day:02}{:03}", order % 1_000)),
            url: url.to_owned(),
            client,
        }
    }

    /// A fresh nonce.
    pub async fn nonce(&self) -> Option<String> {
        let answer = send(self.client.get(format!("{}/healthz", self.url))).await?;
        Some(answer.header(NONCE_HEADER).to_owned())
    }

    /// Signs with `nonce` and sends. None: nothing came back.
    ///
    /// # Panics
    /// If the key does not sign.
    pub async fn send_with(
        &self,
        nonce: &str,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> Option<Answer> {
        let parts = RequestParts {
            method,
            authority: self.url.trim_start_matches("https://"),
            path,
            query: "",
            body: &body,
        };
        let key = self.signer.public_key().expect("a key");
        let signed = sign_request(&parts, nonce, 0, &key, &|message| self.signer.sign(message))
            .expect("signed");
        let method = reqwest::Method::from_bytes(method.as_bytes()).expect("a method");
        let mut request = self
            .client
            .request(method, format!("{}{path}", self.url))
            .header("content-digest", signed.content_digest)
            .header("signature-input", signed.signature_input)
            .header("signature", signed.signature)
            .header("content-type", "application/json");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        send(request.body(body)).await
    }

    /// Fetches a nonce, signs, sends. None: nothing came back.
    pub async fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> Option<Answer> {
        let nonce = self.nonce().await?;
        self.send_with(&nonce, method, path, headers, body).await
    }

    /// Registers; returns the citizen's id.
    ///
    /// # Panics
    /// If it is refused.
    pub async fn register(&self) -> String {
        let key = self.signer.public_key().expect("a key");
        let body = json!({
            "device": {
                "publicKey": BASE64URL_NOPAD.encode(key.as_bytes()),
                "hardware": self.signer.is_hardware(),
            },
            "identity": {
                "name": "王小明", "sex": "1", "nationality": "CHN",
                "documentKind": "resident_id", "documentNumber": self.document_number,
                "division": 330_106, "address": "文三路 1 号", "phone": "13800138000",
            },
            "consent": {"version": 1, "acceptedAt": 1_580_000_000},
        });
        let id = new_id();
        let headers = [("idempotency-key", id.as_str())];
        let body = body.to_string().into_bytes();
        let answer = self.send("POST", "/v1/subjects", &headers, body).await;
        let answer = answer.expect("an answer");
        assert_eq!(
            answer.status,
            201,
            "{}",
            String::from_utf8_lossy(&answer.body)
        );
        answer.json()["citizenId"]
            .as_str()
            .expect("an id")
            .to_owned()
    }
}

/// A healthy declaration; `note` makes bodies differ.
#[must_use]
pub fn healthy_declaration(note: u32) -> Vec<u8> {
    json!({
        "formId": "health-declaration", "formVersion": 1, "filledAt": 1_580_000_000,
        "answers": {
            "temperature": 36.5, "symptoms": ["none"], "underlyingIllness": ["none"],
            "highRiskStay": false, "contact": false,
            "currentDivision": 330_106, "currentAddress": format!("文三路 {note} 号"),
            "phone": "13800138000", "travelled": false, "truthful": true,
        },
    })
    .to_string()
    .into_bytes()
}

/// A UUIDv7.
///
/// # Panics
/// If there is no randomness.
#[must_use]
pub fn new_id() -> String {
    let mut random = [0; 10];
    SystemEntropy.fill(&mut random).expect("random");
    let id = uuid::Builder::from_unix_timestamp_millis(1_580_000_000_000, &random);
    id.into_uuid().to_string()
}

/// Completes 17 digits with the check character of GB 11643 (ISO 7064, MOD 11-2).
#[must_use]
pub fn resident_number(digits: &str) -> String {
    let weighted = digits.bytes().enumerate().map(|(place, digit)| {
        let weight = (0..17 - place).fold(1, |weight, _| weight * 2 % 11);
        weight * u32::from(digit - b'0')
    });
    let check = (12 - weighted.sum::<u32>() % 11) % 11;
    let check = char::from_digit(check, 10).unwrap_or('X');
    format!("{digits}{check}")
}
