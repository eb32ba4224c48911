//! The lock of a store's folder: one opener at a time, over all processes.
//!
//! Invariant: it is held until it is dropped, and then let go at once. It does not look at what else is in the folder.

use std::fs::{File, OpenOptions};
use std::path::Path;

use super::StoreError;

const LOCK: &str = "lock";

/// A held lock file.
#[derive(Debug)]
pub(super) struct FolderLock(File);

impl Drop for FolderLock {
    /// Closing is not enough: a process that is being started holds a copy of the file until it runs, and with it
    /// the lock (flock(2)).
    fn drop(&mut self) {
        let _ = rustix::fs::flock(&self.0, rustix::fs::FlockOperation::Unlock);
    }
}

/// sled locks its own file only on Linux, macOS and Windows, not on phones; this lock holds everywhere.
pub(super) fn lock(dir: &Path) -> Result<FolderLock, StoreError> {
    let file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .open(dir.join(LOCK))
        .map_err(|error| StoreError::from_io(&error))?;
    match rustix::fs::flock(&file, rustix::fs::FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Ok(FolderLock(file)),
        Err(rustix::io::Errno::WOULDBLOCK) => Err(StoreError::AlreadyOpen),
        Err(error) => Err(StoreError::from_io(&error.into())),
    }
}
