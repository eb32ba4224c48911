//! The acts on one code: it is made, used, struck off.
//!
//! Invariant: each is in the partition of the officer who made the code; an officer has no more codes at once than one act can carry.

use data_encoding::HEXLOWER;
use health_code_core::wire::SubjectId;

use super::{CodePlace, CodeRecord, CodesOfOfficer, TOLD_SECS};
use crate::cases::Refusal;
use crate::store::{CitizenId, RowKey, Rows, Unit, UnitId};

/// Most codes of one officer that are told at once: one act must not grow without end.
const MAX_CODES: usize = 2_000;

/// Notes a code that the desk made.
pub(super) struct Make {
    pub(super) id: UnitId,
    pub(super) place: CodePlace,
    pub(super) record: CodeRecord,
    pub(super) now: i64,
}

impl Unit for Make {
    type Answer = CodeRecord;
    type Refusal = Refusal;

    fn citizen(&self) -> CitizenId {
        self.place.officer
    }

    fn subject(&self) -> SubjectId {
        SubjectId::OWNER
    }

    fn id(&self) -> UnitId {
        self.id
    }

    fn kept_until(&self) -> Option<i64> {
        Some(self.record.expires_at + TOLD_SECS)
    }

    fn reads(&self) -> Vec<RowKey> {
        vec![RowKey::for_record::<CodesOfOfficer>(&SubjectId::OWNER)]
    }

    fn apply(&self, rows: &mut Rows) -> Result<CodeRecord, Refusal> {
        let mut list = rows.get::<CodesOfOfficer>()?.unwrap_or_default();
        list.codes
            .retain(|(_, expires_at)| expires_at + TOLD_SECS > self.now);
        if list.codes.len() >= MAX_CODES {
            return Err(Refusal::invalid("act", "too_many_codes"));
        }
        let hash = HEXLOWER.encode(&self.place.hash);
        list.codes.push((hash, self.record.expires_at));
        rows.put(&list)?;
        let until = self.record.expires_at + TOLD_SECS;
        rows.put_until(self.place.row(), &self.record, until)?;
        Ok(self.record.clone())
    }
}

/// Notes that a code was used, or struck off.
pub(super) struct Mark {
    pub(super) id: UnitId,
    pub(super) place: CodePlace,
    pub(super) used_by: Option<String>,
    pub(super) now: i64,
}

impl Unit for Mark {
    type Answer = Option<CodeRecord>;
    type Refusal = Refusal;

    fn citizen(&self) -> CitizenId {
        self.place.officer
    }

    fn subject(&self) -> SubjectId {
        SubjectId::OWNER
    }

    fn id(&self) -> UnitId {
        self.id
    }

    fn kept_until(&self) -> Option<i64> {
        Some(self.now + TOLD_SECS)
    }

    fn reads(&self) -> Vec<RowKey> {
        vec![self.place.row()]
    }

    fn apply(&self, rows: &mut Rows) -> Result<Option<CodeRecord>, Refusal> {
        let Some(mut record) = rows.get_at::<CodeRecord>(&self.place.row())? else {
            return Ok(None);
        };
        match &self.used_by {
            Some(citizen) => record.used_by = Some(citizen.clone()),
            None => record.struck_off_at = Some(self.now),
        }
        let until = record.expires_at + TOLD_SECS;
        rows.put_until(self.place.row(), &record, until)?;
        Ok(Some(record))
    }
}
