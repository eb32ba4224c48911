//! What is known of a subject's registration.
//!
//! Invariant: a registration that the authority has lost since counts as none but where it is asked for. Reads alone.

use super::SyncEngine;
use crate::store::SubjectId;
use crate::sync::error::SyncError;
use crate::sync::upload_kind::Registration;

impl SyncEngine {
    /// The subject's registration with this device, if the authority took one and knows of it, as far as it said.
    ///
    /// # Errors
    /// [`SyncError::Store`].
    pub fn registration(&self, subject: &SubjectId) -> Result<Option<Registration>, SyncError> {
        let registration = self.last_registration(subject)?;
        Ok(registration.filter(|registration| !registration.is_forgotten))
    }

    /// The same, also where the authority has lost it since.
    ///
    /// # Errors
    /// [`SyncError::Store`].
    pub fn last_registration(
        &self,
        subject: &SubjectId,
    ) -> Result<Option<Registration>, SyncError> {
        Ok(self.context.registration(subject)?)
    }

    /// The body of the registration that the authority took last.
    ///
    /// # Errors
    /// [`SyncError::SubjectUnknown`], [`SyncError::Store`].
    pub fn registration_taken(&self, subject: &SubjectId) -> Result<Option<Vec<u8>>, SyncError> {
        let synced = self.context.subjects.get(subject)?;
        synced.outbox.registration_taken()
    }
}
