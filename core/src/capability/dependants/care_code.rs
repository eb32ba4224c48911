//! A code that one side of a care shows and the other scans or types.
//!
//! Invariant: twelve letters and digits with one spelling; what people read wrong (O for 0, I and L for 1), small letters,
//! spaces and hyphens do not matter, and one that was mistyped in a single place is told before it is sent. It is random and
//! says nothing.

use serde::{Deserialize, Serialize};

use crate::ports::{Entropy, PortError};

/// Crockford's base 32, of which each can be told from the others by eye.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters, the last of which checks the others.
const CHARS: usize = 12;
/// What a picture of it begins with, so that nothing else is taken for it.
const SCHEME: &str = "JKC1:";

/// Such a code: 55 random bits and a check.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CareCode(String);

impl CareCode {
    /// A new one.
    ///
    /// # Errors
    /// What `entropy` returns.
    pub fn generate(entropy: &dyn Entropy) -> Result<Self, PortError> {
        let mut random = [0_u8; CHARS - 1];
        entropy.fill(&mut random)?;
        let mut code: String = random.iter().map(|byte| letter(*byte)).collect();
        code.push(check(code.as_bytes()));
        Ok(Self(code))
    }

    /// Reads what somebody typed, or what a picture says; none for what is no such code.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() > 64 {
            return None;
        }
        let text = text.strip_prefix(SCHEME).unwrap_or(text);
        let kept = text
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{2010}'..='\u{2015}'));
        let code: String = kept
            .map(|c| match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                // Full width, as Chinese keyboards write.
                c @ '\u{ff01}'..='\u{ff5e}' => {
                    char::from_u32(u32::from(c) - 0xfee0).map_or(c, |c| c.to_ascii_uppercase())
                }
                c => c,
            })
            .collect();
        let is_of_alphabet = code.bytes().all(|byte| ALPHABET.contains(&byte));
        let (last, rest) = code.as_bytes().split_last()?;
        (code.len() == CHARS && is_of_alphabet && char::from(*last) == check(rest))
            .then_some(Self(code))
    }

    /// Twelve characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// In groups of four, as it is read out: `7K3M-99TX-V0QD`.
    #[must_use]
    pub fn grouped(&self) -> String {
        let groups: Vec<&str> = (0..CHARS)
            .step_by(4)
            .map(|at| &self.0[at..at + 4])
            .collect();
        groups.join("-")
    }

    /// What its picture says.
    #[must_use]
    pub fn picture_text(&self) -> String {
        format!("{SCHEME}{}", self.0)
    }
}

fn letter(value: u8) -> char {
    char::from(ALPHABET[usize::from(value % 32)])
}

/// The sum of the values, each times an odd number of its own: another letter in one place is another sum.
fn check(code: &[u8]) -> char {
    let value = |byte: &u8| {
        ALPHABET
            .iter()
            .position(|it| it == byte)
            .unwrap_or_default()
    };
    let weighed = code.iter().enumerate();
    let sum: usize = weighed.map(|(at, byte)| value(byte) * (2 * at + 1)).sum();
    char::from(ALPHABET[sum % 32])
}

impl TryFrom<String> for CareCode {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, &'static str> {
        let code = Self::parse(&text).filter(|code| code.0 == text);
        code.ok_or("not a care code in its normal form")
    }
}

impl From<CareCode> for String {
    fn from(code: CareCode) -> Self {
        code.0
    }
}

crate::hidden_debug!(CareCode);

#[cfg(test)]
mod tests {
    use super::{ALPHABET, CareCode};
    use crate::testing::entropy::FixedEntropy;

    #[test]
    fn what_people_type_is_the_code_and_a_mistake_is_none() {
        let entropy = FixedEntropy::new(7);
        for _ in 0..50 {
            let code = CareCode::generate(&entropy).expect("a code");
            let grouped = code.grouped();
            assert_eq!(grouped.len(), 14);
            let typed = [
                code.as_str().to_owned(),
                code.picture_text(),
                grouped.clone(),
                format!("  {} ", grouped.to_lowercase()),
                grouped
                    .replace('0', "o")
                    .replace('1', "l")
                    .replace('-', " "),
                grouped.replace('-', "\u{2014}"),
            ];
            for typed in typed {
                assert_eq!(CareCode::parse(&typed).as_ref(), Some(&code), "{typed}");
            }
            for at in 0..12 {
                for other in ALPHABET {
                    let mut mistyped = code.as_str().as_bytes().to_vec();
                    mistyped[at] = *other;
                    let mistyped = String::from_utf8(mistyped).expect("ASCII");
                    let is_same = mistyped == code.as_str();
                    assert_eq!(CareCode::parse(&mistyped).is_some(), is_same);
                }
            }
        }
        let long = "0".repeat(65);
        for text in ["", "0", "JKC1:", "JKM1:000000000000", "00000000000é", &long] {
            assert_eq!(CareCode::parse(text), None, "{text}");
        }
        assert_eq!(CareCode::parse("０００００００００００").map(|_| ()), None);
        assert!(CareCode::parse("００００００００００００").is_some());
        let json = serde_json::from_str::<CareCode>("\"0000-0000-0000\"");
        assert!(json.is_err(), "one spelling on the wire");
    }
}
