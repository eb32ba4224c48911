//! Sealing of personal data at rest, and keyed hashes for uniqueness.
//!
//! Invariant: a sealed value opens only with the storage key, for the same purpose and the same owner.
//! Protects a stolen database or backup without the key file; not a server that was taken over while running.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use health_code_core::ports::Entropy;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::DbError;

const NONCE_BYTES: usize = 24;

/// What a sealed value is; part of the associated data, so that values cannot be swapped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// `citizens.identity`
    Identity,
    /// `uploads.body`
    UploadBody,
    /// `uploads.facts`
    Facts,
    /// `decisions.receipt`
    Receipt,
    /// `credentials.credential`
    Credential,
}

impl Purpose {
    const fn label(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::UploadBody => "upload body",
            Self::Facts => "facts",
            Self::Receipt => "receipt",
            Self::Credential => "credential",
        }
    }
}

/// Seals, opens and hashes with keys derived from the storage key.
pub(crate) struct Sealer {
    cipher: XChaCha20Poly1305,
    hash_key: Zeroizing<[u8; 32]>,
}

impl std::fmt::Debug for Sealer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sealer(hidden)")
    }
}

impl Sealer {
    pub(crate) fn new(storage_key: &[u8; 32]) -> Self {
        let seal_key = Zeroizing::new(keyed(storage_key, &[b"health-code authority seal v1"]));
        let hash_key = Zeroizing::new(keyed(storage_key, &[b"health-code authority hash v1"]));
        Self {
            cipher: XChaCha20Poly1305::new((&*seal_key).into()),
            hash_key,
        }
    }

    /// Seals `plain` of `owner` (a citizen's id).
    pub(crate) fn seal(
        &self,
        purpose: Purpose,
        owner: &str,
        plain: &[u8],
        entropy: &dyn Entropy,
    ) -> Result<Vec<u8>, DbError> {
        let mut nonce = [0_u8; NONCE_BYTES];
        entropy.fill(&mut nonce).map_err(|_| DbError::Failed)?;
        let aad = associated(purpose, owner);
        let payload = Payload {
            msg: plain,
            aad: &aad,
        };
        let sealed = self
            .cipher
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| DbError::Failed)?;
        Ok([&nonce[..], &sealed].concat())
    }

    /// Opens what [`Sealer::seal`] made for the same purpose and owner.
    pub(crate) fn open(
        &self,
        purpose: Purpose,
        owner: &str,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, DbError> {
        let (nonce, msg) = sealed
            .split_first_chunk::<NONCE_BYTES>()
            .ok_or(DbError::Failed)?;
        let aad = associated(purpose, owner);
        let payload = Payload { msg, aad: &aad };
        self.cipher
            .decrypt(&XNonce::from(*nonce), payload)
            .map(Zeroizing::new)
            .map_err(|_| DbError::Failed)
    }

    /// A hash that nobody can compute or reverse by trial without the storage key.
    pub(crate) fn hash(&self, label: &str, parts: &[&[u8]]) -> [u8; 32] {
        let mut all = vec![label.as_bytes()];
        all.extend_from_slice(parts);
        keyed(&self.hash_key, &all)
    }
}

fn associated(purpose: Purpose, owner: &str) -> Vec<u8> {
    [purpose.label().as_bytes(), b"\0", owner.as_bytes()].concat()
}

/// HMAC-SHA256 over the parts, each with its length before it, so that no two lists look alike.
fn keyed(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let Ok(mut mac) = <Hmac<Sha256> as KeyInit>::new_from_slice(key) else {
        unreachable!("HMAC takes keys of any length")
    };
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::{Purpose, Sealer};
    use crate::system::SystemEntropy;

    #[test]
    fn a_sealed_value_opens_only_for_its_purpose_and_owner() {
        let sealer = Sealer::new(&[7; 32]);
        let sealed = sealer
            .seal(Purpose::Identity, "a", b"secret", &SystemEntropy)
            .expect("sealed");
        assert!(!sealed.windows(6).any(|window| window == b"secret"));
        let open = |sealer: &Sealer, purpose, owner, bytes: &[u8]| {
            sealer
                .open(purpose, owner, bytes)
                .map(|plain| plain.to_vec())
        };
        assert_eq!(
            open(&sealer, Purpose::Identity, "a", &sealed),
            Ok(b"secret".to_vec())
        );
        assert!(open(&sealer, Purpose::Identity, "b", &sealed).is_err());
        assert!(open(&sealer, Purpose::Facts, "a", &sealed).is_err());
        assert!(open(&Sealer::new(&[8; 32]), Purpose::Identity, "a", &sealed).is_err());
        for position in 0..sealed.len() {
            let mut altered = sealed.clone();
            altered[position] ^= 1;
            assert!(open(&sealer, Purpose::Identity, "a", &altered).is_err());
        }
        assert!(open(&sealer, Purpose::Identity, "a", &[]).is_err());
    }

    #[test]
    fn hashes_depend_on_key_label_and_the_split_of_parts() {
        let sealer = Sealer::new(&[7; 32]);
        let hash = sealer.hash("document", &[b"ab", b"c"]);
        assert_ne!(hash, sealer.hash("document", &[b"a", b"bc"]));
        assert_ne!(hash, sealer.hash("body", &[b"ab", b"c"]));
        assert_ne!(hash, Sealer::new(&[8; 32]).hash("document", &[b"ab", b"c"]));
        assert_eq!(hash, sealer.hash("document", &[b"ab", b"c"]));
    }
}
