//! The keys that a phone offers for its next credentials, each with a proof that the phone has it.
//!
//! Invariant: a proof holds for one authority, one subject, one device and one nonce, so that nobody binds a credential to
//! another's key. Decides nothing: how many are taken, and which of them, is the authority's.

use serde::{Deserialize, Serialize};

use super::RequestParts;
use super::signature::normal_authority;
use crate::encoding::base64;
use crate::ports::{DeviceSigner, PortError};
use crate::trust::{DEVICE_SIGNATURE_BYTES, DevicePublicKey};

/// Most keys of one request.
pub const MAX_CREDENTIAL_KEYS: usize = 16;

/// `POST /v1/subjects/{s}/credentials`: what the next credentials are to be bound to.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CredentialRequest {
    /// 1 to [`MAX_CREDENTIAL_KEYS`], in the order in which the phone wants them used.
    pub keys: Vec<CredentialKey>,
}

/// A key for one credential.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CredentialKey {
    /// Base64url: 33 bytes (P-256, SEC 1 compressed) or 32 bytes (Ed25519).
    pub public_key: String,
    /// Whether hardware holds the private key.
    pub hardware: bool,
    /// Base64url: its signature over [`proof_text`], 64 bytes.
    pub proof: String,
}

impl CredentialKey {
    /// The key of `signer` with its proof.
    ///
    /// # Errors
    /// What `signer` returns; [`PortError::HostFailed`] if it returned no signature.
    pub fn prove(signer: &dyn DeviceSigner, proof_text: &str) -> Result<Self, PortError> {
        let key = signer.public_key()?;
        let signature = key.canonical_signature(&signer.sign(proof_text.as_bytes())?)?;
        Ok(Self {
            public_key: base64::encode_url(key.as_bytes()),
            hardware: signer.is_hardware(),
            proof: base64::encode_url(&signature),
        })
    }

    /// The key; none where it is no key.
    #[must_use]
    pub fn key(&self) -> Option<DevicePublicKey> {
        let bytes = base64::decode_url(&self.public_key)?;
        DevicePublicKey::from_bytes(&bytes).ok()
    }

    /// Whether whoever sent it has the private key of `key`.
    #[must_use]
    pub fn proves(&self, key: &DevicePublicKey, proof_text: &str) -> bool {
        let proof = base64::decode_url(&self.proof);
        let proof = proof.and_then(|proof| <[u8; DEVICE_SIGNATURE_BYTES]>::try_from(proof).ok());
        proof.is_some_and(|proof| key.verify(proof_text.as_bytes(), &proof))
    }
}

/// What a credential's key signs to prove itself: five lines, of which none can hold a line feed. The request is the one
/// that it stands in, signed by `device_id` with `nonce`.
#[must_use]
pub fn proof_text(parts: &RequestParts<'_>, device_id: &str, nonce: &str) -> String {
    let authority = normal_authority(parts.authority);
    format!(
        "JKM1 credential key\n{authority}\n{}\n{device_id}\n{nonce}",
        parts.path
    )
}

crate::hidden_debug!(CredentialRequest, CredentialKey);

#[cfg(test)]
mod tests {
    use super::{CredentialKey, proof_text};
    use crate::testing::device_key::{SoftwareEd25519, SoftwareP256};
    use crate::wire::RequestParts;

    const PARTS: RequestParts<'static> = RequestParts {
        method: "POST",
        authority: "Health.Example:443",
        path: "/v1/subjects/owner/credentials",
        query: "",
        body: b"",
    };

    #[test]
    fn a_proof_holds_where_it_was_made_for_and_nowhere_else() {
        let text = proof_text(&PARTS, "device", "nonce");
        assert_eq!(
            text,
            "JKM1 credential key\nhealth.example\n/v1/subjects/owner/credentials\ndevice\nnonce"
        );
        let keys = [
            CredentialKey::prove(&SoftwareEd25519::from_seed(&[3; 32]), &text),
            CredentialKey::prove(&SoftwareP256::from_seed(&[3; 32]), &text),
        ];
        let others = [
            proof_text(&PARTS, "device", "nonce2"),
            proof_text(&PARTS, "device2", "nonce"),
            proof_text(
                &RequestParts {
                    authority: "other.example",
                    ..PARTS
                },
                "device",
                "nonce",
            ),
            proof_text(
                &RequestParts {
                    path: "/v1/subjects/grandma/credentials",
                    ..PARTS
                },
                "device",
                "nonce",
            ),
        ];
        for offered in keys {
            let offered = offered.expect("signs");
            let key = offered.key().expect("a key");
            assert!(offered.proves(&key, &text));
            for other in &others {
                assert!(!offered.proves(&key, other), "{other}");
            }
            let mut altered = offered.clone();
            altered.proof.pop();
            assert!(!altered.proves(&key, &text));
            assert_eq!(format!("{offered:?}"), "CredentialKey(hidden)");
        }
    }
}
