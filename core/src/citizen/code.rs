//! The code to show now: a stored credential in a presentation of this phone's, made anew each slot.
//!
//! Invariant: a code is made only from a credential that the phone's own check took; one that has ended is shown as
//! ended. It judges nobody else's code. Which credential of several it is, `showing` says.

use std::sync::Arc;

use super::notices::grace_text;
use super::showing::Noting;
use super::{CitizenError, CitizenFault, CodeView, HealthCode, lock};
use crate::code::Rotation;
use crate::ports::{Clock as _, DeviceSigner};
use crate::trust::{DevicePublicKey, PresentationPolicy};
use crate::words;

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
    /// The code to show now. Call it again after `remaining_ms`, as long as the code is on the screen: where it was not asked for
    /// a minute, another showing begins, with another credential where there are several.
    ///
    /// # Errors
    /// [`CitizenFault::NoCode`], `Credential`, `Code`.
    pub fn current_code(&self) -> Result<CodeView, CitizenError> {
        let context = &self.context;
        let life = context.sync.life(&context.subject)?;
        let now_ms = self.now().at_ms;
        let at = now_ms.div_euclid(1_000);
        let snapshot = self.snapshot(at)?;
        let newest = snapshot.credential.as_ref().map_err(Clone::clone)?;
        let noting = Noting {
            store: &context.store,
            life: &life,
            entropy: context.sync.entropy().as_ref(),
        };
        let rotation_ms = u64::from(newest.policy.rotation_secs) * 1_000;
        let reading = context.sync.trusted_clock().read();
        let shows = self.showings.show(
            &context.subject,
            &snapshot.batch,
            at,
            (reading, rotation_ms),
            &noting,
        );
        let shows = shows.ok_or(CitizenFault::NoCode)?;
        let member = &shows.member;
        let held = if member.bytes == newest.bytes {
            Arc::clone(newest)
        } else {
            self.snapshots.shown(&snapshot, &member.bytes, at)?
        };
        let mut kept = lock(&self.rotation);
        let shown = match &mut *kept {
            Some(shown)
                if shown.credential == held.bytes
                    && shown.key_number == member.key_number
                    && shown.policy == held.policy =>
            {
                shown
            }
            stale => stale.insert(Shown {
                rotation: Rotation::new(held.bytes.clone(), &held.policy)?,
                signer: self.signer_of(&held.claims.device_key, member.key_number)?,
                credential: held.bytes.clone(),
                key_number: member.key_number,
                policy: held.policy.clone(),
            }),
        };
        let frame = shown.rotation.code_at(now_ms, shown.signer.as_ref())?;
        let accepted_until = snapshot.grace_until(at);
        let language = self.language();
        let shown_before_text = shows
            .was_shown_before
            .then(|| words::text("code-shown-before", language.words()).unwrap_or_default());
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
                .map(|until| grace_text(until, self.reading(at, &language))),
            shown_before_text: shown_before_text.map(str::to_owned),
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
