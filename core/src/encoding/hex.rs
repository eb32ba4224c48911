//! Lower-case hexadecimal.
//!
//! Invariant: bytes have one text, and no other is read.

const DIGITS: [u8; 16] = *b"0123456789abcdef";

/// Two digits for each byte.
pub(crate) fn encode(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from(DIGITS[usize::from(value & 15)]);
    let digits = bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(*byte)]);
    digits.collect()
}

/// The bytes of a text; none if it is no such text.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    let value = |digit| DIGITS.iter().position(|known| *known == digit);
    let byte = |[high, low]: &[u8; 2]| u8::try_from(value(*high)? << 4 | value(*low)?).ok();
    let bytes = pairs.iter().map(byte).collect::<Option<_>>()?;
    rest.is_empty().then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::{decode, encode};

    #[test]
    fn every_byte_is_written_as_another_encoder_writes_it_and_read_back() {
        let bytes: Vec<u8> = (0..=u8::MAX).collect();
        let text = encode(&bytes);
        assert_eq!(text, data_encoding::HEXLOWER.encode(&bytes));
        assert_eq!(decode(&text), Some(bytes));
    }

    #[test]
    fn no_two_texts_mean_the_same_bytes() {
        for text in ["0", "0g", "0A", "0a0", " 0a", "0x0a", "é"] {
            assert_eq!(decode(text), None, "{text}");
        }
        assert_eq!(decode(""), Some(Vec::new()));
    }
}
