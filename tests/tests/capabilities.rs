//! The house: a capability stands under one name on every floor, and docs/CAPABILITIES.md says what the code has.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use health_code_core::capability;

/// How a name is written on a floor.
type FileName = fn(&str) -> String;

/// Where each floor keeps its capabilities.
const FLOORS: [(&str, &str, FileName); 6] = [
    ("core", "core/src/capability", str::to_owned),
    ("authority", "authority/src/capability", str::to_owned),
    ("bindings", "bindings/src/capability", |name| {
        format!("{name}.rs")
    }),
    (
        "Kotlin",
        "bindings/kotlin/src/main/kotlin/org/healthcode/capability",
        |name| format!("{}.kt", camel(name)),
    ),
    (
        "Swift",
        "bindings/swift/Sources/HealthCodeKit/Capability",
        |name| format!("{}.swift", camel(name)),
    ),
    ("tests", "tests/tests", |name| format!("{name}.rs")),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// `fever_clinics` as `FeverClinics`.
fn camel(name: &str) -> String {
    let words = name.split('_');
    let upper = words.map(|word| word[..1].to_uppercase() + &word[1..]);
    upper.collect()
}

/// What stands in a floor's folder, the files that all share left out.
fn entries(folder: &str) -> BTreeSet<String> {
    let entries = std::fs::read_dir(root().join(folder)).expect("a floor's folder");
    entries
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .into_string()
                .expect("a name")
        })
        .filter(|name| !matches!(name.as_str(), "mod.rs" | "published.rs"))
        .collect()
}

/// The first sentence of a module's head.
fn head(module: &Path) -> String {
    let source = std::fs::read_to_string(module).expect("a head");
    let lines = source.lines().map_while(|line| line.strip_prefix("//!"));
    let paragraph: Vec<_> = lines
        .map(str::trim)
        .take_while(|line| !line.is_empty())
        .collect();
    paragraph.join(" ")
}

fn names() -> BTreeSet<String> {
    capability::ALL
        .iter()
        .map(|capability| capability.name.to_owned())
        .collect()
}

#[test]
fn every_capability_stands_on_every_floor() {
    let names = names();
    assert_eq!(names.len(), capability::ALL.len(), "a name stands twice");
    for (floor, folder, file) in FLOORS {
        let there = entries(folder);
        for name in &names {
            assert!(
                there.contains(&file(name)),
                "{name} lacks {folder}/{}",
                file(name)
            );
        }
        // The authority has more, of what the foundation asks of it; the tests are of everything.
        if !matches!(floor, "authority" | "tests") {
            let known: BTreeSet<_> = names.iter().map(|name| file(name)).collect();
            let strangers: Vec<_> = there.difference(&known).collect();
            assert!(
                strangers.is_empty(),
                "{folder} has {strangers:?}, which the core does not know"
            );
        }
    }
    for name in &names {
        let page = root().join(format!("docs/capabilities/{name}.md"));
        assert!(page.exists(), "{name} lacks its page of the docs");
    }
}

/// Set HEALTH_CODE_WRITE=1 to write the page anew.
#[test]
fn docs_say_what_the_code_has() {
    let mut page = String::from(
        "# Capabilities\n\nMade from the code by `tests/tests/capabilities.rs`. Each stands under one name on every floor: \
         `core/src/capability`, `authority/src/capability`, `bindings/src/capability`, Kotlin's `capability`, Swift's \
         `Capability`, `tests/tests`. [ADDING.md](ADDING.md) says how one is added.\n\n\
         | capability | what it is | bundles | uploads | records |\n|---|---|---|---|---|\n",
    );
    for one in capability::ALL {
        let what = head(&root().join(format!("core/src/capability/{}/mod.rs", one.name)));
        let bundles: Vec<_> = one
            .bundles
            .iter()
            .map(|row| format!("`{}`", row.kind.id()))
            .collect();
        let uploads: Vec<_> = one
            .uploads
            .iter()
            .map(|row| format!("`{}`", row.id))
            .collect();
        let records: Vec<_> = one
            .records
            .iter()
            .map(|row| format!("{} ({})", row.name, row.number))
            .collect();
        let _ = writeln!(
            page,
            "| [{}](capabilities/{0}.md) | {what} | {} | {} | {} |",
            one.name,
            bundles.join(", "),
            uploads.join(", "),
            records.join(", ")
        );
    }
    page.push_str("\nOf the foundation, which has no folder in the core but in the authority:\n\n| folder | what it is |\n|---|---|\n");
    let names = names();
    for name in entries("authority/src/capability").difference(&names) {
        let what = head(&root().join(format!("authority/src/capability/{name}/mod.rs")));
        let _ = writeln!(page, "| `{name}` | {what} |");
    }
    let path = root().join("docs/CAPABILITIES.md");
    if std::env::var_os("HEALTH_CODE_WRITE").is_some() {
        std::fs::write(&path, &page).expect("written");
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == page,
        "docs/CAPABILITIES.md differs: run this test with HEALTH_CODE_WRITE=1"
    );
}
