//! What is put into a word, and what is missing.

use super::super::Language;
use super::text;

fn said(id: &str, arguments: &[(&str, &str)], language: Language) -> Option<String> {
    let text = text(id, arguments.iter().copied(), &language.into())?;
    Some(text.replace(['\u{2068}', '\u{2069}'], ""))
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
    let arabic = |count| said("common-days", &[("count", count)], Language::Arabic);
    for (count, text) in [
        ("0", "0 يوم"),
        ("1", "يوم واحد"),
        ("2", "يومان"),
        ("7", "7 أيام"),
        ("14", "14 يومًا"),
        ("100", "100 يوم"),
    ] {
        assert_eq!(arabic(count).as_deref(), Some(text));
    }
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
