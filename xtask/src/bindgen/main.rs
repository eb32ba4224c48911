//! Reads the bindings library and writes what the other languages need: `bindgen LIBRARY OUT`.
//!
//! Writes OUT/kotlin, OUT/swift and OUT/API.txt; what holds data prints its name alone. Started by `cargo xtask bindings`.
#![expect(
    clippy::print_stderr,
    reason = "a command speaks to the person who called it"
)]

mod api;
mod hiding;

use std::process::ExitCode;

use camino::{Utf8Path, Utf8PathBuf};
use uniffi_bindgen::bindings::{GenerateOptions, TargetLanguage, generate_with_bindgen_paths};
use uniffi_bindgen::{BindgenLoader, BindgenPaths, BindgenPathsLayer, GlobalConfig};

/// Finds `bindings/uniffi.toml`.
struct BindingsCrate;

impl BindgenPathsLayer for BindingsCrate {
    fn get_crate_root(&self, crate_name: &str) -> Option<Utf8PathBuf> {
        let xtask = Utf8Path::new(env!("CARGO_MANIFEST_DIR"));
        (crate_name == "health_code").then(|| xtask.join("../bindings"))
    }
}

fn paths() -> BindgenPaths {
    let mut paths = BindgenPaths::default();
    paths.add_layer(BindingsCrate);
    paths
}

fn main() -> ExitCode {
    let arguments: Vec<Utf8PathBuf> = std::env::args().skip(1).map(Utf8PathBuf::from).collect();
    let [library, out] = &arguments[..] else {
        eprintln!("usage: bindgen LIBRARY OUT");
        return ExitCode::from(2);
    };
    match generate(library, out) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn generate(library: &Utf8Path, out: &Utf8Path) -> Result<(), Box<dyn std::error::Error>> {
    for (language, folder) in [
        (TargetLanguage::Kotlin, "kotlin"),
        (TargetLanguage::Swift, "swift"),
    ] {
        let options = GenerateOptions {
            languages: vec![language],
            source: library.to_owned(),
            out_dir: out.join(folder),
            ..GenerateOptions::default()
        };
        generate_with_bindgen_paths(options, paths())?;
    }
    let loader = BindgenLoader::new(paths(), GlobalConfig::default());
    let components = loader.load_cis(loader.load_metadata(library)?)?;
    let [component] = &components[..] else {
        return Err("the library holds another number of components than one".into());
    };
    write(&out.join("API.txt"), &api::listing(component))?;
    let kotlin = out.join("kotlin/org/healthcode/core/health_code.kt");
    write(&kotlin, &hiding::kotlin(&read(&kotlin)?)?)?;
    let swift = out.join("swift/HealthCodeCore.swift");
    write(&swift, &hiding::swift(&read(&swift)?, component))?;
    Ok(())
}

fn read(file: &Utf8Path) -> Result<String, String> {
    std::fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))
}

fn write(file: &Utf8Path, text: &str) -> Result<(), String> {
    std::fs::write(file, text).map_err(|error| format!("{file}: {error}"))
}
