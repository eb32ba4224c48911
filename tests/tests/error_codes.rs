//! The table of error codes: complete, without doubles, and the same as the one in the docs.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use health_code::BindingError;
use health_code_core::coded_errors::ErrorEntry;
use health_code_core::error_table;
use health_code_core::wire::ProblemKind;
use health_code_core::words::Language;

/// The core's table and the bindings' own.
fn catalogue() -> Vec<ErrorEntry> {
    [error_table::catalogue().as_slice(), BindingError::ENTRIES].concat()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

#[test]
fn no_code_stands_for_two_errors() {
    let mut seen = BTreeMap::new();
    for entry in catalogue() {
        assert!(
            !entry.text(Language::English).is_empty() && !entry.text(Language::Chinese).is_empty(),
            "{}",
            entry.code
        );
        assert!(
            !entry.text(Language::Chinese).is_ascii(),
            "{} has no Chinese",
            entry.code
        );
        if let Some(group) = seen.insert(entry.code, entry.group) {
            panic!("{} is in {group} and in {}", entry.code, entry.group);
        }
    }
    assert!(seen.len() > 50);
}

/// Counts the declarations in the source: one that the catalogue forgot would be missing in the docs.
#[test]
fn every_declared_group_is_in_the_table() {
    let mut declared = Vec::new();
    let mut folders = vec![root().join("core/src"), root().join("bindings/src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder)
            .expect("a folder")
            .map_while(Result::ok)
        {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(source) = std::fs::read_to_string(&path) {
                let mut declarations = source.split("coded_errors! {\n");
                declarations.next();
                declared.extend(declarations.filter_map(|after| {
                    let name = after.split_once("pub enum ")?.1;
                    Some(name.split_whitespace().next()?.to_owned())
                }));
            }
        }
    }
    declared.sort();
    let mut listed: Vec<String> = catalogue()
        .iter()
        .map(|entry| entry.group.to_owned())
        .collect();
    listed.sort();
    listed.dedup();
    assert_eq!(declared, listed);
}

/// Set HEALTH_CODE_WRITE=1 to write the table anew.
#[test]
fn docs_hold_this_table() {
    let mut page = String::from(
        "# Error codes\n\nMade from the source by `tests/tests/error_codes.rs`; a code never changes its meaning, texts may.\n",
    );
    let mut group = "";
    for entry in catalogue() {
        if entry.group != group {
            group = entry.group;
            let _ = write!(
                page,
                "\n## {group}\n\n| code | English | 中文 |\n|---|---|---|\n"
            );
        }
        let _ = writeln!(
            page,
            "| `{}` | {} | {} |",
            entry.code,
            entry.text(Language::English),
            entry.text(Language::Chinese)
        );
    }
    page.push_str("\n## Problems (RFC 9457)\n\nThe type is `urn:health-code:problem:` and the code.\n\n| code | status | title | 中文 |\n|---|---|---|---|\n");
    for kind in ProblemKind::ALL {
        let _ = writeln!(
            page,
            "| `{}` | {} | {} | {} |",
            kind.code(),
            kind.status(),
            kind.title(Language::English),
            kind.title(Language::Chinese)
        );
    }
    let path = root().join("docs/ERROR_CODES.md");
    if std::env::var_os("HEALTH_CODE_WRITE").is_some() {
        std::fs::write(&path, &page).expect("written");
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == page,
        "docs/ERROR_CODES.md differs: run this test with HEALTH_CODE_WRITE=1"
    );
}
