//! Check characters of documents.
//!
//! Invariant: pure arithmetic over bytes whose form the caller has checked; other bytes give some character, no panic.

/// ISO 7064 MOD 11-2 over digits: with the check character (X = 10), each weighted with 2^(places to its right), they
/// leave 1 modulo 11. Horner's rule.
pub(super) fn check_character_mod_11_2(digits: &[u8]) -> char {
    let sum = digits.iter().fold(0_u32, |sum, byte| {
        (sum + u32::from(byte.wrapping_sub(b'0'))) * 2 % 11
    });
    match (12 - sum) % 11 {
        10 => 'X',
        value => char::from_digit(value, 10).unwrap_or('0'),
    }
}

/// ICAO Doc 9303, part 3, 4.9: weights 7, 3, 1; A is 10, the filler `<` 0.
pub(super) fn check_digit_7_3_1(text: &[u8]) -> u8 {
    let sum: u32 = text
        .iter()
        .zip([7, 3, 1].into_iter().cycle())
        .map(|(byte, weight)| u32::from(value_7_3_1(*byte)) * weight)
        .sum();
    b'0' + u8::try_from(sum % 10).unwrap_or(0)
}

const fn value_7_3_1(byte: u8) -> u8 {
    match byte {
        b'0'..=b'9' => byte - b'0',
        b'A'..=b'Z' => byte - b'A' + 10,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::{check_character_mod_11_2, check_digit_7_3_1};

    #[test]
    fn published_examples() {
        assert_eq!(check_character_mod_11_2(b"11010519491231002"), 'X');
        assert_eq!(check_character_mod_11_2(b"91112419810803002"), '4');
        // ICAO Doc 9303, part 4, appendix B: number, birth date and end of the specimen.
        assert_eq!(check_digit_7_3_1(b"L898902C3"), b'6');
        assert_eq!(check_digit_7_3_1(b"740812"), b'2');
        assert_eq!(check_digit_7_3_1(b"D23145890<"), b'7');
    }
}
