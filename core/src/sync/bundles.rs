//! Public bundles: what the index names, what of it is wanted, and whether what came is what was named.
//!
//! Invariant: a bundle is stored only if its bytes have the hash of the index, its signature holds, what is
//! inside is what the index says, and its version is not below the one held. An entry of the index is judged alone:
//! what is wrong with one, or newer than this version, takes nothing from the others. Fetches nothing itself.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::refusal::SyncRefusal;
use super::status_lists::{self, Chain, Named};
use crate::capability::{bundle_row, bundle_rows};
use crate::encoding::hex;
use crate::store::MAX_VALUE_BYTES;
use crate::trust::{Anchors, BundleKind, MAX_BUNDLE_BYTES, TrustBundle};
use crate::wire::{APP_VERSION, BundleEntry};

/// Most bundles of an index, of the kinds that this version knows.
const MAX_BUNDLES: usize = 256;
/// Longest name, characters.
const MAX_NAME_CHARS: usize = 64;

const _: () = assert!(
    MAX_BUNDLE_BYTES <= MAX_VALUE_BYTES,
    "whatever may be signed can be stored"
);

/// What of an index counts.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Index {
    /// Well-formed, of kinds that this version knows, each kind and name once.
    pub(super) entries: Vec<BundleEntry>,
    /// Why the first of the others was left out; none for kinds that are not known here.
    pub(super) left_out: Option<SyncRefusal>,
}

/// Which bundles are held; stored beside them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Held {
    /// Of the last index of which everything is held.
    etag: Option<String>,
    /// Who read that index, see [`reader`].
    #[serde(default)]
    read_by: String,
    /// By kind and name, see [`crate::trust::BundleRow::key`].
    bundles: BTreeMap<String, HeldBundle>,
    /// Whether others' codes are checked here: a phone that only shows codes fetches no status lists.
    #[serde(skip)]
    checks_others: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct HeldBundle {
    version: u64,
    sha256: String,
    /// Bytes; 0 where an earlier version did not write it.
    #[serde(default)]
    size: u64,
}

/// Names this version and the kinds that it knows. To another one an index may have more to say, so its ETag does not
/// count any longer.
fn reader(checks_others: bool) -> String {
    let is_read = |kind: &BundleKind| checks_others || *kind != BundleKind::STATUS_LIST;
    let kinds = bundle_rows().map(|row| &row.kind);
    let kinds: Vec<_> = kinds
        .filter(|kind| is_read(kind))
        .map(BundleKind::id)
        .collect();
    format!("{APP_VERSION} {}", kinds.join(" "))
}

pub(super) fn read_index(body: &[u8]) -> Result<Index, SyncRefusal> {
    #[derive(Deserialize)]
    struct Unjudged {
        bundles: Vec<Value>,
    }
    let unjudged: Unjudged =
        crate::encoding::json::from_slice(body).map_err(|_| SyncRefusal::IndexMalformed)?;
    let mut index = Index {
        entries: Vec::new(),
        left_out: None,
    };
    let mut names = BTreeSet::new();
    for value in unjudged.bundles {
        match read_entry(value) {
            Ok(None) => {}
            Ok(Some(entry)) if index.entries.len() == MAX_BUNDLES => {
                drop(entry);
                index.leave_out(SyncRefusal::IndexEntryMalformed);
            }
            Ok(Some(entry)) => {
                if names.insert((entry.kind.clone(), entry.name.clone())) {
                    index.entries.push(entry);
                } else {
                    index.leave_out(SyncRefusal::IndexEntryMalformed);
                }
            }
            Err(refusal) => index.leave_out(refusal),
        }
    }
    Ok(index)
}

/// None for a kind that this version does not know, whatever else the entry says.
fn read_entry(value: Value) -> Result<Option<BundleEntry>, SyncRefusal> {
    let malformed = SyncRefusal::IndexEntryMalformed;
    let kind = value.get("kind").and_then(Value::as_str).ok_or(malformed)?;
    let Some(row) = bundle_rows().find(|row| row.kind.id() == kind) else {
        return Ok(None);
    };
    let entry: BundleEntry = serde_json::from_value(value).map_err(|_| malformed)?;
    let is_hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    let is_fine = entry.sha256.len() == 64
        && entry.sha256.bytes().all(is_hex)
        && entry.name.len() <= MAX_NAME_CHARS
        && entry.name.bytes().all(is_name)
        && (row.is_named || entry.name.is_empty());
    if !is_fine {
        return Err(malformed);
    }
    if entry.size > row.max_bytes as u64 {
        return Err(SyncRefusal::BundleTooLarge);
    }
    Ok(Some(entry))
}

impl Index {
    fn leave_out(&mut self, why: SyncRefusal) {
        self.left_out = self.left_out.or(Some(why));
    }
}

impl Held {
    /// Names of the bundles of a kind that are held, in order.
    pub(super) fn names(&self, kind: &BundleKind) -> Vec<String> {
        let names = self.bundles.keys().filter_map(|key| {
            let (of_kind, name) = key.split_once('/')?;
            (of_kind == kind.id()).then(|| name.to_owned())
        });
        names.collect()
    }

    /// The ETag to ask with: only what this very version read and holds all of.
    pub(super) fn etag(&self) -> Option<&str> {
        let reader = reader(self.checks_others);
        self.etag.as_deref().filter(|_| self.read_by == reader)
    }

    /// Books the ETag of an index; true if that is news.
    pub(super) fn book_etag(&mut self, etag: Option<String>) -> bool {
        let read_by = reader(self.checks_others);
        let is_news = self.etag != etag || self.read_by != read_by;
        self.etag = etag;
        self.read_by = read_by;
        is_news
    }

    /// What of the index is to be fetched, and whether it names an older version than the one held.
    /// `trust_again`: the trust bundle that is held is good for nothing any more.
    pub(super) fn wanted(&self, index: &Index, trust_again: bool) -> (Vec<BundleEntry>, bool) {
        let mut wanted = Vec::new();
        let (lists, mut is_rolled_back) =
            status_lists::wanted(&self.offered_lists(index), &self.held_lists());
        for name in lists {
            let is_named = |entry: &&BundleEntry| is_status_list(entry) && entry.name == name;
            wanted.extend(index.entries.iter().find(is_named).cloned());
        }
        for entry in index.entries.iter().filter(|entry| !is_status_list(entry)) {
            if entry.version < self.lowest(entry) {
                is_rolled_back = true;
            } else if !self.has(entry) || (trust_again && entry.kind == BundleKind::TRUST) {
                wanted.push(entry.clone());
            }
        }
        (wanted, is_rolled_back)
    }

    /// Whether everything that counts of the index is held: only then its ETag says that there is nothing new.
    pub(super) fn has_all(&self, index: &Index) -> bool {
        let others = index.entries.iter().filter(|entry| !is_status_list(entry));
        others.into_iter().all(|entry| self.has(entry))
            && status_lists::has_all(&self.offered_lists(index), &self.held_lists())
    }

    /// Goes on as a door, or as a phone that only shows codes.
    pub(super) fn set_checks_others(&mut self, checks_others: bool) {
        self.checks_others = checks_others;
    }

    /// The status lists that are held, an issuer key after the other, in the order in which they follow on each other.
    pub(super) fn status_lists(&self) -> Vec<String> {
        let held = self.held_lists();
        let chains = status_lists::keys(&held).into_iter();
        let chains = chains.filter_map(|key| Chain::new(&held, key));
        let lists = chains.flat_map(|chain| chain.lists);
        lists.map(|list| list.name).collect()
    }

    fn held_lists(&self) -> Vec<Named> {
        let lists = self.bundles.iter().filter_map(|(key, held)| {
            let (kind, name) = key.split_once('/')?;
            let list = Named::read(name, held.version, held.size);
            list.filter(|_| kind == BundleKind::STATUS_LIST.id())
        });
        lists.collect()
    }

    /// None for who checks nobody.
    fn offered_lists(&self, index: &Index) -> Vec<Named> {
        let lists = index.entries.iter().filter(|entry| is_status_list(entry));
        let lists = lists.filter(|_| self.checks_others);
        lists
            .filter_map(|entry| Named::read(&entry.name, entry.version, entry.size))
            .collect()
    }

    fn has(&self, entry: &BundleEntry) -> bool {
        self.bundle(entry)
            .is_some_and(|held| held.version == entry.version && held.sha256 == entry.sha256)
    }

    /// Lowest version that is taken.
    fn lowest(&self, entry: &BundleEntry) -> u64 {
        self.bundle(entry).map_or(0, |held| held.version)
    }

    fn bundle(&self, entry: &BundleEntry) -> Option<&HeldBundle> {
        self.bundles.get(&bundle_row(&entry.kind)?.key(&entry.name))
    }

    /// Books what is just being stored under `key`. Gives the keys of what is of no more use: it is to be deleted along.
    pub(super) fn book(&mut self, key: &str, entry: &BundleEntry) -> Vec<String> {
        let held = HeldBundle {
            version: entry.version,
            sha256: entry.sha256.clone(),
            size: entry.size,
        };
        self.bundles.insert(key.to_owned(), held);
        let new = Named::read(&entry.name, entry.version, entry.size);
        let Some(new) = new.filter(|_| is_status_list(entry)) else {
            return Vec::new();
        };
        let gone = status_lists::superseded(&self.held_lists(), &new);
        let keys: Vec<_> = gone
            .iter()
            .map(|name| format!("{}/{name}", entry.kind.id()))
            .collect();
        for key in &keys {
            self.bundles.remove(key);
        }
        keys
    }
}

fn is_status_list(entry: &BundleEntry) -> bool {
    entry.kind == BundleKind::STATUS_LIST
}

/// A fetched bundle that holds.
pub(super) struct Checked {
    /// Where it is stored.
    pub(super) key: String,
    /// The trust bundle, where it is one.
    pub(super) trust: Option<TrustBundle>,
}

/// Checks a fetched bundle. The error is a stable code.
pub(super) fn check(
    entry: &BundleEntry,
    bytes: &[u8],
    held: &Held,
    anchors: Anchors<'_>,
) -> Result<Checked, &'static str> {
    let row = bundle_row(&entry.kind).ok_or(SyncRefusal::BundleNotAsListed.code())?;
    if bytes.len() as u64 != entry.size || hex_sha256(bytes) != entry.sha256 {
        return Err(SyncRefusal::BundleAltered.code());
    }
    let lowest = held.lowest(entry);
    if entry.version < lowest {
        return Err(SyncRefusal::BundleRolledBack.code());
    }
    if row.needs_trust && anchors.trust.is_none() {
        return Err(SyncRefusal::NoTrustBundle.code());
    }
    let opened = (row.open)(row, bytes, anchors, lowest).map_err(|error| error.code())?;
    let is_named_so = opened.name.is_none_or(|name| name == entry.name);
    if !is_named_so || opened.version != entry.version {
        return Err(SyncRefusal::BundleNotAsListed.code());
    }
    Ok(Checked {
        key: row.key(&entry.name),
        trust: opened.trust,
    })
}

fn hex_sha256(bytes: &[u8]) -> String {
    hex::encode(&Sha256::digest(bytes))
}

#[cfg(test)]
#[path = "bundles_tests.rs"]
mod tests;
