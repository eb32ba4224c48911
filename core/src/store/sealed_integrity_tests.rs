//! What the sealed store notices: altered, lost, exchanged, older records, and a making that was cut short.

use super::records_for_tests::{DRAFT, OUTBOX, PROFILE, PlainRecords as _};
use super::sealed_store_tests::{filled, open, value};
use super::{MemoryStore, RecordStore, SideFile, StoreError, Write};

#[test]
fn every_flipped_bit_of_every_record_and_side_file_is_noticed() {
    let good = filled();
    let mut flips = 0;
    for (name, sealed) in good.scan(&[]).unwrap() {
        for bit in 0..sealed.len() * 8 {
            let mut value = sealed.clone();
            value[bit / 8] ^= 1 << (bit % 8);
            let bad = good.fork();
            bad.apply(&[Write::Put {
                key: name.clone(),
                value,
            }])
            .unwrap();
            assert_damage_is_named(&bad);
            flips += 1;
        }
    }
    for file in [SideFile::Envelope, SideFile::Anchor] {
        let content = good.read_side(file).unwrap().unwrap();
        for bit in 0..content.len() * 8 {
            let mut content = content.clone();
            content[bit / 8] ^= 1 << (bit % 8);
            let bad = good.fork();
            bad.write_side(file, &content).unwrap();
            assert!(open(&bad).is_err(), "bit {bit} of {file:?}");
            flips += 1;
        }
    }
    assert!(flips > 2500, "{flips}");
}

/// Either the open or the reading of all records fails: nothing is missing or different in silence.
fn assert_damage_is_named(bad: &MemoryStore) {
    let result = open(bad).and_then(|store| {
        store.list(&PROFILE)?;
        store.list(&OUTBOX)
    });
    assert!(result.is_err());
}

#[test]
fn a_lost_renamed_swapped_or_foreign_record_is_noticed() {
    let good = filled();
    let records = good.scan(&[]).unwrap();
    for (key, value) in &records {
        let lost = good.fork();
        lost.apply(&[Write::Delete { key: key.clone() }]).unwrap();
        assert_eq!(open(&lost).err(), Some(StoreError::RecordsLost));

        let mut other = key.clone();
        other[31] ^= 1;
        let renamed = lost;
        let put = Write::Put {
            key: other.clone(),
            value: value.clone(),
        };
        renamed.apply(std::slice::from_ref(&put)).unwrap();
        assert!(open(&renamed).is_err());

        let doubled = good.fork();
        doubled.apply(&[put]).unwrap();
        assert_eq!(open(&doubled).err(), Some(StoreError::RecordAltered));
    }
    for (left, _) in &records {
        for (right, value) in &records {
            if left != right {
                let swapped = good.fork();
                let write = Write::Put {
                    key: left.clone(),
                    value: value.clone(),
                };
                swapped.apply(&[write]).unwrap();
                assert!(open(&swapped).is_err());
            }
        }
    }
}

#[test]
fn older_records_under_a_newer_anchor_are_noticed() {
    let records = filled();
    let earlier = records.fork();
    open(&records)
        .unwrap()
        .put(&PROFILE, "name", b"Han Meimei")
        .unwrap();
    let anchor = records.read_side(SideFile::Anchor).unwrap().unwrap();
    earlier.write_side(SideFile::Anchor, &anchor).unwrap();
    assert_eq!(open(&earlier).err(), Some(StoreError::RolledBack));
}

#[test]
fn an_anchor_that_lags_is_fine_and_catches_up() {
    let records = filled();
    let anchor = records.read_side(SideFile::Anchor).unwrap().unwrap();
    open(&records)
        .unwrap()
        .put(&PROFILE, "name", b"Han Meimei")
        .unwrap();
    let newer = records.read_side(SideFile::Anchor).unwrap().unwrap();
    assert_ne!(anchor, newer);
    records.write_side(SideFile::Anchor, &anchor).unwrap();
    open(&records).unwrap();
    assert_eq!(records.read_side(SideFile::Anchor), Ok(Some(newer)));
}

#[test]
fn records_without_envelope_or_anchor_are_never_taken_for_a_new_store() {
    let without = |gone: SideFile, records: Vec<Write>| {
        let full = filled();
        let copy = MemoryStore::new();
        for file in [SideFile::Envelope, SideFile::Anchor] {
            if file != gone {
                copy.write_side(file, &full.read_side(file).unwrap().unwrap())
                    .unwrap();
            }
        }
        copy.apply(&records).unwrap();
        open(&copy).err()
    };
    let all = || {
        let records = filled().scan(&[]).unwrap();
        records
            .into_iter()
            .map(|(key, value)| Write::Put { key, value })
            .collect()
    };
    assert_eq!(
        without(SideFile::Envelope, all()),
        Some(StoreError::EnvelopeMissing)
    );
    assert_eq!(
        without(SideFile::Envelope, vec![]),
        Some(StoreError::EnvelopeMissing)
    );
    assert_eq!(
        without(SideFile::Anchor, all()),
        Some(StoreError::AnchorDamaged)
    );
    assert_eq!(
        without(SideFile::Anchor, vec![]),
        Some(StoreError::AnchorDamaged)
    );
}

#[test]
fn a_making_that_was_cut_short_is_started_over() {
    // Everything but the envelope, which comes last.
    let whole = MemoryStore::new();
    drop(open(&whole).unwrap());
    let cut = MemoryStore::new();
    let ledger = whole.scan(&[]).unwrap().remove(0);
    cut.apply(&[Write::Put {
        key: ledger.0,
        value: ledger.1,
    }])
    .unwrap();
    cut.write_side(
        SideFile::Anchor,
        &whole.read_side(SideFile::Anchor).unwrap().unwrap(),
    )
    .unwrap();
    open(&cut).unwrap().put(&DRAFT, "x", b"1").unwrap();
    assert_eq!(cut.scan(&[]).unwrap().len(), 2, "the old ledger is gone");
    assert_eq!(value(&open(&cut).unwrap(), &DRAFT, "x").unwrap(), b"1");
}
