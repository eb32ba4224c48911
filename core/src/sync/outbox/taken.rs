//! What the authority took lately: kept, to be sent again to an authority that has lost it.
//!
//! Invariant: an upload waits in the outbox or is among these, and goes from one to the other in one write with what the
//! answer brought. It is sent again as it was sent, under its id and with what shows when it was taken, so an authority that has it all the same takes it for
//! the same. The last registration that was taken stays until another one is, also while it waits again; the rest for as
//! long as an authority looks at what comes late.

use serde::Deserialize;

use super::{Entry, Outbox, PendingUpload, position};
use crate::encoding::json;
use crate::store::SealedWrite;
use crate::sync::error::SyncError;
use crate::sync::records::TAKEN;
use crate::sync::stored_upload::StoredUpload;
use crate::wire::{Identity, RegistrationRequest};

/// How long something is kept after it was queued, milliseconds.
const KEPT_MS: i64 = 14 * 86_400_000;
/// Most that are kept beside the registration, the newest.
const MAX_KEPT: usize = 20;

impl Outbox {
    /// Removes an upload that the authority took and writes what its answer brought, at once or not at all; keeps it.
    /// Where a registration `begins_anew` at an authority that had lost an earlier one, all that is kept waits again,
    /// before what was queued since; what was for another document is somebody else's, and goes.
    pub(in crate::sync) fn take(
        &self,
        upload_id: &str,
        mut along: Vec<SealedWrite>,
        begins_anew: bool,
        acceptance: Option<String>,
        now_ms: i64,
    ) -> Result<(), SyncError> {
        let mut guard = self.lock();
        let Some(position) = position(&guard.list, upload_id) else {
            return Err(SyncError::UploadUnknown);
        };
        let mut stored = self.stored(upload_id)?;
        stored.accepted(acceptance);
        let is_registration = guard.list[position].upload.is_registration();
        let (registrations, mut others) = self.kept()?;
        let place = |id: &str| TAKEN.for_subject(&self.subject).at(id);
        if is_registration {
            let others = registrations.iter().filter(|(id, _)| id != upload_id);
            along.extend(others.map(|(id, _)| place(id).delete()));
        }
        along.push(self.place(upload_id).delete());
        along.push(place(upload_id).put(&stored)?);
        if begins_anew {
            along.extend(others.iter().map(|(id, _)| place(id).delete()));
            let before = registrations.last().map(|(_, before)| before);
            if !before.is_some_and(|before| is_of_same_document(before, &stored)) {
                others.clear();
            }
        } else {
            // By id, which is by the time of queueing: those at the end are the newest.
            let room = MAX_KEPT.saturating_sub(usize::from(!is_registration));
            let surplus = others.len().saturating_sub(room);
            let is_old = |one: &StoredUpload| one.queued_at_ms() < now_ms.saturating_sub(KEPT_MS);
            let mut number = 0;
            others.retain(|(_, one)| {
                number += 1;
                number <= surplus || is_old(one)
            });
            along.extend(others.drain(..).map(|(id, _)| place(&id).delete()));
        }
        let mut list = guard.list.clone();
        list.remove(position);
        let list = self.put_back(others, list, &mut along)?;
        self.store.apply(&along)?;
        guard.list = list;
        Ok(())
    }

    /// Has the registration that was taken wait again, in the place of any other, and writes what goes `along`. False,
    /// and nothing waits, where none is kept; what goes `along` is written in any case.
    pub(in crate::sync) fn register_again(
        &self,
        mut along: Vec<SealedWrite>,
    ) -> Result<bool, SyncError> {
        let mut guard = self.lock();
        if guard.has_ended {
            return Err(SyncError::SubjectUnknown);
        }
        let is_queued = |entry: &Entry| entry.upload.is_registration() && entry.upload.is_waiting();
        if guard.list.iter().any(is_queued) {
            self.store.apply(&along)?;
            return Ok(true);
        }
        let (mut registrations, _) = self.kept()?;
        let Some(newest) = registrations.pop() else {
            self.store.apply(&along)?;
            return Ok(false);
        };
        let mut list = guard.list.clone();
        list.retain(|entry| {
            let stays = !entry.upload.is_registration();
            if !stays {
                along.push(self.place(&entry.upload.upload_id).delete());
            }
            stays
        });
        let list = self.put_back(vec![newest], list, &mut along)?;
        self.store.apply(&along)?;
        guard.list = list;
        Ok(true)
    }

    /// Has all that was taken wait again, the registration among it, for an authority that may have lost some of it;
    /// writes what goes `along`. How many wait for it anew.
    pub(in crate::sync) fn send_taken_again(
        &self,
        mut along: Vec<SealedWrite>,
    ) -> Result<usize, SyncError> {
        let mut guard = self.lock();
        if guard.has_ended {
            return Err(SyncError::SubjectUnknown);
        }
        let (mut registrations, others) = self.kept()?;
        let place = |id: &str| TAKEN.for_subject(&self.subject).at(id);
        along.extend(others.iter().map(|(id, _)| place(id).delete()));
        // One that was refused waits for the citizen, not for the authority.
        let is_queued = |entry: &Entry| entry.upload.is_registration() && entry.upload.is_waiting();
        let newest = registrations
            .pop()
            .filter(|_| !guard.list.iter().any(is_queued));
        let back: Kept = newest.into_iter().chain(others).collect();
        let count = back.len();
        let list = self.put_back(back, guard.list.clone(), &mut along)?;
        self.store.apply(&along)?;
        guard.list = list;
        Ok(count)
    }

    /// The body of the registration that was taken last.
    pub(in crate::sync) fn registration_taken(&self) -> Result<Option<Vec<u8>>, SyncError> {
        let _entries = self.lock();
        let newest = self.kept()?.0.pop();
        newest
            .map(|(_, stored)| stored.fields().map(|fields| fields.body))
            .transpose()
    }

    /// When the citizen consented last, Unix seconds, by the registrations that were taken or may have arrived. One that
    /// cannot be read does not count.
    pub(in crate::sync) fn last_consent(&self) -> Option<i64> {
        let pending = self.pending().into_iter();
        let queued = pending.filter(PendingUpload::is_registration);
        let queued = queued.filter_map(|upload| self.body(&upload.upload_id).ok());
        let taken = self.registration_taken().ok().flatten();
        let requests = queued.chain(taken);
        let requests =
            requests.filter_map(|body| json::from_slice::<RegistrationRequest>(&body).ok());
        requests.map(|request| request.consent.accepted_at).max()
    }

    /// What is kept, the registrations apart, each by its id.
    fn kept(&self) -> Result<(Kept, Kept), SyncError> {
        let kept = self.store.read_all(&TAKEN.for_subject(&self.subject))?;
        let is_registration = |one: &(String, StoredUpload)| {
            let entry = Entry::new(one.0.clone(), one.1.clone());
            entry.upload.is_registration()
        };
        Ok(kept.into_iter().partition(is_registration))
    }

    /// The entries `after` with `back` before them, and what that takes to write.
    fn put_back(
        &self,
        back: Kept,
        after: Vec<Entry>,
        writes: &mut Vec<SealedWrite>,
    ) -> Result<Vec<Entry>, SyncError> {
        if back.is_empty() {
            return Ok(after);
        }
        let mut entries = Vec::new();
        for (upload_id, mut stored) in back {
            stored.wait_again(entries.len() as u64);
            writes.push(self.place(&upload_id).put(&stored)?);
            entries.push(Entry::new(upload_id, stored));
        }
        for entry in after {
            let upload_id = entry.upload.upload_id;
            let mut stored = self.stored(&upload_id)?;
            if stored.set_sequence(entries.len() as u64) {
                writes.push(self.place(&upload_id).put(&stored)?);
            }
            entries.push(Entry::new(upload_id, stored));
        }
        Ok(entries)
    }
}

/// What an owner's and a dependant's registration have in common.
#[derive(Deserialize)]
struct Named {
    identity: Identity,
}

/// Whether two registrations are for one document.
fn is_of_same_document(before: &StoredUpload, now: &StoredUpload) -> bool {
    let document = |stored: &StoredUpload| {
        let body = stored.clone().fields().ok()?.body;
        let request: Named = json::from_slice(&body).ok()?;
        let identity = request.identity;
        Some((identity.document_kind, identity.document_number))
    };
    document(before).is_some_and(|before| document(now) == Some(before))
}

/// Ids and what was sent under them.
type Kept = Vec<(String, StoredUpload)>;
