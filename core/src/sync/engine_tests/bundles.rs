//! Bundles and indexes that must not be believed.

use super::{BUNDLE, BundleKind, Colour, Fault, NOON_MS, Reason, SyncResult, World};
use crate::trust::{FORM_TYPE, RULE_SET_TYPE, StatusList, sign_bundle};

const NOON: i64 = NOON_MS / 1000;

fn form(world: &World, id: &str, version: u64) -> Vec<u8> {
    let payload = format!("{{\"id\":\"{id}\",\"version\":{version}}}");
    sign_bundle(
        FORM_TYPE,
        payload.as_bytes(),
        &world.authority.nation.hangzhou,
    )
    .unwrap()
}

#[test]
fn bundles_of_every_kind_are_fetched_once_and_handed_out_as_they_came() {
    let mut world = World::settled();
    let key = &world.authority.nation.hangzhou;
    let rules = sign_bundle(
        RULE_SET_TYPE,
        b"{\"id\":\"hz\",\"version\":3,\"more\":[]}",
        key,
    )
    .unwrap();
    let status = StatusList::build(key, &[7], NOON, 3_600).unwrap();
    let form = form(&world, "health", 1);
    let published = [
        (BundleKind::Form, "health", 1, &form),
        (BundleKind::RuleSet, "hz", 3, &rules),
        (
            BundleKind::StatusList,
            "hangzhou",
            NOON.unsigned_abs(),
            &status,
        ),
    ];
    for (kind, name, version, bytes) in published {
        world.authority.publish(kind, name, version, bytes);
    }
    let outcome = world.sync();
    assert_eq!(outcome.result, SyncResult::Synced, "{outcome:?}");
    assert_eq!(outcome.bundles_updated, 3);
    world.restart();
    for (kind, name, _, bytes) in published {
        assert_eq!(
            world.engine.bundle(kind, name).unwrap().as_ref(),
            Some(bytes)
        );
    }
    assert_eq!(
        world.engine.bundle(BundleKind::Form, "other").unwrap(),
        None
    );
    world.transport.take_sent();
    assert_eq!(world.sync().bundles_updated, 0);
    assert_eq!(
        world.transport.take_sent().len(),
        3,
        "a nonce, the state, the index"
    );
}

#[test]
fn rolled_back_bundles_are_refused_and_the_newer_ones_stay() {
    let mut world = World::settled();
    world
        .authority
        .publish(BundleKind::Form, "health", 2, &form(&world, "health", 2));
    world.sync();
    let held = form(&world, "health", 2);

    world
        .authority
        .publish(BundleKind::Form, "health", 1, &form(&world, "health", 1));
    world.restart();
    for _ in 0..2 {
        let outcome = world.sync();
        assert_eq!(outcome.result, SyncResult::AnswerRefused);
        assert_eq!(outcome.problem.as_deref(), Some("sync_bundle_rolled_back"));
        assert_eq!(
            world.engine.bundle(BundleKind::Form, "health").unwrap(),
            Some(held.clone())
        );
    }

    // The same trick, with the number in the index raised.
    world
        .authority
        .publish(BundleKind::Form, "health", 3, &form(&world, "health", 1));
    let outcome = world.sync();
    assert_eq!(
        outcome.problem.as_deref(),
        Some("sync_bundle_not_as_listed")
    );
    assert_eq!(
        world.engine.bundle(BundleKind::Form, "health").unwrap(),
        Some(held)
    );

    // An old trust bundle, likewise.
    let trust = world.engine.bundle(BundleKind::Trust, "").unwrap();
    let mut old = world.authority.nation.trust.clone();
    old.version = 6;
    let old = old.sign(&world.authority.nation.root).unwrap();
    for (version, code) in [(6, "sync_bundle_rolled_back"), (8, "bundle_rolled_back")] {
        world
            .authority
            .publish(BundleKind::Trust, "", version, &old);
        world
            .authority
            .publish(BundleKind::Form, "health", 2, &form(&world, "health", 2));
        let outcome = world.sync();
        assert_eq!(outcome.problem.as_deref(), Some(code));
        assert_eq!(world.engine.bundle(BundleKind::Trust, "").unwrap(), trust);
    }
    assert_eq!(world.colour(), Some(Colour::Green));
}

#[test]
fn altered_missing_and_foreign_bundles_are_refused_and_the_next_goes_on() {
    let world = World::settled();
    let form_a = form(&world, "a", 1);
    let faults = [
        (Fault::BitFlipped, "sync_bundle_altered"),
        (Fault::CutInHalf, "sync_bundle_altered"),
        (Fault::Oversized, "sync_bundle_too_large"),
    ];
    world.authority.publish(BundleKind::Form, "a", 1, &form_a);
    for (fault, code) in faults {
        world.transport.script([Fault::None, Fault::None, fault]);
        let outcome = world.sync();
        assert_eq!(outcome.result, SyncResult::AnswerRefused, "{code}");
        assert_eq!(outcome.problem.as_deref(), Some(code));
        assert_eq!(world.engine.bundle(BundleKind::Form, "a").unwrap(), None);
        world.transport.clear_script();
    }
    // Signed by a stranger, or as another kind; and then one that is fine.
    let stranger = ed25519_dalek::SigningKey::from_bytes(&[77; 32]);
    let payload = b"{\"id\":\"a\",\"version\":1}";
    let key = &world.authority.nation.hangzhou;
    for (bytes, code) in [
        (
            sign_bundle(FORM_TYPE, payload, &stranger).unwrap(),
            "bundle_signer_unknown",
        ),
        (
            sign_bundle(RULE_SET_TYPE, payload, key).unwrap(),
            "bundle_wrong_kind",
        ),
        (
            sign_bundle(FORM_TYPE, b"no json", key).unwrap(),
            "sync_bundle_not_as_listed",
        ),
        (form(&world, "b", 1), "sync_bundle_not_as_listed"),
    ] {
        world.authority.publish(BundleKind::Form, "a", 1, &bytes);
        world
            .authority
            .publish(BundleKind::Form, "z", 1, &form(&world, "z", 1));
        let outcome = world.sync();
        assert_eq!(outcome.problem.as_deref(), Some(code));
        assert_eq!(world.engine.bundle(BundleKind::Form, "a").unwrap(), None);
        assert!(
            world
                .engine
                .bundle(BundleKind::Form, "z")
                .unwrap()
                .is_some()
        );
    }
}

#[test]
fn a_trust_bundle_of_another_root_is_refused() {
    let world = World::new(NOON_MS);
    world.register();
    let stranger = ed25519_dalek::SigningKey::from_bytes(&[78; 32]);
    let forged = world.authority.nation.trust.sign(&stranger).unwrap();
    world.authority.publish(BundleKind::Trust, "", 7, &forged);
    let outcome = world.sync();
    assert_eq!(outcome.result, SyncResult::AnswerRefused);
    assert_eq!(outcome.problem.as_deref(), Some("bundle_signer_unknown"));
    // The registration went out all the same; a state could not be verified, so none was asked for.
    assert_eq!(outcome.uploads_sent, 1);
    assert_eq!(world.colour(), None);
    world.authority.publish(
        BundleKind::Trust,
        "",
        7,
        &world.authority.nation.trust_bytes(),
    );
    world.authority.decide(Colour::Green, Reason::Clear);
    assert_eq!(world.sync().result, SyncResult::Synced);
    assert_eq!(world.colour(), Some(Colour::Green));
}

#[test]
fn forged_indexes() {
    let hash = "ab".repeat(32);
    let entry = |kind: &str, name: &str, hash: &str, size: &str| {
        format!(
            "{{\"kind\":\"{kind}\",\"name\":\"{name}\",\"version\":1,\"sha256\":\"{hash}\",\"size\":{size}}}"
        )
    };
    let fine = entry("form", "a", &hash, "1");
    let many = vec![fine.clone(); 257].join(",");
    let table = [
        ("not json", "sync_index_malformed", String::new()),
        ("twice", "sync_index_malformed", format!("{fine},{fine}")),
        ("too many", "sync_index_malformed", many),
        (
            "path in the name",
            "sync_index_malformed",
            entry("form", "../a", &hash, "1"),
        ),
        (
            "long name",
            "sync_index_malformed",
            entry("form", &"a".repeat(65), &hash, "1"),
        ),
        (
            "path in the hash",
            "sync_index_malformed",
            entry("form", "a", "../../etc", "1"),
        ),
        (
            "upper case",
            "sync_index_malformed",
            entry("form", "a", &"AB".repeat(32), "1"),
        ),
        (
            "named trust bundle",
            "sync_index_malformed",
            entry("trust", "x", &hash, "1"),
        ),
        (
            "unknown kind",
            "sync_index_malformed",
            entry("other", "a", &hash, "1"),
        ),
        (
            "negative size",
            "sync_index_malformed",
            entry("form", "a", &hash, "-1"),
        ),
        (
            "too large",
            "sync_bundle_too_large",
            entry("form", "a", &hash, "9999999"),
        ),
        (
            "not to be had",
            "sync_bundle_missing",
            entry("form", "a", &hash, "1"),
        ),
    ];
    let world = World::settled();
    for (name, code, entries) in table {
        let body = match name {
            "not json" => "[".to_owned(),
            _ => format!("{{\"bundles\":[{entries}]}}"),
        };
        let answer = crate::ports::HttpResponse {
            status: 200,
            headers: vec![("content-type".into(), "application/json".into())],
            body: body.into_bytes(),
        };
        // The state is asked for first, once more with the nonce of its answer.
        world.engine.nonce.lock().unwrap().take();
        world
            .transport
            .script([Fault::None, Fault::None, Fault::Answers(answer)]);
        let outcome = world.sync();
        assert_eq!(outcome.result, SyncResult::AnswerRefused, "{name}");
        assert_eq!(outcome.problem.as_deref(), Some(code), "{name}");
    }
    assert_eq!(
        world.store.read_all(&BUNDLE.of_this_phone()).unwrap().len(),
        1
    );
}
