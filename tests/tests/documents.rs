//! The documents claim nothing that is not there: each file and test that they name exists, each link leads somewhere.

use std::path::{Path, PathBuf};

use health_code_core::trust::PresentationPolicy;

const THREAT_MODEL: &str = "docs/THREAT_MODEL.md";
/// Endings of files that a document names in backquotes.
const SOURCES: [&str; 7] = ["rs", "json", "kt", "swift", "py", "sql", "toml"];

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("tests/ lies in the repository")
}

/// Every page of the project, and the folder that it lies in.
fn documents() -> Vec<(PathBuf, PathBuf)> {
    let (mut found, mut folders) = (Vec::new(), vec![repository().to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in folder.read_dir().expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let is_ours = !name.starts_with('.') && name != "target";
            if path.is_dir() && is_ours {
                folders.push(path);
            } else if has_extension(&path, "md") {
                found.push((path, folder.clone()));
            }
        }
    }
    found
}

/// A page names files from the root, from its own folder, or from where the core's sources lie. `NAME` and `Name` stand for one.
fn exists(file: &str, folder: &Path) -> bool {
    let stands_for_a_name = |part: &str| ["NAME", "Name", "DIR", "DATA"].contains(&part);
    let root = repository();
    let stem = Path::new(file).with_extension("");
    let mut parts = stem.iter().map(|part| part.to_string_lossy());
    let places = [root, folder, &root.join("core/src")];
    parts.any(|part| stands_for_a_name(&part))
        || places.iter().any(|place| place.join(file).exists())
}

/// `path/file.rs` or `path/file.rs::test_name` in backquotes.
fn evidence(text: &str) -> Vec<(&str, Option<&str>)> {
    let spans = text.split('`').skip(1).step_by(2);
    let named = spans.map(|span| match span.split_once("::") {
        Some((file, test)) => (file, Some(test)),
        None => (span, None),
    });
    let is_named = |file: &str| {
        file.contains('/')
            && !file.starts_with('/')
            && !file.contains([' ', '*', '<', '$'])
            && SOURCES.iter().any(|it| has_extension(Path::new(file), it))
    };
    named.filter(|(file, _)| is_named(file)).collect()
}

fn has_extension(file: &Path, extension: &str) -> bool {
    file.extension().is_some_and(|found| found == extension)
}

#[test]
fn every_named_file_and_test_exists() {
    let (mut tests, mut wrong) = (0, Vec::new());
    for (document, folder) in documents() {
        let text = std::fs::read_to_string(&document).expect("a page");
        for (file, test) in evidence(&text) {
            let source = std::fs::read_to_string(repository().join(file)).unwrap_or_default();
            let is_there = test.map_or(exists(file, &folder), |test| {
                source.contains(&format!("fn {test}("))
            });
            tests += usize::from(test.is_some() && document.ends_with(THREAT_MODEL));
            if !is_there {
                wrong.push(format!("{} names {file} {test:?}", document.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(
        tests >= 20,
        "the threat model names its evidence: {tests} tests"
    );
}

#[test]
fn every_link_leads_to_a_file() {
    let mut wrong = Vec::new();
    for (document, folder) in documents() {
        let text = std::fs::read_to_string(&document).expect("a page");
        for rest in text.split("](").skip(1) {
            let target = rest.split([')', '#']).next().unwrap_or_default();
            let is_outside = target.is_empty() || target.contains("://");
            if !is_outside && !folder.join(target).exists() {
                wrong.push(format!("{} links to {target}", document.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_figures_are_those_of_the_policy() {
    let policy = PresentationPolicy::default();
    let text = std::fs::read_to_string(repository().join(THREAT_MODEL)).expect(THREAT_MODEL);
    let status_hours = policy.status_max_age_secs / 3_600;
    for row in [
        format!(
            "| a presentation is made anew every | {} s |",
            policy.rotation_secs
        ),
        format!(
            "| accepted after it was made, by the checkpoint's clock | {} s |",
            policy.accept_secs
        ),
        format!(
            "| accepted from the future (clocks apart) | {} s |",
            policy.skew_secs
        ),
        format!(
            "{} s at a checkpoint whose clock",
            policy.accept_secs + policy.skew_secs
        ),
        format!("| status list | counts as a check for {status_hours} h;"),
    ] {
        assert!(text.contains(&row), "{row}");
    }
}
