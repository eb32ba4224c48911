//! The part of the iOS app: its models tested over the real core, its views held against declarations that stand in for Apple's.
//!
//! Invariant: what could not be checked counts as failed. What only a Mac can do is in `ios-demo/checks/mac.sh`, which is not
//! run from here.

use std::process::Command;

use super::{Tally, swift};
use crate::step;
use crate::swift_toolchain::SwiftToolchain;

/// Where it lies, from the root.
const APP: &str = "ios-demo";
/// Where SwiftPM builds it.
const SCRATCH: &str = "target/swift-ios";
/// What is held to our style; the stand-ins are lists of declarations.
const SOURCES: [&str; 5] = [
    "Package.swift",
    "Sources",
    "HealthCode",
    "HealthCodeWidget",
    "Tests",
];

/// Compiles, tests and lints.
pub fn run(tally: &mut Tally) {
    step::announce("Set-up for the iOS app");
    let toolchain = match SwiftToolchain::find_or_install() {
        Ok(toolchain) => toolchain,
        Err(reason) => {
            step::note(&reason);
            tally.count(&format!("set-up: Swift: {reason}"), false);
            return;
        }
    };
    if !super::bindings(tally) {
        return;
    }
    // SwiftPM keeps its plan of a package beside ours and misses files that are new there.
    let _ = std::fs::remove_file(step::root().join(SCRATCH).join("debug/description.json"));
    // On a Mac Apple's own frameworks are there, and the views are Xcode's to build.
    let views = if cfg!(target_os = "macos") {
        "iOS: compile and test the models"
    } else {
        "iOS: compile models, views and widget (warnings are errors) and test the models"
    };
    swift::test(tally, &toolchain, APP, SCRATCH, views);
    let format = ["format", "lint", "--strict", "--recursive"];
    let arguments: Vec<&str> = format.into_iter().chain(SOURCES).collect();
    let linted = swift::command(&toolchain, APP, &arguments)
        .is_some_and(|mut lint| step::run("iOS: style (swift format lint)", &mut lint));
    tally.count("swift format lint of the iOS app", linted);
    let project = step::run(
        "iOS: project file, property lists, catalogues",
        Command::new("python3").arg(step::root().join("ios-demo/checks/project.py")),
    );
    tally.count("ios-demo/checks/project.py", project);
    if !cfg!(target_os = "macos") {
        tally.count("ios-demo/checks/mistakes.py", mistakes(&toolchain));
    }
    step::note("ios-demo/checks/mac.sh was not run: it needs a Mac with Xcode.");
}

/// Whether the compiler refuses each planted mistake.
fn mistakes(toolchain: &SwiftToolchain) -> bool {
    let root = step::root();
    let Ok(compiler) = toolchain
        .compiler(&root, &root.join(APP))
        .inspect_err(|error| step::note(error))
    else {
        return false;
    };
    step::run(
        "iOS: mistakes that the compiler must refuse",
        Command::new("python3")
            .arg(root.join("ios-demo/checks/mistakes.py"))
            .arg(root.join(SCRATCH).join("debug/Modules"))
            .arg("--")
            .arg(compiler.get_program())
            .args(compiler.get_args()),
    )
}
