//! A key for each credential, and the phone has it whatever happens on the way.

use std::sync::Arc;

use super::filing::{Failing, Failure};
use super::{World, registration, sync};
use crate::citizen::{CONSENT_VERSION, HealthCode};
use crate::code::read_code;
use crate::colour::{Colour, Reason};
use crate::ports::TransportError;
use crate::store::SubjectId;
use crate::sync::{BATCH, CREDENTIAL_KEY, SyncResult};
use crate::testing::scripted_transport::Fault;
use crate::trust::DevicePublicKey;
use crate::wire::CredentialRequest;

const HOUR_MS: u64 = 3_600_000;
const POST: &str = "POST /v1/subjects/owner/credentials";
const GET: &str = "GET /v1/subjects/owner/state";

/// The key that the code on the screen is signed with; that it signs shows in the text being made.
fn key(phone: &HealthCode) -> DevicePublicKey {
    let code = phone.current_code().unwrap();
    read_code(&code.text).unwrap().credential.device_key
}

fn device_key(phone: &HealthCode) -> DevicePublicKey {
    phone.context.signer.public_key().unwrap()
}

/// What was asked of the state since the last look, in order, and the keys that were offered; what was signed again with the
/// nonce of an answer, once.
fn asked(world: &World) -> (Vec<String>, Vec<DevicePublicKey>) {
    let (mut lines, mut keys) = (Vec::new(), Vec::new());
    for request in world.transport.take_sent() {
        let line = format!(
            "{} {}",
            request.method,
            request.url.trim_start_matches("https://health.example")
        );
        if line == POST {
            let offered: CredentialRequest = serde_json::from_slice(&request.body).unwrap();
            keys.extend(offered.keys.iter().map(|key| key.key().unwrap()));
        }
        if [POST, GET].contains(&line.as_str()) {
            lines.push(line);
        }
    }
    lines.dedup();
    (lines, keys)
}

#[test]
fn two_credentials_of_one_phone_have_two_keys_of_which_none_is_the_devices() {
    let world = World::new();
    let records = world.settled();
    assert_eq!(asked(&world).0, [POST]);
    let phone = world.open(Arc::new(records.clone())).unwrap();
    let first = key(&phone);
    assert_ne!(first, device_key(&phone));
    // As long as half of its life is left the phone looks, and no more.
    world.pass(4 * HOUR_MS);
    sync(&phone);
    assert_eq!(asked(&world).0, [GET]);
    assert_eq!(key(&phone), first);
    world.pass(HOUR_MS + 60_000);
    sync(&phone);
    assert_eq!(asked(&world).0, [POST]);
    let second = key(&phone);
    assert!(![first, device_key(&phone)].contains(&second));
    let again = world.open(Arc::new(records.fork())).unwrap();
    assert_eq!(key(&again), second);
}

#[test]
fn another_colour_comes_with_another_key_in_the_same_sync() {
    let world = World::new();
    let phone = world.open(Arc::new(world.settled())).unwrap();
    let green = key(&phone);
    world.authority.decide(Colour::Red, Reason::Confirmed);
    world.pass(60_000);
    asked(&world);
    let outcome = sync(&phone);
    assert_eq!(
        (outcome.result, outcome.state_changed),
        (SyncResult::Synced, true)
    );
    assert_eq!(asked(&world).0, [GET, POST]);
    assert_eq!(phone.current_code().unwrap().colour, Colour::Red);
    assert_ne!(key(&phone), green);
    // The network ends between the two: the colour is shown, and no code of the colour before.
    world.authority.decide(Colour::Yellow, Reason::Fever);
    world.pass(60_000);
    world
        .transport
        .script([Fault::None, Fault::Fails(TransportError::Unreachable)]);
    sync(&phone);
    world.transport.clear_script();
    let home = phone.home().unwrap();
    assert_eq!(home.colour.unwrap().colour, Colour::Yellow);
    assert!(!home.code_available && phone.current_code().is_err());
    world.pass(60_000);
    sync(&phone);
    assert_eq!(phone.current_code().unwrap().colour, Colour::Yellow);
}

#[test]
fn a_lost_answer_uses_up_no_key() {
    let world = World::new();
    let phone = world.open(Arc::new(world.settled())).unwrap();
    let before = key(&phone);
    world.pass(6 * HOUR_MS);
    asked(&world);
    world.transport.script([Fault::AnswerLost]);
    sync(&phone);
    assert_eq!(key(&phone), before);
    sync(&phone);
    let (_, offered) = asked(&world);
    assert!(offered.len() >= 2 && offered.iter().all(|key| *key == offered[0]));
    assert_eq!(key(&phone), offered[0]);
}

/// The invariant: whatever is stored when the phone is killed, it can show the credential that it holds.
#[test]
fn killed_at_any_write_the_phone_has_the_key_of_its_credential() {
    let world = World::new();
    let before = world.settled();
    world.pass(6 * HOUR_MS);
    let mut keys = Vec::new();
    for how in [Failure::Before, Failure::After] {
        for at in 0.. {
            let failing = Arc::new(Failing::new(before.fork(), at, how));
            let phone = world.open(failing.clone()).unwrap();
            let result = sync(&phone).result;
            drop(phone);
            let again = world.open(Arc::new(failing.killed())).unwrap();
            keys.push(key(&again));
            assert_eq!(sync(&again).result, SyncResult::Synced);
            keys.push(key(&again));
            if result == SyncResult::Synced {
                break;
            }
            assert!(at < 20, "{result:?}");
        }
    }
    keys.sort_by_key(|key| key.as_bytes().to_vec());
    keys.dedup();
    assert_eq!(keys.len(), 2, "the one before and the next");
}

#[test]
fn with_an_authority_of_before_and_a_credential_of_before_codes_go_on() {
    let world = World::new();
    world.authority.speak_of_before_offered_keys();
    let records = world.settled();
    let phone = world.open(Arc::new(records.clone())).unwrap();
    assert_eq!(key(&phone), device_key(&phone));
    assert_eq!(asked(&world).0, [POST, GET]);
    // What is held goes on until it is due, and is then replaced by one for a key of its own.
    world.authority.speak_of_offered_keys();
    world.pass(60_000);
    sync(&phone);
    assert_eq!(key(&phone), device_key(&phone));
    world.pass(6 * HOUR_MS);
    sync(&phone);
    assert_ne!(key(&phone), device_key(&phone));
}

#[test]
fn who_registers_anew_has_none_of_the_keys_of_before() {
    let world = World::new();
    let phone = world.open(Arc::new(world.settled())).unwrap();
    let before = key(&phone);
    phone.erase(&SubjectId::OWNER).unwrap();
    sync(&phone);
    phone
        .register(&registration("李四"), CONSENT_VERSION)
        .unwrap();
    world.authority.decide(Colour::Green, Reason::Clear);
    world.pass(60_000);
    sync(&phone);
    assert_ne!(key(&phone), before);
}

#[test]
fn a_phone_that_lost_the_number_asks_for_another_credential() {
    let world = World::new();
    let records = world.settled();
    let phone = world.open(Arc::new(records.clone())).unwrap();
    let first = key(&phone);
    let place = CREDENTIAL_KEY.for_subject(&SubjectId::OWNER);
    phone.context.store.remove(&place).unwrap();
    assert_eq!(key(&phone), first, "it is beside the credential as well");
    let place = BATCH.for_subject(&SubjectId::OWNER);
    phone.context.store.remove(&place).unwrap();
    assert!(phone.current_code().is_err());
    world.pass(60_000);
    sync(&phone);
    phone.current_code().unwrap();
}
