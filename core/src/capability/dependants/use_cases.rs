//! Taking somebody into care, and who is in it.

use serde_json::{Map, Value};

use super::{
    CARE, CARE_ENDED, CareCode, CareRequest, DependantKey, DependantState, DependantView,
    DependantsError, DependantsView,
};
use crate::citizen::context::{Context, json};
use crate::citizen::{CONSENT_VERSION, CitizenError, CitizenFault, HealthCode, HomeView, Stage};
use crate::form::{check_identity, identity_from};
use crate::identity::{DocumentKind, birth_date};
use crate::ports::DeviceSigner;
use crate::store::{SealedWrite, SubjectId};
use crate::wire::{Consent, Identity, device_id};
use crate::words::{self, LanguageTag};

/// Who is to come into care, as a carer tells it.
#[derive(Clone, Default, PartialEq)]
pub struct DependantRequest {
    /// The registration form, filled in for the dependant.
    pub answers: Map<String, Value>,
    /// Day of birth, `YYYY-MM-DD`, of those whose document does not say it.
    pub birth_date: Option<String>,
    /// Version of the consent text that the carer agreed to for the dependant.
    pub consent_version: u32,
    /// What the dependant's side showed, as it was scanned or typed; none for somebody who is registered nowhere yet, and where
    /// the desk agreed.
    pub code: Option<String>,
}

impl HealthCode {
    /// Takes somebody into care: checks what was told and queues it. Works offline. The dependant is on this phone from now on;
    /// there is a code once the authority has agreed. Gives the dependant's id on this phone, for
    /// [`HealthCode::for_subject`]. Whoever is on this phone by the same document is asked for anew, as by
    /// [`HealthCode::mend_dependant`]: the authority knows one person under one id of a phone, and two would displace each other for
    /// ever.
    ///
    /// # Errors
    /// `Precondition` ([`CitizenFault::ConsentMissing`], [`CitizenFault::NotRegistered`]: the carer comes first,
    /// [`CitizenFault::ClockWrong`], a [`DependantsError`]), `FormRefused`, `Store`, `Port`.
    pub fn add_dependant(&self, request: &DependantRequest) -> Result<SubjectId, CitizenError> {
        let owner = self.for_subject(&SubjectId::OWNER)?;
        owner.require_registration()?;
        let asked = self.check_dependant(request)?;
        let draft = Context::drop_dependant_draft();
        let _turn = self.context.take_turn();
        if let Some(dependant) = self.by_document(&asked.identity)? {
            dependant.ask_anew(&asked, vec![draft])?;
            return Ok(dependant.context.subject.clone());
        }
        let subject = self.context.new_subject()?;
        self.context.begin_dependant(
            &subject,
            &CARE,
            &asked.identity,
            vec![draft],
            |signer, device| care_request(&asked, &subject, signer, device),
        )?;
        Ok(subject)
    }

    /// Asks anew for a dependant on this phone, with other details or another code: in the place of a request that waits or was
    /// refused. Once the authority has agreed it corrects phone, address and division.
    ///
    /// # Errors
    /// As [`HealthCode::add_dependant`]; `Sync`: no dependant on this phone has this id.
    pub fn mend_dependant(
        &self,
        subject: &SubjectId,
        request: &DependantRequest,
    ) -> Result<(), CitizenError> {
        let dependant = self.for_subject(subject)?;
        if subject.is_owner() {
            return Err(crate::sync::SyncError::SubjectUnknown.into());
        }
        dependant.ask_anew(&dependant.check_dependant(request)?, Vec::new())
    }

    /// Who is on this phone by this document and whose care has not ended.
    fn by_document(&self, identity: &Identity) -> Result<Option<Self>, CitizenError> {
        for subject in self.context.sync.dependants() {
            let dependant = match self.for_subject(&subject) {
                Ok(dependant) => dependant,
                // Erased meanwhile.
                Err(_) if self.context.sync.life(&subject).is_err() => continue,
                Err(error) => return Err(error),
            };
            let place = CARE_ENDED.for_subject(&subject);
            let has_ended = dependant.context.read(&place)?.is_some();
            let known = dependant.identity()?;
            let is_the_same = known.is_some_and(|known| {
                known.document_kind == identity.document_kind
                    && known.document_number == identity.document_number
            });
            if is_the_same && !has_ended {
                return Ok(Some(dependant));
            }
        }
        Ok(None)
    }

    fn ask_anew(&self, asked: &Asked, also: Vec<SealedWrite>) -> Result<(), CitizenError> {
        let context = &self.context;
        let subject = &context.subject;
        let _making = context.keys.making();
        let device = context.sync.signer(&SubjectId::OWNER)?;
        let device = device_id(&device.public_key()?);
        let body = care_request(asked, subject, context.signer.as_ref(), &device)?;
        let life = context.sync.life(subject)?;
        let mut along = also;
        along.push(context.identity_write(&asked.identity)?);
        context.sync.enqueue_with(&life, &CARE, &body, along)?;
        Ok(())
    }

    /// Takes over whom the owner looked after on a phone before this one, as the authority told it: each with a key of this phone's.
    /// Who was removed from this phone stays away.
    fn take_over_moved(&self) -> Result<(), CitizenError> {
        let owner = self.member(&SubjectId::OWNER)?;
        let told = owner.care_standing()?.map(|standing| standing.moved);
        for moved in told.unwrap_or_default() {
            let sync = &self.context.sync;
            let mut erasures = sync.erasures().into_iter();
            if moved.subject.is_owner()
                || erasures.any(|(_, erasure)| erasure.subject == moved.subject)
            {
                continue;
            }
            let asked = Asked {
                identity: moved.identity,
                birth_date: moved.birth_date,
                consent: Consent {
                    version: CONSENT_VERSION,
                    accepted_at: self.now().at_secs(),
                },
                code: None,
            };
            if sync.life(&moved.subject).is_ok() {
                // The owner is back on a phone of before.
                if !self.context.needs_key(&moved.subject)? {
                    self.for_subject(&moved.subject)?
                        .ask_anew(&asked, Vec::new())?;
                }
                continue;
            }
            self.context.begin_dependant(
                &moved.subject,
                &CARE,
                &asked.identity,
                Vec::new(),
                |signer, device| care_request(&asked, &moved.subject, signer, device),
            )?;
        }
        Ok(())
    }

    /// Everybody who is looked after on this phone, in the order in which they came.
    ///
    /// # Errors
    /// `Store`.
    pub fn dependants(&self) -> Result<DependantsView, CitizenError> {
        let language = self.language();
        let mut dependants = Vec::new();
        for subject in self.context.sync.dependants() {
            match self.member(&subject) {
                Ok(dependant) => dependants.push(dependant.dependant_view(&language)?),
                // Erased meanwhile.
                Err(_) if self.context.sync.life(&subject).is_err() => {}
                Err(error) => return Err(error),
            }
        }
        let waiting = dependants.iter();
        let waiting = waiting
            .filter(|it| it.state == DependantState::Waiting)
            .count();
        let id = match (dependants.len(), waiting) {
            (0, _) => "dependants-none",
            (_, 0) => "dependants-some",
            _ => "dependants-waiting",
        };
        Ok(DependantsView {
            text: text(id, &language),
            can_add: self.can_add(&dependants)?,
            dependants,
        })
    }

    /// How many more the authority allows, by what it told last.
    fn can_add(&self, dependants: &[DependantView]) -> Result<Option<u32>, CitizenError> {
        let owner = self.member(&SubjectId::OWNER)?;
        let counts = |it: &&DependantView| {
            matches!(it.state, DependantState::InCare | DependantState::Waiting)
        };
        let count = u32::try_from(dependants.iter().filter(counts).count()).unwrap_or(u32::MAX);
        let standing = owner.care_standing()?;
        Ok(standing.map(|standing| standing.most_dependants.saturating_sub(count)))
    }

    fn dependant_view(&self, language: &LanguageTag) -> Result<DependantView, CitizenError> {
        let home = self.home()?;
        let subject = &self.context.subject;
        let has_ended = self
            .context
            .read(&CARE_ENDED.for_subject(subject))?
            .is_some();
        let state = match home.stage {
            _ if has_ended && home.stage != Stage::RegistrationQueued => DependantState::Ended,
            Stage::RegistrationQueued => DependantState::Waiting,
            Stage::NotRegistered | Stage::RegistrationRefused => DependantState::Refused,
            Stage::AwaitingColour | Stage::Decided => DependantState::InCare,
        };
        let identity = self.identity()?;
        let name = identity.map(|identity| identity.name).unwrap_or_default();
        let id = state.text_id();
        let key_in_hardware = self.context.signer.is_hardware();
        let key_id = if key_in_hardware {
            "care-key-hardware"
        } else {
            "care-key-store"
        };
        Ok(DependantView {
            id: subject.as_str().to_owned(),
            spoken: format!("{name}. {} {}", text(id, language), home.status.spoken),
            state_text: text(id, language),
            next_text: next_text(state, &home, language),
            name,
            state,
            status: home.status,
            next_step: home.next_step,
            carers: self.carers()?,
            end_text: self.care_end_text()?,
            refusal: home.uploads_refused.into_iter().next(),
            code_available: home.code_available && !has_ended,
            uploads_waiting: home.uploads_waiting,
            key_in_hardware,
            key_text: text(key_id, language),
        })
    }

    fn check_dependant(&self, request: &DependantRequest) -> Result<Asked, CitizenError> {
        if request.consent_version != CONSENT_VERSION {
            return Err(CitizenFault::ConsentMissing.into());
        }
        let form = self.registration_form()?;
        let today = self.context.today();
        let refused = |refused| self.context.refused(refused);
        let valid = form.validate(&request.answers, &today).map_err(refused)?;
        let identity = check_identity(&identity_from(&form, &valid)?, &today).map_err(refused)?;
        let code = request
            .code
            .as_deref()
            .filter(|code| !code.trim().is_empty());
        let code = code.map(|code| CareCode::parse(code).ok_or(DependantsError::CodeMistyped));
        Ok(Asked {
            birth_date: told_birth_date(&identity, request.birth_date.as_deref(), &today)?,
            consent: Consent {
                version: request.consent_version,
                accepted_at: self.now().at_secs(),
            },
            code: code.transpose()?,
            identity,
        })
    }
}

/// Whom the owner looked after on a phone before is taken over, and whose care has ended has a key in hardware no more.
pub(super) fn after_sync(phone: &HealthCode) {
    // What cannot be done now is so after another sync.
    let _ = phone.take_over_moved();
    let _ = phone.context.delete_unneeded_keys();
}

/// What was asked, checked.
struct Asked {
    identity: Identity,
    birth_date: Option<String>,
    consent: Consent,
    code: Option<CareCode>,
}

fn care_request(
    asked: &Asked,
    subject: &SubjectId,
    signer: &dyn DeviceSigner,
    device_id: &str,
) -> Result<Vec<u8>, CitizenError> {
    Ok(json(&CareRequest {
        key: DependantKey::prove(signer, device_id, subject)?,
        identity: asked.identity.clone(),
        birth_date: asked.birth_date.clone(),
        consent: asked.consent.clone(),
        code: asked.code.clone(),
    })?)
}

/// The day of birth to send: none where the document says it.
fn told_birth_date(
    identity: &Identity,
    told: Option<&str>,
    today: &str,
) -> Result<Option<String>, DependantsError> {
    let invalid = DependantsError::BirthDateInvalid;
    let kind = DocumentKind::from_id(&identity.document_kind);
    let by_document = kind.and_then(|kind| birth_date(kind, &identity.document_number));
    let told = told.map(str::trim).filter(|told| !told.is_empty());
    let Some(told) = told else {
        // Without it a child would be in care for ever.
        return match kind {
            Some(DocumentKind::BirthCertificate) => Err(invalid),
            _ => Ok(None),
        };
    };
    let day: chrono::NaiveDate = told.parse().map_err(|_| invalid)?;
    let today: chrono::NaiveDate = today.parse().map_err(|_| invalid)?;
    match by_document {
        Some(by_document) if by_document != day => Err(invalid),
        Some(_) => Ok(None),
        None if day > today => Err(invalid),
        None => Ok(Some(day.to_string())),
    }
}

fn next_text(state: DependantState, home: &HomeView, language: &LanguageTag) -> String {
    match state {
        DependantState::InCare => home.next_step.text.clone(),
        DependantState::Waiting => text("care-next-waiting", language),
        DependantState::Refused => text("care-next-refused", language),
        DependantState::Ended => text("care-next-ended", language),
    }
}

fn text(id: &str, language: &LanguageTag) -> String {
    words::text(id, language.words())
        .unwrap_or_default()
        .to_owned()
}

crate::hidden_debug!(DependantRequest);
