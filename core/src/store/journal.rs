//! The write-ahead journal in front of sled: a put waits for the disk once, on a file that never grows.
//!
//! ```text
//! journal = entries from the start of the file on; what follows the last one is older and means nothing
//! entry   = number u64 || length u32 || check[16] || body[length]                      (big endian)
//! check   = SHA-256(check of the entry before, 16 zeros for the first || number || length || body)[..16]
//! body    = writes, each 00 || length of key u8 || key   or   01 || length of key u8 || key || length u32 || value
//! ```
//!
//! Entries are numbered without gaps. Once everything is in sled, which keeps the number of the last batch that it
//! holds, writing starts over at the start of the file: an entry of an earlier round is told by its check, which
//! does not continue from what was written over the entries before it.
//!
//! After a sync that failed the system counts what was written as written, shows it to whoever opens the file next and
//! writes it to the disk no more. So what is found at open may be there in memory alone: the first entry after it writes
//! all of it again.
//!
//! Invariant: an entry is read back whole or not at all, and only after all of those before it; a durable entry has
//! durable ones before it. It does not know what sled holds, and keeps no secret: names are digests, values are sealed
//! before they come here.

use std::fs::File;

use sha2::{Digest as _, Sha256};

use super::{MAX_KEY_BYTES, Write};

/// Size of the file. It is the most that is read again after a kill, and that memory holds in front of sled.
pub(super) const JOURNAL_BYTES: usize = 64 * 1024;
const CHECK_BYTES: usize = 16;
const HEAD_BYTES: usize = 8 + 4 + CHECK_BYTES;
const DELETE: u8 = 0;
const PUT: u8 = 1;

type Check = [u8; CHECK_BYTES];

/// One batch as it was applied.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) number: u64,
    pub(super) writes: Vec<Write>,
}

/// What a journal asks of its file.
pub(super) trait JournalFile {
    /// Reads some of what is at `offset`; 0 at the end.
    fn read_at(&self, bytes: &mut [u8], offset: u64) -> std::io::Result<usize>;
    /// Writes all of it at `offset`; not durable.
    fn write_all_at(&self, bytes: &[u8], offset: u64) -> std::io::Result<()>;
    /// Makes durable what was written.
    fn sync_data(&self) -> std::io::Result<()>;
}

impl JournalFile for File {
    fn read_at(&self, bytes: &mut [u8], offset: u64) -> std::io::Result<usize> {
        std::os::unix::fs::FileExt::read_at(self, bytes, offset)
    }

    fn write_all_at(&self, bytes: &[u8], offset: u64) -> std::io::Result<()> {
        std::os::unix::fs::FileExt::write_all_at(self, bytes, offset)
    }

    fn sync_data(&self) -> std::io::Result<()> {
        Self::sync_data(self)
    }
}

/// The open file and where its next entry goes.
#[derive(Debug)]
pub(super) struct Journal<F = File> {
    file: F,
    end: usize,
    check: Check,
    /// The entries that were found at open, as long as they were not written again.
    found: Vec<u8>,
}

impl<F: JournalFile> Journal<F> {
    /// One without entries.
    pub(super) const fn new(file: F) -> Self {
        Self {
            file,
            end: 0,
            check: [0; CHECK_BYTES],
            found: Vec::new(),
        }
    }

    /// Reads the entries in `file`; the next one will follow them.
    pub(super) fn open(file: F) -> std::io::Result<(Self, Vec<Entry>)> {
        let mut bytes = vec![0; JOURNAL_BYTES];
        let mut length = 0;
        while length < bytes.len() {
            match file.read_at(&mut bytes[length..], length as u64)? {
                0 => break,
                read => length += read,
            }
        }
        let mut journal = Self::new(file);
        let mut entries: Vec<Entry> = Vec::new();
        let mut rest = &bytes[..length];
        while let Some((entry, check, after)) = read_entry(rest, &journal.check) {
            if let Some(before) = entries.last()
                && entry.number != before.number.wrapping_add(1)
            {
                break;
            }
            entries.push(entry);
            journal.end += rest.len() - after.len();
            journal.check = check;
            rest = after;
        }
        journal.found = bytes[..journal.end].to_vec();
        Ok((journal, entries))
    }

    /// Whether an entry with this body has room behind the last one.
    pub(super) const fn has_room(&self, body: &[u8]) -> bool {
        self.end + HEAD_BYTES + body.len() <= JOURNAL_BYTES
    }

    /// Writes an entry that has room; durable when it returns.
    pub(super) fn append(&mut self, number: u64, body: &[u8]) -> std::io::Result<()> {
        let length = u32::try_from(body.len()).unwrap_or(u32::MAX).to_be_bytes();
        let number = number.to_be_bytes();
        let check = check_of(&self.check, number, length, body);
        let found = self.found.as_slice();
        let bytes = [found, &number, &length, &check, body].concat();
        let start = self.end - found.len();
        self.file.write_all_at(&bytes, start as u64)?;
        self.file.sync_data()?;
        self.end = start + bytes.len();
        self.check = check;
        self.found = Vec::new();
        Ok(())
    }

    /// The next entry goes to the start of the file: everything so far is in sled, durably.
    pub(super) fn start_over(&mut self) {
        self.end = 0;
        self.check = [0; CHECK_BYTES];
        self.found = Vec::new();
    }
}

/// Whether an entry with this body has room in an empty journal.
pub(super) const fn can_hold(body: &[u8]) -> bool {
    HEAD_BYTES + body.len() <= JOURNAL_BYTES
}

/// The body of an entry with these writes, which are within the caps.
pub(super) fn body(writes: &[Write]) -> Vec<u8> {
    let mut body = Vec::new();
    for write in writes {
        let key = write.key();
        // Keys have at most 128 bytes, values 1 MiB and a little.
        let key_length = u8::try_from(key.len()).unwrap_or(u8::MAX);
        match write {
            Write::Delete { .. } => {
                body.extend_from_slice(&[DELETE, key_length]);
                body.extend_from_slice(key);
            }
            Write::Put { value, .. } => {
                let length = u32::try_from(value.len()).unwrap_or(u32::MAX);
                body.extend_from_slice(&[PUT, key_length]);
                body.extend_from_slice(key);
                body.extend_from_slice(&length.to_be_bytes());
                body.extend_from_slice(value);
            }
        }
    }
    body
}

/// The entry at the start of `bytes`, its check, and what follows it.
fn read_entry<'a>(bytes: &'a [u8], before: &Check) -> Option<(Entry, Check, &'a [u8])> {
    let (number, rest) = bytes.split_first_chunk()?;
    let (length, rest) = rest.split_first_chunk()?;
    let (check, rest) = rest.split_first_chunk::<CHECK_BYTES>()?;
    let (body, after) = rest.split_at_checked(u32::from_be_bytes(*length) as usize)?;
    if check_of(before, *number, *length, body) != *check {
        return None;
    }
    let entry = Entry {
        number: u64::from_be_bytes(*number),
        writes: read_body(body)?,
    };
    Some((entry, *check, after))
}

fn read_body(mut body: &[u8]) -> Option<Vec<Write>> {
    let mut writes = Vec::new();
    while let Some(([what, length], rest)) = body.split_first_chunk() {
        let (key, rest) = rest.split_at_checked(usize::from(*length))?;
        let key = key.to_vec();
        if key.is_empty() || key.len() > MAX_KEY_BYTES {
            return None;
        }
        body = match *what {
            DELETE => {
                writes.push(Write::Delete { key });
                rest
            }
            PUT => {
                let (length, rest) = rest.split_first_chunk()?;
                let (value, rest) = rest.split_at_checked(u32::from_be_bytes(*length) as usize)?;
                let value = value.to_vec();
                writes.push(Write::Put { key, value });
                rest
            }
            _ => return None,
        };
    }
    (body.is_empty() && !writes.is_empty()).then_some(writes)
}

fn check_of(before: &Check, number: [u8; 8], length: [u8; 4], body: &[u8]) -> Check {
    let mut digest = Sha256::new();
    for part in [before.as_slice(), &number, &length, body] {
        digest.update(part);
    }
    let mut check = [0; CHECK_BYTES];
    check.copy_from_slice(&digest.finalize()[..CHECK_BYTES]);
    check
}
