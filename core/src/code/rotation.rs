//! The rotating code on the phone's screen: one signature for each slot, whatever the screen asks.
//!
//! Invariant: a text is never shown for longer than the rotation time, nor after the clock went back before its making.
//! Does not judge the credential: one that has expired goes on being shown, since only the checkpoint knows of a grace
//! order that the phone could not fetch.

use super::presentation::{is_audience, present_verified};
use super::{CodeError, CredentialClaims, read_credential};
use crate::ports::DeviceSigner;
use crate::trust::PresentationPolicy;

/// What to show now.
#[derive(Clone, PartialEq, Eq)]
pub struct CodeFrame {
    /// Text of the QR code.
    pub text: String,
    /// When it was made, Unix milliseconds.
    pub valid_from_ms: i64,
    /// How long until the next one, milliseconds, 1 to the rotation time.
    pub remaining_ms: u32,
    /// The rotation time, seconds.
    pub rotation_secs: u32,
}

impl std::fmt::Debug for CodeFrame {
    /// A code is a personal thing: it does not reach a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CodeFrame({} ms left, text hidden)", self.remaining_ms)
    }
}

/// A credential and the frame made from it last.
pub struct Rotation {
    credential: Vec<u8>,
    claims: CredentialClaims,
    audience: Option<String>,
    slot_secs: u32,
    /// When the last text was made, and the text.
    last: Option<(i64, String)>,
}

impl std::fmt::Debug for Rotation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Rotation({} s, credential hidden)", self.slot_secs)
    }
}

impl Rotation {
    /// Shows `credential` (verified when it came), with the rotation time of `policy`.
    ///
    /// # Errors
    /// [`CodeError::CredentialMalformed`].
    pub fn new(credential: Vec<u8>, policy: &PresentationPolicy) -> Result<Self, CodeError> {
        let claims = read_credential(&credential).map_err(|_| CodeError::CredentialMalformed)?;
        Ok(Self {
            credential,
            claims,
            audience: None,
            slot_secs: policy.rotation_secs.max(1),
            last: None,
        })
    }

    /// What the credential says.
    #[must_use]
    pub const fn claims(&self) -> &CredentialClaims {
        &self.claims
    }

    /// Binds the next codes to a place, or to none. The frame on the screen ends if that is a change.
    ///
    /// # Errors
    /// [`CodeError::AudienceInvalid`]; nothing changes then.
    pub fn set_audience(&mut self, audience: Option<String>) -> Result<(), CodeError> {
        if audience.as_deref().is_some_and(|id| !is_audience(id)) {
            return Err(CodeError::AudienceInvalid);
        }
        if audience != self.audience {
            self.audience = audience;
            self.last = None;
        }
        Ok(())
    }

    /// The frame for `now_ms` (trusted time, Unix milliseconds); signs only if the last one is over.
    ///
    /// # Errors
    /// [`CodeError::SignerMismatch`], [`CodeError::SignerFailed`], [`CodeError::ClaimsOutOfRange`] for a time outside of
    /// the format. The last frame is kept.
    pub fn code_at(
        &mut self,
        now_ms: i64,
        signer: &dyn DeviceSigner,
    ) -> Result<CodeFrame, CodeError> {
        if let Some((made_at_ms, text)) = &self.last
            && let Some(remaining_ms) = self.remaining_ms(*made_at_ms, now_ms)
        {
            return Ok(self.frame(text.clone(), *made_at_ms, remaining_ms));
        }
        // The phone's idea of the time may lie a little before the authority's at issue.
        let issued_at = now_ms.div_euclid(1_000).max(self.claims.issued_at());
        let text = present_verified(
            &self.credential,
            &self.claims.device_key,
            issued_at,
            self.audience.as_deref(),
            signer,
        )?;
        self.last = Some((now_ms, text.clone()));
        Ok(self.frame(text, now_ms, self.slot_secs.saturating_mul(1_000)))
    }

    fn remaining_ms(&self, made_at_ms: i64, now_ms: i64) -> Option<u32> {
        let elapsed = u32::try_from(now_ms.checked_sub(made_at_ms)?).ok()?;
        let remaining = self.slot_secs.saturating_mul(1_000).checked_sub(elapsed)?;
        (remaining > 0).then_some(remaining)
    }

    const fn frame(&self, text: String, valid_from_ms: i64, remaining_ms: u32) -> CodeFrame {
        CodeFrame {
            text,
            valid_from_ms,
            remaining_ms,
            rotation_secs: self.slot_secs,
        }
    }
}

#[cfg(test)]
#[path = "rotation_tests.rs"]
mod tests;
