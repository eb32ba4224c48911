//! Every language says the same things, with the same arguments.

use std::collections::{BTreeSet, HashMap};

use super::super::Language;
use super::{SCREENS, text, texts};

fn said(id: &str, arguments: &[(&str, &str)], language: Language) -> Option<String> {
    let text = text(id, arguments.iter().copied(), &language.into())?;
    Some(text.replace(['\u{2068}', '\u{2069}'], ""))
}

/// Names of the arguments of each id.
fn arguments(file: &str) -> HashMap<String, BTreeSet<String>> {
    let mut found: HashMap<String, BTreeSet<String>> = HashMap::new();
    let mut id = String::new();
    for line in file.lines().filter(|line| !line.starts_with('#')) {
        if let Some((name, _)) = line.split_once(" =")
            && line.starts_with(|letter: char| letter.is_ascii_lowercase())
        {
            name.clone_into(&mut id);
        }
        let of_id = found.entry(id.clone()).or_default();
        for after in line.split('$').skip(1) {
            let is_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
            let name = after.split(|letter| !is_name(letter)).next();
            of_id.insert(name.unwrap_or_default().to_owned());
        }
    }
    found
}

#[test]
fn every_language_has_the_same_ids_with_the_same_arguments() {
    let [chinese, english] = Language::ALL.map(|language| SCREENS.ids(language).unwrap());
    let unique: BTreeSet<_> = english.iter().collect();
    assert_eq!(unique.len(), english.len(), "an id stands twice");
    assert_eq!(chinese, english);
    assert!(english.len() > 200, "{}", english.len());
    let wanted = arguments(include_str!("en.ftl"));
    for (id, given) in arguments(include_str!("zh.ftl")) {
        assert_eq!(Some(&given), wanted.get(&id), "{id}");
    }
}

#[test]
fn chinese_is_chinese_and_english_is_not() {
    let is_han = |letter| ('\u{4e00}'..='\u{9fff}').contains(&letter);
    let chinese = texts(&Language::Chinese.into());
    let english = texts(&Language::English.into());
    assert!(english.len() > 150, "{}", english.len());
    for (id, text) in english {
        if id == "form-date-order" {
            // Names of boxes, for who draws them.
            continue;
        }
        assert!(!text.trim().is_empty() && !text.contains(is_han), "{id}");
        assert!(chinese[&id].contains(is_han), "{id}");
    }
}

#[test]
fn numbers_take_the_plural_form_and_codes_stay_as_they_are() {
    let days = |count| said("common-days", &[("count", count)], Language::English);
    assert_eq!(days("1").as_deref(), Some("1 day"));
    assert_eq!(days("7").as_deref(), Some("7 days"));
    assert_eq!(days("007").as_deref(), Some("007 days"));
    let long = "9".repeat(30);
    assert_eq!(days(&long), Some(format!("{long} days")));
    let progress = |language| said("form-progress", &[("step", "3"), ("total", "9")], language);
    assert_eq!(progress(Language::English).as_deref(), Some("3 of 9"));
    assert_eq!(
        progress(Language::Chinese).as_deref(),
        Some("第 3 题，共 9 题")
    );
}

#[test]
fn what_is_missing_is_none() {
    for language in Language::ALL {
        assert_eq!(said("no-such-word", &[], language), None);
        assert_eq!(said("form-progress", &[("step", "3")], language), None);
        assert_eq!(said("", &[], language), None);
        assert!(said("code-title", &[], language).is_some());
    }
}
