//! The code to show now: the stored credential in a presentation of this phone's, made anew each slot.
//!
//! Invariant: a code is made only from a credential that the phone's own check took; one that has ended is shown as
//! ended. It judges nobody else's code.

use super::{CitizenError, CodeView, HealthCode, lock};
use crate::code::Rotation;
use crate::trust::PresentationPolicy;

/// The rotation under way and what it was made from.
pub(super) struct Shown {
    credential: Vec<u8>,
    policy: PresentationPolicy,
    rotation: Rotation,
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
            Some(shown) if shown.credential == held.bytes && shown.policy == held.policy => shown,
            stale => stale.insert(Shown {
                rotation: Rotation::new(held.bytes.clone(), &held.policy)?,
                credential: held.bytes.clone(),
                policy: held.policy.clone(),
            }),
        };
        let frame = shown
            .rotation
            .code_at(now_ms, self.context.signer.as_ref())?;
        Ok(CodeView {
            text: frame.text,
            colour: held.claims.colour,
            masked_name: held.claims.masked_name.clone(),
            remaining_ms: frame.remaining_ms,
            rotation_secs: frame.rotation_secs,
            credential_expires_at: held.claims.expires_at,
            is_expired: held.is_expired,
        })
    }
}
