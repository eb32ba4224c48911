//! `GET /v1/subjects`, and that what is one subject's is never another's.

use std::sync::atomic::{AtomicU32, Ordering};

use axum::body::Body;
use axum::http::Request;
use ed25519_dalek::SigningKey;
use health_code_core::capability::dependants::DependantKey;
use health_code_core::code::SubjectKind;
use health_code_core::colour::Colour;
use health_code_core::trust::DevicePublicKey;
use health_code_core::wire::{ProblemKind, SubjectId};
use serde_json::json;

use super::state::{credential, receipt};
use super::{Answer, Citizen, NOON, Server, declaration, draft, fever, new_id};

/// A number of a birth certificate that nobody else has.
fn certificate() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(100_000_000);
    format!("N{}", COUNT.fetch_add(1, Ordering::SeqCst))
}

/// What a carer's phone sends to care for a child, with `more` laid over it.
pub(super) fn care(
    citizen: &Citizen,
    child: &SubjectId,
    key: &SigningKey,
    more: &serde_json::Value,
) -> serde_json::Value {
    let mut identity = citizen.registration()["identity"].clone();
    identity["name"] = json!("王小小");
    identity["documentKind"] = json!("birth_certificate");
    identity["documentNumber"] = json!(certificate());
    let seed = key.to_bytes();
    let signer = health_code_core::trust::SoftwareEd25519::from_seed(&seed);
    let device_id = health_code_core::wire::device_id(&citizen.public_key());
    let key = DependantKey::prove(&signer, &device_id, child).expect("signed");
    let mut asked = json!({
        "key": key, "identity": identity, "birthDate": "2016-05-20",
        "consent": {"version": 1, "acceptedAt": NOON},
    });
    let members = more.as_object().expect("an object").clone();
    asked.as_object_mut().expect("an object").extend(members);
    asked
}

/// A citizen with a child in care, and the child's id and key.
pub(super) struct Family {
    pub(super) citizen: Citizen,
    /// The citizen that the child is.
    pub(super) id: String,
    pub(super) child: SubjectId,
    pub(super) key: DevicePublicKey,
}

impl Family {
    pub(super) async fn new(server: &Server) -> Self {
        let citizen = server.citizen().await;
        let key = SigningKey::from_bytes(&[77; 32]);
        let child = SubjectId::parse("0190b0a0-0000-7000-8000-000000000001").expect("an id");
        let asked = care(&citizen, &child, &key, &json!({}));
        let path = child.path_below(&format!("care/{}", new_id()));
        let answer = citizen.put(server, &path, &asked).await;
        assert_eq!(answer.status, 201, "{}", answer.text());
        Self {
            id: answer.json()["citizenId"]
                .as_str()
                .expect("an id")
                .to_owned(),
            citizen,
            child,
            key: DevicePublicKey::Ed25519(key.verifying_key().to_bytes()),
        }
    }

    pub(super) async fn state(&self, server: &Server, subject: &SubjectId) -> Answer {
        let answer = self.citizen.get(server, &subject.path_below("state")).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer
    }

    pub(super) async fn declare(
        &self,
        server: &Server,
        subject: &SubjectId,
        id: &str,
        body: &serde_json::Value,
    ) {
        let path = subject.path_below(&format!("declarations/{id}"));
        let answer = self.citizen.put(server, &path, body).await;
        assert_eq!(answer.status, 201, "{}", answer.text());
    }
}

#[tokio::test]
async fn registration_makes_the_owner() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    citizen.declare(&server, &declaration()).await;
    let answer = citizen.get(&server, "/v1/subjects").await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let subjects = answer.json()["subjects"].clone();
    let state = citizen.get(&server, "/v1/subjects/owner/state").await;
    let etag = state.header("etag");
    let owner = json!([{"id": "owner", "kind": "self", "etag": etag}]);
    assert_eq!(subjects, owner);
    assert_eq!(answer.json()["serverTimeMs"], NOON * 1_000);
}

#[tokio::test]
async fn each_subject_has_state_and_credential_of_its_own() {
    let server = Server::new().await;
    let family = Family::new(&server).await;
    let (citizen, child) = (&family.citizen, &family.child);
    // The same id under two subjects is two uploads.
    let id = new_id();
    let owner = SubjectId::OWNER;
    family.declare(&server, child, &id, &fever()).await;
    family.declare(&server, &owner, &id, &declaration()).await;
    let (own, childs) = (
        family.state(&server, &owner).await,
        family.state(&server, child).await,
    );
    let colours = [&own, &childs].map(|answer| credential(&server, answer).colour);
    assert_eq!(colours, [Colour::Green, Colour::Yellow]);
    let claims = credential(&server, &childs);
    assert_eq!(claims.device_key, family.key);
    assert_eq!(claims.subject_kind, SubjectKind::Dependant);
    assert_eq!(claims.masked_name, "王*小");
    let claims = credential(&server, &own);
    assert_eq!(claims.device_key, citizen.public_key());
    assert_eq!(claims.subject_kind, SubjectKind::Myself);
    assert_eq!(receipt(&server, &own).subject, owner);
    let of_child = receipt(&server, &childs);
    assert_eq!(
        (of_child.citizen_id, of_child.subject),
        (family.id.clone(), owner.clone())
    );
    // A new colour of the one revokes nothing of the other.
    let etags = || async {
        let answer = citizen.get(&server, "/v1/subjects").await.json();
        let subjects = answer["subjects"].as_array().expect("subjects").clone();
        let kinds: Vec<_> = subjects.iter().map(|one| one["kind"].clone()).collect();
        assert_eq!(kinds, ["self", "dependant"]);
        [subjects[0]["etag"].clone(), subjects[1]["etag"].clone()]
    };
    let before = etags().await;
    assert_eq!(before, [own.header("etag"), childs.header("etag")]);
    family.declare(&server, &owner, &new_id(), &fever()).await;
    let after = etags().await;
    assert_ne!(after[0], before[0]);
    assert_eq!(after[1], before[1]);
    server.clock.advance(120);
    let path = child.path_below("credentials");
    let answer = citizen
        .send(&server, draft("POST", &path, Vec::new()))
        .await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    assert_eq!(credential(&server, &answer).device_key, family.key);
    let after = family.state(&server, &owner).await;
    assert_eq!(credential(&server, &after).colour, Colour::Yellow);
}

#[tokio::test]
async fn no_answer_tells_whether_a_subject_is_somebody_elses() {
    let server = Server::new().await;
    let family = Family::new(&server).await;
    let stranger = server.citizen().await;
    let owner_below_child = format!("{}x", family.child.as_str());
    let paths = [
        family.child.as_str(),
        "nobody",
        &owner_below_child,
        "Owner",
        "%6fwner",
    ];
    let mut told = Vec::new();
    for subject in paths {
        for (method, below, body) in [
            ("GET", "state".to_owned(), Vec::new()),
            ("POST", "credentials".to_owned(), Vec::new()),
            (
                "PUT",
                format!("declarations/{}", new_id()),
                fever().to_string().into_bytes(),
            ),
        ] {
            let path = format!("/v1/subjects/{subject}/{below}");
            let answer = stranger.send(&server, draft(method, &path, body)).await;
            answer.problem(ProblemKind::SubjectUnknown);
            told.push(answer.body);
        }
    }
    told.dedup();
    assert_eq!(told.len(), 1, "one answer for all");
    // Nothing is told before the signature held.
    let path = family.child.path_below("state");
    let unsigned = Request::get(&path).header("host", "authority.test:8443");
    let unsigned = unsigned.body(Body::empty()).expect("a request");
    let answer = server.send(unsigned).await;
    answer.problem(ProblemKind::SignatureRefused);
    let nobody = Citizen::new().get(&server, &path).await;
    nobody.problem(ProblemKind::DeviceUnknown);
}

#[tokio::test]
async fn the_signature_covers_whose_it_is() {
    let server = Server::new().await;
    let family = Family::new(&server).await;
    let nonce = server
        .get("/healthz")
        .await
        .header("health-code-nonce")
        .to_owned();
    let own = SubjectId::OWNER.path_below("state");
    let signed = family.citizen.sign(&nonce, draft("GET", &own, Vec::new()));
    let mut moved = signed;
    *moved.uri_mut() = family.child.path_below("state").parse().expect("a path");
    let answer = server.send(moved).await;
    answer.problem(ProblemKind::DeviceUnknown);
}
