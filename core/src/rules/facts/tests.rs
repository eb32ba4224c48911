use serde_json::{Value, json};

use super::{DeclarationFacts, Facts, OrderFacts};
use crate::colour::{Colour, Reason};
use crate::rules::RuleError;

fn declaration(date: &str) -> DeclarationFacts {
    DeclarationFacts {
        date: date.to_owned(),
        temperature: Some(36.5),
        symptoms: Vec::new(),
        high_risk_stay: false,
        contact: false,
        days_since: None,
    }
}

fn order(since: &str) -> OrderFacts {
    OrderFacts {
        colour: Colour::Red,
        reason: Reason::Suspected,
        since: since.to_owned(),
        streak: 0,
        best_streak: None,
    }
}

fn days(days: &[&str]) -> Vec<String> {
    days.iter().map(|day| format!("2020-03-{day}")).collect()
}

fn context(facts: &Facts) -> Result<Value, RuleError> {
    facts.context(&json!({}))
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
    let facts = Facts::from_value(&json).unwrap();
    assert_eq!(facts.to_value(), json);
    assert_eq!(
        Facts::from_value(&json!({"today": "2020-03-05"})),
        Ok(Facts::empty("2020-03-05"))
    );
    let unknown = json!({"today": "2020-03-05", "name": "x"});
    assert_eq!(
        Facts::from_value(&unknown),
        Err(RuleError::FactsInconsistent)
    );
}

#[test]
fn a_run_lives_until_the_end_of_the_day_after() {
    for (today, streak) in [("2020-03-05", 3), ("2020-03-06", 3), ("2020-03-07", 0)] {
        let facts = Facts::gather(today, &[], &days(&["05", "03", "04", "04"]), None).unwrap();
        assert_eq!(facts.check_ins.streak, streak, "{today}");
        assert_eq!(facts.check_ins.last.as_deref(), Some("2020-03-05"));
    }
    let none = Facts::gather("2020-03-07", &[], &[], None).unwrap();
    assert_eq!((none.check_ins.streak, none.check_ins.last), (0, None));
}

#[test]
fn stale_facts_show_the_run_as_broken() {
    let mut facts = Facts::gather(
        "2020-03-05",
        &[],
        &days(&["04", "05"]),
        Some(order("2020-03-04")),
    )
    .unwrap();
    let streaks = |facts: &Facts| {
        let context = context(facts).unwrap();
        (
            context["checkIns"]["streak"].clone(),
            context["order"]["streak"].clone(),
            context["order"]["bestStreak"].clone(),
        )
    };
    facts.today = "2020-03-06".to_owned();
    assert_eq!(streaks(&facts), (json!(2), json!(2), json!(2)));
    facts.today = "2020-03-07".to_owned();
    assert_eq!(streaks(&facts), (json!(0), json!(0), json!(2)));
}

#[test]
fn an_order_counts_the_run_since_its_day_and_remembers_the_longest() {
    let check_ins = days(&["01", "02", "03", "04", "05", "07", "08"]);
    let facts = Facts::gather("2020-03-08", &[], &check_ins, Some(order("2020-03-03"))).unwrap();
    let order = facts.order.as_ref().unwrap();
    assert_eq!((order.streak, order.best_streak), (2, Some(3)));
    assert_eq!(context(&facts).unwrap()["order"]["firstDay"], "2020-03-07");
}

#[test]
fn the_newest_declaration_is_shown_and_every_risk_is_kept() {
    let fever = DeclarationFacts {
        temperature: Some(37.3),
        ..declaration("2020-03-01")
    };
    let contact = DeclarationFacts {
        contact: true,
        days_since: Some(5),
        ..declaration("2020-03-02")
    };
    let well = declaration("2020-03-03");
    let check_ins = days(&["01", "02", "03"]);
    let facts = Facts::gather(
        "2020-03-03",
        &[fever, contact, well.clone()],
        &check_ins,
        None,
    )
    .unwrap();
    assert_eq!(facts.declaration, Some(well));
    let declared = context(&facts).unwrap()["declared"].clone();
    assert_eq!(
        declared["fever"],
        json!({"since": "2020-03-01", "streak": 3, "bestStreak": 3, "firstDay": "2020-03-01"})
    );
    assert_eq!(
        declared["contact"],
        json!({"since": "2020-02-26", "streak": 3, "bestStreak": 3, "firstDay": "2020-03-01"})
    );
    assert_eq!(
        (&declared["symptoms"], &declared["highRiskStay"]),
        (&Value::Null, &Value::Null)
    );
}

#[test]
fn of_two_declarations_on_a_day_the_later_counts() {
    let first = DeclarationFacts {
        temperature: Some(36.1),
        ..declaration("2020-03-03")
    };
    let second = DeclarationFacts {
        temperature: Some(36.2),
        ..declaration("2020-03-03")
    };
    let facts = Facts::gather("2020-03-03", &[first, second.clone()], &[], None).unwrap();
    assert_eq!(facts.declaration, Some(second));
}

#[test]
fn without_the_kept_risks_the_newest_declaration_gives_them() {
    let json = json!({
        "today": "2020-03-05",
        "declaration": { "date": "2020-03-04", "symptoms": ["fever", "cough"], "highRiskStay": true, "daysSince": 1 },
        "checkIns": { "streak": 9, "last": "2020-03-04" },
    });
    let declared = context(&Facts::from_value(&json).unwrap()).unwrap()["declared"].clone();
    let risk = |since, streak| json!({"since": since, "streak": streak, "bestStreak": streak, "firstDay": since});
    assert_eq!(declared["fever"], risk("2020-03-04", 1));
    assert_eq!(declared["symptoms"], risk("2020-03-04", 1));
    assert_eq!(declared["highRiskStay"], risk("2020-03-03", 2));
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
        let declaration = DeclarationFacts {
            temperature: Some(temperature),
            symptoms: vec![symptom.to_owned()],
            ..declaration("2020-03-03")
        };
        let facts = Facts::gather("2020-03-03", &[declaration], &[], None).unwrap();
        let context = context(&facts).unwrap();
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
    let contact = DeclarationFacts {
        contact: true,
        ..declaration("2020-03-02")
    };
    let lift = OrderFacts {
        colour: Colour::Green,
        reason: Reason::ErrorCorrected,
        ..order("2020-03-02")
    };
    let lifted = Facts::gather(
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
    let again = DeclarationFacts {
        date: "2020-03-03".to_owned(),
        ..contact
    };
    let after = Facts::gather("2020-03-03", &[again], &[], Some(lift)).unwrap();
    assert_eq!(
        context(&after).unwrap()["declared"]["contact"]["since"],
        "2020-03-03"
    );
}

#[test]
fn contradictions_are_refused() {
    let late = declaration("2020-03-06");
    assert_eq!(
        Facts::gather("2020-03-05", &[late], &[], None),
        Err(RuleError::FactsInconsistent)
    );
    assert_eq!(
        Facts::gather("2020-03-05", &[], &days(&["06"]), None),
        Err(RuleError::FactsInconsistent)
    );
    assert_eq!(
        Facts::gather("2020-03-05", &[], &[], Some(order("2020-03-06"))),
        Err(RuleError::FactsInconsistent)
    );
    assert_eq!(
        Facts::gather("5 March", &[], &[], None),
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
        let mut facts = Facts::empty("2020-03-05").to_value();
        facts
            .as_object_mut()
            .unwrap()
            .extend(change.as_object().unwrap().clone());
        let facts = Facts::from_value(&facts).unwrap();
        assert_eq!(
            context(&facts),
            Err(RuleError::FactsInconsistent),
            "{change}"
        );
    }
}
