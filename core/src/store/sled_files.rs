//! The folder that holds a sled store: its lock, its side files, and the copy that is kept while it is checked.
//!
//! ```text
//! lock         held (flock) as long as the store is open
//! making       there while a new store is being made; what is in records/ then is worth nothing
//! records/     sled's own folder
//! kept/        records/ as it was before sled opened it; goes by way of kept.accepted/ once they were found complete
//! envelope     the wrapped master key
//! anchor       how far the store had come
//! journal      the batches that are not in sled yet
//! manifest     that the records were counted while their files were what they are
//! reserve      room that is given up when the disk is too full for sled to open
//! suspect      there after a write failed: what the system shows of records/ may be in memory alone
//! renewed/     records/ on its way to new files, since the system writes the old ones no more
//! ```
//!
//! Invariant: sled repairs (that is, cuts off) what it cannot read, in place. Until the caller has accepted the
//! records the bytes from before that repair are still in this folder.
//! It does not look into any file.

use std::fs::{self, File, OpenOptions};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::thread::JoinHandle;

use super::file_tree::{copy_tree, create_folders, remove_file, remove_tree, sync_dir, sync_tree};
use super::folder_digest::{self, FolderDigest};
use super::folder_lock::{FolderLock, lock};
use super::{SideFile, StoreError, manifest};

const MAKING: &str = "making";
const RECORDS: &str = "records";
const KEPT: &str = "kept";
const KEPT_PARTIAL: &str = "kept.partial";
/// The copy on its way out.
const ACCEPTED: &str = "kept.accepted";
const ALTERED: &str = "records.altered";
pub(super) const ENVELOPE: &str = "envelope";
pub(super) const ENVELOPE_NEW: &str = "envelope.new";
pub(super) const ANCHOR: &str = "anchor";
pub(super) const JOURNAL: &str = "journal";
pub(super) const JOURNAL_NEW: &str = "journal.new";
pub(super) const MANIFEST: &str = "manifest";
pub(super) const MANIFEST_NEW: &str = "manifest.new";
const RESERVE: &str = "reserve";
const SUSPECT: &str = "suspect";
const RENEWED_PARTIAL: &str = "renewed.partial";
const RENEWED: &str = "renewed";
/// Smaller files are copied and their records counted faster than they are hashed.
#[cfg(not(test))]
const MANIFEST_FROM_BYTES: u64 = 3 * 1024 * 1024;
/// The damage tests' stores are small.
#[cfg(test)]
const MANIFEST_FROM_BYTES: u64 = 1;
/// At open sled fills up the piece of 512 KiB that it writes to and writes a snapshot (some kilobytes).
const RESERVE_BYTES: usize = 640 * 1024;

/// What became of the copy of the records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kept {
    /// None: a new store, or accepted.
    Nothing,
    /// Made by this open; put back if the records are not accepted.
    ByThisOpen,
    /// Left by an open that did not end. It is the older evidence, so it stays as it is.
    ByAnEarlierOpen,
    /// No room for a copy: the records are opened all the same, since a full phone must still show its code.
    NoRoom,
}

/// The locked folder.
#[derive(Debug)]
pub(super) struct SledFiles {
    dir: PathBuf,
    kept: Mutex<Kept>,
    /// Of the records, where they are the ones that the manifest names.
    counted: Mutex<Option<FolderDigest>>,
    /// Removes the accepted copy.
    removing: Mutex<Option<JoinHandle<()>>>,
    anchor: Mutex<Option<File>>,
    // Last field: let go of last.
    _lock: FolderLock,
}

impl SledFiles {
    /// Makes the folder where needed, locks it, and tidies up after an open or a making that was cut short.
    pub(super) fn open(dir: &Path) -> Result<Self, StoreError> {
        let io = |error: std::io::Error| StoreError::from_io(&error);
        create_folders(dir).map_err(io)?;
        let lock = lock(dir)?;
        let files = Self {
            dir: dir.to_path_buf(),
            kept: Mutex::new(Kept::Nothing),
            counted: Mutex::new(None),
            removing: Mutex::new(None),
            anchor: Mutex::new(None),
            _lock: lock,
        };
        files.tidy_up().map_err(io)?;
        let anchor = OpenOptions::new()
            .read(true)
            .write(true)
            .open(files.path(ANCHOR));
        match anchor {
            Ok(anchor) => *files.anchor() = Some(anchor),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(StoreError::from_io(&error)),
        }
        Ok(files)
    }

    pub(super) fn dir(&self) -> &Path {
        &self.dir
    }

    /// sled's folder.
    pub(super) fn records(&self) -> PathBuf {
        self.path(RECORDS)
    }

    /// Whether sled has been here before.
    pub(super) fn has_records(&self) -> bool {
        self.records().exists()
    }

    /// Marks that a new store is being made: cut short, the next open starts over.
    pub(super) fn begin_making(&self) -> Result<(), StoreError> {
        File::create(self.path(MAKING))
            .and_then(|file| file.sync_all())
            .and_then(|()| sync_dir(&self.dir))
            .map_err(|error| StoreError::from_io(&error))
    }

    /// The new store is made: makes all of it durable and removes the mark.
    pub(super) fn end_making(&self) -> Result<(), StoreError> {
        sync_tree(&self.records())
            .and_then(|()| fs::remove_file(self.path(MAKING)))
            .and_then(|()| sync_dir(&self.dir))
            .map_err(|error| StoreError::from_io(&error))
    }

    /// Gives up the reserve; whether there was one.
    pub(super) fn release_reserve(&self) -> bool {
        fs::remove_file(self.path(RESERVE)).is_ok()
    }

    /// Sets the reserve aside, if there is room for it.
    pub(super) fn make_reserve(&self) {
        let path = self.path(RESERVE);
        if !path.exists() && fs::write(&path, vec![0xa5; RESERVE_BYTES]).is_err() {
            let _ = fs::remove_file(&path);
        }
    }

    /// Copies the records aside before sled touches them. Those that the manifest names are complete, and sled has
    /// opened them before: they need no copy.
    pub(super) fn keep(&self) -> Result<(), StoreError> {
        let kept = if self.path(KEPT).exists() {
            Kept::ByAnEarlierOpen
        } else if self.are_of_manifest() {
            Kept::Nothing
        } else {
            let copied = copy_tree(&self.records(), &self.path(KEPT_PARTIAL))
                .and_then(|()| fs::rename(self.path(KEPT_PARTIAL), self.path(KEPT)));
            match copied {
                Ok(()) => Kept::ByThisOpen,
                Err(error) => {
                    remove_tree(&self.path(KEPT_PARTIAL))
                        .map_err(|error| StoreError::from_io(&error))?;
                    match StoreError::from_io(&error) {
                        StoreError::DiskFull => Kept::NoRoom,
                        other => return Err(other),
                    }
                }
            }
        };
        *self.kept() = kept;
        Ok(())
    }

    /// Whether the records are the very files that the manifest names. Who made the manifest is not verified here.
    fn are_of_manifest(&self) -> bool {
        let manifest = if self.are_worth_a_manifest() {
            self.read_side(SideFile::Manifest).ok().flatten()
        } else {
            None
        };
        let Some(named) = manifest.and_then(|bytes| manifest::unverified_digest(&bytes)) else {
            return false;
        };
        let found = folder_digest::digest_of(&self.records()).ok().flatten();
        let is_named = found == Some(named);
        if is_named {
            *self.counted.lock().unwrap_or_else(PoisonError::into_inner) = found;
        }
        is_named
    }

    /// Whether the records are so large that hashing them is faster than counting.
    pub(super) fn are_worth_a_manifest(&self) -> bool {
        let db = fs::metadata(self.records().join("db"));
        db.is_ok_and(|db| db.len() >= MANIFEST_FROM_BYTES)
    }

    /// The digest of the records as this open found them, where that is the one that the manifest names.
    pub(super) fn counted(&self) -> Option<FolderDigest> {
        *self.counted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the records as found are safe in the copy.
    pub(super) fn has_copy(&self) -> bool {
        matches!(*self.kept(), Kept::ByThisOpen | Kept::ByAnEarlierOpen)
    }

    /// The records were found complete: the copy goes.
    pub(super) fn accept(&self) -> Result<(), StoreError> {
        let mut kept = self.kept();
        if matches!(*kept, Kept::ByThisOpen | Kept::ByAnEarlierOpen) {
            // Taking it away file by file need not be waited for; an open that finds some of it goes on with that.
            let accepted = self.path(ACCEPTED);
            fs::rename(self.path(KEPT), &accepted).map_err(|error| StoreError::from_io(&error))?;
            let remove = move || drop(remove_tree(&accepted));
            let removing = std::thread::Builder::new().spawn(remove).ok();
            *self.removing.lock().unwrap_or_else(PoisonError::into_inner) = removing;
        }
        *kept = Kept::Nothing;
        Ok(())
    }

    /// The records were not accepted and sled is closed: puts the bytes back that were found.
    pub(super) fn put_back(&self) -> std::io::Result<()> {
        let mut kept = self.kept();
        if *kept == Kept::ByThisOpen {
            sync_tree(&self.path(KEPT))?;
            fs::rename(self.records(), self.path(ALTERED))?;
            fs::rename(self.path(KEPT), self.records())?;
            sync_dir(&self.dir)?;
            remove_tree(&self.path(ALTERED))?;
            *kept = Kept::Nothing;
        }
        Ok(())
    }

    /// Removes what sled left of a snapshot that it was writing when it was killed: it would be taken for one.
    pub(super) fn remove_half_snapshots(&self) -> Result<(), StoreError> {
        self.remove_records_files(|name| name.starts_with("snap.") && name.ends_with(".generating"))
    }

    /// Removes sled's snapshots (it then reads its whole log) and settings (they are always the same).
    pub(super) fn remove_what_sled_can_rebuild(&self) -> Result<(), StoreError> {
        self.remove_records_files(|name| name.starts_with("snap.") || name == "conf")
    }

    fn remove_records_files(&self, which: impl Fn(&str) -> bool) -> Result<(), StoreError> {
        let io = |error: std::io::Error| StoreError::from_io(&error);
        for entry in fs::read_dir(self.records()).map_err(io)? {
            let entry = entry.map_err(io)?;
            if which(&entry.file_name().to_string_lossy()) {
                fs::remove_file(entry.path()).map_err(io)?;
            }
        }
        Ok(())
    }

    /// A write failed. After a sync that failed the system counts what it holds as written, shows it to whoever opens the
    /// file next and loses it with the power; what follows it on the disk is then lost with it. The mark need not be
    /// durable: it lies where the rest of the lie does.
    pub(super) fn distrust(&self) {
        let _ = File::create(self.path(SUSPECT));
    }

    /// Writes the records to new files, durably, where what the system shows of the old ones may be in memory alone.
    fn renew(&self) -> std::io::Result<()> {
        if !self.path(SUSPECT).exists() {
            return Ok(());
        }
        if self.has_records() {
            let renewed = copy_tree(&self.records(), &self.path(RENEWED_PARTIAL))
                .and_then(|()| sync_tree(&self.path(RENEWED_PARTIAL)));
            match renewed {
                Ok(()) => {}
                // A full phone must still show its code; the mark stays.
                Err(error) if StoreError::from_io(&error) == StoreError::DiskFull => {
                    return remove_tree(&self.path(RENEWED_PARTIAL));
                }
                Err(error) => return Err(error),
            }
            fs::rename(self.path(RENEWED_PARTIAL), self.path(RENEWED))?;
            sync_dir(&self.dir)?;
            fs::rename(self.records(), self.path(ALTERED))?;
            fs::rename(self.path(RENEWED), self.records())?;
            sync_dir(&self.dir)?;
        }
        remove_file(&self.path(SUSPECT))
    }

    fn tidy_up(&self) -> std::io::Result<()> {
        for folder in [KEPT_PARTIAL, ACCEPTED, RENEWED_PARTIAL] {
            remove_tree(&self.path(folder))?;
        }
        if self.path(MAKING).exists() {
            for folder in [KEPT, RENEWED, RECORDS] {
                remove_tree(&self.path(folder))?;
            }
            remove_file(&self.path(JOURNAL))?;
        }
        if !self.has_records() && self.path(RENEWED).exists() {
            // Cut short while it took the place of the records.
            fs::rename(self.path(RENEWED), self.records())?;
            sync_dir(&self.dir)?;
        }
        remove_tree(&self.path(RENEWED))?;
        remove_tree(&self.path(ALTERED))?;
        self.renew()?;
        if !self.has_records() && self.path(KEPT).exists() {
            // Cut short while putting back.
            fs::rename(self.path(KEPT), self.records())?;
            sync_dir(&self.dir)?;
        }
        remove_tree(&self.path(ALTERED))
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn anchor(&self) -> std::sync::MutexGuard<'_, Option<File>> {
        self.anchor.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for SledFiles {
    /// Who closes the store may take its folder away at once.
    fn drop(&mut self) {
        let mut removing = self.removing.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(removing) = removing.take() {
            let _ = removing.join();
        }
    }
}

/// Deletes the store in `dir` for good, damaged or not. The folder and its lock file stay.
pub(super) fn delete(dir: &Path) -> Result<(), StoreError> {
    if !dir.exists() {
        return Ok(());
    }
    let _lock = lock(dir)?;
    // The records go last but one, the mark that they are worth nothing is there before and goes last:
    // cut short at any point, the next open or the next call ends it.
    File::create(dir.join(MAKING))
        .and_then(|file| file.sync_all())
        .and_then(|()| {
            for file in [
                ENVELOPE,
                ENVELOPE_NEW,
                ANCHOR,
                JOURNAL,
                JOURNAL_NEW,
                MANIFEST,
                MANIFEST_NEW,
                RESERVE,
                SUSPECT,
            ] {
                remove_file(&dir.join(file))?;
            }
            for folder in [
                KEPT_PARTIAL,
                ACCEPTED,
                KEPT,
                RENEWED_PARTIAL,
                RENEWED,
                ALTERED,
                RECORDS,
            ] {
                remove_tree(&dir.join(folder))?;
            }
            remove_file(&dir.join(MAKING))?;
            sync_dir(dir)
        })
        .map_err(|error| StoreError::from_io(&error))
}
