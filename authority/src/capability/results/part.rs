//! The part `results`: what a phone is told, a page at a time, each result signed anew by the key of now.
//!
//! Invariant: told in the order of the changes, from the one after the phone's cursor; a cursor that names a change which is not the
//! one here (a database was put back) begins anew.

use data_encoding::BASE64URL_NOPAD;
use health_code_core::capability::results::{
    MAX_PAGE, PART, RESULT_TYPE, ResultEntry, ResultsPart, cursor, read_cursor,
};
use health_code_core::trust::sign_bundle;

use super::delivery::StoredResult;
use crate::cases::Refusal;
use crate::cases::parts::{PartAsked, PartRow};
use crate::cases::records::numbered;
use crate::cases::reported_facts::ReportedFacts;
use crate::store::{RowKey, Rows, StoreError};

/// Row of the table of parts.
pub(crate) const PART_ROW: PartRow = PartRow {
    name: PART,
    reads: |subject| vec![RowKey::for_record::<ReportedFacts>(subject)],
    version: |rows| {
        let reported = rows.get::<ReportedFacts>()?.unwrap_or_default();
        let is_any = reported.changes > 0;
        Ok(is_any.then(|| cursor(reported.changes, &reported.mark).into_bytes()))
    },
    answer_reads: |asked, rows| {
        let (after, _) = read_cursor(asked.after);
        let head = rows.get::<ReportedFacts>()?.unwrap_or_default().changes;
        let mut wanted: Vec<u32> = page(0, head).chain(page(after, head)).collect();
        wanted.push(after);
        wanted.sort_unstable();
        wanted.dedup();
        let row = |number: &u32| numbered::<StoredResult>(rows.subject(), *number);
        Ok(wanted.iter().map(row).collect())
    },
    answers_with_all: false,
    answer: |asked, rows| {
        let head = rows.get::<ReportedFacts>()?.unwrap_or_default();
        let (after, mark) = read_cursor(asked.after);
        let is_known = stored(rows, after)?.is_some_and(|one| one.mark == mark);
        let after = if is_known { after } else { 0 };
        let mut results = Vec::new();
        let mut next = (
            after,
            if is_known {
                mark.to_owned()
            } else {
                String::new()
            },
        );
        for change in page(after, head.changes) {
            let one = stored(rows, change)?.ok_or(StoreError::RecordUnreadable)?;
            next = (change, one.mark.clone());
            let record = signed(&one, asked)?;
            results.push(ResultEntry { change, record });
        }
        let part = ResultsPart {
            results,
            head: head.changes,
            next: cursor(next.0, &next.1),
        };
        serde_json::to_value(part).map_err(|_| Refusal::Store(StoreError::Faulted))
    },
};

/// The changes that one answer has.
fn page(after: u32, head: u32) -> std::ops::RangeInclusive<u32> {
    after.saturating_add(1)..=after.saturating_add(MAX_PAGE).min(head)
}

fn stored(rows: &Rows, change: u32) -> Result<Option<StoredResult>, StoreError> {
    rows.get_at(&numbered::<StoredResult>(rows.subject(), change))
}

fn signed(one: &StoredResult, asked: &PartAsked<'_>) -> Result<String, Refusal> {
    let json = serde_json::to_vec(&one.record).map_err(|_| StoreError::Faulted)?;
    let signed = sign_bundle(RESULT_TYPE, Some(asked.now), &json, asked.issuer_key);
    let signed = signed.map_err(|error| Refusal::Failed(error.code()))?;
    Ok(BASE64URL_NOPAD.encode(&signed))
}
