//! An authority, an index and an outbox of a version to come: what is unknown is carried or passed over.

use super::OWNER;
use super::{AppUpdate, BundleKind, Colour, Fault, Reason, SyncResult, World, wire};
use crate::ports::HttpResponse;
use crate::store::{Codec, OfSubject, RecordKind, SubjectId};
use crate::sync::UploadKind;
use crate::sync::records::UPLOAD;
use crate::trust::{FORM_TYPE, sign_bundle};
use crate::wire::{BundleEntry, BundleIndex};

fn index_answer(etag: &str, entries: &str) -> Fault {
    Fault::Answers(HttpResponse {
        status: 200,
        headers: vec![
            ("content-type".into(), "application/json".into()),
            ("etag".into(), etag.into()),
        ],
        body: format!("{{\"bundles\":[{entries}]}}").into_bytes(),
    })
}

/// The entries of what is published now, as JSON.
fn published(world: &World) -> String {
    let mut held = Vec::new();
    for (kind, name) in [(BundleKind::TRUST, ""), (BundleKind::FORM, "health")] {
        if let Some(bytes) = world.engine.bundle(&kind, name).unwrap() {
            let digest = <sha2::Sha256 as sha2::Digest>::digest(&bytes);
            held.push(BundleEntry {
                version: if kind == BundleKind::TRUST { 7 } else { 1 },
                kind,
                name: name.to_owned(),
                sha256: data_encoding::HEXLOWER.encode(&digest),
                size: bytes.len() as u64,
            });
        }
    }
    let json = serde_json::to_string(&BundleIndex { bundles: held }).unwrap();
    json["{\"bundles\":[".len()..json.len() - 2].to_owned()
}

#[test]
fn members_of_tomorrow_in_every_answer_are_passed_over() {
    let world = World::new(super::NOON_MS);
    world.authority.speak_of_tomorrow();
    let key = &world.authority.nation.hangzhou;
    let form = sign_bundle(
        FORM_TYPE,
        Some(super::NOON_MS / 1_000),
        b"{\"id\":\"health\",\"version\":1}",
        key,
    )
    .unwrap();
    world
        .authority
        .publish(&BundleKind::FORM, "health", 1, &form);
    world.register();
    world.declare(b"{\"n\":1}");
    let bad = world.declare(b"{\"bad\":1}");
    world
        .authority
        .refuse(b"{\"bad\":1}", super::ProblemKind::Invalid);
    world.authority.decide(Colour::Green, Reason::Clear);
    let outcome = world.sync();
    assert_eq!(outcome.result, SyncResult::Synced, "{outcome:?}");
    assert_eq!((outcome.uploads_sent, outcome.bundles_updated), (2, 2));
    assert_eq!(outcome.uploads_refused[0].upload_id, bad);
    assert_eq!(world.colour(), Some(Colour::Green));
    assert!(outcome.registered && outcome.problem.is_none());
}

#[test]
fn an_index_of_tomorrow_is_read_once_and_its_news_are_not_lost() {
    let world = World::settled();
    let key = &world.authority.nation.hangzhou;
    let form = sign_bundle(
        FORM_TYPE,
        Some(super::NOON_MS / 1_000),
        b"{\"id\":\"health\",\"version\":1}",
        key,
    )
    .unwrap();
    world
        .authority
        .publish(&BundleKind::FORM, "health", 1, &form);
    assert_eq!(world.sync().bundles_updated, 1);
    world.transport.take_sent();

    let hash = "ab".repeat(32);
    let unknown = format!("{{\"kind\":\"of-tomorrow\",\"name\":\"a\",\"shards\":[\"{hash}\"]}}");
    let entries = format!("{unknown},{}", published(&world));
    world
        .transport
        .script([Fault::None, index_answer("\"tomorrow\"", &entries)]);
    let outcome = world.sync();
    assert_eq!(outcome.result, SyncResult::Synced, "{outcome:?}");
    assert_eq!((outcome.problem, outcome.bundles_updated), (None, 0));
    let lines = world.transport.take_sent_lines();
    assert_eq!(
        lines,
        ["GET /v1/subjects/owner/state", "GET /v1/bundles"],
        "nothing is fetched"
    );
    // The ETag holds: next time the answer may be "as it was".
    world.sync();
    let sent = world.transport.take_sent();
    let conditional = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert!(
        sent[1]
            .headers
            .contains(&conditional("if-none-match", "\"tomorrow\""))
    );
}

#[test]
fn one_bad_entry_takes_nothing_from_the_others() {
    let world = World::settled();
    let key = &world.authority.nation.hangzhou;
    let form = sign_bundle(
        FORM_TYPE,
        Some(super::NOON_MS / 1_000),
        b"{\"id\":\"health\",\"version\":1}",
        key,
    )
    .unwrap();
    world
        .authority
        .publish(&BundleKind::FORM, "health", 1, &form);
    let digest = <sha2::Sha256 as sha2::Digest>::digest(&form);
    let good = format!(
        "{{\"kind\":\"form\",\"name\":\"health\",\"version\":1,\"sha256\":\"{}\",\"size\":{}}}",
        data_encoding::HEXLOWER.encode(&digest),
        form.len()
    );
    let bad = good.replace("\"health\"", "\"../health\"");
    let entries = format!("{bad},{},{good}", published(&world));
    world
        .transport
        .script([Fault::None, index_answer("\"bad\"", &entries)]);
    let outcome = world.sync();
    assert_eq!(outcome.result, SyncResult::Synced, "{outcome:?}");
    assert_eq!(
        outcome.problem.as_deref(),
        Some("sync_index_entry_malformed")
    );
    assert_eq!(outcome.bundles_updated, 1);
    assert_eq!(
        world.engine.bundle(&BundleKind::FORM, "health").unwrap(),
        Some(form)
    );
    // Coming again sooner would not mend it: the plan holds.
    assert_eq!(outcome.next_allowed_at_ms, super::NOON_MS + super::HOUR_MS);
}

#[test]
fn uploads_of_tomorrow_stay_and_the_others_go() {
    let mut world = World::settled();
    let mut encoder = minicbor::Encoder::new(Vec::new());
    encoder.array(4).unwrap().u8(99).unwrap().u64(0).unwrap();
    encoder
        .i64(1)
        .unwrap()
        .bytes(b"{\"of\":\"tomorrow\"}")
        .unwrap();
    let bytes = encoder.into_writer();
    let raw: RecordKind<Vec<u8>, OfSubject> =
        RecordKind::of_subject(UPLOAD.row().number, "upload", Codec::BYTES, 1_000);
    let place = raw.for_subject(&SubjectId::OWNER).at("of-tomorrow");
    world.store.write(&place, &bytes).unwrap();
    world.restart();
    world.declare(b"{\"n\":1}");
    let outcome = world.sync();
    assert_eq!(outcome.result, SyncResult::Synced, "{outcome:?}");
    assert_eq!((outcome.uploads_sent, outcome.uploads_left), (1, 0));
    let pending = world.engine.pending(&OWNER).unwrap();
    assert_eq!(pending.len(), 1);
    assert_eq!(pending[0].kind, UploadKind::Newer { number: 99 });
    assert!(!pending[0].is_waiting());
    world.restart();
    assert_eq!(world.store.read(&place), Ok(Some(bytes)));
}

#[test]
fn the_citizen_is_told_to_update_before_it_must_and_the_rest_goes_on() {
    let mut world = World::settled();
    assert_eq!(world.sync().app_update, AppUpdate::NotNeeded);
    let next = format!("{}, {}", wire::PROTOCOL_VERSION, wire::PROTOCOL_VERSION + 1);
    for (protocols, oldest, expected) in [
        (next.as_str(), "0.0.1", AppUpdate::Advised),
        ("1", "999.0.0", AppUpdate::Needed),
        // An answer that cannot be read changes nothing.
        ("?", "?", AppUpdate::Needed),
        ("2", "0.0.1", AppUpdate::Needed),
        ("1", "0.0.1", AppUpdate::NotNeeded),
    ] {
        world.pass(super::MINUTE);
        world.authority.set_supported(protocols, oldest);
        world.declare(format!("{{\"n\":\"{protocols} {oldest}\"}}").as_bytes());
        let outcome = world.sync();
        assert_eq!(outcome.result, SyncResult::Synced, "{outcome:?}");
        assert_eq!(outcome.app_update, expected, "{protocols} {oldest}");
        assert_eq!(outcome.uploads_sent, 1);
        // It is known without a network too.
        world.restart();
        assert_eq!(world.engine.app_update(), Ok(expected));
    }
}
