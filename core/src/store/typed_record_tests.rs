//! Typed records: what belongs to whom, what erasing takes, what is kept unknown, what the generation tells.

use std::sync::Arc;

use zeroize::Zeroizing;

use super::sealed_store_tests::open;
use super::{
    Codec, FIRST_TEST_KIND, KindRow, MemoryStore, OfPhone, OfSubject, RecordKind, SealedStore,
    StoreError, SubjectId,
};

const NAME: RecordKind<String, OfSubject> =
    RecordKind::of_subject(FIRST_TEST_KIND, "name", Codec::TEXT, 10);
const DAYS: RecordKind<Vec<u32>, OfSubject> =
    RecordKind::of_subject(FIRST_TEST_KIND + 1, "days", Codec::JSON, 100);
const SECRET: RecordKind<Zeroizing<Vec<u8>>, OfSubject> =
    RecordKind::of_subject(FIRST_TEST_KIND + 2, "secret", Codec::SECRET, 32);
const PLACES: RecordKind<(u32, String), OfPhone> =
    RecordKind::of_phone(FIRST_TEST_KIND + 3, "places", Codec::CBOR, 100);
/// The number of [`NAME`] as a later version might use it.
const LATER_NAME: RecordKind<Vec<u32>, OfSubject> =
    RecordKind::of_subject(FIRST_TEST_KIND, "name", Codec::JSON, 100);

fn child() -> SubjectId {
    SubjectId::parse("0190b0a0-0000-7000-8000-000000000001").unwrap()
}

/// The owner and a child with a name and days each, and something of the phone's.
fn family() -> (MemoryStore, SealedStore) {
    let records = MemoryStore::new();
    let store = open(&records).unwrap();
    for (subject, name) in [(SubjectId::OWNER, "Li Lei"), (child(), "Li Na")] {
        let days = DAYS.for_subject(&subject);
        store
            .apply(&[
                NAME.for_subject(&subject).put(&name.to_owned()).unwrap(),
                days.clone().at("b").put(&vec![2]).unwrap(),
                days.at("a").put(&vec![1, 1]).unwrap(),
                SECRET
                    .for_subject(&subject)
                    .put(&vec![7; 32].into())
                    .unwrap(),
            ])
            .unwrap();
    }
    let place = PLACES.for_this_phone().at("hospital");
    store.write(&place, &(3, "west".to_owned())).unwrap();
    (records, store)
}

#[test]
fn values_come_back_as_they_were_whatever_their_codec() {
    let (records, store) = family();
    drop(store);
    let store = open(&records).unwrap();
    let owner = SubjectId::OWNER;
    assert_eq!(
        store.read(&NAME.for_subject(&owner)),
        Ok(Some("Li Lei".to_owned()))
    );
    assert_eq!(
        store.read(&NAME.for_subject(&child())),
        Ok(Some("Li Na".to_owned()))
    );
    assert_eq!(
        store.read(&DAYS.for_subject(&owner)),
        Ok(None),
        "no key is a key of its own"
    );
    assert_eq!(
        store.read_all(&DAYS.for_subject(&child())),
        Ok(vec![
            ("a".to_owned(), vec![1, 1]),
            ("b".to_owned(), vec![2])
        ])
    );
    assert_eq!(
        store.read(&SECRET.for_subject(&owner)),
        Ok(Some(vec![7; 32].into()))
    );
    let place = PLACES.for_this_phone();
    assert_eq!(
        store.read_all(&place),
        Ok(vec![("hospital".to_owned(), (3, "west".to_owned()))])
    );
    store.remove(&place.at("hospital")).unwrap();
    assert_eq!(store.read_all(&PLACES.for_this_phone()), Ok(vec![]));
}

#[test]
fn erasing_a_subject_takes_all_of_it_at_once_and_nothing_else() {
    let (records, store) = family();
    assert_eq!(store.records_of(Some(&child())).unwrap().len(), 4);
    let generation = store.generation();
    store.erase(&child(), &[]).unwrap();
    assert_eq!(store.generation(), generation + 1, "one batch");
    store.erase(&child(), &[]).unwrap();
    assert_eq!(
        store.generation(),
        generation + 1,
        "there was nothing to erase"
    );
    drop(store);
    let store = open(&records).unwrap();
    assert_eq!(store.records_of(Some(&child())), Ok(vec![]));
    assert_eq!(store.read(&NAME.for_subject(&child())), Ok(None));
    assert_eq!(store.records_of(Some(&SubjectId::OWNER)).unwrap().len(), 4);
    assert_eq!(store.records_of(None).unwrap().len(), 1);
    assert_eq!(store.all_records().unwrap().len(), 5);
}

#[test]
fn kinds_that_this_version_does_not_know_are_kept_and_erased_with_their_subject() {
    let (records, store) = family();
    let unknown: RecordKind<Vec<u8>, OfSubject> =
        RecordKind::of_subject(FIRST_TEST_KIND + 99, "tomorrow's", Codec::BYTES, 100);
    let places = [
        unknown.for_subject(&child()),
        unknown.for_subject(&SubjectId::OWNER),
    ];
    for place in &places {
        store.write(place, &b"tomorrow".to_vec()).unwrap();
    }
    drop(store);
    // This version opens the store, writes its own, and closes it.
    let store = open(&records).unwrap();
    store.remove(&NAME.for_subject(&SubjectId::OWNER)).unwrap();
    store.erase(&child(), &[]).unwrap();
    drop(store);
    let store = open(&records).unwrap();
    assert_eq!(store.read(&places[0]), Ok(None));
    assert_eq!(store.read(&places[1]), Ok(Some(b"tomorrow".to_vec())));
}

#[test]
fn what_a_kind_does_not_take_is_refused_by_name() {
    let (_, store) = family();
    let owner = SubjectId::OWNER;
    let too_long = NAME.for_subject(&owner).put(&"Li Lei Li Lei".to_owned());
    assert_eq!(too_long.err(), Some(StoreError::ValueTooLarge));
    let bad_key = DAYS.for_subject(&owner).at(&"k".repeat(129));
    assert_eq!(bad_key.put(&vec![]).err(), Some(StoreError::KeyTooLong));
    assert_eq!(store.read(&bad_key), Err(StoreError::KeyTooLong));
    // Whole and unchanged, but of a form that this version does not know: named, and kept.
    assert_eq!(
        store.read(&LATER_NAME.for_subject(&owner)),
        Err(StoreError::RecordUnreadable)
    );
    assert_eq!(
        store.read(&NAME.for_subject(&owner)),
        Ok(Some("Li Lei".to_owned()))
    );
}

#[test]
fn the_generation_grows_with_each_batch_that_was_applied() {
    let (records, store) = family();
    let start = store.generation();
    assert_eq!(store.apply(&[]), Ok(()));
    store
        .remove(&NAME.for_subject(&SubjectId::OWNER).at("never there"))
        .unwrap();
    store
        .read_all(&DAYS.for_subject(&SubjectId::OWNER))
        .unwrap();
    assert_eq!(store.generation(), start, "nothing was written");
    for round in 1..4 {
        store
            .write(&NAME.for_subject(&SubjectId::OWNER), &"Li Lei".to_owned())
            .unwrap();
        assert_eq!(store.generation(), start + round);
    }
    drop(store);
    assert_eq!(
        open(&records).unwrap().generation(),
        start + 3,
        "and goes on after a restart"
    );
}

#[test]
fn rows_say_what_was_declared() {
    let row = KindRow {
        number: FIRST_TEST_KIND + 3,
        name: "places",
        is_of_subject: false,
        codec: "cbor",
        max_bytes: 100,
        fields: &[],
    };
    assert_eq!(PLACES.row(), row);
    let named =
        RecordKind::<(u32, String), OfPhone>::of_phone(row.number, row.name, Codec::CBOR, 100)
            .with_fields(&["division", "name"]);
    assert_eq!(named.row().fields, ["division", "name"]);
}

#[test]
fn no_value_and_no_dependant_reaches_a_log() {
    let write = NAME.for_subject(&child()).put(&"Li Na".to_owned()).unwrap();
    let raw = NAME.for_subject(&child()).raw().clone();
    let logged = format!(
        "{write:?} {raw:?} {:?}",
        Arc::new(open(&MemoryStore::new()).unwrap())
    );
    assert!(
        !logged.contains("Li Na") && !logged.contains("0190b0a0"),
        "{logged}"
    );
}
