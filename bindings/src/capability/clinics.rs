//! Fever clinics for apps.

use health_code_core::capability::clinics::{self, ClinicOpen, ClinicQuery, ClinicView, Position};
use health_code_core::words::LanguageTag;

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

/// A distance in metres as a person says it: "850 m", "1.2 km".
#[uniffi::export]
pub fn distance_text(metres: u32, language: String) -> String {
    clinics::distance_text(metres, &LanguageTag::new(&language))
}
