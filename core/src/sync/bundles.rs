//! Public bundles: what the index names, what of it is wanted, and whether what came is what was named.
//!
//! Invariant: a bundle is stored only if its bytes have the hash of the index, its signature holds, what is
//! inside is what the index says, and its version is not below the one held. Fetches nothing itself.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::refusal::SyncRefusal;
use crate::store::MAX_VALUE_BYTES;
use crate::trust::{FORM_TYPE, RULE_SET_TYPE, StatusList, TrustBundle, open_bundle};
use crate::wire::{BundleEntry, BundleIndex, BundleKind};

/// Most bundles in an index.
const MAX_BUNDLES: usize = 256;
/// Longest name, characters.
const MAX_NAME_CHARS: usize = 64;
/// Largest bundle, bytes: what the store takes.
const MAX_BUNDLE_BYTES: u64 = MAX_VALUE_BYTES as u64;

/// Which bundles are held; stored beside them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Held {
    /// Of the last index of which everything is held.
    pub(super) etag: Option<String>,
    /// By [`key`].
    pub(super) bundles: BTreeMap<String, HeldBundle>,
}

/// One bundle that is held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct HeldBundle {
    pub(super) version: u64,
    pub(super) sha256: String,
}

/// Where a bundle is stored: `kind/name`.
pub(super) fn key(kind: BundleKind, name: &str) -> String {
    let kind = match kind {
        BundleKind::Trust => "trust",
        BundleKind::StatusList => "status-list",
        BundleKind::RuleSet => "rule-set",
        BundleKind::Form => "form",
    };
    format!("{kind}/{name}")
}

/// Reads an index.
pub(super) fn read_index(body: &[u8]) -> Result<BundleIndex, SyncRefusal> {
    let refused = SyncRefusal::IndexMalformed;
    let index: BundleIndex = serde_json::from_slice(body).map_err(|_| refused)?;
    let mut names = std::collections::BTreeSet::new();
    let all_fine = index.bundles.iter().all(|entry| {
        let is_hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
        entry.sha256.len() == 64
            && entry.sha256.bytes().all(is_hex)
            && entry.name.len() <= MAX_NAME_CHARS
            && entry.name.bytes().all(is_name)
            && (entry.kind != BundleKind::Trust || entry.name.is_empty())
            && names.insert((entry.kind, entry.name.as_str()))
    });
    if !all_fine || index.bundles.len() > MAX_BUNDLES {
        return Err(refused);
    }
    Ok(index)
}

impl Held {
    /// What of the index is to be fetched, and the first thing that is wrong with the rest.
    /// `trust_again`: the trust bundle that is held is good for nothing any more.
    pub(super) fn wanted(
        &self,
        index: &BundleIndex,
        trust_again: bool,
    ) -> (Vec<BundleEntry>, Option<SyncRefusal>) {
        let mut problem = None;
        let mut wanted = Vec::new();
        for entry in &index.bundles {
            let held = self.bundles.get(&key(entry.kind, &entry.name));
            if held.is_some_and(|held| entry.version < held.version) {
                problem = problem.or(Some(SyncRefusal::BundleRolledBack));
            } else if entry.size > MAX_BUNDLE_BYTES {
                problem = problem.or(Some(SyncRefusal::BundleTooLarge));
            } else if !self.has(entry) || (trust_again && entry.kind == BundleKind::Trust) {
                wanted.push(entry.clone());
            }
        }
        (wanted, problem)
    }

    /// Whether everything that the index names is held: only then its ETag says that there is nothing new.
    pub(super) fn has_all(&self, index: &BundleIndex) -> bool {
        index.bundles.iter().all(|entry| self.has(entry))
    }

    fn has(&self, entry: &BundleEntry) -> bool {
        self.bundles
            .get(&key(entry.kind, &entry.name))
            .is_some_and(|held| held.version == entry.version && held.sha256 == entry.sha256)
    }

    /// Lowest version that is taken.
    fn lowest(&self, entry: &BundleEntry) -> u64 {
        let held = self.bundles.get(&key(entry.kind, &entry.name));
        held.map_or(0, |held| held.version)
    }

    /// Books what was just stored.
    pub(super) fn book(&mut self, entry: &BundleEntry) {
        let held = HeldBundle {
            version: entry.version,
            sha256: entry.sha256.clone(),
        };
        self.bundles.insert(key(entry.kind, &entry.name), held);
    }
}

/// What signatures are checked against.
#[derive(Clone, Copy)]
pub(super) struct Anchors<'a> {
    pub(super) root_key: &'a [u8; 32],
    pub(super) trust: Option<&'a TrustBundle>,
    /// Unix seconds.
    pub(super) at: i64,
}

/// Checks a fetched bundle; a trust bundle is handed back open. The error is a stable code.
pub(super) fn check(
    entry: &BundleEntry,
    bytes: &[u8],
    held: &Held,
    anchors: Anchors<'_>,
) -> Result<Option<TrustBundle>, &'static str> {
    if bytes.len() as u64 != entry.size || hex_sha256(bytes) != entry.sha256 {
        return Err(SyncRefusal::BundleAltered.code());
    }
    let lowest = held.lowest(entry);
    if entry.version < lowest {
        return Err(SyncRefusal::BundleRolledBack.code());
    }
    let at = anchors.at;
    if entry.kind == BundleKind::Trust {
        let trust =
            TrustBundle::open(bytes, anchors.root_key, at, lowest).map_err(|error| error.code())?;
        as_listed(trust.version == entry.version)?;
        return Ok(Some(trust));
    }
    let trust = anchors.trust.ok_or(SyncRefusal::NoTrustBundle.code())?;
    match entry.kind {
        BundleKind::StatusList => {
            let lowest = i64::try_from(lowest).unwrap_or(i64::MAX);
            let list = StatusList::open(bytes, trust, at, lowest).map_err(|error| error.code())?;
            as_listed(u64::try_from(list.issued_at()) == Ok(entry.version))?;
        }
        BundleKind::RuleSet => check_json(RULE_SET_TYPE, entry, bytes, trust, at)?,
        BundleKind::Form => check_json(FORM_TYPE, entry, bytes, trust, at)?,
        BundleKind::Trust => {}
    }
    Ok(None)
}

/// Forms and rule sets name themselves.
#[derive(Deserialize)]
struct SelfNamed {
    id: String,
    version: u64,
}

fn check_json(
    typ: &str,
    entry: &BundleEntry,
    bytes: &[u8],
    trust: &TrustBundle,
    at: i64,
) -> Result<(), &'static str> {
    let signed = open_bundle(typ, bytes, trust, at).map_err(|error| error.code())?;
    let named: SelfNamed = serde_json::from_slice(signed.payload)
        .map_err(|_| SyncRefusal::BundleNotAsListed.code())?;
    as_listed(named.id == entry.name && named.version == entry.version)
}

fn as_listed(is: bool) -> Result<(), &'static str> {
    is.then_some(())
        .ok_or(SyncRefusal::BundleNotAsListed.code())
}

fn hex_sha256(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(bytes))
}
