//! The subjects that a phone syncs for: each with the key of its codes and with its own outbox.
//!
//! Invariant: the owner is always there and comes first; an id is there once. Requests are signed by the owner's key,
//! which is the device's; the key of a dependant signs nothing but its codes. Asks nobody and sends nothing.

use std::sync::{Arc, PoisonError, RwLock};

use super::error::SyncError;
use super::outbox::Outbox;
use crate::ports::DeviceSigner;
use crate::store::{SealedStore, SealedWrite, SubjectId};

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

/// A subject from its first record on this phone to its erasing. What was begun in one life is not written in the next.
pub struct Life(pub(super) Arc<SyncedSubject>);

impl std::fmt::Debug for Life {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Life")
    }
}

impl Life {
    /// Writes records of the subject, all or none, unless it was erased meanwhile.
    ///
    /// # Errors
    /// [`SyncError::SubjectUnknown`], [`SyncError::Store`].
    pub fn write(&self, writes: &[SealedWrite]) -> Result<(), SyncError> {
        self.0.outbox.write(writes)
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

    /// After the subject was erased: the owner begins anew, with no records, and a dependant is here no more.
    pub(super) fn begin_anew(&self, store: &Arc<SealedStore>, ended: &SyncedSubject) {
        let mut subjects = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if ended.id.is_owner() {
            let owner = Arc::new(SyncedSubject {
                id: SubjectId::OWNER,
                signer: Arc::clone(&ended.signer),
                outbox: Outbox::empty(Arc::clone(store), SubjectId::OWNER),
            });
            if let Some(first) = subjects.first_mut() {
                *first = owner;
            }
        } else {
            subjects.retain(|one| one.id != ended.id);
        }
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

    /// Whether this is one of them as it is now, and not one that was erased.
    pub(super) fn is_current(&self, subject: &Arc<SyncedSubject>) -> bool {
        self.all().iter().any(|one| Arc::ptr_eq(one, subject))
    }

    /// Uploads that wait to be sent, of all of them.
    pub(super) fn waiting(&self) -> usize {
        self.all().iter().map(|one| one.outbox.waiting()).sum()
    }
}
