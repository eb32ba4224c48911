//! The file that holds the master key, wrapped by the host's [`KeyGuard`].
//!
//! ```text
//! "HCKE" || version u8 = 1 || length u16 BE || what the guard made || check[16]
//! ```
//!
//! `check` is an HMAC over everything before it, under a key derived from the master key, so that a guard that
//! quietly unwraps to something else is noticed before anything is read.
//! Invariant: the master key is in no file but this one, and in this one only wrapped.

use super::StoreError;
use super::sealing::{Keys, MasterKey};
use crate::ports::{Entropy, KeyGuard};

const MAGIC: &[u8; 4] = b"HCKE";
const VERSION: u8 = 1;
const HEADER_BYTES: usize = 7;
const CHECK_BYTES: usize = 16;
/// What [`KeyGuard::wrap`] may return at most.
const MAX_WRAPPED_BYTES: usize = 1024;

/// A new master key, what is derived from it, and its envelope.
pub(super) fn seal_new(
    guard: &dyn KeyGuard,
    entropy: &dyn Entropy,
) -> Result<(MasterKey, Keys, Vec<u8>), StoreError> {
    let master = MasterKey::generate(entropy)?;
    let wrapped = guard
        .wrap(master.secret())
        .map_err(|error| StoreError::from_guard(&error))?;
    let length = u16::try_from(wrapped.len())
        .ok()
        .filter(|length| usize::from(*length) <= MAX_WRAPPED_BYTES)
        .ok_or(StoreError::KeyUnavailable)?;
    let mut envelope = Vec::with_capacity(HEADER_BYTES + wrapped.len() + CHECK_BYTES);
    envelope.extend_from_slice(MAGIC);
    envelope.push(VERSION);
    envelope.extend_from_slice(&length.to_be_bytes());
    envelope.extend_from_slice(&wrapped);
    let keys = Keys::derive(&master);
    let check = keys.envelope_check(&envelope);
    envelope.extend_from_slice(&check);
    Ok((master, keys, envelope))
}

/// The master key in `envelope` and what is derived from it.
///
/// # Errors
/// [`StoreError::EnvelopeDamaged`], [`StoreError::NewerSchema`], [`StoreError::KeyRefused`],
/// [`StoreError::KeyUnavailable`].
pub(super) fn open(envelope: &[u8], guard: &dyn KeyGuard) -> Result<(MasterKey, Keys), StoreError> {
    let (header, rest) = envelope
        .split_first_chunk::<HEADER_BYTES>()
        .ok_or(StoreError::EnvelopeDamaged)?;
    let [magic @ .., version, high, low] = header;
    if magic != MAGIC {
        return Err(StoreError::EnvelopeDamaged);
    }
    if *version != VERSION {
        return Err(StoreError::NewerSchema);
    }
    let length = usize::from(u16::from_be_bytes([*high, *low]));
    if length > MAX_WRAPPED_BYTES || rest.len() != length + CHECK_BYTES {
        return Err(StoreError::EnvelopeDamaged);
    }
    let (wrapped, check) = rest.split_at(length);
    let unwrapped = guard
        .unwrap(wrapped)
        .map_err(|error| StoreError::from_guard(&error))?;
    let master = MasterKey::from_unwrapped(&unwrapped)?;
    let keys = Keys::derive(&master);
    let expected = keys.envelope_check(&envelope[..HEADER_BYTES + length]);
    if check != expected {
        return Err(StoreError::KeyRefused);
    }
    Ok((master, keys))
}
