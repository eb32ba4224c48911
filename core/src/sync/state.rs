//! The authority's answer to `GET /v1/subjects/{s}/state`: believed only when it is ours and signed.
//!
//! Invariant: receipt, credential, ETag and the time of the answer are stored together or not at all.

use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};

use super::records::{CREDENTIAL, ETAG, META, RECEIPT, load as load_record};
use super::refusal::SyncRefusal;
use crate::code::verify_credential;
use crate::store::{Place, SealedStore, SealedWrite, StoreError, SubjectId};
use crate::trust::{DevicePublicKey, RECEIPT_TYPE, TrustBundle, open_bundle};
use crate::wire::{NextSync, Receipt, StateAnswer};

/// What the authority last said, verified when it came.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredState {
    /// COSE_Sign1 with a [`Receipt`]; none before the first decision.
    pub receipt: Option<Vec<u8>>,
    /// Credential; none where there is no code.
    pub credential: Option<Vec<u8>>,
    /// When the authority last confirmed it, trusted time, Unix milliseconds; none before the first answer.
    pub checked_at_ms: Option<i64>,
}

impl std::fmt::Debug for StoredState {
    /// Personal data never reaches a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("StoredState(hidden)")
    }
}

/// When the state was confirmed and how long it counts; stored beside it.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub(super) struct Meta {
    checked_at_ms: i64,
    next_sync: NextSync,
    /// Until when the credential counts, Unix seconds.
    credential_until: Option<i64>,
}

/// Whose state it has to be.
pub(super) struct Holder<'a> {
    pub(super) citizen_id: &'a str,
    pub(super) subject: &'a SubjectId,
    pub(super) device_key: &'a DevicePublicKey,
}

/// A state that was verified.
pub(super) struct VerifiedState {
    receipt: Option<Vec<u8>>,
    credential: Option<Vec<u8>>,
    credential_until: Option<i64>,
    pub(super) next_sync: NextSync,
}

/// Verifies an answer. The error is a stable code.
pub(super) fn verify(
    answer: &StateAnswer,
    holder: &Holder<'_>,
    trust: &TrustBundle,
    at: i64,
) -> Result<VerifiedState, &'static str> {
    let receipt_bytes = decode(answer.receipt.as_deref())?;
    let credential_bytes = decode(answer.credential.as_deref())?;
    let receipt = match &receipt_bytes {
        Some(bytes) => {
            let signed =
                open_bundle(RECEIPT_TYPE, bytes, trust, at).map_err(|error| error.code())?;
            let receipt: Receipt = crate::encoding::json::from_slice(signed.payload)
                .map_err(|_| SyncRefusal::AnswerMalformed.code())?;
            if receipt.citizen_id != holder.citizen_id || receipt.subject != *holder.subject {
                return Err(SyncRefusal::ReceiptOfOtherCitizen.code());
            }
            Some(receipt)
        }
        None => None,
    };
    let claims = match &credential_bytes {
        Some(bytes) => {
            let claims = verify_credential(bytes, trust, at).map_err(|refusal| refusal.code())?;
            if claims.device_key != *holder.device_key {
                return Err(SyncRefusal::CredentialOfOtherDevice.code());
            }
            Some(claims)
        }
        None => None,
    };
    if let (Some(receipt), Some(claims)) = (&receipt, &claims)
        && receipt.colour != claims.colour
    {
        return Err(SyncRefusal::StateContradictsItself.code());
    }
    Ok(VerifiedState {
        receipt: receipt_bytes,
        credential: credential_bytes,
        credential_until: claims.map(|claims| claims.expires_at),
        next_sync: answer.next_sync,
    })
}

fn decode(text: Option<&str>) -> Result<Option<Vec<u8>>, &'static str> {
    text.map(|text| BASE64URL_NOPAD.decode(text.as_bytes()))
        .transpose()
        .map_err(|_| SyncRefusal::AnswerMalformed.code())
}

/// Stores a verified state; true if receipt or credential are new.
pub(super) fn store(
    store: &SealedStore,
    subject: &SubjectId,
    state: &VerifiedState,
    etag: Option<&str>,
    now_ms: i64,
) -> Result<bool, StoreError> {
    let before = load(store, subject)?;
    let meta = Meta {
        checked_at_ms: now_ms,
        next_sync: state.next_sync,
        credential_until: state.credential_until,
    };
    store.apply(&[
        write(&RECEIPT.of(subject), state.receipt.as_ref())?,
        write(&CREDENTIAL.of(subject), state.credential.as_ref())?,
        write(&ETAG.of(subject), etag.map(str::to_owned).as_ref())?,
        META.of(subject).put(&meta)?,
    ])?;
    Ok(before.receipt != state.receipt || before.credential != state.credential)
}

/// The authority said that nothing changed: the stored state is as fresh as that. Gives the plan back.
pub(super) fn confirm(
    store: &SealedStore,
    subject: &SubjectId,
    now_ms: i64,
) -> Result<Option<NextSync>, StoreError> {
    let Some(meta) = load_record(store, &META.of(subject))? else {
        return Ok(None);
    };
    let meta = Meta {
        checked_at_ms: now_ms,
        ..meta
    };
    store.write(&META.of(subject), &meta)?;
    Ok(Some(meta.next_sync))
}

/// What is stored.
pub(super) fn load(store: &SealedStore, subject: &SubjectId) -> Result<StoredState, StoreError> {
    let meta = load_record(store, &META.of(subject))?;
    Ok(StoredState {
        receipt: store.read(&RECEIPT.of(subject))?,
        credential: store.read(&CREDENTIAL.of(subject))?,
        checked_at_ms: meta.map(|meta| meta.checked_at_ms),
    })
}

/// The ETag to ask with; none where a credential is held that no longer counts at `now`, Unix seconds:
/// then the whole answer is wanted, whatever the server believes this phone holds.
pub(super) fn etag(
    store: &SealedStore,
    subject: &SubjectId,
    now: i64,
) -> Result<Option<String>, StoreError> {
    let Some(meta) = load_record(store, &META.of(subject))? else {
        return Ok(None);
    };
    if meta.credential_until.is_some_and(|until| until <= now) {
        return Ok(None);
    }
    load_record(store, &ETAG.of(subject))
}

/// Forgets everything but what was published: the state belongs to a registration that no longer counts.
pub(super) fn forget(subject: &SubjectId) -> Vec<SealedWrite> {
    vec![
        RECEIPT.of(subject).delete(),
        CREDENTIAL.of(subject).delete(),
        ETAG.of(subject).delete(),
        META.of(subject).delete(),
    ]
}

fn write<T>(place: &Place<T>, value: Option<&T>) -> Result<SealedWrite, StoreError> {
    value.map_or_else(|| Ok(place.delete()), |value| place.put(value))
}
