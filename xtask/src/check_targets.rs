//! `cargo xtask check-targets`: type-checks the bindings for the phones, without an NDK or an Apple SDK.
//!
//! Invariant: what is compiled on the way (ring's C, freestanding) is never linked and never shipped. It finds errors
//! of cfg and of interfaces that differ by system; it does not replace a build on the vendor's tools.

use std::process::Command;

use crate::step;

/// Rust's standard library for each is brought by rustup, C is compiled by clang alone.
const TARGETS: [&str; 2] = ["aarch64-linux-android", "aarch64-apple-ios"];

/// Checks every target; whether all went well.
pub fn run() -> bool {
    if !clang() {
        return false;
    }
    let checked: Vec<bool> = TARGETS.iter().map(|target| check(target)).collect();
    checked.iter().all(|well| *well)
}

fn check(target: &str) -> bool {
    let added = step::run(
        &format!("Rust's standard library for {target} (rustup)"),
        Command::new("rustup")
            .current_dir(step::root())
            .args(["target", "add", target]),
    );
    if !added {
        return false;
    }
    let name = target.replace('-', "_");
    let headers = step::root().join("xtask/headers");
    let flags = format!(
        "-ffreestanding -nostdlibinc -DRING_CORE_NOSTDLIBINC=1 -I{}",
        headers.display()
    );
    let mut cargo = step::cargo();
    cargo
        .args([
            "check",
            "--package",
            "health-code-bindings",
            "--target",
            target,
        ])
        .env(format!("CC_{name}"), "clang")
        .env(format!("AR_{name}"), "llvm-ar")
        .env(format!("CFLAGS_{name}"), flags);
    if target.contains("apple") && step::output("xcrun", &["--version"]).is_none() {
        // Any folder will do for compiling: nothing of an SDK is read.
        cargo.env("SDKROOT", headers);
    }
    step::run(&format!("Type check for {target}"), &mut cargo)
}

/// Sees to clang and llvm-ar.
fn clang() -> bool {
    step::announce("Set-up");
    let version = || {
        step::output("llvm-ar", &["--version"])?;
        step::output("clang", &["--version"])
    };
    if version().is_none() && !step::install(&["clang", "llvm"]) {
        return false;
    }
    let found = version();
    if let Some(line) = found.as_deref().and_then(|text| text.lines().next()) {
        step::note(line);
    }
    found.is_some()
}
