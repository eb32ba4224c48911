//! Views in words, mappings, doors; tomorrow's data.

use chrono::NaiveDate;

use super::{
    CheckedColour, EntryStage, EntryStep, MrzLevel, colour_at_door, compare_names, elsewhere,
    explain_document, mrz_view,
};
use crate::code::{Refusal, VerdictLevel};
use crate::colour::Colour;
use crate::identity::DocumentKind;
use crate::identity::mrz::NameComparison;
use crate::testing::nation::{HANGZHOU, Nation, WUHAN};
use crate::trust::{ColourTone, Scheme};
use crate::words::{Language, LanguageTag, LocalizedText};

const ERIKSSON: &str =
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

#[test]
fn a_zone_is_shown_with_words_places_and_a_next_step() {
    for language in Language::ALL {
        for (text, today, level, faults) in [
            (ERIKSSON.to_owned(), "2012-04-15", MrzLevel::Sound, 0),
            (ERIKSSON.to_owned(), "2020-01-01", MrzLevel::Expired, 0),
            (
                ERIKSSON.replace("7408122", "7408132"),
                "2012-04-15",
                MrzLevel::Check,
                2,
            ),
            ("no zone".to_owned(), "2012-04-15", MrzLevel::Unread, 1),
        ] {
            let view = mrz_view(&text, day(today), language);
            assert_eq!((view.level, view.faults.len()), (level, faults), "{text}");
            assert!(
                !view.title.is_empty() && !view.spoken.is_empty() && !view.next_step.is_empty()
            );
            for fault in &view.faults {
                assert!(fault.text != fault.code && !fault.text.is_empty());
                assert_eq!(fault.place.is_empty(), fault.line == 0);
            }
        }
        let corrected = mrz_view(
            &ERIKSSON.replace("7408122", "74O8122"),
            day("2012-04-15"),
            language,
        );
        assert_eq!(
            (corrected.level, corrected.corrections.len()),
            (MrzLevel::Sound, 1)
        );
        assert!(corrected.corrections[0].contains('O') && corrected.corrections[0].contains('0'));
    }
}

#[test]
fn names_are_shown_side_by_side() {
    let compared = |name| compare_names(name, ERIKSSON, day("2020-01-01"), Language::English);
    let same = compared("Anna-Maria Eriksson").expect("a zone");
    assert_eq!(
        (same.comparison, same.in_document.as_str()),
        (NameComparison::Same, "ANNA MARIA ERIKSSON")
    );
    let other = compared("Anna Erikson").expect("a zone");
    assert_eq!(
        (other.comparison, other.typed.as_str()),
        (NameComparison::Differs, "Anna Erikson")
    );
    assert_ne!(other.text, same.text);
    assert!(compare_names("Anna", "no zone", day("2020-01-01"), Language::English).is_none());
}

#[test]
fn documents_are_explained_and_judged() {
    let explain = |kind, number| explain_document(kind, number, Language::English);
    let permit = explain(DocumentKind::ResidentId, "810000 19940823 0021");
    assert_eq!(permit.title, "Residence permit for Hong Kong residents");
    assert_eq!(permit.born_on.as_deref(), Some("1994-08-23"));
    let card = explain(DocumentKind::ForeignPermanentResident, "911124198108030023");
    assert_eq!(card.fault.as_deref(), Some("document_check_digit"));
    assert!(card.number.is_none() && !card.fault_text.is_empty());
    for language in Language::ALL {
        for kind in DocumentKind::ALL {
            let blank = explain_document(kind, "", language);
            assert!(blank.fault.is_none() && blank.fault_text.is_empty() && !blank.form.is_empty());
        }
    }
}

#[test]
fn red_of_the_international_scheme_is_orange_in_tone_shape_and_words() {
    for language in Language::ALL {
        let mut shapes = std::collections::BTreeSet::new();
        for scheme in [Scheme::Domestic, Scheme::International] {
            for colour in Colour::ALL {
                let words = scheme.words(colour, language);
                assert!(
                    !words.word.is_empty() && !words.title.is_empty() && !words.spoken.is_empty()
                );
                shapes.insert((words.shape, words.word));
            }
        }
        assert_eq!(shapes.len(), 4);
        let orange = Scheme::International.words(Colour::Red, language);
        assert_eq!(
            (orange.tone, orange.shape.as_str()),
            (ColourTone::Orange, "\u{25c6}")
        );
    }
}

#[test]
fn a_mapping_is_told_to_the_citizen_and_at_the_door_alike() {
    let nation = Nation::at(1_795_485_600);
    let english = LanguageTag::new("en");
    let orange = (Scheme::International, Colour::Red);
    let there = elsewhere(&nation.trust, HANGZHOU, orange, WUHAN, &english);
    assert_eq!(
        (there.local_colour, there.there.tone),
        (Colour::Yellow, ColourTone::Yellow)
    );
    assert_eq!(there.rule_id.as_deref(), Some("HB-ORANGE"));
    assert!(
        there.title.contains("Orange") && there.title.contains("HB-ORANGE"),
        "{}",
        there.title
    );
    assert!(!there.is_admitted && there.spoken.contains("Yellow"));
    // At home, and where no rule is, it is what it is.
    for (division, name) in [(HANGZHOU, "Hangzhou"), (110_000, "110000")] {
        let same = elsewhere(&nation.trust, HANGZHOU, orange, division, &english);
        assert_eq!((same.there.tone, same.rule_id), (ColourTone::Orange, None));
        assert_eq!(same.region_name, name);
    }
    let green = elsewhere(
        &nation.trust,
        HANGZHOU,
        (Scheme::International, Colour::Green),
        WUHAN,
        &english,
    );
    assert!(green.is_admitted && green.rule_id.is_none());

    let checked = CheckedColour {
        colour: Colour::Red,
        scheme: Scheme::International,
        local_colour: Some(Colour::Yellow),
        rule_id: Some("HB-ORANGE".to_owned()),
        rule_text: Some(LocalizedText::new(
            "An orange code counts as yellow.",
            "橙码按黄码管理。",
        )),
        refusal: Some(Refusal::ColourNotAdmitted),
        status_checked: true,
    };
    for language in Language::ALL {
        let door = colour_at_door(&checked, &LanguageTag::new(language.tag()));
        assert_eq!(
            (door.own.tone, door.here.tone),
            (ColourTone::Orange, ColourTone::Yellow)
        );
        assert_eq!((door.level, door.is_mapped), (VerdictLevel::Check, true));
        assert!(door.title.contains("HB-ORANGE") && !door.next_step.is_empty());
        assert!(door.rule_text.is_some_and(|text| !text.is_empty()));
    }
    let unmapped = CheckedColour {
        local_colour: None,
        rule_id: None,
        rule_text: None,
        ..checked
    };
    let door = colour_at_door(&unmapped, &english);
    assert_eq!(
        (door.here.tone, door.level),
        (ColourTone::Orange, VerdictLevel::Stop)
    );
}

#[test]
fn each_stage_of_an_entry_has_its_step() {
    for stage in EntryStage::ALL {
        let needs_somebody = !matches!(stage, EntryStage::NotAVisitor | EntryStage::Done);
        assert_eq!(stage.step() != EntryStep::None, needs_somebody);
    }
}

/// A scheme that a later version signed is shown in the strictest words, and the receipt counts.
#[test]
fn a_scheme_of_tomorrow_is_carried() {
    let read = |scheme: serde_json::Value| {
        let receipt = serde_json::json!({
            "citizenId": "c", "colour": "red", "scheme": scheme, "reason": "clear", "ruleSetId": "r",
            "ruleSetVersion": 1, "ruleId": "x", "since": 0, "facts": {}, "decidedAt": 0,
        });
        serde_json::from_value::<crate::wire::Receipt>(receipt)
    };
    let scheme = |id: &str| read(id.into()).expect("a receipt").scheme;
    assert_eq!(scheme("international"), Scheme::International);
    assert_eq!(scheme("of-tomorrow"), Scheme::Domestic);
    assert!(read(1.into()).is_err());
}
