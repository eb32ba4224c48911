//! What needs more than one look: replays, status lists that age, sizes. The single steps are tests/vectors.

use super::{Checkpoint, Lists};
use crate::code::{
    CodeError, Refusal, TEXT_PREFIX, issue_credential, mask_name, present, read_credential,
    verify_credential,
};
use crate::ports::DeviceSigner;
use crate::testing::device_key::SoftwareP256;
use crate::testing::nation::{Nation, WUHAN, sample_claims};
use crate::trust::{
    BundleError, STATUS_LIST_LIFETIME_SECS, SoftwareEd25519, StatusList, StatusPlace, StatusSpan,
    key_id,
};

const NOW: i64 = 1_800_000_000;

fn signers() -> [Box<dyn DeviceSigner>; 2] {
    [
        Box::new(SoftwareP256::from_seed(&[7; 32])),
        Box::new(SoftwareEd25519::from_seed(&[7; 32])),
    ]
}

#[test]
fn sizes_of_the_text() {
    let nation = Nation::at(NOW);
    // QR version 11, level M, holds 366 characters.
    for (name, [p256, ed25519]) in [
        ("王伟", [344, 343]),
        ("王小明", [349, 347]),
        ("欧阳娜娜", [350, 349]),
    ] {
        for (signer, anywhere) in signers().iter().zip([p256, ed25519]) {
            let mut claims = sample_claims(signer.public_key().unwrap(), NOW);
            claims.masked_name = mask_name(name);
            let credential = nation.issue(&claims);
            let length = |audience| {
                present(&credential, NOW, audience, signer.as_ref())
                    .unwrap()
                    .len()
            };
            assert_eq!(length(None), anywhere, "{name}");
            assert_eq!(length(Some("HZ-00042")), anywhere + 15, "{name}");
        }
    }
}

#[test]
fn the_longest_code_is_below_the_cap() {
    let nation = Nation::at(NOW);
    let signer = SoftwareP256::from_seed(&[7; 32]);
    let mut claims = sample_claims(signer.public_key().unwrap(), NOW);
    claims.masked_name = "长".repeat(8);
    let place = "A".repeat(16);
    let text = present(&nation.issue(&claims), NOW, Some(&place), &signer).unwrap();
    let checkpoint = Checkpoint::new(nation.trust, Some(place), None);
    assert!(checkpoint.check(&text, NOW).accepted);
    assert_eq!(text.len(), 404);
}

#[test]
fn a_phone_verifies_what_it_receives() {
    let nation = Nation::at(NOW);
    for signer in signers() {
        let claims = sample_claims(signer.public_key().unwrap(), NOW);
        let bytes = nation.issue(&claims);
        assert_eq!(read_credential(&bytes), Ok(claims.clone()));
        let verify = |bytes: &[u8], at| verify_credential(bytes, &nation.trust, at);
        assert_eq!(verify(&bytes, NOW), Ok(claims.clone()));
        assert_eq!(verify(&bytes, claims.issued_at() - 30), Ok(claims.clone()));
        for (at, refusal) in [
            (claims.issued_at() - 31, Refusal::CredentialNotYetValid),
            (claims.expires_at, Refusal::CredentialExpired),
            (nation.trust.expires_at, Refusal::TrustBundleExpired),
        ] {
            assert_eq!(verify(&bytes, at), Err(refusal));
        }
        let foreign = issue_credential(&claims, &nation.root).unwrap();
        assert_eq!(verify(&foreign, NOW), Err(Refusal::IssuerUnknown));
        for place in 0..bytes.len() {
            for bit in 0..8 {
                let mut altered = bytes.clone();
                altered[place] ^= 1 << bit;
                assert!(verify(&altered, NOW).is_err(), "byte {place} bit {bit}");
            }
            assert!(verify(&bytes[..place], NOW).is_err(), "cut at {place}");
        }
    }
}

#[test]
fn what_does_not_fit_is_not_issued() {
    let nation = Nation::at(NOW);
    let signer = SoftwareP256::from_seed(&[7; 32]);
    let good = sample_claims(signer.public_key().unwrap(), NOW);
    let issue = |change: &dyn Fn(&mut crate::code::CredentialClaims)| {
        let mut claims = good.clone();
        change(&mut claims);
        issue_credential(&claims, &nation.hangzhou)
    };
    assert!(issue(&|_| ()).is_ok());
    let changes: [&dyn Fn(&mut crate::code::CredentialClaims); 9] = [
        &|claims| claims.expires_at = -1,
        &|claims| claims.expires_at = 253_402_300_800,
        &|claims| claims.lifetime_quarter_hours = 15,
        &|claims| claims.lifetime_quarter_hours = 97,
        &|claims| claims.document_tail = "12".to_owned(),
        &|claims| claims.document_tail = "12aX".to_owned(),
        &|claims| claims.masked_name = String::new(),
        &|claims| claims.masked_name = "长".repeat(9),
        &|claims| claims.masked_name = "王\n".to_owned(),
    ];
    for (number, change) in changes.iter().enumerate() {
        assert_eq!(
            issue(change),
            Err(CodeError::ClaimsOutOfRange),
            "change {number}"
        );
    }
}

#[test]
fn a_presentation_is_good_once_at_a_checkpoint() {
    let nation = Nation::at(NOW);
    let checkpoint = Checkpoint::new(nation.trust.clone(), None, Some(WUHAN));
    let elsewhere = Checkpoint::new(nation.trust.clone(), None, Some(WUHAN));
    for signer in signers() {
        let claims = sample_claims(signer.public_key().unwrap(), NOW);
        let first = nation.code(&claims, NOW, signer.as_ref());
        let second = nation.code(&claims, NOW + 1, signer.as_ref());
        assert!(checkpoint.check(&first, NOW - 30).accepted);
        for at in NOW - 30..=NOW + 60 {
            assert_eq!(
                checkpoint.check(&first, at).refusal,
                Some(Refusal::Replayed)
            );
        }
        assert!(checkpoint.check(&second, NOW + 1).accepted);
        assert!(elsewhere.check(&first, NOW).accepted);
    }
}

#[test]
fn a_presentation_is_good_for_its_seconds_and_for_its_place() {
    let nation = Nation::at(NOW);
    let signer = SoftwareP256::from_seed(&[7; 32]);
    let claims = sample_claims(signer.public_key().unwrap(), NOW);
    let credential = issue_credential(&claims, &nation.wuhan).unwrap();
    let here = Some("HZ-00042".to_owned());
    let table = [
        (None, None, 0, None),
        (None, here.clone(), 60, None),
        (Some("HZ-00042"), here.clone(), 60, None),
        (None, None, 61, Some(Refusal::PresentationTooOld)),
        (
            Some("HZ-00042"),
            here.clone(),
            61,
            Some(Refusal::PresentationTooOld),
        ),
        (None, None, -30, None),
        (None, None, -31, Some(Refusal::PresentationFromFuture)),
        (Some("HZ-00043"), here, 0, Some(Refusal::WrongAudience)),
        (Some("HZ-00042"), None, 0, Some(Refusal::WrongAudience)),
    ];
    for (audience, place, age, expected) in table {
        let text = present(&credential, NOW, audience, &signer).unwrap();
        let checkpoint = Checkpoint::new(nation.trust.clone(), place, None);
        let verdict = checkpoint.check(&text, NOW + age);
        assert_eq!(verdict.refusal, expected, "{audience:?} {age}");
        assert_eq!(verdict.accepted, expected.is_none(), "{audience:?} {age}");
    }
}

#[test]
fn a_text_above_the_cap_is_refused_as_that() {
    let checkpoint = Checkpoint::new(Nation::at(NOW).trust, None, None);
    for (length, is_too_long) in [(512, false), (513, true), (514, true), (100_000, true)] {
        let text = format!("{TEXT_PREFIX}{}", "0".repeat(length - TEXT_PREFIX.len()));
        let refusal = checkpoint.check(&text, NOW).refusal;
        assert_eq!(refusal == Some(Refusal::TooLong), is_too_long, "{length}");
    }
}

#[test]
fn a_refused_presentation_is_not_used_up() {
    let nation = Nation::at(NOW);
    let signer = SoftwareP256::from_seed(&[7; 32]);
    let claims = sample_claims(signer.public_key().unwrap(), NOW);
    let text = nation.code(&claims, NOW, &signer);
    let checkpoint = Checkpoint::new(nation.trust.clone(), None, None);
    let early = checkpoint.check(&text, NOW - 31);
    assert_eq!(early.refusal, Some(Refusal::PresentationFromFuture));
    assert!(checkpoint.check(&text, NOW).accepted);
}

#[test]
fn status_lists_age_but_never_forget() {
    let nation = Nation::at(NOW);
    let signer = SoftwareP256::from_seed(&[7; 32]);
    let claims = sample_claims(signer.public_key().unwrap(), NOW);
    let mut at = NOW;
    let mut check = |checkpoint: &Checkpoint| {
        at += 1;
        checkpoint.check(&nation.code(&claims, at, &signer), at)
    };
    let checkpoint = Checkpoint::new(nation.trust.clone(), None, None);
    let verdict = check(&checkpoint);
    assert!(verdict.accepted && !verdict.status_checked);
    assert_eq!(verdict.status_age_secs, None);

    let max_age = i64::from(nation.trust.policy.status_max_age_secs);
    let issued_at = NOW - 20 * 3600;
    checkpoint
        .add_status_list(nation.hangzhou_status(&[1, 4_712], issued_at))
        .unwrap();
    let verdict = check(&checkpoint);
    assert!(verdict.accepted && verdict.status_checked);
    assert_eq!(verdict.status_age_secs, Some(NOW + 2 - issued_at));

    checkpoint
        .add_status_list(nation.hangzhou_status(&[claims.status_index], NOW))
        .unwrap();
    assert_eq!(check(&checkpoint).refusal, Some(Refusal::Revoked));
    // An older list does not replace a newer one.
    checkpoint
        .add_status_list(nation.hangzhou_status(&[], NOW - 1))
        .unwrap();
    assert_eq!(check(&checkpoint).refusal, Some(Refusal::Revoked));

    let later = NOW + 10 * 3600;
    let stale = Checkpoint::new(nation.trust.clone(), None, None);
    stale
        .add_status_list(nation.hangzhou_status(&[4_712], later - max_age - 1))
        .unwrap();
    let verdict = stale.check(&nation.code(&claims, later, &signer), later);
    assert!(verdict.accepted && !verdict.status_checked);
    stale
        .add_status_list(nation.hangzhou_status(&[4_711], later - max_age - 1))
        .unwrap();
    let verdict = stale.check(&nation.code(&claims, later + 1, &signer), later + 1);
    assert_eq!(verdict.refusal, Some(Refusal::Revoked));
    assert!(!verdict.status_checked);
}

#[test]
fn a_checkpoint_tells_how_much_its_lists_say() {
    let nation = Nation::at(NOW);
    let checkpoint = Checkpoint::new(nation.trust.clone(), None, None);
    let nothing = Lists {
        as_of: None,
        is_fresh: false,
    };
    assert_eq!(checkpoint.lists(NOW), nothing);
    checkpoint
        .add_status_list(nation.hangzhou_status(&[1], NOW))
        .unwrap();
    let max_age = i64::from(nation.trust.policy.status_max_age_secs);
    for (at, is_fresh) in [
        (NOW, true),
        (NOW + max_age, true),
        (NOW + max_age + 1, false),
        (nation.trust.expires_at, false),
        (NOW - 3_600, false),
    ] {
        let told = Lists {
            as_of: Some(NOW),
            is_fresh,
        };
        assert_eq!(checkpoint.lists(at), told, "{}", at - NOW);
    }
}

/// A list says nothing of a time before it, by a clock that is back, or after its own end; what it revokes stays refused.
#[test]
fn a_list_counts_as_a_check_within_its_own_time_alone() {
    let mut nation = Nation::at(NOW);
    nation.trust.policy.status_max_age_secs = 366 * 24 * 3600;
    nation.trust.issued_at = NOW - 3_600;
    let signer = SoftwareP256::from_seed(&[7; 32]);
    let life = STATUS_LIST_LIFETIME_SECS;
    for (issued_at, is_checked) in [
        (NOW + 31, false),
        (NOW + 30, true),
        (NOW + 1, true),
        (NOW, true),
        (NOW - life + 1, true),
        (NOW - life, false),
        (NOW - life - 1, false),
    ] {
        for revoked in [4_711, 4_712] {
            let mut claims = sample_claims(signer.public_key().unwrap(), NOW);
            claims.status_index = 4_711;
            let checkpoint = Checkpoint::new(nation.trust.clone(), None, None);
            let long_ago = Nation::at(issued_at);
            checkpoint
                .add_status_list(long_ago.hangzhou_status(&[revoked], issued_at))
                .unwrap();
            let verdict = checkpoint.check(&nation.code(&claims, NOW, &signer), NOW);
            assert_eq!(verdict.status_checked, is_checked, "{}", issued_at - NOW);
            assert_eq!(verdict.accepted, revoked != 4_711, "{}", issued_at - NOW);
        }
    }
}

/// A list that was taken while clocks were ahead keeps no later one out: numbers go up whatever clocks do.
#[test]
fn a_list_of_a_wrong_clock_keeps_no_later_one_out() {
    let nation = Nation::at(NOW);
    let signer = SoftwareP256::from_seed(&[7; 32]);
    let claims = sample_claims(signer.public_key().unwrap(), NOW);
    let ahead = NOW + 9 * 24 * 3600;
    let checkpoint = Checkpoint::new(nation.trust.clone(), None, None);
    let add = |list| checkpoint.add_status_list(list).unwrap();
    add(nation.hangzhou_status(&[], ahead));
    let check = |at| checkpoint.check(&nation.code(&claims, at, &signer), at);
    assert!(!check(NOW).status_checked);
    let of = key_id(&nation.hangzhou.verifying_key().to_bytes());
    let places = [StatusPlace::new(claims.expires_at, claims.status_index)];
    let (span, key) = (StatusSpan::base(ahead + 1), &nation.hangzhou);
    let revoked = StatusList::build_for(of, key, span, &places, NOW, 3_600).unwrap();
    add(StatusList::open(&revoked, &nation.trust, NOW, 0).unwrap());
    let verdict = check(NOW + 1);
    assert_eq!(verdict.refusal, Some(Refusal::Revoked));
    assert!(verdict.status_checked);
    assert_eq!(verdict.status_age_secs, Some(1));
    // And an older one says nothing new.
    add(nation.hangzhou_status(&[], NOW - 1));
    assert_eq!(check(NOW + 2).refusal, Some(Refusal::Revoked));
}

/// At no second around the end of its issuer's key does a revoked code come back.
#[test]
fn a_retired_key_un_revokes_nothing() {
    let mut nation = Nation::at(NOW);
    let signer = SoftwareP256::from_seed(&[7; 32]);
    let claims = sample_claims(signer.public_key().unwrap(), NOW);
    let end = NOW + 600;
    nation.trust.regions[0].keys[0].not_after = end;
    let day = 24 * 3600;
    let build = |issued_at| {
        let place = StatusPlace::new(claims.expires_at, claims.status_index);
        StatusList::build(&nation.hangzhou, &[place], issued_at, 3_600).unwrap()
    };
    for at in [
        end - 60,
        end - 1,
        end,
        end + 1,
        end + 60,
        end + 3_600,
        end + 10 * 3_600,
    ] {
        // The last one of its time, and one that the retired key renewed.
        for issued_at in [NOW, end, at] {
            if issued_at > at {
                continue;
            }
            let list = StatusList::open(&build(issued_at), &nation.trust, at, 0);
            let checkpoint = Checkpoint::new(nation.trust.clone(), None, None);
            checkpoint.add_status_list(list.unwrap()).unwrap();
            let verdict = checkpoint.check(&nation.code(&claims, at, &signer), at);
            assert_eq!(verdict.refusal, Some(Refusal::Revoked), "{}", at - end);
            assert!(verdict.status_checked);
        }
    }
    let last = end + 8 * day;
    assert!(StatusList::open(&build(last), &nation.trust, last, 0).is_ok());
    let late = StatusList::open(&build(last + 1), &nation.trust, last + 1, 0);
    assert_eq!(late.err(), Some(BundleError::SignerKeyNotValid));
}

/// Names one key and signs with another.
struct Thief(SoftwareP256, SoftwareP256);
impl DeviceSigner for Thief {
    fn public_key(&self) -> Result<crate::trust::DevicePublicKey, crate::ports::PortError> {
        self.0.public_key()
    }
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, crate::ports::PortError> {
        self.1.sign(message)
    }
    fn is_hardware(&self) -> bool {
        true
    }
}

#[test]
fn nothing_personal_is_told_before_both_signatures_are_right() {
    let nation = Nation::at(NOW);
    let signer = SoftwareP256::from_seed(&[7; 32]);
    let claims = sample_claims(signer.public_key().unwrap(), NOW);
    let credential = nation.issue(&claims);
    let other = SoftwareP256::from_seed(&[8; 32]);
    let stolen = present(&credential, NOW, None, &Thief(signer, other)).unwrap();
    let verdict = Checkpoint::new(nation.trust, None, None).check(&stolen, NOW);
    assert_eq!(verdict.refusal, Some(Refusal::PresentationSignature));
    assert_eq!(
        (verdict.colour, verdict.masked_name, verdict.document_tail),
        (None, None, None)
    );
}
