//! The keys of dependants' codes: in the phone's hardware as far as its host makes keys there, else sealed in the store.
//!
//! Invariant: the alias of a key in hardware is on disk with the dependant, in one write, and no alias is used for two. What the
//! hardware holds for nobody who is looked after here is deleted: when somebody goes or the care has ended, and when the phone opens,
//! whatever was killed in between; nothing before every alias that counts was read. A key that was lost is made anew, and
//! the next credentials are bound to it.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard};

use super::context::Context;
use super::device::StoredKey;
use super::records::{DEPENDANTS, DEVICE_SEED};
use super::{CitizenError, lock};
use crate::capability::dependants::{CARE, CARE_ENDED, KEY_ALIAS};
use crate::encoding::hex;
use crate::ports::{DeviceSigner, Entropy, PortError, SubjectKeys};
use crate::store::{SealedStore, SealedWrite, StoreError, SubjectId};
use crate::sync::{PendingUpload, UploadKind};
use crate::trust::DevicePublicKey;

/// Where keys of dependants are made.
pub(crate) struct DependantKeys {
    hardware: Option<Arc<dyn SubjectKeys>>,
    store: Arc<SealedStore>,
    entropy: Arc<dyn Entropy>,
    /// The aliases that the hardware was told to keep last.
    kept: Mutex<Option<BTreeSet<String>>>,
}

/// As long as it lives no key is deleted: one was made whose alias is not on disk yet.
pub(crate) struct Making<'k>(MutexGuard<'k, Option<BTreeSet<String>>>);

impl DependantKeys {
    pub(super) fn new(
        hardware: Option<Arc<dyn SubjectKeys>>,
        store: Arc<SealedStore>,
        entropy: Arc<dyn Entropy>,
    ) -> Self {
        Self {
            hardware,
            store,
            entropy,
            kept: Mutex::default(),
        }
    }

    pub(crate) fn making(&self) -> Making<'_> {
        Making(lock(&self.kept))
    }

    /// A key for somebody who has none yet, and what keeps it.
    pub(super) fn fresh(
        &self,
        subject: &SubjectId,
        making: &mut Making<'_>,
    ) -> Result<(Arc<dyn DeviceSigner>, SealedWrite), CitizenError> {
        if let Some(hardware) = &self.hardware {
            let mut random = [0; 16];
            self.entropy.fill(&mut random)?;
            let alias = hex::encode(&random);
            // Whether it is written or not, the hardware is to be told anew.
            *making.0 = None;
            if let Some(signer) = hardware.subject_signer(&alias)? {
                signer.public_key()?;
                let write = KEY_ALIAS.for_subject(subject).put(&alias)?;
                return Ok((Arc::new(HardwareKey::new(hardware, alias)), write));
            }
        }
        let (key, write) = StoredKey::fresh(subject, Arc::clone(&self.entropy))?;
        Ok((Arc::new(key), write))
    }

    /// The key of a dependant on this phone. Where hardware has the alias and no key for it any more, nor room for one, it is in the
    /// store from now on.
    pub(super) fn load(&self, subject: &SubjectId) -> Result<Arc<dyn DeviceSigner>, CitizenError> {
        if let (Some(hardware), Ok(Some(alias))) = (&self.hardware, self.alias(subject)) {
            // Who is in care no more has no key, and gets none by being looked for.
            let has_ended = self.store.read(&CARE_ENDED.for_subject(subject))?.is_some();
            if has_ended || !matches!(hardware.subject_signer(&alias), Ok(None)) {
                return Ok(Arc::new(HardwareKey::new(hardware, alias)));
            }
        }
        let entropy = Arc::clone(&self.entropy);
        let key = StoredKey::load_or_generate(&self.store, subject, entropy)?;
        Ok(Arc::new(key))
    }

    /// The alias that the subject's key has in hardware; none where the store has the key.
    fn alias(&self, subject: &SubjectId) -> Result<Option<String>, StoreError> {
        if self
            .store
            .read(&DEVICE_SEED.for_subject(subject))?
            .is_some()
        {
            return Ok(None);
        }
        self.store.read(&KEY_ALIAS.for_subject(subject))
    }
}

impl Context {
    /// Deletes the keys in hardware that nobody needs.
    pub(crate) fn delete_unneeded_keys(&self) -> Result<(), CitizenError> {
        let keys = &self.keys;
        let Some(hardware) = &keys.hardware else {
            return Ok(());
        };
        let mut kept = lock(&keys.kept);
        let mut needed = BTreeSet::new();
        for subject in self.read(&DEPENDANTS.for_this_phone())?.unwrap_or_default() {
            if let Some(alias) = keys.alias(&subject)?
                && self.needs_key(&subject)?
            {
                needed.insert(alias);
            }
        }
        if kept.as_ref() != Some(&needed) {
            hardware.keep_subjects(&needed.iter().cloned().collect::<Vec<_>>())?;
            *kept = Some(needed);
        }
        Ok(())
    }

    /// Whether the dependant is in care, or was asked for anew.
    pub(crate) fn needs_key(&self, subject: &SubjectId) -> Result<bool, CitizenError> {
        if self.read(&CARE_ENDED.for_subject(subject))?.is_none() {
            return Ok(true);
        }
        let asks =
            |upload: &PendingUpload| upload.kind == UploadKind::Known(&CARE) && upload.is_waiting();
        Ok(self.sync.pending(subject)?.iter().any(asks))
    }
}

/// A key in hardware, looked for each time: it may have been deleted, and made anew.
struct HardwareKey {
    hardware: Arc<dyn SubjectKeys>,
    alias: String,
}

impl HardwareKey {
    fn new(hardware: &Arc<dyn SubjectKeys>, alias: String) -> Self {
        let hardware = Arc::clone(hardware);
        Self { hardware, alias }
    }

    fn signer(&self) -> Result<Arc<dyn DeviceSigner>, PortError> {
        let signer = self.hardware.subject_signer(&self.alias)?;
        signer.ok_or(PortError::KeyUnavailable)
    }
}

impl DeviceSigner for HardwareKey {
    fn public_key(&self) -> Result<DevicePublicKey, PortError> {
        self.signer()?.public_key()
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, PortError> {
        self.signer()?.sign(message)
    }

    fn is_hardware(&self) -> bool {
        self.signer().is_ok_and(|signer| signer.is_hardware())
    }

    fn credential_signer(&self, number: u64) -> Result<Option<Arc<dyn DeviceSigner>>, PortError> {
        self.signer()?.credential_signer(number)
    }

    fn credential_slots(&self) -> u32 {
        self.signer().map_or(1, |signer| signer.credential_slots())
    }
}
