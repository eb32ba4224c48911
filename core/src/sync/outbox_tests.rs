use std::sync::Arc;

use super::{MAX_UPLOADS, Outbox, SyncError, UploadKind, UploadRefusal};
use crate::store::{
    Codec, FIRST_TEST_KIND, MemoryStore, OfSubject, RecordKind, SealedStore, SubjectId,
};
use crate::sync::{CORRECTION, DECLARATION, ITINERARY, REGISTRATION};
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
/// The bytes of stored uploads.
const RAW: RecordKind<Vec<u8>, OfSubject> =
    RecordKind::of_subject(super::UPLOAD.row().number, "upload", Codec::BYTES, 1_000);

fn open(store: Arc<SealedStore>) -> Result<Outbox, SyncError> {
    Outbox::open(store, SubjectId::OWNER)
}

fn write_raw(store: &SealedStore, upload_id: &str, bytes: &[u8]) {
    let place = RAW.for_subject(&SubjectId::OWNER).at(upload_id);
    store.write(&place, &bytes.to_vec()).unwrap();
}

fn read_raw(store: &SealedStore, upload_id: &str) -> Vec<u8> {
    let place = RAW.for_subject(&SubjectId::OWNER).at(upload_id);
    store.read(&place).unwrap().unwrap()
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
            .enqueue(&DECLARATION, body, Vec::new(), now, &entropy)
            .unwrap();
        ids.push(id);
    }
    let registration = outbox
        .enqueue(&REGISTRATION, b"{}", Vec::new(), 1, &entropy)
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
            outbox.sendable(&ids[1]),
            Ok((&DECLARATION, b"two".to_vec(), None))
        );
        assert_eq!(outbox.waiting(), 4);
    }
}

#[test]
fn ids_are_uuid_v7_of_the_time_given() {
    let outbox = open(store()).unwrap();
    let id = outbox
        .enqueue(
            &ITINERARY,
            b"{}",
            Vec::new(),
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
    let kind = &CORRECTION;
    for size in [0, MAX_REQUEST_BYTES + 1] {
        let outcome = outbox.enqueue(kind, &vec![b' '; size], Vec::new(), 1, &entropy);
        assert_eq!(outcome, Err(SyncError::UploadSizeRefused));
    }
    outbox
        .enqueue(
            kind,
            &vec![b' '; MAX_REQUEST_BYTES],
            Vec::new(),
            1,
            &entropy,
        )
        .unwrap();
    for _ in 1..MAX_UPLOADS {
        outbox
            .enqueue(kind, b"{}", Vec::new(), 1, &entropy)
            .unwrap();
    }
    assert_eq!(
        outbox.enqueue(kind, b"{}", Vec::new(), 1, &entropy),
        Err(SyncError::OutboxFull)
    );
    assert!(matches!(
        outbox.enqueue(kind, b"{}", Vec::new(), 1, &NoEntropy),
        Err(SyncError::Port { .. })
    ));
}

#[test]
fn refused_uploads_stay_and_the_next_go_on() {
    let store = store();
    let entropy = FixedEntropy::new(5);
    let outbox = open(store.clone()).unwrap();
    let kind = &DECLARATION;
    let first = outbox.enqueue(kind, b"1", Vec::new(), 1, &entropy).unwrap();
    let second = outbox.enqueue(kind, b"2", Vec::new(), 1, &entropy).unwrap();
    outbox.refuse(&first, &refusal(), Vec::new()).unwrap();
    for outbox in [outbox, open(store.clone()).unwrap()] {
        assert_eq!(outbox.next_ids(), (None, Some(second.clone())));
        assert_eq!(outbox.pending()[0].refusal, Some(refusal()));
        assert_eq!(outbox.sendable(&first), Ok((kind, b"1".to_vec(), None)));
        assert_eq!(outbox.body(&first), Ok(b"1".to_vec()));
        assert_eq!(outbox.waiting(), 1);
    }
}

#[test]
fn a_new_registration_takes_the_place_of_all_earlier_ones() {
    let outbox = open(store()).unwrap();
    let entropy = FixedEntropy::new(6);
    let kind = &REGISTRATION;
    let refused = outbox.enqueue(kind, b"1", Vec::new(), 1, &entropy).unwrap();
    outbox.refuse(&refused, &refusal(), Vec::new()).unwrap();
    outbox.enqueue(kind, b"2", Vec::new(), 1, &entropy).unwrap();
    let other = &DECLARATION;
    let declared = outbox
        .enqueue(other, b"4", Vec::new(), 1, &entropy)
        .unwrap();
    let third = outbox.enqueue(kind, b"3", Vec::new(), 1, &entropy).unwrap();
    let ids: Vec<_> = outbox
        .pending()
        .into_iter()
        .map(|it| it.upload_id)
        .collect();
    assert_eq!(ids, [declared, third]);
}

#[test]
fn removal_is_one_with_what_is_written_along() {
    let store = store();
    let outbox = open(store.clone()).unwrap();
    let id = outbox
        .enqueue(&DECLARATION, b"1", Vec::new(), 1, &FixedEntropy::new(7))
        .unwrap();
    // A write that the store refuses: nothing happens.
    let along = ALONG.for_subject(&SubjectId::OWNER);
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
        outbox.refuse(&id, &refusal(), Vec::new()),
        Err(SyncError::UploadUnknown)
    );
    assert_eq!(outbox.body(&id), Err(SyncError::UploadUnknown));
}

/// The CBOR of a stored upload with any number and fields after ours.
fn stored(kind: u8, sequence: u64, refusal_is_null: bool, newer: &[&str]) -> Vec<u8> {
    let mut encoder = minicbor::Encoder::new(Vec::new());
    let own = if newer.is_empty() && !refusal_is_null {
        4
    } else {
        5
    };
    encoder.array(own + newer.len() as u64).unwrap();
    encoder.u8(kind).unwrap().u64(sequence).unwrap();
    encoder.i64(1_000).unwrap().bytes(b"body").unwrap();
    if own == 5 {
        encoder.null().unwrap();
    }
    for text in newer {
        encoder.str(text).unwrap();
    }
    encoder.into_writer()
}

#[test]
fn uploads_of_a_newer_version_are_kept_as_they_are_and_not_sent() {
    let store = store();
    let of_tomorrow = stored(200, 3, true, &["urgent"]);
    // A form of record that this version cannot read at all.
    let unreadable = [0xa1, 0x01, 0x02];
    write_raw(&store, "b", &of_tomorrow);
    write_raw(&store, "a", &unreadable);
    write_raw(&store, "c", &stored(2, 1, false, &[]));
    let outbox = open(store.clone()).unwrap();
    let pending = outbox.pending();
    let kinds: Vec<_> = pending.iter().map(|it| it.kind).collect();
    assert_eq!(
        kinds,
        [
            UploadKind::Newer { number: 0 },
            UploadKind::Known(&DECLARATION),
            UploadKind::Newer { number: 200 },
        ]
    );
    assert_eq!(outbox.next_ids(), (None, Some("c".into())));
    assert_eq!(outbox.waiting(), 1);
    assert_eq!(outbox.sendable("b"), Err(SyncError::UploadUnknown));
    assert_eq!(outbox.body("b"), Ok(b"body".to_vec()));
    assert_eq!(outbox.body("a"), Err(SyncError::UploadDamaged));

    // What is queued now comes after them, and they stay byte for byte until the newer version is back.
    let next = outbox
        .enqueue(&ITINERARY, b"{}", Vec::new(), 1, &FixedEntropy::new(8))
        .unwrap();
    assert_eq!(outbox.pending().last().unwrap().upload_id, next);
    outbox.remove("c", vec![]).unwrap();
    for (id, bytes) in [("a", &unreadable[..]), ("b", &of_tomorrow[..])] {
        assert_eq!(read_raw(&store, id), bytes, "{id}");
    }
    // The citizen may throw them away.
    outbox.remove("a", vec![]).unwrap();
    outbox.remove("b", vec![]).unwrap();
    assert_eq!(outbox.pending().len(), 1);
}

#[test]
fn fields_of_a_newer_version_survive_a_refusal() {
    let store = store();
    for newer in [&[][..], &["urgent"], &["urgent", "x"]] {
        let bytes = stored(2, 0, false, newer);
        write_raw(&store, "a", &bytes);
        let outbox = open(store.clone()).unwrap();
        outbox.refuse("a", &refusal(), Vec::new()).unwrap();
        let found = read_raw(&store, "a");
        let mut decoder = minicbor::Decoder::new(&found);
        assert_eq!(decoder.array().unwrap(), Some(5 + newer.len() as u64));
        for _ in 0..5 {
            decoder.skip().unwrap();
        }
        for text in newer {
            assert_eq!(decoder.str().unwrap(), *text);
        }
        assert_eq!(decoder.position(), found.len());
        let again = open(store.clone()).unwrap();
        assert_eq!(again.pending()[0].refusal, Some(refusal()));
        assert_eq!(again.body("a"), Ok(b"body".to_vec()));
    }
}

#[test]
fn what_was_taken_waits_again_once_for_each_loss() {
    let store = store();
    let entropy = FixedEntropy::new(9);
    let outbox = open(store.clone()).unwrap();
    let enqueue = |row, body: &[u8]| {
        let queued = outbox.enqueue(row, body, Vec::new(), 1, &entropy);
        queued.unwrap()
    };
    let registration = enqueue(&REGISTRATION, b"{}");
    let first = enqueue(&DECLARATION, b"1");
    for id in [&registration, &first] {
        outbox.take(id, Vec::new(), false, None, 1).unwrap();
    }
    let waiting = enqueue(&DECLARATION, b"2");
    let along = ALONG.for_subject(&SubjectId::OWNER).put(&vec![7]).unwrap();
    assert_eq!(outbox.send_taken_again(vec![along]), Ok(2));
    // In their order, before what waits, under their ids; also after a restart.
    for outbox in [&outbox, &open(store.clone()).unwrap()] {
        let ids = outbox.pending().into_iter().map(|it| it.upload_id);
        let expected = [&registration, &first, &waiting].map(Clone::clone);
        assert_eq!(ids.collect::<Vec<_>>(), expected);
    }
    assert_eq!(outbox.body(&first), Ok(b"1".to_vec()));
    let noted = store.read(&ALONG.for_subject(&SubjectId::OWNER)).unwrap();
    assert_eq!(noted, Some(vec![7]));
    // What waits again is not put back a second time.
    assert_eq!(outbox.send_taken_again(Vec::new()), Ok(0));
    assert_eq!(outbox.pending().len(), 3);
}

#[test]
fn a_refused_registration_does_not_hold_back_the_one_that_was_taken() {
    let store = store();
    let entropy = FixedEntropy::new(9);
    let outbox = open(store.clone()).unwrap();
    let enqueue = |body: &[u8]| outbox.enqueue(&REGISTRATION, body, Vec::new(), 1, &entropy);
    let taken = enqueue(b"1").unwrap();
    outbox.take(&taken, Vec::new(), false, None, 1).unwrap();
    let refused = enqueue(b"2").unwrap();
    outbox.refuse(&refused, &refusal(), Vec::new()).unwrap();
    assert_eq!(outbox.send_taken_again(Vec::new()), Ok(1));
    // What the citizen was told is still there, also after a restart.
    for outbox in [&outbox, &open(store.clone()).unwrap()] {
        let pending = outbox.pending().into_iter();
        let pending: Vec<_> = pending.map(|it| (it.upload_id, it.refusal)).collect();
        let expected = [(taken.clone(), None), (refused.clone(), Some(refusal()))];
        assert_eq!(pending, expected);
        assert_eq!(outbox.next_ids(), (Some(taken.clone()), None));
    }
    assert_eq!(outbox.send_taken_again(Vec::new()), Ok(0));
    outbox.take(&taken, Vec::new(), false, None, 1).unwrap();
    assert_eq!(outbox.pending().len(), 1);
    // One that waits itself comes after it all the same.
    enqueue(b"3").unwrap();
    assert_eq!(outbox.send_taken_again(Vec::new()), Ok(0));
}
