//! The code to show now: the stored credential in a presentation of this phone's, made anew each slot.
//!
//! Invariant: a code is made only from a credential that the phone's own check took; one that has ended is shown as
//! ended. It judges nobody else's code.

use std::sync::Arc;

use super::notices::grace_text;
use super::{CitizenError, CodeView, HealthCode, lock};
use crate::code::Rotation;
use crate::ports::DeviceSigner;
use crate::trust::{DevicePublicKey, PresentationPolicy};

/// The rotation under way and what it was made from.
pub(super) struct Shown {
    credential: Vec<u8>,
    /// Number of the credential's key.
    key_number: u64,
    policy: PresentationPolicy,
    rotation: Rotation,
    /// Has the key that the credential is bound to.
    signer: Arc<dyn DeviceSigner>,
}

impl HealthCode {
    /// The code to show now. Call it again after `remaining_ms`.
    ///
    /// # Errors
    /// [`CitizenFault::NoCode`](super::CitizenFault::NoCode), `Credential`, `Code`.
    pub fn current_code(&self) -> Result<CodeView, CitizenError> {
        let now_ms = self.now().at_ms;
        let snapshot = self.snapshot(now_ms.div_euclid(1_000))?;
        let held = snapshot.credential.as_ref().map_err(Clone::clone)?;
        let mut kept = lock(&self.rotation);
        let shown = match &mut *kept {
            Some(shown)
                if shown.credential == held.bytes
                    && shown.key_number == snapshot.credential_key
                    && shown.policy == held.policy =>
            {
                shown
            }
            stale => stale.insert(Shown {
                rotation: Rotation::new(held.bytes.clone(), &held.policy)?,
                signer: self.signer_of(&held.claims.device_key, snapshot.credential_key)?,
                credential: held.bytes.clone(),
                key_number: snapshot.credential_key,
                policy: held.policy.clone(),
            }),
        };
        let frame = shown.rotation.code_at(now_ms, shown.signer.as_ref())?;
        let accepted_until = snapshot.grace_until(now_ms.div_euclid(1_000));
        let language = self.language();
        Ok(CodeView {
            text: frame.text,
            colour: held.claims.colour,
            scheme: held.claims.scheme,
            masked_name: held.claims.masked_name.clone(),
            remaining_ms: frame.remaining_ms,
            rotation_secs: frame.rotation_secs,
            credential_expires_at: held.claims.expires_at,
            is_expired: held.is_expired,
            accepted_until,
            accepted_until_text: accepted_until
                .map(|until| grace_text(until, self.reading(now_ms.div_euclid(1_000), &language))),
        })
    }

    /// The signer of a credential: that of its number, or the device's own, to which earlier versions bound them.
    fn signer_of(
        &self,
        key: &DevicePublicKey,
        number: u64,
    ) -> Result<Arc<dyn DeviceSigner>, CitizenError> {
        let own = &self.context.signer;
        if number > 0
            && let Some(signer) = own.credential_signer(number)?
            && signer.public_key()? == *key
        {
            return Ok(signer);
        }
        Ok(Arc::clone(own))
    }
}
