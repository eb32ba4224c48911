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
use health_code_core::trust::{MAX_BUNDLE_BYTES, TrustBundle, sign_bundle};
use health_code_core::wire::{BundleEntry, BundleIndex, BundleKind};
use health_code_core::words::LocalizedText;
use sha2::{Digest, Sha256};
use tokio::sync::Notify;

use super::key_standing::{self, KeyStanding, LeftOut, StatusListKeys};
use super::status_lists::{MAX_LISTED, SignedList};
use crate::errors::AuthorityError;
use crate::files;

/// Most entries of an index that phones take.
const MAX_ENTRIES: usize = 256;
/// Bundles that are kept beside the newest.
const KEPT: usize = 16;

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
    changing: Mutex<Changing>,
    published: RwLock<Arc<Published>>,
    revocations: Notify,
}

/// Everything that goes into the next index.
#[derive(Debug)]
struct Changing {
    trust: TrustBundle,
    trust_bytes: Arc<[u8]>,
    status: Vec<SignedList>,
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
    /// What ends later has no status list of this key, Unix seconds.
    pub(crate) not_after: i64,
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
    /// Publishes `trust` and what is `listed` from the start; the status lists follow with the first [`Bundles::publish_status`].
    pub(crate) fn new(
        own: OwnKey,
        root_key: [u8; 32],
        trust_path: PathBuf,
        trust: Trust,
        listed: Vec<Listed>,
    ) -> Self {
        Self {
            own,
            root_key,
            trust_path,
            changing: Mutex::new(Changing {
                trust: trust.bundle,
                trust_bytes: trust.bytes.into(),
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
            not_after: key.map_or(0, |key| key.not_after),
            reason_in_code: changing.trust.policy.reason_in_code,
        }
    }

    /// The region's name, as the trust bundle has it.
    pub(crate) fn region_name(&self) -> Option<LocalizedText> {
        let changing = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let mut regions = changing.trust.regions.iter();
        let own = regions.find(|region| region.division == self.own.division);
        own.map(|region| region.name.clone())
    }

    /// How much longer than they say codes of the region count at `at` (Unix seconds), seconds.
    pub(crate) fn grace_secs(&self, at: i64) -> u32 {
        let changing = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        changing.trust.grace_secs(self.own.division, at)
    }

    fn own_key(&self) -> [u8; 32] {
        self.own.key.verifying_key().to_bytes()
    }

    /// The issuer key by which credentials and bundles are signed now.
    pub(crate) fn signing_key(&self) -> &Arc<SigningKey> {
        &self.own.key
    }

    /// Of which keys the store issued under and whose credentials can still be shown at `at` (Unix seconds), the own one
    /// first: there is a status list of each. The others are told in the log.
    pub(crate) fn status_list_keys(&self, at: i64) -> Vec<[u8; 8]> {
        let mut changing = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let OwnKey {
            division,
            issued_under,
            ..
        } = &self.own;
        let own = self.own_key();
        let keys = StatusListKeys::new(&changing.trust, *division, &own, issued_under, at);
        changing.tell(keys.left_out);
        keys.signed
    }

    /// How far clocks may be apart by the trust bundle, seconds.
    pub(crate) fn skew_secs(&self) -> i64 {
        let changing = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        changing.trust.policy.skew_secs.into()
    }

    /// Publishes these status lists in place of the ones before.
    pub(crate) fn publish_status(&self, lists: Vec<SignedList>) {
        let mut changing = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        for before in std::mem::replace(&mut changing.status, lists) {
            let is_there = changing
                .status
                .iter()
                .any(|one| one.sha256 == before.sha256);
            if !is_there {
                changing.keep(before.bytes);
            }
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
        changing.listed.len() + 1 + MAX_LISTED >= MAX_ENTRIES
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
        let mut files = HashMap::new();
        for bytes in &changing.kept {
            files.insert(sha256_hex(bytes), Arc::clone(bytes));
        }
        let mut bundles = Vec::new();
        let mut list = |kind, name: &str, version, sha256: String, bytes: &Arc<[u8]>| {
            bundles.push(BundleEntry {
                kind,
                name: name.to_owned(),
                version,
                sha256: sha256.clone(),
                size: bytes.len() as u64,
            });
            files.insert(sha256, Arc::clone(bytes));
        };
        let trust = &changing.trust_bytes;
        let version = changing.trust.version;
        list(BundleKind::TRUST, "", version, sha256_hex(trust), trust);
        for one in &changing.status {
            let sha256 = one.sha256.clone();
            let kind = BundleKind::STATUS_LIST;
            list(kind, &one.name, one.version, sha256, &one.bytes);
        }
        for one in &changing.listed {
            let sha256 = sha256_hex(&one.bytes);
            list(one.kind.clone(), &one.name, one.version, sha256, &one.bytes);
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
