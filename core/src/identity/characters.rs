//! Characters as people type and paste them: what is harmless is cleaned, what is not is named with its place.
//!
//! Invariant: cleaning twice changes nothing more. What is left can be seen, or is a joiner or a variation that the
//! script before it needs. Does not judge what a text says.

use std::borrow::Cow;

use icu_normalizer::ComposingNormalizerBorrowed;

use super::han::standard_han;

/// A character that cannot stay, and where it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct CharacterFault {
    pub(crate) character: char,
    /// Which character of the text it is, as typed, from 1.
    pub(crate) place: usize,
}

impl CharacterFault {
    /// Whether it is one that only some devices have a picture for (private use).
    pub(crate) const fn is_private(self) -> bool {
        is_private(self.character)
    }
}

/// What a text may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lines {
    /// One line: line breaks become spaces.
    One,
    /// Line breaks stay, as line feeds.
    Many,
}

/// A text as it is kept: invisible characters and characters that turn the text around are dropped, spaces of other
/// widths and tabs become spaces (the ideographic one stays), line ends are line feeds, characters are composed (NFC),
/// private-use code points that GB 18030 has since given a place get it; trimmed.
///
/// # Errors
/// The first control character, private-use or lost character.
pub(crate) fn clean_text(text: &str, lines: Lines) -> Result<String, CharacterFault> {
    let mut cleaned = String::with_capacity(text.len());
    let mut before = '\0';
    for (at, typed) in text.chars().enumerate() {
        let character = match standard_han(typed) {
            '\n' if before == '\r' => {
                before = typed;
                continue;
            }
            '\r' | '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => match lines {
                Lines::One => ' ',
                Lines::Many => '\n',
            },
            space if is_space(space) => ' ',
            other => other,
        };
        let last = cleaned.chars().next_back().unwrap_or(' ');
        before = typed;
        if is_default_ignorable(character) {
            if is_needed_after(character, last) {
                cleaned.push(character);
            }
        } else if is_lost(character)
            || is_private(character)
            || character != '\n' && character.is_control()
        {
            return Err(CharacterFault {
                character,
                place: at + 1,
            });
        } else {
            if is_joiner(last) && !character.is_alphanumeric() && !is_mark_like(character) {
                cleaned.pop();
            }
            cleaned.push(character);
        }
    }
    let trimmed = cleaned.trim().trim_end_matches(is_joiner).trim_end();
    Ok(compose(trimmed).into_owned())
}

/// Text in which only letters, digits and signs of ASCII count (numbers, phones, days): invisible characters are
/// dropped, all spaces and dashes are those of ASCII, full-width forms and the digits of all scripts are ASCII; trimmed.
pub(crate) fn clean_short(text: &str) -> String {
    let cleaned: String =
        text.chars()
            .filter(|c| !is_default_ignorable(*c))
            .map(|c| match c {
                '\r' | '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
                | '\u{3000}' => ' ',
                '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
                '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' => '-',
                '\u{fe62}' | '\u{207a}' => '+',
                '\u{fe52}' => '.',
                '\u{fe50}' | '\u{fe51}' | '\u{3001}' | '\u{66b}' => ',',
                space if is_space(space) => ' ',
                other => digit(other).unwrap_or(other),
            })
            .collect();
    cleaned.trim().to_owned()
}

/// As [`clean_short`], upper case, without the separators that people put into long numbers.
pub(crate) fn fold_number(text: &str) -> String {
    clean_short(text)
        .chars()
        .filter(|c| !matches!(c, ' ' | '-' | '.' | '_' | '\u{b7}'))
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

/// Canonically composed (NFC).
pub(crate) fn compose(text: &str) -> Cow<'_, str> {
    ComposingNormalizerBorrowed::new_nfc().normalize(text)
}

/// Whether the text shows nothing: spaces and invisible characters alone.
pub(crate) fn shows_nothing(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_whitespace() || is_space(c) || is_default_ignorable(c))
}

/// Default_Ignorable_Code_Point of Unicode 17: drawn as nothing, or only changes what stands around it.
pub(crate) const fn is_default_ignorable(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// Private use: what it looks like depends on the device.
const fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{ffffd}' | '\u{100000}'..='\u{10fffd}')
}

/// What stands for something that was lost or annotates: replacement and object characters, interlinear marks,
/// noncharacters.
const fn is_lost(c: char) -> bool {
    matches!(c, '\u{fff9}'..='\u{fffd}' | '\u{fdd0}'..='\u{fdef}') || c as u32 & 0xfffe == 0xfffe
}

/// Space separators but the ASCII and the ideographic one, the tab, and the pattern of Braille without dots.
const fn is_space(c: char) -> bool {
    matches!(
        c,
        '\t' | '\u{a0}' | '\u{1680}' | '\u{2000}'
            ..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{2800}'
    )
}

const fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// Joiners after scripts that join (Arabic to Mongolian, and the later blocks of South Asia), variations after
/// Mongolian letters.
const fn is_needed_after(c: char, last: char) -> bool {
    let joins = matches!(last, '\u{620}'..='\u{1cff}' | '\u{a800}'..='\u{abff}' | '\u{10a00}'..='\u{11fff}');
    let mongolian = matches!(last, '\u{1820}'..='\u{18aa}' | '\u{11660}'..='\u{1166c}');
    is_joiner(c) && joins || matches!(c, '\u{180b}'..='\u{180f}') && mongolian
}

/// A mark of one of the scripts that join.
const fn is_mark_like(c: char) -> bool {
    matches!(c, '\u{610}'..='\u{1cff}' | '\u{a800}'..='\u{abff}' | '\u{10a00}'..='\u{11fff}')
}

/// The digit of ASCII for a decimal digit of another script.
fn digit(c: char) -> Option<char> {
    const ZEROS: [u32; 36] = [
        0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6,
        0xe50, 0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90,
        0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0,
        0x10_4a0,
    ];
    let code = u32::from(c);
    if (0x1_d7ce..=0x1_d7ff).contains(&code) {
        return char::from_digit((code - 0x1_d7ce) % 10, 10);
    }
    let zero = ZEROS
        .iter()
        .find(|zero| (**zero..**zero + 10).contains(&code))?;
    char::from_digit(code - zero, 10)
}

crate::hidden_debug!(CharacterFault);

#[cfg(test)]
#[path = "characters_tests.rs"]
mod tests;
