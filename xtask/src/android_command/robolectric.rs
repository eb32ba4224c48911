//! The Android app's own tests, on the JVM: Robolectric runs the real activity over Android's own classes, with the core's
//! library for this machine under it and a real authority beside it.
//!
//! Invariant: every `@Test` that stands in the sources has run, or the tests have failed: a crash of the virtual machine, or
//! a class that was not loaded, is no success.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::artifacts::Artifacts;
use super::resources::Resources;
use super::{APPLICATION, app, files, folder, kotlin};
use crate::{bindings_command, program_command, step};

/// Compiles the tests and runs them all in one virtual machine; passed and failed.
pub fn run(
    artifacts: &Artifacts,
    resources: &Resources,
    classes: &[PathBuf],
) -> Result<(u64, u64), String> {
    let sources = app().join("src/test/kotlin");
    let library = step::root().join("bindings/kotlin/src");
    let mut class_path = classes.to_vec();
    class_path.push(resources.names.clone());
    class_path.extend(artifacts.jars(&["aar", "jar", "test-aar", "test-jar"]));
    class_path.extend(
        artifacts
            .closure("robolectric")?
            .split(':')
            .map(PathBuf::from),
    );
    class_path.push(artifacts.tool("android-all-15")?);
    let tests = kotlin::compile_upon(
        artifacts,
        ("tests", "the app's tests"),
        vec![
            sources.clone(),
            // The real authority, a phone's answers, and a key store's guard, as the library's own tests have them.
            library.join("test/kotlin/org/healthcode/support"),
            library.join("jvm/kotlin"),
        ],
        class_path.clone(),
        classes,
    )?;
    let names = test_classes(&sources)?;
    let listed: u64 = names.iter().map(|(_, tests)| tests).sum();
    let made = folder().join("robolectric");
    files::make_empty(&made)?;
    tell_where_resources_are(resources, &made)?;
    let mut java = Command::new("java");
    java.args(["-Xmx2g", "-cp"])
        .arg(files::class_path(
            &[
                &[made.clone(), app().join("src/test/resources"), tests][..],
                &class_path,
            ]
            .concat(),
        ))
        .arg("-Drobolectric.offline=true")
        .arg(format!(
            "-Drobolectric.dependency.dir={}",
            Artifacts::sandbox().display()
        ))
        .arg(format!(
            "-Djna.library.path={}",
            bindings_command::folder().join("lib").display()
        ))
        .arg(format!("-Dhealthcode.root={}", step::root().display()))
        .arg(format!("-Dhealthcode.app={}", app().display()))
        .arg(format!("-Dhealthcode.pictures={}", made.display()));
    if let Some(authority) = program_command::path(program_command::AUTHORITY) {
        java.arg(format!("-Dhealthcode.authority={}", authority.display()));
    }
    java.arg("org.junit.runner.JUnitCore")
        .args(names.iter().map(|(name, _)| name));
    let mut ran = None;
    let well = step::run_reading(
        &format!("{listed} tests of the Android app (Robolectric)"),
        &mut java,
        |line| {
            ran = ran.or(counts(line));
        },
    );
    let (run, failed) = ran.unwrap_or((0, 0));
    let missing = listed.saturating_sub(run);
    if missing > 0 {
        step::note(&format!(
            "{missing} of the {listed} tests in {} did not run",
            sources.display()
        ));
    }
    let failed = (failed + missing).max(u64::from(!well));
    Ok((listed.saturating_sub(failed), failed))
}

/// Robolectric reads manifest and resources as Gradle would leave them.
fn tell_where_resources_are(resources: &Resources, to: &Path) -> Result<(), String> {
    let place = to.join("com/android/tools");
    files::make(&place)?;
    files::write(
        &place.join("test_config.properties"),
        &format!(
            "android_merged_manifest={}\nandroid_resource_apk={}\nandroid_custom_package={APPLICATION}\n",
            resources.manifest.display(),
            resources.apk.display()
        ),
    )
}

/// The classes with tests, and how many each has.
fn test_classes(sources: &Path) -> Result<Vec<(String, u64)>, String> {
    let mut classes = Vec::new();
    for file in files::with_extension(sources, "kt") {
        let tests = tests_in(&files::read(&file)?);
        if tests > 0 {
            let path = file
                .strip_prefix(sources)
                .unwrap_or(&file)
                .with_extension("");
            let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
            classes.push((parts.join("."), tests));
        }
    }
    if classes.is_empty() {
        Err(format!("no tests in {}", sources.display()))
    } else {
        Ok(classes)
    }
}

/// How often a line begins with `@Test`.
fn tests_in(source: &str) -> u64 {
    let lines = source.lines().map(str::trim_start);
    lines
        .filter(|line| {
            line.strip_prefix("@Test")
                .is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
        })
        .count() as u64
}

/// JUnit's closing line: run and failed.
fn counts(line: &str) -> Option<(u64, u64)> {
    let number = |text: &str| text.trim().parse().ok();
    if let Some(rest) = line.strip_prefix("OK (") {
        return Some((number(rest.split(' ').next()?)?, 0));
    }
    let (run, failed) = line
        .strip_prefix("Tests run: ")?
        .split_once(",  Failures: ")?;
    Some((number(run)?, number(failed)?))
}

#[cfg(test)]
mod tests {
    use super::{counts, tests_in};

    #[test]
    fn reads_what_junit_closes_with() {
        assert_eq!(counts("OK (12 tests)"), Some((12, 0)));
        assert_eq!(counts("OK (1 test)"), Some((1, 0)));
        assert_eq!(counts("Tests run: 12,  Failures: 3"), Some((12, 3)));
        assert_eq!(counts("Time: 3.5"), None);
    }

    #[test]
    fn finds_tests_in_a_source() {
        assert_eq!(
            tests_in("@Test fun a()\n    @Test\n    fun b()\n// @Test\n@TestOnly\n"),
            2
        );
    }
}
