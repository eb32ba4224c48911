//! Dates with two digits of the year.
//!
//! Invariant: nobody is born in the future, and nobody is taken for older than who may be alive where a younger reading is
//! possible; an expiry is the one nearest to today.

use chrono::{Datelike, NaiveDate};

/// Nobody older is looked for, years.
const OLDEST_YEARS: i32 = 120;

/// A birth date.
#[derive(Default)]
pub(super) struct Birth {
    /// None where the document does not know all of it.
    pub(super) day: Option<NaiveDate>,
    pub(super) is_century_certain: bool,
}

/// The birth date of six digits or fillers; none where it is no date. What could not be read at all was told before.
pub(super) fn birth(digits: Option<[u8; 6]>, today: NaiveDate) -> Option<Birth> {
    let Some(digits) = digits.filter(|digits| !digits.contains(&b'<')) else {
        return is_possible(digits).then(Birth::default);
    };
    let candidates = candidates(digits, today);
    let day = candidates
        .iter()
        .copied()
        .filter(|day| *day <= today)
        .max()?;
    let before = candidates.into_iter().filter(|other| *other < day).max();
    let is_alive = |other: NaiveDate| other.year() >= today.year() - OLDEST_YEARS;
    Some(Birth {
        day: Some(day),
        is_century_certain: !before.is_some_and(is_alive),
    })
}

/// What stands there is no date.
pub(super) struct NoDate;

/// The last day; none: the document states none, or it could not be read at all, which was told before.
pub(super) fn expiry(
    digits: Option<[u8; 6]>,
    today: NaiveDate,
) -> Result<Option<NaiveDate>, NoDate> {
    match digits {
        None => Ok(None),
        Some(digits) if digits == *b"<<<<<<" => Ok(None),
        // An expiry is known as a whole or not stated.
        Some(digits) if digits.contains(&b'<') => Err(NoDate),
        Some(digits) => {
            let days = candidates(digits, today).into_iter();
            let nearest = days.min_by_key(|day| (*day - today).num_days().abs());
            nearest.map(Some).ok_or(NoDate)
        }
    }
}

/// The days in the centuries around today's.
fn candidates(digits: [u8; 6], today: NaiveDate) -> Vec<NaiveDate> {
    let two = |at: usize| u32::from(digits[at] - b'0') * 10 + u32::from(digits[at + 1] - b'0');
    let century = today.year() / 100 * 100;
    let years = [century - 100, century, century + 100].into_iter();
    let years = years.filter_map(|start| Some(start + i32::try_from(two(0)).ok()?));
    years
        .filter_map(|year| NaiveDate::from_ymd_opt(year, two(2), two(4)))
        .collect()
}

/// Whether fillers stand for whole parts, and the parts that are there can be parts of a date.
fn is_possible(digits: Option<[u8; 6]>) -> bool {
    let Some(digits) = digits else { return true };
    let part = |at: usize, most: u8| {
        let part = [digits[at], digits[at + 1]];
        match part {
            [b'<', b'<'] => true,
            [b'<', _] | [_, b'<'] => false,
            [tens, ones] => (1..=most).contains(&((tens - b'0') * 10 + ones - b'0')),
        }
    };
    let is_year = (digits[0] == b'<') == (digits[1] == b'<');
    is_year && part(2, 12) && part(4, 31)
}
