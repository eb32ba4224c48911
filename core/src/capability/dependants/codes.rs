//! The code that a dependant's side shows, so that another carer, or the dependant's own phone, may take part.
//!
//! Invariant: a code that is shown is on this phone's disk, with the upload that tells the authority of its hash, in one write;
//! it counts once the authority has taken that, and until the authority's time. A new one takes the place of the one before.

use serde::{Deserialize, Serialize};

use super::{
    CARE_ENDS, CARE_OFFER, CareCode, CareCodeState, CareCodeView, CareEnds, CareOffer, CarePurpose,
    SHOWN, SHOWN_UNTIL, code_hash,
};
use crate::citizen::context::json;
use crate::citizen::{CitizenError, HealthCode};
use crate::encoding::base64;
use crate::sync::{PendingUpload, UploadKind};
use crate::words;

/// What is kept of it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Shown {
    code: CareCode,
    purpose: CarePurpose,
}

crate::hidden_debug!(Shown);

impl HealthCode {
    /// Makes a code for this subject: for another carer, or for the dependant's own phone. Works offline; it counts after the
    /// next sync.
    ///
    /// # Errors
    /// `Precondition` before the subject is registered here, `Store`, `Port`.
    pub fn show_care_code(&self, purpose: CarePurpose) -> Result<CareCodeView, CitizenError> {
        self.require_registration()?;
        let context = &self.context;
        let code = CareCode::generate(context.sync.entropy().as_ref())?;
        let offer = CareOffer {
            code_hash: base64::encode_url(&code_hash(&code)),
            purpose,
        };
        let life = context.sync.life(&context.subject)?;
        let along = vec![
            SHOWN.for_subject(&context.subject).put(&Shown {
                code: code.clone(),
                purpose,
            })?,
            SHOWN_UNTIL.for_subject(&context.subject).delete(),
        ];
        context
            .sync
            .enqueue_with(&life, &CARE_OFFER, &json(&offer)?, along)?;
        Ok(self.code_view(&Shown { code, purpose }, CareCodeState::Waiting, None))
    }

    /// The code that was made last for this subject, and whether it counts now; none where there is none.
    ///
    /// # Errors
    /// `Store`.
    pub fn care_code(&self) -> Result<Option<CareCodeView>, CitizenError> {
        let context = &self.context;
        let Some(shown) = context.read(&SHOWN.for_subject(&context.subject))? else {
            return Ok(None);
        };
        let taken = context.read(&SHOWN_UNTIL.for_subject(&context.subject))?;
        let until = taken.and_then(|answer| answer.decided_by);
        let is_of_code = |upload: &&PendingUpload| upload.kind == UploadKind::Known(&CARE_OFFER);
        let pending = context.sync.pending(&context.subject)?;
        let is_waiting = pending
            .iter()
            .find(is_of_code)
            .is_some_and(PendingUpload::is_waiting);
        let state = match until {
            Some(until) if self.now().at_secs() <= until => CareCodeState::Counts,
            None if is_waiting => CareCodeState::Waiting,
            _ => CareCodeState::Over,
        };
        Ok(Some(self.code_view(&shown, state, until)))
    }

    /// Ends the care of others for this subject, by the ids under which the authority names them: from the subject's own phone.
    /// Works offline.
    ///
    /// # Errors
    /// `Precondition` before the subject is registered here, `Store`.
    pub fn end_care(&self, carers: &[String]) -> Result<String, CitizenError> {
        self.require_registration()?;
        let ends = CareEnds {
            carers: carers.to_vec(),
        };
        let context = &self.context;
        Ok(context
            .sync
            .enqueue(&context.subject, &CARE_ENDS, &json(&ends)?)?)
    }

    fn code_view(&self, shown: &Shown, state: CareCodeState, until: Option<i64>) -> CareCodeView {
        let id = match (state, shown.purpose) {
            (CareCodeState::Waiting, _) => "care-code-waiting",
            (CareCodeState::Over, _) => "care-code-over",
            (CareCodeState::Counts, CarePurpose::Carer) => "care-code-for_carer",
            (CareCodeState::Counts, CarePurpose::Phone) => "care-code-for_phone",
        };
        let left = until.map_or(0, |until| until - self.now().at_secs());
        CareCodeView {
            purpose: shown.purpose,
            code: shown.code.grouped(),
            picture_text: shown.code.picture_text(),
            state,
            text: words::text(id, self.language().words())
                .unwrap_or_default()
                .to_owned(),
            until,
            remaining_secs: u32::try_from(left.max(0)).unwrap_or(u32::MAX),
        }
    }
}
