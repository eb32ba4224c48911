//! What a citizen writes and gathers before it is sent, as an appeal or as an answer to what officers ask.
//!
//! Invariant: each call writes once, with everything that belongs to it.

use super::evidence::{
    EvidenceEntry, EvidenceError, MAX_EVIDENCE, MAX_EVIDENCE_BYTES, PIECE_BYTES,
};
use super::records::{AppealDraft, DRAFT, PIECE, STORED};
use super::use_cases::{MAX_STORED, lock_evidence};
use super::views::AppealDraftView;
use crate::citizen::{CitizenError, CitizenFault, HealthCode};
use crate::form::{AnswerError, RefusedAnswer};
use crate::wire::{Correction, MAX_STATEMENT_CHARS};

impl HealthCode {
    /// What was written of an appeal so far.
    ///
    /// # Errors
    /// `Store`.
    pub fn appeal_draft(&self) -> Result<AppealDraftView, CitizenError> {
        let draft = self.stored_draft()?;
        let language = self.language();
        let reading = self.reading(self.now().at_secs(), &language);
        let receipt_sha256 = self.home()?.colour.map(|colour| colour.receipt_sha256);
        let problem = match &receipt_sha256 {
            None => Some(CitizenFault::NoCode.text(language.words()).to_owned()),
            Some(_) => Correction::check_statement(&draft.statement)
                .err()
                .map(|refused| refused.in_words(&language).text),
        };
        let answer = (!draft.statement.is_empty() || draft.evidence.is_empty())
            .then(|| Correction::check_statement(&draft.statement).err())
            .flatten()
            .map(|refused| refused.in_words(&language).text);
        let limit = |limit: usize| u32::try_from(limit).unwrap_or(u32::MAX);
        Ok(AppealDraftView {
            evidence: reading.evidence(&draft.evidence),
            statement: draft.statement,
            max_evidence: limit(MAX_EVIDENCE),
            max_evidence_bytes: limit(MAX_EVIDENCE_BYTES),
            max_statement_chars: limit(MAX_STATEMENT_CHARS),
            receipt_sha256,
            can_submit: problem.is_none(),
            problem,
            can_answer: answer.is_none(),
            answer_problem: answer,
            limits_text: reading.format(
                "appeal-limits",
                [
                    ("count", limit(MAX_EVIDENCE).into()),
                    ("size", limit(MAX_EVIDENCE_BYTES / 1024 / 1024).into()),
                ],
            ),
        })
    }

    /// Keeps what was written so far of what is wrong.
    ///
    /// # Errors
    /// `FormRefused` with the field `statement` for what is far too long; `Store`.
    pub fn save_appeal_statement(&self, statement: &str) -> Result<(), CitizenError> {
        if statement.len() > 8 * MAX_STATEMENT_CHARS {
            let refused = RefusedAnswer::new("statement", AnswerError::TooLong);
            return Err(vec![refused].into());
        }
        let _one = lock_evidence();
        let draft = AppealDraft {
            statement: statement.to_owned(),
            ..self.stored_draft()?
        };
        let place = DRAFT.for_subject(&self.context.subject);
        self.write(&[place.put(&draft)?])
    }

    /// Adds a photograph (JPEG, PNG) or a PDF to what is being written: sealed, with the bytes as they are. An app scales
    /// pictures down first; what is over 2 MB is refused. Gives its id.
    ///
    /// # Errors
    /// `FormRefused` with the field `evidence` and a code of [`EvidenceError`]; `Store`.
    pub fn add_appeal_evidence(&self, bytes: &[u8]) -> Result<String, CitizenError> {
        let refused = |error: EvidenceError| {
            CitizenError::from(vec![RefusedAnswer::of_code("evidence", error.code())])
        };
        let entry = EvidenceEntry::of(bytes).map_err(refused)?;
        let _one = lock_evidence();
        let subject = &self.context.subject;
        let mut draft = self.stored_draft()?;
        if draft.evidence.contains(&entry) {
            return Err(refused(EvidenceError::Twice));
        }
        let mut stored = self.stored_evidence()?;
        if draft.evidence.len() >= MAX_EVIDENCE || stored.len() >= MAX_STORED {
            return Err(refused(EvidenceError::TooMany));
        }
        let mut writes = Vec::new();
        for (name, piece) in entry.pieces.iter().zip(bytes.chunks(PIECE_BYTES)) {
            writes.push(PIECE.for_subject(subject).at(name).put(&piece.to_vec())?);
        }
        if !stored.contains(&entry) {
            stored.push(entry.clone());
        }
        let id = entry.sha256.clone();
        draft.evidence.push(entry);
        writes.push(STORED.for_subject(subject).put(&stored)?);
        writes.push(DRAFT.for_subject(subject).put(&draft)?);
        self.write(&writes)?;
        Ok(id)
    }

    /// Takes a piece of evidence away from what is being written; one that is not there is passed over.
    ///
    /// # Errors
    /// `Store`.
    pub fn remove_appeal_evidence(&self, sha256: &str) -> Result<(), CitizenError> {
        let _one = lock_evidence();
        let mut draft = self.stored_draft()?;
        draft.evidence.retain(|entry| entry.sha256 != sha256);
        let mut writes = self.unused(&draft)?;
        writes.push(DRAFT.for_subject(&self.context.subject).put(&draft)?);
        self.write(&writes)
    }
}
