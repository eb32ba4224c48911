use std::sync::Arc;

use super::{MAX_UPLOADS, Outbox, SyncError, UploadKind, UploadRefusal};
use crate::store::{
    Codec, FIRST_TEST_KIND, MemoryStore, OfSubject, RecordKind, SealedStore, SubjectId,
};
use crate::testing::entropy::{FixedEntropy, NoEntropy};
use crate::testing::key_guard::FixedKeyGuard;
use crate::wire::MAX_REQUEST_BYTES;

fn store() -> Arc<SealedStore> {
    let records = Arc::new(MemoryStore::new());
    let entropy = Arc::new(FixedEntropy::new(1));
    Arc::new(SealedStore::open(records, &FixedKeyGuard::new(1), entropy).unwrap())
}

/// Something that is written along.
const ALONG: RecordKind<Vec<u8>, OfSubject> =
    RecordKind::of_subject(FIRST_TEST_KIND, "along", Codec::BYTES, 10);

fn open(store: Arc<SealedStore>) -> Result<Outbox, SyncError> {
    Outbox::open(store, SubjectId::OWNER)
}

fn refusal() -> UploadRefusal {
    UploadRefusal {
        code: "invalid".into(),
        field: Some("a".into()),
        field_code: None,
    }
}

#[test]
fn order_is_that_of_queueing_whatever_the_clock_says_and_survives_a_restart() {
    let store = store();
    let entropy = FixedEntropy::new(2);
    let outbox = open(store.clone()).unwrap();
    let mut ids = Vec::new();
    for (body, now) in [(b"one", 5_000_i64), (b"two", 4_000), (b"six", -7)] {
        let id = outbox
            .enqueue(UploadKind::Declaration, body, now, &entropy)
            .unwrap();
        ids.push(id);
    }
    let registration = outbox
        .enqueue(UploadKind::Registration, b"{}", 1, &entropy)
        .unwrap();
    for outbox in [outbox, open(store).unwrap()] {
        let all: Vec<_> = outbox
            .pending()
            .into_iter()
            .map(|it| it.upload_id)
            .collect();
        assert_eq!(all[..3], ids);
        assert_eq!(
            outbox.next_ids(),
            (Some(registration.clone()), Some(ids[0].clone()))
        );
        assert_eq!(
            outbox.body(&ids[1]),
            Ok((UploadKind::Declaration, b"two".to_vec()))
        );
        assert_eq!(outbox.waiting(), 4);
    }
}

#[test]
fn ids_are_uuid_v7_of_the_time_given() {
    let outbox = open(store()).unwrap();
    let id = outbox
        .enqueue(
            UploadKind::Itinerary,
            b"{}",
            0x0190_1234_5678,
            &FixedEntropy::new(3),
        )
        .unwrap();
    assert!(id.starts_with("01901234-5678-7"), "{id}");
    let parsed = uuid::Uuid::parse_str(&id).unwrap();
    assert_eq!(parsed.get_version(), Some(uuid::Version::SortRand));
}

#[test]
fn caps() {
    let outbox = open(store()).unwrap();
    let entropy = FixedEntropy::new(4);
    let kind = UploadKind::Correction;
    for size in [0, MAX_REQUEST_BYTES + 1] {
        let outcome = outbox.enqueue(kind, &vec![b' '; size], 1, &entropy);
        assert_eq!(outcome, Err(SyncError::UploadSizeRefused));
    }
    outbox
        .enqueue(kind, &vec![b' '; MAX_REQUEST_BYTES], 1, &entropy)
        .unwrap();
    for _ in 1..MAX_UPLOADS {
        outbox.enqueue(kind, b"{}", 1, &entropy).unwrap();
    }
    assert_eq!(
        outbox.enqueue(kind, b"{}", 1, &entropy),
        Err(SyncError::OutboxFull)
    );
    assert!(matches!(
        outbox.enqueue(kind, b"{}", 1, &NoEntropy),
        Err(SyncError::Port { .. })
    ));
}

#[test]
fn refused_uploads_stay_and_the_next_go_on() {
    let store = store();
    let entropy = FixedEntropy::new(5);
    let outbox = open(store.clone()).unwrap();
    let kind = UploadKind::Declaration;
    let first = outbox.enqueue(kind, b"1", 1, &entropy).unwrap();
    let second = outbox.enqueue(kind, b"2", 1, &entropy).unwrap();
    outbox.refuse(&first, &refusal()).unwrap();
    for outbox in [outbox, open(store.clone()).unwrap()] {
        assert_eq!(outbox.next_ids(), (None, Some(second.clone())));
        assert_eq!(outbox.pending()[0].refusal, Some(refusal()));
        assert_eq!(outbox.body(&first), Ok((kind, b"1".to_vec())));
        assert_eq!(outbox.waiting(), 1);
    }
}

#[test]
fn a_new_registration_takes_the_place_of_refused_ones_only() {
    let outbox = open(store()).unwrap();
    let entropy = FixedEntropy::new(6);
    let kind = UploadKind::Registration;
    let refused = outbox.enqueue(kind, b"1", 1, &entropy).unwrap();
    outbox.refuse(&refused, &refusal()).unwrap();
    let second = outbox.enqueue(kind, b"2", 1, &entropy).unwrap();
    let third = outbox.enqueue(kind, b"3", 1, &entropy).unwrap();
    let ids: Vec<_> = outbox
        .pending()
        .into_iter()
        .map(|it| it.upload_id)
        .collect();
    assert_eq!(ids, [second, third]);
}

#[test]
fn removal_is_one_with_what_is_written_along() {
    let store = store();
    let outbox = open(store.clone()).unwrap();
    let id = outbox
        .enqueue(UploadKind::Declaration, b"1", 1, &FixedEntropy::new(7))
        .unwrap();
    // A write that the store refuses: nothing happens.
    let along = ALONG.of(&SubjectId::OWNER);
    let too_long = along.clone().at(&"k".repeat(999)).delete();
    assert!(outbox.remove(&id, vec![too_long]).is_err());
    assert_eq!(outbox.waiting(), 1);
    outbox
        .remove(&id, vec![along.put(&b"v".to_vec()).unwrap()])
        .unwrap();
    assert_eq!(outbox.pending(), vec![]);
    assert_eq!(store.all_records().unwrap().len(), 1);
    assert_eq!(store.read(&along), Ok(Some(b"v".to_vec())));
    assert_eq!(outbox.remove(&id, vec![]), Err(SyncError::UploadUnknown));
    assert_eq!(
        outbox.refuse(&id, &refusal()),
        Err(SyncError::UploadUnknown)
    );
    assert_eq!(outbox.body(&id), Err(SyncError::UploadUnknown));
}

#[test]
fn a_damaged_record_is_named() {
    let store = store();
    let not_cbor: RecordKind<String, OfSubject> =
        RecordKind::of_subject(super::UPLOAD.row().number, "upload", Codec::TEXT, 100);
    let place = not_cbor.of(&SubjectId::OWNER).at("x");
    store.write(&place, &"not cbor".to_owned()).unwrap();
    assert!(matches!(open(store).err(), Some(SyncError::UploadDamaged)));
}
