//! Opens the citizen's side: what a host supplies becomes the [`Context`] of the use cases.
//!
//! Invariant: opening deletes nothing, whatever fails, but for keys in hardware that no record names. It starts no sync.

use std::path::Path;
use std::sync::{Arc, Mutex};

use super::context::Context;
use super::dependant_keys::DependantKeys;
use super::device::StoredKey;
use super::events::Events;
use super::published::PublishedLists;
use super::reader::Reader;
use super::records::DEPENDANTS;
use super::snapshot::Snapshots;
use super::{CitizenError, CitizenFault, HealthCode};
use crate::civil_time::KnownCivilTime;
use crate::ports::{Clock, DeviceSigner, Entropy, KeyGuard, Observer, SubjectKeys, Transport};
use crate::store::{RecordStore, SealedStore, SledStore, StoreError, SubjectId};
use crate::sync::{HttpConfig, HttpError, SyncConfig, SyncEngine, TrustedClock};
use crate::words::LanguageTag;

/// Where the authority is and whom to trust.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CitizenConfig {
    /// The authority's base URL, `https://host[:port]`.
    pub base_url: String,
    /// The national root's Ed25519 public key.
    pub root_key: [u8; 32],
    /// The language of what the citizen reads, a BCP 47 tag as the phone gives it ([`LanguageTag::new`]).
    pub language: String,
    /// Whom to trust for HTTPS; not read when the host brings a transport of its own.
    pub http: HttpConfig,
}

/// What the host supplies.
#[derive(Clone)]
pub struct CitizenPorts {
    /// The phone's wall clock and its monotonic one.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub entropy: Arc<dyn Entropy>,
    /// Wraps the store's master key.
    pub key_guard: Arc<dyn KeyGuard>,
    /// The hardware's device key; without it the core keeps an Ed25519 key in the sealed store.
    pub device_signer: Option<Arc<dyn DeviceSigner>>,
    /// The hardware's keys of dependants; without it theirs are in the sealed store.
    pub subject_keys: Option<Arc<dyn SubjectKeys>>,
    /// The host's own network; without it the core speaks HTTPS itself.
    pub transport: Option<Arc<dyn Transport>>,
    /// Receives events; may be left out.
    pub observer: Option<Arc<dyn Observer>>,
}

impl HealthCode {
    /// Opens the store in `data_dir`, made if missing.
    ///
    /// # Errors
    /// `Store` and `Port`; nothing is deleted on any of them.
    pub fn open(
        data_dir: &Path,
        config: CitizenConfig,
        ports: CitizenPorts,
    ) -> Result<Self, CitizenError> {
        let records = Arc::new(SledStore::open(data_dir)?);
        Self::open_with(records, config, ports)
    }

    /// Opens on a record store of the caller's.
    ///
    /// # Errors
    /// As [`HealthCode::open`].
    pub fn open_with(
        records: Arc<dyn RecordStore>,
        config: CitizenConfig,
        ports: CitizenPorts,
    ) -> Result<Self, CitizenError> {
        let guard = ports.key_guard;
        let store = SealedStore::open(records, guard.as_ref(), ports.entropy.clone())?;
        let store = Arc::new(store.renewing_keys(guard));
        let subject = SubjectId::OWNER;
        let (signer, stored_key): (Arc<dyn DeviceSigner>, _) =
            if let Some(signer) = ports.device_signer {
                (signer, None)
            } else {
                let entropy = ports.entropy.clone();
                let key = Arc::new(StoredKey::load_or_generate(&store, &subject, entropy)?);
                (key.clone(), Some(key))
            };
        let time = Arc::new(TrustedClock::open(store.clone(), ports.clock)?);
        let transport = match ports.transport {
            Some(transport) => transport,
            None => own_transport(&config.http, &time)?,
        };
        let sync = Arc::new(SyncEngine::with_trusted_clock(
            &SyncConfig {
                base_url: config.base_url,
                root_key: config.root_key,
            },
            store.clone(),
            transport,
            time,
            ports.entropy.clone(),
            signer.clone(),
        )?);
        let keys = DependantKeys::new(ports.subject_keys, store.clone(), ports.entropy.clone());
        for dependant in dependants(&store)? {
            sync.add_dependant(&dependant, keys.load(&dependant)?)?;
        }
        let opened = Self {
            context: Context {
                store,
                subject,
                root_key: config.root_key,
                sync,
                signer,
                stored_key,
                keys: Arc::new(keys),
                events: Arc::new(Events::new(ports.observer)),
                civil: KnownCivilTime::unknown(),
                turns: Arc::default(),
            },
            snapshots: Snapshots::default(),
            published_lists: PublishedLists::default(),
            rotation: Mutex::new(None),
            showings: Arc::default(),
            shipped_forms: Arc::default(),
            announced: Mutex::new(None),
            reader: Reader::new(LanguageTag::new(&config.language)),
            sync_wanted: Arc::default(),
            last_sync: Arc::default(),
            members: Mutex::default(),
        };
        // What cannot be deleted now is so another time.
        let _ = opened.context.delete_unneeded_keys();
        // Without a sync: where a region has ended there may be nobody to sync with, and no host that tries.
        opened.heed_sunsets();
        Ok(opened)
    }
}

/// Whom the owner looks after on this phone.
fn dependants(store: &SealedStore) -> Result<Vec<SubjectId>, CitizenError> {
    match store.read(&DEPENDANTS.for_this_phone()) {
        Err(StoreError::RecordUnreadable) => Err(CitizenFault::RecordUnreadable.into()),
        other => Ok(other?.unwrap_or_default()),
    }
}

/// The core's own HTTPS. Certificates are judged by the trusted time, or a wrong wall clock would cut the phone off.
#[cfg(feature = "http")]
fn own_transport(
    config: &HttpConfig,
    time: &Arc<TrustedClock>,
) -> Result<Arc<dyn Transport>, HttpError> {
    let transport = crate::sync::HttpTransport::new(config, time.clone())?;
    Ok(Arc::new(transport))
}

#[cfg(not(feature = "http"))]
fn own_transport(_: &HttpConfig, _: &Arc<TrustedClock>) -> Result<Arc<dyn Transport>, HttpError> {
    Err(HttpError::NotBuiltIn)
}
