//! What every [`RecordStore`] must do, as one suite that each of them is put through.
//!
//! Invariant: it looks only at what the trait promises; how durable `apply` is shows only in the crash tests.

use std::sync::Arc;

use crate::store::{MAX_KEY_BYTES, MAX_SEALED_BYTES, RecordStore, SideFile, StoreError, Write};

/// Opens the same place again each time it is called. Dropping what it gave before is up to the caller.
pub type Place = Box<dyn Fn() -> Arc<dyn RecordStore>>;

/// Runs the suite; `fresh` gives an empty place for each case.
///
/// # Panics
/// Where the store does not keep the contract.
pub fn run(fresh: &dyn Fn() -> Place) {
    starts_empty(&fresh());
    keeps_what_was_applied(&fresh());
    applies_in_order(&fresh());
    scans_by_prefix_in_order(&fresh());
    refuses_what_is_too_large_and_stays_usable(&fresh());
    keeps_large_values(&fresh());
    keeps_many_records(&fresh());
    visits_every_record_once(&fresh());
    keeps_side_files(&fresh());
    is_shared_between_threads(&fresh());
    readers_never_see_half_a_value(&fresh());
}

fn put(key: &[u8], value: &[u8]) -> Write {
    Write::Put {
        key: key.to_vec(),
        value: value.to_vec(),
    }
}

fn delete(key: &[u8]) -> Write {
    Write::Delete { key: key.to_vec() }
}

fn starts_empty(place: &Place) {
    let store = place();
    assert_eq!(store.get(b"a"), Ok(None));
    assert_eq!(store.scan(b""), Ok(vec![]));
    assert_eq!(store.apply(&[]), Ok(()));
    assert_eq!(store.apply(&[delete(b"a")]), Ok(()));
    assert_eq!(store.read_side(SideFile::Envelope), Ok(None));
    assert_eq!(store.read_side(SideFile::Anchor), Ok(None));
}

fn keeps_what_was_applied(place: &Place) {
    let store = place();
    assert_eq!(store.apply(&[put(b"a", b"1"), put(b"b", b"")]), Ok(()));
    assert_eq!(store.get(b"a"), Ok(Some(b"1".to_vec())));
    drop(store);
    let store = place();
    assert_eq!(store.get(b"a"), Ok(Some(b"1".to_vec())));
    assert_eq!(store.get(b"b"), Ok(Some(vec![])));
    assert_eq!(store.apply(&[delete(b"a"), put(b"b", b"2")]), Ok(()));
    drop(store);
    let store = place();
    assert_eq!(store.get(b"a"), Ok(None));
    assert_eq!(store.scan(b""), Ok(vec![(b"b".to_vec(), b"2".to_vec())]));
}

fn applies_in_order(place: &Place) {
    let store = place();
    let writes = [
        put(b"a", b"1"),
        put(b"a", b"2"),
        put(b"b", b"1"),
        delete(b"b"),
        delete(b"c"),
        put(b"c", b"3"),
    ];
    assert_eq!(store.apply(&writes), Ok(()));
    assert_eq!(store.get(b"a"), Ok(Some(b"2".to_vec())));
    assert_eq!(store.get(b"b"), Ok(None));
    assert_eq!(store.get(b"c"), Ok(Some(b"3".to_vec())));
}

fn scans_by_prefix_in_order(place: &Place) {
    let store = place();
    let writes = [
        put(b"b\xff", b"4"),
        put(b"b", b"2"),
        put(b"a", b"1"),
        put(b"b\x00", b"3"),
        put(b"c", b"5"),
        put(b"\xff\xff", b"6"),
    ];
    assert_eq!(store.apply(&writes), Ok(()));
    let values = |prefix: &[u8]| -> Vec<u8> {
        let records = store.scan(prefix).expect("a scan");
        records.into_iter().flat_map(|(_, value)| value).collect()
    };
    assert_eq!(values(b""), b"123456");
    assert_eq!(values(b"b"), b"234");
    assert_eq!(values(b"\xff"), b"6");
    assert_eq!(values(b"x"), b"");
}

fn refuses_what_is_too_large_and_stays_usable(place: &Place) {
    let store = place();
    let longest = vec![b'k'; MAX_KEY_BYTES];
    let too_long = vec![b'k'; MAX_KEY_BYTES + 1];
    let too_large = vec![0; MAX_SEALED_BYTES + 1];
    let first = put(b"a", b"1");
    for (bad, error) in [
        (put(b"", b"1"), StoreError::KeyTooLong),
        (put(&too_long, b"1"), StoreError::KeyTooLong),
        (delete(&too_long), StoreError::KeyTooLong),
        (put(b"b", &too_large), StoreError::ValueTooLarge),
    ] {
        assert_eq!(store.apply(&[first.clone(), bad]), Err(error));
        assert_eq!(store.get(b"a"), Ok(None), "half a batch was applied");
    }
    assert_eq!(store.apply(&[first, put(&longest, b"2")]), Ok(()));
    assert_eq!(store.get(&longest), Ok(Some(b"2".to_vec())));
}

fn keeps_large_values(place: &Place) {
    let store = place();
    let sizes = [
        0,
        1,
        4_095,
        4_096,
        4_097,
        8_192,
        40_000,
        200_000,
        MAX_SEALED_BYTES,
    ];
    for round in 0..2_u8 {
        for size in sizes {
            let key = format!("size {size}");
            let value = vec![round ^ 0x5a; size];
            assert_eq!(store.apply(&[put(key.as_bytes(), &value)]), Ok(()));
        }
    }
    drop(store);
    let store = place();
    for size in sizes {
        let value = store.get(format!("size {size}").as_bytes());
        assert_eq!(value, Ok(Some(vec![1 ^ 0x5a; size])), "{size} bytes");
    }
}

fn keeps_many_records(place: &Place) {
    let store = place();
    for round in 0..10_u32 {
        let writes: Vec<_> = (0..200_u32)
            .map(|number| {
                put(
                    &number.to_be_bytes(),
                    &(round * 1000 + number).to_be_bytes(),
                )
            })
            .collect();
        assert_eq!(store.apply(&writes), Ok(()));
    }
    drop(store);
    let records = place().scan(b"").expect("a scan");
    assert_eq!(records.len(), 200);
    for (number, (key, value)) in (0_u32..).zip(records) {
        assert_eq!(key, number.to_be_bytes());
        assert_eq!(value, (9000 + number).to_be_bytes());
    }
}

fn visits_every_record_once(place: &Place) {
    let store = place();
    // None, few, and so many that they are walked over from both ends; some values in pieces.
    for count in [0_u32, 1, 255, 256, 257, 1_024, 1_025, 1_300, 4_000] {
        let present: u32 = u32::try_from(store.scan(b"").expect("a scan").len()).unwrap_or(0);
        let writes: Vec<_> = (present..count)
            .map(|number| {
                let length = if number % 100 == 7 { 9_000 } else { 20 };
                let key = number.wrapping_mul(2_654_435_761).to_be_bytes();
                put(&key, &vec![u8::try_from(number % 251).unwrap_or(0); length])
            })
            .collect();
        assert_eq!(store.apply(&writes), Ok(()));
        let visited = std::sync::Mutex::new(Vec::new());
        let walk = store.for_each(&|key, value| {
            let mut visited = visited.lock().expect("no panic");
            visited.push((key.to_vec(), value.to_vec()));
        });
        assert_eq!(walk, Ok(()));
        let mut visited = visited.into_inner().expect("no panic");
        visited.sort();
        assert!(store.scan(b"") == Ok(visited), "{count} records");
    }
}

fn keeps_side_files(place: &Place) {
    let store = place();
    for bytes in [[1_u8; 48], [2; 48]] {
        for file in [SideFile::Envelope, SideFile::Anchor] {
            assert_eq!(store.write_side(file, &bytes), Ok(()));
            assert_eq!(store.read_side(file), Ok(Some(bytes.to_vec())));
        }
    }
    assert_eq!(store.accept(), Ok(()));
    assert_eq!(store.scan(b""), Ok(vec![]), "a side file is not a record");
    drop(store);
    let store = place();
    assert_eq!(store.read_side(SideFile::Envelope), Ok(Some(vec![2; 48])));
    assert_eq!(store.read_side(SideFile::Anchor), Ok(Some(vec![2; 48])));
}

fn is_shared_between_threads(place: &Place) {
    let store = place();
    std::thread::scope(|scope| {
        for thread in 0..4_u8 {
            let store = Arc::clone(&store);
            scope.spawn(move || {
                for number in 0..25_u8 {
                    let pair = [
                        put(&[thread, number, 0], b"x"),
                        put(&[thread, number, 1], b"x"),
                    ];
                    assert_eq!(store.apply(&pair), Ok(()));
                    let seen = store.scan(&[thread, number]).expect("a scan");
                    assert_eq!(seen.len(), 2);
                }
            });
        }
    });
    drop(store);
    assert_eq!(place().scan(b"").expect("a scan").len(), 200);
}

fn readers_never_see_half_a_value(place: &Place) {
    let store = place();
    let value = |round: u8| vec![round; 1 + usize::from(round) * 997 % 20_000];
    assert_eq!(store.apply(&[put(b"a", &value(0))]), Ok(()));
    std::thread::scope(|scope| {
        let writing = scope.spawn(|| {
            for round in 1..60 {
                assert_eq!(store.apply(&[put(b"a", &value(round))]), Ok(()));
            }
        });
        while !writing.is_finished() {
            let got = store.get(b"a").expect("a read").expect("a value");
            assert_eq!(got, value(got[0]));
            let scanned = store.scan(b"").expect("a scan");
            assert_eq!(scanned[0].1, value(scanned[0].1[0]));
        }
    });
    // Shorter again: nothing of the longer value stays.
    assert_eq!(store.apply(&[put(b"a", b"x")]), Ok(()));
    assert_eq!(store.scan(b""), Ok(vec![(b"a".to_vec(), b"x".to_vec())]));
    assert_eq!(store.apply(&[delete(b"a")]), Ok(()));
    assert_eq!(store.scan(b""), Ok(vec![]));
}
