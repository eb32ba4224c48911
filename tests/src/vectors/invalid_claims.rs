//! Codes whose values or algorithms are not allowed. All signatures are right.

use super::CodeVector;
use super::context::Context;
use crate::forge::{DeviceKey, ED25519, ESP256, Forgery};

pub(super) fn vectors(context: &Context) -> Vec<CodeVector> {
    [scopes(context), claims(context), algorithms(context)].concat()
}

fn scopes(context: &Context) -> Vec<CodeVector> {
    let code = context.code();
    let flagged = |flags| code.with(|code| code.scope.flags = flags);
    let living = |lifetime| code.with(|code| code.scope.lifetime_quarter_hours = lifetime);
    let named = |name: &[u8]| code.with(|code| code.scope.masked_name = name.to_vec());
    let numbered = |tail: &[u8]| code.with(|code| code.scope.document_tail = tail.to_vec());
    [
        (
            "colour-3",
            "What restricts is refused where it is not known.",
            flagged(0b11),
        ),
        (
            "scheme-bit-7",
            "The highest bit is not used.",
            flagged(0b1000_0000),
        ),
        ("lifetime-below", "Less than four hours.", living(15)),
        ("lifetime-above", "More than a day.", living(97)),
        ("tail-lower-case", "", numbered(b"002x")),
        ("tail-not-ascii", "", numbered("尾X".as_bytes())),
        ("name-empty", "", named(b"")),
        (
            "name-too-long",
            "25 bytes.",
            named("长长长长长长长长A".as_bytes()),
        ),
        ("name-not-utf8", "", named(&[0xe7, 0x8e])),
        ("name-control", "", named("王\n明".as_bytes())),
        (
            "name-right-to-left",
            "A character that turns the text around.",
            named("王\u{202e}明".as_bytes()),
        ),
        ("name-invisible", "", named("王\u{200b}".as_bytes())),
        (
            "name-filler",
            "A letter that is drawn as nothing.",
            named("\u{3164}".as_bytes()),
        ),
        (
            "name-variation",
            "A selector that not every reader draws.",
            named("葛\u{e0100}城".as_bytes()),
        ),
        (
            "name-private-use",
            "A character that looks different on every device.",
            named("\u{e863}*".as_bytes()),
        ),
        (
            "scope-too-short",
            "",
            named(b"").with(|code| code.scope.document_tail = b"002".to_vec()),
        ),
    ]
    .into_iter()
    .map(|(name, about, code)| refused(name, about, &code, "code_claims_invalid"))
    .collect()
}

fn claims(context: &Context) -> Vec<CodeVector> {
    let code = context.code();
    let keyed = |key: &[u8]| code.with(|code| code.device_key = key.to_vec());
    let at_place = |place: &str| code.with(|code| code.audience = Some(place.to_owned()));
    let answering = |length| code.with(|code| code.nonce = Some(vec![1; length]));
    let mut uncompressed_start = code.device_key.clone();
    uncompressed_start[0] = 4;
    [
        (
            "exp-after-the-end-of-time",
            "The year 10000.",
            code.with(|code| code.expires_at = 253_402_300_800),
        ),
        (
            "exp-huge",
            "2^64 - 1.",
            code.with(|code| code.expires_at = u64::MAX),
        ),
        ("iat-huge", "", code.with(|code| code.issued_at = u64::MAX)),
        ("device-key-of-31-bytes", "", keyed(&[1; 31])),
        ("device-key-of-34-bytes", "", keyed(&[2; 34])),
        ("device-key-empty", "", keyed(&[])),
        (
            "device-key-first-byte",
            "33 bytes that begin with 4.",
            keyed(&uncompressed_start),
        ),
        ("audience-empty", "", at_place("")),
        ("audience-lower-case", "", at_place("hz-00042")),
        (
            "audience-too-long",
            "17 characters.",
            at_place("A1234567890123456"),
        ),
        ("audience-not-ascii", "", at_place("杭州")),
        ("nonce-too-short", "7 bytes.", answering(7)),
        ("nonce-too-long", "33 bytes.", answering(33)),
    ]
    .into_iter()
    .map(|(name, about, code)| refused(name, about, &code, "code_claims_invalid"))
    .collect()
}

fn algorithms(context: &Context) -> Vec<CodeVector> {
    let p256 = context.code();
    let ed25519 = context.ed25519_code();
    let credential = |algorithm| p256.with(|code| code.credential_algorithm = algorithm);
    let presentation =
        |code: &Forgery, algorithm| code.with(|code| code.presentation_algorithm = algorithm);
    let hostile = p256.with(|code| {
        code.credential_algorithm = i64::MAX;
        code.presentation_algorithm = i64::MIN;
    });
    let other_key = p256.with(|code| code.device = DeviceKey::ed25519([9; 32]));
    [
        (
            "credential-eddsa",
            "The polymorphic -8 of RFC 9053.",
            credential(-8),
        ),
        (
            "credential-esp256",
            "No issuer key is P-256.",
            credential(ESP256),
        ),
        (
            "credential-hmac",
            "HMAC 256/256: a public key is no secret.",
            credential(5),
        ),
        ("credential-none", "", credential(0)),
        (
            "presentation-es256",
            "The polymorphic -7 of RFC 9053.",
            presentation(&p256, -7),
        ),
        (
            "presentation-ed25519-for-p256",
            "The key's length tells the algorithm.",
            presentation(&p256, ED25519),
        ),
        (
            "presentation-esp256-for-ed25519",
            "",
            presentation(&ed25519, ESP256),
        ),
        (
            "presentation-other-kind-of-key",
            "Signed by an Ed25519 key that the credential does not name.",
            presentation(&other_key, ED25519),
        ),
        ("algorithms-at-the-ends", "", hostile),
    ]
    .into_iter()
    .map(|(name, about, code)| refused(name, about, &code, "code_algorithm_not_allowed"))
    .collect()
}

fn refused(name: &str, about: &str, code: &Forgery, reason: &str) -> CodeVector {
    CodeVector::new(name, about, code.text()).refused(reason)
}
