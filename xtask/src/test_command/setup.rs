//! Brings what the tests need: rustfmt and clippy through rustup; strace, Python's venv and what reads a printed sheet through
//! Debian's packages where we may install them.

use std::process::Command;

use super::Tally;
use crate::step;

/// Sets up the Rust part.
pub fn rust(tally: &mut Tally) {
    step::announce("Set-up");
    for (program, arguments) in [("cargo", ["--version"]), ("rustc", ["--version"])] {
        let version = step::output(program, &arguments);
        step::note(
            version
                .as_deref()
                .unwrap_or("not found: install Rust 1.95 or newer"),
        );
    }
    component(tally, "rustfmt", "cargo-fmt");
    component(tally, "clippy", "cargo-clippy");

    // strace shows that an acknowledged write was synced; the venv runs the independent verifier.
    let mut missing = Vec::new();
    if step::output("strace", &["--version"]).is_none() {
        missing.push("strace");
    }
    if step::output("python3", &["-c", "import venv, ensurepip"]).is_none() {
        missing.push("python3-venv");
    }
    // A sheet of paper is rendered, and its code read from the picture, by programs that are not ours.
    for (program, version, package) in [
        ("pdftoppm", "-v", "poppler-utils"),
        ("zbarimg", "--version", "zbar-tools"),
    ] {
        if step::output(program, &[version]).is_none() {
            missing.push(package);
        }
    }
    let fonts = "/usr/share/fonts";
    for (font, package) in [
        ("opentype/noto/NotoSansCJK-Regular.ttc", "fonts-noto-cjk"),
        (
            "truetype/noto/NotoSansArabic-Regular.ttf",
            "fonts-noto-core",
        ),
    ] {
        if !std::path::Path::new(fonts).join(font).exists() {
            missing.push(package);
        }
    }
    if !missing.is_empty() {
        tally.count(
            &format!("set-up: {}", missing.join(", ")),
            step::install(&missing),
        );
    }
    if let Some(version) = step::output("python3", &["--version"]) {
        step::note(&version);
    }
}

/// Adds a rustup component unless its program is there.
fn component(tally: &mut Tally, name: &str, program: &str) {
    if step::output(program, &["--version"]).is_some() {
        return;
    }
    let added = step::run(
        &format!("Adding {name}"),
        Command::new("rustup").args(["component", "add", name]),
    );
    tally.count(
        &format!("set-up: {name} (install it with your Rust tool chain)"),
        added,
    );
}
