//! Fever clinics for apps.

use health_code_core::capability::clinics::{ClinicOpen, ClinicQuery, ClinicView, Position};

use crate::error::HealthCodeError;
use crate::handle::CoreHealthCode;

health_code_core::describe_clinic_types!();

#[uniffi::export]
impl CoreHealthCode {
    /// Fever clinics as the last sync brought them: the nearest first where a position is given, else those that are
    /// open first. The position stays on the phone.
    ///
    /// # Errors
    /// `Store`.
    pub fn clinics(&self, query: ClinicQuery) -> Result<Vec<ClinicView>, HealthCodeError> {
        self.with(|citizen| Ok(citizen.clinics(&query)?))
    }
}
