//! Erasing a subject from this phone, and having the authority do the same.
//!
//! Invariant: one batch takes every record of the subject and leaves the request to the authority, signed by the key
//! that goes with it. Before the batch nothing has happened, after it everything has, here; a kill or a dead network
//! cannot come in between. What the authority does is for the next sync.

use std::sync::{Arc, PoisonError};

use super::SyncEngine;
use crate::encoding::base64;
use crate::store::{SealedWrite, SubjectId};
use crate::sync::erasures::Erasure;
use crate::sync::error::SyncError;
use crate::sync::request::Signing;
use crate::sync::subjects::SyncedSubject;

impl SyncEngine {
    /// Erases every record of the subject and writes what goes `along`, the subject's new records among it, which is asked
    /// for when no other erasing is under way; calls `then` before anybody writes for the subject again. Where the authority may know the subject, it is asked to erase
    /// it as well: gives the id of that. `may_be_known` says that it may, whatever outbox and registration show: a
    /// registration that was dismissed may have arrived.
    ///
    /// # Errors
    /// [`SyncError::SubjectUnknown`], [`SyncError::DependantsRemain`], [`SyncError::ErasuresFull`],
    /// [`SyncError::Store`], [`SyncError::Port`] where the device's key does not sign: then nothing was erased.
    pub fn erase<E: From<SyncError>>(
        &self,
        subject: &SubjectId,
        may_be_known: bool,
        along: impl FnOnce() -> Result<Vec<SealedWrite>, E>,
        then: impl FnOnce(),
    ) -> Result<Option<String>, E> {
        let context = &self.context;
        let _one_by_one = self.erasing.lock().unwrap_or_else(PoisonError::into_inner);
        let synced = context.subjects.get(subject)?;
        if subject.is_owner() && context.subjects.all().len() > 1 {
            return Err(SyncError::DependantsRemain.into());
        }
        let mut along = along()?;
        let mut erasure = self.erasure(&synced, may_be_known)?;
        if let Some((id, erasure)) = &mut erasure {
            along.extend(context.erasures.writes(id, erasure)?);
        }
        synced.outbox.end(&along)?;
        then();
        context.subjects.begin_anew(&context.store, &synced);
        Ok(erasure.map(|(id, erasure)| {
            context.erasures.add(id.clone(), erasure);
            id
        }))
    }

    /// The erasings that are kept with their ids, oldest first.
    #[must_use]
    pub fn erasures(&self) -> Vec<(String, Erasure)> {
        self.context.erasures.all()
    }

    /// Forgets an erasing that the authority has answered, and its receipt.
    ///
    /// # Errors
    /// [`SyncError::ErasureUnknown`], [`SyncError::ErasureWaiting`], [`SyncError::Store`].
    pub fn forget_erasure(&self, id: &str) -> Result<(), SyncError> {
        self.context.erasures.forget(id)
    }

    /// The request to the authority, signed now; none where it was never told of the subject.
    fn erasure(
        &self,
        synced: &Arc<SyncedSubject>,
        may_be_known: bool,
    ) -> Result<Option<(String, Erasure)>, SyncError> {
        let context = &self.context;
        let is_known = context.registration(&synced.id)?.is_some();
        let is_queued = synced.outbox.has_registration();
        if !is_known && !may_be_known && !is_queued {
            return Ok(None);
        }
        let may_arrive = !is_known || is_queued;
        let device = context.subjects.get(&SubjectId::OWNER)?;
        let mut random = [0; 16];
        context.entropy.fill(&mut random)?;
        let id = base64::encode_url(&random);
        let now = context.time.now().at_secs();
        // An authority whose clock was ahead told a time that is not there again: what was signed before the consent would
        // be of another life.
        let consent = device.outbox.last_consent().unwrap_or(now);
        let signing = Signing {
            base: &context.base,
            signer: device.signer.as_ref(),
            public_key: device.signer.public_key()?,
            nonce: id.clone(),
            created: now.max(consent),
        };
        let request = signing.erasure(&synced.id)?;
        let erasure = Erasure::new(synced.id.clone(), now, request, may_arrive);
        Ok(Some((id, erasure)))
    }
}
