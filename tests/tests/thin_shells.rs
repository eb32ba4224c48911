//! The apps' shells hold no logic of the domain: no JSON, no cryptography, no arithmetic with dates stands in their sources.

use std::fs;
use std::path::{Path, PathBuf};

/// What the shells are made of; tests, checks and what is built are not.
const SHELLS: [&str; 6] = [
    "android-demo/screens/src/main",
    "android-demo/app/src/main",
    "android-demo/desktop/src/main",
    "ios-demo/HealthCode",
    "ios-demo/HealthCodeWidget",
    "ios-demo/Sources",
];
/// Where a shell would begin to think.
const LOGIC: [&str; 14] = [
    "java.time",
    "java.util.Calendar",
    "SimpleDateFormat",
    "import kotlinx.serialization",
    "org.json",
    "javax.crypto",
    "java.security",
    "JSONDecoder",
    "JSONEncoder",
    "JSONSerialization",
    "CryptoKit",
    "DateFormatter",
    "Calendar.current",
    "DateComponents",
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let ending = path.extension().and_then(|ending| ending.to_str());
        if path.is_dir() {
            sources(&path, found);
        } else if matches!(ending, Some("kt" | "swift")) {
            found.push(path);
        }
    }
}

#[test]
fn the_shells_hold_no_logic_of_the_domain() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut faults = Vec::new();
    for shell in SHELLS {
        let mut found = Vec::new();
        sources(&root.join(shell), &mut found);
        assert!(!found.is_empty(), "{shell} has no sources");
        for file in found {
            let source = fs::read_to_string(&file).expect("readable");
            let held = LOGIC.iter().filter(|name| source.contains(**name));
            faults.extend(held.map(|name| format!("{}: {name}", file.display())));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}
