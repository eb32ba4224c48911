//! What every use case takes: the phone's parts (store, sync, events; time comes through sync), the subject that it is
//! for, and that subject's key.
//!
//! Invariant: a use case reads and writes through these and nothing else. Holds no state of its own.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::Serialize;

use super::dependant_keys::DependantKeys;
use super::device::StoredKey;
use super::events::Events;
use super::records::IDENTITY;
use super::{CitizenError, CitizenFault};
use crate::civil_time::{CivilTime, KnownCivilTime};
use crate::form::{AnswerError, RefusedAnswer};
use crate::identity::DocumentError;
use crate::ports::DeviceSigner;
use crate::store::{Place, SealedStore, SealedWrite, StoreError, SubjectId};
use crate::sync::{SyncEngine, TrustedTime};
use crate::trust::TrustBundle;
use crate::wire::{BundleKind, Identity};

/// See the module.
pub(crate) struct Context {
    pub(crate) store: Arc<SealedStore>,
    /// Whose records the use cases read and write.
    pub(crate) subject: SubjectId,
    /// The national root's.
    pub(crate) root_key: [u8; 32],
    pub(crate) sync: Arc<SyncEngine>,
    /// Signs the subject's codes; the owner's signs the requests of this device as well.
    pub(crate) signer: Arc<dyn DeviceSigner>,
    /// The owner's key, where the core keeps it.
    pub(crate) stored_key: Option<Arc<StoredKey>>,
    /// Of everybody else on this phone.
    pub(crate) keys: Arc<DependantKeys>,
    pub(crate) events: Arc<Events>,
    /// Of the subject's region, as the trust bundle last read said. See [`Context::civil_time`].
    pub(super) civil: KnownCivilTime,
    /// See [`Context::take_turn`].
    pub(super) turns: Arc<Mutex<()>>,
}

impl Context {
    /// Held by an act that looks before it writes, so that no other one of this phone comes between the two.
    pub(crate) fn take_turn(&self) -> MutexGuard<'_, ()> {
        self.turns.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn now(&self) -> TrustedTime {
        self.sync.trusted_now()
    }

    /// Refused answers, with the clock named where it is to blame: by a clock at 1970 every day of birth is in the future.
    /// Answers that no clock could have spoilt are refused as they are.
    pub(crate) fn blamed(&self, mut refused: Vec<RefusedAnswer>) -> Vec<RefusedAnswer> {
        if !self.now().is_plausible() {
            let of_days = [
                DocumentError::BirthDate.code(),
                AnswerError::DateTooEarly.code(),
                AnswerError::DateTooLate.code(),
            ];
            let by_day = |one: &&mut RefusedAnswer| of_days.contains(&one.code.as_str());
            for one in refused.iter_mut().filter(by_day) {
                CitizenFault::ClockWrong.code().clone_into(&mut one.code);
            }
        }
        refused
    }

    /// The error for refused answers: the clock's own where the clock is to blame for one.
    pub(crate) fn refused(&self, refused: Vec<RefusedAnswer>) -> CitizenError {
        let refused = self.blamed(refused);
        let clock = CitizenFault::ClockWrong;
        if refused.iter().any(|one| one.code == clock.code()) {
            clock.into()
        } else {
            refused.into()
        }
    }

    /// What keeps the subject's details.
    pub(crate) fn identity_write(&self, identity: &Identity) -> Result<SealedWrite, CitizenError> {
        Ok(IDENTITY.for_subject(&self.subject).put(identity)?)
    }

    /// By which clock the subject's days are counted.
    ///
    /// What is asked first after a start, before any snapshot, is told by the region's clock as well.
    pub(crate) fn civil_time(&self) -> CivilTime {
        if let Some(civil) = self.civil.get() {
            return civil;
        }
        let told = self.told_civil_time().ok().flatten();
        if let Some(civil) = told {
            self.civil.set(civil);
        }
        told.unwrap_or(CivilTime::CHINA)
    }

    /// What the trust bundle that is held says, also one that has ended: a day stays what it was.
    fn told_civil_time(&self) -> Result<Option<CivilTime>, CitizenError> {
        let Some(registration) = self.sync.last_registration(&self.subject)? else {
            return Ok(None);
        };
        let bytes = self.sync.bundle(&BundleKind::TRUST, "")?;
        let trust = bytes.and_then(|bytes| TrustBundle::read(&bytes, &self.root_key).ok());
        Ok(trust.and_then(|trust| trust.civil_time(registration.division)))
    }

    /// The civil day now, `YYYY-MM-DD`.
    pub(crate) fn today(&self) -> String {
        self.civil_day(self.now().at_secs())
    }

    /// The civil day that holds `at`, Unix seconds: `YYYY-MM-DD`.
    pub(crate) fn civil_day(&self, at: i64) -> String {
        self.civil_time().at(at).date().to_string()
    }

    /// The record at `place`.
    ///
    /// # Errors
    /// `Store`, [`CitizenFault::RecordUnreadable`].
    pub(crate) fn read<T>(&self, place: &Place<T>) -> Result<Option<T>, CitizenError> {
        match self.store.read(place) {
            Err(StoreError::RecordUnreadable) => Err(CitizenFault::RecordUnreadable.into()),
            other => Ok(other?),
        }
    }
}

/// An upload's bytes.
pub(crate) fn json<T: Serialize>(value: &T) -> Result<Vec<u8>, CitizenFault> {
    serde_json::to_vec(value).map_err(|_| CitizenFault::RecordUnreadable)
}
