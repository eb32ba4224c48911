//! Everything that a phone holds, given to the citizen: made offline, whole, and without keys.

use health_code_core::capability::export::{ExportBlock, ExportBlockKind, HoldingsState};
use health_code_core::colour::{Colour, Reason};
use health_code_core::record_table::record_kinds;
use health_code_core::store::{SealedStore, SledStore};
use health_code_core::system::SystemEntropy;
use health_code_core::testing::key_guard::FixedKeyGuard;
use health_code_core::words::TextDirection;
use health_code_tests::phone::{Phone, registration, resident_id};
use health_code_tests::town::Town;
use serde_json::Value;
use std::sync::Arc;

fn exported(phone: &Phone) -> Value {
    let json = phone.health_code.export_data().expect("an export");
    serde_json::from_str(&json).expect("JSON")
}

/// What is in the store of the phone, which ends, by kind.
fn records(town: &Town, phone: Phone) -> Vec<(u16, Vec<u8>)> {
    drop(phone);
    let sled = SledStore::open(&town.folder("phone")).expect("a store");
    let guard = FixedKeyGuard::new(9);
    let store = SealedStore::open(Arc::new(sled), &guard, Arc::new(SystemEntropy));
    let records = store.expect("a store").all_records().expect("readable");
    records
        .into_iter()
        .map(|(place, value)| (place.kind, value.to_vec()))
        .collect()
}

fn value<'a>(export: &'a Value, name: &str) -> &'a Value {
    let records = export["subjects"][0]["records"]
        .as_array()
        .expect("records");
    let mut records = records.iter().filter(|record| record["name"] == name);
    &records.next().unwrap_or_else(|| panic!("no {name}"))["value"]
}

#[test]
fn all_of_it_is_there_offline_and_no_key() {
    let mut town = Town::new();
    let phone = Phone::new(&town, "phone");
    let empty = exported(&phone);
    assert_eq!(empty["subjects"][0]["id"], "owner");

    phone.turn_green(&town);
    let citizen = phone.colour_view().citizen_id;
    town.change_colour(&citizen, Colour::Yellow, Reason::CloseContact, "");
    phone.sync();
    town.stop();
    phone
        .health_code
        .submit_appeal("It was my brother.")
        .expect("queued");

    let export = exported(&phone);
    let name = &registration(&resident_id("001"))["name"];
    assert_eq!(&value(&export, "identity")["name"], name);
    let receipt = &value(&export, "receipt")["content"];
    assert_eq!(receipt["colour"], "yellow");
    let seen = value(&export, "colours seen")["seen"]
        .as_array()
        .expect("changes");
    assert!(seen.len() >= 2);
    let objection = value(&export, "upload");
    assert_eq!(objection["body"]["statement"], "It was my brother.");
    assert!(objection["sequence"].is_u64() && objection["refusal"].is_null());

    // Every record of the store is in it or named as left out, and no byte of a key.
    let store = records(&town, phone);
    let count = |list: &Value| list.as_array().expect("records").len();
    let left_out = export["leftOut"].as_array().expect("a list");
    assert_eq!(left_out.len(), 1, "{left_out:?}");
    let secrets: Vec<_> = record_kinds()
        .into_iter()
        .filter(|row| row.codec == "secret")
        .collect();
    let is_secret = |kind: u16| secrets.iter().any(|row| row.number == kind);
    let kept = store.iter().filter(|(kind, _)| !is_secret(*kind)).count();
    assert_eq!(
        count(&export["subjects"][0]["records"]) + count(&export["phone"]),
        kept
    );
    let text = export.to_string();
    for (_, seed) in store.iter().filter(|(kind, _)| is_secret(*kind)) {
        for encoded in [
            data_encoding::BASE64URL_NOPAD.encode(seed),
            data_encoding::HEXLOWER.encode(seed),
        ] {
            assert!(!text.contains(&encoded), "a key");
        }
    }
}

#[test]
fn a_person_can_read_it_in_each_language() {
    let town = Town::new();
    let phone = Phone::new(&town, "phone");
    let rows = |language: &str| {
        phone.health_code.set_language(language);
        let view = phone.health_code.export_view().expect("a view");
        for section in &view.sections {
            assert!(
                !section.title.is_empty()
                    && section.rows.is_empty() == section.empty_text.is_some()
            );
            for row in &section.rows {
                assert!(
                    !row.label.is_empty() && !row.text.is_empty(),
                    "{}",
                    section.title
                );
            }
        }
        view.sections
            .iter()
            .map(|section| section.rows.len())
            .collect::<Vec<_>>()
    };
    let empty = rows("en");
    assert_eq!((empty.last(), empty.iter().sum::<usize>()), (Some(&2), 2));
    phone.turn_green(&town);
    phone.health_code.submit_appeal("No.").expect("queued");
    let english = rows("en");
    for language in ["zh", "ko", "ar"] {
        assert_eq!(rows(language), english, "{language}");
    }
    phone.health_code.set_language("en");
    assert!(
        english[0] >= 6 && english[1] == 5 && english[2] >= 1 && english[3] >= 1 && english[4] == 1
    );
    let name = registration(&resident_id("001"))["name"].clone();
    let view = phone.health_code.export_view().expect("a view");
    assert_eq!(view.sections[0].title, "Who you are");
    assert!(view.sections[0].rows.iter().any(|row| row.text == name));
}

#[test]
fn a_full_queue_is_exported_in_a_moment() {
    let town = Town::new();
    let phone = Phone::new(&town, "phone");
    phone.turn_green(&town);
    let object = |number: u32| {
        phone
            .health_code
            .submit_appeal(&format!("Objection {number}"))
    };
    let queued = (0..2_000)
        .take_while(|number| object(*number).is_ok())
        .count();
    assert!(queued >= 200, "{queued}");
    let text = phone.health_code.export_data().expect("an export");
    assert!(text.contains(&format!("Objection {}", queued - 1)));
}

#[test]
fn the_authoritys_own_data_come_when_they_are_asked_for() {
    let mut town = Town::new();
    let phone = Phone::new(&town, "phone");
    let refused = phone.health_code.request_holdings();
    assert_eq!(
        refused.expect_err("nobody registered").code(),
        "not_registered"
    );
    phone.turn_green(&town);
    assert_eq!(state(&phone), HoldingsState::NotRequested);
    assert!(exported(&phone)["authority"].is_null());

    // Asked for offline; a restart and a week later the request is still there.
    town.stop();
    phone.health_code.request_holdings().expect("queued");
    drop(phone);
    let phone = Phone::new(&town, "phone");
    assert_eq!(state(&phone), HoldingsState::Requested);
    phone.clock.advance_ms(7 * 86_400_000);
    town.start();
    until_held(&phone);

    let export = exported(&phone);
    let authority = &export["authority"];
    assert_eq!(authority["isWhole"], true);
    let named = |name: &str| {
        let records = authority["records"].as_array().expect("records").iter();
        records.filter(|it| it["name"] == name).collect::<Vec<_>>()
    };
    let name = &registration(&resident_id("001"))["name"];
    assert_eq!(&named("registration")[0]["value"]["identity"]["name"], name);
    assert_eq!(named("upload").len(), 2, "a declaration and the request");
    assert_eq!(named("device").len(), 1);
    assert_eq!(
        phone.health_code.export_view().expect("a view").holdings,
        HoldingsState::Held
    );

    // Asked again it is told anew, with what came since; nobody else is told of it.
    phone.declare_well();
    phone.health_code.request_holdings().expect("queued");
    assert_eq!(state(&phone), HoldingsState::Requested);
    until_held(&phone);
    let uploads = exported(&phone)["authority"]
        .to_string()
        .matches("\"upload\"")
        .count();
    assert_eq!(uploads, 4);
}

fn state(phone: &Phone) -> HoldingsState {
    phone.health_code.export_view().expect("a view").holdings
}

fn until_held(phone: &Phone) {
    for _ in 0..3 {
        phone.sync();
        if state(phone) == HoldingsState::Held {
            return;
        }
        phone.clock.advance_ms(1_000);
    }
    panic!("not held after three syncs: {:?}", state(phone));
}

/// The paper has every line of the screen and every record, in each language; what is for programs alone is not in it.
#[test]
fn a_paper_holds_every_record_in_lines() {
    let town = Town::new();
    let phone = Phone::new(&town, "phone");
    phone.turn_green(&town);
    phone
        .health_code
        .submit_appeal("My words.")
        .expect("queued");
    phone.health_code.request_holdings().expect("queued");
    until_held(&phone);
    let name = registration(&resident_id("001"))["name"].clone();
    for (language, direction) in [
        ("en", TextDirection::LeftToRight),
        ("zh", TextDirection::LeftToRight),
        ("ko", TextDirection::LeftToRight),
        ("ar", TextDirection::RightToLeft),
    ] {
        phone.health_code.set_language(language);
        let (view, paper) = (
            phone.health_code.export_view().expect("a view"),
            phone.health_code.export_document().expect("a paper"),
        );
        assert_eq!(
            (paper.language.as_str(), paper.direction),
            (language, direction)
        );
        assert_eq!(paper.file_name, "health-code-2026-11-24.pdf");
        let blocks = paper.blocks;
        assert_eq!(blocks[0].kind, ExportBlockKind::Title);
        for row in view.sections.iter().flat_map(|section| &section.rows) {
            let is_there = |it: &ExportBlock| it.label == row.label && it.text == row.text;
            assert!(blocks.iter().any(is_there), "{}", row.label);
        }
        // Each record of the subject, here and there, is a part of its own.
        let export = exported(&phone);
        let count = |list: &Value| list.as_array().expect("records").len();
        let records =
            count(&export["subjects"][0]["records"]) + count(&export["authority"]["records"]);
        let of_kind = |kind| blocks.iter().filter(move |it| it.kind == kind);
        assert_eq!(of_kind(ExportBlockKind::Subheading).count(), records);
        let rows: Vec<_> = of_kind(ExportBlockKind::Row).collect();
        let has = |label: &str, text: &str| {
            rows.iter()
                .any(|it| it.label.ends_with(label) && it.text.contains(text))
        };
        assert!(has("name", name.as_str().expect("a name")) && has("statement", "My words."));
        for block in &blocks {
            assert!(
                !block.text.is_empty() && block.text.chars().count() < 1_200,
                "{}",
                block.label
            );
            assert!(!block.label.ends_with("signed") && !block.text.contains("\u{2026} \u{2026}"));
        }
        let foot = phone.health_code.export_page_text(2, 7);
        assert!(foot.contains('2') && foot.contains('7'), "{foot}");
    }
}
