//! What the authority tells of a subject's care: who cares, until when, and how many more may be.
//!
//! Invariant: kept as it was told, with the part's tag, in one write; a member that is not known says nothing, and a day that
//! cannot be read is none. What is told of limits is the authority's to hold.

use super::{CARE_STANDING, CareStanding};
use super::{CarerView, carer_id};
use crate::citizen::{CitizenError, HealthCode};
use crate::store::SubjectId;
use crate::sync::{PartFault, PartHolding, PartRow, PartTaken, SyncRefusal};
use crate::wire::device_id;
use crate::words::moments::date_text;
use crate::words::{self, FluentArgs};

/// Most carers that are looked at.
const MAX_CARERS: usize = 64;

/// The part `care`.
pub static CARE_PART: PartRow = PartRow {
    name: "care",
    max_bytes: 64 * 1024,
    cursor: |_| Ok(String::new()),
    writes: |holding: &PartHolding<'_>, body| {
        let standing: CareStanding = crate::encoding::json::from_slice(body)
            .map_err(|_| PartFault::Refused(SyncRefusal::AnswerMalformed.code()))?;
        if standing.carers.len() > MAX_CARERS {
            return Err(PartFault::Refused(SyncRefusal::AnswerMalformed.code()));
        }
        Ok(PartTaken {
            writes: vec![CARE_STANDING.for_subject(holding.subject).put(&standing)?],
            is_complete: true,
        })
    },
};

impl HealthCode {
    /// Who cares for this subject, as the last sync brought it.
    ///
    /// # Errors
    /// `Store`, `Port`.
    pub fn carers(&self) -> Result<Vec<CarerView>, CitizenError> {
        let Some(standing) = self.care_standing()? else {
            return Ok(Vec::new());
        };
        let context = &self.context;
        let registration = context.sync.last_registration(&context.subject)?;
        let citizen = registration.map(|it| it.citizen_id).unwrap_or_default();
        let owner = context.sync.signer(&SubjectId::OWNER)?;
        let own = carer_id(&citizen, &device_id(&owner.public_key()?));
        let language = self.language();
        let carers = standing.carers.into_iter().map(|carer| {
            let is_this_phone = carer.id == own;
            let mut told = FluentArgs::new();
            told.set("date", date_text(&carer.since, &language));
            if let Some(moved_on) = &carer.moved_on {
                told.set("moved", date_text(moved_on, &language));
            }
            let id = match (is_this_phone, &carer.moved_on) {
                (true, None) => "carer-this_phone",
                (true, Some(_)) => "carer-this_phone-moved",
                (false, None) => "carer-other_phone",
                (false, Some(_)) => "carer-other_phone-moved",
            };
            CarerView {
                id: carer.id,
                since: carer.since,
                moved_on: carer.moved_on,
                is_this_phone,
                text: words::format(id, &told, language.words()).unwrap_or_default(),
            }
        });
        Ok(carers.collect())
    }

    /// What to say of the end of a child's care now; empty where there is nothing to say yet.
    pub(super) fn care_end_text(&self) -> Result<String, CitizenError> {
        let ends = self.care_standing()?.and_then(|standing| standing.ends);
        let today = self.context.today();
        let Some(ends) = ends.filter(|ends| ends.told_from <= today) else {
            return Ok(String::new());
        };
        let language = self.language();
        let mut told = FluentArgs::new();
        told.set("date", date_text(&ends.ends_on, &language));
        Ok(words::format("care-ends", &told, language.words()).unwrap_or_default())
    }

    pub(super) fn care_standing(&self) -> Result<Option<CareStanding>, CitizenError> {
        let context = &self.context;
        context.read(&CARE_STANDING.for_subject(&context.subject))
    }
}
