//! The public half of the key that a phone signs its presentations with.

crate::coded_errors! {
    /// Why bytes are not a device's public key.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum DeviceKeyError {
        /// Neither 33 bytes starting with 2 or 3 nor 32 bytes.
        NotAKey => "device_key_invalid";
    }
}

/// A device's public key. The length tells the kind.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum DevicePublicKey {
    /// P-256 point, compressed (SEC 1, 2.3.3): 33 bytes.
    P256([u8; 33]),
    /// Ed25519 (RFC 8032, 5.1.5): 32 bytes.
    Ed25519([u8; 32]),
}

impl std::fmt::Debug for DevicePublicKey {
    /// The kind: the key itself tells one phone from another.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::P256(_) => "DevicePublicKey(P-256, hidden)",
            Self::Ed25519(_) => "DevicePublicKey(Ed25519, hidden)",
        })
    }
}

impl DevicePublicKey {
    /// The key's bytes: 33 or 32.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8] {
        match self {
            Self::P256(bytes) => bytes,
            Self::Ed25519(bytes) => bytes,
        }
    }
    /// The key in `bytes`; whether it is a point of the curve shows at the first verification.
    ///
    /// # Errors
    /// [`DeviceKeyError::NotAKey`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DeviceKeyError> {
        if let Ok(bytes) = <[u8; 32]>::try_from(bytes) {
            return Ok(Self::Ed25519(bytes));
        }
        match <[u8; 33]>::try_from(bytes) {
            Ok(bytes) if matches!(bytes[0], 2 | 3) => Ok(Self::P256(bytes)),
            _ => Err(DeviceKeyError::NotAKey),
        }
    }
}
