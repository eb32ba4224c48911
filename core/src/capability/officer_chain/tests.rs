//! The chain against an authority that cheats: each lie by its name, and what is no lie by none.

use ed25519_dalek::SigningKey;

use super::chain::{ChainAlarmKind as Kind, HeldEntry, Merged, Whose, faults, merge};
use super::officers::{OfficerKey, OfficerList};
use super::part::Alarms;
use super::wire::{
    ChainEntry, ChangesAnswer, ColourOrder, OfficerSignature, Restored, SIGNED_PREFIX, SignedOrder,
    cursor, entry_hash, read_cursor,
};
use crate::colour::{Colour, Reason};
use crate::encoding::{base64, hex};
use crate::trust::Scheme;
use crate::wire::SubjectId;

const NOW: i64 = 1_583_035_200;
const CITIZEN: &str = "5f0c2b7e-0000-4000-8000-000000000001";
const WHOSE: Whose<'_> = Whose {
    citizen_id: CITIZEN,
    subject: &SubjectId::OWNER,
};

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn officer(id: &str, seed: u8) -> OfficerKey {
    OfficerKey {
        id: id.into(),
        public_key: hex::encode(key(seed).verifying_key().as_bytes()),
        not_before: Some(NOW - 1_000),
        not_after: Some(NOW + 1_000_000),
        revoked_at: None,
    }
}

/// Li and Wang; Chen has Wang's key, Zhao's was revoked.
fn officers() -> OfficerList {
    let revoked = OfficerKey {
        revoked_at: Some(NOW - 10),
        ..officer("zhao", 3)
    };
    OfficerList {
        id: "officers".into(),
        version: 1,
        officers: vec![
            officer("li", 1),
            officer("wang", 2),
            officer("chen", 2),
            revoked,
        ],
    }
}

fn order() -> ColourOrder {
    ColourOrder {
        id: "01709494-0001-7000-8000-000000000000".into(),
        citizen_id: CITIZEN.into(),
        subject: SubjectId::OWNER,
        colour: Colour::Red,
        reason: Reason::Confirmed,
        at: NOW,
        previous: String::new(),
    }
}

fn sign(bytes: &[u8], by: &[(&str, u8)]) -> SignedOrder {
    let sign =
        |(id, seed): &(&str, u8)| OfficerSignature::sign(SIGNED_PREFIX, bytes, id, &key(*seed));
    SignedOrder {
        change: base64::encode_url(bytes),
        signatures: by.iter().map(sign).collect(),
    }
}

fn signed(order: &ColourOrder, by: &[(&str, u8)]) -> SignedOrder {
    sign(&serde_json::to_vec(order).expect("JSON"), by)
}

fn entry(number: u32, previous: &str) -> ChainEntry {
    ChainEntry {
        number,
        previous: previous.into(),
        citizen_id: CITIZEN.into(),
        subject: SubjectId::OWNER,
        colour: Colour::Red,
        reason: Reason::Confirmed.into(),
        rule_set_id: "hangzhou".into(),
        rule_set_version: 3,
        rule_id: "HZ-RED".into(),
        scheme: Scheme::Domestic,
        at: NOW,
        order: None,
        restored: None,
    }
}

const BOTH: &[(&str, u8)] = &[("li", 1), ("wang", 2)];

fn faults_of(order: SignedOrder) -> Vec<Kind> {
    let entry = ChainEntry {
        order: Some(order),
        ..entry(1, "")
    };
    faults(&entry, None, WHOSE, &officers())
}

#[test]
fn each_lie_about_an_order_has_its_name() {
    assert_eq!(faults_of(signed(&order(), BOTH)), []);
    let with = |change: &dyn Fn(&mut ColourOrder)| {
        let mut order = order();
        change(&mut order);
        signed(&order, BOTH)
    };
    let bytes = serde_json::to_vec(&order()).unwrap();
    let text = String::from_utf8(bytes.clone()).unwrap();
    let unknown = text.replace("\"confirmed\"", "\"because\"");
    let spaced = text.replace("\":", "\": ");
    let other = SignedOrder {
        change: base64::encode_url(text.replace("red", "yellow").as_bytes()),
        ..signed(&order(), BOTH)
    };
    let table = [
        (signed(&order(), &[("li", 1)]), Kind::SecondSignatureMissing),
        (signed(&order(), &[]), Kind::SecondSignatureMissing),
        (signed(&order(), &[("li", 1), ("li", 1)]), Kind::SameOfficer),
        (
            signed(&order(), &[("wang", 2), ("chen", 2)]),
            Kind::SameOfficer,
        ),
        (
            signed(&order(), &[("li", 1), ("wang", 9)]),
            Kind::SignatureWrong,
        ),
        (
            signed(&order(), &[("li", 1), ("nobody", 2)]),
            Kind::OfficerUnknown,
        ),
        (
            signed(&order(), &[("li", 1), ("zhao", 3)]),
            Kind::OfficerNotValid,
        ),
        (with(&|order| order.at = NOW - 2_000), Kind::OfficerNotValid),
        (with(&|order| order.at = NOW + 4_000), Kind::OfficerNotValid),
        (
            with(&|order| order.reason = Reason::MeasureLifted),
            Kind::ReasonNotForColour,
        ),
        (
            with(&|order| order.reason = Reason::NotDeclared),
            Kind::ReasonNotForColour,
        ),
        (
            with(&|order| order.citizen_id = "another".into()),
            Kind::OrderOfOther,
        ),
        (
            with(&|order| order.subject = SubjectId::parse("a-child").unwrap()),
            Kind::OrderOfOther,
        ),
        (sign(unknown.as_bytes(), BOTH), Kind::ReasonUnknown),
        (sign(spaced.as_bytes(), BOTH), Kind::OrderUnreadable),
        (sign(b"{", BOTH), Kind::OrderUnreadable),
        (other, Kind::SignatureWrong),
    ];
    for (number, (order, expected)) in table.into_iter().enumerate() {
        assert_eq!(faults_of(order), [expected], "{number}");
    }
}

#[test]
fn a_key_that_was_revoked_since_signed_what_it_signed() {
    let before = ColourOrder {
        at: NOW - 20,
        ..order()
    };
    let by = &[("li", 1), ("zhao", 3)];
    assert_eq!(faults_of(signed(&before, by)), []);
    // An order that stays in force is as old as it is; one that is entered late is not.
    let late = ChainEntry {
        order: Some(signed(&before, by)),
        at: NOW + 4 * 86_400,
        ..entry(2, "")
    };
    assert_eq!(faults(&late, Some(&late), WHOSE, &officers()), []);
    assert_eq!(
        faults(&late, None, WHOSE, &officers()),
        [Kind::OfficerNotValid]
    );
    let of_other = ChainEntry {
        citizen_id: "another".into(),
        ..entry(1, "")
    };
    assert_eq!(
        faults(&of_other, None, WHOSE, &officers()),
        [Kind::OrderOfOther]
    );
}

/// Bytes of a chain of so many entries, from `salt` on another from that number on.
fn chain(count: u32, salt: Option<u32>, restored: Option<Restored>) -> Vec<Vec<u8>> {
    let mut chain: Vec<Vec<u8>> = Vec::new();
    for number in 1..=count {
        let previous = chain
            .last()
            .map(|bytes| entry_hash(bytes))
            .unwrap_or_default();
        let is_other = salt.is_some_and(|salt| number >= salt);
        chain.push(
            ChainEntry {
                at: NOW + i64::from(number) + i64::from(is_other),
                restored: restored.filter(|_| salt == Some(number)),
                ..entry(number, &previous)
            }
            .to_bytes(),
        );
    }
    chain
}

fn held(chain: &[Vec<u8>]) -> Vec<HeldEntry> {
    let held = chain.iter().map(|bytes| HeldEntry {
        entry: base64::encode_url(bytes),
        seen_at_ms: NOW * 1_000,
        is_judged: true,
        faults: Vec::new(),
    });
    held.collect()
}

fn answer(chain: &[Vec<u8>], from: usize) -> ChangesAnswer {
    ChangesAnswer {
        entries: chain[from..]
            .iter()
            .map(|bytes| base64::encode_url(bytes))
            .collect(),
        count: u32::try_from(chain.len()).expect("few"),
        head: chain
            .last()
            .map(|bytes| entry_hash(bytes))
            .unwrap_or_default(),
    }
}

/// What became of it: how many follow, from which number on.
fn merged(held_chain: &[Vec<u8>], answer: &ChangesAnswer) -> Result<(Vec<u32>, bool), (Kind, u32)> {
    match merge(&held(held_chain), answer, NOW * 1_000).expect("readable") {
        Merged::Follow(new, is_all) => {
            Ok((new.into_iter().map(|(number, _)| number).collect(), is_all))
        }
        Merged::Restored(new, _) => Err((Kind::Restored, new[0].0)),
        Merged::Broken(kind, number) => Err((kind, number)),
    }
}

#[test]
fn entries_follow_on_or_are_named() {
    let five = chain(5, None, None);
    let other = chain(5, Some(3), None);
    assert_eq!(
        merged(&[], &answer(&five, 0)),
        Ok((vec![1, 2, 3, 4, 5], true))
    );
    assert_eq!(
        merged(&five[..3], &answer(&five, 3)),
        Ok((vec![4, 5], true))
    );
    assert_eq!(
        merged(&five[..3], &answer(&five, 0)),
        Ok((vec![4, 5], true)),
        "overlapping"
    );
    assert_eq!(merged(&five, &answer(&five, 5)), Ok((vec![], true)));
    let mut in_part = answer(&five, 3);
    in_part.count = 7;
    in_part.head = "later".into();
    assert_eq!(merged(&five[..3], &in_part), Ok((vec![4, 5], false)));
    assert_eq!(merged(&five[..2], &answer(&five, 3)), Err((Kind::Gap, 3)));
    let mut holed = answer(&five, 2);
    holed.entries.remove(1);
    assert_eq!(merged(&five[..2], &holed), Err((Kind::Gap, 4)));
    let mut swapped = answer(&five, 0);
    swapped.entries[3] = base64::encode_url(&other[3]);
    assert_eq!(merged(&[], &swapped), Err((Kind::Fork, 4)));
    assert_eq!(merged(&five, &answer(&other, 0)), Err((Kind::Fork, 3)));
    assert_eq!(merged(&five[..4], &answer(&other, 4)), Err((Kind::Fork, 5)));
    assert_eq!(
        merged(&five, &answer(&other, 5)),
        Err((Kind::Fork, 5)),
        "another head"
    );
    assert_eq!(
        merged(&five, &answer(&five[..3], 0)),
        Err((Kind::Shortened, 3))
    );
    assert_eq!(
        merged(&five, &answer(&five[..3], 3)),
        Err((Kind::Shortened, 3))
    );
    let hidden = ChangesAnswer {
        entries: Vec::new(),
        ..answer(&five, 0)
    };
    assert_eq!(merged(&five[..3], &hidden), Err((Kind::Gap, 4)));
    let rubbish = ChangesAnswer {
        entries: vec!["e30".into()],
        ..hidden
    };
    assert!(merge(&[], &rubbish, 0).is_none());
}

#[test]
fn a_restoration_explains_what_was_heard_of_within_its_time_and_nothing_else() {
    let five = chain(5, None, None);
    let lost = |since, until| {
        let restored = Restored {
            since: NOW + since,
            until: NOW + until,
        };
        merged(&five, &answer(&chain(4, Some(4), Some(restored)), 0))
    };
    assert_eq!(lost(-100, 100), Err((Kind::Restored, 4)));
    assert_eq!(
        lost(-9_000, -1_000),
        Err((Kind::Fork, 4)),
        "heard of after it"
    );
    assert_eq!(
        lost(1_000, 9_000),
        Err((Kind::Fork, 4)),
        "heard of before it"
    );
    // Nothing was lost: it simply goes on.
    let restored = Restored {
        since: NOW,
        until: NOW,
    };
    let on = chain(6, Some(6), Some(restored));
    assert_eq!(merged(&five, &answer(&on, 5)), Ok((vec![6], true)));
}

#[test]
fn an_entry_of_tomorrow_is_carried() {
    let bytes = br#"{"number":1,"previous":"","colour":"violet","of":"tomorrow"}"#;
    let chain = vec![bytes.to_vec()];
    assert_eq!(merged(&[], &answer(&chain, 0)), Ok((vec![1], true)));
    assert!(held(&chain)[0].read().is_none());
    let mut known: serde_json::Value = serde_json::from_slice(&entry(1, "").to_bytes()).unwrap();
    known["ofTomorrow"] = serde_json::json!({"a": 1});
    known["reason"] = serde_json::json!("of_tomorrow");
    let read = ChainEntry::from_bytes(known.to_string().as_bytes()).unwrap();
    assert_eq!(read.reason.known(), None);
    let list = br#"{"id":"officers","version":1,"officers":[{"id":"a"},7,{"id":"b","publicKey":"00"}],"x":1}"#;
    assert_eq!(OfficerList::read(list).unwrap().officers, []);
}

#[test]
fn cursors_and_alarms() {
    for (count, head) in [(0, ""), (7, "ab12")] {
        assert_eq!(read_cursor(&cursor(count, head)), Some((count, head)));
    }
    assert_eq!(read_cursor("x.y"), None);
    let mut alarms = Alarms::default();
    assert!(alarms.note(Kind::Fork, Some(3), "a", NOW));
    assert!(
        !alarms.note(Kind::Fork, Some(3), "a", NOW + 9),
        "the same again"
    );
    assert!(alarms.note(Kind::Fork, Some(3), "b", NOW));
    alarms.alarms[1].is_read = true;
    for number in 0..300 {
        alarms.note(Kind::Gap, Some(number), "", NOW);
    }
    assert_eq!(alarms.alarms.len(), 200);
    let json = r#"{"alarms":[{"id":"x","kind":"of_tomorrow","number":null,"noticedAt":1}]}"#;
    let read: Alarms = serde_json::from_str(json).unwrap();
    assert_eq!(read.alarms[0].kind, Kind::Other);
}
