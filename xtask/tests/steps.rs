//! Steps from outside, by real processes: what is ended with whom, and what is never ended.
#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    reason = "the whole program is a test; clippy knows only functions marked so"
)]

use std::io::{BufRead as _, BufReader, Read as _};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process, test_kill_process};

const XTASK: &str = env!("CARGO_BIN_EXE_xtask");
/// A child, a grandchild, and both their numbers; all of them wait.
const FAMILY: &str = "sleep 600 & sh -c 'sleep 600 & echo $!; wait' & echo $!; wait";

/// A step that runs `script`, and a supervised process's family where the script prints its numbers.
fn step(script: &str, options: &[&str]) -> Child {
    Command::new(XTASK)
        .arg("step")
        .args(options)
        .args(["--", "sh", "-c", script])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

fn numbers(stdout: &mut BufReader<ChildStdout>, count: usize) -> Vec<Pid> {
    let lines = stdout.by_ref().lines().take(count);
    let number = |line: String| Pid::from_raw(line.trim().parse().unwrap()).unwrap();
    lines.map(|line| number(line.unwrap())).collect()
}

/// Waits until none of them is there; a busy machine takes its time.
fn all_end(processes: &[Pid]) -> bool {
    (0..1_200).any(|_| {
        std::thread::sleep(Duration::from_millis(50));
        processes.iter().all(|id| !is_alive(*id))
    })
}

/// A zombie that nobody waits for has ended too.
fn is_alive(id: Pid) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", id.as_raw_nonzero()));
    match stat {
        Ok(stat) => !stat.contains(") Z "),
        Err(_) => !Path::new("/proc/self").exists() && test_kill_process(id).is_ok(),
    }
}

/// Whether a process started here ignores the signal: `nohup` and shells hand that down, and then it is meant so.
fn is_ignored(signal: Signal) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    mask.is_some_and(|mask| mask & (1 << (signal.as_raw() - 1)) != 0)
}

#[test]
fn whatever_ends_a_command_ends_all_that_it_started() {
    let signals = [Signal::KILL, Signal::TERM, Signal::INT, Signal::HUP];
    for signal in signals.into_iter().filter(|one| !is_ignored(*one)) {
        let mut xtask = step(FAMILY, &[]);
        let mut stdout = BufReader::new(xtask.stdout.take().unwrap());
        let family = numbers(&mut stdout, 2);
        assert!(family.iter().all(|id| is_alive(*id)));
        kill_process(Pid::from_child(&xtask), signal).unwrap();
        assert!(!xtask.wait().unwrap().success());
        assert!(all_end(&family), "{signal:?}");
    }
}

#[test]
fn one_that_ignores_being_asked_is_ended_too() {
    let mut xtask = step("trap '' TERM; echo $$; while :; do sleep 1; done", &[]);
    let mut stdout = BufReader::new(xtask.stdout.take().unwrap());
    let stubborn = numbers(&mut stdout, 1);
    xtask.kill().unwrap();
    xtask.wait().unwrap();
    assert!(all_end(&stubborn));
}

#[test]
fn a_folder_is_deleted_when_its_owner_has_gone() {
    let folder = std::env::temp_dir().join(format!("xtask-steps-{}", std::process::id()));
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("private.key"), "key").unwrap();
    let mut supervisor = Command::new(XTASK)
        .args(["supervise", "--remove"])
        .arg(&folder)
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    assert!(folder.exists());
    drop(supervisor.stdin.take());
    assert!(supervisor.wait().unwrap().success());
    assert!(!folder.exists());
}

/// What a step that may be silent for `end_secs` says.
fn output_of(end_secs: &str, script: &str) -> (Output, String) {
    let output = step(script, &["--end-secs", end_secs])
        .wait_with_output()
        .unwrap();
    let stdout_text = String::from_utf8(output.stdout.clone()).unwrap();
    (output, stdout_text)
}

#[test]
fn silence_without_work_is_told_and_ended_with_all_that_was_started() {
    let (output, stdout_text) = output_of("2", FAMILY);
    assert!(!output.status.success());
    assert!(stdout_text.contains("idle"), "{stdout_text}");
    assert!(
        stdout_text.contains("silent and without work for 2 s: ended"),
        "{stdout_text}"
    );
    let family: Vec<Pid> = stdout_text
        .lines()
        .filter_map(|line| Pid::from_raw(line.parse().ok()?))
        .collect();
    assert_eq!(family.len(), 2);
    assert!(all_end(&family));
}

#[test]
fn a_silent_one_that_computes_is_let_run() {
    let (output, stdout_text) = output_of("2", "exec timeout 7 sh -c 'while :; do :; done'");
    assert_eq!(output.status.code(), Some(1), "timeout ends it");
    assert!(stdout_text.contains("still computing"), "{stdout_text}");
    assert!(!stdout_text.contains("ended"), "{stdout_text}");
}

#[test]
fn a_compiler_that_waits_is_let_run() {
    let folder = std::env::temp_dir().join(format!("xtask-compiler-{}", std::process::id()));
    std::fs::create_dir(&folder).unwrap();
    let compiler = folder.join("rustc");
    // The kernel names a script's process by its file.
    std::fs::write(&compiler, "#!/bin/sh\nsleep 6\n").unwrap();
    std::fs::set_permissions(&compiler, PermissionsExt::from_mode(0o700)).unwrap();
    // A process of its own, below the shell, as below cargo.
    let (output, stdout_text) = output_of("2", &format!("{}; true", compiler.display()));
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(output.status.success(), "{stdout_text}");
}

#[test]
fn words_on_standard_error_are_a_sign_of_life() {
    let (output, stdout_text) = output_of(
        "4",
        "for i in 1 2 3 4 5 6 7 8; do echo $i >&2; sleep 1; done",
    );
    assert!(output.status.success(), "{stdout_text}");
    assert_eq!(output.stderr, b"1\n2\n3\n4\n5\n6\n7\n8\n");
}

#[test]
fn one_that_waits_for_another_cargo_is_let_wait() {
    let waiting = "printf '    Blocking waiting for file lock on build directory\\n' >&2; sleep 6";
    let (output, stdout_text) = output_of("2", waiting);
    assert!(output.status.success(), "{stdout_text}");
    assert!(
        stdout_text.contains("waiting for another cargo"),
        "{stdout_text}"
    );
}

#[test]
fn a_step_knows_nothing_of_the_cargo_that_runs_the_commands() {
    // Cargo set these for this test, so that they are there to be handed on.
    assert!(std::env::var_os("CARGO_MANIFEST_DIR").is_some());
    let (output, stdout_text) = output_of("60", "env");
    assert!(output.status.success());
    for name in ["CARGO=", "CARGO_MANIFEST_DIR=", "CARGO_PKG_NAME="] {
        assert!(
            !stdout_text.lines().any(|line| line.starts_with(name)),
            "{name}"
        );
    }
    assert!(stdout_text.contains("PATH="), "what a person set is kept");
}

#[test]
fn exit_codes_and_missing_programs_are_told() {
    let (output, stdout_text) = output_of("60", "exit 3");
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stdout_text.contains("failed: exit status: 3"),
        "{stdout_text}"
    );
    let missing = Command::new(XTASK)
        .args(["step", "--", "no-such-program-anywhere"])
        .output()
        .unwrap();
    assert_eq!(missing.status.code(), Some(1));
    let complaint = String::from_utf8(missing.stderr).unwrap();
    assert!(
        complaint.contains("no-such-program-anywhere could not be started"),
        "{complaint}"
    );
}
