//! The end of a region on the phone: kept, erased by itself, and only when its time has surely come.

use std::sync::Arc;

use super::filing::{Failure, fail_each_write};
use super::{NOON_MS, World, registration, sync};
use crate::citizen::{
    CONSENT_VERSION, CitizenError, CitizenFault, ErasureState, HealthCode, NextStepKind, Stage,
    SunsetStage,
};
use crate::ports::TransportError;
use crate::store::{MemoryStore, SubjectId};
use crate::sync::SyncResult;
use crate::testing::nation::Nation;
use crate::testing::scripted_transport::Fault;
use crate::trust::SunsetOrder;
use crate::wire::BundleKind;
use crate::words::LocalizedText;

const DAY_MS: u64 = 86_400_000;
const NOON: i64 = NOON_MS / 1_000;

/// Codes end in ten days, phones erase after five more.
fn order(world: &World, version: u64, is_ordered: bool) {
    let mut nation = Nation::at(NOON);
    nation.trust.version = version;
    nation.trust.expires_at = NOON + 90 * 86_400;
    if is_ordered {
        nation.trust.sunset_orders.push(SunsetOrder {
            division: 330_100,
            effective_at: NOON + 10 * 86_400,
            text: LocalizedText::new("It is over.", "疫情结束。"),
            erase_after_secs: Some(5 * 86_400),
        });
    }
    let trust = nation.trust_bytes();
    world
        .authority
        .publish(&BundleKind::TRUST, "", version, &trust);
}

/// A phone that heard of it.
fn heard(world: &World) -> MemoryStore {
    order(world, 8, true);
    let records = world.settled();
    let phone = world.open(Arc::new(records.clone())).unwrap();
    assert_eq!(stage(&phone), Some(SunsetStage::Coming));
    records
}

fn stage(phone: &HealthCode) -> Option<SunsetStage> {
    phone.sunset().unwrap().map(|sunset| sunset.stage)
}

/// The next request finds nobody.
fn cut(world: &World) {
    let nobody = Fault::Fails(TransportError::Unreachable);
    world.transport.script([nobody]);
}

fn sync_offline(world: &World, phone: &HealthCode) {
    cut(world);
    assert_eq!(sync(phone).result, SyncResult::Offline);
}

fn is_held(phone: &HealthCode) -> bool {
    phone.identity().unwrap().is_some()
}

#[test]
fn a_phone_erases_by_itself_once_the_time_has_surely_come() {
    let world = World::new();
    let records = heard(&world);
    let phone = world.open(Arc::new(records.clone())).unwrap();
    let coming = phone.sunset().unwrap().unwrap();
    assert_eq!(coming.effective_at, NOON + 10 * 86_400);
    assert_eq!(coming.erase_at, NOON + 15 * 86_400);
    assert!(coming.save_text.is_some() && coming.text.contains(&coming.erase_at_text));

    // Nobody answers any more. The process ends now and then, as processes do.
    world.pass(11 * DAY_MS);
    sync_offline(&world, &phone);
    assert_eq!(stage(&phone), Some(SunsetStage::Ended));
    assert_eq!(phone.home().unwrap().next_step.kind, NextStepKind::SaveData);
    assert!(phone.export_data().unwrap().contains("王小明"));
    drop(phone);
    world.pass(3 * DAY_MS);
    let phone = world.open(Arc::new(records.clone())).unwrap();
    sync_offline(&world, &phone);
    assert!(is_held(&phone));
    world.pass(DAY_MS + 3_600_000);
    sync_offline(&world, &phone);
    assert!(!is_held(&phone));
    let erased = phone.sunset().unwrap().unwrap();
    assert_eq!(
        (erased.stage, erased.save_text),
        (SunsetStage::Erased, None)
    );
    let home = phone.home().unwrap();
    assert_eq!(
        (home.stage, home.next_step.kind, home.notices.len()),
        (Stage::NotRegistered, NextStepKind::None, 2),
        "ended, and offline"
    );
    let left = phone.context.store.records_of(Some(&SubjectId::OWNER));
    assert_eq!(left.unwrap().len(), 1, "a key that says nothing");
    assert_eq!(phone.erasures()[0].state, ErasureState::Waiting);
    let refused = phone.register(&registration("王小明"), CONSENT_VERSION);
    assert_eq!(refused, Err(CitizenFault::RegionHasEnded.into()));

    // The authority answers after all: it countersigns.
    drop(phone);
    let phone = world.open(Arc::new(records)).unwrap();
    assert_eq!(sync(&phone).result, SyncResult::Synced);
    assert_eq!(phone.erasures()[0].state, ErasureState::Confirmed);
    assert_eq!(stage(&phone), Some(SunsetStage::Erased));

    // The region begins anew.
    order(&world, 9, false);
    sync(&phone);
    assert_eq!(stage(&phone), None);
    phone
        .register(&registration("王小明"), CONSENT_VERSION)
        .unwrap();
}

#[test]
fn a_clock_that_is_put_forward_destroys_nothing() {
    let world = World::new();
    let records = heard(&world);
    let year_ms = 365 * 86_400_000;
    for reboots in [false, true] {
        let phone = world.open(Arc::new(records.fork())).unwrap();
        let right = crate::ports::Clock::read(world.clock.as_ref()).wall_ms;
        world.clock.set_wall_ms(right + year_ms);
        if reboots {
            world.clock.reboot();
        }
        for _ in 0..50 {
            sync_offline(&world, &phone);
        }
        assert!(is_held(&phone), "{reboots}");
        world.clock.set_wall_ms(right);
        assert_eq!(sync(&phone).result, SyncResult::Synced);
        assert_eq!(stage(&phone), Some(SunsetStage::Coming));
        assert!(phone.home().unwrap().code_available);
    }
}

/// Off for a month, and the first it hears is that all is over: there is still time to save what it holds.
#[test]
fn who_hears_of_it_late_has_as_long_as_the_others() {
    let world = World::new();
    let phone = world.open(Arc::new(world.settled())).unwrap();
    world.pass(31 * DAY_MS);
    order(&world, 8, true);
    assert_eq!(sync(&phone).result, SyncResult::Synced);
    let late = phone.sunset().unwrap().unwrap();
    assert_eq!(late.stage, SunsetStage::Ended);
    assert_eq!(late.erase_at, NOON + 36 * 86_400);
    world.pass(4 * DAY_MS);
    sync(&phone);
    assert!(is_held(&phone));
    world.pass(DAY_MS + 3_600_000);
    sync(&phone);
    assert!(!is_held(&phone));
    sync(&phone);
    assert_eq!(phone.erasures()[0].state, ErasureState::Confirmed);
}

#[test]
fn an_order_that_was_taken_back_erases_nothing() {
    let world = World::new();
    let phone = world.open(Arc::new(heard(&world))).unwrap();
    world.pass(12 * DAY_MS);
    order(&world, 9, false);
    assert_eq!(sync(&phone).result, SyncResult::Synced);
    assert_eq!(stage(&phone), None);
    world.pass(30 * DAY_MS);
    sync(&phone);
    assert!(is_held(&phone) && phone.erasures().is_empty());
}

/// Nobody told it, and nobody is there to tell it: it keeps what it holds, and shows no code.
#[test]
fn who_never_heard_of_it_erases_nothing() {
    let world = World::new();
    let phone = world.open(Arc::new(world.settled())).unwrap();
    world.pass(60 * DAY_MS);
    sync_offline(&world, &phone);
    assert!(is_held(&phone) && !phone.home().unwrap().code_available);
    assert_eq!(stage(&phone), None);
}

#[test]
fn a_kill_at_any_write_of_it_leaves_all_or_nothing() {
    let world = World::new();
    let records = heard(&world);
    world.pass(16 * DAY_MS);
    let erase = |phone: &HealthCode| -> Result<(), CitizenError> {
        cut(&world);
        // A store that fails ends the sync before the network does.
        sync(phone);
        match stage(phone) {
            Some(SunsetStage::Erased) => Ok(()),
            _ => Err(CitizenFault::NoCode.into()),
        }
    };
    let (whole, nothing) = fail_each_write(
        &world,
        &records,
        erase,
        |phone| !is_held(phone) && phone.erasures().len() == 1 && stage(phone).is_some(),
        |phone| is_held(phone) && phone.erasures().is_empty(),
    );
    // What a kill left is done when the phone is opened, so that nobody ever sees it.
    assert!(whole >= 6 && nothing == 0, "{whole} {nothing}");
    // Nor does a sync after it do it twice.
    for at in 0..8 {
        let failing = super::filing::Failing::new(records.fork(), at, Failure::Before);
        let failing = Arc::new(failing);
        let phone = world.open(failing.clone()).unwrap();
        cut(&world);
        sync(&phone);
        drop(phone);
        cut(&world);
        let phone = world.open(Arc::new(failing.killed())).unwrap();
        sync_offline(&world, &phone);
        assert!(!is_held(&phone), "{at}");
        assert_eq!(phone.erasures().len(), 1, "{at}");
    }
}
