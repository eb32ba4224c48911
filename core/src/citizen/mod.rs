//! The citizen's use cases: register with consent, declare, sync, read the home view, show the code.
//!
//! | file | what it is |
//! |---|---|
//! | `open` | what a host supplies, and how the phone's parts are put together |
//! | `context` | those parts, as every use case takes them |
//! | `records` | what is stored |
//! | `registration`, `filing` | what a citizen sends |
//! | `dependants`, `erasing` | how a dependant begins, and how a subject ends |
//! | `sunset`, `region_end` | how a region ends: what is known of it, and what the phone then does by itself |
//! | `snapshot`, `verified` | what a screen's view is made of, verified once for the same bytes |
//! | `published` | lists that issuers publish to everybody, verified and read once for the same bytes |
//! | `home`, `code`, `showing` | what a screen shows; which credential of several |
//! | `status`, `notices`, `check_ins`, `way_to_green` | parts of the home screen: the state and the next step, the strips, the calendar, what turns it green |
//! | `opening_failure` | what an app shows that could not open its store |
//! | `refusals` | refused uploads in words |
//! | `events` | telling the observer |
//! | `recomputation` | whether the phone comes to the same colour |
//! | `views` | those screens' values |
//!
//! Invariant: every use case but [`HealthCode::sync_once`] works without a network, and what was
//! acknowledged to the citizen is on disk. It decides no colour and verifies no stranger's code.

mod check_ins;
mod code;
pub(crate) mod context;
mod dependant_keys;
mod dependants;
mod device;
mod erasing;
mod error;
mod events;
mod filing;
mod home;
mod notices;
mod open;
mod opening_failure;
mod published;
mod reader;
mod recomputation;
mod records;
mod refusals;
mod region_end;
mod registration;
mod showing;
mod signed;
mod snapshot;
mod status;
mod sunset;
mod verified;
mod views;
mod way_to_green;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

#[cfg(test)]
pub(crate) use erasing::TEXT_IDS as ERASURE_TEXT_IDS;
pub use error::{CitizenError, CitizenErrorKind, CitizenFault};
pub use notices::{HomeNotice, HomeNoticeKind};
pub use open::{CitizenConfig, CitizenPorts};
pub use opening_failure::{OpeningFailure, OpeningFailureKind, opening_failure};
pub use recomputation::{Recomputation, recompute};
pub(crate) use records::RECORD_KINDS;
pub use status::{HomeStatus, NextStep, NextStepKind, StatusKind};
pub use sunset::{SunsetStage, SunsetView};
pub use views::{
    CONSENT_VERSION, CheckInDay, CheckInDayState, CheckInsView, CodeView, ColourView, ErasureState,
    ErasureView, FormKind, FormReview, HomeView, KeptView, Stage,
};
pub use way_to_green::{WayToGreenKind, WayToGreenView};

use crate::cancel::CancelHandle;
use crate::capability;
use crate::civil_time::KnownCivilTime;
use crate::colour::Colour;
use crate::event::HealthCodeEvent;
use crate::store::SubjectId;
use crate::sync::{SyncOutcome, SyncReason, SyncResult, TrustedTime};
use crate::words;
use code::Shown;
use context::Context;
use filing::ShippedForms;
use published::PublishedLists;
use reader::Reader;
use showing::Showings;
use snapshot::{Snapshot, Snapshots};

/// One subject's health code on one phone: the owner's, or that of a dependant ([`HealthCode::for_subject`]). Share it
/// between threads by reference or `Arc`.
pub struct HealthCode {
    pub(crate) context: Context,
    snapshots: Snapshots,
    published_lists: PublishedLists,
    rotation: Mutex<Option<Shown>>,
    /// Of everybody on this phone.
    showings: Arc<Showings>,
    shipped_forms: Arc<ShippedForms>,
    /// The last colour that the observer was told of or is about to be; none until one was looked for.
    announced: Mutex<Option<Colour>>,
    reader: Reader,
    sync_wanted: Arc<AtomicBool>,
    /// How the last sync of this process ended, where that says something of network and authority.
    last_sync: Arc<Mutex<Option<SyncResult>>>,
    /// Others on this phone whose codes are shown with this one's.
    members: Mutex<BTreeMap<SubjectId, Arc<HealthCode>>>,
}

impl HealthCode {
    /// Whose health code this is.
    #[must_use]
    pub const fn subject(&self) -> &SubjectId {
        &self.context.subject
    }

    /// The health code of another subject on this phone.
    ///
    /// # Errors
    /// `Sync`: nobody on this phone has this id.
    pub fn for_subject(&self, subject: &SubjectId) -> Result<Self, CitizenError> {
        let context = &self.context;
        Ok(Self {
            context: Context {
                store: Arc::clone(&context.store),
                subject: subject.clone(),
                root_key: context.root_key,
                sync: Arc::clone(&context.sync),
                signer: context.sync.signer(subject)?,
                stored_key: context.stored_key.clone(),
                keys: Arc::clone(&context.keys),
                events: Arc::clone(&context.events),
                civil: KnownCivilTime::unknown(),
                turns: Arc::clone(&context.turns),
            },
            snapshots: Snapshots::default(),
            published_lists: PublishedLists::default(),
            rotation: Mutex::new(None),
            showings: Arc::clone(&self.showings),
            shipped_forms: Arc::clone(&self.shipped_forms),
            reader: self.reader.of_another_subject(),
            announced: Mutex::new(None),
            sync_wanted: Arc::clone(&self.sync_wanted),
            last_sync: Arc::clone(&self.last_sync),
            members: Mutex::default(),
        })
    }

    /// Sends what is queued and fetches what is new, for everybody on this phone, and tells the observer of a change of
    /// this subject's colour.
    /// Returns within `deadline_ms` or soon after `cancel`; never fails, the outcome says how it went.
    pub fn sync_once(
        &self,
        reason: SyncReason,
        deadline_ms: u64,
        cancel: &CancelHandle,
    ) -> SyncOutcome {
        self.sync_wanted.store(false, Ordering::SeqCst);
        let mut outcome = self.context.sync.sync_once(reason, deadline_ms, cancel);
        if outcome.result.tells_of_network() {
            *lock(&self.last_sync) = Some(outcome.result);
        }
        let language = self.language();
        for refused in &mut outcome.uploads_refused {
            self.in_words(refused, &language);
        }
        if outcome.registers_again {
            let text = words::text("registers-again", language.words()).unwrap_or_default();
            self.context.events.tell(HealthCodeEvent::RegistersAgain {
                text: text.to_owned(),
            });
        }
        for refused in &outcome.uploads_refused {
            self.context.events.tell(HealthCodeEvent::UploadRefused {
                upload_id: refused.upload_id.clone(),
                code: refused.code.clone(),
            });
        }
        self.announce_colour();
        for capability in capability::ALL {
            if let Some(after_sync) = capability.after_sync {
                after_sync(self);
            }
        }
        self.heed_sunsets();
        outcome
    }

    /// A push message came. It carries nothing that is believed: it only asks for a sync.
    pub fn push_hint(&self) {
        self.sync_wanted.store(true, Ordering::SeqCst);
    }

    /// Whether the host should call [`HealthCode::sync_once`] soon: a push came or uploads wait. When the
    /// next planned one is due, the last [`SyncOutcome::next_allowed_at_ms`] says.
    #[must_use]
    pub fn sync_wanted(&self) -> bool {
        self.context.sync.is_waiting() || self.sync_wanted.load(Ordering::SeqCst)
    }

    /// The time that codes are made with.
    #[must_use]
    pub fn now(&self) -> TrustedTime {
        self.context.now()
    }

    fn snapshot(&self, at: i64) -> Result<Arc<Snapshot>, CitizenError> {
        self.snapshots.at(&self.context, at)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
