//! `DELETE /v1/subjects/{s}`: done once, with all that follows, however often and in whatever state it comes.

use axum::body::Body;
use axum::http::Request;
use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::{Signer, SigningKey};
use health_code_core::colour::{Colour, Reason};
use health_code_core::wire::{
    ErasureReceipt, ProblemKind, RequestParts, SubjectId, open_erasure_receipt, sign_request,
};
use serde_json::{Value, json};

use super::colour_changes::{by_both, order, post};
use super::state::{credential, receipt, revoked, trust};
use super::subjects::Family;
use super::{Answer, Citizen, DAY, HOST, NOON, Server, declaration, draft, fever, new_id};
use crate::store::faulty::Fault;
use crate::store::{CitizenId, StoreError};

/// The request as a phone signs it when it erases: with a nonce of its own.
#[derive(Clone)]
pub(super) struct Asked {
    path: String,
    headers: [(&'static str, String); 3],
}

pub(super) fn ask(key: &SigningKey, subject: &SubjectId, nonce: &str) -> Asked {
    ask_at(key, subject, nonce, NOON)
}

pub(super) fn ask_at(key: &SigningKey, subject: &SubjectId, nonce: &str, at: i64) -> Asked {
    let path = subject.path();
    let parts = RequestParts {
        method: "DELETE",
        authority: HOST,
        path: &path,
        query: "",
        body: b"",
    };
    let public = health_code_core::trust::DevicePublicKey::Ed25519(key.verifying_key().to_bytes());
    let sign = |message: &[u8]| Ok(key.sign(message).to_bytes().to_vec());
    let signed = sign_request(&parts, nonce, at, &public, &sign).expect("signed");
    Asked {
        path,
        headers: [
            ("content-digest", signed.content_digest),
            ("signature-input", signed.signature_input),
            ("signature", signed.signature),
        ],
    }
}

pub(super) async fn send(server: &Server, asked: &Asked) -> Answer {
    let mut request = Request::delete(&asked.path).header("host", HOST);
    for (name, value) in &asked.headers {
        request = request.header(*name, value);
    }
    server
        .send(request.body(Body::empty()).expect("a request"))
        .await
}

pub(super) fn opened(server: &Server, answer: &Answer) -> ErasureReceipt {
    assert_eq!(answer.status, 200, "{}", answer.text());
    let receipt = answer.json()["receipt"]
        .as_str()
        .expect("a receipt")
        .to_owned();
    let bytes = BASE64URL_NOPAD
        .decode(receipt.as_bytes())
        .expect("base64url");
    let at = server.app.authority.now();
    open_erasure_receipt(&bytes, &trust(server), at).expect("opens")
}

/// Rows that are left of a citizen, by subject and kind, the head aside.
pub(super) fn rows_left(server: &Server, citizen: &Citizen) -> Vec<(String, u16)> {
    rows_of(server, &citizen.id)
}

pub(super) fn rows_of(server: &Server, citizen: &str) -> Vec<(String, u16)> {
    let path = server.app.config.database_path();
    let database = rusqlite::Connection::open(path).expect("opens");
    let mut rows = database
        .prepare("SELECT subject, kind FROM records WHERE citizen = ?1 AND kind <> 0 ORDER BY 1, 2")
        .expect("SQL");
    let id = CitizenId::parse(citizen).expect("an id");
    let rows = rows.query_map([id.as_bytes()], |row| {
        let subject: Vec<u8> = row.get(0)?;
        Ok((String::from_utf8_lossy(&subject).into_owned(), row.get(1)?))
    });
    rows.expect("rows").map(|row| row.expect("a row")).collect()
}

pub(super) fn reservations(server: &Server, citizen: &Citizen, space: u8) -> i64 {
    let path = server.app.config.database_path();
    let database = rusqlite::Connection::open(path).expect("opens");
    let id = CitizenId::parse(&citizen.id).expect("an id");
    let count = "SELECT count(*) FROM reservations WHERE citizen = ?1 AND space = ?2";
    database
        .query_row(count, rusqlite::params![id.as_bytes(), space], |row| {
            row.get(0)
        })
        .expect("a count")
}

#[tokio::test]
async fn a_citizen_is_erased_once_with_everything() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    citizen.declare(&server, &fever()).await;
    let state = citizen.get(&server, "/v1/subjects/owner/state").await;
    let index = credential(&server, &state).status_index;
    assert!(!revoked(&server).await.is_revoked(index));
    assert!(rows_left(&server, &citizen).len() > 7);

    let asked = ask(&citizen.key, &SubjectId::OWNER, "b25jZQ");
    let answer = send(&server, &asked).await;
    let receipt = opened(&server, &answer);
    assert_eq!(receipt.citizen_id, citizen.id);
    assert_eq!((receipt.erased_at, receipt.revoked_credentials), (NOON, 1));
    let kept: Vec<_> = receipt.kept.iter().map(|item| item.what.as_str()).collect();
    assert_eq!(kept, ["receipt", "device", "revoked-credentials"]);
    assert!(
        receipt
            .kept
            .iter()
            .all(|item| item.until > NOON && item.text.faulty_language(300).is_none())
    );
    // What is left is what the receipt names: its own act, and the device as one that has ended.
    let left = [(String::new(), 1), (String::new(), 3)];
    assert_eq!(rows_left(&server, &citizen), left);
    assert_eq!(
        (
            reservations(&server, &citizen, 0),
            reservations(&server, &citizen, 1)
        ),
        (0, 1)
    );
    server.clock.advance(601);
    server.app.keep_house().await.expect("kept");
    assert_eq!(rows_left(&server, &citizen), left[..1]);
    // Checkpoints refuse the code from now on, and for as long as it could be shown.
    assert!(revoked(&server).await.is_revoked(index));
    server.app.keep_house().await.expect("kept");
    assert!(revoked(&server).await.is_revoked(index));

    // The answer got lost: the same request has the same receipt. The device is unknown for all else.
    server.clock.advance(DAY);
    let again = send(&server, &asked).await;
    assert_eq!(opened(&server, &again), receipt);
    let gone = citizen.get(&server, "/v1/subjects").await;
    gone.problem(ProblemKind::DeviceUnknown);
    let other = ask(&citizen.key, &SubjectId::OWNER, "dHdpY2U");
    send(&server, &other)
        .await
        .problem(ProblemKind::DeviceUnknown);

    // When the receipt's time is up nothing is left but the version.
    server.clock.advance(31 * DAY);
    server.app.keep_house().await.expect("kept");
    assert_eq!(rows_left(&server, &citizen), []);
    assert!(!revoked(&server).await.is_revoked(index));
    send(&server, &asked)
        .await
        .problem(ProblemKind::DeviceUnknown);
}

#[tokio::test]
async fn who_was_erased_registers_anew_and_old_requests_do_not_touch_that() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    citizen.declare(&server, &fever()).await;
    let asked = ask(&citizen.key, &SubjectId::OWNER, "b25jZQ");
    let first = opened(&server, &send(&server, &asked).await);
    // The same document and, as on a phone with a key in hardware, the same key.
    let answer = citizen.register(&server).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    let new_id = answer.json()["citizenId"].clone();
    assert_ne!(new_id, json!(citizen.id));
    let state = citizen.get(&server, "/v1/subjects/owner/state").await;
    assert_eq!((state.status, state.json().get("receipt")), (200, None));
    citizen.declare(&server, &declaration()).await;
    assert_eq!(opened(&server, &send(&server, &asked).await), first);
    let state = citizen.get(&server, "/v1/subjects/owner/state").await;
    assert_eq!(credential(&server, &state).colour, Colour::Green);
    let mut second = Citizen::new();
    second.document_number.clone_from(&citizen.document_number);
    let taken = second.register(&server).await;
    taken.problem(ProblemKind::AlreadyRegistered);
}

#[tokio::test]
async fn nobody_else_can_ask_for_it() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    let stranger = server.citizen().await;
    let (owner, unknown) = (SubjectId::OWNER, SubjectId::parse("nobody").expect("an id"));
    // In the citizen's name, by another key.
    let mut forged = ask(&stranger.key, &owner, "b25jZQ");
    let own = ask(&citizen.key, &owner, "b25jZQ");
    forged.headers[1] = own.headers[1].clone();
    send(&server, &forged)
        .await
        .problem(ProblemKind::DeviceUnknown);
    // For another path than was signed.
    let mut moved = own.clone();
    moved.path = unknown.path();
    send(&server, &moved)
        .await
        .problem(ProblemKind::DeviceUnknown);
    let mut unsigned = own.clone();
    unsigned.headers[2].1 = "sig1=:AAAA:".to_owned();
    send(&server, &unsigned)
        .await
        .problem(ProblemKind::SignatureRefused);
    let asked = ask(&Citizen::new().key, &owner, "b25jZQ");
    send(&server, &asked)
        .await
        .problem(ProblemKind::DeviceUnknown);
    let asked = ask(&citizen.key, &unknown, "b25jZQ");
    send(&server, &asked)
        .await
        .problem(ProblemKind::SubjectUnknown);
    // Another request of the citizen's is not taken for it.
    let nonce = server
        .get("/healthz")
        .await
        .header("health-code-nonce")
        .to_owned();
    let signed = citizen.sign(&nonce, draft("GET", "/v1/subjects/owner", Vec::new()));
    let mut erasing = signed;
    *erasing.method_mut() = axum::http::Method::DELETE;
    server
        .send(erasing)
        .await
        .problem(ProblemKind::DeviceUnknown);
    let state = citizen.get(&server, "/v1/subjects/owner/state").await;
    assert_eq!(state.status, 200);
}

#[tokio::test]
async fn a_dependant_goes_alone_and_before_the_owner() {
    let server = Server::new().await;
    let family = Family::new(&server).await;
    let (citizen, child, owner) = (&family.citizen, &family.child, SubjectId::OWNER);
    family
        .declare(&server, &owner, &new_id(), &declaration())
        .await;
    family.declare(&server, child, &new_id(), &fever()).await;
    let own = family.state(&server, &owner).await;
    let childs = family.state(&server, child).await;
    let indexes = [&own, &childs].map(|answer| credential(&server, answer).status_index);

    let asked = ask(&citizen.key, &owner, "b3duZXI");
    send(&server, &asked)
        .await
        .problem(ProblemKind::DependantsRemain);
    let asked_for_child = ask(&citizen.key, child, "Y2hpbGQ");
    let receipt_of_child = opened(&server, &send(&server, &asked_for_child).await);
    assert_eq!(receipt_of_child.subject, *child);
    let id = &family.id;
    assert_eq!(receipt_of_child.citizen_id, *id);
    assert_eq!(rows_of(&server, id), [(String::new(), 1)], "its end alone");
    let list = revoked(&server).await;
    assert_eq!(indexes.map(|index| list.is_revoked(index)), [false, true]);
    let after = family.state(&server, &owner).await;
    // What the owner is told of the care is another thing now; the owner's own is as before.
    let (after, before) = (after.json(), own.json());
    for name in ["receipt", "credential"] {
        assert_eq!(after[name], before[name], "{name}");
    }
    let gone = citizen.get(&server, &child.path_below("state")).await;
    gone.problem(ProblemKind::SubjectUnknown);
    let subjects = citizen.get(&server, "/v1/subjects").await.json();
    assert_eq!(subjects["subjects"].as_array().map(Vec::len), Some(1));
    assert_eq!(
        opened(&server, &send(&server, &asked_for_child).await),
        receipt_of_child
    );

    // The request that came too early is the same act, and is done now.
    let receipt_of_owner = opened(&server, &send(&server, &asked).await);
    assert_eq!(receipt_of_owner.subject, owner);
    let own = |kind| (String::new(), kind);
    assert_eq!(rows_left(&server, citizen), [own(1), own(3)]);
}

#[tokio::test]
async fn orders_are_kept_as_the_settings_say_and_named() {
    for (days, expected) in [(1_095_u32, 2_usize), (0, 0)] {
        let server = Server::with(|config| config.orders_kept_days = days).await;
        let citizen = server.citizen().await;
        let first = post(&server, &by_both(&server, &order(&citizen))).await;
        let lift = crate::officers::ColourOrder {
            id: new_id(),
            colour: Colour::Green,
            reason: Reason::ErrorCorrected,
            previous: first.json()["head"].as_str().expect("a head").to_owned(),
            ..order(&citizen)
        };
        let second = post(&server, &by_both(&server, &lift)).await;
        assert_eq!(second.status, 201, "{}", second.text());
        let state = citizen.get(&server, "/v1/subjects/owner/state").await;
        assert_eq!(receipt(&server, &state).colour, Colour::Yellow);
        let asked = ask(&citizen.key, &SubjectId::OWNER, "b25jZQ");
        let receipt = opened(&server, &send(&server, &asked).await);
        let named = receipt.kept.iter().find(|item| item.what == "orders");
        let until = named.map(|item| item.until);
        assert_eq!(until, (expected > 0).then(|| NOON + i64::from(days) * DAY));
        let left = rows_left(&server, &citizen);
        let orders = left.iter().filter(|(_, kind)| *kind == 11).count();
        assert_eq!((orders, left.len()), (expected, expected + 2));
        server.clock.advance(i64::from(days) * DAY + 31 * DAY);
        server.app.keep_house().await.expect("kept");
        assert_eq!(rows_left(&server, &citizen), []);
    }
}

#[tokio::test]
async fn a_store_that_fails_on_the_way_does_it_once_all_the_same() {
    for fault in [
        Fault::Conflict,
        Fault::AnswerLost,
        Fault::WriteLost,
        Fault::Late,
        Fault::Refused(StoreError::DiskFull),
    ] {
        let server = Server::new().await;
        let citizen = server.citizen().await;
        citizen.declare(&server, &fever()).await;
        let state: Value = citizen
            .get(&server, "/v1/subjects/owner/state")
            .await
            .json();
        assert!(state["credential"].is_string());
        let server = server.failing(&[fault]);
        let asked = ask(&citizen.key, &SubjectId::OWNER, "b25jZQ");
        let mut answer = send(&server, &asked).await;
        if matches!(fault, Fault::Refused(_)) {
            answer.problem(ProblemKind::Unavailable);
            assert!(rows_left(&server, &citizen).len() > 7, "nothing was erased");
            answer = send(&server, &asked).await;
        }
        let receipt = opened(&server, &answer);
        assert_eq!(receipt.revoked_credentials, 1, "{fault:?}");
        assert_eq!(rows_left(&server, &citizen).len(), 2, "{fault:?}");
        let again = send(&server, &asked).await;
        assert_eq!(opened(&server, &again), receipt, "{fault:?}");
    }
}

/// A clock that is ahead makes credentials look expired that are not; once the rows are gone nobody could revoke them.
#[tokio::test]
async fn a_clock_that_is_ahead_leaves_no_credential_unrevoked() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    citizen.declare(&server, &fever()).await;
    let state = citizen.get(&server, "/v1/subjects/owner/state").await;
    let index = credential(&server, &state).status_index;
    server.clock.leap(2 * DAY);
    let asked = ask(&citizen.key, &SubjectId::OWNER, "YWhlYWQ");
    let receipt = opened(&server, &send(&server, &asked).await);
    assert_eq!(receipt.revoked_credentials, 1);
    server.clock.leap(-2 * DAY);
    assert!(revoked(&server).await.is_revoked(index));
}
