//! Values in pieces that are small enough for sled's log.
//!
//! sled puts a page (up to some 16 records) that is larger than a quarter of its segment into a file of its own. It
//! never syncs those files, refuses the whole log when an outdated one is damaged, and when such a file cannot be
//! written (a full disk) its next flush, also that of closing, waits for ever. So no page may grow that large.
//!
//! ```text
//! 00 || key                                 -> number of further pieces u16 BE || first piece
//! 01 || length of key u8 || key || n u16 BE -> piece n, from 1
//! ```
//!
//! Invariant: every value that sled sees is at most [`PIECE_BYTES`] + 2 bytes long.

use super::StoreError;

/// 19 of them, the most a page can hold after merging, are well below a quarter of 512 KiB.
const PIECE_BYTES: usize = 4096;

/// From where to where, this not included, the keys of first pieces reach.
pub(super) const HEADS: [&[u8]; 2] = [&[0], &[1]];

/// The key of the first piece. Keeps the order of keys, so that a prefix stays a prefix.
pub(super) fn head_key(key: &[u8]) -> Vec<u8> {
    let mut head = Vec::with_capacity(1 + key.len());
    head.push(0);
    head.extend_from_slice(key);
    head
}

/// The record's key in the key of its first piece.
pub(super) fn key_of_head(head: &[u8]) -> &[u8] {
    head.get(1..).unwrap_or_default()
}

/// The key of a further piece.
pub(super) fn piece_key(key: &[u8], number: u16) -> Vec<u8> {
    let mut piece = Vec::with_capacity(4 + key.len());
    // Keys have at most 128 bytes.
    piece.extend_from_slice(&[1, u8::try_from(key.len()).unwrap_or(u8::MAX)]);
    piece.extend_from_slice(key);
    piece.extend_from_slice(&number.to_be_bytes());
    piece
}

/// The value of the first piece and the further pieces.
pub(super) fn split(value: &[u8]) -> (Vec<u8>, impl ExactSizeIterator<Item = &[u8]>) {
    let (first, rest) = value.split_at(value.len().min(PIECE_BYTES));
    let further = rest.chunks(PIECE_BYTES);
    // Values have at most 1 MiB and a little, that is 257 pieces.
    let count = u16::try_from(further.len()).unwrap_or(u16::MAX);
    let mut head = Vec::with_capacity(2 + first.len());
    head.extend_from_slice(&count.to_be_bytes());
    head.extend_from_slice(first);
    (head, further)
}

/// How many further pieces there are, and the first one.
pub(super) fn read_head(head: &[u8]) -> Result<(u16, &[u8]), StoreError> {
    let (count, first) = head.split_first_chunk().ok_or(StoreError::Damaged)?;
    Ok((u16::from_be_bytes(*count), first))
}
