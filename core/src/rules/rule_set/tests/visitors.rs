use serde_json::json;

use super::simulation::{Life, assert_days, date};
use crate::colour::Colour::{Green, Red, Yellow};
use crate::colour::Reason;
use crate::rules::{RuleSet, VISITORS};

fn rules() -> RuleSet {
    RuleSet::from_json(VISITORS.as_bytes()).unwrap()
}

fn enters(day: u32, country: &str, days: u64) -> Life {
    Life::default().declares(
        day,
        &[
            ("daysSinceEntry", json!(0)),
            ("stayCountries", json!(["NZL", country])),
            ("stayDays", json!([2, days])),
        ],
    )
}

#[test]
fn who_declares_no_entry_is_asked_for_it() {
    let life = Life::default().well_on(0..=20);
    assert_days(
        &rules(),
        &life,
        &[
            (0, Yellow, Reason::NotDeclared, None, None),
            (20, Yellow, Reason::NotDeclared, None, None),
        ],
    );
    assert_eq!(life.decide(&rules(), 3).rule_id, "entry-not-declared");
}

#[test]
fn fourteen_declarations_after_an_entry_lead_to_green() {
    for (country, colour, rule) in [
        ("ITA", Red, "orange-entry-from-listed-country"),
        ("SGP", Yellow, "yellow-entry"),
    ] {
        let life = enters(0, country, 3).well_on(1..=13);
        assert_days(
            &rules(),
            &life,
            &[
                (
                    0,
                    colour,
                    Reason::ArrivedFromAbroad,
                    Some((1, 14)),
                    Some(13),
                ),
                (
                    6,
                    colour,
                    Reason::ArrivedFromAbroad,
                    Some((7, 14)),
                    Some(13),
                ),
                (
                    12,
                    colour,
                    Reason::ArrivedFromAbroad,
                    Some((13, 14)),
                    Some(13),
                ),
                (13, Green, Reason::MeasureLifted, None, None),
                (40, Green, Reason::MeasureLifted, None, None),
            ],
        );
        let decision = life.decide(&rules(), 5);
        assert_eq!(
            (decision.rule_id.as_str(), decision.evidence_date),
            (rule, Some(date(0)))
        );
    }
}

#[test]
fn a_missed_day_starts_the_count_again() {
    let life = enters(0, "ITA", 1).well_on(1..=9).well_on(11..=24);
    assert_days(
        &rules(),
        &life,
        &[
            (9, Red, Reason::ArrivedFromAbroad, Some((10, 14)), Some(13)),
            (12, Red, Reason::ArrivedFromAbroad, Some((2, 14)), Some(24)),
            (24, Green, Reason::MeasureLifted, None, None),
        ],
    );
}

#[test]
fn a_negative_test_of_after_the_entry_leads_to_green_and_one_of_before_does_not() {
    let tested = |days: u64| {
        let before = enters(2, "ITA", 1);
        before.declares(3, &[("daysSinceNegativeTest", json!(days))])
    };
    assert_eq!(tested(0).decide(&rules(), 3).colour, Green);
    assert_eq!(tested(1).decide(&rules(), 3).colour, Green);
    assert_eq!(tested(2).decide(&rules(), 3).colour, Red);
}

#[test]
fn a_fever_counts_beside_the_entry_and_an_order_of_green_lifts_it() {
    let fever = enters(0, "SGP", 3)
        .well_on(1..=13)
        .declares(12, &[("symptoms", json!(["fever"]))]);
    let decision = fever.decide(&rules(), 13);
    assert_eq!(
        (decision.colour, decision.rule_id.as_str()),
        (Yellow, "yellow-declared-fever")
    );
    let lifted = enters(0, "ITA", 3).ordered(2, Green, Reason::ErrorCorrected);
    assert_eq!(lifted.decide(&rules(), 2).colour, Green);
    let confirmed = enters(0, "SGP", 3).ordered(2, Red, Reason::Confirmed);
    assert_eq!(confirmed.decide(&rules(), 3).rule_id, "orange-order");
}
