//! The subjects that a phone syncs for: each with the key of its codes and with its own outbox.
//!
//! Invariant: the owner is always there and comes first; an id is there once. Requests are signed by the owner's key,
//! which is the device's; the key of a dependant signs nothing but its codes. Asks nobody and sends nothing.

use std::sync::{Arc, PoisonError, RwLock};

use super::error::SyncError;
use super::outbox::Outbox;
use crate::ports::DeviceSigner;
use crate::store::{SealedStore, SubjectId};

/// One of them.
pub(super) struct SyncedSubject {
    pub(super) id: SubjectId,
    /// What its credential is bound to.
    pub(super) signer: Arc<dyn DeviceSigner>,
    pub(super) outbox: Outbox,
}

impl SyncedSubject {
    fn open(
        store: &Arc<SealedStore>,
        id: SubjectId,
        signer: Arc<dyn DeviceSigner>,
    ) -> Result<Arc<Self>, SyncError> {
        Ok(Arc::new(Self {
            outbox: Outbox::open(Arc::clone(store), id.clone())?,
            id,
            signer,
        }))
    }
}

/// All of them.
pub(super) struct Subjects(RwLock<Vec<Arc<SyncedSubject>>>);

impl Subjects {
    /// With the owner alone.
    pub(super) fn open(
        store: &Arc<SealedStore>,
        owner: Arc<dyn DeviceSigner>,
    ) -> Result<Self, SyncError> {
        let owner = SyncedSubject::open(store, SubjectId::OWNER, owner)?;
        Ok(Self(RwLock::new(vec![owner])))
    }

    /// Adds a dependant; fine where it is there already.
    pub(super) fn add(
        &self,
        store: &Arc<SealedStore>,
        id: &SubjectId,
        signer: Arc<dyn DeviceSigner>,
    ) -> Result<(), SyncError> {
        let mut subjects = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if subjects.iter().all(|one| one.id != *id) {
            subjects.push(SyncedSubject::open(store, id.clone(), signer)?);
        }
        Ok(())
    }

    pub(super) fn all(&self) -> Vec<Arc<SyncedSubject>> {
        let subjects = self.0.read().unwrap_or_else(PoisonError::into_inner);
        subjects.clone()
    }

    pub(super) fn get(&self, id: &SubjectId) -> Result<Arc<SyncedSubject>, SyncError> {
        let mut subjects = self.all().into_iter();
        subjects
            .find(|one| one.id == *id)
            .ok_or(SyncError::SubjectUnknown)
    }

    /// Uploads that wait to be sent, of all of them.
    pub(super) fn waiting(&self) -> usize {
        self.all().iter().map(|one| one.outbox.waiting()).sum()
    }
}
