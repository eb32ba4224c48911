//! The Kotlin part: builds the library and the authority, then lets Maven compile, test and lint.
//!
//! Invariant: a test that was skipped counts as failed.

use std::path::PathBuf;
use std::process::Command;

use super::Tally;
use crate::{bindings_command, program_command, step};

/// Compiles, tests over both libraries, and lints.
pub fn run(tally: &mut Tally) {
    if !tools() {
        tally.count("set-up: Java 17 or newer and Maven", false);
        return;
    }
    // First, since the next build takes its place among cargo's own.
    let small = bindings_command::without_https();
    tally.count(
        "building the library without the core's own HTTPS",
        small.is_some(),
    );
    if !super::bindings(tally) {
        return;
    }
    tests(
        tally,
        "Kotlin: compile and test (Maven; the first time it fetches its plugins)",
        // What an earlier build left would be tested too.
        maven().args(["clean", "test"]),
    );
    if let Some(small) = small {
        tests(
            tally,
            "Kotlin: the main job and bad networks over the library without the core's own HTTPS",
            maven()
                .arg(format!("-Dlibrary.folder={}", small.display()))
                .args(["-Dtest=MainJobTest,NetworkTest", "test"]),
        );
    }
    let linted = step::run(
        "Kotlin: style (ktlint; mend with -Dktlint.option=--format)",
        // Not quiet, or what it found would not be shown.
        maven().args(["--no-transfer-progress", "antrun:run@ktlint"]),
    );
    tally.count("ktlint", linted);
}

/// Runs Maven and adds up the tests that it ran.
pub fn tests(tally: &mut Tally, what: &str, maven: &mut Command) {
    let (mut passed, mut failed) = (0, 0);
    let well = step::run_reading(what, maven.arg("--no-transfer-progress"), |line| {
        // The closing line of all classes; a class's own names its time.
        if let Some(counts) = counts(line) {
            (passed, failed) = counts;
        }
    });
    tally.passed += passed;
    if failed > 0 || passed == 0 || !well {
        tally.count(
            "Kotlin: see the output above and bindings/kotlin/target/surefire-reports",
            false,
        );
        tally.failed += failed.saturating_sub(1);
    }
}

/// `cargo xtask bench kotlin`: with the library as it is released.
pub fn call_costs() -> bool {
    let Some(library) = bindings_command::released() else {
        return false;
    };
    tools()
        && bindings_command::generate()
        && step::run(
            "Building the authority",
            &mut program_command::building(&[program_command::AUTHORITY]),
        )
        && step::run(
            "What calls from Kotlin cost",
            maven()
                .args(["--quiet", "--no-transfer-progress"])
                .arg(format!("-Dlibrary.folder={}", library.display()))
                .args(["test-compile", "exec:java@call-costs"]),
        )
}

/// Maven in the module's folder, with the places of what cargo built.
pub fn maven() -> Command {
    let mut maven = Command::new("mvn");
    maven
        .current_dir(step::root().join("bindings/kotlin"))
        .arg("--batch-mode")
        .arg(format!(
            "-Dbindings.folder={}",
            bindings_command::folder().display()
        ));
    if let Some(folder) = step::binaries() {
        let authority: PathBuf = folder.join(format!(
            "health-code-authority{}",
            std::env::consts::EXE_SUFFIX
        ));
        maven.arg(format!("-Dauthority.program={}", authority.display()));
    }
    maven
}

/// Sees to a Java development kit and Maven, and names their versions.
pub fn tools() -> bool {
    step::announce("Set-up for Kotlin");
    let mut missing = Vec::new();
    if step::output("javac", &["-version"]).is_none() {
        missing.push("openjdk-17-jdk-headless");
    }
    if step::output("mvn", &["--version"]).is_none() {
        missing.push("maven");
    }
    if !missing.is_empty() && !step::install(&missing) {
        return false;
    }
    let versions = [("javac", "-version"), ("mvn", "--version")].map(|(program, argument)| {
        let version = step::output(program, &[argument]).unwrap_or_default();
        let line = version.lines().next().unwrap_or_default().to_owned();
        step::note(&line);
        line
    });
    let [java, maven] = versions;
    if java_release(&java).is_none_or(|release| release < JAVA) {
        step::note(&format!(
            "please install a Java development kit {JAVA} or newer"
        ));
        return false;
    }
    !maven.is_empty()
}

/// The release that our sources are compiled for.
const JAVA: u32 = 17;

/// 17 of `javac 17.0.15`; 1 of the `1.8` of old.
fn java_release(version: &str) -> Option<u32> {
    let number = version.strip_prefix("javac ")?;
    number.split(['.', '-']).next()?.trim().parse().ok()
}

/// `Tests run: 30, Failures: 0, Errors: 0, Skipped: 0` as passed and failed.
fn counts(line: &str) -> Option<(u64, u64)> {
    let (_, rest) = line.split_once("Tests run: ")?;
    let mut numbers = rest
        .split(", ")
        .map(|part| part.rsplit(": ").next()?.trim().parse::<u64>().ok());
    let counts: [u64; 4] = std::array::from_fn(|_| numbers.next().flatten().unwrap_or(u64::MAX));
    let [run, failures, errors, skipped] = counts;
    // A class's line goes on with its time, and is no number there.
    if numbers.next().is_some() || counts.contains(&u64::MAX) {
        return None;
    }
    let failed = failures + errors + skipped;
    Some((run.saturating_sub(failed), failed))
}

#[cfg(test)]
mod tests {
    use super::{counts, java_release};

    #[test]
    fn reads_the_release_of_java() {
        assert_eq!(java_release("javac 17.0.15"), Some(17));
        assert_eq!(java_release("javac 25-ea"), Some(25));
        assert_eq!(java_release("javac 1.8.0_412"), Some(1));
        assert_eq!(java_release("not found"), None);
    }

    #[test]
    fn reads_the_closing_line_alone() {
        let all = "[INFO] Tests run: 30, Failures: 1, Errors: 2, Skipped: 3";
        assert_eq!(counts(all), Some((24, 6)));
        let class = "[INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 1.2 s -- in org.A";
        assert_eq!(counts(class), None);
        assert_eq!(counts("[INFO] BUILD SUCCESS"), None);
    }
}
