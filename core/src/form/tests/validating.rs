//! One answer: each kind of field, each refusal.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{answers, form_of};
use crate::form::AnswerError;

const TODAY: &str = "2020-03-01";

/// What a form with this one field says to this answer: its normal form or the refusal's path and code.
fn ask(mut field: Value, answer: &Value) -> Result<Value, (String, String)> {
    field["id"] = "a".into();
    let form = form_of(&json!([field])).expect("a sound form");
    match form.validate(&answers(&json!({"a": answer})), TODAY) {
        Ok(valid) => Ok(valid.values().get("a").cloned().unwrap_or(Value::Null)),
        Err(errors) => {
            assert_eq!(errors.len(), 1);
            Err((errors[0].path.clone(), errors[0].code.clone()))
        }
    }
}

fn abc(kind: &str) -> Value {
    let choice = |id: &str| json!({"id": id, "label": {"en": id, "zh": id}});
    json!({"kind": kind, "choices": [choice("a"), choice("b"), choice("c")]})
}

#[test]
fn answers_are_accepted_in_their_normal_form() {
    let text = json!({"kind": "text"});
    let lines = json!({"kind": "text", "multiline": true});
    let tenths = json!({"kind": "number", "decimals": 1, "min": -5});
    let whole = json!({"kind": "number"});
    let degrees = json!({"kind": "number", "decimals": 1, "unit": {"en": "°C", "zh": "℃"}});
    let date = json!({"kind": "date"});
    let phone = json!({"kind": "phone"});
    let division = json!({"kind": "division"});
    let cases = [
        (&text, json!("  王小明 "), json!("王小明")),
        (&text, json!("a\u{200d}b"), json!("ab")),
        (&text, json!("\u{202d}a\tb\nc\u{202c}"), json!("a b c")),
        (&lines, json!("a\r\nb"), json!("a\nb")),
        (&tenths, json!(36.5), json!(36.5)),
        (&tenths, json!("３６．５"), json!(36.5)),
        (&tenths, json!(37), json!(37.0)),
        (&tenths, json!("-4.9"), json!(-4.9)),
        (&whole, json!(3.0), json!(3)),
        (&whole, json!("007"), json!(7)),
        (&tenths, json!("36,5"), json!(36.5)),
        (&degrees, json!("36.5 ℃"), json!(36.5)),
        (&degrees, json!("36,5°C"), json!(36.5)),
        (&degrees, json!("36.5度"), json!(36.5)),
        (&degrees, json!("36·5 ° c"), json!(36.5)),
        (&tenths, json!("36，5"), json!(36.5)),
        (&tenths, json!("36。5"), json!(36.5)),
        (&tenths, json!("\u{202d}36.50\u{202c}"), json!(36.5)),
        (&tenths, json!(37.300_000_000_000_004), json!(37.3)),
        (&tenths, json!(37.299_999_999_999_99), json!(37.3)),
        (&tenths, json!("37.300000000000004"), json!(37.3)),
        (&tenths, json!("+٣٦٫٥"), json!(36.5)),
        (&whole, json!(2.999_999_999_999_999_6), json!(3)),
        (&date, json!("２０２０-02-29"), json!("2020-02-29")),
        (&date, json!("2020-2-3"), json!("2020-02-03")),
        (&date, json!("2020/2/3"), json!("2020-02-03")),
        (&date, json!("2020年2月3日"), json!("2020-02-03")),
        (&date, json!("20200203"), json!("2020-02-03")),
        (&date, json!("2020. 2. 3"), json!("2020-02-03")),
        (&phone, json!("138 0013 8000"), json!("13800138000")),
        (&phone, json!("+86-138-0013-8000"), json!("13800138000")),
        (&phone, json!("(010) 6655 4433"), json!("01066554433")),
        (&phone, json!("+86 571 8765 4321"), json!("057187654321")),
        (&phone, json!("0571-8765432"), json!("05718765432")),
        (&phone, json!("＋44 20 7946 0958"), json!("+442079460958")),
        (&division, json!(330_106), json!(330_106)),
        (&division, json!("３３0106"), json!(330_106)),
        (&json!({"kind": "yes_no"}), json!(false), json!(false)),
        (&abc("single_choice"), json!("b"), json!("b")),
        (
            &abc("multiple_choice"),
            json!(["c", "a"]),
            json!(["a", "c"]),
        ),
        (&abc("multiple_choice"), json!(["a", "a"]), json!(["a"])),
        (
            &json!({"kind": "document"}),
            json!({"number": "11010519491231002x", "kind": "resident_id"}),
            json!({"kind": "resident_id", "number": "11010519491231002X"}),
        ),
    ];
    for (field, answer, normal) in cases {
        assert_eq!(
            ask(field.clone(), &answer),
            Ok(normal.clone()),
            "{field} {answer}"
        );
        assert_eq!(ask(field.clone(), &normal), Ok(normal), "{field} twice");
    }
}

#[test]
fn each_refusal_has_its_code() {
    let none = {
        let mut field = abc("multiple_choice");
        field["choices"][0]["exclusive"] = true.into();
        field
    };
    let text = json!({"kind": "text", "minLength": 2, "maxLength": 4, "pattern": "[a-z]+|七八"});
    let number = json!({"kind": "number", "min": 34, "max": 43, "decimals": 1});
    let date = json!({"kind": "date", "min": "today-14d", "max": "today"});
    let document = json!({"kind": "document", "documentKinds": ["resident_id", "passport"]});
    let phone = json!({"kind": "phone"});
    let required = json!({"kind": "text", "required": true});
    let name = json!({"kind": "text", "source": "identity.name"});
    let id = |number: &str| json!({"kind": "resident_id", "number": number});
    let cases = [
        (&required, Value::Null, "a", "answer_required"),
        (&required, json!("   "), "a", "answer_required"),
        (
            &json!({"kind": "yes_no", "required": true}),
            json!([]),
            "a",
            "answer_required",
        ),
        (&text, json!(7), "a", "answer_wrong_type"),
        (&text, json!("a"), "a", "answer_too_short"),
        (&text, json!("abcde"), "a", "answer_too_long"),
        (&text, json!("x".repeat(100_000)), "a", "answer_too_long"),
        (&text, json!("ab\u{0}"), "a", "answer_character_forbidden"),
        (
            &text,
            json!("ab\u{fffd}"),
            "a",
            "answer_character_forbidden",
        ),
        (&text, json!("ab\u{e000}"), "a", "answer_character_private"),
        (&required, json!("\u{3164}\u{ad}"), "a", "answer_required"),
        (&name, json!("!!!"), "a", "answer_name_without_letter"),
        (&name, json!("王\u{f8f0}"), "a", "answer_character_private"),
        (&text, json!("ab1"), "a", "answer_pattern_mismatch"),
        (&text, json!("七八七"), "a", "answer_pattern_mismatch"),
        (&number, json!("hot"), "a", "answer_not_a_number"),
        (&number, json!("1e1"), "a", "answer_not_a_number"),
        (&number, json!("inf"), "a", "answer_not_a_number"),
        (&number, json!("3.6.5"), "a", "answer_not_a_number"),
        (&number, json!("36,5.1"), "a", "answer_not_a_number"),
        (&number, json!("36,500"), "a", "answer_not_a_number"),
        (&number, json!("36,"), "a", "answer_not_a_number"),
        (&number, json!(true), "a", "answer_wrong_type"),
        (&number, json!(33.9), "a", "answer_below_minimum"),
        (&number, json!(-1e300), "a", "answer_below_minimum"),
        (&number, json!(43.1), "a", "answer_above_maximum"),
        (&number, json!(u64::MAX), "a", "answer_above_maximum"),
        (&number, json!(36.55), "a", "answer_too_precise"),
        (
            &json!({"kind": "number"}),
            json!(0.1),
            "a",
            "answer_too_precise",
        ),
        (&date, json!("2020-02-30"), "a", "answer_not_a_date"),
        (&date, json!("3/4/2020"), "a", "answer_not_a_date"),
        (&date, json!("20-2-3"), "a", "answer_not_a_date"),
        (&date, json!("2020-2-3-4"), "a", "answer_not_a_date"),
        (&date, json!("+020-02-03"), "a", "answer_not_a_date"),
        (&date, json!("2020-02-15"), "a", "answer_date_too_early"),
        (&date, json!("2020-03-02"), "a", "answer_date_too_late"),
        (
            &json!({"kind": "date"}),
            json!("1899-12-31"),
            "a",
            "answer_date_too_early",
        ),
        (
            &json!({"kind": "date"}),
            json!("2200-01-01"),
            "a",
            "answer_date_too_late",
        ),
        (
            &abc("single_choice"),
            json!("d"),
            "a",
            "answer_choice_unknown",
        ),
        (
            &abc("single_choice"),
            json!(["a"]),
            "a",
            "answer_wrong_type",
        ),
        (&none, json!(["d"]), "a", "answer_choice_unknown"),
        (
            &none,
            json!(["a", "a", "a", "a"]),
            "a",
            "answer_choice_unknown",
        ),
        (&none, json!(["a", "b"]), "a", "answer_choice_exclusive"),
        (
            &json!({"kind": "division"}),
            json!(160_000),
            "a",
            "answer_division_unknown",
        ),
        (
            &json!({"kind": "division"}),
            json!("330100000000000000000000"),
            "a",
            "answer_division_unknown",
        ),
        (
            &json!({"kind": "division"}),
            json!(-1),
            "a",
            "answer_division_unknown",
        ),
        (&phone, json!("12345678901"), "a", "answer_phone_invalid"),
        (&phone, json!("+86 12345"), "a", "answer_phone_invalid"),
        (&phone, json!("+0123456789"), "a", "phone_country_unknown"),
        (&phone, json!("1".repeat(300)), "a", "answer_too_long"),
        (
            &document,
            json!("11010519491231002X"),
            "a",
            "answer_wrong_type",
        ),
        (
            &document,
            json!({"kind": "passport", "number": "AB123", "x": 1}),
            "a",
            "answer_wrong_type",
        ),
        (
            &document,
            json!({"kind": "licence", "number": "1"}),
            "a.kind",
            "answer_document_kind_refused",
        ),
        (
            &document,
            json!({"kind": "other", "number": "12345"}),
            "a.kind",
            "answer_document_kind_refused",
        ),
        (
            &document,
            json!({"kind": "passport", "number": " "}),
            "a.number",
            "answer_required",
        ),
        (
            &document,
            id("110105194912310021"),
            "a.number",
            "document_check_digit",
        ),
        // Born the day after TODAY.
        (
            &document,
            id("110105202003020022"),
            "a.number",
            "document_birth_date_invalid",
        ),
    ];
    let mut seen = BTreeSet::new();
    for (field, answer, path, code) in cases {
        let refusal = Err((path.to_owned(), code.to_owned()));
        assert_eq!(ask(field.clone(), &answer), refusal, "{field} {answer}");
        seen.insert(code);
    }
    // These have tests of their own in `together`.
    seen.extend([
        "answer_unknown_field",
        "answer_condition_failed",
        "answers_too_many",
        "answers_today_invalid",
    ]);
    let missed = AnswerError::ENTRIES
        .iter()
        .filter(|entry| !seen.contains(entry.code));
    assert_eq!(missed.map(|entry| entry.code).collect::<Vec<_>>(), [""; 0]);
}
