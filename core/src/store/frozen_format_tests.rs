//! The bytes on disk, frozen: the example in `docs/STORE_FORMAT.md`. A change here needs a new format version.

use std::sync::Arc;

use data_encoding::HEXLOWER;

use super::{Collection, MemoryStore, RecordStore, SealedStore, SideFile};
use crate::testing::entropy::FixedEntropy;
use crate::testing::key_guard::FixedKeyGuard;

const DOCUMENT: &str = include_str!("../../../docs/STORE_FORMAT.md");

/// Side files and records after one put, as lines of the document.
fn example() -> Vec<(&'static str, String)> {
    let records = MemoryStore::new();
    let (guard, entropy) = (FixedKeyGuard::new(7), Arc::new(FixedEntropy::new(0)));
    let store = SealedStore::open(Arc::new(records.clone()), &guard, entropy).unwrap();
    store.put(Collection::Profile, "name", b"Li Lei").unwrap();
    let side = |file| HEXLOWER.encode(&records.read_side(file).unwrap().unwrap());
    let mut lines = vec![
        ("envelope", side(SideFile::Envelope)),
        ("anchor", side(SideFile::Anchor)),
    ];
    for (name, sealed) in records.scan(&[]).unwrap() {
        lines.push(("name", HEXLOWER.encode(&name)));
        lines.push(("value", HEXLOWER.encode(&sealed)));
    }
    lines
}

#[test]
fn the_bytes_are_those_of_the_document() {
    let lines = example()
        .into_iter()
        .map(|(what, hex)| format!("{what:8} {hex}"));
    let expected = format!("```example\n{}\n```", lines.collect::<Vec<_>>().join("\n"));
    assert!(
        DOCUMENT.contains(&expected),
        "docs/STORE_FORMAT.md does not hold:\n{expected}"
    );
}

#[test]
fn the_frozen_bytes_can_be_read() {
    let hex_of = |line: &str| {
        let (what, hex) = line.split_once(' ').unwrap();
        (
            what.to_owned(),
            HEXLOWER.decode(hex.trim().as_bytes()).unwrap(),
        )
    };
    let (_, block) = DOCUMENT.split_once("```example\n").unwrap();
    let lines: Vec<_> = block
        .split_once("```")
        .unwrap()
        .0
        .lines()
        .map(hex_of)
        .collect();
    let records = MemoryStore::new();
    records.write_side(SideFile::Envelope, &lines[0].1).unwrap();
    records.write_side(SideFile::Anchor, &lines[1].1).unwrap();
    for pair in lines[2..].chunks(2) {
        let (key, value) = (pair[0].1.clone(), pair[1].1.clone());
        records.apply(&[super::Write::Put { key, value }]).unwrap();
    }
    let (guard, entropy) = (FixedKeyGuard::new(7), Arc::new(FixedEntropy::new(1)));
    let store = SealedStore::open(Arc::new(records), &guard, entropy).unwrap();
    let name = store.get(Collection::Profile, "name").unwrap().unwrap();
    assert_eq!(name.as_slice(), b"Li Lei");
}
