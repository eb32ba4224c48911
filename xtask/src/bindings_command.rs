//! `cargo xtask bindings`: the library, and the Kotlin and Swift that call it.
//!
//! Invariant: everything that is made lies under `target/bindings`; of it only the interface listing is committed, as
//! docs/API.txt.

use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Args;

use crate::{program_command, step};

/// What to make.
#[derive(Args)]
pub struct BindingsArguments {
    /// Write the interface listing to docs/API.txt instead of comparing it.
    #[arg(long)]
    write_api: bool,
}

/// Where the generated code lies: `kotlin`, `swift`, `API.txt`, and the library it calls, under `lib` and, as JNA looks for
/// it in an artifact, under `resources`.
pub fn folder() -> PathBuf {
    step::root().join("target/bindings")
}

/// Makes them; whether all went well and the interface is the listed one.
pub fn run(arguments: &BindingsArguments) -> bool {
    let made = generate() && compare(arguments.write_api);
    if made {
        say_what_next();
    }
    made
}

/// The library and its languages are half of the way.
fn say_what_next() {
    let library = folder().join("lib");
    step::announce("Next");
    step::note(
        "Kotlin (docs/KOTLIN.md): put the artifact, with this library in it, into the local repository:",
    );
    step::note("    (cd bindings/kotlin && mvn install -DskipTests)");
    step::note("Swift (docs/SWIFT.md): build and run with");
    step::note(&format!("    -Xlinker -L{} and", library.display()));
    step::note(&format!("    LD_LIBRARY_PATH={}", library.display()));
    step::note("An authority to try it with:");
    step::note("    cargo xtask authority --data ./health-code-data");
}

/// Builds the library and generates both languages.
pub fn generate() -> bool {
    let out = folder();
    // The kernel drops it with the process. Two that write the same files at once would leave neither's.
    let Some(_turn) = turn(&out) else {
        return false;
    };
    let Some(library) = build(
        "Building the bindings library",
        &mut program_command::building_with_library(&[]),
        &out.join("lib"),
    ) else {
        return false;
    };
    let generated = step::run(
        "Generating Kotlin and Swift (the generator is built the first time)",
        step::cargo()
            .args(["run", "--package", "xtask", "--features", "xtask/bindgen"])
            .args(["--bin", "bindgen", "--"])
            .arg(&library)
            .arg(&out),
    );
    generated && hand_to_swift() && hand_to_kotlin(&out.join("lib").join(LIBRARY))
}

/// Waits for another run that generates into this folder.
fn turn(out: &Path) -> Option<std::fs::File> {
    let taken = std::fs::create_dir_all(out)
        .and_then(|()| std::fs::File::create(out.with_extension("lock")))
        .and_then(|lock| {
            if lock.try_lock().is_err() {
                step::note("waiting for bindings that are being generated");
                lock.lock()?;
            }
            Ok(lock)
        });
    taken
        .inspect_err(|error| step::note(&format!("{}: {error}", out.display())))
        .ok()
}

/// Puts a copy of the library into a folder, in the place of an older one: a process that has that loaded keeps it.
fn put(library: &Path, into: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(into)?;
    let partial = folder().with_extension(format!("partial.{}", std::process::id()));
    std::fs::copy(library, &partial)?;
    std::fs::rename(&partial, into.join(LIBRARY))
}

/// Puts the library where JNA looks for it in an artifact, so that an app needs no path of it.
fn hand_to_kotlin(library: &Path) -> bool {
    let platform = folder().join("resources").join(jna_platform());
    put(library, &platform)
        .inspect_err(|error| step::note(&format!("{}: {error}", platform.display())))
        .is_ok()
}

/// JNA's name of this machine's platform (`com.sun.jna.Platform.RESOURCE_PREFIX`).
pub fn jna_platform() -> String {
    let system = match std::env::consts::OS {
        "macos" => "darwin",
        "windows" => "win32",
        other => other,
    };
    let processor = match std::env::consts::ARCH {
        "x86_64" => "x86-64",
        other => other,
    };
    format!("{system}-{processor}")
}

/// Builds the library without the core's own HTTPS, for hosts that bring their network; the folder it is put into.
pub fn without_https() -> Option<PathBuf> {
    let into = folder().join("lib-without-https");
    let mut cargo = step::cargo();
    cargo.args(["build", "--package", "health-code-bindings"]);
    cargo.arg("--no-default-features");
    build(
        "Building the bindings library without the core's own HTTPS",
        &mut cargo,
        &into,
    )?;
    Some(into)
}

/// Builds the library and copies it `into` a folder; where cargo put it, until the next build.
fn build(what: &str, cargo: &mut Command, into: &Path) -> Option<PathBuf> {
    if !step::run(what, cargo) {
        return None;
    }
    let Some(library) = step::binaries().map(|folder| folder.join(LIBRARY)) else {
        step::note("cargo did not say where it puts libraries");
        return None;
    };
    if let Err(error) = put(&library, into) {
        step::note(&format!(
            "{} could not be copied to {}: {error}",
            library.display(),
            into.display()
        ));
        return None;
    }
    Some(library)
}

/// SwiftPM takes no sources from outside of a package: it gets copies, which git ignores.
fn hand_to_swift() -> bool {
    let sources = step::root().join("bindings/swift/Sources");
    [
        ("HealthCodeCore.swift", "HealthCodeCore"),
        ("HealthCodeFFI.h", "HealthCodeFFI"),
    ]
    .iter()
    .all(|(file, target)| {
        let to = sources.join(target);
        let made = std::fs::read(folder().join("swift").join(file));
        let well = made.and_then(|made| {
            std::fs::create_dir_all(&to)?;
            // An unchanged file keeps its time, so that Swift does not compile it again.
            match std::fs::read(to.join(file)) {
                Ok(old) if old == made => Ok(()),
                _ => std::fs::write(to.join(file), made),
            }
        });
        well.inspect_err(|error| step::note(&format!("{}: {error}", to.display())))
            .is_ok()
    })
}

/// Builds the library as apps carry it, for this machine; the folder it lies in.
pub fn released() -> Option<PathBuf> {
    let library = release(&[])?;
    library.parent().map(PathBuf::from)
}

/// What a release may leave out, and what that saves: `cargo xtask bench size`.
pub fn sizes() -> bool {
    let mut rows = Vec::new();
    for (what, features) in [
        ("as phones carry it, with the core's own HTTPS", &[][..]),
        (
            "without (`--no-default-features`)",
            &["--no-default-features"],
        ),
    ] {
        let Some(library) = release(features) else {
            return false;
        };
        let Some((stripped, compressed)) = size(&library) else {
            step::note("gzip is needed to tell the compressed size");
            return false;
        };
        rows.push((what, stripped, compressed));
    }
    step::say(&format!(
        "\n| library for {} | stripped, MB | gzip -9, MB |\n|---|---|---|",
        std::env::consts::ARCH
    ));
    for (what, stripped, compressed) in rows {
        step::say(&format!(
            "| {what} | {} | {} |",
            megabytes(stripped),
            megabytes(compressed)
        ));
    }
    true
}

/// Builds the library as apps carry it; bindings/build.rs has the linker's part.
fn release(features: &[&str]) -> Option<PathBuf> {
    let mut cargo = step::cargo();
    cargo
        .args(["rustc", "--package", "health-code-bindings"])
        .args(["--profile", "phone", "--crate-type", "cdylib"])
        .args(features)
        .env("CARGO_ENCODED_RUSTFLAGS", flags_of_a_release().join("\x1f"));
    let built = step::run(
        "Building the bindings library as apps carry it (profile phone)",
        &mut cargo,
    );
    let library = step::binaries()?.parent()?.join("phone").join(LIBRARY);
    (built && library.exists()).then_some(library)
}

/// What every crate of a release is compiled with, which a profile cannot say.
pub fn flags_of_a_release() -> Vec<String> {
    // With a frame pointer an unwinder needs a third less to be told; ARM has it anyway.
    let mut flags = vec![
        "-Cforce-frame-pointers=yes".to_owned(),
        // SHA-2 in software, for processors without instructions for it: a loop in the place of 64 steps written out.
        "--cfg=sha2_backend_soft=\"compact\"".to_owned(),
        // Curve25519 once, as on ARM: with AVX2 beside it, it is a third faster and 25 KB larger, on x86_64 alone.
        "--cfg=curve25519_dalek_backend=\"serial\"".to_owned(),
    ];
    // Panics name files of dependencies: no paths of the machine that built it.
    let cargo_home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let user = || Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo"));
    let Some(registries) = cargo_home
        .or_else(user)
        .map(|home| home.join("registry/src"))
    else {
        return flags;
    };
    for registry in std::fs::read_dir(registries)
        .into_iter()
        .flatten()
        .flatten()
    {
        flags.push(format!(
            "--remap-path-prefix={}/=",
            registry.path().display()
        ));
    }
    flags
}

/// Bytes of a file, and of it compressed.
fn size(library: &Path) -> Option<(u64, u64)> {
    let stripped = std::fs::metadata(library).ok()?.len();
    let compressed = Command::new("gzip")
        .args(["-9", "--stdout"])
        .arg(library)
        .output()
        .ok()?;
    let compressed_bytes = compressed.stdout.len() as u64;
    compressed
        .status
        .success()
        .then_some((stripped, compressed_bytes))
}

fn megabytes(bytes: u64) -> String {
    format!("{}.{:02}", bytes / 1_000_000, bytes % 1_000_000 / 10_000)
}

/// Whether docs/API.txt is the listing just made; writes it if asked.
pub fn compare(write: bool) -> bool {
    let listed = step::root().join("docs/API.txt");
    let made = std::fs::read_to_string(folder().join("API.txt")).unwrap_or_default();
    if write {
        step::announce("Writing docs/API.txt");
        let written = std::fs::write(&listed, &made);
        if let Err(error) = &written {
            step::note(&format!("{}: {error}", listed.display()));
        }
        return !made.is_empty() && written.is_ok();
    }
    step::announce("Comparing the interface with docs/API.txt");
    let same = !made.is_empty() && std::fs::read_to_string(&listed).is_ok_and(|old| old == made);
    if !same {
        step::note("it differs: look at the change, then run `cargo xtask bindings --write-api`");
    }
    same
}

#[cfg(target_os = "macos")]
const LIBRARY: &str = "libhealth_code.dylib";
#[cfg(windows)]
const LIBRARY: &str = "health_code.dll";
#[cfg(not(any(target_os = "macos", windows)))]
const LIBRARY: &str = "libhealth_code.so";
