//! Brings events to the app on a thread of its own.
//!
//! Invariant: events come one after the other, in order, while none of the core's locks is held; after the
//! [`Delivery`] is gone no new one begins.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

use health_code_core::event::HealthCodeEvent;
use health_code_core::ports::Observer;

use crate::host::HostObserver;

/// The sending end; the thread ends with it.
pub(crate) struct Delivery {
    events: Mutex<Sender<HealthCodeEvent>>,
    is_closed: Arc<AtomicBool>,
}

impl Delivery {
    /// Starts the thread. None if the system gives no thread.
    pub(crate) fn start(host: Arc<dyn HostObserver>) -> Option<Self> {
        let (events, receiver) = channel();
        let is_closed = Arc::new(AtomicBool::new(false));
        let closed = is_closed.clone();
        std::thread::Builder::new()
            .name("health-code-events".to_owned())
            .spawn(move || deliver(&receiver, host.as_ref(), &closed))
            .ok()?;
        Some(Self {
            events: Mutex::new(events),
            is_closed,
        })
    }
}

impl Observer for Delivery {
    fn on_event(&self, event: HealthCodeEvent) {
        let events = self.events.lock().unwrap_or_else(PoisonError::into_inner);
        // The thread outlives every event but one that panicked through it, which `deliver` prevents.
        let _ = events.send(event);
    }
}

impl Drop for Delivery {
    /// Does not wait: an app may close the core from within a callback, or while its main thread is needed by one.
    fn drop(&mut self) {
        self.is_closed.store(true, Ordering::SeqCst);
    }
}

fn deliver(events: &Receiver<HealthCodeEvent>, host: &dyn HostObserver, is_closed: &AtomicBool) {
    for event in events {
        if is_closed.load(Ordering::SeqCst) {
            return;
        }
        // An app's exception is its own affair; the next event comes all the same.
        let _ = catch_unwind(AssertUnwindSafe(|| host.on_event(event)));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Sender, channel};
    use std::sync::{Arc, Mutex};
    use std::time::Duration;

    use health_code_core::event::HealthCodeEvent;
    use health_code_core::ports::Observer as _;

    use super::Delivery;
    use crate::host::{HostError, HostObserver};

    struct Faulty(Mutex<Sender<String>>);

    impl HostObserver for Faulty {
        fn on_event(&self, event: HealthCodeEvent) -> Result<(), HostError> {
            let HealthCodeEvent::UploadRefused { upload_id, .. } = event else {
                return Err(HostError::Failed);
            };
            let thread = std::thread::current();
            assert_eq!(thread.name(), Some("health-code-events"));
            self.0
                .lock()
                .expect("lock")
                .send(upload_id.clone())
                .expect("received");
            assert_ne!(upload_id, "2", "the app's own fault");
            Err(HostError::Failed)
        }
    }

    #[test]
    fn in_order_on_its_own_thread_past_faults_and_not_after_the_end() {
        let (sender, seen) = channel();
        let delivery = Delivery::start(Arc::new(Faulty(Mutex::new(sender)))).expect("a thread");
        for id in ["1", "2", "3"] {
            delivery.on_event(HealthCodeEvent::UploadRefused {
                upload_id: id.to_owned(),
                code: String::new(),
            });
        }
        for id in ["1", "2", "3"] {
            assert_eq!(
                seen.recv_timeout(Duration::from_secs(10)).as_deref(),
                Ok(id)
            );
        }
        drop(delivery);
        // The thread ends and with it the observer and its sender.
        assert!(seen.recv_timeout(Duration::from_secs(10)).is_err());
    }
}
