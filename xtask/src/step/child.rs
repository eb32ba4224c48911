//! A step's program while it runs: its output is passed on as it comes, and it is given up only when it is certain to hang.
//!
//! Invariant: a program that says something, computes, compiles or waits for another cargo is never ended from here,
//! however long it takes; whatever ends this process ends the program and all that it started ([`crate::supervise`]).

use std::io::{self, Read, Write};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use super::note;
use super::process_tree::Look;

/// How long a silence is borne.
#[derive(Clone, Copy)]
pub struct Patience {
    /// How often the processes are looked at.
    pub look: Duration,
    /// A silence this long is told, and told again.
    pub tell: Duration,
    /// Silent and without work for this long, it hangs.
    pub end: Duration,
}

impl Patience {
    /// For everything that the project's commands start.
    pub const USUAL: Self = Self {
        look: Duration::from_secs(10),
        tell: Duration::from_mins(3),
        end: Duration::from_mins(20),
    };
}

/// What comes from the program.
enum Sound {
    /// A whole line on standard output.
    Line(String),
    /// Bytes; whether they end in cargo's word that it waits for another cargo.
    Bytes { waits_for_a_lock: bool },
}

/// Runs `command` to its end; `each` gets every line of its standard output.
pub fn run(
    command: &Command,
    patience: Patience,
    each: &mut dyn FnMut(&str),
) -> io::Result<ExitStatus> {
    let mut child = supervised(command)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let lifeline = child.stdin.take();
    let (sender, sounds) = channel();
    if let Some(stdout) = child.stdout.take() {
        let sender = sender.clone();
        std::thread::spawn(move || pass_on(stdout, io::stdout(), true, &sender));
    }
    if let Some(stderr) = child.stderr.take() {
        std::thread::spawn(move || pass_on(stderr, io::stderr(), false, &sender));
    }
    listen(&mut child, lifeline, patience, &sounds, each)?;
    child.wait()
}

/// Hears the program out. Dropping `lifeline` ends it.
fn listen(
    child: &mut Child,
    mut lifeline: Option<ChildStdin>,
    patience: Patience,
    sounds: &Receiver<Sound>,
    each: &mut dyn FnMut(&str),
) -> io::Result<()> {
    let (mut silent, mut idle) = (Duration::ZERO, Duration::ZERO);
    let mut waits_for_a_lock = false;
    let mut last = Look::at(child.id());
    loop {
        match sounds.recv_timeout(patience.look) {
            Ok(sound) => {
                (silent, idle) = (Duration::ZERO, Duration::ZERO);
                match sound {
                    Sound::Line(line) => each(&line),
                    Sound::Bytes {
                        waits_for_a_lock: waits,
                    } => waits_for_a_lock = waits,
                }
            }
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
            Err(RecvTimeoutError::Timeout) => {
                if child.try_wait()?.is_some() {
                    // Something that it left running holds its output.
                    return Ok(());
                }
                let look = Look::at(child.id());
                silent += patience.look;
                idle += patience.look;
                if waits_for_a_lock || look.works_since(last, patience.look) {
                    idle = Duration::ZERO;
                }
                last = look;
                if idle >= patience.end && lifeline.take().is_some() {
                    note(&format!(
                        "silent and without work for {} s: ended",
                        idle.as_secs()
                    ));
                } else if told_now(silent, patience) {
                    let doing = match (waits_for_a_lock, idle.is_zero()) {
                        (true, _) => "waiting for another cargo",
                        (false, true) => "still computing",
                        (false, false) => "idle",
                    };
                    note(&format!("silent for {} s, {doing}", silent.as_secs()));
                }
            }
        }
    }
}

/// Whether `silent` has just reached a multiple of what is told.
fn told_now(silent: Duration, patience: Patience) -> bool {
    let times = |at: Duration| at.as_millis() / patience.tell.as_millis().max(1);
    times(silent) > times(silent.saturating_sub(patience.look))
}

/// Copies everything, tells of everything. Nobody who reads is no reason to stop: the program's end is what counts.
fn pass_on(mut from: impl Read, mut to: impl Write, lines: bool, sender: &Sender<Sound>) {
    let mut buffer = [0; 8 * 1024];
    let mut line = Vec::new();
    loop {
        let read = match from.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => &buffer[..read],
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(_) => break,
        };
        let _ = to.write_all(read).and_then(|()| to.flush());
        let end = String::from_utf8_lossy(&read[read.len().saturating_sub(200)..]);
        let waits_for_a_lock = end
            .trim_end()
            .lines()
            .next_back()
            .is_some_and(|last| last.contains("waiting for file lock"));
        if sender.send(Sound::Bytes { waits_for_a_lock }).is_err() {
            break;
        }
        for byte in read.iter().filter(|_| lines) {
            if *byte == b'\n' {
                let whole = String::from_utf8_lossy(&line).trim_end().to_owned();
                line.clear();
                let _ = sender.send(Sound::Line(whole));
            } else {
                line.push(*byte);
            }
        }
    }
    if !line.is_empty() {
        let _ = sender.send(Sound::Line(String::from_utf8_lossy(&line).into_owned()));
    }
}

/// `command`, started by a supervisor in a process group of its own.
pub(super) fn supervised(command: &Command) -> Command {
    // The file may have been replaced by a build; the kernel still knows the one that runs.
    let own = if cfg!(target_os = "linux") {
        "/proc/self/exe".into()
    } else {
        std::env::current_exe().unwrap_or_else(|_| "xtask".into())
    };
    let mut supervisor = Command::new(own);
    supervisor.args(["supervise", "--"]);
    supervisor
        .arg(command.get_program())
        .args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => supervisor.env(name, value),
            None => supervisor.env_remove(name),
        };
    }
    if let Some(folder) = command.get_current_dir() {
        supervisor.current_dir(folder);
    }
    crate::supervise::in_a_group_of_its_own(&mut supervisor);
    supervisor
}
