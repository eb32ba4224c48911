//! Who a device is.
//!
//! Invariant: what is remembered here only saves a look into the store before a signature is checked. Every use case
//! reads the device's row anew with the other rows that it needs and refuses where it is gone.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use data_encoding::BASE64URL_NOPAD;
use health_code_core::code::SubjectKind;
use health_code_core::trust::DevicePublicKey;
use health_code_core::wire::{SignatureVerifier, SubjectId};

use super::records::DeviceRecord;
use super::register::spaces;
use super::{Authority, Refusal};
use crate::store::{CitizenId, RowKey, Rows, StoreError, Unique};

/// Devices remembered in each of two generations.
const REMEMBERED: usize = 1 << 15;

/// A registered device.
#[derive(Clone)]
#[expect(clippy::struct_field_names, reason = "the name of the id everywhere")]
pub(crate) struct Device {
    pub(crate) device_id: String,
    /// On whose records it acts: its owner's, or those of a dependant of the owner's.
    pub(crate) citizen: CitizenId,
    pub(crate) public_key: DevicePublicKey,
    /// It acts for a dependant of its owner's.
    pub(crate) is_carers: bool,
}

impl std::fmt::Debug for Device {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Device")
    }
}

/// What credentials of a subject are bound to on one device.
#[derive(Clone, Copy)]
pub(crate) struct SubjectKey<'a> {
    pub(crate) device_id: &'a str,
    pub(crate) public_key: DevicePublicKey,
    pub(crate) hardware: bool,
    /// The device is a carer's.
    pub(crate) is_carers: bool,
}

impl SubjectKey<'_> {
    /// How a credential names the subject, seen from the phone.
    pub(crate) const fn subject_kind(&self) -> SubjectKind {
        if self.is_carers {
            SubjectKind::Dependant
        } else {
            SubjectKind::Myself
        }
    }
}

impl Device {
    /// The rows that [`Device::key`] reads for this subject.
    pub(crate) fn reads(&self, subject: &SubjectId) -> Vec<RowKey> {
        vec![DeviceRecord::place(subject, &self.device_id)]
    }

    /// The key of the rows' subject on this device. Refuses where the device is the citizen's no more, and where the
    /// subject is in the care of its owner no more.
    pub(crate) fn key(&self, rows: &Rows) -> Result<SubjectKey<'_>, Refusal> {
        let place = DeviceRecord::place(rows.subject(), &self.device_id);
        let unknown = if self.is_carers {
            Refusal::SubjectUnknown
        } else {
            Refusal::DeviceUnknown
        };
        let record = DeviceRecord::find(rows, &place)?;
        let record = record.filter(|record| record.is_carers == self.is_carers);
        let record = record.ok_or(unknown)?;
        Ok(SubjectKey {
            device_id: &self.device_id,
            public_key: record.key()?,
            hardware: record.hardware,
            is_carers: record.is_carers,
        })
    }
}

impl DeviceRecord {
    /// What requests of the device are checked with.
    pub(crate) fn key(&self) -> Result<DevicePublicKey, StoreError> {
        let bytes = BASE64URL_NOPAD.decode(self.public_key.as_bytes());
        bytes
            .ok()
            .and_then(|bytes| DevicePublicKey::from_bytes(&bytes).ok())
            .ok_or(StoreError::RecordUnreadable)
    }
}

/// Devices that were looked up lately.
#[derive(Default)]
pub(crate) struct KnownDevices {
    generations: Mutex<Generations>,
    /// How often the store was asked for a device.
    #[cfg(test)]
    pub(crate) looks: std::sync::atomic::AtomicU32,
}

#[derive(Default)]
struct Generations {
    running: HashMap<String, Device>,
    before: HashMap<String, Device>,
}

impl KnownDevices {
    fn get(&self, device_id: &str) -> Option<Device> {
        let generations = self
            .generations
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let known = generations.running.get(device_id);
        known.or_else(|| generations.before.get(device_id)).cloned()
    }

    /// Whether the device was looked up lately.
    pub(crate) fn knows(&self, device_id: &str) -> bool {
        self.get(device_id).is_some()
    }

    /// Forgets what the device was known as.
    pub(crate) fn forget(&self, device_id: &str) {
        let mut generations = self
            .generations
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        generations.running.remove(device_id);
        generations.before.remove(device_id);
    }

    fn remember(&self, device: &Device) {
        let mut generations = self
            .generations
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if generations.running.len() >= REMEMBERED {
            generations.before = std::mem::take(&mut generations.running);
        }
        generations
            .running
            .insert(device.device_id.clone(), device.clone());
    }
}

impl Authority {
    /// The registered device that signed. Whether there is a device that did not, nobody learns: neither by the refusal nor by
    /// the work that it takes, which is two looks into the store and one signature.
    ///
    /// # Errors
    /// [`Refusal::DeviceUnknown`], [`Refusal::Store`].
    pub(crate) async fn signed_by(&self, signed: &SignatureVerifier) -> Result<Device, Refusal> {
        let remembered = self.devices.get(&signed.key_id);
        let was_remembered = remembered.is_some();
        let device = match remembered {
            Some(device) => Some(device),
            None => self.look_up(&signed.key_id).await?,
        };
        let key = device.as_ref().map(|device| &device.public_key);
        match device.as_ref().filter(|_| signed.is_by(key)) {
            Some(device) => {
                if !was_remembered {
                    self.devices.remember(device);
                }
                Ok(device.clone())
            }
            None if was_remembered => {
                self.look_up(&signed.key_id).await?;
                Err(Refusal::DeviceUnknown)
            }
            None => Err(Refusal::DeviceUnknown),
        }
    }

    /// Whether the device is somebody's; for who proved to be that device alone.
    pub(crate) async fn is_registered(&self, device_id: &str) -> Result<bool, Refusal> {
        Ok(self.look_up(device_id).await?.is_some())
    }

    /// Whose the device is; for who proved to be that device alone.
    pub(crate) async fn owner_of_device(
        &self,
        device_id: &str,
    ) -> Result<Option<CitizenId>, StoreError> {
        Ok(self.look_up(device_id).await?.map(|device| device.citizen))
    }

    /// The device with this id as the store has it.
    async fn look_up(&self, device_id: &str) -> Result<Option<Device>, StoreError> {
        #[cfg(test)]
        self.devices
            .looks
            .fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let unique = Unique {
            space: spaces::DEVICE,
            value: device_id.as_bytes().to_vec(),
        };
        let owner = self.units.store().owner(unique).await?;
        // Nobody's partition: looked into all the same.
        let citizen = owner.map_or(CitizenId::from_bytes([0; 16]), |owner| owner.citizen);
        let whose = SubjectId::OWNER;
        let place = DeviceRecord::place(&whose, device_id);
        let rows = self
            .units
            .read(citizen, &whose, vec![place.clone()])
            .await?;
        let Some(record) = DeviceRecord::find(&rows, &place)? else {
            return Ok(None);
        };
        Ok(Some(Device {
            device_id: device_id.to_owned(),
            citizen,
            public_key: record.key()?,
            is_carers: false,
        }))
    }
}
