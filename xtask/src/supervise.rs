//! `xtask supervise`: runs one program and ends it, with all that it started, once the one who asked is gone.
//!
//! Invariant: standard input is a lifeline that the asking process holds. It closes however that process ends, by
//! `kill -9` too, and nothing of the program's process group outlives that.
//! Not here: what the program says goes where its output is sent; a program that makes a session of its own is not reached.

use std::ffi::OsString;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, ExitStatus, Stdio};
use std::sync::Mutex;
use std::time::Duration;

use clap::Args;

/// What to run, and what to do at the end.
#[derive(Args)]
pub struct SuperviseArguments {
    /// Time between asking to end and ending, milliseconds.
    #[arg(long, default_value_t = 2_000)]
    grace_ms: u64,
    /// A folder to delete once the lifeline has closed.
    #[arg(long, value_name = "DIR")]
    remove: Option<PathBuf>,
    /// The program and its arguments; without one there is only the lifeline to wait for.
    #[arg(last = true)]
    program: Vec<OsString>,
}

/// Held by whoever ends the process group or finds it ended.
static ENDING: Mutex<()> = Mutex::new(());

/// Runs the program; its exit code, 128 and the signal if a signal ended it.
pub fn run(arguments: &SuperviseArguments) -> ExitCode {
    let Some((program, rest)) = arguments.program.split_first() else {
        wait_for_the_lifeline();
        return removed(arguments.remove.as_deref());
    };
    let mut command = Command::new(program);
    command.args(rest).stdin(Stdio::null());
    in_a_group_of_its_own(&mut command);
    let mut child = match command.spawn() {
        Ok(child) => child,
        Err(error) => {
            let _ = writeln!(
                io::stderr(),
                "{} could not be started: {error}",
                program.display()
            );
            return ExitCode::from(127);
        }
    };
    let group = Group::new(&child);
    let (grace, remove) = (
        Duration::from_millis(arguments.grace_ms),
        arguments.remove.clone(),
    );
    std::thread::spawn(move || {
        wait_for_the_lifeline();
        let _held = ENDING.lock();
        group.end(grace);
        let _ = removed(remove.as_deref());
        std::process::exit(1);
    });
    let ended = child.wait();
    // Kept to the end of this process: from here on the group's number may be another's.
    std::mem::forget(ENDING.lock());
    ended.map_or(ExitCode::FAILURE, exit_code)
}

fn wait_for_the_lifeline() {
    // Nothing is ever written to it: any end of reading is the other side's end.
    let _ = io::stdin().lock().read_to_end(&mut Vec::new());
}

/// Deletes it; a program that is just being ended may still put a file there.
fn removed(folder: Option<&Path>) -> ExitCode {
    let Some(folder) = folder else {
        return ExitCode::SUCCESS;
    };
    for _ in 0..10 {
        if std::fs::remove_dir_all(folder).is_ok() || !folder.exists() {
            return ExitCode::SUCCESS;
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    ExitCode::FAILURE
}

/// Makes `command` the first of a process group, so that it is ended with all it starts, and a signal meant for
/// ours does not reach it.
pub fn in_a_group_of_its_own(command: &mut Command) {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    #[cfg(not(unix))]
    let _ = command;
}

fn exit_code(status: ExitStatus) -> ExitCode {
    #[cfg(unix)]
    let signal = std::os::unix::process::ExitStatusExt::signal(&status);
    #[cfg(not(unix))]
    let signal = None;
    let code = status.code().or(signal.map(|signal: i32| 128 + signal));
    ExitCode::from(code.and_then(|code| u8::try_from(code).ok()).unwrap_or(1))
}

/// The program's process group.
#[cfg(unix)]
#[derive(Clone, Copy)]
struct Group(rustix::process::Pid);

#[cfg(unix)]
impl Group {
    fn new(child: &Child) -> Self {
        Self(rustix::process::Pid::from_child(child))
    }

    /// Asks all of it to end; what is left after `grace` is killed.
    fn end(self, grace: Duration) {
        use rustix::process::{Signal, kill_process_group, test_kill_process_group};
        let Self(first) = self;
        let step = Duration::from_millis(20);
        let gone_within = |time: Duration| {
            let mut waited = Duration::ZERO;
            while test_kill_process_group(first).is_ok() {
                if waited >= time {
                    return false;
                }
                std::thread::sleep(step);
                waited += step;
            }
            true
        };
        let asked = !grace.is_zero() && kill_process_group(first, Signal::TERM).is_ok();
        if asked && gone_within(grace) {
            return;
        }
        let _ = kill_process_group(first, Signal::KILL);
        // The kernel takes a moment. Bounded: where nobody waits for orphans, they keep their place.
        gone_within(Duration::from_secs(2));
    }
}

/// Without process groups a program is left to end by the closing of its pipes.
#[cfg(not(unix))]
#[derive(Clone, Copy)]
struct Group;

#[cfg(not(unix))]
impl Group {
    fn new(_: &Child) -> Self {
        Self
    }

    fn end(self, _: Duration) {}
}
