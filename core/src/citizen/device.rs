//! The device key where no hardware holds one: Ed25519, its seed sealed in the store.

use zeroize::Zeroizing;

use super::{CitizenError, CitizenFault};
use crate::ports::Entropy;
use crate::store::{Collection, SealedStore};
use crate::trust::SoftwareEd25519;

const SEED: &str = "ed25519-seed";

/// Takes the key from the store; makes one the first time.
pub(super) fn load_or_generate(
    store: &SealedStore,
    entropy: &dyn Entropy,
) -> Result<SoftwareEd25519, CitizenError> {
    let mut seed = Zeroizing::new([0_u8; 32]);
    if let Some(kept) = store.get(Collection::Device, SEED)? {
        let kept: &[u8; 32] = kept
            .as_slice()
            .try_into()
            .map_err(|_| CitizenFault::RecordUnreadable)?;
        seed.copy_from_slice(kept);
    } else {
        entropy.fill(seed.as_mut_slice())?;
        store.put(Collection::Device, SEED, seed.as_slice())?;
    }
    Ok(SoftwareEd25519::from_seed(&seed))
}
