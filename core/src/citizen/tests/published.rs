//! Published lists: verified and read once for the same bytes, never given out beyond what a fresh look would give; new
//! bulletins are told once.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use super::super::HealthCode;
use super::{NOON_MS, World, sync, well};
use crate::capability::bulletins::{BULLETINS, BulletinUrgency};
use crate::capability::clinics::{CLINICS, ClinicQuery, Clinics};
use crate::encoding::cose::verifications;
use crate::event::HealthCodeEvent;
use crate::ports::Observer;
use crate::store::MemoryStore;
use crate::sync::SyncResult;
use crate::trust::{BundleRow, sign_bundle};

const DAY_MS: u64 = 24 * 3_600_000;
const ALL: ClinicQuery = ClinicQuery {
    position: None,
    division: None,
    open_only: false,
    limit: 100,
};

fn publish(world: &World, row: &BundleRow, version: u64, content: &Value) {
    let key = &world.authority.nation.hangzhou;
    let signed = sign_bundle(
        row.typ,
        Some(NOON_MS / 1_000),
        content.to_string().as_bytes(),
        key,
    )
    .unwrap();
    world
        .authority
        .publish(&row.kind, "hangzhou", version, &signed);
}

fn clinics(count: usize, version: u64) -> Value {
    let clinic = |number: usize| {
        json!({
            "id": format!("clinic-{number}"), "name": {"en": "Clinic", "zh": "发热门诊"},
            "address": {"en": "1 Road", "zh": "一号路"}, "division": 330_106, "phone": "0571-1234567",
            "latitude": 30.2, "longitude": 120.1, "hours": "always",
        })
    };
    let clinics: Vec<_> = (0..count).map(clinic).collect();
    json!({"id": "hangzhou", "version": version, "utcOffsetMinutes": 480, "specialDays": {}, "clinics": clinics})
}

fn bulletins(version: u64, bulletins: &[(&str, &str)]) -> Value {
    let at = NOON_MS / 1_000;
    let bulletin = |(id, urgency): &(&str, &str)| {
        // A name of "gone" ends before anybody sees it.
        let expires_at = if *id == "gone" { at } else { at + 86_400 };
        json!({
            "id": id, "division": 330_100, "urgency": urgency, "publishedAt": at - 60, "expiresAt": expires_at,
            "title": {"en": "Masks", "zh": "口罩"}, "text": {"en": "Wear one.", "zh": "请佩戴口罩。"},
        })
    };
    let bulletins: Vec<_> = bulletins.iter().map(bulletin).collect();
    json!({"id": "hangzhou", "version": version, "bulletins": bulletins})
}

/// A sync a little later, which is not too soon.
fn sync_later(world: &World, phone: &HealthCode) {
    world.pass(DAY_MS / 24);
    assert_eq!(sync(phone).result, SyncResult::Synced);
}

#[test]
fn a_list_is_verified_and_read_once_for_the_same_bytes() {
    let world = World::new();
    let phone = world.open(Arc::new(world.settled())).unwrap();
    publish(&world, &CLINICS, 1, &clinics(3, 1));
    publish(&world, &BULLETINS, 1, &bulletins(1, &[("a", "info")]));
    sync_later(&world, &phone);
    phone.home().unwrap();
    verifications::take();
    assert_eq!(phone.clinics(&ALL).unwrap().len(), 3);
    assert_eq!(verifications::take(), 1, "the clinics");
    assert_eq!(phone.bulletins(None).unwrap().unread, 1);
    let read = |phone: &HealthCode| {
        let lists = phone.published(&CLINICS, |content| Clinics::read(content).ok());
        lists.unwrap().remove(0)
    };
    let first = read(&phone);
    for _ in 0..3 {
        world.pass(30_000);
        assert_eq!(phone.clinics(&ALL).unwrap().len(), 3);
        assert_eq!(phone.bulletins(None).unwrap().bulletins.len(), 1);
        phone.save_draft("health-declaration", &well()).unwrap();
    }
    assert_eq!(
        verifications::take(),
        0,
        "the sync looked at the bulletins already"
    );
    assert!(Arc::ptr_eq(&first, &read(&phone)), "read once");
    publish(&world, &CLINICS, 2, &clinics(5, 2));
    sync_later(&world, &phone);
    verifications::take();
    assert_eq!(phone.clinics(&ALL).unwrap().len(), 5);
    assert_eq!(phone.bulletins(None).unwrap().unread, 1);
    assert_eq!(verifications::take(), 1, "the new bytes alone");
}

#[test]
fn a_list_is_given_out_while_a_fresh_look_would() {
    let world = World::new();
    let records = world.settled();
    let phone = world.open(Arc::new(records.clone())).unwrap();
    publish(&world, &CLINICS, 1, &clinics(3, 1));
    sync_later(&world, &phone);
    let mut seen = Vec::new();
    for _ in 0..80 {
        let kept = phone.clinics(&ALL).unwrap().len();
        let fresh = world.open(Arc::new(records.fork())).unwrap();
        assert_eq!(kept, fresh.clinics(&ALL).unwrap().len());
        seen.push(kept);
        world.pass(DAY_MS * 5);
    }
    seen.dedup();
    assert_eq!(seen, [3, 0], "until key or trust bundle end");
}

/// What it was told of bulletins; dies of it where it is to.
#[derive(Default)]
struct Told {
    events: Mutex<Vec<(Vec<String>, BulletinUrgency)>>,
    is_dying: bool,
}

impl Observer for Told {
    fn on_event(&self, event: HealthCodeEvent) {
        if let HealthCodeEvent::NewBulletins { ids, most_urgent } = event {
            assert!(!self.is_dying, "an observer that fails");
            self.events.lock().unwrap().push((ids, most_urgent));
        }
    }
}

fn observed(world: &World, records: &MemoryStore, told: &Arc<Told>) -> HealthCode {
    let records = Arc::new(records.clone());
    world.open_observed(records, Some(told.clone())).unwrap()
}

#[test]
fn new_bulletins_are_told_once_each() {
    let world = World::new();
    let records = world.settled();
    let told = Arc::<Told>::default();
    let phone = observed(&world, &records, &told);
    let first = [("b", "info"), ("a", "important"), ("gone", "urgent")];
    publish(&world, &BULLETINS, 1, &bulletins(1, &first));
    sync_later(&world, &phone);
    sync_later(&world, &phone);
    let take = || std::mem::take(&mut *told.events.lock().unwrap());
    let id = |id: &str| format!("hangzhou/{id}");
    let both = (vec![id("a"), id("b")], BulletinUrgency::Important);
    assert_eq!(take(), [both]);
    drop(phone);
    // Another start, another version: what is new alone.
    let phone = observed(&world, &records, &told);
    sync_later(&world, &phone);
    let second = [("a", "important"), ("c", "urgent"), ("b", "info")];
    publish(&world, &BULLETINS, 2, &bulletins(2, &second));
    sync_later(&world, &phone);
    assert_eq!(take(), [(vec![id("c")], BulletinUrgency::Urgent)]);
    // Nothing is kept of those that are gone.
    publish(&world, &BULLETINS, 3, &bulletins(3, &[("d", "info")]));
    sync_later(&world, &phone);
    assert_eq!(take(), [(vec![id("d")], BulletinUrgency::Info)]);
    let kept = crate::capability::bulletins::told_to_observer(&phone);
    assert_eq!(kept, [id("d")].into());
}

#[test]
fn bulletins_that_were_not_told_are_told_by_the_next_start() {
    let world = World::new();
    let records = world.settled();
    let dying = Arc::new(Told {
        is_dying: true,
        ..Told::default()
    });
    let phone = observed(&world, &records, &dying);
    publish(&world, &BULLETINS, 1, &bulletins(1, &[("a", "urgent")]));
    world.pass(DAY_MS / 24);
    assert!(catch_unwind(AssertUnwindSafe(|| sync(&phone))).is_err());
    drop(phone);
    let told = Arc::<Told>::default();
    let phone = observed(&world, &records, &told);
    sync_later(&world, &phone);
    sync_later(&world, &phone);
    let expected = (vec!["hangzhou/a".to_owned()], BulletinUrgency::Urgent);
    assert_eq!(*told.events.lock().unwrap(), [expected]);
}
