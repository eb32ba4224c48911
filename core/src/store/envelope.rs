//! The file that holds the master key, wrapped by the host's [`KeyGuard`].
//!
//! ```text
//! "HCKE" || version u8 = 1 || length u16 BE || what the guard made || check[16]
//! "HCKE" || version u8 = 2 || (length u16 BE || what the guard made) twice || check[16]     (while the key is being renewed)
//! ```
//!
//! `check` is an HMAC over everything before it, under a key derived from the (first) master key, so that a guard that
//! quietly unwraps to something else is noticed before anything is read.
//! Invariant: the master key is in no file but this one, and in this one only wrapped.

use super::StoreError;
use super::sealing::{Keys, MasterKey};
use crate::ports::{Entropy, KeyGuard};

const MAGIC: &[u8; 4] = b"HCKE";
const ONE: u8 = 1;
const TWO: u8 = 2;
const CHECK_BYTES: usize = 16;
/// What [`KeyGuard::wrap`] may return at most.
const MAX_WRAPPED_BYTES: usize = 1024;

/// What an envelope holds, unopened.
pub(super) struct Envelope<'a> {
    /// The master key, wrapped.
    wrapped: &'a [u8],
    /// While it is being renewed: the one that may count already.
    next: Option<&'a [u8]>,
    signed: &'a [u8],
    check: &'a [u8],
}

/// A wrapped master key, opened.
pub(super) struct Opened<'a> {
    pub(super) master: MasterKey,
    pub(super) keys: Keys,
    pub(super) wrapped: &'a [u8],
}

/// A new master key, what is derived from it, and what the guard makes of it.
pub(super) fn wrap_new(
    guard: &dyn KeyGuard,
    entropy: &dyn Entropy,
) -> Result<(MasterKey, Keys, Vec<u8>), StoreError> {
    let master = MasterKey::generate(entropy)?;
    let wrapped = guard
        .wrap(master.secret())
        .map_err(|error| StoreError::from_guard(&error))?;
    let keys = Keys::derive(&master);
    Ok((master, keys, wrapped))
}

/// The envelope of a key that the guard wrapped.
pub(super) fn of_one(wrapped: &[u8], keys: &Keys) -> Result<Vec<u8>, StoreError> {
    checked(ONE, &[wrapped], keys)
}

/// The envelope of the key that counts and one that may take its place, both wrapped; `keys` are of the first.
pub(super) fn of_both(wrapped: &[u8], next: &[u8], keys: &Keys) -> Result<Vec<u8>, StoreError> {
    checked(TWO, &[wrapped, next], keys)
}

fn checked(version: u8, wrapped: &[&[u8]], keys: &Keys) -> Result<Vec<u8>, StoreError> {
    let mut envelope = MAGIC.to_vec();
    envelope.push(version);
    for one in wrapped {
        let length = u16::try_from(one.len())
            .ok()
            .filter(|length| usize::from(*length) <= MAX_WRAPPED_BYTES)
            .ok_or(StoreError::KeyUnavailable)?;
        envelope.extend_from_slice(&length.to_be_bytes());
        envelope.extend_from_slice(one);
    }
    let check = keys.envelope_check(&envelope);
    envelope.extend_from_slice(&check);
    Ok(envelope)
}

impl<'a> Envelope<'a> {
    /// Reads the file.
    ///
    /// # Errors
    /// [`StoreError::EnvelopeDamaged`], [`StoreError::NewerSchema`].
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, StoreError> {
        let damaged = StoreError::EnvelopeDamaged;
        let (signed, check) = bytes
            .split_last_chunk::<CHECK_BYTES>()
            .ok_or(StoreError::EnvelopeDamaged)?;
        let rest = signed.strip_prefix(MAGIC).ok_or(damaged)?;
        let (version, rest) = rest.split_first().ok_or(damaged)?;
        if ![ONE, TWO].contains(version) {
            return Err(StoreError::NewerSchema);
        }
        let (wrapped, rest) = read_wrapped(rest).ok_or(damaged)?;
        let (next, rest) = if *version == ONE {
            (None, rest)
        } else {
            let (next, rest) = read_wrapped(rest).ok_or(damaged)?;
            (Some(next), rest)
        };
        if !rest.is_empty() {
            return Err(damaged);
        }
        Ok(Self {
            wrapped,
            next,
            signed,
            check,
        })
    }

    /// The master key and what is derived from it.
    ///
    /// # Errors
    /// [`StoreError::KeyRefused`], [`StoreError::KeyUnavailable`].
    pub(super) fn open(&self, guard: &dyn KeyGuard) -> Result<Opened<'a>, StoreError> {
        let opened = unwrap(self.wrapped, guard)?;
        if self.check != opened.keys.envelope_check(self.signed) {
            return Err(StoreError::KeyRefused);
        }
        Ok(opened)
    }

    /// The key that may have taken its place, where it was being renewed; call [`Envelope::open`] first.
    ///
    /// # Errors
    /// As [`Envelope::open`].
    pub(super) fn open_next(&self, guard: &dyn KeyGuard) -> Result<Option<Opened<'a>>, StoreError> {
        self.next.map(|next| unwrap(next, guard)).transpose()
    }
}

fn read_wrapped(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk()?;
    let length = usize::from(u16::from_be_bytes(*length));
    (length <= MAX_WRAPPED_BYTES)
        .then(|| rest.split_at_checked(length))
        .flatten()
}

fn unwrap<'a>(wrapped: &'a [u8], guard: &dyn KeyGuard) -> Result<Opened<'a>, StoreError> {
    let unwrapped = guard
        .unwrap(wrapped)
        .map_err(|error| StoreError::from_guard(&error))?;
    let master = MasterKey::from_unwrapped(&unwrapped)?;
    let keys = Keys::derive(&master);
    Ok(Opened {
        master,
        keys,
        wrapped,
    })
}
