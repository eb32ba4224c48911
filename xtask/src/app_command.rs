//! `cargo xtask app`: the citizen's app, or the door's, in a window on this computer, over an authority that it starts.
//! `cargo xtask bench app` measures how it starts ([`mod@bench`]).
//!
//! Invariant: authority and windows end with this command. What was entered stays under the folder of `--data`.

pub mod bench;
mod java;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Args;

use crate::step::Companion;
use crate::test_command::{android, kotlin};
use crate::{bindings_command, program_command, step};

/// What to open.
#[expect(clippy::struct_excessive_bools, reason = "switches of a command line")]
#[derive(Args)]
pub struct AppArguments {
    /// A second phone beside the first.
    #[arg(long)]
    second: bool,
    /// The door's app beside the citizen's: it reads the other window's code from the screen.
    #[arg(long)]
    checkpoint: bool,
    /// Language of the windows, such as zh-CN; the environment's if left out.
    #[arg(long, value_name = "TAG")]
    lang: Option<String>,
    /// Dark windows.
    #[arg(long)]
    dark: bool,
    /// Where authority and phones keep what they have.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Begin anew: deletes what an earlier run left there.
    #[arg(long)]
    fresh: bool,
    /// Only build, open nothing.
    #[arg(long)]
    build: bool,
}

/// Builds all, starts the authority, opens the windows and waits until they are closed.
pub fn run(arguments: &AppArguments) -> bool {
    if !kotlin::tools() {
        return false;
    }
    let built = build();
    if !built || arguments.build {
        return built;
    }
    if !has_a_display() {
        step::note("there is no display to open a window on: set DISPLAY or WAYLAND_DISPLAY");
        return false;
    }
    let data = arguments
        .data
        .clone()
        .unwrap_or_else(|| step::root().join("target/app"));
    if arguments.fresh && data.exists() {
        // Only what we put there: a folder of somebody's is none of ours.
        for name in ["authority", "phone", "phone-2", "door"] {
            let folder = data.join(name);
            if folder.exists()
                && let Err(error) = std::fs::remove_dir_all(&folder)
            {
                step::complain(&format!("{}: {error}", folder.display()));
                return false;
            }
        }
    }
    windows(arguments, &data).unwrap_or_else(|reason| {
        step::complain(&reason);
        false
    })
}

/// Authority, library and windows.
fn build() -> bool {
    step::run(
        "Building the authority",
        &mut program_command::building(&[program_command::AUTHORITY]),
    ) && bindings_command::generate()
        && android::jar()
        && step::run(
            "Compiling the screens (Maven; the first time it fetches Compose)",
            android::maven().args(["--quiet", "--no-transfer-progress", "compile"]),
        )
}

fn windows(arguments: &AppArguments, data: &Path) -> Result<bool, String> {
    step::announce("Starting the authority");
    let authority = data.join("authority");
    std::fs::create_dir_all(&authority).map_err(|error| format!("{}: {error}", data.display()))?;
    let (_server, url) = server(&authority)?;
    let root_key = std::fs::read_to_string(authority.join("root-key.hex"))
        .map_err(|error| format!("root-key.hex: {error}"))?;
    let mut phones = vec!["phone"];
    if arguments.second {
        phones.push("phone-2");
    }
    step::announce("Opening the windows; close them, or press Ctrl-C, to end");
    step::note(&format!(
        "authority at {url}, its data in {}",
        authority.display()
    ));
    let windows = java::Windows::packed()?;
    let library = bindings_command::folder().join("lib");
    let window = |name: &str, number: usize, is_door: bool| {
        // One process writes the archive of classes for the next time, at its end.
        let classes = if number == 0 {
            java::Classes::ReadOrWrite
        } else {
            java::Classes::Read
        };
        let mut java = windows.java(&library, classes);
        java.arg(java::MAIN)
            .arg("--data")
            .arg(data.join(name))
            .args(["--url", &url, "--root-key", root_key.trim()])
            .arg("--ca")
            .arg(authority.join("ca.pem"))
            .args(["--at", &format!("{},40", 40 + 440 * number)]);
        if let Some(language) = &arguments.lang {
            java.args(["--language", language]);
        }
        if arguments.dark {
            java.arg("--dark");
        }
        if is_door {
            java.arg("--checkpoint");
        }
        Companion::start(&java).map_err(|error| format!("java: {error}"))
    };
    let mut open = Vec::new();
    for (number, name) in phones.iter().enumerate() {
        open.push(window(name, number, false)?);
    }
    if arguments.checkpoint {
        open.push(window("door", phones.len(), true)?);
    }
    Ok(open.iter_mut().all(Companion::wait))
}

/// The authority with its data in `folder`, and where it listens.
fn server(folder: &Path) -> Result<(Companion, String), String> {
    let program = program_command::path(program_command::AUTHORITY)
        .ok_or_else(|| "cargo did not say where the authority is".to_owned())?;
    let mut command = Command::new(program);
    command
        .arg("--data")
        .arg(folder)
        .args(["--listen", "127.0.0.1:0", "--division", "330100"]);
    let log = folder.join("authority.log");
    let mut server = File::options()
        .create(true)
        .append(true)
        .open(&log)
        .and_then(|log| Companion::start_server(&command, log))
        .map_err(|error| format!("the authority: {error}"))?;
    let url = server.line_after("READY ").ok_or_else(|| {
        let log = log.display();
        format!("the authority stopped before it was ready: see {log}")
    })?;
    Ok((server, url))
}

/// macOS and Windows have one always.
fn has_a_display() -> bool {
    cfg!(not(target_os = "linux"))
        || ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}
