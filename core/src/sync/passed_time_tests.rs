use std::sync::Arc;

use crate::ports::Clock as _;
use crate::store::{MemoryStore, SealedStore};
use crate::sync::TrustedClock;
use crate::system::SystemEntropy;
use crate::testing::clock::FixedClock;
use crate::testing::key_guard::FixedKeyGuard;

const NOON_MS: i64 = 1_800_000_000_000;
const DAY_MS: u64 = 86_400_000;

fn store(records: &MemoryStore) -> Arc<SealedStore> {
    let guard = FixedKeyGuard::new(1);
    let store = SealedStore::open(Arc::new(records.clone()), &guard, Arc::new(SystemEntropy));
    Arc::new(store.unwrap())
}

/// Days since noon, rounded down.
fn days(time: &TrustedClock) -> i64 {
    let secs = time.surely_passed_secs().unwrap().unwrap();
    // What the clock may run ahead is not counted: 17 s a day.
    (secs + 1_000 - NOON_MS / 1_000).div_euclid(86_400)
}

#[test]
fn only_what_was_seen_to_pass_has_surely_passed() {
    let records = MemoryStore::new();
    let clock = Arc::new(FixedClock::new(NOON_MS));
    let open = || TrustedClock::open(store(&records), clock.clone()).unwrap();
    let time = open();
    assert_eq!(time.surely_passed_secs().unwrap(), None);
    let reading = clock.read();
    time.learn(reading, reading, NOON_MS).unwrap();
    assert_eq!(days(&time), 0);

    // Time passes, in this process and beyond it; somebody sets the clock, and nothing passes.
    clock.advance_ms(3 * DAY_MS);
    assert_eq!(days(&time), 3);
    clock.set_wall_ms(NOON_MS + 400 * 86_400_000);
    let time = open();
    assert_eq!(days(&time), 3);
    clock.advance_ms(2 * DAY_MS);
    assert_eq!(days(&time), 5);

    // Boots add up; what passed while the phone was off, or before it was asked, is not known.
    clock.reboot();
    clock.advance_ms(7 * DAY_MS);
    let time = open();
    assert_eq!(days(&time), 5);
    clock.advance_ms(4 * DAY_MS);
    assert_eq!(days(&time), 9);
    drop(time);
    let time = open();
    clock.advance_ms(DAY_MS);
    assert_eq!(days(&time), 10);

    // An answer counts as it says, also where it takes time back.
    let reading = clock.read();
    time.learn(reading, reading, NOON_MS + 2 * 86_400_000)
        .unwrap();
    assert_eq!(days(&time), 2);
}
