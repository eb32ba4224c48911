//! Uploads and devices that the authority or the phone refuses; plans.

use super::*;

#[test]
fn plans_and_reasons() {
    let world = World::settled();
    let plan = |result| (result, NOON_MS + HOUR_MS);
    for reason in [SyncReason::Scheduled, SyncReason::AppOpened] {
        let outcome = world.sync_for(reason);
        let found = (outcome.result, outcome.next_allowed_at_ms);
        assert_eq!(found, plan(SyncResult::NotNeeded));
    }
    assert_eq!(world.transport.take_sent().len(), 0);
    for reason in [
        SyncReason::PushHint,
        SyncReason::UserAsked,
        SyncReason::AfterSubmit,
    ] {
        assert_eq!(world.sync_for(reason).result, SyncResult::Synced);
    }
    world.declare(b"{}");
    assert_eq!(world.sync_for(SyncReason::Scheduled).uploads_sent, 1);

    // A plan out of bounds is brought into them.
    world.authority.set_next_sync(NextSync {
        after_secs: 0,
        spread_secs: u32::MAX,
    });
    world.authority.decide(Colour::Green, Reason::Clear);
    let next = world.sync().next_allowed_at_ms - NOON_MS;
    assert!((60_000..=60_000 + 24 * HOUR_MS).contains(&next), "{next}");
}

#[test]
fn a_wedged_upload_stays_is_reported_and_holds_nothing_up() {
    let mut world = World::settled();
    let bad = world.declare(b"{\"bad\":1}");
    world.declare(b"{\"good\":1}");
    world.authority.refuse(b"{\"bad\":1}", ProblemKind::Invalid);
    let outcome = world.sync();
    assert_eq!(outcome.result, SyncResult::Synced);
    assert_eq!((outcome.uploads_sent, outcome.uploads_left), (1, 0));
    assert_eq!(outcome.uploads_refused[0].upload_id, bad);
    assert_eq!(outcome.uploads_refused[0].code, "invalid");
    world.restart();
    let pending = world.engine.pending(&OWNER).unwrap();
    assert_eq!(pending.len(), 1);
    let refusal = UploadRefusal {
        code: "invalid".into(),
        field: None,
        field_code: None,
    };
    assert_eq!(pending[0].refusal, Some(refusal));
    assert_eq!(
        world.engine.pending_body(&OWNER, &bad).unwrap(),
        b"{\"bad\":1}"
    );
    // Not sent again, and told only once.
    assert_eq!(world.sync().uploads_refused, []);
    assert_eq!(world.declarations().len(), 1);
    world.engine.dismiss(&OWNER, &bad).unwrap();
    assert_eq!(world.engine.pending(&OWNER).unwrap(), []);
    assert_eq!(
        world.engine.dismiss(&OWNER, &bad),
        Err(SyncError::UploadUnknown)
    );
}

/// Somebody on the same address tried too many documents: neither declaration nor code waits for the correction.
#[test]
fn a_correction_that_must_wait_holds_no_declaration_up() {
    let world = World::settled();
    world.register();
    let waiting = world.engine.pending(&OWNER).unwrap();
    let correction = world
        .engine
        .pending_body(&OWNER, &waiting[0].upload_id)
        .unwrap();
    world
        .authority
        .refuse(&correction, ProblemKind::RateLimited);
    world.declare(b"{}");
    world.authority.decide(Colour::Yellow, Reason::CloseContact);
    let outcome = world.sync();
    assert_eq!(outcome.result, SyncResult::Synced);
    assert_eq!(outcome.problem.as_deref(), Some("rate_limited"));
    assert_eq!((outcome.uploads_sent, outcome.uploads_left), (1, 1));
    assert_eq!(world.declarations(), [b"{}"]);
    assert_eq!(world.colour(), Some(Colour::Yellow));
    // It is tried again with the next sync, and nothing else has to happen for that.
    assert_eq!(world.sync_for(SyncReason::AppOpened).uploads_left, 1);
    let sent = world.transport.take_sent_lines();
    let tries = sent
        .iter()
        .filter(|line| line.starts_with("POST /v1/subjects"));
    assert!(tries.count() >= 2, "{sent:?}");
}

#[test]
fn an_answer_to_a_correction_is_kept_with_its_deadline() {
    let mut world = World::settled();
    let id = world
        .engine
        .enqueue(&OWNER, &CORRECTION, b"{\"statement\":1}")
        .unwrap();
    assert_eq!(world.engine.corrections(&OWNER).unwrap(), []);
    world.sync();
    let taken = world.engine.corrections(&OWNER).unwrap();
    assert_eq!(taken.len(), 1);
    assert_eq!(taken[0].id, id);
    assert_eq!(taken[0].decided_by, Some(NOON_MS / 1000 + 86_400));
    world.restart();
    assert_eq!(world.engine.corrections(&OWNER).unwrap(), taken);
    // The citizen has read it: gone for good.
    world.engine.dismiss(&OWNER, &id).unwrap();
    assert_eq!(
        world.engine.dismiss(&OWNER, &id),
        Err(SyncError::UploadUnknown)
    );
    world.restart();
    assert_eq!(world.engine.corrections(&OWNER).unwrap(), []);
}

/// What shows when an upload was taken goes along when it is sent again, and never before.
#[test]
fn what_comes_again_shows_when_it_was_taken() {
    let world = World::settled();
    world.declare(b"{\"a\":1}");
    world.sync();
    world.pass(5_000);
    world.authority.lose_everything();
    world.authority.decide(Colour::Green, Reason::Clear);
    world.declare(b"{\"b\":1}");
    for _ in 0..2 {
        world.sync();
    }
    let sent = world.transport.take_sent().into_iter();
    let uploads = sent.filter(|it| it.url.contains("/declarations/"));
    let shown: Vec<_> = uploads
        .map(|request| {
            let mut headers = request.headers.into_iter();
            let shown = headers.find(|(name, _)| name == crate::wire::ACCEPTANCE_HEADER);
            (request.body, shown.map(|(_, value)| value))
        })
        .collect();
    let taken = Some(format!("at-{}", NOON_MS / 1_000));
    assert_eq!(shown.first(), Some(&(b"{\"a\":1}".to_vec(), None)));
    assert!(shown.contains(&(b"{\"a\":1}".to_vec(), taken)), "{shown:?}");
    let others = shown.iter().filter(|(body, _)| body == b"{\"b\":1}");
    assert!(others.into_iter().all(|(_, shown)| shown.is_none()));
}

#[test]
fn a_used_nonce_is_renewed_once() {
    let world = World::settled();
    world.declare(b"{}");
    // Lost with the answer: the phone has no nonce, sends one of its own, and is told a good one.
    world.engine.context.take_nonce();
    assert_eq!(world.sync().uploads_sent, 1);
    let lines = world.transport.take_sent_lines();
    assert_eq!(lines[0], lines[1]);
    assert_eq!(lines.len(), 4);
}

#[test]
fn a_device_that_was_removed_registers_again_and_sends_what_was_taken_before_what_waits() {
    let mut world = World::settled();
    for body in [b"{\"a\":1}", b"{\"b\":1}"] {
        world.declare(body);
        assert_eq!(world.sync().uploads_sent, 1);
    }
    world.declare(b"{\"c\":1}");
    let before = world.authority.uploads();
    world.authority.lose_everything();
    world.authority.decide(Colour::Green, Reason::Clear);
    world.restart();
    let outcome = world.sync();
    assert_eq!(outcome.result, SyncResult::Synced, "{outcome:?}");
    assert_eq!(outcome.problem.as_deref(), Some("device_unknown"));
    assert!(outcome.registers_again);
    assert_eq!((outcome.uploads_sent, outcome.uploads_left), (4, 0));
    let after = world.authority.uploads();
    assert_eq!(after[..3], before);
    assert_eq!(after[3].1, b"{\"c\":1}");
    assert_eq!(world.colour(), Some(Colour::Green));
}

/// Bounds of what is kept to be sent again: the newest twenty of the last two weeks.
#[test]
fn what_is_sent_again_is_bounded() {
    let world = World::settled();
    let old = world.declare(b"{\"old\":1}");
    world.sync();
    world.pass(15 * 24 * 60 * MINUTE);
    for number in 0..22 {
        world.pass(1);
        world.declare(format!("{{\"n\":{number}}}").as_bytes());
    }
    world.sync();
    world.authority.lose_everything();
    let outcome = world.sync();
    assert_eq!(outcome.uploads_sent, 21, "{outcome:?}");
    let paths = world.authority.uploads().into_iter();
    let bodies: Vec<_> = paths
        .map(|(path, body)| {
            assert!(!path.ends_with(&old));
            body
        })
        .collect();
    assert_eq!(bodies[1], b"{\"n\":2}");
    assert_eq!(bodies[20], b"{\"n\":21}");
}

#[test]
fn another_device_key_is_not_registered() {
    let mut world = World::settled();
    world.signer = Arc::new(SoftwareEd25519::from_seed(&[6; 32]));
    world.restart();
    world.declare(b"{}");
    let outcome = world.sync();
    assert_eq!((outcome.uploads_sent, outcome.uploads_left), (0, 1));
    assert_eq!(world.transport.take_sent_lines(), ["GET /v1/bundles"]);
}

#[test]
fn a_phone_whose_key_is_gone_says_so() {
    let mut world = World::settled();
    let key = world.signer.public_key().unwrap();
    world.signer = Arc::new(LostDeviceKey(key));
    world.restart();
    let outcome = world.sync();
    assert_eq!(outcome.result, SyncResult::PhoneFailed);
    assert_eq!(outcome.problem.as_deref(), Some("key_unavailable"));
    // Nothing was the network's fault: no wait.
    assert_eq!(
        world.sync_for(SyncReason::PushHint).result,
        SyncResult::PhoneFailed
    );
    assert_eq!(world.colour(), Some(Colour::Green));
}
