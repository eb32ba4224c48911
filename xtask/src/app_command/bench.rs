//! `cargo xtask bench app`: from the start of the process to the code on the screen, on the desktop.
//!
//! Invariant: the same windows as `cargo xtask app` opens, over a store that was filled through the app's own core; without
//! a network, so that nothing but the phone is measured.

use std::fs::File;
use std::path::Path;
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

use super::java::{Classes, MAIN, Windows};
use crate::step::Companion;
use crate::test_command::kotlin;
use crate::{bindings_command, step};

/// Nobody listens there.
const NOWHERE: &str = "https://127.0.0.1:1";
const STARTS: usize = 15;

/// Builds all, fills a phone, starts the app again and again, and prints the table.
pub fn run() -> bool {
    let Some(library) = bindings_command::released() else {
        return false;
    };
    kotlin::tools()
        && super::build()
        && measure(&library).unwrap_or_else(|reason| {
            step::complain(&reason);
            false
        })
}

fn measure(library: &Path) -> Result<bool, String> {
    let data = step::root().join("target/app-bench");
    if data.exists() {
        std::fs::remove_dir_all(&data).map_err(|error| format!("{}: {error}", data.display()))?;
    }
    let authority = data.join("authority");
    std::fs::create_dir_all(&authority).map_err(|error| format!("{}: {error}", data.display()))?;
    let (server, url) = super::server(&authority)?;
    let root_key = std::fs::read_to_string(authority.join("root-key.hex"))
        .map_err(|error| format!("root-key.hex: {error}"))?;
    let windows = Windows::packed()?;
    let phone = |mut java: Command, main: &str, url: &str| {
        java.arg(main).arg("--data").arg(data.join("phone"));
        java.args(["--url", url, "--root-key", root_key.trim(), "--ca"]);
        java.arg(authority.join("ca.pem"));
        java.args(["--language", "zh"]);
        java
    };
    let mut fill = phone(
        windows.java(library, Classes::Leave),
        "org.healthcode.app.desktop.FilledPhone",
        &url,
    );
    if !step::run("Filling a phone", &mut fill) {
        return Ok(false);
    }
    drop(server);
    let display = Display::of_its_own(&data)?;
    let start = |classes: Classes| -> Result<Vec<(String, f64)>, String> {
        let mut java = phone(windows.java(library, classes), MAIN, NOWHERE);
        java.args(["--screen", "code"]);
        java.env("DISPLAY", &display.name)
            .env("SKIKO_RENDER_API", "SOFTWARE");
        java.arg("--measured-from").arg(now_ms().to_string());
        let told = java.output().map_err(|error| format!("java: {error}"))?;
        let told = String::from_utf8_lossy(&told.stdout).into_owned();
        Ok(told.lines().filter_map(reading).collect())
    };
    step::announce("Starting the app, with and without an archive of its classes");
    start(Classes::ReadOrWrite)?;
    let (mut with, mut without) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        with.push(start(Classes::Read)?);
        without.push(start(Classes::Leave)?);
    }
    step::say(&format!(
        "\nMedian of {STARTS} starts each, in turns, load of the machine {}\n",
        load()
    ));
    step::say(
        "| from the start of the process, ms | median | best | without the archive of classes | goal |",
    );
    step::say("|---|---|---|---|---|");
    for (name, what, goal) in ROWS {
        let (ours, other) = (times(&with, name), times(&without, name));
        let (Some(ours), Some(other)) = (ours, other) else {
            return Err(format!("no start told {name}"));
        };
        step::say(&format!(
            "| {what} | {:.1} | {:.1} | {:.1} | {goal} |",
            ours.0, ours.1, other.0
        ));
    }
    Ok(true)
}

/// What a start tells, in its order.
const ROWS: [(&str, &str, &str); 8] = [
    ("program", "our program begins", ""),
    (
        "key_store",
        "the stand-in of a phone's key store is open",
        "",
    ),
    ("binding", "takes: Java's first call of the library", ""),
    (
        "open",
        "takes: the core opens the store",
        "10 ms with the next",
    ),
    ("first_code", "takes: the core's first code", ""),
    ("opened", "the app has store and code", ""),
    ("laid_out", "the code is laid out", ""),
    ("code", "the code is on the screen", "600 ms"),
];

/// `AT code 512` in milliseconds since the start, `TOOK open 9000` in microseconds.
fn reading(line: &str) -> Option<(String, f64)> {
    let mut words = line.split(' ');
    let (kind, name) = (words.next()?, words.next()?);
    let number: f64 = words.next()?.parse().ok()?;
    match kind {
        "AT" => Some((name.to_owned(), number)),
        "TOOK" => Some((name.to_owned(), number / 1_000.0)),
        _ => None,
    }
}

/// Median and best of a step.
fn times(starts: &[Vec<(String, f64)>], name: &str) -> Option<(f64, f64)> {
    let mut all: Vec<f64> = starts
        .iter()
        .filter_map(|start| start.iter().find(|(step, _)| step == name))
        .map(|(_, time)| *time)
        .collect();
    all.sort_by(f64::total_cmp);
    Some((*all.get(all.len() / 2)?, *all.first()?))
}

/// What else the machine had to do.
fn load() -> String {
    let told = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    told.split(' ').next().unwrap_or("unknown").to_owned()
}

#[expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
fn now_ms() -> u128 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_millis())
}

/// A screen that nobody sees, so that every machine draws alike.
struct Display {
    name: String,
    _server: Companion,
}

impl Display {
    fn of_its_own(data: &Path) -> Result<Self, String> {
        if step::output("Xvfb", &["-help"]).is_none() && !step::install(&["xvfb"]) {
            return Err("Xvfb is missing".to_owned());
        }
        let mut command = Command::new("Xvfb");
        command.args(["-displayfd", "1", "-screen", "0", "1280x1024x24"]);
        let mut server = File::create(data.join("xvfb.log"))
            .and_then(|log| Companion::start_server(&command, log))
            .map_err(|error| format!("Xvfb: {error}"))?;
        let number = server
            .line_after("")
            .ok_or_else(|| "Xvfb did not start".to_owned())?;
        Ok(Self {
            name: format!(":{}", number.trim()),
            _server: server,
        })
    }
}
