//! The reader: what is right is read, and each thing that is wrong has its own name.

use serde_json::{Value, json};

use super::super::DccError as E;
use super::super::{Certificate, DccError, DccKeys, DccKind};
use crate::testing::dcc_issuer::{
    DccIssuer, anna, cbor_of, message, negative_test, packed, recovery, text_of, text_of_packed,
    vaccination,
};

/// 2026-11-24T02:00:00Z, and when the certificates of these tests are from and end.
const NOW: i64 = 1_795_485_600;
const ISSUED: i64 = NOW - 1_000;
const EXPIRES: i64 = NOW + 1_000_000;

/// Made by another program (Python's cbor2 and cryptography) with the same issuer's key, good until 2100.
const OF_ANOTHER_PROGRAM: [&str; 7] = [
    "HC1:NCFOXN%TSMAHN-H+PGHC1/R8VRUNDCNE1 $C+VVX*25DOP-ID/M9LOQHIZC4TPIFRMLNKNM8POCEUG*%NH$R",
    "SC9-DFI1MAKJ40PAOV KP8EF4B3DD8A7SRNOJ/F9NTLEB2GFREH.3O.Z8%IH9NTLW4S0I/:FJ-6C:H02KHJP7NVD",
    "EBK3JE+4SY05QNC-8W$C2VLTK96L6SR9MU9DV5 R13PI%F1PN1/T1%%HN9G2 UK*R3T3+7A.N88J4R$F/MAITH-+",
    "R2YBV44PZB6H0CJ0%H0%P8C K1U70%KLR2C KPLIUM42CGSHG43MRB8-JEKDQVD9H:OE1E4E7AA349J-S22BT57T",
    "QWCR4D:1JC4TZW4:.A63HNNVR*G0C7PHBO33RW05LBPOF5TTLR97C0XK2C1AK.12BVZBURDSU01G$0CWR+K275G:",
    "SUT-NSRG-0QDAWZ7OA-DR/F.S7-$A2MBF9LU+DB/2HHPH H1UL*0BQCNUNSCNOQVI0UU/47U+OP4WV ESONICF/O",
    "P650FMGF1",
];

fn sweden() -> DccIssuer {
    DccIssuer::es256("SE", 7)
}

fn list(keys: &[Value]) -> DccKeys {
    let list = json!({"id": "eu", "version": 1, "keys": keys});
    DccKeys::read_strictly(list.to_string().as_bytes()).expect("keys")
}

fn dose() -> Value {
    vaccination(&anna(), "1974-08-12", (2, 2), "2026-11-01")
}

/// What reading and verifying give against a list with these keys.
fn judged(text: &str, keys: &[Value]) -> Result<DccKind, DccError> {
    let certificate = Certificate::read(text)?;
    certificate.verify(&[list(keys)], NOW)?;
    Ok(certificate.kind)
}

fn refusal(text: &str) -> DccError {
    judged(text, &[sweden().entry(&[])]).expect_err("a refusal")
}

/// The dose with one member changed.
fn with(path: &str, value: Value) -> String {
    let mut content = dose();
    *content.pointer_mut(path).expect("a member") = value;
    sweden().issue(&content, ISSUED, EXPIRES)
}

#[test]
fn three_kinds_of_both_algorithms_are_read_and_verified() {
    for issuer in [sweden(), DccIssuer::ps256("SE")] {
        for (content, kind, day) in [
            (dose(), DccKind::Vaccination, "2026-11-01"),
            (
                negative_test(&anna(), "1974-08", "2026-11-23T23:30:00+02:00"),
                DccKind::Test,
                "2026-11-23",
            ),
            (
                recovery(&anna(), "", "2026-09-01", "2027-02-28"),
                DccKind::Recovery,
                "2026-09-01",
            ),
        ] {
            let text = issuer.issue(&content, ISSUED, EXPIRES);
            let certificate = Certificate::read(&format!(" {text}\n")).unwrap();
            assert_eq!((certificate.kind, certificate.day.as_str()), (kind, day));
            assert_eq!(certificate.payload, content);
            assert_eq!(certificate.person.standard_given_names, "ANNA<MARIA");
            assert_eq!(judged(&text, &[issuer.entry(&[kind.id()])]), Ok(kind));
        }
    }
}

#[test]
fn what_another_program_signed_is_read_and_verified() {
    let certificate = Certificate::read(&OF_ANOTHER_PROGRAM.concat()).unwrap();
    assert_eq!(certificate.uvci, "URN:UVCI:01:SE:EHM/100000024GI5HMGZKSMS");
    assert_eq!(certificate.entry_text("is"), "Folkhälsomyndigheten");
    assert!(
        certificate
            .verify(&[list(&[sweden().entry(&[])])], NOW)
            .is_ok()
    );
}

#[test]
fn forms_that_real_issuers_use_are_read() {
    let issuer = sweden();
    let claims = issuer.claims(&dose(), ISSUED, EXPIRES);
    // The key's id, and even the algorithm, in the other header; another id there does not count.
    let kid = [&[0xa1, 0x04, 0x48][..], &[7; 8]].concat();
    let other_kid = [&[0xa1, 0x04, 0x48][..], &[9; 8]].concat();
    let both = [&[0xa2, 0x01, 0x26, 0x04, 0x48][..], &[7; 8]].concat();
    let tagged = issuer.sign(&issuer.header(), &[0xa0], &claims);
    // Times with a fraction, an empty group, members of a later version.
    let fraction = [&[0xfb][..], &1_795_485_000.5_f64.to_be_bytes()].concat();
    let floats = [
        &[0xa4, 0x01, 0x62, b'S', b'E', 0x06][..],
        &fraction,
        &[0x04, 0x1a],
        &u32::try_from(EXPIRES).unwrap().to_be_bytes(),
        &[0x39, 0x01, 0x03, 0xa1, 0x01],
        &cbor_of(&dose()),
    ]
    .concat();
    let mut newer = dose();
    newer["t"] = json!([]);
    newer["r"] = json!(null);
    newer["meta"] = json!({"of": "tomorrow"});
    newer["v"][0]["batch"] = json!(7);
    newer["ver"] = json!("1.4.0");
    // A tag of a date before a text, as Hungary has it.
    let sampled = "2026-11-23T10:00:00Z";
    let mut test = cbor_of(&negative_test(&anna(), "1974", sampled));
    let place = test.windows(20).rposition(|it| it == sampled.as_bytes());
    test.insert(place.unwrap() - 1, 0xc0);
    let header = [
        &[0xa4, 0x01, 0x62, b'S', b'E', 0x04, 0x1a][..],
        &u32::try_from(EXPIRES).unwrap().to_be_bytes(),
        &[0x06, 0x1a],
        &u32::try_from(ISSUED).unwrap().to_be_bytes(),
        &[0x39, 0x01, 0x03, 0xa1, 0x01],
    ]
    .concat();
    let tagged_date = [header, test].concat();
    let mut zeros = dose();
    zeros["dob"] = json!("1974-00-00");
    let plain = |payload: &[u8]| issuer.sign(&issuer.header(), &[0xa0], payload);
    for (what, bytes) in [
        (
            "kid unprotected",
            issuer.sign(&[0xa1, 0x01, 0x26], &kid, &claims),
        ),
        (
            "kid twice",
            issuer.sign(&issuer.header(), &other_kid, &claims),
        ),
        ("nothing protected", issuer.sign(&[], &both, &claims)),
        ("no tag", tagged[1..].to_vec()),
        ("CWT tag", [&[0xd8, 0x3d][..], &tagged].concat()),
        ("fractions", plain(&floats)),
        ("tomorrow", plain(&issuer.claims(&newer, ISSUED, EXPIRES))),
        ("tagged date", plain(&tagged_date)),
        ("zeros", plain(&issuer.claims(&zeros, ISSUED, EXPIRES))),
    ] {
        let read = judged(&text_of(&bytes), &[issuer.entry(&[])]);
        assert!(read.is_ok(), "{what}: {read:?}");
    }
}

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

#[test]
fn every_fault_of_claims_and_content_has_its_name() {
    let issuer = sweden();
    let payload = |bytes: &[u8]| text_of(&issuer.sign(&issuer.header(), &[0xa0], bytes));
    let claims = issuer.claims(&dose(), ISSUED, EXPIRES);
    let mut two_times = claims.clone();
    two_times[0] = 0xa5;
    two_times.extend([0x04, 0x01]);
    let mut two_kinds = dose();
    two_kinds["t"] = negative_test(&anna(), "", "2026-11-23T10:00:00Z")["t"].clone();
    let mut two_doses = dose();
    let again = two_doses["v"][0].clone();
    two_doses["v"] = json!([again.clone(), again]);
    let without = |group: &str, member: &str| {
        let mut content = dose();
        let place = if group.is_empty() {
            &mut content
        } else {
            content.pointer_mut(group).unwrap()
        };
        place.as_object_mut().unwrap().remove(member);
        issuer.issue(&content, ISSUED, EXPIRES)
    };
    let of = |content: &Value| issuer.issue(content, ISSUED, EXPIRES);
    let mut float = dose();
    float["v"][0]["dn"] = json!("2");
    let test = |at: &str| of(&negative_test(&anna(), "1974", at));
    for (what, text, error) in [
        ("claims no map", payload(&[0x01]), E::ClaimsMalformed),
        (
            "claims trailing",
            payload(&[&claims[..], &[0]].concat()),
            E::CborTrailing,
        ),
        ("a claim twice", payload(&two_times), E::KeyRepeated),
        ("no claims", payload(&[0xa0]), E::IssuerInvalid),
        (
            "issuer in words",
            DccIssuer::es256("Sweden", 7).issue(&dose(), ISSUED, EXPIRES),
            E::IssuerInvalid,
        ),
        (
            "issued before 1970",
            issuer.issue(&dose(), -1, EXPIRES),
            E::TimeInvalid,
        ),
        (
            "ends after 9999",
            issuer.issue(&dose(), ISSUED, i64::MAX),
            E::TimeInvalid,
        ),
        (
            "ends first",
            issuer.issue(&dose(), ISSUED, ISSUED),
            E::TimesContradict,
        ),
        ("expired", issuer.issue(&dose(), ISSUED, NOW), E::Expired),
        (
            "issued tomorrow",
            issuer.issue(&dose(), NOW + 86_400, EXPIRES),
            E::IssuedInFuture,
        ),
        (
            "no certificate",
            payload(&[&[0xa3][..], &claims[1..17]].concat()),
            E::CertificateMissing,
        ),
        ("certificate in bytes", of(&json!(7)), E::CertificateMissing),
        ("schema 2", with("/ver", json!("2.0.0")), E::VersionUnknown),
        ("no schema", without("", "ver"), E::FieldMissing),
        ("no kind", without("", "v"), E::KindMissing),
        ("empty kind", with("/v", json!([])), E::KindMissing),
        ("kind no list", with("/v", json!({})), E::FieldInvalid),
        ("two kinds", of(&two_kinds), E::SeveralEntries),
        ("two doses", of(&two_doses), E::SeveralEntries),
        ("no name", without("", "nam"), E::NameInvalid),
        (
            "no standard name",
            with("/nam", json!({"fn": "Eriksson"})),
            E::NameInvalid,
        ),
        (
            "small letters",
            with("/nam/fnt", json!("Eriksson")),
            E::NameInvalid,
        ),
        (
            "long name",
            with("/nam/fn", json!("E".repeat(81))),
            E::NameInvalid,
        ),
        ("no birth date", without("", "dob"), E::BirthDateInvalid),
        (
            "birth with a time",
            with("/dob", json!("1974-08-12T00:00:00")),
            E::BirthDateInvalid,
        ),
        (
            "month 13",
            with("/dob", json!("1974-13")),
            E::BirthDateInvalid,
        ),
        (
            "born tomorrow",
            with("/dob", json!("2026-11-27")),
            E::BirthDateInvalid,
        ),
        (
            "another disease",
            with("/v/0/tg", json!("6142004")),
            E::DiseaseOther,
        ),
        ("no product", without("/v/0", "mp"), E::FieldMissing),
        ("empty product", with("/v/0/mp", json!("")), E::FieldInvalid),
        (
            "control character",
            with("/v/0/is", json!("a\u{7}")),
            E::FieldInvalid,
        ),
        ("dose 0", with("/v/0/dn", json!(0)), E::FieldInvalid),
        ("dose in words", of(&float), E::FieldInvalid),
        ("no doses", without("/v/0", "sd"), E::FieldMissing),
        (
            "country of three",
            with("/v/0/co", json!("SWE")),
            E::FieldInvalid,
        ),
        ("no identifier", without("/v/0", "ci"), E::FieldMissing),
        (
            "day with a time",
            with("/v/0/dt", json!("2026-11-01T00:00:00Z")),
            E::DateInvalid,
        ),
        (
            "no such day",
            with("/v/0/dt", json!("2026-02-30")),
            E::DateInvalid,
        ),
        (
            "time without zone",
            test("2026-11-23T10:00:00"),
            E::DateInvalid,
        ),
        (
            "time with a blank",
            test("2026-11-23 10:00:00Z"),
            E::DateInvalid,
        ),
        (
            "ends before it begins",
            of(&recovery(&anna(), "", "2026-09-01", "2026-08-01")),
            E::DateInvalid,
        ),
    ] {
        assert_eq!(refusal(&text), error, "{what}");
    }
}

#[test]
fn every_fault_of_the_key_has_its_name() {
    let text = sweden().issue(&dose(), ISSUED, EXPIRES);
    let good = sweden().entry(&[]);
    let but = |member: &str, value: Value| {
        let mut entry = good.clone();
        entry[member] = value;
        entry
    };
    let kid = good["kid"].clone();
    let mut of_another = DccIssuer::es256("SE", 8).entry(&[]);
    of_another["kid"] = kid.clone();
    let mut rsa = DccIssuer::ps256("SE").entry(&[]);
    rsa["kid"] = kid;
    for (what, keys, error) in [
        ("none", vec![], E::KeyUnknown),
        (
            "another id",
            vec![DccIssuer::es256("SE", 9).entry(&[])],
            E::KeyUnknown,
        ),
        (
            "another country",
            vec![but("country", json!("DE"))],
            E::KeyOfAnotherCountry,
        ),
        (
            "another algorithm",
            vec![rsa.clone()],
            E::KeyOfAnotherAlgorithm,
        ),
        ("another key", vec![of_another.clone()], E::SignatureWrong),
        (
            "over before",
            vec![but("notAfter", json!(ISSUED - 1))],
            E::KeyNotValid,
        ),
        (
            "begins after",
            vec![but("notBefore", json!(ISSUED + 1))],
            E::KeyNotValid,
        ),
        (
            "over since",
            vec![but("notAfter", json!(NOW - 1))],
            E::KeyNotValid,
        ),
        (
            "for tests alone",
            vec![sweden().entry(&["test", "recovery"])],
            E::KeyNotForKind,
        ),
    ] {
        assert_eq!(judged(&text, &keys).unwrap_err(), error, "{what}");
    }
    let certificate = Certificate::read(&text).unwrap();
    assert_eq!(certificate.verify::<DccKeys>(&[], NOW), Err(E::NoTrustList));
    // Two keys with one id: the one that fits counts, wherever it stands; of several lists all keys.
    for keys in [[of_another.clone(), good.clone()], [good.clone(), rsa]] {
        assert_eq!(judged(&text, &keys), Ok(DccKind::Vaccination));
    }
    let lists = [list(&[of_another]), list(&[good])];
    assert!(certificate.verify(&lists, NOW).is_ok());
}
