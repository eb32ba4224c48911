use serde_json::json;

use super::simulation::{Life, assert_days, date};
use crate::colour::Colour::{Green, Red, Yellow};
use crate::colour::Reason;
use crate::rules::{HUBEI, RuleSet};

fn rules() -> RuleSet {
    RuleSet::from_json(HUBEI.as_bytes()).unwrap()
}

#[test]
fn without_a_record_the_declaration_decides() {
    assert_days(
        &rules(),
        &Life::default(),
        &[(0, Yellow, Reason::NotDeclared, None, Some(0))],
    );
    assert_days(
        &rules(),
        &Life::default().well(0),
        &[(0, Green, Reason::Clear, None, None)],
    );
    let cough = Life::default().declares(0, &[("symptoms", json!(["cough"]))]);
    assert_days(&rules(), &cough, &[(0, Green, Reason::Clear, None, None)]);
}

#[test]
fn the_four_categories_are_red_until_officers_lift() {
    for reason in [
        Reason::Confirmed,
        Reason::Suspected,
        Reason::Fever,
        Reason::Asymptomatic,
    ] {
        let life = Life::default()
            .well_on(0..=60)
            .ordered(1, Red, reason)
            .ordered(50, Green, Reason::MeasureLifted);
        assert_days(
            &rules(),
            &life,
            &[
                (0, Green, Reason::Clear, None, None),
                (1, Red, reason, None, None),
                (15, Red, reason, None, None),
                (49, Red, reason, None, None),
                (50, Green, Reason::MeasureLifted, None, None),
            ],
        );
        let decision = life.decide(&rules(), 30);
        assert_eq!(
            (decision.rule_id.as_str(), decision.evidence_date),
            ("red-four-categories", Some(date(1)))
        );
    }
}

#[test]
fn a_close_contact_is_yellow_for_fourteen_days() {
    let life = Life::default()
        .well(0)
        .ordered(0, Yellow, Reason::CloseContact);
    assert_days(
        &rules(),
        &life,
        &[
            (0, Yellow, Reason::CloseContact, None, Some(14)),
            (13, Yellow, Reason::CloseContact, None, Some(14)),
            (14, Green, Reason::MeasureLifted, None, None),
            (15, Green, Reason::MeasureLifted, None, None),
        ],
    );
}

#[test]
fn a_red_order_for_another_reason_has_a_date() {
    let life = Life::default()
        .well(0)
        .ordered(2, Red, Reason::HighRiskPlace);
    assert_days(
        &rules(),
        &life,
        &[
            (2, Red, Reason::HighRiskPlace, None, Some(16)),
            (15, Red, Reason::HighRiskPlace, None, Some(16)),
            (16, Green, Reason::MeasureLifted, None, None),
        ],
    );
}

#[test]
fn a_second_order_counts_from_its_day() {
    let life = Life::default()
        .well(0)
        .ordered(0, Yellow, Reason::CloseContact)
        .ordered(10, Yellow, Reason::CloseContact);
    assert_days(
        &rules(),
        &life,
        &[
            (9, Yellow, Reason::CloseContact, None, Some(14)),
            (10, Yellow, Reason::CloseContact, None, Some(24)),
            (23, Yellow, Reason::CloseContact, None, Some(24)),
            (24, Green, Reason::MeasureLifted, None, None),
        ],
    );
}

#[test]
fn declared_facts_count_for_fourteen_days() {
    let fever = Life::default()
        .declares(0, &[("temperature", json!(37.3))])
        .well_on(1..=14);
    assert_days(
        &rules(),
        &fever,
        &[
            (0, Red, Reason::Fever, None, Some(14)),
            (13, Red, Reason::Fever, None, Some(14)),
            (14, Green, Reason::Clear, None, None),
        ],
    );
    // Contact four days before the declaration; a stay on the day of it.
    let exposed = Life::default()
        .declares(4, &[("contact", json!(true)), ("daysSince", json!(4))])
        .declares(6, &[("highRiskStay", json!(true))]);
    assert_days(
        &rules(),
        &exposed,
        &[
            (4, Yellow, Reason::CloseContact, None, Some(14)),
            (6, Yellow, Reason::CloseContact, None, Some(20)),
            (14, Yellow, Reason::HighRiskPlace, None, Some(20)),
            (20, Green, Reason::Clear, None, None),
        ],
    );
}

#[test]
fn a_declared_fever_goes_before_a_yellow_order() {
    let life = Life::default()
        .ordered(0, Yellow, Reason::CloseContact)
        .declares(0, &[("temperature", json!(39.0))]);
    assert_days(&rules(), &life, &[(0, Red, Reason::Fever, None, Some(14))]);
}
