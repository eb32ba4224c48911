//! The story, step by step. Each step says what happens, holds or fails, and is timed.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Receiver;
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
use health_code_core::wire::BundleKind;
use health_code_core::words::LanguageTag;

use crate::authority_process::Authority;
use crate::citizen::Phone;
use crate::code_screen;
use crate::door::{self, now};
use crate::record::Record;
use crate::supervised::Supervisor;
use crate::{Arguments, Failure, next, words};

/// Pixels a module in the pictures that are written: scanners need at least 3.
const PIXELS_PER_MODULE: u32 = 8;

/// Tells the story; an error is a step that did not hold.
pub fn tell(arguments: &Arguments) -> Result<(), Failure> {
    let supervisor = Supervisor::new(&arguments.supervisor);
    // Keys lie there: it goes away with this process, on Ctrl-C too.
    let scratch = tempfile::tempdir()?;
    let _removed = supervisor.remove_at_the_end(scratch.path())?;
    let mut story = Story {
        record: Record::default(),
        language: arguments.language(),
        out: arguments.out.clone(),
        enter: (!arguments.once && std::io::stdin().is_terminal()).then(code_screen::enter_presses),
        started: SystemClock.read().monotonic_ms,
        first_shown: 0,
    };
    if let Some(out) = &story.out {
        std::fs::create_dir_all(out).map_err(|error| format!("{}: {error}", out.display()))?;
        // A folder that cannot be written to is told now, not after the walk.
        story.write("result.json", b"")?;
    }
    story.run(&arguments.authority, supervisor, scratch.path())
}

struct Story {
    record: Record,
    language: LanguageTag,
    out: Option<PathBuf>,
    enter: Option<Receiver<()>>,
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
        self.say("prepare");
        let mut authority = Authority::prepare(program, supervisor, &scratch.join("authority"))?;
        authority.start()?;
        println!("    {}", authority.base_url);
        self.done("authority started");

        self.say("register");
        let root_key = authority.root_key()?;
        let phone = Phone::new(
            &scratch.join("phone"),
            &authority.base_url,
            root_key,
            authority.file("ca.pem")?,
            &self.language,
        )?;
        phone.register()?;
        self.done("registration queued");
        phone.declare()?;
        self.done("declaration queued");

        self.say("sync");
        let outcome = phone.sync(SyncReason::AfterSubmit)?;
        let counts = [
            ("uploads", outcome.uploads_sent),
            ("bundles", outcome.bundles_updated),
        ];
        println!(
            "    {}",
            words::line_of_counts("synced", &counts, self.language.words())
        );
        self.done("first sync");
        let home = self.home(&phone, Colour::Green)?;

        self.say("code");
        let (first, second) = self.show_codes(&phone)?;

        self.say("switch-off");
        authority.stop()?;
        self.done("authority stopped");

        self.say("check");
        let trust = authority.file("trust-bundle.cbor")?;
        let green_list = Self::status_list(&phone, &authority.issuer_name)?;
        let checkpoint = door::checkpoint(&trust, root_key, &green_list)?;
        self.write("trust-bundle.cbor", &trust)?;
        self.write("root-key.hex", &authority.file("root-key.hex")?)?;
        self.write("status-list.cbor", &green_list)?;
        // A third one too: the phone goes on without the server.
        let third = phone.health_code.current_code()?;
        self.expect(&checkpoint, "code-2, server off", &second, None)?;
        self.expect(
            &checkpoint,
            "the same code again",
            &second,
            Some("presentation_replayed"),
        )?;
        let later = checkpoint.check(&first.text, now() + 61);
        self.verdict(
            "code-1 a minute later (a screenshot)",
            &later,
            Some("presentation_too_old"),
        )?;
        self.done("offline checks");
        drop(third);

        self.say("officers");
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
                println!("    ✗ officer-1 alone: officers_refused");
            }
            Err(other) => return Err(other),
        }
        authority.change_colour(&citizen_id, "yellow", "close_contact", &both)?;
        println!("    ✓ officer-1 and officer-2");
        self.done("two officers changed the colour");

        self.say("push");
        phone.health_code.push_hint();
        phone.sync(SyncReason::PushHint)?;
        self.done("second sync");
        self.alert(&phone)?;
        self.home(&phone, Colour::Yellow)?;

        self.say("check-again");
        let yellow_list = Self::status_list(&phone, &authority.issuer_name)?;
        self.write("status-list-after.cbor", &yellow_list)?;
        let checkpoint = door::checkpoint(&trust, root_key, &yellow_list)?;
        let yellow = phone.health_code.current_code()?;
        self.expect(
            &checkpoint,
            "yellow code",
            &yellow,
            Some("colour_not_admitted"),
        )?;
        let old = checkpoint.check(&second.text, now());
        if old.accepted {
            return Err("the green code from before the change was accepted".into());
        }
        self.verdict(
            "green code from before",
            &old,
            old.refusal
                .as_ref()
                .map(health_code_core::code::Refusal::code),
        )?;
        self.done("checks after the change");
        authority.stop()?;

        let result = serde_json::to_vec_pretty(&self.record.to_json())?;
        self.write("result.json", &result)?;
        println!();
        self.say("held");
        next::tell(self.out.as_deref(), self.first_shown, self.language.words());
        Ok(())
    }

    /// Two successive codes: shown until Enter, or waited for.
    fn show_codes(&mut self, phone: &Phone) -> Result<(CodeView, CodeView), Failure> {
        let first = phone.health_code.current_code()?;
        self.first_shown = now();
        self.write_code("code-1", &first)?;
        self.done("first code");
        println!("{}", code_screen::draw(&first, self.language.words())?);
        self.say("next-code");
        let second = code_screen::wait_for_next(&phone.health_code, &first)?;
        self.write_code("code-2", &second)?;
        self.done("second code");
        if let Some(enter) = &self.enter {
            self.say("scan");
            code_screen::show_until_enter(&phone.health_code, enter)?;
            let shown = phone.health_code.current_code()?;
            return Ok((second, shown));
        }
        println!("{}", code_screen::draw(&second, self.language.words())?);
        Ok((first, second))
    }

    fn write_code(&mut self, name: &str, code: &CodeView) -> Result<(), Failure> {
        self.record.code(name, &code.text, now());
        self.write(&format!("{name}.txt"), code.text.as_bytes())?;
        self.write(
            &format!("{name}.png"),
            &picture::png(&matrix(&code.text)?, PIXELS_PER_MODULE)?,
        )
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
        println!(
            "    {} {}",
            view.colour.shape(),
            view.colour.word(self.language.words())
        );
        self.say_with("why", "text", &view.why);
        self.say_with("instruction", "text", &view.instruction);
        let (id, version) = (&view.rule_set_id, view.rule_set_version);
        self.say_with(
            "rule",
            "rule",
            &format!("{id} v{version} / {}", view.rule_id),
        );
        if let Some(day) = &view.earliest_green {
            self.say_with("earliest-green", "day", day);
        }
        if let Some(check_ins) = &view.check_ins {
            println!("  {}", check_ins.text);
        }
        match view.recomputation {
            Recomputation::Same => self.say("same-by-rules"),
            other => return Err(format!("the phone's own computation: {other:?}").into()),
        }
        Ok(home)
    }

    fn alert(&self, phone: &Phone) -> Result<(), Failure> {
        let alerts = phone.alerts.take();
        let change = alerts.iter().rev().find_map(|event| match event {
            HealthCodeEvent::ColourChanged(change) => Some(change),
            HealthCodeEvent::UploadRefused { .. } | HealthCodeEvent::NewBulletins { .. } => None,
        });
        let change = change.ok_or("the phone raised no alert")?;
        if change.from != Some(Colour::Green) || change.to != Colour::Yellow {
            return Err("the alert tells another change".into());
        }
        println!("    ⚠ {} -> {}", Colour::Green.id(), change.to.id());
        self.say_with("alert", "text", &change.texts.instruction);
        Ok(())
    }

    /// The status list that the phone fetched with its last sync: what a checkpoint would have.
    fn status_list(phone: &Phone, issuer: &str) -> Result<Vec<u8>, Failure> {
        let list = phone
            .health_code
            .published_bundle(&BundleKind::STATUS_LIST, issuer)?;
        list.ok_or_else(|| "the phone has no status list".into())
    }

    fn expect(
        &mut self,
        checkpoint: &Checkpoint,
        what: &str,
        code: &CodeView,
        refusal: Option<&str>,
    ) -> Result<(), Failure> {
        let verdict = checkpoint.check(&code.text, now());
        self.verdict(what, &verdict, refusal)
    }

    fn verdict(
        &mut self,
        what: &str,
        verdict: &Verdict,
        refusal: Option<&str>,
    ) -> Result<(), Failure> {
        let mark = if verdict.accepted { "✓" } else { "✗" };
        println!("    {mark} {what}: {}", verdict.reason);
        if verdict.accepted {
            println!(
                "      {} {} {} {}",
                verdict.colour.map_or("", Colour::id),
                verdict.masked_name.as_deref().unwrap_or(""),
                verdict.document_tail.as_deref().unwrap_or(""),
                verdict
                    .region_name
                    .as_ref()
                    .map_or("", |name| name.for_tag(&self.language))
            );
        } else {
            println!("      {}", verdict.text(self.language.words()));
        }
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

    /// Ends a step.
    fn done(&mut self, name: &str) {
        let now = SystemClock.read().monotonic_ms;
        let took = Duration::from_millis(now.saturating_sub(self.started));
        self.started = now;
        self.record.step(name, took);
        println!("    [{} ms]", took.as_millis());
    }

    fn say(&self, id: &'static str) {
        println!("  {}", words::line(id, self.language.words()));
    }

    fn say_with(&self, id: &str, name: &str, value: &str) {
        println!(
            "  {}",
            words::line_with(id, name, value, self.language.words())
        );
    }

    fn write(&self, name: &str, bytes: &[u8]) -> Result<(), Failure> {
        if let Some(out) = &self.out {
            let file = out.join(name);
            std::fs::write(&file, bytes).map_err(|error| format!("{}: {error}", file.display()))?;
        }
        Ok(())
    }
}
