//! The demo as a person meets it: on terminals of all kinds, in pipes, in both languages. Real programs, a real
//! pseudo-terminal, no fakes.
#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "the whole program is a test, clippy knows only functions marked so; it measures how long a person waits"
)]

mod programs;
mod pseudo_terminal;

use std::fs::read_to_string;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use health_code_core::picture::{self, QUIET_ZONE_MODULES, matrix};
use programs::{demo, program};
use pseudo_terminal::{modules, start};

/// Width of the code with its quiet zone, modules; two rows of them are a line.
const SIDE: usize = 69;

/// A code's modules with the quiet zone, to an even number of rows.
fn drawn(text: &str) -> Vec<Vec<bool>> {
    let matrix = matrix(text).unwrap();
    let inside = |place: usize| place.checked_sub(QUIET_ZONE_MODULES);
    let is_dark = |x: usize, y: usize| matches!((inside(x), inside(y)), (Some(x), Some(y)) if matrix.is_dark(x, y));
    let row = |y: usize| (0..SIDE).map(|x| is_dark(x, y)).collect();
    (0..SIDE.next_multiple_of(2)).map(row).collect()
}

fn is_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9fff}')
}

/// Milliseconds that the steps say they took.
fn told_milliseconds(written: &str) -> u64 {
    let numbers = written.lines().filter_map(|line| {
        let number = line.trim().strip_prefix('[')?.strip_suffix(" ms]")?;
        number.parse::<u64>().ok()
    });
    numbers.sum()
}

#[test]
fn a_large_terminal_shows_one_whole_code_at_a_time_and_the_question() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("my codes");
    let begun = Instant::now();
    let mut terminal = start(demo().arg("--out").arg(&out), 100, 45);
    terminal.wait_for("Press Enter to go on.");
    let asked = Instant::now();
    for name in ["code-1.txt", "code-2.txt"] {
        let file = out.join(name);
        terminal.wait_until(name, |screen| {
            let code = read_to_string(&file).unwrap_or_default();
            !code.is_empty() && modules(screen) == drawn(&code)
        });
        assert!(terminal.contents().contains("Press Enter to go on."));
    }
    terminal.press_enter();
    let waited = asked.elapsed();
    assert!(terminal.wait().success(), "{}", terminal.contents());
    assert_eq!(
        terminal.rows_of_codes(),
        SIDE.div_ceil(2),
        "one code, in its last state"
    );
    let written = terminal.written();
    let all = begun.elapsed();
    let counted = Duration::from_millis(told_milliseconds(&written));
    assert!(
        counted + waited <= all,
        "{counted:?} of {all:?}, {waited:?} are the reader's"
    );
    assert!(!written.contains("code-1 a minute"), "{written}");
    let foreign = written.lines().find(|line| line.contains(is_han));
    // The citizen's name is a name.
    let is_name = |line: &str| line.contains('*') || line.contains('＊');
    assert!(foreign.is_none_or(is_name), "{foreign:?}");
    the_command_at_the_end_accepts(&written, &out);
}

/// What the demo ends with can be pasted into a shell.
fn the_command_at_the_end_accepts(written: &str, out: &Path) {
    for next in [
        "cargo xtask authority --data",
        "docs/KOTLIN.md",
        "docs/SWIFT.md",
        &format!("{}/code-1.png", out.display()),
    ] {
        assert!(written.contains(next), "{next}");
    }
    let (_, command) = written.split_once("cargo xtask checkpoint ").unwrap();
    let (command, _) = command.split_once("code-1.png").unwrap();
    let checkpoint = program("health-code-checkpoint");
    let command = format!("{} {command}code-1.png", checkpoint.display()).replace('\r', "");
    let checked = Command::new("sh").args(["-c", &command]).output().unwrap();
    assert!(checked.status.success(), "{command}: {checked:?}");
}

#[test]
fn a_small_terminal_is_told_the_size_and_gets_a_picture_and_enter_ends_the_wait() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let mut terminal = start(demo().arg("--out").arg(&out), 80, 24);
    // Before anything is asked: no answer to what is asked later.
    terminal.press_enter();
    terminal.wait_for("the code needs 69 and 38");
    terminal.wait_for("Press Enter to go on.");
    std::thread::sleep(Duration::from_secs(1));
    let contents = terminal.contents();
    assert!(contents.contains("80 columns and 24 rows"), "{contents}");
    assert!(!contents.contains("switched off"), "{contents}");
    assert_eq!(terminal.rows_of_codes(), 0);
    let picture = contents.lines().find(|line| line.ends_with("code.png"));
    let picture = std::fs::read(picture.unwrap().trim()).unwrap();
    let made = |name: &str| {
        let code = read_to_string(out.join(name)).unwrap_or_default();
        matrix(&code).is_ok_and(|matrix| picture::png(&matrix, 8).unwrap() == picture)
    };
    assert!(made("code-1.txt") || made("code-2.txt"));

    terminal.resize(100, 45);
    terminal.wait_until("the whole code", |screen| {
        modules(screen).len() == SIDE.next_multiple_of(2)
    });
    terminal.resize(80, 24);
    terminal.wait_for("the code needs 69 and 38");
    let pressed = Instant::now();
    terminal.press_enter();
    terminal.wait_for("switched off");
    assert!(pressed.elapsed() < Duration::from_secs(10), "it waited on");
    assert!(terminal.wait().success(), "{}", terminal.contents());
}

#[test]
fn a_terminal_that_wants_no_escape_sequences_gets_none() {
    for (name, value) in [("TERM", "dumb"), ("NO_COLOR", "1")] {
        let mut terminal = start(demo().env(name, value), 100, 45);
        terminal.wait_for("Press Enter to go on.");
        terminal.press_enter();
        assert!(terminal.wait().success(), "{}", terminal.contents());
        let written = terminal.written();
        assert!(!written.contains('\x1b'), "{name}: {written:?}");
        assert!(
            written.contains("cargo xtask demo --once --out"),
            "{written}"
        );
    }
}

fn output(command: &mut Command) -> Output {
    command.stdin(Stdio::null()).output().unwrap()
}

#[test]
fn a_pipe_gets_plain_text_in_the_language_asked_for() {
    let done = output(demo().args(["--once", "--lang", "zh-CN"]));
    assert!(done.status.success(), "{done:?}");
    let stdout = String::from_utf8(done.stdout).unwrap();
    assert!(
        !stdout.contains(['\x1b', '\r', '\u{2068}', '\u{2069}']),
        "{stdout:?}"
    );
    let is_data = |line: &str| {
        let line = line.trim();
        line.is_empty()
            || line.starts_with("https://")
            || line.starts_with("cargo xtask")
            || line.chars().all(|it| "█▀▄ ".contains(it))
    };
    let foreign = stdout
        .lines()
        .find(|line| !is_data(line) && !line.contains(is_han));
    assert_eq!(foreign, None, "{stdout}");
    let english = ["server off", "screenshot", "accepted", "green", "alone"];
    assert!(
        !english.iter().any(|word| stdout.contains(word)),
        "{stdout}"
    );
}

#[test]
fn a_reader_that_goes_away_ends_it_quietly() {
    let mut child = demo()
        .arg("--once")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut reader = BufReader::new(child.stdout.take().unwrap());
    reader.read_line(&mut String::new()).unwrap();
    drop(reader);
    let ended = child.wait_with_output().unwrap();
    assert_eq!(ended.stderr, b"", "{ended:?}");
    assert_eq!(ended.status.code(), Some(141));
}

#[test]
fn with_a_folder_to_fill_it_goes_on_without_a_reader() {
    let folder = tempfile::tempdir().unwrap();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut unheard = demo();
    unheard.args(["--once", "--out"]).arg(folder.path());
    let ended = output(unheard.stdout(writer));
    assert!(
        ended.status.success() && ended.stderr.is_empty(),
        "{ended:?}"
    );
    let result = read_to_string(folder.path().join("result.json")).unwrap();
    assert!(result.contains("presentation_replayed"), "{result}");
}

#[test]
fn a_folder_that_cannot_be_written_to_is_told_before_the_walk() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, b"kept").unwrap();
    let result = folder.path().join("taken/result.json");
    std::fs::create_dir_all(&result).unwrap();
    for out in [
        file.as_path(),
        &file.join("below"),
        Path::new("/proc/health-code"),
        result.parent().unwrap(),
    ] {
        for (program, walk) in [(demo(), "authority"), (xtask_demo(), "Building")] {
            let mut command = program;
            let done = output(command.arg("--once").arg("--out").arg(out));
            assert!(!done.status.success(), "{}", out.display());
            let stdout = String::from_utf8(done.stdout).unwrap();
            let complaint = String::from_utf8(done.stderr).unwrap();
            assert!(!stdout.contains(walk), "{stdout}");
            for needed in [&*out.to_string_lossy(), "--out"] {
                assert!(complaint.contains(needed), "{needed}: {complaint}");
            }
        }
    }
    assert_eq!(std::fs::read(&file).unwrap(), b"kept");
}

fn xtask_demo() -> Command {
    let mut xtask = Command::new(env!("CARGO_BIN_EXE_xtask"));
    xtask.arg("demo");
    xtask
}
