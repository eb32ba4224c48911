//! `cargo xtask test [PART]`: every check and test, with what they need installed first.
//!
//! Invariant: the last line is `N passed, N failed`; a step that could not run counts as failed,
//! and one that is left out says so and why.

pub mod android;
mod changed;
mod fuzz;
mod ios;
pub mod kotlin;
mod setup;
pub mod swift;

use std::process::Command;

use clap::Args;

use crate::{program_command, step};

/// What to test.
#[derive(Args)]
pub struct TestArguments {
    /// One part; all when left out. (web comes with its package.)
    #[arg(value_parser = ["rust", "kotlin", "swift", "android", "ios"])]
    part: Option<String>,
    /// What a change can break, and no more: the work tree and what was committed since this branch left the main one.
    #[arg(long, conflicts_with = "part")]
    changed: bool,
    /// The revision that the change starts from.
    #[arg(long, value_name = "REV", requires = "changed")]
    base: Option<String>,
}

/// Passed and failed so far.
#[derive(Default)]
pub struct Tally {
    passed: u64,
    failed: u64,
    failures: Vec<String>,
}

impl Tally {
    fn count(&mut self, what: &str, well: bool) {
        if well {
            self.passed += 1;
        } else {
            self.failed += 1;
            self.failures.push(what.to_owned());
        }
    }
}

/// Runs the chosen parts; whether nothing failed.
pub fn run(arguments: &TestArguments) -> bool {
    let mut tally = Tally::default();
    if arguments.changed {
        changed::run(&mut tally, arguments.base.as_deref());
    }
    let wanted = |part: &str| {
        !arguments.changed && arguments.part.as_deref().is_none_or(|only| only == part)
    };
    if wanted("rust") {
        rust(&mut tally);
    }
    if wanted("kotlin") {
        kotlin::run(&mut tally);
    }
    if wanted("swift") {
        swift::run(&mut tally);
    }
    if wanted("android") {
        android::run(&mut tally, arguments.part.is_some());
    }
    if wanted("ios") {
        ios::run(&mut tally);
    }
    if !tally.failures.is_empty() {
        step::announce("Failed:");
        for failure in &tally.failures {
            step::note(failure);
        }
    }
    step::say(&format!(
        "\n{} passed, {} failed",
        tally.passed, tally.failed
    ));
    tally.failed == 0
}

fn rust(tally: &mut Tally) {
    setup::rust(tally);

    formatted(tally);
    fuzz_lock(tally);

    let linted = step::run(
        "Lint (clippy, warnings are errors)",
        step::cargo().args([
            "clippy",
            "--workspace",
            "--all-targets",
            "--all-features",
            "--",
            "-D",
            "warnings",
        ]),
    );
    tally.count("clippy", linted);

    let bare = step::run(
        "Core without the phone's side (what an authority or a bare checkpoint builds)",
        step::cargo().args([
            "clippy",
            "--package",
            "health-code-core",
            "--no-default-features",
            "--",
            "-D",
            "warnings",
        ]),
    );
    tally.count("core without default features", bare);

    let documented = step::run(
        "Documentation (rustdoc, warnings are errors)",
        step::cargo()
            // With clippy's features, so that what that has checked serves.
            .args(["doc", "--workspace", "--no-deps", "--all-features"])
            .env("RUSTDOCFLAGS", "-D warnings"),
    );
    tally.count("rustdoc", documented);

    let mut tests = step::cargo();
    tests.args(["test", "--workspace", "--no-fail-fast"]);
    with_features(&mut tests, |_| true);
    cargo_tests(tally, "Tests (cargo test)", &mut tests);

    let out = step::root().join("target/demo");
    let demo = crate::demo_command::run_as_step(&crate::demo_command::DemoArguments::once_to(out));
    tally.count("cargo xtask demo --once", demo);

    fuzz::smoke(tally);
}

fn formatted(tally: &mut Tally) {
    let formatted = step::run(
        "Format (cargo fmt --check)",
        step::cargo().args(["fmt", "--all", "--check"]),
    );
    tally.count("cargo fmt --check: run `cargo fmt --all`", formatted);
}

/// Only the fuzz targets are outside the workspace: cargo keeps the other lock file current by itself.
fn fuzz_lock(tally: &mut Tally) {
    let locked = step::run(
        "Lock file of the fuzz targets (cargo update --workspace --locked)",
        step::cargo().args([
            "update",
            "--workspace",
            "--locked",
            "--manifest-path",
            "tests/fuzz/Cargo.toml",
        ]),
    );
    tally.count(
        "tests/fuzz/Cargo.lock: run it again without --locked",
        locked,
    );
}

/// The demo's own tests are behind its feature, which only a selection with its package can name.
fn with_features(cargo: &mut Command, selected: impl Fn(&str) -> bool) {
    if selected("xtask") {
        cargo.args(["--features", "xtask/demo"]);
    }
}

/// Builds what the other languages' tests call: the library, the generated code, the authority.
fn bindings(tally: &mut Tally) -> bool {
    let generated = crate::bindings_command::generate();
    tally.count("cargo xtask bindings", generated);
    let listed = generated && crate::bindings_command::compare(false);
    tally.count(
        "docs/API.txt: run `cargo xtask bindings --write-api`",
        listed,
    );
    let authority = step::run(
        "Building the authority",
        &mut program_command::building(&[program_command::AUTHORITY]),
    );
    tally.count("building the authority", authority);
    generated && authority
}

/// Runs `cargo test` and adds up the runner's own counts.
fn cargo_tests(tally: &mut Tally, title: &str, command: &mut Command) {
    let (mut passed, mut failed) = (0, 0);
    let mut failures = Vec::new();
    let well = step::run_reading(title, command, |line| {
        if let Some((more_passed, more_failed)) = counts(line) {
            passed += more_passed;
            failed += more_failed;
        }
        if line.starts_with("test ") && line.ends_with("... FAILED") {
            failures.push(line.to_owned());
        }
    });
    tally.passed += passed;
    tally.failed += failed;
    tally.failures.append(&mut failures);
    if passed == 0 {
        tally.count("cargo test ran no test", false);
    } else if !well && failed == 0 {
        tally.count("cargo test did not build or crashed", false);
    }
}

/// The numbers in `test result: ok. 3 passed; 1 failed; ...`.
fn counts(line: &str) -> Option<(u64, u64)> {
    let rest = line.strip_prefix("test result: ")?;
    let number_before = |word: &str| {
        rest.split(['.', ';'])
            .find_map(|part| part.trim().strip_suffix(word)?.trim().parse().ok())
    };
    Some((number_before(" passed")?, number_before(" failed")?))
}

#[cfg(test)]
mod tests {
    use super::counts;

    #[test]
    fn reads_the_runners_closing_line() {
        let line = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.5s";
        assert_eq!(counts(line), Some((12, 3)));
        assert_eq!(
            counts("test result: ok. 7 passed; 0 failed; 0 ignored"),
            Some((7, 0))
        );
        assert_eq!(counts("running 3 tests"), None);
    }
}
