//! What a door reads of a code, byte by byte: for who tries to tell two codes for one phone's.

use std::collections::BTreeMap;

use minicbor::Decoder;

/// The fields of a code by name, in bytes.
pub type Fields = BTreeMap<&'static str, Vec<u8>>;

/// Longest run of bytes that two fields that differ may share: what chance gives.
pub const BY_CHANCE: usize = 4;

/// Takes a code apart.
///
/// # Panics
/// Where it is none.
#[must_use]
pub fn fields(text: &str) -> Fields {
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
        ("status index", 5..9),
        ("document tail", 9..13),
        ("masked name", 13..scope.len()),
    ] {
        fields.insert(name, scope[place].to_vec());
    }
    fields
}

/// Length of the longest run of bytes that is in both.
#[must_use]
pub fn longest_run(one: &[u8], other: &[u8]) -> usize {
    let runs = |length: usize| {
        one.windows(length)
            .any(|run| other.windows(length).any(|it| it == run))
    };
    (1..=one.len()).take_while(|length| runs(*length)).count()
}
