//! The shared vectors in `tests/vectors/form.json`: the same cases run from Kotlin and Swift.

use serde_json::{Map, Value};

use crate::form::{Form, shipped};
use crate::identity::{DocumentKind, check_document_number, is_plausible_division};

const VECTORS: &str = include_str!("../../../../tests/vectors/form.json");

fn cases(name: &str) -> Vec<Value> {
    let vectors: Value = serde_json::from_str(VECTORS).expect("JSON");
    let cases = vectors[name].as_array().cloned().expect(name);
    assert!(!cases.is_empty());
    cases
}

fn text<'a>(case: &'a Value, name: &str) -> &'a str {
    case[name]
        .as_str()
        .unwrap_or_else(|| panic!("{name} in {case}"))
}

#[test]
fn answers() {
    for case in cases("answers") {
        let shipped = shipped();
        let form = shipped
            .iter()
            .find(|form| form.id == text(&case, "form"))
            .expect("shipped");
        let form = Form::from_json(form.json.as_bytes()).expect("sound");
        let answers = case["answers"].as_object().expect("answers");
        let name = text(&case, "name");
        let progress = form.progress(answers, text(&case, "today")).expect("a day");
        assert_eq!(
            case["progress"],
            serde_json::json!([progress.answered, progress.required]),
            "{name}"
        );
        match form.validate(answers, text(&case, "today")) {
            Ok(valid) => {
                assert_eq!(case["errors"], Value::Array(Vec::new()), "{name}");
                let normal = case["normal"].as_object();
                let normal: &Map<_, _> = normal.unwrap_or(answers);
                assert_eq!(valid.values(), normal, "{name}");
            }
            Err(errors) => {
                let found = errors
                    .iter()
                    .map(|error| serde_json::json!({"path": error.path, "code": error.code}));
                assert_eq!(case["errors"], found.collect::<Value>(), "{name}");
            }
        }
    }
}

#[test]
fn documents() {
    for case in cases("documents") {
        let kind = DocumentKind::from_id(text(&case, "kind")).expect("a kind");
        match check_document_number(kind, text(&case, "number")) {
            Ok(normal) => assert_eq!(case["normal"], Value::from(normal), "{case}"),
            Err(error) => assert_eq!(case["error"], Value::from(error.code()), "{case}"),
        }
    }
}

#[test]
fn divisions() {
    for case in cases("divisions") {
        let code = case["code"]
            .as_u64()
            .and_then(|code| u32::try_from(code).ok())
            .expect("u32");
        assert_eq!(
            case["plausible"],
            Value::from(is_plausible_division(code)),
            "{case}"
        );
    }
}
