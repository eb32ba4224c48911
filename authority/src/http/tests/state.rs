//! `GET /v1/subjects/owner/state` and `POST /v1/subjects/owner/credentials`.

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use health_code_core::code::{Assurance, CredentialClaims, ReasonNumber, verify_credential};
use health_code_core::colour::Colour;
use health_code_core::rules::{Evidence, RuleSet};
use health_code_core::trust::{
    BundleError, RECEIPT_TYPE, RevocationStatus, StatusList, TrustBundle, key_id, open_bundle,
};
use health_code_core::wire::{BundleEntry, BundleIndex, BundleKind, ProblemKind, Receipt};

use super::{Answer, Citizen, DAY, NOON, Server, declaration, draft, fever};

const HOUR: i64 = 3_600;

pub(super) fn trust(server: &Server) -> TrustBundle {
    let bytes = std::fs::read(server.app.config.trust_bundle_path()).expect("the bundle");
    TrustBundle::open(&bytes, &server.app.root_key, server.app.authority.now(), 0).expect("opens")
}

pub(super) fn credential(server: &Server, answer: &Answer) -> CredentialClaims {
    let text = answer.json()["credential"]
        .as_str()
        .expect("a credential")
        .to_owned();
    let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).expect("base64url");
    verify_credential(&bytes, &trust(server), server.app.authority.now()).expect("verifies")
}

pub(super) fn receipt(server: &Server, answer: &Answer) -> Receipt {
    let text = answer.json()["receipt"]
        .as_str()
        .expect("a receipt")
        .to_owned();
    let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).expect("base64url");
    let trust = trust(server);
    let payload =
        open_bundle(RECEIPT_TYPE, &bytes, &trust, server.app.authority.now()).expect("opens");
    serde_json::from_slice(payload.payload).expect("a receipt")
}

/// What the published status lists of one issuer key say together, to a door that has them all.
pub(super) struct Lists {
    pub(super) status: RevocationStatus,
    /// When the newest was signed.
    pub(super) issued_at: i64,
    now: i64,
}

impl Lists {
    /// On whichever day that is covered.
    pub(super) fn is_revoked(&self, index: u32) -> bool {
        let days = (-8..=400).map(|days| self.now + days * DAY);
        days.into_iter()
            .any(|end| self.status.is_revoked(end, index))
    }
}

/// Those of the key with this id, opened by the trust bundle that is published; none where there is no base.
pub(super) fn lists_of(server: &Server, key: [u8; 8]) -> Option<Result<Lists, BundleError>> {
    let published = server.app.authority.bundles.published();
    let index: BundleIndex = serde_json::from_slice(&published.index).expect("an index");
    let name = HEXLOWER.encode(&key);
    let is_of_key = |entry: &&BundleEntry| {
        entry.kind == BundleKind::STATUS_LIST && entry.name.starts_with(&name)
    };
    let now = server.app.authority.now();
    let mut lists = Vec::new();
    for entry in index.bundles.iter().filter(is_of_key) {
        let list = StatusList::open(&published.files[&entry.sha256], &trust(server), now, 0);
        match list {
            Ok(list) => {
                assert_eq!(
                    (list.key_id(), list.span().name(&key)),
                    (key, entry.name.clone())
                );
                lists.push(list);
            }
            Err(error) => return Some(Err(error)),
        }
    }
    lists.sort_by_key(StatusList::span);
    let newest = lists.iter().map(StatusList::issued_at).max()?;
    let mut lists = lists.into_iter();
    let mut status = RevocationStatus::new(lists.next()?).expect("a base");
    for list in lists {
        status.add(list).expect("no gap");
    }
    Some(Ok(Lists {
        status,
        issued_at: newest,
        now,
    }))
}

pub(super) async fn revoked(server: &Server) -> Lists {
    let authority = &server.app.authority;
    authority.publish_status_list().await.expect("published");
    let own = key_id(authority.issuer_key.verifying_key().as_bytes());
    lists_of(server, own).expect("listed").expect("opens")
}

pub(super) async fn state(server: &Server, citizen: &Citizen) -> Answer {
    let answer = citizen.get(server, "/v1/subjects/owner/state").await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer
}

#[tokio::test]
async fn before_the_first_declaration_there_is_no_code() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    let answer = state(&server, &citizen).await;
    assert!(answer.json().get("receipt").is_none());
    assert!(answer.json().get("credential").is_none());
    assert_eq!(answer.json()["nextSync"]["afterSecs"], 1_800);
    let answer = citizen
        .send(
            &server,
            draft("POST", "/v1/subjects/owner/credentials", Vec::new()),
        )
        .await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert!(answer.json().get("credential").is_none());
}

#[tokio::test]
async fn a_healthy_declaration_gives_a_green_code_that_verifies() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    citizen.declare(&server, &declaration()).await;
    let answer = state(&server, &citizen).await;
    let claims = credential(&server, &answer);
    assert_eq!(
        (claims.colour, claims.reason),
        (Colour::Green, ReasonNumber::WITHHELD)
    );
    assert_eq!(claims.masked_name, "王*明");
    assert_eq!(
        claims.document_tail,
        citizen.document_number[14..].to_uppercase()
    );
    assert_eq!(claims.device_key, citizen.public_key());
    assert_eq!(claims.assurance, Assurance::Software);
    assert_eq!(claims.issued_at(), NOON);
    let life = claims.expires_at - NOON;
    assert!((4 * HOUR..=24 * HOUR).contains(&life), "{life}");
    let receipt = receipt(&server, &answer);
    assert_eq!((receipt.colour, receipt.since), (Colour::Green, NOON));
    assert_eq!(receipt.citizen_id, citizen.id);
    // The phone's own computation from the published rule set.
    let rules = RuleSet::from_json(health_code_core::rules::HANGZHOU.as_bytes()).expect("rules");
    let evidence = Evidence::from_value(&receipt.evidence).expect("evidence");
    let again = rules.decide(&evidence).expect("decides");
    assert_eq!(
        (again.colour, again.rule_id),
        (receipt.colour, receipt.rule_id)
    );
}

#[tokio::test]
async fn the_etag_stays_until_something_changes() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    citizen.declare(&server, &declaration()).await;
    let first = state(&server, &citizen).await;
    let etag = first.header("etag").to_owned();
    assert!(etag.starts_with('"'), "strong");
    server.clock.advance(60);
    let conditional = |etag: String| {
        let mut request = draft("GET", "/v1/subjects/owner/state", Vec::new());
        request.headers = vec![("if-none-match", etag)];
        request
    };
    let answer = citizen.send(&server, conditional(etag.clone())).await;
    assert_eq!((answer.status, answer.body.len()), (304, 0));
    assert_eq!(answer.header("etag"), etag);
    assert_eq!(
        answer.header("health-code-time"),
        ((NOON + 60) * 1_000).to_string()
    );
    assert!(!answer.header("health-code-nonce").is_empty());
    citizen.declare(&server, &fever()).await;
    let answer = citizen.send(&server, conditional(etag)).await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn a_change_of_colour_revokes_the_code_before() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    citizen.declare(&server, &declaration()).await;
    let green = credential(&server, &state(&server, &citizen).await);
    assert!(!revoked(&server).await.is_revoked(green.status_index));
    server.clock.advance(60);
    citizen.declare(&server, &fever()).await;
    assert!(revoked(&server).await.is_revoked(green.status_index));
    let answer = state(&server, &citizen).await;
    let yellow = credential(&server, &answer);
    assert_eq!(
        (yellow.colour, yellow.reason),
        (Colour::Yellow, ReasonNumber::WITHHELD)
    );
    assert_ne!(yellow.status_index, green.status_index);
    assert!(!revoked(&server).await.is_revoked(yellow.status_index));
    let receipt = receipt(&server, &answer);
    assert_eq!(
        (receipt.since, receipt.rule_id.as_str()),
        (NOON + 60, "yellow-declared-fever")
    );
    assert!(receipt.earliest_green.is_some());
    // For phones of a version that knows neither the reason nor the rule.
    let english = &receipt.reason_texts["en"];
    assert!(!english.text.is_empty() && english.instruction.contains("fever clinic"));
    assert!(receipt.reason_texts.contains_key("zh"));
    assert_eq!(
        (receipt.check_ins_done, receipt.check_ins_required),
        (Some(1), Some(7))
    );
}

#[tokio::test]
async fn seven_days_of_check_ins_turn_yellow_green_and_a_gap_starts_over() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    let colour = async || receipt(&server, &state(&server, &citizen).await).colour;
    citizen.declare(&server, &fever()).await;
    server.clock.advance(2 * DAY);
    for day in 1..=6 {
        citizen.declare(&server, &declaration()).await;
        // Several check-ins on one day are one.
        citizen.declare(&server, &declaration()).await;
        assert_eq!(colour().await, Colour::Yellow, "day {day}");
        server.clock.advance(DAY);
    }
    citizen.declare(&server, &declaration()).await;
    assert_eq!(colour().await, Colour::Green);
}

#[tokio::test]
async fn a_credential_is_renewed_at_half_of_its_life() {
    let server = Server::with(|config| config.credential_max_hours = 4).await;
    let citizen = server.citizen().await;
    citizen.declare(&server, &declaration()).await;
    let first = credential(&server, &state(&server, &citizen).await);
    assert_eq!(first.expires_at - first.issued_at(), 4 * HOUR);
    server.clock.advance(2 * HOUR);
    let same = credential(&server, &state(&server, &citizen).await);
    assert_eq!(same, first);
    server.clock.advance(1);
    let second = credential(&server, &state(&server, &citizen).await);
    assert_ne!(second.status_index, first.status_index);
    assert_eq!(second.issued_at(), NOON + 2 * HOUR);
    assert!(
        !revoked(&server).await.is_revoked(first.status_index),
        "it just runs out"
    );
}

#[tokio::test]
async fn a_credential_can_be_asked_for_but_not_more_than_once_a_minute() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    citizen.declare(&server, &declaration()).await;
    let ask = async || {
        let answer = citizen
            .send(
                &server,
                draft("POST", "/v1/subjects/owner/credentials", Vec::new()),
            )
            .await;
        assert_eq!(answer.status, 201, "{}", answer.text());
        credential(&server, &answer)
    };
    let first = ask().await;
    assert_eq!(ask().await, first);
    server.clock.advance(60);
    assert_ne!(ask().await.status_index, first.status_index);
    let answer = citizen
        .send(
            &server,
            draft("POST", "/v1/subjects/owner/credentials", b"{}".to_vec()),
        )
        .await;
    answer.problem(ProblemKind::Malformed);
}

#[tokio::test]
async fn lives_are_spread_over_citizens() {
    let server = Server::new().await;
    let mut lives = std::collections::BTreeSet::new();
    for _ in 0..12 {
        let citizen = server.citizen().await;
        citizen.declare(&server, &declaration()).await;
        let claims = credential(&server, &state(&server, &citizen).await);
        lives.insert(claims.lifetime_quarter_hours);
    }
    assert!(lives.len() >= 6, "{lives:?}");
}

#[tokio::test]
async fn expired_credentials_are_forgotten_after_a_week() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    citizen.declare(&server, &declaration()).await;
    let first = credential(&server, &state(&server, &citizen).await);
    server.clock.advance(60);
    citizen.declare(&server, &fever()).await;
    assert!(revoked(&server).await.is_revoked(first.status_index));
    server.clock.advance(9 * DAY);
    server.app.keep_house().await.expect("kept");
    assert!(!revoked(&server).await.is_revoked(first.status_index));
}

#[tokio::test]
async fn a_rule_set_that_has_run_out_loses_no_declaration() {
    let rules = tempfile::NamedTempFile::new().expect("a file");
    let text = health_code_core::rules::HANGZHOU
        .replace("\"validUntil\": null", "\"validUntil\": \"2020-03-01\"");
    std::fs::write(rules.path(), text).expect("written");
    let path = rules.path().to_str().expect("UTF-8").to_owned();
    let server = Server::with(|config| config.rule_set = path).await;
    let (early, late) = (server.citizen().await, server.citizen().await);
    early.declare(&server, &declaration()).await;
    server.clock.advance(DAY);
    // What was decided stays in force; who comes first now has a declaration on record and no code.
    early.declare(&server, &fever()).await;
    assert_eq!(
        receipt(&server, &state(&server, &early).await).colour,
        Colour::Green
    );
    late.declare(&server, &declaration()).await;
    assert!(state(&server, &late).await.json().get("receipt").is_none());
}
