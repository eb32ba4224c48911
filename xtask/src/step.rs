//! Runs one external command as a numbered step, with its output shown as it comes.
//!
//! Invariant: a step that could not be started has failed; one that runs ends with this process.

mod child;
mod companion;
mod process_tree;

use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::process::{Command, Stdio};

pub use child::Patience;
pub use companion::Companion;

/// The workspace's root.
pub fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.parent().map_or(here.clone(), PathBuf::from)
}

/// `cargo` as the one that runs us, in an environment as the caller's shell has it.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    without_our_cargos_own(&mut command);
    if stderr_takes_escapes() {
        // Its output goes through our hands, so that it cannot see the terminal at the end.
        for (name, value) in [
            ("CARGO_TERM_COLOR", "always"),
            ("CARGO_TERM_PROGRESS_WHEN", "always"),
            ("CARGO_TERM_PROGRESS_WIDTH", "80"),
        ] {
            if std::env::var_os(name).is_none() {
                command.env(name, value);
            }
        }
    }
    command
}

/// Whether standard error is a terminal that takes escape sequences, and a person wants them (no-color.org).
fn stderr_takes_escapes() -> bool {
    let set = |name| std::env::var_os(name).filter(|value| !value.is_empty());
    std::io::stderr().is_terminal()
        && set("NO_COLOR").is_none()
        && set("TERM").is_none_or(|term| term != "dumb")
}

/// Takes away what the cargo that started us has set for us. Build scripts that name such a variable (ring's names
/// `CARGO_MANIFEST_DIR`) would run again at every change between `cargo xtask` and `cargo`, and all that is built on them.
pub fn without_our_cargos_own(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(is_our_cargos_own) {
            command.env_remove(name);
        }
    }
}

/// What cargo sets for a program that it runs, by its reference; a person sets none of these.
fn is_our_cargos_own(name: &str) -> bool {
    const NAMES: [&str; 7] = [
        "CARGO",
        "CARGO_BIN_NAME",
        "CARGO_CRATE_NAME",
        "CARGO_PRIMARY_PACKAGE",
        "CARGO_RUSTC_CURRENT_DIR",
        "CARGO_TARGET_TMPDIR",
        "OUT_DIR",
    ];
    const STARTS: [&str; 3] = ["CARGO_BIN_EXE_", "CARGO_MANIFEST_", "CARGO_PKG_"];
    NAMES.contains(&name) || STARTS.iter().any(|start| name.starts_with(start))
}

/// The folder in which this very program lies: cargo puts all of the workspace's programs and libraries there.
pub fn binaries() -> Option<PathBuf> {
    std::env::current_exe().ok()?.parent().map(PathBuf::from)
}

/// Says what comes.
pub fn announce(text: &str) {
    say(&format!("\n==> {text}"));
}

/// Says something about the step under way.
pub fn note(text: &str) {
    say(&format!("    {text}"));
}

/// A line on standard output. Nobody who reads any more (`| head`) is no reason to stop in the middle of the work.
pub fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// What is wrong, on standard error.
pub fn complain(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// Runs one of many small commands of a step: what it says is kept for the error if it fails.
pub fn quietly(command: &mut Command) -> Result<(), String> {
    let name = command.get_program().display().to_string();
    let output = command.stdin(Stdio::null()).output();
    let output = output.map_err(|error| format!("{name} could not start: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let told = [output.stdout, output.stderr].concat();
    Err(format!(
        "{name}: {}\n{}",
        output.status,
        String::from_utf8_lossy(&told)
    ))
}

/// Runs `command` with its output passed through; whether it ended well.
pub fn run(title: &str, command: &mut Command) -> bool {
    run_reading(title, command, |_| {})
}

/// Runs `command`, passes its output through and hands each line of its standard output to `each`.
pub fn run_reading(title: &str, command: &mut Command, each: impl FnMut(&str)) -> bool {
    announce(title);
    run_patiently(command, Patience::USUAL, each)
}

/// Runs `command`, which is ended when it hangs by the measure of `patience`; whether it ended well.
pub fn run_patiently(command: &Command, patience: Patience, mut each: impl FnMut(&str)) -> bool {
    match child::run(command, patience, &mut each) {
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

/// Lets `command` take this process's place, with its terminal and its keys. Comes back only if it could not.
pub fn become_program(command: &mut Command) -> bool {
    without_our_cargos_own(command);
    #[cfg(unix)]
    let error = std::os::unix::process::CommandExt::exec(command);
    #[cfg(not(unix))]
    let error = match command.status() {
        Ok(status) => return status.success(),
        Err(error) => error,
    };
    note(&format!(
        "{} could not start: {error}",
        command.get_program().display()
    ));
    false
}

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
    let apt = |arguments: &[&str]| {
        run(
            &format!("apt-get {}", arguments.join(" ")),
            Command::new("apt-get")
                .env("DEBIAN_FRONTEND", "noninteractive")
                .args(["-y", "-qq"])
                .args(arguments),
        )
    };
    // An update may fail for a list that is not needed: what counts is the install.
    apt(&["update"]);
    let arguments = [&["install", "--no-install-recommends"], packages].concat();
    apt(&arguments)
}

#[cfg(test)]
mod tests {
    use super::is_our_cargos_own;

    #[test]
    fn what_cargo_set_for_us_is_told_from_what_a_person_sets() {
        for name in [
            "CARGO_MANIFEST_DIR",
            "CARGO_PKG_VERSION_PRE",
            "OUT_DIR",
            "CARGO",
        ] {
            assert!(is_our_cargos_own(name), "{name}");
        }
        for name in [
            "CARGO_HOME",
            "CARGO_TARGET_DIR",
            "CARGO_BUILD_JOBS",
            "CARGO_INCREMENTAL",
            "RUSTFLAGS",
        ] {
            assert!(!is_our_cargos_own(name), "{name}");
        }
    }

    #[test]
    fn the_cargo_that_is_started_knows_nothing_of_the_one_that_runs_us() {
        // Cargo runs this test, so the variable is there.
        assert!(std::env::var_os("CARGO_MANIFEST_DIR").is_some());
        let cargo = super::cargo();
        for name in ["CARGO_MANIFEST_DIR", "CARGO_PKG_NAME", "CARGO"] {
            assert!(
                cargo
                    .get_envs()
                    .any(|(set, value)| set == name && value.is_none()),
                "{name}"
            );
        }
    }
}
