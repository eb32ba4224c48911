//! Hardware keys of dependants without hardware: what it holds outlives a restart, as a phone's does.
//!
//! Invariant: no two keys that it ever made are the same; what was deleted is made anew as another key.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::device_key::SoftwareP256;
use crate::ports::{DeviceSigner, PortError, SubjectKeys};
use crate::trust::DevicePublicKey;

/// See the module. A clone is the same hardware.
#[derive(Clone)]
pub struct MemorySubjectKeys(Arc<Mutex<Chip>>);

struct Chip {
    /// How many subjects it holds.
    room: usize,
    is_silent: bool,
    made: u8,
    /// Seeds, by alias and number of the credential, 0 for the subject's own.
    seeds: BTreeMap<(String, u64), u8>,
}

impl Default for MemorySubjectKeys {
    fn default() -> Self {
        Self::with_room(8)
    }
}

impl MemorySubjectKeys {
    /// With room for the keys of so many.
    #[must_use]
    pub fn with_room(room: usize) -> Self {
        Self(Arc::new(Mutex::new(Chip {
            room,
            is_silent: false,
            made: 0,
            seeds: BTreeMap::new(),
        })))
    }

    /// Whether it answers nothing from now on.
    pub fn set_silent(&self, is_silent: bool) {
        self.chip().is_silent = is_silent;
    }

    /// Has room for so many from now on.
    pub fn set_room(&self, room: usize) {
        self.chip().room = room;
    }

    /// Loses what it holds.
    pub fn lose_all(&self) {
        self.chip().seeds.clear();
    }

    /// Aliases under which it holds a key, in their order.
    #[must_use]
    pub fn aliases(&self) -> Vec<String> {
        let mut aliases: Vec<_> = self.chip().seeds.keys().map(|it| it.0.clone()).collect();
        aliases.dedup();
        aliases
    }

    fn chip(&self) -> MutexGuard<'_, Chip> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn key(&self, alias: &str, number: u64) -> Result<SoftwareP256, PortError> {
        let mut chip = self.chip();
        if chip.is_silent {
            return Err(PortError::KeyUnavailable);
        }
        let place = (alias.to_owned(), number);
        let seed = if let Some(seed) = chip.seeds.get(&place) {
            *seed
        } else {
            chip.made += 1;
            let seed = chip.made;
            chip.seeds.insert(place, seed);
            seed
        };
        Ok(SoftwareP256::from_seed(&[seed; 32]))
    }
}

impl SubjectKeys for MemorySubjectKeys {
    fn subject_signer(&self, alias: &str) -> Result<Option<Arc<dyn DeviceSigner>>, PortError> {
        let aliases = self.aliases();
        if !aliases.iter().any(|it| it == alias) && aliases.len() >= self.chip().room {
            return Ok(None);
        }
        self.key(alias, 0)?;
        Ok(Some(Arc::new(SubjectSigner {
            chip: self.clone(),
            alias: alias.to_owned(),
        })))
    }

    fn keep_subjects(&self, aliases: &[String]) -> Result<(), PortError> {
        let mut chip = self.chip();
        if chip.is_silent {
            return Err(PortError::KeyUnavailable);
        }
        chip.seeds.retain(|(alias, _), _| aliases.contains(alias));
        Ok(())
    }
}

struct SubjectSigner {
    chip: MemorySubjectKeys,
    alias: String,
}

impl DeviceSigner for SubjectSigner {
    fn public_key(&self) -> Result<DevicePublicKey, PortError> {
        self.chip.key(&self.alias, 0)?.public_key()
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, PortError> {
        self.chip.key(&self.alias, 0)?.sign(message)
    }

    fn is_hardware(&self) -> bool {
        true
    }

    fn credential_signer(&self, number: u64) -> Result<Option<Arc<dyn DeviceSigner>>, PortError> {
        Ok(Some(Arc::new(self.chip.key(&self.alias, number)?)))
    }
}
