//! Several fields together: conditions, order of errors, what is not visible, drafts.

use serde_json::{Value, json};

use super::{answers, form_of};
use crate::form::{Form, MAX_FIELDS, RefusedAnswer};
use crate::words::{Language, LanguageTag};

const TODAY: &str = "2020-03-01";

fn story() -> Form {
    let text = json!({"en": "No", "zh": "否"});
    form_of(&json!([
        {"id": "from", "kind": "date", "required": true},
        {"id": "until", "kind": "date", "required": true, "constraints": [{
            "code": "until_before_from", "text": text,
            "check": {"not-before": [
                {"plusTime": [{"var": "answers.until"}, 0, "day"]},
                {"plusTime": [{"var": "answers.from"}, 0, "day"]},
            ]},
        }]},
        {"id": "ill", "kind": "yes_no", "required": true},
        {"id": "fever", "kind": "number", "decimals": 1, "required": true, "visible": {"var": "answers.ill"}, "constraints": [
            {"code": "no_fever", "text": text, "check": {">=": [{"var": "answers.fever"}, 373]}},
        ]},
        {"id": "doctor", "kind": "text", "required": true, "visible": {"if": [
            {"var": "answers.fever"}, {">": [{"var": "answers.fever"}, 385]}, false,
        ]}},
        {"id": "remark", "kind": "text"},
    ]))
    .expect("a sound form")
}

fn codes(errors: &[RefusedAnswer]) -> Vec<(&str, &str)> {
    errors
        .iter()
        .map(|error| (error.path.as_str(), error.code.as_str()))
        .collect()
}

#[test]
fn all_errors_come_at_once_in_the_forms_order() {
    let given = answers(&json!({
        "zzz": 1, "remark": 5, "ill": true, "from": "x", "until": "2020-01-01", "<b>": 1,
    }));
    let errors = story().validate(&given, TODAY).unwrap_err();
    let expected = [
        ("from", "answer_not_a_date"),
        ("fever", "answer_required"),
        ("remark", "answer_wrong_type"),
        ("?", "answer_unknown_field"),
        ("zzz", "answer_unknown_field"),
    ];
    assert_eq!(codes(&errors), expected);
    for error in &errors {
        for language in Language::ALL {
            let said = error.in_words(&language.into()).text;
            assert!(!said.is_empty() && said != error.code, "{said}");
        }
    }
}

#[test]
fn constraints_wait_until_what_they_read_is_right() {
    let form = story();
    let mut given =
        json!({"from": "2020-01-02", "until": "2020-01-01", "ill": true, "fever": 37.2});
    let errors = form.validate(&answers(&given), TODAY).unwrap_err();
    assert_eq!(
        codes(&errors),
        [("until", "until_before_from"), ("fever", "no_fever")]
    );
    for (language, text) in [("en", "No"), ("zh-Hans-CN", "否"), ("ko", "No")] {
        assert_eq!(errors[0].in_words(&LanguageTag::new(language)).text, text);
    }
    given["from"] = "2020-01-01".into();
    given["fever"] = 37.3.into();
    assert!(form.validate(&answers(&given), TODAY).is_ok());
}

#[test]
fn what_is_not_visible_is_neither_asked_nor_kept() {
    let form = story();
    let mut given = json!({"from": "2020-01-01", "until": "2020-01-01", "ill": false, "fever": 39.5, "doctor": 7});
    let valid = form
        .validate(&answers(&given), TODAY)
        .expect("hidden answers are not looked at");
    assert_eq!(
        valid.values().keys().collect::<Vec<_>>(),
        ["from", "ill", "until"]
    );
    assert_eq!(
        form.visible_fields(&answers(&given), TODAY).unwrap(),
        ["from", "until", "ill", "remark"]
    );
    given["ill"] = true.into();
    let errors = form.validate(&answers(&given), TODAY).unwrap_err();
    assert_eq!(codes(&errors), [("doctor", "answer_wrong_type")]);
}

#[test]
fn a_condition_that_cannot_be_evaluated_refuses() {
    let condition = json!({">": [{"var": "answers.a"}, 1]});
    let form = form_of(&json!([
        {"id": "a", "kind": "text"},
        {"id": "b", "kind": "text", "visible": condition},
        {"id": "c", "kind": "text", "constraints": [
            {"code": "c_wrong", "check": condition, "text": {"en": "No", "zh": "否"}},
        ]},
    ]));
    let errors = form
        .unwrap()
        .validate(&answers(&json!({"a": "x", "c": "y"})), TODAY)
        .unwrap_err();
    assert_eq!(
        codes(&errors),
        [
            ("b", "answer_condition_failed"),
            ("c", "answer_condition_failed")
        ]
    );
}

#[test]
fn progress_counts_what_is_visible_required_and_right() {
    let form = story();
    let progress = |given: Value| {
        let progress = form.progress(&answers(&given), TODAY).unwrap();
        (progress.answered, progress.required)
    };
    assert_eq!(progress(json!({})), (0, 3));
    assert_eq!(progress(json!({"ill": true, "remark": "x"})), (1, 4));
    assert_eq!(
        progress(json!({"ill": true, "fever": 39, "from": "never"})),
        (2, 5)
    );
    let all = json!({"from": "2020-01-01", "until": "2020-01-01", "ill": false});
    assert_eq!(progress(all), (3, 3));
}

#[test]
fn one_field_is_checked_as_it_is_typed() {
    let form = story();
    let given = answers(&json!({"from": "2020-01-02", "until": "2020-01-01"}));
    let check = |id: &str| {
        form.validate_field(id, &given, TODAY)
            .map_err(|error| error.code)
    };
    assert_eq!(check("from"), Ok(()));
    assert_eq!(check("until"), Err("until_before_from".to_owned()));
    assert_eq!(check("ill"), Err("answer_required".to_owned()));
    assert_eq!(check("fever"), Ok(()));
    assert_eq!(check("nobody"), Ok(()));
}

#[test]
fn the_frame_of_a_validation_is_checked() {
    let form = story();
    let many = (0..=MAX_FIELDS)
        .map(|at| (format!("f{at}"), Value::Null))
        .collect();
    assert_eq!(
        codes(&form.validate(&many, TODAY).unwrap_err()),
        [("", "answers_too_many")]
    );
    for today in ["", "2020-13-01", "today"] {
        let errors = form.validate(&answers(&json!({})), today).unwrap_err();
        assert_eq!(codes(&errors), [("", "answers_today_invalid")]);
        assert!(form.progress(&answers(&json!({})), today).is_err());
    }
}

#[test]
fn nothing_prints_an_answer() {
    let secret = answers(
        &json!({"from": "2020-01-01", "until": "2020-01-01", "ill": false, "remark": "secret"}),
    );
    let valid = story().validate(&secret, TODAY).unwrap();
    assert!(!format!("{valid:?}").contains("secret"));
    let wrong = answers(&json!({"from": "secret", "secret": "secret", "remark": "secret\u{0}"}));
    let errors = story().validate(&wrong, TODAY).unwrap_err();
    // The name of a field that is none is a field's name.
    let printed = format!("{errors:?}").replace("RefusedAnswer(secret: ", "");
    assert!(!printed.contains("secret"), "{printed}");
}
