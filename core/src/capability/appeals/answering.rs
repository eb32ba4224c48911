//! What a citizen adds to an appeal after officers asked for it. Works offline, with the evidence that was added to the draft.
//!
//! Invariant: one answer to one request is on its way at a time; what was refused makes room for the next in the call that sends it.

use std::collections::BTreeMap;

use super::AppealError;
use super::asking::AppealAddition;
use super::evidence::EvidenceEntry;
use super::records::{APPEAL as HELD, DRAFT, MISSING};
use super::sending::ADDITION;
use super::use_cases::{lock_evidence, stored_draft};
use crate::citizen::context::{Context, json};
use crate::citizen::{CitizenError, CitizenFault, HealthCode};
use crate::encoding::json as read_json;
use crate::sync::{RefusedUpload, UploadKind};

/// An answer that is in the outbox.
#[derive(Default)]
pub(super) struct WaitingAnswer {
    pub(super) upload_id: String,
    pub(super) evidence: Vec<EvidenceEntry>,
    /// Pieces that the authority still wants; none before it said.
    pub(super) missing: Option<usize>,
    /// In words, where it was refused.
    pub(super) refusal: Option<String>,
}

impl HealthCode {
    /// Sends what officers asked for to an appeal, with the evidence that was added to the draft: the words may be empty where
    /// there is some. Works offline.
    ///
    /// # Errors
    /// [`AppealError::Unknown`], [`AppealError::Closed`], [`AppealError::NotAsked`] where nothing is asked or an answer is on its
    /// way; `FormRefused` with the fields `statement` or `evidence.0`, `Sync`, `Store`.
    pub fn answer_appeal(&self, id: &str, statement: &str) -> Result<(), CitizenError> {
        let _one = lock_evidence();
        let context = &self.context;
        let life = context.sync.life(&context.subject)?;
        self.require_registration()?;
        let place = HELD.for_subject(&context.subject).at(id);
        let held = context.read(&place)?.ok_or(AppealError::Unknown)?;
        if !held.is_open() {
            return Err(AppealError::Closed.into());
        }
        let request = held.asked().ok_or(AppealError::NotAsked)?;
        let before = waiting(self)?.remove(&request.told.id);
        if before.as_ref().is_some_and(|one| one.refusal.is_none()) {
            return Err(AppealError::NotAsked.into());
        }
        let addition = AppealAddition {
            appeal: id.to_owned(),
            request: request.told.id.clone(),
            statement: statement.to_owned(),
            evidence: stored_draft(context)?.evidence,
        }
        .cleaned();
        addition.check()?;
        if let Some(refused) = before {
            context.sync.dismiss(&context.subject, &refused.upload_id)?;
        }
        let along = vec![DRAFT.for_subject(&context.subject).delete()];
        let body = json(&addition)?;
        context.sync.enqueue_with(&life, &ADDITION, &body, along)?;
        Ok(())
    }
}

/// The answers in the outbox, by the id of the request.
pub(super) fn waiting(phone: &HealthCode) -> Result<BTreeMap<String, WaitingAnswer>, CitizenError> {
    let context = &phone.context;
    let mut all = BTreeMap::new();
    for upload in context.sync.pending(&context.subject)? {
        if upload.kind != UploadKind::Known(&ADDITION) {
            continue;
        }
        let sent = body(context, &upload.upload_id)?;
        let place = MISSING.for_subject(&context.subject).at(&upload.upload_id);
        let refusal = upload.refusal.as_ref().map(|refusal| {
            let kind = UploadKind::Known(&ADDITION);
            let mut refused = RefusedUpload::new(&upload.upload_id, kind, refusal);
            phone.in_words(&mut refused, &phone.language());
            refused.field_text.unwrap_or(refused.text)
        });
        let answer = WaitingAnswer {
            evidence: sent.evidence,
            missing: context.read(&place)?.map(|missing| missing.len()),
            refusal,
            upload_id: upload.upload_id,
        };
        all.insert(sent.request, answer);
    }
    Ok(all)
}

/// Appeals whose answer is on its way.
pub(super) fn answered(context: &Context) -> Result<Vec<String>, CitizenError> {
    let mut appeals = Vec::new();
    for upload in context.sync.pending(&context.subject)? {
        if upload.is_waiting() && upload.kind == UploadKind::Known(&ADDITION) {
            appeals.push(body(context, &upload.upload_id)?.appeal);
        }
    }
    Ok(appeals)
}

fn body(context: &Context, upload_id: &str) -> Result<AppealAddition, CitizenError> {
    let body = context.sync.pending_body(&context.subject, upload_id)?;
    Ok(read_json::from_slice(&body).map_err(|_| CitizenFault::RecordUnreadable)?)
}

crate::hidden_debug!(WaitingAnswer);
