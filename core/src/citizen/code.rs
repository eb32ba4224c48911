//! The code to show now: the stored credential in a presentation of this phone's, made anew each slot.
//!
//! Invariant: a code is made only from a credential that the phone's own check took; one that has ended is shown as
//! ended. It judges nobody else's code.

use super::{CitizenError, CitizenFault, CodeView, HealthCode, lock};
use crate::code::{CredentialClaims, Refusal, Rotation, read_credential, verify_credential};
use crate::trust::TrustBundle;

/// The rotation under way and what it was made from.
pub(super) struct Shown {
    credential: Vec<u8>,
    rotation: Rotation,
}

impl HealthCode {
    /// The code to show now. Call it again after `remaining_ms`.
    ///
    /// # Errors
    /// [`CitizenFault::NoCode`], [`CitizenError::Credential`], [`CitizenError::Code`].
    pub fn current_code(&self) -> Result<CodeView, CitizenError> {
        let now_ms = self.now().at_ms;
        let (bytes, claims, trust, is_expired) = self.credential(now_ms / 1_000)?;
        let mut kept = lock(&self.rotation);
        let mut shown = match kept.take() {
            Some(shown) if shown.credential == bytes => shown,
            _ => Shown {
                rotation: Rotation::new(bytes.clone(), &trust.policy)?,
                credential: bytes,
            },
        };
        let frame = shown.rotation.code_at(now_ms, self.context.signer.as_ref());
        *kept = Some(shown);
        let frame = frame?;
        Ok(CodeView {
            text: frame.text,
            colour: claims.colour,
            masked_name: claims.masked_name,
            remaining_ms: frame.remaining_ms,
            rotation_secs: frame.rotation_secs,
            credential_expires_at: claims.expires_at,
            is_expired,
        })
    }

    /// The stored credential, what it says, the trust bundle, and whether the credential has expired. One that
    /// has is still shown: a checkpoint may hold an outage-grace order that the phone could not fetch.
    pub(super) fn credential(
        &self,
        at: i64,
    ) -> Result<(Vec<u8>, CredentialClaims, TrustBundle, bool), CitizenError> {
        let state = self.context.sync.state()?;
        let bytes = state.credential.ok_or(CitizenFault::NoCode)?;
        let trust = self.context.sync.trust_bundle()?;
        let trust = trust.ok_or(CitizenFault::NoCode)?;
        match verify_credential(&bytes, &trust, at) {
            Ok(claims) => Ok((bytes, claims, trust, false)),
            Err(Refusal::CredentialExpired) => {
                let claims = read_credential(&bytes)?;
                Ok((bytes, claims, trust, true))
            }
            Err(refusal) => Err(refusal.into()),
        }
    }
}
