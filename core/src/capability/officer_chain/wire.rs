//! What is signed and told of changes of a colour: an officers' order, an entry of the chain, the answer that brings entries.
//!
//! ```json
//! { "number": 3, "previous": "<hex>", "citizenId": "...", "subject": "owner", "colour": "red", "reason": "confirmed",
//!   "ruleSetId": "hangzhou", "ruleSetVersion": 3, "ruleId": "HZ-ORDER", "at": 1583035200,
//!   "order": {"change": "<base64url>", "signatures": [{"officer": "li", "signature": "<base64url>"}, {...}]} }
//! ```
//!
//! Invariant: what is signed or hashed is bytes, kept as they came; nobody writes an order or an entry anew to check it. Pure.

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::colour::{Colour, Reason, ReasonId};
use crate::encoding::{base64, hex, json};
use crate::trust::Scheme;
use crate::wire::SubjectId;

/// Put before a colour change when it is signed.
pub const SIGNED_PREFIX: &[u8] = b"health-code colour change v1\n";
/// Put before an order when it is hashed.
const ORDER_CHAIN_PREFIX: &[u8] = b"health-code colour change chain v1\n";
/// Put before an entry when it is hashed.
const ENTRY_PREFIX: &[u8] = b"health-code change entry v1\n";
/// Longest order, bytes.
pub const MAX_ORDER_BYTES: usize = 1_024;
/// Longest entry, bytes.
pub const MAX_ENTRY_BYTES: usize = 4_096;
/// Most entries of one answer.
pub const MAX_ENTRIES: u32 = 400;
/// As the state names the chain of changes among its parts.
pub const PART_NAME: &str = "changes";
/// An order must be in the chain within this time, seconds.
pub const MAX_ORDER_AGE_SECS: i64 = 3 * 86_400;

/// What two officers sign: the UTF-8 bytes of this JSON, without spaces, members in this order.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ColourOrder {
    /// UUIDv7; the same id twice is the same change.
    pub id: String,
    /// Citizen's id at this authority.
    pub citizen_id: String,
    /// Whose colour: the citizen's own where it does not say, or a dependant's in the citizen's care.
    #[serde(default)]
    pub subject: SubjectId,
    /// Colour ordered; green lifts an earlier order.
    pub colour: Colour,
    /// Why.
    pub reason: Reason,
    /// When it was drafted, Unix seconds.
    pub at: i64,
    /// Hex head of the subject's chain of orders; empty for the subject's first order.
    pub previous: String,
}

impl ColourOrder {
    /// Whether these bytes are how the order is written: what is signed is what was understood, and nothing beside it.
    #[must_use]
    pub fn is_written_as(&self, bytes: &[u8]) -> bool {
        serde_json::to_vec(self).is_ok_and(|written| written == bytes)
    }
}

/// Whether an order may give this reason for this colour: green needs one that lifts, the others one that restricts; nobody
/// orders `not_declared`.
#[must_use]
pub fn fits(colour: Colour, reason: Reason) -> bool {
    let lifts = matches!(
        reason,
        Reason::Clear | Reason::MeasureLifted | Reason::ErrorCorrected
    );
    reason != Reason::NotDeclared && lifts == (colour == Colour::Green)
}

/// A signature over an order, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OfficerSignature {
    /// Officer's id.
    pub officer: String,
    /// Base64url, 64 bytes: Ed25519 over the prefix of this kind of order, then the order's bytes.
    pub signature: String,
}

impl OfficerSignature {
    /// Signs an order's bytes under the prefix of its kind.
    #[must_use]
    pub fn sign(prefix: &[u8], order: &[u8], officer: &str, key: &SigningKey) -> Self {
        let signature = key.sign(&[prefix, order].concat());
        Self {
            officer: officer.to_owned(),
            signature: base64::encode_url(&signature.to_bytes()),
        }
    }

    /// Whether `key` made it over `order` under `prefix`.
    #[must_use]
    pub fn is_by(&self, prefix: &[u8], order: &[u8], key: &VerifyingKey) -> bool {
        let signed = [prefix, order].concat();
        self.bytes().is_some_and(|bytes| {
            let signature = Signature::from_bytes(&bytes);
            key.verify_strict(&signed, &signature).is_ok()
        })
    }

    /// The signature itself.
    #[must_use]
    pub fn bytes(&self) -> Option<[u8; 64]> {
        base64::decode_url(&self.signature)?.try_into().ok()
    }
}

/// Head of a subject's chain of orders once this one is appended: SHA-256 over a prefix, the order (which names the head before
/// it) and both signatures, which come in the order of the officers' ids, each as id, line feed, 64 bytes.
#[must_use]
pub fn order_chain_head(order: &[u8], signatures: &[(String, [u8; 64])]) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(ORDER_CHAIN_PREFIX);
    hash.update(order);
    for (officer, signature) in signatures {
        hash.update(officer.as_bytes());
        hash.update(b"\n");
        hash.update(signature);
    }
    hash.finalize().into()
}

/// An order as it is told.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SignedOrder {
    /// Base64url of the exact bytes of a [`ColourOrder`] that the officers signed.
    pub change: String,
    /// Of two officers.
    pub signatures: Vec<OfficerSignature>,
}

impl SignedOrder {
    /// The bytes that were signed.
    #[must_use]
    pub fn bytes(&self) -> Option<Vec<u8>> {
        let bytes = base64::decode_url(&self.change)?;
        (bytes.len() <= MAX_ORDER_BYTES).then_some(bytes)
    }
}

/// The authority was put back to an earlier state before this entry: entries from `since` to `until` may be lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restored {
    /// Unix seconds.
    pub since: i64,
    /// Unix seconds.
    pub until: i64,
}

/// One change of colour or reason of a subject, one order, or the first entry after a restoration. Members that are not known say nothing.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ChainEntry {
    /// 1 for the first, then one more each.
    pub number: u32,
    /// Hex hash of the entry before; empty for the first.
    pub previous: String,
    /// Citizen's id at this authority.
    pub citizen_id: String,
    /// Whose colour.
    pub subject: SubjectId,
    /// The colour from then on.
    pub colour: Colour,
    /// Why.
    pub reason: ReasonId,
    /// Rule set that decided.
    pub rule_set_id: String,
    /// Its version.
    pub rule_set_version: u32,
    /// Rule that decided.
    pub rule_id: String,
    /// Which set the colour is of; the domestic one where it does not say.
    #[serde(
        default,
        skip_serializing_if = "Scheme::is_domestic",
        deserialize_with = "Scheme::lenient"
    )]
    pub scheme: Scheme,
    /// When, Unix seconds.
    pub at: i64,
    /// The order in force, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<SignedOrder>,
    /// What the authority lost before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restored: Option<Restored>,
}

impl ChainEntry {
    /// Its bytes, which are hashed and told.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// Reads what [`ChainEntry::to_bytes`] writes, with members of tomorrow too.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let fits = bytes.len() <= MAX_ENTRY_BYTES;
        fits.then(|| json::from_slice(bytes).ok()).flatten()
    }
}

/// Hex SHA-256 of an entry's bytes, by which the next one and receipts name it.
#[must_use]
pub fn entry_hash(bytes: &[u8]) -> String {
    let mut hash = Sha256::new();
    hash.update(ENTRY_PREFIX);
    hash.update(bytes);
    hex::encode(&hash.finalize())
}

/// Answer to `GET /v1/subjects/{s}/parts/changes?after=<number>.<hash>`: the entries after that one, if it is the authority's;
/// otherwise the newest, from wherever on.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ChangesAnswer {
    /// Base64url of each entry's bytes, in order; at most [`MAX_ENTRIES`].
    pub entries: Vec<String>,
    /// How many entries there are.
    pub count: u32,
    /// Hash of the newest.
    pub head: String,
}

/// Cursor of a phone that holds `count` entries, up to the one with `head`.
#[must_use]
pub fn cursor(count: u32, head: &str) -> String {
    if count == 0 {
        String::new()
    } else {
        format!("{count}.{head}")
    }
}

/// Reads what [`cursor`] writes.
#[must_use]
pub fn read_cursor(cursor: &str) -> Option<(u32, &str)> {
    if cursor.is_empty() {
        return Some((0, ""));
    }
    let (count, head) = cursor.split_once('.')?;
    Some((count.parse().ok()?, head))
}

crate::hidden_debug!(ColourOrder, SignedOrder, ChainEntry, ChangesAnswer);
