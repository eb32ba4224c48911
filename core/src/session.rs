//! The citizen's use cases: register with consent, declare, sync, read the home view, show the code.
//!
//! Invariant: every use case but [`HealthCode::sync_once`] works without a network, and what was
//! acknowledged to the citizen is on disk. It decides no colour and verifies no stranger's code.

mod device;
mod error;
mod filing;
mod home;
mod views;

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, FixedOffset};

pub use error::{SessionError, SessionFault};
pub use views::{
    CONSENT, CodeView, ColourView, ConsentText, FormKind, FormReview, HomeView, Stage,
    UploadRefusal,
};

use crate::cancel::CancelHandle;
use crate::code::{CredentialClaims, Refusal, Rotation, read_credential, verify_credential};
use crate::event::Event;
use crate::ports::{Clock, DeviceSigner, Entropy, KeyGuard, Observer, Transport};
use crate::store::{Collection, RecordStore, SealedStore, SledStore};
use crate::sync::{
    HttpConfig, HttpError, SyncConfig, SyncEngine, SyncOutcome, SyncReason, TrustedClock,
    TrustedTime,
};
use crate::trust::TrustBundle;

/// Offset of the civil day that check-ins are counted in: China Standard Time, seconds east.
const CIVIL_OFFSET_SECS: i32 = 8 * 3_600;

/// Where the authority is and whom to trust.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionConfig {
    /// The authority's base URL, `https://host[:port]`.
    pub base_url: String,
    /// The national root's Ed25519 public key.
    pub root_key: [u8; 32],
    /// Whom to trust for HTTPS; not read when the host brings a transport of its own.
    pub http: HttpConfig,
}

/// What the host supplies.
#[derive(Clone)]
pub struct SessionPorts {
    /// Clocks.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub entropy: Arc<dyn Entropy>,
    /// Wraps the store's master key.
    pub key_guard: Arc<dyn KeyGuard>,
    /// The hardware's device key; without it the core keeps an Ed25519 key in the sealed store.
    pub device_signer: Option<Arc<dyn DeviceSigner>>,
    /// The host's own network; without it the core speaks HTTPS itself.
    pub transport: Option<Arc<dyn Transport>>,
    /// Receives events; may be left out.
    pub observer: Option<Arc<dyn Observer>>,
}

/// The rotation under way and what it was made from.
struct Shown {
    credential: Vec<u8>,
    rotation: Rotation,
}

/// One citizen's health code on one phone. Share it between threads by reference or `Arc`.
pub struct HealthCode {
    store: Arc<SealedStore>,
    sync: SyncEngine,
    signer: Arc<dyn DeviceSigner>,
    observer: Option<Arc<dyn Observer>>,
    rotation: Mutex<Option<Shown>>,
    /// SHA-256 of the receipt whose colour was computed again, and whether it came out the same.
    recomputed: Mutex<Option<(String, bool)>>,
    sync_wanted: AtomicBool,
}

impl HealthCode {
    /// Opens the store in `data_dir`, made if missing.
    ///
    /// # Errors
    /// [`SessionError::Store`] and [`SessionError::Port`]; nothing is deleted on any of them.
    pub fn open(
        data_dir: &Path,
        config: SessionConfig,
        ports: SessionPorts,
    ) -> Result<Self, SessionError> {
        let records = Arc::new(SledStore::open(data_dir)?);
        Self::open_with(records, config, ports)
    }

    /// Opens on a record store of the caller's.
    ///
    /// # Errors
    /// As [`HealthCode::open`].
    pub fn open_with(
        records: Arc<dyn RecordStore>,
        config: SessionConfig,
        ports: SessionPorts,
    ) -> Result<Self, SessionError> {
        let store = Arc::new(SealedStore::open(
            records,
            ports.key_guard.as_ref(),
            ports.entropy.clone(),
        )?);
        let signer: Arc<dyn DeviceSigner> = match ports.device_signer {
            Some(signer) => signer,
            None => Arc::new(device::load_or_generate(&store, ports.entropy.as_ref())?),
        };
        let time = Arc::new(TrustedClock::open(store.clone(), ports.clock)?);
        let transport: Arc<dyn Transport> = match ports.transport {
            Some(transport) => transport,
            None => own_transport(&config.http, &time)?,
        };
        let sync = SyncEngine::with_trusted_clock(
            &SyncConfig {
                base_url: config.base_url,
                root_key: config.root_key,
            },
            store.clone(),
            transport,
            time,
            ports.entropy,
            signer.clone(),
        )?;
        Ok(Self {
            store,
            sync,
            signer,
            observer: ports.observer,
            rotation: Mutex::new(None),
            recomputed: Mutex::new(None),
            sync_wanted: AtomicBool::new(false),
        })
    }

    /// Sends what is queued, fetches what is new, and tells the observer of a change of colour.
    /// Returns within `deadline_ms` or soon after `cancel`; never fails, the outcome says how it went.
    pub fn sync_once(
        &self,
        reason: SyncReason,
        deadline_ms: u64,
        cancel: &CancelHandle,
    ) -> SyncOutcome {
        self.sync_wanted.store(false, Ordering::SeqCst);
        let outcome = self.sync.sync_once(reason, deadline_ms, cancel);
        for refused in &outcome.uploads_refused {
            self.tell(Event::UploadRefused {
                upload_id: refused.upload_id.clone(),
                code: refused.code.clone(),
            });
        }
        self.announce_colour();
        outcome
    }

    /// A push message came. It carries nothing that is believed: it only asks for a sync.
    pub fn push_hint(&self) {
        self.sync_wanted.store(true, Ordering::SeqCst);
    }

    /// Whether the host should call [`HealthCode::sync_once`] soon: a push came or uploads wait. When the
    /// next planned one is due, the last [`SyncOutcome::next_allowed_at_ms`] says.
    #[must_use]
    pub fn sync_wanted(&self) -> bool {
        let waiting = self
            .sync
            .pending()
            .iter()
            .any(|upload| upload.refusal.is_none());
        waiting || self.sync_wanted.load(Ordering::SeqCst)
    }

    /// The code to show now. Call it again after `remaining_ms`.
    ///
    /// # Errors
    /// [`SessionFault::NoCode`], [`SessionError::Credential`], [`SessionError::Code`].
    pub fn current_code(&self) -> Result<CodeView, SessionError> {
        let now_ms = self.now().at_ms;
        let (bytes, claims, trust, is_expired) = self.credential(now_ms / 1_000)?;
        let mut kept = lock(&self.rotation);
        let mut shown = match kept.take() {
            Some(shown) if shown.credential == bytes => shown,
            _ => Shown {
                rotation: Rotation::new(bytes.clone(), &trust.policy)?,
                credential: bytes,
            },
        };
        let frame = shown.rotation.code_at(now_ms, self.signer.as_ref());
        *kept = Some(shown);
        let frame = frame?;
        Ok(CodeView {
            text: frame.text,
            colour: claims.colour,
            masked_name: claims.masked_name,
            remaining_ms: frame.remaining_ms,
            rotation_secs: frame.rotation_secs,
            credential_expires_at: claims.expires_at,
            is_expired,
        })
    }

    /// The time that codes are made with.
    #[must_use]
    pub fn now(&self) -> TrustedTime {
        self.sync.trusted_now()
    }

    fn today(&self) -> String {
        civil_date(self.now().at_secs())
    }

    /// The stored credential, what it says, the trust bundle, and whether the credential has expired. One that
    /// has is still shown: a checkpoint may hold an outage-grace order that the phone could not fetch.
    fn credential(
        &self,
        at: i64,
    ) -> Result<(Vec<u8>, CredentialClaims, TrustBundle, bool), SessionError> {
        let bytes = self.sync.state()?.credential.ok_or(SessionFault::NoCode)?;
        let trust = self.sync.trust_bundle()?.ok_or(SessionFault::NoCode)?;
        match verify_credential(&bytes, &trust, at) {
            Ok(claims) => Ok((bytes, claims, trust, false)),
            Err(Refusal::CredentialExpired) => {
                let claims = read_credential(&bytes)?;
                Ok((bytes, claims, trust, true))
            }
            Err(refusal) => Err(refusal.into()),
        }
    }

    fn read<T: serde::de::DeserializeOwned>(
        &self,
        collection: Collection,
        key: &str,
    ) -> Result<Option<T>, SessionError> {
        match self.store.get(collection, key)? {
            None => Ok(None),
            Some(bytes) => Ok(Some(
                serde_json::from_slice(&bytes).map_err(|_| SessionFault::RecordUnreadable)?,
            )),
        }
    }

    fn tell(&self, event: Event) {
        if let Some(observer) = &self.observer {
            observer.on_event(event);
        }
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

/// `YYYY-MM-DD` of the civil day that holds `at`, Unix seconds.
fn civil_date(at: i64) -> String {
    let offset = FixedOffset::east_opt(CIVIL_OFFSET_SECS);
    let moment = DateTime::from_timestamp(at, 0).unwrap_or_default();
    match offset {
        Some(offset) => moment.with_timezone(&offset).date_naive().to_string(),
        None => moment.date_naive().to_string(),
    }
}

fn json<T: serde::Serialize>(value: &T) -> Result<Vec<u8>, SessionFault> {
    serde_json::to_vec(value).map_err(|_| SessionFault::RecordUnreadable)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
