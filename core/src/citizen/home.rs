//! Reads the home view and tells of a change of colour.

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use super::records::TOLD_COLOUR;
use super::{
    CheckInsView, CitizenError, CitizenFault, ColourView, HealthCode, HomeView, ObjectionView,
    Recomputation, Stage, UploadRefusal, recompute,
};
use crate::colour::{ColourChange, ReasonTexts};
use crate::event::Event;
use crate::rules::Evidence;
use crate::trust::{RECEIPT_TYPE, RULE_SET_TYPE, open_bundle};
use crate::wire::{BundleKind, Receipt};

impl HealthCode {
    /// Everything the home screen shows.
    ///
    /// # Errors
    /// [`CitizenError::Store`]; a receipt that no longer verifies is left out, not shown.
    pub fn home(&self) -> Result<HomeView, CitizenError> {
        let now = self.now();
        let colour = self.colour_view()?;
        let credential = self.credential(now.at_secs());
        let uploads = self.context.sync.pending();
        let registered = self.identity()?.is_some();
        let stage = match (&colour, registered) {
            (Some(_), _) => Stage::Decided,
            (None, false) => Stage::NotRegistered,
            (None, true) if self.context.sync.registration()?.is_some() => Stage::AwaitingColour,
            (None, true) => Stage::RegistrationQueued,
        };
        let synced_at_ms = self.context.sync.state()?.checked_at_ms;
        let (refused, waiting): (Vec<_>, Vec<_>) = uploads
            .into_iter()
            .partition(|upload| upload.refusal.is_some());
        Ok(HomeView {
            stage,
            colour,
            code_available: credential
                .as_ref()
                .is_ok_and(|(.., is_expired)| !is_expired),
            credential_expires_at: credential.ok().map(|(_, claims, ..)| claims.expires_at),
            synced_at_ms,
            data_age_secs: synced_at_ms.map(|at_ms| (now.at_ms - at_ms).max(0) / 1_000),
            uploads_waiting: u32::try_from(waiting.len()).unwrap_or(u32::MAX),
            uploads_refused: refused
                .into_iter()
                .map(|upload| UploadRefusal {
                    upload_id: upload.upload_id,
                    code: upload
                        .refusal
                        .map(|refusal| refusal.code)
                        .unwrap_or_default(),
                })
                .collect(),
            objections: self
                .context
                .sync
                .corrections()?
                .into_iter()
                .map(|taken| ObjectionView {
                    upload_id: taken.id,
                    received_at: taken.received_at,
                    decided_by: taken.decided_by,
                })
                .collect(),
            time_is_anchored: now.source == crate::sync::TimeSource::Anchored,
        })
    }

    fn colour_view(&self) -> Result<Option<ColourView>, CitizenError> {
        let Some((receipt, sha256)) = self.receipt()? else {
            return Ok(None);
        };
        let recomputation = self.recomputation(&receipt, &sha256)?;
        let check_ins = self.check_ins(&receipt);
        let texts = ReasonTexts::new(&receipt.reason, &receipt.reason_texts);
        Ok(Some(ColourView {
            citizen_id: receipt.citizen_id,
            colour: receipt.colour,
            reason: receipt.reason.known(),
            reason_id: texts.id,
            why_en: texts.text_en,
            why_zh: texts.text_zh,
            instruction_en: texts.instruction_en,
            instruction_zh: texts.instruction_zh,
            since: receipt.since,
            earliest_green: receipt.earliest_green,
            evidence_date: receipt.evidence_date,
            rule_set_id: receipt.rule_set_id,
            rule_set_version: receipt.rule_set_version,
            rule_id: receipt.rule_id,
            check_ins,
            recomputation,
            receipt_sha256: sha256,
        }))
    }

    /// The receipt, verified again each time it is read, and its hash.
    fn receipt(&self) -> Result<Option<(Receipt, String)>, CitizenError> {
        let (Some(bytes), Some(trust)) = (
            self.context.sync.state()?.receipt,
            self.context.sync.trust_bundle()?,
        ) else {
            return Ok(None);
        };
        let Ok(signed) = open_bundle(RECEIPT_TYPE, &bytes, &trust, self.now().at_secs()) else {
            return Ok(None);
        };
        let receipt =
            serde_json::from_slice(signed.payload).map_err(|_| CitizenFault::RecordUnreadable)?;
        Ok(Some((
            receipt,
            data_encoding::HEXLOWER.encode(&Sha256::digest(&bytes)),
        )))
    }

    /// The home view is read after every change, reading a rule set takes longer than all the rest: once a receipt.
    fn recomputation(
        &self,
        receipt: &Receipt,
        sha256: &str,
    ) -> Result<Recomputation, CitizenError> {
        let known = super::lock(&self.recomputed).clone();
        if let Some((_, outcome)) = known.filter(|(known, _)| known == sha256) {
            return Ok(outcome);
        }
        let rule_set =
            self.published_payload(BundleKind::RuleSet, &receipt.rule_set_id, RULE_SET_TYPE)?;
        let outcome = recompute(receipt, rule_set.as_deref());
        if outcome != Recomputation::NotYet {
            *super::lock(&self.recomputed) = Some((sha256.to_owned(), outcome));
        }
        Ok(outcome)
    }

    /// "3 of 7", where the rule that decided counts them.
    fn check_ins(&self, receipt: &Receipt) -> Option<CheckInsView> {
        let (done, required) = receipt.check_ins_done.zip(receipt.check_ins_required)?;
        let evidence = Evidence::from_value(&receipt.evidence).ok();
        let last = evidence.and_then(|evidence| evidence.check_ins.last);
        let today = self.context.today();
        let is_done_today = last.as_ref() == Some(&today);
        let next_due = if is_done_today {
            tomorrow(&today)
        } else {
            Some(today)
        };
        Some(CheckInsView {
            done,
            required,
            last,
            next_due: next_due.filter(|_| done < required),
        })
    }

    /// The payload of a published bundle that is on the phone and verifies.
    pub(super) fn published_payload(
        &self,
        kind: BundleKind,
        name: &str,
        typ: &str,
    ) -> Result<Option<Vec<u8>>, CitizenError> {
        let (Some(bytes), Some(trust)) = (
            self.context.sync.bundle(kind, name)?,
            self.context.sync.trust_bundle()?,
        ) else {
            return Ok(None);
        };
        let signed = open_bundle(typ, &bytes, &trust, self.now().at_secs());
        Ok(signed.ok().map(|signed| signed.payload.to_vec()))
    }

    /// A published bundle as the last sync brought it, signature and all: for a checkpoint on this phone.
    ///
    /// # Errors
    /// [`CitizenError::Sync`].
    pub fn published_bundle(
        &self,
        kind: BundleKind,
        name: &str,
    ) -> Result<Option<Vec<u8>>, CitizenError> {
        Ok(self.context.sync.bundle(kind, name)?)
    }

    /// Tells the observer of a colour it was not told of yet. What was told is kept, so a change is told
    /// once, also when the app was killed between sync and alert.
    pub(super) fn announce_colour(&self) {
        let Ok(Some((receipt, _))) = self.receipt() else {
            return;
        };
        let place = TOLD_COLOUR.of(&self.context.subject);
        let told = self.context.read(&place).ok().flatten();
        if told == Some(receipt.colour) {
            return;
        }
        self.context.tell(Event::ColourChanged(ColourChange {
            from: told,
            to: receipt.colour,
            reason: receipt.reason.known(),
            texts: ReasonTexts::new(&receipt.reason, &receipt.reason_texts),
            since: receipt.since,
        }));
        // Not stored means told again next time: better twice than never.
        let _ = self.context.store.write(&place, &receipt.colour);
    }
}

/// The day after `day`, both `YYYY-MM-DD`.
fn tomorrow(day: &str) -> Option<String> {
    let day: NaiveDate = day.parse().ok()?;
    day.succ_opt().map(|next| next.to_string())
}
