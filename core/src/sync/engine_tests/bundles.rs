//! Bundles and indexes that must not be believed.

use super::{BUNDLE, BundleKind, Colour, Fault, NOON_MS, Reason, SyncResult, World};
use crate::encoding::hex;
use crate::trust::{
    FORM_TYPE, RULE_SET_TYPE, StatusList, StatusPlace, StatusSpan, key_id, sign_bundle,
};

const NOON: i64 = NOON_MS / 1000;

fn form(world: &World, id: &str, version: u64) -> Vec<u8> {
    let payload = format!("{{\"id\":\"{id}\",\"version\":{version}}}");
    sign_bundle(
        FORM_TYPE,
        Some(NOON),
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
        Some(NOON),
        b"{\"id\":\"hz\",\"version\":3,\"more\":[]}",
        key,
    )
    .unwrap();
    let places = [StatusPlace::new(NOON, 7)];
    let status = StatusList::build(key, &places, NOON, 3_600).unwrap();
    let status_name = hex::encode(&key_id(&key.verifying_key().to_bytes()));
    world.engine.set_checks_others(true);
    let form = form(&world, "health", 1);
    let published = [
        (BundleKind::FORM, "health", 1, &form),
        (BundleKind::RULE_SET, "hz", 3, &rules),
        (
            BundleKind::STATUS_LIST,
            &status_name,
            NOON.unsigned_abs(),
            &status,
        ),
    ];
    for (kind, name, version, bytes) in &published {
        world.authority.publish(kind, name, *version, bytes);
    }
    let outcome = world.sync();
    assert_eq!(outcome.result, SyncResult::Synced, "{outcome:?}");
    assert_eq!(outcome.bundles_updated, 3);
    world.restart();
    world.engine.set_checks_others(true);
    for (kind, name, _, bytes) in &published {
        assert_eq!(
            world.engine.bundle(kind, name).unwrap().as_ref(),
            Some(*bytes)
        );
    }
    assert_eq!(
        world.engine.bundle(&BundleKind::FORM, "other").unwrap(),
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

/// A door fetches a base once and then what follows on it; a phone that only shows codes fetches neither.
#[test]
fn status_lists_are_fetched_by_who_checks_others_and_only_what_is_lacking() {
    let world = World::settled();
    let key = &world.authority.nation.hangzhou;
    let of = key_id(&key.verifying_key().to_bytes());
    let sign = |from, until| {
        let span = StatusSpan { from, until };
        let place = [StatusPlace::new(
            NOON,
            u32::try_from(until - NOON + 900).unwrap(),
        )];
        let list = StatusList::build_for(of, key, span, &place, until, 600).unwrap();
        (span.name(&of), until.unsigned_abs(), list)
    };
    let publish = |(name, version, list): &(String, u64, Vec<u8>)| {
        let kind = BundleKind::STATUS_LIST;
        world.authority.publish(&kind, name, *version, list);
    };
    let (base, first) = (sign(0, NOON - 600), sign(NOON - 600, NOON - 300));
    publish(&base);
    publish(&first);
    assert_eq!(world.sync().bundles_updated, 0);
    assert_eq!(world.engine.status_lists().unwrap(), [[0_u8; 0]; 0]);
    world.engine.set_checks_others(true);
    assert_eq!(world.sync().bundles_updated, 2);
    assert_eq!(
        world.engine.status_lists().unwrap(),
        [base.2.clone(), first.2.clone()]
    );
    // A delta that takes in the one before, and a newer base that is not needed.
    let (longer, newer) = (sign(NOON - 600, NOON - 100), sign(0, NOON - 200));
    publish(&longer);
    publish(&newer);
    let outcome = world.sync();
    assert_eq!((outcome.bundles_updated, outcome.problem), (1, None));
    assert_eq!(
        world.engine.status_lists().unwrap(),
        [base.2.clone(), longer.2.clone()]
    );
    let stored = world.store.read_all(&BUNDLE.for_this_phone()).unwrap();
    let count = stored
        .iter()
        .filter(|(name, _)| name.starts_with("revocation-list/"));
    assert_eq!(
        count.count(),
        2,
        "what the longer one says is not kept twice"
    );
    // After a gap the base is fetched, and what is not needed any more goes.
    let last = sign(NOON - 50, NOON - 10);
    publish(&last);
    publish(&sign(0, NOON - 40));
    assert_eq!(world.sync().bundles_updated, 2);
    assert_eq!(
        world.engine.status_lists().unwrap(),
        [sign(0, NOON - 40).2, last.2]
    );
    let opened = world.sync();
    assert_eq!((opened.bundles_updated, opened.problem), (0, None));
}

#[test]
fn rolled_back_bundles_are_refused_and_the_newer_ones_stay() {
    let mut world = World::settled();
    world
        .authority
        .publish(&BundleKind::FORM, "health", 2, &form(&world, "health", 2));
    world.sync();
    let held = form(&world, "health", 2);

    world
        .authority
        .publish(&BundleKind::FORM, "health", 1, &form(&world, "health", 1));
    world.restart();
    for _ in 0..2 {
        let outcome = world.sync();
        assert_eq!(outcome.result, SyncResult::AnswerRefused);
        assert_eq!(outcome.problem.as_deref(), Some("sync_bundle_rolled_back"));
        assert_eq!(
            world.engine.bundle(&BundleKind::FORM, "health").unwrap(),
            Some(held.clone())
        );
    }

    // The same trick, with the number in the index raised.
    world
        .authority
        .publish(&BundleKind::FORM, "health", 3, &form(&world, "health", 1));
    let outcome = world.sync();
    assert_eq!(outcome.problem.as_deref(), Some("bundle_rolled_back"));
    assert_eq!(
        world.engine.bundle(&BundleKind::FORM, "health").unwrap(),
        Some(held)
    );

    // An old trust bundle, likewise.
    let trust = world.engine.bundle(&BundleKind::TRUST, "").unwrap();
    let mut old = world.authority.nation.trust.clone();
    old.version = 6;
    let old = old.sign(&world.authority.nation.root).unwrap();
    for (version, code) in [(6, "sync_bundle_rolled_back"), (8, "bundle_rolled_back")] {
        world
            .authority
            .publish(&BundleKind::TRUST, "", version, &old);
        world
            .authority
            .publish(&BundleKind::FORM, "health", 2, &form(&world, "health", 2));
        let outcome = world.sync();
        assert_eq!(outcome.problem.as_deref(), Some(code));
        assert_eq!(world.engine.bundle(&BundleKind::TRUST, "").unwrap(), trust);
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
    world.authority.publish(&BundleKind::FORM, "a", 1, &form_a);
    for (fault, code) in faults {
        world.transport.script([Fault::None, Fault::None, fault]);
        let outcome = world.sync();
        assert_eq!(outcome.result, SyncResult::AnswerRefused, "{code}");
        assert_eq!(outcome.problem.as_deref(), Some(code));
        assert_eq!(world.engine.bundle(&BundleKind::FORM, "a").unwrap(), None);
        world.transport.clear_script();
    }
    // Signed by a stranger, or as another kind; and then one that is fine.
    let stranger = ed25519_dalek::SigningKey::from_bytes(&[77; 32]);
    let payload = b"{\"id\":\"a\",\"version\":1}";
    let key = &world.authority.nation.hangzhou;
    for (bytes, code) in [
        (
            sign_bundle(FORM_TYPE, Some(NOON), payload, &stranger).unwrap(),
            "bundle_signer_unknown",
        ),
        (
            sign_bundle(RULE_SET_TYPE, Some(NOON), payload, key).unwrap(),
            "bundle_wrong_kind",
        ),
        (
            sign_bundle(FORM_TYPE, Some(NOON), b"no json", key).unwrap(),
            "bundle_content_invalid",
        ),
        (form(&world, "b", 1), "sync_bundle_not_as_listed"),
    ] {
        world.authority.publish(&BundleKind::FORM, "a", 1, &bytes);
        world
            .authority
            .publish(&BundleKind::FORM, "z", 1, &form(&world, "z", 1));
        let outcome = world.sync();
        assert_eq!(outcome.problem.as_deref(), Some(code));
        assert_eq!(world.engine.bundle(&BundleKind::FORM, "a").unwrap(), None);
        assert!(
            world
                .engine
                .bundle(&BundleKind::FORM, "z")
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
    world.authority.publish(&BundleKind::TRUST, "", 7, &forged);
    let outcome = world.sync();
    assert_eq!(outcome.result, SyncResult::AnswerRefused);
    assert_eq!(outcome.problem.as_deref(), Some("bundle_signer_unknown"));
    // The registration went out all the same; a state could not be verified, so none was asked for.
    assert_eq!(outcome.uploads_sent, 1);
    assert_eq!(world.colour(), None);
    world.authority.publish(
        &BundleKind::TRUST,
        "",
        7,
        &world.authority.nation.trust_bytes(),
    );
    world.authority.decide(Colour::Green, Reason::Clear);
    assert_eq!(world.sync().result, SyncResult::Synced);
    assert_eq!(world.colour(), Some(Colour::Green));
}

/// Each form of a malformed entry is in tests/vectors/wire.json.
#[test]
fn forged_indexes() {
    let entry = |name: &str, size: u64| {
        let hash = "ab".repeat(32);
        format!(
            "{{\"bundles\":[{{\"kind\":\"form\",\"name\":\"{name}\",\"version\":1,\"sha256\":\"{hash}\",\"size\":{size}}}]}}"
        )
    };
    let table = [
        (
            "[".to_owned(),
            SyncResult::AnswerRefused,
            "sync_index_malformed",
        ),
        (
            entry("../a", 1),
            SyncResult::Synced,
            "sync_index_entry_malformed",
        ),
        (
            entry("a", 9_999_999),
            SyncResult::Synced,
            "sync_bundle_too_large",
        ),
        (
            entry("a", 1),
            SyncResult::AnswerRefused,
            "sync_bundle_missing",
        ),
    ];
    let world = World::settled();
    for (body, result, code) in table {
        let answer = crate::ports::HttpResponse {
            status: 200,
            headers: vec![("content-type".into(), "application/json".into())],
            body: body.into_bytes(),
        };
        // The state is asked for first, once more with the nonce of its answer.
        world.engine.context.take_nonce();
        world
            .transport
            .script([Fault::None, Fault::None, Fault::Answers(answer)]);
        let outcome = world.sync();
        assert_eq!(outcome.result, result, "{code}");
        assert_eq!(outcome.problem.as_deref(), Some(code));
    }
    assert_eq!(
        world
            .store
            .read_all(&BUNDLE.for_this_phone())
            .unwrap()
            .len(),
        1
    );
}
