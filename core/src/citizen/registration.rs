//! Registration: who the citizen is, with consent. Works offline.
//!
//! Invariant: request and identity are written together or not at all, before the call returns. The authority decides
//! who is registered.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::context::{Context, json};
use super::records::IDENTITY;
use super::{CONSENT_VERSION, CitizenError, CitizenFault, HealthCode};
use crate::encoding::base64;
use crate::form::{Form, check_identity, identity_from};
use crate::store::StoreError;
use crate::sync::REGISTRATION;
use crate::wire::{Consent, DeviceRegistration, Identity, RegistrationRequest};

impl HealthCode {
    /// The registration form.
    ///
    /// # Errors
    /// `FormUnusable`, never in a released build: a test loads the shipped forms.
    pub fn registration_form(&self) -> Result<Arc<Form>, CitizenError> {
        self.shipped_forms.registration()
    }

    /// Registers with consent: checks the answers and queues the request. Works offline. Until the authority has taken
    /// it, it can be filed again with other answers and takes the place of the earlier one, refused or not.
    ///
    /// # Errors
    /// [`CitizenFault::ConsentMissing`], [`CitizenFault::AlreadyRegistered`], [`CitizenFault::ClockWrong`], `FormRefused`.
    pub fn register(
        &self,
        answers: &Map<String, Value>,
        consent_version: u32,
    ) -> Result<(), CitizenError> {
        if consent_version != CONSENT_VERSION {
            return Err(CitizenFault::ConsentMissing.into());
        }
        let subject = &self.context.subject;
        let life = self.context.sync.life(subject)?;
        if self.context.sync.registration(subject)?.is_some() {
            return Err(CitizenFault::AlreadyRegistered.into());
        }
        let form = self.registration_form()?;
        let today = self.context.today();
        let refused = |refused| self.context.refused(refused);
        let valid = form.validate(answers, &today).map_err(refused)?;
        let identity = check_identity(&identity_from(&form, &valid)?, &today).map_err(refused)?;
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
        };
        let along = vec![IDENTITY.for_subject(subject).put(&identity)?];
        self.context
            .sync
            .enqueue_with(&life, &REGISTRATION, &json(&request)?, along)?;
        Ok(())
    }

    pub(super) fn identity(&self) -> Result<Option<Identity>, CitizenError> {
        self.context
            .read(&IDENTITY.for_subject(&self.context.subject))
    }

    pub(super) fn require_registration(&self) -> Result<(), CitizenError> {
        if self.identity()?.is_none() {
            return Err(CitizenFault::NotRegistered.into());
        }
        Ok(())
    }
}

/// Whether a registration was filed on this phone, readable or not.
pub(super) fn has_identity(context: &Context) -> Result<bool, CitizenError> {
    match context.store.read(&IDENTITY.for_subject(&context.subject)) {
        Ok(identity) => Ok(identity.is_some()),
        Err(StoreError::RecordUnreadable) => Ok(true),
        Err(error) => Err(error.into()),
    }
}
