//! The citizen's phone: the real use cases with a real store, a file in place of the phone's key store.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use health_code_core::cancel::CancelHandle;
use health_code_core::citizen::{CONSENT_VERSION, CitizenConfig, CitizenPorts, HealthCode};
use health_code_core::event::HealthCodeEvent;
use health_code_core::ports::Observer;
use health_code_core::sync::{HttpConfig, SyncOutcome, SyncReason, SyncResult};
use health_code_core::system::{FileKeyGuard, SystemClock, SystemEntropy};
use health_code_core::words::LanguageTag;
use serde_json::{Map, Value, json};

use crate::Failure;

/// How long a sync may take, milliseconds.
const SYNC_DEADLINE_MS: u64 = 20_000;

/// Events that the phone would raise alerts for.
#[derive(Default)]
pub struct Alerts(Mutex<Vec<HealthCodeEvent>>);

impl Alerts {
    /// Takes what came since the last look.
    pub fn take(&self) -> Vec<HealthCodeEvent> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Observer for Alerts {
    fn on_event(&self, event: HealthCodeEvent) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(event);
    }
}

/// The citizen's use cases over a store in a folder, and what the phone alerted.
pub struct Phone {
    /// The citizen's health code.
    pub health_code: HealthCode,
    /// What it alerted.
    pub alerts: Arc<Alerts>,
}

impl Phone {
    /// A phone whose data lie in `folder`, talking to the authority at `base_url`.
    pub fn new(
        folder: &Path,
        base_url: &str,
        root_key: [u8; 32],
        ca_pem: Vec<u8>,
        language: &LanguageTag,
    ) -> Result<Self, Failure> {
        std::fs::create_dir_all(folder)?;
        let entropy = Arc::new(SystemEntropy);
        let guard = FileKeyGuard::open(&folder.join("phone.key"), entropy.clone())?;
        let alerts = Arc::new(Alerts::default());
        let health_code = HealthCode::open(
            &folder.join("store"),
            CitizenConfig {
                base_url: base_url.to_owned(),
                language: language.as_str().to_owned(),
                root_key,
                http: HttpConfig {
                    roots_pem: ca_pem,
                    pins: None,
                },
            },
            CitizenPorts {
                clock: Arc::new(SystemClock),
                entropy,
                key_guard: Arc::new(guard),
                device_signer: None,
                subject_keys: None,
                transport: None,
                observer: Some(alerts.clone()),
            },
        )?;
        // The door of the story gets its lists from this phone's syncs.
        health_code.set_checks_others(true);
        Ok(Self {
            health_code,
            alerts,
        })
    }

    /// Fills in the registration form and consents.
    pub fn register(&self) -> Result<(), Failure> {
        let answers = object(&json!({
            "name": "欧阳振华",
            "sex": "1",
            "nationality": "CHN",
            "document": { "kind": "resident_id", "number": resident_id("33010619900307", "613") },
            "division": "330106",
            "address": "西湖区文三路 90 号",
            "phone": "13800001234",
            "underlyingIllness": ["none"],
        }));
        self.health_code.register(&answers, CONSENT_VERSION)?;
        Ok(())
    }

    /// Fills in today's declaration: what the phone knows already, and no symptoms.
    pub fn declare(&self) -> Result<String, Failure> {
        let form = self.health_code.declaration_form()?;
        let mut answers = self.health_code.draft(&form)?;
        answers.extend(object(&json!({
            "temperature": 36.5,
            "symptoms": ["none"],
            "underlyingIllness": ["none"],
            "highRiskStay": false,
            "contact": false,
            "travelled": false,
            "truthful": true,
        })));
        Ok(self.health_code.submit_declaration(&answers)?)
    }

    /// Syncs and expects it to go through.
    pub fn sync(&self, reason: SyncReason) -> Result<SyncOutcome, Failure> {
        let outcome = self
            .health_code
            .sync_once(reason, SYNC_DEADLINE_MS, &CancelHandle::new());
        if outcome.result == SyncResult::Synced {
            Ok(outcome)
        } else {
            Err(format!("sync ended {:?} ({:?})", outcome.result, outcome.problem).into())
        }
    }
}

fn object(value: &Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap_or_default()
}

/// A made-up resident identity number with its check character (GB 11643-1999: ISO 7064, MOD 11-2).
fn resident_id(division_and_birth: &str, order: &str) -> String {
    let body = format!("{division_and_birth}{order}");
    let sum: u32 = body
        .bytes()
        .enumerate()
        .map(|(place, digit)| u32::from(digit - b'0') * (1 << (17 - place)) % 11)
        .sum();
    let check = (12 - sum % 11) % 11;
    let check = if check == 10 {
        "X".to_owned()
    } else {
        check.to_string()
    };
    format!("{body}{check}")
}
