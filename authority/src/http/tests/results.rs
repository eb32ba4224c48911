//! `POST /v1/laboratories/{id}/results`: taken once, refused by name, answered alike whoever is registered, and what follows.

mod whose;

use std::sync::Arc;

use axum::body::Body;
use axum::http::Request;
use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::SigningKey;
use health_code_core::capability::results::{
    Laboratories, Report, ReportedDocument, Reports, ReportsAnswer, ResultRecord,
};
use health_code_core::colour::Colour;
use health_code_core::trust::open_bundle;
use health_code_core::wire::{ProblemKind, Receipt, SubjectId};
use serde_json::{Value, json};

use super::erasing::{ask, opened, send};
use super::state::{receipt, state, trust};
use super::subjects::care;
use super::{Answer, Citizen, DAY, NOON, Server, declaration, new_id};
use crate::capability::results::{deliver_what_waits, sign_reports};
use crate::store::faulty::Fault;

fn key() -> SigningKey {
    SigningKey::from_bytes(&[61; 32])
}

/// The laboratory is on the list.
fn enlist(server: &Server, change: impl FnOnce(&mut Value)) {
    let mut laboratory = json!({
        "id": "lab", "name": {"en": "First Hospital", "zh": "第一医院"},
        "jwks": {"keys": [{
            "kty": "OKP", "crv": "Ed25519",
            "x": BASE64URL_NOPAD.encode(key().verifying_key().as_bytes()),
        }]},
        "notBefore": NOON - DAY, "notAfter": NOON + 300 * DAY,
        "reports": ["nucleic_acid", "vaccination", "other"],
    });
    change(&mut laboratory);
    let mut list = Laboratories::usual();
    list.laboratories = vec![serde_json::from_value(laboratory).expect("a laboratory")];
    let mut held = server
        .app
        .authority
        .definitions
        .write()
        .expect("not poisoned");
    let mut definitions = (**held).clone();
    definitions.laboratories = Arc::new(list);
    *held = Arc::new(definitions);
}

async fn with_laboratory() -> Server {
    let server = Server::new().await;
    enlist(&server, |_| ());
    server
}

fn report(id: &str, document: &str, outcome: &str) -> Report {
    Report {
        id: id.to_owned(),
        version: 1,
        document: ReportedDocument {
            kind: "resident_id".to_owned(),
            number: document.to_owned(),
        },
        kind: "nucleic_acid".to_owned(),
        outcome: outcome.to_owned(),
        sampled_at: NOON - 3_600,
        place: None,
        dose: None,
        product: None,
        withdrawn: false,
    }
}

fn reports(results: Vec<Report>) -> Reports {
    Reports {
        iss: "lab".to_owned(),
        aud: "330100".to_owned(),
        iat: NOON,
        results,
    }
}

async fn post(server: &Server, body: String) -> Answer {
    let request = Request::post("/v1/laboratories/lab/results")
        .header("content-type", "application/jose")
        .body(Body::from(body))
        .expect("a request");
    server.send(request).await
}

async fn tell(server: &Server, results: Vec<Report>) -> Answer {
    post(server, sign_reports(&reports(results), &key())).await
}

/// Why each result was refused.
fn refused(answer: &Answer) -> Vec<Option<String>> {
    assert_eq!(answer.status, 200, "{}", answer.text());
    let answer: ReportsAnswer = serde_json::from_slice(&answer.body).expect("an answer");
    answer.results.into_iter().map(|one| one.refused).collect()
}

fn code(code: &str) -> Vec<Option<String>> {
    vec![Some(code.to_owned())]
}

/// What was reported has come to whom it concerns.
async fn delivered(server: &Server) {
    deliver_what_waits(&server.app.authority)
        .await
        .expect("delivered");
}

/// The results that a citizen's phone is told, all pages.
async fn told(server: &Server, citizen: &Citizen) -> Vec<ResultRecord> {
    let mut after = String::new();
    let mut records = Vec::new();
    loop {
        let query = if after.is_empty() {
            String::new()
        } else {
            format!("?after={after}")
        };
        let path = format!("/v1/subjects/owner/parts/results{query}");
        let answer = citizen.get(server, &path).await;
        if answer.status == 404 {
            return records;
        }
        let part = answer.json();
        for entry in part["results"].as_array().expect("entries") {
            let text = entry["record"].as_str().expect("a record");
            let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).expect("base64url");
            let typ = health_code_core::capability::results::RESULT_TYPE;
            let now = server.app.authority.now();
            let opened = open_bundle(typ, &bytes, &trust(server), now).expect("signed");
            records.push(serde_json::from_slice(opened.payload).expect("a record"));
        }
        after = part["next"].as_str().expect("a cursor").to_owned();
        if after.starts_with(&format!("{}.", part["head"])) {
            return records;
        }
    }
}

async fn held(server: &Server, citizen: &Citizen) -> Receipt {
    receipt(server, &state(server, citizen).await)
}

async fn colour(server: &Server, citizen: &Citizen) -> Colour {
    held(server, citizen).await.colour
}

#[tokio::test]
async fn a_positive_turns_red_and_a_later_negative_opens_the_way() {
    let server = with_laboratory().await;
    let citizen = server.citizen().await;
    citizen.declare(&server, &declaration()).await;
    assert_eq!(colour(&server, &citizen).await, Colour::Green);
    let document = &citizen.document_number;
    let answer = tell(&server, vec![report("1", document, "positive")]).await;
    assert_eq!(refused(&answer), [None]);
    delivered(&server).await;
    let red = held(&server, &citizen).await;
    assert_eq!(
        (red.colour, red.rule_id.as_str()),
        (Colour::Red, "red-positive-test")
    );
    assert_eq!(
        red.evidence["declared"]["positiveTest"]["told"]["report"],
        "lab/1"
    );
    // Of the same day it says nothing against the first.
    let same_day = report("2", document, "negative");
    tell(&server, vec![same_day]).await;
    delivered(&server).await;
    assert_eq!(colour(&server, &citizen).await, Colour::Red);
    server.clock.advance(DAY);
    let later = Report {
        sampled_at: NOON + DAY,
        ..report("3", document, "negative")
    };
    tell(&server, vec![later]).await;
    delivered(&server).await;
    let yellow = held(&server, &citizen).await;
    assert_eq!(
        (yellow.colour, yellow.rule_id.as_str()),
        (Colour::Yellow, "yellow-positive-test")
    );
    // The first was a mistake, and goes: the next version of it.
    let withdrawn = Report {
        version: 2,
        withdrawn: true,
        ..report("1", document, "positive")
    };
    assert_eq!(refused(&tell(&server, vec![withdrawn]).await), [None]);
    delivered(&server).await;
    assert_eq!(colour(&server, &citizen).await, Colour::Green);
    // The chain keeps both versions.
    let versions = told(&server, &citizen).await;
    let versions: Vec<_> = versions
        .into_iter()
        .map(|one| (one.id, one.version, one.withdrawn))
        .collect();
    let expected = [
        ("1", 1, false),
        ("2", 1, false),
        ("3", 1, false),
        ("1", 2, true),
    ];
    assert_eq!(
        versions,
        expected.map(|(id, version, gone)| (id.to_owned(), version, gone))
    );
}

#[tokio::test]
async fn the_same_id_is_the_same_result_and_another_content_is_refused_by_name() {
    let server = with_laboratory().await;
    let citizen = server.citizen().await;
    let one = report("1", &citizen.document_number, "negative");
    let body = sign_reports(&reports(vec![one.clone()]), &key());
    let first = post(&server, body.clone()).await;
    // Weeks later it would be too old; what was taken stays taken.
    server.clock.advance(20 * DAY);
    let again = post(&server, body).await;
    assert_eq!((first.status, &first.body), (200, &again.body));
    let other = Report {
        outcome: "positive".to_owned(),
        ..one.clone()
    };
    assert_eq!(
        refused(&tell(&server, vec![other]).await),
        code("result_id_reused")
    );
    let stranger = Citizen::new();
    let elsewhere = report("1", &stranger.document_number, "negative");
    assert_eq!(
        refused(&tell(&server, vec![elsewhere.clone()]).await),
        code("result_id_reused")
    );
    let skipped = Report {
        version: 3,
        ..one.clone()
    };
    assert_eq!(
        refused(&tell(&server, vec![skipped]).await),
        code("result_version_not_next")
    );
    let of_other = Report {
        version: 2,
        ..elsewhere
    };
    assert_eq!(
        refused(&tell(&server, vec![of_other]).await),
        code("result_other_document")
    );
    delivered(&server).await;
    assert_eq!(told(&server, &citizen).await.len(), 1);
}

#[tokio::test]
async fn each_result_is_judged_alone_and_in_time() {
    let server = with_laboratory().await;
    let document = Citizen::new().document_number;
    let of = |id: &str, change: &dyn Fn(&mut Report)| {
        let mut one = report(id, &document, "negative");
        change(&mut one);
        one
    };
    let many = vec![
        of("a", &|_| ()),
        of("b", &|one| one.sampled_at = NOON + DAY),
        of("c", &|one| one.sampled_at = NOON - 15 * DAY),
        of("d", &|one| one.kind = "antigen".to_owned()),
        of("e", &|one| one.kind = "breath".to_owned()),
        of("f", &|one| {
            one.document.number = "330106199003070018".to_owned();
        }),
        of("g", &|one| one.sampled_at = i64::MAX),
        of("h/", &|_| ()),
    ];
    let expected = [
        None,
        Some("result_in_future"),
        Some("result_too_old"),
        Some("result_kind_not_allowed"),
        None,
        Some("result_document_refused"),
        Some("result_field_invalid"),
        Some("result_field_invalid"),
    ];
    let answers = refused(&tell(&server, many).await);
    assert_eq!(answers, expected.map(|it| it.map(str::to_owned)));
    let too_many = (0..101)
        .map(|id| report(&id.to_string(), &document, "negative"))
        .collect();
    for results in [Vec::new(), too_many] {
        let problem = tell(&server, results)
            .await
            .problem(ProblemKind::LaboratoryRefused);
        assert_eq!(problem.field_code.as_deref(), Some("report_count"));
    }
}

#[tokio::test]
async fn only_a_laboratory_that_may_report_is_heard() {
    let server = with_laboratory().await;
    let good = reports(vec![report(
        "1",
        &Citizen::new().document_number,
        "negative",
    )]);
    let sign = |reports: &Reports| sign_reports(reports, &key());
    let mut forged = sign(&good);
    forged.replace_range(forged.len() - 4.., "AAAA");
    let crit = {
        let signed = sign(&good);
        let (_, rest) = signed.split_once('.').expect("a header");
        format!(
            "{}.{rest}",
            BASE64URL_NOPAD.encode(br#"{"alg":"EdDSA","crit":["x"]}"#)
        )
    };
    let none = {
        let signed = sign(&good);
        let claims = signed.split('.').nth(1).expect("claims");
        format!("{}.{claims}.", BASE64URL_NOPAD.encode(br#"{"alg":"none"}"#))
    };
    for (body, expected) in [
        (forged, "report_signature_wrong"),
        (
            sign_reports(&good, &SigningKey::from_bytes(&[1; 32])),
            "report_signature_wrong",
        ),
        (crit, "report_malformed"),
        (none, "report_malformed"),
        ("rubbish".to_owned(), "report_malformed"),
        (String::new(), "report_malformed"),
        (
            sign(&Reports {
                aud: "420100".to_owned(),
                ..good.clone()
            }),
            "report_other_authority",
        ),
        (
            sign(&Reports {
                iss: "lab-2".to_owned(),
                ..good.clone()
            }),
            "report_other_authority",
        ),
        (
            sign(&Reports {
                iat: NOON + DAY,
                ..good.clone()
            }),
            "result_in_future",
        ),
    ] {
        let problem = post(&server, body)
            .await
            .problem(ProblemKind::LaboratoryRefused);
        assert_eq!(problem.field_code.as_deref(), Some(expected));
    }
    let ends: [fn(&mut Value); 3] = [
        |one| one["struckOffAt"] = json!(NOON),
        |one| one["notAfter"] = json!(NOON - 1),
        |one| one["notBefore"] = json!(NOON + 1),
    ];
    for end in ends {
        enlist(&server, end);
        let problem = post(&server, sign(&good))
            .await
            .problem(ProblemKind::LaboratoryRefused);
        assert_eq!(problem.field_code.as_deref(), Some("laboratory_not_valid"));
    }
    enlist(&server, |one| one["id"] = json!("lab-2"));
    let problem = post(&server, sign(&good))
        .await
        .problem(ProblemKind::LaboratoryRefused);
    assert_eq!(problem.field_code.as_deref(), Some("laboratory_unknown"));
}
