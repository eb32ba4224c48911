//! A phone: the real use cases on a real sled store, with a clock of its own that can be wrong.

use std::sync::{Arc, Mutex, PoisonError};

use health_code_core::cancel::CancelHandle;
use health_code_core::capability::dependants::DependantRequest;
use health_code_core::citizen::{
    CONSENT_VERSION, CitizenConfig, CitizenPorts, ColourView, HealthCode,
};
use health_code_core::code::Checkpoint;
use health_code_core::colour::Colour;
use health_code_core::event::HealthCodeEvent;
use health_code_core::ports::{
    DeviceSigner, HttpRequest, HttpResponse, Observer, SubjectKeys, Transport, TransportError,
};
use health_code_core::sync::{HttpConfig, SyncOutcome, SyncReason, SyncResult};
use health_code_core::system::SystemEntropy;
use health_code_core::testing::clock::FixedClock;
use health_code_core::testing::key_guard::FixedKeyGuard;
use health_code_core::wire::BundleKind;
use serde_json::{Map, Value, json};

use crate::town::Town;

/// A made-up resident identity number that passes its check (GB 11643-1999: ISO 7064, MOD 11-2). `order` has 3 digits.
#[must_use]
pub fn resident_id(order: &str) -> String {
    let body = format!("33010619900307{order}");
    let weighted = body
        .bytes()
        .enumerate()
        .map(|(place, digit)| u32::from(digit - b'0') * (1 << (17 - place)) % 11);
    let check = (12 - weighted.sum::<u32>() % 11) % 11;
    if check == 10 {
        format!("{body}X")
    } else {
        format!("{body}{check}")
    }
}

/// A phone in a town.
pub struct Phone {
    /// The citizen's health code.
    pub health_code: HealthCode,
    /// What the phone believes the time is; starts right.
    pub clock: Arc<FixedClock>,
    /// Every event so far.
    pub events: Arc<Events>,
    /// The line, to be cut.
    pub line: Arc<Line>,
}

impl Phone {
    /// A phone without hardware keys. `name` names its folder: the same name again is the same phone restarted.
    #[must_use]
    pub fn new(town: &Town, name: &str) -> Self {
        Self::with(
            town,
            name,
            None,
            Arc::new(FixedClock::new(town.now() * 1_000)),
        )
    }

    /// A phone with a device key of its hardware's and a clock of its own.
    #[must_use]
    pub fn with(
        town: &Town,
        name: &str,
        signer: Option<Arc<dyn DeviceSigner>>,
        clock: Arc<FixedClock>,
    ) -> Self {
        Self::with_hardware(town, name, signer, None, clock)
    }

    /// The same, whose hardware has keys of dependants as well.
    #[must_use]
    pub fn with_hardware(
        town: &Town,
        name: &str,
        signer: Option<Arc<dyn DeviceSigner>>,
        subject_keys: Option<Arc<dyn SubjectKeys>>,
        clock: Arc<FixedClock>,
    ) -> Self {
        let events = Arc::new(Events::default());
        let line = Arc::new(Line {
            https: town.https(town.clock.clone()),
            lose_answers: Mutex::new(("", 0)),
            cheat: Mutex::new(None),
            let_through: Mutex::new(None),
        });
        let health_code = HealthCode::open(
            &town.folder(name),
            CitizenConfig {
                base_url: town.base_url.clone(),
                language: "en".to_owned(),
                root_key: town.root_key,
                http: HttpConfig {
                    roots_pem: town.ca_pem.clone(),
                    pins: None,
                },
            },
            CitizenPorts {
                clock: clock.clone(),
                entropy: Arc::new(SystemEntropy),
                key_guard: Arc::new(FixedKeyGuard::new(9)),
                device_signer: signer,
                subject_keys,
                transport: Some(line.clone()),
                observer: Some(events.clone()),
            },
        )
        .expect("a phone");
        // Its holder stands at a door as well, see [`Phone::checkpoint`].
        health_code.set_checks_others(true);
        Self {
            health_code,
            clock,
            events,
            line,
        }
    }

    /// Registers the citizen whose document has this `order` (see [`resident_id`]).
    pub fn register_as(&self, order: &str) {
        self.health_code
            .register(&registration(&resident_id(order)), CONSENT_VERSION)
            .expect("registered");
    }

    /// Registers one and the same citizen.
    pub fn register(&self) {
        self.register_as("001");
    }

    /// Declares today's health: well.
    pub fn declare_well(&self) -> String {
        self.declare(&json!({}))
    }

    /// Declares today's health: well but for `differences`.
    pub fn declare(&self, differences: &Value) -> String {
        let form = self.health_code.declaration_form().expect("a form");
        let mut answers = self.health_code.draft(&form).expect("a draft");
        answers.extend(object(&json!({
            "temperature": 36.5, "symptoms": ["none"], "underlyingIllness": ["none"],
            "highRiskStay": false, "contact": false, "travelled": false, "truthful": true,
        })));
        answers.extend(object(differences));
        self.health_code
            .submit_declaration(&answers)
            .expect("declared")
    }

    /// Registers, declares well and syncs; the code is green and accepted.
    pub fn turn_green(&self, town: &Town) {
        self.register();
        self.declare_well();
        let outcome = self.sync();
        assert_eq!(
            (outcome.result, outcome.uploads_left),
            (SyncResult::Synced, 0),
            "{outcome:?}"
        );
        assert_eq!(self.colour(), Colour::Green);
        let code = self.health_code.current_code().expect("a code");
        assert!(self.checkpoint(town).check(&code.text, town.now()).accepted);
    }

    /// What the home screen says of the colour.
    #[must_use]
    pub fn colour_view(&self) -> ColourView {
        let home = self.health_code.home().expect("a view");
        home.colour.expect("a colour")
    }

    /// The colour on the home screen.
    #[must_use]
    pub fn colour(&self) -> Colour {
        self.colour_view().colour
    }

    /// Syncs as after a submission.
    pub fn sync(&self) -> SyncOutcome {
        self.health_code
            .sync_once(SyncReason::AfterSubmit, 20_000, &CancelHandle::new())
    }

    /// A checkpoint with what this phone's last sync brought.
    #[must_use]
    pub fn checkpoint(&self, town: &Town) -> Checkpoint {
        let trust = self.health_code.published_bundle(&BundleKind::TRUST, "");
        let trust = trust.expect("readable").expect("a trust bundle");
        let lists = self.health_code.status_lists().expect("readable");
        assert!(!lists.is_empty());
        town.checkpoint(&trust, &lists)
    }
}

/// The registration form, filled in.
#[must_use]
pub fn registration(resident_id: &str) -> Map<String, Value> {
    object(&json!({
        "name": "欧阳振华", "sex": "1", "nationality": "CHN",
        "document": { "kind": "resident_id", "number": resident_id },
        "division": "330106", "address": "文三路 90 号", "phone": "13800001234",
        "underlyingIllness": ["none"],
    }))
}

/// A child of ten years whom somebody takes into care, with the number of a birth certificate only.
#[must_use]
pub fn child(name: &str, birth_certificate: &str) -> DependantRequest {
    let mut answers = registration("330106199003070014");
    answers.insert("name".to_owned(), json!(name));
    let document = json!({"kind": "birth_certificate", "number": birth_certificate});
    answers.insert("document".to_owned(), document);
    DependantRequest {
        answers,
        birth_date: Some("2016-05-20".to_owned()),
        consent_version: CONSENT_VERSION,
        code: None,
    }
}

fn object(value: &Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap_or_default()
}

/// Keeps events.
#[derive(Default)]
pub struct Events(Mutex<Vec<HealthCodeEvent>>);

impl Events {
    /// Takes what came since the last look.
    pub fn take(&self) -> Vec<HealthCodeEvent> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Observer for Events {
    fn on_event(&self, event: HealthCodeEvent) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(event);
    }
}

/// Real HTTPS on which answers can be lost after the authority gave them.
pub struct Line {
    https: Arc<dyn Transport>,
    /// To which method, empty for uploads and erasings, and how many.
    lose_answers: Mutex<(&'static str, u32)>,
    /// What a server that cheats makes of an answer to a path.
    cheat: Mutex<Option<Box<Cheat>>>,
    /// How many answers to uploads come through before the line is cut; none where it is not.
    let_through: Mutex<Option<u32>>,
}

/// Alters the authority's answer to a path.
pub type Cheat = dyn Fn(&str, &mut HttpResponse) + Send;

impl Line {
    /// Loses the next `count` answers to uploads and erasings.
    pub fn lose_answers(&self, count: u32) {
        self.lose_answers_to("", count);
    }

    /// Has a server that cheats stand before the real one. Nothing is answered with "as before" any more.
    pub fn cheat(&self, cheat: Option<Box<Cheat>>) {
        *self.cheat.lock().unwrap_or_else(PoisonError::into_inner) = cheat;
    }

    /// Cuts the line once, after `count` more uploads were answered: the answer to the next one is lost.
    pub fn cut_after(&self, count: u32) {
        let let_through = self.let_through.lock();
        *let_through.unwrap_or_else(PoisonError::into_inner) = Some(count);
    }

    /// Loses the next `count` answers to requests of this method.
    pub fn lose_answers_to(&self, method: &'static str, count: u32) {
        let lost = self.lose_answers.lock();
        *lost.unwrap_or_else(PoisonError::into_inner) = (method, count);
    }
}

impl Transport for Line {
    fn send(
        &self,
        mut request: HttpRequest,
        timeout_ms: u64,
        cancel: &CancelHandle,
    ) -> Result<HttpResponse, TransportError> {
        let method = request.method.clone();
        let cheat = self.cheat.lock().unwrap_or_else(PoisonError::into_inner);
        if cheat.is_some() {
            request.headers.retain(|(name, _)| name != "if-none-match");
        }
        let url = request.url.clone();
        let mut answer = self.https.send(request, timeout_ms, cancel)?;
        if let Some(cheat) = cheat.as_ref() {
            cheat(&url, &mut answer);
        }
        drop(cheat);
        let is_taken = method == "PUT" && (200..300).contains(&answer.status);
        let mut through = self
            .let_through
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        match (is_taken, *through) {
            (true, Some(0)) => {
                *through = None;
                return Err(TransportError::Unreachable);
            }
            (true, Some(count)) => *through = Some(count - 1),
            _ => {}
        }
        drop(through);
        let mut left = self
            .lose_answers
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let is_meant = match left.0 {
            "" => matches!(method.as_str(), "PUT" | "DELETE"),
            meant => meant == method,
        };
        // Only what the authority applied: a lost demand for a nonce would prove nothing.
        if is_meant && left.1 > 0 && (200..300).contains(&answer.status) {
            left.1 -= 1;
            return Err(TransportError::Unreachable);
        }
        Ok(answer)
    }
}
