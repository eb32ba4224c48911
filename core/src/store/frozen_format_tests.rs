//! The bytes on disk, frozen: the examples in `docs/STORE_FORMAT.md`. A change here needs a new format version.

use std::sync::Arc;

use data_encoding::HEXLOWER;

use super::journal::{self, Journal};
use super::{
    Codec, FIRST_TEST_KIND, MemoryStore, OfSubject, RecordKind, RecordStore, SealedStore, SideFile,
    SubjectId, Write,
};
use crate::testing::entropy::FixedEntropy;
use crate::testing::key_guard::FixedKeyGuard;

const DOCUMENT: &str = include_str!("../../../docs/STORE_FORMAT.md");

/// The kind in the example.
const NAME: RecordKind<String, OfSubject> =
    RecordKind::of_subject(FIRST_TEST_KIND, "name", Codec::TEXT, 100);

/// Side files and records after one put, as lines of the document.
fn example() -> Vec<(&'static str, String)> {
    let records = MemoryStore::new();
    let (guard, entropy) = (FixedKeyGuard::new(7), Arc::new(FixedEntropy::new(0)));
    let store = SealedStore::open(Arc::new(records.clone()), &guard, entropy).unwrap();
    store
        .write(&NAME.for_subject(&SubjectId::OWNER), &"Li Lei".to_owned())
        .unwrap();
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

/// A store with the records of the document's block of this name.
fn frozen(block: &str) -> SealedStore {
    let hex_of = |line: &str| {
        let (what, hex) = line.split_once(' ').unwrap();
        (
            what.to_owned(),
            HEXLOWER.decode(hex.trim().as_bytes()).unwrap(),
        )
    };
    let (_, block) = DOCUMENT.split_once(&format!("```{block}\n")).unwrap();
    let block = block.split_once("```").unwrap().0;
    let lines: Vec<_> = block.lines().map(hex_of).collect();
    let records = MemoryStore::new();
    records.write_side(SideFile::Envelope, &lines[0].1).unwrap();
    records.write_side(SideFile::Anchor, &lines[1].1).unwrap();
    for pair in lines[2..].chunks(2) {
        let (key, value) = (pair[0].1.clone(), pair[1].1.clone());
        records.apply(&[Write::Put { key, value }]).unwrap();
    }
    let (guard, entropy) = (FixedKeyGuard::new(7), Arc::new(FixedEntropy::new(1)));
    SealedStore::open(Arc::new(records), &guard, entropy).unwrap()
}

#[test]
fn the_frozen_bytes_can_be_read() {
    for block in ["example", "example-schema-2"] {
        let name = frozen(block).read(&NAME.for_subject(&SubjectId::OWNER));
        assert_eq!(name, Ok(Some("Li Lei".to_owned())), "{block}");
    }
}

#[test]
fn the_journals_bytes_are_those_of_the_document() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal");
    let mut journal = Journal::new(std::fs::File::create(&path).unwrap());
    let writes = [
        Write::Put {
            key: b"a".to_vec(),
            value: b"1".to_vec(),
        },
        Write::Delete { key: b"b".to_vec() },
    ];
    for (number, write) in (2..).zip(writes) {
        journal.append(number, &journal::body(&[write])).unwrap();
    }
    let hex = HEXLOWER.encode(&std::fs::read(&path).unwrap());
    let expected = format!("```example-journal\n{hex}\n```");
    assert!(
        DOCUMENT.contains(&expected),
        "docs/STORE_FORMAT.md does not hold:\n{expected}"
    );
}

#[test]
fn the_frozen_bytes_of_the_first_schema_can_be_read() {
    let records = frozen("example-schema-1").all_records().unwrap();
    let [(place, value)] = records.as_slice() else {
        panic!("{} records", records.len());
    };
    // No released version wrote `name`: it stays with the phone, under its collection's number.
    assert_eq!(
        (place.kind, &place.subject, place.key.as_str()),
        (2, &None, "name")
    );
    assert_eq!(value.as_slice(), b"Li Lei");
}
