//! libhealth_code.so for a processor of phones, as apps carry it: with the NDK's clang where `ANDROID_NDK_HOME` is set, else
//! with what stands in for the NDK here ([`super::bionic`]).
//!
//! Invariant: both ways give the linker the same orders; a release is linked with the NDK.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::{bionic, files, folder};
use crate::{bindings_command, step};

/// The Android that the app runs on at least: 8.
pub const API: u32 = 26;

/// A processor that apps are made for. The others (32 bits) are in no phone sold with Android 14 or later.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Abi {
    /// Phones.
    Arm64,
    /// Emulators.
    X86,
}

impl Abi {
    pub const ALL: [Self; 2] = [Self::Arm64, Self::X86];

    /// Android's name of it: a folder in the APK.
    pub fn name(self) -> &'static str {
        match self {
            Self::Arm64 => "arm64-v8a",
            Self::X86 => "x86_64",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|abi| abi.name() == name)
    }

    /// The processor, as compilers call it.
    pub fn processor(self) -> &'static str {
        match self {
            Self::Arm64 => "aarch64",
            Self::X86 => "x86_64",
        }
    }

    fn target(self) -> String {
        format!("{}-linux-android", self.processor())
    }
}

/// Builds it; where it lies.
pub fn build(abi: Abi) -> Result<PathBuf, String> {
    let target = abi.target();
    standard_library(&target)?;
    let mut cargo = step::cargo();
    cargo
        .args([
            "rustc",
            "--locked",
            "--package",
            "health-code-bindings",
            "--lib",
        ])
        .args([
            "--crate-type",
            "cdylib",
            "--profile",
            "phone",
            "--target",
            &target,
        ]);
    let (how, linking) = match std::env::var_os("ANDROID_NDK_HOME") {
        Some(ndk) => (
            "the NDK's clang",
            with_ndk(&mut cargo, abi, Path::new(&ndk))?,
        ),
        None => (
            "stand-ins for the NDK: a trial, not a release",
            bionic::linking(&mut cargo, abi)?,
        ),
    };
    cargo.env(
        "CARGO_ENCODED_RUSTFLAGS",
        bindings_command::flags_of_a_release().join("\x1f"),
    );
    // For the last crate alone: what the linker is told is no reason to compile the others again.
    cargo.arg("--");
    cargo.args(
        linking
            .iter()
            .chain(&orders())
            .map(|order| format!("-Clink-arg={order}")),
    );
    if !step::run(
        &format!("Building the core for {} with {how}", abi.name()),
        &mut cargo,
    ) {
        return Err(format!("the core does not build for {}", abi.name()));
    }
    let target_folder = step::binaries().and_then(|folder| Some(folder.parent()?.to_owned()));
    let target_folder = target_folder.ok_or("cargo did not say where it puts libraries")?;
    let built = target_folder.join(&target).join("phone").join(LIBRARY);
    let kept = folder().join("lib").join(abi.name()).join(LIBRARY);
    files::copy(&built, &kept)?;
    Ok(kept)
}

pub const LIBRARY: &str = "libhealth_code.so";

/// What the linker is told in both ways; bindings/build.rs has more, for every system.
fn orders() -> [String; 6] {
    [
        // Android 15 maps pages of 16 KiB.
        "-Wl,-z,max-page-size=16384",
        "-Wl,--no-undefined",
        "-Wl,--as-needed",
        "-Wl,--hash-style=gnu",
        "-Wl,--build-id=sha1",
        "-Wl,-soname=libhealth_code.so",
    ]
    .map(str::to_owned)
}

/// Lets cargo use the NDK; what the linker must be told besides.
fn with_ndk(cargo: &mut Command, abi: Abi, ndk: &Path) -> Result<Vec<String>, String> {
    let system = if cfg!(target_os = "macos") {
        "darwin-x86_64"
    } else {
        "linux-x86_64"
    };
    let programs = ndk
        .join("toolchains/llvm/prebuilt")
        .join(system)
        .join("bin");
    let clang = programs.join(format!("{}-linux-android{API}-clang", abi.processor()));
    if !clang.exists() {
        return Err(format!(
            "ANDROID_NDK_HOME: no {}; take r29 or newer",
            clang.display()
        ));
    }
    let flags = format!("-ffile-prefix-map={}=", step::root().display());
    compilers(cargo, abi, &clang, &programs.join("llvm-ar"), &flags);
    Ok(Vec::new())
}

/// Names the C compiler, the archiver and the linker for this processor.
pub fn compilers(cargo: &mut Command, abi: Abi, clang: &Path, archiver: &Path, c_flags: &str) {
    let target = abi.target().replace('-', "_");
    cargo
        .env(format!("CC_{target}"), clang)
        .env(format!("AR_{target}"), archiver)
        .env(format!("CFLAGS_{target}"), c_flags)
        .env(
            format!("CARGO_TARGET_{}_LINKER", target.to_uppercase()),
            clang,
        );
}

fn standard_library(target: &str) -> Result<(), String> {
    let sysroot = bionic::sysroot()?;
    if sysroot.join("lib/rustlib").join(target).exists() {
        return Ok(());
    }
    let added = step::run(
        &format!("Rust's standard library for {target} (rustup)"),
        Command::new("rustup")
            .current_dir(step::root())
            .args(["target", "add", target]),
    );
    if added {
        Ok(())
    } else {
        Err(format!(
            "please add Rust's standard library for {target} to your tool chain"
        ))
    }
}
