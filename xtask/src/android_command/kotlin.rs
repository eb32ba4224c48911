//! Compiles Kotlin for Android, with the compiler itself: no build program knows Android's archives but Gradle.
//!
//! Invariant: warnings of our own sources are errors, as everywhere.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::artifacts::Artifacts;
use super::{app, files, folder, stamp};
use crate::{bindings_command, step};

/// Sources that are compiled together.
struct Module<'a> {
    name: &'a str,
    what: &'a str,
    sources: Vec<PathBuf>,
    class_path: Vec<PathBuf>,
    options: Vec<String>,
}

/// The app's classes, a jar a module: the generated interface, the library, the app with its screens.
pub fn compile_app(artifacts: &Artifacts, names: &Path) -> Result<Vec<PathBuf>, String> {
    let root = step::root();
    let mut class_path = vec![artifacts.tool("android-all-15")?];
    class_path.extend(artifacts.jars(&["aar", "jar"]));
    class_path.push(names.to_owned());
    let library = root.join("bindings/kotlin/src");
    let compose = format!(
        "-Xplugin={}",
        artifacts.tool("kotlin-compose-compiler")?.display()
    );
    let modules = [
        (
            "core",
            "the generated interface of the core",
            vec![bindings_command::folder().join("kotlin")],
            vec!["-nowarn".to_owned()],
        ),
        (
            "library",
            "the library, with Android's part",
            vec![library.join("main/kotlin"), library.join("android/kotlin")],
            vec!["-Xexplicit-api=strict".to_owned(), "-Werror".to_owned()],
        ),
        (
            "app",
            "the app and its screens",
            vec![
                root.join("android-demo/screens/src/main/kotlin"),
                app().join("src/main/kotlin"),
            ],
            vec![compose, "-Werror".to_owned()],
        ),
    ];
    let mut jars = Vec::new();
    for (name, what, sources, options) in modules {
        let jar = compile(
            artifacts,
            &Module {
                name,
                what,
                sources,
                class_path: class_path.clone(),
                options,
            },
        )?;
        class_path.push(jar.clone());
        jars.push(jar);
    }
    Ok(jars)
}

/// Other sources upon the app's classes: tests, the main job.
pub fn compile_upon(
    artifacts: &Artifacts,
    (name, what): (&str, &str),
    sources: Vec<PathBuf>,
    class_path: Vec<PathBuf>,
    friends: &[PathBuf],
) -> Result<PathBuf, String> {
    let compose = format!(
        "-Xplugin={}",
        artifacts.tool("kotlin-compose-compiler")?.display()
    );
    let mut options = vec![compose, "-Werror".to_owned()];
    if !friends.is_empty() {
        let friends: Vec<_> = friends
            .iter()
            .map(|jar| jar.display().to_string())
            .collect();
        options.push(format!("-Xfriend-paths={}", friends.join(",")));
    }
    compile(
        artifacts,
        &Module {
            name,
            what,
            sources,
            class_path,
            options,
        },
    )
}

fn compile(artifacts: &Artifacts, module: &Module<'_>) -> Result<PathBuf, String> {
    let made = folder().join("classes");
    files::make(&made)?;
    let jar = made.join(format!("{}.jar", module.name));
    // What was made here before is an input; all else on the path is named by the list of artifacts.
    let made_here = [made.clone(), folder().join("resources")];
    let mut inputs = module.sources.clone();
    inputs.push(step::root().join("android-demo/artifacts.txt"));
    let is_made_here = |jar: &&PathBuf| made_here.iter().any(|folder| jar.starts_with(folder));
    inputs.extend(module.class_path.iter().filter(is_made_here).cloned());
    stamp::unless_done(
        &made.join(format!("{}.made", module.name)),
        &inputs,
        &module.options.join(" "),
        || {
            let _ = std::fs::remove_file(&jar);
            let mut arguments = String::new();
            let mut add = |argument: &str| {
                let _ = writeln!(
                    arguments,
                    "\"{}\"",
                    argument.replace('\\', "\\\\").replace('"', "\\\"")
                );
            };
            for argument in [
                "-no-stdlib",
                "-no-reflect",
                "-jvm-target",
                "17",
                "-module-name",
                module.name,
            ] {
                add(argument);
            }
            module.options.iter().for_each(|option| add(option));
            add("-classpath");
            add(&files::class_path(&module.class_path));
            add("-d");
            add(&jar.display().to_string());
            for source in module.sources.iter().flat_map(|source| sources_of(source)) {
                add(&source.display().to_string());
            }
            let list = made.join(format!("{}.arguments", module.name));
            files::write(&list, &arguments)?;
            let mut compiler = Command::new("java");
            compiler
                .args(["-Xmx1500m", "-cp"])
                .arg(artifacts.closure("kotlin-compiler")?)
                .arg("org.jetbrains.kotlin.cli.jvm.K2JVMCompiler")
                .arg(format!("@{}", list.display()));
            let compiled = step::run(
                &format!("Compiling {} (Kotlin)", module.what),
                &mut compiler,
            );
            if compiled {
                Ok(())
            } else {
                Err(format!("{} could not be compiled", module.what))
            }
        },
    )?;
    Ok(jar)
}

fn sources_of(source: &Path) -> Vec<PathBuf> {
    if source.is_dir() {
        files::with_extension(source, "kt")
    } else {
        vec![source.to_owned()]
    }
}
