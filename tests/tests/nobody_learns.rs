//! Black box: who has seen a device's key learns nothing of it by trying.

use std::sync::Arc;

use data_encoding::BASE64URL_NOPAD;
use health_code_core::capability::identity_proof::ActivationCode;
use health_code_core::ports::DeviceSigner;
use health_code_core::system::SystemEntropy;
use health_code_core::testing::device_key::SoftwareP256;
use health_code_core::trust::SoftwareEd25519;
use health_code_core::wire::{RequestParts, sign_request};
use health_code_tests::authority_process::AuthorityProcess;
use health_code_tests::bare_phone::{Answer, BarePhone, client, healthy_declaration, new_id, send};
use serde_json::{Value, json};

const PROGRAM: &str = env!("CARGO_BIN_EXE_authority_under_test");
/// What differs from answer to answer and says nothing: see docs/PROTOCOL.md.
const OWN_TO_EACH: [&str; 4] = [
    "health-code-nonce",
    "health-code-time",
    "health-code-request-id",
    "date",
];

/// All that somebody who asks can see of an answer.
fn seen(answer: &Answer) -> (u16, Vec<(String, String)>, Vec<u8>) {
    let headers = answer.headers.iter();
    let mut headers: Vec<_> = headers
        .filter(|(name, _)| !OWN_TO_EACH.contains(&name.as_str()))
        .cloned()
        .collect();
    headers.sort();
    (answer.status, headers, answer.body.clone())
}

/// A request in the name of `whom`, signed by somebody else.
async fn forged(
    https: &reqwest::Client,
    whom: &BarePhone,
    by: &BarePhone,
    (method, path, body): (&str, &str, &[u8]),
) -> Answer {
    let nonce = whom.nonce().await.expect("a nonce");
    let parts = RequestParts {
        method,
        authority: whom.url.trim_start_matches("https://"),
        path,
        query: "",
        body,
    };
    let key = whom.signer.public_key().expect("a key");
    let sign = |message: &[u8]| by.signer.sign(message);
    let signed = sign_request(&parts, &nonce, 0, &key, &sign).expect("signed");
    let method = reqwest::Method::from_bytes(method.as_bytes()).expect("a method");
    let request = https
        .request(method, format!("{}{path}", whom.url))
        .header("content-digest", signed.content_digest)
        .header("signature-input", signed.signature_input)
        .header("signature", signed.signature)
        .header("content-type", "application/json")
        .body(body.to_vec());
    send(request).await.expect("an answer")
}

#[tokio::test]
async fn a_scanned_key_tells_nothing_on_any_route() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = AuthorityProcess::start(PROGRAM, folder.path(), &[]);
    let https = client(&server.ca_pem());
    let phone = |signer: Arc<dyn DeviceSigner>| BarePhone::new(signer, &server.url, https.clone());
    let kinds: [fn(u8) -> Arc<dyn DeviceSigner>; 2] = [
        |seed| Arc::new(SoftwareP256::from_seed(&[seed; 32])),
        |seed| Arc::new(SoftwareEd25519::from_seed(&[seed; 32])),
    ];
    let declaration = healthy_declaration(1);
    let id = new_id();
    let put = |kind: &str| format!("/v1/subjects/owner/{kind}/{id}");
    let routes: Vec<(&str, String, &[u8])> = vec![
        ("GET", "/v1/subjects".to_owned(), b""),
        ("GET", "/v1/subjects/owner/state".to_owned(), b""),
        ("GET", "/v1/subjects/nobody/state".to_owned(), b""),
        ("POST", "/v1/subjects/owner/credentials".to_owned(), b""),
        ("PUT", put("declarations"), &declaration),
        ("PUT", put("itineraries"), b"{}"),
        ("PUT", put("corrections"), b"{"),
        (
            "PUT",
            "/v1/subjects/owner/declarations/no-id".to_owned(),
            b"{}",
        ),
        ("DELETE", "/v1/subjects/owner".to_owned(), b""),
        ("DELETE", "/v1/subjects/nobody".to_owned(), b""),
    ];
    for kind in kinds {
        let [registered, active, nobody, somebody] = [1, 2, 3, 4].map(|seed| phone(kind(seed)));
        registered.register().await;
        active.register().await;
        for (method, path, body) in &routes {
            let asked = (*method, path.as_str(), *body);
            // A device that the server has in mind, too.
            let state = active
                .send("GET", "/v1/subjects/owner/state", &[], Vec::new())
                .await;
            assert_eq!(state.expect("an answer").status, 200);
            let unknown = seen(&forged(&https, &nobody, &somebody, asked).await);
            assert_eq!(unknown.0, 403, "{method} {path}");
            for whom in [&registered, &active] {
                let known = seen(&forged(&https, whom, &somebody, asked).await);
                assert_eq!(known, unknown, "{method} {path}");
            }
            // Its own signature tells the device itself no more.
            let own = nobody.send(method, path, &[], body.to_vec()).await;
            assert_eq!(seen(&own.expect("an answer")), unknown, "{method} {path}");
        }
        // Nothing of all that was done in anybody's name.
        let state = registered
            .send("GET", "/v1/subjects/owner/state", &[], Vec::new())
            .await;
        assert_eq!(state.expect("an answer").status, 200);
    }
}

/// Registers `document` from a device with this seed, with a proof or without.
async fn try_document(
    phone: &BarePhone,
    document: &str,
    proof: Option<&Value>,
) -> (u16, Vec<(String, String)>, Vec<u8>) {
    let key = phone.signer.public_key().expect("a key");
    let mut body = json!({
        "device": {"publicKey": BASE64URL_NOPAD.encode(key.as_bytes()), "hardware": false},
        "identity": {
            "name": "王小明", "sex": "1", "nationality": "CHN", "documentKind": "resident_id",
            "documentNumber": document, "division": 330_106, "address": "文三路 1 号",
            "phone": "13800138000",
        },
        "consent": {"version": 1, "acceptedAt": 1_580_000_000},
    });
    if let Some(proof) = proof {
        body["proof"] = proof.clone();
    }
    let id = new_id();
    let headers = [("idempotency-key", id.as_str())];
    let body = body.to_string().into_bytes();
    let answer = phone.send("POST", "/v1/subjects", &headers, body).await;
    seen(&answer.expect("an answer"))
}

#[tokio::test]
async fn a_wrong_proof_tells_nothing_of_a_document_and_is_not_tried_for_long() {
    let folder = tempfile::tempdir().expect("a folder");
    // Registered before the authority asked for proofs.
    let server = AuthorityProcess::start(PROGRAM, folder.path(), &[]);
    let https = client(&server.ca_pem());
    let signer = |seed| Arc::new(SoftwareEd25519::from_seed(&[seed; 32]));
    let registered = BarePhone::new(signer(101), &server.url, https.clone());
    registered.register().await;
    let second = BarePhone::new(signer(102), &server.url, https);
    second.register().await;
    drop(server);
    let policy = folder.path().join("identity-proofs.json");
    let content = json!({
        "version": 2, "unproven": {"code": true, "assurance": "paper"},
        "ways": [{"kind": "activation_code"}],
    });
    std::fs::write(&policy, content.to_string()).expect("written");
    let policy = policy.to_string_lossy().into_owned();
    let server = AuthorityProcess::start(PROGRAM, folder.path(), &["--identity-proofs", &policy]);
    let https = client(&server.ca_pem());
    let taken = registered.document_number.clone();

    let code = ActivationCode::generate(&SystemEntropy).expect("a code");
    let wrong = json!({"kind": "activation_code", "value": code.as_str()});
    let mistyped = json!({"kind": "activation_code", "value": "AAAAAAAAAAAAAAAC"});
    let token = json!({"kind": "oidc", "value": "a.b.c"});
    let tomorrow = json!({"kind": "palm_print", "value": "x"});
    let proofs = [
        None,
        Some(&wrong),
        Some(&mistyped),
        Some(&token),
        Some(&tomorrow),
    ];
    for (number, proof) in proofs.into_iter().enumerate() {
        let seed = u8::try_from(2 * number).expect("few");
        let stranger = BarePhone::new(signer(110 + seed), &server.url, https.clone());
        let other = BarePhone::new(signer(111 + seed), &server.url, https.clone());
        let free = stranger.document_number.clone();
        let of_free = try_document(&stranger, &free, proof).await;
        let of_taken = try_document(&other, &taken, proof).await;
        assert_eq!(of_free, of_taken, "{proof:?}");
        assert_eq!(of_free.0, 409, "{proof:?}");
    }

    // Who is registered corrects without a proof, but for the document: whether another one is somebody's is not told.
    let corrector = BarePhone::new(signer(102), &server.url, https.clone());
    let of_free = try_document(&corrector, &corrector.document_number, None).await;
    let of_taken = try_document(&corrector, &taken, None).await;
    assert_eq!((of_free.0, &of_free), (409, &of_taken));
    let own = try_document(&corrector, &second.document_number, None).await;
    assert_eq!(own.0, 200);

    // One device tries five times at once, whichever document and code, and then waits.
    let guesser = BarePhone::new(signer(150), &server.url, https);
    let mut tried = 0;
    loop {
        let code = ActivationCode::generate(&SystemEntropy).expect("a code");
        let proof = json!({"kind": "activation_code", "value": code.as_str()});
        let answer = try_document(&guesser, &taken, Some(&proof)).await;
        if answer.0 == 429 {
            break;
        }
        assert_eq!(answer.0, 409);
        tried += 1;
        assert!(tried <= 5, "nobody stops it");
    }
    assert_eq!(tried, 5);
}
