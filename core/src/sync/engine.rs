//! The sync engine: what the citizen's use cases hold on to. It keeps outbox, waits, time and bundles over one sealed store.
//!
//! Invariant: one sync at a time; the transport is called without holding any lock that another call needs.
//! One sync's way is in `exchange`; this file opens and decides whether a sync may start.

mod erasing;
mod queueing;
mod reading;
mod registering;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::backoff::{Moment, Pacing, random_up_to};
use super::context::SyncContext;
use super::error::SyncError;
use super::exchange::Exchange;
use super::outcome::{SyncOutcome, SyncReason, SyncResult};
use super::records::{PACING, load};
use super::request::Base;
use super::step::{Ending, Pace};
use super::subjects::{Life, Subjects};
use super::trusted_time::{TrustedClock, TrustedTime};
use super::upload_kind::UploadRow;
use crate::cancel::CancelHandle;
use crate::ports::{Clock, DeviceSigner, Entropy, Transport};
use crate::store::{SealedStore, SealedWrite, SubjectId};
use crate::wire::NextSync;

/// What the plan is before the authority gave one: six hours, spread over one.
const DEFAULT_PLAN: NextSync = NextSync {
    after_secs: 6 * 3600,
    spread_secs: 3600,
};
/// Bounds of a plan that the authority gives, seconds.
const PLAN_SECS: std::ops::RangeInclusive<u32> = 60..=24 * 3600;

/// Where the authority is and who vouches for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyncConfig {
    /// `https://host[:port][/path]`.
    pub base_url: String,
    /// The national root's Ed25519 key: signs the trust bundle.
    pub root_key: [u8; 32],
}

/// Keeps the phone and the authority in agreement.
pub struct SyncEngine {
    context: SyncContext,
    pacing: Mutex<Pacing>,
    running: AtomicBool,
    /// One erasing after the other.
    erasing: Mutex<()>,
}

impl std::fmt::Debug for SyncEngine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SyncEngine").finish_non_exhaustive()
    }
}

impl SyncEngine {
    /// An engine over `store` for the owner, whose key `signer` is the device's, with the phone's own `clock`.
    ///
    /// # Errors
    /// [`SyncError::BaseUrlInvalid`], [`SyncError::UploadDamaged`], [`SyncError::Store`].
    pub fn new(
        config: &SyncConfig,
        store: Arc<SealedStore>,
        transport: Arc<dyn Transport>,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
        signer: Arc<dyn DeviceSigner>,
    ) -> Result<Self, SyncError> {
        let time = Arc::new(TrustedClock::open(Arc::clone(&store), clock)?);
        Self::with_trusted_clock(config, store, transport, time, entropy, signer)
    }

    /// As [`SyncEngine::new`], sharing a trusted clock, so that the transport can check certificates by it.
    ///
    /// # Errors
    /// As [`SyncEngine::new`].
    pub fn with_trusted_clock(
        config: &SyncConfig,
        store: Arc<SealedStore>,
        transport: Arc<dyn Transport>,
        time: Arc<TrustedClock>,
        entropy: Arc<dyn Entropy>,
        signer: Arc<dyn DeviceSigner>,
    ) -> Result<Self, SyncError> {
        let subjects = Subjects::open(&store, signer)?;
        let context = SyncContext::new(
            config.root_key,
            Base::parse(&config.base_url)?,
            store,
            transport,
            time,
            entropy,
            subjects,
        )?;
        let pacing = load(&context.store, &PACING.for_this_phone())?.unwrap_or_default();
        Ok(Self {
            context,
            pacing: Mutex::new(pacing),
            running: AtomicBool::new(false),
            erasing: Mutex::default(),
        })
    }

    /// Syncs for a dependant as well, whose codes `signer` signs.
    ///
    /// # Errors
    /// [`SyncError::Store`].
    pub fn add_dependant(
        &self,
        subject: &SubjectId,
        signer: Arc<dyn DeviceSigner>,
    ) -> Result<(), SyncError> {
        let context = &self.context;
        context.subjects.add(&context.store, subject, signer)
    }

    /// Begins a dependant, whose codes `signer` signs: queues its first upload and writes what goes `along`, which is asked for
    /// when nobody else begins or ends here. All are written or nothing is, and then nobody is added.
    ///
    /// # Errors
    /// As [`SyncEngine::enqueue`].
    pub fn begin_dependant<E: From<SyncError>>(
        &self,
        subject: &SubjectId,
        signer: Arc<dyn DeviceSigner>,
        row: &'static UploadRow,
        body: &[u8],
        along: impl FnOnce() -> Result<Vec<SealedWrite>, E>,
    ) -> Result<(), E> {
        let _one_by_one = self.erasing.lock().unwrap_or_else(PoisonError::into_inner);
        let along = along()?;
        self.add_dependant(subject, signer)?;
        let life = self.life(subject)?;
        if let Err(error) = self.enqueue_with(&life, row, body, along) {
            let context = &self.context;
            context.subjects.begin_anew(&context.store, &life.0);
            return Err(error.into());
        }
        Ok(())
    }

    /// The dependants on this phone, in the order in which they came.
    #[must_use]
    pub fn dependants(&self) -> Vec<SubjectId> {
        let all = self.context.subjects.all().into_iter();
        all.map(|one| one.id.clone())
            .filter(|id| !id.is_owner())
            .collect()
    }

    /// Where randomness comes from.
    #[must_use]
    pub fn entropy(&self) -> &Arc<dyn Entropy> {
        &self.context.entropy
    }

    /// The key of the subject's codes.
    ///
    /// # Errors
    /// [`SyncError::SubjectUnknown`].
    pub fn signer(&self, subject: &SubjectId) -> Result<Arc<dyn DeviceSigner>, SyncError> {
        Ok(Arc::clone(&self.context.subjects.get(subject)?.signer))
    }

    /// The subject's life on this phone, for writing what belongs to it.
    ///
    /// # Errors
    /// [`SyncError::SubjectUnknown`].
    pub fn life(&self, subject: &SubjectId) -> Result<Life, SyncError> {
        self.context.subjects.get(subject).map(Life)
    }

    /// The time now, by the authority's answers where there were any.
    #[must_use]
    pub fn trusted_now(&self) -> TrustedTime {
        self.context.time.now()
    }

    /// An instant that is surely over, Unix seconds: see [`TrustedClock::surely_passed_secs`].
    ///
    /// # Errors
    /// [`SyncError::Store`].
    pub fn surely_passed_secs(&self) -> Result<Option<i64>, SyncError> {
        Ok(self.context.time.surely_passed_secs()?)
    }

    /// How far the phone's own clock is off, milliseconds; none where no answer of this boot says.
    #[must_use]
    pub fn clock_off_ms(&self) -> Option<u64> {
        self.context.time.wall_off_ms()
    }

    /// The clock behind [`SyncEngine::trusted_now`].
    #[must_use]
    pub fn trusted_clock(&self) -> Arc<TrustedClock> {
        Arc::clone(&self.context.time)
    }

    /// Says whether others' codes are checked on this phone. If they are, the coming syncs fetch status lists too; a phone
    /// that only shows codes does without, and learns of its own with its state. Not kept: to be said after each start.
    pub fn set_checks_others(&self, checks_others: bool) {
        self.context
            .checks_others
            .store(checks_others, Ordering::SeqCst);
    }

    /// One sync: trust bundle if there is none or it is old; registration, uploads in order and state of the owner,
    /// then of each dependant; bundles.
    ///
    /// `deadline_ms` is how long it may take at most, from now. What was done before a deadline, a cancel or a
    /// failure stays done. Never fails: the outcome says what happened.
    pub fn sync_once(
        &self,
        reason: SyncReason,
        deadline_ms: u64,
        cancel: &CancelHandle,
    ) -> SyncOutcome {
        if self.running.swap(true, Ordering::SeqCst) {
            return self.outcome(SyncResult::AlreadyRunning, None);
        }
        let _running = Running(&self.running);
        match self.sync(reason, deadline_ms, cancel) {
            Ok(outcome) => outcome,
            Err(error) => {
                let code = error.root_code().to_owned();
                self.outcome(SyncResult::PhoneFailed, Some(code))
            }
        }
    }

    fn sync(
        &self,
        reason: SyncReason,
        deadline_ms: u64,
        cancel: &CancelHandle,
    ) -> Result<SyncOutcome, SyncError> {
        let now = self.moment();
        if self.lock_pacing().carry_over_reboot(now) {
            self.store_pacing()?;
        }
        let waiting = self.is_waiting();
        let (held_ms, is_on_plan) = {
            let pacing = self.lock_pacing();
            (pacing.held_ms(reason, waiting, now), pacing.is_on_plan())
        };
        if held_ms > 0 {
            let result = if is_on_plan {
                SyncResult::NotNeeded
            } else {
                SyncResult::Waiting
            };
            return Ok(self.outcome(result, None));
        }

        let mut exchange = Exchange::start(&self.context, now, deadline_ms, cancel)?;
        exchange.run();
        let (ending, done) = exchange.finish();
        self.pace(&ending, done.next_sync)?;
        Ok(SyncOutcome {
            uploads_sent: done.uploads_sent,
            uploads_refused: done.uploads_refused,
            registers_again: done.registers_again,
            state_changed: done.state_changed,
            bundles_updated: done.bundles_updated,
            ..self.outcome(ending.result, ending.problem)
        })
    }

    fn pace(&self, ending: &Ending, plan: Option<NextSync>) -> Result<(), SyncError> {
        let now = self.moment();
        match ending.pace {
            Pace::Unchanged => return Ok(()),
            Pace::Planned => {
                let plan = plan.unwrap_or(DEFAULT_PLAN);
                let after = plan.after_secs.clamp(*PLAN_SECS.start(), *PLAN_SECS.end());
                let spread = plan.spread_secs.min(*PLAN_SECS.end());
                let spread_ms =
                    random_up_to(u64::from(spread) * 1000, self.context.entropy.as_ref())?;
                self.lock_pacing()
                    .succeeded(u64::from(after) * 1000 + spread_ms, now);
            }
            Pace::Failed { retry_after_ms } => {
                self.lock_pacing()
                    .failed(retry_after_ms, now, self.context.entropy.as_ref())?;
            }
        }
        self.store_pacing()
    }

    fn outcome(&self, result: SyncResult, problem: Option<String>) -> SyncOutcome {
        let uploads_left = u32::try_from(self.context.subjects.waiting()).unwrap_or(u32::MAX);
        SyncOutcome {
            result,
            problem,
            uploads_sent: 0,
            uploads_refused: Vec::new(),
            uploads_left,
            registered: matches!(self.registration(&SubjectId::OWNER), Ok(Some(_))),
            registers_again: false,
            state_changed: false,
            bundles_updated: 0,
            next_allowed_at_ms: self.lock_pacing().next_allowed_at_ms(self.moment()),
            app_update: self.context.app_update().unwrap_or_default(),
        }
    }

    fn moment(&self) -> Moment {
        let reading = self.context.time.reading();
        Moment {
            reading,
            trusted_ms: self.context.time.at(reading).at_ms,
        }
    }

    fn lock_pacing(&self) -> MutexGuard<'_, Pacing> {
        self.pacing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn store_pacing(&self) -> Result<(), SyncError> {
        let write = PACING.for_this_phone().put(&self.lock_pacing())?;
        Ok(self.context.store.apply(&[write])?)
    }
}

/// Marks the engine as free again, also after a panic.
struct Running<'a>(&'a AtomicBool);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::SeqCst);
    }
}

#[cfg(test)]
#[path = "engine_tests.rs"]
mod tests;
#[cfg(test)]
pub(crate) use tests::PARTS_FOR_TESTS;
