//! Writes a fixture of the store with a full citizen in it: `store_fixture NAME`, run once a stored format.
//!
//! The phone is the real one, against a real authority over TLS; the last uploads are queued with it down.
#![expect(clippy::print_stdout, reason = "says where the fixture is")]

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use health_code_core::ports::{Clock as _, DeviceSigner};
use health_code_core::record_table::record_kinds;
use health_code_core::store::{SealedStore, SledStore, SubjectId};
use health_code_core::sync::{REGISTRATION, SyncConfig, SyncEngine};
use health_code_core::system::SystemEntropy;
use health_code_core::testing::device_key::SoftwareP256;
use health_code_core::testing::key_guard::FixedKeyGuard;
use health_code_core::wire::{BundleKind, Itinerary, ItineraryLeg};
use health_code_tests::phone::Phone;
use health_code_tests::store_fixture::{Expected, ExpectedRecord, KEY_GUARD, folder, pack, sha256};
use health_code_tests::town::Town;

const DAY_MS: u64 = 24 * 3_600_000;

fn main() -> ExitCode {
    let Some(name) = std::env::args().nth(1) else {
        return ExitCode::from(2);
    };
    let fixture = folder(&name);
    if fixture.exists() {
        println!(
            "{} is there already and is never replaced",
            fixture.display()
        );
        return ExitCode::FAILURE;
    }
    let mut town = Town::new();
    let dir = town.folder("phone");
    let phone = Phone::new(&town, "phone");
    live(&town, &phone);
    town.stop();
    town.clock.advance_ms(DAY_MS / 24);
    phone.clock.advance_ms(DAY_MS / 24);
    queue(&phone);
    let left_at_ms = phone.clock.read().wall_ms;
    let citizen_id = phone
        .health_code
        .home()
        .expect("a view")
        .colour
        .expect("a colour")
        .citizen_id;
    let form = phone.health_code.declaration_form().expect("a form");
    let draft = phone.health_code.draft(&form).expect("a draft");
    drop(phone);
    let mut expected = register_again(&town, &dir);
    expected.left_at_ms = left_at_ms;
    expected.citizen_id = citizen_id;
    expected.draft = draft;
    finish(&dir, &mut expected);
    pack(&dir, &fixture, &expected).expect("packed");
    println!("{}", fixture.display());
    ExitCode::SUCCESS
}

/// Registers, declares, travels, appeals, and has one upload refused.
fn live(town: &Town, phone: &Phone) {
    phone.turn_green(town);
    phone
        .health_code
        .submit_appeal("我当日不在该地点。")
        .expect("queued");
    phone
        .health_code
        .submit_itinerary(&leg("train", "2026-11-20"))
        .expect("queued");
    phone
        .health_code
        .submit_itinerary(&leg("broom", "2026-11-21"))
        .expect("queued");
    let outcome = phone.sync();
    assert_eq!(
        (outcome.uploads_sent, outcome.uploads_refused.len()),
        (2, 1),
        "{outcome:?}"
    );
}

/// What waits for the network: one of each kind that the app queues, and a form half filled in.
fn queue(phone: &Phone) {
    phone.declare(&serde_json::json!({ "temperature": 36.7 }));
    phone
        .health_code
        .submit_itinerary(&leg("flight", "2026-11-22"))
        .expect("queued");
    phone
        .health_code
        .submit_appeal("结果与本人情况不符。")
        .expect("queued");
    let form = phone.health_code.declaration_form().expect("a form");
    let mut half = phone.health_code.draft(&form).expect("prefilled");
    half.insert("temperature".to_owned(), serde_json::json!(37.1));
    phone
        .health_code
        .save_draft(&form.definition().id, &half)
        .expect("kept");
}

fn leg(transport: &str, day: &str) -> Itinerary {
    Itinerary {
        legs: vec![ItineraryLeg {
            division: 420_100,
            from: day.to_owned(),
            until: day.to_owned(),
            transport: transport.to_owned(),
            number: "G1234".to_owned(),
        }],
    }
}

/// Queues a registration, as a phone whose device the authority forgot does, and reads out the engine's side.
fn register_again(town: &Town, dir: &Path) -> Expected {
    let store = Arc::new(open(dir));
    let signer: Arc<dyn DeviceSigner> = Arc::new(SoftwareP256::from_seed(&[5; 32]));
    let engine = SyncEngine::new(
        &SyncConfig {
            base_url: town.base_url.clone(),
            root_key: town.root_key,
        },
        store,
        town.https(town.clock.clone()),
        town.clock.clone(),
        Arc::new(SystemEntropy),
        signer,
    )
    .expect("an engine");
    engine
        .enqueue(&SubjectId::OWNER, &REGISTRATION, br#"{"again":true}"#)
        .expect("queued");
    let uploads = engine
        .pending(&SubjectId::OWNER)
        .expect("the owner")
        .into_iter()
        .map(|upload| {
            let refusal = upload.refusal.map(|refusal| refusal.code);
            (upload.upload_id, upload.kind.id().to_owned(), refusal)
        });
    let named = [
        (BundleKind::TRUST, String::new()),
        (BundleKind::RULE_SET, "hangzhou".to_owned()),
        (BundleKind::FORM, "health-declaration".to_owned()),
    ];
    let bundles = named.into_iter().map(|(kind, name)| {
        let bytes = engine.bundle(&kind, &name).expect("readable");
        let sha256 = sha256(&bytes.unwrap_or_else(|| panic!("no {kind:?}")));
        (kind.id().to_owned(), name, sha256)
    });
    Expected {
        left_at_ms: 0,
        root_key: data_encoding::HEXLOWER.encode(&town.root_key),
        records: Vec::new(),
        uploads: uploads.collect(),
        correction_taken: String::new(),
        correction_decided_by: 0,
        citizen_id: String::new(),
        draft: serde_json::Map::new(),
        bundles: bundles.collect(),
    }
}

/// Lists every record.
fn finish(dir: &Path, expected: &mut Expected) {
    let store = open(dir);
    let kinds = record_kinds();
    for (place, value) in store.all_records().expect("readable") {
        let row = kinds.iter().find(|row| row.number == place.kind);
        let kind = row.expect("a kind of the table").name;
        let record = ExpectedRecord::new(kind, &place.key, &value);
        expected.records.push(record);
    }
}

fn open(dir: &Path) -> SealedStore {
    let records = Arc::new(SledStore::open(dir).expect("a store"));
    let guard = FixedKeyGuard::new(KEY_GUARD);
    SealedStore::open(records, &guard, Arc::new(SystemEntropy)).expect("a store")
}
