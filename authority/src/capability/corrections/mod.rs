//! Corrections: how phones of before there were appeals object to what a receipt says. Appeals took their place; what an
//! older phone sends is an appeal without evidence.
//!
//! Invariant: checked as on the phone ([`Correction::check`]), kept as it is, with the day by which it will have been
//! decided, which their phones were told in days. Decides nothing: officers decide it as every other
//! [appeal](super::appeals).

use health_code_core::wire::Correction;

use super::appeals::{Due, Listed, acknowledge, reserve};
use crate::cases::file::UploadKind;

/// Row of the table of uploads.
pub(crate) const UPLOAD: UploadKind = UploadKind {
    before: Some(reserve),
    acknowledge: Some(acknowledge),
    ..UploadKind::plain("corrections", 2, |checking, body| {
        let correction: Correction = super::read(body)?;
        correction.check().map_err(super::refused)?;
        let secs = i64::from(checking.policy.correction_days) * 86_400;
        Ok(Box::new(Listed {
            number: UPLOAD.number,
            due: Due::At(checking.now + secs),
            body: body.to_vec(),
            received_at: checking.now,
        }))
    })
};
