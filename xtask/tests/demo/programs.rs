//! The programs that a demo needs, as cargo built them.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The demo on this authority.
pub fn demo() -> Command {
    let mut demo = Command::new(env!("CARGO_BIN_EXE_demo"));
    demo.arg("--authority")
        .arg(program("health-code-authority"))
        .arg("--supervisor")
        .arg(env!("CARGO_BIN_EXE_xtask"));
    for name in ["NO_COLOR", "LC_ALL", "LC_MESSAGES", "LANG"] {
        demo.env_remove(name);
    }
    demo.env("TERM", "xterm-256color");
    demo
}

/// A program of another package: cargo puts all of them into one folder. Made if it is not there.
pub fn program(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_BIN_EXE_demo")).parent().unwrap();
    let program = folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    if !program.exists() {
        let built = Command::new(env!("CARGO"))
            .args(["build", "--package", name, "--bin", name])
            .status();
        assert!(built.unwrap().success());
    }
    program
}
