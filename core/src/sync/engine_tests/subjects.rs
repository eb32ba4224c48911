//! Two subjects on one phone: what one sends, receives and loses is never the other's.

use super::*;

pub(super) fn child() -> SubjectId {
    SubjectId::parse("0190b0a0-0000-7000-8000-000000000001").unwrap()
}

/// A settled phone whose owner looks after a child: its records are there as the owner's are.
pub(super) fn family() -> World {
    let world = World::settled();
    let signer = Arc::new(SoftwareEd25519::from_seed(&[6; 32]));
    let key = signer.public_key().unwrap();
    world.engine.add_dependant(&child(), signer).unwrap();
    world.authority.add_dependant(&child(), key);
    let registration = world.engine.registration(&OWNER).unwrap().unwrap();
    let place = crate::sync::records::REGISTRATION.for_subject(&child());
    world.store.write(&place, &registration).unwrap();
    world
}

fn colour(world: &World, subject: &SubjectId) -> Option<Colour> {
    let credential = world.engine.state(subject).unwrap().credential?;
    Some(read_credential(&credential).unwrap().colour)
}

#[test]
fn each_subject_sends_its_own_and_holds_its_own() {
    let world = family();
    world
        .authority
        .decide_for(&child(), Colour::Red, Reason::Confirmed);
    let [own, childs] = [&OWNER, &child()].map(|subject| {
        let body = format!("{{\"of\":\"{}\"}}", subject.as_str());
        let engine = &world.engine;
        engine
            .enqueue(subject, &DECLARATION, body.as_bytes())
            .unwrap()
    });
    let outcome = world.sync();
    assert_eq!(outcome.result, SyncResult::Synced, "{outcome:?}");
    assert_eq!((outcome.uploads_sent, outcome.uploads_left), (2, 0));
    let lines = world.transport.take_sent_lines();
    let child_path = child().path();
    assert_eq!(
        lines,
        [
            format!("PUT /v1/subjects/owner/declarations/{own}"),
            "GET /v1/subjects/owner/state".to_owned(),
            format!("PUT {child_path}/declarations/{childs}"),
            format!("GET {child_path}/state"),
            "GET /v1/bundles".to_owned(),
        ]
    );
    assert_eq!(colour(&world, &OWNER), Some(Colour::Green));
    assert_eq!(colour(&world, &child()), Some(Colour::Red));
    // Bound to keys of their own: two codes shown together do not tell that they come from one phone.
    let keys = [&OWNER, &child()].map(|subject| {
        let credential = world.engine.state(subject).unwrap().credential.unwrap();
        read_credential(&credential).unwrap().device_key
    });
    assert_ne!(keys[0], keys[1]);
}

#[test]
fn a_receipt_of_one_subject_is_not_believed_of_another() {
    let world = family();
    world
        .authority
        .decide_for(&child(), Colour::Red, Reason::Confirmed);
    assert_eq!(world.sync().result, SyncResult::Synced);
    let nation = &world.authority;
    let receipt = nation.receipt_for(
        CITIZEN_ID,
        &OWNER,
        Colour::Red,
        Reason::Confirmed,
        super::NOON_MS / 1_000,
    );
    world.authority.tamper(Some(Box::new(move |state| {
        state.receipt = Some(receipt.clone());
        state.credential = None;
    })));
    let before = world.engine.state(&child()).unwrap();
    let outcome = world.sync();
    assert_eq!(
        outcome.problem.as_deref(),
        Some("sync_receipt_of_other_citizen")
    );
    assert_eq!(world.engine.state(&child()).unwrap(), before);
}

#[test]
fn a_dependant_who_is_unknown_holds_up_nobody_else() {
    let world = family();
    world.authority.remove_dependant(&child());
    let body = b"{}";
    let id = world.engine.enqueue(&child(), &DECLARATION, body).unwrap();
    world.authority.decide(Colour::Yellow, Reason::Fever);
    let outcome = world.sync();
    assert_eq!(outcome.result, SyncResult::Synced);
    assert_eq!(outcome.problem.as_deref(), Some("subject_unknown"));
    assert_eq!(colour(&world, &OWNER), Some(Colour::Yellow));
    // Nothing is lost, and it is asked once a sync.
    let pending = world.engine.pending(&child()).unwrap();
    assert_eq!(pending[0].upload_id, id);
    assert_eq!(pending[0].refusal, None);
    let of_child = |line: &String| line.contains(child().as_str());
    let lines = world.transport.take_sent_lines();
    assert_eq!(lines.iter().filter(|line| of_child(line)).count(), 1);
}

#[test]
fn who_is_not_on_this_phone_has_nothing_here() {
    let world = family();
    let stranger = SubjectId::parse("stranger").unwrap();
    let engine = &world.engine;
    let unknown = SyncError::SubjectUnknown;
    let queued = engine.enqueue(&stranger, &DECLARATION, b"{}");
    assert_eq!(queued, Err(unknown.clone()));
    assert_eq!(engine.pending(&stranger), Err(unknown.clone()));
    assert_eq!(engine.dismiss(&stranger, "x"), Err(unknown));
    // One subject's upload is not found in another's outbox.
    let id = engine.enqueue(&OWNER, &DECLARATION, b"{}").unwrap();
    let dismissed = engine.dismiss(&child(), &id);
    assert_eq!(dismissed, Err(SyncError::UploadUnknown));
    assert_eq!(
        engine.pending_body(&child(), &id),
        Err(SyncError::UploadUnknown)
    );
}
