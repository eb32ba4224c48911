//! `cargo xtask android`: a signed APK of android-demo with the core inside, from nothing but the public registries: no
//! Gradle, no SDK and, unless `ANDROID_NDK_HOME` names one, no NDK.
//!
//! Invariant: everything that is made lies under `target/android`; an APK that was not checked is not named.

mod artifacts;
mod bionic;
mod files;
mod inspect;
mod kotlin;
mod library;
mod package;
mod resources;
mod robolectric;
mod shrunk;
pub mod stamp;

use std::path::{Path, PathBuf};

use clap::Args;

use crate::{bindings_command, step};
use artifacts::Artifacts;
use library::Abi;
use package::Shrunk;
use resources::Resources;

/// The app's id, for Android; Gradle's files have it too.
const APPLICATION: &str = "org.healthcode.app";
/// Android 16: what the app was written for.
const TARGET_API: u32 = 36;

/// What to make.
#[derive(Args)]
pub struct AndroidArguments {
    /// For these processors; for both when left out.
    #[arg(long, value_parser = ["arm64-v8a", "x86_64"])]
    abi: Vec<String>,
    /// The data folder of the authority that the app is made for (root-key.hex and ca.pem are taken).
    #[arg(long, value_name = "FOLDER", requires = "url")]
    authority: Option<PathBuf>,
    /// Where phones reach it: https://HOST:PORT.
    #[arg(long, requires = "authority")]
    url: Option<String>,
    /// Make none: compile the app and run its own tests alone (`cargo xtask test android` runs more).
    #[arg(long, conflicts_with_all = ["abi", "authority"])]
    test: bool,
}

/// Makes the APK; whether all went well.
pub fn run(arguments: &AndroidArguments) -> bool {
    if arguments.test {
        return tests();
    }
    match make(arguments) {
        Ok(apk) => {
            step::announce("Made");
            step::note(&apk.display().to_string());
            step::note("Put it on a phone or an emulator with: adb install -r FILE");
            true
        }
        Err(why) => {
            step::note(&why);
            false
        }
    }
}

/// Compiles the app and runs its own tests.
fn tests() -> bool {
    let ran = if bindings_command::generate() {
        AndroidApp::for_tests().and_then(|app| app.robolectric())
    } else {
        Err("the interface of the core could not be generated".to_owned())
    };
    match ran {
        Ok((passed, failed)) => {
            step::note(&format!("{passed} passed, {failed} failed"));
            failed == 0
        }
        Err(why) => {
            step::note(&why);
            false
        }
    }
}

fn make(arguments: &AndroidArguments) -> Result<PathBuf, String> {
    tools()?;
    let mut abis: Vec<_> = arguments
        .abi
        .iter()
        .filter_map(|name| Abi::named(name))
        .collect();
    if abis.is_empty() {
        abis = Abi::ALL.to_vec();
    }
    let assets = assets(arguments)?;
    if !bindings_command::generate() {
        return Err("the interface of the core could not be generated".to_owned());
    }
    AndroidApp::compile(assets.as_deref())?.package(&abis)
}

/// The app, compiled.
pub struct AndroidApp {
    artifacts: Artifacts,
    resources: Resources,
    /// A jar a module.
    classes: Vec<PathBuf>,
}

impl AndroidApp {
    /// Compiles it for tests, built for no authority; the generated interface of the core must be there.
    pub fn for_tests() -> Result<Self, String> {
        tools()?;
        Self::compile(None)
    }

    fn compile(assets: Option<&Path>) -> Result<Self, String> {
        let artifacts = Artifacts::fetch()?;
        let resources = resources::make(&artifacts, assets)?;
        let classes = kotlin::compile_app(&artifacts, &resources.names)?;
        Ok(Self {
            artifacts,
            resources,
            classes,
        })
    }

    /// Runs its own tests; passed and failed.
    pub fn robolectric(&self) -> Result<(u64, u64), String> {
        robolectric::run(&self.artifacts, &self.resources, &self.classes)
    }

    /// Does the main job over its classes as R8 leaves them.
    pub fn main_job_shrunk(&self) -> Result<(), String> {
        shrunk::main_job(&self.artifacts, &self.resources, &self.classes)
    }

    /// A checked APK for the processor of phones.
    pub fn for_phones(&self) -> Result<PathBuf, String> {
        self.package(&[Abi::Arm64])
    }

    fn package(&self, abis: &[Abi]) -> Result<PathBuf, String> {
        let mut libraries = Vec::new();
        for abi in abis {
            libraries.push((*abi, library::build(*abi)?));
        }
        let dex = package::shrink(
            &self.artifacts,
            &self.resources,
            &self.classes,
            Shrunk::Dex,
            &[],
        )?;
        let apk = package::assemble(&self.artifacts, &self.resources, &dex, &libraries)?;
        inspect::check(&apk, abis)?;
        Ok(apk)
    }
}

/// What the app is told of its authority, as files in the APK.
fn assets(arguments: &AndroidArguments) -> Result<Option<PathBuf>, String> {
    let (Some(authority), Some(url)) = (&arguments.authority, &arguments.url) else {
        step::note("no --authority: the app will say that it was made for none");
        return Ok(None);
    };
    let assets = folder().join("assets");
    files::make_empty(&assets)?;
    for name in ["root-key.hex", "ca.pem"] {
        files::copy(&authority.join(name), &assets.join("authority").join(name))?;
    }
    files::write(&assets.join("authority/url.txt"), url)?;
    Ok(Some(assets))
}

/// Where everything is made.
fn folder() -> PathBuf {
    step::root().join("target/android")
}

/// The app's own sources.
fn app() -> PathBuf {
    step::root().join("android-demo/app")
}

/// Sees to what is started here.
fn tools() -> Result<(), String> {
    step::announce("Set-up for Android");
    let wanted = [
        ("javac", "-version", "openjdk-17-jdk-headless"),
        ("mvn", "--version", "maven"),
        ("clang", "--version", "clang"),
        ("llvm-ar", "--version", "llvm"),
        ("aapt2", "version", "aapt"),
        ("apksigner", "--version", "apksigner"),
        ("unzip", "-v", "unzip"),
    ];
    let is_missing = |program, argument: &str| step::output(program, &[argument]).is_none();
    let mut missing: Vec<_> = wanted
        .iter()
        .filter(|(program, argument, _)| is_missing(program, argument))
        .map(|(_, _, package)| *package)
        .collect();
    // It tells no version: without arguments it tells its usage, and that it failed.
    if std::process::Command::new("zipalign")
        .stderr(std::process::Stdio::null())
        .status()
        .is_err()
    {
        missing.push("zipalign");
    }
    if missing.is_empty() || step::install(&missing) {
        Ok(())
    } else {
        Err("tools are missing".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::{APPLICATION, TARGET_API, app, library};
    use crate::step;

    fn read(path: &str) -> String {
        std::fs::read_to_string(step::root().join(path)).expect("a file of the project")
    }

    #[test]
    fn gradle_would_make_the_same_app() {
        let gradle = std::fs::read_to_string(app().join("build.gradle.kts")).expect("there");
        let ours = [
            format!("applicationId = \"{APPLICATION}\""),
            format!("namespace = \"{APPLICATION}\""),
            format!("minSdk = {}", library::API),
            format!("targetSdk = {TARGET_API}"),
            format!("versionName = \"{}\"", env!("CARGO_PKG_VERSION")),
        ];
        for line in ours {
            assert!(gradle.contains(&line), "{line}");
        }
    }

    #[test]
    fn gradle_takes_the_listed_versions() {
        let list = read("android-demo/artifacts.txt");
        let mut checked = 0;
        for file in [
            "android-demo/app/build.gradle.kts",
            "bindings/kotlin/build.gradle.kts",
        ] {
            let gradle = read(file);
            let quoted = gradle
                .split('"')
                .skip(1)
                .step_by(2)
                .map(|text| text.trim_end_matches("@aar"));
            for (module, version) in quoted.filter_map(|text| text.rsplit_once(':')) {
                if !module.contains(':') {
                    continue;
                }
                // Gradle's name leads to Android's own of what there is for several systems.
                let listed = ["", "-android", "-jvm"]
                    .map(|system| format!("ar {module}{system}:{version}\n"));
                assert!(
                    listed.iter().any(|line| list.contains(line)),
                    "{file}: {module}:{version}"
                );
                checked += 1;
            }
        }
        assert!(checked > 10, "{checked}");
    }
}
