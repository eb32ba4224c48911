//! Officer chain: every change of a colour, told to the phone that it concerns, and the officers' keys, told to everybody.
//!
//! Invariant: entries are told as they were entered, byte for byte. What is entered, and when, is the business of `cases::changes`.

use ed25519_dalek::SigningKey;
use health_code_core::capability::officer_chain::{
    ChangesAnswer, MAX_ENTRIES, OFFICERS, OfficerList, PART_NAME, read_cursor,
};

use crate::cases::Refusal;
use crate::cases::bundles::Listed;
use crate::cases::changes::{ChainHead, EntryRecord, head_row};
use crate::cases::parts::PartRow;
use crate::cases::records::numbered;
use crate::store::{Rows, StoreError};

/// Row of the table of parts.
pub(crate) const PART: PartRow = PartRow {
    name: PART_NAME,
    reads: |subject| vec![head_row(subject)],
    version: |rows| Ok(rows.get::<ChainHead>()?.map(|head| head.hash.into_bytes())),
    answer_reads: |asked, rows| {
        let (after, count) = place(asked.after, rows)?;
        let wanted = numbers(after, count).chain(newest(count));
        let mut wanted: Vec<u32> = wanted.collect();
        wanted.sort_unstable();
        wanted.dedup();
        let row = |number: &u32| numbered::<EntryRecord>(rows.subject(), *number);
        Ok(wanted.iter().map(row).collect())
    },
    answers_with_all: false,
    answer: |asked, rows| {
        let (after, count) = place(asked.after, rows)?;
        let head = rows
            .get::<ChainHead>()?
            .ok_or(StoreError::RecordUnreadable)?;
        let (_, hash) = read_cursor(asked.after).unwrap_or_default();
        let is_known = after == 0
            || (after <= count && entry(rows, after)?.is_some_and(|it| hash_of(&it) == hash));
        let told: Vec<u32> = if is_known {
            numbers(after, count)
                .filter(|number| *number > after)
                .collect()
        } else {
            newest(count).collect()
        };
        let mut entries = Vec::new();
        for number in told {
            let found = entry(rows, number)?.ok_or(StoreError::RecordUnreadable)?;
            entries.push(found.entry);
        }
        let answer = ChangesAnswer {
            entries,
            count,
            head: head.hash,
        };
        serde_json::to_value(&answer).map_err(|_| StoreError::Faulted.into())
    },
};

/// Where the phone is, and how many entries there are.
fn place(after: &str, rows: &Rows) -> Result<(u32, u32), Refusal> {
    let count = rows.get::<ChainHead>()?.map_or(0, |head| head.count);
    let refused = || Refusal::invalid("after", "not_a_cursor");
    let (after, _) = read_cursor(after).ok_or_else(refused)?;
    Ok((after, count))
}

/// The entry where the phone is, and those after it that one answer has.
fn numbers(after: u32, count: u32) -> impl Iterator<Item = u32> {
    let last = after.saturating_add(MAX_ENTRIES).min(count);
    after.max(1)..=last
}

/// The newest that one answer has.
fn newest(count: u32) -> impl Iterator<Item = u32> {
    count.saturating_sub(MAX_ENTRIES - 1).max(1)..=count
}

fn entry(rows: &Rows, number: u32) -> Result<Option<EntryRecord>, StoreError> {
    rows.get_at(&numbered::<EntryRecord>(rows.subject(), number))
}

fn hash_of(record: &EntryRecord) -> String {
    let bytes = data_encoding::BASE64URL_NOPAD.decode(record.entry.as_bytes());
    health_code_core::capability::officer_chain::entry_hash(&bytes.unwrap_or_default())
}

/// The officers' keys as a public bundle; a refusal is a code.
pub(crate) fn officers_bundle(
    officers: &OfficerList,
    signed_at: i64,
    key: &SigningKey,
) -> Result<Listed, &'static str> {
    let content = serde_json::to_vec(officers).map_err(|_| "officers_unwritable")?;
    let kind = (OFFICERS.kind.clone(), OFFICERS.typ);
    let name = officers.id.clone();
    Listed::sign(kind, name, officers.version, content.into(), signed_at, key)
}
