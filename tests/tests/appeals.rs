//! Appeals, end to end: a phone appeals offline with a photograph and a PDF, is killed in the middle of sending, goes on, is
//! acknowledged; two officers decide, the facts change and the colour by the rules, and the phone reads it with the server off.

use health_code_authority::AppealDecisionOrder;
use health_code_core::capability::appeals::{
    AppealOutcome, AppealStatus, FactCorrection, MAX_EVIDENCE,
};
use health_code_core::citizen::HomeNoticeKind;
use health_code_core::colour::{Colour, Reason};
use health_code_core::sync::SyncResult;
use health_code_core::wire::Problem;
use health_code_tests::appealing::{decision, notices, only, photograph, sync_all};
use health_code_tests::phone::Phone;
use health_code_tests::town::Town;
use serde_json::json;

fn pdf() -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    bytes.resize(90_000, b' ');
    bytes
}

/// A phone that two officers turned red for a contact that never was.
fn red_phone(town: &Town) -> (Phone, String, String) {
    let phone = Phone::new(town, "phone");
    phone.turn_green(town);
    let home = phone.health_code.home().expect("a view");
    let citizen = home.colour.expect("a colour").citizen_id;
    let ordered = town.change_colour(&citizen, Colour::Red, Reason::Confirmed, "");
    phone.sync();
    assert_eq!(phone.colour(), Colour::Red);
    (phone, citizen, ordered.head)
}

#[test]
fn an_appeal_with_evidence_survives_a_kill_is_acknowledged_decided_and_changes_the_facts() {
    let mut town = Town::new();
    let (phone, citizen, head) = red_phone(&town);
    town.stop();
    let photo = phone
        .health_code
        .add_appeal_evidence(&photograph(6, 1))
        .expect("added");
    phone
        .health_code
        .add_appeal_evidence(&pdf())
        .expect("added");
    let draft = phone.health_code.appeal_draft().expect("a draft");
    assert_eq!((draft.evidence.len(), draft.can_submit), (2, false));
    assert_eq!(draft.evidence[0].sha256, photo);
    let id = phone
        .health_code
        .submit_appeal("I was not in that city on that day.")
        .expect("queued");
    let queued = only(&phone);
    assert_eq!((queued.status, queued.pieces), (AppealStatus::Queued, 8));
    assert!(queued.spoken.contains(&queued.next_step_text));
    assert!(
        phone
            .health_code
            .appeal_draft()
            .expect("a draft")
            .evidence
            .is_empty()
    );
    assert_eq!(phone.sync().result, SyncResult::Offline);

    // The network ends in the middle; the phone is killed and a week goes by.
    town.start();
    for (through, sent) in [(3, 2), (1, 3)] {
        phone.line.cut_after(through);
        assert_eq!(phone.sync().result, SyncResult::Offline);
        let sending = only(&phone);
        assert_eq!(
            (sending.status, sending.pieces_sent),
            (AppealStatus::Sending, sent)
        );
    }
    let sending = only(&phone);
    assert!(sending.received_at.is_none() && sending.acknowledgement.is_none());
    drop(phone);
    town.clock.advance_ms(7 * 86_400_000);
    let phone = Phone::new(&town, "phone");
    let outcome = sync_all(&phone);
    assert_eq!(outcome.result, SyncResult::Synced, "{outcome:?}");
    let received = only(&phone);
    assert_eq!(
        (received.id.as_str(), received.status),
        (id.as_str(), AppealStatus::Received)
    );
    assert_eq!(received.pieces_sent, received.pieces);
    assert!(received.acknowledgement.is_some() && received.can_withdraw);
    // 4 hours: nothing says that the district is of another level.
    let received_at = received.received_at.expect("a time");
    assert_eq!(received.decide_by, Some(received_at + 4 * 3_600));

    // Nobody decides in time, and the citizen sees it.
    town.clock.advance_ms(5 * 3_600_000);
    phone.clock.advance_ms(5 * 3_600_000);
    assert_eq!(only(&phone).status, AppealStatus::Overdue);
    assert!(notices(&phone).contains(&HomeNoticeKind::AppealOverdue));

    // Only what fits is carried out, and a colour is none of it.
    let order = decision(&town, &citizen, &id);
    let answer = town.decide_appeal(&order);
    let problem: Problem = serde_json::from_slice(&answer.body).expect("a problem");
    assert_eq!(
        problem.field_code.as_deref(),
        Some("reason_not_for_outcome")
    );
    let order = AppealDecisionOrder {
        corrections: vec![FactCorrection::Order { head }],
        ..order
    };
    let first = town.decide_appeal(&order);
    assert_eq!(
        first.status,
        201,
        "{}",
        String::from_utf8_lossy(&first.body)
    );
    assert_eq!(town.decide_appeal(&order).status, 200);
    let again = decision(&town, &citizen, &id);
    let again = AppealDecisionOrder {
        corrections: order.corrections.clone(),
        ..again
    };
    assert_eq!(town.decide_appeal(&again).status, 422);

    phone.declare_well();
    sync_all(&phone);
    town.stop();
    assert_eq!(phone.colour(), Colour::Green);
    let decided = only(&phone);
    assert_eq!(decided.status, AppealStatus::Decided);
    assert_eq!(decided.outcome, Some(AppealOutcome::Upheld));
    assert_eq!(
        decided.decision_text.as_deref(),
        Some("It was another person.")
    );
    assert!(decided.is_new && decided.can_dismiss && decided.decision.is_some());
    assert!(notices(&phone).contains(&HomeNoticeKind::AppealDecided));
    assert!(!notices(&phone).contains(&HomeNoticeKind::AppealOverdue));
    // The change is an entry of the chain like every other.
    assert!(!notices(&phone).contains(&HomeNoticeKind::ColourAlarm));
    assert!(!notices(&phone).contains(&HomeNoticeKind::ColourDiffers));
    phone.health_code.set_language("zh-CN");
    assert_eq!(only(&phone).decision_text.as_deref(), Some("是另一人。"));
    phone.health_code.mark_appeal_read(&id).expect("read");
    assert!(!notices(&phone).contains(&HomeNoticeKind::AppealDecided));
    phone.health_code.dismiss_appeal(&id).expect("dismissed");
    assert!(
        phone
            .health_code
            .appeals()
            .expect("a view")
            .appeals
            .is_empty()
    );
}

#[test]
fn a_mistaken_answer_is_struck_off_and_what_is_declared_later_counts() {
    let town = Town::new();
    let phone = Phone::new(&town, "phone");
    phone.register();
    phone.declare(&json!({"contact": true, "contactOn": "2026-11-23", "contactKind": "transport"}));
    phone.sync();
    let before = phone.colour_view();
    assert_ne!(before.colour, Colour::Green);
    let id = phone
        .health_code
        .submit_appeal("I tapped the wrong answer.")
        .expect("queued");
    sync_all(&phone);
    let order = AppealDecisionOrder {
        reason: "answer_mistaken".to_owned(),
        corrections: vec![FactCorrection::Declared {
            member: "contact".to_owned(),
            until: "2026-11-24".to_owned(),
        }],
        ..decision(&town, &before.citizen_id, &id)
    };
    let answer = town.decide_appeal(&order);
    assert_eq!(
        answer.status,
        201,
        "{}",
        String::from_utf8_lossy(&answer.body)
    );
    sync_all(&phone);
    let after = phone.colour_view();
    assert_eq!(after.colour, Colour::Green);
    // A new contact counts.
    town.clock.advance_ms(86_400_000);
    phone.clock.advance_ms(86_400_000);
    phone.declare(&json!({"contact": true, "contactOn": "2026-11-25", "contactKind": "transport"}));
    sync_all(&phone);
    assert_ne!(phone.colour(), Colour::Green);
}

#[test]
fn withdrawing_ends_it_sent_or_not() {
    let town = Town::new();
    let (phone, citizen, head) = red_phone(&town);
    phone
        .health_code
        .add_appeal_evidence(&photograph(2, 3))
        .expect("added");
    let unsent = phone.health_code.submit_appeal("Not me.").expect("queued");
    phone
        .health_code
        .withdraw_appeal(&unsent)
        .expect("withdrawn");
    assert!(
        phone
            .health_code
            .appeals()
            .expect("a view")
            .appeals
            .is_empty()
    );
    let id = phone.health_code.submit_appeal("Not me.").expect("queued");
    sync_all(&phone);
    phone.health_code.withdraw_appeal(&id).expect("queued");
    assert_eq!(only(&phone).status, AppealStatus::Withdrawing);
    phone
        .health_code
        .withdraw_appeal(&id)
        .expect_err("queued already");
    sync_all(&phone);
    assert_eq!(only(&phone).status, AppealStatus::Withdrawn);
    let order = AppealDecisionOrder {
        corrections: vec![FactCorrection::Order { head }],
        ..decision(&town, &citizen, &id)
    };
    assert_eq!(town.decide_appeal(&order).status, 422);
    assert_eq!(phone.colour(), Colour::Red);
}

#[test]
fn what_is_no_evidence_is_refused_with_a_named_code() {
    let town = Town::new();
    let (phone, _, _) = red_phone(&town);
    let code = |bytes: &[u8]| {
        let refused = phone
            .health_code
            .add_appeal_evidence(bytes)
            .expect_err("refused");
        let field = refused.refused()[0].clone();
        assert_eq!(field.path, "evidence");
        field.code
    };
    let mut heic = vec![0, 0, 0, 24];
    heic.extend(b"ftypheic");
    assert_eq!(code(&heic), "evidence_heic");
    assert_eq!(code(b"GIF89a"), "evidence_other_type");
    assert_eq!(code(b""), "evidence_empty");
    let mut large = photograph(1, 1);
    large.resize(2 * 1024 * 1024 + 1, 0);
    assert_eq!(code(&large), "evidence_too_large");
    for seed in 0..u8::try_from(MAX_EVIDENCE).expect("few") {
        phone
            .health_code
            .add_appeal_evidence(&photograph(1, seed))
            .expect("added");
    }
    assert_eq!(code(&photograph(1, 0)), "evidence_twice");
    assert_eq!(code(&photograph(1, 99)), "evidence_too_many");
    let draft = phone.health_code.appeal_draft().expect("a draft");
    phone
        .health_code
        .remove_appeal_evidence(&draft.evidence[0].sha256)
        .expect("removed");
    phone
        .health_code
        .add_appeal_evidence(&photograph(1, 99))
        .expect("added");
}

#[test]
fn a_full_quota_holds_up_nothing_else_and_ends_with_the_day() {
    let town = Town::with(|config| config.citizen_evidence_kib_per_day = 64);
    let (phone, _, _) = red_phone(&town);
    phone
        .health_code
        .add_appeal_evidence(&photograph(3, 1))
        .expect("added");
    phone.health_code.submit_appeal("Not me.").expect("queued");
    phone.declare_well();
    let outcome = phone.sync();
    assert_eq!(
        (outcome.result, outcome.uploads_sent),
        (SyncResult::Synced, 1),
        "{outcome:?}"
    );
    assert_eq!(outcome.problem.as_deref(), Some("quota_used_up"));
    assert_eq!(only(&phone).pieces_sent, 1);
    town.clock.advance_ms(86_400_000);
    phone.clock.advance_ms(86_400_000);
    assert_eq!(sync_all(&phone).result, SyncResult::Synced);
    assert_eq!(only(&phone).status, AppealStatus::Received);
}

#[test]
fn deadlines_go_by_the_risk_level_of_the_division() {
    for (levels, hours) in [
        (vec![], 4),
        (vec!["330100=medium".to_owned()], 12),
        (
            vec!["330000=medium".to_owned(), "330106=high".to_owned()],
            24,
        ),
        (vec!["330100=high".to_owned(), "330106=low".to_owned()], 4),
    ] {
        let town = Town::with(|config| config.risk_levels = levels);
        let (phone, _, _) = red_phone(&town);
        phone.health_code.submit_appeal("Not me.").expect("queued");
        sync_all(&phone);
        let received = only(&phone);
        let at = received.received_at.expect("a time");
        assert_eq!(received.decide_by, Some(at + hours * 3_600));
    }
}
