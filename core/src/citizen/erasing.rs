//! Erasing a subject: from this phone at once, at the authority with the next sync.
//!
//! Invariant: when the call returns, no record, no draft, no upload, no key of the subject is left on this phone or in
//! memory that the core holds, with or without a network; what is left is the signed request to the authority, and later
//! its receipt. After an error nothing was erased.

use std::cell::Cell;

use super::records::{DEPENDANTS, IDENTITY};
use super::{CitizenError, ErasureState, ErasureView, HealthCode, KeptView, lock};
use crate::store::{SealedWrite, SubjectId};
use crate::sync::{Erasure, ErasureOutcome};
use crate::words::{self, LanguageTag, marks};

impl HealthCode {
    /// Erases a subject. The owner can register anew afterwards; a dependant is on this phone no more.
    ///
    /// # Errors
    /// `Sync`: nobody on this phone has this id, or dependants remain on it; `Store`; `Port`: the key did not sign.
    pub fn erase(&self, subject: &SubjectId) -> Result<(), CitizenError> {
        self.erase_with(subject, Vec::new())
    }

    /// As [`HealthCode::erase`], with more to be written in the act.
    pub(super) fn erase_with(
        &self,
        subject: &SubjectId,
        with: Vec<SealedWrite>,
    ) -> Result<(), CitizenError> {
        let context = &self.context;
        // Of two at once the second one finds nothing to be erased, and asks for nothing.
        let _turn = context.take_turn();
        // Where there is an identity there was a registration, which may have arrived also if it was dismissed.
        let identity = context.read(&IDENTITY.for_subject(subject));
        let may_be_known = subject.is_owner() && !matches!(identity, Ok(None));
        let next_key = Cell::new(None);
        let along = || -> Result<Vec<SealedWrite>, CitizenError> {
            let mut along = with;
            if !subject.is_owner() {
                let place = DEPENDANTS.for_this_phone();
                let mut dependants = context.read(&place)?.unwrap_or_default();
                dependants.retain(|one| one != subject);
                along.push(place.put(&dependants)?);
                return Ok(along);
            }
            let Some(key) = &context.stored_key else {
                return Ok(along);
            };
            let (next, write) = key.generate(subject)?;
            next_key.set(Some((key, next)));
            along.push(write);
            Ok(along)
        };
        context.sync.erase(subject, may_be_known, along, || {
            if let Some((key, next)) = next_key.take() {
                key.replace(next);
            }
        })?;
        // What cannot be deleted now is so at the next start.
        let _ = context.delete_unneeded_keys();
        self.showings.end(subject);
        if *subject == context.subject {
            *lock(&self.rotation) = None;
            *lock(&self.announced) = None;
            self.snapshots.clear();
        }
        Ok(())
    }

    /// What was erased from this phone, oldest first, and what the authority says to it.
    #[must_use]
    pub fn erasures(&self) -> Vec<ErasureView> {
        let erasures = self.context.sync.erasures().into_iter();
        let language = self.language();
        erasures
            .map(|(id, erasure)| view(id, erasure, &language))
            .collect()
    }

    /// Forgets an erasing that the authority has answered, and its receipt with it.
    ///
    /// # Errors
    /// `Sync`: there is none, or it still waits; `Store`.
    pub fn forget_erasure(&self, id: &str) -> Result<(), CitizenError> {
        Ok(self.context.sync.forget_erasure(id)?)
    }
}

/// How a state is shown: its sentence, its shape, and what to do next.
const fn shown(state: ErasureState) -> (&'static str, char, Option<&'static str>) {
    match state {
        ErasureState::Waiting => (
            "erasure-waiting",
            marks::WAITING,
            Some("erasure-step-connect"),
        ),
        ErasureState::Confirmed => ("erasure-confirmed", marks::DONE, Some("erasure-step-keep")),
        ErasureState::NothingHeld => ("erasure-nothing_held", marks::DONE, None),
        ErasureState::Refused => (
            "erasure-refused",
            marks::ATTENTION,
            Some("erasure-step-call"),
        ),
        ErasureState::Other => ("erasure-other", marks::UNCLEAR, Some("erasure-step-update")),
    }
}

/// What the views say, by the ids of the words.
#[cfg(test)]
pub(crate) const TEXT_IDS: [&str; 9] = [
    "erasure-waiting",
    "erasure-confirmed",
    "erasure-nothing_held",
    "erasure-refused",
    "erasure-other",
    "erasure-step-connect",
    "erasure-step-keep",
    "erasure-step-call",
    "erasure-step-update",
];

fn view(id: String, erasure: Erasure, language: &LanguageTag) -> ErasureView {
    let mut view = ErasureView {
        id,
        subject: erasure.subject.into(),
        erased_at: erasure.erased_at,
        state: ErasureState::Waiting,
        text: String::new(),
        shape: String::new(),
        spoken: String::new(),
        next_step_text: None,
        problem: None,
        confirmed_at: None,
        kept: Vec::new(),
        receipt: None,
    };
    match erasure.outcome {
        None => {}
        Some(ErasureOutcome::NothingHeld) => view.state = ErasureState::NothingHeld,
        Some(ErasureOutcome::Other) => view.state = ErasureState::Other,
        Some(ErasureOutcome::Refused { code }) => {
            view.state = ErasureState::Refused;
            view.problem = Some(code);
        }
        Some(ErasureOutcome::Confirmed { receipt, content }) => {
            view.state = ErasureState::Confirmed;
            view.confirmed_at = Some(content.erased_at);
            let kept = content.kept.into_iter().map(|item| KeptView {
                text: item.text.for_tag(language).to_owned(),
                what: item.what,
                until: item.until,
            });
            view.kept = kept.collect();
            view.receipt = Some(receipt);
        }
    }
    let said = |id| words::text(id, language.words()).unwrap_or(id).to_owned();
    let (text, shape, next_step) = shown(view.state);
    view.text = said(text);
    view.shape = shape.to_string();
    view.next_step_text = next_step.map(said);
    let kept = view.kept.iter().map(|item| item.text.as_str());
    let spoken = std::iter::once(view.text.as_str())
        .chain(kept)
        .chain(view.next_step_text.as_deref());
    view.spoken = spoken.collect::<Vec<_>>().join(" ");
    view
}
