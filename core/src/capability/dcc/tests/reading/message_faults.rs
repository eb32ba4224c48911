//! What is wrong with a text or the signed message in it, by its name.

use super::*;

#[test]
fn every_text_that_is_none_has_its_name() {
    let good = sweden().issue(&dose(), ISSUED, EXPIRES);
    let bytes = sweden().sign(&sweden().header(), &[0xa0], &[0xa0]);
    let stream = packed(&bytes);
    let bomb = packed(&vec![0; 50 * 1024 * 1024]);
    assert!(bomb.len() < 64 * 1024);
    // Only as much of it as fits into a code: it still inflates beyond the cap.
    let bomb = text_of_packed(&bomb[..2_000]);
    let mut changed = stream.clone();
    *changed.last_mut().unwrap() ^= 1;
    for (what, text, error) in [
        ("empty", String::new(), E::NotACertificate),
        ("our own code", "JKM1:ABC".to_owned(), E::NotACertificate),
        (
            "version 2",
            good.replacen("HC1:", "HC2:", 1),
            E::NotACertificate,
        ),
        (
            "too long",
            format!("HC1:{}", "0".repeat(4_300)),
            E::TextTooLong,
        ),
        ("no base45", "HC1:abc".to_owned(), E::TextDamaged),
        ("one character over", "HC1:BB8A".to_owned(), E::TextDamaged),
        ("over 65,535", "HC1::::".to_owned(), E::TextDamaged),
        ("not packed", text_of_packed(&bytes), E::CompressionDamaged),
        (
            "cut off",
            text_of_packed(&stream[..stream.len() - 6]),
            E::CompressionDamaged,
        ),
        ("checksum", text_of_packed(&changed), E::CompressionDamaged),
        ("nothing in it", "HC1:".to_owned(), E::CompressionDamaged),
        (
            "left over",
            text_of_packed(&[&stream[..], &[0]].concat()),
            E::CompressionTrailing,
        ),
        ("a bomb", bomb, E::TooLarge),
    ] {
        assert_eq!(Certificate::read(&text).unwrap_err(), error, "{what}");
    }
}

#[test]
fn every_fault_of_the_message_has_its_name() {
    let issuer = sweden();
    let header = issuer.header();
    let claims = issuer.claims(&dose(), ISSUED, EXPIRES);
    let signature = issuer.signature(&header, &claims);
    let whole = message(&header, &[0xa0], &claims, &signature);
    let kid = [&[0x04, 0x48][..], &[7; 8]].concat();
    let protected = |map: &[u8]| issuer.sign(map, &[0xa0], &claims);
    let with_signature = |signature: &[u8]| message(&header, &[0xa0], &claims, signature);
    let r_and_s = p256::ecdsa::Signature::from_slice(&signature).unwrap();
    let mut long_array = whole.clone();
    long_array.splice(1..2, [0x85]);
    long_array.push(0xf6);
    let deep = [vec![0x81; 40], vec![0x00]].concat();
    let mut wide = vec![0x99, 0x04, 0x00];
    wide.extend([0; 1_024]);
    for (what, bytes, error) in [
        ("no CBOR", vec![0xfc], E::ValueUnknown),
        ("cut off", whole[..whole.len() - 1].to_vec(), E::CborDamaged),
        ("trailing", [&whole[..], &[0]].concat(), E::CborTrailing),
        (
            "indefinite array",
            [&[0xd2, 0x9f][..], &whole[2..], &[0xff]].concat(),
            E::LengthIndefinite,
        ),
        (
            "indefinite bytes",
            [&whole[..2], &[0x5f, 0x41, 0xa0, 0xff]].concat(),
            E::LengthIndefinite,
        ),
        (
            "indefinite map",
            [&whole[..2], &[0x40, 0xbf, 0xff]].concat(),
            E::LengthIndefinite,
        ),
        ("deep", deep, E::TooDeep),
        ("wide", wide, E::TooDeep),
        (
            "COSE_Mac0",
            [&[0xd1][..], &whole[1..]].concat(),
            E::TagWrong,
        ),
        (
            "CWT without COSE",
            [&[0xd8, 0x3d][..], &whole[1..]].concat(),
            E::TagWrong,
        ),
        ("tag twice", [&[0xd2][..], &whole].concat(), E::TagWrong),
        ("a map", vec![0xa0], E::NotSigned),
        (
            "three parts",
            [&[0xd2, 0x83][..], &[0x40, 0xa0, 0x40]].concat(),
            E::NotSigned,
        ),
        ("five parts", long_array, E::NotSigned),
        (
            "header no bytes",
            vec![0xd2, 0x84, 0xa0, 0xa0, 0x40, 0x40],
            E::NotSigned,
        ),
        (
            "header no map",
            message(&[0x01], &[0xa0], &claims, &signature),
            E::NotSigned,
        ),
        (
            "header trailing",
            protected(&[&header[..], &[0]].concat()),
            E::CborTrailing,
        ),
        (
            "header twice alg",
            protected(&[&[0xa3, 0x01, 0x26, 0x01, 0x26][..], &kid].concat()),
            E::KeyRepeated,
        ),
        (
            "critical",
            protected(&[&[0xa3, 0x01, 0x26, 0x02, 0x81, 0x03][..], &kid].concat()),
            E::HeaderCritical,
        ),
        (
            "no algorithm",
            protected(&[&[0xa1][..], &kid].concat()),
            E::AlgorithmMissing,
        ),
        (
            "ES384",
            protected(&[&[0xa2, 0x01, 0x38, 0x22][..], &kid].concat()),
            E::AlgorithmNotAllowed,
        ),
        (
            "HMAC",
            protected(&[&[0xa2, 0x01, 0x05][..], &kid].concat()),
            E::AlgorithmNotAllowed,
        ),
        (
            "algorithm by name",
            protected(&[&[0xa2, 0x01, 0x65][..], b"ES256", &kid].concat()),
            E::AlgorithmNotAllowed,
        ),
        ("no kid", protected(&[0xa1, 0x01, 0x26]), E::KidMissing),
        (
            "empty kid",
            protected(&[0xa2, 0x01, 0x26, 0x04, 0x40]),
            E::KidMissing,
        ),
        (
            "kid as text",
            protected(&[0xa2, 0x01, 0x26, 0x04, 0x61, b'k']),
            E::KidMissing,
        ),
        (
            "detached",
            message(&header, &[0xa0], &[], &signature),
            E::ContentMissing,
        ),
        (
            "null content",
            [&[0xd2, 0x84, 0x40, 0xa0, 0xf6, 0x40][..]].concat(),
            E::ContentMissing,
        ),
        (
            "short signature",
            with_signature(&signature[..63]),
            E::SignatureLength,
        ),
        (
            "long signature",
            with_signature(&[&signature[..], &[0]].concat()),
            E::SignatureLength,
        ),
        ("no signature", with_signature(&[]), E::SignatureLength),
        (
            "ASN.1",
            with_signature(r_and_s.to_der().as_bytes()),
            E::SignatureEncoded,
        ),
        ("zeros", with_signature(&[0; 64]), E::SignatureWrong),
    ] {
        assert_eq!(refusal(&text_of(&bytes)), error, "{what}");
    }
    let mut turned = signature.clone();
    turned.rotate_left(32);
    assert_eq!(
        refusal(&text_of(&with_signature(&turned))),
        E::SignatureWrong
    );
    // Another payload under the same signature; a short PS256 signature.
    let other = issuer.claims(&dose(), ISSUED, EXPIRES + 1);
    let moved = message(&header, &[0xa0], &other, &signature);
    assert_eq!(refusal(&text_of(&moved)), E::SignatureWrong);
    let rsa = DccIssuer::ps256("SE");
    let short = message(&rsa.header(), &[0xa0], &claims, &[1; 255]);
    assert_eq!(refusal(&text_of(&short)), E::SignatureLength);
}
