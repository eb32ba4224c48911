//! The citizen's object. Methods only carry over: what they do is the core's. Their names leave `HealthCode` and
//! `Checkpoint` to the layers in Kotlin and Swift that apps use.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use health_code_core::cancel::CancelHandle;
use health_code_core::citizen::{
    self, CitizenError, CitizenPorts, CodeView, FormKind, FormReview, HomeView,
};
use health_code_core::form::FormView;
use health_code_core::ports::Observer;
use health_code_core::store;
use health_code_core::sync::{HttpConfig, SpkiPins, SyncOutcome, SyncReason, TrustedTime};
use health_code_core::system::{SystemClock, SystemEntropy};
use health_code_core::wire::{Itinerary, ItineraryLeg};
use health_code_core::words::LanguageTag;

use crate::answers::{self, Answer};
use crate::delivery::Delivery;
use crate::error::{Failure, HealthCodeError, guarded};
use crate::host::{
    ClockAdapter, GuardAdapter, HostClock, HostDeviceSigner, HostKeyGuard, HostObserver,
    HostSubjectKeys, HostTransport, SignerAdapter, SubjectKeysAdapter, TransportAdapter,
};
use crate::mirror::BundleKind;

/// Where the authority is and whom to trust. Ships with the app.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct CitizenConfig {
    /// The authority's base URL, `https://host[:port]`.
    pub base_url: String,
    /// The national root's Ed25519 public key, 32 bytes.
    pub root_key: Vec<u8>,
    /// Certificates of the authorities that may vouch for the server, PEM. Not read with a transport of the app's.
    pub roots_pem: Vec<u8>,
    /// The language of what the citizen reads: a BCP 47 tag as the phone gives it, such as `zh-Hans-CN`. Texts are in
    /// that language or the nearest there is, in English where there is none near.
    pub language: String,
    /// Narrows those down to pinned keys.
    #[uniffi(default = None)]
    pub pins: Option<PinnedKeys>,
}

/// Pinned keys of certificate authorities (RFC 7469, 2.4): SHA-256 of SubjectPublicKeyInfo, 32 bytes each.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct PinnedKeys {
    /// The key in use.
    pub primary: Vec<u8>,
    /// The key that takes over if the primary is lost.
    pub backup: Vec<u8>,
    /// When the pins no longer hold, Unix seconds: an app that is never updated must not lock itself out.
    pub expires_at: i64,
}

/// Stops a sync from another thread. Good for any number of syncs until cancelled, then for none.
#[derive(uniffi::Object)]
pub struct CancelToken(CancelHandle);

impl CancelToken {
    pub(crate) fn with_handle(handle: &CancelHandle) -> Self {
        Self(handle.clone())
    }
}

#[uniffi::export]
impl CancelToken {
    /// A token that was not cancelled.
    #[uniffi::constructor]
    pub fn new() -> Arc<Self> {
        Arc::new(Self(CancelHandle::new()))
    }

    /// Cancels, for good; the sync returns soon with `Cancelled`. Twice is the same as once.
    pub fn cancel(&self) {
        self.0.cancel();
    }

    /// Whether it was cancelled.
    pub fn is_cancelled(&self) -> bool {
        self.0.is_cancelled()
    }
}

/// Whether the core speaks HTTPS itself; if not, `open` needs a transport.
#[uniffi::export]
pub fn http_built_in() -> bool {
    cfg!(feature = "http")
}

/// Deletes the store in the folder `data_dir` for good, damaged or not: key, registration, what waits to be sent. For a
/// citizen who gives it up after `store_damaged` and whom the desk moves to the new key, never as a repair. No `CoreHealthCode` may be open
/// on it.
///
/// # Errors
/// `Store` (`store_already_open`, `store_io_failed`).
#[uniffi::export]
pub fn danger_reset(data_dir: String) -> Result<(), HealthCodeError> {
    let reset = guarded::<_, Failure>(|| {
        let done = store::danger_reset(Path::new(&data_dir));
        Ok(done.map_err(CitizenError::from)?)
    });
    reset.map_err(|failure| failure.in_words(&LanguageTag::default()))
}

/// One citizen's health code on one phone. Everything but [`CoreHealthCode::sync_once`] works without a network and
/// returns within milliseconds; what was acknowledged is on disk. May be used from any thread.
#[derive(uniffi::Object)]
pub struct CoreHealthCode(pub(crate) Arc<citizen::HealthCode>);

#[uniffi::export]
impl CoreHealthCode {
    /// Opens the store in the folder `data_dir`, made if missing. One a folder at a time.
    ///
    /// `key_guard` guards the store's key. `device_signer`: the hardware's device key; without it the core keeps an
    /// Ed25519 key in its store. `subject_keys`: the hardware's keys of dependants; without it theirs are in the store.
    /// `observer` hears of changes. `transport`: the app's own network; without it the core speaks HTTPS itself. `clock`: for
    /// tests.
    ///
    /// # Errors
    /// `Store`, `Host`, `Http`, `Sync` (the address), `Argument` (a key's length); nothing is deleted on any of them.
    #[expect(
        clippy::too_many_arguments,
        reason = "what a host brings, each by its name in Kotlin and Swift"
    )]
    #[uniffi::constructor(default(device_signer = None, subject_keys = None, observer = None, transport = None, clock = None))]
    pub fn open(
        data_dir: String,
        config: CitizenConfig,
        key_guard: Arc<dyn HostKeyGuard>,
        device_signer: Option<Arc<dyn HostDeviceSigner>>,
        subject_keys: Option<Arc<dyn HostSubjectKeys>>,
        observer: Option<Arc<dyn HostObserver>>,
        transport: Option<Arc<dyn HostTransport>>,
        clock: Option<Arc<dyn HostClock>>,
    ) -> Result<Arc<Self>, HealthCodeError> {
        let language = LanguageTag::new(&config.language);
        let opened = guarded::<_, Failure>(|| {
            let device_signer = match device_signer {
                Some(host) => {
                    let signer = SignerAdapter::new(host).map_err(CitizenError::from)?;
                    Some(Arc::new(signer) as Arc<_>)
                }
                None => None,
            };
            let ports = CitizenPorts {
                clock: match clock {
                    Some(clock) => Arc::new(ClockAdapter(clock)),
                    None => Arc::new(SystemClock),
                },
                entropy: Arc::new(SystemEntropy),
                key_guard: Arc::new(GuardAdapter(key_guard)),
                device_signer,
                subject_keys: subject_keys.map(|host| Arc::new(SubjectKeysAdapter(host)) as Arc<_>),
                transport: transport.map(|host| Arc::new(TransportAdapter(host)) as Arc<_>),
                observer: observer
                    .and_then(Delivery::start)
                    .map(|delivery| Arc::new(delivery) as Arc<dyn Observer>),
            };
            let health_code =
                citizen::HealthCode::open(Path::new(&data_dir), config.try_into()?, ports)?;
            Ok(Arc::new(Self(Arc::new(health_code))))
        });
        opened.map_err(|failure| failure.in_words(&language))
    }

    /// The language of what the citizen reads, a BCP 47 tag.
    pub fn language(&self) -> String {
        self.0.language().as_str().to_owned()
    }

    /// Sets it, as in the configuration: what is asked for from now on is in it.
    pub fn set_language(&self, language: String) {
        self.0.set_language(&language);
    }

    /// Everything the home screen shows.
    ///
    /// # Errors
    /// `Store`.
    pub fn home(&self) -> Result<HomeView, HealthCodeError> {
        self.with(|citizen| Ok(citizen.home()?))
    }

    /// The fingerprint of the national root's key that this app believes, in groups of four hexadecimal digits.
    pub fn root_key_fingerprint(&self) -> String {
        self.0.root_key_fingerprint()
    }

    /// The code to show now. Ask again after `remaining_ms`.
    ///
    /// # Errors
    /// `Session` (`no_code_yet`), `Credential`, `Code`, `Store`.
    pub fn current_code(&self) -> Result<CodeView, HealthCodeError> {
        self.with(|citizen| Ok(citizen.current_code()?))
    }

    /// The form to fill in.
    ///
    /// # Errors
    /// `Store`, `Form`.
    pub fn form(&self, kind: FormKind) -> Result<FormView, HealthCodeError> {
        self.with(|citizen| Ok(citizen.form_view(kind)?))
    }

    /// What a screen needs after each answer: the questions to show, what to mend, how far it is filled in.
    ///
    /// # Errors
    /// `Store`, `Form`, `Argument` for a number that is none.
    pub fn review(
        &self,
        kind: FormKind,
        answers: HashMap<String, Answer>,
    ) -> Result<FormReview, HealthCodeError> {
        self.with(|citizen| {
            let form = citizen.form(kind)?;
            Ok(citizen.review(&form, &answers::to_json(answers)?)?)
        })
    }

    /// The kept answers of a form; where there are none, what the citizen told before: nobody is asked twice.
    ///
    /// # Errors
    /// `Store`, `Form`.
    pub fn draft(&self, kind: FormKind) -> Result<HashMap<String, Answer>, HealthCodeError> {
        self.with(|citizen| {
            let form = citizen.form(kind)?;
            Ok(answers::from_json(citizen.draft(&form)?))
        })
    }

    /// Keeps half-filled answers.
    ///
    /// # Errors
    /// `Store`, `Form`, `Argument`.
    pub fn save_draft(
        &self,
        kind: FormKind,
        answers: HashMap<String, Answer>,
    ) -> Result<(), HealthCodeError> {
        self.with(|citizen| {
            let form = citizen.form(kind)?;
            let answers = answers::to_json(answers)?;
            Ok(citizen.save_draft(&form.definition().id, &answers)?)
        })
    }

    /// Registers with consent to the text of `consent_version` (see `consent`). Works offline; sync afterwards. Again with
    /// other answers it takes the place of a request that waits or was refused, and corrects one that was taken: phone,
    /// address and division at any time, everything as long as no colour was decided.
    ///
    /// # Errors
    /// `FormRefused` (fields with `answer_needs_desk`: only the authority's desk can change these now), `Session`
    /// (`consent_missing`, `already_registered_here`), `Store`, `Sync`.
    pub fn register(
        &self,
        answers: HashMap<String, Answer>,
        consent_version: u32,
    ) -> Result<(), HealthCodeError> {
        self.with(|citizen| Ok(citizen.register(&answers::to_json(answers)?, consent_version)?))
    }

    /// The id of this phone's key, 22 characters: what the authority's desk asks for to move a registration to this phone.
    ///
    /// # Errors
    /// `Host`: the key does not answer.
    pub fn device_id(&self) -> Result<String, HealthCodeError> {
        self.with(|citizen| Ok(citizen.device_id()?))
    }

    /// Submits a health declaration. Works offline; sync afterwards. Gives the upload's id.
    ///
    /// # Errors
    /// `FormRefused`, `Session` (`not_registered`), `Store`, `Sync`.
    pub fn submit_declaration(
        &self,
        answers: HashMap<String, Answer>,
    ) -> Result<String, HealthCodeError> {
        self.with(|citizen| Ok(citizen.submit_declaration(&answers::to_json(answers)?)?))
    }

    /// Submits where the citizen was or will go. Works offline. Gives the upload's id.
    ///
    /// # Errors
    /// `Session` (`not_registered`), `Store`, `Sync`.
    pub fn submit_itinerary(&self, legs: Vec<ItineraryLeg>) -> Result<String, HealthCodeError> {
        self.with(|citizen| Ok(citizen.submit_itinerary(&Itinerary { legs })?))
    }

    /// Takes an upload out of the queue: one that was refused, once the citizen has read why.
    ///
    /// # Errors
    /// `Sync` (`sync_upload_unknown`), `Store`.
    pub fn dismiss_upload(&self, upload_id: String) -> Result<(), HealthCodeError> {
        self.with(|citizen| Ok(citizen.dismiss_upload(&upload_id)?))
    }

    /// Sends what is queued and fetches what is new. Blocks up to `deadline_ms`: never on the main thread. The outcome
    /// says how it went, also without a network; what was done stays done.
    ///
    /// # Errors
    /// `Internal` alone.
    pub fn sync_once(
        &self,
        reason: SyncReason,
        deadline_ms: u64,
        cancel: Arc<CancelToken>,
    ) -> Result<SyncOutcome, HealthCodeError> {
        self.with(|citizen| Ok(citizen.sync_once(reason, deadline_ms, &cancel.0)))
    }

    /// A push message came. Nothing in it is believed: it only asks for a sync.
    ///
    /// # Errors
    /// `Internal` alone.
    pub fn push_hint(&self) -> Result<(), HealthCodeError> {
        self.with(|citizen| {
            citizen.push_hint();
            Ok(())
        })
    }

    /// Whether to sync soon: a push came or uploads wait.
    ///
    /// # Errors
    /// `Internal` alone.
    pub fn sync_wanted(&self) -> Result<bool, HealthCodeError> {
        self.with(|citizen| Ok(citizen.sync_wanted()))
    }

    /// The time that codes are made with.
    ///
    /// # Errors
    /// `Internal` alone.
    pub fn now(&self) -> Result<TrustedTime, HealthCodeError> {
        self.with(|citizen| Ok(citizen.now()))
    }

    /// Says whether others' codes are checked on this phone. If they are, the coming syncs fetch status lists too; a phone
    /// that only shows codes does without. Not kept: to be said after each start.
    pub fn set_checks_others(&self, checks_others: bool) {
        self.0.set_checks_others(checks_others);
    }

    /// The status lists that the syncs brought, for a `CoreCheckpoint` on this phone, which takes them in this order.
    ///
    /// # Errors
    /// `Store`, `Sync`.
    pub fn status_lists(&self) -> Result<Vec<Vec<u8>>, HealthCodeError> {
        self.with(|citizen| Ok(citizen.status_lists()?))
    }

    /// Signed data as the last sync brought them, for a `CoreCheckpoint` on this phone. `name`: empty for the trust
    /// bundle, else the id of the form or rule set; status lists are [`CoreHealthCode::status_lists`].
    ///
    /// # Errors
    /// `Store`, `Sync`.
    pub fn published_bundle(
        &self,
        kind: BundleKind,
        name: String,
    ) -> Result<Option<Vec<u8>>, HealthCodeError> {
        self.with(|citizen| Ok(citizen.published_bundle(&kind.into(), &name)?))
    }
}

impl CoreHealthCode {
    /// Does `work`; what is refused is told in the citizen's language.
    pub(crate) fn with<T>(
        &self,
        work: impl FnOnce(&citizen::HealthCode) -> Result<T, Failure>,
    ) -> Result<T, HealthCodeError> {
        let done = guarded(|| work(&self.0));
        done.map_err(|failure| failure.in_words(&self.0.language()))
    }
}

impl TryFrom<CitizenConfig> for citizen::CitizenConfig {
    type Error = HealthCodeError;

    fn try_from(config: CitizenConfig) -> Result<Self, HealthCodeError> {
        let pins = match config.pins {
            None => None,
            Some(pins) => Some(SpkiPins {
                primary: bytes32(&pins.primary)?,
                backup: bytes32(&pins.backup)?,
                expires_at: pins.expires_at,
            }),
        };
        Ok(Self {
            base_url: config.base_url,
            language: config.language,
            root_key: bytes32(&config.root_key)?,
            http: HttpConfig {
                roots_pem: config.roots_pem,
                pins,
            },
        })
    }
}

/// A key or a hash.
pub(crate) fn bytes32(bytes: &[u8]) -> Result<[u8; 32], HealthCodeError> {
    bytes.try_into().map_err(|_| HealthCodeError::argument())
}
