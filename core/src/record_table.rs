//! The table of every kind of record that the phone stores: the roof over the rows that the floors declare.
//!
//! Invariant: a number stands for one kind for ever; a build that gives one twice fails. The table of
//! docs/STORE_FORMAT.md is made from it. The store does not read it: it keeps records of any number.

use crate::capability;
use crate::store::{FIRST_TEST_KIND, KindRow};

/// The rows of the foundation, a list a floor.
const FLOORS: &[&[KindRow]] = &[crate::citizen::RECORD_KINDS, crate::sync::RECORD_KINDS];
const LISTS: usize = FLOORS.len() + capability::ALL.len();

/// The lists of the foundation's floors, then those of the capabilities.
const fn list(index: usize) -> &'static [KindRow] {
    if index < FLOORS.len() {
        FLOORS[index]
    } else {
        capability::ALL[index - FLOORS.len()].records
    }
}

/// Up to here: what schema 1 kept under names that no version wrote.
const LAST_SCHEMA_1_KIND: u16 = 8;

const _: () = assert!(numbers_are_unique(), "two kinds of records have one number");

/// Every kind of record, by number.
#[must_use]
pub fn record_kinds() -> Vec<KindRow> {
    let mut rows: Vec<KindRow> = (0..LISTS).flat_map(list).copied().collect();
    rows.sort_unstable_by_key(|row| row.number);
    rows
}

const fn numbers_are_unique() -> bool {
    let mut floor = 0;
    while floor < LISTS {
        let mut row = 0;
        while row < list(floor).len() {
            let number = list(floor)[row].number;
            let is_free = number > LAST_SCHEMA_1_KIND && number < FIRST_TEST_KIND;
            if !is_free || rows_with(number) != 1 {
                return false;
            }
            row += 1;
        }
        floor += 1;
    }
    true
}

const fn rows_with(number: u16) -> usize {
    let (mut found, mut floor) = (0, 0);
    while floor < LISTS {
        let mut row = 0;
        while row < list(floor).len() {
            if list(floor)[row].number == number {
                found += 1;
            }
            row += 1;
        }
        floor += 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::fmt::Write as _;
    use std::path::{Path, PathBuf};

    use super::record_kinds;
    use crate::store::MAX_VALUE_BYTES;

    /// Numbers that were released, with the name they had: a row here is never changed and never removed.
    const RELEASED: &[(u16, &str, bool)] = &[
        (16, "identity", true),
        (17, "last answers", true),
        (18, "draft", true),
        (19, "told colour", true),
        (24, "device seed", true),
        (25, "registration", true),
        (32, "receipt", true),
        (33, "credential", true),
        (34, "etag of the state", true),
        (35, "about the state", true),
        (36, "correction's answer", true),
        (40, "upload", true),
        (48, "bundle", false),
        (49, "bundles held", false),
        (56, "pacing", false),
        (57, "time anchor", false),
    ];

    fn root() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
    }

    #[test]
    fn a_released_number_keeps_its_meaning() {
        let rows: BTreeMap<_, _> = record_kinds()
            .into_iter()
            .map(|row| (row.number, (row.name, row.is_of_subject)))
            .collect();
        for (number, name, is_of_subject) in RELEASED {
            if let Some(found) = rows.get(number) {
                assert_eq!(found, &(*name, *is_of_subject), "number {number}");
            }
        }
        let names: BTreeSet<_> = rows.values().map(|(name, _)| *name).collect();
        assert_eq!(names.len(), rows.len(), "two kinds have one name");
    }

    /// Counts the declarations in the source: one that no floor lists would escape the check of the numbers.
    #[test]
    fn every_declared_kind_is_in_the_table() {
        let mut declared = 0;
        let mut folders = vec![root().join("core/src")];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap().map_while(Result::ok) {
                let path = entry.path();
                let is_test = path.to_string_lossy().contains("tests");
                if path.is_dir() {
                    folders.push(path);
                } else if !is_test && !path.ends_with("record_table.rs") {
                    let source = std::fs::read_to_string(&path).unwrap();
                    let code = source.lines().filter(|line| !line.starts_with("//!"));
                    declared += code.filter(|line| line.contains("RecordKind::of_")).count();
                }
            }
        }
        assert_eq!(declared, record_kinds().len());
    }

    /// Set HEALTH_CODE_WRITE=1 to write the table anew.
    #[test]
    fn docs_hold_this_table() {
        let mut table = String::from(
            "| number | kind | whose | as | at most, bytes |\n|---|---|---|---|---|\n",
        );
        for row in record_kinds() {
            let whose = if row.is_of_subject {
                "a subject's"
            } else {
                "the phone's"
            };
            let most = if row.max_bytes == MAX_VALUE_BYTES {
                "1 Mi".to_owned()
            } else {
                format!("{} Ki", row.max_bytes / 1024)
            };
            let _ = writeln!(
                table,
                "| {} | {} | {whose} | {} | {most} |",
                row.number, row.name, row.codec
            );
        }
        let path = root().join("docs/STORE_FORMAT.md");
        let mut page = std::fs::read_to_string(&path).unwrap();
        let (start, end) = ("<!-- kinds -->\n", "<!-- end of kinds -->");
        let from = page.find(start).unwrap() + start.len();
        let to = page.find(end).unwrap();
        if std::env::var_os("HEALTH_CODE_WRITE").is_some() {
            page.replace_range(from..to, &table);
            std::fs::write(&path, &page).unwrap();
        }
        assert!(
            page.contains(&format!("{start}{table}{end}")),
            "docs/STORE_FORMAT.md differs: run this test with HEALTH_CODE_WRITE=1"
        );
    }
}
