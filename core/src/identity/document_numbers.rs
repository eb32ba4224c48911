//! The forms of the numbers of documents of each named kind.
//!
//! Invariant: looks at letters and digits that were folded before, at one kind at a time; which kinds there are and
//! what people type around a number is [`super::document`]'s business.

use chrono::NaiveDate;

use super::check_digits::{check_character_mod_11_2, check_digit_7_3_1};
use super::division::province_of;

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

/// GB 11643-1999: 6 digits of division, 8 of birth date, 3 of sequence, check character. GB 11643-1989: the same with
/// two digits of the year and no check character; all who have one were born before 2000.
pub(super) fn resident_id(number: &str) -> Result<String, DocumentError> {
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
pub(super) fn is_resident_province(digits: &[u8]) -> bool {
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

/// Since 2023: 9, 2 digits of province, 3 of country, 8 of birth date, 3 of sequence, check character.
/// Before: 3 letters of country, 4 digits of division, 6 of birth date, 1 of sequence, check digit (7-3-1).
pub(super) fn foreign_permanent_resident(text: &[u8]) -> Result<(), DocumentError> {
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
pub(super) fn is_chinese_passport(text: &[u8]) -> bool {
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

pub(super) fn ensure(holds: bool) -> Result<(), DocumentError> {
    if holds {
        Ok(())
    } else {
        Err(DocumentError::Format)
    }
}

/// 17 digits and a digit or X.
pub(super) fn ensure_18(text: &[u8]) -> Result<(), DocumentError> {
    ensure(text.len() == 18 && all_digits(&text[..17]) && matches!(text[17], b'0'..=b'9' | b'X'))
}

pub(super) fn ensure_mod_11_2(text: &[u8]) -> Result<(), DocumentError> {
    if check_character_mod_11_2(&text[..17]) == char::from(text[17]) {
        Ok(())
    } else {
        Err(DocumentError::CheckDigit)
    }
}

pub(super) fn all_digits(text: &[u8]) -> bool {
    text.iter().all(u8::is_ascii_digit)
}

pub(super) fn all_alphanumeric(text: &[u8]) -> bool {
    text.iter().all(u8::is_ascii_alphanumeric)
}

/// Value of at most 9 ASCII digits.
pub(super) fn number_of(digits: &[u8]) -> u32 {
    digits
        .iter()
        .fold(0, |sum, byte| sum * 10 + u32::from(byte - b'0'))
}

/// `YYYYMMDD`, 1880 to 2199.
pub(super) fn date_of(digits: &[u8]) -> Option<NaiveDate> {
    let year = i32::try_from(number_of(&digits[..4])).ok()?;
    NaiveDate::from_ymd_opt(year, number_of(&digits[4..6]), number_of(&digits[6..8]))
        .filter(|_| (1880..2200).contains(&year))
}
