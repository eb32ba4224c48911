use serde_json::json;

use super::simulation::{Life, Row, assert_days, date};
use crate::colour::Colour::{Green, Red, Yellow};
use crate::colour::Reason;
use crate::rules::{HANGZHOU, RuleSet};

fn rules() -> RuleSet {
    RuleSet::from_json(HANGZHOU.as_bytes()).unwrap()
}

#[test]
fn no_declaration_no_code() {
    assert_days(
        &rules(),
        &Life::default(),
        &[(0, Yellow, Reason::NotDeclared, None, Some(0))],
    );
}

#[test]
fn a_healthy_declaration_is_green_and_stays_green() {
    let life = Life::default().well(0);
    for day in [0, 1, 100] {
        let decision = life.decide(&rules(), day);
        assert_eq!(
            (decision.colour, decision.reason, decision.earliest_green),
            (Green, Reason::Clear, None)
        );
    }
}

#[test]
fn a_red_order_takes_fourteen_check_ins_in_a_row() {
    let life = Life::default()
        .well(0)
        .ordered(1, Red, Reason::Suspected)
        .well_on(1..=15);
    let rows: Vec<Row> = (1..=13)
        .map(|day| (day, Red, Reason::Suspected, Some((day, 14)), Some(14)))
        .chain([
            (14, Green, Reason::MeasureLifted, None, None),
            (15, Green, Reason::MeasureLifted, None, None),
        ])
        .collect();
    assert_days(&rules(), &life, &rows);
    let decision = life.decide(&rules(), 5);
    assert_eq!(
        (decision.rule_id.as_str(), decision.evidence_date),
        ("red-order", Some(date(1)))
    );
}

#[test]
fn a_yellow_order_takes_seven() {
    let life = Life::default()
        .ordered(0, Yellow, Reason::CloseContact)
        .well_on(0..=7);
    let rows: Vec<Row> = (0..=5)
        .map(|day| {
            (
                day,
                Yellow,
                Reason::CloseContact,
                Some((day + 1, 7)),
                Some(6),
            )
        })
        .chain([
            (6, Green, Reason::MeasureLifted, None, None),
            (7, Green, Reason::MeasureLifted, None, None),
        ])
        .collect();
    assert_days(&rules(), &life, &rows);
}

#[test]
fn without_a_check_in_the_count_does_not_move() {
    let life = Life::default()
        .well(0)
        .ordered(1, Yellow, Reason::CloseContact);
    assert_days(
        &rules(),
        &life,
        &[
            (1, Yellow, Reason::CloseContact, Some((0, 7)), Some(7)),
            (2, Yellow, Reason::CloseContact, Some((0, 7)), Some(8)),
            (30, Yellow, Reason::CloseContact, Some((0, 7)), Some(36)),
        ],
    );
}

#[test]
fn a_missed_day_starts_the_count_again() {
    // Checked in on days 0 to 4, missed day 5, went on from day 6.
    let life = Life::default()
        .ordered(0, Yellow, Reason::CloseContact)
        .well_on(0..=4)
        .well_on(6..=12);
    assert_days(
        &rules(),
        &life,
        &[
            (4, Yellow, Reason::CloseContact, Some((5, 7)), Some(6)),
            // Day 5 is not over yet: the run can still be saved.
            (5, Yellow, Reason::CloseContact, Some((5, 7)), Some(6)),
            (6, Yellow, Reason::CloseContact, Some((1, 7)), Some(12)),
            (11, Yellow, Reason::CloseContact, Some((6, 7)), Some(12)),
            (12, Green, Reason::MeasureLifted, None, None),
        ],
    );
    // Missing the last day costs all fourteen.
    let unlucky = Life::default()
        .ordered(0, Red, Reason::Suspected)
        .well_on(0..=12);
    assert_days(
        &rules(),
        &unlucky,
        &[
            (12, Red, Reason::Suspected, Some((13, 14)), Some(13)),
            (13, Red, Reason::Suspected, Some((13, 14)), Some(13)),
            (14, Red, Reason::Suspected, Some((0, 14)), Some(27)),
        ],
    );
}

#[test]
fn a_second_order_starts_the_count_again() {
    let life = Life::default()
        .ordered(0, Red, Reason::Suspected)
        .well_on(0..=24)
        .ordered(10, Red, Reason::CloseContact);
    assert_days(
        &rules(),
        &life,
        &[
            (9, Red, Reason::Suspected, Some((10, 14)), Some(13)),
            (10, Red, Reason::CloseContact, Some((1, 14)), Some(23)),
            (22, Red, Reason::CloseContact, Some((13, 14)), Some(23)),
            (23, Green, Reason::MeasureLifted, None, None),
        ],
    );
}

#[test]
fn officers_can_relax_and_lift() {
    let life = Life::default()
        .ordered(0, Red, Reason::Suspected)
        .well_on(0..=9)
        .ordered(3, Yellow, Reason::CloseContact)
        .ordered(5, Green, Reason::ErrorCorrected);
    assert_days(
        &rules(),
        &life,
        &[
            (2, Red, Reason::Suspected, Some((3, 14)), Some(13)),
            (3, Yellow, Reason::CloseContact, Some((1, 7)), Some(9)),
            (5, Green, Reason::ErrorCorrected, None, None),
            (9, Green, Reason::ErrorCorrected, None, None),
        ],
    );
}

#[test]
fn a_declared_fever_is_yellow_and_outlasts_the_next_declaration() {
    let life = Life::default()
        .declares(0, &[("temperature", json!(38.2))])
        .well_on(1..=7);
    assert_days(
        &rules(),
        &life,
        &[
            (0, Yellow, Reason::Fever, Some((1, 7)), Some(6)),
            (1, Yellow, Reason::CheckInsRunning, Some((2, 7)), Some(6)),
            (5, Yellow, Reason::CheckInsRunning, Some((6, 7)), Some(6)),
            (6, Green, Reason::MeasureLifted, None, None),
            (7, Green, Reason::MeasureLifted, None, None),
        ],
    );
    let again = life.declares(8, &[("symptoms", json!(["fever"]))]);
    assert_days(
        &rules(),
        &again,
        &[(8, Yellow, Reason::Fever, Some((1, 7)), Some(14))],
    );
}

#[test]
fn declared_symptoms_are_yellow() {
    let life = Life::default().declares(0, &[("symptoms", json!(["cough"]))]);
    assert_days(
        &rules(),
        &life,
        &[(0, Yellow, Reason::SymptomsDeclared, Some((1, 7)), Some(6))],
    );
}

#[test]
fn a_declared_contact_is_red_counted_from_the_contact() {
    // Day 6: contact five days ago, checked in every day before and since.
    let life = Life::default()
        .well_on(0..=5)
        .declares(6, &[("contact", json!(true)), ("daysSince", json!(5))])
        .well_on(7..=15);
    assert_days(
        &rules(),
        &life,
        &[
            (5, Green, Reason::Clear, None, None),
            (6, Red, Reason::CloseContact, Some((6, 14)), Some(14)),
            (13, Red, Reason::CloseContact, Some((13, 14)), Some(14)),
            (14, Green, Reason::MeasureLifted, None, None),
            (15, Green, Reason::MeasureLifted, None, None),
        ],
    );
    assert_eq!(life.decide(&rules(), 6).evidence_date, Some(date(1)));
}

#[test]
fn repeating_the_same_contact_every_day_does_not_prolong_it() {
    let life = (0..=14).fold(Life::default(), |life, day| {
        life.declares(day, &[("contact", json!(true)), ("daysSince", json!(day))])
    });
    assert_days(
        &rules(),
        &life,
        &[
            (0, Red, Reason::CloseContact, Some((1, 14)), Some(13)),
            (12, Red, Reason::CloseContact, Some((13, 14)), Some(13)),
            (13, Green, Reason::MeasureLifted, None, None),
            (14, Green, Reason::MeasureLifted, None, None),
        ],
    );
}

#[test]
fn a_declared_high_risk_stay_is_red() {
    let life = Life::default().declares(0, &[("highRiskStay", json!(true))]);
    assert_days(
        &rules(),
        &life,
        &[(0, Red, Reason::HighRiskPlace, Some((1, 14)), Some(13))],
    );
}

#[test]
fn of_several_measures_the_strictest_shows_and_the_longest_is_promised() {
    // A yellow order on day 0; a contact declared on day 2; a fever on day 14.
    let life = Life::default()
        .ordered(0, Yellow, Reason::CloseContact)
        .well_on(0..=1)
        .declares(2, &[("contact", json!(true))])
        .well_on(3..=13)
        .declares(14, &[("temperature", json!(37.3))])
        .well_on(15..=20);
    assert_days(
        &rules(),
        &life,
        &[
            (1, Yellow, Reason::CloseContact, Some((2, 7)), Some(6)),
            (2, Red, Reason::CloseContact, Some((1, 14)), Some(15)),
            (14, Red, Reason::CloseContact, Some((13, 14)), Some(20)),
            (15, Yellow, Reason::CheckInsRunning, Some((2, 7)), Some(20)),
            (20, Green, Reason::MeasureLifted, None, None),
        ],
    );
}
