//! Looks at the finished APK with other tools than those that made it.
//!
//! Invariant: an APK that a phone would refuse, or that lacks the core for a processor, is never called made.

use std::path::Path;
use std::process::Command;

use super::library::{API, Abi, LIBRARY};
use super::{APPLICATION, TARGET_API, files, folder};
use crate::step;

/// A page of memory on new phones.
const PAGE: u64 = 16 * 1024;

/// What the core may ask of Android.
const SYSTEM: [&str; 4] = ["libc.so", "libdl.so", "libm.so", "liblog.so"];

/// Whether all is as it must be; says what it saw.
pub fn check(apk: &Path, abis: &[Abi]) -> Result<(), String> {
    step::announce("Checking the APK (apksigner, aapt2, zipalign, llvm-readelf)");
    let path = apk.display().to_string();
    let signed = output(
        "apksigner",
        &[
            "verify",
            "--verbose",
            "--min-sdk-version",
            &API.to_string(),
            &path,
        ],
    )?;
    for scheme in ["v2", "v3"] {
        let by = |line: &str| {
            line.starts_with(&format!("Verified using {scheme} scheme")) && line.ends_with("true")
        };
        if !signed.lines().any(by) {
            return Err(format!("not signed by scheme {scheme}:\n{signed}"));
        }
    }
    let badging = output("aapt2", &["dump", "badging", &path])?;
    let mut said = vec![
        format!("package: name='{APPLICATION}'"),
        format!("sdkVersion:'{API}'"),
        format!("targetSdkVersion:'{TARGET_API}'"),
        "launchable-activity:".to_owned(),
    ];
    said.extend(abis.iter().map(|abi| format!("'{}'", abi.name())));
    if let Some(missing) = said.iter().find(|said| !badging.contains(*said)) {
        return Err(format!("the APK does not say {missing}:\n{badging}"));
    }
    output("zipalign", &["-c", &PAGE.to_string(), &path])?;
    let unpacked = folder().join("apk/unpacked");
    files::make_empty(&unpacked)?;
    let mut unzip = Command::new("unzip");
    step::quietly(
        unzip
            .arg("-q")
            .arg(apk)
            .arg("lib/*")
            .arg("-d")
            .arg(&unpacked),
    )?;
    for abi in abis {
        let libraries = files::with_extension(&unpacked.join("lib").join(abi.name()), "so");
        if !libraries.iter().any(|library| library.ends_with(LIBRARY)) {
            return Err(format!("no core for {}", abi.name()));
        }
        for library in libraries {
            let told = library_check(&library)
                .map_err(|wrong| format!("{}: {wrong}", library.display()))?;
            step::note(&format!(
                "{}: {told}",
                library
                    .strip_prefix(&unpacked)
                    .unwrap_or(&library)
                    .display()
            ));
        }
    }
    let size = std::fs::metadata(apk)
        .map(|file| file.len())
        .unwrap_or_default();
    step::note(&format!(
        "{size} bytes, signed with a throwaway key (schemes v2 and v3)"
    ));
    Ok(())
}

/// Pages, and for the core what it needs of the system.
fn library_check(library: &Path) -> Result<String, String> {
    let path = library.display().to_string();
    let headers = output("llvm-readelf", &["--program-headers", "--wide", &path])?;
    let pages = alignments(&headers);
    if pages.is_empty() || pages.iter().any(|page| *page < PAGE || page % PAGE != 0) {
        return Err(format!("pages of {pages:?} bytes, not of {PAGE}"));
    }
    let needed = needed(&output("llvm-readelf", &["--dynamic-table", &path])?);
    if library.ends_with(LIBRARY) && needed.iter().any(|name| !SYSTEM.contains(&name.as_str())) {
        return Err(format!("needs {needed:?}"));
    }
    Ok(format!("pages of 16 KiB, needs {}", needed.join(" ")))
}

/// The alignment of each loaded segment.
fn alignments(headers: &str) -> Vec<u64> {
    let loaded = headers
        .lines()
        .filter(|line| line.trim_start().starts_with("LOAD"));
    loaded
        .filter_map(|line| {
            u64::from_str_radix(line.split_whitespace().last()?.strip_prefix("0x")?, 16).ok()
        })
        .collect()
}

/// The libraries that it is loaded with.
fn needed(table: &str) -> Vec<String> {
    let lines = table.lines().filter(|line| line.contains("(NEEDED)"));
    lines
        .filter_map(|line| Some(line.split_once('[')?.1.split(']').next()?.to_owned()))
        .collect()
}

fn output(program: &str, arguments: &[&str]) -> Result<String, String> {
    let output = Command::new(program).args(arguments).output();
    let output = output.map_err(|error| format!("{program}: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() {
        Ok(text)
    } else {
        Err(format!(
            "{program} {}: {text}{}",
            arguments.join(" "),
            String::from_utf8_lossy(&output.stderr)
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::{alignments, needed};

    #[test]
    fn reads_what_readelf_prints() {
        let headers = "  PHDR  0x000040 0x40 0x40 0x0002a0 0x0002a0 R   0x8\n  LOAD  0x0 0x0 0x0 0x1 0x1 R   0x4000\n  LOAD  0x1 0x1 0x1 0x2 0x2 R E 0x1000\n";
        assert_eq!(alignments(headers), [0x4000, 0x1000]);
        let table = "  0x0000000000000001 (NEEDED)  Shared library: [libc.so]\n  0x000000000000000e (SONAME)  Library soname: [a.so]\n";
        assert_eq!(needed(table), ["libc.so"]);
    }
}
