//! The authority's answer to `GET /v1/subjects/{s}/state`: believed only when it is ours and signed.
//!
//! Invariant: receipt, credentials, the numbers of their keys, ETag and the time of the answer are stored together or not at all, and
//! receipt and credentials never tell two colours. Each of the two is judged alone: one that is bad does not keep the other out.

use serde::{Deserialize, Serialize};

use super::batch::{self, BatchCredential, Member, VerifiedBatch};
use super::credential_keys::{self, CredentialKeys};
use super::parts;
use super::records::{BATCH, CREDENTIAL, ETAG, META, RECEIPT, load as load_record};
use super::refusal::SyncRefusal;
use crate::code::{Refusal, verify_credential};
use crate::colour::{Colour, ReasonId};
use crate::encoding::base64;
use crate::store::{Place, SealedStore, SealedWrite, StoreError, SubjectId};
use crate::trust::{RECEIPT_TYPE, TrustBundle, open_bundle};
use crate::wire::{MAX_CREDENTIAL_KEYS, NextSync, Parts, Receipt, StateAnswer};

/// What the authority last said, verified when it came.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredState {
    /// COSE_Sign1 with a [`Receipt`]; none before the first decision.
    pub receipt: Option<Vec<u8>>,
    /// Credential; none where there is no code.
    pub credential: Option<Vec<u8>>,
    /// Number of the key that it is bound to ([`crate::ports::DeviceSigner::credential_signer`]), unless that is the device's
    /// own; 0 before the first.
    pub credential_key: u64,
    /// The rest of its batch: each as good as it, for another key.
    pub others: Vec<BatchCredential>,
    /// When the authority last confirmed it, trusted time, Unix milliseconds; none before the first answer.
    pub checked_at_ms: Option<i64>,
}

impl StoredState {
    /// All credentials with the numbers of their keys, the newest first.
    pub fn batch(&self) -> impl Iterator<Item = (u64, &[u8])> {
        let newest = self.credential.as_deref();
        let others = self.others.iter();
        let others = others.map(|one| (one.key_number, one.credential.as_slice()));
        newest
            .map(|newest| (self.credential_key, newest))
            .into_iter()
            .chain(others)
    }
}

impl std::fmt::Debug for StoredState {
    /// Personal data never reaches a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("StoredState(hidden)")
    }
}

/// When the state was confirmed and how long it counts; stored beside it.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Meta {
    checked_at_ms: i64,
    next_sync: NextSync,
    /// Until when the credential counts, Unix seconds.
    credential_until: Option<i64>,
    /// For how many credentials the authority wants keys at once; none where a version of before batches wrote this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    credential_batch: Option<u32>,
    /// The parts that the authority told of, also those that this version does not know; none where a version of before
    /// parts wrote this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    parts: Option<Parts>,
}

/// Whose state it has to be.
pub(super) struct Holder<'a> {
    pub(super) citizen_id: &'a str,
    pub(super) subject: &'a SubjectId,
    /// Whom its receipts name.
    pub(super) receipts_name: &'a SubjectId,
    pub(super) keys: &'a CredentialKeys<'a>,
}

/// A state that was verified.
pub(super) struct VerifiedState {
    receipt: Option<Vec<u8>>,
    /// What the receipt tells.
    decided: Option<(Colour, ReasonId)>,
    batch: Option<VerifiedBatch>,
    /// Says that the next keys are in use, where they are.
    key_write: Option<SealedWrite>,
    credential_batch: u32,
    pub(super) next_sync: NextSync,
    parts: Parts,
    /// What is wrong with the one of the two that was left out, a stable code.
    pub(super) left_out: Option<&'static str>,
}

/// A receipt or a credential with what matters of it.
struct Judged<T> {
    bytes: Vec<u8>,
    told: T,
}

/// Why one of the two does not count.
#[derive(Clone, Copy)]
enum Fault {
    /// It is somebody else's: so may be the rest.
    NotOurs(&'static str),
    /// That one alone, for this code.
    Alone(&'static str),
}

/// Verifies an answer. The error is a stable code. Where one of the two does not verify and the other does, the other
/// counts, and of what is `held` what still verifies and tells the same colour stays.
pub(super) fn verify(
    answer: &StateAnswer,
    held: &StoredState,
    holder: &Holder<'_>,
    trust: &TrustBundle,
    at: i64,
) -> Result<VerifiedState, &'static str> {
    let receipt = decode(answer.receipt.as_deref()).and_then(|bytes| {
        bytes
            .map(|it| judge_receipt(it, holder, trust, at))
            .transpose()
    });
    let credential = judge_batch(answer, holder, trust, at);
    let (receipt, credential, left_out) = match (receipt, credential) {
        (Ok(receipt), Ok(credential)) => (receipt, credential, None),
        (Err(Fault::Alone(code)), Ok(Some(credential))) => {
            let bytes = held.receipt.clone();
            let stays = bytes.and_then(|bytes| judge_receipt(bytes, holder, trust, at).ok());
            let stays = stays.filter(|held| held.told.colour == colour_of(&credential));
            (stays, Some(credential), Some(code))
        }
        (Ok(Some(receipt)), Err(Fault::Alone(code))) => {
            let held = held.batch();
            let held = held.map(|(_, it)| judge_credential(it.to_vec(), holder, trust, at));
            let good = held.filter_map(|it| it.ok()?.ok()).map(Ok);
            let stays = VerifiedBatch::of(good.collect()).ok();
            let stays = stays.filter(|held| colour_of(held) == receipt.told.colour);
            (Some(receipt), stays, Some(code))
        }
        (Err(Fault::NotOurs(code) | Fault::Alone(code)), _)
        | (_, Err(Fault::NotOurs(code) | Fault::Alone(code))) => return Err(code),
    };
    if let (Some(receipt), Some(credential)) = (&receipt, &credential)
        && receipt.told.colour != colour_of(credential)
    {
        return Err(SyncRefusal::StateContradictsItself.code());
    }
    let newest = credential.as_ref().map(VerifiedBatch::newest);
    let key_write = newest.map(|newest| holder.keys.write(holder.subject, newest));
    Ok(VerifiedState {
        decided: receipt
            .as_ref()
            .map(|receipt| (receipt.told.colour, receipt.told.reason.clone())),
        receipt: receipt.map(|receipt| receipt.bytes),
        batch: credential,
        credential_batch: answer.credential_batch,
        key_write: key_write
            .transpose()
            .map_err(|error| error.code())?
            .flatten(),
        next_sync: answer.next_sync,
        parts: answer.parts.clone(),
        left_out,
    })
}

fn judge_receipt(
    bytes: Vec<u8>,
    holder: &Holder<'_>,
    trust: &TrustBundle,
    at: i64,
) -> Result<Judged<Receipt>, Fault> {
    let signed =
        open_bundle(RECEIPT_TYPE, &bytes, trust, at).map_err(|error| Fault::Alone(error.code()))?;
    let receipt: Receipt = crate::encoding::json::from_slice(signed.payload)
        .map_err(|_| Fault::Alone(SyncRefusal::AnswerMalformed.code()))?;
    if receipt.citizen_id != holder.citizen_id || receipt.subject != *holder.receipts_name {
        return Err(Fault::NotOurs(SyncRefusal::ReceiptOfOtherCitizen.code()));
    }
    Ok(Judged {
        bytes,
        told: receipt,
    })
}

/// The credential of an answer with the rest of its batch.
fn judge_batch(
    answer: &StateAnswer,
    holder: &Holder<'_>,
    trust: &TrustBundle,
    at: i64,
) -> Result<Option<VerifiedBatch>, Fault> {
    let Some(newest) = answer.credential.as_deref() else {
        let is_none = answer.other_credentials.is_empty();
        let malformed = Fault::Alone(SyncRefusal::AnswerMalformed.code());
        return is_none.then_some(None).ok_or(malformed);
    };
    // What is too many is not looked at.
    let others = answer.other_credentials.iter().map(String::as_str);
    let mut found = Vec::new();
    for text in [newest]
        .into_iter()
        .chain(others)
        .take(MAX_CREDENTIAL_KEYS + 1)
    {
        let bytes = decode(Some(text))?.unwrap_or_default();
        found.push(judge_credential(bytes, holder, trust, at)?);
    }
    VerifiedBatch::of(found).map(Some).map_err(Fault::Alone)
}

/// The refusal inside is what is wrong with it alone.
fn judge_credential(
    bytes: Vec<u8>,
    holder: &Holder<'_>,
    trust: &TrustBundle,
    at: i64,
) -> Result<Result<Member, Refusal>, Fault> {
    let claims = match verify_credential(&bytes, trust, at) {
        // Whole all the same, and no code while the order stands: what else the answer says is taken.
        Err(Refusal::RegionEnded) => verify_credential(&bytes, &trust.without_ends(), at),
        verdict => verdict,
    };
    let claims = match claims {
        Ok(claims) => claims,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let number = holder.keys.number_of(&claims.device_key);
    let number = number.map_err(|error| Fault::Alone(error.code()))?;
    let key_number = number.ok_or(Fault::NotOurs(SyncRefusal::CredentialOfOtherDevice.code()))?;
    Ok(Ok(Member {
        key_number,
        bytes,
        claims,
    }))
}

fn colour_of(batch: &VerifiedBatch) -> Colour {
    batch.newest().claims.colour
}

fn decode(text: Option<&str>) -> Result<Option<Vec<u8>>, Fault> {
    let malformed = Fault::Alone(SyncRefusal::AnswerMalformed.code());
    text.map(|text| base64::decode_url(text).ok_or(malformed))
        .transpose()
}

impl VerifiedState {
    /// The receipt, and the colour and reason that it tells.
    pub(super) fn decided(&self) -> Option<(&[u8], &(Colour, ReasonId))> {
        self.receipt.as_deref().zip(self.decided.as_ref())
    }

    /// Whether there is a colour and no code: the authority waits for a key for the next.
    pub(super) const fn wants_key(&self) -> bool {
        self.receipt.is_some() && self.batch.is_none()
    }
}

/// Whether receipt or credential are others than those that were held `before`.
pub(super) fn is_new(before: &StoredState, state: &VerifiedState) -> bool {
    let batch = state.batch.iter().flat_map(VerifiedBatch::members);
    before.receipt != state.receipt || !before.batch().eq(batch)
}

/// What to write for a verified state in the place of the one that was held `before`.
pub(super) fn writes(
    subject: &SubjectId,
    before: &StoredState,
    state: VerifiedState,
    etag: Option<&str>,
    now_ms: i64,
) -> Result<Vec<SealedWrite>, StoreError> {
    let confirmed_before = before.checked_at_ms.filter(|_| state.left_out.is_some());
    let meta = Meta {
        checked_at_ms: confirmed_before.unwrap_or(now_ms),
        next_sync: state.next_sync,
        credential_until: state.batch.as_ref().map(VerifiedBatch::counts_until),
        credential_batch: Some(state.credential_batch),
        parts: Some(state.parts),
    };
    // With something left out the whole answer is wanted again.
    let etag = etag.filter(|_| state.left_out.is_none());
    let batch = state.batch.as_ref();
    let newest = batch.map(|batch| &batch.newest().bytes);
    let mut writes = vec![
        write(&RECEIPT.for_subject(subject), state.receipt.as_ref())?,
        write(&CREDENTIAL.for_subject(subject), newest)?,
        batch.map_or_else(
            || Ok(BATCH.for_subject(subject).delete()),
            |batch| batch.write(subject),
        )?,
        write(&ETAG.for_subject(subject), etag.map(str::to_owned).as_ref())?,
        META.for_subject(subject).put(&meta)?,
    ];
    writes.extend(state.key_write);
    Ok(writes)
}

/// The authority said that nothing changed: the stored state is as fresh as that. What to write, and the plan.
pub(super) fn confirm(
    store: &SealedStore,
    subject: &SubjectId,
    now_ms: i64,
) -> Result<Option<(SealedWrite, NextSync)>, StoreError> {
    let Some(meta) = load_record(store, &META.for_subject(subject))? else {
        return Ok(None);
    };
    let next_sync = meta.next_sync;
    let meta = Meta {
        checked_at_ms: now_ms,
        ..meta
    };
    Ok(Some((META.for_subject(subject).put(&meta)?, next_sync)))
}

/// What is stored.
pub(super) fn load(store: &SealedStore, subject: &SubjectId) -> Result<StoredState, StoreError> {
    let meta = load_record(store, &META.for_subject(subject))?;
    let credential = store.read(&CREDENTIAL.for_subject(subject))?;
    let beside = batch::load_beside(store, subject, credential.as_deref())?;
    let (credential_key, others) = match beside {
        Some(beside) => beside,
        None => (credential_keys::number(store, subject)?, Vec::new()),
    };
    Ok(StoredState {
        receipt: store.read(&RECEIPT.for_subject(subject))?,
        credential,
        credential_key,
        others,
        checked_at_ms: meta.map(|meta| meta.checked_at_ms),
    })
}

/// For how many credentials keys are to be offered at once: as many as may be where nothing was heard of that yet.
pub(super) fn wanted_keys(store: &SealedStore, subject: &SubjectId) -> Result<usize, StoreError> {
    let meta = load_record(store, &META.for_subject(subject))?;
    let wanted = meta.map_or(Some(u32::MAX), |meta| meta.credential_batch);
    Ok(usize::try_from(wanted.unwrap_or(1))
        .unwrap_or(usize::MAX)
        .max(1))
}

/// The parts of the subject that the authority told of last; none where there was no answer that could have.
pub(super) fn told_parts(
    store: &SealedStore,
    subject: &SubjectId,
) -> Result<Option<Parts>, StoreError> {
    let meta = load_record(store, &META.for_subject(subject))?;
    Ok(meta.and_then(|meta| meta.parts))
}

/// The ETag to ask with; none where a receipt or a credential is held that does not count at `now`, Unix seconds (not yet,
/// no longer, or of a key that was revoked): then the whole answer is wanted, whatever the server believes this phone holds.
pub(super) fn etag(
    store: &SealedStore,
    subject: &SubjectId,
    now: i64,
    trust: Option<&TrustBundle>,
) -> Result<Option<String>, StoreError> {
    let Some(meta) = load_record(store, &META.for_subject(subject))? else {
        return Ok(None);
    };
    // A version of before parts passed over which there are.
    if meta.parts.is_none() || meta.credential_until.is_some_and(|until| until <= now) {
        return Ok(None);
    }
    let held = load(store, subject)?;
    let counts = |trust: &TrustBundle| {
        let receipt = held.receipt.as_deref();
        let counts = |(_, it): (u64, &[u8])| verify_credential(it, trust, now).is_ok();
        receipt.is_none_or(|it| open_bundle(RECEIPT_TYPE, it, trust, now).is_ok())
            && (held.credential.is_none() || held.batch().any(counts))
    };
    if !trust.is_none_or(counts) {
        return Ok(None);
    }
    load_record(store, &ETAG.for_subject(subject))
}

/// Forgets everything but what was published: the state belongs to a registration that no longer counts.
pub(super) fn forget(subject: &SubjectId) -> Vec<SealedWrite> {
    let mut writes = vec![
        RECEIPT.for_subject(subject).delete(),
        CREDENTIAL.for_subject(subject).delete(),
        BATCH.for_subject(subject).delete(),
        ETAG.for_subject(subject).delete(),
        META.for_subject(subject).delete(),
    ];
    writes.extend(parts::forget_tags(subject));
    writes
}

fn write<T>(place: &Place<T>, value: Option<&T>) -> Result<SealedWrite, StoreError> {
    value.map_or_else(|| Ok(place.delete()), |value| place.put(value))
}
