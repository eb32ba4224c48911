//! How signatures name the issuer key that made them.

use sha2::{Digest as _, Sha256};

/// The name of an issuer key: the first 8 bytes of SHA-256 of the public key.
#[must_use]
pub fn key_id(public_key: &[u8; 32]) -> [u8; 8] {
    let digest = Sha256::digest(public_key);
    std::array::from_fn(|place| digest[place])
}
