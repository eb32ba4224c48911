//! Signing and opening, limits, and what the orders and mappings mean.

use super::{ColourMapping, GraceOrder, IssuerKey, SunsetOrder, TrustBundle, covers};
use crate::colour::Colour;
use crate::testing::nation::{HANGZHOU, Nation, WUHAN};
use crate::trust::{BundleError, RULE_SET_TYPE, Scheme, sign_bundle};
use crate::words::LocalizedText;

const NOW: i64 = 1_800_000_000;

type Change = Box<dyn Fn(&mut TrustBundle)>;

fn open(nation: &Nation, bytes: &[u8]) -> Result<TrustBundle, BundleError> {
    TrustBundle::open(bytes, &nation.root_key(), NOW, 7)
}

fn in_languages(texts: &[(&str, &str)]) -> LocalizedText {
    let texts = texts.iter();
    texts
        .map(|(tag, text)| ((*tag).to_owned(), (*text).to_owned()))
        .collect()
}

#[test]
fn what_was_signed_comes_back() {
    let mut nation = Nation::at(NOW);
    assert_eq!(
        open(&nation, &nation.trust_bytes()),
        Ok(nation.trust.clone())
    );

    nation.trust.regions[0].name = in_languages(&[
        ("az-Latn", "Hancou"),
        ("en", "Hangzhou"),
        ("ko", "항저우"),
        ("zh", "杭州市"),
    ]);
    nation.trust.regions[0].keys[0].revoked_at = Some(NOW);
    nation.trust.policy.admit = vec![Colour::Green, Colour::Yellow, Colour::Red];
    nation.trust.grace_orders.push(GraceOrder {
        division: 330_000,
        until: NOW + 100,
        extra_secs: 7,
    });
    nation.trust.sunset_orders.push(SunsetOrder {
        division: WUHAN,
        effective_at: NOW + 5,
        text: LocalizedText::new("ended", "停用"),
        erase_after_secs: None,
    });
    assert_eq!(
        open(&nation, &nation.trust_bytes()),
        Ok(nation.trust.clone())
    );
}

#[test]
fn every_altered_byte_is_refused() {
    let nation = Nation::at(NOW);
    let bytes = nation.trust_bytes();
    for place in 0..bytes.len() {
        let mut altered = bytes.clone();
        altered[place] ^= 1 << (place % 8);
        assert!(open(&nation, &altered).is_err(), "byte {place}");
        assert!(open(&nation, &bytes[..place]).is_err(), "cut at {place}");
    }
    let mut longer = bytes;
    longer.push(0);
    assert_eq!(open(&nation, &longer), Err(BundleError::NotCanonical));
}

#[test]
fn only_the_root_and_only_the_newest_counts() {
    let nation = Nation::at(NOW);
    let bytes = nation.trust_bytes();
    let root = nation.root_key();
    assert_eq!(
        TrustBundle::open(&bytes, &root, NOW, 8),
        Err(BundleError::RolledBack)
    );
    let end = nation.trust.expires_at;
    assert!(TrustBundle::open(&bytes, &root, end - 1, 0).is_ok());
    assert_eq!(
        TrustBundle::open(&bytes, &root, end, 0),
        Err(BundleError::Expired)
    );
    let begin = nation.trust.issued_at;
    assert!(TrustBundle::open(&bytes, &root, begin - 30, 0).is_ok());
    assert_eq!(
        TrustBundle::open(&bytes, &root, begin - 31, 0),
        Err(BundleError::FromFuture)
    );
    let by_a_region = nation.trust.sign(&nation.hangzhou).unwrap();
    assert_eq!(open(&nation, &by_a_region), Err(BundleError::SignerUnknown));

    let payload = minicbor::to_vec(&nation.trust).unwrap();
    let other_kind = sign_bundle(RULE_SET_TYPE, None, &payload, &nation.root).unwrap();
    assert_eq!(open(&nation, &other_kind), Err(BundleError::WrongKind));
}

#[test]
fn another_encoding_of_the_same_content_is_refused() {
    let nation = Nation::at(NOW);
    let payload = minicbor::to_vec(&nation.trust).unwrap();
    let sign = |payload: &[u8]| {
        sign_bundle(super::TRUST_BUNDLE_TYPE, None, payload, &nation.root).unwrap()
    };
    assert!(open(&nation, &sign(&payload)).is_ok());

    // Version 7 with a longer head; the map with an unknown key; bytes after the end.
    assert_eq!(payload[..3], [0xa8, 1, 7]);
    let longer_head = [&[0xa8, 1, 0x18, 7][..], &payload[3..]].concat();
    let unknown_key = [&[0xa9][..], &payload[1..], &[9, 0]].concat();
    let trailing = [&payload[..], &[0]].concat();
    for altered in [longer_head, unknown_key, trailing] {
        assert_eq!(
            open(&nation, &sign(&altered)),
            Err(BundleError::NotCanonical)
        );
    }
    assert_eq!(
        open(&nation, &sign(&[0xa0])),
        Err(BundleError::ContentInvalid)
    );
}

#[test]
fn a_bundle_outside_of_the_limits_is_neither_signed_nor_opened() {
    let key = |seed: u8| IssuerKey {
        public_key: ed25519_dalek::SigningKey::from_bytes(&[seed; 32])
            .verifying_key()
            .to_bytes(),
        not_before: 0,
        not_after: NOW,
        revoked_at: None,
    };
    let mut identity_point = [0; 32];
    identity_point[0] = 1;
    let changes: Vec<Change> = vec![
        Box::new(|trust| trust.expires_at = trust.issued_at),
        Box::new(|trust| trust.issued_at = -1),
        Box::new(|trust| trust.expires_at = 253_402_300_800),
        Box::new(|trust| trust.regions[1].division = HANGZHOU),
        Box::new(|trust| trust.regions[1].division = 99_999),
        Box::new(|trust| trust.regions[1].name = LocalizedText::new("Wuhan", "")),
        Box::new(|trust| trust.regions[1].name = LocalizedText::new(&"n".repeat(97), "武汉市")),
        Box::new(|trust| trust.regions[1].name = in_languages(&[("en", "Wuhan"), ("ko", "우한")])),
        Box::new(|trust| trust.regions[1].keys[0].public_key = trust.regions[0].keys[0].public_key),
        Box::new(move |trust| trust.regions[1].keys[0].public_key = identity_point),
        Box::new(|trust| trust.regions[1].keys[0].public_key = [2; 32]),
        Box::new(|trust| trust.regions[1].keys[0].not_after = -5),
        Box::new(move |trust| trust.regions[1].keys = (0..17).map(key).collect()),
        Box::new(|trust| trust.regions[1].utc_offset_minutes = Some(841)),
        Box::new(|trust| trust.regions[1].utc_offset_minutes = Some(480)),
        Box::new(|trust| trust.policy.accept_secs = 0),
        Box::new(|trust| trust.policy.accept_secs = 601),
        Box::new(|trust| trust.policy.skew_secs = 301),
        Box::new(|trust| trust.policy.rotation_secs = 4),
        Box::new(|trust| trust.policy.rotation_secs = 61),
        Box::new(|trust| trust.policy.admit = vec![Colour::Yellow, Colour::Green]),
        Box::new(|trust| trust.policy.admit = vec![Colour::Green, Colour::Green]),
        Box::new(|trust| trust.mappings[0].rule_id = String::new()),
        Box::new(|trust| trust.mappings[0].to_division = Some(0)),
        Box::new(|trust| trust.mappings[0].text = LocalizedText::new(&"t".repeat(513), "")),
        Box::new(|trust| {
            trust.grace_orders.push(GraceOrder {
                division: HANGZHOU,
                until: NOW,
                extra_secs: 7 * 24 * 3600 + 1,
            });
        }),
    ];
    for (number, change) in changes.iter().enumerate() {
        let mut nation = Nation::at(NOW);
        change(&mut nation.trust);
        assert_eq!(
            nation.trust.sign(&nation.root),
            Err(BundleError::ContentInvalid),
            "change {number}"
        );
        let payload = minicbor::to_vec(&nation.trust).unwrap();
        let bytes = sign_bundle(super::TRUST_BUNDLE_TYPE, None, &payload, &nation.root).unwrap();
        assert_eq!(
            open(&nation, &bytes),
            Err(BundleError::ContentInvalid),
            "change {number}"
        );
    }
}

#[test]
fn a_division_covers_what_lies_in_it() {
    for (outer, division, expected) in [
        (330_000, HANGZHOU, true),
        (330_000, 330_000, true),
        (330_000, WUHAN, false),
        (HANGZHOU, HANGZHOU, true),
        (HANGZHOU, 330_106, true),
        (HANGZHOU, 330_200, false),
        (330_106, 330_106, true),
        (330_106, HANGZHOU, false),
        (HANGZHOU, 330_000, false),
    ] {
        assert_eq!(covers(outer, division), expected, "{outer} {division}");
    }
}

#[test]
fn the_longest_grace_of_those_that_apply_counts() {
    let order = |division, until, extra_secs| GraceOrder {
        division,
        until,
        extra_secs,
    };
    let mut trust = Nation::at(NOW).trust;
    trust.grace_orders = vec![
        order(330_000, NOW, 10),
        order(HANGZHOU, NOW - 1, 99),
        order(HANGZHOU, NOW + 1, 20),
    ];
    assert_eq!(trust.grace_secs(HANGZHOU, NOW), 20);
    assert_eq!(trust.grace_secs(HANGZHOU, NOW - 1), 99);
    assert_eq!(trust.grace_secs(330_200, NOW), 10);
    assert_eq!(trust.grace_secs(330_200, NOW + 1), 0);
    assert_eq!(trust.grace_secs(WUHAN, NOW), 0);
}

#[test]
fn the_first_mapping_that_applies_counts() {
    use Scheme::{Domestic, International};
    let mapping = |rule_id: &str, from_division, scheme, to_division| ColourMapping {
        rule_id: rule_id.to_owned(),
        from_division,
        scheme,
        colour: Colour::Yellow,
        to_division,
        to_colour: Colour::Red,
        text: LocalizedText::new("", ""),
    };
    let mut trust = Nation::at(NOW).trust;
    trust.mappings = vec![
        mapping("A", Some(330_000), Some(Scheme::International), None),
        mapping("B", Some(330_000), None, Some(420_000)),
        mapping("C", None, None, None),
    ];
    let rule = |division, scheme, colour, local| {
        let mapping = trust.mapping(division, scheme, colour, local);
        mapping.map(|mapping| mapping.rule_id.as_str())
    };
    assert_eq!(
        rule(HANGZHOU, International, Colour::Yellow, None),
        Some("A")
    );
    assert_eq!(
        rule(HANGZHOU, Domestic, Colour::Yellow, Some(WUHAN)),
        Some("B")
    );
    assert_eq!(rule(HANGZHOU, Domestic, Colour::Yellow, None), Some("C"));
    assert_eq!(
        rule(HANGZHOU, Domestic, Colour::Yellow, Some(510_100)),
        Some("C")
    );
    assert_eq!(rule(WUHAN, Domestic, Colour::Yellow, Some(WUHAN)), None);
    assert_eq!(rule(HANGZHOU, Domestic, Colour::Green, Some(WUHAN)), None);
}
