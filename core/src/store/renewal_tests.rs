//! What was erased opens for nobody any more, and a kill at any write leaves all of it or nothing.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::envelope::Envelope;
use super::records_for_tests::{BUNDLE, PROFILE, PlainRecords, put_write};
use super::sealing::Keys;
use super::{
    MemoryStore, RecordStore, SealedStore, SideFile, SledStore, StoreError, SubjectId, Write,
};
use crate::ports::KeyGuard as _;
use crate::system::SystemEntropy;
use crate::testing::key_guard::{FixedKeyGuard, RefusingKeyGuard};

const OWNER: SubjectId = SubjectId::OWNER;

fn child() -> SubjectId {
    SubjectId::parse("b-1").unwrap()
}

fn open(records: Arc<dyn RecordStore>) -> Result<SealedStore, StoreError> {
    let guard = FixedKeyGuard::new(7);
    let store = SealedStore::open(records, &guard, Arc::new(SystemEntropy))?;
    Ok(store.renewing_keys(Arc::new(guard)))
}

fn fill(store: &SealedStore) {
    for number in 0..40 {
        store
            .put(&PROFILE, &format!("{number}"), b"the owner's words")
            .unwrap();
    }
    let of_child = PROFILE.for_subject(&child()).at("x");
    store.write(&of_child, &b"the child's".to_vec()).unwrap();
}

/// The keys of the master key in an envelope.
fn keys_in(envelope: &[u8]) -> Keys {
    let guard = FixedKeyGuard::new(7);
    Envelope::read(envelope).unwrap().open(&guard).unwrap().keys
}

fn files(folder: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.insert(path.display().to_string(), fs::read(&path).unwrap());
        }
    }
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|found| found == part)
}

#[test]
fn what_was_erased_opens_for_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(Arc::new(SledStore::open(folder.path()).unwrap())).unwrap();
    fill(&store);
    let records = |store: &SealedStore| store.records.scan(&[]).unwrap();
    let envelope = |store: &SealedStore| store.records.read_side(SideFile::Envelope).unwrap();
    let (old_records, old_envelope) = (records(&store), envelope(&store).unwrap());
    let old = keys_in(&old_envelope);
    let opens = |keys: &Keys, records: &[(Vec<u8>, Vec<u8>)]| {
        let mut records = records.iter();
        records.any(|(name, sealed)| keys.open(name, sealed).is_ok())
    };
    assert!(opens(&old, &old_records));

    store
        .erase(&OWNER, &[put_write(&BUNDLE, "", b"signed")])
        .unwrap();
    // What is there is under the new key alone, and the old one is nowhere, not even wrapped.
    let (new_records, new_envelope) = (records(&store), envelope(&store).unwrap());
    assert!(!opens(&old, &new_records));
    let new = keys_in(&new_envelope);
    assert!(opens(&new, &new_records) && !opens(&new, &old_records));
    let wrapped = &old_envelope[7..old_envelope.len() - 16];
    let mut on_disk = BTreeMap::new();
    files(folder.path(), &mut on_disk);
    assert!(on_disk.keys().any(|name| name.ends_with("/records/db")));
    for (name, bytes) in &on_disk {
        assert!(!contains(bytes, wrapped), "{name}");
    }
    // Old bytes are still in the journal or in sled's log: that is what the key went for.
    let (_, sealed) = &old_records[3];
    assert!(on_disk.values().any(|bytes| contains(bytes, sealed)));

    // It goes on, now and after the next open.
    let rest = |store: &SealedStore| {
        assert_eq!(store.list(&PROFILE).unwrap(), []);
        assert_eq!(store.get(&BUNDLE, "").unwrap(), Some(b"signed".to_vec()));
        let of_child = PROFILE.for_subject(&child()).at("x");
        assert_eq!(store.read(&of_child).unwrap().unwrap(), b"the child's");
    };
    rest(&store);
    store.put(&PROFILE, "new", b"anew").unwrap();
    store.delete(&PROFILE, "new").unwrap();
    drop(store);
    let store = open(Arc::new(SledStore::open(folder.path()).unwrap())).unwrap();
    rest(&store);
    store.erase(&child(), &[]).unwrap();
    drop(store);
    let store = open(Arc::new(SledStore::open(folder.path()).unwrap())).unwrap();
    assert_eq!(store.all_records().unwrap().len(), 1);
}

/// Records in memory of which the write with this number, and each after it, fails, before or after it was done.
struct Failing {
    records: MemoryStore,
    count: AtomicUsize,
    at: usize,
    is_done: bool,
}

impl Failing {
    fn write(&self, write: impl FnOnce() -> Result<(), StoreError>) -> Result<(), StoreError> {
        let number = self.count.fetch_add(1, Ordering::SeqCst);
        if number < self.at || (number == self.at && self.is_done) {
            write()?;
        }
        if number < self.at {
            return Ok(());
        }
        Err(StoreError::IoFailed)
    }
}

impl RecordStore for Failing {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        self.records.get(key)
    }
    fn scan(&self, prefix: &[u8]) -> Result<Vec<(Vec<u8>, Vec<u8>)>, StoreError> {
        self.records.scan(prefix)
    }
    fn apply(&self, writes: &[Write]) -> Result<(), StoreError> {
        self.write(|| self.records.apply(writes))
    }
    fn read_side(&self, file: SideFile) -> Result<Option<Vec<u8>>, StoreError> {
        self.records.read_side(file)
    }
    fn write_side(&self, file: SideFile, bytes: &[u8]) -> Result<(), StoreError> {
        self.write(|| self.records.write_side(file, bytes))
    }
    fn accept(&self) -> Result<(), StoreError> {
        Ok(())
    }
}

fn failing(records: &MemoryStore, at: usize, is_done: bool) -> Arc<Failing> {
    Arc::new(Failing {
        records: records.fork(),
        count: AtomicUsize::new(0),
        at,
        is_done,
    })
}

/// Whether everything is gone that should go; panics where it is neither all nor nothing.
fn is_erased(store: &SealedStore) -> bool {
    let records = store.all_records().unwrap().len();
    let written = store.get(&BUNDLE, "").unwrap().is_some();
    assert!(matches!((records, written), (41, false) | (2, true)));
    written
}

#[test]
fn a_kill_at_any_write_leaves_all_of_it_or_nothing_and_one_key() {
    let before = MemoryStore::new();
    fill(&open(Arc::new(before.clone())).unwrap());
    let along = [put_write(&BUNDLE, "", b"signed")];
    let (mut whole, mut nothing) = (0, 0);
    for is_done in [false, true] {
        for at in 0.. {
            let records = failing(&before, at, is_done);
            let store = open(records.clone()).unwrap();
            let erased = store.erase(&OWNER, &along);
            if erased.is_err() {
                // Nothing more is written before the next open.
                assert!(store.put(&PROFILE, "x", b"x").is_err() || at == 0);
            }
            drop(store);

            // The next open is killed at each of its writes as well, and the one after it has a store.
            for again in 0..3 {
                let opened = failing(&records.records, again, is_done);
                let store = open(opened.clone()).unwrap();
                let found = is_erased(&store);
                drop(store);
                let store = open(Arc::new(opened.records.fork())).unwrap();
                assert_eq!(is_erased(&store), found, "{at} {again}");
                store.put(&PROFILE, "y", b"y").unwrap();
                let envelope = store.records.read_side(SideFile::Envelope).unwrap();
                assert_eq!(
                    envelope.unwrap()[4],
                    1,
                    "{at} {again}: one key after an open"
                );
            }
            let store = open(Arc::new(records.records.fork())).unwrap();
            if is_erased(&store) {
                whole += 1;
            } else {
                nothing += 1;
            }
            if erased.is_ok() {
                assert!(is_erased(&store));
                break;
            }
        }
    }
    assert!(whole >= 4 && nothing >= 3, "{whole} {nothing}");
}

#[test]
fn a_guard_that_does_not_wrap_erases_nothing() {
    let records = Arc::new(MemoryStore::new());
    fill(&open(records.clone()).unwrap());
    let guard = FixedKeyGuard::new(7);
    let store = SealedStore::open(records, &guard, Arc::new(SystemEntropy)).unwrap();
    let locked = RefusingKeyGuard(crate::ports::PortError::KeyUnavailable);
    assert!(locked.wrap(&[0; 32]).is_err());
    let store = store.renewing_keys(Arc::new(locked));
    assert_eq!(store.erase(&OWNER, &[]), Err(StoreError::KeyUnavailable));
    assert_eq!(store.list(&PROFILE).unwrap().len(), 40);
    store.put(&PROFILE, "z", b"goes on").unwrap();
}

#[test]
fn nobody_reads_a_half_renewed_store() {
    let store = Arc::new(open(Arc::new(MemoryStore::new())).unwrap());
    fill(&store);
    let of_child = PROFILE.for_subject(&child()).at("x");
    std::thread::scope(|scope| {
        let reading = scope.spawn(|| {
            for _ in 0..2_000 {
                assert!(store.read(&of_child).unwrap().is_some());
                assert!(!store.all_records().unwrap().is_empty());
            }
        });
        for number in 0..40 {
            store.put(&PROFILE, "again", &[number]).unwrap();
            store.erase(&OWNER, &[]).unwrap();
        }
        reading.join().unwrap();
    });
}
