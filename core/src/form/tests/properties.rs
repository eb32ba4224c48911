//! Whatever comes in, nothing panics, and what is accepted is accepted again.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::form::{Form, HEALTH_DECLARATION, REGISTRATION};

const TODAY: &str = "2020-03-01";

/// Any JSON, with the odd word that means something in a form.
fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[0-9X+０-９-]{0,20}".prop_map(Value::from),
        prop::sample::select(vec![
            "today-14d",
            "2020-02-29",
            "resident_id",
            "none",
            "fever",
            "identity.name",
            "answers.contact",
            "document",
            "(a|b)*",
        ])
        .prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 64, 8, |inner| {
        let key = prop_oneof![
            "[a-z]{1,8}",
            prop::sample::select(vec![
                "kind", "number", "var", "if", "!", "in", "id", "en", "zh"
            ])
            .prop_map(str::to_owned),
        ];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
            prop::collection::vec((key, inner), 0..8)
                .prop_map(|entries| { Value::Object(entries.into_iter().collect()) }),
        ]
    })
}

/// Pointers to every place in a JSON value.
fn places(json: &Value, here: &str, all: &mut Vec<String>) {
    all.push(here.to_owned());
    match json {
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                places(item, &format!("{here}/{at}"), all);
            }
        }
        Value::Object(entries) => {
            for (key, value) in entries {
                let key = key.replace('~', "~0").replace('/', "~1");
                places(value, &format!("{here}/{key}"), all);
            }
        }
        _ => {}
    }
}

fn exercise(form: &Form, answers: &Map<String, Value>) {
    let _ = form.progress(answers, TODAY);
    for field in form.fields() {
        let _ = form.validate_field(&field.id, answers, TODAY);
    }
    match form.validate(answers, TODAY) {
        Ok(valid) => {
            let again = form.validate(valid.values(), TODAY);
            assert_eq!(again.expect("accepted before").values(), valid.values());
        }
        Err(errors) => assert!(!errors.is_empty()),
    }
}

fn shipped_form() -> impl Strategy<Value = Form> {
    prop::sample::select(vec![HEALTH_DECLARATION, REGISTRATION])
        .prop_map(|json| Form::from_json(json.as_bytes()).expect("sound"))
}

proptest! {
    #[test]
    fn any_bytes_as_a_form(bytes in prop::collection::vec(any::<u8>(), 0..512)) {
        let _ = Form::from_json(&bytes);
    }

    #[test]
    fn any_json_in_place_of_any_part_of_a_form(
        which in any::<bool>(), at in any::<prop::sample::Index>(), with in json_value()
    ) {
        let source = if which { HEALTH_DECLARATION } else { REGISTRATION };
        let mut form: Value = serde_json::from_str(source).unwrap();
        let mut all = Vec::new();
        places(&form, "", &mut all);
        *form.pointer_mut(at.get(&all[..]).as_str()).unwrap() = with;
        if let Ok(form) = Form::from_json(form.to_string().as_bytes()) {
            let again = Form::from_json(&form.to_json()).unwrap();
            prop_assert_eq!(again.definition(), form.definition());
            exercise(&form, &Map::new());
        }
    }

    #[test]
    fn any_json_as_answers(
        form in shipped_form(),
        given in prop::collection::vec((any::<prop::sample::Index>(), json_value()), 0..20),
        today in prop_oneof![Just(TODAY.to_owned()), any::<String>()],
    ) {
        let ids: Vec<_> = form.fields().map(|field| field.id.clone()).collect();
        let answers = given.into_iter().map(|(at, value)| (at.get(&ids).clone(), value)).collect();
        exercise(&form, &answers);
        let _ = form.validate(&answers, &today);
        let _ = form.prefilled(None, &answers, &today);
    }

    #[test]
    fn any_number_is_kept_or_refused(value in any::<f64>(), decimals in 0..7_u8, units in -1_000_000_000_000_000..1_000_000_000_000_000_i64) {
        let label = json!({"en": "A", "zh": "甲"});
        let form = json!({"id": "n", "version": 1, "title": label, "sections": [{"id": "s", "title": label,
            "fields": [{"id": "a", "kind": "number", "label": label, "decimals": decimals}]}]});
        let form = Form::from_json(form.to_string().as_bytes()).unwrap();
        let plain = format!("{:.*}", usize::from(decimals), value % 1e9);
        // A decimal written with as many places as allowed is always accepted and reads back the same.
        let answers = Map::from_iter([("a".to_owned(), Value::from(plain.clone()))]);
        let valid = form.validate(&answers, TODAY).unwrap();
        prop_assert_eq!(valid.values()["a"].as_f64(), plain.parse().ok());
        let written = format!("{units}e-6").parse::<f64>().unwrap();
        exercise(&form, &Map::from_iter([("a".to_owned(), Value::from(written))]));
    }
}
