//! How signatures name the issuer key that made them, and how people name a key.

use sha2::{Digest as _, Sha256};

use crate::encoding::hex;

/// The name of an issuer key: the first 8 bytes of SHA-256 of the public key.
#[must_use]
pub fn key_id(public_key: &[u8; 32]) -> [u8; 8] {
    let digest = Sha256::digest(public_key);
    std::array::from_fn(|place| digest[place])
}

/// What two people compare to know that they have the same key: the first 16 bytes of its SHA-256 in hexadecimal digits, in
/// groups of four.
#[must_use]
pub fn key_fingerprint(public_key: &[u8]) -> String {
    let digits = hex::encode(&Sha256::digest(public_key)[..16]);
    let groups: Vec<&str> = (0..digits.len())
        .step_by(4)
        .map(|place| &digits[place..place + 4])
        .collect();
    groups.join(" ")
}

#[cfg(test)]
mod tests {
    use super::key_fingerprint;

    /// SHA-256 of nothing (FIPS 180-4).
    #[test]
    fn a_fingerprint_is_read_in_groups_of_four() {
        assert_eq!(
            key_fingerprint(b""),
            "e3b0 c442 98fc 1c14 9afb f4c8 996f b924"
        );
    }
}
