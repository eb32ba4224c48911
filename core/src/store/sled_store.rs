//! Records on disk, in one sled tree.
//!
//! Invariant: `apply` returns only after the bytes were handed to the disk: sled's own flush ends in
//! `sync_file_range` on Linux, which leaves the disk's cache and the file's length alone, and sled never syncs
//! the files it puts large pages into; both are done here. No panic of sled leaves this module.
//! It does not notice that sled dropped a damaged end of its log; the ledger above does.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use super::sled_files::{self, SledFiles};
use super::{RecordStore, SideFile, StoreError, Write};

/// sled's cache, in bytes. A few hundred records fit many times over.
const CACHE_BYTES: u64 = 4 * 1024 * 1024;
/// sled writes and reclaims in pieces of this size, keeps one in memory, and starts a file with one.
/// A quarter of its default; a page above a quarter of this goes into a file of its own.
const SEGMENT_BYTES: usize = 128 * 1024;
/// sled lets go of its file a moment after it was closed: how often and how long to wait for that.
const REOPEN_TRIES: u32 = 200;
const REOPEN_WAIT: std::time::Duration = std::time::Duration::from_millis(10);

/// A [`RecordStore`] in a folder.
#[derive(Debug)]
pub struct SledStore {
    /// Taken only by `drop`.
    db: Option<sled::Db>,
    writer: Mutex<Writer>,
    stopped: AtomicBool,
    // After `db`: the lock outlives it.
    files: SledFiles,
}

#[derive(Debug)]
struct Writer {
    db_file: File,
    /// Files of large pages that are known to be durable.
    synced_blobs: BTreeSet<OsString>,
}

impl SledStore {
    /// Opens the store in the folder `dir`, making it where there is none.
    ///
    /// # Errors
    /// [`StoreError::AlreadyOpen`], [`StoreError::Damaged`], [`StoreError::DiskFull`], [`StoreError::IoFailed`].
    pub fn open(dir: &Path) -> Result<Self, StoreError> {
        let files = SledFiles::open(dir)?;
        let is_new = !files.has_records();
        if is_new {
            files.begin_making()?;
        } else {
            files.keep()?;
        }
        let opened = Self::open_db(&files, is_new);
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
        if is_new {
            files.end_making()?;
        }
        Ok(Self {
            db: Some(db),
            writer: Mutex::new(Writer {
                db_file,
                synced_blobs: BTreeSet::new(),
            }),
            stopped: AtomicBool::new(false),
            files,
        })
    }

    fn open_db(files: &SledFiles, is_new: bool) -> Result<(sled::Db, File), StoreError> {
        if !is_new {
            files.remove_snapshots(false)?;
        }
        let db = match open_sled(&files.records()) {
            // A snapshot only spares sled the reading of its log. Without it the log itself is read, and whether
            // that was all is for the ledger to say. Only with a copy at hand.
            Err(StoreError::Damaged) if files.has_copy() && files.remove_snapshots(true)? => {
                open_sled(&files.records())?
            }
            other => other?,
        };
        let db_file =
            File::open(files.records().join("db")).map_err(|error| StoreError::from_io(&error))?;
        Ok((db, db_file))
    }

    fn db(&self) -> Result<&sled::Db, StoreError> {
        self.db.as_ref().ok_or(StoreError::WritesStopped)
    }

    fn write_durably(&self, writes: &[Write]) -> Result<(), StoreError> {
        let db = self.db()?;
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let mut batch = sled::Batch::default();
        for write in writes {
            match write {
                Write::Put { key, value } => batch.insert(key.as_slice(), value.as_slice()),
                Write::Delete { key } => batch.remove(key.as_slice()),
            }
        }
        guarded(|| db.apply_batch(batch))?;
        // Before the log that points to them.
        sled_files::sync_new_files(
            &self.files.records().join("blobs"),
            &mut writer.synced_blobs,
        )
        .map_err(|error| StoreError::from_io(&error))?;
        guarded(|| db.flush())?;
        // Elsewhere sled's flush is a full sync.
        if cfg!(target_os = "linux") {
            writer
                .db_file
                .sync_data()
                .map_err(|error| StoreError::from_io(&error))?;
        }
        Ok(())
    }
}

impl RecordStore for SledStore {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        let db = self.db()?;
        guarded(|| db.get(key).map(|value| value.map(|value| value.to_vec())))
    }

    fn scan(&self, prefix: &[u8]) -> Result<Vec<(Vec<u8>, Vec<u8>)>, StoreError> {
        let db = self.db()?;
        guarded(|| {
            db.scan_prefix(prefix)
                .map(|record| record.map(|(key, value)| (key.to_vec(), value.to_vec())))
                .collect()
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
        let _ = catch_unwind(AssertUnwindSafe(move || drop(db)));
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
        .segment_size(SEGMENT_BYTES)
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
    error.kind() == std::io::ErrorKind::Other
        && error.to_string().contains("could not acquire lock")
}

/// Runs a call of sled; a panic inside means that its files do not hold what it expects.
fn guarded<T>(call: impl FnOnce() -> sled::Result<T>) -> Result<T, StoreError> {
    match catch_unwind(AssertUnwindSafe(call)) {
        Ok(result) => result.map_err(|error| from_sled(&error)),
        Err(_panic) => Err(StoreError::Damaged),
    }
}

fn from_sled(error: &sled::Error) -> StoreError {
    match error {
        // sled reads its files to the expected length: too short a file is damage, not a failing disk.
        sled::Error::Io(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
            StoreError::Damaged
        }
        sled::Error::Io(error) => StoreError::from_io(error),
        _ => StoreError::Damaged,
    }
}
