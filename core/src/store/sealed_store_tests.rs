//! The sealed store over memory: what it keeps and hides, its keys, its migrations.

use std::sync::Arc;

use super::records_for_tests::{
    DRAFT, Kind, OUTBOX, PROFILE, PlainRecords as _, delete_write, put_write,
};
use super::sealing::{Keys, MasterKey};
use super::{
    FIRST_TEST_KIND, MAX_KEY_BYTES, MAX_VALUE_BYTES, MemoryStore, Migration, RawPlace, RecordStore,
    SealedStore, SideFile, StoreError, SubjectId,
};
use crate::ports::PortError;
use crate::testing::entropy::{FixedEntropy, NoEntropy};
use crate::testing::key_guard::{CarelessKeyGuard, FixedKeyGuard, RefusingKeyGuard};

pub(super) fn open(records: &MemoryStore) -> Result<SealedStore, StoreError> {
    // A new seed each time, as nonces must not come back.
    let seed = records.scan(&[]).unwrap().len() as u64
        + 1000
            * u64::from(
                records
                    .read_side(SideFile::Anchor)
                    .unwrap()
                    .map_or(0, |a| a[15]),
            );
    SealedStore::open(
        Arc::new(records.clone()),
        &FixedKeyGuard::new(1),
        Arc::new(FixedEntropy::new(seed)),
    )
}

pub(super) fn filled() -> MemoryStore {
    let records = MemoryStore::new();
    let store = open(&records).unwrap();
    store.put(&PROFILE, "", b"Li Lei").unwrap();
    store.put(&OUTBOX, "b", b"second").unwrap();
    store.put(&OUTBOX, "a", b"first").unwrap();
    records
}

fn pairs(store: &SealedStore, kind: &Kind) -> Vec<(String, Vec<u8>)> {
    store.list(kind).unwrap()
}

pub(super) fn value(store: &SealedStore, kind: &Kind, key: &str) -> Option<Vec<u8>> {
    store.get(kind, key).unwrap()
}

#[test]
fn keeps_lists_replaces_and_deletes() {
    let records = filled();
    let store = open(&records).unwrap();
    assert_eq!(value(&store, &PROFILE, "").unwrap(), b"Li Lei");
    assert_eq!(value(&store, &OUTBOX, ""), None, "collections are apart");
    let expected = [
        ("a".to_owned(), b"first".to_vec()),
        ("b".to_owned(), b"second".to_vec()),
    ];
    assert_eq!(pairs(&store, &OUTBOX), expected);
    store.put(&OUTBOX, "a", b"").unwrap();
    store.delete(&OUTBOX, "b").unwrap();
    store.delete(&OUTBOX, "never there").unwrap();
    drop(store);
    let store = open(&records).unwrap();
    assert_eq!(pairs(&store, &OUTBOX), [("a".to_owned(), vec![])]);
}

#[test]
fn a_batch_counts_the_last_write_to_a_key() {
    let records = filled();
    let store = open(&records).unwrap();
    store
        .apply(&[
            put_write(&DRAFT, "x", b"1"),
            put_write(&DRAFT, "x", b"2"),
            delete_write(&OUTBOX, "a"),
            put_write(&DRAFT, "y", b"3"),
            delete_write(&DRAFT, "y"),
        ])
        .unwrap();
    drop(store);
    let store = open(&records).unwrap();
    assert_eq!(pairs(&store, &DRAFT), [("x".to_owned(), b"2".to_vec())]);
    assert_eq!(
        pairs(&store, &OUTBOX),
        [("b".to_owned(), b"second".to_vec())]
    );
}

#[test]
fn sizes_are_capped_and_a_refused_batch_changes_nothing() {
    let records = filled();
    let store = open(&records).unwrap();
    let before = records.scan(&[]).unwrap();
    let good = put_write(&DRAFT, "x", b"1");
    let long = "k".repeat(MAX_KEY_BYTES + 1);
    for (bad, error) in [
        (put_write(&DRAFT, &long, b""), StoreError::KeyTooLong),
        (delete_write(&DRAFT, &long), StoreError::KeyTooLong),
        (
            put_write(&DRAFT, "y", &vec![0; MAX_VALUE_BYTES + 1]),
            StoreError::ValueTooLarge,
        ),
    ] {
        assert_eq!(store.apply(&[good.clone(), bad]), Err(error));
    }
    assert_eq!(store.get(&DRAFT, &long), Err(StoreError::KeyTooLong));
    assert_eq!(records.scan(&[]).unwrap(), before);
    let longest = "k".repeat(MAX_KEY_BYTES);
    store
        .put(&DRAFT, &longest, &vec![7; MAX_VALUE_BYTES])
        .unwrap();
    assert_eq!(
        value(&store, &DRAFT, &longest).unwrap().len(),
        MAX_VALUE_BYTES
    );
}

#[test]
fn nothing_readable_lies_below() {
    let records = filled();
    let mut bytes = records.read_side(SideFile::Envelope).unwrap().unwrap();
    bytes.extend(records.read_side(SideFile::Anchor).unwrap().unwrap());
    for (name, sealed) in records.scan(&[]).unwrap() {
        assert_eq!(name.len(), 32);
        bytes.extend(name);
        bytes.extend(sealed);
    }
    for secret in ["Li Lei", "name", "first", "second", "outbox", "profile"] {
        let found = bytes
            .windows(secret.len())
            .any(|window| window == secret.as_bytes());
        assert!(!found, "{secret} can be read");
    }
}

#[test]
fn two_seals_of_one_value_differ() {
    let records = filled();
    let store = open(&records).unwrap();
    let before = records.scan(&[]).unwrap();
    store.put(&PROFILE, "", b"Li Lei").unwrap();
    let after = records.scan(&[]).unwrap();
    let same = before
        .iter()
        .zip(&after)
        .filter(|(old, new)| old == new)
        .count();
    assert_eq!(same, before.len() - 2, "the record and the ledger are new");
}

#[test]
fn each_key_failure_has_its_name() {
    let records = filled();
    let open_with = |guard: &dyn crate::ports::KeyGuard| {
        SealedStore::open(
            Arc::new(records.clone()),
            guard,
            Arc::new(FixedEntropy::new(9)),
        )
        .err()
    };
    assert_eq!(
        open_with(&FixedKeyGuard::new(2)),
        Some(StoreError::KeyRefused)
    );
    for (port, error) in [
        (PortError::KeyUnavailable, StoreError::KeyUnavailable),
        (PortError::HostFailed, StoreError::KeyUnavailable),
        (PortError::EnvelopeRefused, StoreError::KeyRefused),
    ] {
        assert_eq!(open_with(&RefusingKeyGuard(port)), Some(error));
    }
    for lie in [vec![], vec![3; 31], vec![3; 32], vec![3; 33]] {
        assert_eq!(
            open_with(&CarelessKeyGuard(lie)),
            Some(StoreError::KeyRefused)
        );
    }
    assert!(open(&records).is_ok(), "none of that did any harm");
}

#[test]
fn without_a_key_or_randomness_nothing_is_made() {
    let records = MemoryStore::new();
    let locked = RefusingKeyGuard(PortError::KeyUnavailable);
    let made = SealedStore::open(
        Arc::new(records.clone()),
        &locked,
        Arc::new(FixedEntropy::new(1)),
    );
    assert_eq!(made.err(), Some(StoreError::KeyUnavailable));
    let guard = FixedKeyGuard::new(1);
    let made = SealedStore::open(Arc::new(records.clone()), &guard, Arc::new(NoEntropy));
    assert_eq!(made.err(), Some(StoreError::EntropyUnavailable));
    assert_eq!(records.scan(&[]), Ok(vec![]));
    assert_eq!(records.read_side(SideFile::Envelope), Ok(None));

    drop(open(&records).unwrap());
    let store = SealedStore::open(Arc::new(records.clone()), &guard, Arc::new(NoEntropy)).unwrap();
    let put = store.put(&DRAFT, "x", b"1");
    assert_eq!(put, Err(StoreError::EntropyUnavailable));
    assert_eq!(records.scan(&[]).unwrap().len(), 1);
}

fn at_schema(
    records: &MemoryStore,
    schema: u32,
    migrations: &[Migration],
) -> Result<SealedStore, StoreError> {
    let seed = 77_000 + u64::from(schema);
    let (guard, entropy) = (FixedKeyGuard::new(1), Arc::new(FixedEntropy::new(seed)));
    SealedStore::open_at_schema(
        Arc::new(records.clone()),
        &guard,
        entropy,
        schema,
        migrations,
    )
}

fn of_owner(kind: u16) -> RawPlace {
    RawPlace {
        kind,
        subject: Some(SubjectId::OWNER),
        key: String::new(),
    }
}

/// Number of the name.
const NAME: u16 = FIRST_TEST_KIND + 200;

const STEPS: &[Migration] = &[
    Migration {
        from: 3,
        run: |view| {
            let name = view.get(&of_owner(NAME))?.expect("a name");
            view.put(of_owner(FIRST_TEST_KIND), &name);
            view.delete(of_owner(NAME));
            Ok(())
        },
    },
    Migration {
        from: 4,
        run: |view| {
            let kinds: Vec<_> = view.all()?.into_keys().map(|place| place.kind).collect();
            assert_eq!(
                kinds,
                [FIRST_TEST_KIND, NAME + 1, NAME + 1],
                "the second sees the first"
            );
            view.put(of_owner(FIRST_TEST_KIND + 1), b"2");
            Ok(())
        },
    },
];

#[test]
fn migrations_run_in_order_and_once() {
    let records = filled();
    for _ in 0..2 {
        let store = at_schema(&records, 5, STEPS).unwrap();
        let found = store.records_of(Some(&SubjectId::OWNER)).unwrap();
        let found: Vec<_> = found
            .iter()
            .map(|(place, value)| (place.kind, value.as_slice()))
            .collect();
        let expected: [(u16, &[u8]); 4] = [
            (FIRST_TEST_KIND, b"Li Lei"),
            (FIRST_TEST_KIND + 1, b"2"),
            (NAME + 1, b"first"),
            (NAME + 1, b"second"),
        ];
        assert_eq!(found, expected);
    }
}

#[test]
fn a_newer_schema_is_refused_and_nothing_is_written() {
    let records = filled();
    drop(at_schema(&records, 5, STEPS).unwrap());
    let before = (records.scan(&[]), records.read_side(SideFile::Anchor));
    assert_eq!(open(&records).err(), Some(StoreError::NewerSchema));
    assert_eq!(
        (records.scan(&[]), records.read_side(SideFile::Anchor)),
        before
    );
}

#[test]
fn a_failed_or_missing_step_leaves_the_old_schema() {
    const FAILING: &[Migration] = &[
        STEPS[0],
        Migration {
            from: 4,
            run: |_| Err(StoreError::RecordAltered),
        },
    ];
    let records = filled();
    let before = records.scan(&[]).unwrap();
    assert_eq!(
        at_schema(&records, 5, FAILING).err(),
        Some(StoreError::RecordAltered)
    );
    assert_eq!(
        at_schema(&records, 5, &STEPS[..1]).err(),
        Some(StoreError::NoMigration)
    );
    assert_eq!(records.scan(&[]).unwrap(), before);
    assert_eq!(
        value(&open(&records).unwrap(), &PROFILE, "").unwrap(),
        b"Li Lei"
    );
}

#[test]
fn keys_are_wiped_when_dropped() {
    Keys::assert_ciphers_are_wiped();
    let mut master = MasterKey::from_unwrapped(&[7; 32]).unwrap();
    zeroize::Zeroize::zeroize(&mut master);
    assert_eq!(master.secret(), [0; 32]);
}
