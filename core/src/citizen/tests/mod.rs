//! The citizen's use cases against an authority in memory: what is verified, when, and what a failing write leaves.

mod batch;
mod batch_answers;
mod credential_keys;
mod dcc;
mod dependant_keys;
mod dependants;
mod erasing;
mod events;
mod filing;
mod history;
mod home;
mod language;
mod later_version;
mod mending;
mod published;
mod snapshot;
mod sunset;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::{Map, Value, json};

use super::{CONSENT_VERSION, CitizenConfig, CitizenError, CitizenPorts, HealthCode};
use crate::cancel::CancelHandle;
use crate::colour::{Colour, Reason};
use crate::ports::{DeviceSigner, Observer, SubjectKeys, Transport};
use crate::rules::HANGZHOU;
use crate::store::{MemoryStore, RecordStore};
use crate::sync::{HttpConfig, SyncOutcome, SyncReason, SyncResult};
use crate::testing::clock::FixedClock;
use crate::testing::entropy::FixedEntropy;
use crate::testing::key_guard::FixedKeyGuard;
use crate::testing::memory_authority::{BASE_URL, MemoryAuthority};
use crate::testing::scripted_transport::ScriptedTransport;
use crate::trust::{FORM_TYPE, RULE_SET_TYPE, sign_bundle};
use crate::wire::BundleKind;

/// 2026-11-24T12:00Z.
const NOON_MS: i64 = 1_795_521_600_000;
const MINUTE_MS: u64 = 60_000;

/// The true time, the authority, and the network to it.
struct World {
    truth: Arc<FixedClock>,
    clock: Arc<FixedClock>,
    authority: Arc<MemoryAuthority>,
    transport: Arc<ScriptedTransport>,
    /// Seed of the next phone's entropy: each start has another.
    seed: AtomicU64,
    /// Of every phone that is opened.
    subject_keys: Option<Arc<dyn SubjectKeys>>,
}

impl World {
    fn new() -> Self {
        let truth = Arc::new(FixedClock::new(NOON_MS));
        let clock = Arc::new(FixedClock::new(NOON_MS));
        let authority = Arc::new(MemoryAuthority::new(truth.clone()));
        let transport = Arc::new(ScriptedTransport::new(
            authority.clone(),
            clock.clone(),
            vec![truth.clone()],
        ));
        Self {
            truth,
            clock,
            authority,
            transport,
            seed: AtomicU64::new(2),
            subject_keys: None,
        }
    }

    /// A phone that starts on `records`.
    fn open(&self, records: Arc<dyn RecordStore>) -> Result<HealthCode, CitizenError> {
        self.open_observed(records, None)
    }

    fn open_observed(
        &self,
        records: Arc<dyn RecordStore>,
        observer: Option<Arc<dyn Observer>>,
    ) -> Result<HealthCode, CitizenError> {
        self.open_via(self.transport.clone(), records, observer)
    }

    fn open_via(
        &self,
        transport: Arc<dyn Transport>,
        records: Arc<dyn RecordStore>,
        observer: Option<Arc<dyn Observer>>,
    ) -> Result<HealthCode, CitizenError> {
        self.open_signing(transport, records, observer, None)
    }

    fn open_signing(
        &self,
        transport: Arc<dyn Transport>,
        records: Arc<dyn RecordStore>,
        observer: Option<Arc<dyn Observer>>,
        device_signer: Option<Arc<dyn DeviceSigner>>,
    ) -> Result<HealthCode, CitizenError> {
        let config = CitizenConfig {
            base_url: BASE_URL.to_owned(),
            root_key: self.authority.nation.root_key(),
            language: "en-GB".to_owned(),
            http: HttpConfig {
                roots_pem: Vec::new(),
                pins: None,
            },
        };
        let ports = CitizenPorts {
            clock: self.clock.clone(),
            entropy: Arc::new(FixedEntropy::new(self.seed.fetch_add(1, Ordering::SeqCst))),
            key_guard: Arc::new(FixedKeyGuard::new(1)),
            device_signer,
            subject_keys: self.subject_keys.clone(),
            transport: Some(transport),
            observer,
        };
        HealthCode::open_with(records, config, ports)
    }

    /// Publishes a rule set and a form, as an authority does.
    fn publish(&self) {
        let key = &self.authority.nation.hangzhou;
        let rules = sign_bundle(
            RULE_SET_TYPE,
            Some(NOON_MS / 1_000),
            HANGZHOU.as_bytes(),
            key,
        )
        .unwrap();
        let version = version(HANGZHOU);
        self.authority
            .publish(&BundleKind::RULE_SET, "hangzhou", version, &rules);
        let form = crate::form::HEALTH_DECLARATION;
        let signed = sign_bundle(FORM_TYPE, Some(NOON_MS / 1_000), form.as_bytes(), key).unwrap();
        let named: Value = serde_json::from_str(form).unwrap();
        let name = named["id"].as_str().unwrap();
        self.authority
            .publish(&BundleKind::FORM, name, version_of(&named), &signed);
    }

    /// Records of a phone that registered and holds a green code.
    fn settled(&self) -> MemoryStore {
        let records = MemoryStore::new();
        let phone = self.open(Arc::new(records.clone())).unwrap();
        phone
            .register(&registration("王小明"), CONSENT_VERSION)
            .unwrap();
        self.publish();
        self.authority.decide(Colour::Green, Reason::Clear);
        assert_eq!(sync(&phone).result, SyncResult::Synced);
        records
    }

    /// Time passes everywhere.
    fn pass(&self, elapsed_ms: u64) {
        self.truth.advance_ms(elapsed_ms);
        self.clock.advance_ms(elapsed_ms);
    }
}

fn version(json: &str) -> u64 {
    version_of(&serde_json::from_str(json).unwrap())
}

fn version_of(document: &Value) -> u64 {
    document["version"].as_u64().unwrap()
}

fn sync(phone: &HealthCode) -> SyncOutcome {
    phone.sync_once(SyncReason::UserAsked, MINUTE_MS, &CancelHandle::new())
}

/// The registration form, filled in.
fn registration(name: &str) -> Map<String, Value> {
    object(&json!({
        "name": name, "sex": "2", "nationality": "CHN",
        "document": { "kind": "resident_id", "number": "11010519491231002X" },
        "division": "330106", "address": "文三路 90 号", "phone": "13800001234",
        "underlyingIllness": ["none"],
    }))
}

/// A declaration of a healthy citizen.
fn well() -> Map<String, Value> {
    object(&json!({
        "phone": "13800001234", "currentDivision": "330106", "currentAddress": "文三路 90 号",
        "temperature": 36.5, "symptoms": ["none"], "underlyingIllness": ["none"],
        "highRiskStay": false, "contact": false, "travelled": false, "truthful": true,
    }))
}

fn object(value: &Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap_or_default()
}
