//! What must hold of a life, all the while and in the end, by what the authority keeps.
//!
//! Invariant: looks only. What is wrong is said in words.

use data_encoding::BASE64URL_NOPAD;
use health_code_authority::testing::{InProcess, KeptUpload};
use health_code_core::code::{read_credential, verify_credential};
use health_code_core::ports::{Clock as _, DeviceSigner as _};
use health_code_core::sync::{ErasureOutcome, StoredState};
use health_code_core::trust::SoftwareEd25519;
use health_code_core::wire::RegistrationRequest;

use super::life::{DEVICE_SEED, Life, OWNER, code};

impl Life {
    /// Whether a checkpoint would take the credential.
    pub(super) fn counts(&self, credential: &[u8]) -> bool {
        let at = self.clocks[1].read().wall_ms / 1_000;
        let trust = self.engine.trust_bundle().ok().flatten();
        trust.is_some_and(|trust| verify_credential(credential, &trust, at).is_ok())
    }

    /// What holds at any time.
    pub(super) fn always(&self) -> Result<(), String> {
        let citizens = self.line.authority(InProcess::citizens);
        if citizens.len() > 1 {
            return Err(format!("{} registrations", citizens.len()));
        }
        self.no_upload_lost_or_foreign(false)?;
        self.was_told(&self.state()?)
    }

    /// The authority made everything that the phone holds.
    pub(super) fn was_told(&self, state: &StoredState) -> Result<(), String> {
        let held = [&state.receipt, &state.credential];
        if held.into_iter().flatten().all(|it| self.line.was_told(it)) {
            return Ok(());
        }
        Err("a colour that the authority never told".to_owned())
    }

    /// Every upload is on the phone or at the authority; in the end it is there alone, unless it was refused.
    pub(super) fn no_upload_lost_or_foreign(&self, is_end: bool) -> Result<(), String> {
        let kept = self.line.authority(InProcess::uploads);
        let pending = self.engine.pending(&OWNER).map_err(code)?;
        for upload in &kept {
            let same =
                |other: &&KeptUpload| (other.name, &other.body) == (upload.name, &upload.body);
            if kept.iter().filter(same).count() > 1 {
                return Err("the same was declared twice".to_owned());
            }
            let mut known = self.queued.iter();
            let queued = known.find(|queued| queued.id == upload.id);
            let queued = queued.ok_or("an upload that the citizen never made")?;
            if queued.body != upload.body {
                return Err("other bytes than the citizen's".to_owned());
            }
            if is_end && queued.is_erased {
                return Err("an erased citizen's upload is kept".to_owned());
            }
        }
        for queued in self.queued.iter().filter(|queued| !queued.is_erased) {
            let count = kept.iter().filter(|kept| kept.id == queued.id).count();
            let waits = pending.iter().find(|one| one.upload_id == queued.id);
            match (count, waits.map(|upload| &upload.refusal)) {
                // Sent again once the phone is told; in the end it was.
                (0, None) if self.has_lost && !is_end => {}
                (0, None) => return Err("an upload is lost".to_owned()),
                (0, Some(Some(refusal))) if refusal.code.is_empty() => {
                    return Err("a refusal without a code".to_owned());
                }
                (1, Some(Some(_))) => return Err("taken, and shown as refused".to_owned()),
                (_, Some(None)) if is_end => return Err("an upload waits for ever".to_owned()),
                _ => {}
            }
        }
        Ok(())
    }

    /// The phone has exactly what the authority decided and issued.
    pub(super) fn agrees_with_authority(&self, state: &StoredState) -> Result<(), String> {
        let registration = self.engine.registration(&OWNER).map_err(code)?;
        let Some(registration) = registration else {
            return Ok(());
        };
        let authority = self
            .line
            .authority(|authority| authority.state(&registration.citizen_id));
        let encoded =
            |bytes: &Option<Vec<u8>>| bytes.as_ref().map(|bytes| BASE64URL_NOPAD.encode(bytes));
        if encoded(&state.receipt) != authority.receipt {
            return Err("another colour than the authority's".to_owned());
        }
        if encoded(&state.credential) != authority.credential {
            return Err("another code than the authority's".to_owned());
        }
        Ok(())
    }

    /// Everything is as it has to be in the end.
    pub(super) fn is_right(&self) -> Result<(), String> {
        let citizens = self.line.authority(InProcess::citizens);
        if citizens.len() != usize::from(self.is_registered) {
            return Err(format!("{} registrations in the end", citizens.len()));
        }
        let registration = self.engine.registration(&OWNER).map_err(code)?;
        let registered = registration.map(|registration| registration.citizen_id);
        if registered.as_ref() != citizens.first() {
            return Err("the phone does not know who it is".to_owned());
        }
        let identities = self.line.authority(InProcess::identities);
        let asked = serde_json::from_slice::<RegistrationRequest>(&self.registration);
        let asked = asked.map(|asked| asked.identity).ok();
        if self.is_registered && identities.into_iter().next() != asked {
            return Err("other details than the citizen's last".to_owned());
        }
        self.no_upload_lost_or_foreign(true)?;
        if self.was_erased && !self.is_registered {
            let left = self.line.authority(InProcess::personal_records);
            if left > 0 {
                return Err(format!("{left} records of an erased citizen"));
            }
        }
        for (_, erasure) in self.engine.erasures() {
            match erasure.outcome {
                Some(ErasureOutcome::Confirmed { .. } | ErasureOutcome::NothingHeld) => {}
                other => return Err(format!("an erasing ended as {other:?}")),
            }
        }
        let state = self.state()?;
        self.agrees_with_authority(&state)?;
        let mut kept = self.line.authority(InProcess::uploads).into_iter();
        if kept.any(|upload| upload.name == "declarations") {
            self.has_a_code(&state)?;
        }
        Ok(())
    }

    /// Who declared has a code that counts, of the receipt's colour.
    pub(super) fn has_a_code(&self, state: &StoredState) -> Result<(), String> {
        let credential = state.credential.as_deref().ok_or("no code")?;
        if !self.counts(credential) {
            return Err("a code that does not count".to_owned());
        }
        let claims = read_credential(credential).map_err(|refusal| refusal.code().to_owned())?;
        let key = SoftwareEd25519::from_seed(&DEVICE_SEED).public_key();
        if key != Ok(claims.device_key) {
            return Err("somebody else's code".to_owned());
        }
        if state.receipt.is_none() {
            return Err("a code without a receipt".to_owned());
        }
        Ok(())
    }
}
