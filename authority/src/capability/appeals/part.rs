//! The part `appeals`: what a phone is told of a subject's appeals after it sent them.
//!
//! Invariant: told in the order of the changes, from the one after the phone's cursor.

use health_code_core::capability::appeals::{self, AppealEntry, AppealsPart, RequestEntry};

use super::records::{Appeals, AppealsHead, KeptAppeal, KeptRequest};
use crate::cases::Refusal;
use crate::cases::parts::PartRow;
use crate::store::{RowKey, StoreError};

/// Row of the table of parts.
pub(crate) const PART: PartRow = PartRow {
    name: appeals::PART,
    reads: |subject| vec![RowKey::for_record::<AppealsHead>(subject)],
    version: |rows| {
        let head = rows.get::<AppealsHead>()?;
        Ok(head.map(|head| head.change.to_be_bytes().to_vec()))
    },
    answer_reads: |_, rows| Ok(vec![RowKey::for_record::<Appeals>(rows.subject())]),
    answers_with_all: false,
    answer: |asked, rows| {
        // What is no number of ours is the beginning.
        let after: u64 = asked.after.parse().unwrap_or_default();
        let head = rows.get::<AppealsHead>()?.unwrap_or_default();
        // A phone that is further than we are was told by a database that was lost since.
        let after = if after > head.change { 0 } else { after };
        let mut list = rows.get::<Appeals>()?.unwrap_or_default().list;
        list.retain(|one| one.change > after);
        list.sort_by_key(|one| one.change);
        let part = AppealsPart {
            appeals: list.into_iter().map(KeptAppeal::told).collect(),
        };
        serde_json::to_value(part).map_err(|_| Refusal::Store(StoreError::Faulted))
    },
};

impl KeptAppeal {
    fn told(self) -> AppealEntry {
        AppealEntry {
            id: self.id,
            change: self.change,
            acknowledgement: self.acknowledgement,
            withdrawn_at: self.withdrawn_at,
            decision: self.decision,
            requests: self.requests.into_iter().map(KeptRequest::told).collect(),
        }
    }
}

impl KeptRequest {
    fn told(self) -> RequestEntry {
        RequestEntry {
            request: self.request,
            addition: self.addition.map(|addition| addition.acknowledgement),
        }
    }
}
