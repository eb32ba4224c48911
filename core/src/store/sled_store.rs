//! Records on disk, in one sled tree.
//!
//! Invariant: `apply` returns only after the bytes were handed to the disk: sled's own flush ends in
//! `sync_file_range` on Linux, which leaves the disk's cache and the file's length alone, so the file is synced here.
//! No panic of sled leaves this module.
//! It does not notice that sled dropped a damaged end of its log; the ledger above does.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::ErrorKind;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError, RwLock};

use super::sled_files::{self, SledFiles};
use super::{RecordStore, SideFile, StoreError, Write, sled_pieces, sled_walk};

/// sled's cache, in bytes. A few hundred records fit many times over.
const CACHE_BYTES: u64 = 16 * 1024 * 1024;
/// sled lets go of its file a moment after it was closed: how often and how long to wait for that.
const REOPEN_TRIES: u32 = 200;
const REOPEN_WAIT: std::time::Duration = std::time::Duration::from_millis(10);
/// How long to wait for sled to close after a failed write.
const CLOSE_WAIT: std::time::Duration = std::time::Duration::from_secs(2);

/// A [`RecordStore`] in a folder.
#[derive(Debug)]
pub struct SledStore {
    /// Taken only by `drop`.
    db: Option<sled::Db>,
    /// sled's file, opened again to sync it. Held while writing.
    db_file: Mutex<File>,
    /// A value of several pieces is read under it, and batches are applied under it (but not made durable).
    pieces: RwLock<()>,
    stopped: AtomicBool,
    // After `db`: the lock outlives it.
    files: SledFiles,
}

impl SledStore {
    /// Opens the store in the folder `dir`, making it where there is none.
    ///
    /// # Errors
    /// [`StoreError::AlreadyOpen`], [`StoreError::Damaged`], [`StoreError::DiskFull`], [`StoreError::IoFailed`].
    pub fn open(dir: &Path) -> Result<Self, StoreError> {
        let files = SledFiles::open(dir)?;
        let opened = if files.has_records() {
            files.keep()?;
            Self::open_found(&files)
        } else {
            Self::make(&files)
        };
        let opened = opened.and_then(|db| {
            let db_file = File::open(files.records().join("db"));
            Ok((db, db_file.map_err(|error| StoreError::from_io(&error))?))
        });
        let (db, db_file) = match opened {
            Ok(opened) => opened,
            Err(error) => {
                // Whatever sled did to its files before it gave up is undone.
                files
                    .put_back()
                    .map_err(|error| StoreError::from_io(&error))?;
                return Err(error);
            }
        };
        files.make_reserve();
        Ok(Self {
            db: Some(db),
            db_file: Mutex::new(db_file),
            pieces: RwLock::new(()),
            stopped: AtomicBool::new(false),
            files,
        })
    }

    fn make(files: &SledFiles) -> Result<sled::Db, StoreError> {
        files.begin_making()?;
        let db = open_sled(&files.records())?;
        files.end_making()?;
        Ok(db)
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

    fn db(&self) -> Result<&sled::Db, StoreError> {
        self.db.as_ref().ok_or(StoreError::WritesStopped)
    }

    fn write_durably(&self, writes: &[Write]) -> Result<(), StoreError> {
        let db = self.db()?;
        let db_file = self.db_file.lock().unwrap_or_else(PoisonError::into_inner);
        let last: BTreeMap<&[u8], &Write> =
            writes.iter().map(|write| (write.key(), write)).collect();
        let mut batch = sled::Batch::default();
        for (key, write) in last {
            let head_key = sled_pieces::head_key(key);
            let old_pieces = match guarded(|| db.get(&head_key))? {
                Some(head) => sled_pieces::read_head(&head)?.0,
                None => 0,
            };
            let mut new_pieces = 0;
            match write {
                Write::Put { value, .. } => {
                    let (head, further) = sled_pieces::split(value);
                    batch.insert(head_key, head);
                    for piece in further {
                        new_pieces += 1;
                        batch.insert(sled_pieces::piece_key(key, new_pieces), piece);
                    }
                }
                Write::Delete { .. } => batch.remove(head_key),
            }
            for number in new_pieces + 1..=old_pieces {
                batch.remove(sled_pieces::piece_key(key, number));
            }
        }
        {
            let _alone = self.pieces.write().unwrap_or_else(PoisonError::into_inner);
            guarded(|| db.apply_batch(batch))?;
        }
        guarded(|| db.flush())?;
        // Elsewhere sled's flush is a full sync.
        if cfg!(target_os = "linux") {
            db_file
                .sync_data()
                .map_err(|error| StoreError::from_io(&error))?;
        }
        Ok(())
    }

    /// The whole value whose first piece is `head`.
    fn assemble(db: &sled::Db, key: &[u8], head: &[u8]) -> Result<Vec<u8>, StoreError> {
        let (further, first) = sled_pieces::read_head(head)?;
        let mut value = first.to_vec();
        for number in 1..=further {
            let piece = guarded(|| db.get(sled_pieces::piece_key(key, number)))?;
            value.extend_from_slice(&piece.ok_or(StoreError::Damaged)?);
        }
        Ok(value)
    }
}

impl RecordStore for SledStore {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        let db = self.db()?;
        let _shared = self.pieces.read().unwrap_or_else(PoisonError::into_inner);
        let head = guarded(|| db.get(sled_pieces::head_key(key)))?;
        head.map(|head| Self::assemble(db, key, &head)).transpose()
    }

    fn scan(&self, prefix: &[u8]) -> Result<Vec<(Vec<u8>, Vec<u8>)>, StoreError> {
        let db = self.db()?;
        let _shared = self.pieces.read().unwrap_or_else(PoisonError::into_inner);
        let heads: Vec<_> = guarded(|| {
            let heads = db.scan_prefix(sled_pieces::head_key(prefix));
            heads.collect::<Result<_, _>>()
        })?;
        heads
            .iter()
            .map(|(head_key, head)| {
                let key = sled_pieces::key_of_head(head_key);
                Ok((key.to_vec(), Self::assemble(db, key, head)?))
            })
            .collect()
    }

    fn for_each(&self, visit: &(dyn Fn(&[u8], &[u8]) + Sync)) -> Result<(), StoreError> {
        let db = self.db()?;
        let _shared = self.pieces.read().unwrap_or_else(PoisonError::into_inner);
        sled_walk::walk(db, &sled_pieces::head_key(&[]), &|head_key, head| {
            let key = sled_pieces::key_of_head(head_key);
            match sled_pieces::read_head(head)? {
                (0, value) => visit(key, value),
                _ => visit(key, &Self::assemble(db, key, head)?),
            }
            Ok(())
        })
    }

    fn apply(&self, writes: &[Write]) -> Result<(), StoreError> {
        writes.iter().try_for_each(Write::check)?;
        if self.stopped.load(Ordering::SeqCst) {
            return Err(StoreError::WritesStopped);
        }
        self.accept()?;
        let written = self.write_durably(writes);
        if written.is_err() {
            self.stopped.store(true, Ordering::SeqCst);
        }
        written
    }

    fn read_side(&self, file: SideFile) -> Result<Option<Vec<u8>>, StoreError> {
        self.files.read_side(file)
    }

    fn write_side(&self, file: SideFile, bytes: &[u8]) -> Result<(), StoreError> {
        self.files.write_side(file, bytes)
    }

    fn accept(&self) -> Result<(), StoreError> {
        self.files.accept()
    }
}

impl Drop for SledStore {
    fn drop(&mut self) {
        let db = self.db.take();
        // Nobody is left to tell of a failure; what was acknowledged is durable already.
        let close = move || {
            let _ = catch_unwind(AssertUnwindSafe(move || drop(db)));
        };
        if self.stopped.load(Ordering::SeqCst) {
            // sled flushes when it is closed, and after a failure that may wait for ever. Then it is left behind.
            let (closed, wait) = std::sync::mpsc::channel();
            let closing = std::thread::Builder::new().spawn(move || {
                close();
                let _ = closed.send(());
            });
            if closing.is_ok() {
                let _ = wait.recv_timeout(CLOSE_WAIT);
            }
        } else {
            close();
        }
        let _ = self.files.sync_anchor();
        let _ = self.files.put_back();
    }
}

/// Deletes the store in `dir` for good, damaged or not, records and key envelope.
///
/// For a citizen who gives the data up (it can be fetched again with a new registration), never as a repair.
///
/// # Errors
/// [`StoreError::AlreadyOpen`], [`StoreError::IoFailed`].
pub fn danger_reset(dir: &Path) -> Result<(), StoreError> {
    sled_files::delete(dir)
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
