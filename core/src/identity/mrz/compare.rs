//! A name that somebody typed, against that of a zone.
//!
//! Invariant: "differs" is said only of letters that the tables have; a name in another script cannot be told. Nothing is
//! matched silently: the caller shows both names.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Mrz;
use super::transliteration::{ways, words};

crate::app_types! {
    describe as describe_name_comparison;

    /// What a machine can say of two names.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "snake_case")]
    pub enum NameComparison {
        /// The same by the tables of ICAO Doc 9303, in this order or with the surname first.
        Same,
        /// The same as far as the zone has room.
        SameAsFarAsShown,
        /// Another one.
        Differs,
        /// A letter that the tables do not have, or Arabic, which passports seldom write by them: people compare.
        CannotTell,
    }
}

/// Compares; spaces, hyphens and apostrophes do not count.
#[must_use]
pub fn compare_name(typed: &str, zone: &Mrz) -> NameComparison {
    let typed: Vec<&str> = words(typed).collect();
    let letters = || typed.iter().flat_map(|word| word.chars());
    if typed.is_empty() || letters().any(|letter| ways(letter).is_none()) {
        return NameComparison::CannotTell;
    }
    let (surname, given) = (joined(&zone.surname), joined(&zone.given_names));
    let is_one = |cut: bool| {
        (0..=typed.len()).any(|at| {
            let (first, second) = typed.split_at(at);
            reads(first, &surname, cut) && reads(second, &given, cut)
                || reads(first, &given, cut) && reads(second, &surname, cut)
        })
    };
    if is_one(false) {
        NameComparison::Same
    } else if zone.is_name_cut && is_one(true) {
        NameComparison::SameAsFarAsShown
    } else if letters().any(is_arabic) {
        NameComparison::CannotTell
    } else {
        NameComparison::Differs
    }
}

/// Compares with surname and given names apart, each as a zone writes it, words parted by spaces or `<`: what can be said of the
/// surname and of the given names.
#[must_use]
pub fn compare_name_parts(
    typed: &str,
    surname: &str,
    given_names: &str,
) -> (NameComparison, NameComparison) {
    use NameComparison::{CannotTell, Differs, Same};
    let typed: Vec<&str> = words(typed).collect();
    let letters = || typed.iter().flat_map(|word| word.chars());
    if typed.is_empty() || letters().any(|letter| ways(letter).is_none()) {
        return (CannotTell, CannotTell);
    }
    let (surname, given): (String, String) =
        (words(surname).collect(), words(given_names).collect());
    let mut same = (false, false);
    for at in 0..=typed.len() {
        let (first, second) = typed.split_at(at);
        for (one, other) in [(first, second), (second, first)] {
            let found = (reads(one, &surname, false), reads(other, &given, false));
            if found == (true, true) {
                return (Same, Same);
            }
            // A name that nobody has is no match.
            same.0 |= found.0 && !surname.is_empty();
            same.1 |= found.1 && !given.is_empty();
        }
    }
    let other = if letters().any(is_arabic) {
        CannotTell
    } else {
        Differs
    };
    let said = |is_same| if is_same { Same } else { other };
    (said(same.0), said(same.1))
}

const fn is_arabic(letter: char) -> bool {
    matches!(letter, '\u{600}'..='\u{6ff}')
}

fn joined(name: &str) -> String {
    name.split(' ').collect()
}

/// Whether the letters of `typed` can be written as `zone`; `cut`: or begin with it.
fn reads(typed: &[&str], zone: &str, cut: bool) -> bool {
    if cut && (zone.is_empty() != typed.is_empty()) {
        return false;
    }
    let mut reached = BTreeSet::from([0]);
    for letter in typed.iter().flat_map(|word| word.chars()) {
        let mut next = BTreeSet::new();
        for at in reached {
            for way in ways(letter).unwrap_or_default() {
                let rest = zone.get(at..).unwrap_or_default();
                if rest.starts_with(way) {
                    next.insert(at + way.len());
                } else if cut && way.starts_with(rest) {
                    next.insert(zone.len());
                }
            }
        }
        reached = next;
    }
    reached.contains(&zone.len())
}
