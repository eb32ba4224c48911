//! Each attribute of a form: what it may be, and the refusal that says where it is not.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::form_of;
use crate::form::FormError;

#[test]
fn each_attribute_is_checked() {
    let text = json!({"en": "T", "zh": "题"});
    let choice = json!({"id": "x", "label": text});
    let exclusive = json!({"id": "x", "label": text, "exclusive": true});
    let check = |code: &str, check: Value| json!([{"code": code, "check": check, "text": text}]);
    let deep = (0..80).fold(json!(true), |inner, _| json!([inner]));
    let cases = [
        (json!({"kind": "text", "requried": true}), "form_malformed"),
        (
            json!({"kind": "text", "unit": text}),
            "form_attribute_unfit",
        ),
        (json!({"kind": "text", "min": 1}), "form_attribute_unfit"),
        (
            json!({"kind": "text", "choices": [choice]}),
            "form_attribute_unfit",
        ),
        (
            json!({"kind": "text", "documentKinds": ["other"]}),
            "form_attribute_unfit",
        ),
        (
            json!({"kind": "text", "source": "identity.phone"}),
            "form_attribute_unfit",
        ),
        (
            json!({"kind": "text", "fact": "temperature"}),
            "form_attribute_unfit",
        ),
        (
            json!({"kind": "number", "fact": "contact"}),
            "form_attribute_unfit",
        ),
        (
            json!({"kind": "number", "fact": "Not an id"}),
            "form_attribute_unfit",
        ),
        (
            json!({"kind": "date", "decimals": 1}),
            "form_attribute_unfit",
        ),
        (
            json!({"kind": "number", "pattern": "a"}),
            "form_attribute_unfit",
        ),
        (
            json!({"kind": "number", "maxLength": 3}),
            "form_attribute_unfit",
        ),
        (
            json!({"kind": "yes_no", "multiline": true}),
            "form_attribute_unfit",
        ),
        (json!({"kind": "single_choice"}), "form_attribute_unfit"),
        (
            json!({"kind": "single_choice", "choices": [exclusive]}),
            "form_attribute_unfit",
        ),
        (
            json!({"kind": "single_choice", "choices": [choice, choice]}),
            "form_duplicate",
        ),
        (
            json!({"kind": "single_choice", "choices": [{"id": "x y", "label": text}]}),
            "form_id_invalid",
        ),
        (
            json!({"kind": "single_choice", "choices": vec![choice.clone(); 401]}),
            "form_count_invalid",
        ),
        (
            json!({"kind": "single_choice", "choices": [{"id": "x", "label": {"en": "", "zh": "题"}}]}),
            "form_text_invalid",
        ),
        (
            json!({"kind": "number", "min": 2, "max": 1}),
            "form_range_invalid",
        ),
        (
            json!({"kind": "number", "min": "today"}),
            "form_range_invalid",
        ),
        (json!({"kind": "number", "max": 1e12}), "form_range_invalid"),
        (
            json!({"kind": "number", "decimals": 7}),
            "form_range_invalid",
        ),
        (json!({"kind": "date", "max": 5}), "form_range_invalid"),
        (
            json!({"kind": "date", "max": "tomorrow"}),
            "form_range_invalid",
        ),
        (
            json!({"kind": "date", "max": "today-999999d"}),
            "form_range_invalid",
        ),
        (
            json!({"kind": "date", "min": "2020-02-30"}),
            "form_range_invalid",
        ),
        (
            json!({"kind": "text", "minLength": 9, "maxLength": 3}),
            "form_range_invalid",
        ),
        (
            json!({"kind": "text", "maxLength": 2001}),
            "form_range_invalid",
        ),
        (
            json!({"kind": "text", "maxLength": 0}),
            "form_range_invalid",
        ),
        (
            json!({"kind": "text", "pattern": "("}),
            "form_pattern_invalid",
        ),
        (
            json!({"kind": "text", "pattern": "a)|(b"}),
            "form_pattern_invalid",
        ),
        (
            json!({"kind": "text", "pattern": "(?x)a # "}),
            "form_pattern_invalid",
        ),
        (
            json!({"kind": "text", "pattern": "((a{100}){100}){100}"}),
            "form_pattern_invalid",
        ),
        (
            json!({"kind": "text", "pattern": "a".repeat(201)}),
            "form_pattern_invalid",
        ),
        (
            json!({"kind": "text", "hint": {"en": "", "zh": ""}}),
            "form_text_invalid",
        ),
        (
            json!({"kind": "text", "visible": {"like": [1, 2]}}),
            "form_condition_invalid",
        ),
        (
            json!({"kind": "text", "visible": deep}),
            "form_condition_invalid",
        ),
        (
            json!({"kind": "text", "visible": {"var": "answers.later"}}),
            "form_reference_unknown",
        ),
        (
            json!({"kind": "text", "visible": {"var": "answers.a"}}),
            "form_reference_unknown",
        ),
        (
            json!({"kind": "text", "visible": {"var": "now"}}),
            "form_reference_unknown",
        ),
        (
            json!({"kind": "text", "visible": {"var": ""}}),
            "form_reference_unknown",
        ),
        (
            json!({"kind": "text", "visible": {"var": "current"}}),
            "form_reference_unknown",
        ),
        (
            json!({"kind": "text", "visible": {"reduce": [[1], {"var": "today"}, 0]}}),
            "form_reference_unknown",
        ),
        (
            json!({"kind": "text", "constraints": check("code", json!({"var": "answers.nobody"}))}),
            "form_reference_unknown",
        ),
        (
            json!({"kind": "text", "constraints": check("Code", json!(true))}),
            "form_id_invalid",
        ),
        (
            json!({"kind": "text", "constraints": check("answer_required", json!(true))}),
            "form_id_invalid",
        ),
        (
            json!({"kind": "text", "constraints": check("document_check_digit", json!(true))}),
            "form_id_invalid",
        ),
        (
            json!({"kind": "text", "constraints": vec![check("code", json!(true))[0].clone(); 2]}),
            "form_duplicate",
        ),
        (
            json!({"kind": "text", "constraints": vec![check("code", json!(true))[0].clone(); 17]}),
            "form_count_invalid",
        ),
        (
            json!({"kind": "document", "nationalityField": "later"}),
            "form_reference_unknown",
        ),
    ];
    let mut codes = BTreeSet::new();
    for (mut field, code) in cases {
        field["id"] = "a".into();
        let later = json!({"id": "later", "kind": "single_choice", "choices": [choice]});
        let error = form_of(&json!([field, later])).expect_err(code);
        assert_eq!(error.code(), code, "{field}");
        codes.insert(code);
    }
    // The other codes are those of the head.
    for code in ["form_too_large", "form_version_invalid"] {
        codes.insert(code);
    }
    let of_tomorrow = form_of(&json!([{"id": "a", "kind": "date", "fact": "vaccinatedOn"}]));
    codes.extend(
        of_tomorrow
            .unwrap()
            .require_known_facts()
            .map_err(|error| error.code())
            .err(),
    );
    let all: BTreeSet<_> = FormError::ENTRIES.iter().map(|entry| entry.code).collect();
    assert_eq!(codes, all);
}
