//! Names of people: the one rule for the form, the registration and the code.
//!
//! Invariant: a name that is accepted shows a letter first, on whatever screen, and comes out the same when it is checked
//! again. Scripts are not judged: who has one letter, or sixty-four, or a mark above it, has that name.

use super::characters::{CharacterFault, Lines, clean_text, is_default_ignorable};

/// Longest name, characters.
const MAX_CHARACTERS: usize = 64;

/// Why a name is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NameError {
    /// Holds a character that cannot stay.
    Character(CharacterFault),
    /// Its first shown character is no letter, or nothing is shown.
    NoLetter,
    /// Longer than [`MAX_CHARACTERS`].
    TooLong,
}

/// The name in its normal form: cleaned and composed; one space between words, none between Han characters or beside a
/// middle dot, which is U+00B7 whatever dot was typed.
pub(crate) fn check_name(text: &str) -> Result<String, NameError> {
    let cleaned = clean_text(text, Lines::One).map_err(NameError::Character)?;
    let spaced: Vec<char> = cleaned
        .chars()
        // Variations of Han characters are a matter of fonts, and not all phones write them.
        .map(|c| if c == '\u{3000}' { ' ' } else { c })
        .collect();
    let mut name = String::with_capacity(cleaned.len());
    for (at, &c) in spaced.iter().enumerate() {
        let last = name.chars().next_back();
        let next = spaced[at + 1..].iter().find(|c| **c != ' ').copied();
        if c == ' ' {
            let joined = |c: Option<char>| c.is_none_or(|c| c == ' ' || is_middle_dot(c));
            let between_han = last.is_some_and(is_han) && next.is_some_and(is_han);
            if joined(last) || next.is_none_or(is_middle_dot) || between_han {
                continue;
            }
            name.push(' ');
        } else if is_middle_dot(c) || is_dot_of_han(c, last, next) {
            name.push('\u{b7}');
        } else {
            name.push(c);
        }
    }
    if !starts_with_letter(&name) {
        return Err(NameError::NoLetter);
    }
    if name.chars().count() > MAX_CHARACTERS {
        return Err(NameError::TooLong);
    }
    Ok(name)
}

/// Whether the first shown character is a letter; a mark that stands alone is none.
pub(crate) fn starts_with_letter(name: &str) -> bool {
    let first = name
        .chars()
        .find(|c| !c.is_whitespace() && !is_default_ignorable(*c));
    first.is_some_and(|c| c.is_alphabetic() && !is_mark(c) || c == '\u{3007}')
}

/// Unified ideographs (CJK, extensions A to J, compatibility) and the zero that names use.
pub(crate) const fn is_han(c: char) -> bool {
    matches!(c, '\u{3007}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3347f}')
}

/// Combining, by its class.
fn is_mark(c: char) -> bool {
    let class = icu_normalizer::properties::CanonicalCombiningClassMapBorrowed::new();
    class.get_u8(c) != 0
}

/// Dots that keyboards and fonts have for the one between the parts of a name.
const fn is_middle_dot(c: char) -> bool {
    matches!(
        c,
        '\u{b7}'
            | '\u{387}'
            | '\u{2022}'
            | '\u{2027}'
            | '\u{2219}'
            | '\u{22c5}'
            | '\u{30fb}'
            | '\u{ff65}'
            | '\u{2e31}'
            | '\u{a78f}'
    )
}

/// A full stop between two Han characters.
fn is_dot_of_han(c: char, last: Option<char>, next: Option<char>) -> bool {
    matches!(c, '.' | '\u{ff0e}' | '\u{3002}' | '\u{ff61}')
        && last.is_some_and(is_han)
        && next.is_some_and(is_han)
}
