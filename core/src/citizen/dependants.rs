//! How a dependant begins on this phone.
//!
//! Invariant: key, details, place on the phone's list and the request to the authority are written together or not at all.
//! Who may be taken in is for the capability to check, and for the authority to say.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::context::Context;
use super::records::{DEPENDANTS, DRAFT, IDENTITY};
use super::{CitizenError, HealthCode, lock};
use crate::capability::dependants::DependantsError;
use crate::ports::DeviceSigner;
use crate::store::{SealedWrite, SubjectId};
use crate::sync::UploadRow;
use crate::wire::{Identity, device_id};

/// Most dependants that a phone holds, refused ones among them; how many count is the authority's to say.
const MAX_DEPENDANTS: usize = 64;

/// Place of the draft of a request for somebody who is not on this phone yet, among those of the owner's forms.
const NEW_DEPENDANT: &str = "new-dependant";

impl Context {
    /// An id that nobody had.
    pub(crate) fn new_subject(&self) -> Result<SubjectId, CitizenError> {
        let mut random = [0; 16];
        self.sync.entropy().fill(&mut random)?;
        let id = uuid::Builder::from_random_bytes(random).into_uuid();
        Ok(SubjectId::parse(&id.to_string()).unwrap_or_default())
    }

    /// What drops the draft of a request for somebody who is on this phone now.
    pub(crate) fn drop_dependant_draft() -> SealedWrite {
        let place = DRAFT.for_subject(&SubjectId::OWNER);
        place.at(NEW_DEPENDANT).delete()
    }

    /// Begins a dependant, writing what is `also` given with it, whose request to the authority `body` makes, of the dependant's key and the device's id.
    pub(crate) fn begin_dependant(
        &self,
        subject: &SubjectId,
        row: &'static UploadRow,
        identity: &Identity,
        also: Vec<SealedWrite>,
        body: impl FnOnce(&dyn DeviceSigner, &str) -> Result<Vec<u8>, CitizenError>,
    ) -> Result<(), CitizenError> {
        let mut making = self.keys.making();
        let (key, key_write) = self.keys.fresh(subject, &mut making)?;
        let owner = self.sync.signer(&SubjectId::OWNER)?;
        let body = body(key.as_ref(), &device_id(&owner.public_key()?))?;
        let along = || -> Result<Vec<SealedWrite>, CitizenError> {
            let place = DEPENDANTS.for_this_phone();
            let mut list = self.read(&place)?.unwrap_or_default();
            if list.len() >= MAX_DEPENDANTS {
                return Err(DependantsError::TooMany.into());
            }
            list.push(subject.clone());
            let identity = IDENTITY.for_subject(subject).put(identity)?;
            let own = [key_write, place.put(&list)?, identity];
            Ok(own.into_iter().chain(also).collect())
        };
        self.sync.begin_dependant(subject, key, row, &body, along)
    }
}

impl HealthCode {
    /// The kept answers of a request for somebody who is not on this phone yet; where there are none, where the carer lives and
    /// is reached.
    ///
    /// # Errors
    /// `Store`.
    pub fn dependant_draft(&self) -> Result<Map<String, Value>, CitizenError> {
        let place = DRAFT.for_subject(&SubjectId::OWNER).at(NEW_DEPENDANT);
        if let Some(kept) = self.context.read(&place)? {
            return Ok(kept);
        }
        let carer = self.member(&SubjectId::OWNER)?.identity()?;
        let reached = carer.map(|carer| Identity {
            name: String::new(),
            sex: String::new(),
            nationality: String::new(),
            document_kind: String::new(),
            document_number: String::new(),
            ..carer
        });
        let form = self.registration_form()?;
        Ok(form.prefilled(reached.as_ref(), &Map::new(), &self.context.today()))
    }

    /// Keeps half-filled answers of such a request; taking the person in drops them.
    ///
    /// # Errors
    /// `Store`.
    pub fn save_dependant_draft(&self, answers: &Map<String, Value>) -> Result<(), CitizenError> {
        let life = self.context.sync.life(&SubjectId::OWNER)?;
        let place = DRAFT.for_subject(&SubjectId::OWNER).at(NEW_DEPENDANT);
        Ok(life.write(&[place.put(answers)?])?)
    }

    /// The health code of another subject on this phone, or of this one; the same each time, so that it goes on where it was.
    ///
    /// # Errors
    /// `Sync`: nobody on this phone has this id.
    pub fn member(&self, subject: &SubjectId) -> Result<Arc<Self>, CitizenError> {
        let mut members = lock(&self.members);
        if self.context.sync.life(subject).is_err() {
            members.remove(subject);
        }
        if let Some(member) = members.get(subject) {
            return Ok(Arc::clone(member));
        }
        let member = Arc::new(self.for_subject(subject)?);
        members.insert(subject.clone(), Arc::clone(&member));
        Ok(member)
    }
}
