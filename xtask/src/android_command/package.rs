//! From classes, resources and libraries to a signed APK: R8, xtask/android/Pack.java, zipalign, apksigner.
//!
//! Invariant: what is in the APK was shrunk under the rules that the tests run under ([`shrink`]); the key is a throwaway,
//! made on this machine.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::artifacts::Artifacts;
use super::library::{API, Abi};
use super::resources::Resources;
use super::{app, files, folder};
use crate::step;

/// What R8 makes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Shrunk {
    /// Code for Android.
    Dex,
    /// The same classes for the JVM, so that the rules can be tried there.
    Classes,
}

/// Shrinks the app's classes, with `more` beside them that has rules of its own.
pub fn shrink(
    artifacts: &Artifacts,
    resources: &Resources,
    classes: &[PathBuf],
    kind: Shrunk,
    more: &[(PathBuf, PathBuf)],
) -> Result<PathBuf, String> {
    let (name, what) = match kind {
        Shrunk::Dex => ("dex", "for Android"),
        Shrunk::Classes => ("shrunk", "for the JVM"),
    };
    let made = folder().join(name);
    files::make_empty(&made)?;
    let to = made.join("classes.zip");
    let mut r8 = Command::new("java");
    r8.args(["-Xmx3g", "-XX:+UseParallelGC", "-cp"])
        .arg(artifacts.tool("r8")?)
        .arg("com.android.tools.r8.R8")
        .arg("--release")
        // Rules that match nothing are no news: the archives bring many.
        .args(["--map-diagnostics", "info", "none"]);
    match kind {
        Shrunk::Dex => r8.args(["--min-api", &API.to_string()]),
        Shrunk::Classes => r8.arg("--classfile"),
    };
    // What javac and Kotlin leave to the virtual machine (java.lang.invoke) is not among Android's own classes.
    r8.arg("--lib")
        .arg(java_home()?)
        .arg("--lib")
        .arg(artifacts.tool("android-all-15")?);
    let archives = artifacts.archives();
    let theirs = archives
        .iter()
        .map(|archive| archive.join("proguard.txt"))
        .filter(|rules| rules.exists());
    let ours = [
        app().join("rules.pro"),
        step::root().join("bindings/kotlin/src/android/consumer-rules.pro"),
        resources.rules.clone(),
    ];
    for rules in ours
        .into_iter()
        .chain(theirs)
        .chain(more.iter().map(|(_, rules)| rules.clone()))
    {
        r8.arg("--pg-conf").arg(rules);
    }
    r8.arg("--pg-map-output")
        .arg(made.join("mapping.txt"))
        .arg("--output")
        .arg(&to);
    r8.args(classes)
        .arg(&resources.names)
        .args(artifacts.jars(&["aar", "jar"]));
    r8.args(more.iter().map(|(jar, _)| jar));
    if step::run(&format!("Shrinking the classes {what} (R8)"), &mut r8) {
        Ok(to)
    } else {
        Err("R8 failed; see above".to_owned())
    }
}

fn java_home() -> Result<PathBuf, String> {
    if let Some(home) = std::env::var_os("JAVA_HOME") {
        return Ok(home.into());
    }
    let settings = Command::new("java")
        .args(["-XshowSettings:properties", "-version"])
        .output();
    let told = settings.map_err(|error| format!("java: {error}"))?.stderr;
    let told = String::from_utf8_lossy(&told);
    let home = told
        .lines()
        .find_map(|line| line.trim().strip_prefix("java.home = "));
    home.map(PathBuf::from)
        .ok_or("java does not say where it lies; set JAVA_HOME".to_owned())
}

/// Puts all into one file, signed; where it lies.
pub fn assemble(
    artifacts: &Artifacts,
    resources: &Resources,
    dex: &Path,
    libraries: &[(Abi, PathBuf)],
) -> Result<PathBuf, String> {
    let made = folder().join("apk");
    files::make_empty(&made)?;
    let content = made.join("content");
    let code = made.join("code");
    step::quietly(
        Command::new("unzip")
            .arg("-q")
            .arg(dex)
            .arg("-d")
            .arg(&code),
    )?;
    // Of what the archives bring beside classes only the lists of services are asked for on a phone.
    let services = files::below(&code.join("META-INF/services"));
    for file in files::with_extension(&code, "dex")
        .into_iter()
        .chain(services)
    {
        files::copy(
            &file,
            &content.join(file.strip_prefix(&code).unwrap_or(&file)),
        )?;
    }
    for (abi, core) in libraries {
        let to = content.join("lib").join(abi.name());
        files::copy(core, &to.join(super::library::LIBRARY))?;
        for archive in artifacts.archives() {
            for library in files::with_extension(&archive.join("jni").join(abi.name()), "so") {
                files::copy(&library, &to.join(library.file_name().unwrap_or_default()))?;
            }
        }
    }
    let unsigned = made.join("unsigned.apk");
    let mut pack = Command::new("java");
    pack.arg(step::root().join("xtask/android/Pack.java"));
    step::quietly(pack.arg(&unsigned).arg(&resources.apk).arg(&content))?;
    let aligned = made.join("aligned.apk");
    let mut align = Command::new("zipalign");
    step::quietly(align.args(["-f", "16384"]).arg(&unsigned).arg(&aligned))?;
    let apk = folder().join("health-code.apk");
    let key = key()?;
    let mut sign = Command::new("apksigner");
    sign.args([
        "sign",
        "--ks-pass",
        "pass:android",
        "--min-sdk-version",
        &API.to_string(),
        "--ks",
    ])
    .arg(key);
    step::quietly(sign.arg("--out").arg(&apk).arg(&aligned))?;
    Ok(apk)
}

/// A key under the password that Android's own tools give theirs for development.
fn key() -> Result<PathBuf, String> {
    let key = folder().join("debug.p12");
    if !key.exists() {
        let mut keytool = Command::new("keytool");
        keytool
            .args([
                "-genkeypair",
                "-storetype",
                "PKCS12",
                "-storepass",
                "android",
                "-alias",
                "androiddebugkey",
            ])
            .args([
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=Android Debug",
                "-validity",
                "10000",
            ])
            .arg("-keystore")
            .arg(&key);
        step::quietly(&mut keytool)?;
    }
    Ok(key)
}
