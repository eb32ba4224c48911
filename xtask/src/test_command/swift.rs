//! The Swift part: builds the library and the authority, then lets SwiftPM compile, test and lint.
//!
//! Invariant: a test that was skipped counts as failed, and so does a Swift that cannot be had.

use std::path::Path;
use std::process::Command;

use super::Tally;
use crate::swift_toolchain::SwiftToolchain;
use crate::{bindings_command, program_command, step};

/// Where the package lies, and where SwiftPM builds it, from the root.
const PACKAGE: &str = "bindings/swift";
const SCRATCH: &str = "target/swift";

/// What is ours to lint; the rest of the package is generated.
const SOURCES: [&str; 3] = ["Package.swift", "Sources/HealthCodeKit", "Tests"];

pub fn run(tally: &mut Tally) {
    step::announce("Set-up for Swift");
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
    test(
        tally,
        &toolchain,
        PACKAGE,
        SCRATCH,
        "Swift: compile and test",
    );
    let format = ["format", "lint", "--strict", "--recursive"];
    let arguments: Vec<&str> = format.into_iter().chain(SOURCES).collect();
    let linted = command(&toolchain, PACKAGE, &arguments)
        .is_some_and(|mut lint| step::run("Swift: style (swift format lint)", &mut lint));
    tally.count("swift format lint", linted);
}

/// `cargo xtask bench swift`: with the library as it is released.
pub fn call_costs() -> bool {
    let toolchain = match SwiftToolchain::find_or_install() {
        Ok(toolchain) => toolchain,
        Err(reason) => {
            step::note(&reason);
            return false;
        }
    };
    let authority = step::run(
        "Building the authority",
        &mut program_command::building(&[program_command::AUTHORITY]),
    );
    let Some(library) = bindings_command::released() else {
        return false;
    };
    if !authority || !bindings_command::generate() {
        return false;
    }
    let arguments = building("run", &library, SCRATCH);
    let arguments = [
        &arguments[..],
        &[
            "-c".to_owned(),
            "release".to_owned(),
            "CallCosts".to_owned(),
        ],
    ]
    .concat();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    command(&toolchain, PACKAGE, &arguments).is_some_and(|mut costs| {
        step::run(
            "What calls from Swift cost",
            costs
                .env("LD_LIBRARY_PATH", &library)
                .env("DYLD_LIBRARY_PATH", &library),
        )
    })
}

/// What `swift test` and `swift run` need to build against the library in `folder`.
fn building(command: &str, folder: &Path, scratch: &str) -> Vec<String> {
    let scratch = step::root().join(scratch).display().to_string();
    let library = format!("-L{}", folder.display());
    let mut arguments = vec![command.to_owned(), "--scratch-path".to_owned(), scratch];
    arguments.extend(["-Xlinker".to_owned(), library]);
    if cfg!(target_os = "linux") {
        // Some toolchains' own library for observing names a symbol that none of them has.
        arguments.extend(["-Xlinker", "--allow-shlib-undefined"].map(str::to_owned));
    }
    arguments
}

/// Compiles and tests a package of ours.
pub fn test(
    tally: &mut Tally,
    toolchain: &SwiftToolchain,
    package: &str,
    scratch: &str,
    what: &str,
) {
    let arguments = building("test", &bindings_command::folder().join("lib"), scratch);
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let Some(mut command) = command(toolchain, package, &arguments) else {
        tally.count(&format!("{what}: swift test could not be started"), false);
        return;
    };
    let mut closing = None;
    let well = step::run_reading(what, &mut command, |line| {
        // Each suite has such a line; the last one is of all.
        closing = counts(line).or(closing);
    });
    let (passed, failed) = closing.unwrap_or_default();
    tally.passed += passed;
    if failed > 0 || passed == 0 || !well {
        tally.count(&format!("{what}: see the output above"), false);
        tally.failed += failed.saturating_sub(1);
    }
}

/// `swift arguments` in a package's folder, with the places of what cargo built.
pub fn command(toolchain: &SwiftToolchain, package: &str, arguments: &[&str]) -> Option<Command> {
    let root = step::root();
    let package = root.join(package);
    let mut command = toolchain
        .command(&root, &package, arguments)
        .inspect_err(|error| step::note(error))
        .ok()?;
    let library = bindings_command::folder().join("lib");
    command.env("LD_LIBRARY_PATH", &library);
    command.env("DYLD_LIBRARY_PATH", &library);
    if let Some(folder) = step::binaries() {
        command.env(
            "HEALTH_CODE_AUTHORITY",
            folder.join("health-code-authority"),
        );
    }
    Some(command)
}

/// `Executed 30 tests, with 1 test skipped and 2 failures (0 unexpected)` as passed and failed.
///
/// A failure is an assertion's: a test may have several, so that `passed` is a lower bound.
fn counts(line: &str) -> Option<(u64, u64)> {
    let (_, rest) = line.split_once("Executed ")?;
    let number_before = |words: [&str; 2]| {
        rest.split([',', '('])
            .flat_map(|part| part.split(" and "))
            .find_map(|part| {
                let part = part.trim().trim_start_matches("with ");
                let number = words.iter().find_map(|word| part.strip_suffix(word))?;
                number.trim().parse::<u64>().ok()
            })
    };
    let run = number_before(["tests", "test"])?;
    let failures = number_before(["failures", "failure"])?;
    let skipped = number_before(["tests skipped", "test skipped"]).unwrap_or(0);
    Some((run.saturating_sub(failures + skipped), failures + skipped))
}

#[cfg(test)]
mod tests {
    use super::counts;

    #[test]
    fn reads_the_runners_counts() {
        let well =
            "\t Executed 12 tests, with 0 failures (0 unexpected) in 13.961 (13.961) seconds";
        assert_eq!(counts(well), Some((12, 0)));
        let ill = "Executed 1 test, with 1 failure (1 unexpected) in 0.1 (0.1) seconds";
        assert_eq!(counts(ill), Some((0, 1)));
        let skipped =
            "Executed 9 tests, with 2 tests skipped and 1 failure (0 unexpected) in 1 (1) seconds";
        assert_eq!(counts(skipped), Some((6, 3)));
        assert_eq!(
            counts("Test run with 0 tests passed after 0.001 seconds."),
            None
        );
    }
}
