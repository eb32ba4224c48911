//! `POST /v1/admin/publications`.

use std::sync::Arc;

use axum::body::Body;
use axum::http::Request;
use data_encoding::BASE64URL_NOPAD;
use health_code_core::civil_time::CivilTime;
use health_code_core::form::Form;
use health_code_core::rules::{HANGZHOU, HUBEI, RuleSet};
use health_code_core::trust::{RULE_SET_TYPE, TrustBundle, open_bundle};
use health_code_core::wire::{BundleEntry, BundleIndex, ProblemKind};
use serde_json::{Value, json};

use super::{Answer, Citizen, DAY, NOON, Server, declaration, fever, new_id};
use crate::app::App;
use crate::officers::{ColourOrder, PublicationOrder, SignedOrder, content_sha256, sign_order};

type SignedPublication = SignedOrder<PublicationOrder>;

use crate::system::SystemEntropy;

/// The rules of Hangzhou under another version, with a fever red instead of yellow.
fn stricter(version: u32) -> Vec<u8> {
    let mut rules: Value = serde_json::from_str(HANGZHOU).expect("JSON");
    rules["version"] = json!(version);
    let all = rules["rules"].as_array_mut().expect("rules");
    let fever = all
        .iter_mut()
        .find(|rule| rule["id"] == "yellow-declared-fever");
    fever.expect("the rule")["colour"] = json!("red");
    rules.to_string().into_bytes()
}

fn health_form(version: u32) -> Vec<u8> {
    let shipped = health_code_core::form::shipped();
    let form = shipped
        .iter()
        .find(|form| form.id == "health-declaration")
        .expect("shipped");
    let mut form: Value = serde_json::from_str(form.json).expect("JSON");
    form["version"] = json!(version);
    form.to_string().into_bytes()
}

fn order(kind: &str, name: &str, version: u64, content: &[u8]) -> PublicationOrder {
    PublicationOrder {
        id: new_id(),
        kind: kind.to_owned(),
        name: name.to_owned(),
        version,
        sha256: content_sha256(content),
        at: NOON,
    }
}

fn signed(
    server: &Server,
    order: &PublicationOrder,
    content: &[u8],
    officers: &[&str],
) -> SignedPublication {
    let bytes = serde_json::to_vec(order).expect("JSON");
    let sign = |name: &&str| sign_order::<PublicationOrder>(&bytes, name, &server.officer(name));
    SignedOrder::new(&bytes, officers.iter().map(sign).collect()).with_content(content)
}

async fn post(server: &Server, body: &SignedPublication) -> Answer {
    let request = Request::post("/v1/admin/publications")
        .header("content-type", "application/json")
        .body(Body::from(serde_json::to_vec(body).expect("JSON")))
        .expect("a request");
    server.send(request).await
}

async fn publish(server: &Server, order: &PublicationOrder, content: &[u8]) -> Answer {
    let both = ["officer-1", "officer-2"];
    post(server, &signed(server, order, content, &both)).await
}

async fn listed(server: &Server, kind: &str, name: &str) -> BundleEntry {
    let index: BundleIndex =
        serde_json::from_slice(&server.get("/v1/bundles").await.body).expect("an index");
    let mut entries = index.bundles.into_iter();
    entries
        .find(|entry| {
            entry.name == name && serde_json::to_value(&entry.kind).expect("JSON") == json!(kind)
        })
        .expect("listed")
}

async fn colour(server: &Server, citizen: &Citizen) -> String {
    let answer = citizen.get(server, "/v1/subjects/owner/state").await;
    let receipt = answer.json()["receipt"].as_str().expect("there").to_owned();
    let bytes = BASE64URL_NOPAD
        .decode(receipt.as_bytes())
        .expect("base64url");
    let text = String::from_utf8_lossy(&bytes);
    let found = ["green", "yellow", "red"]
        .into_iter()
        .find(|colour| text.contains(&format!("\"colour\":\"{colour}\"")));
    found.expect("a colour").to_owned()
}

#[tokio::test]
async fn a_rule_set_counts_from_the_moment_it_is_published_and_after_a_restart() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    citizen.declare(&server, &fever()).await;
    assert_eq!(colour(&server, &citizen).await, "yellow");
    let rules = stricter(2);
    let order = order("rule-set", "hangzhou", 2, &rules);
    let before = listed(&server, "rule-set", "hangzhou").await;
    let answer = publish(&server, &order, &rules).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    let entry = listed(&server, "rule-set", "hangzhou").await;
    assert_eq!((before.version, entry.version), (1, 2));
    assert_eq!(answer.json()["sha256"], json!(entry.sha256));
    // Signed by the authority; the version before stays for who holds an older index.
    let path = format!("/v1/bundles/{}", entry.sha256);
    let bundle = server.get(&path).await.body;
    let trust = std::fs::read(server.app.config.trust_bundle_path()).expect("the bundle");
    let trust = TrustBundle::open(&trust, &server.app.root_key, NOON, 0).expect("opens");
    let opened = open_bundle(RULE_SET_TYPE, &bundle, &trust, NOON).expect("signed");
    assert_eq!(
        RuleSet::from_json(opened.payload).expect("rules").version,
        2
    );
    let old = format!("/v1/bundles/{}", before.sha256);
    assert_eq!(server.get(&old).await.status, 200);
    // Nobody has to declare anew.
    assert_eq!(colour(&server, &citizen).await, "red");
    // An answer that got lost: the same again.
    let again = publish(&server, &order, &rules).await;
    assert_eq!(
        (again.status, again.json()["sha256"].clone()),
        (200, json!(entry.sha256))
    );
    server.app.close();
    let app = App::open(
        server.app.config.clone(),
        server.clock.clone(),
        Arc::new(SystemEntropy),
    );
    let app = Arc::new(app.await.expect("opens"));
    app.keep_house().await.expect("published");
    let restarted = Server {
        router: crate::http::router(Arc::clone(&app)),
        app,
        ..server
    };
    assert_eq!(
        listed(&restarted, "rule-set", "hangzhou").await.sha256,
        entry.sha256
    );
    let other = restarted.citizen().await;
    other.declare(&restarted, &fever()).await;
    assert_eq!(colour(&restarted, &other).await, "red");
}

#[tokio::test]
async fn versions_only_go_up() {
    let server = Server::new().await;
    // Version 1 came with the program.
    let shipped = stricter(1);
    let answer = publish(
        &server,
        &order("rule-set", "hangzhou", 1, &shipped),
        &shipped,
    )
    .await;
    answer.refused_field("version", "not_higher");
    for (version, status) in [(3, 201), (2, 422), (3, 200), (4, 201)] {
        let rules = stricter(version);
        let order = order("rule-set", "hangzhou", version.into(), &rules);
        let answer = publish(&server, &order, &rules).await;
        if status == 422 {
            answer.refused_field("version", "not_higher");
        } else {
            assert_eq!(answer.status, status, "{version}: {}", answer.text());
        }
    }
    // The same version with other content.
    let other = String::from_utf8(stricter(4)).expect("UTF-8") + " ";
    let order = order("rule-set", "hangzhou", 4, other.as_bytes());
    let answer = publish(&server, &order, other.as_bytes()).await;
    answer.refused_field("version", "not_higher");
}

#[tokio::test]
async fn a_new_form_is_accepted_at_once_and_the_old_one_still() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    let mut second = declaration();
    second["formVersion"] = json!(2);
    let path = format!("/v1/subjects/owner/declarations/{}", new_id());
    let early = citizen.put(&server, &path, &second).await;
    early.problem(ProblemKind::FormUnknown);
    let form = health_form(2);
    let order = order("form", "health-declaration", 2, &form);
    assert_eq!(publish(&server, &order, &form).await.status, 201);
    let entry = listed(&server, "form", "health-declaration").await;
    assert_eq!(entry.version, 2);
    citizen.declare(&server, &second).await;
    citizen.declare(&server, &declaration()).await;
}

#[tokio::test]
async fn it_takes_two_officers_who_saw_this_content() {
    let server = Server::new().await;
    let rules = stricter(2);
    let ok = order("rule-set", "hangzhou", 2, &rules);
    for officers in [&[][..], &["officer-1"], &["officer-1", "officer-1"]] {
        let answer = post(&server, &signed(&server, &ok, &rules, officers)).await;
        answer.problem(ProblemKind::OfficersRefused);
    }
    // Signatures over a colour change's prefix are no signatures over a publication.
    let bytes = serde_json::to_vec(&ok).expect("JSON");
    let mut forged = signed(&server, &ok, &rules, &["officer-1"]);
    let other = sign_order::<ColourOrder>(&bytes, "officer-2", &server.officer("officer-2"));
    forged.signatures.push(other);
    let answer = post(&server, &forged).await;
    answer.problem(ProblemKind::OfficersRefused);
    let swapped = publish(&server, &ok, &stricter(3)).await;
    swapped.refused_field("sha256", "not_of_content");
    assert_eq!(listed(&server, "rule-set", "hangzhou").await.version, 1);
}

#[tokio::test]
async fn what_does_not_fit_is_named() {
    let server = Server::new().await;
    let rules = stricter(2);
    let ok = order("rule-set", "hangzhou", 2, &rules);
    let cases = [
        (
            "kind",
            "unknown",
            PublicationOrder {
                kind: "trust".to_owned(),
                ..ok.clone()
            },
        ),
        (
            "name",
            "not_of_content",
            PublicationOrder {
                name: "hubei".to_owned(),
                ..ok.clone()
            },
        ),
        (
            "version",
            "not_of_content",
            PublicationOrder {
                version: 7,
                ..ok.clone()
            },
        ),
        (
            "at",
            "too_old",
            PublicationOrder {
                at: NOON - 4 * DAY,
                ..ok.clone()
            },
        ),
        (
            "id",
            "not_uuid_v7",
            PublicationOrder {
                id: "1".to_owned(),
                ..ok.clone()
            },
        ),
    ];
    for (field, code, order) in cases {
        publish(&server, &order, &rules)
            .await
            .refused_field(field, code);
    }
    let hubei = HUBEI.as_bytes();
    let answer = publish(&server, &order("rule-set", "hubei", 1, hubei), hubei).await;
    answer.refused_field("content", "rule_set_not_in_force");
    let broken = b"{\"id\": \"hangzhou\"";
    let answer = publish(&server, &order("rule-set", "hangzhou", 2, broken), broken).await;
    let problem = answer.problem(ProblemKind::Invalid);
    assert_eq!(problem.field.as_deref(), Some("content"));
    let form = String::from_utf8(health_form(2)).expect("UTF-8");
    let unknown = form.replace("\"fact\":\"temperature\"", "\"fact\":\"temprature\"");
    assert_ne!(unknown, form);
    assert!(Form::from_json(unknown.as_bytes()).is_ok());
    let order = order("form", "health-declaration", 2, unknown.as_bytes());
    let answer = publish(&server, &order, unknown.as_bytes()).await;
    answer.refused_field("content", "form_fact_unknown");
}

#[tokio::test]
async fn large_bodies_are_taken_here_and_nowhere_else() {
    let server = Server::new().await;
    let send = async |path: &str, size: usize| {
        let request = Request::post(path)
            .header("content-type", "application/json")
            .body(Body::from(vec![b' '; size]));
        server.send(request.expect("a request")).await
    };
    let here = "/v1/admin/publications";
    send(here, 1_300_000).await.problem(ProblemKind::Malformed);
    send(here, 1_500_000).await.problem(ProblemKind::TooLarge);
    for path in ["/v1/admin/colour-changes", "/v1/subjects"] {
        send(path, 70_000).await.problem(ProblemKind::TooLarge);
    }
    let limits = &server.app.admission.limits;
    let enter = |last: u8| limits.enter_large([192, 0, 2, last].into(), false).ok();
    // One address keeps nobody else from publishing.
    let one = enter(1).expect("a place");
    assert!(enter(1).is_none());
    drop(one);
    let places: Vec<_> = (0..100).map_while(enter).collect();
    assert!((1..100).contains(&places.len()));
    let crowded = send(here, 10).await;
    crowded.problem(ProblemKind::Unavailable);
    assert_eq!(server.get("/healthz").await.status, 200);
}

/// Phones count days by the region's clock of the trust bundle: a rule set with another one would be a day off.
#[tokio::test]
async fn rules_and_region_count_days_by_the_same_clock() {
    let korea = |version: u32| {
        let rules = String::from_utf8(stricter(version)).expect("UTF-8");
        rules.replace("\"utcOffsetMinutes\":480", "\"utcOffsetMinutes\":540")
    };
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("rules.json");
    std::fs::write(&path, korea(2)).expect("written");
    let path = path.to_str().expect("UTF-8").to_owned();
    let server = Server::with(|config| {
        config.rule_set.clone_from(&path);
        config.visitor_documents.clear();
    })
    .await;
    let trust = std::fs::read(server.app.config.trust_bundle_path()).expect("the bundle");
    let trust = TrustBundle::open(&trust, &server.app.root_key, NOON, 0).expect("opens");
    let civil = trust.civil_time(server.app.config.division);
    assert_eq!(civil.map(CivilTime::minutes_east), Some(540));
    let chinese = stricter(3);
    let order = order("rule-set", "hangzhou", 3, &chinese);
    let answer = publish(&server, &order, &chinese).await;
    answer.refused_field("content", "rule_set_field_invalid");
    // The same bundle, and rules by another clock.
    std::fs::write(&path, stricter(2)).expect("written");
    let refused = server.restarted().await.err().expect("refused");
    assert_eq!(refused.code(), "definition_refused");
    assert!(format!("{refused:?}").contains("480"), "{refused:?}");
}
