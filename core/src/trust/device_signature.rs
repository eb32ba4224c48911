//! Signatures by a device's key: one way to verify, one form to send.
//!
//! Invariant: a signature has exactly one accepted form (Ed25519: strict, RFC 8032; P-256: `r || s` with
//! `s` in the lower half), so altering its bytes never leaves a valid one.

use p256::elliptic_curve::sec1::ToSec1Point as _;

use super::DevicePublicKey;
use crate::ports::PortError;

/// Length of every device signature, bytes.
pub const DEVICE_SIGNATURE_BYTES: usize = 64;

impl DevicePublicKey {
    /// Whether `signature` (64 bytes) over `message` is this key's.
    ///
    /// P-256: ECDSA with SHA-256, `r || s`, low `s` only. Ed25519: `verify_strict`.
    #[must_use]
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        let Ok(signature) = <&[u8; DEVICE_SIGNATURE_BYTES]>::try_from(signature) else {
            return false;
        };
        match self {
            Self::Ed25519(key) => ed25519_dalek::VerifyingKey::from_bytes(key).is_ok_and(|key| {
                let signature = ed25519_dalek::Signature::from_bytes(signature);
                key.verify_strict(message, &signature).is_ok()
            }),
            Self::P256(key) => {
                is_low_s(signature)
                    && uncompressed(key).is_some_and(|point| {
                        // ring verifies in less than half of the p256 crate's time.
                        ring::signature::UnparsedPublicKey::new(
                            &ring::signature::ECDSA_P256_SHA256_FIXED,
                            point,
                        )
                        .verify(message, signature)
                        .is_ok()
                    })
            }
        }
    }

    /// The one accepted form of what a [`crate::ports::DeviceSigner`] with this key returned:
    /// P-256 signatures may come as ASN.1 DER and with a high `s`.
    ///
    /// # Errors
    /// [`PortError::HostFailed`] if it is no signature at all.
    pub fn canonical_signature(
        &self,
        signature: &[u8],
    ) -> Result<[u8; DEVICE_SIGNATURE_BYTES], PortError> {
        let fixed = <[u8; DEVICE_SIGNATURE_BYTES]>::try_from(signature);
        match self {
            Self::Ed25519(_) => fixed.map_err(|_| PortError::HostFailed),
            Self::P256(_) => {
                let parsed = match fixed {
                    Ok(fixed) => p256::ecdsa::Signature::from_slice(&fixed),
                    Err(_) => p256::ecdsa::Signature::from_der(signature),
                };
                let parsed = parsed.map_err(|_| PortError::HostFailed)?;
                Ok(parsed.normalize_s().to_bytes().into())
            }
        }
    }
}

/// Half the order of P-256 (FIPS 186-5, SP 800-186 section 3.2.1.3), the largest `s` that is sent.
const HALF_ORDER: [u8; 32] = [
    0x7f, 0xff, 0xff, 0xff, 0x80, 0x00, 0x00, 0x00, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xde, 0x73, 0x7d, 0x56, 0xd3, 0x8b, 0xcf, 0x42, 0x79, 0xdc, 0xe5, 0x61, 0x7e, 0x31, 0x92, 0xa8,
];

/// Whether `s` is in the lower half; that it is in its range at all is the verifier's to say.
fn is_low_s(signature: &[u8; DEVICE_SIGNATURE_BYTES]) -> bool {
    signature[32..] <= HALF_ORDER[..]
}

/// `04 || x || y`, the form that ring takes, of a compressed point (SEC 1, 2.3.3 and 2.3.4).
pub(super) fn uncompressed(compressed: &[u8; 33]) -> Option<p256::Sec1Point> {
    let key = p256::PublicKey::from_sec1_bytes(compressed).ok()?;
    Some(key.to_sec1_point(false))
}

#[cfg(test)]
mod tests {
    use p256::ecdsa::signature::Signer;

    use super::DevicePublicKey;

    fn p256_pair() -> (p256::ecdsa::SigningKey, DevicePublicKey) {
        let key = p256::ecdsa::SigningKey::from_slice(&[7; 32]).unwrap();
        let public = key.verifying_key().to_sec1_point(true);
        let public = DevicePublicKey::from_bytes(public.as_bytes()).unwrap();
        (key, public)
    }

    #[test]
    fn p256_in_every_form_a_phone_returns_becomes_the_one_accepted_form() {
        let (key, public) = p256_pair();
        for message in 0_u8..40 {
            let signature: p256::ecdsa::Signature = key.sign(&[message]);
            let low = signature.normalize_s();
            let (r, s) = low.split_scalars();
            let high = p256::ecdsa::Signature::from_scalars(*r, -*s).unwrap();
            for form in [low, high] {
                let der = form.to_der();
                for sent in [form.to_bytes().as_slice(), der.as_bytes()] {
                    let canonical = public.canonical_signature(sent).unwrap();
                    assert_eq!(canonical.as_slice(), low.to_bytes().as_slice());
                    assert!(public.verify(&[message], &canonical));
                }
            }
            assert!(!public.verify(&[message], high.to_bytes().as_slice()));
            assert!(!public.verify(&[message + 1], low.to_bytes().as_slice()));
        }
    }

    #[test]
    fn what_is_no_signature_is_refused() {
        let (key, public) = p256_pair();
        let signature: p256::ecdsa::Signature = key.sign(b"m");
        let der = signature.to_der();
        let der = der.as_bytes();
        let mut longer = der.to_vec();
        longer.push(0);
        for bad in [
            &[][..],
            &[0x30],
            &der[..der.len() - 1],
            &longer,
            &[0x30, 0x80, 2, 1],
        ] {
            assert!(public.canonical_signature(bad).is_err());
            assert!(!public.verify(b"m", bad));
        }
    }

    #[test]
    fn ed25519_is_strict() {
        use ed25519_dalek::Signer;
        let key = ed25519_dalek::SigningKey::from_bytes(&[3; 32]);
        let public = DevicePublicKey::Ed25519(key.verifying_key().to_bytes());
        let signature = key.sign(b"m").to_bytes();
        assert!(public.verify(b"m", &signature));
        assert!(!public.verify(b"n", &signature));
        for index in 0..64 {
            let mut altered = signature;
            altered[index] ^= 1;
            assert!(!public.verify(b"m", &altered), "byte {index}");
        }
        // A key of small order would accept anything under the lax rule.
        let mut identity = [0; 32];
        identity[0] = 1;
        let mut lax = [0; 64];
        lax[0] = 1;
        assert!(!DevicePublicKey::Ed25519(identity).verify(b"m", &lax));
    }
}
