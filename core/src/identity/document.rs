//! Kinds of identity documents and the form of their numbers.
//!
//! Invariant: a number that is accepted is in its one normal form (upper case, no separators, an old resident number in
//! its form of today), and is not one of another kind. Which documents are one is [`super::document_key`]'s to say. A
//! well-formed number is no proof that the document exists: proofing the identity is the authority's duty.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::characters::fold_number;
use super::check_digits::{check_character_mod_11_2, check_digit_7_3_1};
use super::division::province_of;
use super::name::is_han;
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
        /// The number is, or nearly is, one of another kind than the one chosen.
        AnotherKind => "document_of_another_kind";
    }
}

crate::app_types! {
    describe as describe_document_types;

    /// Kinds of documents.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum DocumentKind {
        /// Resident identity card, GB 11643: 18 characters; the 15 digits of before 1999 are turned into these. Residence
        /// permits for people from Hong Kong, Macao (81, 82) and Taiwan (83) carry numbers of the same form and belong here.
        ResidentId,
        /// Passport of any country: 5 to 9 letters and digits (ICAO Doc 9303, part 4).
        Passport,
        /// Mainland travel permit for Hong Kong and Macao residents: H or M and 8 digits (10 on older cards).
        HkMacaoPermit,
        /// Mainland travel permit for Taiwan residents: 8 digits (older ones 10 and perhaps a letter).
        TaiwanPermit,
        /// Foreign permanent resident's card: 18 characters starting with 9, or the older 15.
        ForeignPermanentResident,
        /// Anything else: 4 to 32 letters, digits, `/`, `(` and `)`, or a soldier's `军字第1234567号`. Takes no number that
        /// could be one of the kinds above.
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
    if kind == DocumentKind::ResidentId {
        // What stands for the X of ten on keyboards without one.
        number = number.replace(
            ['\u{d7}', '\u{445}', '\u{425}', '\u{2169}', '\u{2179}', '*'],
            "X",
        );
    }
    let checked = check_form(kind, without_label(kind, &number));
    match checked {
        Err(DocumentError::Format)
            if kind != DocumentKind::Other && is_of_another(kind, &number) =>
        {
            Err(DocumentError::AnotherKind)
        }
        other => other,
    }
}

/// `number` is folded.
fn check_form(kind: DocumentKind, number: &str) -> Result<String, DocumentError> {
    let text = number.as_bytes();
    match kind {
        DocumentKind::ResidentId => return resident_id(number),
        DocumentKind::Passport => ensure((5..=9).contains(&text.len()) && all_alphanumeric(text))?,
        DocumentKind::HkMacaoPermit => ensure(is_hk_macao_permit(text))?,
        DocumentKind::TaiwanPermit => {
            let number: String = number.chars().filter(|c| !matches!(c, '(' | ')')).collect();
            ensure(is_taiwan_permit(number.as_bytes()))?;
            return Ok(number);
        }
        DocumentKind::ForeignPermanentResident => foreign_permanent_resident(text)?,
        DocumentKind::Other => return other_document(number),
    }
    Ok(number.to_owned())
}

/// What people copy along before a number: `身份证号码：`, `SFZ`, `No:`, `#`.
fn without_label(kind: DocumentKind, number: &str) -> &str {
    let of_any =
        |c: char| matches!(c, ':' | '#' | '\u{2116}') || is_han(c) && !matches!(c, '字' | '第');
    match kind {
        DocumentKind::ResidentId => {
            number.trim_start_matches(|c: char| of_any(c) || c.is_ascii_uppercase())
        }
        DocumentKind::Other => number.trim_start_matches(['#', '\u{2116}', ':']),
        _ => number.trim_start_matches(of_any),
    }
}

/// Whether a number that does not have the form of `kind` has that of another.
fn is_of_another(kind: DocumentKind, number: &str) -> bool {
    let is_soldiers = soldiers_card(number).is_some();
    let others = DocumentKind::ALL.into_iter().filter(|other| *other != kind);
    is_soldiers
        || others.into_iter().any(|other| match other {
            // Nearly everything has the form of some country's passport.
            DocumentKind::Passport => is_chinese_passport(number.as_bytes()),
            DocumentKind::Other => false,
            other => check_form(other, without_label(other, number)).is_ok(),
        })
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
        DocumentKind::Passport => nationality != "CHN" || is_chinese_passport(number.as_bytes()),
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

/// GB 11643-1999: 6 digits of division, 8 of birth date, 3 of sequence, check character. GB 11643-1989: the same with
/// two digits of the year and no check character; all who have one were born before 2000.
fn resident_id(number: &str) -> Result<String, DocumentError> {
    let text = number.as_bytes();
    let number = match text.len() {
        15 if all_digits(text) => {
            let digits = format!("{}19{}", &number[..6], &number[6..]);
            let check = check_character_mod_11_2(digits.as_bytes());
            format!("{digits}{check}")
        }
        _ => number.to_owned(),
    };
    let text = number.as_bytes();
    ensure_18(text)?;
    if text[0] == b'9' {
        return Err(DocumentError::AnotherKind);
    }
    // The check digit first: a mistyped digit is likelier than a made-up province.
    ensure_mod_11_2(text)?;
    is_resident_province(&text[..2])
        .then_some(())
        .ok_or(DocumentError::Province)?;
    date_of(&text[6..14]).ok_or(DocumentError::BirthDate)?;
    Ok(number)
}

/// With the regions whose people have residence permits.
fn is_resident_province(digits: &[u8]) -> bool {
    let province = number_of(digits);
    province_of(province * 10_000).is_some() || province == 83
}

/// H or M and 8 digits, the holder's for life; older cards add 2 that count renewals.
pub(super) fn is_hk_macao_permit(text: &[u8]) -> bool {
    matches!(text, [b'H' | b'M', digits @ ..] if matches!(digits.len(), 8 | 10) && all_digits(digits))
}

/// 8 digits, the holder's for life; older booklets add 2 that count renewals, and some a letter.
pub(super) fn is_taiwan_permit(text: &[u8]) -> bool {
    match text {
        [digits @ .., last] if text.len() == 11 => all_digits(digits) && last.is_ascii_uppercase(),
        _ => matches!(text.len(), 8 | 10) && all_digits(text),
    }
}

/// Anything that is not, and could not be taken for, a document of another kind.
fn other_document(number: &str) -> Result<String, DocumentError> {
    if let Some(card) = soldiers_card(number) {
        return Ok(card);
    }
    // What a label is stuck to is judged without it.
    let letters: String = number.chars().filter(char::is_ascii_alphanumeric).collect();
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '(' | ')');
    if is_like_another(&letters) {
        return Err(DocumentError::AnotherKind);
    }
    ensure((4..=32).contains(&number.len()) && !letters.is_empty() && number.chars().all(fits))?;
    Ok(number.to_owned())
}

/// The cards of officers, soldiers and armed police: `军字第1234567号`.
fn soldiers_card(number: &str) -> Option<String> {
    let (corps, digits) = number
        .split_once("字第")
        .or_else(|| number.split_once('字'))?;
    let digits = digits.trim_start_matches('第').trim_end_matches('号');
    let fits = (1..=4).contains(&corps.chars().count())
        && corps.chars().all(is_han)
        && (6..=10).contains(&digits.len())
        && all_digits(digits.as_bytes());
    fits.then(|| format!("{corps}字第{digits}号"))
}

/// Whether letters and digits could be a number of a named kind, with something typed before or behind it, or a digit
/// mistyped, left out or doubled.
fn is_like_another(letters: &str) -> bool {
    let text = letters.as_bytes();
    is_like_resident_id(text)
        || is_taiwan_permit(text)
        || foreign_permanent_resident(text).is_ok()
        || is_like_passport_or_permit(text)
}

/// 17 to 19 digits are a resident's number with a mistake in it; in fewer or more, one may stand: province and a day of
/// birth at their places. Letters that are read for digits are looked at as these, too.
fn is_like_resident_id(text: &[u8]) -> bool {
    let digits = |text: &[u8]| -> Vec<u8> {
        let is_part = |byte: &&u8| byte.is_ascii_digit();
        text.iter().filter(is_part).copied().collect()
    };
    let read: Vec<u8> = text
        .iter()
        .map(|byte| match byte {
            b'O' => b'0',
            b'I' | b'L' => b'1',
            other => *other,
        })
        .collect();
    holds_resident_id(&digits(text)) || holds_resident_id(&digits(&read))
}

fn holds_resident_id(digits: &[u8]) -> bool {
    let born = |digits: &[u8]| date_of(digits).is_some();
    let as_today = |digits: &[u8]| is_resident_province(&digits[..2]) && born(&digits[6..14]);
    let as_before = |digits: &[u8]| {
        is_resident_province(&digits[..2]) && born(&[b"19", &digits[6..12]].concat())
    };
    (17..=19).contains(&digits.len())
        || digits.windows(17).any(as_today)
        || digits.windows(15).any(as_before)
}

/// A passport of China's or a permit, also within more letters; any passport's letters and digits with more before or
/// behind than a passport has.
fn is_like_passport_or_permit(text: &[u8]) -> bool {
    let is_digit = |byte: &u8| byte.is_ascii_digit();
    let longest = text.split(|byte| !is_digit(byte)).map(<[u8]>::len).max();
    let runs = text.chunk_by(|a, b| is_digit(a) == is_digit(b));
    let mut before = b"".as_slice();
    for run in runs {
        if is_digit(&run[0]) {
            let last = before.last().copied().unwrap_or_default();
            let series = matches!(last, b'D' | b'E' | b'G' | b'H' | b'K' | b'M' | b'P' | b'S');
            let second = before.len() > 1
                && matches!(
                    before[before.len() - 2],
                    b'D' | b'E' | b'H' | b'K' | b'M' | b'P' | b'S'
                );
            if series && matches!(run.len(), 7..=10) || second && run.len() == 7 {
                return true;
            }
        }
        before = run;
    }
    let is_one_number = text.chunk_by(|a, b| is_digit(a) == is_digit(b)).count() == 2;
    is_one_number && text.len() > 9 && longest.is_some_and(|longest| (6..=9).contains(&longest))
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
fn is_chinese_passport(text: &[u8]) -> bool {
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

fn ensure_mod_11_2(text: &[u8]) -> Result<(), DocumentError> {
    if check_character_mod_11_2(&text[..17]) == char::from(text[17]) {
        Ok(())
    } else {
        Err(DocumentError::CheckDigit)
    }
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
