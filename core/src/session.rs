//! The citizen's use cases: register with consent, declare, sync, read the home view, show the code.
//!
//! Invariant: every use case but [`HealthCode::sync_once`] works without a network, and what was
//! acknowledged to the citizen is on disk. It decides no colour and verifies no stranger's code.

mod device;
mod error;
mod home;
mod views;

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, FixedOffset};
use data_encoding::BASE64URL_NOPAD;
use serde_json::{Map, Value};

pub use error::{SessionError, SessionFault};
pub use views::{CONSENT, CodeView, ColourView, ConsentText, HomeView, Stage, UploadRefusal};

use crate::code::{CredentialClaims, FORM_TYPE, Refusal, Rotation, TrustBundle, verify_credential};
use crate::form::{Form, check_identity, identity_from};
use crate::ports::{
    CancelHandle, Clock, DeviceSigner, Entropy, Event, KeyGuard, Observer, Transport,
};
use crate::store::{Collection, RecordStore, SealedStore, SealedWrite, SledStore};
use crate::sync::{
    HttpConfig, HttpTransport, SyncConfig, SyncEngine, SyncOutcome, SyncReason, TrustedClock,
    TrustedTime, UploadKind,
};
use crate::wire::{
    BundleKind, Consent, Correction, Declaration, DeviceRegistration, Identity, Itinerary,
    RegistrationRequest,
};

/// Offset of the civil day that check-ins are counted in: China Standard Time, seconds east.
const CIVIL_OFFSET_SECS: i32 = 8 * 3_600;

/// Record of [`Collection::Profile`]: the identity as registered.
const IDENTITY: &str = "identity";
/// Record of [`Collection::Profile`]: the last declared answers, to fill in the next form.
const LAST_ANSWERS: &str = "last-answers";

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
        // Certificates are judged by the trusted time, or a wrong wall clock would cut the phone off.
        let time = Arc::new(TrustedClock::open(store.clone(), ports.clock)?);
        let transport: Arc<dyn Transport> = match ports.transport {
            Some(transport) => transport,
            None => Arc::new(HttpTransport::new(&config.http, time.clone())?),
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
            sync_wanted: AtomicBool::new(false),
        })
    }

    /// The registration form.
    ///
    /// # Errors
    /// [`SessionError::Shipped`] never in a released build: a test loads the shipped forms.
    pub fn registration_form(&self) -> Result<Form, SessionError> {
        Ok(Form::from_json(crate::form::REGISTRATION.as_bytes())?)
    }

    /// Registers with consent: checks the answers and queues the request. Works offline.
    ///
    /// # Errors
    /// [`SessionFault::ConsentMissing`], [`SessionFault::AlreadyRegistered`], [`SessionError::Form`].
    pub fn register(
        &self,
        answers: &Map<String, Value>,
        consent_version: u32,
    ) -> Result<(), SessionError> {
        if consent_version != CONSENT.version {
            return Err(SessionFault::ConsentMissing.into());
        }
        if self.identity()?.is_some() {
            return Err(SessionFault::AlreadyRegistered.into());
        }
        let form = self.registration_form()?;
        let valid = form.validate(answers, &self.today())?;
        let identity = check_identity(&identity_from(&form, &valid)?, &self.today())?;
        let request = RegistrationRequest {
            device: DeviceRegistration {
                public_key: BASE64URL_NOPAD.encode(self.signer.public_key()?.as_bytes()),
                hardware: self.signer.is_hardware(),
            },
            identity: identity.clone(),
            consent: Consent {
                version: consent_version,
                accepted_at: self.now().at_secs(),
            },
        };
        // First what the phone knows, then the request: a crash between the two is mended by registering again.
        self.sync
            .enqueue(UploadKind::Registration, &json(&request)?)?;
        self.store
            .put(Collection::Profile, IDENTITY, &json(&identity)?)?;
        Ok(())
    }

    /// The health declaration: the newest one the authority published, or the one shipped.
    ///
    /// # Errors
    /// [`SessionError::Store`].
    pub fn declaration_form(&self) -> Result<Form, SessionError> {
        let shipped = Form::from_json(crate::form::HEALTH_DECLARATION.as_bytes())?;
        let published =
            self.published_payload(BundleKind::Form, &shipped.definition().id, FORM_TYPE)?;
        Ok(match published.map(|payload| Form::from_json(&payload)) {
            Some(Ok(form)) if form.definition().version >= shipped.definition().version => form,
            _ => shipped,
        })
    }

    /// Keeps half-filled answers of a form.
    ///
    /// # Errors
    /// [`SessionError::Store`].
    pub fn save_draft(
        &self,
        form_id: &str,
        answers: &Map<String, Value>,
    ) -> Result<(), SessionError> {
        Ok(self
            .store
            .put(Collection::Draft, form_id, &json(answers)?)?)
    }

    /// The kept answers of a form; where there are none, what the citizen already told: nobody is asked twice.
    ///
    /// # Errors
    /// [`SessionError::Store`].
    pub fn draft(&self, form: &Form) -> Result<Map<String, Value>, SessionError> {
        if let Some(kept) = self.read(Collection::Draft, &form.definition().id)? {
            return Ok(kept);
        }
        let previous = self
            .read(Collection::Profile, LAST_ANSWERS)?
            .unwrap_or_default();
        Ok(form.prefilled(self.identity()?.as_ref(), &previous, &self.today()))
    }

    /// Submits a health declaration: checks it and queues it. Works offline; the draft is dropped.
    /// Gives the upload's id.
    ///
    /// # Errors
    /// [`SessionFault::NotRegistered`], [`SessionError::Form`], [`SessionError::Store`].
    pub fn submit_declaration(&self, answers: &Map<String, Value>) -> Result<String, SessionError> {
        self.require_registration()?;
        let form = self.declaration_form()?;
        let valid = form.validate(answers, &self.today())?;
        let declaration = Declaration {
            form_id: valid.form_id().to_owned(),
            form_version: valid.form_version(),
            filled_at: self.now().at_secs(),
            answers: valid.into_values(),
        };
        let id = self
            .sync
            .enqueue(UploadKind::Declaration, &json(&declaration)?)?;
        self.store.apply(&[
            SealedWrite::put(
                Collection::Profile,
                LAST_ANSWERS,
                &json(&declaration.answers)?,
            ),
            SealedWrite::delete(Collection::Draft, &declaration.form_id),
        ])?;
        Ok(id)
    }

    /// Submits an itinerary. Works offline. Gives the upload's id.
    ///
    /// # Errors
    /// [`SessionFault::NotRegistered`], [`SessionError::Store`].
    pub fn submit_itinerary(&self, itinerary: &Itinerary) -> Result<String, SessionError> {
        self.require_registration()?;
        Ok(self
            .sync
            .enqueue(UploadKind::Itinerary, &json(itinerary)?)?)
    }

    /// Objects to the colour shown. Works offline. Gives the upload's id.
    ///
    /// # Errors
    /// [`SessionFault::NotRegistered`], [`SessionFault::NoCode`] before there is a colour.
    pub fn submit_correction(&self, statement: &str) -> Result<String, SessionError> {
        self.require_registration()?;
        let colour = self.home()?.colour.ok_or(SessionFault::NoCode)?;
        let correction = Correction {
            receipt_sha256: colour.receipt_sha256,
            statement: statement.to_owned(),
        };
        Ok(self
            .sync
            .enqueue(UploadKind::Correction, &json(&correction)?)?)
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
    /// [`SessionFault::NoCode`], [`SessionFault::CodeExpired`], [`SessionError::Code`].
    pub fn current_code(&self) -> Result<CodeView, SessionError> {
        let now_ms = self.now().at_ms;
        let (bytes, claims, trust) = self.credential(now_ms / 1_000)?;
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

    fn identity(&self) -> Result<Option<Identity>, SessionError> {
        self.read(Collection::Profile, IDENTITY)
    }

    fn require_registration(&self) -> Result<(), SessionError> {
        if self.identity()?.is_none() {
            return Err(SessionFault::NotRegistered.into());
        }
        Ok(())
    }

    fn credential(
        &self,
        at: i64,
    ) -> Result<(Vec<u8>, CredentialClaims, TrustBundle), SessionError> {
        let bytes = self.sync.state()?.credential.ok_or(SessionFault::NoCode)?;
        let trust = self.sync.trust_bundle()?.ok_or(SessionFault::NoCode)?;
        match verify_credential(&bytes, &trust, at) {
            Ok(claims) => Ok((bytes, claims, trust)),
            Err(Refusal::CredentialExpired) => Err(SessionFault::CodeExpired.into()),
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
