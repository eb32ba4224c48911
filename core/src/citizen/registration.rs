//! Registration: who the citizen is, with consent. Works offline, and can be mended.
//!
//! Invariant: request and identity are written together or not at all, before the call returns, in the place of an
//! earlier request that waits or was refused. The authority decides who is registered, and which details stay.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::context;
use super::records::IDENTITY;
use super::{CONSENT_VERSION, CitizenError, CitizenFault, HealthCode};
use crate::capability::dependants::{CareCode, DependantRequest, DependantsError};
use crate::encoding::{base64, json};
use crate::form::{Form, RefusedAnswer, check_identity, identity_from, path_of_identity};
use crate::store::SubjectId;
use crate::sync::{PendingUpload, REGISTRATION};
use crate::wire::{
    Consent, DeviceRegistration, Identity, IdentityProof, NEEDS_DESK, RegistrationRequest,
    device_id,
};

impl HealthCode {
    /// The registration form.
    ///
    /// # Errors
    /// `FormUnusable`, never in a released build: a test loads the shipped forms.
    pub fn registration_form(&self) -> Result<Arc<Form>, CitizenError> {
        self.shipped_forms.registration()
    }

    /// Registers with consent: checks the answers and queues the request. Works offline. Until the authority has taken
    /// it, it can be filed again with other answers and takes the place of the earlier one, refused or not. After that it
    /// corrects: phone, address and division at any time, everything as long as no colour was decided.
    ///
    /// # Errors
    /// [`CitizenFault::ConsentMissing`], [`CitizenFault::AlreadyRegistered`] with these very details,
    /// [`CitizenFault::ClockWrong`], `FormRefused`, also with `answer_needs_desk` for what only the authority's desk can
    /// change now.
    pub fn register(
        &self,
        answers: &Map<String, Value>,
        consent_version: u32,
    ) -> Result<(), CitizenError> {
        if !self.context.subject.is_owner() {
            // A dependant is asked for anew.
            let request = DependantRequest {
                answers: answers.clone(),
                consent_version,
                ..DependantRequest::default()
            };
            return self.mend_dependant(&self.context.subject, &request);
        }
        self.register_as(answers, consent_version, None, None)
    }

    /// As [`HealthCode::register`], of somebody who was a dependant until now, with the code that a carer's phone shows: the
    /// person keeps colour, history and orders.
    ///
    /// # Errors
    /// As [`HealthCode::register`]; [`DependantsError::CodeMistyped`].
    pub fn register_with_code(
        &self,
        answers: &Map<String, Value>,
        consent_version: u32,
        code: &str,
    ) -> Result<(), CitizenError> {
        let code = CareCode::parse(code).ok_or(DependantsError::CodeMistyped)?;
        self.register_as(answers, consent_version, None, Some(code))
    }

    /// As [`HealthCode::register`], with what shows that the citizen is who the answers say, or that the citizen was a dependant
    /// until now.
    pub(crate) fn register_as(
        &self,
        answers: &Map<String, Value>,
        consent_version: u32,
        proof: Option<IdentityProof>,
        care_code: Option<CareCode>,
    ) -> Result<(), CitizenError> {
        if consent_version != CONSENT_VERSION {
            return Err(CitizenFault::ConsentMissing.into());
        }
        let form = self.registration_form()?;
        let today = self.context.today();
        let refused = |refused| self.context.refused(refused);
        let valid = form.validate(answers, &today).map_err(refused)?;
        let identity = check_identity(&identity_from(&form, &valid)?, &today).map_err(refused)?;
        self.file_registration(&identity, consent_version, proof, care_code)
    }

    /// Queues a registration with details that were checked.
    pub(crate) fn file_registration(
        &self,
        identity: &Identity,
        consent_version: u32,
        proof: Option<IdentityProof>,
        care_code: Option<CareCode>,
    ) -> Result<(), CitizenError> {
        let subject = &self.context.subject;
        let life = self.context.sync.life(subject)?;
        let now = self.context.now().at_secs();
        let trust = self.context.sync.trust_bundle()?;
        if trust.is_some_and(|trust| trust.sunset(identity.division, now).is_some()) {
            return Err(CitizenFault::RegionHasEnded.into());
        }
        if self.context.sync.registration(subject)?.is_some() {
            self.check_correction(identity, proof.is_some())?;
        }
        let request = RegistrationRequest {
            device: DeviceRegistration {
                public_key: base64::encode_url(self.context.signer.public_key()?.as_bytes()),
                hardware: self.context.signer.is_hardware(),
            },
            identity: identity.clone(),
            consent: Consent {
                version: consent_version,
                accepted_at: self.context.now().at_secs(),
            },
            proof,
            care_code,
        };
        let along = vec![IDENTITY.for_subject(subject).put(identity)?];
        self.context
            .sync
            .enqueue_with(&life, &REGISTRATION, &context::json(&request)?, along)?;
        Ok(())
    }

    /// The id of this phone's key, 22 characters: what the authority's desk asks for to move a registration to this phone.
    ///
    /// # Errors
    /// `Port`: the key does not answer.
    pub fn device_id(&self) -> Result<String, CitizenError> {
        let owner = self.context.sync.signer(&SubjectId::OWNER)?;
        Ok(device_id(&owner.public_key()?))
    }

    /// Whether this phone may ask for these details, now that it is registered. The authority has the last word.
    fn check_correction(&self, identity: &Identity, has_proof: bool) -> Result<(), CitizenError> {
        let subject = &self.context.subject;
        let is_queued = |upload: &PendingUpload| upload.is_registration() && upload.is_waiting();
        if self.context.sync.pending(subject)?.iter().any(is_queued) {
            // Of what waits already nobody knows yet what it comes to.
            return Ok(());
        }
        let taken = self.context.sync.registration_taken(subject)?;
        let taken = taken.and_then(|body| json::from_slice::<RegistrationRequest>(&body).ok());
        let Some(taken) = taken.map(|taken| taken.identity) else {
            // Taken for an earlier version of the app, which kept no request.
            return Ok(());
        };
        if taken == *identity && !has_proof {
            return Err(CitizenFault::AlreadyRegistered.into());
        }
        let is_decided = self.context.sync.state(subject)?.receipt.is_some();
        let fixed = taken.fixed_details_changed(identity);
        if !is_decided || fixed.is_empty() {
            return Ok(());
        }
        let refused = fixed.into_iter();
        let refused =
            refused.map(|part| RefusedAnswer::of_code(path_of_identity(part), NEEDS_DESK));
        Err(refused.collect::<Vec<_>>().into())
    }

    pub(crate) fn identity(&self) -> Result<Option<Identity>, CitizenError> {
        self.context
            .read(&IDENTITY.for_subject(&self.context.subject))
    }

    pub(crate) fn require_registration(&self) -> Result<(), CitizenError> {
        if self.identity()?.is_none() {
            return Err(CitizenFault::NotRegistered.into());
        }
        Ok(())
    }
}
