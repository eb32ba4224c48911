//! Telling the observer: each event once, in order, one at a time.
//!
//! Invariant: the observer is never called while it is being called, whatever it does in a call: what comes up meanwhile
//! waits until it returns. No lock is held while it is called.

use std::collections::{BTreeSet, VecDeque};
use std::sync::{Arc, Mutex};

use super::lock;
use crate::event::HealthCodeEvent;
use crate::ports::Observer;

/// What is to be told, and whether somebody is telling.
pub(crate) struct Events {
    observer: Option<Arc<dyn Observer>>,
    waiting: Mutex<Waiting>,
    /// What some event of this process tells or told.
    claimed: Mutex<BTreeSet<String>>,
}

#[derive(Default)]
struct Waiting {
    events: VecDeque<Told>,
    is_telling: bool,
}

/// An event, and what is done once it was told.
struct Told {
    event: HealthCodeEvent,
    then: Box<dyn FnOnce() + Send>,
}

impl Events {
    pub(super) fn new(observer: Option<Arc<dyn Observer>>) -> Self {
        Self {
            observer,
            waiting: Mutex::default(),
            claimed: Mutex::default(),
        }
    }

    /// Those of `things` that no event of this process told or is about to tell; the caller's next one does. Names are
    /// the caller's, apart from those of others.
    pub(crate) fn claim(&self, things: impl IntoIterator<Item = String>) -> BTreeSet<String> {
        let mut claimed = lock(&self.claimed);
        let new = things.into_iter().filter(|it| claimed.insert(it.clone()));
        crate::sorting::gather(new)
    }

    /// Tells the observer, if there is one. Within one of its calls, or another thread's: soon after that.
    pub(crate) fn tell(&self, event: HealthCodeEvent) {
        self.tell_then(event, Box::new(|| {}));
    }

    /// As [`Events::tell`]; `then` runs once the event was told, or at once where nobody is to be told.
    pub(crate) fn tell_then(&self, event: HealthCodeEvent, then: Box<dyn FnOnce() + Send>) {
        let Some(observer) = &self.observer else {
            return then();
        };
        {
            let mut waiting = lock(&self.waiting);
            waiting.events.push_back(Told { event, then });
            if waiting.is_telling {
                return;
            }
            waiting.is_telling = true;
        }
        let _telling = Telling(&self.waiting);
        while let Some(next) = self.next() {
            observer.on_event(next.event);
            (next.then)();
        }
    }

    /// The next event; where there is none, nobody is telling from now on.
    fn next(&self) -> Option<Told> {
        let mut waiting = lock(&self.waiting);
        let next = waiting.events.pop_front();
        waiting.is_telling = next.is_some();
        next
    }
}

/// Lets others tell again, also after an observer's panic.
struct Telling<'a>(&'a Mutex<Waiting>);

impl Drop for Telling<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            lock(self.0).is_telling = false;
        }
    }
}
