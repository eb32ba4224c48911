use serde_json::{Value, json};

use super::{Evidence, OrderInForce};
use crate::colour::{Colour, Reason};
use crate::rules::{DeclaredFacts, RuleError};

fn declaration(date: &str) -> DeclaredFacts {
    DeclaredFacts::nothing_told(date).with("temperature", 36.5)
}

fn order(since: &str) -> OrderInForce {
    OrderInForce::new(Colour::Red, Reason::Suspected, since)
}

fn days(days: &[&str]) -> Vec<String> {
    days.iter().map(|day| format!("2020-03-{day}")).collect()
}

fn context(evidence: &Evidence) -> Result<Value, RuleError> {
    evidence.context(&json!({}))
}

#[test]
fn the_json_is_the_one_of_the_receipt() {
    let json = json!({
        "today": "2020-03-05",
        "declaration": {
            "date": "2020-03-05", "temperature": 36.5, "symptoms": ["cough"], "highRiskStay": false,
            "contact": true, "daysSince": 3,
        },
        "checkIns": { "streak": 2, "last": "2020-03-05" },
        "order": { "colour": "yellow", "reason": "close_contact", "since": "2020-03-04", "streak": 2 },
    });
    let evidence = Evidence::from_value(&json).unwrap();
    assert_eq!(evidence.to_value(), json);
    assert_eq!(
        Evidence::from_value(&json!({"today": "2020-03-05"})),
        Ok(Evidence::empty("2020-03-05"))
    );
}

#[test]
fn a_run_lives_until_the_end_of_the_day_after() {
    for (today, streak) in [("2020-03-05", 3), ("2020-03-06", 3), ("2020-03-07", 0)] {
        let evidence =
            Evidence::gather(today, &[], &days(&["05", "03", "04", "04"]), None).unwrap();
        assert_eq!(evidence.check_ins.streak, streak, "{today}");
        assert_eq!(evidence.check_ins.last.as_deref(), Some("2020-03-05"));
    }
    let none = Evidence::gather("2020-03-07", &[], &[], None).unwrap();
    assert_eq!((none.check_ins.streak, none.check_ins.last), (0, None));
}

#[test]
fn every_run_of_the_vectors() {
    let vectors = include_str!("../../../../tests/vectors/recomputation.json");
    let vectors: Value = serde_json::from_str(vectors).unwrap();
    let runs = vectors["runs"].as_array().unwrap();
    assert!(runs.len() > 5);
    for run in runs {
        let days: Vec<String> = serde_json::from_value(run["days"].clone()).unwrap();
        let today = run["today"].as_str().unwrap();
        let evidence = Evidence::gather(today, &[], &days, None).unwrap();
        assert_eq!(json!(evidence.check_ins.streak), run["streak"], "{run}");
    }
}

#[test]
fn stale_facts_show_the_run_as_broken() {
    let mut evidence = Evidence::gather(
        "2020-03-05",
        &[],
        &days(&["04", "05"]),
        Some(order("2020-03-04")),
    )
    .unwrap();
    let streaks = |evidence: &Evidence| {
        let context = context(evidence).unwrap();
        (
            context["checkIns"]["streak"].clone(),
            context["order"]["streak"].clone(),
            context["order"]["bestStreak"].clone(),
        )
    };
    evidence.today = "2020-03-06".to_owned();
    assert_eq!(streaks(&evidence), (json!(2), json!(2), json!(2)));
    evidence.today = "2020-03-07".to_owned();
    assert_eq!(streaks(&evidence), (json!(0), json!(0), json!(2)));
}

#[test]
fn an_order_counts_the_run_since_its_day_and_remembers_the_longest() {
    let check_ins = days(&["01", "02", "03", "04", "05", "07", "08"]);
    let evidence =
        Evidence::gather("2020-03-08", &[], &check_ins, Some(order("2020-03-03"))).unwrap();
    let order = evidence.order.as_ref().unwrap();
    assert_eq!((order.streak, order.best_streak), (2, Some(3)));
    assert_eq!(
        context(&evidence).unwrap()["order"]["firstDay"],
        "2020-03-07"
    );
}

#[test]
fn the_newest_declaration_is_shown_and_every_risk_is_kept() {
    let fever = declaration("2020-03-01").with("temperature", 37.3);
    let contact = declaration("2020-03-02")
        .with("contact", true)
        .with("daysSince", 5);
    let well = declaration("2020-03-03");
    let check_ins = days(&["01", "02", "03"]);
    let evidence = Evidence::gather(
        "2020-03-03",
        &[fever, contact, well.clone()],
        &check_ins,
        None,
    )
    .unwrap();
    assert_eq!(evidence.declaration, Some(well));
    let declared = context(&evidence).unwrap()["declared"].clone();
    assert_eq!(
        declared["fever"],
        json!({"since": "2020-03-01", "streak": 3, "bestStreak": 3, "firstDay": "2020-03-01"})
    );
    assert_eq!(
        declared["contact"],
        json!({
            "since": "2020-02-26", "streak": 3, "bestStreak": 3, "firstDay": "2020-03-01", "report": null,
        })
    );
    assert_eq!(
        (&declared["symptoms"], &declared["highRiskStay"]),
        (&Value::Null, &Value::Null)
    );
}

#[test]
fn of_two_declarations_on_a_day_the_later_counts() {
    let first = declaration("2020-03-03").with("temperature", 36.1);
    let second = declaration("2020-03-03").with("temperature", 36.2);
    let evidence = Evidence::gather("2020-03-03", &[first, second.clone()], &[], None).unwrap();
    assert_eq!(evidence.declaration, Some(second));
}

#[test]
fn without_the_kept_risks_the_newest_declaration_gives_them() {
    let json = json!({
        "today": "2020-03-05",
        "declaration": { "date": "2020-03-04", "symptoms": ["fever", "cough"], "highRiskStay": true, "daysSince": 1 },
        "checkIns": { "streak": 9, "last": "2020-03-04" },
    });
    let declared = context(&Evidence::from_value(&json).unwrap()).unwrap()["declared"].clone();
    let risk = |since, streak| json!({"since": since, "streak": streak, "bestStreak": streak, "firstDay": since});
    assert_eq!(declared["fever"], risk("2020-03-04", 1));
    assert_eq!(declared["symptoms"], risk("2020-03-04", 1));
    let mut stay = risk("2020-03-03", 2);
    stay["report"] = Value::Null;
    assert_eq!(declared["highRiskStay"], stay);
    assert_eq!(declared["contact"], Value::Null);
}

#[test]
fn fever_is_373_tenths_or_the_symptom() {
    for (temperature, symptom, fever) in [
        (37.2, "cough", false),
        (37.24, "none", false),
        (37.3, "none", true),
        (36.0, "fever", true),
    ] {
        let declaration = declaration("2020-03-03")
            .with("temperature", temperature)
            .with("symptoms", vec![symptom]);
        let evidence = Evidence::gather("2020-03-03", &[declaration], &[], None).unwrap();
        let context = context(&evidence).unwrap();
        assert_eq!(
            context["declaration"]["fever"],
            json!(fever),
            "{temperature} {symptom}"
        );
        assert_eq!(context["declared"]["fever"].is_null(), !fever);
        assert_eq!(
            context["declared"]["symptoms"].is_null(),
            symptom != "cough"
        );
    }
}

#[test]
fn an_order_of_green_lifts_what_was_declared_before() {
    let contact = declaration("2020-03-02").with("contact", true);
    let lift = OrderInForce::new(Colour::Green, Reason::ErrorCorrected, "2020-03-02");
    let lifted = Evidence::gather(
        "2020-03-03",
        std::slice::from_ref(&contact),
        &[],
        Some(lift.clone()),
    )
    .unwrap();
    assert_eq!(
        context(&lifted).unwrap()["declared"]["contact"],
        Value::Null
    );
    let again = declaration("2020-03-03").with("contact", true);
    let after = Evidence::gather("2020-03-03", &[again], &[], Some(lift)).unwrap();
    assert_eq!(
        context(&after).unwrap()["declared"]["contact"]["since"],
        "2020-03-03"
    );
}

#[test]
fn contradictions_are_refused() {
    let late = declaration("2020-03-06");
    assert_eq!(
        Evidence::gather("2020-03-05", &[late], &[], None),
        Err(RuleError::FactsInconsistent)
    );
    assert_eq!(
        Evidence::gather("2020-03-05", &[], &days(&["06"]), None),
        Err(RuleError::FactsInconsistent)
    );
    assert_eq!(
        Evidence::gather("2020-03-05", &[], &[], Some(order("2020-03-06"))),
        Err(RuleError::FactsInconsistent)
    );
    assert_eq!(
        Evidence::gather("5 March", &[], &[], None),
        Err(RuleError::FactsInconsistent)
    );
    for change in [
        json!({"today": "2020-3-5"}),
        json!({"checkIns": {"streak": 1, "last": null}}),
        json!({"checkIns": {"streak": 1, "last": "2020-03-06"}}),
        json!({"checkIns": {"streak": 1, "last": "yesterday"}}),
        json!({"checkIns": {"streak": 4_000_000_000_u32, "last": "2020-03-05"}}),
        json!({"order": {"colour": "red", "reason": "fever", "since": "2020-03-06"}}),
        json!({"order": {"colour": "red", "reason": "fever", "since": "2020-03-05", "streak": 1}}),
        json!({"declaration": {"date": "2020-03-06"}}),
        json!({"declaration": {"date": "2020-03-05", "contact": true, "daysSince": u32::MAX}}),
        json!({"declared": {"fever": {"since": "2020-03-06"}}}),
        json!({"declared": {"fever": {"since": "2020-03-05", "streak": 1}}}),
    ] {
        let mut evidence = Evidence::empty("2020-03-05").to_value();
        evidence
            .as_object_mut()
            .unwrap()
            .extend(change.as_object().unwrap().clone());
        let evidence = Evidence::from_value(&evidence).unwrap();
        assert_eq!(
            context(&evidence),
            Err(RuleError::FactsInconsistent),
            "{change}"
        );
    }
}

/// A later version's evidence: whatever it says there, this version cannot say that the colour is wrong.
#[test]
fn what_a_later_version_adds_is_carried_and_not_judged() {
    let known = json!({
        "today": "2020-03-05",
        "declaration": { "date": "2020-03-05", "temperature": 36.5 },
        "checkIns": { "streak": 2, "last": "2020-03-05" },
        "order": { "colour": "yellow", "reason": "close_contact", "since": "2020-03-04", "streak": 2 },
        "declared": { "fever": { "since": "2020-03-04", "streak": 2, "bestStreak": 2 } },
    });
    assert!(context(&Evidence::from_value(&known).unwrap()).is_ok());
    for place in [
        "",
        "/declaration",
        "/checkIns",
        "/order",
        "/declared",
        "/declared/fever",
    ] {
        for tomorrow in [json!(12), json!({"last": "2020-03-01"}), json!(false)] {
            let mut json = known.clone();
            json.pointer_mut(place).unwrap()["vaccination"] = tomorrow;
            let evidence = Evidence::from_value(&json).unwrap();
            assert_eq!(evidence.to_value(), json);
            assert_eq!(context(&evidence), Err(RuleError::FactUnknown), "{json}");
        }
        // What nobody told changes nothing.
        let mut json = known.clone();
        json.pointer_mut(place).unwrap()["vaccination"] = Value::Null;
        let evidence = Evidence::from_value(&json).unwrap();
        assert_eq!(
            context(&evidence),
            context(&Evidence::from_value(&known).unwrap())
        );
    }
}

#[test]
fn a_reason_of_a_later_version_is_carried_and_a_colour_refused() {
    let order = |colour: &str, reason: &str| {
        json!({
            "today": "2020-03-05",
            "order": { "colour": colour, "reason": reason, "since": "2020-03-04" },
        })
    };
    let evidence = Evidence::from_value(&order("red", "quarantine_left")).unwrap();
    assert_eq!(evidence.order.as_ref().unwrap().reason.known(), None);
    assert_eq!(
        context(&evidence).unwrap()["order"]["reason"],
        "quarantine_left"
    );
    assert_eq!(
        Evidence::from_value(&order("violet", "suspected")),
        Err(RuleError::UnknownColour)
    );
}
