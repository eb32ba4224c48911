//! `tests/vectors/spellings.json`: how people really write names, phones, numbers, days and documents, each with its result.

use serde_json::Value;

use super::decimal::{self, DecimalError};
use super::{NameError, check_document_number, check_name, check_phone, document_key, typed_date};
use crate::form::AnswerError;
use crate::identity::DocumentKind;

const SPELLINGS: &str = include_str!("../../../tests/vectors/spellings.json");

/// The normal form, or the code of the refusal.
fn result(what: &str, kind: &str, typed: &str) -> Result<String, String> {
    match what {
        "names" => check_name(typed).map_err(|error| {
            match error {
                NameError::Character(fault) if fault.is_private() => "answer_character_private",
                NameError::Character(_) => "answer_character_forbidden",
                NameError::NoLetter => "answer_name_without_letter",
                NameError::TooLong => "answer_too_long",
            }
            .to_owned()
        }),
        "phones" => check_phone(typed).map_err(|error| error.code().to_owned()),
        "numbers" => decimal::typed(typed, 1)
            .map(|tenths| decimal::value(tenths, 1).to_string())
            .map_err(|error: DecimalError| AnswerError::from(error).code().to_owned()),
        "days" => typed_date(typed)
            .map(|day| day.to_string())
            .ok_or_else(|| AnswerError::NotADate.code().to_owned()),
        "documents" => {
            let kind = DocumentKind::from_id(kind).expect("a kind");
            check_document_number(kind, typed).map_err(|error| error.code().to_owned())
        }
        _ => panic!("{what}"),
    }
}

#[test]
fn every_spelling_has_its_result() {
    let spellings: Value = serde_json::from_str(SPELLINGS).expect("JSON");
    let mut count = 0;
    let mut wrong = Vec::new();
    for what in ["names", "phones", "numbers", "days", "documents"] {
        for case in spellings[what].as_array().expect(what) {
            count += 1;
            let text = |member: &str| case[member].as_str().unwrap_or_default();
            let found = result(what, text("kind"), text("typed"));
            let expected = match case["error"].as_str() {
                Some(code) => Err(code.to_owned()),
                None => Ok(text("normal").to_owned()),
            };
            if found != expected {
                wrong.push(format!("{what} {case}: {found:?}"));
            }
            let Ok(normal) = expected else { continue };
            if result(what, text("kind"), &normal) != Ok(normal.clone()) {
                wrong.push(format!("{what} {case}: not its own normal form"));
            }
            if let Some(key) = case["key"].as_str() {
                let kind = DocumentKind::from_id(text("kind")).expect("a kind");
                let found = document_key(kind, &normal);
                if found != key {
                    wrong.push(format!("{what} {case}: key {found}"));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {count}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(count >= 200, "{count}");
}
