//! How the library that apps carry is linked (profile `phone`, told by its optimisation for size).
//!
//! Every option leaves what the library does as it is. They are lld's: the linker that Rust brings for Linux on x86_64
//! and that of the NDK, from r29 on. Apple's linker links the app and is asked by Xcode.

use std::env::var;
use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=without-descriptions.ld");
    let is = |name: &str, value: &str| var(name).is_ok_and(|found| found == value);
    let is_android = is("CARGO_CFG_TARGET_OS", "android");
    let is_linux = is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ARCH", "x86_64");
    if !is("OPT_LEVEL", "z") || !(is_android || is_linux) {
        return;
    }
    let root = var("CARGO_MANIFEST_DIR").unwrap_or_default();
    let script = Path::new(&root).join("without-descriptions.ld");
    let options = [
        // Equal functions once.
        "--icf=all",
        // Alike bytes near each other, where compression finds them.
        "--bp-compression-sort=both",
        // Relocations packed: Android knows RELR from version 9 on only, and the app runs on 8.
        if is_android {
            "--pack-dyn-relocs=android"
        } else {
            "-z,pack-relative-relocs"
        },
        &format!("-T,{}", script.display()),
    ];
    for option in options {
        println!("cargo::rustc-link-arg-cdylib=-Wl,{option}");
    }
}
