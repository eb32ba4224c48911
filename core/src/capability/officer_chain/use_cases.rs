//! What a citizen does with the chain, and what is noticed once a sync is over.
//!
//! Invariant: an alarm goes only by being read; it is raised again only by something else. A look tells nobody.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::chain::{ChainAlarmKind, Whose};
use super::officers::{OFFICERS, OfficerList};
use super::part::{Alarms, held, judge_entries, put};
use super::views::{self, ChangesView};
use super::wire::PART_NAME;
use super::{ALARMS, HEAD, LOST};
use crate::citizen::{CitizenError, HealthCode};
use crate::encoding::json;
use crate::event::HealthCodeEvent;
use crate::rules::Evidence;
use crate::store::{SealedStore, StoreError, SubjectId};
use crate::sync::ColourSeen;
use crate::trust::{RECEIPT_TYPE, Scheme, unverified_payload};
use crate::wire::Receipt;

impl HealthCode {
    /// Every change of the colour that the authority entered in the chain, newest first, whether each holds, and what was noticed.
    ///
    /// # Errors
    /// `Store`.
    pub fn changes(&self) -> Result<ChangesView, CitizenError> {
        let (store, subject) = (&self.context.store, &self.context.subject);
        let officers = self.published(&OFFICERS, OfficerList::read)?;
        let told = self.context.sync.part_is_held(subject, PART_NAME)?;
        let lost = store.read_all(&LOST.for_subject(subject))?;
        Ok(views::changes(
            &views::Held {
                entries: held(store, subject)?,
                lost: lost.into_iter().map(|(_, entry)| entry).collect(),
                alarms: alarms(store, subject)?,
                officers: officers.first().map(Arc::as_ref),
                international: self.international_rules()?,
                told,
            },
            self.reading(self.now().at_secs(), &self.language()),
        ))
    }

    /// Ids of the sets of rules by which receipts on this phone tell colours of the international scheme.
    fn international_rules(&self) -> Result<BTreeSet<String>, CitizenError> {
        let (sync, subject) = (&self.context.sync, &self.context.subject);
        let seen = sync.colours_seen(subject)?;
        let held = sync.state(subject)?.receipt;
        let held = held.as_deref().and_then(read_receipt);
        let receipts = seen.iter().filter_map(ColourSeen::receipt).chain(held);
        let international = receipts.filter(|it| it.scheme == Scheme::International);
        Ok(international.map(|receipt| receipt.rule_set_id).collect())
    }

    /// Marks alarms as read, by their ids. Tells nobody.
    ///
    /// # Errors
    /// `Store`.
    pub fn mark_chain_alarms_read(&self, ids: &[String]) -> Result<(), CitizenError> {
        let (store, subject) = (&self.context.store, &self.context.subject);
        let life = self.context.sync.life(subject)?;
        let mut alarms = alarms(store, subject)?;
        for alarm in &mut alarms.alarms {
            alarm.is_read |= ids.contains(&alarm.id);
        }
        Ok(life.write(&[ALARMS.for_subject(subject).put(&alarms)?])?)
    }
}

fn alarms(store: &SealedStore, subject: &SubjectId) -> Result<Alarms, StoreError> {
    Ok(store
        .read(&ALARMS.for_subject(subject))?
        .unwrap_or_default())
}

/// How many alarms of the subject were not read. One that cannot be read counts for a newer app's.
pub(crate) fn unread_alarms(store: &SealedStore, subject: &SubjectId) -> usize {
    let alarms = alarms(store, subject).unwrap_or_default().alarms;
    alarms.iter().filter(|alarm| !alarm.is_read).count()
}

/// Judges what could not be judged before, holds the receipt against the chain, and tells the observer of what is new.
pub(super) fn judge(phone: &HealthCode) {
    // What fails here is found again by the next sync: it follows from what is stored.
    let _ = notice(phone);
    announce(phone);
}

fn notice(phone: &HealthCode) -> Result<(), CitizenError> {
    let context = &phone.context;
    let (store, subject) = (&context.store, &context.subject);
    let Some(registration) = context.sync.registration(subject)? else {
        return Ok(());
    };
    let life = context.sync.life(subject)?;
    let at = phone.now().at_secs();
    let whose = Whose {
        citizen_id: &registration.citizen_id,
        subject,
    };
    let mut alarms = alarms(store, subject)?;
    let before = alarms.clone();
    let head = store.read(&HEAD.for_subject(subject))?.unwrap_or_default();
    let mut entries = held(store, subject)?;
    let mut writes = Vec::new();
    if let Some(officers) = phone.published(&OFFICERS, OfficerList::read)?.first() {
        for place in judge_entries(&mut entries, 0, whose, officers, &mut alarms, at) {
            let number = u32::try_from(place + 1).unwrap_or(u32::MAX);
            writes.push(put(subject, number, &entries[place])?);
        }
    }
    if head.citizen_id == registration.citizen_id && head.count > 0 {
        let told = context.sync.part_is_held(subject, PART_NAME)?;
        let state = context.sync.state(subject)?;
        let receipt = state.receipt.as_deref().and_then(read_receipt);
        let fault = match (told, receipt) {
            (None, Some(_)) if context.sync.parts_were_told(subject)? => {
                Some((ChainAlarmKind::Withdrawn, head.hash.clone()))
            }
            (Some(is_held), Some(receipt)) => {
                let read = |number: u32| {
                    let entry = entries.get(number.checked_sub(1)? as usize)?;
                    Some((entry.hash(), entry.read()))
                };
                receipt_fault(&receipt, is_held, &read)
            }
            (None, Some(_)) | (_, None) => None,
        };
        if let Some((kind, what)) = fault {
            alarms.note(kind, None, &what, at);
        }
    }
    if alarms != before {
        writes.push(ALARMS.for_subject(subject).put(&alarms)?);
    }
    if !writes.is_empty() {
        life.write(&writes)?;
    }
    Ok(())
}

fn read_receipt(bytes: &[u8]) -> Option<Receipt> {
    json::from_slice(unverified_payload(RECEIPT_TYPE, bytes)?).ok()
}

/// What is wrong with a receipt beside the chain, and what tells two such apart. `is_held` says whether all entries that there are came.
fn receipt_fault(
    receipt: &Receipt,
    is_held: bool,
    read: &dyn Fn(u32) -> Option<(String, Option<super::wire::ChainEntry>)>,
) -> Option<(ChainAlarmKind, String)> {
    let told = format!(
        "{}-{}-{}",
        receipt.colour.id(),
        receipt.reason.as_str(),
        receipt
            .change
            .as_ref()
            .map_or("", |change| change.hash.as_str()),
    );
    let silent = Some((ChainAlarmKind::SilentChange, told.clone()));
    let Some(change) = &receipt.change else {
        return silent;
    };
    if !is_held {
        // Entries are still to come, perhaps in the place of others after a restoration.
        return None;
    }
    let Some((hash, entry)) = read(change.number) else {
        return silent;
    };
    // One of a later version is not this one's to judge beyond its hash.
    let tells_this = entry
        .as_ref()
        .is_none_or(|entry| entry.colour == receipt.colour && entry.reason == receipt.reason);
    if hash != change.hash || !tells_this {
        return silent;
    }
    let in_force = Evidence::from_value(&receipt.evidence).ok()?.order?;
    let shown = entry?
        .order
        .and_then(|order| super::chain::read_order(&order.bytes()?).ok());
    let is_shown = shown
        .is_some_and(|order| in_force.colour == order.colour && in_force.reason == order.reason);
    (!is_shown).then_some((ChainAlarmKind::SecondSignatureMissing, told))
}

/// Tells the observer of alarms that it was not told of; after a failure twice rather than never.
fn announce(phone: &HealthCode) {
    let (store, subject) = (&phone.context.store, phone.context.subject.clone());
    let Ok(known) = alarms(store, &subject) else {
        return;
    };
    let untold = known
        .alarms
        .iter()
        .filter(|one| !one.is_told && !one.is_read);
    let claimed = phone.context.events.claim(untold.map(|one| one.id.clone()));
    if claimed.is_empty() {
        return;
    }
    let Ok(life) = phone.context.sync.life(&subject) else {
        return;
    };
    let store = Arc::clone(store);
    let ids = claimed.iter().cloned().collect();
    phone.context.events.tell_then(
        HealthCodeEvent::ColourAlarms { ids },
        Box::new(move || {
            let Ok(mut known) = alarms(&store, &subject) else {
                return;
            };
            for alarm in &mut known.alarms {
                alarm.is_told |= claimed.contains(&alarm.id);
            }
            let write = ALARMS.for_subject(&subject).put(&known);
            let _ = write.map(|write| life.write(&[write]));
        }),
    );
}
