//! The story, step by step. Each step says what happens, holds or fails, and is timed.

use std::path::Path;
use std::time::Duration;

use health_code_core::citizen::{CodeView, HomeView, Recomputation};
use health_code_core::code::{Checkpoint, Verdict};
use health_code_core::colour::Colour;
use health_code_core::event::HealthCodeEvent;
use health_code_core::picture;
use health_code_core::picture::matrix;
use health_code_core::ports::Clock;
use health_code_core::sync::SyncReason;
use health_code_core::system::SystemClock;
use health_code_core::words::Language;

use crate::authority_process::Authority;
use crate::citizen::Phone;
use crate::code_screen::{CodeScreen, Until};
use crate::door::{self, now};
use crate::out_folder::OutFolder;
use crate::record::Record;
use crate::speech::Speech;
use crate::supervised::Supervisor;
use crate::{Arguments, Failure, PIXELS_PER_MODULE, next, terminal, words};

/// Tells the story; an error is a step that did not hold.
pub fn tell(arguments: &Arguments) -> Result<(), Failure> {
    let speech = Speech {
        tag: arguments.language(),
        goes_on_unheard: arguments.out.is_some(),
    };
    // Before anything else is done.
    let out = OutFolder::prepare(arguments.out.as_deref(), &speech)?;
    let supervisor = Supervisor::new(&arguments.supervisor);
    // Keys lie there: it goes away with this process, on Ctrl-C too.
    let scratch = tempfile::tempdir()?;
    let _removed = supervisor.remove_at_the_end(scratch.path())?;
    let mut story = Story {
        record: Record::default(),
        speech,
        out,
        asks: !arguments.once && terminal::has_person(),
        started: SystemClock.read().monotonic_ms,
        first_shown: 0,
    };
    story.run(&arguments.authority, supervisor, scratch.path())
}

struct Story {
    record: Record,
    speech: Speech,
    out: OutFolder,
    /// Whether there is somebody to press Enter.
    asks: bool,
    /// When the work of this step began; a person's own time is none of it.
    started: u64,
    /// When code-1 was made, Unix seconds.
    first_shown: i64,
}

impl Story {
    fn run(
        &mut self,
        program: &Path,
        supervisor: Supervisor,
        scratch: &Path,
    ) -> Result<(), Failure> {
        self.speech.tell("prepare")?;
        let language = self.speech.tag.clone();
        let folder = scratch.join("authority");
        let mut authority = Authority::prepare(program, supervisor, &folder, language)?;
        authority.start()?;
        self.speech.say(&format!("    {}", authority.base_url))?;
        self.done("authority started")?;

        self.speech.tell("register")?;
        let root_key = authority.root_key()?;
        let phone = Phone::new(
            &scratch.join("phone"),
            &authority.base_url,
            root_key,
            authority.file("ca.pem")?,
            &self.speech.tag,
        )?;
        phone.register()?;
        self.done("registration queued")?;
        phone.declare()?;
        self.done("declaration queued")?;

        self.speech.tell("sync")?;
        let outcome = phone.sync(SyncReason::AfterSubmit)?;
        let counts = [
            ("uploads", outcome.uploads_sent),
            ("bundles", outcome.bundles_updated),
        ];
        let synced = words::line_of_counts("synced", &counts, self.speech.language());
        self.speech.say(&format!("    {synced}"))?;
        self.done("first sync")?;
        let home = self.home(&phone, Colour::Green)?;

        self.speech.tell("code")?;
        let shown = self.show_codes(&phone, &scratch.join("code.png"))?;
        let (Some(first), Some(last)) = (shown.first(), shown.last()) else {
            return Err("no code was shown".into());
        };

        self.speech.tell("switch-off")?;
        authority.stop()?;
        self.done("authority stopped")?;

        self.speech.tell("check")?;
        let trust = authority.file("trust-bundle.cbor")?;
        let green_lists = phone.health_code.status_lists()?;
        let checkpoint = door::checkpoint(&trust, root_key, &green_lists)?;
        self.out.write("trust-bundle.cbor", &trust)?;
        self.out
            .write("root-key.hex", &authority.file("root-key.hex")?)?;
        // The base alone does for the command that is told at the end; what follows on it is there as well.
        for (number, list) in green_lists.iter().enumerate() {
            self.out.write(&list_file("status-list", number), list)?;
        }
        // The phone goes on without the server.
        phone.health_code.current_code()?;
        self.expect(&checkpoint, "check-shown", last, None)?;
        let replayed = Some("presentation_replayed");
        self.expect(&checkpoint, "check-replayed", last, replayed)?;
        let screenshot = checkpoint.check(&first.text, now() + 61);
        let too_old = Some("presentation_too_old");
        self.verdict("check-screenshot", &screenshot, too_old)?;
        self.done("offline checks")?;

        self.speech.tell("officers")?;
        authority.start()?;
        let citizen_id = home
            .colour
            .as_ref()
            .map(|colour| colour.citizen_id.clone())
            .ok_or("no colour")?;
        let both = ["officer-1", "officer-2"];
        let alone = authority.change_colour(&citizen_id, "yellow", "close_contact", &both[..1]);
        match alone {
            Ok(()) => return Err("one officer alone changed a colour".into()),
            Err(refusal) if refusal.to_string().contains("officers_refused") => {
                self.refused("one-officer", "officers_refused")?;
            }
            Err(other) => return Err(other),
        }
        authority.change_colour(&citizen_id, "yellow", "close_contact", &both)?;
        let who = words::line("two-officers", self.speech.language());
        self.speech.say(&format!("    ✓ {who}"))?;
        self.done("two officers changed the colour")?;

        self.speech.tell("push")?;
        phone.health_code.push_hint();
        phone.sync(SyncReason::PushHint)?;
        self.done("second sync")?;
        self.alert(&phone)?;
        self.home(&phone, Colour::Yellow)?;

        self.speech.tell("check-again")?;
        let yellow_lists = phone.health_code.status_lists()?;
        for (number, list) in yellow_lists.iter().enumerate() {
            self.out
                .write(&list_file("status-list-after", number), list)?;
        }
        let checkpoint = door::checkpoint(&trust, root_key, &yellow_lists)?;
        let yellow = phone.health_code.current_code()?;
        let not_admitted = Some("colour_not_admitted");
        self.expect(&checkpoint, "check-yellow", &yellow, not_admitted)?;
        let old = checkpoint.check(&last.text, now());
        if old.accepted {
            return Err("the green code from before the change was accepted".into());
        }
        self.verdict("check-before", &old, Some(old.reason))?;
        self.done("checks after the change")?;
        authority.stop()?;

        let result = serde_json::to_vec_pretty(&self.record.to_json())?;
        self.out.write_result(&result)?;
        self.speech.say("")?;
        self.speech.tell("held")?;
        let kept = self.out.path().map(|folder| next::Kept {
            folder,
            first_shown: self.first_shown,
            has_second: shown.len() > 1,
        });
        next::tell(kept.as_ref(), &self.speech)
    }

    /// Codes as they follow each other: until Enter is pressed, or until the second one.
    fn show_codes(&mut self, phone: &Phone, picture: &Path) -> Result<Vec<CodeView>, Failure> {
        let first = phone.health_code.current_code()?;
        self.first_shown = now();
        self.write_code("code-1", &first)?;
        self.done("first code")?;
        self.speech.tell("scan")?;
        let enter = self.asks.then(terminal::enter_presses);
        let until = enter.as_ref().map_or(Until::NextCode, Until::Enter);
        let mut shown = vec![first];
        let speech = self.speech.clone();
        CodeScreen::new(&speech, &phone.health_code, picture.to_owned()).show(
            &until,
            &mut |code| {
                shown.push(code.clone());
                match shown.len() {
                    2 => self.write_code("code-2", code),
                    _ => Ok(()),
                }
            },
        )?;
        self.begin();
        Ok(shown)
    }

    fn write_code(&mut self, name: &str, code: &CodeView) -> Result<(), Failure> {
        self.record.code(name, &code.text, now());
        self.out
            .write(&format!("{name}.txt"), code.text.as_bytes())?;
        let picture = picture::png(&matrix(&code.text)?, PIXELS_PER_MODULE)?;
        self.out.write(&format!("{name}.png"), &picture)
    }

    fn home(&mut self, phone: &Phone, expected: Colour) -> Result<HomeView, Failure> {
        let home = phone.health_code.home()?;
        let Some(view) = &home.colour else {
            return Err("the phone has no colour".into());
        };
        if view.colour != expected {
            return Err(format!(
                "expected {}, the phone shows {}",
                expected.id(),
                view.colour.id()
            )
            .into());
        }
        self.record.colour(view.colour.id());
        let word = view.colour.word(self.speech.language());
        self.speech
            .say(&format!("    {} {word}", view.colour.shape()))?;
        self.speech.tell_with("why", &[("text", &view.why)])?;
        let instruction = [("text", view.instruction.as_str())];
        self.speech.tell_with("instruction", &instruction)?;
        let (id, version) = (&view.rule_set_id, view.rule_set_version);
        let rule = format!("{id} v{version} / {}", view.rule_id);
        self.speech.tell_with("rule", &[("rule", &rule)])?;
        if let Some(day) = &view.earliest_green {
            self.speech.tell_with("earliest-green", &[("day", day)])?;
        }
        if let Some(check_ins) = &view.check_ins {
            self.speech.say(&format!("  {}", check_ins.text))?;
        }
        match view.recomputation {
            Recomputation::Same => self.speech.tell("same-by-rules")?,
            other => return Err(format!("the phone's own computation: {other:?}").into()),
        }
        Ok(home)
    }

    fn alert(&self, phone: &Phone) -> Result<(), Failure> {
        let alerts = phone.alerts.take();
        let change = alerts.iter().rev().find_map(|event| match event {
            HealthCodeEvent::ColourChanged(change) => Some(change),
            HealthCodeEvent::UploadRefused { .. }
            | HealthCodeEvent::RegistersAgain { .. }
            | HealthCodeEvent::NewBulletins { .. }
            | HealthCodeEvent::NewResults { .. }
            | HealthCodeEvent::ColourAlarms { .. } => None,
        });
        let change = change.ok_or("the phone raised no alert")?;
        if change.from != Some(Colour::Green) || change.to != Colour::Yellow {
            return Err("the alert tells another change".into());
        }
        let language = self.speech.language();
        let colours = [
            ("from", Colour::Green.word(language)),
            ("to", change.to.word(language)),
        ];
        let changed = words::line_with("colour-change", &colours, language);
        self.speech.say(&format!("    ⚠ {changed}"))?;
        let instruction = [("text", change.texts.instruction.as_str())];
        self.speech.tell_with("alert", &instruction)
    }

    fn expect(
        &mut self,
        checkpoint: &Checkpoint,
        what: &'static str,
        code: &CodeView,
        refusal: Option<&str>,
    ) -> Result<(), Failure> {
        let verdict = checkpoint.check(&code.text, now());
        self.verdict(what, &verdict, refusal)
    }

    /// Tells a verdict on `what` (an id of words) and holds it against the expected one.
    fn verdict(
        &mut self,
        what: &'static str,
        verdict: &Verdict,
        refusal: Option<&str>,
    ) -> Result<(), Failure> {
        let language = self.speech.language();
        let shown = words::line(what, language);
        let text = verdict.text(language);
        if verdict.accepted {
            let colour = verdict.colour.map_or("", |colour| colour.word(language));
            let name = verdict.masked_name.as_deref().unwrap_or("");
            let tail = verdict.document_tail.as_deref().unwrap_or("");
            let region = verdict.region_name.as_ref();
            let region = region.map_or("", |name| name.for_tag(&self.speech.tag));
            self.speech.say(&format!("    ✓ {shown}"))?;
            self.speech
                .say(&format!("      {text} {colour} {name} {tail} {region}"))?;
        } else {
            self.refused(what, verdict.reason)?;
            self.speech.say(&format!("      {text}"))?;
        }
        // The record is for programs: in one language, whatever the reader's.
        let what = words::line(what, Language::English);
        self.record.verdict(what, &serde_json::to_value(verdict)?);
        let expected = refusal.is_none() == verdict.accepted
            && refusal.is_none_or(|code| code == verdict.reason);
        if expected {
            Ok(())
        } else {
            Err(format!(
                "{what}: expected {}, got {}",
                refusal.unwrap_or("acceptance"),
                verdict.reason
            )
            .into())
        }
    }

    /// Tells that `what` (an id of words) was refused, as it should be.
    fn refused(&self, what: &'static str, reason: &str) -> Result<(), Failure> {
        let language = self.speech.language();
        let arguments = [("what", words::line(what, language)), ("reason", reason)];
        let line = words::line_with("refused", &arguments, language);
        self.speech.say(&format!("    ✗ {line}"))
    }

    /// Begins a step.
    fn begin(&mut self) {
        self.started = SystemClock.read().monotonic_ms;
    }

    /// Ends a step.
    fn done(&mut self, name: &str) -> Result<(), Failure> {
        let now = SystemClock.read().monotonic_ms;
        let took = Duration::from_millis(now.saturating_sub(self.started));
        self.record.step(name, took);
        let milliseconds = took.as_millis().to_string();
        let took = [("milliseconds", milliseconds.as_str())];
        let took = words::line_with("took", &took, self.speech.language());
        self.speech.say(&format!("    {took}"))?;
        self.begin();
        Ok(())
    }
}

/// The file of a status list: of the base, or of one that follows on it.
fn list_file(name: &str, number: usize) -> String {
    if number == 0 {
        format!("{name}.cbor")
    } else {
        format!("{name}-{number}.cbor")
    }
}
