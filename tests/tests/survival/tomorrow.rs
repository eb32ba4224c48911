//! An authority of tomorrow and one of yesterday, and what an app of tomorrow left in the store.

use std::sync::Arc;

use health_code_core::capability::results::LABORATORIES_TYPE;
use health_code_core::ports::HttpResponse;
use health_code_core::store::{
    Codec, FIRST_TEST_KIND, MemoryStore, OfPhone, OfSubject, RecordKind, SealedStore, SubjectId,
};
use health_code_core::sync::SyncResult;
use health_code_core::testing::entropy::FixedEntropy;
use health_code_core::testing::key_guard::FixedKeyGuard;
use health_code_core::trust::sign_bundle;
use health_code_core::wire::{COSE, ProblemKind};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::cases::ALL;
use super::contents::{bulletins, clinics, dcc_keys, dcc_rules, laboratories};
use super::lies::{bent, is_named, is_of};
use super::line::Network;
use super::world::{World, sync};
use super::{act_all, for_every_case, prepared, queued, see, settle, untroubled};

/// Members that nobody knows yet wherever an object stands; parts and kinds of bundles likewise.
fn add(json: &mut Value) {
    match json {
        Value::Object(all) => {
            all.values_mut().for_each(add);
            if let Some(Value::Array(bundles)) = all.get_mut("bundles") {
                let of_tomorrow =
                    json!({"kind": "of-tomorrow", "name": ["x"], "version": "nine", "sha256": 7});
                bundles.insert(0, of_tomorrow);
            }
            // Among the parts it is the tag of one.
            all.insert("of_tomorrow".to_owned(), json!("x"));
        }
        Value::Array(all) => all.iter_mut().for_each(add),
        _ => {}
    }
}

/// Members, names, parts and kinds that nobody knows yet are passed over wherever they stand.
#[test]
fn tomorrows_answers_are_read_as_far_as_they_are_known() {
    for_every_case(|world, moment, case| {
        let expected = untroubled(world, moment, case, 0);
        let records = world.put_back(moment);
        (case.meanwhile)(world);
        world.network(bent(|_, answer| {
            let header = ("of-tomorrow".to_owned(), "x".to_owned());
            answer.headers.push(header);
            if let Ok(mut json) = serde_json::from_slice(&answer.body) {
                add(&mut json);
                answer.body = json.to_string().into_bytes();
            }
        }));
        let phone = world.open(&records);
        act_all(case, &phone);
        settle(&phone);
        assert_eq!((see(case, &phone), world.kept()), expected, "{}", case.name);
    });
}

/// Uploads are taken with an answer of a kind that nobody knows yet: whatever the phone makes of it, nothing is lost, and with the next
/// answers of today it is as ever.
#[test]
fn uploads_answered_in_a_kind_of_tomorrow_end_as_ever() {
    for_every_case(|world, moment, case| {
        let expected = untroubled(world, moment, case, 0);
        let queued = queued(world, moment, case);
        for &own in case.paths.iter().filter(|(method, _)| *method != "GET") {
            let records = world.put_back(&queued);
            let phone = world.open(&records);
            world.network(bent(move |line, answer| {
                if is_of(line, own) && answer.status < 300 {
                    answer.body =
                        br#"{"kind":"of_tomorrow","formatVersion":9,"next":{"steps":[1]}}"#
                            .to_vec();
                }
            }));
            sync(&phone);
            sync(&phone);
            see(case, &phone);
            drop(phone);
            let phone = world.open(&records);
            world.network(Network::On);
            settle(&phone);
            let ended = (see(case, &phone), world.kept());
            assert_eq!(ended, expected, "{}, {own:?}", case.name);
        }
    });
}

/// It is refused for a reason that nobody knows yet: named, by a code that is stable; all else goes on, and it is shown so after a
/// restart.
#[test]
fn a_refusal_of_tomorrow_is_named_and_all_else_goes_on() {
    for_every_case(|world, moment, case| {
        let queued = queued(world, moment, case);
        for &own in case.paths {
            let what = format!("{}, {own:?}", case.name);
            let records = world.put_back(&queued);
            let phone = world.open(&records);
            world.network(bent(move |line, answer| {
                if is_of(line, own) && answer.status < 400 {
                    let kind = "urn:health-code:problem:of_tomorrow";
                    let body = json!({"type": kind, "title": "Of tomorrow", "status": 422, "formatVersion": 9});
                    *answer = problem(422, &body);
                }
            }));
            let outcomes = [sync(&phone), sync(&phone)];
            // What is refused in one answer of many leaves the others of the same sync alone.
            let is_told = outcomes.iter().any(is_named);
            // What becomes of an erasing is told in its own list.
            let is_listed = see(case, &phone)[2] == json!(["refused"]);
            assert!(is_told || is_listed, "{what}: {outcomes:#?}");
            let refused = outcomes.iter().flat_map(|it| &it.uploads_refused);
            for one in refused {
                assert!(!one.code.is_empty(), "{what}");
            }
            let seen = see(case, &phone);
            drop(phone);
            let phone = world.open(&records);
            assert_eq!(see(case, &phone), seen, "{what}");
            world.network(Network::On);
            settle(&phone);
            see(case, &phone);
        }
    });
}

fn problem(status: u16, body: &Value) -> HttpResponse {
    HttpResponse {
        status,
        headers: vec![(
            "content-type".to_owned(),
            "application/problem+json".to_owned(),
        )],
        body: body.to_string().into_bytes(),
    }
}

/// What officers publish for a case: kind and name, content type, and the content of a version.
type Published = (&'static str, [&'static str; 3], fn(u64) -> Value);

const PUBLISHED: &[Published] = &[
    (
        "bulletins",
        [
            "bulletins",
            "hangzhou",
            "application/health-code-bulletins+json",
        ],
        |version| bulletins(version, &["metro", "school"]),
    ),
    (
        "clinics",
        [
            "clinics",
            "hangzhou",
            "application/health-code-clinics+json",
        ],
        |version| clinics(version, 2),
    ),
    (
        "results",
        ["laboratories", "laboratories", LABORATORIES_TYPE],
        laboratories,
    ),
    (
        "dcc",
        ["dcc-keys", "eu", "application/health-code-dcc-keys+json"],
        dcc_keys,
    ),
    (
        "dcc",
        [
            "dcc-rules",
            "hangzhou",
            "application/health-code-dcc-rules+json",
        ],
        dcc_rules,
    ),
];

/// The authority publishes, truly signed, a bundle of a later version whose content is in a format that nobody knows yet: views go on, the
/// rest of the sync does, and the next version in a format of today brings all.
#[test]
fn a_bundle_in_a_format_of_tomorrow_hides_nothing_else_and_the_next_one_of_today_is_read() {
    for (name, [kind, bundle, typ], content) in PUBLISHED {
        let case = ALL.iter().find(|case| case.name == *name).expect("a case");
        let (world, moment) = prepared(case);
        let (expected, _) = untroubled(&world, &moment, case, 0);
        let records = world.put_back(&moment);
        (case.meanwhile)(&world);
        let later =
            json!({"id": bundle, "version": 8, "format": 9, "entriesOfTomorrow": [[1, "x"]]});
        let later = later.to_string().into_bytes();
        let signed =
            sign_bundle(typ, Some(world.now()), &later, world.issuer_key()).expect("signed");
        let sha256 = data_encoding::HEXLOWER.encode(&Sha256::digest(&signed));
        world.network(bent(move |line, answer| {
            if line.ends_with(&format!("/v1/bundles/{sha256}")) {
                answer.status = 200;
                answer.headers = vec![("content-type".to_owned(), COSE.to_owned())];
                answer.body.clone_from(&signed);
            } else if let Ok(mut json) = serde_json::from_slice::<Value>(&answer.body)
                && let Some(Value::Array(all)) = json.get_mut("bundles")
            {
                let is_it = |it: &&mut Value| it["kind"] == *kind && it["name"] == *bundle;
                let entry = all.iter_mut().find(is_it).expect("it is published");
                entry["version"] = json!(8);
                entry["sha256"] = json!(sha256);
                entry["size"] = json!(signed.len());
                answer.body = json.to_string().into_bytes();
            }
        }));
        let phone = world.open(&records);
        act_all(case, &phone);
        for _ in 0..2 {
            let outcome = sync(&phone);
            assert_eq!(outcome.result, SyncResult::Synced, "{kind}: {outcome:#?}");
            see(case, &phone);
        }
        let asked = world.take_asked();
        assert!(
            asked.iter().any(|line| line.contains("/v1/bundles/")),
            "{asked:#?}"
        );
        drop(phone);

        world.network(Network::On);
        world.publish(kind, bundle, 9, &content(9));
        let phone = world.open(&records);
        settle(&phone);
        assert_eq!(see(case, &phone), expected, "{kind}");
    }
}

/// An app of tomorrow was here: records of kinds that nobody knows yet, of the phone and of the owner, and an upload of such a kind. All
/// goes on as ever, and nothing of it is touched but by erasing.
#[test]
fn records_of_tomorrow_are_in_nobodys_way() {
    const OF_PHONE: RecordKind<Vec<u8>, OfPhone> =
        RecordKind::of_phone(FIRST_TEST_KIND, "of tomorrow", Codec::BYTES, 64);
    const OF_OWNER: RecordKind<Vec<u8>, OfSubject> =
        RecordKind::of_subject(FIRST_TEST_KIND + 1, "of tomorrow", Codec::BYTES, 64);
    /// As `docs/STORE_FORMAT.md` has it.
    const UPLOAD: RecordKind<Vec<u8>, OfSubject> =
        RecordKind::of_subject(40, "upload", Codec::BYTES, 1_024);

    let sealed = |records: &MemoryStore| {
        let entropy = Arc::new(FixedEntropy::new(9));
        let records = Arc::new(records.clone());
        SealedStore::open(records, &FixedKeyGuard::new(1), entropy).expect("opens")
    };
    // Kind 99, first in the queue.
    let upload = [&[0x84, 0x18, 99, 0, 1, 0x42][..], b"{}"].concat();
    let place = || UPLOAD.for_subject(&SubjectId::OWNER).at("of-tomorrow");
    for_every_case(|world, moment, case| {
        let expected = untroubled(world, moment, case, 0);
        let records = world.put_back(moment);
        (case.meanwhile)(world);
        let bytes = b"tomorrow".to_vec();
        let store = sealed(&records);
        let writes = [
            OF_PHONE.for_this_phone().put(&bytes).expect("fits"),
            OF_OWNER
                .for_subject(&SubjectId::OWNER)
                .put(&bytes)
                .expect("fits"),
            place().put(&upload).expect("fits"),
        ];
        store.apply(&writes).expect("written");
        drop(store);
        let phone = world.open(&records);
        act_all(case, &phone);
        settle(&phone);
        drop(phone);
        let phone = world.open(&records);
        assert_eq!((see(case, &phone), world.kept()), expected, "{}", case.name);
        drop(phone);
        let store = sealed(&records);
        let of_phone = store.read(&OF_PHONE.for_this_phone()).expect("readable");
        assert_eq!(of_phone.as_ref(), Some(&bytes), "{}", case.name);
        let is_erased = case.name == "erase";
        let of_owner = store.read(&OF_OWNER.for_subject(&SubjectId::OWNER));
        assert_eq!(of_owner, Ok((!is_erased).then_some(bytes)), "{}", case.name);
        let left = store.read(&place());
        assert_eq!(
            left,
            Ok((!is_erased).then(|| upload.clone())),
            "{}",
            case.name
        );
    });
}

/// An authority from before the capability: it knows none of its paths, parts and bundles.
fn yesterday(world: &World, own: &'static [(&'static str, &'static str)]) {
    world.network(bent(move |line, answer| {
        // Registering is of the foundation.
        if line != "POST /v1/subjects" && own.iter().any(|own| is_of(line, *own)) {
            let body = serde_json::to_value(ProblemKind::NotFound.body()).expect("JSON");
            *answer = problem(404, &body);
        } else if let Ok(Value::Object(mut all)) = serde_json::from_slice(&answer.body) {
            all.remove("parts");
            answer.body = Value::Object(all).to_string().into_bytes();
            // The tag is that of what was sent.
            answer.headers.retain(|(name, _)| name != "etag");
            let tag = ("etag".to_owned(), "\"of-yesterday\"".to_owned());
            answer.headers.push(tag);
        }
    }));
}

/// All else goes on, and what was there stays. Once the authority is one of today, the next sync that the phone plans brings all: nothing
/// has to be done again.
#[test]
fn yesterdays_authority_knows_nothing_of_it_and_all_else_goes_on() {
    for_every_case(|world, moment, case| {
        let expected = untroubled(world, moment, case, 0);
        let records = world.put_back(moment);
        (case.meanwhile)(world);
        yesterday(world, case.paths);
        let phone = world.open(&records);
        see(case, &phone);
        act_all(case, &phone);
        let outcomes = [sync(&phone), sync(&phone)];
        for outcome in &outcomes {
            let is_known = outcome.result == SyncResult::Synced || outcome.problem.is_some();
            assert!(is_known, "{}: {outcome:#?}", case.name);
        }
        see(case, &phone);
        drop(phone);

        let phone = world.open(&records);
        world.network(Network::On);
        let outcome = sync(&phone);
        assert_eq!(outcome.result, SyncResult::Synced, "{}", case.name);
        assert_eq!(outcome.uploads_left, 0, "{}: {outcome:#?}", case.name);
        settle(&phone);
        let (seen, kept) = (see(case, &phone), world.kept());
        let is_chain = case.name == "officer_chain";
        // That the chain was gone stays told until it is read.
        let of = |view: &Value| {
            if is_chain {
                view["changes"].clone()
            } else {
                view.clone()
            }
        };
        assert_eq!(
            (of(&seen), kept),
            (of(&expected.0), expected.1),
            "{}",
            case.name
        );
    });
}
