//! Base45 (RFC 9285) between caller-owned buffers, in one form only.
//!
//! Invariant: a text decodes if and only if encoding the result gives the same text back.
//! The published crate drops the high byte of an over-long final pair, so two texts can mean the same bytes
//! there; here such a text is refused.

const ALPHABET: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// Value of each character; where there is none, one that makes every sum too large for its bytes.
const VALUES: [u32; 256] = {
    let mut values = [0x1_0000; 256];
    let mut value = 0;
    while value < 45 {
        values[ALPHABET[value as usize] as usize] = value;
        value += 1;
    }
    values
};

/// Appends the base45 of `bytes` to `text`.
pub(crate) fn encode_into(bytes: &[u8], text: &mut String) {
    let character = |value: u32| char::from(ALPHABET[(value % 45) as usize]);
    let (pairs, rest) = bytes.as_chunks::<2>();
    for &pair in pairs {
        let value = u32::from(u16::from_be_bytes(pair));
        text.push(character(value));
        text.push(character(value / 45));
        text.push(character(value / (45 * 45)));
    }
    if let [last] = rest {
        let value = u32::from(*last);
        text.push(character(value));
        text.push(character(value / 45));
    }
}

/// Decodes `text` into the front of `buffer`. None if it is not base45 or does not fit.
pub(crate) fn decode_into<'b>(text: &[u8], buffer: &'b mut [u8]) -> Option<&'b [u8]> {
    let value = |character: u8| VALUES[usize::from(character)];
    let (triples, rest) = text.as_chunks::<3>();
    let length = triples.len() * 2 + usize::from(!rest.is_empty());
    let out = buffer.get_mut(..length)?;
    let (pairs, last) = out.as_chunks_mut::<2>();
    // Sums that do not fit are gathered and looked at once.
    let mut excess = 0;
    for (&[a, b, c], pair) in triples.iter().zip(pairs) {
        let sum = value(a) + value(b) * 45 + value(c) * (45 * 45);
        excess |= sum >> 16;
        let [_, _, high, low] = sum.to_be_bytes();
        *pair = [high, low];
    }
    match (rest, last) {
        ([], []) => {}
        (&[a, b], [last]) => *last = u8::try_from(value(a) + value(b) * 45).ok()?,
        _ => return None,
    }
    if excess != 0 {
        return None;
    }
    Some(&buffer[..length])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{decode_into, encode_into};

    fn encode(bytes: &[u8]) -> String {
        let mut text = String::new();
        encode_into(bytes, &mut text);
        text
    }

    #[test]
    fn the_examples_of_rfc_9285() {
        for (bytes, text) in [
            ("AB", "BB8"),
            ("Hello!!", "%69 VD92EX0"),
            ("base-45", "UJCLQE7W581"),
            ("ietf!", "QED8WEX0"),
        ] {
            assert_eq!(encode(bytes.as_bytes()), text);
            let mut buffer = [0; 16];
            let decoded = decode_into(text.as_bytes(), &mut buffer);
            assert_eq!(decoded, Some(bytes.as_bytes()));
        }
    }

    #[test]
    fn what_has_no_bytes_is_refused() {
        let mut buffer = [0; 16];
        // Section 6 of the RFC: over 65,535; then over 255, one character, lower case, no room.
        for text in ["GGW", ":::", "::", "A", "BB8A", "bb8", "B\u{e9}"] {
            assert_eq!(decode_into(text.as_bytes(), &mut buffer), None, "{text}");
        }
        assert_eq!(decode_into(b"BB8", &mut [0; 1]), None);
    }

    proptest! {
        #[test]
        fn bytes_come_back(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            let text = encode(&bytes);
            prop_assert_eq!(&text, &base45::encode(&bytes));
            let mut buffer = [0; 80];
            prop_assert_eq!(decode_into(text.as_bytes(), &mut buffer), Some(&bytes[..]));
        }

        #[test]
        fn a_text_that_decodes_is_the_text_of_its_bytes(text in "[0-9A-Z $%*+./:-]{0,40}") {
            let mut buffer = [0; 40];
            if let Some(bytes) = decode_into(text.as_bytes(), &mut buffer) {
                prop_assert_eq!(encode(bytes), text);
            }
        }
    }
}
