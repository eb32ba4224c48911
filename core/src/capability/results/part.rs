//! The part `results`: what the authority tells, verified record by record.
//!
//! Invariant: a record that does not verify is noted by name and asked for again, and keeps no other from being taken; records, notes
//! and how far the part was read are one write.

use std::collections::BTreeSet;

use serde_json::Value;

use super::records::{HeldResult, MOST_RESULTS, PROGRESS, Progress, RESULT};
use super::wire::{MAX_PART_BYTES, PART, RESULT_TYPE, ResultEntry, ResultsPart};
use super::{ResultError, read_cursor};
use crate::capability::appeals::sha256_hex;
use crate::encoding::{base64, json};
use crate::store::{SealedWrite, StoreError};
use crate::sync::{PartFault, PartHolding, PartRow, PartTaken};
use crate::trust::open_bundle;
use crate::wire::MAX_CURSOR_BYTES;

/// Most records that did not verify and are noted.
const MOST_NOTED: usize = 1_000;

/// Row of the table of parts.
pub(super) static RESULTS: PartRow = PartRow {
    name: PART,
    max_bytes: MAX_PART_BYTES,
    cursor: |holding| Ok(progress(holding)?.next),
    writes,
};

/// How far the part was read for this citizen.
fn progress(holding: &PartHolding<'_>) -> Result<Progress, StoreError> {
    let held = holding.store.read(&PROGRESS.for_subject(holding.subject))?;
    let held = held.filter(|held| held.citizen_id == holding.citizen_id);
    Ok(held.unwrap_or_else(|| Progress {
        citizen_id: holding.citizen_id.to_owned(),
        ..Progress::default()
    }))
}

fn writes(holding: &PartHolding<'_>, body: &[u8]) -> Result<PartTaken, PartFault> {
    let unreadable = PartFault::Refused(ResultError::Unreadable.code());
    let part: ResultsPart = json::from_slice(body).map_err(|_| unreadable.clone())?;
    let (reached, _) = read_cursor(&part.next);
    if part.next.len() > MAX_CURSOR_BYTES || !is_cursor(&part.next) {
        return Err(unreadable);
    }
    let mut progress = progress(holding)?;
    let place = RESULT.for_subject(holding.subject);
    let mut held = holding.store.read_all(&place)?;
    let mut writes = Vec::new();
    held.retain(|(key, one)| {
        // Of whom this phone registered before.
        let is_others = one.citizen_id != holding.citizen_id;
        if is_others {
            writes.push(place.clone().at(key).delete());
        }
        !is_others
    });
    let mut known: BTreeSet<String> = held.iter().map(|(key, _)| key.clone()).collect();
    let mut new = Vec::new();
    for entry in &part.results {
        progress
            .unverified
            .retain(|(change, _)| *change != entry.change);
        match verified(entry, holding) {
            Ok((key, result)) if known.insert(key.clone()) => new.push((key, result)),
            Ok(_) => {}
            Err(code) => progress.unverified.push((entry.change, code.to_owned())),
        }
    }
    progress.unverified.truncate(MOST_NOTED);
    let dropped = oldest(&held, &new);
    for (key, _) in held.iter().filter(|(key, _)| dropped.contains(key)) {
        writes.push(place.clone().at(key).delete());
    }
    for (key, result) in new.iter().filter(|(key, _)| !dropped.contains(key)) {
        progress.note(key, result);
        writes.push(place.clone().at(key).put(result)?);
    }
    let is_all = reached >= part.head;
    let again = progress.unverified.iter().map(|(change, _)| *change).min();
    // Once everything else is here, from the beginning.
    progress.next = match again.filter(|_| is_all) {
        Some(_) => String::new(),
        None => part.next,
    };
    writes.push(place_of_progress(holding, &progress)?);
    Ok(PartTaken {
        writes,
        is_complete: is_all && again.is_none(),
    })
}

fn place_of_progress(
    holding: &PartHolding<'_>,
    progress: &Progress,
) -> Result<SealedWrite, StoreError> {
    PROGRESS.for_subject(holding.subject).put(progress)
}

/// Whether this can be sent as a cursor.
fn is_cursor(text: &str) -> bool {
    let is_allowed =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
    text.bytes().all(is_allowed)
}

/// The record of an entry with the key under which it is kept, or the code of why it does not count.
fn verified(
    entry: &ResultEntry,
    holding: &PartHolding<'_>,
) -> Result<(String, HeldResult), &'static str> {
    let not_verified = ResultError::NotVerified.code();
    let bytes = base64::decode_url(&entry.record).ok_or(not_verified)?;
    let at = holding.at_ms.div_euclid(1_000);
    let opened = open_bundle(RESULT_TYPE, &bytes, holding.trust, at).map_err(|_| not_verified)?;
    // Signed anew, it is the same record.
    let key = sha256_hex(opened.payload);
    // What of it a later version changed is for that version to read; whose it is stays.
    let content: Value = json::from_slice(opened.payload).map_err(|_| not_verified)?;
    let citizen_id = content.get("citizenId").and_then(Value::as_str);
    if citizen_id != Some(holding.citizen_id) {
        return Err(not_verified);
    }
    let sampled_at = content.get("sampledAt").and_then(Value::as_i64);
    let held = HeldResult {
        signed: entry.record.clone(),
        citizen_id: holding.citizen_id.to_owned(),
        sampled_at: sampled_at.unwrap_or_default(),
    };
    Ok((key, held))
}

/// Keys of those that are too many: the oldest samples.
fn oldest(held: &[(String, HeldResult)], new: &[(String, HeldResult)]) -> BTreeSet<String> {
    let all = held.iter().chain(new);
    let mut all: Vec<_> = all.map(|(key, one)| (one.sampled_at, key)).collect();
    all.sort_unstable();
    let surplus = all.len().saturating_sub(MOST_RESULTS);
    all.drain(..surplus).map(|(_, key)| key.clone()).collect()
}
