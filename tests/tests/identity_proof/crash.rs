//! The authority ends at each of its changes in turn while somebody registers with a code: after a restart the same request again is
//! the same registration, one device has the document, and the code was used once.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use ed25519_dalek::{Signer as _, SigningKey};
use health_code_authority::testing::{ChangeWatch, Foundation, InProcess, Interruption};
use health_code_authority::{CodeAct, CodeOrder, SystemEntropy, sign_code_order};
use health_code_core::capability::identity_proof::ActivationCode;
use health_code_core::ports::{HttpRequest, HttpResponse};
use health_code_core::testing::clock::FixedClock;
use health_code_core::trust::DevicePublicKey;
use health_code_core::wire::{NONCE_HEADER, RequestParts, sign_request};
use health_code_tests::bare_phone::new_id;
use health_code_tests::phone::resident_id;
use health_code_tests::town::MORNING_MS;
use serde_json::{Value, json};

const HOST: &str = "authority.test";

/// Ends the process at the change with this number.
struct Watch {
    left: AtomicI64,
    end: Interruption,
}

impl ChangeWatch for Watch {
    fn at_change(&self, _: &'static str) -> Interruption {
        if self.left.fetch_sub(1, Ordering::SeqCst) == 1 {
            self.end
        } else {
            Interruption::None
        }
    }
}

struct Device(SigningKey);

impl Device {
    fn public_key(&self) -> DevicePublicKey {
        DevicePublicKey::Ed25519(self.0.verifying_key().to_bytes())
    }

    fn send(
        &self,
        server: &InProcess,
        (method, path): (&str, &str),
        id: &str,
        body: &[u8],
    ) -> Option<HttpResponse> {
        let healthz = request("GET", "/healthz", Vec::new(), Vec::new());
        let answer = server.answer(&healthz)?;
        let mut headers = answer.headers.into_iter();
        let (_, nonce) = headers.find(|(name, _)| name == NONCE_HEADER)?;
        let parts = RequestParts {
            method,
            authority: HOST,
            path,
            query: "",
            body,
        };
        let sign = |message: &[u8]| Ok(self.0.sign(message).to_bytes().to_vec());
        let signed = sign_request(&parts, &nonce, 0, &self.public_key(), &sign).expect("signed");
        let headers = vec![
            ("content-digest".to_owned(), signed.content_digest),
            ("signature-input".to_owned(), signed.signature_input),
            ("signature".to_owned(), signed.signature),
            ("idempotency-key".to_owned(), id.to_owned()),
        ];
        server.answer(&request(method, path, headers, body.to_vec()))
    }

    fn register(&self, server: &InProcess, id: &str, code: Option<&str>) -> Option<HttpResponse> {
        let mut body = json!({
            "device": {
                "publicKey": BASE64URL_NOPAD.encode(self.public_key().as_bytes()),
                "hardware": false,
            },
            "identity": {
                "name": "王小明", "sex": "1", "nationality": "CHN", "documentKind": "resident_id",
                "documentNumber": resident_id("001"), "division": 330_106,
                "address": "文三路 1 号", "phone": "13800138000",
            },
            "consent": {"version": 1, "acceptedAt": MORNING_MS / 1_000},
        });
        if let Some(code) = code {
            body["proof"] = json!({"kind": "activation_code", "value": code});
        }
        let body = body.to_string().into_bytes();
        self.send(server, ("POST", "/v1/subjects"), id, &body)
    }

    fn state(&self, server: &InProcess) -> u16 {
        let path = "/v1/subjects/owner/state";
        let answer = self.send(server, ("GET", path), "", b"");
        answer.expect("an answer").status
    }
}

fn request(
    method: &str,
    path: &str,
    mut headers: Vec<(String, String)>,
    body: Vec<u8>,
) -> HttpRequest {
    headers.push(("content-type".to_owned(), "application/json".to_owned()));
    HttpRequest {
        method: method.to_owned(),
        url: format!("https://{HOST}{path}"),
        headers,
        body,
    }
}

fn make_code(server: &InProcess, officer: &SigningKey) -> String {
    let code = ActivationCode::generate(&SystemEntropy).expect("a code");
    let order = CodeOrder {
        id: new_id(),
        act: CodeAct::Make,
        document_kind: Some("resident_id".to_owned()),
        document_number: Some(resident_id("001")),
        name: Some("王小明".to_owned()),
        code_sha256: Some(HEXLOWER.encode(&code.sha256())),
        days: None,
        code_id: None,
        at: MORNING_MS / 1_000,
    };
    let signed = sign_code_order(&order, "officer-1", officer);
    let body = serde_json::to_vec(&signed).expect("JSON");
    let answer = server.answer(&request(
        "POST",
        "/v1/admin/activation-codes",
        Vec::new(),
        body,
    ));
    assert_eq!(answer.expect("an answer").status, 201);
    code.as_str().to_owned()
}

fn problem(answer: &HttpResponse) -> String {
    let problem: Value = serde_json::from_slice(&answer.body).expect("JSON");
    problem["fieldCode"]
        .as_str()
        .or_else(|| problem["field_code"].as_str())
        .unwrap_or_default()
        .to_owned()
}

/// One life with an end at the change `at`; whether it came to that.
fn live(
    foundation: &Arc<Foundation>,
    officer: &SigningKey,
    squats: bool,
    at: i64,
    end: Interruption,
) -> bool {
    let watch = Arc::new(Watch {
        left: AtomicI64::new(i64::MAX),
        end,
    });
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let clock = Arc::new(FixedClock::new(MORNING_MS));
    let mut server = InProcess::start(
        Arc::clone(foundation),
        clock.clone(),
        Arc::new(SystemEntropy),
        watch.clone(),
        Arc::new(runtime),
    )
    .expect("starts");
    let [squatter, owner, third] =
        [1, 2, 3].map(|seed| Device(SigningKey::from_bytes(&[seed; 32])));
    let of_squatter = new_id();
    if squats {
        let answer = squatter.register(&server, &of_squatter, None);
        assert_eq!(answer.expect("an answer").status, 201);
    }
    let code = make_code(&server, officer);
    let id = new_id();
    watch.left.store(at, Ordering::SeqCst);
    let first = owner.register(&server, &id, Some(&code));
    let has_ended = server.has_ended();
    assert_eq!(first.is_none(), has_ended, "{at} {end:?}");
    watch.left.store(i64::MAX, Ordering::SeqCst);
    server.restart().expect("starts again");

    let again = owner
        .register(&server, &id, Some(&code))
        .expect("an answer");
    let body = String::from_utf8_lossy(&again.body).into_owned();
    assert!(
        matches!(again.status, 200 | 201),
        "{at} {end:?}: {} {body}",
        again.status
    );
    let answer: Value = serde_json::from_slice(&again.body).expect("JSON");
    assert_eq!(answer["proof"]["kind"], "activation_code", "{at} {end:?}");
    assert_eq!(owner.state(&server), 200, "{at} {end:?}");
    assert_eq!(squatter.state(&server), 403, "{at} {end:?}");
    if squats {
        let told = squatter
            .register(&server, &of_squatter, None)
            .expect("an answer");
        assert_eq!(
            (told.status, problem(&told).as_str()),
            (409, "taken_over_by_proof")
        );
    }
    let thief = third
        .register(&server, &new_id(), Some(&code))
        .expect("an answer");
    assert_eq!(
        (thief.status, problem(&thief).as_str()),
        (409, "identity_proof_code_used"),
        "{at} {end:?}"
    );
    assert_eq!(server.citizens().len(), 1, "{at} {end:?}");
    has_ended
}

#[test]
fn an_end_at_any_change_leaves_one_citizen_and_a_code_used_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let clock = FixedClock::new(MORNING_MS);
    let foundation = Foundation::new(folder.path(), &clock, &SystemEntropy).expect("a foundation");
    let foundation = Arc::new(foundation);
    let key = folder.path().join("officers/officer-1.key");
    let officer = health_code_authority::keys::read_key_file(&key).expect("a key");
    for squats in [false, true] {
        for end in [Interruption::Before, Interruption::After] {
            let mut ends = 0;
            for at in 1.. {
                if !live(&foundation, &officer, squats, at, end) {
                    break;
                }
                ends += 1;
            }
            assert!(ends >= 5, "{squats} {end:?}: {ends} changes");
        }
    }
}
