//! What the authority does for citizens, officers and checkpoints, one file a use case.
//!
//! Invariant: a use case is one act: it is done with everything that belongs to it, or not at all, and done once
//! however often it is asked for. Knows neither HTTP nor SQL: it is called with what was read from a request, works on
//! the store's [`Units`] and on ports, and answers with a value or a [`Refusal`].
//!
//! | file | what it does |
//! |---|---|
//! | `register` | a citizen, a device key, a consent |
//! | `correct` | other details of somebody registered |
//! | `corrected_facts` | what of the facts does not count any more |
//! | `move_device` | the desk moves a citizen to another phone |
//! | `devices` | who a device is |
//! | `file`, `acceptance` | an upload of any kind, and what shows later when it came |
//! | `certified_facts` | what of the facts certificates of other countries tell |
//! | `changes` | the chain of changes of a colour |
//! | `decide` | what is known -> rule set -> colour -> signed receipt |
//! | `issue`, `status_indexes` | credentials and their places in the status lists |
//! | `status_lists` | what of them is revoked, signed |
//! | `subjects` | whom a device may act for |
//! | `state` | what a subject holds now |
//! | `parts` | what else is held of it, a row of a table each |
//! | `erase` | a subject's end |
//! | `kept_order` | an order in force after an erasing |
//! | `order` | a colour change that two officers signed |
//! | `publish` | a public bundle that two officers signed |
//! | `bundles` | the index and the files of everything public |
//! | `definitions` | the rule set and the forms in force |
//! | `records` | what is kept of a subject |
//! | `reported_facts` | what of the facts laboratories reported |
//! | `restored` | what follows from a database that was put back |
//! | `sure_time` | how far time has surely come: by it things age |
//! | `key_standing` | whether the own key may issue |

pub(crate) mod acceptance;
pub(crate) mod bundles;
pub(crate) mod certified_facts;
pub(crate) mod changes;
pub(crate) mod correct;
pub(crate) mod corrected_facts;
pub(crate) mod decide;
pub(crate) mod definitions;
pub(crate) mod devices;
pub(crate) mod erase;
pub(crate) mod file;
pub(crate) mod issue;
pub(crate) mod kept_order;
pub(crate) mod key_standing;
mod lives;
pub(crate) mod move_device;
pub(crate) mod order;
pub(crate) mod parts;
pub(crate) mod publish;
pub(crate) mod records;
pub(crate) mod register;
pub(crate) mod reported_facts;
pub(crate) mod restored;
pub(crate) mod state;
pub(crate) mod status_indexes;
pub(crate) mod status_lists;
pub(crate) mod subjects;
pub(crate) mod sure_time;

use std::sync::{Arc, PoisonError, RwLock};

use ed25519_dalek::SigningKey;
use health_code_core::capability::identity_proof::IdentityProofError;
use health_code_core::capability::results::ReportError;
use health_code_core::ports::{Clock, Entropy};

use crate::capability::appeals::AppealPolicy;
use crate::capability::dcc::DccPolicy;
use crate::capability::identity_proof::ProofPolicy;
use crate::officers::Officers;
use crate::store::{Restoration, Sealer, StoreError, Units};
use bundles::Bundles;
use decide::Decider;
use definitions::Definitions;
use devices::KnownDevices;
use issue::Issuer;
use key_standing::KeyStanding;
use parts::PartRow;
use publish::BundleKindRow;
use status_indexes::StatusIndexes;
use status_lists::StatusLists;
use subjects::CarePolicy;
use sure_time::SureTime;

/// Why a use case is not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// What was sent cannot be read; the member at fault and what is wrong with it, where that is known.
    Malformed(Option<(&'static str, &'static str)>),
    /// A value is refused; the member at fault and what is wrong with it, where that is known.
    Invalid(Option<(String, String)>),
    /// The id was used for something else.
    IdReused,
    /// The document belongs to another device, or the device to another document.
    AlreadyRegistered,
    /// The device's citizen cannot change this member of the identity any more.
    DetailsFixed(&'static str),
    /// The desk moved the device's citizen to another one.
    RegistrationEnded,
    /// The device's registration ended by a proof of identity.
    EndedByProof(IdentityProofError),
    /// Nobody is registered without a proof of identity.
    ProofRequired,
    /// The proof of identity is not good.
    ProofRefused(IdentityProofError),
    /// The proof of identity is good and says something else than the one that stands.
    NeedsDesk,
    /// No registered device has this id and made this signature.
    DeviceUnknown,
    /// The subject is none of this device's.
    SubjectUnknown,
    /// The owner has dependants in care, who come first.
    DependantsRemain,
    /// Nobody agreed that the dependant comes into the owner's care; why is not told.
    CareNotAgreed,
    /// The owner cares for as many, or the dependant has as many carers, as the settings allow.
    CareFull,
    /// The citizen's uploads of the day are used up; seconds until the next day.
    QuotaUsedUp(i64),
    /// The form is not one that is accepted.
    FormUnknown,
    /// No laboratory that may report signed the report.
    ReportRefused(ReportError),
    /// Not two different enrolled officers' valid signatures; at which place, and its code.
    OfficersRefused(&'static str, &'static str),
    /// The order stands on another head of the subject's chain than this one, hex.
    ChainHeadMismatch(String),
    /// Nothing is issued, since the key may not.
    NotIssuing(KeyStanding),
    /// The store did not do it.
    Store(StoreError),
    /// The rules do not know what day it is, or another fault that is ours; its code.
    Failed(&'static str),
}

impl Refusal {
    /// A value at `field` that is refused for the reason `code`.
    pub(crate) fn invalid(field: impl Into<String>, code: impl Into<String>) -> Self {
        Self::Invalid(Some((field.into(), code.into())))
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// What of the settings the use cases go by.
#[derive(Clone, Debug)]
pub(crate) struct Policy {
    /// GB/T 2260, six digits.
    pub(crate) division: u32,
    pub(crate) correction_days: u32,
    /// How late a declaration may come and be judged by the day on which it was filled in.
    pub(crate) late_declaration_days: u32,
    pub(crate) uploads_per_day: u32,
    pub(crate) upload_bytes_per_day: u64,
    pub(crate) orders_kept_days: u32,
    /// Longest life of a sheet of paper, days; 0: none are made.
    pub(crate) paper_max_days: u8,
    /// Sheets that phones may ask for a subject on one day.
    pub(crate) papers_per_day: u32,
    /// How long laboratories' reports are kept, seconds.
    pub(crate) results_kept_secs: i64,
    pub(crate) clock_skew_secs: i64,
    pub(crate) dcc: DccPolicy,
    pub(crate) care: CarePolicy,
    pub(crate) next_sync_after_secs: u32,
    pub(crate) next_sync_spread_secs: u32,
    pub(crate) appeals: AppealPolicy,
}

/// What the use cases work with.
pub(crate) struct Authority {
    pub(crate) policy: Policy,
    /// Which proofs of identity count.
    pub(crate) proofs: Arc<ProofPolicy>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) sure_time: SureTime,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) units: Units,
    pub(crate) sealer: Arc<Sealer>,
    pub(crate) officers: Officers,
    pub(crate) issuer: Issuer,
    pub(crate) issuer_key: Arc<SigningKey>,
    pub(crate) bundles: Arc<Bundles>,
    /// Kinds of bundles that officers may publish.
    pub(crate) bundle_kinds: &'static [BundleKindRow],
    /// What else is held of subjects.
    pub(crate) part_rows: &'static [PartRow],
    pub(crate) definitions: RwLock<Arc<Definitions>>,
    pub(crate) devices: KnownDevices,
    pub(crate) status_indexes: StatusIndexes,
    /// The last time that the database was put back from a backup.
    pub(crate) restored: Option<Restoration>,
    pub(crate) status_lists: StatusLists,
    /// One publication after the other.
    pub(crate) publishing: tokio::sync::Mutex<()>,
}

impl std::fmt::Debug for Authority {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Authority")
    }
}

impl Authority {
    /// Unix seconds.
    pub(crate) fn now(&self) -> i64 {
        self.now_ms().div_euclid(1_000)
    }

    /// Unix milliseconds: the wall clock's, unless that is behind what has surely passed.
    pub(crate) fn now_ms(&self) -> i64 {
        let reading = self.clock.read();
        let floor_ms = self.sure_time.floor(reading).saturating_mul(1_000);
        reading.wall_ms.max(floor_ms)
    }

    /// The time by which things age, Unix seconds; at most [`Authority::now`].
    pub(crate) fn sure_now(&self) -> i64 {
        self.sure_time.at(self.clock.read())
    }

    /// Credentials that ended by then count nowhere any more, Unix seconds: what has surely passed, less the grace in force.
    pub(crate) fn over_by(&self) -> i64 {
        self.sure_now() - i64::from(self.bundles.grace_secs(self.sure_now()))
    }

    /// How the own key stands now.
    pub(crate) fn key_standing(&self) -> KeyStanding {
        self.bundles.standing(self.now())
    }

    /// Refuses unless the own key may issue.
    fn require_issuing(&self) -> Result<(), Refusal> {
        match self.key_standing() {
            KeyStanding::Good => Ok(()),
            other => Err(Refusal::NotIssuing(other)),
        }
    }

    /// Rule set and forms in force.
    pub(crate) fn definitions(&self) -> Arc<Definitions> {
        let definitions = self.definitions.read();
        Arc::clone(&definitions.unwrap_or_else(PoisonError::into_inner))
    }

    /// Decides by the rule set in force.
    pub(crate) fn decider(&self) -> Decider {
        Decider {
            definitions: self.definitions(),
            issuer_key: Arc::clone(&self.issuer_key),
            sealer: Arc::clone(&self.sealer),
            over_by: self.over_by(),
            restored: self.restored,
        }
    }

    /// What is done every minute or so.
    pub(crate) async fn keep_house(&self) -> Result<(), StoreError> {
        let before = self.key_standing();
        self.bundles.reload_trust(self.now());
        let standing = self.key_standing();
        match standing {
            KeyStanding::Good if before == standing => {}
            KeyStanding::Good => tracing::info!("the key may issue again"),
            _ => tracing::error!(code = standing.code(), "nothing is issued"),
        }
        let reading = self.clock.read();
        self.sure_time
            .learn(reading, self.bundles.trust_issued_at());
        self.sure_time.keep(reading);
        while self.units.store().sweep(self.sure_now()).await? {}
        for task in crate::capability::HOUSEKEEPING {
            task(self).await?;
        }
        self.publish_status_list().await
    }

    /// Has the status lists published soon where something was revoked.
    pub(crate) fn announce(&self, revoked: usize) {
        if revoked > 0 {
            self.bundles.revocations_changed();
        }
    }

    pub(crate) fn random<const N: usize>(&self) -> Result<[u8; N], StoreError> {
        let mut bytes = [0; N];
        self.entropy
            .fill(&mut bytes)
            .map_err(|_| StoreError::NoEntropy)?;
        Ok(bytes)
    }
}

/// Namespaces of ids of acts; never used again.
pub(crate) mod acts {
    /// Acts of the server's own, with random ids.
    pub(crate) const OWN: u8 = 0;
    pub(super) const REGISTRATION: u8 = 1;
    pub(super) const ORDER: u8 = 2;
    pub(crate) const ERASURE: u8 = 3;
    /// Moves to another device, by the order's id.
    pub(super) const MOVE: u8 = 4;
    /// Orders that wait under a document, by the erasing.
    pub(super) const KEPT_ORDER: u8 = 5;
    /// Uploads: this and the kind's number.
    pub(crate) const UPLOADS: u8 = 16;
    /// Somebody comes into somebody's care.
    pub(crate) const CARE: u8 = 105;
    /// A dependant's own phone.
    pub(crate) const HAND_OVER: u8 = 106;
    /// The desk agrees to a carer.
    pub(crate) const CARE_ORDER: u8 = 107;
    /// Decisions on appeals, by the order's id.
    pub(crate) const APPEAL_DECISION: u8 = 108;
    /// What officers ask of those who appealed, by the order's id.
    pub(crate) const APPEAL_REQUEST: u8 = 109;
    /// A laboratory's id and version of a result.
    pub(crate) const REPORT_CLAIM: u8 = 116;
    /// A result under a document.
    pub(crate) const REPORT: u8 = 117;
}
