//! Nothing readable is left: a whole life on a phone, looked for afterwards in every byte of every file, here and at the authority.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use data_encoding::{BASE64_NOPAD, BASE64URL_NOPAD, HEXLOWER, HEXUPPER};
use health_code_core::capability::dependants::DependantState;
use health_code_core::ports::KeyGuard as _;
use health_code_core::record_table::record_kinds;
use health_code_core::store::{SealedStore, SledStore};
use health_code_core::system::SystemEntropy;
use health_code_core::testing::dcc_issuer::{DccIssuer, anna, vaccination};
use health_code_core::testing::key_guard::FixedKeyGuard;
use health_code_core::trust::SunsetOrder;
use health_code_core::wire::{Itinerary, ItineraryLeg, SubjectId};
use health_code_core::words::LocalizedText;
use health_code_tests::phone::{Phone, child, resident_id};
use health_code_tests::town::{MORNING_MS, Town};
use serde_json::json;

const STATEMENT: &str = "I was in Jiaxing with my brother.";
const CHILD: &str = "欧阳小小";
const CHILDS_NUMBER: &str = "N330106001";
const TRAIN: &str = "G7349";
const PAGE: &str = "Ticket to Jiaxing, window seat";
const ADDRESS: &str = "文三路 90 号";
/// What a phone's folder may hold.
const FILES: [&str; 9] = [
    "lock", "envelope", "anchor", "journal", "manifest", "reserve", "conf", "db", "snap.",
];

fn files(folder: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, found);
        } else {
            // A side file may go while we look.
            let bytes = fs::read(&path).unwrap_or_default();
            found.insert(path.display().to_string(), bytes);
        }
    }
}

/// The ways in which bytes could stand in a file.
fn written(secret: &[u8]) -> Vec<Vec<u8>> {
    let mut ways = vec![secret.to_vec()];
    if let Ok(text) = std::str::from_utf8(secret) {
        let units = || text.encode_utf16();
        ways.push(units().flat_map(u16::to_le_bytes).collect());
        ways.push(units().flat_map(u16::to_be_bytes).collect());
        // As in JSON that escapes what is not ASCII.
        let escaped: String = units()
            .map(|unit| match u8::try_from(unit) {
                Ok(ascii) if ascii.is_ascii() => char::from(ascii).to_string(),
                _ => format!("\\u{unit:04x}"),
            })
            .collect();
        ways.push(escaped.into_bytes());
    }
    ways.push(HEXLOWER.encode(secret).into_bytes());
    ways.push(HEXUPPER.encode(secret).into_bytes());
    // Base64 at each of the three places that it can begin at, without what depends on its neighbours.
    for skip in 0..3 {
        let whole = &secret[skip.min(secret.len())..];
        let whole = &whole[..whole.len() / 3 * 3];
        if whole.len() >= 6 {
            ways.push(BASE64_NOPAD.encode(whole).into_bytes());
            ways.push(BASE64URL_NOPAD.encode(whole).into_bytes());
        }
    }
    ways
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|found| found == part)
}

fn assert_in_none(folder: &Path, secrets: &[(&str, Vec<u8>)], when: &str) {
    let mut found = BTreeMap::new();
    files(folder, &mut found);
    assert!(!found.is_empty());
    for (what, secret) in secrets {
        for way in written(secret) {
            for (file, bytes) in &found {
                assert!(!contains(bytes, &way), "{when}: {what} in {file}");
            }
        }
    }
}

fn names(order: &str) -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("the name", "欧阳振华".into()),
        ("the number", resident_id(order).into_bytes()),
        ("the phone number", "13800001234".into()),
        ("the address", ADDRESS.into()),
        ("what was said", STATEMENT.into()),
        ("the child's name", CHILD.into()),
        ("the child's number", CHILDS_NUMBER.into()),
        ("the train", TRAIN.into()),
        ("what the page shows", PAGE.into()),
        ("a certificate", certificate()[..60].into()),
        ("a certificate's name", "ERIKSSON".into()),
        ("a field's name", "documentNumber".into()),
    ]
}

/// The master key, as the envelope has it, and bare; and every secret that a copy of the store gives up to who has the key.
fn keys(folder: &Path, copy: &Path) -> Vec<(&'static str, Vec<u8>)> {
    let guard = FixedKeyGuard::new(9);
    let envelope = fs::read(folder.join("envelope")).expect("an envelope");
    assert_eq!(envelope[4], 1, "one key");
    let wrapped = envelope[7..envelope.len() - 16].to_vec();
    let master = guard.unwrap(&wrapped).expect("the master key").to_vec();
    copy_folder(folder, copy);
    let sled = SledStore::open(copy).expect("a copy");
    let store = SealedStore::open(Arc::new(sled), &guard, Arc::new(SystemEntropy));
    let kinds = record_kinds();
    let is_secret = |number: u16| {
        let mut rows = kinds.iter();
        rows.any(|row| row.number == number && row.codec == "secret")
    };
    let records = store.expect("a copy").all_records().expect("readable");
    let seeds = records
        .into_iter()
        .filter(|(place, _)| is_secret(place.kind));
    let mut found: Vec<_> = seeds.map(|(_, seed)| ("a seed", seed.to_vec())).collect();
    assert!(!found.is_empty());
    found.push(("the master key", master));
    found.push(("the wrapped master key", wrapped));
    found
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            fs::copy(&path, &target).expect("copied");
        }
    }
}

/// Registers, declares, travels, takes a child into care, appeals with a picture of a page, asks for paper, keeps a certificate:
/// everything that this phone asks people for. The child.
fn live(town: &Town, phone: &Phone) -> SubjectId {
    phone.turn_green(town);
    phone.declare(&json!({"temperature": 36.9}));
    let health_code = &phone.health_code;
    health_code
        .submit_itinerary(&Itinerary {
            legs: vec![ItineraryLeg {
                division: 420_100,
                from: "2026-11-20".to_owned(),
                until: "2026-11-21".to_owned(),
                transport: "train".to_owned(),
                number: TRAIN.to_owned(),
            }],
        })
        .expect("queued");
    let child = health_code
        .add_dependant(&child(CHILD, CHILDS_NUMBER))
        .expect("queued");
    let page = format!("%PDF-1.7\n% {PAGE}\n");
    let kept = health_code.add_appeal_evidence(page.as_bytes());
    kept.expect("kept");
    health_code.submit_appeal(STATEMENT).expect("queued");
    health_code.request_paper(30).expect("queued");
    health_code.keep_dcc(&certificate()).expect("kept");
    health_code.request_holdings().expect("queued");
    for _ in 0..3 {
        phone.sync();
    }
    let family = health_code.dependants().expect("a view").dependants;
    assert_eq!(family.len(), 1);
    assert_eq!(family[0].state, DependantState::InCare);
    assert_eq!(health_code.home().expect("a view").uploads_waiting, 0);
    let export = phone.health_code.export_data().expect("a file");
    assert!(export.contains("欧阳振华") && export.contains(STATEMENT));
    phone.health_code.export_document().expect("a paper");
    child
}

/// Of Anna, good in the town's time.
fn certificate() -> String {
    let content = vaccination(&anna(), "1974-08-12", (2, 2), "2026-06-20");
    let now = MORNING_MS / 1_000;
    DccIssuer::es256("SE", 7).issue(&content, now - 86_400, now + 86_400)
}

#[test]
fn nothing_readable_is_left_of_a_life_here_or_at_the_authority() {
    for by_order in [false, true] {
        let mut town = Town::with(|config| "self_declared".clone_into(&mut config.care_by));
        let phone = Phone::new(&town, "phone");
        let child = live(&town, &phone);
        let folder = town.folder("phone");
        let old_keys = keys(&folder, &town.folder("copy"));
        let people = names("001");
        let bare: Vec<_> = old_keys
            .iter()
            .filter(|(what, _)| *what != "the wrapped master key")
            .cloned()
            .collect();
        // Sealed from the first moment on: neither here nor there does a file say anything.
        assert_in_none(&folder, &people, "alive, here");
        assert_in_none(&folder, &bare, "alive, here");
        let database = town.database();
        let there = database.parent().expect("a folder");
        assert_in_none(there, &people, "alive, at the authority");

        if by_order {
            let now = town.now();
            town.change_trust(|trust| {
                trust.sunset_orders.push(SunsetOrder {
                    division: 330_000,
                    effective_at: now + 60,
                    text: LocalizedText::new("Over.", "结束。"),
                    erase_after_secs: Some(60),
                });
            });
            phone.sync();
            for clock in [&town.clock, &phone.clock] {
                clock.advance_ms(3_600_000);
            }
            phone.sync();
        } else {
            // Whoever leaves leaves the care of others first.
            phone.health_code.erase(&child).expect("erased");
            phone.sync();
            phone.health_code.erase(&SubjectId::OWNER).expect("erased");
        }
        let home = phone.health_code.home().expect("a view");
        assert!(home.colour.is_none(), "erased");
        // No old key either, not even wrapped: what sled still holds was sealed with it.
        assert_in_none(&folder, &people, "erased, here");
        assert_in_none(&folder, &old_keys, "erased, here");
        phone.sync();
        assert!(phone.health_code.erasures()[0].receipt.is_some());
        drop(phone);
        assert_in_none(&folder, &people, "closed, here");
        assert_in_none(&folder, &old_keys, "closed, here");
        assert_in_none(there, &people, "erased, at the authority");
        let mut left = BTreeMap::new();
        files(&folder, &mut left);
        for file in left.keys() {
            let name = Path::new(file).file_name().expect("a name");
            let name = name.to_string_lossy();
            assert!(FILES.iter().any(|it| name.starts_with(it)), "{file}");
        }
    }
}

/// The test itself finds what it looks for.
#[test]
fn what_would_be_left_would_be_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "x欧阳振华 said".as_bytes();
    let utf16: Vec<u8> = "欧阳振华"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    for (name, bytes) in [
        ("plain", text.to_vec()),
        ("wide", utf16),
        ("base64", BASE64_NOPAD.encode(text).into_bytes()),
        ("hex", HEXLOWER.encode(text).into_bytes()),
        (
            "escaped",
            br#"{"name": "\u6b27\u9633\u632f\u534e"}"#.to_vec(),
        ),
    ] {
        let ways = written("欧阳振华".as_bytes());
        assert!(ways.iter().any(|way| contains(&bytes, way)), "{name}");
        fs::write(folder.path().join(name), bytes).expect("written");
    }
}

/// Kinds of rows that are nobody's: they lie under a document, a certificate, a laboratory's id or an officer's codes, and go with
/// no subject.
const NOBODYS: [u16; 7] = [15, 36, 37, 42, 60, 61, 63];

/// The authority's rows come to the citizen by names, whichever capability added them.
#[test]
fn every_kind_of_row_that_is_somebodys_has_a_name_in_the_export() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("../authority/src");
    let mut found = BTreeMap::new();
    files(&sources, &mut found);
    let mut kinds = BTreeMap::new();
    for (file, bytes) in &found {
        for line in String::from_utf8_lossy(bytes).lines() {
            let declared = line.split_once("const ").and_then(|(_, rest)| {
                let (name, value) = rest.split_once(": Kind = Kind(")?;
                Some((name.to_owned(), value.split(')').next()?.parse().ok()?))
            });
            if let Some((name, number)) = declared.filter(|(_, number)| *number < 900_u16) {
                kinds.insert(number, (name, file.clone()));
            }
        }
    }
    assert!(kinds.len() >= 28, "{}", kinds.len());
    let export = fs::read_to_string(sources.join("capability/export/mod.rs")).expect("a source");
    let names = export.split("const NAMES").nth(1).expect("a table");
    let names = names.split("];").next().expect("a table");
    for (number, (name, file)) in kinds {
        let is_named = names.contains(&format!("kinds::{name},"))
            || names.contains(&format!("Kind({number}),"))
            || file.ends_with("export/mod.rs");
        let is_nobodys = NOBODYS.contains(&number);
        assert!(is_named != is_nobodys, "{number} of {file}");
    }
}
