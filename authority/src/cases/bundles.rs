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
use health_code_core::trust::{MAX_BUNDLE_BYTES, StatusList, TrustBundle};
use health_code_core::wire::{BundleEntry, BundleIndex, BundleKind};
use sha2::{Digest, Sha256};
use tokio::sync::Notify;

use crate::errors::AuthorityError;
use crate::files;
use crate::store::StoreError;

/// Most entries of an index that phones take.
const MAX_ENTRIES: usize = 256;
/// Bundles that are kept beside the newest.
const KEPT: usize = 8;

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

/// Signs and publishes.
#[derive(Debug)]
pub(crate) struct Bundles {
    issuer_key: Arc<SigningKey>,
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
    trust: (u64, Arc<[u8]>),
    status_issued_at: i64,
    status: Arc<[u8]>,
    listed: Vec<Listed>,
    kept: VecDeque<Arc<[u8]>>,
}

/// A signed bundle and its entry of the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Listed {
    pub(crate) kind: BundleKind,
    pub(crate) name: String,
    pub(crate) version: u64,
    pub(crate) bytes: Arc<[u8]>,
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
    let bundle = TrustBundle::open(&bytes, root_key, at, lowest_version).map_err(|_| {
        AuthorityError::TrustBundleRefused {
            at: path.display().to_string(),
        }
    })?;
    Ok(Trust { bundle, bytes })
}

impl Bundles {
    /// Publishes `trust` and what is `listed` from the start; the status list follows with the first [`Bundles::publish_status`].
    pub(crate) fn new(
        issuer_key: Arc<SigningKey>,
        root_key: [u8; 32],
        trust_path: PathBuf,
        trust: Trust,
        listed: Vec<Listed>,
        status_ttl_secs: u32,
    ) -> Self {
        Self {
            issuer_key,
            root_key,
            trust_path,
            status_ttl_secs,
            changing: Mutex::new(Changing {
                trust: (trust.bundle.version, trust.bytes.into()),
                status_issued_at: 0,
                status: Arc::default(),
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

    /// Signs and publishes a status list of these revoked indexes at `at` (Unix seconds).
    pub(crate) fn publish_status(&self, revoked: &[u32], at: i64) -> Result<(), StoreError> {
        let mut changing = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        // Two lists within one second must not carry the same time: phones keep the later one.
        let issued_at = at.max(changing.status_issued_at + 1);
        let ttl_secs = self.status_ttl_secs;
        let list =
            StatusList::build(&self.issuer_key, revoked, issued_at, ttl_secs).map_err(|error| {
                tracing::error!(code = error.code(), "the status list cannot be built");
                StoreError::Faulted
            })?;
        changing.status_issued_at = issued_at;
        let before = std::mem::replace(&mut changing.status, list.into());
        changing.keep(before);
        self.publish(&changing);
        Ok(())
    }

    /// Takes over a newer trust bundle where the national root has put one into the file.
    pub(crate) fn reload_trust(&self, at: i64) {
        let mut changing = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let (version, bytes) = &changing.trust;
        match read_trust(&self.trust_path, &self.root_key, at, *version) {
            Ok(trust) if *trust.bytes != **bytes => {
                tracing::info!(version = trust.bundle.version, "new trust bundle");
                let new = (trust.bundle.version, trust.bytes.into());
                let before = std::mem::replace(&mut changing.trust, new);
                changing.keep(before.1);
                self.publish(&changing);
            }
            Ok(_) => {}
            Err(error) => {
                tracing::warn!(code = error.code(), "the trust bundle on disk is not used");
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
        // Trust bundle and status list are entries as well.
        changing.listed.len() + 2 >= MAX_ENTRIES
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
        let issuer = issuer_name(&self.issuer_key);
        let status_version = u64::try_from(changing.status_issued_at).unwrap_or_default();
        let (trust_version, trust) = &changing.trust;
        let trust = Listed {
            kind: BundleKind::TRUST,
            name: String::new(),
            version: *trust_version,
            bytes: Arc::clone(trust),
        };
        let status_list = Listed {
            kind: BundleKind::STATUS_LIST,
            name: issuer,
            version: status_version,
            bytes: Arc::clone(&changing.status),
        };
        let mut files = HashMap::new();
        for bytes in &changing.kept {
            files.insert(sha256_hex(bytes), Arc::clone(bytes));
        }
        let mut bundles = Vec::new();
        for listed in [&trust, &status_list].into_iter().chain(&changing.listed) {
            let sha256 = sha256_hex(&listed.bytes);
            bundles.push(BundleEntry {
                kind: listed.kind.clone(),
                name: listed.name.clone(),
                version: listed.version,
                sha256: sha256.clone(),
                size: listed.bytes.len() as u64,
            });
            files.insert(sha256, Arc::clone(&listed.bytes));
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

impl Changing {
    fn keep(&mut self, bytes: Arc<[u8]>) {
        if !bytes.is_empty() {
            self.kept.push_back(bytes);
        }
        while self.kept.len() > KEPT {
            self.kept.pop_front();
        }
    }
}

/// Name of the authority's status list: the issuer key's id, 16 hex digits.
pub(crate) fn issuer_name(key: &SigningKey) -> String {
    sha256_hex(key.verifying_key().as_bytes())[..16].to_owned()
}

pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}
