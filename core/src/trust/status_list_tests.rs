//! Building, opening, and what hostile lists do.

use super::{BundleError, STATUS_LIST_TYPE, StatusList, compress, sign_bundle, subject};
use crate::encoding::cbor;
use crate::testing::nation::Nation;
use crate::trust::{MAX_STATUS_INDEX, key_id};

const NOW: i64 = 1_800_000_000;

fn open(nation: &Nation, bytes: &[u8]) -> Result<StatusList, BundleError> {
    StatusList::open(bytes, &nation.trust, NOW, NOW - 50)
}

/// A list of Hangzhou's with any content.
fn forged(nation: &Nation, sub: &str, list: &[u8], bits: u64) -> Vec<u8> {
    let mut payload = Vec::new();
    cbor::write_map(&mut payload, 5);
    cbor::write_uint(&mut payload, 2);
    cbor::write_text(&mut payload, sub);
    for (key, secs) in [(4, NOW + 100), (6, NOW)] {
        cbor::write_uint(&mut payload, key);
        cbor::write_int(&mut payload, secs);
    }
    cbor::write_uint(&mut payload, 65_533);
    cbor::write_map(&mut payload, 2);
    cbor::write_text(&mut payload, "lst");
    cbor::write_bytes(&mut payload, list);
    cbor::write_text(&mut payload, "bits");
    cbor::write_uint(&mut payload, bits);
    cbor::write_uint(&mut payload, 65_534);
    cbor::write_uint(&mut payload, 600);
    sign_bundle(STATUS_LIST_TYPE, None, &payload, &nation.hangzhou).unwrap()
}

fn hangzhou_subject(nation: &Nation) -> String {
    subject(key_id(&nation.hangzhou.verifying_key().to_bytes()))
}

#[test]
fn revoked_indexes_and_no_others_come_back() {
    let nation = Nation::at(NOW);
    let revoked = [0, 7, 8, 4_711, MAX_STATUS_INDEX];
    let bytes = StatusList::build(&nation.hangzhou, &revoked, NOW, 600).unwrap();
    assert!(bytes.len() < 3_000, "{}", bytes.len());
    let list = open(&nation, &bytes).unwrap();
    for index in (0..10_000).chain(MAX_STATUS_INDEX - 20..=MAX_STATUS_INDEX) {
        assert_eq!(list.is_revoked(index), revoked.contains(&index), "{index}");
    }
    assert!(list.is_revoked(MAX_STATUS_INDEX + 1));
    assert_eq!((list.issued_at(), list.ttl_secs()), (NOW, 600));

    let empty = StatusList::build(&nation.hangzhou, &[], NOW, 600).unwrap();
    let empty = open(&nation, &empty).unwrap();
    assert!(!empty.is_revoked(0) && !empty.is_revoked(MAX_STATUS_INDEX));
    assert!(empty.bits.is_empty());
}

#[test]
fn what_does_not_fit_is_not_built() {
    let nation = Nation::at(NOW);
    for (indexes, issued_at, ttl_secs) in [
        (&[MAX_STATUS_INDEX + 1][..], NOW, 600),
        (&[], -1, 600),
        (&[], i64::MAX, 600),
        (&[], NOW, 0),
    ] {
        assert_eq!(
            StatusList::build(&nation.hangzhou, indexes, issued_at, ttl_secs),
            Err(BundleError::ContentInvalid)
        );
    }
}

#[test]
fn time_and_rollback() {
    let nation = Nation::at(NOW);
    let bytes = StatusList::build(&nation.hangzhou, &[], NOW - 50, 600).unwrap();
    let list = open(&nation, &bytes).unwrap();
    assert_eq!(
        StatusList::open(&bytes, &nation.trust, NOW, NOW - 49),
        Err(BundleError::RolledBack)
    );
    let end = list.expires_at();
    assert!(StatusList::open(&bytes, &nation.trust, end - 1, 0).is_ok());
    let ahead = |secs| StatusList::open(&bytes, &nation.trust, NOW - 50 - secs, 0).err();
    assert_eq!(ahead(30), None);
    assert_eq!(ahead(31), Some(BundleError::FromFuture));
    assert_eq!(
        StatusList::open(&bytes, &nation.trust, end, 0),
        Err(BundleError::Expired)
    );
}

/// Who may speak of whose credentials, and when.
#[test]
fn a_list_is_signed_by_its_key_or_by_one_that_succeeds_it() {
    const DAY: i64 = 24 * 3600;
    let mut nation = Nation::at(NOW);
    let successor = ed25519_dalek::SigningKey::from_bytes(&[0x34; 32]);
    let end = NOW + 10;
    let mut key = nation.trust.regions[0].keys[0].clone();
    nation.trust.regions[0].keys[0].not_after = end;
    key.public_key = successor.verifying_key().to_bytes();
    key.not_before = NOW - 60;
    nation.trust.regions[0].keys.push(key);
    let id = |key: &ed25519_dalek::SigningKey| key_id(&key.verifying_key().to_bytes());
    let (old, new, other) = (&nation.hangzhou, &successor, &nation.wuhan);
    let not_valid = Some(BundleError::SignerKeyNotValid);
    for (of, signer, issued_at, expected) in [
        (old, old, NOW, None),
        (old, old, end + 8 * DAY, None),
        (old, old, end + 8 * DAY + 1, not_valid),
        (old, new, NOW, None),
        (old, new, end + 30 * DAY, None),
        (old, new, NOW - 61, not_valid),
        (new, old, NOW, not_valid),
        (new, old, end + 1, not_valid),
        (old, other, NOW, Some(BundleError::ContentInvalid)),
        (other, new, NOW, Some(BundleError::ContentInvalid)),
        (&nation.root, new, NOW, Some(BundleError::ContentInvalid)),
    ] {
        let bytes = StatusList::build_for(id(of), signer, &[7], issued_at, 600).unwrap();
        let opened = StatusList::open(&bytes, &nation.trust, issued_at, 0);
        assert_eq!(opened.as_ref().err(), expected.as_ref(), "{issued_at}");
        if let Ok(list) = opened {
            assert_eq!(list.key_id(), id(of));
        }
    }
    // A key that is revoked speaks of nothing.
    nation.trust.regions[0].keys[1].revoked_at = Some(NOW);
    let bytes = StatusList::build_for(id(old), new, &[7], NOW, 600).unwrap();
    assert_eq!(
        StatusList::open(&bytes, &nation.trust, NOW, 0).err(),
        not_valid
    );
}

#[test]
fn hostile_content_is_refused() {
    let nation = Nation::at(NOW);
    let sub = hangzhou_subject(&nation);
    let small = compress(&[0b10, 0]).unwrap();
    let list = open(&nation, &forged(&nation, &sub, &small, 1)).unwrap();
    assert!(list.is_revoked(1) && !list.is_revoked(15));
    assert!(list.is_revoked(16), "not covered");

    let bomb = compress(&vec![0; super::MAX_LIST_BYTES + 1]).unwrap();
    let mut trailing = small.clone();
    trailing.push(0);
    let cut = &small[..small.len() - 1];
    let other_sub = sub.replace("status", "statuz");
    for (sub, list, bits, expected) in [
        (&sub, &bomb[..], 1, BundleError::TooLarge),
        (&sub, &trailing, 1, BundleError::ContentInvalid),
        (&sub, cut, 1, BundleError::ContentInvalid),
        (&sub, b"", 1, BundleError::ContentInvalid),
        (&sub, b"not zlib", 1, BundleError::ContentInvalid),
        (&sub, &small, 2, BundleError::ContentInvalid),
        (&other_sub, &small, 1, BundleError::ContentInvalid),
    ] {
        let opened = open(&nation, &forged(&nation, sub, list, bits));
        assert_eq!(opened.err(), Some(expected));
    }
}

#[test]
fn every_altered_byte_is_refused() {
    let nation = Nation::at(NOW);
    let small = compress(&[0b10, 0]).unwrap();
    let bytes = forged(&nation, &hangzhou_subject(&nation), &small, 1);
    assert!(open(&nation, &bytes).is_ok());
    for place in 0..bytes.len() {
        let mut altered = bytes.clone();
        altered[place] ^= 1 << (place % 8);
        assert!(open(&nation, &altered).is_err(), "byte {place}");
        assert!(open(&nation, &bytes[..place]).is_err(), "cut at {place}");
    }
}
