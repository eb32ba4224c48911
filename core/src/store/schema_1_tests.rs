//! From schema 1 to 2: every record in its new place, wholly old or wholly new, nothing altered carried along.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::schema_1::place;
use super::sealed_store_tests::open;
use super::{
    MemoryStore, RecordStore, SealedStore, SideFile, StoreError, SubjectId, Write, write_schema_1,
};
use crate::testing::entropy::{FixedEntropy, NoEntropy};
use crate::testing::key_guard::FixedKeyGuard;

/// Everything that versions of schema 1 wrote, and two things that none did.
const OLD: [(u8, &str); 19] = [
    (1, "never written"),
    (2, "identity"),
    (2, "last-answers"),
    (3, "ed25519-seed"),
    (4, "trust/"),
    (4, "form/health-declaration"),
    (5, "receipt"),
    (5, "credential"),
    (5, "etag"),
    (5, "meta"),
    (5, "registration"),
    (5, "pacing"),
    (5, "bundles"),
    (5, "told-colour"),
    (5, "correction/0190b0a0-0000-7000-8000-000000000000"),
    (5, "never written"),
    (6, "0190b0a0-0000-7000-8000-000000000000"),
    (7, "health-declaration"),
    (8, "anchor"),
];

fn value(collection: u8, key: &str) -> Vec<u8> {
    // Some in pieces.
    format!("{collection} {key} ")
        .repeat(1 + usize::from(collection) * 40)
        .into_bytes()
}

fn old_store() -> MemoryStore {
    let records = MemoryStore::new();
    let contents = OLD.map(|(id, key)| (id, key.to_owned(), value(id, key)));
    let entropy = FixedEntropy::new(4);
    write_schema_1(&records, &FixedKeyGuard::new(1), &entropy, &contents).unwrap();
    records
}

fn check_migrated(store: &SealedStore) {
    let found: BTreeSet<_> = store
        .all_records()
        .unwrap()
        .into_iter()
        .map(|(place, value)| (place, value.to_vec()))
        .collect();
    let expected = OLD.map(|(id, key)| (place(id, key), value(id, key)));
    assert_eq!(found, expected.into());
}

#[test]
fn every_record_has_a_place_of_its_own() {
    let mut places = BTreeSet::new();
    for (id, key) in OLD {
        let place = place(id, key);
        assert!(places.insert(place), "{id} {key}");
    }
    // The frozen numbers: once for each kind that schema 1 had.
    let kinds: BTreeSet<_> = places.iter().map(|place| place.kind).collect();
    let all = [
        1, 5, 16, 17, 18, 19, 24, 25, 32, 33, 34, 35, 36, 40, 48, 49, 56, 57,
    ];
    assert_eq!(kinds, all.into());
    let of_phone = places.iter().filter(|place| place.subject.is_none());
    let of_phone: BTreeSet<_> = of_phone.map(|place| place.kind).collect();
    assert_eq!(of_phone, [1, 5, 48, 49, 56, 57].into());
    let subjects = places.iter().filter_map(|place| place.subject.clone());
    assert_eq!(subjects.collect::<BTreeSet<_>>(), [SubjectId::OWNER].into());
}

#[test]
fn a_store_of_the_first_schema_is_migrated_once_and_whole() {
    let records = old_store();
    let names = |records: &MemoryStore| -> BTreeSet<_> {
        let records = records.scan(&[]).unwrap();
        records.into_iter().map(|(name, _)| name).collect()
    };
    let before = names(&records);
    let store = open(&records).unwrap();
    check_migrated(&store);
    let generation = store.generation();
    drop(store);
    let after = names(&records);
    // Only the ledger keeps its name.
    assert_eq!(before.intersection(&after).count(), 1);
    assert_eq!(after.len(), OLD.len() + 1);
    let store = open(&records).unwrap();
    check_migrated(&store);
    assert_eq!(
        store.generation(),
        generation,
        "the second open writes nothing"
    );
}

/// Records whose next batch fails.
struct Failing {
    records: MemoryStore,
    fails: AtomicBool,
}

impl RecordStore for Failing {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        self.records.get(key)
    }

    fn scan(&self, prefix: &[u8]) -> Result<Vec<(Vec<u8>, Vec<u8>)>, StoreError> {
        self.records.scan(prefix)
    }

    fn apply(&self, writes: &[Write]) -> Result<(), StoreError> {
        if self.fails.swap(false, Ordering::SeqCst) {
            return Err(StoreError::DiskFull);
        }
        self.records.apply(writes)
    }

    fn read_side(&self, file: SideFile) -> Result<Option<Vec<u8>>, StoreError> {
        self.records.read_side(file)
    }

    fn write_side(&self, file: SideFile, bytes: &[u8]) -> Result<(), StoreError> {
        self.records.write_side(file, bytes)
    }

    fn accept(&self) -> Result<(), StoreError> {
        Ok(())
    }
}

#[test]
fn a_migration_that_fails_leaves_the_old_store_for_the_next_open() {
    let records = old_store();
    let before = records.scan(&[]).unwrap();
    let guard = FixedKeyGuard::new(1);
    let failing = Arc::new(Failing {
        records: records.clone(),
        fails: AtomicBool::new(true),
    });
    let entropy = Arc::new(FixedEntropy::new(5));
    let opened = SealedStore::open(failing, &guard, entropy);
    assert_eq!(opened.err(), Some(StoreError::DiskFull));
    let opened = SealedStore::open(Arc::new(records.clone()), &guard, Arc::new(NoEntropy));
    assert_eq!(opened.err(), Some(StoreError::EntropyUnavailable));
    assert_eq!(records.scan(&[]).unwrap(), before);
    check_migrated(&open(&records).unwrap());
}

#[test]
fn an_altered_record_is_never_carried_along() {
    let good = old_store();
    for (name, sealed) in good.scan(&[]).unwrap() {
        // A bit that the ledger's sum does not cover: only opening the record shows it.
        let mut value = sealed.clone();
        value[30] ^= 1;
        let bad = good.fork();
        bad.apply(&[Write::Put { key: name, value }]).unwrap();
        let before = bad.scan(&[]).unwrap();
        assert_eq!(open(&bad).err(), Some(StoreError::RecordAltered));
        assert_eq!(bad.scan(&[]).unwrap(), before, "nothing was written");
    }
}
