//! What was counted is not counted again, and nothing that was not counted is taken for it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::folder_digest::digest_of;
use super::manifest::manifest_bytes;
use super::record_store::{MakeManifest, SinceManifest};
use super::records_for_tests::{DRAFT, OUTBOX, PlainRecords as _};
use super::{RecordStore, SealedStore, SideFile, SledStore, StoreError, Write};
use crate::system::SystemEntropy;
use crate::testing::key_guard::FixedKeyGuard;

/// A store on disk, and how often all of its records were visited.
struct Visited {
    records: SledStore,
    visits: Arc<AtomicUsize>,
}

impl RecordStore for Visited {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        self.records.get(key)
    }

    fn scan(&self, prefix: &[u8]) -> Result<Vec<(Vec<u8>, Vec<u8>)>, StoreError> {
        self.records.scan(prefix)
    }

    fn for_each(&self, visit: &(dyn Fn(&[u8], &[u8]) + Sync)) -> Result<(), StoreError> {
        self.visits.fetch_add(1, Ordering::SeqCst);
        self.records.for_each(visit)
    }

    fn apply(&self, writes: &[Write]) -> Result<(), StoreError> {
        self.records.apply(writes)
    }

    fn since_manifest(&self) -> Result<Option<SinceManifest>, StoreError> {
        self.records.since_manifest()
    }

    fn write_manifest(&self, make: MakeManifest) {
        self.records.write_manifest(make);
    }

    fn settle(&self) -> Result<(), StoreError> {
        self.records.settle()
    }

    fn read_side(&self, file: SideFile) -> Result<Option<Vec<u8>>, StoreError> {
        self.records.read_side(file)
    }

    fn write_side(&self, file: SideFile, bytes: &[u8]) -> Result<(), StoreError> {
        self.records.write_side(file, bytes)
    }

    fn accept(&self) -> Result<(), StoreError> {
        self.records.accept()
    }
}

/// Opens the store in `dir`, and says how often its records were all visited for it.
fn open(dir: &Path) -> Result<(SealedStore, usize), StoreError> {
    let visits = Arc::new(AtomicUsize::new(0));
    let records = Visited {
        records: SledStore::open(dir)?,
        visits: Arc::clone(&visits),
    };
    let guard = FixedKeyGuard::new(1);
    let store = SealedStore::open(Arc::new(records), &guard, Arc::new(SystemEntropy))?;
    Ok((store, visits.load(Ordering::SeqCst)))
}

/// A store with some records in sled and a manifest.
fn counted(dir: &Path) {
    let (store, _) = open(dir).unwrap();
    for number in 0..20_u8 {
        let value = vec![number; 300 * usize::from(number)];
        store.put(&OUTBOX, &format!("{number}"), &value).unwrap();
    }
    store.records.settle().unwrap();
    drop(store);
    assert!(opens_until_counted(dir) > 0);
}

/// Opens the store until none of its records is visited; how often they were. Reading makes sled put pages together
/// anew, which it writes when it is closed: then they are counted once more.
fn opens_until_counted(dir: &Path) -> usize {
    let opens = (0..5).map(|_| open(dir).unwrap().1);
    let visits = opens.take_while(|visits| *visits > 0).count();
    assert!(visits < 5);
    visits
}

fn copy_of(dir: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(dir).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_dir() {
            copy_of(&entry.path(), &to.join(entry.file_name()));
        } else {
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

/// Names of the records, without the ledger's.
fn names(dir: &Path) -> BTreeSet<Vec<u8>> {
    let (store, _) = open(dir).unwrap();
    let ledger = store.keys().ledger_name();
    let records = store.records.scan(&[]).unwrap();
    let names = records.into_iter().map(|(name, _)| name);
    names.filter(|name| *name != ledger).collect()
}

#[test]
fn the_same_files_are_counted_once() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("store");
    counted(&dir);
    let files = digest_of(&dir.join("records")).unwrap();
    for round in 0..3_u8 {
        let (store, visits) = open(&dir).unwrap();
        assert_eq!(visits, 0, "{round}");
        assert!(!dir.join("kept").exists() && !dir.join("kept.accepted").exists());
        // What is applied since is in the journal: only that is looked at.
        let value = vec![round; 40];
        store.put(&OUTBOX, "3", &value).unwrap();
        store.delete(&OUTBOX, &format!("1{round}")).unwrap();
        store.put(&DRAFT, &format!("{round}"), &value).unwrap();
        assert_eq!(store.get(&OUTBOX, "3").unwrap(), Some(value));
    }
    assert_eq!(digest_of(&dir.join("records")).unwrap(), files);
    let (store, visits) = open(&dir).unwrap();
    assert_eq!((visits, store.list(&OUTBOX).unwrap().len()), (0, 17));
    // What moved to sled is counted there once.
    store.records.settle().unwrap();
    drop(store);
    assert!(opens_until_counted(&dir) > 0);
}

#[test]
fn what_was_altered_without_the_key_is_found_under_a_manifest_too() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("store");
    counted(&dir);
    for (number, name) in names(&dir).into_iter().enumerate() {
        let lost = folder.path().join(format!("{number}"));
        copy_of(&dir, &lost);
        let records = SledStore::open(&lost).unwrap();
        records.apply(&[Write::Delete { key: name }]).unwrap();
        if number % 2 == 0 {
            // In the journal, over files that were counted.
            drop(records);
            assert_eq!(open(&lost).err(), Some(StoreError::RecordsLost), "{number}");
            continue;
        }
        // In sled, with a manifest of these files that nobody with the key made.
        records.settle().unwrap();
        drop(records);
        drop(SledStore::open(&lost).unwrap());
        let digest = digest_of(&lost.join("records")).unwrap().unwrap();
        let forged = manifest_bytes(&digest, |_| [u8::try_from(number).unwrap(); 32]);
        fs::write(lost.join("manifest"), forged).unwrap();
        assert_eq!(open(&lost).err(), Some(StoreError::RecordsLost), "{number}");
    }
}

#[test]
fn older_files_with_their_manifest_are_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("store");
    counted(&dir);
    let older = folder.path().join("older");
    copy_of(&dir, &older);
    let (store, _) = open(&dir).unwrap();
    store.put(&DRAFT, "x", b"1").unwrap();
    drop(store);
    let newer = fs::read(dir.join("anchor")).unwrap();
    fs::write(older.join("anchor"), newer).unwrap();
    assert_eq!(open(&older).err(), Some(StoreError::RolledBack));
}

#[test]
fn a_digest_tells_every_byte_name_and_length() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path();
    let mut digests = BTreeSet::new();
    let mut is_new = || {
        let digest = digest_of(dir).unwrap().unwrap();
        digest_of(dir).unwrap() == Some(digest) && digests.insert(digest)
    };
    assert!(is_new());
    let piece = 256 * 1024;
    for length in [0, 1, piece - 1, piece, piece + 1, 5 * piece, 9 * piece + 7] {
        fs::write(dir.join("db"), vec![0; length]).unwrap();
        assert!(is_new(), "{length}");
        for at in (0..length)
            .step_by(piece / 2 + 1)
            .chain(length.checked_sub(1))
        {
            let mut bytes = vec![0; length];
            bytes[at] = 1 + u8::try_from(at % 255).unwrap();
            fs::write(dir.join("db"), &bytes).unwrap();
            let is_known = at == 0 && length == 1 || at + 1 == length && at % (piece / 2 + 1) == 0;
            assert!(is_new() || is_known, "{at} of {length}");
        }
    }
    fs::create_dir(dir.join("blobs")).unwrap();
    let with_folder = digest_of(dir).unwrap();
    assert!(with_folder.is_some());
    fs::write(dir.join("blobs/1"), b"x").unwrap();
    assert_eq!(digest_of(dir).unwrap(), None);
    fs::remove_dir_all(dir.join("blobs")).unwrap();
    assert_eq!(digest_of(dir).unwrap(), with_folder);
    fs::rename(dir.join("db"), dir.join("bd")).unwrap();
    assert_ne!(digest_of(dir).unwrap(), with_folder);
}
