//! What the apps' screens ask for is there: every id that stands in their sources has a word.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use health_code_core::words::Language;
use health_code_core::words::screens::SCREENS;

/// Where the screens are, and how their sources end.
const APPS: [(&str, &str); 2] = [("android-demo", "kt"), ("ios-demo", "swift")];
/// How a source asks for a word; the receiver is `words`, or ends in it.
const CALLS: [&str; 6] = [
    "ords[",
    "ords.get(",
    "ords.format(",
    "ords?[",
    "ords?.get(",
    "ords?.format(",
];

fn sources(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let is_built = ["build", ".build", "target"].map(|name| path.ends_with(name));
        if path.is_dir() && !is_built.contains(&true) {
            sources(&path, ending, found);
        } else if path.extension().is_some_and(|found| found == ending) {
            found.push(path);
        }
    }
}

/// Ids that a source asks for, as they stand there.
fn asked_for(source: &str) -> BTreeSet<&str> {
    let mut ids = BTreeSet::new();
    for call in CALLS {
        for after in source.split(call).skip(1) {
            let quoted = after.trim_start().strip_prefix('"');
            if let Some((id, _)) = quoted.and_then(|text| text.split_once('"')) {
                ids.insert(id);
            }
        }
    }
    ids
}

#[test]
fn every_word_that_a_screen_asks_for_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let there: BTreeSet<_> = SCREENS
        .ids(Language::English)
        .expect("readable")
        .into_iter()
        .collect();
    let mut missing = Vec::new();
    for (app, ending) in APPS {
        let mut found = Vec::new();
        sources(&root.join(app), ending, &mut found);
        for file in found {
            let source = fs::read_to_string(&file).expect("a source");
            for id in asked_for(&source) {
                if !there.contains(id) {
                    missing.push(format!("{}: {id}", file.display()));
                }
            }
        }
    }
    assert!(missing.is_empty(), "no such words:\n{}", missing.join("\n"));
}

#[test]
fn ids_are_found_however_they_are_asked_for() {
    let source = r#"
        Text(words["code-title"]); words.format("form-progress", "step" to 3)
        screenWords.format(
            "home-as-of", ["time": time])
        words["level-$level"] words[id] "no-call" swords.get("code-why") words?["code-next"]
    "#;
    let expected = [
        "code-next",
        "code-title",
        "code-why",
        "form-progress",
        "home-as-of",
        "level-$level",
    ];
    assert_eq!(asked_for(source), BTreeSet::from(expected));
}
