//! Keys and ciphertext: how a record looks from outside.
//!
//! ```text
//! name  = HMAC(names, 01 collection)[..8] || HMAC(names, 02 collection key)[..24]
//! value = 01 || nonce[24] || XChaCha20-Poly1305(key length u8 || key || value)
//! ```
//!
//! Invariant: a sealed value opens only under the collection and the name it was sealed for.
//! What shows: how many records a (nameless) collection has, and their sizes. It keeps no state.

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::{Collection, MAX_KEY_BYTES, MAX_VALUE_BYTES, StoreError};
use crate::ports::Entropy;

/// First byte of each sealed value and part of what is authenticated.
pub(super) const FORMAT_VERSION: u8 = 1;
/// Bytes of a name; the first [`PREFIX_BYTES`] are the collection's.
pub(super) const NAME_BYTES: usize = 32;
pub(super) const PREFIX_BYTES: usize = 8;
pub(super) const TAG_BYTES: usize = 16;
const NONCE_BYTES: usize = 24;
const OVERHEAD_BYTES: usize = 1 + NONCE_BYTES + TAG_BYTES;
/// The ledger's place, beside the collections 1 to 8.
const LEDGER_ID: u8 = 0;
const SEALING_KEYS: usize = Collection::ALL.len() + 1;

/// How a record is called in the [`super::RecordStore`].
pub(super) type Name = [u8; NAME_BYTES];

/// The key that everything else is derived from. Lives while a store is being opened.
#[derive(Zeroize, ZeroizeOnDrop)]
pub(super) struct MasterKey([u8; 32]);

impl MasterKey {
    /// A new random key.
    pub(super) fn generate(entropy: &dyn Entropy) -> Result<Self, StoreError> {
        let mut key = Self([0; 32]);
        entropy
            .fill(&mut key.0)
            .map_err(|_| StoreError::EntropyUnavailable)?;
        Ok(key)
    }

    /// What a guard unwrapped.
    pub(super) fn from_unwrapped(bytes: &[u8]) -> Result<Self, StoreError> {
        bytes
            .try_into()
            .map(Self)
            .map_err(|_| StoreError::KeyRefused)
    }

    /// What a guard is to wrap.
    pub(super) fn secret(&self) -> &[u8] {
        &self.0
    }
}

/// The keys derived from the master key, one for each purpose.
pub(super) struct Keys {
    names: Hmac<Sha256>,
    ledger_items: Hmac<Sha256>,
    anchor: Hmac<Sha256>,
    envelope: Hmac<Sha256>,
    sealing: Zeroizing<[[u8; 32]; SEALING_KEYS]>,
}

impl Keys {
    pub(super) fn derive(master: &MasterKey) -> Self {
        let root = Hkdf::<Sha256>::new(None, &master.0);
        let mut sealing = Zeroizing::new([[0; 32]; SEALING_KEYS]);
        for (id, key) in (0_u8..).zip(sealing.iter_mut()) {
            expand(&root, "sealing", id, key);
        }
        let mac = |purpose| {
            let mut key = Zeroizing::new([0; 32]);
            expand(&root, purpose, 0, &mut key);
            mac(&*key)
        };
        Self {
            names: mac("names"),
            ledger_items: mac("ledger items"),
            anchor: mac("anchor"),
            envelope: mac("envelope"),
            sealing,
        }
    }

    /// What all names of the collection start with.
    pub(super) fn prefix(&self, collection: Collection) -> [u8; PREFIX_BYTES] {
        self.prefix_of(collection.id())
    }

    pub(super) fn name(&self, collection: Collection, key: &str) -> Name {
        self.name_of(collection.id(), key)
    }

    pub(super) fn ledger_name(&self) -> Name {
        self.name_of(LEDGER_ID, "")
    }

    /// What a record adds to the ledger's sum.
    pub(super) fn ledger_item(&self, name: &[u8], sealed: &[u8]) -> u128 {
        let tag = sealed.len().saturating_sub(TAG_BYTES);
        let item = digest(&self.ledger_items, &[name, &sealed[tag..]]);
        item[..16]
            .iter()
            .fold(0, |sum, byte| sum << 8 | u128::from(*byte))
    }

    pub(super) fn anchor_mac(&self, bytes: &[u8]) -> [u8; 32] {
        digest(&self.anchor, &[bytes])
    }

    pub(super) fn envelope_check(&self, bytes: &[u8]) -> [u8; 16] {
        let mut check = [0; 16];
        check.copy_from_slice(&digest(&self.envelope, &[bytes])[..16]);
        check
    }

    /// Seals `value` for `key`.
    pub(super) fn seal(
        &self,
        collection: Collection,
        key: &str,
        value: &[u8],
        entropy: &dyn Entropy,
    ) -> Result<Vec<u8>, StoreError> {
        check_key(key)?;
        if value.len() > MAX_VALUE_BYTES {
            return Err(StoreError::ValueTooLarge);
        }
        self.seal_as(collection.id(), key, value, entropy)
    }

    /// The key and the value in `sealed`, which was found under `name`.
    pub(super) fn open(
        &self,
        collection: Collection,
        name: &[u8],
        sealed: &[u8],
    ) -> Result<(String, Zeroizing<Vec<u8>>), StoreError> {
        self.open_as(collection.id(), name, sealed)
    }

    pub(super) fn seal_ledger(
        &self,
        ledger: &[u8],
        entropy: &dyn Entropy,
    ) -> Result<Vec<u8>, StoreError> {
        self.seal_as(LEDGER_ID, "", ledger, entropy)
    }

    pub(super) fn open_ledger(&self, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        self.open_as(LEDGER_ID, &self.ledger_name(), sealed)
            .map(|(_, ledger)| ledger)
    }

    fn prefix_of(&self, id: u8) -> [u8; PREFIX_BYTES] {
        let mut prefix = [0; PREFIX_BYTES];
        prefix.copy_from_slice(&digest(&self.names, &[&[1, id]])[..PREFIX_BYTES]);
        prefix
    }

    fn name_of(&self, id: u8, key: &str) -> Name {
        let mut name = [0; NAME_BYTES];
        name[..PREFIX_BYTES].copy_from_slice(&self.prefix_of(id));
        let rest = digest(&self.names, &[&[2, id], key.as_bytes()]);
        name[PREFIX_BYTES..].copy_from_slice(&rest[..NAME_BYTES - PREFIX_BYTES]);
        name
    }

    fn seal_as(
        &self,
        id: u8,
        key: &str,
        value: &[u8],
        entropy: &dyn Entropy,
    ) -> Result<Vec<u8>, StoreError> {
        let key_length = u8::try_from(key.len()).map_err(|_| StoreError::KeyTooLong)?;
        let mut plain = Zeroizing::new(Vec::with_capacity(1 + key.len() + value.len()));
        plain.push(key_length);
        plain.extend_from_slice(key.as_bytes());
        plain.extend_from_slice(value);
        let mut nonce = [0; NONCE_BYTES];
        entropy
            .fill(&mut nonce)
            .map_err(|_| StoreError::EntropyUnavailable)?;
        let payload = Payload {
            msg: &plain,
            aad: &associated_data(id, &self.name_of(id, key)),
        };
        let ciphertext = self
            .cipher(id)
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| StoreError::ValueTooLarge)?;
        let mut sealed = Vec::with_capacity(OVERHEAD_BYTES + plain.len());
        sealed.push(FORMAT_VERSION);
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(&ciphertext);
        Ok(sealed)
    }

    fn open_as(
        &self,
        id: u8,
        name: &[u8],
        sealed: &[u8],
    ) -> Result<(String, Zeroizing<Vec<u8>>), StoreError> {
        let (version, rest) = sealed.split_first().ok_or(StoreError::RecordAltered)?;
        if *version != FORMAT_VERSION {
            return Err(StoreError::RecordAltered);
        }
        let (nonce, ciphertext) = rest
            .split_first_chunk::<NONCE_BYTES>()
            .ok_or(StoreError::RecordAltered)?;
        let payload = Payload {
            msg: ciphertext,
            aad: &associated_data(id, name),
        };
        let plain = self
            .cipher(id)
            .decrypt(&XNonce::from(*nonce), payload)
            .map(Zeroizing::new)
            .map_err(|_| StoreError::RecordAltered)?;
        let (key_length, rest) = plain.split_first().ok_or(StoreError::RecordAltered)?;
        let (key, value) = rest
            .split_at_checked(usize::from(*key_length))
            .ok_or(StoreError::RecordAltered)?;
        let key = std::str::from_utf8(key).map_err(|_| StoreError::RecordAltered)?;
        Ok((key.to_owned(), Zeroizing::new(value.to_vec())))
    }

    fn cipher(&self, id: u8) -> XChaCha20Poly1305 {
        // The id is a collection's or the ledger's, so the index exists.
        XChaCha20Poly1305::new(&Key::from(self.sealing[usize::from(id)]))
    }
}

/// Whether a logical key may be used.
pub(super) fn check_key(key: &str) -> Result<(), StoreError> {
    if key.is_empty() || key.len() > MAX_KEY_BYTES {
        return Err(StoreError::KeyTooLong);
    }
    Ok(())
}

fn associated_data(id: u8, name: &[u8]) -> Vec<u8> {
    let mut data = Vec::with_capacity(2 + NAME_BYTES);
    data.push(FORMAT_VERSION);
    data.push(id);
    data.extend_from_slice(name);
    data
}

fn expand(root: &Hkdf<Sha256>, purpose: &str, id: u8, key: &mut [u8; 32]) {
    root.expand_multi_info(&[b"health-code store 1 ", purpose.as_bytes(), &[id]], key)
        .expect("32 bytes are within HKDF's limit");
}

fn mac(key: &[u8]) -> Hmac<Sha256> {
    Hmac::new_from_slice(key).expect("HMAC takes a key of any length")
}

fn digest(keyed: &Hmac<Sha256>, parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = keyed.clone();
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}
