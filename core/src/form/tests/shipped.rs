//! The shipped forms: complete, in every language, and of use to the rest of the product.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::answers;
use crate::form::{
    FieldKind, FieldSource, Form, check_identity, declared_facts, identity_from, shipped,
};
use crate::rules::DeclaredFacts;
use crate::wire::Identity;
use crate::words::Language;
use crate::words::complete_tests::{is_of, verdict};

const TODAY: &str = "2020-03-01";

fn form(id: &str) -> Form {
    let shipped = shipped();
    let form = shipped.iter().find(|form| form.id == id).expect("shipped");
    Form::from_json(form.json.as_bytes()).expect("sound")
}

fn identity() -> Identity {
    Identity {
        name: "王小明".to_owned(),
        sex: "1".to_owned(),
        nationality: "CHN".to_owned(),
        document_kind: "resident_id".to_owned(),
        document_number: "11010519491231002X".to_owned(),
        division: 330_106,
        address: "文三路 1 号".to_owned(),
        phone: "13800138000".to_owned(),
    }
}

/// A declaration without anything to declare.
fn healthy() -> Map<String, Value> {
    answers(&json!({
        "temperature": 36.5, "symptoms": ["none"], "underlyingIllness": ["none"],
        "highRiskStay": false, "contact": false, "currentDivision": 330_106,
        "currentAddress": "文三路 1 号", "phone": "13800138000", "travelled": false, "truthful": true,
    }))
}

#[test]
fn shipped_forms_survive_a_round_trip() {
    for shipped in shipped() {
        let form = Form::from_json(shipped.json.as_bytes()).expect(shipped.id);
        assert_eq!(form.definition().id, shipped.id);
        let again = Form::from_json(&form.to_json()).expect("written by ourselves");
        assert_eq!(again.definition(), form.definition());
        // Nothing in the file was overlooked by the reader, nothing was added by the writer.
        let written: Value = serde_json::from_slice(&form.to_json()).unwrap();
        let original: Value = serde_json::from_str(shipped.json).unwrap();
        assert_eq!(with_floats(written), with_floats(original));
    }
}

/// 34 and 34.0 are the same number.
fn with_floats(json: Value) -> Value {
    match json {
        Value::Number(number) => json!(number.as_f64()),
        Value::Array(items) => items.into_iter().map(with_floats).collect(),
        Value::Object(entries) => entries
            .into_iter()
            .map(|(key, value)| (key, with_floats(value)))
            .collect::<Map<_, _>>()
            .into(),
        other => other,
    }
}

#[test]
fn every_text_is_there_in_every_language() {
    fn look(json: &Value, count: &mut usize) {
        if let Some(english) = json.get("en") {
            let texts = json.as_object().unwrap();
            assert_eq!(texts.len(), Language::ALL.len(), "{json}");
            for language in Language::ALL {
                let text = texts[language.tag()].as_str().unwrap();
                // Units are the same in many languages.
                let is_unit = text.chars().count() <= 2;
                let is_own = is_unit || text.contains(|letter| is_of(language, letter));
                assert!(is_own, "{language:?}: {text}");
                assert!(verdict(text, language).is_none(), "{text}");
                let is_english = language != Language::English && english == text;
                assert!(is_unit || !is_english, "{language:?}: {text}");
            }
            *count += 1;
        }
        match json {
            Value::Array(items) => items.iter().for_each(|item| look(item, count)),
            Value::Object(entries) => entries.values().for_each(|value| look(value, count)),
            _ => {}
        }
    }
    for shipped in shipped() {
        let mut count = 0;
        look(&serde_json::from_str(shipped.json).unwrap(), &mut count);
        assert!(count > 50, "{}: {count} texts", shipped.id);
    }
    for (id, rules) in crate::rules::shipped() {
        let mut count = 0;
        look(&serde_json::from_str(rules).unwrap(), &mut count);
        assert_eq!(count, 1, "{id}");
    }
}

#[test]
fn the_elements_of_the_standard_are_asked() {
    let registration = form("registration");
    let sources: BTreeSet<_> = registration
        .fields()
        .filter_map(|field| field.source)
        .map(|source| format!("{source:?}"))
        .collect();
    let all = [
        FieldSource::Name,
        FieldSource::Sex,
        FieldSource::Nationality,
        FieldSource::Document,
        FieldSource::Division,
        FieldSource::Address,
        FieldSource::Phone,
    ];
    assert_eq!(
        sources,
        all.iter().map(|source| format!("{source:?}")).collect()
    );
    assert!(
        registration
            .field("underlyingIllness")
            .is_some_and(|field| field.required)
    );
    let declaration = form("health-declaration");
    for fact in ["temperature", "symptoms", "highRiskStay", "contact"] {
        let mut fields = declaration.fields();
        assert!(
            fields.any(|field| field.fact.as_deref() == Some(fact) && field.required),
            "{fact}"
        );
    }
    for id in [
        "underlyingIllness",
        "currentDivision",
        "currentAddress",
        "travelled",
        "itinerary",
    ] {
        assert!(
            declaration.field(id).is_some_and(|field| field.required),
            "{id}"
        );
    }
    // Every kind of field is in use: what no form of ours needs, nobody has tried.
    let used: BTreeSet<_> = [&registration, &declaration]
        .into_iter()
        .flat_map(Form::fields)
        .map(|field| format!("{:?}", field.kind))
        .collect();
    let kinds = [
        FieldKind::Text,
        FieldKind::Number,
        FieldKind::Date,
        FieldKind::SingleChoice,
        FieldKind::MultipleChoice,
        FieldKind::Division,
        FieldKind::Document,
        FieldKind::Phone,
        FieldKind::YesNo,
    ];
    assert_eq!(used, kinds.iter().map(|kind| format!("{kind:?}")).collect());
}

#[test]
fn a_healthy_declaration_is_ten_answers() {
    let form = form("health-declaration");
    let valid = form.validate(&healthy(), TODAY).expect("healthy");
    assert_eq!(valid.values().len(), 10);
    let facts = declared_facts(&form, &valid, TODAY).unwrap();
    let expected = DeclaredFacts::nothing_told(TODAY).with("temperature", 36.5);
    assert_eq!(facts, expected);
}

#[test]
fn the_facts_tell_what_was_declared() {
    let form = form("health-declaration");
    let mut given = healthy();
    given.extend(answers(&json!({
        "temperature": 38.1, "symptoms": ["cough", "fever"], "symptomsSince": "2020-02-27",
        "highRiskStay": true, "highRiskDivision": 420_100, "highRiskUntil": "2020-02-20",
        "contact": true, "contactOn": "2020-02-25", "contactKind": "household",
    })));
    let valid = form.validate(&given, TODAY).expect("complete");
    let facts = declared_facts(&form, &valid, "2020-03-02").unwrap();
    let expected = DeclaredFacts::nothing_told("2020-03-02")
        .with("temperature", 38.1)
        .with("symptoms", vec!["fever", "cough"])
        .with("highRiskStay", true)
        .with("contact", true)
        .with("daysSince", 6);
    assert_eq!(facts, expected);
    assert!(declared_facts(&form, &valid, "today").is_err());
}

#[test]
fn registration_is_read_as_an_identity_and_filled_in_from_one() {
    let form = form("registration");
    let mut given = form.prefilled(Some(&identity()), &Map::new(), TODAY);
    assert_eq!(given.len(), 7);
    given.insert("underlyingIllness".to_owned(), json!(["none"]));
    let valid = form.validate(&given, TODAY).expect("all is filled in");
    assert!(identity_from(&form, &valid).unwrap() == identity());
}

#[test]
fn nobody_types_the_same_twice() {
    let form = form("health-declaration");
    let first = form.prefilled(
        Some(&identity()),
        &answers(&json!({"underlyingIllness": ["diabetes"]})),
        TODAY,
    );
    let expected = json!({
        "underlyingIllness": ["diabetes"], "currentDivision": 330_106,
        "currentAddress": "文三路 1 号", "phone": "13800138000",
    });
    assert_eq!(Value::Object(first), expected);
    // The last answer comes before the identity; what was measured yesterday is not offered again.
    let mut last = healthy();
    last.insert("currentDivision".to_owned(), json!(420_100));
    last.insert(
        "underlyingIllness".to_owned(),
        json!(["no longer a choice"]),
    );
    let next = form.prefilled(Some(&identity()), &last, TODAY);
    assert_eq!(next["currentDivision"], json!(420_100));
    for gone in [
        "temperature",
        "symptoms",
        "contact",
        "truthful",
        "underlyingIllness",
    ] {
        assert!(!next.contains_key(gone), "{gone}");
    }
    assert!(form.prefilled(None, &Map::new(), TODAY).is_empty());
}

#[test]
fn an_identity_is_checked_and_brought_into_its_normal_form() {
    let mut typed = identity();
    typed.document_number = "11010519491231002x".to_owned();
    typed.phone = "+86 138 0013 8000".to_owned();
    typed.name = " 王小明 ".to_owned();
    assert!(check_identity(&typed, TODAY).unwrap() == identity());

    let refused = |change: fn(&mut Identity)| {
        let mut identity = identity();
        change(&mut identity);
        let errors = check_identity(&identity, TODAY).unwrap_err();
        errors
            .into_iter()
            .map(|error| (error.path, error.code))
            .collect::<Vec<_>>()
    };
    let one = |path: &str, code: &str| vec![(path.to_owned(), code.to_owned())];
    assert_eq!(
        refused(|it| it.name.clear()),
        one("name", "answer_required")
    );
    assert_eq!(
        refused(|it| it.sex = "x".into()),
        one("sex", "answer_choice_unknown")
    );
    assert_eq!(
        refused(|it| it.nationality = "FRA".into()),
        one("documentNumber", "document_nationality_mismatch")
    );
    assert_eq!(
        refused(|it| it.document_kind = "x".into()),
        one("documentKind", "answer_document_kind_refused")
    );
    assert_eq!(
        refused(|it| it.document_number = "1".into()),
        one("documentNumber", "document_number_format")
    );
    assert_eq!(
        refused(|it| it.division = 7),
        one("division", "answer_division_unknown")
    );
    assert_eq!(
        refused(|it| it.address = "x".into()),
        one("address", "answer_too_short")
    );
    assert_eq!(
        refused(|it| it.phone = "x".into()),
        one("phone", "answer_phone_invalid")
    );
    let all = refused(|it| {
        *it = Identity {
            name: String::new(),
            sex: String::new(),
            nationality: String::new(),
            document_kind: String::new(),
            document_number: String::new(),
            division: 0,
            address: String::new(),
            phone: String::new(),
        }
    });
    let paths: Vec<_> = all.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "name",
            "sex",
            "nationality",
            "documentNumber",
            "division",
            "address",
            "phone"
        ]
    );
}

/// ICAO Doc 9303, part 3, section 5, part D: what documents of people without a nationality print in its place.
#[test]
fn whoever_has_no_nationality_registers_with_what_the_document_says() {
    let with = |nationality: &str| {
        let identity = Identity {
            nationality: nationality.to_owned(),
            document_kind: "passport".to_owned(),
            document_number: "L898902C3".to_owned(),
            ..identity()
        };
        let refused = check_identity(&identity, TODAY).err().unwrap_or_default();
        let codes = refused.into_iter().map(|error| (error.path, error.code));
        codes.collect::<Vec<_>>()
    };
    for code in ["XXA", "XXB", "XXC", "XXX"] {
        assert_eq!(with(code), [], "{code}");
    }
    let unknown = ("nationality".to_owned(), "answer_choice_unknown".to_owned());
    assert_eq!(with("ZZZ"), [unknown]);
    // Nobody stays in one of them.
    let form = include_str!("../../../data/forms/entry-declaration.json");
    for code in ["XXA", "XXB", "XXC", "XXX"] {
        assert!(!form.contains(code), "{code}");
    }
}

#[test]
fn the_example_of_the_documentation_works() {
    let text = include_str!("../../../../docs/FORMS.md");
    let example = text
        .split("```json\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next());
    let form = Form::from_json(example.expect("an example").as_bytes()).expect("sound");
    let mut given =
        answers(&json!({"phone": "13800138000", "temperature": 36.6, "arrival": TODAY}));
    assert!(form.validate(&given, TODAY).is_ok());
    assert_eq!(form.validate(&Map::new(), TODAY).unwrap_err().len(), 3);
    given.extend(answers(
        &json!({"temperature": 37.3, "doctor": "市一医院", "arrival": "2020-03-03"}),
    ));
    let errors = form.validate(&given, TODAY).unwrap_err();
    assert_eq!(errors[0].code, "arrival_with_fever");
    given.insert("arrival".to_owned(), json!("2020-03-04"));
    assert!(form.validate(&given, TODAY).is_ok());
}
