//! What a citizen does: appeals, follows it, withdraws. All of it works offline.
//!
//! Invariant: each call writes once, with everything that belongs to it.

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::AppealError;
use super::answering;
use super::evidence::{EvidenceEntry, MAX_EVIDENCE};
use super::in_words::{ByCitizen, WaitingAppeal};
use super::records::{
    APPEAL as HELD, AppealDraft, DRAFT, HeldAppeal, MISSING, PIECE, READ, STORED,
};
use super::sending::{APPEAL, WITHDRAWAL};
use super::views::{AppealStatus, AppealsView};
use super::wire::{Appeal, Withdrawal};
use crate::citizen::context::{Context, json};
use crate::citizen::{CitizenError, CitizenFault, HealthCode};
use crate::encoding::json as read_json;
use crate::store::SealedWrite;
use crate::sync::{PendingUpload, RefusedUpload, UploadKind};

/// How long evidence stays on the phone after the authority has it, seconds: as long as it may ask for it again.
const KEPT_SECS: i64 = 14 * 86_400;
/// Most appeals of a subject whose evidence is on the phone at a time, what is being written included.
pub(super) const MAX_STORED: usize = 4 * MAX_EVIDENCE;

impl HealthCode {
    /// Appeals against the colour shown, with the evidence that was added. Works offline. Gives the appeal's id.
    ///
    /// # Errors
    /// [`CitizenFault::NotRegistered`], [`CitizenFault::NoCode`] before there is a colour, `FormRefused` with the fields
    /// `statement` or `evidence.0`, `Sync`, `Store`.
    pub fn submit_appeal(&self, statement: &str) -> Result<String, CitizenError> {
        let _one = lock_evidence();
        let context = &self.context;
        let life = context.sync.life(&context.subject)?;
        self.require_registration()?;
        let colour = self.home()?.colour.ok_or(CitizenFault::NoCode)?;
        let appeal = Appeal {
            receipt_sha256: colour.receipt_sha256,
            statement: statement.to_owned(),
            evidence: self.stored_draft()?.evidence,
        }
        .cleaned();
        appeal.check()?;
        let along = vec![DRAFT.for_subject(&context.subject).delete()];
        let body = json(&appeal)?;
        Ok(context.sync.enqueue_with(&life, &APPEAL, &body, along)?)
    }

    /// Every appeal of the subject, the newest first.
    ///
    /// # Errors
    /// `Store`.
    pub fn appeals(&self) -> Result<AppealsView, CitizenError> {
        let language = self.language();
        let now = self.now().at_secs();
        let reading = self.reading(now, &language);
        let by = ByCitizen {
            answers: answering::waiting(self)?,
            ..by_citizen(&self.context)?
        };
        let held = self.held_appeals()?.into_iter();
        let mut appeals: Vec<_> = held.map(|(id, held)| reading.held(id, held, &by)).collect();
        for upload in self.pending_appeals()? {
            let place = MISSING
                .for_subject(&self.context.subject)
                .at(&upload.upload_id);
            let refusal = upload.refusal.as_ref().map(|refusal| {
                let kind = UploadKind::Known(&APPEAL);
                let mut refused = RefusedUpload::new(&upload.upload_id, kind, refusal);
                self.in_words(&mut refused, &language);
                refused.field_text.unwrap_or(refused.text)
            });
            let waiting = WaitingAppeal {
                appeal: self.pending_appeal(&upload.upload_id)?,
                missing: self.context.read(&place)?.map(|missing| missing.len()),
                refusal,
                id: upload.upload_id,
            };
            // One that is sent again to an authority that lost it is there already.
            appeals.retain(|appeal| appeal.id != waiting.id);
            appeals.push(reading.waiting(waiting));
        }
        // By id: UUIDs of version 7 are by the time of their making.
        crate::sorting::sort_by(&mut appeals, |left, right| right.id.cmp(&left.id));
        let count = |is_it: &dyn Fn(&super::AppealView) -> bool| {
            let count = appeals.iter().filter(|appeal| is_it(appeal)).count();
            u32::try_from(count).unwrap_or(u32::MAX)
        };
        let overdue = count(&|appeal| appeal.status == AppealStatus::Overdue);
        let new_decisions = count(&|appeal| appeal.is_new);
        let asked = count(&|appeal| appeal.status == AppealStatus::Asked);
        let all = u32::try_from(appeals.len()).unwrap_or(u32::MAX);
        let (id, number) = match (overdue, asked, new_decisions) {
            (1.., _, _) => ("appeals-overdue", overdue),
            (0, 1.., _) => ("appeals-asked", asked),
            (0, 0, 1..) => ("appeals-new", new_decisions),
            (0, 0, 0) => ("appeals-count", all),
        };
        let text = reading.format(id, [("count", number.into())]);
        Ok(AppealsView {
            appeals,
            new_decisions,
            overdue,
            text,
        })
    }

    /// Notes that the citizen looked at the decision of an appeal.
    ///
    /// # Errors
    /// [`AppealError::Unknown`]; `Store`.
    pub fn mark_appeal_read(&self, id: &str) -> Result<(), CitizenError> {
        let _one = lock_evidence();
        let held = self.held_appeals()?;
        if held.iter().all(|(held, _)| held != id) {
            return Err(AppealError::Unknown.into());
        }
        let place = READ.for_subject(&self.context.subject);
        let mut read = self.context.read(&place)?.unwrap_or_default();
        read.retain(|one| held.iter().any(|(held, _)| held == one));
        read.insert(id.to_owned());
        self.write(&[place.put(&read)?])
    }

    /// Withdraws an appeal that is not decided. One that was not sent goes at once; for one that the authority has a
    /// withdrawal is queued.
    ///
    /// # Errors
    /// [`AppealError::Unknown`], [`AppealError::Closed`]; `Store`, `Sync`.
    pub fn withdraw_appeal(&self, id: &str) -> Result<(), CitizenError> {
        let context = &self.context;
        let _one = lock_evidence();
        let is_pending = self
            .pending_appeals()?
            .iter()
            .any(|one| one.upload_id == id);
        let place = HELD.for_subject(&context.subject).at(id);
        let held = context.read(&place)?;
        if is_pending {
            context.sync.dismiss(&context.subject, id)?;
            // The authority may have it all the same, where its answer was lost: then the part tells of it.
            return self.write(&self.unused(&self.stored_draft()?)?);
        }
        let held = held.ok_or(AppealError::Unknown)?;
        if !held.is_open() || by_citizen(context)?.withdrawing.contains(id) {
            return Err(AppealError::Closed.into());
        }
        // What was to be added to it is not sent any more.
        let mut answers = answering::waiting(self)?;
        for request in &held.requests {
            if let Some(answer) = answers.remove(&request.told.id) {
                context.sync.dismiss(&context.subject, &answer.upload_id)?;
            }
        }
        let withdrawal = Withdrawal {
            appeal: id.to_owned(),
        };
        let body = json(&withdrawal)?;
        context.sync.enqueue(&context.subject, &WITHDRAWAL, &body)?;
        Ok(())
    }

    /// Takes an appeal that is over from the list: decided, withdrawn or refused.
    ///
    /// # Errors
    /// [`AppealError::Unknown`], [`AppealError::Open`]; `Store`, `Sync`.
    pub fn dismiss_appeal(&self, id: &str) -> Result<(), CitizenError> {
        let _one = lock_evidence();
        let context = &self.context;
        let pending = self.pending_appeals()?;
        if let Some(upload) = pending.iter().find(|one| one.upload_id == id) {
            if upload.refusal.is_none() {
                return Err(AppealError::Open.into());
            }
            context.sync.dismiss(&context.subject, id)?;
            return self.write(&self.unused(&self.stored_draft()?)?);
        }
        let place = HELD.for_subject(&context.subject).at(id);
        let held = context.read(&place)?.ok_or(AppealError::Unknown)?;
        if held.is_open() {
            return Err(AppealError::Open.into());
        }
        self.write(&[place.delete()])
    }

    pub(super) fn stored_draft(&self) -> Result<AppealDraft, CitizenError> {
        stored_draft(&self.context)
    }

    pub(super) fn stored_evidence(&self) -> Result<Vec<EvidenceEntry>, CitizenError> {
        let place = STORED.for_subject(&self.context.subject);
        Ok(self.context.read(&place)?.unwrap_or_default())
    }

    /// Those of the citizen that is registered here.
    fn held_appeals(&self) -> Result<Vec<(String, HeldAppeal)>, CitizenError> {
        held(&self.context)
    }

    fn pending_appeals(&self) -> Result<Vec<PendingUpload>, CitizenError> {
        let pending = self.context.sync.pending(&self.context.subject)?;
        let is_appeal = |upload: &PendingUpload| upload.kind == UploadKind::Known(&APPEAL);
        Ok(pending.into_iter().filter(is_appeal).collect())
    }

    fn pending_appeal(&self, upload_id: &str) -> Result<Appeal, CitizenError> {
        let context = &self.context;
        let body = context.sync.pending_body(&context.subject, upload_id)?;
        Ok(read_json::from_slice(&body).map_err(|_| CitizenFault::RecordUnreadable)?)
    }

    /// What takes away the evidence that nothing needs any more, with `draft` as what is being written.
    pub(super) fn unused(&self, draft: &AppealDraft) -> Result<Vec<SealedWrite>, CitizenError> {
        let subject = &self.context.subject;
        let mut needed: Vec<EvidenceEntry> = draft.evidence.clone();
        for upload in self.pending_appeals()? {
            needed.extend(self.pending_appeal(&upload.upload_id)?.evidence);
        }
        for answer in answering::waiting(self)?.into_values() {
            needed.extend(answer.evidence);
        }
        let now = self.now().at_secs();
        let may_be_asked = |held: &HeldAppeal| held.is_open() && now < held.received_at + KEPT_SECS;
        let held = self.held_appeals()?.into_iter();
        needed.extend(
            held.filter(|(_, held)| may_be_asked(held))
                .flat_map(|(_, held)| held.all_evidence()),
        );
        let pieces: BTreeSet<&String> = needed.iter().flat_map(|entry| &entry.pieces).collect();
        let stored = self.stored_evidence()?;
        let (kept, gone): (Vec<_>, Vec<_>) = stored
            .into_iter()
            .partition(|entry| needed.iter().any(|one| one.sha256 == entry.sha256));
        if gone.is_empty() {
            return Ok(Vec::new());
        }
        let names = gone.iter().flat_map(|entry| &entry.pieces);
        let names = names.filter(|name| !pieces.contains(name));
        let mut writes: Vec<SealedWrite> = names
            .map(|name| PIECE.for_subject(subject).at(name).delete())
            .collect();
        writes.push(STORED.for_subject(subject).put(&kept)?);
        Ok(writes)
    }

    pub(super) fn write(&self, writes: &[SealedWrite]) -> Result<(), CitizenError> {
        if writes.is_empty() {
            return Ok(());
        }
        let life = self.context.sync.life(&self.context.subject)?;
        Ok(life.write(writes)?)
    }
}

/// After each sync: evidence that the authority needs no more is taken away, and another citizen's appeals are.
pub(super) fn tidy(phone: &HealthCode) {
    let _one = lock_evidence();
    let tidied = (|| {
        let mut writes = phone.unused(&phone.stored_draft()?)?;
        let subject = &phone.context.subject;
        let ours: BTreeSet<String> = phone
            .held_appeals()?
            .into_iter()
            .map(|(id, _)| id)
            .collect();
        for (id, _) in phone.context.store.read_all(&HELD.for_subject(subject))? {
            if !ours.contains(&id) {
                writes.push(HELD.for_subject(subject).at(&id).delete());
            }
        }
        phone.write(&writes)
    })();
    // What stays takes room and nothing else; the next sync tries again.
    drop::<Result<(), CitizenError>>(tidied);
}

/// What the home screen says of appeals.
#[derive(Clone, Default)]
pub(crate) struct Glance {
    /// Deadlines of those that are open, Unix seconds.
    pub(crate) deadlines: Vec<i64>,
    /// Decisions that were not looked at.
    pub(crate) new_decisions: usize,
    /// Those that officers ask for more on, and no answer is on its way.
    pub(crate) asked: usize,
    /// Those that are here, whatever became of them; objections of before are among them once they were told of.
    pub(crate) known: BTreeSet<String>,
    /// Those that are over.
    pub(crate) closed: BTreeSet<String>,
}

/// What the home screen says of appeals.
pub(crate) fn glance(context: &Context) -> Result<Glance, CitizenError> {
    let mut glance = Glance::default();
    let by = by_citizen(context)?;
    let answered = answering::answered(context)?;
    for (id, held) in held(context)? {
        if held.asked().is_some() && !by.withdrawing.contains(&id) && !answered.contains(&id) {
            glance.asked += 1;
        }
        if held.is_open() && !by.withdrawing.contains(&id) {
            glance.deadlines.push(held.decide_by);
        }
        if held.decision.is_some() && !by.read.contains(&id) {
            glance.new_decisions += 1;
        }
        if !held.is_open() {
            glance.closed.insert(id.clone());
        }
        glance.known.insert(id);
    }
    Ok(glance)
}

fn by_citizen(context: &Context) -> Result<ByCitizen, CitizenError> {
    let mut by = ByCitizen {
        read: context
            .read(&READ.for_subject(&context.subject))?
            .unwrap_or_default(),
        ..ByCitizen::default()
    };
    for upload in context.sync.pending(&context.subject)? {
        if upload.is_waiting() && upload.kind == UploadKind::Known(&WITHDRAWAL) {
            let body = context
                .sync
                .pending_body(&context.subject, &upload.upload_id)?;
            let withdrawal = read_json::from_slice::<Withdrawal>(&body).ok();
            by.withdrawing.extend(withdrawal.map(|it| it.appeal));
        }
    }
    Ok(by)
}

/// Held while what is being written, or what is stored of evidence, is read and written.
pub(super) fn lock_evidence() -> MutexGuard<'static, ()> {
    static EVIDENCE: Mutex<()> = Mutex::new(());
    EVIDENCE.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(super) fn stored_draft(context: &Context) -> Result<AppealDraft, CitizenError> {
    let place = DRAFT.for_subject(&context.subject);
    Ok(context.read(&place)?.unwrap_or_default())
}

fn held(context: &Context) -> Result<Vec<(String, HeldAppeal)>, CitizenError> {
    let place = HELD.for_subject(&context.subject);
    let registration = context.sync.last_registration(&context.subject)?;
    let Some(registration) = registration else {
        return Ok(Vec::new());
    };
    let all = context.store.read_all(&place)?.into_iter();
    Ok(all
        .filter(|(_, held)| held.citizen_id == registration.citizen_id)
        .collect())
}

crate::hidden_debug!(Glance);
