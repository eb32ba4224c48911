//! What the observer is told: each thing once, in order, and never within one of its own calls.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, Weak};

use super::{World, registration, sync};
use crate::citizen::{CONSENT_VERSION, HealthCode};
use crate::colour::{Colour, Reason};
use crate::event::HealthCodeEvent;
use crate::ports::Observer;
use crate::store::{MemoryStore, RecordStore};

/// Syncs at each event, as an app does that wants to be sure of what it shows.
#[derive(Default)]
struct Syncing {
    phone: OnceLock<Weak<HealthCode>>,
    colours: Mutex<Vec<(Option<Colour>, Colour)>>,
    depth: AtomicUsize,
    deepest: AtomicUsize,
    /// Decided at the next event, as if it had come from elsewhere.
    next: Mutex<Vec<Box<dyn FnOnce() + Send>>>,
}

impl Observer for Syncing {
    fn on_event(&self, event: HealthCodeEvent) {
        let depth = self.depth.fetch_add(1, Ordering::SeqCst) + 1;
        self.deepest.fetch_max(depth, Ordering::SeqCst);
        assert!(depth < 20, "it recurses");
        if let HealthCodeEvent::ColourChanged(change) = event {
            self.colours.lock().unwrap().push((change.from, change.to));
        }
        if let Some(next) = self.next.lock().unwrap().pop() {
            next();
        }
        if let Some(phone) = self.phone.get().and_then(Weak::upgrade) {
            sync(&phone);
        }
        self.depth.fetch_sub(1, Ordering::SeqCst);
    }
}

fn observed(world: &World, records: &MemoryStore) -> (Arc<HealthCode>, Arc<Syncing>) {
    let observer = Arc::new(Syncing::default());
    let records: Arc<dyn RecordStore> = Arc::new(records.clone());
    let phone = world
        .open_observed(records, Some(observer.clone()))
        .unwrap();
    let phone = Arc::new(phone);
    observer.phone.set(Arc::downgrade(&phone)).unwrap();
    (phone, observer)
}

#[test]
fn an_observer_may_sync_within_an_event() {
    let world = World::new();
    let records = MemoryStore::new();
    let (phone, observer) = observed(&world, &records);
    phone
        .register(&registration("王小明"), CONSENT_VERSION)
        .unwrap();
    world.authority.decide(Colour::Green, Reason::Clear);
    let (authority, elsewhere) = (world.authority.clone(), world.truth.clone());
    observer.next.lock().unwrap().push(Box::new(move || {
        elsewhere.advance_ms(1_000);
        authority.decide(Colour::Red, Reason::Confirmed);
    }));
    sync(&phone);
    let green = (None, Colour::Green);
    let red = (Some(Colour::Green), Colour::Red);
    assert_eq!(*observer.colours.lock().unwrap(), [green, red]);
    assert_eq!(observer.deepest.load(Ordering::SeqCst), 1);
    sync(&phone);
    drop(phone);
    // Told for good, also to the next start.
    let (phone, observer) = observed(&world, &records);
    sync(&phone);
    assert_eq!(*observer.colours.lock().unwrap(), []);
}

/// Dies in its first call.
struct Dying;

impl Observer for Dying {
    fn on_event(&self, _: HealthCodeEvent) {
        panic!("an observer that fails");
    }
}

#[test]
fn what_was_not_told_is_told_by_the_next_start() {
    let world = World::new();
    let records = world.settled();
    world.authority.decide(Colour::Yellow, Reason::CloseContact);
    world.pass(1_000);
    let dying = world.open_observed(Arc::new(records.clone()), Some(Arc::new(Dying)));
    let dying = dying.unwrap();
    let died = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| sync(&dying)));
    assert!(died.is_err());
    drop(dying);
    let (phone, observer) = observed(&world, &records);
    sync(&phone);
    assert_eq!(
        *observer.colours.lock().unwrap(),
        [(Some(Colour::Green), Colour::Yellow)]
    );
}
