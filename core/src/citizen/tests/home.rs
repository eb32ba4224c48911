//! The parts of the home screen: the state that is drawn, the next step, the strips.

use std::sync::Arc;

use super::{MINUTE_MS, NOON_MS, World, registration, sync, well};
use crate::citizen::{
    CONSENT_VERSION, HealthCode, HomeNoticeKind, HomeView, NextStepKind, StatusKind,
};
use crate::colour::{Colour, Reason};
use crate::ports::TransportError;
use crate::store::MemoryStore;
use crate::sync::SyncResult;
use crate::testing::scripted_transport::Fault;
use crate::trust::SunsetOrder;
use crate::wire::BundleKind;
use crate::words::LocalizedText;

fn kinds(home: &HomeView) -> Vec<HomeNoticeKind> {
    home.notices.iter().map(|notice| notice.kind).collect()
}

fn text(home: &HomeView, kind: HomeNoticeKind) -> String {
    let notice = home.notices.iter().find(|notice| notice.kind == kind);
    notice.unwrap().text.replace(['\u{2068}', '\u{2069}'], "")
}

fn drawn(phone: &HealthCode) -> (StatusKind, NextStepKind, Vec<HomeNoticeKind>) {
    let home = phone.home().unwrap();
    (home.status.kind, home.next_step.kind, kinds(&home))
}

#[test]
fn each_stage_has_its_step_and_only_a_code_has_a_colour() {
    let world = World::new();
    let phone = world.open(Arc::new(MemoryStore::new())).unwrap();
    let unknown = StatusKind::Unknown;
    assert_eq!(drawn(&phone), (unknown, NextStepKind::Register, vec![]));
    let home = phone.home().unwrap();
    assert_eq!(home.status.title, "No colour yet");
    assert_eq!(home.next_step.text, "Register");
    phone
        .register(&registration("王小明"), CONSENT_VERSION)
        .unwrap();
    let waiting = vec![HomeNoticeKind::UploadsWaiting];
    assert_eq!(
        drawn(&phone),
        (unknown, NextStepKind::Connect, waiting.clone())
    );
    let home = phone.home().unwrap();
    let said = text(&home, HomeNoticeKind::UploadsWaiting);
    assert_eq!(said, "Saved here; sent once when online");
    assert_eq!(sync(&phone).result, SyncResult::Synced);
    assert_eq!(drawn(&phone), (unknown, NextStepKind::Declare, vec![]));
    phone.submit_declaration(&well()).unwrap();
    assert_eq!(drawn(&phone), (unknown, NextStepKind::Connect, waiting));
    world.authority.decide(Colour::Green, Reason::Clear);
    assert_eq!(sync(&phone).result, SyncResult::Synced);
    assert_eq!(
        drawn(&phone),
        (StatusKind::Green, NextStepKind::ShowCode, vec![])
    );
    let home = phone.home().unwrap();
    assert_eq!(home.status.title, "Green: no restriction");
    assert_eq!(home.status.spoken, "Health code: green. No restriction.");
    assert_eq!(home.colour.unwrap().title, home.status.title);
    phone.set_language("zh-Hans-CN");
    assert_eq!(phone.home().unwrap().status.title, "绿码 暂无限制");
    assert_eq!(phone.home().unwrap().next_step.text, "出示健康码");
}

#[test]
fn a_code_that_has_ended_has_no_colour_and_says_so() {
    let world = World::new();
    let phone = world.open(Arc::new(world.settled())).unwrap();
    let ends = phone.home().unwrap().credential_expires_at.unwrap();
    let left_ms = u64::try_from(ends * 1_000 - NOON_MS).unwrap();
    world.pass(left_ms + MINUTE_MS);
    let home = phone.home().unwrap();
    assert_eq!(home.status.kind, StatusKind::Unknown);
    assert_eq!(home.status.title, "Needs update");
    assert_eq!(home.next_step.kind, NextStepKind::Connect);
    let expired = home
        .notices
        .iter()
        .find(|it| it.kind == HomeNoticeKind::Expired);
    assert_eq!(expired.unwrap().at, Some(ends));
    world.authority.decide(Colour::Green, Reason::Clear);
    assert_eq!(sync(&phone).result, SyncResult::Synced);
    assert!(!kinds(&phone.home().unwrap()).contains(&HomeNoticeKind::Expired));
}

#[test]
fn what_is_old_and_how_the_last_sync_ended_is_told() {
    let world = World::new();
    let phone = world.open(Arc::new(world.settled())).unwrap();
    world.pass(9 * 60 * MINUTE_MS);
    let home = phone.home().unwrap();
    assert_eq!(kinds(&home), [HomeNoticeKind::Stale]);
    let said = text(&home, HomeNoticeKind::Stale);
    assert_eq!(said, "Not updated since yesterday 20:00");
    assert_eq!(home.notices[0].at, Some(NOON_MS / 1_000));
    world
        .transport
        .script([Fault::Fails(TransportError::Unreachable)]);
    assert_eq!(sync(&phone).result, SyncResult::Offline);
    let home = phone.home().unwrap();
    assert_eq!(
        kinds(&home),
        [HomeNoticeKind::Offline, HomeNoticeKind::Stale]
    );
    assert_eq!(text(&home, HomeNoticeKind::Offline), "Offline, still works");
    assert_eq!(sync(&phone).result, SyncResult::Synced);
    assert_eq!(kinds(&phone.home().unwrap()), []);
}

#[test]
fn a_clock_that_is_off_is_told_and_one_that_was_never_set() {
    let world = World::new();
    let phone = world.open(Arc::new(world.settled())).unwrap();
    assert_eq!(kinds(&phone.home().unwrap()), []);
    world.clock.set_wall_ms(NOON_MS + 86_400_000);
    let home = phone.home().unwrap();
    assert_eq!(kinds(&home), [HomeNoticeKind::ClockWrong]);
    let said = text(&home, HomeNoticeKind::ClockWrong);
    assert_eq!(said, "Phone clock is off; your code still works");
    assert_eq!(home.status.kind, StatusKind::Green);

    let other = World::new();
    other.clock.set_wall_ms(0);
    let phone = other.open(Arc::new(MemoryStore::new())).unwrap();
    let home = phone.home().unwrap();
    assert_eq!(kinds(&home), [HomeNoticeKind::ClockNeverSet]);
    assert!(text(&home, HomeNoticeKind::ClockNeverSet).contains("Connect once"));
}

#[test]
fn moments_are_told_by_the_clock_of_the_region() {
    let world = World::new();
    let mut nation = crate::testing::nation::Nation::at(NOON_MS / 1_000);
    nation.trust.version = 8;
    nation.trust.regions[0].utc_offset_minutes = Some(0);
    let trust = nation.trust_bytes();
    world.authority.publish(&BundleKind::TRUST, "", 8, &trust);
    let phone = world.open(Arc::new(world.settled())).unwrap();
    assert_eq!(phone.home().unwrap().utc_offset_minutes, 0);
    world.pass(9 * 60 * MINUTE_MS);
    let said = text(&phone.home().unwrap(), HomeNoticeKind::Stale);
    assert_eq!(said, "Not updated since 12:00");
}

#[test]
fn the_end_of_a_regions_codes_is_told_before_and_after() {
    let world = World::new();
    let noon = NOON_MS / 1_000;
    let mut nation = crate::testing::nation::Nation::at(noon);
    nation.trust.version = 8;
    nation.trust.sunset_orders.push(SunsetOrder {
        division: 330_100,
        effective_at: noon + 6 * 3_600,
        text: LocalizedText::new("It is over.", "疫情结束。"),
        erase_after_secs: None,
    });
    let trust = nation.trust_bytes();
    world.authority.publish(&BundleKind::TRUST, "", 8, &trust);
    let phone = world.open(Arc::new(world.settled())).unwrap();
    let home = phone.home().unwrap();
    assert_eq!(kinds(&home), [HomeNoticeKind::SunsetComing]);
    let said = text(&home, HomeNoticeKind::SunsetComing);
    let expected = "The health codes of this region end: tomorrow 02:00. It is over.";
    assert_eq!(said, expected);
    assert_eq!(home.status.kind, StatusKind::Green);
    world.pass(6 * 60 * MINUTE_MS);
    let (status, step, notices) = drawn(&phone);
    assert_eq!(
        (status, step),
        (StatusKind::Unknown, NextStepKind::SaveData)
    );
    assert_eq!(notices, [HomeNoticeKind::RegionEnded]);
    assert_eq!(phone.home().unwrap().next_step.text, "Save your data");
}

#[test]
fn an_update_that_is_needed_comes_before_everything() {
    let world = World::new();
    world.authority.set_supported("1", "99.0.0");
    let phone = world.open(Arc::new(world.settled())).unwrap();
    let (status, step, notices) = drawn(&phone);
    assert_eq!((status, step), (StatusKind::Green, NextStepKind::Update));
    assert_eq!(notices, [HomeNoticeKind::UpdateNeeded]);
}

#[test]
fn a_rule_that_is_not_on_this_phone_is_named() {
    let world = World::new();
    let phone = world.open(Arc::new(world.settled())).unwrap();
    let told = phone.home().unwrap().colour.unwrap().rule_text;
    assert_eq!(told, "Rule set hangzhou, version 3");
}
