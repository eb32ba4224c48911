//! Records in one sled tree, and the number of the last batch in it.
//!
//! ```text
//! 00 || key        -> the first piece of a value            (sled_pieces)
//! 01 || ...        -> further pieces
//! 02               -> number of the last batch u64 BE; absent before the first one
//! ```
//!
//! Invariant: `sync` returns only after everything that was applied was handed to the disk: sled's own flush ends in
//! `sync_file_range` on Linux, which leaves the disk's cache and the file's length alone, so the file is synced here.
//! No panic of sled leaves this module.
//! It does not notice that sled dropped a damaged end of its log; the ledger above does. Its caller keeps readers away
//! while it applies.

use std::fs::File;
use std::io::ErrorKind;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use super::sled_files::SledFiles;
use super::{StoreError, sled_pieces, sled_walk};

/// sled's cache, in bytes. A few hundred records fit many times over.
const CACHE_BYTES: u64 = 16 * 1024 * 1024;
/// sled lets go of its file a moment after it was closed: how often and how long to wait for that.
const REOPEN_TRIES: u32 = 200;
const REOPEN_WAIT: std::time::Duration = std::time::Duration::from_millis(10);
/// Where the number of the last batch is.
const NUMBER: [u8; 1] = [2];

/// The open tree.
#[derive(Debug)]
pub(super) struct SledTree {
    db: sled::Db,
    /// sled's file, opened again to sync it.
    file: File,
}

impl SledTree {
    /// Opens what is in the folder, making it where there is nothing.
    pub(super) fn open(files: &SledFiles) -> Result<Self, StoreError> {
        let db = if files.has_records() {
            files.keep()?;
            open_found(files)?
        } else {
            files.begin_making()?;
            let db = open_sled(&files.records())?;
            files.end_making()?;
            db
        };
        let file = File::open(files.records().join("db"));
        let file = file.map_err(|error| StoreError::from_io(&error))?;
        Ok(Self { db, file })
    }

    /// The number of the last batch that it holds; 0 before the first.
    pub(super) fn number(&self) -> Result<u64, StoreError> {
        match guarded(|| self.db.get(NUMBER))? {
            None => Ok(0),
            Some(number) => {
                let number = number.as_ref().try_into();
                number
                    .map(u64::from_be_bytes)
                    .map_err(|_| StoreError::Damaged)
            }
        }
    }

    pub(super) fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        let head = guarded(|| self.db.get(sled_pieces::head_key(key)))?;
        head.map(|head| self.assemble(key, &head)).transpose()
    }

    /// All records whose key starts with `prefix` and is not left out.
    #[expect(clippy::type_complexity, reason = "pairs of key and value say it best")]
    pub(super) fn scan(
        &self,
        prefix: &[u8],
        leave_out: impl Fn(&[u8]) -> bool,
    ) -> Result<Vec<(Vec<u8>, Vec<u8>)>, StoreError> {
        let heads: Vec<_> = guarded(|| {
            let heads = self.db.scan_prefix(sled_pieces::head_key(prefix));
            heads.collect::<Result<_, _>>()
        })?;
        let keys = heads
            .iter()
            .map(|(head_key, head)| (sled_pieces::key_of_head(head_key), head));
        keys.filter(|(key, _)| !leave_out(key))
            .map(|(key, head)| Ok((key.to_vec(), self.assemble(key, head)?)))
            .collect()
    }

    /// Calls `visit` with every record whose key is not left out, from up to two threads.
    pub(super) fn for_each(
        &self,
        leave_out: impl Fn(&[u8]) -> bool + Sync,
        visit: &(dyn Fn(&[u8], &[u8]) + Sync),
    ) -> Result<(), StoreError> {
        let [from, until] = sled_pieces::HEADS;
        sled_walk::walk(&self.db, from, until, &|head_key, head| {
            let key = sled_pieces::key_of_head(head_key);
            if !leave_out(key) {
                match sled_pieces::read_head(head)? {
                    (0, value) => visit(key, value),
                    _ => visit(key, &self.assemble(key, head)?),
                }
            }
            Ok(())
        })
    }

    /// Applies the changes, each key once, as batch `number`, whole or not at all; not durable yet.
    pub(super) fn apply<'a>(
        &self,
        number: u64,
        changes: impl Iterator<Item = (&'a [u8], Option<&'a [u8]>)>,
    ) -> Result<(), StoreError> {
        let mut batch = sled::Batch::default();
        for (key, value) in changes {
            let head_key = sled_pieces::head_key(key);
            let old_pieces = match guarded(|| self.db.get(&head_key))? {
                Some(head) => sled_pieces::read_head(&head)?.0,
                None => 0,
            };
            let mut new_pieces = 0;
            match value {
                Some(value) => {
                    let (head, further) = sled_pieces::split(value);
                    batch.insert(head_key, head);
                    for piece in further {
                        new_pieces += 1;
                        batch.insert(sled_pieces::piece_key(key, new_pieces), piece);
                    }
                }
                None => batch.remove(head_key),
            }
            for number in new_pieces + 1..=old_pieces {
                batch.remove(sled_pieces::piece_key(key, number));
            }
        }
        batch.insert(&NUMBER, &number.to_be_bytes());
        guarded(|| self.db.apply_batch(batch))
    }

    /// Makes everything that was applied durable.
    pub(super) fn sync(&self) -> Result<(), StoreError> {
        guarded(|| self.db.flush())?;
        // Elsewhere sled's flush is a full sync.
        if cfg!(target_os = "linux") {
            let synced = self.file.sync_data();
            synced.map_err(|error| StoreError::from_io(&error))?;
        }
        Ok(())
    }

    /// The whole value whose first piece is `head`.
    fn assemble(&self, key: &[u8], head: &[u8]) -> Result<Vec<u8>, StoreError> {
        let (further, first) = sled_pieces::read_head(head)?;
        let mut value = first.to_vec();
        for number in 1..=further {
            let piece = guarded(|| self.db.get(sled_pieces::piece_key(key, number)))?;
            value.extend_from_slice(&piece.ok_or(StoreError::Damaged)?);
        }
        Ok(value)
    }
}

fn open_found(files: &SledFiles) -> Result<sled::Db, StoreError> {
    files.remove_half_snapshots()?;
    match open_sled(&files.records()) {
        // Snapshot and settings only spare sled the reading of its log and the asking. Without them the log
        // itself is read, and whether that was all is for the ledger to say. Only with a copy at hand.
        Err(StoreError::Damaged) if files.has_copy() => {
            files.remove_what_sled_can_rebuild()?;
            open_sled(&files.records())
        }
        // A full phone must still show its code.
        Err(StoreError::DiskFull) if files.release_reserve() => {
            files.remove_half_snapshots()?;
            open_sled(&files.records())
        }
        other => other,
    }
}

fn open_sled(dir: &Path) -> Result<sled::Db, StoreError> {
    let config = sled::Config::new()
        .path(dir)
        .cache_capacity(CACHE_BYTES)
        .mode(sled::Mode::LowSpace)
        .flush_every_ms(None);
    for _ in 0..REOPEN_TRIES {
        match catch_unwind(AssertUnwindSafe(|| config.open())) {
            Ok(Ok(db)) => return Ok(db),
            Ok(Err(sled::Error::Io(error))) if is_locked(&error) => {
                std::thread::sleep(REOPEN_WAIT);
            }
            Ok(Err(error)) => return Err(from_sled(&error)),
            Err(_panic) => return Err(StoreError::Damaged),
        }
    }
    Err(StoreError::AlreadyOpen)
}

/// sled tells a held lock only by its text.
fn is_locked(error: &std::io::Error) -> bool {
    error.kind() == ErrorKind::Other && error.to_string().contains("could not acquire lock")
}

/// Runs a call of sled; a panic inside means that its files do not hold what it expects.
pub(super) fn guarded<T>(call: impl FnOnce() -> sled::Result<T>) -> Result<T, StoreError> {
    match catch_unwind(AssertUnwindSafe(call)) {
        Ok(result) => result.map_err(|error| from_sled(&error)),
        Err(_panic) => Err(StoreError::Damaged),
    }
}

fn from_sled(error: &sled::Error) -> StoreError {
    match error {
        // sled reads the files it wrote, to the length it wrote: a short or missing one is damage, not a failing disk.
        sled::Error::Io(error)
            if matches!(error.kind(), ErrorKind::UnexpectedEof | ErrorKind::NotFound) =>
        {
            StoreError::Damaged
        }
        sled::Error::Io(error) => StoreError::from_io(error),
        _ => StoreError::Damaged,
    }
}
