//! The main job over the classes as R8 leaves them: JNA and UniFFI find classes and fields by name, and what R8 takes away
//! or renames is missed only when it runs.
//!
//! Invariant: the rules are those of the APK; besides them the start of the job is kept, and nothing else. R8 writes class
//! files here, since only a phone runs its other output.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::artifacts::Artifacts;
use super::package::{self, Shrunk};
use super::resources::Resources;
use super::{app, files, folder, kotlin};
use crate::{bindings_command, program_command, step};

/// In android-demo/app/src/shrunk.
const MAIN: &str = "org.healthcode.app.shrunk.MainJobKt";

/// Shrinks the app with the main job in it and runs that against a real authority.
pub fn main_job(
    artifacts: &Artifacts,
    resources: &Resources,
    classes: &[PathBuf],
) -> Result<(), String> {
    let library = step::root().join("bindings/kotlin/src");
    let mut class_path = classes.to_vec();
    class_path.extend(artifacts.jars(&["aar", "jar"]));
    let job = kotlin::compile_upon(
        artifacts,
        ("main-job", "the main job"),
        vec![
            app().join("src/shrunk/kotlin"),
            library.join("test/kotlin/quickstart"),
            library.join("test/kotlin/org/healthcode/support/Authority.kt"),
            library.join("jvm/kotlin"),
        ],
        class_path,
        &[],
    )?;
    let made = folder().join("main-job");
    files::make_empty(&made)?;
    let rules = made.join("rules.pro");
    files::write(
        &rules,
        &format!("-keep class {MAIN} {{ public static void main(java.lang.String[]); }}\n"),
    )?;
    let shrunk = package::shrink(
        artifacts,
        resources,
        classes,
        Shrunk::Classes,
        &[(job, rules)],
    )?;
    // JNA's own library for this machine, and no class of it: those are to come out of R8.
    let jars = artifacts.jars(&["test-jar"]);
    let jna = jars
        .iter()
        .find(|jar| is_jna(jar))
        .ok_or("artifacts.txt names no JNA for tests")?;
    let own = format!("com/sun/jna/{}/*", bindings_command::jna_platform());
    step::quietly(
        Command::new("unzip")
            .args(["-q", "-j", "-o"])
            .arg(jna)
            .arg(own)
            .arg("-d")
            .arg(made.join("jna")),
    )?;
    let authority = program_command::path(program_command::AUTHORITY)
        .ok_or("there is no authority's program")?;
    let mut java = Command::new("java");
    java.arg(format!(
        "-Djna.boot.library.path={}",
        made.join("jna").display()
    ))
    .arg("-Djna.nounpack=true")
    .arg(format!(
        "-Djna.library.path={}",
        bindings_command::folder().join("lib").display()
    ))
    .arg(format!("-Dhealthcode.root={}", step::root().display()))
    .arg(format!("-Dhealthcode.authority={}", authority.display()))
    .arg("-cp")
    .arg(&shrunk)
    .arg(MAIN)
    .arg(&made);
    let ran = step::run(
        "The main job over the shrunk classes, against a real authority",
        &mut java,
    );
    if ran {
        Ok(())
    } else {
        Err("the shrunk classes do not do the main job".to_owned())
    }
}

fn is_jna(jar: &Path) -> bool {
    jar.file_name()
        .is_some_and(|name| name.to_string_lossy().starts_with("jna-"))
}
