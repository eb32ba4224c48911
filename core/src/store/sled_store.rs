//! Records on disk: a journal that every batch goes to first, and sled, which they move on to.
//!
//! Invariant: `apply` returns only after the batch was handed to the disk, in the journal or in sled, and the journal
//! starts over only after sled was handed to the disk with all of it. A key that the memtable holds is not read
//! from sled. It does not notice that the end of the journal or of sled's log was lost; the ledger above does.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::thread::JoinHandle;
use std::time::Duration;

use super::journal::{self, Journal};
use super::memtable::Memtable;
use super::sled_files::{self, SledFiles};
use super::sled_tree::SledTree;
use super::{
    Change, MakeManifest, RecordStore, SideFile, SinceManifest, StoreError, Write, folder_digest,
    side_files,
};
use crate::sorting;

/// How long to wait for sled to close after a failed write.
const CLOSE_WAIT: Duration = Duration::from_secs(2);

/// A [`RecordStore`] in a folder.
#[derive(Debug)]
pub struct SledStore {
    /// Taken only by `drop`.
    tree: Option<SledTree>,
    /// What the journal holds and sled does not. Readers hold it; whoever changes it or sled has it alone.
    memtable: RwLock<Memtable>,
    /// Held while writing; taken before `memtable`.
    writer: Mutex<Writer>,
    stopped: AtomicBool,
    /// sled's files are not those that this open found: something was written to them, or is about to be.
    is_moved: Arc<AtomicBool>,
    /// Writes the manifest.
    counting: Mutex<Option<JoinHandle<()>>>,
    /// Whoever closes the tree has them as well: the lock outlives it.
    files: Arc<SledFiles>,
}

#[derive(Debug)]
struct Writer {
    /// None in a new or an older store until its first batch, and where there is no room for it.
    journal: Option<Journal>,
    /// Number of the last batch.
    number: u64,
}

impl SledStore {
    /// Opens the store in the folder `dir`, making it where there is none.
    ///
    /// # Errors
    /// [`StoreError::AlreadyOpen`], [`StoreError::Damaged`], [`StoreError::RolledBack`] where sled has lost what was
    /// in it before the journal's entries, [`StoreError::DiskFull`], [`StoreError::IoFailed`].
    pub fn open(dir: &Path) -> Result<Self, StoreError> {
        let files = SledFiles::open(dir)?;
        let opened = SledTree::open(&files).and_then(|tree| {
            let (writer, memtable) = read_journal(&files, tree.number()?)?;
            Ok((tree, writer, memtable))
        });
        let (tree, writer, memtable) = match opened {
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
            tree: Some(tree),
            memtable: RwLock::new(memtable),
            writer: Mutex::new(writer),
            stopped: AtomicBool::new(false),
            is_moved: Arc::default(),
            counting: Mutex::new(None),
            files: Arc::new(files),
        })
    }

    fn tree(&self) -> Result<&SledTree, StoreError> {
        self.tree.as_ref().ok_or(StoreError::WritesStopped)
    }

    fn memtable(&self) -> RwLockReadGuard<'_, Memtable> {
        self.memtable.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn memtable_alone(&self) -> RwLockWriteGuard<'_, Memtable> {
        self.memtable
            .write()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Into the journal where it has room for the batch, else into sled.
    fn write_durably(&self, writer: &mut Writer, writes: &[Write]) -> Result<(), StoreError> {
        let number = writer.number.saturating_add(1);
        let body = journal::body(writes);
        let has_room = |journal: &Journal| journal.has_room(&body);
        if !writer.journal.as_ref().is_some_and(has_room) {
            self.move_to_sled(writer)?;
        }
        match &mut writer.journal {
            Some(journal) if journal::can_hold(&body) => {
                let appended = journal.append(number, &body);
                appended.map_err(|error| StoreError::from_io(&error))?;
                self.memtable_alone().apply(writes);
            }
            _ => self.write_to_sled(number, writes)?,
        }
        writer.number = number;
        if writer.journal.is_none() {
            // The first batch of a store of an older schema makes it one that older versions leave alone, so it is
            // in sled, where they look. Without room for a journal everything goes there.
            writer.journal = self.files.make_journal().map(Journal::new);
        }
        Ok(())
    }

    /// Moves what the journal holds to sled, and starts the journal over.
    fn move_to_sled(&self, writer: &mut Writer) -> Result<(), StoreError> {
        let tree = self.tree()?;
        {
            let memtable = self.memtable_alone();
            if memtable.is_empty() {
                return Ok(());
            }
            self.is_moved.store(true, Ordering::SeqCst);
            tree.apply(writer.number, memtable.changes())?;
        }
        tree.sync()?;
        if let Some(journal) = &mut writer.journal {
            journal.start_over();
        }
        self.memtable_alone().clear();
        Ok(())
    }

    /// Writes a batch past the journal, which is empty.
    fn write_to_sled(&self, number: u64, writes: &[Write]) -> Result<(), StoreError> {
        let tree = self.tree()?;
        let mut last: BTreeMap<&[u8], Option<&[u8]>> = BTreeMap::new();
        for write in writes {
            match write {
                Write::Put { key, value } => last.insert(key, Some(value)),
                Write::Delete { key } => last.insert(key, None),
            };
        }
        {
            let _alone = self.memtable_alone();
            self.is_moved.store(true, Ordering::SeqCst);
            tree.apply(number, last.into_iter())?;
        }
        tree.sync()
    }

    /// Runs `write`; after a failure nothing more is written.
    fn writing(
        &self,
        write: impl FnOnce(&mut Writer) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        if self.stopped.load(Ordering::SeqCst) {
            return Err(StoreError::WritesStopped);
        }
        self.accept()?;
        let written = write(&mut writer);
        if written.is_err() {
            self.stopped.store(true, Ordering::SeqCst);
            self.files.distrust();
        }
        written
    }
}

/// The journal, and what of it is not in sled, whose last batch has the number `in_sled`.
fn read_journal(files: &SledFiles, in_sled: u64) -> Result<(Writer, Memtable), StoreError> {
    let mut writer = Writer {
        journal: None,
        number: in_sled,
    };
    let mut memtable = Memtable::default();
    let Some(file) = files.open_journal()? else {
        return Ok((writer, memtable));
    };
    let opened = Journal::open(file);
    let (mut journal, entries) = opened.map_err(|error| StoreError::from_io(&error))?;
    for entry in entries {
        if entry.number <= writer.number {
            continue;
        }
        if entry.number != writer.number + 1 {
            return Err(StoreError::RolledBack);
        }
        memtable.apply(&entry.writes);
        writer.number = entry.number;
    }
    if memtable.is_empty() {
        journal.start_over();
    }
    writer.journal = Some(journal);
    Ok((writer, memtable))
}

impl RecordStore for SledStore {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        let memtable = self.memtable();
        match memtable.get(key) {
            Some(value) => Ok(value.clone()),
            None => self.tree()?.get(key),
        }
    }

    fn scan(&self, prefix: &[u8]) -> Result<Vec<(Vec<u8>, Vec<u8>)>, StoreError> {
        let memtable = self.memtable();
        let mut records = self.tree()?.scan(prefix, |key| memtable.has(key))?;
        let in_sled = records.len();
        let values = memtable.values(prefix);
        records.extend(values.map(|(key, value)| (key.to_vec(), value.to_vec())));
        if records.len() > in_sled {
            sorting::sort_by(&mut records, Ord::cmp);
        }
        Ok(records)
    }

    fn for_each(&self, visit: &(dyn Fn(&[u8], &[u8]) + Sync)) -> Result<(), StoreError> {
        let memtable = self.memtable();
        self.tree()?.for_each(|key| memtable.has(key), visit)?;
        for (key, value) in memtable.values(&[]) {
            visit(key, value);
        }
        Ok(())
    }

    fn apply(&self, writes: &[Write]) -> Result<(), StoreError> {
        writes.iter().try_for_each(Write::check)?;
        self.writing(|writer| match writes {
            [] => Ok(()),
            writes => self.write_durably(writer, writes),
        })
    }

    fn since_manifest(&self) -> Result<Option<SinceManifest>, StoreError> {
        let memtable = self.memtable();
        let digest = match self.files.counted() {
            Some(digest) if !self.is_moved.load(Ordering::SeqCst) => digest,
            _ => return Ok(None),
        };
        let tree = self.tree()?;
        let changes = memtable.changes().map(|(key, now)| {
            Ok(Change {
                key: key.to_vec(),
                before: tree.get(key)?,
                now: now.map(<[u8]>::to_vec),
            })
        });
        let changes = changes.collect::<Result<_, _>>()?;
        Ok(Some(SinceManifest { digest, changes }))
    }

    fn write_manifest(&self, make: MakeManifest) {
        if !self.files.are_worth_a_manifest() {
            return;
        }
        let (dir, records) = (self.files.dir().to_path_buf(), self.files.records());
        let is_moved = Arc::clone(&self.is_moved);
        let count = move || {
            let digest = folder_digest::digest_of(&records);
            // Where sled's files did not change until after the digest they are the ones that were visited.
            if let Ok(Some(digest)) = digest
                && !is_moved.load(Ordering::SeqCst)
            {
                let _ = side_files::write_manifest(&dir, &make(digest));
            }
        };
        let counting = std::thread::Builder::new().spawn(count).ok();
        *self.counting.lock().unwrap_or_else(PoisonError::into_inner) = counting;
    }

    fn settle(&self) -> Result<(), StoreError> {
        self.writing(|writer| self.move_to_sled(writer))
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
    /// What is in the journal stays there: closing writes nothing, as a kill does not.
    fn drop(&mut self) {
        let tree = self.tree.take();
        let counting = self.counting.get_mut();
        if let Some(counting) = counting.unwrap_or_else(PoisonError::into_inner).take() {
            let _ = counting.join();
        }
        let files = Arc::clone(&self.files);
        if self.stopped.load(Ordering::SeqCst) {
            close_within(CLOSE_WAIT, tree, files);
        } else {
            close(tree, files);
        }
    }
}

/// Closes the tree, then does what may be done to its files only afterwards, and lets go of their lock.
fn close<T>(tree: T, files: Arc<SledFiles>) {
    // Nobody is left to tell of a failure; what was acknowledged is durable already.
    let _ = catch_unwind(AssertUnwindSafe(move || drop(tree)));
    let _ = files.sync_anchor();
    let _ = files.put_back();
    drop(files);
}

/// As [`close`], in a thread of its own for which nobody waits longer: sled flushes when it is closed, and after a failure
/// that may wait for ever. Until it has ended the folder stays locked, since sled may write to it still.
fn close_within<T: Send + 'static>(wait: Duration, tree: T, files: Arc<SledFiles>) {
    let (closed, ended) = std::sync::mpsc::channel();
    let closing = std::thread::Builder::new().spawn(move || {
        close(tree, files);
        let _ = closed.send(());
    });
    if closing.is_ok() {
        let _ = ended.recv_timeout(wait);
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

#[cfg(test)]
#[path = "sled_store_failure_tests.rs"]
mod failure_tests;
