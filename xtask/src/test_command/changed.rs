//! `cargo xtask test --changed`: what a change can break, and no more; what it leaves out it says.
//!
//! Invariant: everything that builds on a touched package is linted, so nothing that no longer compiles is passed over.
//! Of the end-to-end tests run the main job, the vectors, and those that are named after what was touched.

mod scope;

use std::path::Path;

use super::Tally;
use crate::step;
use scope::{Package, Part, Scope};

/// The package of the end-to-end tests.
const END_TO_END: &str = "health-code-tests";
/// Those of its tests that run whenever it builds on what was touched.
const ALWAYS: [&str; 2] = ["main_job", "vectors"];

/// Finds out what changed since `base` and tests that; whether anything could be found out is counted too.
pub fn run(tally: &mut Tally, base: Option<&str>) {
    step::announce("What changed");
    let Some((base, changed)) = changed_files(base) else {
        step::note("git did not say what changed: name a revision with --base");
        tally.count("git: what changed", false);
        return;
    };
    let Some(packages) = packages() else {
        tally.count("cargo metadata", false);
        return;
    };
    let scope = Scope::new(&changed, &packages, &|document| {
        files_that_read(document, &packages)
    });
    step::note(&format!(
        "{} files since {base} and in the work tree",
        changed.len()
    ));
    for line in scope.describe() {
        step::note(&line);
    }
    rust(tally, &scope, &packages);
    if scope.has(Part::Interface) {
        let generated = crate::bindings_command::generate();
        tally.count("cargo xtask bindings", generated);
        tally.count(
            "docs/API.txt: run `cargo xtask bindings --write-api`",
            generated && crate::bindings_command::compare(false),
        );
    }
    if scope.has(Part::Kotlin) {
        super::kotlin::run(tally);
    }
    if scope.has(Part::Swift) {
        super::swift::run(tally);
    }
    if scope.has(Part::Android) {
        super::android::run(tally, false);
    }
    if scope.has(Part::Ios) {
        super::ios::run(tally);
    }
    step::announce("Left out (`cargo xtask test` runs all of it)");
    for line in scope.left_out(&packages) {
        step::note(&line);
    }
}

fn rust(tally: &mut Tally, scope: &Scope, packages: &[Package]) {
    super::formatted(tally);
    if scope.has(Part::FuzzLock) {
        super::fuzz_lock(tally);
    }
    if !scope.affected.is_empty() {
        let mut clippy = step::cargo();
        clippy.args(["clippy", "--workspace", "--all-targets"]);
        super::with_features(&mut clippy, |package| scope.affected.contains(package));
        clippy.args(scope.excluded(packages));
        clippy.args(["--", "-D", "warnings"]);
        let linted = step::run(
            "Lint (clippy) of what was touched and what builds on it",
            &mut clippy,
        );
        tally.count("clippy", linted);
    }
    // One selection of packages as for the whole run: what that has built serves here.
    let mut tests = step::cargo();
    tests.args(["test", "--workspace", "--no-fail-fast"]);
    super::with_features(&mut tests, |package| scope.affected.contains(package));
    tests.args(scope.excluded(packages));
    tests.args(scope.targets(packages));
    if scope.runs_tests() {
        super::cargo_tests(
            tally,
            "Tests of what was touched and what builds on it",
            &mut tests,
        );
    }
}

/// The revision that is compared with, and the files that differ from it or are new, by their paths from the root.
fn changed_files(base: Option<&str>) -> Option<(String, Vec<String>)> {
    let root = step::root().display().to_string();
    let git = |arguments: &[&str]| step::output("git", &[&["-C", &root], arguments].concat());
    let base = match base {
        Some(base) => git(&["rev-parse", "--verify", base])?,
        None => default_base(&git)?,
    };
    let differ = git(&["diff", "--name-only", "--no-renames", &base])?;
    let new = git(&["ls-files", "--others", "--exclude-standard"])?;
    let mut files: Vec<String> = differ
        .lines()
        .chain(new.lines())
        .map(str::to_owned)
        .collect();
    files.sort();
    files.dedup();
    Some((base.chars().take(12).collect(), files))
}

/// Where this branch left the main one; on the main one itself the work tree's changes, or the last commit's.
fn default_base(git: &impl Fn(&[&str]) -> Option<String>) -> Option<String> {
    let head = git(&["rev-parse", "HEAD"])?;
    let left = ["origin/main", "main"]
        .iter()
        .find_map(|main| git(&["merge-base", main, "HEAD"]))
        .filter(|left| *left != head);
    if left.is_some() {
        return left;
    }
    let clean = git(&["status", "--porcelain"])?.is_empty();
    if clean {
        git(&["rev-parse", "HEAD~"])
    } else {
        Some(head)
    }
}

/// The workspace as cargo sees it.
fn packages() -> Option<Vec<Package>> {
    let output = step::cargo()
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .stderr(std::process::Stdio::inherit())
        .output()
        .ok()?;
    scope::packages(&output.stdout, &step::root())
}

/// Sources that read a document: their paths from the root.
fn files_that_read(document: &str, packages: &[Package]) -> Vec<String> {
    let name = Path::new(document).file_name().unwrap_or_default();
    let name = format!("{}\"", name.display());
    let mut found = Vec::new();
    let mut folders: Vec<_> = packages
        .iter()
        .map(|package| package.folder.clone())
        .collect();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(step::root().join(&folder))
            .into_iter()
            .flatten()
            .flatten()
        {
            let path = folder.join(entry.file_name());
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                if entry.file_name() != "target" {
                    folders.push(path);
                }
                continue;
            }
            let source = path.extension().is_some_and(|end| {
                ["rs", "kt", "swift", "py"]
                    .iter()
                    .any(|known| end == *known)
            });
            let text = if source {
                std::fs::read_to_string(entry.path())
            } else {
                continue;
            };
            let reads = |line: &str| line.contains(&name) && !line.trim_start().starts_with("//");
            if text.is_ok_and(|text| text.lines().any(reads)) {
                found.push(path.display().to_string());
            }
        }
    }
    found.sort();
    found.dedup();
    found
}
