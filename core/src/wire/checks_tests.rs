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

#[test]
fn each_member_of_a_leg_is_checked_and_named() {
    let cases: [(&str, &str, fn(&mut ItineraryLeg)); 16] = [
        ("division", "answer_division_unknown", |leg| {
            leg.division = 1
        }),
        ("from", "answer_not_a_date", |leg| {
            leg.from = "2020-02-30".into()
        }),
        ("from", "answer_not_a_date", |leg| {
            leg.from = "2020-2-28".into()
        }),
        ("from", "answer_date_too_early", |leg| {
            leg.from = "2010-02-28".into()
        }),
        ("until", "itinerary_until_before_from", |leg| {
            leg.until = "2020-02-27".into()
        }),
        ("until", "answer_date_too_late", |leg| {
            leg.until = "2030-02-27".into()
        }),
        ("until", "answer_not_a_date", |leg| {
            leg.until = String::new()
        }),
        ("transport", "itinerary_transport_unknown", |leg| {
            leg.transport = "taxi".into()
        }),
        ("transport", "itinerary_transport_unknown", |leg| {
            leg.transport = String::new()
        }),
        ("transport", "itinerary_transport_unknown", |leg| {
            leg.transport = "Train".into()
        }),
        ("number", "itinerary_number_invalid", |leg| {
            leg.number = "G1234（改签）".into()
        }),
        ("number", "itinerary_number_invalid", |leg| {
            leg.number = "1".repeat(17)
        }),
        ("number", "itinerary_number_invalid", |leg| {
            leg.number = "G1\n".into()
        }),
        ("number", "itinerary_number_invalid", |leg| {
            leg.number = "G1\u{202e}".into()
        }),
        ("number", "itinerary_number_invalid", |leg| {
            leg.number = "<b>".into()
        }),
        ("number", "itinerary_number_invalid", |leg| {
            leg.number = "\u{e000}".into()
        }),
    ];
    for (member, code, change) in cases {
        let mut wrong = leg();
        change(&mut wrong);
        let found = faults(
            Itinerary {
                legs: vec![leg(), wrong],
            }
            .check(TODAY, 0),
        );
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
    let of = |statement: &str| Correction {
        receipt_sha256: "0".repeat(64),
        statement: statement.to_owned(),
    };
    for good in [
        "我没有去过那里。",
        "a\r\nb\tc\u{a0}d",
        &"字".repeat(2_000),
        "\u{feff}e\u{301}",
    ] {
        let cleaned = of(good).cleaned();
        assert_eq!(faults(of(good).check()), []);
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
            faults(of(bad).check()),
            [("statement".to_owned(), code.to_owned())]
        );
    }
    for hash in ["", "0", &"g".repeat(64), &"A".repeat(64)] {
        let one = Correction {
            receipt_sha256: hash.to_owned(),
            ..of("a")
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
