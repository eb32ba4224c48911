//! From the text of a QR code to the bytes that were signed: prefix, base45 (RFC 9285), zlib (RFC 1950).
//!
//! Invariant: never more than [`MAX_BYTES`] are made, however much the text inflates to; nothing is left over at any step.

use flate2::{Decompress, FlushDecompress, Status};

use super::DccError;
use crate::encoding::base45;

/// Context of the electronic health certificate, version 1.
const PREFIX: &str = "HC1:";
/// Longest text: as much as the largest QR code holds in its alphanumeric mode.
pub const MAX_TEXT_BYTES: usize = 4_296;
/// Most bytes of a certificate. Real ones have some 300 to 1,000.
pub(super) const MAX_BYTES: usize = 16 * 1_024;

/// The bytes of the COSE message in `text`; blanks around it do not count.
pub(super) fn unwrap(text: &str) -> Result<Vec<u8>, DccError> {
    let text = text.trim();
    if text.len() > MAX_TEXT_BYTES {
        return Err(DccError::TextTooLong);
    }
    let encoded = text.strip_prefix(PREFIX).ok_or(DccError::NotACertificate)?;
    let mut buffer = vec![0; encoded.len()];
    let packed = base45::decode_into(encoded.as_bytes(), &mut buffer);
    inflate(packed.ok_or(DccError::TextDamaged)?)
}

fn inflate(packed: &[u8]) -> Result<Vec<u8>, DccError> {
    let mut out = vec![0; MAX_BYTES];
    let mut stream = Decompress::new(true);
    let status = stream
        .decompress(packed, &mut out, FlushDecompress::Finish)
        .map_err(|_| DccError::CompressionDamaged)?;
    let made = usize::try_from(stream.total_out()).unwrap_or(usize::MAX);
    if status != Status::StreamEnd {
        return Err(if made == MAX_BYTES {
            DccError::TooLarge
        } else {
            DccError::CompressionDamaged
        });
    }
    if stream.total_in() != packed.len() as u64 {
        return Err(DccError::CompressionTrailing);
    }
    out.truncate(made);
    Ok(out)
}
