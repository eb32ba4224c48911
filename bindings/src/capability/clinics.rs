//! Fever clinics for apps.

use health_code_core::capability::clinics::{ClinicOpen, ClinicQuery, ClinicView, Position};
use health_code_core::words::LocalizedText;

use crate::error::{HealthCodeError, guarded};
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
        guarded(|| Ok(self.0.clinics(&query)?))
    }
}
