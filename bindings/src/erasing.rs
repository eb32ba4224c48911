//! How a subject ends on this phone. Methods only carry over: what they do is the core's.

use health_code_core::citizen::{CitizenError, ErasureView, SunsetStage, SunsetView};
use health_code_core::sync::SyncError;
use health_code_core::wire::SubjectId;

use crate::error::HealthCodeError;
use crate::handle::CoreHealthCode;

health_code_core::describe_sunset!();

#[uniffi::export]
impl CoreHealthCode {
    /// Erases everything of a subject from this phone at once: records, drafts, what waits to be sent, the key that the
    /// core keeps. The authority is asked to do the same with the next sync. `owner` is the phone's owner, who can
    /// register anew afterwards.
    ///
    /// # Errors
    /// `Sync` (`sync_subject_unknown`, `sync_dependants_remain`), `Store`, `Host` (the key did not sign): then nothing was
    /// erased.
    #[uniffi::method(default(subject = "owner"))]
    pub fn erase(&self, subject: String) -> Result<(), HealthCodeError> {
        self.with(|citizen| {
            let subject = SubjectId::parse(&subject).ok_or(SyncError::SubjectUnknown);
            Ok(citizen.erase(&subject.map_err(CitizenError::from)?)?)
        })
    }

    /// The end of this region's codes, where it was ordered: when no code counts any more, and when this phone erases what it holds
    /// by itself. None otherwise.
    ///
    /// # Errors
    /// `Store`.
    pub fn sunset(&self) -> Result<Option<SunsetView>, HealthCodeError> {
        self.with(|citizen| Ok(citizen.sunset()?))
    }

    /// What was erased from this phone, oldest first, and what the authority says to it.
    ///
    /// # Errors
    /// `Internal` alone.
    pub fn erasures(&self) -> Result<Vec<ErasureView>, HealthCodeError> {
        self.with(|citizen| Ok(citizen.erasures()))
    }

    /// Forgets an erasing that the authority has answered, and its receipt with it.
    ///
    /// # Errors
    /// `Sync` (`sync_erasure_unknown`, `sync_erasure_waiting`), `Store`.
    pub fn forget_erasure(&self, id: String) -> Result<(), HealthCodeError> {
        self.with(|citizen| Ok(citizen.forget_erasure(&id)?))
    }
}
