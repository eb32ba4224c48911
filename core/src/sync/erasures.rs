//! What is left of an erased subject on the phone: the request that asks the authority to erase it as well, and the
//! receipt for it.
//!
//! Invariant: a request was signed before the subject's records went, in the same batch that took them; it is sent as it
//! is until the authority has answered it, and never after. Nothing in here says who the subject was. Sends nothing.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

use super::error::SyncError;
use super::records::ERASURE;
use crate::encoding::base64;
use crate::ports::HttpRequest;
use crate::store::{SealedStore, SealedWrite, SubjectId};
use crate::trust::TrustBundle;
use crate::wire::{
    self, ERASE_METHOD, ErasureReceipt, ErasureRefusal, SIGNATURE_HEADER, open_erasure_receipt,
};

/// Most erasings that are kept. The oldest that the authority has answered makes room.
const MAX_ERASURES: usize = 16;
/// For so long a registration that was sent before an erasing may still arrive after it, seconds: five minutes is how long
/// its nonce is good, and as much again for answers that were slow.
const ON_ITS_WAY_SECS: i64 = 10 * 60;

/// A subject that was erased from this phone.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Erasure {
    /// Who: `owner`, or an id that says nothing any more.
    pub subject: SubjectId,
    /// When, trusted time, Unix seconds.
    pub erased_at: i64,
    /// Place among the erasings: a clock, which may be set back and has seconds, does not tell.
    #[serde(default)]
    sequence: u64,
    /// Whether a registration may have been on its way.
    #[serde(default)]
    may_arrive: bool,
    /// The request to the authority, signed.
    url: String,
    headers: Vec<(String, String)>,
    /// What the authority answered; none while it is waited for.
    pub outcome: Option<ErasureOutcome>,
}

impl std::fmt::Debug for Erasure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Erasure(hidden)")
    }
}

/// What an authority answered.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum ErasureOutcome {
    /// It erased the subject.
    Confirmed {
        /// COSE_Sign1 with an [`ErasureReceipt`], base64url.
        receipt: String,
        /// What it says, for a phone whose trust bundle does not vouch for it any more.
        content: ErasureReceipt,
    },
    /// It holds nothing of this device or subject.
    NothingHeld,
    /// It will not do it.
    Refused {
        /// Stable code.
        code: String,
    },
    /// Something that a newer version of the app wrote.
    #[serde(other)]
    Other,
}

impl std::fmt::Debug for ErasureOutcome {
    /// Which, and nothing of what it says.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Confirmed { .. } => "Confirmed",
            Self::NothingHeld => "NothingHeld",
            Self::Refused { .. } => "Refused",
            Self::Other => "Other",
        })
    }
}

impl Erasure {
    /// One that `request`, signed, asks for.
    pub(super) fn new(
        subject: SubjectId,
        erased_at: i64,
        request: HttpRequest,
        may_arrive: bool,
    ) -> Self {
        Self {
            subject,
            erased_at,
            sequence: 0,
            may_arrive,
            url: request.url,
            headers: request.headers,
            outcome: None,
        }
    }

    /// The request, byte for byte as it was signed.
    pub(super) fn request(&self) -> HttpRequest {
        HttpRequest {
            method: ERASE_METHOD.to_owned(),
            url: self.url.clone(),
            headers: self.headers.clone(),
            body: Vec::new(),
        }
    }

    /// Whether at `now`, Unix seconds, nothing of the subject can be on its way to the authority any more.
    pub(super) fn is_last_word(&self, now: i64) -> bool {
        !self.may_arrive || now >= self.erased_at.saturating_add(ON_ITS_WAY_SECS)
    }

    /// What a receipt, base64url, comes to if it is for this very request. The error is a stable code.
    pub(super) fn confirmed(
        &self,
        receipt: &str,
        trust: &TrustBundle,
        at: i64,
    ) -> Result<ErasureOutcome, &'static str> {
        let bytes = base64::decode_url(receipt).ok_or(ErasureRefusal::Malformed.code())?;
        let content = open_erasure_receipt(&bytes, trust, at)?;
        let mut headers = self.headers.iter();
        let own = headers.find(|(name, _)| name == SIGNATURE_HEADER);
        let own = own.and_then(|(_, value)| wire::signature_in(value));
        let own = own.map(|signature| base64::encode_url(&signature));
        if content.subject != self.subject || own.as_ref() != Some(&content.device_signature) {
            return Err(ErasureRefusal::NotAsked.code());
        }
        Ok(ErasureOutcome::Confirmed {
            receipt: receipt.to_owned(),
            content,
        })
    }
}

/// All of this phone's, oldest first.
pub(super) struct Erasures {
    store: Arc<SealedStore>,
    entries: Mutex<Vec<(String, Erasure)>>,
}

impl Erasures {
    pub(super) fn open(store: Arc<SealedStore>) -> Result<Self, SyncError> {
        let mut entries = store.read_all(&ERASURE.for_this_phone())?;
        entries.sort_by_key(|(_, erasure)| (erasure.sequence, erasure.erased_at));
        Ok(Self {
            store,
            entries: Mutex::new(entries),
        })
    }

    pub(super) fn all(&self) -> Vec<(String, Erasure)> {
        self.lock().clone()
    }

    /// Id of the first that waits for an answer.
    pub(super) fn next_id(&self) -> Option<String> {
        let entries = self.lock();
        let mut waiting = entries.iter().filter(|(_, one)| one.outcome.is_none());
        waiting.next().map(|(id, _)| id.clone())
    }

    /// Whether an erasing of the owner waits that this device's key of now signed: it would take a registration of now for
    /// the one that it is meant for.
    pub(super) fn threatens(&self, device_id: &str) -> bool {
        let entries = self.lock();
        let key_id = format!("keyid=\"{device_id}\"");
        let is_signed_by = |one: &Erasure| one.headers.iter().any(|(_, it)| it.contains(&key_id));
        let mut waiting = entries.iter().filter(|(_, one)| one.outcome.is_none());
        waiting.any(|(_, one)| one.subject.is_owner() && is_signed_by(one))
    }

    pub(super) fn get(&self, id: &str) -> Result<Erasure, SyncError> {
        let entries = self.lock();
        let found = entries.iter().find(|(found, _)| found == id);
        found
            .map(|(_, erasure)| erasure.clone())
            .ok_or(SyncError::ErasureUnknown)
    }

    /// What to write for a new one, together with the erasing itself; gives it its place.
    pub(super) fn writes(
        &self,
        id: &str,
        new: &mut Erasure,
    ) -> Result<Vec<SealedWrite>, SyncError> {
        let place = ERASURE.for_this_phone();
        let entries = self.lock();
        let last = entries.iter().map(|(_, one)| one.sequence).max();
        new.sequence = last.map_or(1, |last| last + 1);
        let mut writes = vec![place.clone().at(id).put(new)?];
        if entries.len() >= MAX_ERASURES {
            let mut answered = entries.iter().filter(|(_, one)| one.outcome.is_some());
            let (oldest, _) = answered.next().ok_or(SyncError::ErasuresFull)?;
            writes.push(place.at(oldest).delete());
        }
        Ok(writes)
    }

    /// Takes note of one that was written.
    pub(super) fn add(&self, id: String, new: Erasure) {
        let mut entries = self.lock();
        if entries.len() >= MAX_ERASURES
            && let Some(oldest) = entries.iter().position(|(_, one)| one.outcome.is_some())
        {
            entries.remove(oldest);
        }
        entries.push((id, new));
    }

    /// Has the others that wait go before this one, whose end waits for theirs. False where none does.
    pub(super) fn postpone(&self, id: &str) -> bool {
        let mut entries = self.lock();
        let is_other = |(other, one): &(String, Erasure)| other != id && one.outcome.is_none();
        let Some(position) = entries.iter().position(|(found, _)| found == id) else {
            return false;
        };
        if !entries.iter().any(is_other) {
            return false;
        }
        let postponed = entries.remove(position);
        entries.push(postponed);
        true
    }

    /// Keeps what the authority answered.
    pub(super) fn settle(&self, id: &str, outcome: ErasureOutcome) -> Result<(), SyncError> {
        let mut entries = self.lock();
        let entry = entries.iter_mut().find(|(found, _)| found == id);
        let (_, erasure) = entry.ok_or(SyncError::ErasureUnknown)?;
        let settled = Erasure {
            outcome: Some(outcome),
            ..erasure.clone()
        };
        self.store
            .write(&ERASURE.for_this_phone().at(id), &settled)?;
        *erasure = settled;
        Ok(())
    }

    /// Forgets one that was answered.
    pub(super) fn forget(&self, id: &str) -> Result<(), SyncError> {
        let mut entries = self.lock();
        let position = entries.iter().position(|(found, _)| found == id);
        let position = position.ok_or(SyncError::ErasureUnknown)?;
        if entries[position].1.outcome.is_none() {
            return Err(SyncError::ErasureWaiting);
        }
        self.store.remove(&ERASURE.for_this_phone().at(id))?;
        entries.remove(position);
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, Vec<(String, Erasure)>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
