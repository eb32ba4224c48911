//! Two showings of one phone out of one batch of credentials: what doors that pool what they scanned have in common of them, and
//! what ends them all.

use std::collections::BTreeSet;

use health_code_core::code::read_code;
use health_code_core::colour::{Colour, Reason};
use health_code_core::sync::SyncResult;
use health_code_core::trust::{StatusList, StatusPlace};
use health_code_core::words::Language;
use health_code_tests::code_fields::{BY_CHANCE, Fields, fields, longest_run};
use health_code_tests::phone::{Phone, child, resident_id};
use health_code_tests::town::Town;
use serde_json::json;

/// Codes of so many showings, three minutes apart, each with what a door reads.
fn showings(town: &Town, phone: &Phone, count: usize) -> Vec<(String, Fields)> {
    let show = |_| {
        town.clock.advance_ms(180_000);
        phone.clock.advance_ms(180_000);
        let text = phone.health_code.current_code().expect("a code").text;
        let read = fields(&text);
        (text, read)
    };
    (0..count).map(show).collect()
}

/// The names of fields that are the same in both, but for the algorithms, issuer and flags that a whole city has alike.
fn linked_by(one: &Fields, other: &Fields) -> BTreeSet<&'static str> {
    const OF_THE_CITY: [&str; 5] = [
        "algorithms",
        "issuer",
        "flags",
        "reason",
        "rule set version",
    ];
    let same = one.iter().filter(|(name, value)| other[*name] == **value);
    let same = same.map(|(name, _)| *name);
    same.filter(|name| !OF_THE_CITY.contains(name)).collect()
}

fn batch_town(person: &str, min_hours: u8) -> Town {
    Town::with(|config| {
        config.credential_min_hours = min_hours;
        config.credential_batch = 8;
        person.clone_into(&mut config.person_in_code);
    })
}

/// The rest of a batch of which [`Phone::turn_green`] showed one.
const REST: usize = 7;

/// The same showings for each of what policy may let a code say of a person.
#[test]
fn two_showings_of_one_batch_share_nothing_but_what_policy_shows() {
    let constant = |name: &[u8], tail: &[u8]| (name.to_vec(), tail.to_vec());
    for (person, expected) in [
        ("name_and_tail", None),
        ("tail", Some("*")),
        ("initials", None),
        ("nothing", Some("*")),
    ] {
        let town = batch_town(person, 4);
        let phone = Phone::new(&town, "phone");
        phone.turn_green(&town);
        let shown = showings(&town, &phone, REST);
        let personal = constant(&shown[0].1["masked name"], &shown[0].1["document tail"]);
        let name = String::from_utf8(personal.0).expect("UTF-8");
        match person {
            "name_and_tail" => assert!(name.chars().count() > 2, "{name}"),
            "initials" => assert_eq!(name.chars().count(), 2, "{name}"),
            _ => assert_eq!(Some(name.as_str()), expected),
        }
        let has_tail = ["name_and_tail", "tail"].contains(&person);
        assert_eq!(personal.1 != b"****", has_tail, "{person}");
        let mut ends_alike = 0;
        for (at, (_, one)) in shown.iter().enumerate() {
            for (_, other) in &shown[at + 1..] {
                let mut same = linked_by(one, other);
                assert!(same.remove("masked name") && same.remove("document tail"));
                // Quarter hours, of which there are eighty: two ends may be alike by chance, as a stranger's may.
                ends_alike += u32::from(same.remove("expiry"));
                same.remove("lifetime");
                assert_eq!(same, BTreeSet::new(), "{person}");
                for name in [
                    "key",
                    "issuer signature",
                    "device signature",
                    "status index",
                ] {
                    for (of, bytes) in other {
                        let shared = longest_run(&one[name], bytes);
                        assert!(shared <= BY_CHANCE, "{name} and {of} share {shared} bytes");
                    }
                }
            }
        }
        assert!(ends_alike <= 7, "{ends_alike} of 21 pairs end alike");
        // Each is accepted, and what a guard compares is what policy lets it be.
        let door = phone.checkpoint(&town);
        let verdict = door.check(&shown[REST - 1].0, town.now());
        assert!(verdict.accepted, "{}", verdict.reason);
        let compared = verdict.to_compare(Language::English).expect("read");
        assert_eq!(
            compared.name.is_some(),
            ["name_and_tail", "initials"].contains(&person)
        );
        assert_eq!(compared.document_tail.is_some(), has_tail);
        assert!(!compared.text.is_empty());
    }
}

/// Neither the order of the indexes, nor of the ends, nor a place beside another tells which of a batch comes next.
#[test]
fn nothing_in_a_batch_tells_its_order() {
    let town = batch_town("nothing", 4);
    let mut ascending = 0;
    let mut pairs = 0;
    let mut slots = BTreeSet::new();
    for number in 0..6 {
        let phone = Phone::new(&town, &format!("phone-{number}"));
        phone.register_as(&format!("{:03}", 20 + number));
        phone.declare_well();
        assert_eq!(phone.sync().result, SyncResult::Synced);
        let shown = showings(&town, &phone, 8);
        let index = |fields: &Fields| {
            let bytes = <[u8; 4]>::try_from(fields["status index"].as_slice()).expect("four bytes");
            u32::from_be_bytes(bytes)
        };
        let indexes: Vec<u32> = shown.iter().map(|(_, fields)| index(fields)).collect();
        let distinct: BTreeSet<u32> = indexes.iter().copied().collect();
        assert_eq!(distinct.len(), 8);
        for (one, other) in distinct.iter().zip(distinct.iter().skip(1)) {
            assert!(other - one > 1, "adjacent");
        }
        slots.extend(indexes.iter().map(|index| index % 256));
        for two in shown.windows(2) {
            pairs += 2;
            ascending += u32::from(index(&two[0].1) < index(&two[1].1));
            ascending += u32::from(two[0].1["expiry"] < two[1].1["expiry"]);
        }
    }
    // 84 pairs; by chance 42.
    assert!(
        (pairs / 4..=pairs * 3 / 4).contains(&ascending),
        "{ascending} of {pairs}"
    );
    // Nor do all of them say in which quarter of an hour they were issued.
    assert!(slots.len() >= 3, "{slots:?}");
}

/// Said plainly: with a batch of one, a credential is shown until the next one is there, and is told by all that it has.
#[test]
fn a_batch_of_one_is_followed_from_showing_to_showing_and_says_so() {
    let town = Town::with(|config| config.credential_batch = 1);
    let phone = Phone::new(&town, "phone");
    phone.turn_green(&town);
    let shown = showings(&town, &phone, 2);
    let linked = linked_by(&shown[0].1, &shown[1].1);
    let all = [
        "document tail",
        "expiry",
        "issuer signature",
        "key",
        "lifetime",
        "masked name",
        "status index",
    ];
    assert_eq!(linked, BTreeSet::from(all));
    let code = phone.health_code.current_code().expect("a code");
    assert!(code.shown_before_text.is_some());
}

/// Who is no longer green is so by every code of the batch, and of the one before it, whichever was shown where.
#[test]
fn all_of_a_batch_are_revoked_together_those_before_them_too() {
    const SIX_HOURS_MS: u64 = 6 * 3_600_000;
    let town = batch_town("name_and_tail", 24);
    let phone = Phone::new(&town, "phone");
    phone.turn_green(&town);
    let mut shown = showings(&town, &phone, REST);
    // Of lives of a day: half of most of them is over.
    for _ in 0..2 {
        town.clock.advance_ms(SIX_HOURS_MS);
        phone.clock.advance_ms(SIX_HOURS_MS);
        assert_eq!(phone.sync().result, SyncResult::Synced);
    }
    shown.extend(showings(&town, &phone, 8));
    let home = phone.health_code.home().expect("home");
    let citizen = home.colour.expect("a colour").citizen_id;
    town.change_colour(&citizen, Colour::Red, Reason::Confirmed, "");
    town.clock.advance_ms(61_000);
    phone.clock.advance_ms(61_000);
    for _ in 0..2 {
        assert_eq!(phone.sync().result, SyncResult::Synced);
    }
    let door = phone.checkpoint(&town);
    let lists = phone.health_code.status_lists().expect("lists");
    let open = |list: &Vec<u8>| StatusList::open(list, door.trust(), town.now(), 0).expect("good");
    let lists: Vec<_> = lists.iter().map(open).collect();
    let mut places = BTreeSet::new();
    for (text, _) in &shown {
        let claims = read_code(text).expect("a code").credential;
        let place = StatusPlace::new(claims.expires_at, claims.status_index);
        assert!(claims.expires_at > town.now(), "it would count still");
        assert!(lists.iter().any(|list| list.has(place)), "revoked");
        places.insert((place.day, place.index));
    }
    assert_eq!(places.len(), REST + 8, "both batches");
    let red = phone.health_code.current_code().expect("a code");
    assert_eq!(red.colour, Colour::Red);
    let verdict = door.check(&red.text, town.now());
    assert_eq!(verdict.reason, "colour_not_admitted");
}

/// A new phone, by the desk: what the one before holds is over, all of it, and the new one has a batch of its own.
#[test]
fn a_phone_that_moved_leaves_no_code_behind() {
    let town = batch_town("name_and_tail", 4);
    let old = Phone::new(&town, "old");
    old.turn_green(&town);
    let left = showings(&town, &old, REST);
    let new = Phone::new(&town, "new");
    let device = new.health_code.device_id().expect("an id");
    let number = resident_id("001");
    assert_eq!(town.move_device(&number, &device).revoked_credentials, 8);
    new.turn_green(&town);
    let mut keys: BTreeSet<_> = left.iter().map(|(_, it)| it["key"].clone()).collect();
    keys.extend(
        showings(&town, &new, REST)
            .iter()
            .map(|(_, it)| it["key"].clone()),
    );
    assert_eq!(keys.len(), 2 * REST);
}

/// Each person on a phone has a batch, and a sheet of paper stays one thing.
#[test]
fn each_dependant_has_a_batch_of_its_own() {
    let town = Town::with(|config| config.care_by = "self_declared".to_owned());
    let phone = Phone::new(&town, "phone");
    phone.turn_green(&town);
    let child = phone
        .health_code
        .add_dependant(&child("赵小红", "N330106201"))
        .expect("queued");
    let child = phone.health_code.member(&child).expect("there");
    let mut well = child
        .draft(&child.declaration_form().expect("a form"))
        .expect("a draft");
    let told = json!({
        "temperature": 36.5, "symptoms": ["none"], "underlyingIllness": ["none"],
        "highRiskStay": false, "contact": false, "travelled": false, "truthful": true,
    });
    well.extend(told.as_object().expect("an object").clone());
    child.submit_declaration(&well).expect("queued");
    assert_eq!(phone.sync().result, SyncResult::Synced);
    let mut keys = BTreeSet::new();
    for _ in 0..REST {
        town.clock.advance_ms(180_000);
        phone.clock.advance_ms(180_000);
        // One after the other at a door, whichever way they are asked for.
        for one in phone.health_code.group_codes(&[]).expect("codes") {
            let code = one.code.expect("a code");
            assert_eq!(code.shown_before_text, None);
            keys.insert(fields(&code.text)["key"].clone());
        }
        child.current_code().expect("the same showing");
    }
    assert_eq!(keys.len(), 2 * REST);
}
