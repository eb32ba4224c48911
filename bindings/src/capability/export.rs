//! Exporting what is held, for apps.

use health_code_core::capability::export::{
    ExportBlock, ExportBlockKind, ExportDocument, ExportRow, ExportSection, ExportView,
    HoldingsState,
};
use health_code_core::words::TextDirection;

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

    /// The same as a paper that a person reads, block by block: for the app to draw into a PDF. Works without a network.
    ///
    /// # Errors
    /// `Store`.
    pub fn export_document(&self) -> Result<ExportDocument, HealthCodeError> {
        self.with(|citizen| Ok(citizen.export_document()?))
    }

    /// What stands at the foot of a page of that paper: "Page 2 of 7".
    ///
    /// # Errors
    /// `Closed`.
    pub fn export_page_text(&self, page: u32, pages: u32) -> Result<String, HealthCodeError> {
        self.with(|citizen| Ok(citizen.export_page_text(page, pages)))
    }

    /// The same in words, for a screen.
    ///
    /// # Errors
    /// `Store`.
    pub fn export_view(&self) -> Result<ExportView, HealthCodeError> {
        self.with(|citizen| Ok(citizen.export_view()?))
    }
}
