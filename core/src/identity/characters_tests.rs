//! Cleaning: what goes, what stays, what is told.

use icu_normalizer::properties::CanonicalCombiningClassMapBorrowed;
use proptest::prelude::*;

use super::{CharacterFault, Lines, clean_short, clean_text, fold_number, shows_nothing};

#[test]
fn texts_are_cleaned_where_it_is_harmless() {
    for (typed, one_line, lines) in [
        ("  王小明 ", "王小明", "王小明"),
        ("\u{202d}文三路 1 号\u{202c}", "文三路 1 号", "文三路 1 号"),
        ("\u{feff}文三路", "文三路", "文三路"),
        (
            "文三路\u{a0}1\u{2009}号\t楼",
            "文三路 1 号 楼",
            "文三路 1 号 楼",
        ),
        ("文三路\u{3000}1", "文三路\u{3000}1", "文三路\u{3000}1"),
        ("a\r\nb\rc\u{2028}d", "a b c d", "a\nb\nc\nd"),
        ("a\u{ad}b\u{200b}c\u{2060}d\u{e0041}", "abcd", "abcd"),
        ("e\u{301}", "é", "é"),
        ("한글", "한글", "한글"),
        ("葛\u{e0100}城", "葛城", "葛城"),
        ("\u{e863}\u{2f00}", "䶮一", "䶮一"),
        // A joiner that Persian and Sinhala need, a variation that Mongolian needs; nowhere else.
        ("می\u{200c}خواهم", "می\u{200c}خواهم", "می\u{200c}خواهم"),
        (
            "ක\u{dca}\u{200d}ර",
            "ක\u{dca}\u{200d}ර",
            "ක\u{dca}\u{200d}ර",
        ),
        ("ᠮᠣᠩᠭᠣᠯ\u{180b}", "ᠮᠣᠩᠭᠣᠯ\u{180b}", "ᠮᠣᠩᠭᠣᠯ\u{180b}"),
        ("a\u{200d}b\u{180b}", "ab", "ab"),
        ("م\u{200d}", "م", "م"),
    ] {
        assert_eq!(
            clean_text(typed, Lines::One).as_deref(),
            Ok(one_line),
            "{typed:?}"
        );
        assert_eq!(
            clean_text(typed, Lines::Many).as_deref(),
            Ok(lines),
            "{typed:?}"
        );
    }
}

#[test]
fn what_cannot_stay_is_named_with_its_place() {
    for (typed, character, place) in [
        ("ab\0", '\0', 3),
        ("\u{202d}a\u{1b}", '\u{1b}', 3),
        ("王\u{e000}", '\u{e000}', 2),
        ("\u{f0000}", '\u{f0000}', 1),
        ("caf\u{fffd}", '\u{fffd}', 4),
        ("\u{fff9}", '\u{fff9}', 1),
        ("\u{fdd0}\u{1ffff}", '\u{fdd0}', 1),
    ] {
        let fault = CharacterFault { character, place };
        assert_eq!(clean_text(typed, Lines::One), Err(fault), "{typed:?}");
        let private = matches!(character, '\u{e000}' | '\u{f0000}');
        assert_eq!(fault.is_private(), private);
    }
}

#[test]
fn short_texts_are_ascii_wherever_they_can() {
    for (typed, short) in [
        ("ＡＢ\u{3000}１２～", "AB 12~"),
        ("\u{202d}138\u{a0}0000\u{a0}1234\u{202c}", "138 0000 1234"),
        ("٠١٢٣ ۰۱۲۳ ०१२३ ༠༡༢ ᠐᠑᠒", "0123 0123 0123 012 012"),
        ("１‐２–３−４", "1-2-3-4"),
        ("王小明", "王小明"),
    ] {
        assert_eq!(clean_short(typed), short, "{typed:?}");
    }
    assert_eq!(
        fold_number("１１0105 19491231–００２ｘ"),
        "11010519491231002X"
    );
}

#[test]
fn nothing_is_shown_by_fillers() {
    for nothing in [
        "",
        " \u{3000}",
        "\u{3164}",
        "\u{ad}",
        "\u{200d}",
        "\u{2060}\u{feff}",
        "\u{115f}\u{1160}",
        "\u{2800}\u{a0}",
    ] {
        assert!(shows_nothing(nothing), "{nothing:?}");
    }
    assert!(!shows_nothing("!") && !shows_nothing("\u{3164}a"));
}

/// A letter has no combining class: what the rule for names takes for a mark is one.
#[test]
fn marks_are_told_by_their_class() {
    let class = CanonicalCombiningClassMapBorrowed::new();
    assert_ne!(class.get_u8('\u{301}'), 0);
    assert_eq!(class.get_u8('é'), 0);
}

proptest! {
    #[test]
    fn cleaning_twice_changes_nothing(text in any::<String>(), odd in "[\u{200b}-\u{200f}\r\n a\u{301}م\u{1820}\u{180b}e]{0,12}") {
        for text in [text, odd] {
            for lines in [Lines::One, Lines::Many] {
                if let Ok(clean) = clean_text(&text, lines) {
                    prop_assert_eq!(clean_text(&clean, lines), Ok(clean));
                }
            }
            let short = clean_short(&text);
            prop_assert_eq!(clean_short(&short), short.clone());
            prop_assert_eq!(fold_number(&fold_number(&text)), fold_number(&text));
        }
    }
}
