//! What a registered citizen files: declaration, itinerary. All of it works offline.
//!
//! Invariant: what was filed is in the outbox, on disk, before the call returns, with all that belongs to it; after an
//! error nothing of it is.

use std::sync::{Arc, OnceLock};

use serde_json::{Map, Value};

use super::context::json;
use super::records::{DRAFT, LAST_ANSWERS};
use super::{CitizenError, FormKind, FormReview, HealthCode};
use crate::form::{Form, FormView};
use crate::sync::{DECLARATION, ITINERARY, QueuedUpload};
use crate::wire::{Declaration, Itinerary};

impl HealthCode {
    /// The health declaration: the newest one the authority published, or the one shipped.
    ///
    /// # Errors
    /// `Store`.
    pub fn declaration_form(&self) -> Result<Arc<Form>, CitizenError> {
        self.newest_form(self.shipped_forms.declaration()?)
    }

    /// A form as the authority published it, or the one shipped where that is newer.
    fn newest_form(&self, shipped: Arc<Form>) -> Result<Arc<Form>, CitizenError> {
        let at = self.now().at_secs();
        let id = &shipped.definition().id;
        let published = self.snapshots.published_form(&self.context, id, at)?;
        Ok(published
            .filter(|form| form.definition().version >= shipped.definition().version)
            .unwrap_or(shipped))
    }

    /// The form of `kind`.
    ///
    /// # Errors
    /// `Store`.
    pub fn form(&self, kind: FormKind) -> Result<Arc<Form>, CitizenError> {
        match kind {
            FormKind::Registration => self.registration_form(),
            FormKind::HealthDeclaration => self.declaration_form(),
            FormKind::EntryDeclaration => self.newest_form(self.shipped_forms.entry()?),
        }
    }

    /// What a screen shows of the form of `kind`.
    ///
    /// # Errors
    /// `Store`.
    pub fn form_view(&self, kind: FormKind) -> Result<FormView, CitizenError> {
        let form = self.form(kind)?;
        let definition = form.definition();
        let is_outdated = self.snapshots.is_form_unreadable(
            &self.context,
            &definition.id,
            self.now().at_secs(),
        )?;
        Ok(FormView::new(definition, is_outdated, &self.language()))
    }

    /// What a screen needs after each answer: which fields to show, which answers to mend, how far it is filled in.
    /// An answer that is still missing is an error here, as it would be on submitting.
    ///
    /// # Errors
    /// `FormRefused` for the day alone, which a phone's clock does not give.
    pub fn review(
        &self,
        form: &Form,
        answers: &Map<String, Value>,
    ) -> Result<FormReview, CitizenError> {
        let today = self.context.today();
        let progress = form
            .progress(answers, &today)
            .map_err(|error| vec![error])?;
        let refused = form.validate(answers, &today).err().unwrap_or_default();
        let refused = self.context.blamed(refused);
        let language = self.language();
        Ok(FormReview {
            visible_fields: form
                .visible_fields(answers, &today)
                .map_err(|error| vec![error])?,
            errors: refused.iter().map(|it| it.in_words(&language)).collect(),
            answers: form
                .read_back(answers, &today, &language)
                .map_err(|error| vec![error])?,
            answered: progress.answered,
            required: progress.required,
        })
    }

    /// Keeps half-filled answers of a form.
    ///
    /// # Errors
    /// `Store`; `Sync` for a dependant who was erased.
    pub fn save_draft(
        &self,
        form_id: &str,
        answers: &Map<String, Value>,
    ) -> Result<(), CitizenError> {
        let context = &self.context;
        let place = DRAFT.for_subject(&context.subject).at(form_id);
        let life = context.sync.life(&context.subject)?;
        Ok(life.write(&[place.put(answers)?])?)
    }

    /// The kept answers of a form; where there are none, what the citizen already told: nobody is asked twice.
    ///
    /// # Errors
    /// `Store`.
    pub fn draft(&self, form: &Form) -> Result<Map<String, Value>, CitizenError> {
        let subject = &self.context.subject;
        let kept = DRAFT.for_subject(subject).at(&form.definition().id);
        if let Some(kept) = self.context.read(&kept)? {
            return Ok(kept);
        }
        let previous = self.last_answers()?;
        Ok(form.prefilled(self.identity()?.as_ref(), &previous, &self.context.today()))
    }

    /// The answers that were declared last; none before the first declaration.
    pub(crate) fn last_answers(&self) -> Result<Map<String, Value>, CitizenError> {
        let last = LAST_ANSWERS.for_subject(&self.context.subject);
        Ok(self.context.read(&last)?.unwrap_or_default())
    }

    /// Submits a health declaration: checks it and queues it. Works offline; the draft is dropped.
    /// Gives the upload's id.
    ///
    /// # Errors
    /// [`NotRegistered`](super::CitizenFault::NotRegistered), [`ClockWrong`](super::CitizenFault::ClockWrong), `FormRefused`, `Store`.
    pub fn submit_declaration(&self, answers: &Map<String, Value>) -> Result<String, CitizenError> {
        let form = self.declaration_form()?;
        self.file_declaration(&form, answers)
    }

    /// Checks the answers to a form that tells facts and queues them, in one write with all that belongs to it.
    pub(crate) fn file_declaration(
        &self,
        form: &Form,
        answers: &Map<String, Value>,
    ) -> Result<String, CitizenError> {
        let declaration = self.declaration_on(form, answers)?;
        let queued = self.context.sync.enqueue_all(&[declaration])?;
        Ok(queued.into_iter().next().unwrap_or_default())
    }

    /// A health declaration of this subject, checked, to be queued.
    pub(crate) fn declaration(
        &self,
        answers: &Map<String, Value>,
    ) -> Result<QueuedUpload, CitizenError> {
        let form = self.declaration_form()?;
        self.declaration_on(&form, answers)
    }

    fn declaration_on(
        &self,
        form: &Form,
        answers: &Map<String, Value>,
    ) -> Result<QueuedUpload, CitizenError> {
        let life = self.context.sync.life(&self.context.subject)?;
        self.require_registration()?;
        let valid = form
            .validate(answers, &self.context.today())
            .map_err(|refused| self.context.refused(refused))?;
        let declaration = Declaration {
            form_id: valid.form_id().to_owned(),
            form_version: valid.form_version(),
            filled_at: self.context.now().at_secs(),
            answers: valid.into_values(),
        };
        let subject = &self.context.subject;
        let along = vec![
            LAST_ANSWERS
                .for_subject(subject)
                .put(&declaration.answers)?,
            DRAFT.for_subject(subject).at(&declaration.form_id).delete(),
        ];
        Ok(QueuedUpload {
            life,
            row: &DECLARATION,
            body: json(&declaration)?,
            along,
        })
    }

    /// Submits an itinerary. Works offline. Gives the upload's id.
    ///
    /// # Errors
    /// [`NotRegistered`](super::CitizenFault::NotRegistered), `FormRefused` with fields as `legs.0.number`, `Store`.
    pub fn submit_itinerary(&self, itinerary: &Itinerary) -> Result<String, CitizenError> {
        self.require_registration()?;
        let context = &self.context;
        let itinerary = itinerary.cleaned();
        itinerary
            .check(&context.today(), 0)
            .map_err(|refused| context.refused(refused))?;
        let body = json(&itinerary)?;
        Ok(context.sync.enqueue(&context.subject, &ITINERARY, &body)?)
    }

    /// Takes an upload out of the queue: one that was refused, once the citizen has read why. One that still waits
    /// may have reached the authority all the same.
    ///
    /// # Errors
    /// `Sync`: no such upload, or the store failed.
    pub fn dismiss_upload(&self, upload_id: &str) -> Result<(), CitizenError> {
        let context = &self.context;
        Ok(context.sync.dismiss(&context.subject, upload_id)?)
    }
}

/// The forms that come with this build, loaded once.
#[derive(Default)]
pub(super) struct ShippedForms {
    registration: OnceLock<Arc<Form>>,
    declaration: OnceLock<Arc<Form>>,
    entry: OnceLock<Arc<Form>>,
}

impl ShippedForms {
    pub(super) fn registration(&self) -> Result<Arc<Form>, CitizenError> {
        load_once(&self.registration, crate::form::REGISTRATION)
    }

    fn declaration(&self) -> Result<Arc<Form>, CitizenError> {
        load_once(&self.declaration, crate::form::HEALTH_DECLARATION)
    }

    fn entry(&self) -> Result<Arc<Form>, CitizenError> {
        load_once(&self.entry, crate::form::ENTRY_DECLARATION)
    }
}

fn load_once(kept: &OnceLock<Arc<Form>>, json: &str) -> Result<Arc<Form>, CitizenError> {
    if let Some(form) = kept.get() {
        return Ok(Arc::clone(form));
    }
    let form = Arc::new(Form::from_json(json.as_bytes())?);
    Ok(Arc::clone(kept.get_or_init(|| form)))
}
