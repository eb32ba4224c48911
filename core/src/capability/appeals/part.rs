//! The part `appeals`: what the authority tells of a subject's appeals after it has them.
//!
//! Invariant: nothing of it is written that an issuer did not sign for this citizen; what is wrong with one entry is wrong with
//! the answer, which is asked for again.

use super::AppealError;
use super::asking::{AppealRequest, REQUEST_TYPE, RequestEntry};
use super::records::{APPEAL, CURSOR, HeldAddition, HeldAppeal, HeldRequest};
use super::sending::{open_acknowledgement, open_addition, open_signed, ours};
use super::wire::{AppealDecision, AppealEntry, AppealsPart, DECISION_TYPE, PART};
use crate::encoding::json;
use crate::store::Place;
use crate::sync::{PartFault, PartHolding, PartRow, PartTaken};

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
    let requests = entry.requests.into_iter();
    let requests = requests.map(|request| asked(request, (&entry.id, &held), told));
    let held = HeldAppeal {
        requests: requests.collect::<Result<_, _>>()?,
        ..held
    };
    Ok(HeldAppeal {
        receipt_sha256: signed.receipt_sha256,
        acknowledgement: entry.acknowledgement,
        citizen_id: signed.citizen_id,
        received_at: signed.received_at,
        decide_by: held.deadline(signed.decide_by),
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

/// A request, with what was added on it: the words of that are this phone's own, where it sent them.
fn asked(
    entry: RequestEntry,
    (appeal, held): (&str, &HeldAppeal),
    told: &PartHolding<'_>,
) -> Result<HeldRequest, &'static str> {
    let not_ours = AppealError::NotOurs.code();
    let citizen = (told.citizen_id, told.subject);
    let request: AppealRequest = open_signed(REQUEST_TYPE, &entry.request, told.trust, at(told))?;
    ours(citizen, (&request.citizen_id, &request.subject))?;
    if request.appeal != appeal {
        return Err(not_ours);
    }
    let addition = entry.addition.map(|signed| {
        let added = open_addition(&signed, citizen, told.trust, at(told))?;
        if added.request != request.id {
            return Err(not_ours);
        }
        let mut before = held.requests.iter().filter(|one| one.told.id == request.id);
        let before = before.find_map(|one| one.addition.clone());
        Ok(HeldAddition {
            acknowledgement: signed,
            received_at: added.received_at,
            decide_by: added.decide_by,
            ..before.unwrap_or_default()
        })
    });
    Ok(HeldRequest {
        signed: entry.request,
        addition: addition.transpose()?,
        // What the officer signed stays in the bundle.
        told: AppealRequest {
            order: String::new(),
            signature: String::new(),
            ..request
        },
    })
}

fn open_decision(signed: &str, told: &PartHolding<'_>) -> Result<AppealDecision, &'static str> {
    let decision: AppealDecision = open_signed(DECISION_TYPE, signed, told.trust, at(told))?;
    let citizen = (told.citizen_id, told.subject);
    ours(citizen, (&decision.citizen_id, &decision.subject))?;
    // What the officers signed stays in the bundle.
    Ok(AppealDecision {
        order: String::new(),
        signatures: Vec::new(),
        ..decision
    })
}
