//! Region-signed bundles.

use super::{FORM_TYPE, RECEIPT_TYPE, open_bundle, sign_bundle};
use crate::testing::nation::{Nation, WUHAN};
use crate::trust::{BundleError, MAX_BUNDLE_BYTES, key_id};

const NOW: i64 = 1_800_000_000;

#[test]
fn the_payload_and_its_signer_come_back() {
    let nation = Nation::at(NOW);
    let bytes = sign_bundle(FORM_TYPE, b"{}", &nation.wuhan).unwrap();
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
    let bytes = sign_bundle(FORM_TYPE, b"{\"id\":\"a\"}", &nation.wuhan).unwrap();
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
    let frame = sign_bundle(FORM_TYPE, b"", &nation.wuhan).unwrap().len();
    // The length of so long a payload takes four bytes more.
    let most = vec![b' '; MAX_BUNDLE_BYTES - frame - 4];
    let largest = sign_bundle(FORM_TYPE, &most, &nation.wuhan).unwrap();
    assert_eq!(largest.len(), MAX_BUNDLE_BYTES);
    assert!(open_bundle(FORM_TYPE, &largest, &nation.trust, NOW).is_ok());
    let over = [&most[..], b" "].concat();
    let refused = sign_bundle(FORM_TYPE, &over, &nation.wuhan);
    assert_eq!(refused, Err(BundleError::TooLarge));
}

#[test]
fn refusals_are_named() {
    let mut nation = Nation::at(NOW);
    let bytes = sign_bundle(FORM_TYPE, b"{}", &nation.wuhan).unwrap();
    let refusal =
        |nation: &Nation, typ, bytes: &[u8], at| open_bundle(typ, bytes, &nation.trust, at).err();
    let too_large = vec![0; MAX_BUNDLE_BYTES + 1];
    let by_the_root = sign_bundle(FORM_TYPE, b"{}", &nation.root).unwrap();
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
        (
            FORM_TYPE,
            &bytes,
            NOW - 24 * 3600 - 1,
            BundleError::SignerKeyNotValid,
        ),
    ] {
        assert_eq!(refusal(&nation, typ, bytes, at), Some(expected));
    }
    nation.trust.expires_at = end + 10;
    assert_eq!(refusal(&nation, FORM_TYPE, &bytes, end), None);
    assert_eq!(
        refusal(&nation, FORM_TYPE, &bytes, end + 1),
        Some(BundleError::SignerKeyNotValid)
    );
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
