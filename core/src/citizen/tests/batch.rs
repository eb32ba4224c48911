//! Several credentials at once: each showing has another one, whatever happens on the way.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex};

use super::filing::{Failing, Failure};
use super::{MINUTE_MS, World, sync};
use crate::citizen::HealthCode;
use crate::code::{CredentialClaims, read_code};
use crate::colour::{Colour, Reason};
use crate::ports::{DeviceSigner, PortError};
use crate::store::{MemoryStore, SubjectId};
use crate::sync::{BATCH, CREDENTIAL_KEY, SyncResult};
use crate::trust::{DevicePublicKey, SoftwareEd25519};
use crate::wire::CredentialRequest;

pub(super) const HOUR_MS: u64 = 60 * MINUTE_MS;
const EIGHT: u32 = 8;

/// A phone that holds eight.
pub(super) fn settled() -> (World, MemoryStore) {
    let world = World::new();
    world.authority.set_batch(EIGHT);
    let records = world.settled();
    (world, records)
}

fn shown(phone: &HealthCode) -> CredentialClaims {
    let code = phone.current_code().unwrap();
    read_code(&code.text).unwrap().credential
}

/// Keys of so many showings, one after the other.
pub(super) fn showings(world: &World, phone: &HealthCode, count: usize) -> Vec<DevicePublicKey> {
    let show = |_| {
        world.pass(2 * MINUTE_MS);
        shown(phone).device_key
    };
    (0..count).map(show).collect()
}

pub(super) fn distinct(keys: &[DevicePublicKey]) -> usize {
    let keys: BTreeSet<_> = keys.iter().map(|key| key.as_bytes().to_vec()).collect();
    keys.len()
}

/// How many keys each request offered since the last look.
fn offered(world: &World) -> Vec<usize> {
    let requests = world.transport.take_sent().into_iter();
    let requests = requests.filter(|it| it.url.ends_with("/credentials"));
    let counts = requests.map(|request| {
        let offered: CredentialRequest = serde_json::from_slice(&request.body).unwrap();
        offered.keys.len()
    });
    let mut counts: Vec<_> = counts.collect();
    counts.dedup();
    counts
}

#[test]
fn each_showing_has_another_credential_and_its_rotations_the_same() {
    let (world, records) = settled();
    // Before the authority said how many it gives: as many as may be.
    assert_eq!(offered(&world), [16]);
    let phone = world.open(Arc::new(records)).unwrap();
    let first = phone.current_code().unwrap();
    assert_eq!(first.shown_before_text, None);
    let key = shown(&phone).device_key;
    for _ in 0..20 {
        world.pass(u64::from(first.rotation_secs) * 1_000);
        assert_eq!(shown(&phone).device_key, key, "one showing");
    }
    assert_ne!(phone.current_code().unwrap().text, first.text);
    let others = showings(&world, &phone, 7);
    let mut all = others.clone();
    all.push(key);
    assert_eq!(distinct(&all), 8, "each showing another one");
    // Used up: from the beginning, in another order, and the view says so.
    let again = showings(&world, &phone, 8);
    assert_eq!(distinct(&again), 8);
    assert_ne!(again[0], others[6]);
    let told = phone.current_code().unwrap().shown_before_text.unwrap();
    assert!(told.contains("shown before"), "{told}");
}

#[test]
fn who_walks_on_with_the_code_on_the_screen_comes_to_the_next_door_with_another_one() {
    let (world, records) = settled();
    let phone = world.open(Arc::new(records)).unwrap();
    let keys: Vec<_> = (0..60)
        .map(|_| {
            world.pass(MINUTE_MS / 2);
            shown(&phone).device_key
        })
        .collect();
    assert_eq!(distinct(&keys), 3, "half an hour");
}

#[test]
fn a_clock_that_is_set_to_anything_ends_no_showing() {
    let (world, records) = settled();
    let phone = world.open(Arc::new(records)).unwrap();
    let key = shown(&phone).device_key;
    for wall_ms in [0, 4_000_000_000_000] {
        world.clock.set_wall_ms(wall_ms);
        assert_eq!(shown(&phone).device_key, key);
    }
}

#[test]
fn a_start_begins_another_showing_and_repeats_none() {
    let (world, records) = settled();
    let keys: Vec<_> = (0..8)
        .map(|_| shown(&world.open(Arc::new(records.clone())).unwrap()).device_key)
        .collect();
    assert_eq!(distinct(&keys), 8);
}

/// Killed at any write of the notes: what was on the screen before is not shown again before its turn. Each note is two writes, of
/// the record and of its anchor.
#[test]
fn killed_at_any_write_of_a_showing_none_is_repeated() {
    for how in [Failure::Before, Failure::After] {
        for write in 0..12 {
            let (world, before) = settled();
            let failing = Arc::new(Failing::new(before.fork(), write, how));
            let phone = world.open(failing.clone()).unwrap();
            let mut keys = showings(&world, &phone, write / 2);
            // The store fails from here on; the code is shown all the same.
            showings(&world, &phone, 1);
            drop(phone);
            let again = world.open(Arc::new(failing.killed())).unwrap();
            keys.extend(showings(&world, &again, 7 - write / 2));
            assert_eq!(distinct(&keys), 7, "write {write}");
        }
    }
}

#[test]
fn two_threads_show_the_same_one() {
    let (world, records) = settled();
    let phone = Arc::new(world.open(Arc::new(records)).unwrap());
    let child = phone.for_subject(&SubjectId::OWNER).unwrap();
    for _ in 0..8 {
        world.pass(2 * MINUTE_MS);
        let keys: Vec<_> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..4)
                .map(|place| {
                    let phone = if place == 0 { &child } else { phone.as_ref() };
                    scope.spawn(|| shown(phone).device_key)
                })
                .collect();
            threads.into_iter().map(|it| it.join().unwrap()).collect()
        });
        assert_eq!(distinct(&keys), 1);
    }
}

#[test]
fn the_whole_batch_comes_in_one_write_and_is_kept_or_not_as_a_whole() {
    for how in [Failure::Before, Failure::After] {
        for at in 0.. {
            let (world, before) = settled();
            world.pass(6 * HOUR_MS);
            offered(&world);
            let failing = Arc::new(Failing::new(before.fork(), at, how));
            let phone = world.open(failing.clone()).unwrap();
            let result = sync(&phone).result;
            drop(phone);
            let again = world.open(Arc::new(failing.killed())).unwrap();
            assert_eq!(distinct(&showings(&world, &again, 8)), 8, "write {at}");
            assert_eq!(sync(&again).result, SyncResult::Synced);
            assert_eq!(distinct(&showings(&world, &again, 8)), 8, "write {at}");
            assert_eq!(offered(&world), [8]);
            if result == SyncResult::Synced {
                break;
            }
            assert!(at < 20, "{result:?}");
        }
    }
}

#[test]
fn a_batch_is_renewed_before_it_runs_out_and_with_the_colour() {
    let (world, records) = settled();
    let phone = world.open(Arc::new(records)).unwrap();
    let green = showings(&world, &phone, 8);
    offered(&world);
    world.pass(3 * HOUR_MS);
    sync(&phone);
    assert_eq!(offered(&world), [0; 0], "half of their lives is left");
    // Of most of them, not of all, half is over.
    world.pass(HOUR_MS);
    sync(&phone);
    assert_eq!(offered(&world), [8]);
    let renewed = showings(&world, &phone, 8);
    assert!(renewed.iter().all(|key| !green.contains(key)));
    world.authority.decide(Colour::Red, Reason::Confirmed);
    world.pass(MINUTE_MS);
    sync(&phone);
    let red = showings(&world, &phone, 8);
    assert_eq!(distinct(&red), 8);
    assert!(red.iter().all(|key| !renewed.contains(key)));
    assert_eq!(phone.current_code().unwrap().colour, Colour::Red);
}

#[test]
fn a_week_without_a_network_shows_what_ended_last_as_ended() {
    let (world, records) = settled();
    let phone = world.open(Arc::new(records)).unwrap();
    // Until the first of them ends there are eight, then fewer, and each is one that counts.
    let mut counted = BTreeSet::new();
    for _ in 0..22 {
        world.pass(HOUR_MS / 2);
        let code = phone.current_code().unwrap();
        if !code.is_expired {
            counted.insert(shown(&phone).device_key.as_bytes().to_vec());
        }
    }
    assert_eq!(counted.len(), 8);
    world.pass(7 * 24 * HOUR_MS);
    let home = phone.home().unwrap();
    assert!(!home.code_available);
    let code = phone.current_code().unwrap();
    assert!(code.is_expired);
    assert_eq!(Some(code.credential_expires_at), home.credential_expires_at);
    sync(&phone);
    assert_eq!(distinct(&showings(&world, &phone, 8)), 8);
}

/// An app of before batches over the data of this one reads the newest alone, and this one again over that of it.
#[test]
fn an_older_app_over_a_batch_shows_the_newest_and_what_it_writes_counts() {
    let (world, records) = settled();
    let phone = world.open(Arc::new(records.clone())).unwrap();
    let place = BATCH.for_subject(&SubjectId::OWNER);
    let kept = phone.context.store.read(&place).unwrap().unwrap();
    phone.context.store.remove(&place).unwrap();
    let newest = shown(&phone);
    assert!(
        phone
            .context
            .store
            .read(&CREDENTIAL_KEY.for_subject(&SubjectId::OWNER))
            .is_ok()
    );
    // It gets the next, for the key after those of the batch, and passes the record over.
    world.authority.set_batch(1);
    world.pass(6 * HOUR_MS);
    sync(&phone);
    phone.context.store.write(&place, &kept).unwrap();
    let keys = showings(&world, &phone, 4);
    assert_eq!(distinct(&keys), 1);
    assert_ne!(keys[0], newest.device_key);
}

/// Hardware of so many slots: what is too far from the key that was asked for is gone, and made anew as another key.
struct Chip {
    slots: u32,
    made: Mutex<BTreeMap<u64, u8>>,
    keys: AtomicU8,
}

impl Chip {
    fn key(seed: u8) -> SoftwareEd25519 {
        SoftwareEd25519::from_seed(&[seed; 32])
    }
}

impl DeviceSigner for Chip {
    fn public_key(&self) -> Result<DevicePublicKey, PortError> {
        Self::key(0).public_key()
    }
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, PortError> {
        Self::key(0).sign(message)
    }
    fn is_hardware(&self) -> bool {
        true
    }
    fn credential_signer(&self, number: u64) -> Result<Option<Arc<dyn DeviceSigner>>, PortError> {
        let mut made = self.made.lock().unwrap();
        made.retain(|one, _| one.abs_diff(number) < u64::from(self.slots.max(2)));
        let seed = made
            .entry(number)
            .or_insert_with(|| self.keys.fetch_add(1, Ordering::SeqCst) + 1);
        Ok(Some(Arc::new(Self::key(*seed))))
    }
    fn credential_slots(&self) -> u32 {
        self.slots
    }
}

#[test]
fn hardware_is_asked_for_as_many_keys_as_it_can_hold_and_none_is_lost() {
    for (slots, first, held) in [
        (0, 1, 1),
        (1, 1, 1),
        (3, 1, 1),
        (4, 2, 2),
        (16, 8, 8),
        (99, 16, 8),
    ] {
        let world = World::new();
        world.authority.set_batch(EIGHT);
        let chip = Arc::new(Chip {
            slots,
            made: Mutex::default(),
            keys: AtomicU8::new(0),
        });
        let records = Arc::new(MemoryStore::new());
        let phone = world
            .open_signing(world.transport.clone(), records, None, Some(chip))
            .unwrap();
        let answers = super::registration("王小明");
        phone.register(&answers, super::CONSENT_VERSION).unwrap();
        world.authority.decide(Colour::Green, Reason::Clear);
        assert_eq!(sync(&phone).result, SyncResult::Synced);
        assert_eq!(offered(&world), [first], "{slots}");
        for _ in 0..3 {
            assert_eq!(distinct(&showings(&world, &phone, 8)), held, "{slots}");
            world.pass(6 * HOUR_MS);
            assert_eq!(sync(&phone).result, SyncResult::Synced);
            assert_eq!(offered(&world), [held], "{slots}");
        }
        assert_eq!(distinct(&showings(&world, &phone, 8)), held, "{slots}");
    }
}
