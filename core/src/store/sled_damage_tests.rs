//! Damaged files: flipped bits, cut-off ends, missing files, in every file of a closed store.
//!
//! The rule, each time: all records read back as they were, or a named error and the damaged bytes still on disk
//! as they were found. Never a panic, never a record missing or different in silence.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::records_for_tests::{BUNDLE, OUTBOX, PlainRecords as _, STATE};
use super::{RawPlace, SealedStore, SledStore, StoreError, danger_reset};
use crate::system::SystemEntropy;
use crate::testing::key_guard::FixedKeyGuard;

type Files = BTreeMap<PathBuf, Vec<u8>>;
type Records = Vec<(RawPlace, Vec<u8>)>;

/// In memory where that can be had: what is looked at here is the content of files, not whether it is durable.
fn folder() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").unwrap_or_else(|_| tempfile::tempdir().unwrap())
}

fn open(dir: &Path) -> Result<SealedStore, StoreError> {
    let records = Arc::new(SledStore::open(dir)?);
    SealedStore::open(records, &FixedKeyGuard::new(1), Arc::new(SystemEntropy))
}

fn read_all(store: &SealedStore) -> Result<Records, StoreError> {
    let mut all = Vec::new();
    for (place, value) in store.all_records()? {
        let got = store.read_raw(&place)?.ok_or(StoreError::RecordsLost)?;
        assert_eq!(got, value);
        all.push((place, value.to_vec()));
    }
    Ok(all)
}

fn read_files(dir: &Path, into: &mut Files) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_files(&path, into);
        } else if !path.ends_with("reserve") {
            // The reserve's content means nothing.
            into.insert(path.clone(), fs::read(&path).unwrap());
        }
    }
}

fn files(dir: &Path) -> Files {
    let mut files = Files::new();
    read_files(dir, &mut files);
    files
}

fn restore(dir: &Path, files: &Files) {
    fs::remove_dir_all(dir).unwrap();
    fs::create_dir_all(dir.join("records/blobs")).unwrap();
    for (path, bytes) in files {
        fs::write(path, bytes).unwrap();
    }
}

/// A store that was opened three times, with replaced, deleted and large records, the last of them in the journal.
fn filled(dir: &Path) -> (Files, Records) {
    for round in 0..3_u8 {
        let store = open(dir).unwrap();
        for number in 0..12_u8 {
            let key = format!("declaration {number}");
            let value = vec![number ^ round; 60 + 10 * usize::from(number)];
            store.put(&OUTBOX, &key, &value).unwrap();
        }
        store.put(&BUNDLE, "large", &vec![round; 9_000]).unwrap();
        store.put(&STATE, "credential", &[round; 400]).unwrap();
        store
            .delete(&OUTBOX, &format!("declaration {round}"))
            .unwrap();
        if round < 2 {
            store.records.settle().unwrap();
        }
    }
    let records = read_all(&open(dir).unwrap()).unwrap();
    (files(dir), records)
}

#[derive(Default, Debug)]
struct Tally {
    intact: usize,
    refused: BTreeMap<&'static str, usize>,
}

impl Tally {
    fn refusals(&self) -> usize {
        self.refused.values().sum()
    }

    /// Opens the damaged store and applies the rule.
    fn judge(&mut self, dir: &Path, damaged: &Files, expected: &Records, what: &str) {
        match open(dir).and_then(|store| read_all(&store)) {
            Ok(records) => {
                assert!(records == *expected, "{what}: records differ in silence");
                self.intact += 1;
            }
            Err(error) => {
                *self.refused.entry(error.code()).or_default() += 1;
                let opened = matches!(error, StoreError::RecordAltered | StoreError::Damaged)
                    && open(dir).is_ok();
                // Refused at open: nothing was changed. Refused at a read: the store goes on with the rest.
                if !opened {
                    assert!(
                        files(dir) == *damaged,
                        "{what}: {error:?} changed the files"
                    );
                }
            }
        }
    }
}

/// Damages each file at about `steps` places.
fn damage(steps: usize, spoil: impl Fn(&[u8], usize) -> Vec<u8>, name: &str) -> Tally {
    let folder = folder();
    let dir = folder.path().join("store");
    let (pristine, expected) = filled(&dir);
    assert!(expected.len() > 10, "{}", expected.len());
    assert!(pristine.contains_key(&dir.join("manifest")));
    let mut tally = Tally::default();
    for (path, bytes) in &pristine {
        // What sled has set aside but not yet written to is zeros.
        let used = bytes
            .iter()
            .rposition(|byte| *byte != 0)
            .map_or(0, |last| last + 1);
        for at in (0..used).step_by((used / steps).max(1)) {
            let mut damaged = pristine.clone();
            damaged.insert(path.clone(), spoil(bytes, at));
            restore(&dir, &damaged);
            tally.judge(
                &dir,
                &damaged,
                &expected,
                &format!("{name} {at} {}", path.display()),
            );
        }
    }
    tally
}

#[test]
fn a_flipped_bit_anywhere_is_harmless_or_named() {
    let flip = |bytes: &[u8], at: usize| {
        let mut bytes = bytes.to_vec();
        bytes[at] ^= 1 << (at % 8);
        bytes
    };
    let tally = damage(140, flip, "bit");
    println!("{tally:?}");
    assert!(tally.intact > 50 && tally.refusals() > 50, "{tally:?}");
}

#[test]
fn a_cut_off_end_is_harmless_or_named() {
    let tally = damage(50, |bytes, at| bytes[..at].to_vec(), "cut");
    println!("{tally:?}");
    assert!(tally.refusals() > 50, "{tally:?}");
}

#[test]
fn a_zeroed_page_is_harmless_or_named() {
    let zero = |bytes: &[u8], at: usize| {
        let mut bytes = bytes.to_vec();
        let end = bytes.len().min(at + 4096);
        bytes[at..end].fill(0);
        bytes
    };
    let tally = damage(30, zero, "page");
    println!("{tally:?}");
    assert!(tally.refusals() > 50, "{tally:?}");
}

#[test]
fn a_missing_file_is_harmless_or_named() {
    let folder = folder();
    let dir = folder.path().join("store");
    let (pristine, expected) = filled(&dir);
    let mut tally = Tally::default();
    for path in pristine.keys() {
        let mut damaged = pristine.clone();
        damaged.remove(path);
        restore(&dir, &damaged);
        match open(&dir).and_then(|store| read_all(&store)) {
            Ok(records) => assert!(records == expected, "{} lost in silence", path.display()),
            Err(error) => *tally.refused.entry(error.code()).or_default() += 1,
        }
    }
    println!("{tally:?}");
    assert!(tally.refusals() >= 3, "{tally:?}");
}

#[test]
fn after_a_reset_the_store_starts_over() {
    let folder = folder();
    let dir = folder.path().join("store");
    let (pristine, _) = filled(&dir);
    let mut damaged = pristine;
    damaged
        .get_mut(&dir.join("records/db"))
        .unwrap()
        .truncate(1000);
    restore(&dir, &damaged);
    assert!(open(&dir).is_err());
    danger_reset(&dir).unwrap();
    let store = open(&dir).unwrap();
    assert_eq!(read_all(&store).unwrap(), vec![]);
    assert_eq!(danger_reset(&dir), Err(StoreError::AlreadyOpen));
}
