//! Sealing of personal data at rest, and keyed hashes for uniqueness.
//!
//! Invariant: a sealed value opens only with the storage key, and only as the same row of the same citizen.
//! Protects a stolen database or backup without the key file; not a server that was taken over while running.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use health_code_core::ports::Entropy;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::{CitizenId, RowKey, StoreError, subject_bytes};

const NONCE_BYTES: usize = 24;

/// Seals, opens and hashes with keys derived from the storage key.
pub(crate) struct Sealer {
    cipher: XChaCha20Poly1305,
    /// With the key taken in.
    hash: Hmac<Sha256>,
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
            hash: mac(&hash_key),
        }
    }

    /// Seals the value of a row.
    pub(crate) fn seal(
        &self,
        citizen: CitizenId,
        place: &RowKey,
        plain: &[u8],
        entropy: &dyn Entropy,
    ) -> Result<Vec<u8>, StoreError> {
        let mut nonce = [0_u8; NONCE_BYTES];
        entropy
            .fill(&mut nonce)
            .map_err(|_| StoreError::NoEntropy)?;
        let aad = associated(citizen, place);
        let payload = Payload {
            msg: plain,
            aad: &aad,
        };
        let sealed = self
            .cipher
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| StoreError::Faulted)?;
        Ok([&nonce[..], &sealed].concat())
    }

    /// Opens what [`Sealer::seal`] made for the same row.
    pub(crate) fn open(
        &self,
        citizen: CitizenId,
        place: &RowKey,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        let (nonce, msg) = sealed
            .split_first_chunk::<NONCE_BYTES>()
            .ok_or(StoreError::SealBroken)?;
        let aad = associated(citizen, place);
        let payload = Payload { msg, aad: &aad };
        self.cipher
            .decrypt(&XNonce::from(*nonce), payload)
            .map(Zeroizing::new)
            .map_err(|_| StoreError::SealBroken)
    }

    /// A hash that nobody can compute or reverse by trial without the storage key.
    pub(crate) fn hash(&self, label: &str, parts: &[&[u8]]) -> [u8; 32] {
        let mut hash = self.hash.clone();
        update(&mut hash, label.as_bytes());
        for part in parts {
            update(&mut hash, part);
        }
        hash.finalize().into_bytes().into()
    }
}

/// Citizen and kind have fixed lengths, the subject tells its own: no two rows give the same bytes.
fn associated(citizen: CitizenId, place: &RowKey) -> Vec<u8> {
    let subject = subject_bytes(&place.subject);
    let length = u8::try_from(subject.len()).unwrap_or(u8::MAX);
    [
        b"health-code authority row v1".as_slice(),
        citizen.as_bytes(),
        &place.kind.0.to_be_bytes(),
        &[length],
        subject,
        &place.key,
    ]
    .concat()
}

/// HMAC-SHA256 over the parts, each with its length before it, so that no two lists look alike.
fn keyed(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let mut all = mac(key);
    for part in parts {
        update(&mut all, part);
    }
    all.finalize().into_bytes().into()
}

fn mac(key: &[u8; 32]) -> Hmac<Sha256> {
    let Ok(mac) = <Hmac<Sha256> as KeyInit>::new_from_slice(key) else {
        unreachable!("HMAC takes keys of any length")
    };
    mac
}

fn update(mac: &mut Hmac<Sha256>, part: &[u8]) {
    mac.update(&(part.len() as u64).to_be_bytes());
    mac.update(part);
}

#[cfg(test)]
mod tests {
    use health_code_core::wire::SubjectId;

    use super::Sealer;
    use crate::store::{CitizenId, Kind, RowKey, StoreError};
    use crate::system::SystemEntropy;

    #[test]
    fn a_sealed_value_opens_only_at_its_place() {
        let sealer = Sealer::new(&[7; 32]);
        let citizen = CitizenId::from_bytes([1; 16]);
        let place = RowKey::new(&SubjectId::OWNER, Kind(2), b"ab");
        let sealed = sealer
            .seal(citizen, &place, b"secret", &SystemEntropy)
            .expect("sealed");
        assert!(!sealed.windows(6).any(|window| window == b"secret"));
        let open = |sealer: &Sealer, citizen, place: &RowKey, bytes: &[u8]| {
            sealer
                .open(citizen, place, bytes)
                .map(|plain| plain.to_vec())
        };
        assert_eq!(
            open(&sealer, citizen, &place, &sealed),
            Ok(b"secret".to_vec())
        );
        let elsewhere = [
            RowKey::new(&SubjectId::OWNER, Kind(3), b"ab"),
            RowKey::new(&SubjectId::OWNER, Kind(2), b"a"),
            RowKey {
                subject: SubjectId::parse("child").expect("an id"),
                ..place.clone()
            },
        ];
        let broken = Err(StoreError::SealBroken);
        for place in &elsewhere {
            assert_eq!(open(&sealer, citizen, place, &sealed), broken);
        }
        let other = CitizenId::from_bytes([2; 16]);
        assert_eq!(open(&sealer, other, &place, &sealed), broken);
        let foreign = Sealer::new(&[8; 32]);
        assert_eq!(open(&foreign, citizen, &place, &sealed), broken);
        for position in 0..sealed.len() {
            let mut altered = sealed.clone();
            altered[position] ^= 1;
            assert_eq!(open(&sealer, citizen, &place, &altered), broken);
        }
        assert_eq!(open(&sealer, citizen, &place, &[]), broken);
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
