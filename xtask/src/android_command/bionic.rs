//! Stands in for the NDK where there is none: Rust's linker, clang, LLVM's unwinder out of Rust's own sources, and libraries
//! that hold nothing but the names of Android's that the core uses (xtask/android/bionic.txt).
//!
//! Invariant: a name that is not on the list fails the link; on it are names that bionic has at [`super::library::API`].
//! What is made so can be loaded and tried; a release is linked with the NDK.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::library::{API, Abi, compilers};
use super::{files, folder, stamp};
use crate::step;

/// Lets cargo compile and link with the stand-ins, which are made first; what the linker must be told besides.
pub fn linking(cargo: &mut Command, abi: Abi) -> Result<Vec<String>, String> {
    let made = folder().join("bionic").join(abi.name());
    let lld = lld()?;
    let unwinder = unwinder()?;
    let inputs = [ours(), PathBuf::from(file!())];
    let options = format!(
        "{} {API} {}",
        unwinder.display(),
        step::output("clang", &["--version"]).unwrap_or_default()
    );
    stamp::unless_done(&made.join(".made"), &inputs, &options, || {
        step::announce(&format!("What stands in for the NDK, for {}", abi.name()));
        files::make_empty(&made)?;
        libunwind(abi, &unwinder, &made)?;
        run_clang(
            abi,
            &made,
            &[],
            &["-ffreestanding", "-O2"],
            &ours().join("crt_so.c"),
            "crt_so.o",
        )?;
        libraries(abi, &lld, &made)
    })?;
    let headers = ours().join("headers");
    let c_flags = format!(
        "-ffreestanding -nostdlibinc -DRING_CORE_NOSTDLIBINC=1 -fPIC -I{}",
        headers.display()
    );
    compilers(
        cargo,
        abi,
        Path::new("clang"),
        Path::new("llvm-ar"),
        &c_flags,
    );
    Ok(vec![
        system(abi),
        format!("--ld-path={}", lld.display()),
        "-nostdlib".to_owned(),
        format!("-L{}", made.display()),
        made.join("crt_so.o").display().to_string(),
        "-Wl,--exclude-libs=libunwind.a".to_owned(),
        "-Wl,--no-allow-shlib-undefined".to_owned(),
    ])
}

/// Where Rust lies.
pub fn sysroot() -> Result<PathBuf, String> {
    let path = step::output("rustc", &["--print", "sysroot"]);
    path.map(PathBuf::from)
        .ok_or("rustc does not run".to_owned())
}

/// Rust's own lld, by the name under which it takes a linker's orders.
fn lld() -> Result<PathBuf, String> {
    let version = step::output("rustc", &["-vV"]).unwrap_or_default();
    let host = version
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .unwrap_or_default();
    let lld = sysroot()?
        .join("lib/rustlib")
        .join(host)
        .join("bin/gcc-ld/ld.lld");
    if lld.exists() {
        Ok(lld)
    } else {
        Err(format!(
            "Rust has no linker at {}; set ANDROID_NDK_HOME",
            lld.display()
        ))
    }
}

/// The sources of LLVM's unwinder, which Rust's standard library is linked with on Android.
fn unwinder() -> Result<PathBuf, String> {
    let sources = sysroot()?.join("lib/rustlib/src/rust/src/llvm-project/libunwind");
    if !sources.exists() {
        let title = "Rust's sources, for LLVM's unwinder (rustup)";
        let mut rustup = Command::new("rustup");
        rustup
            .current_dir(step::root())
            .args(["component", "add", "rust-src"]);
        if !step::run(title, &mut rustup) {
            return Err(
                "please add rust-src to your tool chain, or set ANDROID_NDK_HOME".to_owned(),
            );
        }
    }
    Ok(sources)
}

/// Our own part: headers, the start of a shared object, the list.
fn ours() -> PathBuf {
    step::root().join("xtask/android")
}

fn system(abi: Abi) -> String {
    format!("--target={}-linux-android{API}", abi.processor())
}

fn libunwind(abi: Abi, sources: &Path, made: &Path) -> Result<(), String> {
    let flags = [
        "-nostdlibinc",
        "-O2",
        "-funwind-tables",
        "-fvisibility=hidden",
        "-fomit-frame-pointer",
        "-DNDEBUG",
        "-D_LIBUNWIND_IS_NATIVE_ONLY",
        "-D_LIBUNWIND_HIDE_SYMBOLS",
    ];
    let headers = [
        ours().join("headers"),
        sources.join("include"),
        sources.join("src"),
    ];
    let c: &[&str] = &["-std=c11", "-fexceptions"];
    let cpp: &[&str] = &["-std=c++17", "-fno-exceptions", "-fno-rtti", "-nostdinc++"];
    let mut objects = Vec::new();
    for (source, language) in [
        ("UnwindLevel1.c", c),
        ("UnwindLevel1-gcc-ext.c", c),
        ("libunwind.cpp", cpp),
        ("UnwindRegistersRestore.S", &[]),
        ("UnwindRegistersSave.S", &[]),
    ] {
        let object = format!("{source}.o");
        let all = [&flags[..], language].concat();
        run_clang(
            abi,
            made,
            &headers,
            &all,
            &sources.join("src").join(source),
            &object,
        )?;
        objects.push(made.join(object));
    }
    step::quietly(
        Command::new("llvm-ar")
            .arg("rcs")
            .arg(made.join("libunwind.a"))
            .args(objects),
    )
}

fn run_clang(
    abi: Abi,
    made: &Path,
    headers: &[PathBuf],
    flags: &[&str],
    source: &Path,
    object: &str,
) -> Result<(), String> {
    let mut clang = Command::new("clang");
    clang.arg(system(abi)).arg("-fPIC").args(flags);
    for folder in headers {
        clang.arg("-I").arg(folder);
    }
    step::quietly(clang.arg("-c").arg(source).arg("-o").arg(made.join(object)))
}

/// Libraries with the listed names in them, for the linker to find.
fn libraries(abi: Abi, lld: &Path, made: &Path) -> Result<(), String> {
    let list = files::read(&ours().join("bionic.txt"))?;
    // liblog, since Rust's standard library names it; nothing of it is used.
    for library in ["libc", "libm", "libdl", "liblog"] {
        let mut source = String::new();
        for name in list
            .lines()
            .filter_map(|line| line.strip_prefix(library)?.strip_prefix(' '))
        {
            let _ = match name {
                "stderr" => writeln!(source, "int {name};"),
                _ => writeln!(source, "void {name}(void) {{}}"),
            };
        }
        let file = made.join(format!("{library}.c"));
        files::write(&file, &source)?;
        // What the compiler knows these functions by is not what they are here.
        let flags = ["-ffreestanding", "-fno-builtin", "-w"];
        let object = format!("{library}.o");
        run_clang(abi, made, &[], &flags, &file, &object)?;
        let shared = format!("{library}.so");
        step::quietly(
            Command::new(lld)
                .args(["-shared", "-soname", &shared, "-o"])
                .arg(made.join(&shared))
                .arg(made.join(object)),
        )?;
    }
    Ok(())
}
