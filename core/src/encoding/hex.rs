//! Lower-case hexadecimal.

/// Two digits for each byte.
pub(crate) fn encode(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from(b"0123456789abcdef"[usize::from(value & 15)]);
    let digits = bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(*byte)]);
    digits.collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_byte_is_written_as_another_encoder_writes_it() {
        let bytes: Vec<u8> = (0..=u8::MAX).collect();
        assert_eq!(
            super::encode(&bytes),
            data_encoding::HEXLOWER.encode(&bytes)
        );
    }
}
