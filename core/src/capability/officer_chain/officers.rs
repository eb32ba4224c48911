//! The officers of an authority: whose signatures an order needs two of, and when each key counts. Published to everybody.
//!
//! ```json
//! { "id": "officers", "version": 4, "officers": [
//!   { "id": "li", "publicKey": "<hex>", "notBefore": 1580000000, "notAfter": 1640000000, "revokedAt": 1600000000 } ] }
//! ```
//!
//! Invariant: a key is judged by the time of the order; an officer that cannot be read is left out and takes nothing from the others.

use ed25519_dalek::VerifyingKey;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::encoding::{hex, json};
use crate::trust::{BundleRow, key_id};

/// Most officers of one list.
const MAX_OFFICERS: usize = 5_000;

/// The officers' keys.
pub static OFFICERS: BundleRow =
    BundleRow::json("officers", "application/health-code-officers+json");

/// The officers of one authority.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct OfficerList {
    /// Name in the index.
    pub id: String,
    /// Version, from 1.
    pub version: u64,
    /// One a key: an officer who changed keys is there several times.
    pub officers: Vec<OfficerKey>,
}

/// An officer's key, and when orders may be signed with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OfficerKey {
    /// The officer's id.
    pub id: String,
    /// Ed25519, hex.
    pub public_key: String,
    /// First instant of an order that it may sign, Unix seconds; none: from ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_before: Option<i64>,
    /// Last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_after: Option<i64>,
    /// From when on it counts no more, Unix seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked_at: Option<i64>,
}

impl OfficerKey {
    /// The key, if it is one.
    #[must_use]
    pub fn key(&self) -> Option<VerifyingKey> {
        let bytes: [u8; 32] = hex::decode(&self.public_key)?.try_into().ok()?;
        VerifyingKey::from_bytes(&bytes).ok()
    }

    /// Whether an order of `at` (Unix seconds) may be signed with it.
    #[must_use]
    pub fn counts_at(&self, at: i64) -> bool {
        self.not_before.is_none_or(|start| at >= start)
            && self.not_after.is_none_or(|end| at <= end)
            && self.revoked_at.is_none_or(|end| at < end)
    }

    /// What people compare: the first eight hex digits of the key's id, in fours.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let id = self.key().map(|key| hex::encode(&key_id(key.as_bytes())));
        id.map_or_else(String::new, |id| format!("{} {}", &id[..4], &id[4..8]))
    }
}

impl OfficerList {
    /// What a phone makes of a content that was signed; none if it is no list of officers.
    #[must_use]
    pub fn read(content: &[u8]) -> Option<Self> {
        #[derive(Deserialize)]
        struct Head {
            id: String,
            version: u64,
            officers: Vec<Value>,
        }
        let head: Head = json::from_slice(content).ok()?;
        let officers = head.officers.into_iter().take(MAX_OFFICERS);
        let readable = officers.filter_map(|one| serde_json::from_value::<OfficerKey>(one).ok());
        Some(Self {
            id: head.id,
            version: head.version,
            officers: readable.filter(|one| one.key().is_some()).collect(),
        })
    }

    /// Those of the officer `id`, which may be several: one ends, the next begins.
    pub fn of<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a OfficerKey> {
        self.officers.iter().filter(move |one| one.id == id)
    }
}
