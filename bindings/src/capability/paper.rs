//! Sheets of paper for apps.

use health_code_core::capability::paper::{PaperSheetView, PaperStatus, PaperStep, PapersView};

use crate::error::HealthCodeError;
use crate::handle::CoreHealthCode;

health_code_core::describe_paper_types!();

#[uniffi::export]
impl CoreHealthCode {
    /// The sheets that the last sync told of, also those that the desk made. Works offline.
    ///
    /// # Errors
    /// `Store`.
    pub fn papers(&self) -> Result<PapersView, HealthCodeError> {
        self.with(|citizen| Ok(citizen.papers()?))
    }

    /// Asks for a sheet that counts for so many `days`; the one before ends with it. Works offline. Gives the upload's id.
    ///
    /// # Errors
    /// `Session` before registration, `FormRefused` with the field `days`, `Store`.
    pub fn request_paper(&self, days: u8) -> Result<String, HealthCodeError> {
        self.with(|citizen| Ok(citizen.request_paper(days)?))
    }

    /// Ends the sheet that counts, once the authority was reached. Works offline. Gives the upload's id.
    ///
    /// # Errors
    /// `Session` before registration, `Store`.
    pub fn end_paper(&self) -> Result<String, HealthCodeError> {
        self.with(|citizen| Ok(citizen.end_paper()?))
    }
}
