//! The public half of the key that a phone signs its presentations with.

use sha2::{Digest as _, Sha256};

use super::device_signature::uncompressed;
use crate::encoding::base64;

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
    /// SHA-256 thumbprint of the key as a JWK (RFC 7638), base64url: how tokens of other issuers name it (`cnf.jkt`, RFC 9449;
    /// here also an id_token's `nonce`). None for bytes that are no point of the curve.
    #[must_use]
    pub fn jwk_thumbprint(&self) -> Option<String> {
        let jwk = match self {
            Self::P256(bytes) => {
                let point = uncompressed(bytes)?;
                let (x, y) = point.as_bytes().get(1..)?.split_at_checked(32)?;
                format!(
                    r#"{{"crv":"P-256","kty":"EC","x":"{}","y":"{}"}}"#,
                    base64::encode_url(x),
                    base64::encode_url(y)
                )
            }
            Self::Ed25519(bytes) => format!(
                r#"{{"crv":"Ed25519","kty":"OKP","x":"{}"}}"#,
                base64::encode_url(bytes)
            ),
        };
        Some(base64::encode_url(&Sha256::digest(jwk)))
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

#[cfg(test)]
mod tests {
    use super::DevicePublicKey;

    /// RFC 8037, appendix A.3.
    #[test]
    fn thumbprints_are_those_of_the_standard() {
        let key = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
        let key = data_encoding::HEXLOWER.decode(key.as_bytes()).unwrap();
        let key = DevicePublicKey::from_bytes(&key).unwrap();
        let expected = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k";
        assert_eq!(key.jwk_thumbprint().as_deref(), Some(expected));
        // An x beyond the field's.
        let mut beyond = [0xff; 33];
        beyond[0] = 2;
        assert_eq!(DevicePublicKey::P256(beyond).jwk_thumbprint(), None);
    }
}
