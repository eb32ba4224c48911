//! The part `appeals`: what the authority tells of a subject's appeals after it has them.
//!
//! Invariant: nothing of it is written that an issuer did not sign for this citizen; what is wrong with one entry is wrong with
//! the answer, which is asked for again.

use super::AppealError;
use super::records::{APPEAL, CURSOR, HeldAppeal};
use super::sending::open_acknowledgement;
use super::wire::{AppealDecision, AppealEntry, AppealsPart, DECISION_TYPE, PART};
use crate::encoding::{base64, json};
use crate::store::Place;
use crate::sync::{PartFault, PartHolding, PartRow, PartTaken};
use crate::trust::open_bundle;

/// Longest id of an appeal, bytes.
const MAX_ID_BYTES: usize = 64;

/// Longest answer, bytes.
const MAX_PART_BYTES: usize = 512 * 1024;

/// Row of the table of parts.
pub(super) static APPEALS: PartRow = PartRow {
    name: PART,
    max_bytes: MAX_PART_BYTES,
    cursor: |holding| {
        let cursor = holding.store.read(&place_of_cursor(holding))?;
        Ok(cursor.map_or_else(String::new, |change| change.to_string()))
    },
    writes,
};

/// Of this citizen: one who registers anew is another one.
fn place_of_cursor(told: &PartHolding<'_>) -> Place<u64> {
    CURSOR.for_subject(told.subject).at(told.citizen_id)
}

fn writes(told: &PartHolding<'_>, content: &[u8]) -> Result<PartTaken, PartFault> {
    let not_ours = PartFault::Refused(AppealError::NotOurs.code());
    let part = json::from_slice::<AppealsPart>(content).map_err(|_| not_ours.clone())?;
    let mut writes = Vec::new();
    let place = place_of_cursor(told);
    let mut last = told.store.read(&place)?.unwrap_or_default();
    for entry in part.appeals {
        if entry.id.len() > MAX_ID_BYTES {
            return Err(not_ours);
        }
        let place = APPEAL.for_subject(told.subject).at(&entry.id);
        let held = told.store.read(&place)?.unwrap_or_default();
        last = last.max(entry.change);
        let held = merged(held, entry, told).map_err(PartFault::Refused)?;
        writes.push(place.put(&held)?);
    }
    writes.push(place.put(&last)?);
    Ok(PartTaken {
        writes,
        is_complete: true,
    })
}

fn merged(
    held: HeldAppeal,
    entry: AppealEntry,
    told: &PartHolding<'_>,
) -> Result<HeldAppeal, &'static str> {
    let not_ours = AppealError::NotOurs.code();
    let citizen = (told.citizen_id, told.subject);
    let signed = open_acknowledgement(&entry.acknowledgement, citizen, told.trust, at(told))?;
    if signed.id != entry.id {
        return Err(not_ours);
    }
    let decided = entry.decision.as_ref();
    let decided = decided
        .map(|decision| open_decision(decision, told))
        .transpose()?;
    if decided
        .as_ref()
        .is_some_and(|decided| decided.id != entry.id)
    {
        return Err(not_ours);
    }
    Ok(HeldAppeal {
        receipt_sha256: signed.receipt_sha256,
        acknowledgement: entry.acknowledgement,
        citizen_id: signed.citizen_id,
        received_at: signed.received_at,
        decide_by: signed.decide_by,
        withdrawn_at: entry.withdrawn_at.or(held.withdrawn_at),
        decision: entry.decision,
        decided,
        change: entry.change,
        ..held
    })
}

/// Unix seconds.
const fn at(told: &PartHolding<'_>) -> i64 {
    told.at_ms.div_euclid(1_000)
}

fn open_decision(signed: &str, told: &PartHolding<'_>) -> Result<AppealDecision, &'static str> {
    let not_ours = AppealError::NotOurs.code();
    let bytes = base64::decode_url(signed).ok_or(not_ours)?;
    let opened =
        open_bundle(DECISION_TYPE, &bytes, told.trust, at(told)).map_err(|error| error.code())?;
    let decision: AppealDecision = json::from_slice(opened.payload).map_err(|_| not_ours)?;
    let is_ours = decision.citizen_id == told.citizen_id && decision.subject == *told.subject;
    // What the officers signed stays in the bundle.
    let told = AppealDecision {
        order: String::new(),
        signatures: Vec::new(),
        ..decision
    };
    is_ours.then_some(told).ok_or(not_ours)
}
