//! What may be evidence, what an appeal may be, and what is made of tomorrow's and of rubbish.

use serde_json::json;

use super::{
    Appeal, AppealDecision, AppealOutcome, AppealsPart, EvidenceEntry, EvidenceError, EvidenceKind,
    FactCorrection, MAX_EVIDENCE_BYTES, PIECE_BYTES, decision_fits,
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
            decision_fits(outcome, reason, corrections),
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
