use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::NaiveDate;
use serde_json::{Map, json};

use super::{DeclaredFacts, FACTS, FactAnswer, fact, last_days, risk_ids};
use crate::rules::RuleError;

/// The members that the first version wrote and a rule may name: they stay.
#[test]
fn a_declaration_has_the_members_of_the_first_version() {
    let declaration = DeclaredFacts::nothing_told("2020-03-05");
    assert_eq!(
        serde_json::to_value(&declaration).unwrap(),
        json!({
            "date": "2020-03-05", "temperature": null, "symptoms": [], "highRiskStay": false,
            "contact": false, "daysSince": null,
        })
    );
    let mut seen = Map::new();
    for fact in FACTS {
        fact.describe(&declaration, &mut seen).unwrap();
    }
    assert_eq!(
        json!(seen),
        json!({
            "temperatureTenths": null, "symptoms": [], "fever": false, "highRiskStay": false,
            "contact": false, "exposureDay": "2020-03-05",
            "entryDay": null, "stays": [], "negativeTestDay": null, "positiveTestDay": null,
            "vaccinationDay": null, "vaccinationDose": null, "report": null,
            "recoveryDay": null, "certificate": null,
        })
    );
    let ids = [
        "contact",
        "entry",
        "fever",
        "highRiskStay",
        "negativeTest",
        "positiveTest",
        "recovered",
        "symptoms",
        "vaccinated",
    ];
    assert_eq!(risk_ids(), ids);
}

#[test]
fn every_fact_is_one_file_and_one_row() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules/facts");
    let files: BTreeSet<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| {
            !["mod.rs", "day_told.rs", "declared.rs", "tests.rs"].contains(&name.as_str())
        })
        .collect();
    let rows: BTreeSet<String> = FACTS
        .iter()
        .map(|fact| {
            let snake = fact.id().chars().flat_map(|letter| {
                let word = letter.is_ascii_uppercase().then_some('_');
                word.into_iter().chain([letter.to_ascii_lowercase()])
            });
            snake.chain(".rs".chars()).collect()
        })
        .collect();
    assert_eq!(files, rows);
    let members: BTreeSet<_> = FACTS.iter().map(|fact| fact.member()).collect();
    assert_eq!(members.len(), FACTS.len());
    assert!(fact("temperature").is_some() && fact("vaccination").is_none());
}

#[test]
fn answers_become_members_and_unknown_facts_tell_nothing() {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let answers = BTreeMap::from([
        ("temperature", vec![FactAnswer::Number(38.1)]),
        (
            "symptoms",
            vec![FactAnswer::Choices(vec!["cough".to_owned()])],
        ),
        ("contact", vec![FactAnswer::YesNo(true)]),
        (
            "exposureDate",
            vec![
                FactAnswer::Date(day("2020-02-20")),
                FactAnswer::Date(day("2020-02-25")),
            ],
        ),
        ("vaccination", vec![FactAnswer::Date(day("2020-02-25"))]),
    ]);
    let declaration = DeclaredFacts::of_answers("2020-03-02", &answers).unwrap();
    let expected = DeclaredFacts::nothing_told("2020-03-02")
        .with("temperature", 38.1)
        .with("symptoms", vec!["cough"])
        .with("contact", true)
        .with("daysSince", 6);
    assert_eq!(declaration, expected);
    let days = last_days(&declaration).unwrap();
    let expected = [
        ("contact", day("2020-02-25")),
        ("fever", day("2020-03-02")),
        ("symptoms", day("2020-03-02")),
    ];
    assert_eq!(days, BTreeMap::from(expected));
    // A day still to come counts as the day of receipt.
    let late = BTreeMap::from([("exposureDate", vec![FactAnswer::Date(day("2020-03-09"))])]);
    let declaration = DeclaredFacts::of_answers("2020-03-02", &late).unwrap();
    assert_eq!(declaration.member("daysSince"), Some(&json!(0)));
    assert_eq!(
        DeclaredFacts::of_answers("2 March", &answers),
        Err(RuleError::FactsInconsistent)
    );
}

#[test]
fn a_member_of_another_type_is_refused() {
    for (member, value) in [
        ("temperature", json!("38")),
        ("symptoms", json!("cough")),
        ("symptoms", json!([1])),
        ("highRiskStay", json!(1)),
        ("contact", json!("yes")),
        ("daysSince", json!(-1)),
        ("daysSince", json!(1.5)),
        ("daysSince", json!(4_294_967_296_u64)),
        ("daysSinceEntry", json!(-1)),
        ("daysSinceNegativeTest", json!("today")),
        ("daysSincePositiveTest", json!(-2)),
        ("vaccinationDose", json!(0)),
        ("certificate", json!("SWE")),
        ("daysSinceRecovery", json!("long")),
        ("report", json!("")),
        ("report", json!("Li Lei")),
        ("stayCountries", json!(["Italy"])),
        ("stayCountries", json!("ITA")),
        ("stayDays", json!([367])),
        ("stayDays", json!(["1"])),
    ] {
        let declaration = DeclaredFacts::nothing_told("2020-03-05").with(member, value);
        assert_eq!(
            declaration.check(),
            Err(RuleError::FactsInconsistent),
            "{member}"
        );
    }
}

fn declaration(date: &str, symptoms: &[&str], contact: bool, days: u32) -> DeclaredFacts {
    DeclaredFacts::nothing_told(date)
        .with("temperature", 36.5)
        .with("symptoms", symptoms)
        .with("contact", contact)
        .with("daysSince", days)
}

#[test]
fn the_newest_of_each_risk_stays_whatever_comes_after() {
    let mut known = Vec::new();
    let fever = declaration("2020-02-10", &["fever"], false, 0);
    let contact = declaration("2020-02-12", &[], true, 0);
    // Declared later, but the contact itself was earlier: the one above tells the last day.
    let older_contact = declaration("2020-02-13", &[], true, 9);
    // A later version stored it, and this one runs again.
    let tomorrow = |date| declaration(date, &[], false, 0).with("vaccination", "2020-01-01");
    for one in [
        fever.clone(),
        contact.clone(),
        older_contact,
        tomorrow("2020-02-13"),
        tomorrow("2020-02-14"),
    ] {
        known.push(one);
        known = DeclaredFacts::keep_what_counts(known);
    }
    for day in 15..=28 {
        for _ in 0..3 {
            known.push(declaration(&format!("2020-02-{day}"), &["none"], false, 0));
            known = DeclaredFacts::keep_what_counts(known);
            assert!(known.len() <= 6);
        }
    }
    let newest = declaration("2020-02-28", &["none"], false, 0);
    assert_eq!(known, vec![fever, contact, tomorrow("2020-02-14"), newest]);
}

#[test]
fn an_entry_tells_its_day_and_its_stays_in_the_order_of_the_form() {
    let day = |text: &str| FactAnswer::Date(text.parse().unwrap());
    let answers = BTreeMap::from([
        ("entryDate", vec![day("2020-02-28")]),
        (
            "stayCountry",
            ["ITA", "FRA"]
                .map(|id| FactAnswer::Choice(id.to_owned()))
                .to_vec(),
        ),
        ("stayDays", [5.0, 0.5].map(FactAnswer::Number).to_vec()),
        ("negativeTestDate", vec![day("2020-03-01")]),
    ]);
    let declaration = DeclaredFacts::of_answers("2020-03-02", &answers).unwrap();
    let mut seen = Map::new();
    for fact in FACTS {
        fact.describe(&declaration, &mut seen).unwrap();
    }
    let stays = json!([{"country": "ITA", "days": 5}, {"country": "FRA", "days": 1}]);
    assert_eq!(
        (&seen["entryDay"], &seen["stays"], &seen["negativeTestDay"]),
        (&json!("2020-02-28"), &stays, &json!("2020-03-01"))
    );
    // A stay without its days was all of them.
    let without = DeclaredFacts::nothing_told("2020-03-02").with("stayCountries", json!(["ITA"]));
    let mut seen = Map::new();
    FACTS
        .iter()
        .try_for_each(|fact| fact.describe(&without, &mut seen))
        .unwrap();
    assert_eq!(seen["stays"], json!([{"country": "ITA", "days": 14}]));
}
