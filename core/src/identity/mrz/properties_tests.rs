//! What check digits must catch, of any zone and any single mistake.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::layout::{self, Field};
use super::{Mrz, MrzFormat, read_mrz};

/// ICAO's check digit by its other formulation, weights by place, so that one slip is not made twice.
fn digit(text: &str) -> char {
    let mut sum = 0;
    for (place, c) in text.chars().enumerate() {
        let value = if c == '<' {
            0
        } else {
            c.to_digit(36).expect("a zone's character")
        };
        sum += value
            * match place % 3 {
                0 => 7,
                1 => 3,
                _ => 1,
            };
    }
    char::from_digit(sum % 10, 10).expect("a digit")
}

fn value(byte: u8) -> u32 {
    char::from(byte).to_digit(36).unwrap_or(0)
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 26).expect("a day")
}

fn zones() -> impl Strategy<Value = (MrzFormat, Vec<String>)> {
    let date = (0..100_u32, 1..=12_u32, 1..=28_u32)
        .prop_map(|(year, month, day)| format!("{year:02}{month:02}{day:02}"));
    let states = prop::sample::select(vec!["UTO", "D<<", "KOR", "SAU", "USA"]);
    (
        prop::sample::select(vec![MrzFormat::Td1, MrzFormat::Td2, MrzFormat::Td3]),
        "[A-Z0-9]{5,9}",
        date.clone(),
        date,
        states,
        "[A-Z]{1,10}<<[A-Z]{1,10}",
        "[A-Z0-9]{0,7}",
    )
        .prop_map(|(format, number, birth, expiry, state, name, optional)| {
            let number = format!("{number:<<9}");
            let number = format!("{number}{}", digit(&number));
            let birth = format!("{birth}{}", digit(&birth));
            let expiry = format!("{expiry}{}", digit(&expiry));
            let lines = match format {
                MrzFormat::Td1 => {
                    let first = format!("{number}{optional:<<15}");
                    let covered = format!("{first}{birth}{expiry}<<<<<<<<<<<");
                    let second = format!("{birth}F{expiry}{state}<<<<<<<<<<<{}", digit(&covered));
                    vec![format!("I<UTO{first}"), second, format!("{name:<<30}")]
                }
                MrzFormat::Td2 => {
                    let optional = format!("{optional:<<7}");
                    let check = digit(&format!("{number}{birth}{expiry}{optional}"));
                    let second = format!("{number}{state}{birth}F{expiry}{optional}{check}");
                    vec![format!("I<UTO{name:<<31}"), second]
                }
                MrzFormat::Td3 => {
                    let optional = format!("{optional:<<14}");
                    let optional = format!("{optional}{}", digit(&optional));
                    let check = digit(&format!("{number}{birth}{expiry}{optional}"));
                    let second = format!("{number}{state}{birth}F{expiry}{optional}{check}");
                    vec![format!("P<UTO{name:<<39}"), second]
                }
            };
            (format, lines)
        })
}

fn read(lines: &[String]) -> Mrz {
    read_mrz(&lines.join("\n"), today()).expect("a zone")
}

/// Every place that some check digit covers, and the check digits.
fn covered(format: MrzFormat) -> Vec<(usize, usize)> {
    let layout = layout::of(format);
    let fields = layout.covered.iter().chain([&layout.composite]);
    let places = |field: &Field| {
        let line = field.line;
        (field.start..field.start + field.len).map(move |at| (line, at))
    };
    fields.flat_map(places).collect()
}

proptest! {
    #[test]
    fn a_sound_zone_is_read_without_a_fault((_, lines) in zones()) {
        let zone = read(&lines);
        prop_assert!(zone.is_sound() && zone.corrections.is_empty(), "{:?}", zone.faults);
    }

    /// But for characters that are alike modulo 10, which no check digit of ICAO's tells apart.
    #[test]
    fn a_single_wrong_character_is_noticed((format, lines) in zones(), at in any::<prop::sample::Index>(), with in "[A-Z0-9<]") {
        let places = covered(format);
        let (line, at) = places[at.index(places.len())];
        let mut bytes = lines[line].clone().into_bytes();
        let (before, with) = (bytes[at], with.as_bytes()[0]);
        prop_assume!(value(before) % 10 != value(with) % 10);
        bytes[at] = with;
        let mut changed = lines.clone();
        changed[line] = String::from_utf8(bytes).expect("ASCII");
        let zone = read(&changed);
        // Noticed: a fault, or a look-alike that was read as the very character it stands for, and said so.
        let restored = zone.corrections.iter().any(|one| {
            one.line as usize == line + 1 && one.column as usize == at + 1 && one.taken.as_bytes() == [before]
        });
        prop_assert!(!zone.is_sound() || restored, "{changed:?}");
        prop_assert!(zone.is_sound() || !zone.faults.is_empty());
    }

    #[test]
    fn a_correction_never_makes_a_wrong_zone_sound((format, lines) in zones(), at in any::<prop::sample::Index>(), with in "[A-Z]") {
        let layout = layout::of(format);
        let field = [layout.birth, layout.expiry][at.index(2)];
        let at = field.start + at.index(field.len);
        let mut bytes = lines[field.line].clone().into_bytes();
        let before = bytes[at];
        bytes[at] = with.as_bytes()[0];
        let mut changed = lines.clone();
        changed[field.line] = String::from_utf8(bytes).expect("ASCII");
        let zone = read(&changed);
        if zone.is_sound() {
            prop_assert_eq!(&zone.corrections[0].taken, &char::from(before).to_string());
        }
    }

    #[test]
    fn no_text_panics(text in any::<String>(), lines in prop::collection::vec("[A-Z0-9<]{30}", 3), td3 in prop::collection::vec("[A-Z0-9<]{44}", 2), td2 in prop::collection::vec("[A-Z0-9<]{36}", 2)) {
        let _ = read_mrz(&text, today());
        for lines in [lines, td3, td2] {
            let _ = read_mrz(&lines.join("\n"), today());
        }
    }
}
