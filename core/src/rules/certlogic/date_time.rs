//! Dates as CertLogic reads, moves and writes them.
//!
//! Invariant: a [`DateTime`] lies within the years 0 to 9999, so its text always has the same shape.
//! No time zones but fixed offsets, no leap seconds.

use chrono::{Datelike, Days, NaiveDate};

use super::super::RuleError;

const MILLIS_PER_HOUR: i64 = 3_600_000;
const MILLIS_PER_DAY: i64 = 24 * MILLIS_PER_HOUR;
/// The longest text worth looking at; any number of decimals is allowed, this many is plenty.
const MAX_DATE_BYTES: usize = 64;

/// An instant, in milliseconds since 1970-01-01T00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct DateTime(i64);

/// What `plusTime` counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rules) enum TimeUnit {
    Year,
    Month,
    Day,
    Hour,
}

impl TimeUnit {
    pub(super) fn from_id(id: &str) -> Option<Self> {
        match id {
            "year" => Some(Self::Year),
            "month" => Some(Self::Month),
            "day" => Some(Self::Day),
            "hour" => Some(Self::Hour),
            _ => None,
        }
    }
}

impl DateTime {
    /// Reads any allowed format.
    pub(super) fn parse(text: &str) -> Result<Self, RuleError> {
        if let Ok(date) = Self::parse_date(text) {
            return Ok(date);
        }
        if text.len() > MAX_DATE_BYTES {
            return Err(RuleError::DateInvalid);
        }
        parse_date_time(text.as_bytes()).ok_or(RuleError::DateInvalid)?
    }

    /// Reads `YYYY`, `YYYY-MM` (both as their last day) or `YYYY-MM-DD`.
    pub(super) fn parse_date(text: &str) -> Result<Self, RuleError> {
        let bytes = text.as_bytes();
        let date = match bytes.len() {
            4 => digits(bytes).and_then(|year| day(year, 12, 31)),
            7 if bytes[4] == b'-' => digits(&bytes[..4])
                .zip(digits(&bytes[5..]))
                .and_then(|(year, month)| last_day(year, month)),
            10 => full_date(bytes),
            _ => None,
        };
        date.map(Self::midnight).ok_or(RuleError::DateInvalid)
    }

    /// Adds like JavaScript's `setUTCFullYear`, `setUTCMonth`, `setUTCDate`, `setUTCHours`.
    pub(super) fn plus(self, amount: i64, unit: TimeUnit) -> Result<Self, RuleError> {
        let moved = match unit {
            TimeUnit::Year => amount
                .checked_mul(12)
                .and_then(|months| self.plus_months(months)),
            TimeUnit::Month => self.plus_months(amount),
            TimeUnit::Day => self.plus_millis(amount, MILLIS_PER_DAY),
            TimeUnit::Hour => self.plus_millis(amount, MILLIS_PER_HOUR),
        };
        moved
            .and_then(Self::in_range)
            .ok_or(RuleError::DateOutOfRange)
    }

    /// The day, UTC.
    pub(in crate::rules) fn date(self) -> NaiveDate {
        let days = i32::try_from(self.0.div_euclid(MILLIS_PER_DAY)).unwrap_or_default();
        NaiveDate::from_epoch_days(days).unwrap_or_default()
    }

    fn midnight(date: NaiveDate) -> Self {
        Self(i64::from(date.to_epoch_days()) * MILLIS_PER_DAY)
    }

    fn in_range(self) -> Option<Self> {
        const FIRST: i64 = -719_528 * MILLIS_PER_DAY; // 0000-01-01
        const END: i64 = 2_932_897 * MILLIS_PER_DAY; // 10000-01-01
        (FIRST..END).contains(&self.0).then_some(self)
    }

    fn plus_millis(self, amount: i64, unit_millis: i64) -> Option<Self> {
        Some(Self(self.0.checked_add(amount.checked_mul(unit_millis)?)?))
    }

    fn plus_months(self, amount: i64) -> Option<Self> {
        let date = self.date();
        let months =
            (i64::from(date.year()) * 12 + i64::from(date.month0())).checked_add(amount)?;
        let year = i32::try_from(months.div_euclid(12)).ok()?;
        let month = u32::try_from(months.rem_euclid(12)).ok()? + 1;
        // The day of the month is kept and may run over into the next month.
        let moved = NaiveDate::from_ymd_opt(year, month, 1)?
            .checked_add_days(Days::new(u64::from(date.day0())))?;
        let of_day = self.0.rem_euclid(MILLIS_PER_DAY);
        Some(Self(Self::midnight(moved).0 + of_day))
    }
}

impl std::fmt::Display for DateTime {
    /// `YYYY-MM-DDThh:mm:ss.SSSZ`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let date = self.date();
        let of_day = self.0.rem_euclid(MILLIS_PER_DAY);
        write!(
            f,
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
            date.year(),
            date.month(),
            date.day(),
            of_day / MILLIS_PER_HOUR,
            of_day / 60_000 % 60,
            of_day / 1_000 % 60,
            of_day % 1_000
        )
    }
}

/// Reads `YYYY-MM-DD` and nothing else.
pub(in crate::rules) fn parse_day(text: &str) -> Option<NaiveDate> {
    full_date(text.as_bytes())
}

/// `None` for a wrong format, an inner error for a date that is out of range because of its offset.
fn parse_date_time(text: &[u8]) -> Option<Result<DateTime, RuleError>> {
    let (date, rest) = text.split_at_checked(10)?;
    let date = full_date(date)?;
    let (time, rest) = rest.split_at_checked(9)?;
    if [time[0], time[3], time[6]] != *b"T::" {
        return None;
    }
    let hours = digits(&time[1..3]).filter(|hours| *hours < 24)?;
    let minutes = digits(&time[4..6]).filter(|minutes| *minutes < 60)?;
    let seconds = digits(&time[7..9]).filter(|seconds| *seconds < 60)?;
    let (millis, rest) = decimals(rest)?;
    let offset_minutes = offset(rest)?;
    let of_day = i64::from((hours * 60 + minutes) * 60 + seconds) * 1_000 + i64::from(millis);
    let instant =
        DateTime(DateTime::midnight(date).0 + of_day - i64::from(offset_minutes) * 60_000);
    Some(instant.in_range().ok_or(RuleError::DateOutOfRange))
}

/// Decimals of a second, cut to milliseconds.
fn decimals(text: &[u8]) -> Option<(u32, &[u8])> {
    let Some(rest) = text.strip_prefix(b".") else {
        return Some((0, text));
    };
    let count = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (decimals, rest) = rest.split_at_checked(count).filter(|_| count > 0)?;
    let millis = (0..3).fold(0, |sum, place| {
        sum * 10
            + decimals
                .get(place)
                .map_or(0, |digit| u32::from(digit - b'0'))
    });
    Some((millis, rest))
}

/// Minutes east of UTC.
fn offset(text: &[u8]) -> Option<i32> {
    let (sign, rest) = match text {
        [] | b"Z" => return Some(0),
        [b'+', rest @ ..] => (1, rest),
        [b'-', rest @ ..] => (-1, rest),
        _ => return None,
    };
    let (hours, minutes): (&[u8], &[u8]) = match rest.iter().position(|byte| *byte == b':') {
        Some(colon) => (
            &rest[..colon],
            rest.get(colon + 1..).filter(|minutes| minutes.len() == 2)?,
        ),
        None if rest.len() > 2 => rest.split_at(rest.len() - 2),
        None => (rest, b"00"),
    };
    if !matches!(hours.len(), 1 | 2) {
        return None;
    }
    let hours = digits(hours).filter(|hours| *hours < 24)?;
    let minutes = digits(minutes).filter(|minutes| *minutes < 60)?;
    Some(sign * i32::try_from(hours * 60 + minutes).ok()?)
}

fn full_date(text: &[u8]) -> Option<NaiveDate> {
    if text.len() != 10 || text[4] != b'-' || text[7] != b'-' {
        return None;
    }
    day(
        digits(&text[..4])?,
        digits(&text[5..7])?,
        digits(&text[8..])?,
    )
}

fn day(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

fn last_day(year: u32, month: u32) -> Option<NaiveDate> {
    (28..=31).rev().find_map(|last| day(year, month, last))
}

/// One to four ASCII digits.
fn digits(text: &[u8]) -> Option<u32> {
    text.iter().try_fold(0, |sum, byte| {
        byte.is_ascii_digit()
            .then(|| sum * 10 + u32::from(byte - b'0'))
    })
}
