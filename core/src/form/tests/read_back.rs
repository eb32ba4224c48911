//! Answers as the citizen reads them before they are sent.

use serde_json::json;

use super::{answers, form_of};
use crate::words::LanguageTag;

#[test]
fn every_kind_is_read_back_in_words() {
    let choices = json!([
        {"id": "none", "label": {"en": "None", "zh": "无"}, "exclusive": true},
        {"id": "cough", "label": {"en": "Cough", "zh": "咳嗽"}},
        {"id": "fever", "label": {"en": "Fever", "zh": "发热"}},
    ]);
    let kinds = json!([{"id": "cough", "label": {"en": "Cough", "zh": "咳嗽"}}]);
    let form = form_of(&json!([
        {"id": "name", "kind": "text"},
        {"id": "temperature", "kind": "number", "decimals": 1, "unit": {"en": "°C", "zh": "℃"}},
        {"id": "since", "kind": "date"},
        {"id": "one", "kind": "single_choice", "choices": kinds},
        {"id": "many", "kind": "multiple_choice", "choices": choices},
        {"id": "division", "kind": "division"},
        {"id": "document", "kind": "document"},
        {"id": "promise", "kind": "yes_no"},
        {"id": "more", "kind": "text"},
        {"id": "hidden", "kind": "text", "visible": {"var": "answers.promise"}},
    ]))
    .unwrap();
    let given = answers(&json!({
        "name": " 李 ", "temperature": "36,5", "since": "2026-3-7", "one": "cough", "many": ["fever", "cough"],
        "division": "330106", "document": {"kind": "resident_id", "number": "33010619850412101４"}, "promise": false,
        "hidden": "not asked",
    }));
    let read = |language: &str| {
        let read = form.read_back(&given, "2026-03-09", &LanguageTag::new(language));
        let read = read.unwrap().into_iter();
        let shown = read.map(|answer| {
            let text = answer.text.unwrap_or_else(|| "-".to_owned());
            (answer.field_id, text.replace(['\u{2068}', '\u{2069}'], ""))
        });
        shown.collect::<Vec<_>>()
    };
    let chinese = read("zh");
    let expected = [
        ("name", "李"),
        ("temperature", "36.5 ℃"),
        ("since", "2026年3月7日"),
        ("one", "咳嗽"),
        ("many", "咳嗽\n发热"),
        ("division", "330106"),
        ("document", "居民身份证\n330106 19850412 1014"),
        ("promise", "否"),
        ("more", "-"),
    ];
    assert_eq!(chinese.len(), expected.len());
    for ((id, text), (expected_id, expected)) in chinese.iter().zip(expected) {
        assert_eq!((id.as_str(), text.as_str()), (expected_id, expected));
    }
    let english = read("en");
    assert_eq!(english[1].1, "36.5 °C");
    assert_eq!(english[4].1, "Cough\nFever");
    assert_eq!(english[7].1, "No");
}

#[test]
fn what_is_refused_is_read_back_as_it_was_typed() {
    let form = form_of(&json!([
        {"id": "temperature", "kind": "number", "unit": {"en": "°C", "zh": "℃"}},
        {"id": "since", "kind": "date"},
        {"id": "document", "kind": "document"},
        {"id": "empty", "kind": "document"},
    ]))
    .unwrap();
    let given = answers(&json!({
        "temperature": "warm", "since": "2026-31-3", "document": {"kind": "resident_id", "number": "3301"},
        "empty": {"kind": "passport", "number": ""},
    }));
    let read = form.read_back(&given, "2026-03-09", &LanguageTag::new("en"));
    let texts: Vec<_> = read
        .unwrap()
        .into_iter()
        .map(|answer| answer.text)
        .collect();
    assert!(texts[0].as_ref().unwrap().contains("warm"));
    assert_eq!(texts[1].as_deref(), Some("2026-31-3"));
    assert!(texts[2].as_ref().unwrap().ends_with("\n3301"));
    assert_eq!(texts[3], None);
}
