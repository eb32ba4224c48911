//! A code that a community desk gives somebody whose document it has seen.
//!
//! Invariant: 15 random characters and one that is made from them. One wrong character, and any two that changed places, are told
//! before anything is sent. There are no characters that are taken for one another (0 and O, 1 and I and L, 2 and Z, 5 and S, 8 and
//! B, U and V, and Q), and none of lower case. It says nothing of whose it is, and is never stored but as a keyed hash.

use sha2::{Digest as _, Sha256};

use crate::ports::{Entropy, PortError};

/// The characters: 23, a prime, on which the check depends.
const ALPHABET: &[u8; 23] = b"34679ACDEFGHJKMNPRTUWXY";
const CHARS: usize = 16;
/// What stands before the code in the square that a desk prints.
const SCANNED_PREFIX: &str = "JKA1:";
/// What the hash is made over, before the code.
const HASHED: &[u8] = b"health-code activation code v1\n";
/// Longest text that is looked at, bytes.
const MAX_TEXT_BYTES: usize = 256;

crate::coded_errors! {
    describe as describe_activation_code_error;

    /// What is wrong with a code as it was typed.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
    pub enum ActivationCodeError {
        /// Fewer than 16 characters: it may still be being typed.
        TooShort => "activation_code_too_short";
        /// More than 16.
        TooLong => "activation_code_too_long";
        /// A character that no code has.
        CharacterNotUsed => "activation_code_character_not_used";
        /// A character is wrong, or two have changed places.
        Mistyped => "activation_code_mistyped";
    }
}

/// A code that can be one.
#[derive(Clone, PartialEq, Eq)]
pub struct ActivationCode(String);

impl ActivationCode {
    /// A new one: 67 bits that nobody can guess.
    ///
    /// # Errors
    /// [`PortError::EntropyUnavailable`].
    pub fn generate(entropy: &dyn Entropy) -> Result<Self, PortError> {
        let mut values = Vec::with_capacity(CHARS);
        while values.len() < CHARS - 1 {
            let mut random = [0; 32];
            entropy.fill(&mut random)?;
            // 253 is 11 times 23: every character is as likely as any other.
            let fair = random.into_iter().filter(|byte| *byte < 253);
            values.extend(fair.map(|byte| u32::from(byte % 23)));
        }
        values.truncate(CHARS - 1);
        values.push(check_value(&values));
        Ok(Self(values.into_iter().map(character).collect()))
    }

    /// Reads what was typed or scanned: in any case and width, with any blanks and hyphens.
    ///
    /// # Errors
    /// [`ActivationCodeError`].
    pub fn parse(text: &str) -> Result<Self, ActivationCodeError> {
        let code = bare(text)?;
        if code.len() < CHARS {
            return Err(ActivationCodeError::TooShort);
        }
        let values: Vec<u32> = code.bytes().filter_map(value).collect();
        if weighted(&values) == 0 {
            Ok(Self(code))
        } else {
            Err(ActivationCodeError::Mistyped)
        }
    }

    /// As it is sent: 16 characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As people read it: four groups of four.
    #[must_use]
    pub fn in_groups(&self) -> String {
        in_groups(&self.0)
    }

    /// What stands in a square to be scanned.
    #[must_use]
    pub fn to_scan(&self) -> String {
        format!("{SCANNED_PREFIX}{}", self.0)
    }

    /// What a desk tells the authority of it.
    #[must_use]
    pub fn sha256(&self) -> [u8; 32] {
        Sha256::new()
            .chain_update(HASHED)
            .chain_update(&self.0)
            .finalize()
            .into()
    }
}

/// What was typed so far as people read it: four groups of four; none where it has a character that no code has, or too many.
#[cfg(feature = "holder")]
#[must_use]
pub fn typed_so_far(text: &str) -> Option<String> {
    bare(text).ok().map(|code| in_groups(&code))
}

/// The characters of a code, at most 16.
fn bare(text: &str) -> Result<String, ActivationCodeError> {
    if text.len() > MAX_TEXT_BYTES {
        return Err(ActivationCodeError::TooLong);
    }
    let narrow = text.chars().filter_map(narrow).collect::<String>();
    let code = narrow.strip_prefix(SCANNED_PREFIX).unwrap_or(&narrow);
    if !code.bytes().all(|byte| value(byte).is_some()) {
        return Err(ActivationCodeError::CharacterNotUsed);
    }
    if code.len() > CHARS {
        return Err(ActivationCodeError::TooLong);
    }
    Ok(code.to_owned())
}

/// The character in upper case and normal width; none for what only parts groups or directs text.
fn narrow(typed: char) -> Option<char> {
    let parts = |typed: char| {
        typed.is_whitespace()
            || matches!(typed, '-' | '.' | '·' | '_')
            || matches!(typed, '\u{200b}'..='\u{200f}' | '\u{2010}'..='\u{2015}' | '\u{202a}'..='\u{202e}')
            || matches!(typed, '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{ff0d}')
    };
    let wide = u32::from(typed);
    let narrow = match wide {
        0xff01..=0xff5e => char::from_u32(wide - 0xfee0),
        _ => Some(typed),
    };
    narrow
        .filter(|_| !parts(typed))
        .map(|one| one.to_ascii_uppercase())
}

fn in_groups(code: &str) -> String {
    let mut grouped = String::with_capacity(CHARS + 3);
    for (place, one) in code.chars().enumerate() {
        if place > 0 && place % 4 == 0 {
            grouped.push('-');
        }
        grouped.push(one);
    }
    grouped
}

fn value(character: u8) -> Option<u32> {
    let place = ALPHABET.iter().position(|one| *one == character)?;
    u32::try_from(place).ok()
}

fn character(value: u32) -> char {
    let place = usize::try_from(value % 23).unwrap_or_default();
    char::from(ALPHABET.get(place).copied().unwrap_or_default())
}

/// The sum of the values, each weighted with its place from 1, modulo 23. Weights that differ from each other and from 0 modulo a
/// prime find every wrong character and every two that changed places.
fn weighted(values: &[u32]) -> u32 {
    let weighted = (1..).zip(values).map(|(place, value)| place * value);
    weighted.sum::<u32>() % 23
}

/// The value whose character makes the sum 0.
fn check_value(values: &[u32]) -> u32 {
    let missing = (23 - weighted(values)) % 23;
    // 16 times 13 is 208, which is 9 times 23 and 1.
    missing * 13 % 23
}

crate::hidden_debug!(ActivationCode);
