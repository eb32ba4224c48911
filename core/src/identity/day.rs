//! Days as people type them.
//!
//! Invariant: what is accepted names one day of the calendar, whoever reads it: the year comes first, with four digits.
//! `3/4/2020` is two days and refused.

use chrono::NaiveDate;

use super::characters::clean_short;

/// A day in its one normal form, `YYYY-MM-DD`.
pub(crate) fn parse_date(text: &str) -> Option<NaiveDate> {
    let bytes = text.as_bytes();
    let formed = bytes.len() == 10
        && bytes.iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if formed {
        date(&text[..4], &text[5..7], &text[8..])
    } else {
        None
    }
}

/// A day as typed: year, month, day with `-`, `/`, `.`, spaces or 年月日 between them (`2020-2-3`, `2020年2月3日`), or eight
/// digits.
pub(crate) fn typed_date(text: &str) -> Option<NaiveDate> {
    let text = clean_short(text);
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return date(&text[..4], &text[4..6], &text[6..]);
    }
    let text = text.strip_suffix(['日', '号']).unwrap_or(&text);
    let mut parts = text.split(['-', '/', '.', '年', '月']).map(str::trim);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    date(year, month, day)
}

fn date(year: &str, month: &str, day: &str) -> Option<NaiveDate> {
    let number = |text: &str, lengths: std::ops::RangeInclusive<usize>| {
        let digits =
            lengths.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        if digits {
            text.parse::<u32>().ok()
        } else {
            None
        }
    };
    let year = i32::try_from(number(year, 4..=4)?).ok()?;
    NaiveDate::from_ymd_opt(year, number(month, 1..=2)?, number(day, 1..=2)?)
}
