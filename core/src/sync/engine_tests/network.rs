//! Answers lost, doubled, delayed, cut off, oversized, forged; servers that are busy; callers in a hurry.

use super::OWNER;
use super::{
    CancelHandle, Colour, Fault, ITINERARY, MINUTE, NOON_MS, ProblemKind, Reason, SyncReason,
    SyncResult, TransportError, World,
};

/// What every fault must leave untouched, and that the next sync delivers exactly once.
fn survives(name: &str, fault: Fault, expected: SyncResult) {
    let mut world = World::settled();
    let id = world.declare(b"{\"n\":1}");
    world.transport.script([fault]);
    let outcome = world.sync();
    assert_eq!(outcome.result, expected, "{name}");
    assert_eq!(outcome.uploads_left, 1, "{name}");
    assert_eq!(
        world.engine.pending(&OWNER).unwrap()[0].upload_id,
        id,
        "{name}"
    );
    assert_eq!(
        world.engine.pending(&OWNER).unwrap()[0].refusal,
        None,
        "{name}"
    );
    assert_eq!(world.colour(), Some(Colour::Green), "{name}");

    world.restart();
    let outcome = world.sync();
    assert_eq!(outcome.result, SyncResult::Synced, "{name}");
    assert_eq!(outcome.uploads_sent, 1, "{name}");
    assert_eq!(world.declarations(), [b"{\"n\":1}".to_vec()], "{name}");
}

#[test]
fn every_fault_of_an_upload_is_survived_and_it_arrives_once() {
    let table = [
        ("answer lost", Fault::AnswerLost, SyncResult::Offline),
        (
            "unreachable",
            Fault::Fails(TransportError::Unreachable),
            SyncResult::Offline,
        ),
        ("truncated", Fault::Truncated, SyncResult::Offline),
        ("cut in half", Fault::CutInHalf, SyncResult::AnswerRefused),
        ("oversized", Fault::Oversized, SyncResult::AnswerRefused),
        (
            "captive portal",
            Fault::CaptivePortal,
            SyncResult::CaptivePortal,
        ),
        ("redirected", Fault::Redirected, SyncResult::CaptivePortal),
        (
            "certificate",
            Fault::Fails(TransportError::CertificateRefused),
            SyncResult::CertificateRefused,
        ),
        (
            "too slow there",
            Fault::Delayed {
                there_ms: 31_000,
                back_ms: 0,
            },
            SyncResult::DeadlinePassed,
        ),
        (
            "too slow back",
            Fault::Delayed {
                there_ms: 100,
                back_ms: 31_000,
            },
            SyncResult::DeadlinePassed,
        ),
        (
            "cancelled midway",
            Fault::CancelledMidway,
            SyncResult::Cancelled,
        ),
    ];
    for (name, fault, expected) in table {
        survives(name, fault, expected);
    }
}

#[test]
fn a_doubled_request_counts_once() {
    let world = World::settled();
    world.declare(b"{}");
    // The second copy of the upload has a used nonce: it is signed again and answered with 200.
    world.transport.script([Fault::Duplicated]);
    assert_eq!(world.sync().uploads_sent, 1);
    assert_eq!(world.declarations().len(), 1);
}

#[test]
fn a_registration_whose_answer_is_lost_is_one_registration() {
    let world = World::new(NOON_MS);
    world.register();
    world
        .transport
        .script([Fault::None, Fault::None, Fault::AnswerLost]);
    let outcome = world.sync();
    assert_eq!(outcome.result, SyncResult::Offline);
    assert!(!outcome.registered);
    assert_eq!(world.authority.uploads().len(), 1);
    let outcome = world.sync();
    assert_eq!(outcome.result, SyncResult::Synced);
    assert!(outcome.registered);
    assert_eq!(world.authority.uploads().len(), 1);
}

#[test]
fn a_lost_answer_to_a_colour_change_is_asked_for_again() {
    for fault in [
        Fault::AnswerLost,
        Fault::CutInHalf,
        Fault::BitFlipped,
        Fault::Oversized,
    ] {
        let world = World::settled();
        world.authority.decide(Colour::Yellow, Reason::CloseContact);
        world.transport.script([fault.clone()]);
        assert_ne!(world.sync().result, SyncResult::Synced, "{fault:?}");
        // Of an answer with one bad half the other counts.
        let is_half = matches!(fault, Fault::BitFlipped);
        let colour = if is_half {
            Colour::Yellow
        } else {
            Colour::Green
        };
        assert_eq!(world.colour(), Some(colour), "{fault:?}");
        assert!(world.sync().state_changed, "{fault:?}");
        assert_eq!(world.colour(), Some(Colour::Yellow), "{fault:?}");
    }
}

#[test]
fn a_slow_answer_bounds_the_error_of_the_time() {
    let world = World::new(NOON_MS);
    world.register();
    world.transport.script([Fault::Delayed {
        there_ms: 0,
        back_ms: 20_000,
    }]);
    world.sync_for(SyncReason::Scheduled);
    // The next, quick, answer puts it right.
    let time = world.engine.trusted_now();
    assert_eq!(time.at_ms, NOON_MS + 20_000);
    assert_eq!(time.error_ms, Some(0));

    let world = World::new(NOON_MS);
    let slow = Fault::Delayed {
        there_ms: 0,
        back_ms: 20_000,
    };
    world
        .transport
        .script([slow, Fault::Fails(TransportError::Unreachable)]);
    world.sync_for(SyncReason::Scheduled);
    let time = world.engine.trusted_now();
    assert_eq!(time.error_ms, Some(10_000));
    assert_eq!(time.at_ms, NOON_MS + 10_000);
}

#[test]
fn retry_after_holds_everybody_across_a_restart_and_a_reboot() {
    let mut world = World::settled();
    world.declare(b"{}");
    world
        .authority
        .set_busy(Some((ProblemKind::RateLimited, Some("600"))));
    let outcome = world.sync();
    assert_eq!(outcome.result, SyncResult::ServerBusy);
    assert_eq!(outcome.problem.as_deref(), Some("rate_limited"));
    assert_eq!(outcome.next_allowed_at_ms, NOON_MS + 600_000);
    world.authority.set_busy(None);
    world.transport.take_sent();
    let all = [
        SyncReason::Scheduled,
        SyncReason::AppOpened,
        SyncReason::PushHint,
        SyncReason::UserAsked,
        SyncReason::AfterSubmit,
    ];
    for step in 0..3 {
        match step {
            0 => world.pass(100_000),
            1 => {
                world.restart();
                world.pass(100_000);
            }
            _ => {
                world.reboot();
                world.pass(399_999 - 200_000);
            }
        }
        for reason in all {
            assert_eq!(
                world.sync_for(reason).result,
                SyncResult::Waiting,
                "{step} {reason:?}"
            );
        }
    }
    assert_eq!(world.transport.take_sent().len(), 0);
    world.pass(200_001);
    assert_eq!(world.sync_for(SyncReason::Scheduled).uploads_sent, 1);
}

#[test]
fn a_retry_after_date_counts_by_the_servers_clock() {
    // The phone's own clock is a day off; the answer tells the time.
    let world = World::new(NOON_MS - 86_400_000);
    let date = "Tue, 24 Nov 2026 12:05:00 GMT";
    world
        .authority
        .set_busy(Some((ProblemKind::Unavailable, Some(date))));
    let outcome = world.sync();
    assert_eq!(outcome.result, SyncResult::ServerBusy);
    assert_eq!(outcome.next_allowed_at_ms, NOON_MS + 300_000);
}

#[test]
fn failures_back_off_for_machines_but_not_for_the_citizen() {
    let mut world = World::settled();
    world.pass(2 * 3_600_000);
    let offline = || Fault::Fails(TransportError::Unreachable);
    world.transport.script([offline()]);
    let outcome = world.sync_for(SyncReason::Scheduled);
    assert_eq!(outcome.result, SyncResult::Offline);
    let now = world.engine.trusted_now().at_ms;
    let wait = outcome.next_allowed_at_ms - now;
    assert!((1..=2_000).contains(&wait), "{wait}");
    world.restart();
    for reason in [
        SyncReason::Scheduled,
        SyncReason::AppOpened,
        SyncReason::PushHint,
    ] {
        assert_eq!(world.sync_for(reason).result, SyncResult::Waiting);
    }
    assert_eq!(
        world.sync_for(SyncReason::UserAsked).result,
        SyncResult::Synced
    );
}

#[test]
fn two_hours_without_a_server_lose_nothing() {
    let mut world = World::settled();
    let mut expected = Vec::new();
    for minute in 0..12_u8 {
        let body = format!("{{\"minute\":{minute}}}").into_bytes();
        world.declare(&body);
        expected.push(body);
        world
            .transport
            .script([Fault::Fails(TransportError::Unreachable)]);
        assert_eq!(world.sync().result, SyncResult::Offline);
        world.pass(10 * MINUTE);
        assert_eq!(world.colour(), Some(Colour::Green));
        if minute % 4 == 0 {
            world.restart();
        }
    }
    let outcome = world.sync();
    assert_eq!((outcome.uploads_sent, outcome.uploads_left), (12, 0));
    assert_eq!(world.declarations(), expected);
}

#[test]
fn deadline_and_cancel_stop_between_two_requests() {
    let world = World::settled();
    for _ in 0..3 {
        world.declare(b"{}");
    }
    // Each request takes 400 ms: the third would start after the deadline.
    let slow = || Fault::Delayed {
        there_ms: 200,
        back_ms: 200,
    };
    world.transport.script([slow(), slow(), slow()]);
    let cancel = CancelHandle::new();
    let outcome = world.engine.sync_once(SyncReason::UserAsked, 900, &cancel);
    assert_eq!(outcome.result, SyncResult::DeadlinePassed);
    assert_eq!((outcome.uploads_sent, outcome.uploads_left), (2, 1));
    world.transport.clear_script();

    cancel.cancel();
    world.transport.take_sent();
    let outcome = world.engine.sync_once(SyncReason::UserAsked, 800, &cancel);
    assert_eq!(outcome.result, SyncResult::Cancelled);
    assert_eq!(world.transport.take_sent().len(), 0);
    let outcome = world
        .engine
        .sync_once(SyncReason::UserAsked, 0, &CancelHandle::new());
    assert_eq!(outcome.result, SyncResult::DeadlinePassed);
    assert_eq!(world.transport.take_sent().len(), 0);
    assert_eq!(world.sync().uploads_sent, 1);
}

#[test]
fn an_answer_about_another_upload_is_not_taken() {
    let world = World::settled();
    let id = world
        .engine
        .enqueue(&OWNER, &ITINERARY, b"{\"legs\":[]}")
        .unwrap();
    let answer = crate::ports::HttpResponse {
        status: 201,
        headers: vec![("content-type".into(), "application/json".into())],
        body: b"{\"id\":\"other\",\"receivedAt\":1,\"serverTimeMs\":1}".to_vec(),
    };
    world.transport.script([Fault::Answers(answer)]);
    let outcome = world.sync();
    assert_eq!(outcome.result, SyncResult::AnswerRefused);
    assert_eq!(outcome.problem.as_deref(), Some("sync_answer_malformed"));
    assert_eq!(world.engine.pending(&OWNER).unwrap()[0].upload_id, id);
}
