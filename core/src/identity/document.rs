//! Kinds of identity documents and the form of their numbers.
//!
//! Invariant: a number that is accepted is in its one normal form (ASCII, upper case, no separators), so
//! the same document always compares equal. A well-formed number is no proof that the document exists:
//! proofing the identity is the authority's duty.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::characters::fold_number;
use super::division::province_of;
use crate::words::{self, Language};

crate::coded_errors! {
    /// Why a document number is refused.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum DocumentError {
        /// Length or characters do not fit the kind.
        Format => "document_number_format";
        /// A digit is wrong or two are swapped.
        CheckDigit => "document_check_digit";
        /// The first two digits name no province.
        Province => "document_province_unknown";
        /// The birth date inside is no date, or lies in the future.
        BirthDate => "document_birth_date_invalid";
        /// The document is of another nationality than the one declared.
        Nationality => "document_nationality_mismatch";
    }
}

crate::app_types! {
    describe as describe_document_types;

    /// Kinds of documents.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum DocumentKind {
        /// Resident identity card, GB 11643: 18 characters. Residence permits for people from Hong Kong, Macao
        /// (81, 82) and Taiwan (83) carry numbers of the same form and belong here.
        ResidentId,
        /// Passport of any country: 5 to 9 letters and digits (ICAO Doc 9303, part 4).
        Passport,
        /// Mainland travel permit for Hong Kong and Macao residents: H or M and 8 digits (10 on older cards).
        HkMacaoPermit,
        /// Mainland travel permit for Taiwan residents: 8 digits (older ones 10 and perhaps a letter).
        TaiwanPermit,
        /// Foreign permanent resident's card: 18 characters starting with 9, or the older 15.
        ForeignPermanentResident,
        /// Anything else: 4 to 32 letters, digits, `/`, `(` and `)`.
        Other,
    }
}

impl DocumentKind {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 6] = [
        Self::ResidentId,
        Self::Passport,
        Self::HkMacaoPermit,
        Self::TaiwanPermit,
        Self::ForeignPermanentResident,
        Self::Other,
    ];
    /// Stable snake_case id.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::ResidentId => "resident_id",
            Self::Passport => "passport",
            Self::HkMacaoPermit => "hk_macao_permit",
            Self::TaiwanPermit => "taiwan_permit",
            Self::ForeignPermanentResident => "foreign_permanent_resident",
            Self::Other => "other",
        }
    }
    /// The kind with this id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }
    /// The kind's name.
    #[must_use]
    pub fn name(self, language: Language) -> &'static str {
        words::text(&format!("document-kind-{}", self.id()), language).unwrap_or(self.id())
    }
}

/// Longest number looked at, in bytes; what is longer has no document's form.
const MAX_NUMBER_BYTES: usize = 128;

/// Checks a number and returns its normal form.
///
/// # Errors
/// [`DocumentError`], all but [`DocumentError::Nationality`].
pub fn check_document_number(kind: DocumentKind, number: &str) -> Result<String, DocumentError> {
    if number.len() > MAX_NUMBER_BYTES {
        return Err(DocumentError::Format);
    }
    let mut number = fold_number(number);
    if kind == DocumentKind::TaiwanPermit {
        number.retain(|c| !matches!(c, '(' | ')'));
    }
    let text = number.as_bytes();
    match kind {
        DocumentKind::ResidentId => {
            resident_id(text)?;
        }
        DocumentKind::Passport => ensure((5..=9).contains(&text.len()) && all_alphanumeric(text))?,
        DocumentKind::HkMacaoPermit => ensure(matches!(
            text,
            [b'H' | b'M', digits @ ..] if matches!(digits.len(), 8 | 10) && all_digits(digits)
        ))?,
        DocumentKind::TaiwanPermit => ensure(match text {
            [digits @ .., last] if text.len() == 11 => {
                all_digits(digits) && last.is_ascii_uppercase()
            }
            _ => matches!(text.len(), 8 | 10) && all_digits(text),
        })?,
        DocumentKind::ForeignPermanentResident => foreign_permanent_resident(text)?,
        DocumentKind::Other => ensure(
            (4..=32).contains(&text.len())
                && text.iter().any(u8::is_ascii_alphanumeric)
                && text
                    .iter()
                    .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'(' | b')')),
        )?,
    }
    Ok(number)
}

/// Whether a document goes with a nationality (GB/T 2659 alpha-3); `number` in normal form.
///
/// # Errors
/// [`DocumentError::Nationality`].
pub fn check_nationality(
    kind: DocumentKind,
    number: &str,
    nationality: &str,
) -> Result<(), DocumentError> {
    let chinese = matches!(nationality, "CHN" | "HKG" | "MAC" | "TWN");
    let fits = match kind {
        DocumentKind::ResidentId | DocumentKind::TaiwanPermit => chinese,
        DocumentKind::ForeignPermanentResident => !chinese,
        DocumentKind::Passport => nationality != "CHN" || chinese_passport(number.as_bytes()),
        // Since 2024 these permits are also issued to foreign permanent residents of the regions.
        DocumentKind::HkMacaoPermit | DocumentKind::Other => true,
    };
    if fits {
        Ok(())
    } else {
        Err(DocumentError::Nationality)
    }
}

/// The birth date inside a number that [`check_document_number`] accepted; none where the kind has none,
/// or only two digits of the year.
#[must_use]
pub fn birth_date(kind: DocumentKind, number: &str) -> Option<NaiveDate> {
    match kind {
        DocumentKind::ResidentId => date_of(number.as_bytes().get(6..14)?),
        DocumentKind::ForeignPermanentResident if number.len() == 18 => {
            date_of(number.as_bytes().get(6..14)?)
        }
        _ => None,
    }
}

/// GB 11643-1999: 6 digits of division, 8 of birth date, 3 of sequence, check character.
fn resident_id(text: &[u8]) -> Result<(), DocumentError> {
    ensure_18(text)?;
    // The check digit first: a mistyped digit is likelier than a made-up province.
    ensure_mod_11_2(text)?;
    let division = number_of(&text[..6]);
    province_of(division)
        .or((division / 10_000 == 83).then_some(83))
        .ok_or(DocumentError::Province)?;
    date_of(&text[6..14]).ok_or(DocumentError::BirthDate)?;
    Ok(())
}

/// Since 2023: 9, 2 digits of province, 3 of country, 8 of birth date, 3 of sequence, check character.
/// Before: 3 letters of country, 4 digits of division, 6 of birth date, 1 of sequence, check digit (7-3-1).
fn foreign_permanent_resident(text: &[u8]) -> Result<(), DocumentError> {
    if text.len() == 15 {
        ensure(text[..3].iter().all(u8::is_ascii_uppercase) && all_digits(&text[3..]))?;
        if check_digit_7_3_1(&text[..14]) != text[14] {
            return Err(DocumentError::CheckDigit);
        }
        province_of(number_of(&text[3..7]) * 100).ok_or(DocumentError::Province)?;
        let with_century = |century: &[u8]| date_of(&[century, &text[7..13]].concat());
        with_century(b"19")
            .or_else(|| with_century(b"20"))
            .ok_or(DocumentError::BirthDate)?;
        return Ok(());
    }
    ensure_18(text)?;
    ensure(text[0] == b'9')?;
    ensure_mod_11_2(text)?;
    province_of(number_of(&text[1..3]) * 10_000).ok_or(DocumentError::Province)?;
    date_of(&text[6..14]).ok_or(DocumentError::BirthDate)?;
    Ok(())
}

/// Series of passports issued by China, Hong Kong and Macao.
fn chinese_passport(text: &[u8]) -> bool {
    match text {
        [b'E' | b'G' | b'H' | b'K', digits @ ..] if digits.len() == 8 && all_digits(digits) => true,
        [b'E', series, digits @ ..] if digits.len() == 7 && all_digits(digits) => {
            series.is_ascii_uppercase() && !matches!(series, b'I' | b'O')
        }
        [b'D' | b'P' | b'S', digits @ ..] if all_digits(digits) => matches!(digits.len(), 7 | 8),
        [b'D' | b'P' | b'S', b'E', digits @ ..]
        | [b'H' | b'K', b'J', digits @ ..]
        | [b'M', b'A' | b'B', digits @ ..]
        | [b'1', b'4' | b'5', digits @ ..] => digits.len() == 7 && all_digits(digits),
        _ => false,
    }
}

fn ensure(holds: bool) -> Result<(), DocumentError> {
    if holds {
        Ok(())
    } else {
        Err(DocumentError::Format)
    }
}

/// 17 digits and a digit or X.
fn ensure_18(text: &[u8]) -> Result<(), DocumentError> {
    ensure(text.len() == 18 && all_digits(&text[..17]) && matches!(text[17], b'0'..=b'9' | b'X'))
}

/// ISO 7064 MOD 11-2: the digits, each weighted with 2^(places to its right), and the check character
/// (X = 10) leave 1 modulo 11. Horner's rule.
fn ensure_mod_11_2(text: &[u8]) -> Result<(), DocumentError> {
    let sum = text.iter().fold(0_u32, |sum, byte| {
        let value = if *byte == b'X' {
            10
        } else {
            u32::from(byte - b'0')
        };
        (sum * 2 + value) % 11
    });
    if sum == 1 {
        Ok(())
    } else {
        Err(DocumentError::CheckDigit)
    }
}

/// ICAO Doc 9303, part 3, 4.9: weights 7, 3, 1; A is 10.
fn check_digit_7_3_1(text: &[u8]) -> u8 {
    let sum: u32 = text
        .iter()
        .zip([7, 3, 1].into_iter().cycle())
        .map(|(byte, weight)| {
            let value = if byte.is_ascii_digit() {
                byte - b'0'
            } else {
                byte - b'A' + 10
            };
            u32::from(value) * weight
        })
        .sum();
    b'0' + u8::try_from(sum % 10).unwrap_or(0)
}

fn all_digits(text: &[u8]) -> bool {
    text.iter().all(u8::is_ascii_digit)
}

fn all_alphanumeric(text: &[u8]) -> bool {
    text.iter().all(u8::is_ascii_alphanumeric)
}

/// Value of at most 9 ASCII digits.
fn number_of(digits: &[u8]) -> u32 {
    digits
        .iter()
        .fold(0, |sum, byte| sum * 10 + u32::from(byte - b'0'))
}

/// `YYYYMMDD`, 1880 to 2199.
fn date_of(digits: &[u8]) -> Option<NaiveDate> {
    let year = i32::try_from(number_of(&digits[..4])).ok()?;
    NaiveDate::from_ymd_opt(year, number_of(&digits[4..6]), number_of(&digits[6..8]))
        .filter(|_| (1880..2200).contains(&year))
}

#[cfg(test)]
#[path = "document_tests.rs"]
mod tests;
