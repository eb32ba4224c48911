//! What a citizen files: registration, declaration, itinerary, objection. All of it works offline.
//!
//! Invariant: what was filed is in the outbox, on disk, before the call returns.

use data_encoding::BASE64URL_NOPAD;
use serde_json::{Map, Value};

use super::{CONSENT, FormKind, FormReview, HealthCode, SessionError, SessionFault, json};
use crate::form::{Form, check_identity, identity_from};
use crate::store::{Collection, SealedWrite};
use crate::sync::UploadKind;
use crate::trust::FORM_TYPE;
use crate::wire::{
    BundleKind, Consent, Correction, Declaration, DeviceRegistration, Identity, Itinerary,
    RegistrationRequest,
};

/// Record of [`Collection::Profile`]: the identity as registered.
const IDENTITY: &str = "identity";
/// Record of [`Collection::Profile`]: the last declared answers, to fill in the next form.
const LAST_ANSWERS: &str = "last-answers";

impl HealthCode {
    /// The registration form.
    ///
    /// # Errors
    /// [`SessionError::FormUnusable`], never in a released build: a test loads the shipped forms.
    pub fn registration_form(&self) -> Result<Form, SessionError> {
        Ok(Form::from_json(crate::form::REGISTRATION.as_bytes())?)
    }

    /// Registers with consent: checks the answers and queues the request. Works offline.
    ///
    /// # Errors
    /// [`SessionFault::ConsentMissing`], [`SessionFault::AlreadyRegistered`], [`SessionError::Form`].
    pub fn register(
        &self,
        answers: &Map<String, Value>,
        consent_version: u32,
    ) -> Result<(), SessionError> {
        if consent_version != CONSENT.version {
            return Err(SessionFault::ConsentMissing.into());
        }
        if self.identity()?.is_some() {
            return Err(SessionFault::AlreadyRegistered.into());
        }
        let form = self.registration_form()?;
        let valid = form.validate(answers, &self.today())?;
        let identity = check_identity(&identity_from(&form, &valid)?, &self.today())?;
        let request = RegistrationRequest {
            device: DeviceRegistration {
                public_key: BASE64URL_NOPAD.encode(self.signer.public_key()?.as_bytes()),
                hardware: self.signer.is_hardware(),
            },
            identity: identity.clone(),
            consent: Consent {
                version: consent_version,
                accepted_at: self.now().at_secs(),
            },
        };
        // First what the phone knows, then the request: a crash between the two is mended by registering again.
        self.sync
            .enqueue(UploadKind::Registration, &json(&request)?)?;
        self.store
            .put(Collection::Profile, IDENTITY, &json(&identity)?)?;
        Ok(())
    }

    /// The health declaration: the newest one the authority published, or the one shipped.
    ///
    /// # Errors
    /// [`SessionError::Store`].
    pub fn declaration_form(&self) -> Result<Form, SessionError> {
        let shipped = Form::from_json(crate::form::HEALTH_DECLARATION.as_bytes())?;
        let published =
            self.published_payload(BundleKind::Form, &shipped.definition().id, FORM_TYPE)?;
        Ok(match published.map(|payload| Form::from_json(&payload)) {
            Some(Ok(form)) if form.definition().version >= shipped.definition().version => form,
            _ => shipped,
        })
    }

    /// The form of `kind`.
    ///
    /// # Errors
    /// [`SessionError::Store`].
    pub fn form(&self, kind: FormKind) -> Result<Form, SessionError> {
        match kind {
            FormKind::Registration => self.registration_form(),
            FormKind::HealthDeclaration => self.declaration_form(),
        }
    }

    /// What a screen needs after each answer: which fields to show, which answers to mend, how far it is filled in.
    /// An answer that is still missing is an error here, as it would be on submitting.
    ///
    /// # Errors
    /// [`SessionError::Form`] for the day alone, which a phone's clock does not give.
    pub fn review(
        &self,
        form: &Form,
        answers: &Map<String, Value>,
    ) -> Result<FormReview, SessionError> {
        let today = self.today();
        let progress = form
            .progress(answers, &today)
            .map_err(|error| vec![error])?;
        Ok(FormReview {
            visible_fields: form
                .visible_fields(answers, &today)
                .map_err(|error| vec![error])?,
            errors: form.validate(answers, &today).err().unwrap_or_default(),
            answered: progress.answered,
            required: progress.required,
        })
    }

    /// Keeps half-filled answers of a form.
    ///
    /// # Errors
    /// [`SessionError::Store`].
    pub fn save_draft(
        &self,
        form_id: &str,
        answers: &Map<String, Value>,
    ) -> Result<(), SessionError> {
        Ok(self
            .store
            .put(Collection::Draft, form_id, &json(answers)?)?)
    }

    /// The kept answers of a form; where there are none, what the citizen already told: nobody is asked twice.
    ///
    /// # Errors
    /// [`SessionError::Store`].
    pub fn draft(&self, form: &Form) -> Result<Map<String, Value>, SessionError> {
        if let Some(kept) = self.read(Collection::Draft, &form.definition().id)? {
            return Ok(kept);
        }
        let previous = self
            .read(Collection::Profile, LAST_ANSWERS)?
            .unwrap_or_default();
        Ok(form.prefilled(self.identity()?.as_ref(), &previous, &self.today()))
    }

    /// Submits a health declaration: checks it and queues it. Works offline; the draft is dropped.
    /// Gives the upload's id.
    ///
    /// # Errors
    /// [`SessionFault::NotRegistered`], [`SessionError::Form`], [`SessionError::Store`].
    pub fn submit_declaration(&self, answers: &Map<String, Value>) -> Result<String, SessionError> {
        self.require_registration()?;
        let form = self.declaration_form()?;
        let valid = form.validate(answers, &self.today())?;
        let declaration = Declaration {
            form_id: valid.form_id().to_owned(),
            form_version: valid.form_version(),
            filled_at: self.now().at_secs(),
            answers: valid.into_values(),
        };
        let id = self
            .sync
            .enqueue(UploadKind::Declaration, &json(&declaration)?)?;
        self.store.apply(&[
            SealedWrite::put(
                Collection::Profile,
                LAST_ANSWERS,
                &json(&declaration.answers)?,
            ),
            SealedWrite::delete(Collection::Draft, &declaration.form_id),
        ])?;
        Ok(id)
    }

    /// Submits an itinerary. Works offline. Gives the upload's id.
    ///
    /// # Errors
    /// [`SessionFault::NotRegistered`], [`SessionError::Store`].
    pub fn submit_itinerary(&self, itinerary: &Itinerary) -> Result<String, SessionError> {
        self.require_registration()?;
        Ok(self
            .sync
            .enqueue(UploadKind::Itinerary, &json(itinerary)?)?)
    }

    /// Objects to the colour shown. Works offline. Gives the upload's id.
    ///
    /// # Errors
    /// [`SessionFault::NotRegistered`], [`SessionFault::NoCode`] before there is a colour.
    pub fn submit_correction(&self, statement: &str) -> Result<String, SessionError> {
        self.require_registration()?;
        let colour = self.home()?.colour.ok_or(SessionFault::NoCode)?;
        let correction = Correction {
            receipt_sha256: colour.receipt_sha256,
            statement: statement.to_owned(),
        };
        Ok(self
            .sync
            .enqueue(UploadKind::Correction, &json(&correction)?)?)
    }

    /// Takes an upload out of the queue: one that was refused, once the citizen has read why. One that still waits
    /// may have reached the authority all the same.
    ///
    /// # Errors
    /// [`SessionError::Sync`]: no such upload, or the store failed.
    pub fn dismiss_upload(&self, upload_id: &str) -> Result<(), SessionError> {
        Ok(self.sync.dismiss(upload_id)?)
    }

    pub(super) fn identity(&self) -> Result<Option<Identity>, SessionError> {
        self.read(Collection::Profile, IDENTITY)
    }

    fn require_registration(&self) -> Result<(), SessionError> {
        if self.identity()?.is_none() {
            return Err(SessionFault::NotRegistered.into());
        }
        Ok(())
    }
}
