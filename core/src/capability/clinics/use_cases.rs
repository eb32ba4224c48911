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
        let contents = self.published_contents(&CLINICS)?;
        let lists: Vec<Clinics> = contents
            .iter()
            .filter_map(|content| Clinics::read(content).ok())
            .collect();
        Ok(find(&lists, query, self.now().at_secs(), &self.language()))
    }
}
