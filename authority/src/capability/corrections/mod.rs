//! Corrections: somebody objects to what a receipt says.
//!
//! Invariant: checked as on the phone ([`Correction::check`]), kept as it is, with the day by which it will have been
//! decided. Decides nothing.

use health_code_core::wire::{Correction, SubjectId};

use crate::cases::Refusal;
use crate::cases::file::{Acting, Effect, UploadKind};
use crate::store::{RowKey, Rows};

/// Row of the table of uploads.
pub(crate) const UPLOAD: UploadKind = UploadKind {
    name: "corrections",
    number: 2,
    check: |checking, body| {
        let correction: Correction = super::read(body)?;
        correction.check().map_err(super::refused)?;
        let secs = i64::from(checking.policy.correction_days) * 86_400;
        Ok(Box::new(Objection {
            decided_by: checking.now + secs,
        }))
    },
};

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
