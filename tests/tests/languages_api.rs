//! Each public function, constructor and method of docs/API.txt is called in Kotlin's tests and in Swift's, over the real library.
//!
//! By name: what a test makes of the answer is for who reads it. A name that both sides write otherwise stands in [`OTHERWISE`].

use std::fs;
use std::path::{Path, PathBuf};

#[path = "languages_api/reading.rs"]
mod reading;
#[path = "languages_api/texts.rs"]
mod texts;

use reading::{Public, called, camel, code_of, listed, stands};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Kotlin,
    Swift,
}

impl Side {
    const ALL: [Self; 2] = [Self::Kotlin, Self::Swift];

    /// Tests, and what the library is around what is generated.
    const fn folders(self) -> [&'static str; 2] {
        match self {
            Self::Kotlin => ["bindings/kotlin/src/test", "bindings/kotlin/src/main"],
            Self::Swift => [
                "bindings/swift/Tests",
                "bindings/swift/Sources/HealthCodeKit",
            ],
        }
    }

    const fn ending(self) -> &'static str {
        match self {
            Self::Kotlin => "kt",
            Self::Swift => "swift",
        }
    }

    /// The code of a folder's sources, without comments and texts.
    fn code(self, folder: &str) -> String {
        let mut found = Vec::new();
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        sources(&root.join(folder), self.ending(), &mut found);
        assert!(found.len() > 10, "{folder} has {} sources", found.len());
        let read = found
            .iter()
            .map(|file| fs::read_to_string(file).expect("a source"));
        read.map(|source| code_of(&source) + "\n").collect()
    }
}

/// What is called by another name than the listing's.
struct Otherwise {
    owner: &'static str,
    name: &'static str,
    side: Side,
    /// As it stands in that side's tests.
    as_called: &'static str,
    why: &'static str,
}

const fn otherwise(
    owner: &'static str,
    name: &'static str,
    side: Side,
    as_called: &'static str,
    why: &'static str,
) -> Otherwise {
    Otherwise {
        owner,
        name,
        side,
        as_called,
        why,
    }
}

const MADE: &str = "an object is made by its type's name";
const AROUND: &str = "apps are given the class around it";
const PROPERTY: &str = "a property of the class around it";
const OVERLOAD: &str = "Swift tells overloads apart by their labels";

const OTHERWISE: [Otherwise; 13] = [
    otherwise("CancelToken", "new", Side::Kotlin, "CancelToken(", MADE),
    otherwise("CancelToken", "new", Side::Swift, "CancelToken(", MADE),
    otherwise(
        "CoreCheckpoint",
        "open",
        Side::Kotlin,
        "Checkpoint.open(",
        AROUND,
    ),
    otherwise(
        "CoreCheckpoint",
        "open",
        Side::Swift,
        "Checkpoint(trustBundle:",
        AROUND,
    ),
    otherwise(
        "CoreFileKeyGuard",
        "open",
        Side::Kotlin,
        "CoreFileKeyGuard.open(",
        MADE,
    ),
    otherwise(
        "CoreFileKeyGuard",
        "open",
        Side::Swift,
        "FileKeyGuard(file:",
        AROUND,
    ),
    otherwise(
        "CoreHealthCode",
        "open",
        Side::Kotlin,
        "HealthCode.open(",
        AROUND,
    ),
    otherwise(
        "CoreHealthCode",
        "open",
        Side::Swift,
        "HealthCode.open(",
        AROUND,
    ),
    otherwise(
        "CoreCheckpoint",
        "trust",
        Side::Kotlin,
        "checkpoint.trust.",
        PROPERTY,
    ),
    otherwise(
        "CoreHealthCode",
        "language",
        Side::Kotlin,
        "health.language",
        PROPERTY,
    ),
    otherwise(
        "CoreHealthCode",
        "language",
        Side::Swift,
        "health.language",
        PROPERTY,
    ),
    otherwise(
        "CoreHealthCode",
        "register_with_proof",
        Side::Swift,
        "register(answers: answers, consent: agreed, kind:",
        OVERLOAD,
    ),
    otherwise(
        "CoreHealthCode",
        "submit_declaration_for",
        Side::Swift,
        "submitDeclaration(for:",
        OVERLOAD,
    ),
];

fn sources(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, ending, found);
        } else if path.extension().is_some_and(|found| found == ending) {
            found.push(path);
        }
    }
}

/// What is wrong with a side's tests, given its code.
fn faults(
    side: Side,
    listed: &[Public],
    rows: &[Otherwise],
    tests: &str,
    library: &str,
) -> Vec<String> {
    let mut faults = Vec::new();
    let rows: Vec<_> = rows.iter().filter(|row| row.side == side).collect();
    for public in listed {
        let row = rows
            .iter()
            .find(|row| (row.owner, row.name) == (public.owner.as_str(), public.name.as_str()));
        // Every object is opened: the word alone says nothing of which.
        let is_called =
            !public.is_constructor && called(tests, &camel(&public.name), public.is_method());
        match row {
            None if is_called => {}
            None => faults.push(format!("{side:?}: no test calls {public}")),
            Some(row) if is_called => {
                faults.push(format!("{side:?}: {public} needs no row: {}", row.why));
            }
            Some(row) => {
                let is_reached =
                    public.is_constructor || called(library, &camel(&public.name), true);
                if !stands(tests, row.as_called) || !is_reached {
                    faults.push(format!(
                        "{side:?}: no test calls {public} as {}",
                        row.as_called
                    ));
                }
            }
        }
    }
    let is_listed = |row: &Otherwise| {
        listed
            .iter()
            .any(|public| (public.owner.as_str(), public.name.as_str()) == (row.owner, row.name))
    };
    let stale = rows.iter().filter(|row| !is_listed(row));
    faults.extend(stale.map(|row| format!("{side:?}: there is no {} {}", row.owner, row.name)));
    faults
}

#[test]
fn every_public_method_is_called_in_both_languages_tests() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let listing = fs::read_to_string(root.join("docs/API.txt")).expect("docs/API.txt");
    let listed = listed(&listing).expect("every line is understood");
    assert!(listed.len() > 100, "{} are listed", listed.len());
    let faults: Vec<_> = Side::ALL
        .into_iter()
        .flat_map(|side| {
            let [tests, library] = side.folders();
            faults(
                side,
                &listed,
                &OTHERWISE,
                &side.code(tests),
                &side.code(library),
            )
        })
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

const LISTING: &str = "Head.\n\nObjects\n  Door\n      static open(key: bytes) ! E\n      shut()\n      till() -> i64\n\nFunctions\n  \
                       code_png(text: string,\n    size: u32 = default) -> bytes\n\nWhat an app implements\n  Host\n      sign() -> bytes\n";

#[test]
fn a_call_that_is_missing_is_told_for_its_side() {
    let listed = listed(LISTING).unwrap();
    let rows = [
        otherwise("Door", "open", Side::Kotlin, "Door.open(", MADE),
        otherwise("Door", "till", Side::Kotlin, "door.until", PROPERTY),
    ];
    let library = "it.till()";
    let tests = "val door = Door.open(key)\ndoor.shut()\ndoor.until\ncodePng(text)";
    let told = |tests: &str, library: &str| faults(Side::Kotlin, &listed, &rows, tests, library);
    assert_eq!(told(tests, library), Vec::<String>::new());
    for (planted, by, fault) in [
        ("door.shut()", "fun shut() = 1", "no test calls Door.shut"),
        ("door.shut()", "shut()", "no test calls Door.shut"),
        ("codePng(text)", "codePngs(text)", "no test calls code_png"),
        (
            "Door.open(key)",
            "TrapDoor.open(key)",
            "no test calls Door.open as Door.open(",
        ),
        (
            "door.until",
            "door.til",
            "no test calls Door.till as door.until",
        ),
        (
            "door.until",
            "door.till()",
            "Door.till needs no row: a property of the class around it",
        ),
    ] {
        let found = told(&tests.replace(planted, by), library);
        assert_eq!(found, [format!("Kotlin: {fault}")], "{by}");
    }
    let unreached = told(tests, "it.other()");
    assert_eq!(unreached, ["Kotlin: no test calls Door.till as door.until"]);
    // The other side has rows of its own.
    let swift = faults(Side::Swift, &listed, &rows, tests, library);
    assert_eq!(
        swift,
        [
            "Swift: no test calls Door.open",
            "Swift: no test calls Door.till"
        ]
    );
    let gone = [otherwise("Gate", "open", Side::Kotlin, "Gate.open(", MADE)];
    let stale = faults(Side::Kotlin, &[], &gone, "Gate.open()", "");
    assert_eq!(stale, ["Kotlin: there is no Gate open"]);
}

#[test]
fn the_listing_is_read_whole_or_not_at_all() {
    let names: Vec<_> = listed(LISTING)
        .unwrap()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(names, ["Door.open", "Door.shut", "Door.till", "code_png"]);
    for unknown in [
        "Objects\n      orphan()",
        "Objects\n  Door\n      shut",
        "Functions\n  9()",
        "Objects\n  Door\n   shut()",
    ] {
        assert!(listed(unknown).is_err(), "{unknown}");
    }
}
