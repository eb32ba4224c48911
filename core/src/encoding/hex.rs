//! Lower-case hexadecimal.
//!
//! Invariant: bytes have one text.

const DIGITS: [u8; 16] = *b"0123456789abcdef";

/// Two digits for each byte.
pub(crate) fn encode(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from(DIGITS[usize::from(value & 15)]);
    let digits = bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(*byte)]);
    digits.collect()
}

#[cfg(test)]
mod tests {
    use super::encode;

    #[test]
    fn every_byte_is_written_as_another_encoder_writes_it() {
        let bytes: Vec<u8> = (0..=u8::MAX).collect();
        let text = encode(&bytes);
        assert_eq!(text, data_encoding::HEXLOWER.encode(&bytes));
    }
}
