//! The sealed store over memory: what it keeps and hides, its keys, its migrations.

use std::sync::Arc;

use zeroize::ZeroizeOnDrop;

use super::sealing::MasterKey;
use super::{
    Collection, MAX_KEY_BYTES, MAX_VALUE_BYTES, MemoryStore, Migration, RecordStore, SealedStore,
    SealedWrite, SideFile, StoreError,
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
    store.put(Collection::Profile, "name", b"Li Lei").unwrap();
    store.put(Collection::Outbox, "b", b"second").unwrap();
    store.put(Collection::Outbox, "a", b"first").unwrap();
    records
}

fn pairs(store: &SealedStore, collection: Collection) -> Vec<(String, Vec<u8>)> {
    let records = store.list(collection).unwrap();
    records
        .into_iter()
        .map(|(key, value)| (key, value.to_vec()))
        .collect()
}

pub(super) fn value(store: &SealedStore, collection: Collection, key: &str) -> Option<Vec<u8>> {
    store
        .get(collection, key)
        .unwrap()
        .map(|value| value.to_vec())
}

#[test]
fn keeps_lists_replaces_and_deletes() {
    let records = filled();
    let store = open(&records).unwrap();
    assert_eq!(
        value(&store, Collection::Profile, "name").unwrap(),
        b"Li Lei"
    );
    assert_eq!(
        value(&store, Collection::Outbox, "name"),
        None,
        "collections are apart"
    );
    let expected = [
        ("a".to_owned(), b"first".to_vec()),
        ("b".to_owned(), b"second".to_vec()),
    ];
    assert_eq!(pairs(&store, Collection::Outbox), expected);
    store.put(Collection::Outbox, "a", b"").unwrap();
    store.delete(Collection::Outbox, "b").unwrap();
    store.delete(Collection::Outbox, "never there").unwrap();
    drop(store);
    let store = open(&records).unwrap();
    assert_eq!(
        pairs(&store, Collection::Outbox),
        [("a".to_owned(), vec![])]
    );
}

#[test]
fn a_batch_counts_the_last_write_to_a_key() {
    let records = filled();
    let store = open(&records).unwrap();
    store
        .apply(&[
            SealedWrite::put(Collection::Draft, "x", b"1"),
            SealedWrite::put(Collection::Draft, "x", b"2"),
            SealedWrite::delete(Collection::Outbox, "a"),
            SealedWrite::put(Collection::Draft, "y", b"3"),
            SealedWrite::delete(Collection::Draft, "y"),
        ])
        .unwrap();
    drop(store);
    let store = open(&records).unwrap();
    assert_eq!(
        pairs(&store, Collection::Draft),
        [("x".to_owned(), b"2".to_vec())]
    );
    assert_eq!(
        pairs(&store, Collection::Outbox),
        [("b".to_owned(), b"second".to_vec())]
    );
}

#[test]
fn sizes_are_capped_and_a_refused_batch_changes_nothing() {
    let records = filled();
    let store = open(&records).unwrap();
    let before = records.scan(&[]).unwrap();
    let good = SealedWrite::put(Collection::Draft, "x", b"1");
    let long = "k".repeat(MAX_KEY_BYTES + 1);
    for (bad, error) in [
        (
            SealedWrite::put(Collection::Draft, "", b""),
            StoreError::KeyTooLong,
        ),
        (
            SealedWrite::put(Collection::Draft, &long, b""),
            StoreError::KeyTooLong,
        ),
        (
            SealedWrite::delete(Collection::Draft, &long),
            StoreError::KeyTooLong,
        ),
        (
            SealedWrite::put(Collection::Draft, "y", &vec![0; MAX_VALUE_BYTES + 1]),
            StoreError::ValueTooLarge,
        ),
    ] {
        assert_eq!(store.apply(&[good.clone(), bad]), Err(error));
    }
    assert_eq!(
        store.get(Collection::Draft, &long),
        Err(StoreError::KeyTooLong)
    );
    assert_eq!(records.scan(&[]).unwrap(), before);
    let longest = "k".repeat(MAX_KEY_BYTES);
    store
        .put(Collection::Draft, &longest, &vec![7; MAX_VALUE_BYTES])
        .unwrap();
    assert_eq!(
        value(&store, Collection::Draft, &longest).unwrap().len(),
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
    store.put(Collection::Profile, "name", b"Li Lei").unwrap();
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
    let put = store.put(Collection::Draft, "x", b"1");
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

const STEPS: &[Migration] = &[
    Migration {
        from: 1,
        run: |view| {
            let name = view.get(Collection::Profile, "name")?.expect("a name");
            view.put(Collection::Profile, "full name", &name);
            view.delete(Collection::Profile, "name");
            Ok(())
        },
    },
    Migration {
        from: 2,
        run: |view| {
            let keys: Vec<_> = view.list(Collection::Profile)?.into_keys().collect();
            assert_eq!(keys, ["full name"], "the second step sees the first");
            view.put(Collection::Meta, "steps", b"2");
            Ok(())
        },
    },
];

#[test]
fn migrations_run_in_order_and_once() {
    let records = filled();
    for _ in 0..2 {
        let store = at_schema(&records, 3, STEPS).unwrap();
        assert_eq!(
            value(&store, Collection::Profile, "full name").unwrap(),
            b"Li Lei"
        );
        assert_eq!(value(&store, Collection::Profile, "name"), None);
        assert_eq!(value(&store, Collection::Meta, "steps").unwrap(), b"2");
    }
}

#[test]
fn a_newer_schema_is_refused_and_nothing_is_written() {
    let records = filled();
    drop(at_schema(&records, 3, STEPS).unwrap());
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
            from: 2,
            run: |_| Err(StoreError::RecordAltered),
        },
    ];
    let records = filled();
    let before = records.scan(&[]).unwrap();
    assert_eq!(
        at_schema(&records, 3, FAILING).err(),
        Some(StoreError::RecordAltered)
    );
    assert_eq!(
        at_schema(&records, 3, &STEPS[..1]).err(),
        Some(StoreError::NoMigration)
    );
    assert_eq!(records.scan(&[]).unwrap(), before);
    assert_eq!(
        value(&open(&records).unwrap(), Collection::Profile, "name").unwrap(),
        b"Li Lei"
    );
}

#[test]
fn keys_are_wiped_when_dropped() {
    const fn wipes<T: ZeroizeOnDrop>() {}
    const { wipes::<MasterKey>() };
    const { wipes::<chacha20poly1305::XChaCha20Poly1305>() };
    const { wipes::<zeroize::Zeroizing<[[u8; 32]; 9]>>() };
}
