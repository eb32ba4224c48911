//! `docs/SURVIVAL.md` is held against the sources: every test that it names is there, every tick has its row in the harness, and every
//! dash its reason.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::cases::ALL;

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// Names of functions that are tests, in every source below.
fn tests_below(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            tests_below(&path, found);
        } else if path.extension().is_some_and(|it| it == "rs") {
            let source = fs::read_to_string(&path).expect("a source");
            let mut is_test = false;
            for line in source.lines().map(str::trim) {
                match line.strip_prefix("fn ") {
                    Some(rest) if is_test => {
                        found.insert(rest.split('(').next().unwrap_or_default().to_owned());
                        is_test = false;
                    }
                    _ => is_test |= line == "#[test]" || line.starts_with("#[tokio::test"),
                }
            }
        }
    }
}

fn cells(line: &str) -> Vec<&str> {
    let line = line.trim().trim_matches('|');
    line.split('|').map(str::trim).collect()
}

#[test]
fn the_page_of_survival_names_tests_that_are_there() {
    let page = fs::read_to_string(root().join("docs/SURVIVAL.md")).expect("the page");
    let mut tests = BTreeSet::new();
    for folder in ["core/src", "authority/src", "tests/tests"] {
        tests_below(&root().join(folder), &mut tests);
    }
    let named = page.split('`').skip(1).step_by(2);
    let is_name = |name: &&str| {
        name.contains('_')
            && name
                .bytes()
                .all(|it| it.is_ascii_lowercase() || b"_0123456789".contains(&it))
    };
    let capabilities: BTreeSet<&str> = ALL.iter().map(|case| case.name).collect();
    let mut count = 0;
    for name in named
        .filter(is_name)
        .filter(|name| !capabilities.contains(name))
    {
        assert!(tests.contains(name), "no test is named {name}");
        count += 1;
    }
    assert!(count > 20, "{count}");

    let mut rows = BTreeSet::new();
    let table = page
        .lines()
        .skip_while(|line| !line.starts_with("| capability"));
    for line in table.skip(2).take_while(|line| line.starts_with('|')) {
        let cells = cells(line);
        let name = cells[0].trim_matches('`');
        assert_eq!(cells.len(), 9, "{name}");
        for cell in &cells[1..] {
            let is_ticked = cell.starts_with('✓');
            assert!(
                !is_ticked || capabilities.contains(name),
                "{name} is in no harness"
            );
            let reason = cell.strip_prefix("- ");
            let is_told = reason.is_some_and(|note| page.contains(&format!("\n{note}: ")));
            assert!(is_ticked || cell.contains('`') || is_told, "{name}: {cell}");
        }
        rows.insert(name.to_owned());
    }
    let all = health_code_core::capability::ALL.iter().map(|one| one.name);
    for name in all.chain(["batch", "sunset", "erase"]) {
        assert!(rows.contains(name), "{name} has no row");
    }
}
