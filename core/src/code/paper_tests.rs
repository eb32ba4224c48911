//! What a sheet of paper is worth at a door, and what it never is. The single steps are tests/vectors.

use super::{MAX_PAPER_CHARS, PaperClaims, issue_paper, read_paper, verify_paper};
use crate::code::{
    Assurance, Checkpoint, CodeError, Refusal, SubjectKind, VerdictAct, VerdictLevel, present,
    read_code,
};
use crate::colour::Colour;
use crate::picture;
use crate::ports::DeviceSigner as _;
use crate::testing::device_key::SoftwareP256;
use crate::testing::nation::{Nation, WUHAN, sample_claims, sample_paper};
use crate::trust::{ColourMapping, Scheme};
use crate::words::LocalizedText;

const NOW: i64 = 1_800_000_000;
const DAY: i64 = 86_400;

/// A checkpoint whose list counts at [`NOW`] and revokes these indexes.
fn door(nation: &Nation, revoked: &[u32]) -> Checkpoint {
    let checkpoint = Checkpoint::new(nation.trust.clone(), None, None);
    let list = nation.hangzhou_status(revoked, NOW);
    checkpoint.add_status_list(list).unwrap();
    checkpoint
}

#[test]
fn a_sheet_that_holds_is_compared_with_the_document_and_lets_nobody_in_by_itself() {
    let nation = Nation::at(NOW);
    let text = nation.paper(&sample_paper(NOW));
    let verdict = door(&nation, &[1]).check(&text, NOW);
    assert_eq!(verdict.refusal, Some(Refusal::CompareWithDocument));
    assert!(!verdict.accepted && verdict.status_checked);
    assert_eq!(verdict.colour, Some(Colour::Green));
    assert_eq!(verdict.masked_name.as_deref(), Some("欧**娜"));
    assert_eq!(verdict.document_tail.as_deref(), Some("002X"));
    assert_eq!(verdict.assurance, Some(Assurance::Paper));
    assert_eq!(verdict.presentation_age_secs, None);
    let level = VerdictLevel::of(verdict.refusal, verdict.local_colour);
    let act = VerdictAct::of(verdict.refusal, verdict.status_checked);
    assert_eq!(level, VerdictLevel::Check);
    assert_eq!(act, Some(VerdictAct::CompareWithDocument));
}

#[test]
fn without_a_list_that_counts_a_sheet_has_no_colour() {
    let nation = Nation::at(NOW);
    let claims = sample_paper(NOW);
    let text = nation.paper(&claims);
    let without = Checkpoint::new(nation.trust.clone(), None, None);
    let max_age = i64::from(nation.trust.policy.status_max_age_secs);
    let stale = door(&nation, &[]);
    let revoked = door(&nation, &[claims.status_index]);
    for (checkpoint, at, expected) in [
        (&without, NOW, Refusal::PaperNeedsStatusList),
        (&stale, NOW + max_age + 1, Refusal::PaperNeedsStatusList),
        (&revoked, NOW, Refusal::PaperRevoked),
        // What an old list revokes stays so.
        (&revoked, NOW + max_age + 1, Refusal::PaperRevoked),
    ] {
        let verdict = checkpoint.check(&text, at);
        assert_eq!(verdict.refusal, Some(expected));
        assert_eq!((verdict.colour, verdict.local_colour), (None, None));
    }
    let level = |refusal| VerdictLevel::of(Some(refusal), None);
    let act = |refusal| VerdictAct::of(Some(refusal), false);
    assert_eq!(
        level(Refusal::PaperNeedsStatusList),
        VerdictLevel::CannotTell
    );
    assert_eq!(
        act(Refusal::PaperNeedsStatusList),
        Some(VerdictAct::FetchLists)
    );
    assert_eq!(level(Refusal::PaperRevoked), VerdictLevel::Stop);
    assert_eq!(act(Refusal::PaperRevoked), Some(VerdictAct::ShowNewerSheet));
}

#[test]
fn a_sheet_counts_for_its_days_and_no_grace_stretches_them() {
    let mut nation = Nation::at(NOW);
    let claims = sample_paper(NOW);
    nation.trust.policy.status_max_age_secs = 60 * 24 * 3_600;
    nation.trust.grace_orders.push(crate::trust::GraceOrder {
        division: 330_100,
        until: NOW + 60 * DAY,
        extra_secs: 86_400,
    });
    let text = nation.paper(&claims);
    let door = door(&nation, &[]);
    for (at, expected) in [
        (claims.issued_at() - 31, Refusal::CredentialNotYetValid),
        (claims.expires_at - 1, Refusal::CompareWithDocument),
        (claims.expires_at, Refusal::PaperExpired),
    ] {
        assert_eq!(door.check(&text, at).refusal, Some(expected), "{at}");
    }
}

#[test]
fn a_sheet_shown_again_within_a_minute_is_named_at_this_door_and_at_those_that_share_their_lists() {
    let nation = Nation::at(NOW);
    let text = nation.paper(&sample_paper(NOW));
    let other = nation.paper(&PaperClaims {
        status_index: 1,
        ..sample_paper(NOW)
    });
    let (first, second) = (door(&nation, &[]), door(&nation, &[]));
    let says = |door: &Checkpoint, text: &str, at| door.check(text, at).refusal.unwrap();
    assert_eq!(says(&first, &text, NOW), Refusal::CompareWithDocument);
    assert_eq!(says(&first, &text, NOW + 60), Refusal::PaperShownAgain);
    assert_eq!(says(&first, &text, NOW + 121), Refusal::CompareWithDocument);
    // A door that shares nothing notices nothing.
    assert_eq!(
        says(&second, &other, NOW + 121),
        Refusal::CompareWithDocument
    );
    let shared = first.papers_seen(NOW + 130);
    assert_eq!(second.add_papers_seen(&shared), Ok(0));
    assert_eq!(
        says(&second, &text, NOW + 150),
        Refusal::PaperShownElsewhere
    );
    // The list that comes after both were shown says that one was.
    assert_eq!(first.add_papers_seen(&second.papers_seen(NOW + 150)), Ok(1));
    assert_eq!(
        says(&second, &text, NOW + 300),
        Refusal::CompareWithDocument
    );
    let level = VerdictLevel::of(Some(Refusal::PaperShownElsewhere), None);
    assert_eq!(level, VerdictLevel::Check);
}

#[test]
fn another_region_s_rule_counts_for_a_sheet_too() {
    let mut nation = Nation::at(NOW);
    nation.trust.mappings = vec![ColourMapping {
        rule_id: "HB-PAPER".to_owned(),
        from_division: None,
        scheme: None,
        colour: Colour::Green,
        to_division: Some(420_000),
        to_colour: Colour::Yellow,
        text: LocalizedText::new("Green is yellow.", "绿按黄。"),
    }];
    let checkpoint = Checkpoint::new(nation.trust.clone(), None, Some(WUHAN));
    let list = nation.hangzhou_status(&[], NOW);
    checkpoint.add_status_list(list).unwrap();
    let verdict = checkpoint.check(&nation.paper(&sample_paper(NOW)), NOW);
    assert_eq!(verdict.refusal, Some(Refusal::ColourNotAdmitted));
    assert_eq!(verdict.local_colour, Some(Colour::Yellow));
    assert_eq!(verdict.mapping_rule.as_deref(), Some("HB-PAPER"));
}

/// The path by which versions before this one read a code is as it was: none of them takes a sheet for anything.
#[test]
fn a_reader_of_presentations_takes_no_sheet_and_a_reader_of_sheets_no_presentation() {
    let nation = Nation::at(NOW);
    let text = nation.paper(&sample_paper(NOW));
    assert_eq!(read_code(&text).err(), Some(Refusal::NotCanonical));
    let signer = SoftwareP256::from_seed(&[7; 32]);
    let claims = sample_claims(signer.public_key().unwrap(), NOW);
    let credential = nation.issue(&claims);
    let code = present(&credential, NOW, None, &signer).unwrap();
    assert_eq!(read_paper(&code), Err(Refusal::NotCanonical));
    // A credential by itself is no sheet.
    let mut bare = super::TEXT_PREFIX.to_owned();
    super::base45::encode_into(&credential, &mut bare);
    let verdict = door(&nation, &[]).check(&bare, NOW);
    assert_eq!(verdict.refusal, Some(Refusal::NotCanonical));
}

#[test]
fn a_phone_verifies_a_sheet_and_no_altered_one() {
    let nation = Nation::at(NOW);
    let claims = sample_paper(NOW);
    let text = nation.paper(&claims);
    assert_eq!(verify_paper(&text, &nation.trust, NOW), Ok(claims.clone()));
    assert_eq!(read_paper(&text), Ok(claims));
    let foreign = issue_paper(&sample_paper(NOW), &nation.root).unwrap();
    let verified = verify_paper(&foreign, &nation.trust, NOW);
    assert_eq!(verified, Err(Refusal::IssuerUnknown));
    let bytes = text.as_bytes();
    for place in 0..bytes.len() {
        let mut altered = bytes.to_vec();
        altered[place] = if altered[place] == b'A' { b'B' } else { b'A' };
        let altered = String::from_utf8(altered).unwrap();
        assert!(
            verify_paper(&altered, &nation.trust, NOW).is_err(),
            "{place}"
        );
        assert!(verify_paper(&text[..place], &nation.trust, NOW).is_err());
    }
}

#[test]
fn the_longest_sheet_fits_a_small_picture() {
    let nation = Nation::at(NOW);
    let longest = PaperClaims {
        masked_name: "长".repeat(8),
        lifetime_days: 180,
        expires_at: NOW + 179 * DAY,
        subject_kind: SubjectKind::Dependant,
        scheme: Scheme::International,
        status_index: u32::MAX,
        ..sample_paper(NOW)
    };
    let text = nation.paper(&longest);
    assert_eq!(read_paper(&text), Ok(longest));
    assert!(text.len() <= MAX_PAPER_CHARS, "{}", text.len());
    let version = picture::matrix(&text).unwrap().version();
    assert!(version <= 8, "{version}");
}

#[test]
fn what_does_not_fit_is_not_issued() {
    let nation = Nation::at(NOW);
    let changes: [&dyn Fn(&mut PaperClaims); 7] = [
        &|claims| claims.expires_at = -1,
        &|claims| claims.lifetime_days = 0,
        &|claims| claims.lifetime_days = 181,
        &|claims| claims.document_tail = "12aX".to_owned(),
        &|claims| claims.masked_name = String::new(),
        &|claims| claims.masked_name = "长".repeat(9),
        &|claims| claims.subject_kind = SubjectKind::Other,
    ];
    for (number, change) in changes.iter().enumerate() {
        let mut claims = sample_paper(NOW);
        change(&mut claims);
        let issued = issue_paper(&claims, &nation.hangzhou);
        assert_eq!(issued, Err(CodeError::ClaimsOutOfRange), "{number}");
    }
}
