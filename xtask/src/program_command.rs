//! `cargo xtask checkpoint` and `cargo xtask authority`: builds the program and becomes it.
//!
//! Invariant: all of them, the demo, and the library for other languages are built in one selection of packages, so that a library that one of them was
//! built with serves the next. (Cargo gives a library the features that the selected packages ask for together.)

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

use clap::Args;

use crate::step;

/// What the program is given.
#[derive(Args)]
#[command(disable_help_flag = true)]
pub struct ProgramArguments {
    /// The program's own arguments; `--help` lists them.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<OsString>,
}

/// The authority's program.
pub const AUTHORITY: &str = "health-code-authority";
/// The checkpoint's program.
pub const CHECKPOINT: &str = "health-code-checkpoint";

/// Builds and runs `program`; its output and its exit code are the caller's.
pub fn run(program: &str, arguments: &ProgramArguments) -> bool {
    // Not as a step: on standard output is what the program says, and nothing else.
    let built = building(&[program])
        .status()
        .is_ok_and(|status| status.success());
    built
        && path(program)
            .is_some_and(|path| step::become_program(Command::new(path).args(&arguments.arguments)))
}

/// Cargo, to build these of the programs that people run.
pub fn building(programs: &[&str]) -> Command {
    let mut cargo = selection();
    for program in programs {
        cargo.args(["--bin", program]);
    }
    cargo
}

/// Cargo, to build the library for other languages too.
pub fn building_with_library(programs: &[&str]) -> Command {
    let mut cargo = building(programs);
    cargo.arg("--lib");
    cargo
}

fn selection() -> Command {
    let mut cargo = step::cargo();
    cargo.args(["build", "--features", "xtask/demo"]);
    for package in [AUTHORITY, CHECKPOINT, "health-code-bindings", "xtask"] {
        cargo.args(["--package", package]);
    }
    cargo
}

/// Where cargo puts it.
pub fn path(program: &str) -> Option<PathBuf> {
    let folder = step::binaries();
    if folder.is_none() {
        step::note("cargo did not say where it puts programs");
    }
    Some(folder?.join(format!("{program}{}", std::env::consts::EXE_SUFFIX)))
}
