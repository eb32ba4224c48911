use std::sync::Arc;

use chrono::{Days, NaiveDate};
use serde_json::json;

use super::super::snapshot::{HeldColour, HeldReceipt};
use super::{WayToGreen, WayToGreenKind, WayToGreenView};
use crate::citizen::recompute;
use crate::colour::{Colour, Reason};

use crate::rules::{DeclaredFacts, Evidence, OrderInForce, RuleSet, shipped};
use crate::wire::Receipt;
use crate::words::LanguageTag;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn rule_set(id: &str) -> (RuleSet, &'static str) {
    let (_, json) = shipped().into_iter().find(|(it, _)| *it == id).unwrap();
    (RuleSet::from_json(json.as_bytes()).unwrap(), json)
}

/// What the authority knows of somebody.
#[derive(Clone, Default)]
struct Known {
    declarations: Vec<DeclaredFacts>,
    check_ins: Vec<String>,
    order: Option<OrderInForce>,
}

impl Known {
    fn declared(on: &str, facts: serde_json::Value) -> Self {
        let mut facts = facts;
        facts["date"] = json!(on);
        Self {
            declarations: vec![serde_json::from_value(facts).unwrap()],
            check_ins: vec![on.to_owned()],
            order: None,
        }
    }

    fn ordered(colour: Colour, reason: Reason, since: &str) -> Self {
        let order = json!({"colour": colour.id(), "reason": reason.id(), "since": since});
        Self {
            order: Some(serde_json::from_value(order).unwrap()),
            ..Self::default()
        }
    }

    /// A healthy declaration on each of the days.
    fn checked_in(mut self, days: &[&str]) -> Self {
        let declared = days
            .iter()
            .map(|day| serde_json::from_value(json!({"date": day})).unwrap());
        self.declarations.extend(declared);
        self.check_ins
            .extend(days.iter().map(|day| (*day).to_owned()));
        self
    }

    fn evidence(&self, today: NaiveDate) -> Evidence {
        let days: Vec<_> = self.check_ins.clone();
        Evidence::gather(
            &today.to_string(),
            &self.declarations,
            &days,
            self.order.clone(),
        )
        .unwrap()
    }

    /// What a phone holds that was told on `decided`.
    fn held(&self, rules: &str, decided: NaiveDate) -> HeldColour {
        let (rule_set, json) = rule_set(rules);
        let evidence = self.evidence(decided);
        let decision = rule_set.decide(&evidence).unwrap();
        let mut receipt = serde_json::to_value(&decision).unwrap();
        for (name, value) in [
            ("citizenId", json!("c")),
            ("since", json!(0)),
            ("decidedAt", json!(0)),
            ("facts", evidence.to_value()),
        ] {
            receipt[name] = value;
        }
        let receipt: Receipt = serde_json::from_value(receipt).unwrap();
        HeldColour {
            recomputation: recompute(&receipt, Some(json.as_bytes())),
            rule_set: Some(Arc::new(rule_set)),
            held: Arc::new(HeldReceipt {
                evidence: Some(evidence),
                receipt,
                sha256: String::new(),
            }),
        }
    }
}

fn way(held: &HeldColour, today: NaiveDate, is_due: bool) -> WayToGreenView {
    WayToGreen::of(held, today, is_due, &LanguageTag::new("en")).view()
}

#[test]
fn each_way_is_told() {
    let today = "2020-03-10";
    let cases = [
        (
            "hangzhou",
            Known::default(),
            WayToGreenKind::Declare,
            Some(today),
        ),
        (
            "hangzhou",
            Known::declared(today, json!({})),
            WayToGreenKind::Green,
            None,
        ),
        (
            "hangzhou",
            Known::ordered(Colour::Yellow, Reason::CloseContact, "2020-03-09"),
            WayToGreenKind::CheckIns,
            Some("2020-03-16"),
        ),
        (
            "hubei",
            Known::ordered(Colour::Yellow, Reason::CloseContact, "2020-03-09"),
            WayToGreenKind::Wait,
            Some("2020-03-23"),
        ),
        (
            "hubei",
            Known::ordered(Colour::Red, Reason::Confirmed, "2020-03-09"),
            WayToGreenKind::Office,
            None,
        ),
    ];
    for (rules, known, kind, earliest) in cases {
        let held = known.held(rules, day(today));
        let view = way(&held, day(today), true);
        assert_eq!(
            (view.kind, view.earliest.as_deref()),
            (kind, earliest),
            "{rules}"
        );
        assert_eq!(view.steps.is_empty(), kind == WayToGreenKind::Green);
        assert_eq!(view.earliest_text.is_some(), earliest.is_some());
        for step in view.steps.iter().chain(&view.earliest_text) {
            assert!(
                !step.is_empty() && view.spoken.contains(step.as_str()),
                "{rules}: {step}"
            );
        }
    }
}

/// Who does what it says is green on the day it names, by the rules, and not before.
#[test]
fn who_follows_it_is_green_on_that_day() {
    let told = day("2020-03-10");
    let yellow = || Known::ordered(Colour::Yellow, Reason::CloseContact, "2020-03-07");
    let red = || Known::ordered(Colour::Red, Reason::CloseContact, "2020-03-05");
    let contact = json!({"contact": true});
    let cases = [
        ("hangzhou", yellow()),
        (
            "hangzhou",
            yellow().checked_in(&["2020-03-09", "2020-03-10"]),
        ),
        ("hangzhou", red().checked_in(&["2020-03-06", "2020-03-07"])),
        ("hangzhou", Known::declared("2020-03-10", contact)),
        ("hubei", yellow().checked_in(&["2020-03-09"])),
        ("hubei", red().checked_in(&["2020-03-06"])),
    ];
    // What is told later, after days without a network or a check-in, holds as well.
    for (case, later) in (0..cases.len()).flat_map(|case| (0..4).map(move |later| (case, later))) {
        let (rules, mut known) = cases[case].clone();
        let held = known.held(rules, told);
        let today = told + Days::new(later);
        let view = way(&held, today, true);
        let earliest = day(view.earliest.as_deref().unwrap());
        let (rule_set, _) = rule_set(rules);
        let mut now = today;
        loop {
            if view.kind == WayToGreenKind::CheckIns && !known.check_ins.contains(&now.to_string())
            {
                known = known.checked_in(&[&now.to_string()]);
            }
            let colour = rule_set.decide(&known.evidence(now)).unwrap().colour;
            if colour == Colour::Green || now > earliest {
                break;
            }
            now = now + Days::new(1);
        }
        assert_eq!(now, earliest, "case {case}, told {later} days later");
    }
}

#[test]
fn a_day_that_was_missed_since_moves_the_day() {
    let known = Known::ordered(Colour::Yellow, Reason::CloseContact, "2020-03-07").checked_in(&[
        "2020-03-07",
        "2020-03-08",
        "2020-03-09",
    ]);
    let held = known.held("hangzhou", day("2020-03-09"));
    let at = |today: &str| way(&held, day(today), true);
    assert_eq!(at("2020-03-09").earliest.as_deref(), Some("2020-03-13"));
    assert_eq!(at("2020-03-10").earliest.as_deref(), Some("2020-03-13"));
    let after = at("2020-03-11");
    assert_eq!(after.earliest.as_deref(), Some("2020-03-17"));
    assert!(after.steps[0].contains('7'), "{:?}", after.steps);
}

#[test]
fn time_alone_may_have_turned_it_green_already() {
    let known = Known::ordered(Colour::Yellow, Reason::CloseContact, "2020-03-01");
    let undeclared = known.held("hubei", day("2020-03-10"));
    assert_eq!(
        way(&undeclared, day("2020-03-15"), false).kind,
        WayToGreenKind::Declare
    );
    let known = known.checked_in(&["2020-03-02"]);
    let held = known.held("hubei", day("2020-03-10"));
    assert_eq!(
        way(&held, day("2020-03-14"), false).kind,
        WayToGreenKind::Wait
    );
    assert_eq!(
        way(&held, day("2020-03-15"), false).kind,
        WayToGreenKind::Connect
    );
}

/// By rules that this version cannot judge, or that were not followed, the receipt's own words stand.
#[test]
fn what_cannot_be_computed_is_taken_from_the_receipt() {
    let known = Known::ordered(Colour::Yellow, Reason::CloseContact, "2020-03-07");
    let mut held = known.held("hangzhou", day("2020-03-09"));
    held.rule_set = None;
    let view = way(&held, day("2020-03-11"), true);
    assert_eq!(view.kind, WayToGreenKind::CheckIns);
    assert_eq!(view.earliest.as_deref(), Some("2020-03-15"));
    // A day that has passed is not promised.
    let view = way(&held, day("2020-03-20"), true);
    assert_eq!(view.earliest.as_deref(), Some("2020-03-20"));
}
