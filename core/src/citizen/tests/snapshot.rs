//! A view is verified once for the same bytes, and never shown beyond what a fresh look would show.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, Weak};

use super::super::HealthCode;
use super::{NOON_MS, World, registration, sync, well};
use crate::citizen::{CONSENT_VERSION, HomeNoticeKind, Stage};
use crate::colour::{Colour, Reason};
use crate::encoding::cose::verifications;
use crate::store::{
    MemoryStore, RecordStore, SealedStore, SealedWrite, SideFile, StoreError, SubjectId, Write,
};
use crate::sync::{BUNDLE, CREDENTIAL, RECEIPT, SyncResult, TIME_ANCHOR};
use crate::trust::{GraceOrder, SunsetOrder};
use crate::wire::BundleKind;
use crate::words::LocalizedText;

/// Trust bundle, credential, receipt, rule set.
const SIGNED_THINGS: u32 = 4;

#[test]
fn the_same_bytes_are_verified_once() {
    let world = World::new();
    let phone = world.open(Arc::new(world.settled())).unwrap();
    verifications::take();
    phone.home().unwrap();
    assert_eq!(verifications::take(), SIGNED_THINGS);
    for _ in 0..3 {
        phone.home().unwrap();
        phone.current_code().unwrap();
        world.pass(30_000);
    }
    phone.declaration_form().unwrap();
    assert_eq!(verifications::take(), 1, "the published form");
    phone.declaration_form().unwrap();
    phone.save_draft("health-declaration", &well()).unwrap();
    phone.submit_declaration(&well()).unwrap();
    assert_eq!(phone.home().unwrap().uploads_waiting, 1);
    assert_eq!(
        verifications::take(),
        0,
        "records changed, signed bytes did not"
    );
}

#[test]
fn a_new_state_is_seen_at_once_and_verified_alone() {
    let world = World::new();
    let phone = world.open(Arc::new(world.settled())).unwrap();
    assert_eq!(phone.home().unwrap().colour.unwrap().colour, Colour::Green);
    world.authority.decide(Colour::Red, Reason::Confirmed);
    world.pass(1_000);
    assert_eq!(sync(&phone).result, SyncResult::Synced);
    verifications::take();
    let view = phone.home().unwrap();
    assert_eq!(view.colour.unwrap().colour, Colour::Red);
    assert_eq!(view.data_age_secs, Some(0));
    assert_eq!(phone.current_code().unwrap().colour, Colour::Red);
    // The sync itself told of the colour and so looked at receipt and credential first.
    assert_eq!(verifications::take(), 0);
}

#[test]
fn every_record_of_the_view_is_seen_when_it_changes() {
    let world = World::new();
    let phone = world.open(Arc::new(MemoryStore::new())).unwrap();
    assert_eq!(phone.home().unwrap().stage, Stage::NotRegistered);
    phone
        .register(&registration("王小明"), CONSENT_VERSION)
        .unwrap();
    let view = phone.home().unwrap();
    assert_eq!(
        (view.stage, view.uploads_waiting),
        (Stage::RegistrationQueued, 1)
    );
    sync(&phone);
    let view = phone.home().unwrap();
    assert_eq!(
        (view.stage, view.uploads_waiting),
        (Stage::AwaitingColour, 0)
    );
    world.authority.decide(Colour::Green, Reason::Clear);
    sync(&phone);
    assert_eq!(phone.home().unwrap().stage, Stage::Decided);
    let store = &phone.context.store;
    store
        .remove(&RECEIPT.for_subject(&SubjectId::OWNER))
        .unwrap();
    assert_eq!(phone.home().unwrap().stage, Stage::AwaitingColour);
    store.remove(&BUNDLE.for_this_phone().at("trust/")).unwrap();
    assert!(!phone.home().unwrap().code_available);
}

/// What a phone shows: stage, colour, whether there is a code, and the code's colour, end or refusal.
fn shown(phone: &HealthCode) -> String {
    let view = phone.home().unwrap();
    let code = phone.current_code();
    let code = code.map(|code| (code.colour, code.is_expired, code.credential_expires_at));
    format!(
        "{:?} {:?} {} {:?} {code:?}",
        view.stage,
        view.colour
            .map(|colour| (colour.colour, colour.recomputation)),
        view.code_available,
        view.credential_expires_at,
    )
}

#[test]
fn each_bound_in_time_is_judged_whichever_way_the_clock_jumps() {
    // The credential ends at 11: once the order's own end is what counts, once what it adds.
    bounds_are_judged_with_grace(12, 4);
    bounds_are_judged_with_grace(16, 2);
}

fn bounds_are_judged_with_grace(until_hours: i64, extra_hours: u32) {
    let world = World::new();
    let noon = NOON_MS / 1_000;
    let hour = 3_600;
    let mut nation = crate::testing::nation::Nation::at(noon);
    nation.trust.version = 8;
    nation.trust.expires_at = noon + 30 * hour;
    nation.trust.regions[0].keys[0].not_before = noon - 2 * hour;
    nation.trust.regions[0].keys[0].not_after = noon + 5 * hour;
    nation.trust.regions[0].keys[0].revoked_at = Some(noon + 24 * hour);
    nation.trust.grace_orders.push(GraceOrder {
        division: 330_000,
        until: noon + until_hours * hour,
        extra_secs: extra_hours * 3_600,
    });
    nation.trust.sunset_orders.push(SunsetOrder {
        division: 330_100,
        effective_at: noon + 20 * hour,
        text: LocalizedText::new("", ""),
        erase_after_secs: None,
    });
    let trust = nation.trust_bytes();
    world.authority.publish(&BundleKind::TRUST, "", 8, &trust);
    let records = world.settled();
    // Without an anchor the wall clock is all there is, and can be set at will.
    let phone = world.open(Arc::new(records.clone())).unwrap();
    let store = &phone.context.store;
    store.remove(&TIME_ANCHOR.for_this_phone()).unwrap();
    drop(phone);

    let warm = world.open(Arc::new(records.clone())).unwrap();
    let mut instants: Vec<i64> = (-3..=32)
        .flat_map(|hours| [-1, 0, 1].map(|secs| noon + hours * hour + secs))
        .collect();
    instants.insert(0, 0);
    instants.push(noon + 1_000_000_000);
    let expected: Vec<String> = instants
        .iter()
        .map(|at| {
            world.clock.set_wall_ms(at * 1_000);
            shown(&world.open(Arc::new(records.fork())).unwrap())
        })
        .collect();
    // Before the credential, valid, key ended, in grace, expired, region ended, key revoked, no trust.
    let distinct: std::collections::BTreeSet<_> = expected.iter().collect();
    assert!(distinct.len() >= 6, "{distinct:#?}");
    // Step by step, so that one bound is crossed at a time, both ways; then in jumps over many.
    let count = instants.len();
    let jumps = (0..count).map(|step| step * 37 % count);
    for place in (0..count).chain((0..count).rev()).chain(jumps) {
        let at = instants[place];
        world.clock.set_wall_ms(at * 1_000);
        assert_eq!(shown(&warm), expected[place], "{} s after noon", at - noon);
    }
}

#[test]
fn a_code_that_counts_by_grace_alone_says_until_when() {
    let world = World::new();
    let noon = NOON_MS / 1_000;
    let hour = 3_600;
    let mut nation = crate::testing::nation::Nation::at(noon);
    nation.trust.version = 8;
    nation.trust.expires_at = noon + 90 * hour;
    for (division, until, extra_secs) in [
        (330_000, noon + 12 * hour, 4 * 3_600),
        (330_100, noon + 20 * hour, 2 * 3_600),
        // Another province's.
        (420_000, noon + 80 * hour, 60 * 3_600),
    ] {
        nation.trust.grace_orders.push(GraceOrder {
            division,
            until,
            extra_secs,
        });
    }
    let trust = nation.trust_bytes();
    world.authority.publish(&BundleKind::TRUST, "", 8, &trust);
    let records = world.settled();
    let phone = world.open(Arc::new(records)).unwrap();
    let end = phone.current_code().unwrap().credential_expires_at;
    assert_eq!(end, noon + 11 * hour);
    let seen_at = |at: i64| {
        let now_ms = phone.now().at_ms;
        world.pass(u64::try_from(at * 1_000 - now_ms).unwrap());
        let code = phone.current_code().unwrap();
        let notices = phone.home().unwrap().notices;
        let notice = notices
            .into_iter()
            .find(|notice| notice.kind == HomeNoticeKind::GraceInForce);
        assert_eq!(notice.as_ref().and_then(|it| it.at), code.accepted_until);
        assert_eq!(notice.map(|it| it.text), code.accepted_until_text);
        (code.is_expired, code.accepted_until)
    };
    assert_eq!(seen_at(end - 1), (false, None));
    // The first order ends an hour after the code, the second lets it count two hours longer.
    assert_eq!(seen_at(end), (false, Some(end + 2 * hour)));
    assert_eq!(seen_at(end + 2 * hour - 1), (false, Some(end + 2 * hour)));
    assert_eq!(seen_at(end + 2 * hour), (true, None));
}

/// What happens at one of the next reads.
type Interruption = Option<(usize, Box<dyn FnOnce() + Send>)>;

/// Records in memory; at the read that the test names something else happens first.
#[derive(Default)]
struct Interrupted {
    records: MemoryStore,
    reads: AtomicUsize,
    then: Mutex<Interruption>,
}

impl RecordStore for Interrupted {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        let read = self.reads.fetch_add(1, Ordering::SeqCst);
        let due = self.then.lock().unwrap().take_if(|(at, _)| *at <= read);
        if let Some((_, happen)) = due {
            happen();
        }
        self.records.get(key)
    }
    fn scan(&self, prefix: &[u8]) -> Result<Vec<(Vec<u8>, Vec<u8>)>, StoreError> {
        self.records.scan(prefix)
    }
    fn apply(&self, writes: &[Write]) -> Result<(), StoreError> {
        self.records.apply(writes)
    }
    fn read_side(&self, file: SideFile) -> Result<Option<Vec<u8>>, StoreError> {
        self.records.read_side(file)
    }
    fn write_side(&self, file: SideFile, bytes: &[u8]) -> Result<(), StoreError> {
        self.records.write_side(file, bytes)
    }
    fn accept(&self) -> Result<(), StoreError> {
        self.records.accept()
    }
}

#[test]
fn a_write_between_two_reads_never_mixes_two_states() {
    let world = World::new();
    let records = Arc::new(Interrupted {
        records: world.settled(),
        ..Interrupted::default()
    });
    let phone = Arc::new(world.open(records.clone()).unwrap());
    let green = state(&phone.context.store);
    world.authority.decide(Colour::Red, Reason::Confirmed);
    sync(&phone);
    let red = state(&phone.context.store);
    let at = NOON_MS / 1_000;
    let mut interrupted = 0;
    for read in 0..20 {
        for new in [&green, &red] {
            let store: Weak<SealedStore> = Arc::downgrade(&phone.context.store);
            let writes = new.clone();
            // Something else changed, so the view is read again.
            phone.save_draft("any", &well()).unwrap();
            records.reads.store(0, Ordering::SeqCst);
            *records.then.lock().unwrap() = Some((
                read,
                Box::new(move || store.upgrade().unwrap().apply(&writes).unwrap()),
            ));
            let snapshot = phone.snapshot(at).unwrap();
            let receipt = snapshot.colour.as_ref().unwrap().as_ref().unwrap();
            let credential = snapshot.credential.as_ref().unwrap();
            assert_eq!(
                receipt.held.receipt.colour, credential.claims.colour,
                "write before read {read}"
            );
            if records.then.lock().unwrap().take().is_none() {
                interrupted += 1;
            } else {
                phone.context.store.apply(new).unwrap();
            }
            // The next look is that of the write, whenever it came.
            let expected = if std::ptr::eq(new, &raw const green) {
                Colour::Green
            } else {
                Colour::Red
            };
            assert_eq!(phone.home().unwrap().colour.unwrap().colour, expected);
        }
    }
    assert!(interrupted >= 8, "{interrupted}");
}

/// What is stored of the authority's answer, to be written back.
fn state(store: &SealedStore) -> Vec<SealedWrite> {
    [&RECEIPT, &CREDENTIAL]
        .map(|kind| {
            let place = kind.for_subject(&SubjectId::OWNER);
            let value = store.read(&place).unwrap().unwrap();
            place.put(&value).unwrap()
        })
        .into()
}
