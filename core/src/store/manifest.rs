//! The record that the files of a store were counted: what was walked through once need not be again.
//!
//! ```text
//! manifest = "HCMF" || version u8 = 1 || 000000 || digest of the records' files[32] || HMAC[32]
//! ```
//!
//! Invariant: it is written only for files whose records were all visited (but for those that were replaced since, which
//! the next open compares) and were the ledger's. The same bytes hold the same records, so that only what was applied
//! since is left to be counted. It may be missing or of other files at any time: then everything is counted.

use super::ledger::Ledger;
use super::record_store::Change;
use super::sealing::Keys;
use super::{RecordStore, SideFile, StoreError};

const MAGIC: &[u8; 8] = b"HCMF\x01\0\0\0";
const DIGEST_BYTES: usize = 32;
const MANIFEST_BYTES: usize = 72;

pub(super) fn manifest_bytes(
    digest: &[u8; DIGEST_BYTES],
    mac: impl Fn(&[u8]) -> [u8; 32],
) -> [u8; MANIFEST_BYTES] {
    let mut bytes = [0; MANIFEST_BYTES];
    bytes[..8].copy_from_slice(MAGIC);
    bytes[8..40].copy_from_slice(digest);
    let mac = mac(&bytes[..40]);
    bytes[40..].copy_from_slice(&mac);
    bytes
}

/// The digest that a manifest names, where the key to verify it is not at hand.
pub(super) fn unverified_digest(bytes: &[u8]) -> Option<[u8; DIGEST_BYTES]> {
    let rest = bytes.strip_prefix(MAGIC)?;
    (bytes.len() == MANIFEST_BYTES)
        .then(|| rest.first_chunk().copied())
        .flatten()
}

/// Whether the records are those of `ledger`, as far as that can be said without visiting all of them: they were
/// counted when they were the bytes that they are now, and with what was applied since they are the ledger's.
pub(super) fn is_counted(
    records: &dyn RecordStore,
    keys: &Keys,
    ledger: &Ledger,
) -> Result<bool, StoreError> {
    let Some(since) = records.since_manifest()? else {
        return Ok(false);
    };
    let expected = manifest_bytes(&since.digest, |bytes| keys.manifest_mac(bytes));
    if records.read_side(SideFile::Manifest)?.as_deref() != Some(&expected) {
        return Ok(false);
    }
    let ledger_name = keys.ledger_name();
    let is_ledger = |change: &&Change| change.key == ledger_name;
    let mut found = match since.changes.iter().find(is_ledger) {
        None => *ledger,
        Some(Change {
            before: Some(sealed),
            ..
        }) => Ledger::from_bytes(&keys.open_ledger(sealed)?)?,
        Some(_) => return Ok(false),
    };
    for change in since.changes.iter().filter(|it| !is_ledger(it)) {
        if let Some(before) = &change.before {
            found.remove(keys.ledger_item(&change.key, before));
        }
        if let Some(now) = &change.now {
            found.add(keys.ledger_item(&change.key, now));
        }
    }
    Ok(ledger.check(&found).is_ok())
}
