//! Erasing through the use cases: what a screen shows afterwards, and that nothing of it comes back.

use std::sync::{Arc, Mutex};

use super::{World, registration, sync, well};
use crate::citizen::records::{DEPENDANTS, IDENTITY};
use crate::citizen::{CONSENT_VERSION, CitizenFault, ErasureState, HealthCode, Stage};
use crate::colour::{Colour, Reason};
use crate::event::HealthCodeEvent;
use crate::ports::Observer;
use crate::store::{MemoryStore, SubjectId};
use crate::sync::{SyncError, SyncResult};

const OWNER: SubjectId = SubjectId::OWNER;

fn key(phone: &HealthCode) -> Vec<u8> {
    let key = phone.context.signer.public_key().unwrap();
    key.as_bytes().to_vec()
}

#[test]
fn a_citizen_leaves_and_comes_back_as_somebody_new() {
    let world = World::new();
    let records = world.settled();
    let phone = world.open(Arc::new(records.clone())).unwrap();
    phone.save_draft("health-declaration", &well()).unwrap();
    phone.submit_declaration(&well()).unwrap();
    let code = phone.current_code().unwrap();
    let (key_before, store) = (key(&phone), phone.context.store.clone());

    phone.erase(&OWNER).unwrap();
    // Without a network: nothing is left but the new key, which says nothing.
    let left = store.records_of(Some(&OWNER)).unwrap();
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].0.kind, 24, "device seed");
    assert_ne!(key(&phone), key_before);
    let home = phone.home().unwrap();
    assert_eq!((home.stage, home.colour), (Stage::NotRegistered, None));
    assert_eq!(home.uploads_waiting, 0);
    assert_eq!(phone.current_code(), Err(CitizenFault::NoCode.into()));
    let form = phone.declaration_form().unwrap();
    assert!(phone.draft(&form).unwrap().is_empty());
    let refused = phone.submit_declaration(&well());
    assert_eq!(refused, Err(CitizenFault::NotRegistered.into()));
    assert!(phone.sync_wanted());
    let [waiting] = &phone.erasures()[..] else {
        panic!("one erasing");
    };
    assert_eq!(
        (waiting.state, waiting.subject.as_str()),
        (ErasureState::Waiting, "owner")
    );
    assert_eq!(waiting.shape, "…");
    let next = waiting.next_step_text.as_deref().unwrap_or_default();
    assert_eq!(waiting.spoken, format!("{} {next}", waiting.text));

    // Offline still, the citizen registers anew. The process ends in between.
    phone
        .register(&registration("王小明"), CONSENT_VERSION)
        .unwrap();
    let new_key = key(&phone);
    drop((phone, store));
    let phone = world.open(Arc::new(records)).unwrap();
    assert_eq!(key(&phone), new_key);
    let outcome = sync(&phone);
    assert_eq!(outcome.result, SyncResult::Synced, "{outcome:?}");
    let confirmed = &phone.erasures()[0];
    assert_eq!(confirmed.state, ErasureState::Confirmed);
    assert!(confirmed.receipt.is_some() && confirmed.confirmed_at.is_some());
    assert_eq!(confirmed.shape, "≡");
    for kept in &confirmed.kept {
        assert!(confirmed.spoken.contains(&kept.text));
    }
    assert_eq!(phone.home().unwrap().stage, Stage::AwaitingColour);
    world.authority.decide(Colour::Yellow, Reason::Fever);
    sync(&phone);
    let again = phone.current_code().unwrap();
    assert_ne!(again.text, code.text);
    assert_eq!(again.colour, Colour::Yellow);
    phone.forget_erasure(&phone.erasures()[0].id).unwrap();
    assert!(phone.erasures().is_empty());
}

/// Erases the moment it hears of a colour.
struct Erasing(Mutex<Option<Arc<HealthCode>>>);

impl Observer for Erasing {
    fn on_event(&self, event: HealthCodeEvent) {
        if matches!(event, HealthCodeEvent::ColourChanged(_)) {
            let phone = self.0.lock().unwrap().take();
            if let Some(phone) = phone {
                phone.erase(&OWNER).unwrap();
            }
        }
    }
}

#[test]
fn a_colour_that_was_told_is_not_kept_of_somebody_erased() {
    let world = World::new();
    let observer = Arc::new(Erasing(Mutex::new(None)));
    let phone = world
        .open_observed(Arc::new(MemoryStore::new()), Some(observer.clone()))
        .unwrap();
    let phone = Arc::new(phone);
    *observer.0.lock().unwrap() = Some(phone.clone());
    phone
        .register(&registration("王小明"), CONSENT_VERSION)
        .unwrap();
    world.authority.decide(Colour::Green, Reason::Clear);
    sync(&phone);
    let left = phone.context.store.records_of(Some(&OWNER)).unwrap();
    let kinds: Vec<_> = left.iter().map(|(place, _)| place.kind).collect();
    assert_eq!(kinds, [24], "the new device seed alone");
}

/// A registration that was dismissed may have arrived: only its answer was lost.
#[test]
fn a_registration_that_was_dismissed_is_erased_too() {
    let world = World::new();
    let phone = world.open(Arc::new(MemoryStore::new())).unwrap();
    phone
        .register(&registration("王小明"), CONSENT_VERSION)
        .unwrap();
    let waiting = phone.context.sync.pending(&OWNER).unwrap();
    phone.dismiss_upload(&waiting[0].upload_id).unwrap();
    phone.erase(&OWNER).unwrap();
    assert_eq!(phone.erasures()[0].state, ErasureState::Waiting);
    // It may be on its way still.
    assert_eq!(sync(&phone).problem.as_deref(), Some("device_unknown"));
    assert_eq!(phone.erasures()[0].state, ErasureState::Waiting);
    world.pass(10 * super::MINUTE_MS);
    assert_eq!(sync(&phone).result, SyncResult::Synced);
    assert_eq!(phone.erasures()[0].state, ErasureState::NothingHeld);
    // Nobody was ever registered: nobody is asked.
    let fresh = world.open(Arc::new(MemoryStore::new())).unwrap();
    fresh.erase(&OWNER).unwrap();
    assert!(fresh.erasures().is_empty());
}

#[test]
fn dependants_who_go_at_the_same_moment_are_both_gone() {
    let world = World::new();
    for _ in 0..50 {
        let phone = world.open(Arc::new(MemoryStore::new())).unwrap();
        let children = ["a", "b"].map(|id| SubjectId::parse(id).unwrap());
        let list = DEPENDANTS.for_this_phone();
        phone
            .context
            .store
            .write(&list, &children.to_vec())
            .unwrap();
        for child in &children {
            let signer = phone.context.signer.clone();
            phone.context.sync.add_dependant(child, signer).unwrap();
        }
        let together = std::sync::Barrier::new(2);
        std::thread::scope(|scope| {
            for child in &children {
                scope.spawn(|| {
                    together.wait();
                    phone.erase(child).unwrap();
                });
            }
        });
        assert_eq!(phone.context.read(&list).unwrap(), Some(Vec::new()));
    }
}

#[test]
fn a_dependant_goes_alone_and_comes_first() {
    let world = World::new();
    let records = world.settled();
    let child = SubjectId::parse("0190b0a0-0000-7000-8000-000000000001").unwrap();
    let phone = world.open(Arc::new(records.clone())).unwrap();
    let context = &phone.context;
    let identity = context
        .read(&IDENTITY.for_subject(&OWNER))
        .unwrap()
        .unwrap();
    let list = DEPENDANTS.for_this_phone();
    context.store.write(&list, &vec![child.clone()]).unwrap();
    context
        .store
        .write(&IDENTITY.for_subject(&child), &identity)
        .unwrap();
    drop(phone);

    let phone = world.open(Arc::new(records.clone())).unwrap();
    let childs = phone.for_subject(&child).unwrap();
    assert_eq!(childs.subject(), &child);
    assert_ne!(key(&phone), key(&childs));
    childs.submit_declaration(&well()).unwrap();
    assert_eq!(childs.home().unwrap().uploads_waiting, 1);
    let before = phone.home().unwrap();
    assert_eq!(before.uploads_waiting, 0);
    let refused = phone.erase(&OWNER).unwrap_err();
    assert_eq!(refused.code(), SyncError::DependantsRemain.code());
    assert_eq!(phone.home().unwrap(), before);

    phone.erase(&child).unwrap();
    let unknown = SyncError::SubjectUnknown.code();
    let store = &phone.context.store;
    assert_eq!(store.records_of(Some(&child)).unwrap().len(), 0);
    // Nobody told the authority of this child, so nobody has to ask it.
    assert!(phone.erasures().is_empty());
    let draft = childs.save_draft("f", &well()).unwrap_err();
    assert_eq!(draft.code(), unknown);
    let filed = childs.submit_declaration(&well()).unwrap_err();
    assert_eq!(filed.code(), unknown);
    assert_eq!(childs.home().unwrap_err().code(), unknown);
    assert_eq!(store.records_of(Some(&child)).unwrap().len(), 0);
    let gone = phone.for_subject(&child).err().unwrap();
    assert_eq!(gone.code(), unknown);
    let home = phone.home().unwrap();
    assert_eq!((home.stage, home.colour), (before.stage, before.colour));
    drop((phone, childs));
    let phone = world.open(Arc::new(records)).unwrap();
    assert!(phone.for_subject(&child).is_err());
    phone.erase(&OWNER).unwrap();
}
