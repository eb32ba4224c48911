//! Keys of a subject's credentials: each credential is bound to another one, where the signer can make them.
//!
//! Invariant: keys are counted. The number goes up in the write that stores the credential of the next key and nowhere else,
//! and a key follows from its number; so, wherever a sync ends, the phone has the key of each credential that it holds, and
//! offers the same next key until a credential comes back for it. Sends nothing itself.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::error::SyncError;
use super::records::{CREDENTIAL_KEY, load};
use super::state::StoredState;
use crate::code::verify_credential;
use crate::ports::DeviceSigner;
use crate::store::{SealedStore, SealedWrite, StoreError, SubjectId};
use crate::trust::{DevicePublicKey, TrustBundle};

/// Number of the key that the newest credential is bound to; 0 before the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeyNumber {
    number: u64,
}

/// The keys that a credential of the subject may be bound to now.
pub(super) struct CredentialKeys {
    number: u64,
    /// The device's own, and that of the newest credential.
    held: Vec<DevicePublicKey>,
    next: Option<(Arc<dyn DeviceSigner>, DevicePublicKey)>,
}

impl CredentialKeys {
    pub(super) fn load(
        store: &SealedStore,
        subject: &SubjectId,
        signer: &dyn DeviceSigner,
    ) -> Result<Self, SyncError> {
        let number = number(store, subject)?;
        let mut held = vec![signer.public_key()?];
        if number > 0
            && let Some(current) = signer.credential_signer(number)?
        {
            held.push(current.public_key()?);
        }
        let next = signer.credential_signer(number.saturating_add(1))?;
        let next = next.map(|next| next.public_key().map(|key| (next, key)));
        Ok(Self {
            number,
            held,
            next: next.transpose()?,
        })
    }

    /// The signer to offer next; none where credentials are bound to the device's own key.
    pub(super) fn next(&self) -> Option<&dyn DeviceSigner> {
        self.next.as_ref().map(|(signer, _)| signer.as_ref())
    }

    /// Whether a credential that is bound to `key` can be shown by this phone.
    pub(super) fn contain(&self, key: &DevicePublicKey) -> bool {
        self.held.contains(key) || self.is_next(key)
    }

    /// What to write along with a credential that is bound to `key`.
    pub(super) fn write(
        &self,
        subject: &SubjectId,
        key: &DevicePublicKey,
    ) -> Result<Option<SealedWrite>, StoreError> {
        let number = KeyNumber {
            number: self.number.saturating_add(1),
        };
        let place = CREDENTIAL_KEY.for_subject(subject);
        self.is_next(key).then(|| place.put(&number)).transpose()
    }

    /// Whether the credential that is held should be replaced at `at` (Unix seconds): there is none, it does not count or
    /// cannot be shown, or half of its life is over.
    pub(super) fn is_renewal_due(&self, held: &StoredState, trust: &TrustBundle, at: i64) -> bool {
        let held = held.credential.as_deref();
        let Some(Ok(claims)) = held.map(|it| verify_credential(it, trust, at)) else {
            return true;
        };
        let life = claims.expires_at - claims.issued_at();
        !self.held.contains(&claims.device_key) || (claims.expires_at - at) * 2 < life
    }

    fn is_next(&self, key: &DevicePublicKey) -> bool {
        self.next.as_ref().is_some_and(|(_, next)| next == key)
    }
}

/// The number of the newest credential's key, 0 before the first. One that cannot be read counts as none: the next
/// credential is bound to the first key again.
pub(super) fn number(store: &SealedStore, subject: &SubjectId) -> Result<u64, StoreError> {
    let number = load(store, &CREDENTIAL_KEY.for_subject(subject))?;
    Ok(number.unwrap_or_default().number)
}
