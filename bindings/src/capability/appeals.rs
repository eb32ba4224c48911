//! Appeals for apps.

use health_code_core::capability::appeals::{
    AppealDraftView, AppealEventView, AppealLevel, AppealOutcome, AppealStatus, AppealStep,
    AppealView, AppealsView, EvidenceKind, EvidenceView,
};

use crate::error::HealthCodeError;
use crate::handle::CoreHealthCode;

health_code_core::describe_evidence_kind!();
health_code_core::describe_appeal_outcome!();
health_code_core::describe_appeal_types!();

#[uniffi::export]
impl CoreHealthCode {
    /// What was written of an appeal so far: statement and evidence, and whether it can be sent.
    ///
    /// # Errors
    /// `Store`.
    pub fn appeal_draft(&self) -> Result<AppealDraftView, HealthCodeError> {
        self.with(|citizen| Ok(citizen.appeal_draft()?))
    }

    /// Keeps what was written so far of what is wrong.
    ///
    /// # Errors
    /// `FormRefused` with the field `statement`; `Store`.
    pub fn save_appeal_statement(&self, statement: String) -> Result<(), HealthCodeError> {
        self.with(|citizen| Ok(citizen.save_appeal_statement(&statement)?))
    }

    /// Adds a photograph (JPEG, PNG) or a PDF, sealed, and gives its id. Scale pictures down first: what is over 2 MB is
    /// refused, as are other types, HEIC by a name of its own.
    ///
    /// # Errors
    /// `FormRefused` with the field `evidence`; `Store`.
    pub fn add_appeal_evidence(&self, bytes: Vec<u8>) -> Result<String, HealthCodeError> {
        self.with(|citizen| Ok(citizen.add_appeal_evidence(&bytes)?))
    }

    /// Takes a piece of evidence away, by its id.
    ///
    /// # Errors
    /// `Store`.
    pub fn remove_appeal_evidence(&self, sha256: String) -> Result<(), HealthCodeError> {
        self.with(|citizen| Ok(citizen.remove_appeal_evidence(&sha256)?))
    }

    /// Appeals against the colour shown, with the evidence that was added. Works offline. Gives the appeal's id.
    ///
    /// # Errors
    /// `Precondition`, `FormRefused` with the field `statement`, `Sync`, `Store`.
    pub fn submit_appeal(&self, statement: String) -> Result<String, HealthCodeError> {
        self.with(|citizen| Ok(citizen.submit_appeal(&statement)?))
    }

    /// Sends what officers asked for to an appeal, with the evidence that was added to the draft; the words may be empty where
    /// there is some. Works offline.
    ///
    /// # Errors
    /// `Precondition` where nothing is asked or it is over; `FormRefused` with the field `statement`, `Sync`, `Store`.
    pub fn answer_appeal(&self, id: String, statement: String) -> Result<(), HealthCodeError> {
        self.with(|citizen| Ok(citizen.answer_appeal(&id, &statement)?))
    }

    /// Every appeal, the newest first, each in words.
    ///
    /// # Errors
    /// `Store`.
    pub fn appeals(&self) -> Result<AppealsView, HealthCodeError> {
        self.with(|citizen| Ok(citizen.appeals()?))
    }

    /// Notes that the citizen looked at the decision of an appeal.
    ///
    /// # Errors
    /// `Precondition` where there is none with this id; `Store`.
    pub fn mark_appeal_read(&self, id: String) -> Result<(), HealthCodeError> {
        self.with(|citizen| Ok(citizen.mark_appeal_read(&id)?))
    }

    /// Withdraws an appeal that is not decided. Works offline.
    ///
    /// # Errors
    /// `Precondition` where it is over; `Sync`, `Store`.
    pub fn withdraw_appeal(&self, id: String) -> Result<(), HealthCodeError> {
        self.with(|citizen| Ok(citizen.withdraw_appeal(&id)?))
    }

    /// Takes an appeal that is over from the list.
    ///
    /// # Errors
    /// `Precondition` where it still waits; `Store`.
    pub fn dismiss_appeal(&self, id: String) -> Result<(), HealthCodeError> {
        self.with(|citizen| Ok(citizen.dismiss_appeal(&id)?))
    }
}
