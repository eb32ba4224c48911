//! Every rule that comes with the product in words, and what cannot be told.

use serde_json::{Value, json};

use super::super::RuleSet;
use crate::colour::Colour;
use crate::rules::{HANGZHOU, shipped};
use crate::words::{Language, LanguageTag};

fn told(rule_set: &RuleSet, rule: &str, colour: Colour) -> [String; 2] {
    ["en", "zh"].map(|tag| rule_set.rule_in_words(rule, colour, &LanguageTag::new(tag)))
}

fn colour_of(rule: &Value) -> Colour {
    let colour = rule["colour"].as_str().unwrap_or("green");
    Colour::from_id(colour).unwrap()
}

#[test]
fn every_rule_that_comes_with_the_product_is_told() {
    for (id, json) in shipped() {
        let rule_set = RuleSet::from_json(json.as_bytes()).unwrap();
        let raw: Value = serde_json::from_str(json).unwrap();
        for rule in raw["rules"].as_array().unwrap() {
            let name = rule["id"].as_str().unwrap();
            let texts = told(&rule_set, name, colour_of(rule));
            for (text, language) in texts.iter().zip(["en", "zh"]) {
                let title = rule_set.titles.for_tag(&LanguageTag::new(language));
                assert_ne!(text, title, "{id}: {name}");
                assert!(!text.contains("{ "), "{text}");
            }
        }
    }
}

#[test]
fn a_rule_reads_as_a_person_would_say_it() {
    let [hangzhou, hubei, _] =
        shipped().map(|(_, json)| RuleSet::from_json(json.as_bytes()).unwrap());
    assert_eq!(
        told(&hangzhou, "red-order", Colour::Red),
        [
            "Red as long as officers decided Red for you and fewer than 14 daily check-ins in a row are done.",
            "符合以下条件时为红码：经办人判定您为红码，并且连续每日打卡未满 14 天。",
        ]
    );
    assert_eq!(
        told(&hubei, "red-four-categories", Colour::Red),
        [
            "Red as long as officers decided Red for you and their reason is one of: confirmed case, suspected case, fever, infection without symptoms.",
            "符合以下条件时为红码：经办人判定您为红码，并且判定的原因属于：确诊、疑似、发热、无症状感染。",
        ]
    );
    assert_eq!(
        told(&hubei, "yellow-declared-contact", Colour::Yellow),
        [
            "Yellow as long as you declared contact with a confirmed case and less than 14 days have passed since.",
            "符合以下条件时为黄码：您申报了与确诊病例的接触，并且此后未满 14 天。",
        ]
    );
    assert_eq!(
        told(&hangzhou, "clear", Colour::Green),
        [
            "Green as long as none of the rules for red and yellow holds.",
            "符合以下条件时为绿码：不符合红码和黄码的各条规则。",
        ]
    );
}

#[test]
fn what_cannot_be_told_whole_is_named() {
    let mut raw: Value = serde_json::from_str(HANGZHOU).unwrap();
    let unknown =
        json!({"and": [{"var": "declared.contact"}, {">": [{"var": "checkIns.streak"}, 3]}]});
    raw["rules"][1]["when"] = unknown;
    let rule_set = RuleSet::from_json(raw.to_string().as_bytes()).unwrap();
    let title = rule_set.titles.for_tag(&Language::English.into());
    for rule in ["red-declared-contact", "no-such-rule"] {
        assert_eq!(told(&rule_set, rule, Colour::Red)[0], title);
    }
}
