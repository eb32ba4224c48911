//! What the phone keeps of results.
//!
//! Invariant: a result is kept as it was signed, and read anew from that; the sync alone writes them. Every version is kept,
//! up to [`MOST_RESULTS`] of all.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::wire::{RESULT_TYPE, ResultRecord};
use crate::encoding::{base64, json};
use crate::store::{Codec, OfSubject, RecordKind};
use crate::trust::unverified_payload;

/// Most versions of results that a phone keeps of a subject; the oldest samples go first.
pub(super) const MOST_RESULTS: usize = 1_000;
/// Most that can be new at once.
const MOST_ARRIVED: usize = 200;

/// One version of a result; by the hash of what was signed.
pub(super) const RESULT: RecordKind<HeldResult, OfSubject> =
    RecordKind::of_subject(352, "result", Codec::JSON, 32 * 1024);
/// How far the part was read.
pub(super) const PROGRESS: RecordKind<Progress, OfSubject> =
    RecordKind::of_subject(353, "results progress", Codec::JSON, 256 * 1024);
/// Of what arrived, what was looked at and what the observer was told of.
pub(super) const SEEN: RecordKind<Seen, OfSubject> =
    RecordKind::of_subject(354, "results seen", Codec::JSON, 64 * 1024);

/// One version of a result.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct HeldResult {
    /// Base64url bundle, verified when it came: the proof.
    pub(super) signed: String,
    /// Whose.
    pub(super) citizen_id: String,
    /// When the sample was taken, Unix seconds; 0 where this version could not read it.
    pub(super) sampled_at: i64,
}

impl HeldResult {
    /// What it says; none where this version cannot read it.
    pub(super) fn record(&self) -> Option<ResultRecord> {
        let bytes = base64::decode_url(&self.signed)?;
        json::from_slice(unverified_payload(RESULT_TYPE, &bytes)?).ok()
    }
}

/// How far the part was read.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Progress {
    /// Whose results they are.
    pub(super) citizen_id: String,
    /// What the last answer said to go on with.
    pub(super) next: String,
    /// Changes whose records did not verify, each with the code of why; they are asked for again.
    pub(super) unverified: Vec<(u32, String)>,
    /// The newest versions that came last, oldest first.
    pub(super) arrived: Vec<Arrived>,
}

/// A version that came.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Arrived {
    /// As [`ResultRecord::name`] has it.
    pub(super) name: String,
    pub(super) version: u32,
    /// Key of [`RESULT`].
    pub(super) key: String,
}

impl Progress {
    /// Notes that a result came; an older version of it is new no more.
    pub(super) fn note(&mut self, key: &str, result: &HeldResult) {
        let record = result.record();
        let (name, version) = record.map_or_else(
            || (key.to_owned(), 1),
            |record| (record.name(), record.version),
        );
        let of_it = |one: &&Arrived| one.name == name;
        if self
            .arrived
            .iter()
            .find(of_it)
            .is_some_and(|one| one.version > version)
        {
            return;
        }
        self.arrived.retain(|one| one.name != name);
        let key = key.to_owned();
        self.arrived.push(Arrived { name, version, key });
        let surplus = self.arrived.len().saturating_sub(MOST_ARRIVED);
        self.arrived.drain(..surplus);
    }

    /// Those that are not in `keys`.
    pub(super) fn not_in(&self, keys: &BTreeSet<String>) -> impl Iterator<Item = &Arrived> {
        self.arrived.iter().filter(|one| !keys.contains(&one.key))
    }
}

/// What was looked at, and told.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Seen {
    /// Keys of [`Arrived`].
    pub(super) read: BTreeSet<String>,
    /// Likewise.
    pub(super) told: BTreeSet<String>,
}

crate::hidden_debug!(HeldResult, Progress, Arrived, Seen);
