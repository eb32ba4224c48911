//! What is told of a citizen's care: the part `care` of the state.
//!
//! Invariant: whoever acts for the citizen sees the same, and carers are named by ids that say nothing of them. Tells nothing of whose
//! dependants are in whose care but how many; to the citizen's own phone alone, whom a phone before it looked after.

use health_code_core::capability::dependants::{
    CareEndDays, CareStanding, CarerEntry, MovedDependant, carer_id,
};
use health_code_core::wire::SubjectId;

use crate::cases::parts::{PartAsked, PartRow};
use crate::cases::records::Registration;
use crate::cases::subjects::{Care, Dependants};
use crate::store::{RowKey, Rows, StoreError};

/// Row of the table of parts.
pub(crate) const STANDING: PartRow = PartRow {
    name: "care",
    reads,
    version,
    answer_reads: |_, rows| Ok(vec![RowKey::for_record::<Registration>(rows.subject())]),
    answers_with_all: false,
    answer: |asked, rows| {
        let standing = standing(asked, rows)?;
        Ok(serde_json::to_value(standing).map_err(|_| StoreError::Faulted)?)
    },
};

fn reads(subject: &SubjectId) -> Vec<RowKey> {
    vec![
        RowKey::for_record::<Care>(subject),
        RowKey::for_record::<Dependants>(subject),
    ]
}

fn version(rows: &Rows) -> Result<Option<Vec<u8>>, StoreError> {
    let care = rows.get::<Care>()?;
    let dependants = rows.get::<Dependants>()?;
    if care.is_none() && dependants.is_none() {
        return Ok(None);
    }
    let told = serde_json::to_vec(&(care, dependants));
    told.map(Some).map_err(|_| StoreError::RecordUnreadable)
}

fn standing(asked: &PartAsked<'_>, rows: &Rows) -> Result<CareStanding, StoreError> {
    let care = rows.get::<Care>()?.unwrap_or_default();
    let dependants = rows.get::<Dependants>()?.unwrap_or_default();
    let policy = &asked.policy.care;
    let citizen = asked.citizen.to_string();
    let end = care.end(policy);
    // Care for a grown-up has no end but by somebody's will.
    let end = end.filter(|end| care.carers.iter().any(|carer| carer.since < end.of_age_on));
    let carers = care.carers.iter().map(|carer| CarerEntry {
        id: carer_id(&citizen, &carer.device_id),
        since: carer.since.clone(),
        moved_on: carer.moved_on.clone(),
    });
    let registration = rows.get::<Registration>()?;
    let is_own = registration.is_some_and(|it| it.device_id == asked.device_id);
    let moved = dependants.links.iter().filter(|_| is_own);
    let moved = moved.filter_map(|link| {
        let moved = link.moved.clone()?;
        Some(MovedDependant {
            subject: link.subject.clone(),
            identity: moved.identity?,
            birth_date: moved.born,
        })
    });
    Ok(CareStanding {
        carers: carers.collect(),
        moved: moved.collect(),
        ends: end.map(|end| CareEndDays {
            told_from: end.told_from,
            of_age_on: end.of_age_on,
            ends_on: end.ends_on,
        }),
        dependants: u32::try_from(dependants.links.len()).unwrap_or(u32::MAX),
        most_dependants: policy.dependants,
        most_carers: policy.carers,
    })
}
