//! Who a device is.
//!
//! Invariant: what is remembered here only saves a look into the store before a signature is checked. Every use case
//! reads the device's row anew with the other rows that it needs and refuses where it is gone.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use data_encoding::BASE64URL_NOPAD;
use health_code_core::trust::DevicePublicKey;

use super::records::DeviceRecord;
use super::register::spaces;
use super::{Authority, Refusal};
use crate::store::{CitizenId, Rows, StoreError, Unique};

/// Devices remembered in each of two generations.
const REMEMBERED: usize = 1 << 15;

/// A registered device.
#[derive(Clone)]
#[expect(clippy::struct_field_names, reason = "the name of the id everywhere")]
pub(crate) struct Device {
    pub(crate) device_id: String,
    pub(crate) citizen: CitizenId,
    pub(crate) public_key: DevicePublicKey,
    pub(crate) hardware: bool,
}

impl std::fmt::Debug for Device {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Device")
    }
}

impl Device {
    /// Refuses where the device is the citizen's no more.
    pub(crate) fn require_registered(&self, rows: &Rows) -> Result<(), Refusal> {
        match rows.get_at::<DeviceRecord>(&DeviceRecord::place(&self.device_id))? {
            Some(_) => Ok(()),
            None => Err(Refusal::DeviceUnknown),
        }
    }
}

/// Devices that were looked up lately.
#[derive(Default)]
pub(crate) struct KnownDevices(Mutex<Generations>);

#[derive(Default)]
struct Generations {
    running: HashMap<String, Device>,
    before: HashMap<String, Device>,
}

impl KnownDevices {
    fn get(&self, device_id: &str) -> Option<Device> {
        let generations = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = generations.running.get(device_id);
        known.or_else(|| generations.before.get(device_id)).cloned()
    }

    fn remember(&self, device: &Device) {
        let mut generations = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if generations.running.len() >= REMEMBERED {
            generations.before = std::mem::take(&mut generations.running);
        }
        generations
            .running
            .insert(device.device_id.clone(), device.clone());
    }
}

impl Authority {
    /// The device with this id.
    pub(crate) async fn device(&self, device_id: &str) -> Result<Option<Device>, StoreError> {
        if let Some(device) = self.devices.get(device_id) {
            return Ok(Some(device));
        }
        let unique = Unique {
            space: spaces::DEVICE,
            value: device_id.as_bytes().to_vec(),
        };
        let Some(owner) = self.units.store().owner(unique).await? else {
            return Ok(None);
        };
        let place = DeviceRecord::place(device_id);
        let rows = self.units.read(owner.citizen, vec![place.clone()]).await?;
        let Some(record) = rows.get_at::<DeviceRecord>(&place)? else {
            return Ok(None);
        };
        let key = BASE64URL_NOPAD
            .decode(record.public_key.as_bytes())
            .ok()
            .and_then(|bytes| DevicePublicKey::from_bytes(&bytes).ok())
            .ok_or(StoreError::RecordUnreadable)?;
        let device = Device {
            device_id: device_id.to_owned(),
            citizen: owner.citizen,
            public_key: key,
            hardware: record.hardware,
        };
        self.devices.remember(&device);
        Ok(Some(device))
    }
}
