//! Building, opening, and what hostile lists do.

use super::{BundleError, STATUS_LIST_TYPE, StatusList, StatusPlace, StatusSpan, sign_bundle};
use crate::encoding::cbor;
use crate::testing::nation::Nation;
use crate::trust::key_id;

const NOW: i64 = 1_800_000_000;

fn open(nation: &Nation, bytes: &[u8]) -> Result<StatusList, BundleError> {
    StatusList::open(bytes, &nation.trust, NOW, NOW - 50)
}

fn id(key: &ed25519_dalek::SigningKey) -> [u8; 8] {
    key_id(&key.verifying_key().to_bytes())
}

fn place(index: u32) -> StatusPlace {
    StatusPlace::new(NOW, index)
}

/// A list of Hangzhou's with any numbers (signed at, ends at, ttl, from, until) and days.
fn forged(nation: &Nation, numbers: [i64; 5], days: &[(u64, &[u8])]) -> Vec<u8> {
    let mut payload = Vec::new();
    cbor::write_map(&mut payload, 7);
    cbor::write_uint(&mut payload, 1);
    cbor::write_bytes(&mut payload, &id(&nation.hangzhou));
    for (key, number) in (2..).zip(numbers) {
        cbor::write_uint(&mut payload, key);
        cbor::write_int(&mut payload, number);
    }
    cbor::write_uint(&mut payload, 7);
    cbor::write_map(&mut payload, days.len() as u64);
    for (day, packed) in days {
        cbor::write_uint(&mut payload, *day);
        cbor::write_bytes(&mut payload, packed);
    }
    sign_bundle(STATUS_LIST_TYPE, None, &payload, &nation.hangzhou).unwrap()
}

#[test]
fn a_list_says_what_went_into_it() {
    let nation = Nation::at(NOW);
    let revoked = [place(0), place(u32::MAX), StatusPlace::new(NOW + 86_400, 7)];
    let bytes = StatusList::build(&nation.hangzhou, &revoked, NOW, 600).unwrap();
    let list = open(&nation, &bytes).unwrap();
    assert!(revoked.iter().all(|place| list.has(*place)));
    assert!(!list.has(place(7)));
    assert_eq!(list.count(), 3);
    assert_eq!((list.issued_at(), list.ttl_secs()), (NOW, 600));
    assert_eq!(list.span(), StatusSpan::base(NOW));

    let span = StatusSpan {
        from: NOW - 20,
        until: NOW - 10,
    };
    let of = id(&nation.hangzhou);
    let delta = StatusList::build_for(of, &nation.hangzhou, span, &[], NOW, 600).unwrap();
    // Empty, signed: what a quiet hour costs a door.
    assert!(delta.len() < 200, "{}", delta.len());
    let delta = open(&nation, &delta).unwrap();
    assert_eq!((delta.span(), delta.count()), (span, 0));
    assert_eq!(span.name(&of).len(), 16 + 2 * 11);
    assert_eq!(StatusSpan::base(NOW).name(&of).len(), 16);
}

#[test]
fn what_does_not_fit_is_not_built() {
    let nation = Nation::at(NOW);
    let of = id(&nation.hangzhou);
    let span = |from, until| StatusSpan { from, until };
    for (span, issued_at, ttl_secs) in [
        (span(0, NOW), NOW, 0),
        (span(NOW, NOW), NOW, 600),
        (span(NOW, NOW - 1), NOW, 600),
        (span(-1, NOW), NOW, 600),
        (span(0, 0), NOW, 600),
        (span(-2, -1), -1, 600),
        (span(0, NOW), i64::MAX, 600),
    ] {
        let built = StatusList::build_for(of, &nation.hangzhou, span, &[], issued_at, ttl_secs);
        assert_eq!(built, Err(BundleError::ContentInvalid), "{span:?}");
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
    let build = |of: &_, signer: &_, issued_at| {
        let span = StatusSpan::base(issued_at);
        StatusList::build_for(id(of), signer, span, &[place(7)], issued_at, 600).unwrap()
    };
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
        let bytes = build(of, signer, issued_at);
        let opened = StatusList::open(&bytes, &nation.trust, issued_at, 0);
        assert_eq!(opened.as_ref().err(), expected.as_ref(), "{issued_at}");
        if let Ok(list) = opened {
            assert_eq!(list.key_id(), id(of));
        }
    }
    // A key that is revoked speaks of nothing.
    let bytes = build(old, new, NOW);
    nation.trust.regions[0].keys[1].revoked_at = Some(NOW);
    assert_eq!(
        StatusList::open(&bytes, &nation.trust, NOW, 0),
        Err(BundleError::SignerKeyNotValid)
    );
}

#[test]
fn hostile_content_is_refused() {
    let nation = Nation::at(NOW);
    let good = [NOW, NOW + 100, 600, NOW - 9, NOW];
    let packed = super::RevokedSet::new(&[place(7)]).pack().unwrap();
    let packed = &packed[0].1[..];
    let opened = open(&nation, &forged(&nation, good, &[(1, packed), (2, packed)]));
    assert_eq!(opened.map(|list| list.count()).ok(), Some(2));
    let with = |place: usize, number| {
        let mut numbers = good;
        numbers[place] = number;
        forged(&nation, numbers, &[(1, packed)])
    };
    let many: Vec<_> = (0..1_001).map(|day| (day, packed)).collect();
    for (bytes, expected) in [
        (with(2, 0), BundleError::ContentInvalid),
        (with(0, i64::MAX), BundleError::ContentInvalid),
        (with(1, i64::MAX), BundleError::ContentInvalid),
        (with(3, NOW), BundleError::ContentInvalid),
        (with(3, NOW + 1), BundleError::ContentInvalid),
        (with(3, -1), BundleError::NotCanonical),
        (
            forged(&nation, good, &[(2, packed), (1, packed)]),
            BundleError::NotCanonical,
        ),
        (
            forged(&nation, good, &[(1, packed), (1, packed)]),
            BundleError::NotCanonical,
        ),
        (
            forged(&nation, good, &[(1, b"")]),
            BundleError::ContentInvalid,
        ),
        (forged(&nation, good, &many), BundleError::ContentInvalid),
    ] {
        assert_eq!(open(&nation, &bytes).err(), Some(expected));
    }
}

#[test]
fn every_altered_byte_is_refused() {
    let nation = Nation::at(NOW);
    let bytes = StatusList::build(&nation.hangzhou, &[place(7)], NOW, 600).unwrap();
    assert!(open(&nation, &bytes).is_ok());
    for place in 0..bytes.len() {
        let mut altered = bytes.clone();
        altered[place] ^= 1 << (place % 8);
        assert!(open(&nation, &altered).is_err(), "byte {place}");
        assert!(open(&nation, &bytes[..place]).is_err(), "cut at {place}");
    }
}
