//! `tests/vectors/mrz.json`: ICAO's and China's specimens, how zones come, what is wrong with them, names.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::{Mrz, MrzError, MrzFault, compare_name, read_mrz, transliterate};

const VECTORS: &str = include_str!("../../../../tests/vectors/mrz.json");

fn vectors() -> Value {
    serde_json::from_str(VECTORS).expect("JSON")
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn told(fault: &MrzFault) -> Value {
    json!([fault.code, fault.line, fault.column, fault.length])
}

fn as_case(zone: &Mrz) -> Value {
    let corrections = zone.corrections.iter();
    json!({
        "format": zone.format,
        "kind": zone.document_kind,
        "number": zone.document_number,
        "nationality": zone.nationality,
        "surname": zone.surname,
        "given": zone.given_names,
        "born": zone.born_on,
        "centuryCertain": zone.is_century_certain,
        "sex": zone.sex,
        "expires": zone.expires_on,
        "expired": zone.is_expired,
        "cut": zone.is_name_cut,
        "optional": zone.optional_data,
        "corrections": corrections
            .map(|one| json!([one.line, one.column, one.read, one.taken]))
            .collect::<Vec<_>>(),
        "faults": zone.faults.iter().map(told).collect::<Vec<_>>(),
    })
}

#[test]
fn every_zone_is_read_as_the_table_says() {
    let vectors = vectors();
    let mut wrong = Vec::new();
    let cases = vectors["cases"].as_array().expect("cases");
    for case in cases {
        let mut expected = case.clone();
        let text = expected["text"].take();
        let today = expected["today"].take();
        let name = expected["name"].take();
        expected
            .as_object_mut()
            .expect("members")
            .retain(|key, _| !matches!(key.as_str(), "text" | "today" | "name"));
        let zone = read_mrz(
            text.as_str().expect("text"),
            day(today.as_str().expect("a day")),
        );
        let found = zone.map_or_else(|fault| told(&fault), |zone| as_case(&zone));
        if found != expected {
            wrong.push(format!("{name}\n  {found}\n  {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(cases.len() >= 60, "{}", cases.len());
}

#[test]
fn what_is_no_zone_is_refused_with_its_place() {
    let mut seen = BTreeSet::new();
    for case in vectors()["refused"].as_array().expect("cases") {
        let text = case["text"].as_str().expect("text");
        let fault = read_mrz(text, day("2026-11-26")).expect_err("refused");
        let found = json!([fault.code, fault.line, fault.column]);
        assert_eq!(
            found,
            json!([case["code"], case["line"], case["column"]]),
            "{}",
            case["name"]
        );
        seen.insert(fault.code);
    }
    for case in vectors()["cases"].as_array().expect("cases") {
        let faults = case["faults"].as_array().expect("faults");
        for code in faults.iter().filter_map(|fault| fault[0].as_str()) {
            let entries = MrzError::ENTRIES.iter();
            seen.extend(
                entries
                    .map(|entry| entry.code)
                    .filter(|known| *known == code),
            );
        }
    }
    // Each error has its case.
    assert_eq!(seen.len(), MrzError::ENTRIES.len(), "{seen:?}");
}

#[test]
fn names_are_compared_by_the_tables_of_letters() {
    for case in vectors()["names"].as_array().expect("cases") {
        let zone = case["zone"].as_str().expect("a zone");
        let zone = read_mrz(zone, day("2026-11-26")).expect("a zone");
        let typed = case["typed"].as_str().expect("a name");
        let found = serde_json::to_value(compare_name(typed, &zone)).expect("an id");
        assert_eq!(found, case["expect"], "{typed}");
    }
    for case in vectors()["transliterations"].as_array().expect("cases") {
        let name = case["name"].as_str().expect("a name");
        assert_eq!(
            transliterate(name).as_deref(),
            case["written"].as_str(),
            "{name}"
        );
    }
}

#[test]
fn a_name_that_is_transliterated_is_the_same_as_itself() {
    for name in [
        "Jürgen Müller",
        "Сергей Щербаков",
        "Nguyễn Hương",
        "Søren Ångström",
    ] {
        let written = transliterate(name).expect("letters of the tables");
        let zone = format!("P<UTO{}", written.replacen('<', "<<", 1));
        let zone = format!("{zone:<<44}\nL898902C36UTO7408122F1204159ZE184226B<<<<<10");
        let zone = read_mrz(&zone, day("2026-11-26")).expect("a zone");
        assert_eq!(
            compare_name(name, &zone),
            super::NameComparison::Same,
            "{name}"
        );
    }
}

#[test]
fn nothing_of_a_person_is_printed() {
    let zone = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";
    let zone = read_mrz(zone, day("2026-11-26")).expect("a zone");
    assert_eq!(format!("{zone:?}"), "Mrz(hidden)");
    assert_eq!(zone.full_name(), "ANNA MARIA ERIKSSON");
    assert!(zone.is_sound());
}
