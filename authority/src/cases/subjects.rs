//! Whom a device may act for: the citizen whose it is, and the dependants in the citizen's care.
//!
//! Invariant: a subject is a device's exactly if the device has a key of it, in a row of that subject's own. Whether it
//! is unknown, somebody else's or erased, the refusal is the same. Takes nobody in: registration makes the owner.

use health_code_core::code::SubjectKind;
use health_code_core::wire::SubjectId;
use serde::{Deserialize, Serialize};

use super::devices::Device;
use super::records::{DeviceRecord, kinds};
use super::{Authority, Refusal};
use crate::store::{Kind, Record, RowKey};

/// The dependants in a citizen's care, in the order in which they came; a record of the owner's.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Dependants {
    pub(crate) subjects: Vec<SubjectId>,
}

impl Record for Dependants {
    const KIND: Kind = kinds::DEPENDANTS;
}

/// How a credential names the subject, seen from the phone.
pub(crate) fn subject_kind(subject: &SubjectId) -> SubjectKind {
    if subject.is_owner() {
        SubjectKind::Myself
    } else {
        SubjectKind::Dependant
    }
}

impl Authority {
    /// The subjects of this device, the owner first.
    pub(crate) async fn subjects(&self, device: &Device) -> Result<Vec<SubjectId>, Refusal> {
        let owner = SubjectId::OWNER;
        let mut reads = device.reads(&owner);
        reads.push(RowKey::for_record::<Dependants>(&owner));
        let rows = self.units.read(device.citizen, &owner, reads).await?;
        device.key(&rows)?;
        let dependants = rows.get::<Dependants>()?.unwrap_or_default().subjects;
        let place = |subject: &SubjectId| DeviceRecord::place(subject, &device.device_id);
        let places = dependants.iter().map(place).collect();
        let rows = self.units.read(device.citizen, &owner, places).await?;
        let mut subjects = vec![owner];
        for subject in dependants {
            if DeviceRecord::find(&rows, &place(&subject))?.is_some() {
                subjects.push(subject);
            }
        }
        Ok(subjects)
    }
}
