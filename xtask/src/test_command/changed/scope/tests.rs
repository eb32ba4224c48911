use super::*;

fn package(name: &str, folder: &str, builds_on: &[&str], tests: &[&str]) -> Package {
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    Package {
        name: name.to_owned(),
        folder: folder.into(),
        builds_on: owned(builds_on),
        tests: owned(tests),
        has_library: name != "xtask",
    }
}

fn workspace() -> Vec<Package> {
    let all = [
        "main_job",
        "vectors",
        "store_crash",
        "hostile_codes",
        "tls",
        "python_verifier",
    ];
    vec![
        package("health-code-core", "core", &[], &[]),
        package(
            "health-code-authority",
            "authority",
            &["health-code-core"],
            &[],
        ),
        package(
            "health-code-bindings",
            "bindings",
            &["health-code-core"],
            &[],
        ),
        package(
            END_TO_END,
            "tests",
            &["health-code-core", "health-code-authority"],
            &all,
        ),
        package(
            "health-code-benches",
            "tests/benches",
            &["health-code-core"],
            &[],
        ),
        package("xtask", "xtask", &[], &["steps"]),
    ]
}

fn scope(changed: &[&str]) -> Scope {
    let changed: Vec<String> = changed.iter().map(|file| (*file).to_owned()).collect();
    Scope::new(&changed, &workspace(), &|document| match document {
        "docs/STORE_FORMAT.md" => vec!["core/src/store/frozen_format_tests.rs".to_owned()],
        "docs/THREAT_MODEL.md" => vec!["tests/tests/tls.rs".to_owned()],
        "docs/KOTLIN.md" => vec!["bindings/kotlin/src/test/Docs.kt".to_owned()],
        _ => vec![],
    })
}

fn names(set: &BTreeSet<String>) -> Vec<&str> {
    set.iter().map(String::as_str).collect()
}

#[test]
fn all_that_builds_on_a_touched_package_is_concerned() {
    let scope = scope(&["core/src/store/sealed/mod.rs"]);
    assert_eq!(scope.affected.len(), 5);
    assert_eq!(names(&scope.tests), ["main_job", "store_crash", "vectors"]);
    assert_eq!(scope.excluded(&workspace()), ["--exclude", "xtask"]);
    assert_eq!(scope.targets(&workspace())[0], "--lib");
    assert!(!scope.has(Part::Interface) && !scope.has(Part::Kotlin));
    let left_out = scope.left_out(&workspace()).join("\n");
    assert!(
        left_out.contains("hostile_codes, tls, python_verifier"),
        "{left_out}"
    );
    assert!(left_out.contains("Kotlin"), "{left_out}");
}

#[test]
fn a_package_that_nothing_builds_on_is_alone() {
    let scope = scope(&["xtask/src/main.rs"]);
    assert_eq!(names(&scope.affected), ["xtask"]);
    assert_eq!(scope.targets(&workspace()), ["--bins", "--test", "steps"]);
}

#[test]
fn a_changed_test_runs_alone() {
    let scope = scope(&["tests/tests/tls.rs"]);
    assert_eq!(names(&scope.affected), [END_TO_END]);
    assert_eq!(names(&scope.tests), ["tls"]);
}

#[test]
fn the_deepest_folder_owns_a_file() {
    assert_eq!(
        names(&scope(&["tests/benches/code.rs"]).affected),
        ["health-code-benches"]
    );
}

#[test]
fn documents_concern_those_who_read_them() {
    assert_eq!(
        names(&scope(&["docs/STORE_FORMAT.md"]).affected),
        ["health-code-core"]
    );
    assert_eq!(names(&scope(&["docs/THREAT_MODEL.md"]).tests), ["tls"]);
    assert!(scope(&["docs/KOTLIN.md"]).has(Part::Kotlin));
    assert!(scope(&["docs/API.txt"]).has(Part::Interface));
    let unread = scope(&["docs/FAQ.md", "LICENSE", "bindings/README.md"]);
    assert!(unread.affected.is_empty() && !unread.has(Part::Interface));
    assert_eq!(
        unread.describe(),
        ["no test reads: docs/FAQ.md, LICENSE, bindings/README.md"]
    );
}

#[test]
fn other_languages_and_shared_cases_have_their_parts() {
    assert!(scope(&["bindings/kotlin/src/main/A.kt"]).has(Part::Kotlin));
    assert!(scope(&["bindings/swift/Package.swift"]).has(Part::Swift));
    assert!(scope(&["android-demo/artifacts.txt"]).has(Part::Android));
    let signer =
        scope(&["bindings/kotlin/src/android/kotlin/org/healthcode/android/SyncWorker.kt"]);
    assert!(signer.has(Part::Kotlin) && signer.has(Part::Android));
    let vectors = scope(&["tests/vectors/code/valid.json"]);
    assert!(vectors.has(Part::Kotlin) && vectors.has(Part::Swift));
    assert!(vectors.tests.contains("python_verifier"));
    let interface = scope(&["bindings/src/lib.rs"]);
    assert!(interface.has(Part::Interface) && !interface.has(Part::Kotlin));
    assert!(scope(&["tests/fuzz/Cargo.lock"]).has(Part::FuzzLock));
}

#[test]
fn what_concerns_all_touches_all() {
    assert!(scope(&["Cargo.lock"]).excluded(&workspace()).is_empty());
}

#[test]
fn reads_what_cargo_prints() {
    let metadata = r#"{"packages": [
        {"name": "a", "manifest_path": "/w/a/Cargo.toml", "targets": [{"name": "a", "kind": ["lib"]}, {"name": "t", "kind": ["test"]}],
         "dependencies": [{"name": "b"}, {"name": "serde"}, {"name": "a"}]},
        {"name": "b", "manifest_path": "/w/b/Cargo.toml", "targets": [{"name": "b", "kind": ["bin"]}], "dependencies": []}
    ]}"#;
    let packages = packages(metadata.as_bytes(), Path::new("/w")).unwrap();
    assert_eq!(packages[0].builds_on, ["b"]);
    assert_eq!(
        (packages[0].tests[0].as_str(), packages[0].has_library),
        ("t", true)
    );
    assert_eq!(
        (packages[1].folder.as_path(), packages[1].has_library),
        (Path::new("b"), false)
    );
    assert!(super::packages(b"no JSON", Path::new("/w")).is_none());
}
