//! The reader: what is right is read, and each thing that is wrong has its own name.

mod content_faults;
mod message_faults;

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
