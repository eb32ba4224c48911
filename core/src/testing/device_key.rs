//! Device keys without a phone: both kinds, deterministic, and one that refuses.
//!
//! Invariant: the same seed signs the same message with the same bytes (RFC 6979, RFC 8032), so vectors do not change.

use p256::ecdsa::signature::Signer as _;

use crate::ports::{DeviceSigner, PortError};
use crate::trust::DevicePublicKey;
pub use crate::trust::SoftwareEd25519;

/// A P-256 key in memory that claims to be hardware. Signs as RFC 6979 says and returns ASN.1 DER, as phones do.
pub struct SoftwareP256(p256::ecdsa::SigningKey);

impl std::fmt::Debug for SoftwareP256 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SoftwareP256(hidden)")
    }
}

impl SoftwareP256 {
    /// The key whose private number is these 32 bytes, big endian.
    ///
    /// # Panics
    /// If that is zero or not below the order of the curve.
    #[must_use]
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        let key = p256::ecdsa::SigningKey::from_slice(seed);
        Self(key.expect("a P-256 private key"))
    }
}

impl DeviceSigner for SoftwareP256 {
    fn public_key(&self) -> Result<DevicePublicKey, PortError> {
        let point = self.0.verifying_key().to_sec1_point(true);
        DevicePublicKey::from_bytes(point.as_bytes()).map_err(|_| PortError::HostFailed)
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, PortError> {
        let signature: p256::ecdsa::Signature = self.0.sign(message);
        Ok(signature.to_der().as_bytes().to_vec())
    }

    fn is_hardware(&self) -> bool {
        true
    }
}

/// A key that the phone's key store no longer gives.
#[derive(Clone, Copy, Debug)]
pub struct LostDeviceKey(pub DevicePublicKey);

impl DeviceSigner for LostDeviceKey {
    fn public_key(&self) -> Result<DevicePublicKey, PortError> {
        Ok(self.0)
    }

    fn sign(&self, _message: &[u8]) -> Result<Vec<u8>, PortError> {
        Err(PortError::KeyUnavailable)
    }

    fn is_hardware(&self) -> bool {
        true
    }
}
