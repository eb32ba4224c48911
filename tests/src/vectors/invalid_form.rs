//! Codes that are refused for their form: text, base45, CBOR. Where they can, all signatures are right.

use super::CodeVector;
use super::context::Context;
use crate::forge::{Forgery, cbor, sign1, text};

pub(super) fn vectors(context: &Context) -> Vec<CodeVector> {
    [texts(context), outer_forms(context), inner_forms(context)].concat()
}

fn texts(context: &Context) -> Vec<CodeVector> {
    let good = context.code().text();
    let body = &good[5..];
    let changed = |place: usize, character: &str| {
        format!("{}{character}{}", &good[..place], &good[place + 1..])
    };
    // Of an odd number of bytes: the last one stands alone.
    let odd = context.ed25519_code().text();
    let odd_ending = |end: &str| format!("{}{end}", &odd[..odd.len() - end.len()]);
    [
        (
            "too-long",
            "513 characters.",
            format!("{good}{}", "0".repeat(513 - good.len())),
            "code_too_long",
        ),
        (
            "too-long-and-foreign",
            "The length comes first.",
            "Z".repeat(2_000),
            "code_too_long",
        ),
        ("empty", "", String::new(), "not_a_health_code"),
        (
            "foreign",
            "Another kind of certificate.",
            format!("HC1:{body}"),
            "not_a_health_code",
        ),
        (
            "lower-case-prefix",
            "",
            format!("jkm1:{body}"),
            "not_a_health_code",
        ),
        (
            "other-version",
            "",
            format!("JKM2:{body}"),
            "not_a_health_code",
        ),
        ("space-before", "", format!(" {good}"), "not_a_health_code"),
        (
            "scanner-identifier-twice",
            "",
            format!("]Q1]Q1{good}"),
            "not_a_health_code",
        ),
        (
            "scanner-identifier-unknown",
            "No kind of QR code.",
            format!("]Q7{good}"),
            "not_a_health_code",
        ),
        (
            "line-end-within",
            "Taken off at the ends alone.",
            changed(40, "\n"),
            "code_base45_invalid",
        ),
        (
            "lower-case-character",
            "",
            changed(40, "a"),
            "code_base45_invalid",
        ),
        (
            "character-outside",
            "",
            changed(40, "#"),
            "code_base45_invalid",
        ),
        (
            "character-beyond-ascii",
            "",
            changed(40, "é"),
            "code_base45_invalid",
        ),
        (
            "one-character-short",
            "No length of base45.",
            good[..good.len() - 1].replace("JKM1:", "JKM1:00"),
            "code_base45_invalid",
        ),
        (
            "triple-too-large",
            "65,536 in three characters.",
            format!("JKM1:GGW{}", &body[3..]),
            "code_base45_invalid",
        ),
        (
            "last-pair-too-large",
            "256 in two characters, which wraps around in careless decoders.",
            odd_ending("V5"),
            "code_base45_invalid",
        ),
        (
            "no-bytes",
            "Nothing after the prefix.",
            "JKM1:".to_owned(),
            "code_not_canonical",
        ),
    ]
    .into_iter()
    .map(|(name, about, text, reason)| CodeVector::new(name, about, text).refused(reason))
    .collect()
}

/// The COSE_Sign1 around everything: its form is not signed, so any change must be refused for the form.
fn outer_forms(context: &Context) -> Vec<CodeVector> {
    let code = context.code();
    let good = code.bytes();
    let (header, claims) = (code.presentation_header(), code.presentation_claims());
    let signature = &good[good.len() - 64..];
    let in_front = |bytes: &[u8]| [bytes, &good].concat();
    let unprotected = cbor(|e| {
        e.array(4)?.bytes(&header)?.map(1)?.u8(4)?.bytes(&[0])?;
        e.bytes(&claims)?.bytes(signature)?.ok()
    });
    let chunked = cbor(|e| {
        e.array(4)?.bytes(&header)?.map(0)?.bytes(&claims)?;
        e.begin_bytes()?
            .bytes(&signature[..32])?
            .bytes(&signature[32..])?
            .end()?
            .ok()
    });
    let four_and_null = cbor(|e| {
        e.array(5)?
            .bytes(&header)?
            .map(0)?
            .bytes(&claims)?
            .bytes(signature)?
            .null()?
            .ok()
    });
    let no_payload = cbor(|e| {
        e.array(4)?
            .bytes(&header)?
            .map(0)?
            .null()?
            .bytes(signature)?
            .ok()
    });
    [
        ("trailing-byte", "", [&good[..], &[0]].concat()),
        (
            "cut",
            "The last byte is missing.",
            good[..good.len() - 1].to_vec(),
        ),
        ("tagged", "Tag 18 before the COSE_Sign1.", in_front(&[0xd2])),
        (
            "longer-head",
            "The array's length in a byte of its own.",
            [&[0x98, 4], &good[1..]].concat(),
        ),
        (
            "indefinite-array",
            "",
            [&[0x9f], &good[1..], &[0xff]].concat(),
        ),
        ("indefinite-signature", "", chunked),
        ("five-elements", "", four_and_null),
        ("detached-payload", "", no_payload),
        ("unprotected-header", "", unprotected),
        (
            "short-signature",
            "63 bytes.",
            sign1(&header, &claims, &signature[..63]),
        ),
        ("nested", "Arrays in arrays.", vec![0x81; 300]),
        (
            "endless",
            "An array of 2^64 - 1 elements.",
            vec![0x9b, 255, 255, 255, 255, 255, 255, 255, 255],
        ),
        ("not-cbor", "A reserved head.", vec![0x1c; 200]),
    ]
    .into_iter()
    .map(|(name, about, bytes)| {
        CodeVector::new(name, about, text(&bytes)).refused("code_not_canonical")
    })
    .collect()
}

/// Headers and claims in other forms, signed as they are.
fn inner_forms(context: &Context) -> Vec<CodeVector> {
    let code = context.code();
    let (key_id, device_key, scope) = (
        code.key_id.clone(),
        code.device_key.clone(),
        code.scope.bytes(),
    );
    let (exp, iat) = (code.expires_at, code.issued_at);
    let header = |bytes: Vec<u8>| code.with(|code| code.raw.credential_header = Some(bytes));
    let claims = |bytes: Vec<u8>| code.with(|code| code.raw.credential_claims = Some(bytes));
    let presented = |bytes: Vec<u8>| code.with(|code| code.raw.presentation_claims = Some(bytes));
    let wrapped =
        |make: fn(&[u8]) -> Vec<u8>| code.with(|code| code.raw.presentation_header = Some(make));
    let exp_in_nine = [
        &[0xa3, 4, 0x1b][..],
        &exp.to_be_bytes(),
        &code.credential_claims()[7..],
    ]
    .concat();
    vec![
        (
            "credential-header-unsorted",
            "",
            header(cbor(|e| {
                e.map(2)?.u8(4)?.bytes(&key_id)?.u8(1)?.i8(-19)?.ok()
            })),
        ),
        (
            "credential-header-empty",
            "",
            header(cbor(|e| e.map(0)?.ok())),
        ),
        ("credential-header-zero-length", "", header(Vec::new())),
        (
            "credential-key-id-of-eight-bytes",
            "",
            code.with(|code| code.key_id = vec![0; 8]),
        ),
        (
            "credential-crit",
            "A critical header that no one knows.",
            header(cbor(|e| {
                e.map(3)?
                    .u8(1)?
                    .i8(-19)?
                    .u8(2)?
                    .array(1)?
                    .u8(4)?
                    .u8(4)?
                    .bytes(&key_id)?
                    .ok()
            })),
        ),
        (
            "credential-algorithm-text",
            "",
            header(cbor(|e| {
                e.map(2)?.u8(1)?.str("Ed25519")?.u8(4)?.bytes(&key_id)?.ok()
            })),
        ),
        ("credential-exp-longer-head", "", claims(exp_in_nine)),
        (
            "credential-exp-float",
            "",
            claims(cbor(|e| {
                e.map(3)?
                    .u8(4)?
                    .f64(1.5)?
                    .u8(8)?
                    .map(1)?
                    .u8(3)?
                    .bytes(&device_key)?;
                e.u8(9)?.bytes(&scope)?.ok()
            })),
        ),
        (
            "credential-exp-negative",
            "",
            claims(cbor(|e| {
                e.map(3)?
                    .u8(4)?
                    .i8(-1)?
                    .u8(8)?
                    .map(1)?
                    .u8(3)?
                    .bytes(&device_key)?;
                e.u8(9)?.bytes(&scope)?.ok()
            })),
        ),
        (
            "credential-claim-twice",
            "",
            claims(cbor(|e| {
                e.map(4)?.u8(4)?.u64(exp)?.u8(4)?.u64(exp)?;
                e.u8(8)?
                    .map(1)?
                    .u8(3)?
                    .bytes(&device_key)?
                    .u8(9)?
                    .bytes(&scope)?
                    .ok()
            })),
        ),
        (
            "credential-claim-more",
            "A claim that is not of this protocol.",
            claims(cbor(|e| {
                e.map(4)?
                    .u8(4)?
                    .u64(exp)?
                    .u8(8)?
                    .map(1)?
                    .u8(3)?
                    .bytes(&device_key)?;
                e.u8(9)?.bytes(&scope)?.u8(10)?.u8(0)?.ok()
            })),
        ),
        (
            "credential-claims-unsorted",
            "",
            claims(cbor(|e| {
                e.map(3)?.u8(8)?.map(1)?.u8(3)?.bytes(&device_key)?;
                e.u8(4)?.u64(exp)?.u8(9)?.bytes(&scope)?.ok()
            })),
        ),
        (
            "credential-claims-trailing",
            "",
            claims([&code.credential_claims()[..], &[0]].concat()),
        ),
        (
            "credential-as-byte-string",
            "",
            wrapped(|credential| {
                cbor(|e| e.map(2)?.u8(1)?.i8(-9)?.u8(13)?.bytes(credential)?.ok())
            }),
        ),
        (
            "presentation-header-more",
            "typ is not carried.",
            wrapped(|credential| {
                let start = cbor(|e| e.map(3)?.u8(1)?.i8(-9)?.u8(13)?.ok());
                let end = cbor(|e| e.u8(16)?.u16(294)?.ok());
                [&start[..], credential, &end].concat()
            }),
        ),
        (
            "presentation-credential-twice",
            "",
            wrapped(|credential| {
                let start = cbor(|e| e.map(3)?.u8(1)?.i8(-9)?.u8(13)?.ok());
                [&start[..], credential, &[13, 0]].concat()
            }),
        ),
        (
            "presentation-credential-tagged",
            "",
            wrapped(|credential| {
                let start = cbor(|e| e.map(2)?.u8(1)?.i8(-9)?.u8(13)?.ok());
                [&start[..], &[0xd2], credential].concat()
            }),
        ),
        (
            "presentation-empty",
            "No iat.",
            presented(cbor(|e| e.map(0)?.ok())),
        ),
        (
            "presentation-iat-twice",
            "",
            presented(cbor(|e| e.map(2)?.u8(6)?.u64(iat)?.u8(6)?.u64(iat)?.ok())),
        ),
        (
            "presentation-unsorted",
            "cnonce before iat.",
            presented(cbor(|e| {
                e.map(2)?.u8(39)?.bytes(&[0; 8])?.u8(6)?.u64(iat)?.ok()
            })),
        ),
        (
            "presentation-claim-more",
            "",
            presented(cbor(|e| {
                e.map(2)?.u8(6)?.u64(iat)?.u8(7)?.bytes(&[0; 8])?.ok()
            })),
        ),
        (
            "presentation-audience-bytes",
            "",
            presented(cbor(|e| {
                e.map(2)?.u8(3)?.bytes(b"A")?.u8(6)?.u64(iat)?.ok()
            })),
        ),
        (
            "presentation-audience-not-utf8",
            "",
            presented(
                [
                    &[0xa2, 3, 0x62, 0xff, 0xff][..],
                    &code.presentation_claims()[1..],
                ]
                .concat(),
            ),
        ),
    ]
    .into_iter()
    .map(|(name, about, code): (_, _, Forgery)| {
        CodeVector::new(name, about, code.text()).refused("code_not_canonical")
    })
    .collect()
}
