//! Text to QR matrix (ISO/IEC 18004:2015), for the one kind of text a health code is: alphanumeric mode,
//! error correction level M, the smallest version that fits.
//!
//! The `qrcode` crate encodes the bits, computes the error correction and draws the function patterns; the eight
//! masks are applied and scored here, a row at a time as one machine word (see `mask`), which is what makes a
//! frame cheap enough to be drawn on the phone's user-interface thread.
//!
//! Invariant: the same text always gives the same matrix, and a matrix never holds a quiet zone.
//! Not here: pictures (see [`super`]) and what the text means.

mod mask;
mod template;

crate::hidden_debug!(Matrix);

#[cfg(test)]
mod tests;

use qrcode::bits::Bits;
use qrcode::types::Mode;
use qrcode::{EcLevel, Version, ec};

use self::template::Template;

crate::coded_errors! {
    /// Why a text or a matrix cannot be drawn.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum PictureError {
        /// Empty, or a character outside of `0-9A-Z $%*+-./:`.
        NotAlphanumeric => "picture_text_not_alphanumeric";
        /// More than [`MAX_TEXT_CHARS`] characters.
        TextTooLong => "picture_text_too_long";
        /// Pixels per module outside of 1..=[`super::MAX_PIXELS_PER_MODULE`].
        ScaleNotAllowed => "picture_scale_not_allowed";
        /// The encoder refused its own input: a defect, kept from becoming a panic.
        NotEncoded => "picture_not_encoded";
    }
}

/// Largest version drawn: 125 modules a side, so that a row is one `u128`. A health code needs version 11.
pub const MAX_VERSION: u8 = 27;

/// Characters that fit version 27, level M.
pub const MAX_TEXT_CHARS: usize = 1_637;

/// A QR symbol without its quiet zone. Bit `x` of row `y` is set where the module is dark.
#[derive(Clone, PartialEq, Eq)]
pub struct Matrix {
    rows: Vec<u128>,
    mask: u8,
}

impl Matrix {
    /// Modules a side: 21 to 125.
    pub fn size(&self) -> usize {
        self.rows.len()
    }

    /// QR version, 1 to [`MAX_VERSION`].
    pub fn version(&self) -> usize {
        (self.size() - 17) / 4
    }

    /// Number of the mask that was chosen, 0 to 7 (ISO/IEC 18004, table 10).
    pub fn mask(&self) -> u8 {
        self.mask
    }

    /// Whether the module in column `x`, row `y` is dark; outside of the symbol everything is light.
    pub fn is_dark(&self, x: usize, y: usize) -> bool {
        x < self.size() && self.rows.get(y).is_some_and(|row| row >> x & 1 == 1)
    }

    /// The rows, top to bottom; bit `x` is column `x`.
    pub fn rows(&self) -> &[u128] {
        &self.rows
    }
}

/// The QR matrix of `text`.
///
/// # Errors
/// [`PictureError::NotAlphanumeric`], [`PictureError::TextTooLong`].
pub fn matrix(text: &str) -> Result<Matrix, PictureError> {
    if text.len() > MAX_TEXT_CHARS {
        return Err(PictureError::TextTooLong);
    }
    if text.is_empty() || !text.bytes().all(is_alphanumeric) {
        return Err(PictureError::NotAlphanumeric);
    }
    let bits = encode(text.as_bytes())?;
    let version = bits.version();
    let (data, correction) = ec::construct_codewords(&bits.into_bytes(), version, EcLevel::M)
        .map_err(|_| PictureError::NotEncoded)?;
    let template = Template::for_version(version);
    let payload = template.place(&data, &correction);
    let (mask, rows) = mask::best(template, &payload);
    Ok(Matrix { rows, mask })
}

/// The characters of alphanumeric mode (ISO/IEC 18004, table 5), which are base45's too.
fn is_alphanumeric(byte: u8) -> bool {
    byte.is_ascii_digit() || byte.is_ascii_uppercase() || b" $%*+-./:".contains(&byte)
}

/// One alphanumeric segment, terminated and padded, in the smallest version that holds it.
fn encode(text: &[u8]) -> Result<Bits, PictureError> {
    for number in 1..=i16::from(MAX_VERSION) {
        let version = Version::Normal(number);
        let needed = version.mode_bits_count()
            + Mode::Alphanumeric.length_bits_count(version)
            + Mode::Alphanumeric.data_bits_count(text.len());
        let mut bits = Bits::new(version);
        if bits
            .max_len(EcLevel::M)
            .is_ok_and(|capacity| needed <= capacity)
        {
            bits.push_alphanumeric_data(text)
                .and_then(|()| bits.push_terminator(EcLevel::M))
                .map_err(|_| PictureError::NotEncoded)?;
            return Ok(bits);
        }
    }
    Err(PictureError::TextTooLong)
}
