//! The public bundles.

use data_encoding::HEXLOWER;
use health_code_core::capability::identity_proof::{IDENTITY_PROOFS, IdentityProofs};
use health_code_core::capability::officer_chain::{OFFICERS, OfficerList};
use health_code_core::form::Form;
use health_code_core::rules::RuleSet;
use health_code_core::trust::{FORM_TYPE, RULE_SET_TYPE, StatusList, TrustBundle, open_bundle};
use health_code_core::wire::{BundleIndex, BundleKind, COSE, ProblemKind};
use sha2::{Digest, Sha256};

use axum::body::Body;
use axum::http::Request;

use super::{Answer, Server};

async fn conditional(server: &Server, path: &str, etag: &str) -> Answer {
    let request = Request::get(path).header("if-none-match", etag);
    server
        .send(request.body(Body::empty()).expect("a request"))
        .await
}

async fn index(server: &Server) -> BundleIndex {
    serde_json::from_slice(&server.get("/v1/bundles").await.body).expect("an index")
}

#[tokio::test]
async fn everything_listed_is_signed_and_named_by_its_hash() {
    let server = Server::new().await;
    let index = index(&server).await;
    let kinds: Vec<BundleKind> = index
        .bundles
        .iter()
        .map(|entry| entry.kind.clone())
        .collect();
    for kind in [
        BundleKind::TRUST,
        BundleKind::STATUS_LIST,
        BundleKind::RULE_SET,
        BundleKind::FORM,
    ] {
        assert!(kinds.contains(&kind), "{kind:?}");
    }
    let now = server.app.authority.now();
    let of_trust = index
        .bundles
        .iter()
        .find(|entry| entry.kind == BundleKind::TRUST);
    let path = format!("/v1/bundles/{}", of_trust.expect("listed").sha256);
    let bytes = server.get(&path).await.body;
    let trust = TrustBundle::open(&bytes, &server.app.root_key, now, 0).expect("the trust bundle");
    for entry in &index.bundles {
        let answer = server.get(&format!("/v1/bundles/{}", entry.sha256)).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("content-type"), COSE);
        assert_eq!(
            answer.header("cache-control"),
            "public, max-age=31536000, immutable"
        );
        assert_eq!(HEXLOWER.encode(&Sha256::digest(&answer.body)), entry.sha256);
        assert_eq!(answer.body.len() as u64, entry.size);
        match entry.kind.id() {
            "trust" => assert_eq!(entry.version, trust.version),
            "revocation-list" => {
                let list = StatusList::open(&answer.body, &trust, now, 0).expect("a status list");
                assert_eq!(entry.name, list.span().name(&list.key_id()));
                assert_eq!(i64::try_from(entry.version), Ok(list.span().until));
            }
            "rule-set" => {
                let signed = open_bundle(RULE_SET_TYPE, &answer.body, &trust, now).expect("signed");
                let rules = RuleSet::from_json(signed.payload).expect("a rule set");
                assert!(["hangzhou", "visitors"].contains(&rules.id.as_str()));
                assert_eq!(
                    (&rules.id, u64::from(rules.version)),
                    (&entry.name, entry.version)
                );
            }
            "form" => {
                let signed = open_bundle(FORM_TYPE, &answer.body, &trust, now).expect("signed");
                let form = Form::from_json(signed.payload).expect("a form");
                assert_eq!(form.definition().id, entry.name);
            }
            "identity-proofs" => {
                let typ = IDENTITY_PROOFS.typ;
                let signed = open_bundle(typ, &answer.body, &trust, now).expect("signed");
                let policy = IdentityProofs::read(signed.payload).expect("a policy");
                assert_eq!((&policy.id, policy.version), (&entry.name, entry.version));
            }
            "officers" => {
                let typ = OFFICERS.typ;
                let signed = open_bundle(typ, &answer.body, &trust, now).expect("signed");
                let list = OfficerList::read(signed.payload).expect("a list");
                assert_eq!((&list.id, list.version), (&entry.name, entry.version));
                assert_eq!(list.officers.len(), 2);
            }
            other => panic!("{other}"),
        }
    }
}

#[tokio::test]
async fn etags_save_the_body() {
    let server = Server::new().await;
    let answer = server.get("/v1/bundles").await;
    assert_eq!(answer.header("cache-control"), "public, max-age=60");
    assert_eq!(answer.header("content-type"), "application/json");
    let etag = answer.header("etag").to_owned();
    for header in [
        etag.clone(),
        format!("\"x\", {etag}"),
        format!("W/{etag}"),
        "*".to_owned(),
    ] {
        let again = conditional(&server, "/v1/bundles", &header).await;
        assert_eq!((again.status, again.body.len()), (304, 0), "{header}");
        assert_eq!(again.header("etag"), etag);
    }
    assert_eq!(
        conditional(&server, "/v1/bundles", "\"x\"").await.status,
        200
    );
    let hash = &index(&server).await.bundles[0].sha256;
    let path = format!("/v1/bundles/{hash}");
    assert_eq!(
        server.get(&path).await.header("etag"),
        format!("\"{hash}\"")
    );
    assert_eq!(
        conditional(&server, &path, &format!("\"{hash}\""))
            .await
            .status,
        304
    );
}

#[tokio::test]
async fn what_is_not_published_is_not_found() {
    let server = Server::new().await;
    for hash in [
        "0".repeat(64),
        "..".to_owned(),
        "authority.sqlite".to_owned(),
    ] {
        let answer = server.get(&format!("/v1/bundles/{hash}")).await;
        answer.problem(ProblemKind::NotFound);
    }
}

#[tokio::test]
async fn each_status_list_is_later_and_the_one_before_stays() {
    let server = Server::new().await;
    let of = |index: &BundleIndex| {
        let entry = index
            .bundles
            .iter()
            .filter(|entry| entry.kind == BundleKind::STATUS_LIST)
            .max_by_key(|entry| entry.version);
        entry.expect("listed").clone()
    };
    let first = index(&server).await;
    let etag = server.get("/v1/bundles").await.header("etag").to_owned();
    server.app.keep_house().await.expect("published");
    let second = index(&server).await;
    assert!(of(&second).version > of(&first).version);
    assert_ne!(server.get("/v1/bundles").await.header("etag"), etag);
    for entry in [of(&first), of(&second)] {
        assert_eq!(
            server
                .get(&format!("/v1/bundles/{}", entry.sha256))
                .await
                .status,
            200
        );
    }
}

#[tokio::test]
async fn a_newer_trust_bundle_is_taken_over_and_an_older_or_foreign_one_is_not() {
    let server = Server::new().await;
    let data = &server.app.config.data;
    let root = crate::keys::read_key_file(&data.join("national-root.key")).expect("the root");
    let own = crate::RegionKey {
        division: 330_100,
        name: health_code_core::words::LocalizedText::new("Hangzhou", "杭州市"),
        public_key: server.app.authority.issuer_key.verifying_key().to_bytes(),
    };
    let version = async || {
        server.app.keep_house().await.expect("kept");
        let index = index(&server).await;
        let entry = index
            .bundles
            .iter()
            .find(|entry| entry.kind == BundleKind::TRUST);
        entry.expect("listed").version
    };
    let put = |version, key: &ed25519_dalek::SigningKey| {
        let bundle = crate::trust_bundle(
            std::slice::from_ref(&own),
            version,
            server.app.authority.now(),
            86_400,
        );
        let bytes = bundle.sign(key).expect("signed");
        std::fs::write(server.app.config.trust_bundle_path(), bytes).expect("written");
    };
    put(5, &root);
    assert_eq!(version().await, 5);
    put(4, &root);
    assert_eq!(version().await, 5);
    put(6, &server.app.authority.issuer_key);
    assert_eq!(version().await, 5);
    put(6, &root);
    assert_eq!(version().await, 6);
}
