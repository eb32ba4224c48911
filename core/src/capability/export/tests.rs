//! Stored bytes as JSON.

use serde_json::json;

use super::holdings::PAGE;
use super::{EXPORT_FORMAT, EXPORT_VERSION, Export, readable};
use crate::record_table::record_kinds;
use crate::store::{RawPlace, SubjectId};

#[test]
fn cbor_is_told_by_the_names_of_its_fields() {
    let body = br#"{"temperature": 36.5}"#;
    let upload = minicbor::to_vec((
        2_u8,
        -5_i64,
        minicbor::bytes::ByteVec::from(body.to_vec()),
        "x",
    ));
    let told = readable::cbor(&upload.unwrap(), &["kind", "queuedAtMs", "body"]);
    let expected = json!({"kind": 2, "queuedAtMs": -5, "body": {"temperature": 36.5}, "3": "x"});
    assert_eq!(told, expected);
    let lists = minicbor::to_vec(((1_u8, true), Option::<u8>::None)).unwrap();
    assert_eq!(readable::cbor(&lists, &[]), json!([[1, true], null]));
}

#[test]
fn what_cannot_be_read_stands_there_as_it_is() {
    for odd in [
        &b"\x9f\xff"[..],
        b"\x82\x01",
        b"",
        b"\xf9\x3c\x00",
        b"\x01\x01",
        b"\xa1\x80\x01",
    ] {
        let text = crate::encoding::base64::encode_url(odd);
        assert_eq!(readable::cbor(odd, &[]), json!(text), "{odd:02x?}");
        assert_eq!(readable::bytes(odd), json!(text), "{odd:02x?}");
    }
    // As deep as any: told as bytes, not at the price of the stack.
    let deep = vec![0x81_u8; 100_000];
    assert!(readable::cbor(&deep, &[]).is_string());
}

#[test]
fn a_signed_thing_is_told_with_its_content() {
    // COSE_Sign1 of an empty header and a JSON payload.
    let signed = b"\x84\x40\xa0\x47{\"a\":1}\x40";
    let told = readable::bytes(signed);
    assert_eq!(told["content"], json!({"a": 1}));
    assert_eq!(
        told["signed"],
        json!(crate::encoding::base64::encode_url(signed))
    );
}

/// By number alone nobody could read what is kept of them.
#[test]
fn every_kind_in_cbor_has_names_for_its_fields() {
    for row in record_kinds().iter().filter(|row| row.codec == "cbor") {
        assert!(!row.fields.is_empty(), "{} has no names", row.name);
    }
}

/// A kind that comes to be is in the export without being asked for, or here with the reason why it is not.
#[test]
fn every_kind_of_the_store_is_in_the_export_by_its_name_or_left_out_for_a_reason() {
    let not_in_it = [
        ("device seed", "private_key"),
        (
            "page of the authority's data",
            "in the member `authority`, whole",
        ),
    ];
    let kinds = record_kinds();
    let places: Vec<_> = kinds
        .iter()
        .map(|row| RawPlace {
            kind: row.number,
            subject: row.is_of_subject.then_some(SubjectId::OWNER),
            key: String::new(),
        })
        .collect();
    let mut export = Export {
        format: EXPORT_FORMAT,
        version: EXPORT_VERSION,
        made_at: 0,
        made_by: "",
        subjects: Vec::new(),
        phone: Vec::new(),
        authority: None,
        left_out: Vec::new(),
    };
    export.take_all(places.iter().map(|place| (place, &b"x"[..])));
    let of_subjects = export.subjects.iter().flat_map(|it| &it.records);
    let named: Vec<_> = of_subjects
        .chain(&export.phone)
        .filter_map(|it| it.name)
        .collect();
    let left_out: Vec<_> = export.left_out.iter().map(|it| (it.name, it.why)).collect();
    for row in &kinds {
        let reason = not_in_it.iter().find(|(name, _)| *name == row.name);
        match reason {
            None => assert!(named.contains(&row.name), "{} is nowhere", row.name),
            Some((name, why)) => {
                assert!(!named.contains(name), "{name}");
                let is_said = left_out.contains(&(name, why));
                assert!(is_said || *name == PAGE.row().name, "{name}");
            }
        }
    }
    assert_eq!(left_out.len(), 1, "{left_out:?}");
}
