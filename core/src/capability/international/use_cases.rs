//! What a visitor does: fill in from the passport, declare the entry, ask what the code counts as elsewhere.

use serde_json::{Map, Value};

use super::entry::{self, Queue};
use super::{ENTRY_FORM, ElsewhereView, EntryView, MrzView, NamesComparedView};
use super::{compare_names, elsewhere, mrz_view};
use crate::citizen::{CitizenError, CitizenFault, FormKind, HealthCode};
use crate::identity::DocumentKind;
use crate::identity::mrz::{Mrz, read_mrz};
use crate::sync::{DECLARATION, UploadKind};
use crate::wire::{Declaration, Identity};

impl HealthCode {
    /// The machine-readable zone in `text`, as a camera's reader or a person has it, in words. Works offline and keeps nothing.
    #[must_use]
    pub fn read_mrz(&self, text: &str) -> MrzView {
        mrz_view(text, self.today(), self.language().words())
    }

    /// A typed name beside that of the zone in `text`; none where there is no zone.
    #[must_use]
    pub fn compare_with_mrz(&self, name: &str, text: &str) -> Option<NamesComparedView> {
        compare_names(name, text, self.today(), self.language().words())
    }

    /// The draft of the registration form with what the zone in `text` says laid over it: name, sex, nationality, document, as
    /// far as the form takes them. A zone with a fault fills in nothing; a name that may be cut, or that a Chinese document
    /// spells in Latin letters, is left to the citizen. Kept only once the app saves it.
    ///
    /// # Errors
    /// `Store`.
    pub fn prefill_from_mrz(&self, text: &str) -> Result<Map<String, Value>, CitizenError> {
        let form = self.form(FormKind::Registration)?;
        let mut answers = self.draft(&form)?;
        let today = self.today();
        if let Ok(zone) = read_mrz(text, today)
            && zone.is_sound()
        {
            let identity = identity(&zone);
            let told = form.prefilled(Some(&identity), &Map::new(), &today.to_string());
            answers.extend(told);
        }
        Ok(answers)
    }

    /// How far the entry from abroad is.
    ///
    /// # Errors
    /// `Store`, `Sync`.
    pub fn entry(&self) -> Result<EntryView, CitizenError> {
        let signed = self.signed()?;
        let identity = self.identity()?;
        let passport = DocumentKind::Passport.id();
        let has_passport = identity.is_some_and(|it| it.document_kind == passport);
        let language = self.language();
        let queue = self.entries_queued()?;
        let words = language.words();
        Ok(entry::view(
            signed.receipt.as_ref(),
            has_passport,
            queue,
            words,
        ))
    }

    /// Submits an entry declaration: checks it and queues it, to be delivered once. Works offline; the draft is dropped.
    /// Gives the upload's id.
    ///
    /// # Errors
    /// As [`HealthCode::submit_declaration`].
    pub fn submit_entry_declaration(
        &self,
        answers: &Map<String, Value>,
    ) -> Result<String, CitizenError> {
        let form = self.form(FormKind::EntryDeclaration)?;
        self.file_declaration(&form, answers)
    }

    /// What the code counts as in `division` (GB/T 2260), and by which rule, from the trust bundle of the last sync.
    ///
    /// # Errors
    /// [`CitizenFault::NoCode`] without a code or a trust bundle that counts; `Store`.
    pub fn code_elsewhere(&self, division: u32) -> Result<ElsewhereView, CitizenError> {
        let mut views = self.elsewhere_in(|_| vec![division])?;
        views.pop().ok_or_else(|| CitizenFault::NoCode.into())
    }

    /// The same for every region of the trust bundle, in its order.
    ///
    /// # Errors
    /// As [`HealthCode::code_elsewhere`].
    pub fn code_in_regions(&self) -> Result<Vec<ElsewhereView>, CitizenError> {
        self.elsewhere_in(<[u32]>::to_vec)
    }

    fn elsewhere_in(
        &self,
        choose: impl FnOnce(&[u32]) -> Vec<u32>,
    ) -> Result<Vec<ElsewhereView>, CitizenError> {
        let signed = self.signed()?;
        let code = signed.code?;
        let (Some(trust), Some(from)) = (&signed.trust, signed.division) else {
            return Err(CitizenFault::NoCode.into());
        };
        let trust = &trust.bundle;
        let all: Vec<u32> = trust.regions.iter().map(|region| region.division).collect();
        let language = self.language();
        let divisions = choose(&all).into_iter();
        let views = divisions.map(|to| elsewhere(trust, from, code, to, &language));
        Ok(views.collect())
    }

    /// Entry declarations in the outbox. A body that cannot be read is none.
    fn entries_queued(&self) -> Result<Queue, CitizenError> {
        let sync = &self.context.sync;
        let subject = &self.context.subject;
        let mut queue = Queue::default();
        for upload in sync.pending(subject)? {
            if upload.kind != UploadKind::Known(&DECLARATION) {
                continue;
            }
            let body = sync.pending_body(subject, &upload.upload_id).ok();
            let declaration =
                body.and_then(|body| crate::encoding::json::from_slice::<Declaration>(&body).ok());
            if declaration.is_some_and(|it| it.form_id == ENTRY_FORM) {
                queue.is_waiting |= upload.is_waiting();
                queue.is_refused |= upload.refusal.is_some();
            }
        }
        Ok(queue)
    }

    fn today(&self) -> chrono::NaiveDate {
        let now = self.now().at_secs();
        self.context.civil_time().at(now).date()
    }
}

/// What the zone says of a person, the rest blank: a form takes no blank answer.
fn identity(zone: &Mrz) -> Identity {
    let is_known = !zone.is_name_cut && !matches!(zone.issuer.as_str(), "CHN" | "TWN");
    Identity {
        name: if is_known {
            zone.full_name()
        } else {
            String::new()
        },
        sex: zone.sex.clone(),
        nationality: zone.nationality.clone(),
        document_kind: zone.document_kind.id().to_owned(),
        document_number: zone.document_number.clone(),
        division: 0,
        address: String::new(),
        phone: String::new(),
    }
}
