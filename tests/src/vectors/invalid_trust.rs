//! Codes of the right form that are refused: issuer, signatures, times, place, status, replay, colour.

use health_code_core::testing::nation::WUHAN;

use super::context::{But, Context, person};
use super::{CodeVector, NOW};
use crate::forge::{
    CREDENTIAL_AAD, DeviceKey, Forgery, PRESENTATION_AAD, other_s, sign_again, text,
};

pub(super) fn vectors(context: &Context) -> Vec<CodeVector> {
    [
        issuers(context),
        signatures(context),
        times(context),
        at_the_checkpoint(context),
    ]
    .concat()
}

fn secs(at: i64) -> u64 {
    u64::try_from(at).expect("after 1970")
}

fn issuers(context: &Context) -> Vec<CodeVector> {
    let code = context.code();
    let root_signed = Forgery::new(&context.nation.root, context.p256.clone(), NOW);
    let vector = |name, about| CodeVector::new(name, about, code.text());
    vec![
        vector(
            "trust-bundle-expired",
            "The checkpoint's own bundle is out of date.",
        )
        .at(NOW + 89 * 86_400)
        .refused("trust_bundle_expired"),
        vector(
            "trust-bundle-from-future",
            "The checkpoint's clock is a day and 31 s back, behind the signing of its own bundle.",
        )
        .at(NOW - 86_431)
        .refused("trust_bundle_from_future"),
        vector("issuer-unknown", "Hangzhou is not in the bundle.")
            .trusting("wuhan-only")
            .refused("issuer_unknown"),
        CodeVector::new(
            "issuer-is-the-root",
            "The root issues no codes.",
            root_signed.text(),
        )
        .refused("issuer_unknown"),
        vector("issuer-key-not-yet", "Issued before the key's time.")
            .trusting("key-from-now")
            .refused("issuer_key_not_valid"),
        vector("issuer-key-over", "Issued a second after the key's time.")
            .trusting("key-until-before-start")
            .refused("issuer_key_not_valid"),
        vector("issuer-key-revoked", "Whenever it was issued.")
            .trusting("key-revoked")
            .at(NOW + 10)
            .refused("issuer_key_not_valid"),
        vector("region-ended", "A sunset order for the city.")
            .trusting("hangzhou-ended")
            .at(NOW + 10)
            .refused("region_ended"),
        vector("province-ended", "A sunset order for the province.")
            .trusting("zhejiang-ended")
            .at(NOW + 10)
            .refused("region_ended"),
    ]
}

fn signatures(context: &Context) -> Vec<CodeVector> {
    let p256 = context.code();
    let ed25519 = context.ed25519_code();
    let wuhan = Forgery::new(&context.nation.wuhan, context.p256.clone(), NOW);
    let credential = [
        (
            "credential-signature-flipped",
            "",
            p256.with(|code| {
                code.raw.credential_signature = Some(flip_last_bit);
            }),
        ),
        (
            "credential-signature-of-another-region",
            "Hangzhou's key id, Wuhan's signature.",
            wuhan.with(|code| {
                code.key_id.clone_from(&p256.key_id);
            }),
        ),
        (
            "credential-signature-without-domain",
            "external_aad left empty.",
            p256.with(|code| code.credential_aad = b""),
        ),
        (
            "credential-signature-s-plus-order",
            "Ed25519 with a scalar that is not reduced.",
            p256.with(|code| {
                code.raw.credential_signature = Some(add_ed25519_order);
            }),
        ),
    ];
    let weak = ed25519.with(|code| {
        code.device_key = identity_point();
        code.raw.presentation_signature = Some(|_| [identity_point(), vec![0; 32]].concat());
    });
    let not_a_point = p256.with(|code| code.device_key = [&[2][..], &[0xff; 32]].concat());
    let presentation = [
        (
            "presentation-signature-flipped",
            "",
            p256.with(|code| {
                code.raw.presentation_signature = Some(flip_last_bit);
            }),
        ),
        (
            "presentation-signature-flipped-ed25519",
            "",
            ed25519.with(|code| {
                code.raw.presentation_signature = Some(flip_last_bit);
            }),
        ),
        (
            "presentation-by-another-phone",
            "The credential was copied.",
            p256.with(|code| {
                code.device = DeviceKey::p256([8; 32]);
            }),
        ),
        (
            "presentation-high-s",
            "The other half of an ECDSA signature.",
            p256.with(|code| {
                code.raw.presentation_signature = Some(|right| other_s(&right));
            }),
        ),
        (
            "presentation-zeros",
            "r = s = 0.",
            p256.with(|code| {
                code.raw.presentation_signature = Some(|_| vec![0; 64]);
            }),
        ),
        (
            "presentation-s-plus-order",
            "Ed25519 with a scalar that is not reduced.",
            ed25519.with(|code| {
                code.raw.presentation_signature = Some(add_ed25519_order);
            }),
        ),
        (
            "presentation-weak-key",
            "A key of small order accepts anything under a lax rule.",
            weak,
        ),
        (
            "presentation-key-not-on-the-curve",
            "x is above the field's prime.",
            not_a_point,
        ),
        (
            "presentation-without-domain",
            "external_aad left empty.",
            p256.with(|code| code.presentation_aad = b""),
        ),
        (
            "presentation-with-the-credential-domain",
            "",
            p256.with(|code| code.presentation_aad = CREDENTIAL_AAD),
        ),
    ];
    let with_reason = |reason: &'static str| {
        move |(name, about, code): (&str, &str, Forgery)| {
            CodeVector::new(name, about, code.text()).refused(reason)
        }
    };
    let swapped = p256.with(|code| code.credential_aad = PRESENTATION_AAD);
    let mut vectors: Vec<_> = credential
        .into_iter()
        .map(with_reason("credential_signature_wrong"))
        .collect();
    vectors.push(
        CodeVector::new(
            "credential-with-the-presentation-domain",
            "",
            swapped.text(),
        )
        .refused("credential_signature_wrong"),
    );
    vectors.extend(
        presentation
            .into_iter()
            .map(with_reason("presentation_signature_wrong")),
    );
    vectors
}

fn times(context: &Context) -> Vec<CodeVector> {
    let code = context.code();
    let end = NOW + 11 * 3_600;
    let made_at = |at| code.with(|code| code.issued_at = secs(at));
    let start = NOW - 3_600;
    let early = made_at(start - 1);
    let at_the_end = made_at(end);
    let past_the_end = made_at(end + 7_200);
    [
        (
            "credential-not-yet-valid",
            "",
            made_at(start),
            start - 31,
            "credential_not_yet_valid",
            "default",
        ),
        (
            "credential-expired",
            "",
            made_at(end - 1),
            end,
            "credential_expired",
            "default",
        ),
        (
            "grace-over",
            "Past the grace of two hours.",
            past_the_end.clone(),
            end + 7_200,
            "credential_expired",
            "zhejiang-grace",
        ),
        (
            "grace-order-over",
            "The order itself has ended.",
            past_the_end,
            NOW + 12 * 3_600 + 1,
            "credential_expired",
            "zhejiang-grace-short",
        ),
        (
            "screenshot",
            "A picture of five minutes ago.",
            code.clone(),
            NOW + 300,
            "presentation_too_old",
            "default",
        ),
        (
            "screenshot-61-seconds",
            "",
            code.clone(),
            NOW + 61,
            "presentation_too_old",
            "default",
        ),
        (
            "from-the-future",
            "",
            code.clone(),
            NOW - 31,
            "presentation_from_future",
            "default",
        ),
        (
            "from-the-far-future",
            "",
            made_at(253_402_300_799),
            NOW,
            "presentation_from_future",
            "default",
        ),
        (
            "made-before-the-credential",
            "",
            early,
            start,
            "presentation_outside_credential",
            "default",
        ),
        (
            "made-after-the-credential",
            "A second after its end, within the skew.",
            at_the_end,
            end - 1,
            "presentation_outside_credential",
            "default",
        ),
    ]
    .into_iter()
    .map(|(name, about, code, at, reason, trust)| {
        CodeVector::new(name, about, code.text())
            .at(at)
            .trusting(trust)
            .refused_knowing(reason, person(&code))
    })
    .collect()
}

fn at_the_checkpoint(context: &Context) -> Vec<CodeVector> {
    let code = context.code();
    let bound = code.with(|code| code.audience = Some("HZ-00042".to_owned()));
    let coloured = |flags, reason| {
        code.with(|code| {
            code.scope.flags = flags;
            code.scope.reason = reason;
        })
    };
    let (yellow, red, orange) = (coloured(1, 4), coloured(2, 5), coloured(0b100_0010, 10));
    let red_of_tomorrow = coloured(2, 99);
    let DeviceKey::P256(key) = &code.device else {
        panic!("a P-256 device");
    };
    let signed_again = text(&code.bytes_with(&sign_again(key, &code.signed_by_device())));
    let vector = |name, about, code: &Forgery| CodeVector::new(name, about, code.text());
    let listed = |age: i64, is_checked: bool| {
        person(&code)
            .but("statusAgeSecs", age)
            .but("statusChecked", is_checked)
    };
    vec![
        vector("other-place", "Relayed to another door.", &bound)
            .at_place("HZ-00043")
            .refused_knowing("wrong_audience", person(&bound)),
        vector(
            "no-place",
            "A checkpoint that is no place takes no place-bound code.",
            &bound,
        )
        .refused_knowing("wrong_audience", person(&bound)),
        vector("revoked", "", &code)
            .with_status("revoked")
            .refused_knowing("credential_revoked", listed(305, true)),
        vector(
            "revoked-in-an-old-list",
            "A revocation is never undone.",
            &code,
        )
        .with_status("revoked-older")
        .refused_knowing("credential_revoked", listed(86_405, false)),
        vector(
            "revoked-in-a-list-ahead",
            "A clock that went back undoes no revocation.",
            &code,
        )
        .with_status("revoked-ahead")
        .at(NOW - 1)
        .refused_knowing(
            "credential_revoked",
            listed(-31, false).but("presentationAgeSecs", -1),
        ),
        vector("revoked-since", "The delta on a clear base has it.", &code)
            .with_status("clear")
            .with_status("revoked-since")
            .refused_knowing("credential_revoked", listed(205, true)),
        vector(
            "revoked-before-a-clear-list",
            "A newer base takes nothing back.",
            &code,
        )
        .with_status("revoked-older")
        .with_status("clear")
        .refused_knowing("credential_revoked", listed(605, true)),
        vector("replayed", "The same text twice at one checkpoint.", &code)
            .after(&code.text(), NOW + 4)
            .refused_knowing("presentation_replayed", person(&code)),
        CodeVector::new(
            "replayed-signed-again",
            "Another signature over the same content.",
            signed_again,
        )
        .after(&code.text(), NOW + 4)
        .refused_knowing("presentation_replayed", person(&code)),
        vector(
            "replayed-yellow",
            "A refusal for the colour uses a code up.",
            &yellow,
        )
        .after(&yellow.text(), NOW + 4)
        .refused_knowing("presentation_replayed", person(&yellow)),
        vector("yellow", "", &yellow).refused_knowing("colour_not_admitted", person(&yellow)),
        vector("red", "", &red).refused_knowing("colour_not_admitted", person(&red)),
        vector(
            "red-for-a-reason-of-tomorrow",
            "The colour counts, whatever the reason.",
            &red_of_tomorrow,
        )
        .refused_knowing("colour_not_admitted", person(&red_of_tomorrow)),
        vector(
            "orange-counts-as-yellow-in-hubei",
            "By the rule of the checkpoint's province.",
            &orange,
        )
        .standing_in(WUHAN)
        .refused_knowing(
            "colour_not_admitted",
            person(&orange)
                .but("localColour", "yellow")
                .but("mappingRule", "HB-ORANGE"),
        ),
    ]
}

fn flip_last_bit(mut signature: Vec<u8>) -> Vec<u8> {
    // The lowest bit of the last byte of P-256's s, and bit 248 of Ed25519's: both stay within the order.
    signature[63] ^= 1;
    signature
}

/// The encoding of the neutral element.
fn identity_point() -> Vec<u8> {
    let mut point = vec![0; 32];
    point[0] = 1;
    point
}

/// `s + L`, little endian (RFC 8032, 5.1: L).
fn add_ed25519_order(mut signature: Vec<u8>) -> Vec<u8> {
    const ORDER: [u8; 32] = [
        0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde,
        0x14, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ];
    let mut carry = 0;
    for (byte, order) in signature[32..].iter_mut().zip(ORDER) {
        let sum = u16::from(*byte) + u16::from(order) + carry;
        *byte = sum.to_le_bytes()[0];
        carry = sum >> 8;
    }
    signature
}
