//! Itineraries and objections: each fault by its place and code.

use crate::form::RefusedAnswer;
use crate::wire::{Correction, Itinerary, ItineraryLeg};
use crate::words::LanguageTag;

const TODAY: &str = "2020-03-01";

fn leg() -> ItineraryLeg {
    ItineraryLeg {
        division: 420_100,
        from: "2020-02-28".to_owned(),
        until: "2020-02-29".to_owned(),
        transport: "train".to_owned(),
        number: "G1234".to_owned(),
    }
}

fn faults(checked: Result<(), Vec<RefusedAnswer>>) -> Vec<(String, String)> {
    let faults = checked.err().unwrap_or_default();
    for fault in &faults {
        for language in ["en", "zh"] {
            let said = fault.in_words(&LanguageTag::new(language)).text;
            assert!(!said.is_empty() && said != fault.code, "{said}");
        }
    }
    faults.into_iter().map(|one| (one.path, one.code)).collect()
}

/// A leg with one member as it was typed.
fn leg_with(member: &str, typed: &str) -> ItineraryLeg {
    let mut leg = leg();
    match member {
        "division" => leg.division = typed.parse().expect("a number"),
        "from" => leg.from = typed.to_owned(),
        "until" => leg.until = typed.to_owned(),
        "transport" => leg.transport = typed.to_owned(),
        "number" => leg.number = typed.to_owned(),
        _ => panic!("{member}"),
    }
    leg
}

#[test]
fn each_member_of_a_leg_is_checked_and_named() {
    let long = "1".repeat(17);
    for (member, typed, code) in [
        ("division", "1", "answer_division_unknown"),
        ("from", "2020-02-30", "answer_not_a_date"),
        ("from", "2020-2-28", "answer_not_a_date"),
        ("from", "2010-02-28", "answer_date_too_early"),
        ("until", "2020-02-27", "itinerary_until_before_from"),
        ("until", "2030-02-27", "answer_date_too_late"),
        ("until", "", "answer_not_a_date"),
        ("transport", "taxi", "itinerary_transport_unknown"),
        ("transport", "", "itinerary_transport_unknown"),
        ("transport", "Train", "itinerary_transport_unknown"),
        ("number", "G1234（改签）", "itinerary_number_invalid"),
        ("number", &long, "itinerary_number_invalid"),
        ("number", "G1\n", "itinerary_number_invalid"),
        ("number", "G1\u{202e}", "itinerary_number_invalid"),
        ("number", "<b>", "itinerary_number_invalid"),
        ("number", "\u{e000}", "itinerary_number_invalid"),
    ] {
        let legs = vec![leg(), leg_with(member, typed)];
        let found = faults(Itinerary { legs }.check(TODAY, 0));
        assert_eq!(found, [(format!("legs.1.{member}"), code.to_owned())]);
    }
    for count in [0, 51] {
        let found = faults(
            Itinerary {
                legs: vec![leg(); count],
            }
            .check(TODAY, 0),
        );
        assert_eq!(
            found,
            [("legs".to_owned(), "itinerary_leg_count".to_owned())]
        );
    }
    assert!(
        Itinerary {
            legs: vec![leg(); 50]
        }
        .check(TODAY, 0)
        .is_ok()
    );
}

#[test]
fn what_was_right_on_the_phone_is_right_when_it_comes_late() {
    let old = ItineraryLeg {
        from: "2019-03-01".into(),
        ..leg()
    };
    let itinerary = Itinerary { legs: vec![old] };
    assert!(itinerary.check(TODAY, 0).is_ok());
    assert!(itinerary.check("2020-03-08", 0).is_err());
    assert!(itinerary.check("2020-03-08", 14).is_ok());
}

#[test]
fn all_faults_are_found_at_once() {
    let wrong = ItineraryLeg {
        division: 0,
        from: "x".into(),
        until: "y".into(),
        transport: "z".into(),
        number: "?".into(),
    };
    assert_eq!(
        faults(
            Itinerary {
                legs: vec![wrong; 2]
            }
            .check(TODAY, 0)
        )
        .len(),
        10
    );
}

#[test]
fn what_was_typed_is_cleaned_before_it_is_checked() {
    let typed = ItineraryLeg {
        from: "2020年2月28日".into(),
        until: "２０２０/2/29".into(),
        transport: "\u{202d}train ".into(),
        number: " Ｇ１２３４\u{feff}".into(),
        ..leg()
    };
    let cleaned = Itinerary { legs: vec![typed] }.cleaned();
    assert_eq!(cleaned.legs, [leg()]);
    assert_eq!(cleaned.cleaned(), cleaned);
}

#[test]
fn an_objection_says_something() {
    let correction = |statement: &str| Correction {
        receipt_sha256: "0".repeat(64),
        statement: statement.to_owned(),
    };
    for good in [
        "我没有去过那里。",
        "a\r\nb\tc\u{a0}d",
        &"字".repeat(2_000),
        "\u{feff}e\u{301}",
    ] {
        let cleaned = correction(good).cleaned();
        assert_eq!(faults(correction(good).check()), []);
        assert_eq!(faults(cleaned.check()), []);
        assert!(!cleaned.statement.contains(['\r', '\t', '\u{feff}']));
    }
    for (bad, code) in [
        ("", "answer_required"),
        (" \u{3000}\n", "answer_required"),
        ("\u{3164}\u{ad}\u{200d}", "answer_required"),
        (&"字".repeat(2_001), "answer_too_long"),
        (&"字".repeat(100_000), "answer_too_long"),
        ("a\0", "answer_character_forbidden"),
        ("a\u{f8ff}", "answer_character_private"),
    ] {
        assert_eq!(
            faults(correction(bad).check()),
            [("statement".to_owned(), code.to_owned())]
        );
    }
    for hash in ["", "0", &"g".repeat(64), &"A".repeat(64)] {
        let one = Correction {
            receipt_sha256: hash.to_owned(),
            ..correction("a")
        };
        assert_eq!(
            faults(one.check()),
            [(
                "receiptSha256".to_owned(),
                "answer_pattern_mismatch".to_owned()
            )]
        );
    }
}
