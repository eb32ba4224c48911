//! How lost records are noticed.
//!
//! sled drops what it cannot read at the end of its log, in silence. So each batch also writes one sealed ledger
//! record: how many batches there were, how many records there are, and the sum (mod 2^128) of one keyed hash per
//! record over its name and its tag. A plain side file, the anchor, is written after the batch is durable.
//!
//! ```text
//! ledger = schema u32 || commit u64 || count u64 || sum u128     (big endian, then sealed)
//! anchor = "HCAN" || version u8 = 1 || 000000 || commit u64 || HMAC[32]
//! ```
//!
//! Invariant: the records on disk are those of the ledger beside them, and the ledger's commit is at least the
//! anchor's. The anchor may lag (a power cut), it never leads. Putting back the whole folder as it was earlier is
//! not noticed.

use super::StoreError;
use super::sealing::Keys;

const LEDGER_BYTES: usize = 36;
const ANCHOR_MAGIC: &[u8; 8] = b"HCAN\x01\0\0\0";
const ANCHOR_BYTES: usize = 48;

/// What the records must amount to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ledger {
    /// Version of the stored model.
    pub(super) schema: u32,
    /// Batches so far.
    pub(super) commit: u64,
    /// Records, without the ledger.
    pub(super) count: u64,
    /// Sum of the records' items.
    pub(super) sum: u128,
}

impl Ledger {
    /// The ledger of an empty store.
    pub(super) const fn new(schema: u32) -> Self {
        Self {
            schema,
            commit: 0,
            count: 0,
            sum: 0,
        }
    }

    pub(super) const fn add(&mut self, item: u128) {
        self.count = self.count.saturating_add(1);
        self.sum = self.sum.wrapping_add(item);
    }

    pub(super) const fn remove(&mut self, item: u128) {
        self.count = self.count.saturating_sub(1);
        self.sum = self.sum.wrapping_sub(item);
    }

    pub(super) fn to_bytes(self) -> [u8; LEDGER_BYTES] {
        let mut bytes = [0; LEDGER_BYTES];
        bytes[..4].copy_from_slice(&self.schema.to_be_bytes());
        bytes[4..12].copy_from_slice(&self.commit.to_be_bytes());
        bytes[12..20].copy_from_slice(&self.count.to_be_bytes());
        bytes[20..].copy_from_slice(&self.sum.to_be_bytes());
        bytes
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Result<Self, StoreError> {
        let altered = StoreError::RecordAltered;
        if bytes.len() < 4 {
            return Err(altered);
        }
        let (schema, rest) = bytes.split_first_chunk().ok_or(altered)?;
        let (commit, rest) = rest.split_first_chunk().ok_or(altered)?;
        let (count, rest) = rest.split_first_chunk().ok_or(altered)?;
        let sum = rest.try_into().map_err(|_| altered)?;
        Ok(Self {
            schema: u32::from_be_bytes(*schema),
            commit: u64::from_be_bytes(*commit),
            count: u64::from_be_bytes(*count),
            sum: u128::from_be_bytes(sum),
        })
    }

    /// Whether `found`, counted from the records that are there, is what this ledger says.
    ///
    /// # Errors
    /// [`StoreError::RecordsLost`] where there are fewer, otherwise [`StoreError::RecordAltered`].
    pub(super) const fn check(&self, found: &Self) -> Result<(), StoreError> {
        if found.count < self.count {
            Err(StoreError::RecordsLost)
        } else if found.count != self.count || found.sum != self.sum {
            Err(StoreError::RecordAltered)
        } else {
            Ok(())
        }
    }
}

pub(super) fn anchor_bytes(commit: u64, keys: &Keys) -> [u8; ANCHOR_BYTES] {
    let mut bytes = [0; ANCHOR_BYTES];
    bytes[..8].copy_from_slice(ANCHOR_MAGIC);
    bytes[8..16].copy_from_slice(&commit.to_be_bytes());
    let mac = keys.anchor_mac(&bytes[..16]);
    bytes[16..].copy_from_slice(&mac);
    bytes
}

/// The commit in an anchor of this store.
///
/// # Errors
/// [`StoreError::AnchorDamaged`].
pub(super) fn anchor_commit(bytes: &[u8], keys: &Keys) -> Result<u64, StoreError> {
    let commit = unverified_anchor_commit(bytes).ok_or(StoreError::AnchorDamaged)?;
    if bytes != anchor_bytes(commit, keys) {
        return Err(StoreError::AnchorDamaged);
    }
    Ok(commit)
}

/// The commit that an anchor names, where the key to verify it is gone.
pub(super) fn unverified_anchor_commit(bytes: &[u8]) -> Option<u64> {
    let rest = bytes.strip_prefix(ANCHOR_MAGIC)?;
    (bytes.len() == ANCHOR_BYTES)
        .then(|| rest.first_chunk().copied().map(u64::from_be_bytes))
        .flatten()
}
