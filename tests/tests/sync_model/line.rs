//! The network between the phone and the authority: it loses, doubles, delays and reorders as the path says.
//!
//! Invariant: what reaches the authority is what the phone sent, byte for byte, some of it never, late or twice; an answer
//! that reaches the phone is the authority's or tells of a login page or a forger. It is a transport as the phone's own.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use data_encoding::BASE64URL_NOPAD;
use health_code_authority::testing::{Copied, InProcess};
use health_code_core::cancel::CancelHandle;
use health_code_core::ports::{Clock as _, HttpRequest, HttpResponse, Transport, TransportError};
use health_code_core::sync::{DECLARATION, SyncEngine};
use health_code_core::testing::clock::FixedClock;
use health_code_core::trust::{RECEIPT_TYPE, sign_bundle};
use health_code_core::wire::{JSON, NONCE_HEADER, ProblemKind, Receipt, StateAnswer, SubjectId};
use serde_json::json;

use super::choices::Choices;
use super::flaws::Flaw;
use super::phone::Memory;

const OWNER: SubjectId = SubjectId::OWNER;
/// Time that a request takes, milliseconds.
const EXCHANGE_MS: u64 = 50;

/// What happens to a request and its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Delivered,
    /// It never arrives.
    Lost,
    /// It arrives; the answer does not.
    AnswerLost,
    /// It arrives twice; the second answer comes back.
    Doubled,
    /// It arrives, and once more just before the next one.
    DoubledLater,
    /// The phone gives up; it arrives just before the next one.
    Delayed,
    /// The phone gives up; it arrives after the next sync.
    DelayedLong,
    /// The authority starts anew before it arrives.
    AuthorityRestarted,
    /// A Wi-Fi login page answers.
    LoginPage,
    /// Somebody else's state comes back, well-formed and signed with another key.
    Forged,
}

const FATES: &[Fate] = &[
    Fate::Delivered,
    Fate::Lost,
    Fate::AnswerLost,
    Fate::Doubled,
    Fate::DoubledLater,
    Fate::Delayed,
    Fate::DelayedLong,
    Fate::AuthorityRestarted,
    Fate::LoginPage,
];

const FATES_OF_STATES: &[Fate] = &[
    Fate::Delivered,
    Fate::Lost,
    Fate::AnswerLost,
    Fate::Doubled,
    Fate::DoubledLater,
    Fate::Delayed,
    Fate::DelayedLong,
    Fate::AuthorityRestarted,
    Fate::LoginPage,
    Fate::Forged,
];

/// The network, and the authority at its other end.
pub struct Line {
    choices: Arc<Choices>,
    flaw: Flaw,
    memory: Arc<Memory>,
    clocks: [Arc<FixedClock>; 2],
    issuer_key: ed25519_dalek::SigningKey,
    state: Mutex<State>,
}

struct State {
    authority: InProcess,
    /// What the authority's disk would come back with where it lies.
    before_last: Option<Copied>,
    engine: Weak<SyncEngine>,
    /// Arrive before the next request, or after the sync.
    soon: Vec<HttpRequest>,
    /// Arrive after the next sync.
    later: Vec<HttpRequest>,
    latest: Vec<HttpRequest>,
    /// Receipts and credentials that the authority ever told, base64url.
    told: BTreeSet<String>,
}

impl Line {
    pub fn new(
        choices: Arc<Choices>,
        flaw: Flaw,
        memory: Arc<Memory>,
        clocks: [Arc<FixedClock>; 2],
        issuer_key: ed25519_dalek::SigningKey,
        authority: InProcess,
    ) -> Self {
        Self {
            choices,
            flaw,
            memory,
            clocks,
            issuer_key,
            state: Mutex::new(State {
                authority,
                before_last: None,
                engine: Weak::new(),
                soon: Vec::new(),
                later: Vec::new(),
                latest: Vec::new(),
                told: BTreeSet::new(),
            }),
        }
    }

    pub fn belongs_to(&self, engine: &Arc<SyncEngine>) {
        self.lock().engine = Arc::downgrade(engine);
    }

    /// The authority as it is now.
    pub fn authority<T>(&self, look: impl FnOnce(&InProcess) -> T) -> T {
        look(&self.lock().authority)
    }

    /// The authority ends and comes back with what was copied earlier.
    pub fn put_back(&self, copied: &Copied) {
        let authority = &mut self.lock().authority;
        authority.put_back(copied);
        authority.restart().expect("starts");
    }

    /// Whether the authority ever told this receipt or credential.
    pub fn was_told(&self, bytes: &[u8]) -> bool {
        self.lock().told.contains(&BASE64URL_NOPAD.encode(bytes))
    }

    /// A sync is over: what was under way arrives.
    pub fn round_over(&self) {
        let mut state = self.lock();
        let mut due = std::mem::take(&mut state.soon);
        due.append(&mut state.later);
        state.later = std::mem::take(&mut state.latest);
        for request in due {
            self.deliver(&mut state, &request);
        }
    }

    /// Everything that is under way arrives.
    pub fn settle(&self) {
        self.round_over();
        self.round_over();
    }

    fn deliver(&self, state: &mut State, request: &HttpRequest) -> Option<HttpResponse> {
        if self.flaw == Flaw::AuthoritysDiskLies && request.method != "GET" {
            state.before_last = Some(state.authority.copy());
        }
        let answer = state.authority.answer(request);
        Self::restart_ended(state);
        let answer = answer?;
        if let Ok(told) = serde_json::from_slice::<StateAnswer>(&answer.body) {
            state
                .told
                .extend(told.receipt.into_iter().chain(told.credential));
        }
        Some(answer)
    }

    fn restart_ended(state: &mut State) {
        while state.authority.has_ended() {
            if let Some(copied) = state.before_last.take() {
                state.authority.put_back(&copied);
            }
            state.authority.restart().expect("starts");
        }
    }

    fn pass(&self) {
        for clock in &self.clocks {
            clock.advance_ms(EXCHANGE_MS);
        }
    }

    /// A state that the authority never made: red, and no code.
    fn forged(&self, state: &State) -> Option<HttpResponse> {
        let citizen_id = state.authority.citizens().into_iter().next()?;
        let at = self.clocks[1].read().wall_ms / 1_000;
        let receipt = json!({
            "citizenId": citizen_id, "colour": "red", "reason": "confirmed",
            "ruleSetId": "forged", "ruleSetVersion": 1, "ruleId": "forged",
            "since": at, "facts": {}, "decidedAt": at,
        });
        serde_json::from_value::<Receipt>(receipt.clone()).expect("a receipt");
        let key = match self.flaw {
            Flaw::TakesAnyReceipt => self.issuer_key.clone(),
            _ => ed25519_dalek::SigningKey::from_bytes(&[66; 32]),
        };
        let receipt = sign_bundle(RECEIPT_TYPE, Some(at), receipt.to_string().as_bytes(), &key);
        let receipt = BASE64URL_NOPAD.encode(&receipt.expect("signed"));
        let body = json!({
            "receipt": receipt, "credential": null,
            "nextSync": {"afterSecs": 3600, "spreadSecs": 60}, "serverTimeMs": at * 1_000,
        });
        Some(HttpResponse {
            status: 200,
            headers: vec![("content-type".to_owned(), JSON.to_owned())],
            body: body.to_string().into_bytes(),
        })
    }

    /// What a flawed phone does when it sends.
    fn before_sending(&self, request: &HttpRequest) {
        let Some(id) = declaration_id(request) else {
            return;
        };
        if self.flaw == Flaw::DropsBeforeAnswer
            && let Some(engine) = self.lock().engine.upgrade()
        {
            let _ = engine.dismiss(&OWNER, id);
        }
    }

    /// What a flawed phone does when no answer comes.
    fn without_answer(&self, request: &HttpRequest) {
        let Some(id) = declaration_id(request) else {
            return;
        };
        let engine = self.lock().engine.upgrade();
        if self.flaw == Flaw::AsksAnew
            && let Some(engine) = engine
        {
            let body = engine.pending_body(&OWNER, id).expect("queued");
            let _ = engine.enqueue(&OWNER, &DECLARATION, &body);
        }
    }

    /// What a flaw makes of an answer.
    fn bend(&self, mut answer: HttpResponse) -> HttpResponse {
        match self.flaw {
            Flaw::WithholdsNonces => answer.headers.retain(|(name, _)| name != NONCE_HEADER),
            Flaw::RefusesAsBusy if answer.status == 422 => {
                return problem(ProblemKind::Unavailable);
            }
            _ => {}
        }
        answer
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn carry(&self, request: HttpRequest) -> Option<HttpResponse> {
        let mut guard = self.lock();
        let state = &mut *guard;
        let path = request.url.trim_start_matches("https://authority.example");
        let is_state = path.ends_with("/state");
        let fates = if is_state { FATES_OF_STATES } else { FATES };
        let site = format!("{} {}", request.method, path.get(..40).unwrap_or(path));
        let fate = self.choices.choose(&site, fates);
        let early = std::mem::take(&mut state.soon);
        for request in early {
            self.deliver(state, &request);
        }
        if self.flaw == Flaw::TakesAnyErasure && request.method == "DELETE" {
            return Some(problem(ProblemKind::DeviceUnknown));
        }
        match fate {
            Fate::Delivered => self.deliver(state, &request),
            Fate::Lost => None,
            Fate::AnswerLost => {
                self.deliver(state, &request);
                None
            }
            Fate::Doubled => {
                self.deliver(state, &request);
                self.deliver(state, &request)
            }
            Fate::DoubledLater => {
                state.soon.push(request.clone());
                self.deliver(state, &request)
            }
            Fate::Delayed => {
                state.soon.push(request);
                None
            }
            Fate::DelayedLong => {
                state.latest.push(request);
                None
            }
            Fate::AuthorityRestarted => {
                state.authority.restart().expect("starts");
                self.deliver(state, &request)
            }
            Fate::LoginPage => Some(HttpResponse {
                status: 200,
                headers: vec![("content-type".to_owned(), "text/html".to_owned())],
                body: b"<html>Log in</html>".to_vec(),
            }),
            Fate::Forged => self.forged(state),
        }
    }
}

impl Transport for Line {
    fn send(
        &self,
        request: HttpRequest,
        _timeout_ms: u64,
        _cancel: &CancelHandle,
    ) -> Result<HttpResponse, TransportError> {
        if self.memory.is_dead() {
            return Err(TransportError::Unreachable);
        }
        self.before_sending(&request);
        self.pass();
        let answer = self.carry(request.clone());
        self.pass();
        let Some(answer) = answer else {
            self.without_answer(&request);
            return Err(TransportError::Unreachable);
        };
        Ok(self.bend(answer))
    }
}

fn declaration_id(request: &HttpRequest) -> Option<&str> {
    let (before, id) = request.url.rsplit_once('/')?;
    before.ends_with("/declarations").then_some(id)
}

fn problem(kind: ProblemKind) -> HttpResponse {
    HttpResponse {
        status: kind.status(),
        headers: vec![(
            "content-type".to_owned(),
            "application/problem+json".to_owned(),
        )],
        body: serde_json::to_vec(&kind.body()).expect("JSON"),
    }
}
