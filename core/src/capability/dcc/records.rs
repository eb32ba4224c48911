//! What the phone keeps of certificates.
//!
//! Invariant: a certificate is kept as the text that was scanned and read anew each time, so that nothing else is ever believed
//! of it. How it stands at the authority, the sync alone writes.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::DccError;
use super::wire::{DccStandings, MAX_CERTIFICATES, MAX_PART_BYTES, PART};
use crate::encoding::json;
use crate::store::{Codec, OfSubject, RecordKind};
use crate::sync::{PartFault, PartHolding, PartRow, PartTaken};

/// A certificate; by its id.
pub(super) const CERTIFICATE: RecordKind<HeldCertificate, OfSubject> =
    RecordKind::of_subject(368, "EU certificate", Codec::JSON, 16 * 1024);
/// How certificates stand at the authority.
pub(super) const STANDINGS: RecordKind<DccStandings, OfSubject> = RecordKind::of_subject(
    369,
    "EU certificates handed in",
    Codec::JSON,
    MAX_PART_BYTES,
);

/// One that is kept.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct HeldCertificate {
    /// As it was scanned.
    pub(super) text: String,
    /// Unix seconds by the phone's trusted time.
    pub(super) kept_at: i64,
    /// Whether a key of the list verified it once: then one that is missing was withdrawn.
    #[serde(default)]
    pub(super) was_verified: bool,
    /// Whether it was handed in.
    #[serde(default)]
    pub(super) was_sent: bool,
    /// What a later version wrote.
    #[serde(flatten)]
    pub(super) newer: Map<String, Value>,
}

/// Row of the table of parts.
pub(super) static STANDINGS_PART: PartRow = PartRow {
    name: PART,
    max_bytes: MAX_PART_BYTES,
    cursor: |_| Ok(String::new()),
    writes: take,
};

fn take(holding: &PartHolding<'_>, body: &[u8]) -> Result<PartTaken, PartFault> {
    let unreadable = PartFault::Refused(DccError::PartUnreadable.code());
    let mut told: DccStandings = json::from_slice(body).map_err(|_| unreadable.clone())?;
    let is_id = |id: &str| id.len() == 64 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !told.certificates.iter().all(|one| is_id(&one.id)) {
        return Err(unreadable);
    }
    told.certificates.truncate(MAX_CERTIFICATES);
    let place = STANDINGS.for_subject(holding.subject);
    Ok(PartTaken {
        writes: vec![place.put(&told)?],
        is_complete: true,
    })
}

crate::hidden_debug!(HeldCertificate);
