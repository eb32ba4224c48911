//! Dependants' keys in the phone's hardware: there with the dependant, gone with the dependant, wherever the process ends.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::json;

use super::filing::fail_each_write;
use super::{World, registration, sync};
use crate::capability::dependants::{CARE_ENDED, CareRequest, DependantRequest, KEY_ALIAS};
use crate::citizen::records::DEVICE_SEED;
use crate::citizen::{CONSENT_VERSION, HealthCode};
use crate::store::{MemoryStore, SubjectId};
use crate::sync::SyncResult;
use crate::testing::subject_keys::MemorySubjectKeys;
use crate::trust::DevicePublicKey;

fn child() -> DependantRequest {
    child_of(1)
}

/// Another one with each number.
fn child_of(number: u32) -> DependantRequest {
    let mut answers = registration("王小小");
    let number = format!("N33010{number:04}");
    let document = json!({"kind": "birth_certificate", "number": number});
    answers.insert("document".to_owned(), document);
    DependantRequest {
        answers,
        birth_date: Some("2016-05-20".to_owned()),
        consent_version: CONSENT_VERSION,
        code: None,
    }
}

fn with(chip: &MemorySubjectKeys) -> World {
    World {
        subject_keys: Some(Arc::new(chip.clone())),
        ..World::new()
    }
}

fn opened(world: &World, records: &MemoryStore) -> HealthCode {
    world.open(Arc::new(records.clone())).expect("opens")
}

fn ids(phone: &HealthCode) -> Vec<SubjectId> {
    phone.context.sync.dependants()
}

fn key(phone: &HealthCode, subject: &SubjectId) -> DevicePublicKey {
    let child = phone.for_subject(subject).expect("on the phone");
    child.context.signer.public_key().expect("a key")
}

fn in_hardware(phone: &HealthCode) -> Vec<bool> {
    let all = phone.dependants().expect("a view").dependants.into_iter();
    all.map(|one| one.key_in_hardware).collect()
}

/// The key that the authority is asked to take, if this phone proved it.
fn asked_with(phone: &HealthCode, subject: &SubjectId) -> Option<DevicePublicKey> {
    let sync = &phone.context.sync;
    let pending = sync.pending(subject).expect("read");
    let last = pending.last().expect("a request");
    let body = sync.pending_body(subject, &last.upload_id).expect("read");
    let body: CareRequest = serde_json::from_slice(&body).expect("JSON");
    assert!(body.key.hardware);
    let device = phone.device_id().expect("an id");
    body.key.proven(&device, subject)
}

#[test]
fn whoever_is_added_has_a_key_in_hardware_and_nobody_else_has_wherever_the_process_ends() {
    let chip = MemorySubjectKeys::default();
    let world = with(&chip);
    let (whole, nothing) = fail_each_write(
        &world,
        &world.settled(),
        |phone| phone.add_dependant(&child()).map(|_| ()),
        |phone| {
            let [subject] = &ids(phone)[..] else {
                return false;
            };
            assert_eq!(asked_with(phone, subject), Some(key(phone, subject)));
            let seed = phone.context.store.read(&DEVICE_SEED.for_subject(subject));
            assert_eq!(seed.expect("read").map(|_| ()), None);
            in_hardware(phone) == [true] && chip.aliases().len() == 1
        },
        |phone| ids(phone).is_empty() && chip.aliases().is_empty(),
    );
    assert_eq!((whole, nothing), (5, 1));
}

#[test]
fn whoever_goes_leaves_no_key_wherever_the_process_ends() {
    let chip = MemorySubjectKeys::default();
    let world = with(&chip);
    let records = world.settled();
    let phone = opened(&world, &records);
    let [stays, goes] = [1, 2].map(|one| phone.add_dependant(&child_of(one)).expect("queued"));
    let kept = key(&phone, &stays);
    drop(phone);
    let (whole, nothing) = fail_each_write(
        &world,
        &records,
        |phone| phone.erase(&goes),
        |phone| {
            assert_eq!(key(phone, &stays), kept);
            ids(phone) == [stays.clone()] && chip.aliases().len() == 1
        },
        |phone| ids(phone).len() == 2 && chip.aliases().len() == 2,
    );
    assert!(whole > 0 && nothing > 0, "{whole} {nothing}");
    // Without a kill they are gone when the call returns.
    let phone = opened(&world, &records);
    assert_eq!(chip.aliases().len(), 2);
    phone.erase(&goes).expect("erased");
    assert_eq!(chip.aliases().len(), 1);
}

#[test]
fn aliases_tell_nothing_and_no_two_keys_are_the_same() {
    let chip = MemorySubjectKeys::default();
    let world = with(&chip);
    let phone = opened(&world, &world.settled());
    let all: Vec<_> = (0..8)
        .map(|one| phone.add_dependant(&child_of(one)).expect("queued"))
        .collect();
    let keys: BTreeSet<_> = all
        .iter()
        .map(|subject| key(&phone, subject).as_bytes().to_vec())
        .collect();
    assert_eq!(keys.len(), 8);
    for alias in chip.aliases() {
        assert_eq!(alias.len(), 32);
        assert!(alias.bytes().all(|it| b"0123456789abcdef".contains(&it)));
        let is_told = |subject: &SubjectId| subject.as_str().replace('-', "") == alias;
        assert!(!all.iter().any(is_told));
    }
}

#[test]
fn where_the_hardware_is_full_or_the_host_has_none_keys_are_in_the_store() {
    let chip = MemorySubjectKeys::with_room(1);
    let mut world = with(&chip);
    let records = world.settled();
    let phone = opened(&world, &records);
    let first = phone.add_dependant(&child()).expect("queued");
    let second = phone.add_dependant(&child_of(2)).expect("queued");
    assert_eq!(in_hardware(&phone), [true, false]);
    let view = phone.dependants().expect("a view").dependants;
    assert!(view[0].key_text.contains("hardware of this phone"));
    assert!(view[1].key_text.contains("storage of this app"));
    let keys = [key(&phone, &first), key(&phone, &second)];
    drop(phone);
    let phone = opened(&world, &records);
    assert_eq!([key(&phone, &first), key(&phone, &second)], keys);
    drop(phone);
    // A host of before: what was in hardware is in the store from now on, as the next credentials are.
    world.subject_keys = None;
    let phone = opened(&world, &records);
    assert_eq!(in_hardware(&phone), [false, false]);
    let moved = key(&phone, &first);
    assert_ne!(moved, keys[0]);
    assert_eq!(key(&phone, &second), keys[1]);
    drop(phone);
    world.subject_keys = Some(Arc::new(chip.clone()));
    let phone = opened(&world, &records);
    assert_eq!(key(&phone, &first), moved, "it stays there");
    assert!(chip.aliases().is_empty());
}

#[test]
fn hardware_that_does_not_answer_or_lost_a_key_keeps_nobody_out() {
    let chip = MemorySubjectKeys::default();
    let world = with(&chip);
    let records = world.settled();
    let phone = opened(&world, &records);
    let subject = phone.add_dependant(&child()).expect("queued");
    let before = key(&phone, &subject);
    drop(phone);
    chip.set_silent(true);
    let phone = opened(&world, &records);
    let none = phone.add_dependant(&child_of(2)).map_err(|it| it.code());
    assert_eq!(none, Err("key_unavailable"));
    assert_eq!(in_hardware(&phone), [false]);
    assert!(phone.current_code().is_ok(), "the owner's goes on");
    assert_ne!(sync(&phone).result, SyncResult::Offline);
    chip.set_silent(false);
    assert_eq!(key(&phone, &subject), before);
    drop(phone);
    chip.lose_all();
    let phone = opened(&world, &records);
    assert_eq!(in_hardware(&phone), [true]);
    assert_ne!(key(&phone, &subject), before, "made anew");
    drop(phone);
    chip.lose_all();
    chip.set_room(0);
    let phone = opened(&world, &records);
    assert_eq!(in_hardware(&phone), [false], "in the store");
}

#[test]
fn whose_care_has_ended_has_no_key_until_it_is_asked_for_anew() {
    let chip = MemorySubjectKeys::default();
    let world = with(&chip);
    let records = world.settled();
    let phone = opened(&world, &records);
    let subject = phone.add_dependant(&child()).expect("queued");
    let before = key(&phone, &subject);
    let life = phone.context.sync.life(&subject).expect("there");
    let ended = CARE_ENDED.for_subject(&subject).put(&1);
    life.write(&[ended.expect("sealed")]).expect("written");
    // The request that was taken is asked once more first.
    sync(&phone);
    assert_eq!(chip.aliases().len(), 1);
    let pending = phone.context.sync.pending(&subject).expect("read");
    let dismissed = phone.context.sync.dismiss(&subject, &pending[0].upload_id);
    dismissed.expect("dismissed");
    sync(&phone);
    assert!(chip.aliases().is_empty());
    let alias = phone.context.store.read(&KEY_ALIAS.for_subject(&subject));
    assert!(alias.expect("read").is_some());
    drop(phone);
    let phone = opened(&world, &records);
    assert!(chip.aliases().is_empty(), "nor does a start make one");
    phone.mend_dependant(&subject, &child()).expect("queued");
    let asked = asked_with(&phone, &subject);
    drop(phone);
    let phone = opened(&world, &records);
    assert_eq!(asked, Some(key(&phone, &subject)));
    assert_ne!(asked, Some(before));
}
