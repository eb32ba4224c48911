//! Finding a clinic.

use super::{CLINICS, ClinicQuery, ClinicView, Clinics, find};
use crate::citizen::{CitizenError, HealthCode};

impl HealthCode {
    /// The fever clinics that the last sync brought, as `query` asks for them, at the trusted time now. Works offline;
    /// the position stays on the phone.
    ///
    /// # Errors
    /// `Store`; lists that no longer verify are left out.
    pub fn clinics(&self, query: &ClinicQuery) -> Result<Vec<ClinicView>, CitizenError> {
        let lists = self.published(&CLINICS, |content| Clinics::read(content).ok())?;
        Ok(find(&lists, query, self.now().at_secs(), &self.language()))
    }
}
