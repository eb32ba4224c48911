//! The libraries that the apps contain, and their licences: a list in the app's sources, made from Cargo's own data.
//!
//! `HEALTH_CODE_WRITE=1` writes it anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::{env, fs};

/// Where the list stands, from the project's root.
const LIST: &str =
    "android-demo/screens/src/main/kotlin/org/healthcode/app/capability/settings/CoreLibraries.kt";
/// What the app links, and for which platform.
const ROOT: &str = "health-code-bindings";
const PLATFORM: &str = "aarch64-linux-android";

/// `name version|licence` of everything that is linked, a line each. What only that platform needs may not be here yet: Cargo
/// fetches it.
fn tree(root: &Path) -> String {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let told = Command::new(cargo)
        .current_dir(root)
        .args(["tree", "--package", ROOT, "--target", PLATFORM])
        .args(["--edges", "normal", "--prefix", "none", "--no-dedupe"])
        .args(["--format", "{p}|{l}", "--locked"])
        .output()
        .expect("cargo");
    let complaint = String::from_utf8_lossy(&told.stderr);
    assert!(told.status.success(), "{complaint}");
    String::from_utf8(told.stdout).expect("UTF-8")
}

/// Names by licence, of everything that is not our own.
fn libraries(tree: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in tree.lines() {
        let (package, licence) = line.split_once('|').expect("a package and its licence");
        let name = package.split(' ').next().unwrap_or_default();
        if name.starts_with("health-code-") {
            continue;
        }
        assert!(!licence.is_empty(), "{name} has no licence");
        let of_licence = found.entry(licence.replace('/', " OR ")).or_default();
        of_licence.insert(name.to_owned());
    }
    found
}

fn source(libraries: &BTreeMap<String, BTreeSet<String>>) -> String {
    let mut source = "package org.healthcode.app.capability.settings\n\n\
        /** What the core contains, by licence: made by tests/tests/licences.rs from Cargo's data. */\n\
        internal val CORE_LIBRARIES: List<Library> =\n    listOf(\n"
        .to_owned();
    for (licence, names) in libraries {
        let _ = writeln!(
            source,
            "        Library(\n            \"{licence}\",\n            listOf("
        );
        for name in names {
            let _ = writeln!(source, "                \"{name}\",");
        }
        source += "            ),\n        ),\n";
    }
    source + "    )\n"
}

#[test]
fn the_list_of_libraries_is_current() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let found = libraries(&tree(&root));
    let names: BTreeSet<_> = found.values().flatten().map(String::as_str).collect();
    for known in ["serde", "sha2", "uniffi", "chrono"] {
        assert!(names.contains(known), "{known} is linked");
    }
    assert!(!names.contains("proptest"), "only tests use it");
    let wanted = source(&found);
    let file = root.join(LIST);
    if env::var_os("HEALTH_CODE_WRITE").is_some() {
        fs::write(&file, &wanted).expect("written");
    }
    let kept = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        kept == wanted,
        "{LIST} is out of date: HEALTH_CODE_WRITE=1 cargo test -p health-code-tests --test licences"
    );
}
