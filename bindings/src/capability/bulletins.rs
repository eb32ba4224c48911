//! Bulletins for apps.

use health_code_core::capability::bulletins::{BulletinUrgency, BulletinView, BulletinsView};

use crate::error::HealthCodeError;
use crate::handle::CoreHealthCode;

health_code_core::describe_bulletin_urgency!();
health_code_core::describe_bulletin_types!();

#[uniffi::export]
impl CoreHealthCode {
    /// What the authority tells everybody, as the last sync brought it: the most urgent first. With a GB/T 2260
    /// `division`, what concerns it; without, all.
    ///
    /// # Errors
    /// `Store`.
    #[uniffi::method(default(division = None))]
    pub fn bulletins(&self, division: Option<u32>) -> Result<BulletinsView, HealthCodeError> {
        self.with(|citizen| Ok(citizen.bulletins(division)?))
    }

    /// Marks bulletins as read, by their ids. Tells nobody.
    ///
    /// # Errors
    /// `Store`.
    pub fn mark_bulletins_read(&self, ids: Vec<String>) -> Result<(), HealthCodeError> {
        self.with(|citizen| Ok(citizen.mark_bulletins_read(&ids)?))
    }
}
