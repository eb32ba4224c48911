//! Manifest and resources: merged with those of the archives, compiled, linked, and named for Kotlin (`R`).
//!
//! Invariant: the manifest in android-demo/app is the one that Gradle takes too; what Gradle's files say beside it (names,
//! versions) is added here, and a test of theirs holds them together.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::artifacts::Artifacts;
use super::library::API;
use super::{APPLICATION, TARGET_API, app, files, folder, stamp};
use crate::step;

/// What was made.
pub struct Resources {
    /// The APK without code: manifest, resources, assets.
    pub apk: PathBuf,
    pub manifest: PathBuf,
    /// The classes `R`.
    pub names: PathBuf,
    /// What R8 must keep, since manifest and layouts name it.
    pub rules: PathBuf,
}

/// Makes them; `assets` is a folder, if there are any.
pub fn make(artifacts: &Artifacts, assets: Option<&Path>) -> Result<Resources, String> {
    let made = folder().join("resources");
    let resources = Resources {
        apk: made.join("base.apk"),
        manifest: made.join("AndroidManifest.xml"),
        names: made.join("R.jar"),
        rules: made.join("rules.pro"),
    };
    let mut inputs = vec![app().join("AndroidManifest.xml"), app().join("res"), list()];
    inputs.extend(assets.map(Path::to_owned));
    let options = format!("{APPLICATION} {TARGET_API} {VERSION}");
    stamp::unless_done(&made.join(".made"), &inputs, &options, || {
        step::announce("Manifest and resources (manifest-merger, aapt2)");
        files::make_empty(&made)?;
        merge(artifacts, &resources.manifest)?;
        let compiled = compile(artifacts, &made)?;
        link(artifacts, &resources, &compiled, assets, &made)?;
        names(&made, &resources.names)
    })?;
    Ok(resources)
}

const VERSION: &str = env!("CARGO_PKG_VERSION");

fn list() -> PathBuf {
    step::root().join("android-demo/artifacts.txt")
}

fn merge(artifacts: &Artifacts, to: &Path) -> Result<(), String> {
    // Gradle takes the name from its own files and none from the manifest.
    let ours = files::read(&app().join("AndroidManifest.xml"))?;
    let named = ours.replacen(
        "<manifest ",
        &format!("<manifest package=\"{APPLICATION}\" "),
        1,
    );
    let main = to.with_file_name("named.xml");
    files::write(&main, &named)?;
    let manifests: Vec<_> = artifacts
        .archives()
        .iter()
        .map(|archive| archive.join("AndroidManifest.xml"))
        .collect();
    let mut merger = Command::new("java");
    merger
        .arg("-cp")
        .arg(artifacts.closure("manifest-merger")?)
        .arg("com.android.manifmerger.Merger")
        .arg("--main")
        .arg(&main)
        .arg("--libs")
        .arg(files::class_path(&manifests))
        .args(["--property", &format!("MIN_SDK_VERSION={API}")])
        .args(["--property", &format!("TARGET_SDK_VERSION={TARGET_API}")])
        .args(["--property", "VERSION_CODE=1"])
        .args(["--property", &format!("VERSION_NAME={VERSION}")])
        .args(["--placeholder", &format!("applicationId={APPLICATION}")])
        .args(["--log", "WARNING", "--out"])
        .arg(to);
    step::quietly(&mut merger)
}

/// Resources of every archive and, last since the last one counts, ours.
fn compile(artifacts: &Artifacts, made: &Path) -> Result<Vec<PathBuf>, String> {
    let mut folders: Vec<_> = artifacts
        .archives()
        .iter()
        .map(|archive| archive.join("res"))
        .collect();
    folders.retain(|folder| !files::below(folder).is_empty());
    folders.push(app().join("res"));
    let mut compiled = Vec::new();
    for (number, folder) in folders.iter().enumerate() {
        let to = made.join(format!("{number:03}.zip"));
        step::quietly(
            Command::new("aapt2")
                .arg("compile")
                .arg("--dir")
                .arg(folder)
                .arg("-o")
                .arg(&to),
        )?;
        compiled.push(to);
    }
    Ok(compiled)
}

fn link(
    artifacts: &Artifacts,
    resources: &Resources,
    compiled: &[PathBuf],
    assets: Option<&Path>,
    made: &Path,
) -> Result<(), String> {
    let mut packages = Vec::new();
    for archive in artifacts.archives() {
        packages.extend(package(&files::read(&archive.join("AndroidManifest.xml"))?));
    }
    packages.sort();
    packages.dedup();
    let mut aapt2 = Command::new("aapt2");
    aapt2
        .arg("link")
        .arg("-I")
        .arg(artifacts.tool("android-all-14")?)
        .arg("--manifest")
        .arg(&resources.manifest)
        .args(["--auto-add-overlay", "--min-sdk-version", &API.to_string()])
        .args(["--target-sdk-version", &TARGET_API.to_string()])
        .args(["--extra-packages", &packages.join(":")])
        .arg("--java")
        .arg(made.join("java"))
        .arg("--proguard")
        .arg(&resources.rules)
        .arg("-o")
        .arg(&resources.apk);
    if let Some(assets) = assets {
        aapt2.arg("-A").arg(assets);
    }
    for file in compiled {
        aapt2.arg("-R").arg(file);
    }
    step::quietly(&mut aapt2)
}

/// `package="..."` of a manifest.
fn package(manifest: &str) -> Option<String> {
    let (_, rest) = manifest.split_once("package=\"")?;
    rest.split('"').next().map(str::to_owned)
}

fn names(made: &Path, to: &Path) -> Result<(), String> {
    let classes = made.join("R");
    files::make(&classes)?;
    let sources = files::with_extension(&made.join("java"), "java");
    step::quietly(
        Command::new("javac")
            .args(["-nowarn", "--release", "17", "-d"])
            .arg(&classes)
            .args(sources),
    )?;
    jar(&classes, to)
}

/// Puts a folder of classes into a jar.
pub fn jar(classes: &Path, to: &Path) -> Result<(), String> {
    step::quietly(
        Command::new("jar")
            .arg("--create")
            .arg("--file")
            .arg(to)
            .arg("-C")
            .arg(classes)
            .arg("."),
    )
}
