//! The part of the Android app: its screens on the desktop's Compose, tested over the real core, and what only Android has.
//!
//! Invariant: a test that was skipped counts as failed.

mod phone;

use std::path::PathBuf;
use std::process::Command;

use super::{Tally, kotlin};
use crate::{bindings_command, program_command, step};

/// Compiles, tests and lints. `with_package`: also what R8 and another processor's compiler take minutes for.
pub fn run(tally: &mut Tally, with_package: bool) {
    if !kotlin::tools() || !setup() {
        tally.count("set-up: Java 17 or newer, Maven, fonts, zbar", false);
        return;
    }
    if !super::bindings(tally) {
        return;
    }
    if !jar() {
        tally.count("packaging the Kotlin library", false);
        return;
    }
    kotlin::tests(
        tally,
        "Screens: compile and test (Maven; the first time it fetches Compose)",
        maven().args(["clean", "test"]),
    );
    let linted = step::run(
        "Screens: style (ktlint; mend with -Dktlint.option=--format)",
        maven().args(["--no-transfer-progress", "antrun:run@ktlint"]),
    );
    tally.count("ktlint of the screens", linted);
    phone::run(tally, with_package);
}

/// What the pictures are drawn with and read by.
fn setup() -> bool {
    let missing: Vec<&str> = [
        ("fonts-noto-cjk", "/usr/share/fonts/opentype/noto"),
        (
            "fonts-noto-core",
            "/usr/share/fonts/truetype/noto/NotoSansArabic-Regular.ttf",
        ),
        ("fontconfig", "/etc/fonts"),
        ("libgl1", "/usr/lib/x86_64-linux-gnu/libGL.so.1"),
        ("libegl1", "/usr/lib/x86_64-linux-gnu/libEGL.so.1"),
    ]
    .into_iter()
    .filter(|(_, place)| cfg!(target_os = "linux") && !std::path::Path::new(place).exists())
    .map(|(package, _)| package)
    .chain(
        step::output("zbarimg", &["--version"])
            .is_none()
            .then_some("zbar-tools"),
    )
    .collect();
    missing.is_empty() || step::install(&missing)
}

/// Packages the Kotlin library, which the screens are compiled against.
pub fn jar() -> bool {
    step::run(
        "Packaging the Kotlin library",
        kotlin::maven().args([
            "--quiet",
            "--no-transfer-progress",
            "package",
            "-DskipTests",
        ]),
    )
}

/// Maven in the app's folder, with the places of what cargo built.
pub fn maven() -> Command {
    let mut maven = Command::new("mvn");
    maven.current_dir(folder()).arg("--batch-mode").arg(format!(
        "-Dbindings.folder={}",
        bindings_command::folder().display()
    ));
    if let Some(authority) = program_command::path(program_command::AUTHORITY) {
        maven.arg(format!("-Dauthority.program={}", authority.display()));
    }
    maven
}

/// What a window is started with: `ours`, our classes, and everything below them.
pub fn class_path(ours: &std::path::Path) -> Option<String> {
    let below = std::fs::read_to_string(folder().join("target/class-path.txt")).ok()?;
    // Maven's list leaves out what it was given as a file.
    let all = [ours.to_owned(), library_jar()]
        .into_iter()
        .chain(std::env::split_paths(below.trim()));
    std::env::join_paths(all).ok()?.into_string().ok()
}

/// The Kotlin library, as [`jar`] packages it.
pub fn library_jar() -> PathBuf {
    step::root().join("bindings/kotlin/target/health-code-kotlin-0.1.0.jar")
}

fn folder() -> PathBuf {
    step::root().join("android-demo")
}
