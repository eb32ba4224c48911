//! What two doors that pool what they scanned have in common of one citizen: two codes of one phone, byte by byte.

use std::collections::BTreeMap;
use std::sync::Arc;

use health_code_core::code::read_code;
use health_code_core::sync::SyncResult;
use health_code_core::testing::clock::FixedClock;
use health_code_core::testing::device_key::SoftwareP256;
use health_code_tests::phone::Phone;
use health_code_tests::town::Town;
use minicbor::Decoder;

const HALF_A_DAY_MS: u64 = 13 * 3_600_000;

/// What may be the same: what the whole city has alike, and what a door has to compare with a document.
const SAME: [&str; 9] = [
    "algorithms",
    "issuer",
    "flags",
    "reason",
    "rule set version",
    "lifetime",
    "document tail",
    "masked name",
    "expiry",
];

/// Longest run of bytes that two fields that differ may share: what chance gives.
const BY_CHANCE: usize = 4;

/// The fields of a code, in bytes.
fn fields(text: &str) -> BTreeMap<&'static str, Vec<u8>> {
    let bytes = base45::decode(text.strip_prefix("JKM1:").expect("a code")).expect("base45");
    let mut fields = BTreeMap::new();
    let mut presentation = Decoder::new(&bytes);
    presentation.array().expect("an array");
    let header = presentation.bytes().expect("a header");
    presentation.skip().expect("an empty map");
    let payload = presentation.bytes().expect("a payload");
    fields.insert(
        "device signature",
        presentation.bytes().expect("one").to_vec(),
    );
    fields.insert("made at", payload[2..].to_vec());

    let mut header = Decoder::new(header);
    header.map().expect("a map");
    header.u8().expect("alg");
    let device_algorithm = header.int().expect("a number");
    header.u8().expect("kcwt");
    header.array().expect("a credential");
    let issuer_header = header.bytes().expect("a header");
    header.skip().expect("an empty map");
    let claims = header.bytes().expect("claims");
    fields.insert("issuer signature", header.bytes().expect("one").to_vec());
    let algorithms = format!("{device_algorithm} {:?}", &issuer_header[..5]);
    fields.insert("algorithms", algorithms.into_bytes());
    fields.insert("issuer", issuer_header[5..].to_vec());

    let mut claims = Decoder::new(claims);
    claims.map().expect("a map");
    claims.u8().expect("exp");
    let expires_at = claims.u64().expect("a time");
    assert_eq!(expires_at % 900, 0, "everybody's quarter hour");
    fields.insert("expiry", expires_at.to_be_bytes()[4..].to_vec());
    claims.u8().expect("cnf");
    claims.map().expect("a map");
    claims.u8().expect("kid");
    fields.insert("key", claims.bytes().expect("a key").to_vec());
    claims.u8().expect("scope");
    let scope = claims.bytes().expect("a scope");
    for (name, place) in [
        ("flags", 0..1),
        ("reason", 1..2),
        ("rule set version", 2..4),
        ("lifetime", 4..5),
        ("status index", 5..8),
        ("document tail", 8..12),
        ("masked name", 12..scope.len()),
    ] {
        fields.insert(name, scope[place].to_vec());
    }
    fields
}

/// Length of the longest run of bytes that is in both.
fn longest_run(one: &[u8], other: &[u8]) -> usize {
    let runs = |length: usize| {
        one.windows(length)
            .any(|run| other.windows(length).any(|it| it == run))
    };
    (1..=one.len()).take_while(|length| runs(*length)).count()
}

/// Two codes of one phone, half a day apart, the credentials of which are two.
fn two_codes(town: &Town, phone: &Phone) -> [String; 2] {
    let code = || phone.health_code.current_code().expect("a code").text;
    phone.turn_green(town);
    let first = code();
    town.clock.advance_ms(HALF_A_DAY_MS);
    phone.clock.advance_ms(HALF_A_DAY_MS);
    assert_eq!(phone.sync().result, SyncResult::Synced);
    let second = code();
    let [one, other] = [&first, &second].map(|text| read_code(text).expect("a code").credential);
    assert_ne!(one.status_index, other.status_index, "two credentials");
    [first, second]
}

#[test]
fn two_credentials_of_one_phone_share_nothing_but_what_is_named() {
    let town = Town::new();
    let phone = Phone::new(&town, "phone");
    let [first, second] = two_codes(&town, &phone).map(|text| fields(&text));
    for (name, one) in &first {
        if one == &second[name] {
            assert!(SAME.contains(name), "{name} is the same in both");
        }
    }
    let told: Vec<_> = first
        .iter()
        .filter(|(name, _)| !SAME.contains(name))
        .collect();
    assert_eq!(told.len(), 5, "{told:?}");
    for (name, one) in told {
        for (of, other) in &second {
            let shared = longest_run(one, other);
            assert!(shared <= BY_CHANCE, "{name} and {of} share {shared} bytes");
        }
    }
    assert_eq!(first["reason"], [255], "no policy asks for it");
}

/// Said plainly: where a host has one key in hardware and makes no others, doors can follow the phone by it.
#[test]
fn a_phone_with_one_key_can_be_followed_by_it() {
    let town = Town::new();
    let signer = Arc::new(SoftwareP256::from_seed(&[7; 32]));
    let clock = Arc::new(FixedClock::new(town.now() * 1_000));
    let phone = Phone::with(&town, "phone", Some(signer), clock);
    let [first, second] = two_codes(&town, &phone).map(|text| fields(&text));
    assert_eq!(first["key"], second["key"]);
    assert_ne!(first["status index"], second["status index"]);
}
