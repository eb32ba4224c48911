//! The history of colours: noted with the receipt, sealed, and never quietly shorter.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::{MINUTE_MS, NOON_MS, World, registration, sync};
use crate::citizen::{CONSENT_VERSION, HealthCode};
use crate::colour::{Colour, Reason};
use crate::encoding::hex;
use crate::store::{Codec, MemoryStore, OfSubject, RecordKind, SubjectId};
use crate::sync::{COLOURS_SEEN, ColourSeen, SyncResult};

fn seen(phone: &HealthCode) -> Vec<ColourSeen> {
    phone.context.sync.colours_seen(&SubjectId::OWNER).unwrap()
}

fn told(phone: &HealthCode) -> Vec<(Option<Colour>, Colour, Option<Reason>)> {
    let reason = |it: &ColourSeen| it.receipt().and_then(|it| it.reason.known());
    let seen = seen(phone);
    seen.iter().map(|it| (it.from, it.to, reason(it))).collect()
}

fn decide(world: &World, phone: &HealthCode, colour: Colour, reason: Reason) {
    world.pass(MINUTE_MS);
    world.authority.decide(colour, reason);
    assert_eq!(sync(phone).result, SyncResult::Synced);
}

#[test]
fn each_change_is_noted_once_with_its_receipt() {
    let world = World::new();
    let phone = world.open(Arc::new(MemoryStore::new())).unwrap();
    assert!(seen(&phone).is_empty());
    phone
        .register(&registration("王小明"), CONSENT_VERSION)
        .unwrap();
    sync(&phone);
    assert!(seen(&phone).is_empty());
    decide(&world, &phone, Colour::Green, Reason::Clear);
    decide(&world, &phone, Colour::Green, Reason::Clear);
    decide(&world, &phone, Colour::Yellow, Reason::Fever);
    decide(&world, &phone, Colour::Yellow, Reason::CheckInsRunning);
    decide(&world, &phone, Colour::Green, Reason::Clear);
    let (green, yellow) = (Colour::Green, Colour::Yellow);
    assert_eq!(
        told(&phone),
        [
            (Some(yellow), green, Some(Reason::Clear)),
            (Some(yellow), yellow, Some(Reason::CheckInsRunning)),
            (Some(green), yellow, Some(Reason::Fever)),
            (None, green, Some(Reason::Clear)),
        ]
    );
    let past = seen(&phone);
    let now = phone.home().unwrap().colour.unwrap();
    let newest = hex::encode(&Sha256::digest(&past[0].receipt));
    assert_eq!(newest, now.receipt_sha256);
    assert_eq!(past[0].seen_at_ms, NOON_MS + 5 * 60_000);
    // The export tells them in words.
    let view = phone.export_view().unwrap();
    let mut rows = view.sections.iter().flat_map(|it| &it.rows);
    let is_told = rows.any(|row| row.label.contains("20:05") && row.text.contains(&now.why));
    assert!(is_told);
}

#[test]
fn a_phone_of_before_begins_with_the_receipt_that_it_holds() {
    let world = World::new();
    let phone = world.open(Arc::new(world.settled())).unwrap();
    let place = COLOURS_SEEN.for_subject(&SubjectId::OWNER);
    phone.context.store.remove(&place).unwrap();
    let green = (None, Colour::Green, Some(Reason::Clear));
    assert_eq!(told(&phone), [green]);
    decide(&world, &phone, Colour::Red, Reason::Confirmed);
    let red = (Some(Colour::Green), Colour::Red, Some(Reason::Confirmed));
    assert_eq!(told(&phone), [red, green]);
}

#[test]
fn it_goes_with_the_subject() {
    let world = World::new();
    let phone = world.open(Arc::new(world.settled())).unwrap();
    assert_eq!(told(&phone).len(), 1);
    phone.erase(&SubjectId::OWNER).unwrap();
    assert!(seen(&phone).is_empty());
    let place = COLOURS_SEEN.for_subject(&SubjectId::OWNER);
    assert!(phone.context.store.read(&place).unwrap().is_none());
}

#[test]
fn what_a_newer_version_noted_is_left_alone() {
    const NEWER: RecordKind<Vec<u8>, OfSubject> =
        RecordKind::of_subject(39, "colours seen", Codec::BYTES, 1024);
    let world = World::new();
    let phone = world.open(Arc::new(world.settled())).unwrap();
    let place = NEWER.for_subject(&SubjectId::OWNER);
    let theirs = b"of a form that is not known here".to_vec();
    phone.context.store.write(&place, &theirs).unwrap();
    decide(&world, &phone, Colour::Red, Reason::Confirmed);
    assert_eq!(phone.context.store.read(&place).unwrap(), Some(theirs));
    assert_eq!(seen(&phone)[0].to, Colour::Red, "the receipt that is held");
}
