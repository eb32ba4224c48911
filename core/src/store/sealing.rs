//! Keys and ciphertext: how a record looks from outside.
//!
//! ```text
//! name  = HMAC(names, 03 subject)[..8] || HMAC(names, 04 subject kind)[..8] || HMAC(names, 05 subject kind key)[..16]
//! value = 02 || nonce[24] || XChaCha20-Poly1305(kind u16 || length u8 || subject || length u8 || key || value)
//! ```
//!
//! Invariant: a sealed value opens only under the name it was sealed for, and says itself where it belongs.
//! What shows: how many records each (nameless) kind of a (nameless) subject has, and their sizes. It keeps no state.

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::manifest::manifest_bytes;
use super::record_store::MakeManifest;
use super::{RawPlace, StoreError, SubjectId};
use crate::ports::Entropy;

/// First byte of each sealed record and part of what is authenticated.
const RECORD_FORMAT: u8 = 2;
/// The same of the ledger, which every version must find.
const LEDGER_FORMAT: u8 = 1;
/// Bytes of a name.
pub(super) const NAME_BYTES: usize = 32;
/// What the names of a subject's records start with.
const SUBJECT_PREFIX_BYTES: usize = 8;
/// What the names of a subject's records of one kind start with.
const KIND_PREFIX_BYTES: usize = 16;
const TAG_BYTES: usize = 16;
const NONCE_BYTES: usize = 24;
/// Format, nonce, tag; kind and the two lengths.
const OVERHEAD_BYTES: usize = 1 + NONCE_BYTES + TAG_BYTES + 4;

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

    /// The key for a purpose.
    pub(super) fn derive(&self, purpose: &str, id: u8) -> Zeroizing<[u8; 32]> {
        let mut key = Zeroizing::new([0; 32]);
        let root = Hkdf::<Sha256>::new(None, &self.0);
        root.expand_multi_info(
            &[b"health-code store 1 ", purpose.as_bytes(), &[id]],
            key.as_mut_slice(),
        )
        .expect("32 bytes are within HKDF's limit");
        key
    }

    /// The same as a key for HMAC.
    pub(super) fn derive_mac(&self, purpose: &str) -> Hmac<Sha256> {
        Hmac::new_from_slice(&*self.derive(purpose, 0)).expect("HMAC takes a key of any length")
    }
}

/// The keys derived from the master key, one for each purpose.
pub(super) struct Keys {
    names: Hmac<Sha256>,
    ledger_items: Hmac<Sha256>,
    anchor: Hmac<Sha256>,
    manifest: Hmac<Sha256>,
    envelope: Hmac<Sha256>,
    ledger: XChaCha20Poly1305,
    records: XChaCha20Poly1305,
}

impl Keys {
    /// Does not compile with a cipher, also a new one, whose key stays in memory when it is dropped.
    #[cfg(test)]
    pub(super) fn assert_ciphers_are_wiped() {
        const fn wiped<T: ZeroizeOnDrop>(_: &T) {}
        let Self {
            // Their library does not promise it of its states.
            names: _,
            ledger_items: _,
            anchor: _,
            manifest: _,
            envelope: _,
            ledger,
            records,
        } = &Self::derive(&MasterKey([7; 32]));
        wiped(ledger);
        wiped(records);
    }

    pub(super) fn derive(master: &MasterKey) -> Self {
        let cipher = |purpose| XChaCha20Poly1305::new(&Key::from(*master.derive(purpose, 0)));
        Self {
            names: master.derive_mac("names"),
            ledger_items: master.derive_mac("ledger items"),
            anchor: master.derive_mac("anchor"),
            manifest: master.derive_mac("manifest"),
            envelope: master.derive_mac("envelope"),
            ledger: cipher("sealing"),
            records: cipher("records"),
        }
    }

    /// What the names of all records of a subject (none: the phone) start with.
    pub(super) fn subject_prefix(&self, subject: Option<&SubjectId>) -> [u8; SUBJECT_PREFIX_BYTES] {
        first_bytes(&digest(&self.names, &[&[3], subject_bytes(subject)]))
    }

    /// What the names of all records of this kind and subject start with.
    pub(super) fn kind_prefix(&self, place: &RawPlace) -> [u8; KIND_PREFIX_BYTES] {
        let subject = place.subject.as_ref();
        let of_kind = self.name_digest(4, place, "");
        let mut prefix = [0; KIND_PREFIX_BYTES];
        prefix[..SUBJECT_PREFIX_BYTES].copy_from_slice(&self.subject_prefix(subject));
        prefix[SUBJECT_PREFIX_BYTES..]
            .copy_from_slice(&of_kind[..KIND_PREFIX_BYTES - SUBJECT_PREFIX_BYTES]);
        prefix
    }

    pub(super) fn name(&self, place: &RawPlace) -> Name {
        let of_key = self.name_digest(5, place, &place.key);
        let mut name = [0; NAME_BYTES];
        name[..KIND_PREFIX_BYTES].copy_from_slice(&self.kind_prefix(place));
        name[KIND_PREFIX_BYTES..].copy_from_slice(&of_key[..NAME_BYTES - KIND_PREFIX_BYTES]);
        name
    }

    fn name_digest(&self, what: u8, place: &RawPlace, key: &str) -> [u8; 32] {
        let subject = subject_bytes(place.subject.as_ref());
        // At most 36 bytes.
        let length = u8::try_from(subject.len()).unwrap_or(u8::MAX);
        let kind = place.kind.to_be_bytes();
        digest(
            &self.names,
            &[&[what, length], subject, &kind, key.as_bytes()],
        )
    }

    /// Where the ledger is: the same in every schema.
    pub(super) fn ledger_name(&self) -> Name {
        let mut name = [0; NAME_BYTES];
        name[..8].copy_from_slice(&digest(&self.names, &[&[1, 0]])[..8]);
        name[8..].copy_from_slice(&digest(&self.names, &[&[2, 0]])[..24]);
        name
    }

    /// What a record adds to the ledger's sum.
    pub(super) fn ledger_item(&self, name: &[u8], sealed: &[u8]) -> u128 {
        let tag = sealed.len().saturating_sub(TAG_BYTES);
        let item = digest(&self.ledger_items, &[name, &sealed[tag..]]);
        u128::from_be_bytes(first_bytes(&item))
    }

    pub(super) fn anchor_mac(&self, bytes: &[u8]) -> [u8; 32] {
        digest(&self.anchor, &[bytes])
    }

    pub(super) fn manifest_mac(&self, bytes: &[u8]) -> [u8; 32] {
        digest(&self.manifest, &[bytes])
    }

    /// Makes manifests without the other keys.
    pub(super) fn make_manifest(&self) -> MakeManifest {
        let key = self.manifest.clone();
        Box::new(move |of_files| manifest_bytes(&of_files, |bytes| digest(&key, &[bytes])).to_vec())
    }

    pub(super) fn envelope_check(&self, bytes: &[u8]) -> [u8; 16] {
        first_bytes(&digest(&self.envelope, &[bytes]))
    }

    /// Seals `value` for `place`, whose name is `name`.
    pub(super) fn seal(
        &self,
        place: &RawPlace,
        name: &Name,
        value: &[u8],
        entropy: &dyn Entropy,
    ) -> Result<Vec<u8>, StoreError> {
        let subject = subject_bytes(place.subject.as_ref());
        let mut plain = Zeroizing::new(Vec::with_capacity(
            OVERHEAD_BYTES + subject.len() + place.key.len() + value.len(),
        ));
        plain.extend_from_slice(&place.kind.to_be_bytes());
        for part in [subject, place.key.as_bytes()] {
            plain.push(u8::try_from(part.len()).map_err(|_| StoreError::KeyTooLong)?);
            plain.extend_from_slice(part);
        }
        plain.extend_from_slice(value);
        encrypt(&self.records, &[RECORD_FORMAT], name, &plain, entropy)
    }

    /// Where `sealed`, found under `name`, belongs, and its value.
    pub(super) fn open(
        &self,
        name: &[u8],
        sealed: &[u8],
    ) -> Result<(RawPlace, Zeroizing<Vec<u8>>), StoreError> {
        let plain = decrypt(&self.records, &[RECORD_FORMAT], name, sealed)?;
        read_plain(&plain).ok_or(StoreError::RecordAltered)
    }

    pub(super) fn seal_ledger(
        &self,
        ledger: &[u8],
        entropy: &dyn Entropy,
    ) -> Result<Vec<u8>, StoreError> {
        let plain = Zeroizing::new([&[0], ledger].concat());
        let name = self.ledger_name();
        encrypt(&self.ledger, &[LEDGER_FORMAT, 0], &name, &plain, entropy)
    }

    pub(super) fn open_ledger(&self, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        let name = self.ledger_name();
        let plain = decrypt(&self.ledger, &[LEDGER_FORMAT, 0], &name, sealed)?;
        match plain.split_first() {
            Some((0, ledger)) => Ok(Zeroizing::new(ledger.to_vec())),
            _ => Err(StoreError::RecordAltered),
        }
    }
}

/// The phone has no bytes; no subject's id is empty.
fn subject_bytes(subject: Option<&SubjectId>) -> &[u8] {
    subject.map_or(&[], |subject| subject.as_str().as_bytes())
}

fn read_plain(plain: &[u8]) -> Option<(RawPlace, Zeroizing<Vec<u8>>)> {
    let (kind, rest) = plain.split_first_chunk()?;
    let (subject, rest) = read_text(rest)?;
    let (key, value) = read_text(rest)?;
    let subject = match subject {
        "" => None,
        id => Some(SubjectId::parse(id)?),
    };
    let place = RawPlace {
        kind: u16::from_be_bytes(*kind),
        subject,
        key: key.to_owned(),
    };
    Some((place, Zeroizing::new(value.to_vec())))
}

fn read_text(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let (length, rest) = bytes.split_first()?;
    let (text, rest) = rest.split_at_checked(usize::from(*length))?;
    Some((std::str::from_utf8(text).ok()?, rest))
}

/// `format[0] || nonce || ciphertext`, authenticated together with `format` and `name`.
pub(super) fn encrypt(
    cipher: &XChaCha20Poly1305,
    format: &[u8],
    name: &[u8],
    plain: &[u8],
    entropy: &dyn Entropy,
) -> Result<Vec<u8>, StoreError> {
    let mut nonce = [0; NONCE_BYTES];
    entropy
        .fill(&mut nonce)
        .map_err(|_| StoreError::EntropyUnavailable)?;
    let payload = Payload {
        msg: plain,
        aad: &[format, name].concat(),
    };
    let ciphertext = cipher
        .encrypt(&XNonce::from(nonce), payload)
        .map_err(|_| StoreError::ValueTooLarge)?;
    Ok([&format[..1], &nonce, &ciphertext].concat())
}

/// What [`encrypt`] was given.
pub(super) fn decrypt(
    cipher: &XChaCha20Poly1305,
    format: &[u8],
    name: &[u8],
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, StoreError> {
    let altered = StoreError::RecordAltered;
    let (found, rest) = sealed.split_first().ok_or(altered)?;
    let (nonce, ciphertext) = rest.split_first_chunk::<NONCE_BYTES>().ok_or(altered)?;
    if format.first() != Some(found) {
        return Err(altered);
    }
    let payload = Payload {
        msg: ciphertext,
        aad: &[format, name].concat(),
    };
    cipher
        .decrypt(&XNonce::from(*nonce), payload)
        .map(Zeroizing::new)
        .map_err(|_| altered)
}

pub(super) fn digest(keyed: &Hmac<Sha256>, parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = keyed.clone();
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

fn first_bytes<const N: usize>(digest: &[u8; 32]) -> [u8; N] {
    let mut bytes = [0; N];
    bytes.copy_from_slice(&digest[..N]);
    bytes
}
