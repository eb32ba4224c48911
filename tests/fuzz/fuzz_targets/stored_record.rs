//! Whatever is done to the records and files below a sealed store, it gives what was stored or a named error.
//!
//! Input: a byte for the place, a byte for what is done there, then the bytes to do it with.
#![no_main]

use std::sync::{Arc, LazyLock};

use health_code_core::store::{
    Codec, FIRST_TEST_KIND, MemoryStore, OfSubject, RecordKind, RecordStore, SealedStore, SideFile,
    StoreError, SubjectId, Write,
};
use health_code_core::testing::entropy::FixedEntropy;
use health_code_core::testing::key_guard::FixedKeyGuard;
use libfuzzer_sys::fuzz_target;

type Kind = RecordKind<Vec<u8>, OfSubject>;
const NAME: Kind = RecordKind::of_subject(FIRST_TEST_KIND, "name", Codec::BYTES, 1024);
const RECEIPT: Kind = RecordKind::of_subject(FIRST_TEST_KIND + 1, "receipt", Codec::BYTES, 1024);
const UPLOAD: Kind = RecordKind::of_subject(FIRST_TEST_KIND + 2, "upload", Codec::BYTES, 1024);

const VALUES: [(Kind, &str, &[u8]); 3] = [
    (NAME, "", b"somebody"),
    (RECEIPT, "", &[7; 300]),
    (UPLOAD, "0190b0a0-0000-7000-8000-000000000000", b""),
];

/// A store as it was left.
static LEFT: LazyLock<MemoryStore> = LazyLock::new(|| {
    let records = MemoryStore::new();
    let store = open(&records).expect("new");
    for (kind, key, value) in VALUES {
        let place = kind.for_subject(&SubjectId::OWNER).at(key);
        store.write(&place, &value.to_vec()).expect("stored");
    }
    records
});

fn open(records: &MemoryStore) -> Result<SealedStore, StoreError> {
    SealedStore::open(
        Arc::new(records.clone()),
        &FixedKeyGuard::new(1),
        Arc::new(FixedEntropy::new(1)),
    )
}

fuzz_target!(|input: &[u8]| {
    let [place, action, bytes @ ..] = input else {
        return;
    };
    let records = LEFT.fork();
    damage(&records, *place, *action, bytes);
    let Ok(store) = open(&records) else {
        return;
    };
    for (kind, key, value) in VALUES {
        let place = kind.for_subject(&SubjectId::OWNER).at(key);
        let Ok(found) = store.read(&place) else {
            continue;
        };
        let found = found.expect("a lost record is noticed on opening");
        assert_eq!(found.as_slice(), value, "{key}");
        let _ = store.read_all(&place);
    }
    let _ = store.all_records();
});

fn damage(records: &MemoryStore, place: u8, action: u8, bytes: &[u8]) {
    let all = records.scan(&[]).expect("in memory");
    let side = match place {
        0 => SideFile::Envelope,
        1 => SideFile::Anchor,
        _ => {
            let (key, value) = &all[usize::from(place) % all.len()];
            let write = match action % 4 {
                0 => Write::Delete { key: key.clone() },
                1 => Write::Put {
                    key: bytes.to_vec(),
                    value: value.clone(),
                },
                2 => Write::Put {
                    key: key.clone(),
                    value: bytes.to_vec(),
                },
                _ => Write::Put {
                    key: key.clone(),
                    value: flipped(value, bytes),
                },
            };
            // Keys and values beyond the caps are refused, then nothing is damaged.
            let _ = records.apply(&[write]);
            return;
        }
    };
    let content = records
        .read_side(side)
        .expect("in memory")
        .unwrap_or_default();
    let damaged = if action % 2 == 0 {
        bytes.to_vec()
    } else {
        flipped(&content, bytes)
    };
    records.write_side(side, &damaged).expect("in memory");
}

/// Pairs of bytes: where, and what to combine it with.
fn flipped(value: &[u8], bytes: &[u8]) -> Vec<u8> {
    let mut value = value.to_vec();
    for pair in bytes.chunks_exact(2) {
        let len = value.len().max(1);
        if let Some(byte) = value.get_mut(usize::from(pair[0]) % len) {
            *byte ^= pair[1];
        }
    }
    value
}
