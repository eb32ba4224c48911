//! Every way in which a form as a whole is refused; its attributes one by one are in [`super::attributes`].

use serde_json::{Value, json};

use super::{form_of, read};
use crate::form::{
    Form, FormError, MAX_FIELDS, MAX_FORM_BYTES, MAX_SECTIONS, REGISTRATION, declared_facts,
    shipped,
};
use crate::rules::DeclaredFacts;

fn whole() -> Value {
    json!({
        "id": "test-form", "version": 1, "title": {"en": "T", "zh": "题"},
        "sections": [{"id": "all", "title": {"en": "T", "zh": "题"}, "fields": [
            {"id": "a", "kind": "text", "label": {"en": "A", "zh": "甲"}},
        ]}],
    })
}

/// The whole form with one place replaced.
fn with(pointer: &str, value: Value) -> Value {
    let mut form = whole();
    *form.pointer_mut(pointer).expect("the place is there") = value;
    form
}

#[test]
fn the_head_is_checked() {
    assert!(read(&whole()).is_ok());
    let no_sections = json!([]);
    let field = whole().pointer("/sections/0/fields/0").cloned();
    let section = whole().pointer("/sections/0").cloned();
    let cases = [
        (with("/id", json!("")), "form_id_invalid"),
        (with("/id", json!("Test Form")), "form_id_invalid"),
        (with("/id", json!("1st")), "form_id_invalid"),
        (with("/id", json!("a".repeat(65))), "form_id_invalid"),
        (with("/version", json!(0)), "form_version_invalid"),
        (with("/version", json!("1")), "form_malformed"),
        (with("/title", json!({"en": "T"})), "form_text_invalid"),
        (
            with("/title", json!({"en": "T", "zh": "题", "ko": ""})),
            "form_text_invalid",
        ),
        (
            with("/title", json!({"en": "T", "zh": "题", "k o": "제목"})),
            "form_malformed",
        ),
        (with("/title/zh", json!(" ")), "form_text_invalid"),
        (
            with("/title/en", json!("x".repeat(501))),
            "form_text_invalid",
        ),
        (with("/sections", no_sections), "form_count_invalid"),
        (
            with("/sections", json!(vec![section.clone(); MAX_SECTIONS + 1])),
            "form_count_invalid",
        ),
        (with("/sections", json!(vec![section; 2])), "form_duplicate"),
        (with("/sections/0/id", json!("All")), "form_id_invalid"),
        (with("/sections/0/fields", json!([])), "form_count_invalid"),
        (
            with("/sections/0/fields", json!(vec![field.clone(); 2])),
            "form_duplicate",
        ),
        (
            with("/sections/0/fields", json!(vec![field; MAX_FIELDS + 1])),
            "form_count_invalid",
        ),
        (
            with("/sections/0/fields/0/id", json!("a.b")),
            "form_id_invalid",
        ),
        (
            with("/sections/0/fields/0/kind", json!("colour")),
            "form_malformed",
        ),
        (
            with("/sections/0/fields/0/label/en", json!("")),
            "form_text_invalid",
        ),
    ];
    for (form, code) in cases {
        assert_eq!(read(&form).expect_err(code).code(), code, "{form}");
    }
}

#[test]
fn a_source_and_a_fact_stand_once_but_days_of_exposure_may_be_several() {
    let field = |id: &str, kind: &str, name: &str, value: &str| {
        let mut field = json!({"id": id, "kind": kind});
        field[name] = value.into();
        field
    };
    let twice = |kind: &str, name: &str, value: &str| {
        form_of(&json!([
            field("a", kind, name, value),
            field("b", kind, name, value)
        ]))
    };
    let duplicate = FormError::Duplicate {
        path: "b".to_owned(),
    };
    assert_eq!(
        twice("text", "source", "identity.name").unwrap_err(),
        duplicate
    );
    assert_eq!(twice("yes_no", "fact", "contact").unwrap_err(), duplicate);
    assert!(twice("date", "fact", "exposureDate").is_ok());
}

#[test]
fn a_fact_of_a_later_version_is_carried_where_nothing_is_counted() {
    let tomorrow = json!([
        {"id": "a", "kind": "date", "fact": "vaccinatedOn"},
        {"id": "b", "kind": "text", "fact": "vaccinatedOn"},
        {"id": "c", "kind": "number", "fact": "temperature", "decimals": 1},
    ]);
    let form = form_of(&tomorrow).unwrap();
    assert_eq!(
        form.require_known_facts(),
        Err(FormError::FactUnknown {
            path: "a.fact".to_owned()
        })
    );
    let again = Form::from_json(&form.to_json()).unwrap();
    assert_eq!(again.definition(), form.definition());
    let given = json!({"a": "2020-02-01", "b": "x", "c": 38});
    let valid = form
        .validate(given.as_object().unwrap(), "2020-03-01")
        .unwrap();
    assert_eq!(valid.values().len(), 3, "sent");
    let facts = declared_facts(&form, &valid, "2020-03-01").unwrap();
    let counted = DeclaredFacts::nothing_told("2020-03-01").with("temperature", 38.0);
    assert_eq!(facts, counted);
    for shipped in shipped() {
        let form = Form::from_json(shipped.json.as_bytes()).unwrap();
        assert_eq!(form.require_known_facts(), Ok(()));
    }
}

#[test]
fn references_inside_of_lambdas_are_followed() {
    let form = |condition: Value| {
        form_of(&json!([
            {"id": "a", "kind": "number"},
            {"id": "b", "kind": "text", "visible": condition},
        ]))
    };
    let sum = |inner: &str| json!({"reduce": [[1, 2], {"+": [{"var": inner}, {"var": "accumulator"}]}, 0]});
    assert!(form(sum("current")).is_ok());
    assert!(form(sum("data.answers.a")).is_ok());
    assert!(form(sum("data.today")).is_ok());
    for inner in [
        "answers.a",
        "data.answers.c",
        "data.current",
        "data.data.answers.a",
    ] {
        assert_eq!(
            form(sum(inner)).unwrap_err().code(),
            "form_reference_unknown",
            "{inner}"
        );
    }
    let nested = json!({"reduce": [[1], {"reduce": [[1], {"var": "data.data.answers.a"}, 0]}, 0]});
    assert!(form(nested).is_ok());
}

#[test]
fn a_refusal_says_where() {
    let error = form_of(&json!([{"id": "a", "kind": "number", "min": 2, "max": 1}])).unwrap_err();
    assert_eq!(
        error,
        FormError::RangeInvalid {
            path: "a.min".to_owned()
        }
    );
    let error = Form::from_json(b"{\n  \"id\": 7\n}").unwrap_err();
    assert_eq!(error, FormError::Malformed { line: 2, column: 9 });
}

#[test]
fn size_and_depth_are_capped() {
    let mut padded = REGISTRATION.as_bytes().to_vec();
    padded.resize(MAX_FORM_BYTES, b' ');
    assert!(Form::from_json(&padded).is_ok());
    padded.push(b' ');
    assert_eq!(Form::from_json(&padded).unwrap_err(), FormError::TooLarge);
    let nested = "[".repeat(400_000);
    assert_eq!(
        Form::from_json(nested.as_bytes()).unwrap_err().code(),
        "form_malformed"
    );
}
