//! How a dependant begins on this phone.
//!
//! Invariant: key, details, place on the phone's list and the request to the authority are written together or not at all.
//! Who may be taken in is for the capability to check, and for the authority to say.

use std::sync::Arc;

use super::context::Context;
use super::device::StoredKey;
use super::records::{DEPENDANTS, IDENTITY};
use super::{CitizenError, HealthCode, lock};
use crate::capability::dependants::DependantsError;
use crate::ports::DeviceSigner;
use crate::store::{SealedWrite, SubjectId};
use crate::sync::UploadRow;
use crate::wire::{Identity, device_id};

/// Most dependants that a phone holds, refused ones among them; how many count is the authority's to say.
const MAX_DEPENDANTS: usize = 64;

impl Context {
    /// Begins a dependant whose request to the authority `body` makes, of the new id, the dependant's key and the device's id.
    pub(crate) fn add_dependant(
        &self,
        row: &'static UploadRow,
        identity: &Identity,
        body: impl FnOnce(&SubjectId, &dyn DeviceSigner, &str) -> Result<Vec<u8>, CitizenError>,
    ) -> Result<SubjectId, CitizenError> {
        let entropy = self.sync.entropy();
        let mut random = [0; 16];
        entropy.fill(&mut random)?;
        let id = uuid::Builder::from_random_bytes(random).into_uuid();
        let subject = SubjectId::parse(&id.to_string()).unwrap_or_default();
        let (key, seed) = StoredKey::fresh(&subject, Arc::clone(entropy))?;
        let owner = self.sync.signer(&SubjectId::OWNER)?;
        let body = body(&subject, &key, &device_id(&owner.public_key()?))?;
        let along = || -> Result<Vec<SealedWrite>, CitizenError> {
            let place = DEPENDANTS.for_this_phone();
            let mut list = self.read(&place)?.unwrap_or_default();
            if list.len() >= MAX_DEPENDANTS {
                return Err(DependantsError::TooMany.into());
            }
            list.push(subject.clone());
            let identity = IDENTITY.for_subject(&subject).put(identity)?;
            Ok(vec![seed, place.put(&list)?, identity])
        };
        self.sync
            .begin_dependant(&subject, Arc::new(key), row, &body, along)?;
        Ok(subject)
    }
}

impl HealthCode {
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
