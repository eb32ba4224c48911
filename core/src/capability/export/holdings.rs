//! What the authority holds: asked for by an upload, brought by the syncs after it, a page at a time.
//!
//! Invariant: pages are kept in order and none twice; while one is missing it is not called whole. A new request begins anew.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::HoldingsState;
use super::wire::Holdings;
use crate::store::{
    Codec, MAX_VALUE_BYTES, OfSubject, RecordKind, SealedStore, SealedWrite, StoreError, SubjectId,
};
use crate::sync::{PartFault, PartHolding, PartRow, PartTaken, SyncError, UploadRow};

/// The citizen asks the authority for everything that it holds: an empty object.
pub(super) static DATA_REQUEST: UploadRow = UploadRow {
    replaces_earlier: true,
    ..UploadRow::put("data-request", 30, "data-requests")
};

/// What the authority answers, page by page.
pub(super) static PART: PartRow = PartRow {
    name: "holdings",
    max_bytes: MAX_VALUE_BYTES,
    cursor: |holding| {
        let pages = pages(holding.store, holding.subject)?;
        let next = pages.last().and_then(|page| page.next);
        Ok(next.map(|next| next.to_string()).unwrap_or_default())
    },
    writes,
};

/// A page; by its number in four digits.
pub(super) const PAGE: RecordKind<Page, OfSubject> = RecordKind::of_subject(
    400,
    "page of the authority's data",
    Codec::JSON,
    MAX_VALUE_BYTES,
);

/// When it was asked for, Unix seconds by the phone's trusted time.
pub(super) const REQUESTED: RecordKind<i64, OfSubject> =
    RecordKind::of_subject(401, "request for the authority's data", Codec::JSON, 1024);

/// Most pages: far beyond what an authority keeps of anybody.
const MOST_PAGES: usize = 200;

/// Some of the authority's records.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Page {
    from: u64,
    /// Where the next one begins; none for the last.
    next: Option<u64>,
    /// Unix seconds by the authority's clock.
    as_of: i64,
    records: Vec<Value>,
}

crate::hidden_debug!(Page);

fn writes(holding: &PartHolding<'_>, body: &[u8]) -> Result<PartTaken, PartFault> {
    let malformed = PartFault::Refused(crate::sync::SyncRefusal::AnswerMalformed.code());
    let page: Page = crate::encoding::json::from_slice(body).map_err(|_| malformed.clone())?;
    let held = pages(holding.store, holding.subject)?;
    let expected = held.last().and_then(|page| page.next).unwrap_or_default();
    let goes_on = page.next.is_none_or(|next| next > page.from);
    if page.from != expected || !goes_on || held.len() >= MOST_PAGES {
        return Err(malformed);
    }
    let place = PAGE.for_subject(holding.subject);
    let mut writes = Vec::new();
    // Told anew from the start: what was held is of before.
    let mut number = held.len();
    if page.from == 0 {
        writes = forget(holding.store, holding.subject)?;
        number = 0;
    }
    writes.push(place.at(&format!("{number:04}")).put(&page)?);
    Ok(PartTaken {
        writes,
        is_complete: page.next.is_none(),
    })
}

/// The pages that are held, in order.
fn pages(store: &SealedStore, subject: &SubjectId) -> Result<Vec<Page>, StoreError> {
    let pages = store.read_all(&PAGE.for_subject(subject))?;
    Ok(pages.into_iter().map(|(_, page)| page).collect())
}

/// Removes every page.
pub(super) fn forget(
    store: &SealedStore,
    subject: &SubjectId,
) -> Result<Vec<SealedWrite>, StoreError> {
    let place = PAGE.for_subject(subject);
    let pages = store.read_all(&place)?;
    Ok(pages
        .iter()
        .map(|(key, _)| place.clone().at(key).delete())
        .collect())
}

/// What is held of the authority's data, and how far that is.
pub(super) fn held(
    store: &SealedStore,
    subject: &SubjectId,
) -> Result<(HoldingsState, Option<Holdings>), SyncError> {
    let pages = pages(store, subject)?;
    let Some(last) = pages.last() else {
        let is_requested = store.read(&REQUESTED.for_subject(subject))?.is_some();
        let state = if is_requested {
            HoldingsState::Requested
        } else {
            HoldingsState::NotRequested
        };
        return Ok((state, None));
    };
    let is_whole = last.next.is_none();
    let holdings = Holdings {
        as_of: last.as_of,
        is_whole,
        records: pages.iter().flat_map(|page| page.records.clone()).collect(),
    };
    let state = if is_whole {
        HoldingsState::Held
    } else {
        HoldingsState::Coming
    };
    Ok((state, Some(holdings)))
}
