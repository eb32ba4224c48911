//! Documents of no named kind, and what could be one of a named kind by mistake.
//!
//! Invariant: a number that is, or nearly is, that of a named kind is not taken here: its holder would be two citizens.

use super::document_numbers::{
    DocumentError, all_digits, date_of, ensure, foreign_permanent_resident, is_resident_province,
    is_taiwan_permit,
};
use super::name::is_han;

/// Anything that is not, and could not be taken for, a document of another kind.
pub(super) fn other_document(number: &str) -> Result<String, DocumentError> {
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
pub(super) fn soldiers_card(number: &str) -> Option<String> {
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
