//! Region-signed bundles.

use super::{FORM_TYPE, RECEIPT_TYPE, RULE_SET_TYPE, open_bundle, sign_bundle};
use crate::testing::nation::{Nation, WUHAN};
use crate::trust::{BundleError, MAX_BUNDLE_BYTES, key_id};

const NOW: i64 = 1_800_000_000;

#[test]
fn the_payload_and_its_signer_come_back() {
    let nation = Nation::at(NOW);
    let bytes = sign_bundle(FORM_TYPE, Some(NOW), b"{}", &nation.wuhan).unwrap();
    let opened = open_bundle(FORM_TYPE, &bytes, &nation.trust, NOW).unwrap();
    assert_eq!((opened.payload, opened.division), (&b"{}"[..], WUHAN));
    assert_eq!(
        opened.key_id,
        key_id(&nation.wuhan.verifying_key().to_bytes())
    );
}

#[test]
fn every_altered_byte_is_refused() {
    let nation = Nation::at(NOW);
    let bytes = sign_bundle(FORM_TYPE, Some(NOW), b"{\"id\":\"a\"}", &nation.wuhan).unwrap();
    for place in 0..bytes.len() {
        for bit in 0..8 {
            let mut altered = bytes.clone();
            altered[place] ^= 1 << bit;
            let opened = open_bundle(FORM_TYPE, &altered, &nation.trust, NOW);
            assert!(opened.is_err(), "byte {place} bit {bit}");
        }
        let cut = open_bundle(FORM_TYPE, &bytes[..place], &nation.trust, NOW);
        assert_eq!(cut, Err(BundleError::NotCanonical), "cut at {place}");
    }
}

#[test]
fn nothing_is_signed_that_nobody_would_take() {
    let nation = Nation::at(NOW);
    let frame = sign_bundle(FORM_TYPE, Some(NOW), b"", &nation.wuhan)
        .unwrap()
        .len();
    // The length of so long a payload takes four bytes more.
    let most = vec![b' '; MAX_BUNDLE_BYTES - frame - 4];
    let largest = sign_bundle(FORM_TYPE, Some(NOW), &most, &nation.wuhan).unwrap();
    assert_eq!(largest.len(), MAX_BUNDLE_BYTES);
    assert!(open_bundle(FORM_TYPE, &largest, &nation.trust, NOW).is_ok());
    let over = [&most[..], b" "].concat();
    let refused = sign_bundle(FORM_TYPE, Some(NOW), &over, &nation.wuhan);
    assert_eq!(refused, Err(BundleError::TooLarge));
}

#[test]
fn refusals_are_named() {
    let mut nation = Nation::at(NOW);
    let bytes = sign_bundle(FORM_TYPE, Some(NOW), b"{}", &nation.wuhan).unwrap();
    let refusal =
        |nation: &Nation, typ, bytes: &[u8], at| open_bundle(typ, bytes, &nation.trust, at).err();
    let too_large = vec![0; MAX_BUNDLE_BYTES + 1];
    let by_the_root = sign_bundle(FORM_TYPE, Some(NOW), b"{}", &nation.root).unwrap();
    let end = nation.trust.regions[1].keys[0].not_after;
    for (typ, bytes, at, expected) in [
        (RECEIPT_TYPE, &bytes, NOW, BundleError::WrongKind),
        (FORM_TYPE, &too_large, NOW, BundleError::TooLarge),
        (FORM_TYPE, &by_the_root, NOW, BundleError::SignerUnknown),
        (
            FORM_TYPE,
            &bytes,
            nation.trust.expires_at,
            BundleError::Expired,
        ),
        (FORM_TYPE, &bytes, NOW - 31, BundleError::FromFuture),
    ] {
        assert_eq!(refusal(&nation, typ, bytes, at), Some(expected));
    }
    nation.trust.expires_at = end + 10;
    nation.trust.regions[1].keys[0].revoked_at = Some(NOW);
    assert_eq!(refusal(&nation, FORM_TYPE, &bytes, NOW - 1), None);
    assert_eq!(
        refusal(&nation, FORM_TYPE, &bytes, NOW),
        Some(BundleError::SignerKeyNotValid)
    );

    let mut other_algorithm = bytes.clone();
    let place = other_algorithm
        .windows(2)
        .position(|pair| pair == [1, 0x32]);
    other_algorithm[place.unwrap() + 1] = 0x28;
    assert_eq!(
        refusal(&nation, FORM_TYPE, &other_algorithm, NOW - 1),
        Some(BundleError::AlgorithmNotAllowed)
    );
}

/// What was signed within a key's time goes on counting after it, what was not never does, whatever the kind; and nothing
/// that is dated ahead. Without a time of its own a bundle counts while its key does.
#[test]
fn a_signed_thing_is_judged_by_its_own_time() {
    let mut nation = Nation::at(NOW);
    let (begin, end) = (NOW - 1_000, NOW + 1_000);
    nation.trust.expires_at = NOW + 400 * 24 * 3600;
    let year = 365 * 24 * 3600;
    for key in nation.trust.regions.iter_mut().flat_map(|it| &mut it.keys) {
        (key.not_before, key.not_after) = (begin, end);
    }
    let not_valid = Some(BundleError::SignerKeyNotValid);
    let ahead = Some(BundleError::FromFuture);
    for (signed_at, at, expected) in [
        (Some(begin - 1), NOW, not_valid),
        (Some(begin), NOW, None),
        (Some(NOW), NOW, None),
        (Some(NOW), end, None),
        (Some(NOW), end + 1, None),
        (Some(NOW), end + year, None),
        (Some(end), end + 60, None),
        (Some(end + 1), end + 60, not_valid),
        (Some(NOW + 30), NOW, None),
        (Some(NOW + 31), NOW, ahead),
        (Some(end + 300 * 24 * 3600), NOW, ahead),
        (None, begin - 1, not_valid),
        (None, begin, None),
        (None, end, None),
        (None, end + 1, not_valid),
    ] {
        for typ in [
            FORM_TYPE,
            RECEIPT_TYPE,
            RULE_SET_TYPE,
            "application/a-kind-to-come",
        ] {
            let bytes = sign_bundle(typ, signed_at, b"{}", &nation.wuhan).unwrap();
            let opened = open_bundle(typ, &bytes, &nation.trust, at).err();
            assert_eq!(opened, expected, "{typ} of {signed_at:?} at {at}");
        }
    }
    nation.trust.regions[1].keys[0].revoked_at = Some(NOW + 5);
    let bytes = sign_bundle(FORM_TYPE, Some(NOW), b"{}", &nation.wuhan).unwrap();
    for (at, expected) in [(NOW + 4, None), (NOW + 5, not_valid), (end + 5, not_valid)] {
        assert_eq!(
            open_bundle(FORM_TYPE, &bytes, &nation.trust, at).err(),
            expected
        );
    }
    for signed_at in [-1, i64::MAX] {
        let refused = sign_bundle(FORM_TYPE, Some(signed_at), b"", &nation.wuhan);
        assert_eq!(refused, Err(BundleError::ContentInvalid));
    }
}
