use proptest::prelude::*;
use serde_json::{Value, json};

use crate::colour::{Colour, Reason};
use crate::rules::{
    Decision, Evidence, HANGZHOU, HUBEI, MAX_RULE_SET_BYTES, OrderInForce, RuleError, RuleSet,
    shipped,
};

fn minimal() -> Value {
    json!({
        "id": "test", "version": 1, "division": 420_100, "validFrom": "2020-02-01", "validUntil": "2020-12-31",
        "utcOffsetMinutes": 480, "titles": {"zh": "试", "en": "Test"},
        "rules": [
            {"id": "first", "when": {"var": "order"}, "colour": "red", "reason": "suspected"},
            {"id": "last", "when": true, "colour": "green", "reason": "clear"},
        ],
    })
}

fn load(json: &Value) -> Result<RuleSet, RuleError> {
    RuleSet::from_json(json.to_string().as_bytes())
}

fn changed(pointer: &str, value: Value) -> Result<RuleSet, RuleError> {
    let mut json = minimal();
    *json.pointer_mut(pointer).unwrap() = value;
    load(&json)
}

#[test]
fn shipped_rule_sets_load() {
    for (id, json) in shipped() {
        let rule_set = RuleSet::from_json(json.as_bytes()).unwrap();
        assert_eq!(rule_set.id, id);
        assert!(
            rule_set
                .sources
                .iter()
                .any(|source| source.contains("not an official text"))
        );
        assert_eq!(rule_set.rule_ids().last(), Some("clear"));
    }
}

#[test]
fn the_first_rule_that_holds_decides() {
    let rule_set = load(&minimal()).unwrap();
    let mut evidence = Evidence::empty("2020-02-01");
    let decision = |colour, reason, rule_id: &str| Decision {
        colour,
        reason,
        rule_id: rule_id.to_owned(),
        rule_set_id: "test".to_owned(),
        rule_set_version: 1,
        evidence_date: None,
        earliest_green: None,
        check_ins_done: None,
        check_ins_required: None,
    };
    assert_eq!(
        rule_set.decide(&evidence),
        Ok(decision(Colour::Green, Reason::Clear, "last"))
    );
    evidence.order = Some(OrderInForce::new(
        Colour::Yellow,
        Reason::Fever,
        "2020-02-01",
    ));
    assert_eq!(
        rule_set.decide(&evidence),
        Ok(decision(Colour::Red, Reason::Suspected, "first"))
    );
}

#[test]
fn a_rule_set_decides_only_while_it_is_in_force() {
    let rule_set = load(&minimal()).unwrap();
    for (today, in_force) in [
        ("2020-01-31", false),
        ("2020-02-01", true),
        ("2020-12-31", true),
        ("2021-01-01", false),
    ] {
        assert_eq!(rule_set.is_in_force(today), in_force);
        let outcome = rule_set.decide(&Evidence::empty(today));
        assert_eq!(
            outcome.err(),
            (!in_force).then_some(RuleError::RuleSetNotInForce),
            "{today}"
        );
    }
    assert_eq!(
        rule_set.decide(&Evidence::empty("today")),
        Err(RuleError::FactsInconsistent)
    );
}

#[test]
fn the_local_day_follows_the_offset() {
    let mut rule_set = load(&minimal()).unwrap();
    // 2020-02-28T16:00:00Z is midnight of the 29th in China.
    for (at, day) in [(1_582_905_599, "2020-02-28"), (1_582_905_600, "2020-02-29")] {
        assert_eq!(rule_set.local_day(at).as_deref(), Some(day));
    }
    rule_set.utc_offset_minutes = -60;
    assert_eq!(
        rule_set.local_day(1_582_905_600).as_deref(),
        Some("2020-02-28")
    );
    assert_eq!(rule_set.local_day(i64::MAX), None);
}

#[test]
fn fields_are_checked() {
    let invalid = Err(RuleError::RuleSetFieldInvalid);
    for (pointer, value) in [
        ("/id", json!("")),
        ("/id", json!("Wuhan")),
        ("/id", json!("x".repeat(65))),
        ("/version", json!(0)),
        ("/version", json!(65_536)),
        ("/division", json!(1)),
        ("/division", json!(1_000_000)),
        ("/validFrom", json!("2020-2-1")),
        ("/validFrom", json!("2021-01-01")),
        ("/validUntil", json!("2020-02-30")),
        ("/utcOffsetMinutes", json!(841)),
        ("/titles", json!({"zh": "x"})),
        ("/titles/zh", json!("")),
        ("/titles/en", json!("x".repeat(301))),
        ("/rules", json!([])),
        ("/rules/0/id", json!("a rule")),
    ] {
        assert_eq!(
            changed(pointer, value.clone()),
            invalid,
            "{pointer} {value}"
        );
    }
    for (pointer, value) in [
        ("/version", json!(65_535)),
        ("/division", json!(0)),
        ("/validUntil", Value::Null),
        ("/titles", json!({"zh": "x", "en": "x", "ko": "x"})),
    ] {
        assert!(changed(pointer, value.clone()).is_ok(), "{pointer} {value}");
    }
}

#[test]
fn the_shape_is_checked() {
    for (pointer, value) in [
        ("/version", json!("1")),
        ("/version", json!(-1)),
        ("/titles", json!({"zh": "x", "en": "x", "d e": "x"})),
        ("/rules", json!({})),
        (
            "/rules/0",
            json!({"id": "first", "when": true, "colour": "red"}),
        ),
        (
            "/rules/0",
            json!({"id": "first", "when": true, "colour": "red", "reason": "fever", "else": 1}),
        ),
    ] {
        assert_eq!(
            changed(pointer, value.clone()),
            Err(RuleError::RuleSetMalformed),
            "{pointer} {value}"
        );
    }
    assert_eq!(RuleSet::from_json(b"{"), Err(RuleError::RuleSetMalformed));
    assert_eq!(
        RuleSet::from_json(&vec![b'['; 100_000]),
        Err(RuleError::RuleSetMalformed)
    );
    assert_eq!(
        RuleSet::from_json(&vec![b' '; MAX_RULE_SET_BYTES + 1]),
        Err(RuleError::RuleSetTooLarge)
    );
}

#[test]
fn rules_are_checked() {
    for (pointer, value, error) in [
        ("/rules/0/id", json!("last"), RuleError::RuleIdRepeated),
        ("/rules/0/when", json!(true), RuleError::CatchAllMissing),
        (
            "/rules/1/when",
            json!({"!": [false]}),
            RuleError::CatchAllMissing,
        ),
        ("/rules/1/when", json!(false), RuleError::CatchAllMissing),
        ("/rules/0/colour", json!("orange"), RuleError::UnknownColour),
        (
            "/rules/0/reason",
            json!("because"),
            RuleError::UnknownReason,
        ),
        (
            "/rules/0/when",
            json!({"or": [1, 2]}),
            RuleError::UnknownOperator,
        ),
        (
            "/rules/0/colour",
            json!({"if": [true]}),
            RuleError::OperandCount,
        ),
    ] {
        assert_eq!(
            changed(pointer, value.clone()),
            Err(error),
            "{pointer} {value}"
        );
    }
}

#[test]
fn a_rule_that_cannot_be_evaluated_is_found_on_loading() {
    for (pointer, value, error) in [
        // Nothing is known of most people.
        (
            "/rules/0/when",
            json!({">": [{"var": "checkIns.first"}, 3]}),
            RuleError::NotAnInteger,
        ),
        (
            "/rules/0/when",
            json!({"<": [{"var": "order.bestStreak"}, 7]}),
            RuleError::NotAnInteger,
        ),
        (
            "/rules/0/when",
            json!({"plusTime": [{"var": "today"}, 0, "day"]}),
            RuleError::NeitherTruthyNorFalsy,
        ),
        // Only orders reach these.
        (
            "/rules/0/colour",
            json!({"var": "order.color"}),
            RuleError::UnknownColour,
        ),
        (
            "/rules/0/reason",
            json!({"var": "order.colour"}),
            RuleError::UnknownReason,
        ),
        (
            "/rules/1/reason",
            json!({"var": "order.reason"}),
            RuleError::UnknownReason,
        ),
    ] {
        assert_eq!(
            changed(pointer, value.clone()),
            Err(error),
            "{pointer} {value}"
        );
    }
    let with = |name: &str, value: Value| {
        let mut json = minimal();
        json["rules"][0][name] = value;
        load(&json)
    };
    let dates = json!([1, "2020", "2020-02-30", {"var": "order.streak"}]);
    for date in dates.as_array().unwrap() {
        for name in ["evidenceDate", "earliestGreen"] {
            let error = with(name, date.clone()).unwrap_err();
            assert!(
                matches!(error, RuleError::NotADateTime | RuleError::DateInvalid),
                "{name} {date}"
            );
        }
    }
    assert_eq!(
        with("checkInsDone", json!(-1)),
        Err(RuleError::NotAnInteger)
    );
    assert_eq!(
        with("checkInsRequired", json!("7")),
        Err(RuleError::NotAnInteger)
    );
}

#[test]
fn a_risk_of_each_kind_is_tried_on_loading() {
    for kind in ["fever", "symptoms", "contact", "highRiskStay"] {
        let path = format!("declared.{kind}");
        let mut json = minimal();
        json["rules"][0]["when"] = json!({"var": path});
        json["rules"][0]["checkInsDone"] = json!({"var": format!("{path}.since")});
        assert_eq!(load(&json), Err(RuleError::NotAnInteger), "{kind}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn damaged_rule_sets_never_panic(which in 0_usize..2, at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut json = [HANGZHOU, HUBEI][which].as_bytes().to_vec();
        let at = at.index(json.len());
        json[at] = byte;
        let _ = RuleSet::from_json(&json);
    }
}
