//! What everybody may fetch: the index, and the files that it names.
//!
//! Invariant: everything published is signed (the trust bundle by the national root, the rest by this authority)
//! and named by its hash. A newer status list always has a later time of issue. An old file stays for as long as
//! somebody may hold an index that names it.

use std::collections::{HashMap, VecDeque};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use data_encoding::HEXLOWER;
use ed25519_dalek::SigningKey;
use health_code_core::trust::{MAX_BUNDLE_BYTES, StatusList, TrustBundle, sign_bundle};
use health_code_core::wire::{BundleEntry, BundleIndex, BundleKind};
use sha2::{Digest, Sha256};
use tokio::sync::Notify;

use super::key_standing::{self, KeyStanding, LeftOut, StatusListKeys};
use crate::errors::AuthorityError;
use crate::files;
use crate::store::StoreError;

/// Most entries of an index that phones take.
const MAX_ENTRIES: usize = 256;
/// Bundles that are kept beside the newest.
const KEPT: usize = 16;
/// Most status lists: a region's keys.
const STATUS_LISTS: usize = 16;

/// The index and the files as they are at one moment.
#[derive(Clone, Debug, Default)]
pub(crate) struct Published {
    /// JSON of the index.
    pub(crate) index: Arc<[u8]>,
    /// Its strong ETag.
    pub(crate) etag: String,
    /// Files by lower-case hex SHA-256.
    pub(crate) files: HashMap<String, Arc<[u8]>>,
}

/// Under which key this server signs, and for which.
#[derive(Debug)]
pub(crate) struct OwnKey {
    pub(crate) key: Arc<SigningKey>,
    pub(crate) division: u32,
    /// Public keys under which the store issued, the own one among them.
    pub(crate) issued_under: Vec<[u8; 32]>,
}

/// Signs and publishes.
#[derive(Debug)]
pub(crate) struct Bundles {
    own: OwnKey,
    root_key: [u8; 32],
    trust_path: PathBuf,
    status_ttl_secs: u32,
    changing: Mutex<Changing>,
    published: RwLock<Arc<Published>>,
    revocations: Notify,
}

/// Everything that goes into the next index.
#[derive(Debug)]
struct Changing {
    trust: TrustBundle,
    trust_bytes: Arc<[u8]>,
    status_issued_at: i64,
    /// The own one, and those of keys before it; each with the id of its key.
    status: Vec<([u8; 8], Arc<[u8]>)>,
    /// Keys without a list, as they were last told in the log.
    left_out: Vec<([u8; 8], LeftOut)>,
    listed: Vec<Listed>,
    kept: VecDeque<Arc<[u8]>>,
}

/// A public bundle, signed.
#[derive(Clone, Debug)]
pub(crate) struct Listed {
    pub(crate) kind: BundleKind,
    pub(crate) name: String,
    pub(crate) version: u64,
    typ: &'static str,
    content: Arc<[u8]>,
    /// Unix seconds.
    signed_at: i64,
    pub(crate) bytes: Arc<[u8]>,
}

impl Listed {
    /// Signs `content` as of `signed_at` (Unix seconds): the same time gives the same bytes, so that a restart does not
    /// make every phone fetch them anew.
    ///
    /// # Errors
    /// The code of a bundle that no phone would take.
    pub(crate) fn sign(
        (kind, typ): (BundleKind, &'static str),
        name: String,
        version: u64,
        content: Arc<[u8]>,
        signed_at: i64,
        key: &SigningKey,
    ) -> Result<Self, &'static str> {
        let bytes = sign_bundle(typ, Some(signed_at), &content, key);
        Ok(Self {
            bytes: bytes.map_err(|error| error.code())?.into(),
            kind,
            name,
            version,
            typ,
            content,
            signed_at,
        })
    }

    /// Whether it says the same.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        (&self.kind, &self.name, self.version, &self.content)
            == (&other.kind, &other.name, other.version, &other.content)
    }
}

/// What a trust bundle says of the credentials of one key.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CredentialTerms {
    /// None may begin before, Unix seconds.
    pub(crate) not_before: i64,
    pub(crate) reason_in_code: bool,
}

/// A trust bundle that was verified.
#[derive(Debug)]
pub(crate) struct Trust {
    pub(crate) bundle: TrustBundle,
    pub(crate) bytes: Vec<u8>,
}

/// Reads the trust bundle and verifies it with the root's key at `at` (Unix seconds).
pub(crate) fn read_trust(
    path: &std::path::Path,
    root_key: &[u8; 32],
    at: i64,
    lowest_version: u64,
) -> Result<Trust, AuthorityError> {
    let bytes = files::read_capped(path, MAX_BUNDLE_BYTES as u64)?;
    let bundle = TrustBundle::open(&bytes, root_key, at, lowest_version).map_err(|error| {
        AuthorityError::TrustBundleRefused {
            at: format!("{} ({})", path.display(), error.code()),
        }
    })?;
    Ok(Trust { bundle, bytes })
}

impl Bundles {
    /// Publishes `trust` and what is `listed` from the start; the status list follows with the first [`Bundles::publish_status`].
    pub(crate) fn new(
        own: OwnKey,
        root_key: [u8; 32],
        trust_path: PathBuf,
        trust: Trust,
        listed: Vec<Listed>,
        status_ttl_secs: u32,
    ) -> Self {
        Self {
            own,
            root_key,
            trust_path,
            status_ttl_secs,
            changing: Mutex::new(Changing {
                trust: trust.bundle,
                trust_bytes: trust.bytes.into(),
                status_issued_at: 0,
                status: Vec::new(),
                left_out: Vec::new(),
                listed,
                kept: VecDeque::new(),
            }),
            published: RwLock::default(),
            revocations: Notify::new(),
        }
    }

    /// What is published now.
    pub(crate) fn published(&self) -> Arc<Published> {
        Arc::clone(
            &self
                .published
                .read()
                .unwrap_or_else(PoisonError::into_inner),
        )
    }

    /// Says that a credential was revoked: the housekeeper publishes soon.
    pub(crate) fn revocations_changed(&self) {
        self.revocations.notify_one();
    }

    /// Waits for [`Bundles::revocations_changed`].
    pub(crate) async fn wait_for_revocations(&self) {
        self.revocations.notified().await;
    }

    /// How the own key stands at `at` (Unix seconds).
    pub(crate) fn standing(&self, at: i64) -> KeyStanding {
        let changing = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        KeyStanding::new(&changing.trust, self.own.division, &self.own_key(), at)
    }

    /// When the root signed the trust bundle, Unix seconds.
    pub(crate) fn trust_issued_at(&self) -> i64 {
        let changing = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        changing.trust.issued_at
    }

    /// What the trust bundle says of the credentials of the own key.
    pub(crate) fn terms(&self) -> CredentialTerms {
        let changing = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let key = key_standing::own(&changing.trust, self.own.division, &self.own_key());
        CredentialTerms {
            not_before: key.map_or(0, |key| key.not_before),
            reason_in_code: changing.trust.policy.reason_in_code,
        }
    }

    fn own_key(&self) -> [u8; 32] {
        self.own.key.verifying_key().to_bytes()
    }

    /// What the next status lists say beside the revoked indexes, at `at` (Unix seconds). Lists are packed without holding
    /// anything up, one set after the other: the later one must know at least as much.
    pub(crate) fn next_status(&self, at: i64) -> NextStatus {
        let mut changing = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        // Two lists within one second must not carry the same time: phones keep the later one. A list of a clock that was
        // ahead is no measure.
        let before = changing.status_issued_at;
        let is_ahead = before > at + i64::from(changing.trust.policy.skew_secs);
        let issued_at = if is_ahead { at } else { at.max(before + 1) };
        let OwnKey {
            division,
            issued_under,
            ..
        } = &self.own;
        let own = self.own_key();
        let keys = StatusListKeys::new(&changing.trust, *division, &own, issued_under, at);
        changing.tell(keys.left_out);
        NextStatus {
            issuer_key: Arc::clone(&self.own.key),
            keys: keys.signed,
            issued_at,
            ttl_secs: self.status_ttl_secs,
        }
    }

    /// Publishes status lists in the place of those before.
    pub(crate) fn publish_status(&self, packed: PackedStatus) {
        let mut changing = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        changing.status_issued_at = packed.issued_at;
        for (_, before) in std::mem::replace(&mut changing.status, packed.lists) {
            changing.keep(before);
        }
        self.publish(&changing);
    }

    /// Publishes everything but status lists.
    #[cfg(feature = "testing")]
    pub(crate) fn publish_listed(&self) {
        let changing = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        self.publish(&changing);
    }

    /// Takes over a newer trust bundle where the national root has put one into the file.
    pub(crate) fn reload_trust(&self, at: i64) {
        let mut changing = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let version = changing.trust.version;
        match read_trust(&self.trust_path, &self.root_key, at, version) {
            Ok(trust) if *trust.bytes != *changing.trust_bytes => {
                tracing::info!(version = trust.bundle.version, "new trust bundle");
                changing.trust = trust.bundle;
                let before = std::mem::replace(&mut changing.trust_bytes, trust.bytes.into());
                changing.keep(before);
                self.sign_again(&mut changing, at);
                self.publish(&changing);
            }
            Ok(_) => {}
            Err(error) => {
                tracing::warn!(
                    code = error.code(),
                    at = error.at(),
                    "the trust bundle on disk is not used"
                );
            }
        }
    }

    /// Signs anew what was signed outside of the time that the own key has now.
    fn sign_again(&self, changing: &mut Changing, at: i64) {
        let key = key_standing::own(&changing.trust, self.own.division, &self.own_key());
        let Some(key) = key.filter(|key| (key.not_before..=key.not_after).contains(&at)) else {
            return;
        };
        let time = key.not_before..=at;
        for listed in &mut changing.listed {
            if !time.contains(&listed.signed_at) {
                let bytes = sign_bundle(listed.typ, Some(at), &listed.content, &self.own.key);
                if let Ok(bytes) = bytes {
                    (listed.signed_at, listed.bytes) = (at, bytes.into());
                }
            }
        }
    }

    /// What is listed under this kind and name, trust bundle and status list aside.
    pub(crate) fn listed(&self, kind: &BundleKind, name: &str) -> Option<Listed> {
        let changing = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let mut listed = changing.listed.iter();
        listed
            .find(|one| one.kind == *kind && one.name == name)
            .cloned()
    }

    /// Whether phones would take no index with one more entry.
    pub(crate) fn is_full(&self) -> bool {
        let changing = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        // The trust bundle and the status lists are entries as well.
        changing.listed.len() + 1 + STATUS_LISTS >= MAX_ENTRIES
    }

    /// Publishes a bundle in place of the one before under its kind and name.
    pub(crate) fn publish_bundle(&self, new: Listed) {
        let mut changing = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let is_before = |one: &Listed| one.kind == new.kind && one.name == new.name;
        if let Some(place) = changing.listed.iter().position(is_before) {
            let before = std::mem::replace(&mut changing.listed[place], new);
            changing.keep(before.bytes);
        } else {
            changing.listed.push(new);
        }
        self.publish(&changing);
    }

    fn publish(&self, changing: &Changing) {
        let status_version = u64::try_from(changing.status_issued_at).unwrap_or_default();
        let mut all = vec![(
            BundleKind::TRUST,
            String::new(),
            changing.trust.version,
            &changing.trust_bytes,
        )];
        for (id, list) in &changing.status {
            let name = HEXLOWER.encode(id);
            all.push((BundleKind::STATUS_LIST, name, status_version, list));
        }
        for one in &changing.listed {
            all.push((one.kind.clone(), one.name.clone(), one.version, &one.bytes));
        }
        let mut files = HashMap::new();
        for bytes in &changing.kept {
            files.insert(sha256_hex(bytes), Arc::clone(bytes));
        }
        let mut bundles = Vec::new();
        for (kind, name, version, bytes) in all {
            let sha256 = sha256_hex(bytes);
            bundles.push(BundleEntry {
                kind,
                name,
                version,
                sha256: sha256.clone(),
                size: bytes.len() as u64,
            });
            files.insert(sha256, Arc::clone(bytes));
        }
        // Plain data with text keys: this cannot fail.
        let index = serde_json::to_vec(&BundleIndex { bundles }).unwrap_or_default();
        let published = Published {
            etag: format!("\"{}\"", &sha256_hex(&index)[..32]),
            index: index.into(),
            files,
        };
        *self
            .published
            .write()
            .unwrap_or_else(PoisonError::into_inner) = Arc::new(published);
    }
}

/// Status lists that are to be made.
pub(crate) struct NextStatus {
    issuer_key: Arc<SigningKey>,
    /// Ids of the keys whose credentials they are of.
    keys: Vec<[u8; 8]>,
    issued_at: i64,
    ttl_secs: u32,
}

/// Status lists, signed.
pub(crate) struct PackedStatus {
    issued_at: i64,
    /// Each with the id of its key.
    lists: Vec<([u8; 8], Arc<[u8]>)>,
}

impl NextStatus {
    /// Packs and signs lists of these revoked indexes: one index space, a list for each key that the store issued under and
    /// whose credentials can still be shown. Takes a while.
    pub(crate) fn pack(self, revoked: &[u32]) -> Result<PackedStatus, StoreError> {
        let (key, issued_at) = (&self.issuer_key, self.issued_at);
        let mut lists = Vec::with_capacity(self.keys.len());
        for id in self.keys {
            let list = StatusList::build_for(id, key, revoked, issued_at, self.ttl_secs);
            let list = list.map_err(|error| {
                tracing::error!(code = error.code(), "the status list cannot be built");
                StoreError::Faulted
            })?;
            lists.push((id, list.into()));
        }
        Ok(PackedStatus { issued_at, lists })
    }
}

impl Changing {
    /// Logs which keys have no status list from here, once for each change.
    fn tell(&mut self, left_out: Vec<([u8; 8], LeftOut)>) {
        for one @ (id, why) in &left_out {
            if !self.left_out.contains(one) {
                let (key, code) = (HEXLOWER.encode(id), why.code());
                // As it should be for the next key, which is listed before it is used.
                if *why == LeftOut::NotIssuedHere {
                    tracing::warn!(key, code, "no status list from here");
                } else {
                    tracing::error!(key, code, "its status list is not renewed");
                }
            }
        }
        self.left_out = left_out;
    }

    fn keep(&mut self, bytes: Arc<[u8]>) {
        if !bytes.is_empty() {
            self.kept.push_back(bytes);
        }
        while self.kept.len() > KEPT {
            self.kept.pop_front();
        }
    }
}

pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}
