//! Phone numbers as people type them.
//!
//! Invariant: one phone has one normal form: a mainland mobile or landline as it is dialled at home (`13800138000`,
//! `057187654321`), any other as `+` and E.164 (`+442079460958`), an extension behind it as in RFC 3966 (`;ext=801`).
//! Numbers of other countries are judged by their numbering plans ([`super::phone_plan`]); that one is in use is not known.

use super::characters::clean_short;
use super::phone_plan::{self, Plan};

crate::coded_errors! {
    /// Why a phone number is refused.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum PhoneError {
        /// No country has numbers of this form.
        Invalid => "answer_phone_invalid";
        /// As long as a number within a city: what comes before it is missing.
        AreaCode => "phone_area_code_missing";
        /// Begins with no country's code.
        Country => "phone_country_unknown";
        /// Several numbers in one answer.
        Several => "phone_several";
    }
}

/// Most digits of a number with its country's code (ITU-T E.164, 6.2.1).
const MAX_DIGITS: usize = 15;
/// Most digits of an extension (RFC 3966 names no bound; switchboards use up to 7).
const MAX_EXTENSION: usize = 7;
/// What stands before an extension; the longer ones first.
const EXTENSION_MARKS: [&str; 14] = [
    ";ext=",
    "extension",
    "分机号",
    "分机",
    "分機",
    "内线",
    "內線",
    "ext.",
    "ext",
    "转",
    "轉",
    "#",
    "x",
    ",",
];

/// The number in its normal form.
///
/// # Errors
/// [`PhoneError`].
pub fn check_phone(text: &str) -> Result<String, PhoneError> {
    let text = clean_short(text).to_lowercase();
    // `tel:` (RFC 3966), `电话：`.
    let text = match text.rsplit_once(':') {
        Some((label, number)) if !label.contains(|c: char| c.is_ascii_digit()) => number,
        _ => &text,
    };
    let (number, extension) = split_extension(text);
    require_one(number)?;
    let dialled = digits(number).ok_or(PhoneError::Invalid)?;
    let normal = match (judge(&dialled), extension) {
        (Ok(normal), Some(extension)) => format!("{normal};ext={extension}"),
        (Ok(normal), None) => normal,
        // `0571-8765-4321-801`: what is behind the last dash may be an extension.
        (Err(error), None) => behind_dash(number).ok_or(error)?,
        (Err(error), Some(_)) => return Err(error),
    };
    Ok(normal)
}

/// What was dialled, digits alone, `+` before it where it was typed.
fn digits(number: &str) -> Option<String> {
    let mut dialled = String::with_capacity(number.len());
    for c in number.chars() {
        match c {
            '0'..='9' => dialled.push(c),
            '+' if dialled.is_empty() => dialled.push(c),
            ' ' | '-' | '.' | '(' | ')' | '[' | ']' | '/' | '~' | '\u{b7}' => {}
            _ => return None,
        }
    }
    Some(dialled)
}

fn judge(dialled: &str) -> Result<String, PhoneError> {
    let international = match dialled.strip_prefix('+') {
        // `+0086`: both ways to say it.
        Some(rest) => Some(rest.strip_prefix("00").unwrap_or(rest)),
        None => dialled.strip_prefix("00"),
    };
    if let Some(number) = international {
        return abroad(number);
    }
    if let Some(normal) = at_home(dialled) {
        return Ok(normal);
    }
    // The country's code without the sign before it.
    let without_zero = dialled.strip_prefix('0').unwrap_or(dialled);
    let with_code = without_zero
        .strip_prefix(phone_plan::HOME)
        .filter(|rest| rest.len() >= 10);
    if let Some(normal) = with_code.and_then(at_home_without_zero) {
        return Ok(normal);
    }
    match dialled.trim_start_matches('0').len() {
        7 | 8 if !dialled.starts_with('0') => Err(PhoneError::AreaCode),
        // 400 and 800 are services' numbers, not areas.
        9..=11 if at_home(&format!("0{dialled}")).is_some() && !dialled[1..].starts_with("00") => {
            Err(PhoneError::AreaCode)
        }
        _ => Err(PhoneError::Invalid),
    }
}

/// After the international prefix.
fn abroad(number: &str) -> Result<String, PhoneError> {
    let (code, national) = phone_plan::split(number).ok_or(PhoneError::Country)?;
    if code == phone_plan::HOME {
        return at_home_without_zero(national).ok_or(PhoneError::Invalid);
    }
    let plan = Plan::for_country(code).ok_or(PhoneError::Country)?;
    let national = plan.national(national).ok_or(PhoneError::Invalid)?;
    if code.len() + national.len() > MAX_DIGITS {
        return Err(PhoneError::Invalid);
    }
    Ok(format!("+{code}{national}"))
}

/// With the country's code before it, the zero of the area code may be there or not.
fn at_home_without_zero(number: &str) -> Option<String> {
    at_home(number).or_else(|| at_home(&format!("0{number}")))
}

/// Mobile (also with the zero that switchboards ask for), or area code and subscriber. Which areas and which series of
/// mobile numbers there are is not looked up: new ones are opened every year.
fn at_home(number: &str) -> Option<String> {
    let mobile = number.strip_prefix('0').unwrap_or(number);
    if mobile.len() == 11 && mobile.starts_with('1') && matches!(mobile.as_bytes()[1], b'3'..=b'9')
    {
        return Some(mobile.to_owned());
    }
    let area = match number.as_bytes() {
        [b'0', b'1', b'0', ..] | [b'0', b'2', ..] => 3,
        [b'0', b'3'..=b'9', ..] => 4,
        _ => return None,
    };
    let subscriber = number.get(area..)?;
    let fits = matches!(subscriber.len(), 7 | 8) && matches!(subscriber.as_bytes()[0], b'2'..=b'9');
    fits.then(|| number.to_owned())
}

/// The number and the digits of its extension.
fn split_extension(text: &str) -> (&str, Option<&str>) {
    for mark in EXTENSION_MARKS {
        if let Some((number, behind)) = text.split_once(mark) {
            let behind = behind.trim_matches([' ', ':', '.', '-', ')']);
            if is_extension(behind) {
                return (
                    number.trim_end_matches([' ', '-', '(', ',', ';']),
                    Some(behind),
                );
            }
        }
    }
    (text, None)
}

fn is_extension(text: &str) -> bool {
    (1..=MAX_EXTENSION).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn behind_dash(number: &str) -> Option<String> {
    let (number, extension) = number.rsplit_once('-')?;
    let dialled = digits(number)?;
    let normal = judge(&dialled).ok().filter(|_| is_extension(extension))?;
    Some(format!("{normal};ext={extension}"))
}

/// Several numbers are told from one with odd separators by each being long enough.
fn require_one(text: &str) -> Result<(), PhoneError> {
    let long = |part: &str| part.bytes().filter(u8::is_ascii_digit).count() >= 7;
    let parts = text.split(['/', ',', ';', '|', '或', '和', '&']);
    let pluses = text.matches('+').count();
    if parts.filter(|part| long(part)).count() > 1 || pluses > 1 {
        Err(PhoneError::Several)
    } else {
        Ok(())
    }
}

#[cfg(test)]
#[path = "phone_tests.rs"]
mod tests;
