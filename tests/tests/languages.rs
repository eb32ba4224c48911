//! No text has a member, an argument or a setting for each of its languages: one member, and a language that picks.

use std::fs;
use std::path::{Path, PathBuf};

/// Where people's texts pass through, and the pages and vectors that others build on.
const PLACES: [&str; 11] = [
    "authority",
    "bindings",
    "checkpoint",
    "core",
    "docs",
    "ios-demo",
    "android-demo",
    "tests",
    "xtask",
    "README.md",
    "CHANGELOG.md",
];
const ENDINGS: [&str; 10] = [
    "rs", "kt", "kts", "swift", "py", "json", "toml", "md", "txt", "sql",
];
/// What is built, and what is kept as it once was.
const LEFT_OUT: [&str; 5] = [".build", "build", "fixtures", "node_modules", "target"];
const LANGUAGES: [&str; 4] = ["en", "zh", "ko", "ar"];

/// Whether a word ends like one of a pair: `text_en`, `textZh`, `NAME_ZH`.
fn is_of_a_pair(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    LANGUAGES.into_iter().any(|language| {
        let Some(stem) = lower.strip_suffix(language) else {
            return false;
        };
        let (stem, end) = word.split_at(stem.len());
        let snake = stem.strip_suffix('_').unwrap_or_default();
        let is_camel = end.starts_with(|letter: char| letter.is_ascii_uppercase())
            && end[1..] == language[1..]
            && stem.ends_with(|letter: char| letter.is_ascii_lowercase());
        !snake.is_empty() || is_camel
    })
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_')
}

fn files(place: PathBuf, found: &mut Vec<PathBuf>) {
    if place.is_file() {
        found.push(place);
        return;
    }
    for entry in fs::read_dir(&place)
        .expect("a folder")
        .map_while(Result::ok)
    {
        let path = entry.path();
        let name = entry.file_name();
        let is_left_out = LEFT_OUT.iter().any(|left_out| name == *left_out);
        let is_read = path.is_dir()
            || path
                .extension()
                .is_some_and(|ending| ENDINGS.iter().any(|read| ending == *read));
        if is_read && !is_left_out && !path.ends_with(file!()) {
            files(path, found);
        }
    }
}

#[test]
fn no_text_comes_in_a_pair_of_languages() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut found = Vec::new();
    for place in PLACES {
        files(root.join(place), &mut found);
    }
    assert!(found.len() > 300, "{} files were read", found.len());
    let mut pairs = Vec::new();
    for file in found {
        let text = fs::read_to_string(&file).expect("text");
        for (number, line) in text.lines().enumerate() {
            for word in words(line).filter(|word| is_of_a_pair(word)) {
                pairs.push(format!("{}:{}: {word}", file.display(), number + 1));
            }
        }
    }
    assert!(pairs.is_empty(), "{}", pairs.join("\n"));
}

#[test]
fn a_pair_is_known_when_it_is_seen() {
    for pair in [
        "text_en",
        "why_zh",
        "regionNameZh",
        "textEn",
        "division_name_ko",
        "NAME_ZH",
    ] {
        assert!(is_of_a_pair(pair), "{pair}");
    }
    for other in [
        "en",
        "zh",
        "zh_CN",
        "token",
        "seen",
        "En",
        "children",
        "_en",
        "to_english",
    ] {
        assert!(!is_of_a_pair(other), "{other}");
    }
}
