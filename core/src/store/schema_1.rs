//! The first schema: how its records are read and where each of them is now.
//!
//! ```text
//! name  = HMAC(names, 01 collection)[..8] || HMAC(names, 02 collection key)[..24]
//! value = 01 || nonce[24] || XChaCha20-Poly1305(key length u8 || key || value)
//! ```
//!
//! Invariant: frozen. What it says of a record's new place is part of the stored format: it never changes, whatever
//! becomes of the kinds. It writes nothing itself but for tests.

use chacha20poly1305::aead::KeyInit as _;
use chacha20poly1305::{Key, XChaCha20Poly1305};
use hmac::Hmac;
use sha2::Sha256;
use zeroize::Zeroizing;

use super::ledger::Ledger;
use super::sealing::{self, MasterKey, NAME_BYTES, Name};
use super::{RawPlace, RecordStore, StoreError, SubjectId, Write};
use crate::ports::Entropy;

/// Its number.
pub(super) const SCHEMA: u32 = 1;
const FORMAT: u8 = 1;
const PREFIX_BYTES: usize = 8;
const PROFILE: u8 = 2;
const DEVICE: u8 = 3;
const BUNDLE: u8 = 4;
const STATE: u8 = 5;
const OUTBOX: u8 = 6;
const DRAFT: u8 = 7;
const TIME: u8 = 8;
const COLLECTIONS: std::ops::RangeInclusive<u8> = 1..=TIME;

/// Where a record of schema 1 is since schema 2. One that no released version wrote stays with the phone, as the kind
/// that has its collection's number.
pub(super) fn place(collection: u8, key: &str) -> RawPlace {
    let owners = |kind, key: &str| RawPlace {
        kind,
        subject: Some(SubjectId::OWNER),
        key: key.to_owned(),
    };
    let phones = |kind, key: &str| RawPlace {
        kind,
        subject: None,
        key: key.to_owned(),
    };
    match (collection, key) {
        (PROFILE, "identity") => owners(16, ""),
        (PROFILE, "last-answers") => owners(17, ""),
        (DRAFT, form_id) => owners(18, form_id),
        (STATE, "told-colour") => owners(19, ""),
        (DEVICE, "ed25519-seed") => owners(24, ""),
        (STATE, "registration") => owners(25, ""),
        (STATE, "receipt") => owners(32, ""),
        (STATE, "credential") => owners(33, ""),
        (STATE, "etag") => owners(34, ""),
        (STATE, "meta") => owners(35, ""),
        (OUTBOX, upload_id) => owners(40, upload_id),
        (BUNDLE, name) => phones(48, name),
        (STATE, "bundles") => phones(49, ""),
        (STATE, "pacing") => phones(56, ""),
        (TIME, "anchor") => phones(57, ""),
        _ => match key.strip_prefix("correction/") {
            Some(upload_id) if collection == STATE => owners(36, upload_id),
            _ => phones(u16::from(collection), key),
        },
    }
}

/// The keys of schema 1 that schema 2 has no more use for.
pub(super) struct Keys {
    names: Hmac<Sha256>,
    sealing: Vec<XChaCha20Poly1305>,
}

impl Keys {
    pub(super) fn derive(master: &MasterKey) -> Self {
        let cipher = |id| XChaCha20Poly1305::new(&Key::from(*master.derive("sealing", id)));
        Self {
            names: master.derive_mac("names"),
            sealing: COLLECTIONS.map(cipher).collect(),
        }
    }

    fn prefix(&self, collection: u8) -> [u8; PREFIX_BYTES] {
        let mut prefix = [0; PREFIX_BYTES];
        prefix.copy_from_slice(&sealing::digest(&self.names, &[&[1, collection]])[..PREFIX_BYTES]);
        prefix
    }

    fn name(&self, collection: u8, key: &str) -> Name {
        let rest = sealing::digest(&self.names, &[&[2, collection], key.as_bytes()]);
        let mut name = [0; NAME_BYTES];
        name[..PREFIX_BYTES].copy_from_slice(&self.prefix(collection));
        name[PREFIX_BYTES..].copy_from_slice(&rest[..NAME_BYTES - PREFIX_BYTES]);
        name
    }

    fn cipher(&self, collection: u8) -> Result<&XChaCha20Poly1305, StoreError> {
        let cipher = self.sealing.get(usize::from(collection).wrapping_sub(1));
        cipher.ok_or(StoreError::RecordAltered)
    }

    fn open(
        &self,
        collection: u8,
        name: &[u8],
        sealed: &[u8],
    ) -> Result<(String, Zeroizing<Vec<u8>>), StoreError> {
        let altered = StoreError::RecordAltered;
        let cipher = self.cipher(collection)?;
        let plain = sealing::decrypt(cipher, &[FORMAT, collection], name, sealed)?;
        let (length, rest) = plain.split_first().ok_or(altered)?;
        let (key, value) = rest.split_at_checked(usize::from(*length)).ok_or(altered)?;
        let key = std::str::from_utf8(key).map_err(|_| altered)?;
        Ok((key.to_owned(), Zeroizing::new(value.to_vec())))
    }

    #[cfg(any(test, feature = "testing"))]
    fn seal(
        &self,
        collection: u8,
        key: &str,
        value: &[u8],
        entropy: &dyn Entropy,
    ) -> Result<(Name, Vec<u8>), StoreError> {
        let length = u8::try_from(key.len()).map_err(|_| StoreError::KeyTooLong)?;
        let plain = [&[length], key.as_bytes(), value].concat();
        let name = self.name(collection, key);
        let cipher = self.cipher(collection)?;
        let sealed = sealing::encrypt(cipher, &[FORMAT, collection], &name, &plain, entropy)?;
        Ok((name, sealed))
    }
}

/// What makes a store of schema 1 one of schema 2: every record under its new name, sealed anew, and the ledger of
/// them. `ledger` is the one that was found, its records have been counted.
///
/// # Errors
/// [`StoreError::RecordAltered`] where one cannot be opened: then nothing is migrated.
pub(super) fn to_schema_2(
    records: &dyn RecordStore,
    old: &Keys,
    new: &sealing::Keys,
    ledger: &Ledger,
    entropy: &dyn Entropy,
) -> Result<(Vec<Write>, Ledger), StoreError> {
    let prefixes: Vec<_> = COLLECTIONS.map(|id| (id, old.prefix(id))).collect();
    let ledger_name = new.ledger_name();
    let mut migrated = Ledger {
        commit: ledger.commit,
        ..Ledger::new(SCHEMA + 1)
    };
    let mut writes = Vec::new();
    for (name, sealed) in records.scan(&[])? {
        if name == ledger_name {
            continue;
        }
        let (collection, _) = prefixes
            .iter()
            .find(|(_, prefix)| name.starts_with(prefix))
            .ok_or(StoreError::RecordAltered)?;
        let (key, value) = old.open(*collection, &name, &sealed)?;
        if old.name(*collection, &key) != *name {
            return Err(StoreError::RecordAltered);
        }
        let place = place(*collection, &key);
        let new_name = new.name(&place);
        let value = new.seal(&place, &new_name, &value, entropy)?;
        migrated.add(new.ledger_item(&new_name, &value));
        writes.push(Write::Delete { key: name });
        writes.push(Write::Put {
            key: new_name.to_vec(),
            value,
        });
    }
    Ok((writes, migrated))
}

/// Fills an empty `records` with a store of schema 1, as its versions wrote it: for tests of what came after.
///
/// # Errors
/// As [`super::SealedStore::open`] and [`super::SealedStore::apply`].
#[cfg(any(test, feature = "testing"))]
pub fn write_schema_1(
    records: &dyn RecordStore,
    guard: &dyn crate::ports::KeyGuard,
    entropy: &dyn Entropy,
    contents: &[(u8, String, Vec<u8>)],
) -> Result<(), StoreError> {
    use super::{SideFile, envelope, ledger::anchor_bytes};

    let (master, keys, wrapped) = envelope::wrap_new(guard, entropy)?;
    let envelope = envelope::of_one(&wrapped, &keys)?;
    let old = Keys::derive(&master);
    let mut ledger = Ledger::new(SCHEMA);
    let mut batches = contents.chunks(500);
    loop {
        let mut writes = Vec::new();
        for (collection, key, value) in batches.next().unwrap_or_default() {
            let (name, sealed) = old.seal(*collection, key, value, entropy)?;
            ledger.add(keys.ledger_item(&name, &sealed));
            let key = name.to_vec();
            writes.push(Write::Put { key, value: sealed });
        }
        let is_done = writes.is_empty() && ledger.commit > 0;
        if is_done {
            return records.write_side(SideFile::Envelope, &envelope);
        }
        ledger.commit += 1;
        writes.push(Write::Put {
            key: keys.ledger_name().to_vec(),
            value: keys.seal_ledger(&ledger.to_bytes(), entropy)?,
        });
        records.apply(&writes)?;
        records.write_side(SideFile::Anchor, &anchor_bytes(ledger.commit, &keys))?;
    }
}
