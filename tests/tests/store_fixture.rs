//! A store that a released version left is opened by this one, with everything in it.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use health_code_core::cancel::CancelHandle;
use health_code_core::citizen::{CitizenConfig, CitizenPorts, HealthCode, Recomputation, Stage};
use health_code_core::colour::{Colour, Reason};
use health_code_core::ports::{HttpRequest, HttpResponse, Transport, TransportError};
use health_code_core::record_table::record_kinds;
use health_code_core::store::{SealedStore, SledStore, SubjectId};
use health_code_core::sync::{
    HttpConfig, SyncConfig, SyncEngine, SyncReason, SyncResult, TimeSource,
};
use health_code_core::system::SystemEntropy;
use health_code_core::testing::clock::FixedClock;
use health_code_core::testing::device_key::SoftwareP256;
use health_code_core::testing::key_guard::FixedKeyGuard;
use health_code_core::trust::TrustBundle;
use health_code_core::wire::BundleKind;
use health_code_core::words::{Language, LanguageTag};
use health_code_tests::store_fixture::{
    Expected, ExpectedRecord, KEY_GUARD, folder, sha256, unpack,
};

/// Nobody answers.
struct Offline;

impl Transport for Offline {
    fn send(
        &self,
        _request: HttpRequest,
        _timeout_ms: u64,
        _cancel: &CancelHandle,
    ) -> Result<HttpResponse, TransportError> {
        Err(TransportError::Unreachable)
    }
}

fn left(name: &str) -> (tempfile::TempDir, Expected) {
    let dir = tempfile::tempdir().expect("a fixture");
    let expected = unpack(&folder(name), dir.path()).expect("a fixture");
    (dir, expected)
}

fn root_key(expected: &Expected) -> [u8; 32] {
    let bytes = data_encoding::HEXLOWER.decode(expected.root_key.as_bytes());
    bytes.expect("a fixture").try_into().expect("a fixture")
}

fn open_store(dir: &Path) -> SealedStore {
    let records = Arc::new(SledStore::open(dir).expect("a fixture"));
    let guard = FixedKeyGuard::new(KEY_GUARD);
    SealedStore::open(records, &guard, Arc::new(SystemEntropy)).expect("a fixture")
}

fn open_citizen(dir: &Path, expected: &Expected) -> HealthCode {
    HealthCode::open(
        dir,
        CitizenConfig {
            base_url: "https://health.example".to_owned(),
            language: "en".to_owned(),
            root_key: root_key(expected),
            http: HttpConfig {
                roots_pem: Vec::new(),
                pins: None,
            },
        },
        CitizenPorts {
            clock: Arc::new(FixedClock::new(expected.left_at_ms)),
            entropy: Arc::new(SystemEntropy),
            key_guard: Arc::new(FixedKeyGuard::new(KEY_GUARD)),
            device_signer: None,
            subject_keys: None,
            transport: Some(Arc::new(Offline)),
            observer: None,
        },
    )
    .expect("a fixture")
}

/// What a record of the first version is called now: its collection and key are its kind and key since schema 2.
fn since_schema_2(record: ExpectedRecord) -> ExpectedRecord {
    let key = record.key.as_str();
    let (kind, key) = match (record.kind.as_str(), key) {
        ("profile", "identity") => ("identity", ""),
        ("profile", "last-answers") => ("last answers", ""),
        ("device", "ed25519-seed") => ("device seed", ""),
        ("state", "registration") => ("registration", ""),
        ("state", "receipt") => ("receipt", ""),
        ("state", "credential") => ("credential", ""),
        ("state", "etag") => ("etag of the state", ""),
        ("state", "meta") => ("about the state", ""),
        ("state", "told-colour") => ("told colour", ""),
        ("state", "bundles") => ("bundles held", ""),
        ("state", "pacing") => ("pacing", ""),
        ("time", "anchor") => ("time anchor", ""),
        ("state", key) => ("correction's answer", &key["correction/".len()..]),
        ("bundle", key) => ("bundle", key),
        ("outbox", key) => ("upload", key),
        ("draft", key) => ("draft", key),
        (kind, key) => panic!("{kind} {key}"),
    };
    ExpectedRecord {
        kind: kind.to_owned(),
        key: key.to_owned(),
        ..record
    }
}

#[test]
fn every_record_of_an_older_version_is_there() {
    let same: fn(ExpectedRecord) -> ExpectedRecord = |record| record;
    for (name, kinds_of_version, now) in [
        ("store-v1", 16, since_schema_2 as fn(_) -> _),
        ("store-v2", 17, same),
    ] {
        let (dir, expected) = left(name);
        let store = open_store(dir.path());
        let mut found = BTreeSet::new();
        let table = record_kinds();
        for (place, value) in store.all_records().unwrap() {
            let row = table.iter().find(|row| row.number == place.kind).unwrap();
            assert_eq!(place.subject.is_some(), row.is_of_subject, "{}", row.name);
            found.insert(ExpectedRecord::new(row.name, &place.key, &value));
        }
        let records = expected.records.into_iter().map(now);
        assert_eq!(found, records.collect());
        // A full citizen: every kind of record that the version wrote.
        let kinds: BTreeSet<_> = found.iter().map(|record| record.kind.as_str()).collect();
        let all: BTreeSet<_> = table.iter().map(|row| row.name).collect();
        assert_eq!(kinds.len(), kinds_of_version, "{kinds:?}");
        assert!(kinds.is_subset(&all), "later versions only add kinds");
    }
}

#[test]
fn the_citizen_of_an_older_version_goes_on() {
    for name in ["store-v1", "store-v2"] {
        let (dir, expected) = left(name);
        for _ in 0..2 {
            let citizen = open_citizen(dir.path(), &expected);
            let home = citizen.home().unwrap();
            let colour = home.colour.unwrap();
            assert_eq!(home.stage, Stage::Decided);
            assert_eq!(
                (colour.colour, colour.recomputation, colour.citizen_id),
                (
                    Colour::Green,
                    Recomputation::Same,
                    expected.citizen_id.clone()
                )
            );
            // Its texts too: the receipt's, and the region's name in a trust bundle that the first version signed for.
            let told = |tag: &str| {
                citizen.set_language(tag);
                citizen.home().unwrap().colour.unwrap().why
            };
            assert_eq!(told("zh-Hans-CN"), Reason::Clear.text(Language::Chinese));
            assert_eq!(told("en"), Reason::Clear.text(Language::English));
            let trust = citizen
                .published_bundle(&BundleKind::TRUST, "")
                .unwrap()
                .unwrap();
            let at = expected.left_at_ms / 1_000;
            let trust = TrustBundle::open(&trust, &root_key(&expected), at, 0).unwrap();
            for (tag, name) in [("zh", "杭州市"), ("ko", "Hangzhou")] {
                assert_eq!(trust.regions[0].name.for_tag(&LanguageTag::new(tag)), name);
            }
            // Credentials had another form then (a status index of 24 bits): the next sync brings one of today's.
            assert!(!home.code_available && citizen.current_code().is_err());
            assert_eq!((home.uploads_waiting, home.uploads_refused.len()), (4, 1));
            // What it objected before there were appeals is kept and exported, sent or not.
            let export = citizen.export_data().unwrap();
            assert!(export.contains("结果与本人情况不符。"));
            assert!(export.contains(&expected.correction_taken));
            assert_eq!(citizen.now().source, TimeSource::Anchored);
            let form = citizen.declaration_form().unwrap();
            assert_eq!(citizen.draft(&form).unwrap(), expected.draft);
            for (kind, name, hash) in &expected.bundles {
                // Nobody publishes any more what those versions knew as a status list.
                if kind == "status-list" {
                    continue;
                }
                let kind = [BundleKind::TRUST, BundleKind::RULE_SET, BundleKind::FORM]
                    .into_iter()
                    .find(|known| known.id() == *kind)
                    .unwrap();
                let bytes = citizen.published_bundle(&kind, name).unwrap().unwrap();
                assert_eq!(sha256(&bytes), *hash, "{kind:?}");
            }
            // The authority was asked an hour ago: nothing is due but the uploads, and nobody answers.
            let outcome = citizen.sync_once(SyncReason::UserAsked, 5_000, &CancelHandle::new());
            assert_eq!(
                (outcome.result, outcome.uploads_left),
                (SyncResult::Offline, 4)
            );
            assert!(outcome.registered);
        }
    }
}

#[test]
fn the_outbox_and_the_answers_of_an_older_version_are_read() {
    for name in ["store-v1", "store-v2"] {
        let (dir, expected) = left(name);
        let engine = SyncEngine::new(
            &SyncConfig {
                base_url: "https://health.example".to_owned(),
                root_key: root_key(&expected),
            },
            Arc::new(open_store(dir.path())),
            Arc::new(Offline),
            Arc::new(FixedClock::new(expected.left_at_ms)),
            Arc::new(SystemEntropy),
            Arc::new(SoftwareP256::from_seed(&[5; 32])),
        )
        .unwrap();
        let uploads: Vec<_> = engine
            .pending(&SubjectId::OWNER)
            .unwrap()
            .into_iter()
            .map(|upload| {
                assert!(
                    !engine
                        .pending_body(&SubjectId::OWNER, &upload.upload_id)
                        .unwrap()
                        .is_empty()
                );
                let refusal = upload.refusal.map(|refusal| refusal.code);
                (upload.upload_id, upload.kind.id().to_owned(), refusal)
            })
            .collect();
        assert_eq!(uploads, expected.uploads);
        let kinds: BTreeSet<_> = uploads.iter().map(|(_, kind, _)| kind.as_str()).collect();
        let all = ["registration", "declaration", "itinerary", "correction"];
        assert_eq!(kinds, all.into());
        let taken: Vec<_> = engine
            .corrections(&SubjectId::OWNER)
            .unwrap()
            .into_iter()
            .map(|taken| (taken.id, taken.decided_by))
            .collect();
        let decided_by = Some(expected.correction_decided_by);
        assert_eq!(taken, [(expected.correction_taken.clone(), decided_by)]);
        assert_eq!(
            engine
                .registration(&SubjectId::OWNER)
                .unwrap()
                .unwrap()
                .citizen_id,
            expected.citizen_id
        );
        assert!(
            engine
                .state(&SubjectId::OWNER)
                .unwrap()
                .checked_at_ms
                .is_some()
        );
    }
}
