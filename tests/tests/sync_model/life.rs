//! One life of a phone on one path: what the citizen does, what is killed, and what must hold all the while and in the end.
//!
//! Invariant: the citizen sees what the phone shows and nothing else; what must hold is judged by what the authority keeps.

use std::sync::Arc;

use data_encoding::HEXLOWER;
use health_code_authority::testing::{ChangeWatch, Copied, Foundation, InProcess, Interruption};
use health_code_core::cancel::CancelHandle;
use health_code_core::capability::appeals::{APPEAL, EvidenceEntry, PIECE_BYTES, evidence_writes};
use health_code_core::store::SealedWrite;
use health_code_core::sync::{
    CORRECTION, DECLARATION, REGISTRATION, StoredState, SyncEngine, SyncError, SyncOutcome,
    SyncReason, SyncResult, UploadKind, UploadRow,
};
use health_code_core::testing::clock::FixedClock;
use health_code_core::testing::entropy::FixedEntropy;
use health_code_core::wire::{ProblemKind, SubjectId};
use health_code_tests::bare_phone::healthy_declaration;
use health_code_tests::town::MORNING_MS;
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::bodies;
use super::choices::Choices;
use super::flaws::Flaw;
use super::line::Line;
use super::phone::{self, Memory};

pub const OWNER: SubjectId = SubjectId::OWNER;
/// Of the device's key.
pub const DEVICE_SEED: [u8; 32] = [5; 32];
const MINUTE_MS: u64 = 60_000;
/// Between what a citizen does.
const PAUSE_MS: u64 = 20_000;
/// Syncs by plan after which everything is right, once nothing fails any more.
pub const HEALING_SYNCS: usize = 3;

/// What a citizen does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Registers.
    Register,
    /// Registers again with one part of the identity another.
    Correct(&'static str, &'static str),
    /// The authority comes back with what it had before the life began.
    LoseAll,
    /// Declares to be well; numbers make declarations differ.
    Declare(u32),
    /// Declares to have a fever: the colour changes.
    DeclareFever,
    /// Declares with a form that the authority does not have.
    DeclareUnknownForm,
    /// Objects to the receipt, if there is one.
    Object,
    /// Appeals against it, with evidence of two pieces.
    Appeal,
    /// Has the phone sync.
    Sync,
    /// Does nothing for so many hours.
    Wait(u64),
    /// Erases everything, here and there.
    Erase,
}

/// An upload that the phone said it had queued.
pub struct Queued {
    pub id: String,
    pub body: Vec<u8>,
    /// It belongs to a life that was erased.
    pub is_erased: bool,
}

/// See the module.
pub struct Life {
    choices: Arc<Choices>,
    /// The phone's and the authority's.
    pub(super) clocks: [Arc<FixedClock>; 2],
    root_key: [u8; 32],
    memory: Arc<Memory>,
    pub(super) line: Arc<Line>,
    pub(super) engine: Arc<SyncEngine>,
    starts: u64,
    pub(super) queued: Vec<Queued>,
    pub(super) is_registered: bool,
    /// What the authority kept of one who was erased is gone, or has to be.
    pub(super) was_erased: bool,
    /// The body of the last registration.
    pub(super) registration: Vec<u8>,
    /// What the authority had before.
    before: Copied,
    /// Whether it has lost everything since.
    pub(super) has_lost: bool,
}

/// The authority's process ends where the path says.
struct Watch(Arc<Choices>);

impl ChangeWatch for Watch {
    fn at_change(&self, what: &'static str) -> Interruption {
        let options = [
            Interruption::None,
            Interruption::Before,
            Interruption::After,
        ];
        self.0.choose(&format!("authority's {what}"), &options)
    }
}

impl Life {
    /// Runs it, through all acts and until everything is right again.
    pub fn run(
        foundation: &Arc<Foundation>,
        acts: &[Act],
        flaw: Flaw,
        choices: &Arc<Choices>,
    ) -> Result<(), String> {
        let mut life = Self::start(foundation, flaw, choices)?;
        for act in acts {
            choices.note(|| format!("{act:?}"));
            life.act(*act)?;
            life.always()?;
        }
        choices.heal();
        life.line.settle();
        life.heal()
    }

    fn start(
        foundation: &Arc<Foundation>,
        flaw: Flaw,
        choices: &Arc<Choices>,
    ) -> Result<Self, String> {
        let clocks = [(); 2].map(|()| Arc::new(FixedClock::new(MORNING_MS)));
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build();
        let authority = InProcess::start(
            Arc::clone(foundation),
            clocks[1].clone(),
            Arc::new(FixedEntropy::new(1)),
            Arc::new(Watch(Arc::clone(choices))),
            Arc::new(runtime.expect("a runtime")),
        );
        let authority = authority.map_err(|error| format!("no authority: {error}"))?;
        let memory = Arc::new(Memory::new(Arc::clone(choices), flaw));
        let line = Arc::new(Line::new(
            Arc::clone(choices),
            flaw,
            Arc::clone(&memory),
            clocks.clone(),
            foundation.issuer_key().clone(),
            authority,
        ));
        let mut starts = 100;
        let root_key = foundation.root_key;
        let engine = alive(&memory, &line, &clocks[0], root_key, &mut starts)?;
        let before = line.authority(InProcess::copy);
        Ok(Self {
            choices: Arc::clone(choices),
            clocks,
            root_key,
            memory,
            line,
            engine,
            starts,
            queued: Vec::new(),
            is_registered: false,
            was_erased: false,
            registration: Vec::new(),
            before,
            has_lost: false,
        })
    }

    fn act(&mut self, act: Act) -> Result<(), String> {
        self.pass(PAUSE_MS);
        match act {
            Act::Register => self.register(&bodies::registration(self.now())),
            Act::Correct(part, value) => {
                let body = bodies::corrected(&self.registration, part, value, self.now());
                self.register(&body)
            }
            Act::LoseAll => {
                self.line.put_back(&self.before);
                self.has_lost = true;
                Ok(())
            }
            Act::Declare(number) => self.queue(&DECLARATION, &healthy_declaration(number)),
            Act::DeclareFever => self.queue(&DECLARATION, &bodies::fever()),
            Act::DeclareUnknownForm => {
                let mut body = bodies::declaration(0);
                body["formVersion"] = json!(99);
                self.queue(&DECLARATION, body.to_string().as_bytes())
            }
            Act::Object => self.object(),
            Act::Appeal => self.appeal(),
            Act::Sync => {
                self.sync(SyncReason::UserAsked)?;
                Ok(())
            }
            Act::Wait(hours) => {
                self.pass(hours * 60 * MINUTE_MS);
                Ok(())
            }
            Act::Erase => self.erase(),
        }
    }

    /// What the phone takes for the time, Unix seconds.
    fn now(&self) -> i64 {
        self.engine.trusted_now().at_ms / 1_000
    }

    /// Has the phone sync; what was under way arrives afterwards.
    fn sync(&mut self, reason: SyncReason) -> Result<SyncOutcome, String> {
        let held = self.state()?.credential.filter(|held| self.counts(held));
        let outcome = self
            .engine
            .sync_once(reason, MINUTE_MS, &CancelHandle::new());
        self.choices
            .note(|| format!("{:?} {:?}", outcome.result, outcome.problem));
        self.revive()?;
        let now = self.state()?;
        self.was_told(&now)?;
        // To an authority that lost everything this is somebody new, whose colour was not decided yet.
        let stays = held.is_some_and(|held| self.counts(&held)) && !self.has_lost;
        if stays && now.credential.is_none() {
            return Err("a code that counted is gone".to_owned());
        }
        if outcome.result == SyncResult::Synced && !self.memory.is_dead() {
            self.agrees_with_authority(&now)?;
        }
        self.line.round_over();
        Ok(outcome)
    }

    /// Registers; again where the phone, after it was killed, does not show it.
    fn register(&mut self, body: &[u8]) -> Result<(), String> {
        self.is_registered = true;
        self.registration = body.to_vec();
        loop {
            let queued = self.engine.enqueue(&OWNER, &REGISTRATION, body);
            if !self.revive()? {
                return queued.map(|_| ()).map_err(|error| error.code().to_owned());
            }
            let pending = self.engine.pending(&OWNER).map_err(code)?;
            let row = UploadKind::Known(&REGISTRATION);
            for upload in pending.iter().filter(|upload| upload.kind == row) {
                let shown = self.engine.pending_body(&OWNER, &upload.upload_id);
                if shown.map_err(code)? == body {
                    return Ok(());
                }
            }
        }
    }

    /// Queues an upload; again where the phone, after it was killed, does not show it.
    fn queue(&mut self, row: &'static UploadRow, body: &[u8]) -> Result<(), String> {
        self.queue_with(row, body, Vec::new)
    }

    /// The same, together with other records.
    fn queue_with(
        &mut self,
        row: &'static UploadRow,
        body: &[u8],
        along: impl Fn() -> Vec<SealedWrite>,
    ) -> Result<(), String> {
        loop {
            let life = self.engine.life(&OWNER).map_err(code)?;
            let queued = self.engine.enqueue_with(&life, row, body, along());
            let was_killed = self.revive()?;
            let shown = self.shown(body)?;
            let id = match (queued, shown) {
                (Ok(id), _) | (Err(_), Some(id)) => id,
                (Err(_), None) if was_killed => continue,
                (Err(error), None) => return Err(error.code().to_owned()),
            };
            self.queued.push(Queued {
                id,
                body: body.to_vec(),
                is_erased: false,
            });
            return Ok(());
        }
    }

    /// An upload with this body that the citizen has not seen before.
    fn shown(&self, body: &[u8]) -> Result<Option<String>, String> {
        for upload in self.engine.pending(&OWNER).map_err(code)? {
            let id = upload.upload_id;
            let is_new = self.queued.iter().all(|queued| queued.id != id);
            if is_new && self.engine.pending_body(&OWNER, &id).map_err(code)? == body {
                return Ok(Some(id));
            }
        }
        Ok(None)
    }

    fn object(&mut self) -> Result<(), String> {
        let Some(receipt) = self.state()?.receipt else {
            return Ok(());
        };
        let body = json!({
            "receiptSha256": HEXLOWER.encode(&Sha256::digest(&receipt)),
            "statement": "I was not there.",
        });
        self.queue(&CORRECTION, body.to_string().as_bytes())
    }

    fn appeal(&mut self) -> Result<(), String> {
        let Some(receipt) = self.state()?.receipt else {
            return Ok(());
        };
        let mut pdf = b"%PDF-1.7".to_vec();
        pdf.resize(PIECE_BYTES + 100, b' ');
        let entry = EvidenceEntry::of(&pdf).map_err(|error| error.code().to_owned())?;
        let body = json!({
            "receiptSha256": HEXLOWER.encode(&Sha256::digest(&receipt)),
            "statement": "I was not there.",
            "evidence": [entry],
        });
        self.queue_with(&APPEAL, body.to_string().as_bytes(), || {
            evidence_writes(&OWNER, &entry, &pdf).unwrap_or_default()
        })
    }

    fn erase(&mut self) -> Result<(), String> {
        loop {
            let before = self.engine.erasures().len();
            // As the citizen's use cases do, who know that they registered.
            let known = self.is_registered;
            let erased = self
                .engine
                .erase(&OWNER, known, || Ok::<_, SyncError>(Vec::new()), || {});
            if !self.revive()? {
                erased.map_err(code)?;
            } else if self.engine.erasures().len() == before {
                continue;
            }
            break;
        }
        for queued in &mut self.queued {
            queued.is_erased = true;
        }
        self.is_registered = false;
        self.was_erased = true;
        let state = self.state()?;
        if state.receipt.is_some() || state.credential.is_some() {
            return Err("a colour is left after the erasing".to_owned());
        }
        Ok(())
    }

    /// Starts the app again if it was killed; tells whether it was.
    fn revive(&mut self) -> Result<bool, String> {
        if !self.memory.is_dead() {
            return Ok(false);
        }
        self.choices.note(|| "the app starts again".to_owned());
        self.engine = alive(
            &self.memory,
            &self.line,
            &self.clocks[0],
            self.root_key,
            &mut self.starts,
        )?;
        Ok(true)
    }

    fn pass(&self, elapsed_ms: u64) {
        for clock in &self.clocks {
            clock.advance_ms(elapsed_ms);
        }
    }

    pub(super) fn state(&self) -> Result<StoredState, String> {
        self.engine.state(&OWNER).map_err(code)
    }

    /// Nothing fails any more: the app's own plan brings everything right.
    fn heal(&mut self) -> Result<(), String> {
        let mut unfinished = String::new();
        for _ in 0..HEALING_SYNCS {
            let outcome = self.sync_by_plan()?;
            self.always()?;
            if outcome.result == SyncResult::Synced {
                match self.is_right() {
                    Ok(()) => return self.survives_a_restart(),
                    Err(why) => unfinished = why,
                }
            } else {
                unfinished = format!("{:?} {:?}", outcome.result, outcome.problem);
                if outcome.problem.as_deref() == Some(ProblemKind::DeviceUnknown.code()) {
                    // For so long "nothing held" is no last word.
                    self.pass(10 * MINUTE_MS);
                }
            }
        }
        Err(format!("stuck: {unfinished}"))
    }

    /// Waits as long as the app says, then lets it sync.
    fn sync_by_plan(&mut self) -> Result<SyncOutcome, String> {
        let cancelled = CancelHandle::new();
        cancelled.cancel();
        let probe = self
            .engine
            .sync_once(SyncReason::Scheduled, MINUTE_MS, &cancelled);
        let now_ms = self.engine.trusted_now().at_ms;
        let wait = probe.next_allowed_at_ms.saturating_sub(now_ms);
        self.pass(u64::try_from(wait).unwrap_or(0) + 1);
        self.sync(SyncReason::Scheduled)
    }

    fn survives_a_restart(&mut self) -> Result<(), String> {
        let state = self.state()?;
        let pending = self.engine.pending(&OWNER).map_err(code)?;
        self.engine = alive(
            &self.memory,
            &self.line,
            &self.clocks[0],
            self.root_key,
            &mut self.starts,
        )?;
        if self.state()? != state || self.engine.pending(&OWNER).map_err(code)? != pending {
            return Err("a restart shows something else".to_owned());
        }
        self.is_right()
    }
}

/// Starts the app until it is not killed on the way.
fn alive(
    memory: &Arc<Memory>,
    line: &Arc<Line>,
    clock: &Arc<FixedClock>,
    root_key: [u8; 32],
    starts: &mut u64,
) -> Result<Arc<SyncEngine>, String> {
    loop {
        *starts += 1;
        if let Some(engine) = phone::start(memory, line, clock, root_key, *starts)? {
            return Ok(engine);
        }
    }
}

#[expect(clippy::needless_pass_by_value, reason = "for `map_err`")]
pub fn code(error: SyncError) -> String {
    error.root_code().to_owned()
}
