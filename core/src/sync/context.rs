//! What a sync works with: store, network, time, subjects, and the records that tell how far it has come.
//!
//! Invariant: below the engine, which decides when, and the exchange, which does; it knows neither. Holds no state of
//! its own but the nonce of the last answer.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::bundles::Held;
use super::erasures::Erasures;
use super::error::SyncError;
use super::records::{BUNDLE, CORRECTION_ANSWER, HELD, REGISTRATION, RESENT, SUPPORTED, load};
use super::request::Base;
use super::subjects::Subjects;
use super::trusted_time::TrustedClock;
use super::upload_kind::Registration;
use crate::ports::{Entropy, Transport};
use crate::store::{SealedStore, SealedWrite, StoreError, SubjectId};
use crate::trust::{BundleKind, TrustBundle};
use crate::wire::{APP_VERSION, AppUpdate, PROTOCOL_VERSION, Resend, Supported, UploadAnswer};

/// See the module.
pub(super) struct SyncContext {
    pub(super) root_key: [u8; 32],
    pub(super) base: Base,
    pub(super) store: Arc<SealedStore>,
    pub(super) transport: Arc<dyn Transport>,
    pub(super) time: Arc<TrustedClock>,
    pub(super) entropy: Arc<dyn Entropy>,
    pub(super) subjects: Subjects,
    pub(super) erasures: Erasures,
    /// Whether others' codes are checked here.
    pub(super) checks_others: AtomicBool,
    /// Nonce of the last answer; good for one request.
    nonce: Mutex<Option<String>>,
}

impl SyncContext {
    /// Opens what the store holds of erasings.
    pub(super) fn new(
        root_key: [u8; 32],
        base: Base,
        store: Arc<SealedStore>,
        transport: Arc<dyn Transport>,
        time: Arc<TrustedClock>,
        entropy: Arc<dyn Entropy>,
        subjects: Subjects,
    ) -> Result<Self, SyncError> {
        Ok(Self {
            root_key,
            base,
            erasures: Erasures::open(Arc::clone(&store))?,
            store,
            transport,
            time,
            entropy,
            subjects,
            checks_others: AtomicBool::new(false),
            nonce: Mutex::new(None),
        })
    }

    pub(super) fn take_nonce(&self) -> Option<String> {
        self.nonce
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
    }

    pub(super) fn keep_nonce(&self, nonce: String) {
        *self.nonce.lock().unwrap_or_else(PoisonError::into_inner) = Some(nonce);
    }

    /// The subject's registration with this device, if the authority took one.
    pub(super) fn registration(
        &self,
        subject: &SubjectId,
    ) -> Result<Option<Registration>, StoreError> {
        load(&self.store, &REGISTRATION.for_subject(subject))
    }

    /// What the authority answered to the subject's objections, oldest first.
    pub(super) fn corrections(&self, subject: &SubjectId) -> Result<Vec<UploadAnswer>, StoreError> {
        match self.store.read_all(&CORRECTION_ANSWER.for_subject(subject)) {
            // By key, and the keys are UUIDs of version 7: by the time of their making.
            Ok(answers) => Ok(answers.into_iter().map(|(_, answer)| answer).collect()),
            Err(StoreError::RecordUnreadable) => Ok(Vec::new()),
            Err(error) => Err(error),
        }
    }

    /// Takes an objection from the list of those that were taken.
    pub(super) fn dismiss_correction(
        &self,
        subject: &SubjectId,
        upload_id: &str,
    ) -> Result<(), SyncError> {
        let place = CORRECTION_ANSWER.for_subject(subject).at(upload_id);
        if load(&self.store, &place)?.is_none() {
            return Err(SyncError::UploadUnknown);
        }
        Ok(self.store.remove(&place)?)
    }

    /// What notes a loss at the authority, where it was not answered before.
    pub(super) fn loss_to_answer(
        &self,
        subject: &SubjectId,
        resend: Option<Resend>,
    ) -> Result<Option<SealedWrite>, StoreError> {
        let place = RESENT.for_subject(subject);
        match resend {
            Some(resend) if load(&self.store, &place)? != Some(resend) => {
                place.put(&resend).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// The signed bytes of a bundle, as they were verified when they came.
    pub(super) fn bundle(
        &self,
        kind: &BundleKind,
        name: &str,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(row) = crate::capability::bundle_row(kind) else {
            return Ok(None);
        };
        self.store.read(&BUNDLE.for_this_phone().at(&row.key(name)))
    }

    /// The trust bundle that is held, if it counts now.
    pub(super) fn trust_bundle(&self) -> Result<Option<TrustBundle>, StoreError> {
        let Some(bytes) = self.bundle(&BundleKind::TRUST, "")? else {
            return Ok(None);
        };
        let at = self.time.now().at_secs();
        Ok(TrustBundle::open(&bytes, &self.root_key, at, 0).ok())
    }

    pub(super) fn load_held(&self) -> Result<Held, StoreError> {
        let mut held: Held = load(&self.store, &HELD.for_this_phone())?.unwrap_or_default();
        held.set_checks_others(self.checks_others.load(Ordering::SeqCst));
        Ok(held)
    }

    /// The status lists that are held, as they came, each after the ones that it follows on.
    pub(super) fn status_lists(&self) -> Result<Vec<Vec<u8>>, StoreError> {
        let mut lists = Vec::new();
        for name in self.load_held()?.status_lists() {
            lists.extend(self.bundle(&BundleKind::STATUS_LIST, &name)?);
        }
        Ok(lists)
    }

    pub(super) fn held_write(held: &Held) -> Result<SealedWrite, StoreError> {
        HELD.for_this_phone().put(held)
    }

    /// Keeps what an answer says of the versions that the authority goes along with, if it is news.
    pub(super) fn learn_supported(&self, supported: &Supported) -> Result<(), StoreError> {
        let place = SUPPORTED.for_this_phone();
        if load(&self.store, &place)?.as_ref() != Some(supported) {
            self.store.write(&place, supported)?;
        }
        Ok(())
    }

    /// Whether the citizen should get a newer app, by the last answer that said.
    pub(super) fn app_update(&self) -> Result<AppUpdate, StoreError> {
        let supported = load(&self.store, &SUPPORTED.for_this_phone())?;
        Ok(supported.map_or(AppUpdate::NotNeeded, |supported| {
            supported.update_for(APP_VERSION, PROTOCOL_VERSION)
        }))
    }
}
