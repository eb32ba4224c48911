//! Decimal numbers as people type them and as computers hand them on.
//!
//! Invariant: a number is the decimal that was meant, whole units of its last place: `36,5` is 365 tenths, and so is the
//! binary fraction next to 36.5. Never rounds away a digit that was typed.

use super::characters::clean_short;

/// Why a number is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DecimalError {
    /// No plain number.
    NotANumber,
    /// More places than asked for.
    TooPrecise,
    /// Too large to be held; negative if below.
    OutOfRange {
        /// Below zero.
        negative: bool,
    },
}

/// Most digits before the point.
const MAX_WHOLE_DIGITS: usize = 10;
/// Most decimal places that are taken for typed.
const MAX_TYPED_PLACES: usize = 12;
/// Places behind which a binary fraction is its own noise: 37.300000000000004.
const NOISE_PLACES: usize = 9;

/// A typed number in units of its `places`-th decimal place: digits, an optional sign, a point or a decimal comma.
/// Zeros behind the last place are no precision.
pub(crate) fn typed(text: &str, places: u8) -> Result<i64, DecimalError> {
    let text = clean_short(text).replace(['\u{3002}', '\u{b7}'], ".");
    let (negative, digits) = match text.strip_prefix(['-', '+']) {
        Some(rest) => (text.starts_with('-'), rest.trim_start()),
        None => (false, text.as_str()),
    };
    let comma = digits.split_once(',');
    let (whole, fraction) = comma
        .or_else(|| digits.split_once('.'))
        .unwrap_or((digits, "0"));
    // `1,000` is a thousand to one reader and one to another.
    if comma.is_some() && fraction.len() == 3 {
        return Err(DecimalError::NotANumber);
    }
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !all_digits(whole) || !all_digits(fraction) {
        return Err(DecimalError::NotANumber);
    }
    // Nobody types that many: a program wrote a binary fraction out.
    if fraction.len() > MAX_TYPED_PLACES {
        let number = format!("{whole}.{fraction}").parse().unwrap_or(f64::NAN);
        return binary(if negative { -number } else { number }, places);
    }
    units(negative, whole, fraction, places)
}

/// A number of JSON likewise; what only the binary form adds is no precision.
pub(crate) fn binary(number: f64, places: u8) -> Result<i64, DecimalError> {
    if !number.is_finite() {
        return Err(DecimalError::OutOfRange {
            negative: number.is_sign_negative(),
        });
    }
    let shortest = number.abs().to_string();
    let (_, fraction) = shortest.split_once('.').unwrap_or((&shortest, ""));
    let written = if fraction.len() > NOISE_PLACES {
        format!("{:.*}", NOISE_PLACES, number.abs())
    } else {
        shortest
    };
    let (whole, fraction) = written.split_once('.').unwrap_or((&written, "0"));
    units(number < 0.0, whole, fraction, places)
}

/// The number of so many units, as JSON has it: the binary fraction next to it, which is written as the decimal.
#[expect(
    clippy::cast_precision_loss,
    reason = "at most 1e10 with 6 places is more than is accepted; 1e9 is exact"
)]
pub(crate) fn value(units: i64, places: u8) -> f64 {
    units as f64 / 10_f64.powi(i32::from(places))
}

fn units(negative: bool, whole: &str, fraction: &str, places: u8) -> Result<i64, DecimalError> {
    let whole = whole.trim_start_matches('0');
    if whole.len() > MAX_WHOLE_DIGITS {
        return Err(DecimalError::OutOfRange { negative });
    }
    let fraction = fraction.trim_end_matches('0');
    let places = usize::from(places);
    if fraction.len() > places {
        return Err(DecimalError::TooPrecise);
    }
    // At most ten digits and six places: below 2^63.
    let units = format!("0{whole}{fraction:0<places$}").parse::<i64>();
    let units = units.map_err(|_| DecimalError::OutOfRange { negative })?;
    Ok(if negative { -units } else { units })
}
