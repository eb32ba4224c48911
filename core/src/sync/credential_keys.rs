//! Keys of a subject's credentials: each credential is bound to another one, where the signer can make them.
//!
//! Invariant: keys are counted. The number goes up in the write that stores the credentials of the next keys and nowhere else,
//! and a key follows from its number; so, wherever a sync ends, the phone has the key of each credential that it holds, and
//! offers the same next keys until credentials come back for them. Sends nothing itself.

use std::cell::RefCell;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::batch::Member;
use super::error::SyncError;
use super::records::{CREDENTIAL_KEY, load};
use super::state::StoredState;
use crate::code::verify_credential;
use crate::ports::{DeviceSigner, PortError};
use crate::store::{SealedStore, SealedWrite, StoreError, SubjectId};
use crate::trust::{DevicePublicKey, TrustBundle};
use crate::wire::MAX_CREDENTIAL_KEYS;

/// Number of the last key that a credential was bound to; 0 before the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeyNumber {
    number: u64,
}

/// A key that a credential may be bound to.
#[derive(Clone)]
pub(super) struct NextKey {
    number: u64,
    pub(super) signer: Arc<dyn DeviceSigner>,
    key: DevicePublicKey,
}

/// The keys that credentials of the subject may be bound to now.
pub(super) struct CredentialKeys<'s> {
    signer: &'s dyn DeviceSigner,
    /// The last one that is in use.
    number: u64,
    own: DevicePublicKey,
    /// Those of the credentials that are held.
    held: Vec<(u64, DevicePublicKey)>,
    /// The next ones, as far as they were asked for: hardware makes them then.
    next: RefCell<Vec<NextKey>>,
}

impl<'s> CredentialKeys<'s> {
    pub(super) fn load(
        store: &SealedStore,
        subject: &SubjectId,
        state: &StoredState,
        signer: &'s dyn DeviceSigner,
    ) -> Result<Self, SyncError> {
        let mut last = number(store, subject)?;
        let mut held = Vec::new();
        for number in state.batch().map(|(number, _)| number) {
            last = last.max(number);
            if number > 0
                && let Some(signer) = signer.credential_signer(number)?
            {
                held.push((number, signer.public_key()?));
            }
        }
        Ok(Self {
            signer,
            number: last,
            own: signer.public_key()?,
            held,
            next: RefCell::default(),
        })
    }

    /// The next keys, as many as are `wanted` and the signer can hold; none where credentials are bound to the device's own key.
    pub(super) fn next(&self, wanted: usize) -> Result<Vec<NextKey>, PortError> {
        let mut next = self.next.borrow_mut();
        while next.len() < wanted.min(self.most()) {
            let before = next.last().map_or(self.number, |last| last.number);
            let number = before.saturating_add(1);
            let Some(signer) = self.signer.credential_signer(number)? else {
                break;
            };
            next.push(NextKey {
                number,
                key: signer.public_key()?,
                signer,
            });
        }
        Ok(next.iter().take(wanted).cloned().collect())
    }

    /// Number of the key, if a credential that is bound to it can be shown by this phone. The device's own has that of the last.
    pub(super) fn number_of(&self, key: &DevicePublicKey) -> Result<Option<u64>, PortError> {
        if let Some((number, _)) = self.held.iter().find(|(_, held)| held == key) {
            return Ok(Some(*number));
        }
        if self.own == *key {
            return Ok(Some(self.number));
        }
        // It may have been offered in a request whose answer was lost.
        for wanted in 1..=self.most() {
            match self.next(wanted)?.last() {
                Some(next) if next.key == *key => return Ok(Some(next.number)),
                _ => {}
            }
        }
        Ok(None)
    }

    /// What to write along with credentials, of which `newest` has the last key.
    pub(super) fn write(
        &self,
        subject: &SubjectId,
        newest: &Member,
    ) -> Result<Option<SealedWrite>, StoreError> {
        let number = newest.key_number;
        let place = CREDENTIAL_KEY.for_subject(subject);
        let is_next = number > self.number;
        is_next
            .then(|| place.put(&KeyNumber { number }))
            .transpose()
    }

    /// Whether what is held should be replaced at `at` (Unix seconds): there is none that counts and can be shown, or of more than
    /// half of them half of the life is over.
    pub(super) fn is_renewal_due(&self, held: &StoredState, trust: &TrustBundle, at: i64) -> bool {
        let is_fresh = |credential: &[u8]| {
            let claims = verify_credential(credential, trust, at).ok();
            claims.is_some_and(|claims| {
                let life = claims.expires_at - claims.issued_at();
                let keys = self.held.iter().map(|(_, key)| key);
                let can_show = keys.chain([&self.own]).any(|key| *key == claims.device_key);
                can_show && (claims.expires_at - at) * 2 >= life
            })
        };
        let fresh = held.batch().filter(|(_, it)| is_fresh(it)).count();
        fresh == 0 || fresh * 2 < held.batch().count()
    }

    /// How many may wait beside as many that are held.
    fn most(&self) -> usize {
        let slots = usize::try_from(self.signer.credential_slots()).unwrap_or(usize::MAX);
        (slots / 2).clamp(1, MAX_CREDENTIAL_KEYS)
    }
}

/// The number of the last key that is in use, 0 before the first. One that cannot be read counts as none: the next
/// credential is bound to the first key again.
pub(super) fn number(store: &SealedStore, subject: &SubjectId) -> Result<u64, StoreError> {
    let number = load(store, &CREDENTIAL_KEY.for_subject(subject))?;
    Ok(number.unwrap_or_default().number)
}
