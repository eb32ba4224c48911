//! Exporting what is held, for apps.

use health_code_core::capability::export::{ExportRow, ExportSection, ExportView, HoldingsState};

use crate::error::HealthCodeError;
use crate::handle::CoreHealthCode;

health_code_core::describe_export_types!();

#[uniffi::export]
impl CoreHealthCode {
    /// Everything that this phone holds, as JSON text: for the citizen to keep and to give to other programs. The schema is
    /// docs/schemas/export-1.json. Private keys are left out. Works without a network.
    ///
    /// # Errors
    /// `Store`.
    pub fn export_data(&self) -> Result<String, HealthCodeError> {
        self.with(|citizen| Ok(citizen.export_data()?))
    }

    /// Asks the authority for everything that it holds: the request goes out with the next sync, the data come with it or
    /// those after it, and are in the export then. Works without a network. Gives the upload's id.
    ///
    /// # Errors
    /// `NotRegistered`, `Store`, `Sync`.
    pub fn request_holdings(&self) -> Result<String, HealthCodeError> {
        self.with(|citizen| Ok(citizen.request_holdings()?))
    }

    /// The same in words, for a screen and for a page to print.
    ///
    /// # Errors
    /// `Store`.
    pub fn export_view(&self) -> Result<ExportView, HealthCodeError> {
        self.with(|citizen| Ok(citizen.export_view()?))
    }
}
