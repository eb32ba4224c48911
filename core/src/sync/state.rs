//! The authority's answer to `GET /v1/me/state`: believed only when it is ours and signed.
//!
//! Invariant: receipt, credential, ETag and the time of the answer are stored together or not at all.

use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};

use super::refusal::SyncRefusal;
use crate::code::verify_credential;
use crate::store::{Collection, SealedStore, SealedWrite, StoreError};
use crate::trust::{DevicePublicKey, RECEIPT_TYPE, TrustBundle, open_bundle};
use crate::wire::{NextSync, Receipt, StateAnswer};

const RECEIPT: &str = "receipt";
const CREDENTIAL: &str = "credential";
const ETAG: &str = "etag";
const META: &str = "meta";

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

#[derive(Clone, Copy, Serialize, Deserialize)]
struct Meta {
    checked_at_ms: i64,
    next_sync: NextSync,
    /// Until when the credential counts, Unix seconds.
    credential_until: Option<i64>,
}

/// Whose state it has to be.
pub(super) struct Owner<'a> {
    pub(super) citizen_id: &'a str,
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
    owner: &Owner<'_>,
    trust: &TrustBundle,
    at: i64,
) -> Result<VerifiedState, &'static str> {
    let receipt_bytes = decode(answer.receipt.as_deref())?;
    let credential_bytes = decode(answer.credential.as_deref())?;
    let receipt = match &receipt_bytes {
        Some(bytes) => {
            let signed =
                open_bundle(RECEIPT_TYPE, bytes, trust, at).map_err(|error| error.code())?;
            let receipt: Receipt = serde_json::from_slice(signed.payload)
                .map_err(|_| SyncRefusal::AnswerMalformed.code())?;
            if receipt.citizen_id != owner.citizen_id {
                return Err(SyncRefusal::ReceiptOfOtherCitizen.code());
            }
            Some(receipt)
        }
        None => None,
    };
    let claims = match &credential_bytes {
        Some(bytes) => {
            let claims = verify_credential(bytes, trust, at).map_err(|refusal| refusal.code())?;
            if claims.device_key != *owner.device_key {
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
    state: &VerifiedState,
    etag: Option<&str>,
    now_ms: i64,
) -> Result<bool, StoreError> {
    let before = load(store)?;
    let meta = Meta {
        checked_at_ms: now_ms,
        next_sync: state.next_sync,
        credential_until: state.credential_until,
    };
    store.apply(&[
        write(RECEIPT, state.receipt.as_deref()),
        write(CREDENTIAL, state.credential.as_deref()),
        write(ETAG, etag.map(str::as_bytes)),
        write_meta(&meta),
    ])?;
    Ok(before.receipt != state.receipt || before.credential != state.credential)
}

/// The authority said that nothing changed: the stored state is as fresh as that. Gives the plan back.
pub(super) fn confirm(store: &SealedStore, now_ms: i64) -> Result<Option<NextSync>, StoreError> {
    let Some(meta) = load_meta(store)? else {
        return Ok(None);
    };
    let meta = Meta {
        checked_at_ms: now_ms,
        ..meta
    };
    store.apply(&[write_meta(&meta)])?;
    Ok(Some(meta.next_sync))
}

/// What is stored.
pub(super) fn load(store: &SealedStore) -> Result<StoredState, StoreError> {
    let get = |key| -> Result<Option<Vec<u8>>, StoreError> {
        let value = store.get(Collection::State, key)?;
        Ok(value.map(|bytes| bytes.to_vec()))
    };
    Ok(StoredState {
        receipt: get(RECEIPT)?,
        credential: get(CREDENTIAL)?,
        checked_at_ms: load_meta(store)?.map(|meta| meta.checked_at_ms),
    })
}

/// The ETag to ask with; none where a credential is held that no longer counts at `now`, Unix seconds:
/// then the whole answer is wanted, whatever the server believes this phone holds.
pub(super) fn etag(store: &SealedStore, now: i64) -> Result<Option<String>, StoreError> {
    let Some(meta) = load_meta(store)? else {
        return Ok(None);
    };
    if meta.credential_until.is_some_and(|until| until <= now) {
        return Ok(None);
    }
    let etag = store.get(Collection::State, ETAG)?;
    Ok(etag.and_then(|bytes| String::from_utf8(bytes.to_vec()).ok()))
}

/// Forgets everything but what was published: the state belongs to a registration that no longer counts.
pub(super) fn forget() -> Vec<SealedWrite> {
    [RECEIPT, CREDENTIAL, ETAG, META]
        .map(|key| write(key, None))
        .into()
}

fn load_meta(store: &SealedStore) -> Result<Option<Meta>, StoreError> {
    let bytes = store.get(Collection::State, META)?;
    Ok(bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()))
}

fn write(key: &str, value: Option<&[u8]>) -> SealedWrite {
    match value {
        Some(value) => SealedWrite::put(Collection::State, key, value),
        None => SealedWrite::delete(Collection::State, key),
    }
}

fn write_meta(meta: &Meta) -> SealedWrite {
    let bytes = serde_json::to_vec(meta).unwrap_or_default();
    SealedWrite::put(Collection::State, META, &bytes)
}
