//! Results of tests and vaccinations for apps.

use health_code_core::capability::results::{
    EarlierResultView, ReportedEvidence, ResultKind, ResultLevel, ResultOutcome, ResultStep,
    ResultView, ResultsView,
};

use crate::error::HealthCodeError;
use crate::handle::CoreHealthCode;

health_code_core::describe_result_types!();

#[uniffi::export]
impl CoreHealthCode {
    /// The tests and vaccinations that laboratories reported, and how long each counts now. Works offline. Ask again at
    /// `next_change_at`.
    ///
    /// # Errors
    /// `Store`.
    pub fn results(&self) -> Result<ResultsView, HealthCodeError> {
        self.with(|citizen| Ok(citizen.results()?))
    }

    /// Marks results as looked at, by their ids. Tells nobody.
    ///
    /// # Errors
    /// `Store`.
    pub fn mark_results_read(&self, ids: Vec<String>) -> Result<(), HealthCodeError> {
        self.with(|citizen| Ok(citizen.mark_results_read(&ids)?))
    }

    /// What proves a result to others: the bundle (COSE_Sign1) that the authority signed. Works offline.
    ///
    /// # Errors
    /// `Session` where there is none with this id; `Store`.
    pub fn result_proof(&self, id: String) -> Result<Vec<u8>, HealthCodeError> {
        self.with(|citizen| Ok(citizen.result_proof(&id)?))
    }
}
