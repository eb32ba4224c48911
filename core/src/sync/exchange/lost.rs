//! What is done where the authority knows this device no more.
//!
//! Invariant: once in a sync; the registration that is held counts no more and is queued again in one write.

use super::{Exchange, Input};
use crate::sync::error::SyncError;
use crate::sync::records::REGISTRATION;
use crate::sync::upload_kind::Registration;

impl Exchange<'_> {
    /// The authority knows this device no more: has it register again with what it holds, once in a sync.
    pub(super) fn device_unknown(&mut self) -> Result<Input, SyncError> {
        let Some(registration) = self.registration(&self.owner.id)? else {
            return Ok(Input::DeviceUnknown);
        };
        if self.done.registers_again {
            return Ok(Input::DeviceUnknown);
        }
        let forgotten = Registration {
            is_forgotten: true,
            ..registration
        };
        let along = REGISTRATION.for_subject(&self.owner.id).put(&forgotten)?;
        self.done.registers_again = self.owner.outbox.register_again(vec![along])?;
        Ok(if self.done.registers_again {
            Input::RegistersAgain
        } else {
            Input::DeviceUnknown
        })
    }
}
