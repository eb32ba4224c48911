//! Runs one external command as a numbered step, with its output shown as it comes.
//!
//! Invariant: a step that could not be started has failed.
#![expect(
    clippy::print_stdout,
    reason = "a command speaks to the person who called it"
)]

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, mpsc};
use std::time::Duration;

/// The workspace's root.
pub fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.parent().map_or(here.clone(), PathBuf::from)
}

/// `cargo` as the one that runs us.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}

/// The folder in which this very program lies: cargo puts all of the workspace's programs and libraries there.
pub fn binaries() -> Option<PathBuf> {
    std::env::current_exe().ok()?.parent().map(PathBuf::from)
}

/// Says what comes.
pub fn announce(text: &str) {
    println!("\n==> {text}");
}

/// Says something about the step under way.
pub fn note(text: &str) {
    println!("    {text}");
}

/// Runs `command` with its output passed through; whether it ended well.
pub fn run(title: &str, command: &mut Command) -> bool {
    announce(title);
    match command.status() {
        Ok(status) if status.success() => true,
        Ok(status) => {
            note(&format!("failed: {status}"));
            false
        }
        Err(error) => {
            note(&format!("could not start: {error}"));
            false
        }
    }
}

/// Runs `command`, passes its standard output through and hands each line to `each`. One that says nothing for
/// [`PATIENCE_SECS`] hangs: it is ended and has failed.
pub fn run_reading(title: &str, command: &mut Command, mut each: impl FnMut(&str)) -> bool {
    announce(title);
    let mut child = match command.stdout(Stdio::piped()).spawn() {
        Ok(child) => child,
        Err(error) => {
            note(&format!("could not start: {error}"));
            return false;
        }
    };
    let silent_secs = Arc::new(AtomicU32::new(0));
    let (ended, watched) = mpsc::channel::<()>();
    let watcher = {
        let (silent_secs, pid) = (silent_secs.clone(), child.id().to_string());
        std::thread::spawn(move || {
            let second = Duration::from_secs(1);
            while watched.recv_timeout(second) == Err(mpsc::RecvTimeoutError::Timeout) {
                if silent_secs.fetch_add(1, Ordering::Relaxed) == PATIENCE_SECS {
                    note(&format!("silent for {PATIENCE_SECS} s: ended"));
                    let _ = Command::new("kill").args(["-KILL", &pid]).status();
                }
            }
        })
    };
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            silent_secs.store(0, Ordering::Relaxed);
            println!("{line}");
            each(&line);
        }
    }
    let well = child.wait().is_ok_and(|status| status.success());
    drop(ended);
    let _ = watcher.join();
    well
}

/// A first build of everything takes less.
const PATIENCE_SECS: u32 = 20 * 60;

/// The standard output of `program arguments`, trimmed; none if it cannot be run or fails.
pub fn output(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program)
        .args(arguments)
        .stderr(Stdio::null())
        .output()
        .ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Installs Debian packages as root; elsewhere says what to install.
pub fn install(packages: &[&str]) -> bool {
    let may_install = output("id", &["-u"]).as_deref() == Some("0")
        && output("apt-get", &["--version"]).is_some();
    if !may_install {
        note(&format!(
            "please install: {} (on Debian or Ubuntu: apt-get install {})",
            packages.join(", "),
            packages.join(" ")
        ));
        return false;
    }
    let quiet = |command: &mut Command| {
        command
            .env("DEBIAN_FRONTEND", "noninteractive")
            .status()
            .is_ok_and(|status| status.success())
    };
    note(&format!("installing {}", packages.join(", ")));
    quiet(Command::new("apt-get").args(["update", "-qq"]))
        && quiet(
            Command::new("apt-get")
                .args(["install", "-y", "-qq", "--no-install-recommends"])
                .args(packages),
        )
}
