//! The history of colours: noted with the receipt, sealed, and never quietly shorter.

use std::sync::Arc;

use super::{MINUTE_MS, NOON_MS, World, registration, sync};
use crate::citizen::{CONSENT_VERSION, HealthCode, ReceiptSeal};
use crate::colour::{Colour, Reason};
use crate::store::{Codec, MemoryStore, OfSubject, RecordKind, SubjectId};
use crate::sync::{COLOURS_SEEN, SyncResult};
use crate::wire::BundleKind;

fn told(phone: &HealthCode) -> Vec<(Option<Colour>, Colour, Option<Reason>, ReceiptSeal)> {
    let past = phone.colour_history().unwrap().into_iter();
    past.map(|it| (it.from, it.to, it.reason, it.seal))
        .collect()
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
    assert!(phone.colour_history().unwrap().is_empty());
    phone
        .register(&registration("王小明"), CONSENT_VERSION)
        .unwrap();
    sync(&phone);
    assert!(phone.colour_history().unwrap().is_empty());
    decide(&world, &phone, Colour::Green, Reason::Clear);
    decide(&world, &phone, Colour::Green, Reason::Clear);
    decide(&world, &phone, Colour::Yellow, Reason::Fever);
    decide(&world, &phone, Colour::Yellow, Reason::CheckInsRunning);
    decide(&world, &phone, Colour::Green, Reason::Clear);
    let ok = ReceiptSeal::Verified;
    let (green, yellow) = (Colour::Green, Colour::Yellow);
    assert_eq!(
        told(&phone),
        [
            (Some(yellow), green, Some(Reason::Clear), ok),
            (Some(yellow), yellow, Some(Reason::CheckInsRunning), ok),
            (Some(green), yellow, Some(Reason::Fever), ok),
            (None, green, Some(Reason::Clear), ok),
        ]
    );
    let past = phone.colour_history().unwrap();
    let now = phone.home().unwrap().colour.unwrap();
    assert_eq!(past[0].receipt_sha256, now.receipt_sha256);
    assert_eq!(past[0].texts.text, now.why);
    assert_eq!(
        (past[0].changed_at_text.as_str(), past[0].officers),
        ("20:05", None)
    );
    assert_eq!(past[0].seen_at, NOON_MS / 1_000 + 5 * 60);
}

#[test]
fn a_phone_of_before_begins_with_the_receipt_that_it_holds() {
    let world = World::new();
    let phone = world.open(Arc::new(world.settled())).unwrap();
    let place = COLOURS_SEEN.for_subject(&SubjectId::OWNER);
    phone.context.store.remove(&place).unwrap();
    let green = (
        None,
        Colour::Green,
        Some(Reason::Clear),
        ReceiptSeal::Verified,
    );
    assert_eq!(told(&phone), [green]);
    decide(&world, &phone, Colour::Red, Reason::Confirmed);
    let red = (
        Some(Colour::Green),
        Colour::Red,
        Some(Reason::Confirmed),
        ReceiptSeal::Verified,
    );
    assert_eq!(told(&phone), [red, green]);
}

#[test]
fn a_receipt_that_no_longer_verifies_is_shown_as_such() {
    let world = World::new();
    let phone = world.open(Arc::new(world.settled())).unwrap();
    world.pass(MINUTE_MS);
    let mut nation = crate::testing::nation::Nation::at(NOON_MS / 1_000);
    nation.trust.version = 8;
    nation.trust.regions[0].keys[0].revoked_at = Some(NOON_MS / 1_000);
    let trust = nation.trust_bytes();
    world.authority.publish(&BundleKind::TRUST, "", 8, &trust);
    sync(&phone);
    let seals = || -> Vec<_> { told(&phone).into_iter().map(|it| it.3).collect() };
    assert_eq!(seals(), [ReceiptSeal::Unverifiable]);
    let past = phone.colour_history().unwrap();
    assert_eq!(
        (past[0].to, past[0].reason),
        (Colour::Green, Some(Reason::Clear))
    );
    world.pass(1_000 * 24 * 60 * MINUTE_MS);
    assert_eq!(
        seals(),
        [ReceiptSeal::NotNow],
        "no trust bundle counts any more"
    );
}

#[test]
fn it_goes_with_the_subject() {
    let world = World::new();
    let phone = world.open(Arc::new(world.settled())).unwrap();
    assert_eq!(told(&phone).len(), 1);
    phone.erase(&SubjectId::OWNER).unwrap();
    assert!(phone.colour_history().unwrap().is_empty());
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
    assert_eq!(
        phone.colour_history().unwrap()[0].to,
        Colour::Red,
        "the receipt that is held"
    );
}
