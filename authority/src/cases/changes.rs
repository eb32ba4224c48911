//! The chain of changes of a subject's colour: an entry for each change of colour or reason, for each order, and after a restoration.
//!
//! Invariant: an entry is appended in the act that changes the colour, and the receipt of that act names it; entries are never changed
//! and never taken away but with the subject. Runs within an act, on its rows; decides nothing.

use data_encoding::BASE64URL_NOPAD;
use health_code_core::capability::officer_chain::{ChainEntry, Restored, entry_hash};
use health_code_core::rules::Decision;
use health_code_core::trust::Scheme;
use health_code_core::wire::ChangeLink;
use serde::{Deserialize, Serialize};

use super::records::{OrdersHead, kinds, numbered};
use crate::store::{CitizenId, Kind, Record, Restoration, RowKey, Rows, StoreError};

/// The end of the subject's chain of changes.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ChainHead {
    pub(crate) count: u32,
    /// Hex.
    pub(crate) hash: String,
    /// Head of the chain of orders that its newest entry stands on, hex; empty where there is none.
    order: String,
    /// The restoration that it was entered after, Unix seconds.
    restored_at: Option<i64>,
}

impl Record for ChainHead {
    const KIND: Kind = kinds::CHAIN_HEAD;
}

/// An entry; the key of its row is its number.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct EntryRecord {
    /// Its bytes, base64url.
    pub(crate) entry: String,
}

impl Record for EntryRecord {
    const KIND: Kind = kinds::CHAIN_ENTRY;
}

/// Whether the chain lacks an entry for what is known, whatever the colour: it was not begun, an order came, or the database was put back.
pub(crate) fn is_due(rows: &Rows, restored: Option<Restoration>) -> Result<bool, StoreError> {
    let Some(head) = rows.get::<ChainHead>()? else {
        return Ok(true);
    };
    let order = rows.get::<OrdersHead>()?;
    let order = order.as_ref().map_or("", |order| order.head.as_str());
    Ok(head.order != order || head.restored_at != restored.map(|it| it.at))
}

/// What is entered.
pub(crate) struct Change<'a> {
    pub(crate) citizen: CitizenId,
    pub(crate) decision: &'a Decision,
    pub(crate) scheme: Scheme,
    /// Unix seconds.
    pub(crate) at: i64,
    pub(crate) restored: Option<Restoration>,
}

/// The newest entry, as a receipt names it; none before the first.
pub(crate) fn newest(rows: &Rows) -> Result<Option<ChangeLink>, StoreError> {
    let head = rows.get::<ChainHead>()?;
    Ok(head.map(|head| ChangeLink {
        number: head.count,
        hash: head.hash,
    }))
}

/// Appends an entry.
pub(crate) fn append(rows: &mut Rows, change: &Change<'_>) -> Result<ChangeLink, StoreError> {
    let before = rows.get::<ChainHead>()?;
    let orders = rows.get::<OrdersHead>()?;
    let number = before.as_ref().map_or(0, |before| before.count) + 1;
    let restored_at = change.restored.map(|it| it.at);
    let is_after_loss = before
        .as_ref()
        .is_some_and(|it| it.restored_at != restored_at);
    let decision = change.decision;
    let entry = ChainEntry {
        number,
        previous: before.map(|before| before.hash).unwrap_or_default(),
        citizen_id: change.citizen.to_string(),
        subject: rows.subject().clone(),
        colour: decision.colour,
        reason: decision.reason.into(),
        rule_set_id: decision.rule_set_id.clone(),
        rule_set_version: decision.rule_set_version,
        rule_id: decision.rule_id.clone(),
        scheme: change.scheme,
        at: change.at,
        order: orders.as_ref().and_then(|orders| orders.signed.clone()),
        restored: change
            .restored
            .filter(|_| is_after_loss)
            .map(|it| Restored {
                since: it.since,
                until: it.at,
            }),
    };
    let bytes = entry.to_bytes();
    let hash = entry_hash(&bytes);
    let record = EntryRecord {
        entry: BASE64URL_NOPAD.encode(&bytes),
    };
    rows.put_at(numbered::<EntryRecord>(rows.subject(), number), &record)?;
    rows.put(&ChainHead {
        count: number,
        hash: hash.clone(),
        order: orders.map(|orders| orders.head).unwrap_or_default(),
        restored_at,
    })?;
    Ok(ChangeLink { number, hash })
}

/// The row of the chain's end.
pub(crate) fn head_row(subject: &health_code_core::wire::SubjectId) -> RowKey {
    RowKey::for_record::<ChainHead>(subject)
}

health_code_core::hidden_debug!(ChainHead, EntryRecord);
