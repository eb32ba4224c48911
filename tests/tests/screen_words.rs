//! What the apps' screens ask for is there, and nothing else is: every id that stands in their sources has a word, and every
//! word is asked for, by a screen or by the core itself.

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

/// What is asked for by ids that are put together, and what is read by others than the screens.
const FAMILIES: [&str; 1] = ["itinerary-transport-"];
const READ_ELSEWHERE: [(&str, &str); 2] = [
    (
        "common-days",
        "the example of plurals in both libraries' tests",
    ),
    (
        "outside-camera-use",
        "iOS reads it out of InfoPlist.xcstrings",
    ),
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

/// Whether a file is of a program itself, not of its tests.
fn is_shipped(file: &Path) -> bool {
    let name = file.to_string_lossy();
    ["/test/", "/Tests/", "/tests/", "tests.rs"]
        .iter()
        .all(|part| !name.contains(part))
}

#[test]
fn no_word_is_idle() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut found = Vec::new();
    for (folder, ending) in APPS.iter().chain(&[("core/src", "rs")]) {
        sources(&root.join(folder), ending, &mut found);
    }
    let shipped: String = found
        .iter()
        .filter(|file| is_shipped(file.strip_prefix(&root).unwrap_or(file)))
        .map(|file| fs::read_to_string(file).expect("a source"))
        .collect();
    let ids = SCREENS.ids(Language::English).expect("readable");
    let is_read = |id: &str| {
        FAMILIES.iter().any(|family| id.starts_with(family))
            || READ_ELSEWHERE.iter().any(|(other, _)| *other == id)
            || shipped.contains(&format!("\"{id}\""))
    };
    let idle: Vec<_> = ids.iter().filter(|id| !is_read(id)).collect();
    assert!(idle.is_empty(), "no screen says these words: {idle:?}");
    for (id, why) in READ_ELSEWHERE {
        assert!(ids.iter().any(|there| there == id), "{id}: {why}");
    }
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
