//! The device key where no hardware holds one: Ed25519, its seed sealed in the store.

use zeroize::Zeroizing;

use super::records::DEVICE_SEED;
use super::{CitizenError, CitizenFault};
use crate::ports::Entropy;
use crate::store::{SealedStore, SubjectId};
use crate::trust::SoftwareEd25519;

/// Takes the subject's key from the store; makes one the first time.
pub(super) fn load_or_generate(
    store: &SealedStore,
    subject: &SubjectId,
    entropy: &dyn Entropy,
) -> Result<SoftwareEd25519, CitizenError> {
    let mut seed = Zeroizing::new([0_u8; 32]);
    let place = DEVICE_SEED.of(subject);
    if let Some(kept) = store.read(&place)? {
        let kept: &[u8; 32] = kept
            .as_slice()
            .try_into()
            .map_err(|_| CitizenFault::RecordUnreadable)?;
        seed.copy_from_slice(kept);
    } else {
        entropy.fill(seed.as_mut_slice())?;
        store.write(&place, &Zeroizing::new(seed.to_vec()))?;
    }
    Ok(SoftwareEd25519::from_seed(&seed))
}
