//! The authority ends at each of its changes in turn while somebody registers with a code: after a restart the same request again is
//! the same registration, one device has the document, and the code was used once. A carer who moves so takes over who was looked
//! after on the phone before, whichever change it was.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use ed25519_dalek::{Signer as _, SigningKey};
use health_code_authority::testing::{ChangeWatch, Foundation, InProcess, Interruption};
use health_code_authority::{
    CareOrder, CodeAct, CodeOrder, SignedOrder, SystemEntropy, sign_code_order, sign_order,
};
use health_code_core::capability::dependants::{CareRequest, DependantKey};
use health_code_core::capability::identity_proof::ActivationCode;
use health_code_core::ports::{Clock as _, HttpRequest, HttpResponse};
use health_code_core::testing::clock::FixedClock;
use health_code_core::testing::device_key::SoftwareEd25519;
use health_code_core::trust::DevicePublicKey;
use health_code_core::wire::{
    Consent, Identity, NONCE_HEADER, RequestParts, SubjectId, device_id, sign_request,
};
use health_code_tests::bare_phone::new_id;
use health_code_tests::phone::resident_id;
use health_code_tests::town::MORNING_MS;
use serde_json::{Value, json};

const HOST: &str = "authority.test";
/// Between the move and what was before it, milliseconds.
const MINUTE_MS: u64 = 60_000;

/// Who has the document before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Before {
    Nobody,
    /// Somebody unproven.
    Squatter,
    /// The same person, on another phone, with a child in care.
    Carer,
}

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

    /// Asks for the child, with a key of this device's.
    fn take_in(&self, server: &InProcess, id: &str) -> Option<HttpResponse> {
        let child = SubjectId::parse("child").expect("an id");
        let key = SoftwareEd25519::from_seed(&[self.0.to_bytes()[0] + 100; 32]);
        let device = device_id(&self.public_key());
        let request = CareRequest {
            key: DependantKey::prove(&key, &device, &child).expect("signed"),
            identity: Identity {
                name: "王小小".to_owned(),
                sex: "1".to_owned(),
                nationality: "CHN".to_owned(),
                document_kind: "birth_certificate".to_owned(),
                document_number: "N330106051".to_owned(),
                division: 330_106,
                address: "文三路 1 号".to_owned(),
                phone: "13800138000".to_owned(),
            },
            birth_date: Some("2016-05-20".to_owned()),
            consent: Consent {
                version: 1,
                accepted_at: MORNING_MS / 1_000,
            },
            code: None,
        };
        let body = serde_json::to_vec(&request).expect("JSON");
        let path = format!("/v1/subjects/child/care/{id}");
        self.send(server, ("PUT", &path), "", &body)
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

/// Both officers let the device care for the child.
fn order_care(server: &InProcess, officers: &[SigningKey; 2], device: &Device) {
    let order = CareOrder {
        id: new_id(),
        document_kind: "birth_certificate".to_owned(),
        document_number: "N330106051".to_owned(),
        device_id: device_id(&device.public_key()),
        at: MORNING_MS / 1_000,
    };
    let bytes = serde_json::to_vec(&order).expect("JSON");
    let names = ["officer-1", "officer-2"].into_iter().zip(officers);
    let signed = names.map(|(name, key)| sign_order::<CareOrder>(&bytes, name, key));
    let order = SignedOrder::<CareOrder>::new(&bytes, signed.collect());
    let body = serde_json::to_vec(&order).expect("JSON");
    let path = "/v1/admin/care-orders";
    let answer = server.answer(&request("POST", path, Vec::new(), body));
    let answer = answer.expect("an answer");
    assert!(matches!(answer.status, 200 | 201), "{}", answer.status);
}

fn make_code(server: &InProcess, officer: &SigningKey, at_ms: i64) -> String {
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
        at: at_ms / 1_000,
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
    officers: &[SigningKey; 2],
    before: Before,
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
    let proof_before =
        (before == Before::Carer).then(|| make_code(&server, &officers[0], MORNING_MS));
    if before != Before::Nobody {
        let answer = squatter.register(&server, &of_squatter, proof_before.as_deref());
        assert_eq!(answer.expect("an answer").status, 201);
    }
    if before == Before::Carer {
        order_care(&server, officers, &squatter);
        let taken = squatter.take_in(&server, &new_id()).expect("an answer");
        assert_eq!(taken.status, 201);
        clock.advance_ms(MINUTE_MS);
    }
    let code = make_code(&server, &officers[0], clock.read().wall_ms);
    let id = new_id();
    let care_id = new_id();
    watch.left.store(at, Ordering::SeqCst);
    let first = owner.register(&server, &id, Some(&code));
    let last = match (&first, before) {
        (Some(_), Before::Carer) => owner.take_in(&server, &care_id),
        _ => first,
    };
    let has_ended = server.has_ended();
    assert_eq!(last.is_none(), has_ended, "{at} {end:?}");
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
    let citizens = if before == Before::Carer {
        let taken = owner.take_in(&server, &care_id).expect("an answer");
        assert!(
            matches!(taken.status, 200 | 201),
            "{at} {end:?}: {}",
            taken.status
        );
        let by_earlier = squatter.take_in(&server, &new_id()).expect("an answer");
        assert_eq!(by_earlier.status, 403, "{at} {end:?}");
        2
    } else {
        1
    };
    if before != Before::Nobody {
        let told = squatter
            .register(&server, &of_squatter, proof_before.as_deref())
            .expect("an answer");
        let told_as = if before == Before::Carer {
            "moved_by_proof"
        } else {
            "taken_over_by_proof"
        };
        assert_eq!((told.status, problem(&told).as_str()), (409, told_as));
    }
    let thief = third
        .register(&server, &new_id(), Some(&code))
        .expect("an answer");
    assert_eq!(
        (thief.status, problem(&thief).as_str()),
        (409, "identity_proof_code_used"),
        "{at} {end:?}"
    );
    assert_eq!(server.citizens().len(), citizens, "{at} {end:?}");
    has_ended
}

#[test]
fn an_end_at_any_change_leaves_one_citizen_and_a_code_used_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let clock = FixedClock::new(MORNING_MS);
    let foundation = Foundation::new(folder.path(), &clock, &SystemEntropy).expect("a foundation");
    let foundation = Arc::new(foundation);
    let officers = ["officer-1", "officer-2"].map(|name| {
        let key = folder.path().join(format!("officers/{name}.key"));
        health_code_authority::keys::read_key_file(&key).expect("a key")
    });
    for before in [Before::Nobody, Before::Squatter, Before::Carer] {
        for end in [Interruption::Before, Interruption::After] {
            let mut ends = 0;
            for at in 1.. {
                if !live(&foundation, &officers, before, at, end) {
                    break;
                }
                ends += 1;
            }
            assert!(ends >= 5, "{before:?} {end:?}: {ends} changes");
        }
    }
}
