//! The key of a subject's codes where no hardware holds one: Ed25519, its seed sealed in the store.
//!
//! Each credential has a key of its own, derived from the seed by a number.
//! Invariant: it changes only by [`StoredKey::replace`], once the seed of the next one is on disk.

use std::sync::{Arc, PoisonError, RwLock};

use zeroize::Zeroizing;

use super::records::DEVICE_SEED;
use super::{CitizenError, CitizenFault};
use crate::ports::{DeviceSigner, Entropy, PortError};
use crate::store::{SealedStore, SealedWrite, SubjectId};
use crate::trust::{DevicePublicKey, SoftwareEd25519};

/// The key in use, and where the next one comes from.
pub(crate) struct StoredKey {
    key: RwLock<Arc<SoftwareEd25519>>,
    entropy: Arc<dyn Entropy>,
}

impl StoredKey {
    /// Takes the subject's key from the store; makes one the first time.
    pub(super) fn load_or_generate(
        store: &SealedStore,
        subject: &SubjectId,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Self, CitizenError> {
        let place = DEVICE_SEED.for_subject(subject);
        let key = if let Some(kept) = store.read(&place)? {
            let kept = <&[u8; 32]>::try_from(kept.as_slice());
            SoftwareEd25519::from_seed(kept.map_err(|_| CitizenFault::RecordUnreadable)?)
        } else {
            let (key, write) = generate(subject, entropy.as_ref())?;
            store.apply(&[write])?;
            key
        };
        Ok(Self {
            key: RwLock::new(Arc::new(key)),
            entropy,
        })
    }

    /// A key for a subject that has none yet, and what stores it.
    pub(super) fn fresh(
        subject: &SubjectId,
        entropy: Arc<dyn Entropy>,
    ) -> Result<(Self, SealedWrite), CitizenError> {
        let (key, write) = generate(subject, entropy.as_ref())?;
        let key = RwLock::new(Arc::new(key));
        Ok((Self { key, entropy }, write))
    }

    /// The next key of the subject, and what stores it.
    pub(super) fn generate(
        &self,
        subject: &SubjectId,
    ) -> Result<(SoftwareEd25519, SealedWrite), CitizenError> {
        generate(subject, self.entropy.as_ref())
    }

    /// Signs with this key from now on; the one before is wiped.
    pub(super) fn replace(&self, next: SoftwareEd25519) {
        *self.key.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(next);
    }

    fn key(&self) -> Arc<SoftwareEd25519> {
        Arc::clone(&self.key.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl DeviceSigner for StoredKey {
    fn public_key(&self) -> Result<DevicePublicKey, PortError> {
        self.key().public_key()
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, PortError> {
        self.key().sign(message)
    }

    fn is_hardware(&self) -> bool {
        false
    }

    fn credential_signer(&self, number: u64) -> Result<Option<Arc<dyn DeviceSigner>>, PortError> {
        Ok(Some(Arc::new(self.key().of_credential(number))))
    }

    fn credential_slots(&self) -> u32 {
        u32::MAX
    }
}

fn generate(
    subject: &SubjectId,
    entropy: &dyn Entropy,
) -> Result<(SoftwareEd25519, SealedWrite), CitizenError> {
    let mut seed = Zeroizing::new([0_u8; 32]);
    entropy.fill(seed.as_mut_slice())?;
    let write = DEVICE_SEED
        .for_subject(subject)
        .put(&Zeroizing::new(seed.to_vec()))?;
    Ok((SoftwareEd25519::from_seed(&seed), write))
}
