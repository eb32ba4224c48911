//! What two doors that pool what they scanned have in common of one citizen: two codes of one phone, byte by byte; of two
//! credentials that came half a day apart, and of two people on one phone. Of two showings out of one batch: `batch.rs`.

use std::collections::BTreeSet;
use std::sync::Arc;

use health_code_core::code::read_code;
use health_code_core::sync::SyncResult;
use health_code_core::testing::clock::FixedClock;
use health_code_core::testing::device_key::SoftwareP256;
use health_code_tests::code_fields::{BY_CHANCE, fields, longest_run};
use health_code_tests::phone::{Phone, child};
use health_code_tests::town::Town;
use serde_json::json;

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

/// Two people's codes on one phone, shown together at one door: a mother's and a child's, or two children's.
#[test]
fn two_codes_of_one_phone_do_not_tell_that_they_are_one_phones() {
    let town = Town::with(|config| config.care_by = "self_declared".to_owned());
    let phone = Phone::new(&town, "phone");
    phone.turn_green(&town);
    let names = [("赵小红", "N330106201"), ("钱大海", "N330107302")];
    let children = names.map(|(name, number)| {
        let request = child(name, number);
        let child = phone.health_code.add_dependant(&request).expect("queued");
        let well = phone.health_code.for_subject(&child).expect("there");
        let declaration = well.draft(&well.declaration_form().expect("a form"));
        let mut declaration = declaration.expect("a draft");
        declaration.extend(
            json!({
                "temperature": 36.5, "symptoms": ["none"], "underlyingIllness": ["none"],
                "highRiskStay": false, "contact": false, "travelled": false, "truthful": true,
            })
            .as_object()
            .expect("an object")
            .clone(),
        );
        well.submit_declaration(&declaration).expect("queued");
        child
    });
    assert_eq!(phone.sync().result, SyncResult::Synced);
    let codes = phone.health_code.group_codes(&[]).expect("codes");
    assert_eq!(codes.len(), 1 + children.len());
    let codes: Vec<_> = codes
        .iter()
        .map(|one| fields(&one.code.as_ref().expect("a code").text))
        .collect();
    for (at, one) in codes.iter().enumerate() {
        for other in &codes[at + 1..] {
            for (name, bytes) in one {
                // The instant is the door's as much as the phone's.
                if *bytes == other[name] && *name != "made at" {
                    assert!(SAME.contains(name), "{name} is the same in both");
                }
            }
            let told = || one.iter().filter(|(name, _)| !SAME.contains(name));
            for (name, bytes) in told().filter(|(name, _)| **name != "made at") {
                for (of, others) in other {
                    let shared = longest_run(bytes, others);
                    assert!(shared <= BY_CHANCE, "{name} and {of} share {shared} bytes");
                }
            }
        }
    }
    // What they have alike is what everybody has who got a code in that quarter of an hour from this authority.
    let stranger = Phone::new(&town, "stranger");
    stranger.register_as("077");
    stranger.declare_well();
    assert_eq!(stranger.sync().result, SyncResult::Synced);
    let theirs = fields(&stranger.health_code.current_code().expect("a code").text);
    for name in ["algorithms", "issuer", "reason", "rule set version"] {
        assert!(
            codes.iter().all(|code| code[name] == theirs[name]),
            "{name}"
        );
    }
    // Not by the key from which they come either: none is derived from another's by what is seen.
    let keys: BTreeSet<_> = codes.iter().map(|code| code["key"].clone()).collect();
    assert_eq!(keys.len(), codes.len());
}
