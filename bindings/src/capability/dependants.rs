//! Dependants for apps: people who are looked after on this phone, each with a code of their own.

use std::sync::Arc;

use health_code_core::capability::dependants::{
    self, CareCodeState, CareCodeView, CarePurpose, CarerView, DependantState, DependantView,
    DependantsView, GroupCode,
};
use health_code_core::citizen::{CitizenError, CodeView, HomeStatus, NextStep};
use health_code_core::sync::{RefusedUpload, SyncError};
use health_code_core::wire::SubjectId;

use crate::answers::{self, Answer};
use crate::error::{Failure, HealthCodeError};
use crate::handle::CoreHealthCode;

health_code_core::describe_care_purpose!();
health_code_core::describe_dependant_types!();

/// Who is to come into care, as a carer tells it.
#[derive(Clone, PartialEq, uniffi::Record)]
pub struct DependantRequest {
    /// The registration form, filled in for the dependant.
    pub answers: std::collections::HashMap<String, Answer>,
    /// Version of the consent text that the carer agreed to for the dependant.
    pub consent_version: u32,
    /// Day of birth, `YYYY-MM-DD`, of those whose document does not say it.
    #[uniffi(default = None)]
    pub birth_date: Option<String>,
    /// What the dependant's side showed, as it was scanned or typed; none for somebody who is registered nowhere yet, and where
    /// the desk agreed.
    #[uniffi(default = None)]
    pub code: Option<String>,
}

health_code_core::hidden_debug!(DependantRequest);

impl DependantRequest {
    fn of_core(self) -> Result<dependants::DependantRequest, Failure> {
        Ok(dependants::DependantRequest {
            answers: answers::to_json(self.answers)?,
            birth_date: self.birth_date,
            consent_version: self.consent_version,
            code: self.code,
        })
    }
}

fn subject(id: &str) -> Result<SubjectId, CitizenError> {
    Ok(SubjectId::parse(id).ok_or(SyncError::SubjectUnknown)?)
}

fn subjects(ids: &[String]) -> Result<Vec<SubjectId>, CitizenError> {
    ids.iter().map(|id| subject(id)).collect()
}

#[uniffi::export]
impl CoreHealthCode {
    /// The health code of another subject on this phone, with the same methods: `owner`, or a dependant's id.
    ///
    /// # Errors
    /// `Sync` (`sync_subject_unknown`), `Store`.
    pub fn subject(&self, id: String) -> Result<Arc<CoreHealthCode>, HealthCodeError> {
        self.with(|citizen| {
            let other = citizen.member(&subject(&id)?)?;
            Ok(Arc::new(CoreHealthCode(other)))
        })
    }

    /// Everybody who is looked after on this phone.
    ///
    /// # Errors
    /// `Store`.
    pub fn dependants(&self) -> Result<DependantsView, HealthCodeError> {
        self.with(|citizen| Ok(citizen.dependants()?))
    }

    /// The kept answers of a request for somebody who is not on this phone yet; where there are none, where the carer lives and
    /// is reached. Taking the person in drops them.
    ///
    /// # Errors
    /// `Store`.
    pub fn dependant_draft(
        &self,
    ) -> Result<std::collections::HashMap<String, Answer>, HealthCodeError> {
        self.with(|citizen| Ok(answers::from_json(citizen.dependant_draft()?)))
    }

    /// Keeps half-filled answers of such a request.
    ///
    /// # Errors
    /// `Store`, `Argument`.
    pub fn save_dependant_draft(
        &self,
        answers: std::collections::HashMap<String, Answer>,
    ) -> Result<(), HealthCodeError> {
        self.with(|citizen| Ok(citizen.save_dependant_draft(&answers::to_json(answers)?)?))
    }

    /// Takes somebody into care. Works offline; sync afterwards. Gives the dependant's id on this phone.
    ///
    /// # Errors
    /// `FormRefused`, `Session` (`consent_missing`, `not_registered`, `clock_wrong`, `care_code_mistyped`,
    /// `care_birth_date_invalid`, `care_too_many_on_phone`), `Store`, `Host`, `Argument`.
    pub fn add_dependant(&self, request: DependantRequest) -> Result<String, HealthCodeError> {
        self.with(|citizen| {
            let added = citizen.add_dependant(&request.of_core()?)?;
            Ok(added.as_str().to_owned())
        })
    }

    /// Asks anew for a dependant on this phone, with other details or another code: in the place of a request that waits or
    /// was refused. One that was agreed to it corrects: phone, address and division.
    ///
    /// # Errors
    /// As [`CoreHealthCode::add_dependant`]; `Sync` (`sync_subject_unknown`).
    pub fn mend_dependant(
        &self,
        id: String,
        request: DependantRequest,
    ) -> Result<(), HealthCodeError> {
        self.with(|citizen| Ok(citizen.mend_dependant(&subject(&id)?, &request.of_core()?)?))
    }

    /// Registers somebody who was a dependant until now, with the code that a carer's phone shows: colour, history and orders
    /// stay. Works offline; sync afterwards.
    ///
    /// # Errors
    /// As [`CoreHealthCode::register`]; `Session` (`care_code_mistyped`).
    pub fn register_with_code(
        &self,
        answers: std::collections::HashMap<String, Answer>,
        consent_version: u32,
        code: String,
    ) -> Result<(), HealthCodeError> {
        self.with(|citizen| {
            let answers = answers::to_json(answers)?;
            Ok(citizen.register_with_code(&answers, consent_version, &code)?)
        })
    }

    /// Makes a code for this subject, for another carer or for the dependant's own phone. It counts, once, after the next sync.
    ///
    /// # Errors
    /// `Session` (`not_registered`), `Store`, `Host`.
    pub fn show_care_code(&self, purpose: CarePurpose) -> Result<CareCodeView, HealthCodeError> {
        self.with(|citizen| Ok(citizen.show_care_code(purpose)?))
    }

    /// The code that was made last for this subject; none where there is none.
    ///
    /// # Errors
    /// `Store`.
    pub fn care_code(&self) -> Result<Option<CareCodeView>, HealthCodeError> {
        self.with(|citizen| Ok(citizen.care_code()?))
    }

    /// The codes of these subjects to show now, in this order; of all on this phone, the owner first, where none are named.
    ///
    /// # Errors
    /// `Sync` (`sync_subject_unknown`), `Store`.
    pub fn group_codes(&self, ids: Vec<String>) -> Result<Vec<GroupCode>, HealthCodeError> {
        self.with(|citizen| Ok(citizen.group_codes(&subjects(&ids)?)?))
    }

    /// Submits one health declaration for several, each with an upload of its own: for all or for none. Gives their ids.
    ///
    /// # Errors
    /// As [`CoreHealthCode::submit_declaration`]; `Sync` (`sync_subject_unknown`).
    pub fn submit_declaration_for(
        &self,
        ids: Vec<String>,
        answers: std::collections::HashMap<String, Answer>,
    ) -> Result<Vec<String>, HealthCodeError> {
        self.with(|citizen| {
            let answers = answers::to_json(answers)?;
            Ok(citizen.submit_declaration_for(&subjects(&ids)?, &answers)?)
        })
    }

    /// Who cares for this subject, as the last sync brought it.
    ///
    /// # Errors
    /// `Store`, `Host`.
    pub fn carers(&self) -> Result<Vec<CarerView>, HealthCodeError> {
        self.with(|citizen| Ok(citizen.carers()?))
    }

    /// Ends the care of others for this subject, by the ids of their views; from the subject's own phone.
    ///
    /// # Errors
    /// `Session` (`not_registered`), `Store`.
    pub fn end_care(&self, carers: Vec<String>) -> Result<String, HealthCodeError> {
        self.with(|citizen| Ok(citizen.end_care(&carers)?))
    }
}
