//! The part `changes` of a subject on the phone: how far it is held, and what an answer leaves.
//!
//! Invariant: entries, head and what was noticed of them are one write; entries that do not follow are not kept, the alarm is, and the
//! authority is asked again.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::chain::{ChainAlarmKind, HeldEntry, Merged, Whose, faults, merge};
use super::officers::{OFFICERS, OfficerList};
use super::wire::{ChangesAnswer, PART_NAME, cursor};
use super::{ALARMS, ENTRY, HEAD, LOST};
use crate::ports::MAX_RESPONSE_BYTES;
use crate::store::{SealedStore, SealedWrite, StoreError, SubjectId};
use crate::sync::{PartFault, PartHolding, PartRow, PartTaken, SyncRefusal};

/// Most alarms that are kept; read ones go first.
const MOST_ALARMS: usize = 200;

/// Row of the table.
pub(super) static CHANGES: PartRow = PartRow {
    name: PART_NAME,
    max_bytes: MAX_RESPONSE_BYTES,
    cursor: |holding| {
        let head = HEAD.for_subject(holding.subject);
        let head = holding.store.read(&head)?.unwrap_or_default();
        // What is noted beside it must be one that can be written again.
        holding.store.read(&ALARMS.for_subject(holding.subject))?;
        let is_mine = head.citizen_id == holding.citizen_id;
        Ok(if is_mine {
            cursor(head.count, &head.hash)
        } else {
            String::new()
        })
    },
    writes,
};

/// The chain's end as it is held.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ChainHead {
    pub(crate) citizen_id: String,
    pub(crate) count: u32,
    pub(crate) hash: String,
}

/// What was noticed, oldest first.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Alarms {
    pub(crate) alarms: Vec<Alarm>,
}

/// Something that was noticed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Alarm {
    /// The same thing has the same id.
    pub(crate) id: String,
    pub(crate) kind: ChainAlarmKind,
    /// Of which entry.
    pub(crate) number: Option<u32>,
    /// Unix seconds.
    pub(crate) noticed_at: i64,
    #[serde(default)]
    pub(crate) is_read: bool,
    /// Whether the observer was told.
    #[serde(default)]
    pub(crate) is_told: bool,
}

crate::hidden_debug!(ChainHead, Alarms, Alarm);

impl Alarms {
    /// Notes something; whether it was not known. `what` tells two of one kind and number apart.
    pub(crate) fn note(
        &mut self,
        kind: ChainAlarmKind,
        number: Option<u32>,
        what: &str,
        at: i64,
    ) -> bool {
        let id = format!("{kind:?}-{}-{what}", number.unwrap_or_default());
        if self.alarms.iter().any(|alarm| alarm.id == id) {
            return false;
        }
        if self.alarms.len() >= MOST_ALARMS {
            let oldest = self.alarms.iter().position(|alarm| alarm.is_read);
            self.alarms.remove(oldest.unwrap_or_default());
        }
        self.alarms.push(Alarm {
            id,
            kind,
            number,
            noticed_at: at,
            is_read: false,
            is_told: false,
        });
        true
    }
}

/// The entries that are held, 1 to the last.
pub(super) fn held(store: &SealedStore, subject: &SubjectId) -> Result<Vec<HeldEntry>, StoreError> {
    let mut entries = store.read_all(&ENTRY.for_subject(subject))?;
    entries.sort_by(|left, right| left.0.cmp(&right.0));
    Ok(entries.into_iter().map(|(_, entry)| entry).collect())
}

pub(super) fn put(
    subject: &SubjectId,
    number: u32,
    entry: &HeldEntry,
) -> Result<SealedWrite, StoreError> {
    let place = ENTRY.for_subject(subject).at(&format!("{number:010}"));
    place.put(entry)
}

/// Judges the entries from `from` on (a place, counted from 0) that were not judged yet; notes what is wrong. Whose places changed.
pub(super) fn judge_entries(
    entries: &mut [HeldEntry],
    from: usize,
    whose: Whose<'_>,
    officers: &OfficerList,
    alarms: &mut Alarms,
    at: i64,
) -> BTreeSet<usize> {
    let mut judged = BTreeSet::new();
    for place in from..entries.len() {
        if entries[place].is_judged {
            continue;
        }
        // One that this version cannot read is left for the next.
        let Some(entry) = entries[place].read() else {
            continue;
        };
        let before = place.checked_sub(1).and_then(|place| entries[place].read());
        let found = faults(&entry, before.as_ref(), whose, officers);
        let hash = entries[place].hash();
        for kind in &found {
            alarms.note(*kind, Some(entry.number), &hash[..16], at);
        }
        entries[place].faults = found;
        entries[place].is_judged = true;
        judged.insert(place);
    }
    judged
}

fn writes(holding: &PartHolding<'_>, body: &[u8]) -> Result<PartTaken, PartFault> {
    let malformed = PartFault::Refused(SyncRefusal::AnswerMalformed.code());
    let answer: ChangesAnswer =
        crate::encoding::json::from_slice(body).map_err(|_| malformed.clone())?;
    let (store, subject) = (holding.store, holding.subject);
    let head = HEAD.for_subject(subject);
    let is_mine = |head: &ChainHead| head.citizen_id == holding.citizen_id;
    let mut entries = held(store, subject)?;
    let mut writes = Vec::new();
    if !store.read(&head)?.is_some_and(|head| is_mine(&head)) {
        // Another citizen's, whom this phone registered before.
        for number in 1..=entries.len() {
            let place = ENTRY.for_subject(subject).at(&format!("{number:010}"));
            writes.push(place.delete());
        }
        entries.clear();
    }
    let place = ALARMS.for_subject(subject);
    let mut alarms = store.read(&place)?.unwrap_or_default();
    let at = holding.at_ms.div_euclid(1_000);
    let merged = merge(&entries, &answer, holding.at_ms).ok_or(malformed)?;
    let (new, is_complete) = match merged {
        Merged::Follow(new, is_complete) => (new, is_complete),
        Merged::Restored(new, is_complete) => {
            let number = new.first().map_or(1, |(number, _)| *number);
            let lost = entries.split_off(number as usize - 1);
            alarms.note(ChainAlarmKind::Restored, Some(number), &answer.head, at);
            for (number, one) in (number..).zip(&lost) {
                writes.push(LOST.for_subject(subject).at(&one.hash()).put(one)?);
                let place = ENTRY.for_subject(subject).at(&format!("{number:010}"));
                writes.push(place.delete());
            }
            (new, is_complete)
        }
        Merged::Broken(kind, number) => {
            let what: String = answer.head.chars().take(64).collect();
            let writes = if alarms.note(kind, Some(number), &what, at) {
                vec![place.put(&alarms)?]
            } else {
                Vec::new()
            };
            return Ok(PartTaken {
                writes,
                is_complete: false,
            });
        }
    };
    let from = entries.len();
    entries.extend(new.into_iter().map(|(_, entry)| entry));
    if let Some(officers) = officers(holding) {
        let whose = Whose {
            citizen_id: holding.citizen_id,
            subject,
        };
        judge_entries(&mut entries, from, whose, &officers, &mut alarms, at);
    }
    for (place, entry) in entries.iter().enumerate().skip(from) {
        let number = u32::try_from(place + 1).unwrap_or(u32::MAX);
        // A number that was deleted above is written once.
        let text = format!("{number:010}");
        let raw = ENTRY.for_subject(subject).at(&text);
        writes.retain(|write| *write != raw.delete());
        writes.push(put(subject, number, entry)?);
    }
    writes.push(head.put(&ChainHead {
        citizen_id: holding.citizen_id.to_owned(),
        count: u32::try_from(entries.len()).unwrap_or(u32::MAX),
        hash: entries.last().map(HeldEntry::hash).unwrap_or_default(),
    })?);
    writes.push(place.put(&alarms)?);
    Ok(PartTaken {
        writes,
        is_complete,
    })
}

/// The officers that are published; none where the list is not here or does not hold.
fn officers(holding: &PartHolding<'_>) -> Option<OfficerList> {
    let at = holding.at_ms.div_euclid(1_000);
    let bytes = holding.bundle(&OFFICERS, "officers")?;
    let signed = crate::trust::open_bundle(OFFICERS.typ, &bytes, holding.trust, at).ok()?;
    OfficerList::read(signed.payload)
}
