//! What an answer with a batch may have wrong: then nothing of it counts, and what is held goes on.

use std::sync::Arc;

use super::batch::{HOUR_MS, distinct, settled, showings};
use super::{World, sync};
use crate::code::CredentialClaims;
use crate::colour::Colour;
use crate::encoding::base64;
use crate::ports::DeviceSigner as _;
use crate::sync::{SyncOutcome, SyncResult};
use crate::testing::nation::sample_claims;
use crate::trust::{DevicePublicKey, SoftwareEd25519};
use crate::wire::StateAnswer;

/// Tampers with the next answer; gives how the sync ended, and how many credentials are held after it.
fn after(
    tamper: impl Fn(&World, &mut StateAnswer) + Send + Sync + 'static,
) -> (SyncOutcome, usize) {
    let (world, records) = settled();
    let world = Arc::new(world);
    let phone = world.open(Arc::new(records)).unwrap();
    let before = showings(&world, &phone, 8);
    world.pass(6 * HOUR_MS);
    let nation = Arc::clone(&world);
    world
        .authority
        .tamper(Some(Box::new(move |answer| tamper(&nation, answer))));
    let outcome = sync(&phone);
    world.authority.tamper(None);
    let held = showings(&world, &phone, 8);
    let all_before = held.iter().all(|key| before.contains(key));
    let none_before = held.iter().all(|key| !before.contains(key));
    assert!(all_before || none_before, "half a batch");
    (outcome, if all_before { 0 } else { distinct(&held) })
}

fn issue(world: &World, key: DevicePublicKey, alter: impl Fn(&mut CredentialClaims)) -> String {
    let at = super::NOON_MS / 1_000 + 6 * 3_600;
    let mut claims = sample_claims(key, at);
    alter(&mut claims);
    base64::encode_url(&world.authority.nation.issue(&claims))
}

fn key_of(credential: &str) -> DevicePublicKey {
    let bytes = base64::decode_url(credential).unwrap();
    crate::code::read_credential(&bytes).unwrap().device_key
}

#[test]
fn one_that_is_wrong_keeps_the_whole_batch_out_and_is_named() {
    type Tamper = Box<dyn Fn(&World, &mut StateAnswer) + Send + Sync>;
    let cases: [(Tamper, &str); 7] = [
        (
            Box::new(|_, answer| answer.other_credentials[3] = "AAAA".to_owned()),
            "code_not_canonical",
        ),
        (
            Box::new(|_, answer| answer.other_credentials[3] = "=".to_owned()),
            "sync_answer_malformed",
        ),
        (
            Box::new(|world, answer| {
                let key = SoftwareEd25519::from_seed(&[9; 32]).public_key().unwrap();
                answer.other_credentials[3] = issue(world, key, |_| {});
            }),
            "sync_credential_of_other_device",
        ),
        (
            Box::new(|world, answer| {
                let key = key_of(&answer.other_credentials[3]);
                answer.other_credentials[3] = issue(world, key, |it| it.colour = Colour::Red);
            }),
            "sync_batch_contradicts_itself",
        ),
        (
            Box::new(|_, answer| answer.other_credentials[3] = answer.other_credentials[2].clone()),
            "sync_batch_contradicts_itself",
        ),
        (
            Box::new(|_, answer| {
                let one = answer.other_credentials[0].clone();
                answer.other_credentials.resize(16, one);
            }),
            "sync_batch_too_large",
        ),
        (
            Box::new(|_, answer| answer.credential = None),
            "sync_answer_malformed",
        ),
    ];
    for (tamper, code) in cases {
        let (outcome, new) = after(tamper);
        assert_eq!(outcome.result, SyncResult::AnswerRefused, "{code}");
        assert_eq!((outcome.problem.as_deref(), new), (Some(code), 0));
    }
}

#[test]
fn fewer_than_were_asked_for_and_what_ran_out_on_the_way_are_no_fault() {
    let (outcome, new) = after(|_, answer| answer.other_credentials.truncate(2));
    assert_eq!((outcome.result, new), (SyncResult::Synced, 3));
    let (outcome, new) = after(|world, answer| {
        let key = key_of(&answer.other_credentials[0]);
        answer.other_credentials[0] = issue(world, key, |it| it.expires_at -= 12 * 3_600);
    });
    assert_eq!((outcome.result, new), (SyncResult::Synced, 7));
}
