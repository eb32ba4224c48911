//! A device key that the core holds itself, where the phone has no hardware for one.
//!
//! Invariant: the seed is wiped when the key is dropped. Storing the seed sealed is the caller's.

use ed25519_dalek::{Signer as _, SigningKey};

use super::DevicePublicKey;
use crate::ports::{DeviceSigner, PortError};

/// An Ed25519 device key in memory: assurance "software".
pub struct SoftwareEd25519(SigningKey);

impl std::fmt::Debug for SoftwareEd25519 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SoftwareEd25519(hidden)")
    }
}

impl SoftwareEd25519 {
    /// The key of a seed: 32 random bytes (RFC 8032, 5.1.5).
    #[must_use]
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(seed))
    }
}

#[cfg(feature = "holder")]
impl SoftwareEd25519 {
    /// The key of this one's `number`th credential: HKDF-SHA256 (RFC 5869) of the seed, of which neither this key nor
    /// another number's can be told.
    #[must_use]
    pub fn of_credential(&self, number: u64) -> Self {
        let root = hkdf::Hkdf::<sha2::Sha256>::new(None, self.0.as_bytes());
        let mut seed = zeroize::Zeroizing::new([0; 32]);
        let info: [&[u8]; 2] = [b"health-code credential key 1", &number.to_be_bytes()];
        // Fails for more than 255 times 32 bytes alone.
        let _ = root.expand_multi_info(&info, seed.as_mut_slice());
        Self::from_seed(&seed)
    }
}

impl DeviceSigner for SoftwareEd25519 {
    fn public_key(&self) -> Result<DevicePublicKey, PortError> {
        Ok(DevicePublicKey::Ed25519(self.0.verifying_key().to_bytes()))
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, PortError> {
        Ok(self.0.sign(message).to_bytes().to_vec())
    }

    fn is_hardware(&self) -> bool {
        false
    }
}
