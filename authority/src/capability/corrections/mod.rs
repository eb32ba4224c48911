//! Corrections: somebody objects to what a receipt says.
//!
//! Invariant: kept as received, with the day by which it will have been decided. Decides nothing.

use health_code_core::wire::{Correction, SubjectId};

use crate::cases::Refusal;
use crate::cases::file::{Acting, Effect, UploadKind};
use crate::store::{RowKey, Rows};

/// Longest statement, characters.
const MAX_STATEMENT_CHARS: usize = 2_000;

/// Row of the table of uploads.
pub(crate) const UPLOAD: UploadKind = UploadKind {
    name: "corrections",
    number: 2,
    check: |checking, body| {
        check(&super::read(body)?)?;
        let secs = i64::from(checking.policy.correction_days) * 86_400;
        Ok(Box::new(Objection {
            decided_by: checking.now + secs,
        }))
    },
};

fn check(correction: &Correction) -> Result<(), Refusal> {
    let is_hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    if correction.receipt_sha256.len() != 64 || !correction.receipt_sha256.bytes().all(is_hex) {
        return Err(Refusal::invalid("receiptSha256", "not_a_hash"));
    }
    let length = correction.statement.chars().count();
    if correction.statement.trim().is_empty() || length > MAX_STATEMENT_CHARS {
        return Err(Refusal::invalid("statement", "length_out_of_range"));
    }
    let is_text = |letter: char| !letter.is_control() || letter == '\n';
    if !correction.statement.chars().all(is_text) {
        return Err(Refusal::invalid("statement", "not_text"));
    }
    Ok(())
}

struct Objection {
    /// Unix seconds.
    decided_by: i64,
}

impl Effect for Objection {
    fn reads(&self, _: &SubjectId) -> Vec<RowKey> {
        Vec::new()
    }

    fn apply(&self, _: &Acting<'_>, _: &mut Rows) -> Result<usize, Refusal> {
        Ok(0)
    }

    fn decided_by(&self) -> Option<i64> {
        Some(self.decided_by)
    }
}
