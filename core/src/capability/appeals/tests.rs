//! What may be evidence, what an appeal may be, and what is made of tomorrow's and of rubbish.

use serde_json::json;

use super::asking::AppealRequest;
use super::records::{HeldAddition, HeldAppeal, HeldRequest};
use crate::wire::SubjectId;
use crate::words::LocalizedText;

use super::{
    AddedFact, Appeal, AppealAddition, AppealDecision, AppealOutcome, AppealsPart, EvidenceEntry,
    EvidenceError, EvidenceKind, FactAddition, FactCorrection, MAX_EVIDENCE_BYTES, PIECE_BYTES,
    decision_fits,
};

fn jpeg(length: usize) -> Vec<u8> {
    let mut bytes = vec![0xff, 0xd8, 0xff];
    bytes.resize(length, 7);
    bytes
}

fn appeal(evidence: Vec<EvidenceEntry>) -> Appeal {
    Appeal {
        receipt_sha256: "a".repeat(64),
        statement: "Not me.".to_owned(),
        evidence,
    }
}

fn codes(appeal: &Appeal) -> Vec<(String, String)> {
    let faults = appeal.check().err().unwrap_or_default();
    let faults = faults.into_iter();
    faults.map(|fault| (fault.path, fault.code)).collect()
}

#[test]
fn evidence_is_told_by_its_first_bytes() {
    let brand = |brand: &[u8]| [&[0, 0, 0, 24], &b"ftyp"[..], brand].concat();
    for (bytes, expected) in [
        (jpeg(3), Ok(EvidenceKind::Jpeg)),
        (b"\x89PNG\r\n\x1a\n".to_vec(), Ok(EvidenceKind::Png)),
        (b"%PDF-1.4".to_vec(), Ok(EvidenceKind::Pdf)),
        (brand(b"heic"), Err(EvidenceError::Heic)),
        (brand(b"mif1"), Err(EvidenceError::Heic)),
        (brand(b"isom"), Err(EvidenceError::OtherType)),
        (b"ftyp".to_vec(), Err(EvidenceError::OtherType)),
        (b"\xff\xd8".to_vec(), Err(EvidenceError::OtherType)),
        (Vec::new(), Err(EvidenceError::Empty)),
        (jpeg(MAX_EVIDENCE_BYTES), Ok(EvidenceKind::Jpeg)),
        (jpeg(MAX_EVIDENCE_BYTES + 1), Err(EvidenceError::TooLarge)),
    ] {
        assert_eq!(EvidenceKind::of(&bytes), expected);
    }
}

#[test]
fn an_entry_names_its_bytes_and_no_others() {
    for length in [3, PIECE_BYTES, PIECE_BYTES + 1, MAX_EVIDENCE_BYTES] {
        let bytes = jpeg(length);
        let entry = EvidenceEntry::of(&bytes).unwrap();
        assert_eq!(entry.pieces.len(), length.div_ceil(PIECE_BYTES));
        assert_eq!((entry.check(), entry.check_whole(&bytes)), (Ok(()), Ok(())));
        let other = EvidenceEntry {
            kind: EvidenceKind::Png,
            ..entry
        };
        let refused = Err(EvidenceError::Inconsistent);
        assert_eq!(other.check_whole(&bytes), refused);
    }
    let entry = EvidenceEntry::of(&jpeg(PIECE_BYTES + 1)).unwrap();
    let short = EvidenceEntry {
        pieces: entry.pieces[..1].to_vec(),
        ..entry.clone()
    };
    let huge = EvidenceEntry {
        size: u32::MAX,
        ..entry.clone()
    };
    let no_hash = EvidenceEntry {
        sha256: "A".repeat(64),
        ..entry
    };
    assert_eq!(short.check(), Err(EvidenceError::Inconsistent));
    assert_eq!(huge.check(), Err(EvidenceError::TooLarge));
    assert_eq!(no_hash.check(), Err(EvidenceError::Inconsistent));
}

#[test]
fn an_appeal_is_refused_with_the_field_at_fault() {
    let entry = |length| EvidenceEntry::of(&jpeg(length)).unwrap();
    assert_eq!(codes(&appeal(vec![entry(3), entry(4)])), []);
    let twice = codes(&appeal(vec![entry(3), entry(3)]));
    assert_eq!(
        twice,
        [("evidence.1".to_owned(), "evidence_twice".to_owned())]
    );
    let many = codes(&appeal((3..9).map(entry).collect()));
    assert_eq!(
        many,
        [("evidence".to_owned(), "evidence_too_many".to_owned())]
    );
    let silent = Appeal {
        statement: "  ".to_owned(),
        ..appeal(Vec::new())
    };
    assert_eq!(codes(&silent)[0].0, "statement");
    // An objection of before is an appeal without evidence; what an authority does not understand it does not take.
    let before = json!({"receiptSha256": "a".repeat(64), "statement": "Not me."});
    assert!(serde_json::from_value::<Appeal>(before.clone()).unwrap() == appeal(Vec::new()));
    let mut tomorrow = before;
    tomorrow["urgency"] = json!("high");
    assert!(serde_json::from_value::<Appeal>(tomorrow).is_err());
}

#[test]
fn an_appeal_as_large_as_any_fits_into_a_request() {
    let entries = (0..5).map(|last| {
        let mut bytes = jpeg(MAX_EVIDENCE_BYTES);
        bytes[MAX_EVIDENCE_BYTES - 1] = last;
        EvidenceEntry::of(&bytes).unwrap()
    });
    let largest = Appeal {
        statement: "病".repeat(crate::wire::MAX_STATEMENT_CHARS),
        ..appeal(entries.collect())
    };
    assert_eq!(codes(&largest), []);
    let body = serde_json::to_vec(&largest).unwrap();
    assert!(
        body.len() < crate::wire::MAX_REQUEST_BYTES / 2,
        "{}",
        body.len()
    );
    const { assert!(PIECE_BYTES < crate::wire::MAX_REQUEST_BYTES) };
}

#[test]
fn a_decision_corrects_facts_where_it_grants_and_nothing_where_it_does_not() {
    let add = |fact, day: &str, dose| FactAddition {
        fact,
        day: day.to_owned(),
        dose,
    };
    let tested = [add(AddedFact::NegativeTest, "2026-11-23", None)];
    let granted = AppealOutcome::Upheld;
    assert!(decision_fits(granted, "record_missing", &[], &tested));
    assert!(!decision_fits(
        AppealOutcome::Rejected,
        "evidence_not_enough",
        &[],
        &tested
    ));
    for (addition, is_right) in [
        (tested[0].clone(), true),
        (add(AddedFact::Vaccinated, "2026-11-23", Some(2)), true),
        (add(AddedFact::Vaccinated, "2026-11-23", Some(0)), false),
        (add(AddedFact::NegativeTest, "2026-11-23", Some(1)), false),
        (add(AddedFact::Recovered, "yesterday", None), false),
    ] {
        assert_eq!(addition.is_well_formed(), is_right);
    }
    assert!(
        serde_json::from_value::<FactAddition>(json!({"fact": "green", "day": "2026-11-23"}))
            .is_err()
    );
    let strike = [FactCorrection::Declared {
        member: "contact".to_owned(),
        until: "2026-11-24".to_owned(),
    }];
    assert!(strike[0].is_well_formed());
    for (outcome, reason, corrections, fits) in [
        (AppealOutcome::Upheld, "record_wrong", &strike[..], true),
        (AppealOutcome::Partly, "answer_mistaken", &strike[..], true),
        (AppealOutcome::Upheld, "record_wrong", &[], false),
        (
            AppealOutcome::Upheld,
            "evidence_not_enough",
            &strike[..],
            false,
        ),
        (AppealOutcome::Rejected, "evidence_not_enough", &[], true),
        (
            AppealOutcome::Rejected,
            "evidence_not_enough",
            &strike[..],
            false,
        ),
        (AppealOutcome::Rejected, "of_tomorrow", &[], false),
        (AppealOutcome::Other, "record_wrong", &strike[..], false),
    ] {
        assert_eq!(
            decision_fits(outcome, reason, corrections, &[]),
            fits,
            "{reason}"
        );
    }
    for wrong in [
        json!({"strike": "order", "head": "x"}),
        json!({"strike": "declared", "member": "colour", "until": "2026-11-24"}),
        json!({"strike": "declared", "member": "contact", "until": "tomorrow"}),
    ] {
        let correction: FactCorrection = serde_json::from_value(wrong).unwrap();
        assert!(!correction.is_well_formed());
    }
    assert!(serde_json::from_value::<FactCorrection>(json!({"set": "green"})).is_err());
}

#[test]
fn evidence_may_answer_without_words_and_words_without_evidence() {
    let entry = EvidenceEntry::of(&jpeg(3)).unwrap();
    let answer = |statement: &str, evidence| {
        let addition = AppealAddition {
            appeal: "a".to_owned(),
            request: "r".to_owned(),
            statement: statement.to_owned(),
            evidence,
        }
        .cleaned();
        let faults = addition.check().err().unwrap_or_default().into_iter();
        faults.map(|fault| fault.path).collect::<Vec<_>>()
    };
    assert_eq!(answer("", vec![entry.clone()]), [""; 0]);
    assert_eq!(answer("Here.", Vec::new()), [""; 0]);
    assert_eq!(answer("  ", Vec::new()), ["statement"]);
    assert_eq!(answer("", vec![entry.clone(), entry]), ["evidence.1"]);
}

#[test]
fn a_deadline_stands_still_no_longer_than_was_asked_for() {
    let request = |asked_at, answer_by, decide_by, answered: Option<i64>| HeldRequest {
        signed: String::new(),
        told: AppealRequest {
            citizen_id: String::new(),
            subject: SubjectId::OWNER,
            appeal: String::new(),
            id: String::new(),
            reason: String::new(),
            text: LocalizedText::default(),
            asked_at,
            answer_by,
            decide_by,
            officer: String::new(),
            order: String::new(),
            signature: String::new(),
        },
        addition: answered.map(|decide_by| HeldAddition {
            decide_by,
            ..HeldAddition::default()
        }),
    };
    for (requests, expected) in [
        (vec![], 100),
        (vec![request(10, 60, 150, None)], 150),
        (vec![request(10, 60, 150, Some(120))], 120),
        // An authority that signs itself more than the time it waits gains nothing.
        (vec![request(10, 60, 9_000, None)], 150),
        (vec![request(10, 60, 9_000, Some(9_000))], 150),
        (vec![request(60, 10, 9_000, None)], 100),
        (
            vec![request(10, 60, 150, Some(120)), request(70, 90, 140, None)],
            140,
        ),
    ] {
        let held = HeldAppeal {
            requests,
            ..HeldAppeal::default()
        };
        assert_eq!(held.deadline(100), expected);
    }
}

#[test]
fn what_a_later_authority_says_is_read_as_far_as_it_is_known() {
    let decision: AppealDecision = serde_json::from_value(json!({
        "citizenId": "c", "id": "a", "outcome": "referred", "reason": "of_tomorrow", "decidedAt": 7,
        "text": {"en": "Words."}, "panel": [1, 2],
    }))
    .unwrap();
    assert_eq!(decision.outcome, AppealOutcome::Other);
    let part: AppealsPart = serde_json::from_value(json!({
        "appeals": [{"id": "a", "change": 1, "acknowledgement": "x", "hearing": {}}], "more": true,
    }))
    .unwrap();
    assert_eq!(part.appeals.len(), 1);
}
