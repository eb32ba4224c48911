//! Base64 (RFC 4648), with the URL alphabet and without.
//!
//! Invariant: what is decoded has one text only: no padding, no character of the other alphabet, no bit set behind the
//! last byte.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

/// Base64url without padding.
pub(crate) fn encode_url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The bytes of a base64url text without padding; none if it is no such text.
pub(crate) fn decode_url(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

/// Base64 with padding, as structured fields of HTTP write bytes (RFC 9651, 3.3.5).
pub(crate) fn encode(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use data_encoding::{BASE64, BASE64URL_NOPAD};

    use super::{decode_url, encode, encode_url};

    #[test]
    fn the_texts_are_those_of_another_encoder() {
        let bytes: Vec<u8> = (0..=u8::MAX).rev().collect();
        for length in 0..bytes.len() {
            let bytes = &bytes[..length];
            assert_eq!(encode_url(bytes), BASE64URL_NOPAD.encode(bytes));
            assert_eq!(encode(bytes), BASE64.encode(bytes));
            assert_eq!(decode_url(&encode_url(bytes)).as_deref(), Some(bytes));
        }
    }

    #[test]
    fn no_two_texts_mean_the_same_bytes() {
        for text in ["_w==", "/w", "_x", "_w\n", " _w", "_", "_w="] {
            assert_eq!(decode_url(text), None, "{text:?}");
        }
        assert_eq!(decode_url("_w"), Some(vec![0xFF]));
        assert_eq!(decode_url(""), Some(Vec::new()));
    }
}
