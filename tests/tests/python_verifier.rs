//! The Python verifier, written from docs/PROTOCOL.md alone, agrees on every vector.
//!
//! Needs `python3` with `venv`; the libraries of tests/python/requirements.txt are put into the target folder once.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use health_code_tests::phone::Phone;
use health_code_tests::town::Town;
use health_code_tests::vectors::{Vectors, folder};

fn python_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("python")
}

/// Python in an environment that holds exactly the pinned libraries; the first test that asks makes it.
fn python() -> PathBuf {
    static MADE: OnceLock<PathBuf> = OnceLock::new();
    MADE.get_or_init(make_python).clone()
}

fn make_python() -> PathBuf {
    let requirements = python_folder().join("requirements.txt");
    let pinned = std::fs::read(&requirements).expect("requirements.txt");
    let environment = Path::new(env!("CARGO_TARGET_TMPDIR")).join("python-verifier");
    let python = environment.join("bin/python");
    let installed = environment.join("installed.txt");
    if std::fs::read(&installed).is_ok_and(|found| found == pinned) {
        return python;
    }
    let mut make = Command::new("python3");
    make.args(["-m", "venv", "--clear"]).arg(&environment);
    succeed(
        make,
        "python3 with venv is needed (Debian: apt-get install python3-venv)",
    );
    let mut install = Command::new(&python);
    install.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "-r",
    ]);
    install.arg(&requirements);
    succeed(
        install,
        "the libraries of requirements.txt could not be installed",
    );
    std::fs::write(&installed, pinned).expect("a writable target folder");
    python
}

fn succeed(mut command: Command, advice: &str) {
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("{advice}: {error}"));
    assert!(
        output.status.success(),
        "{advice}: {}",
        text(&output.stderr)
    );
}

fn verify(python: &Path, vectors: &Path) -> Output {
    run(python, "verify.py", vectors)
}

fn run(python: &Path, program: &str, vectors: &Path) -> Output {
    Command::new(python)
        .arg(python_folder().join(program))
        .arg(vectors)
        .output()
        .expect("python runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn python_agrees_on_every_vector_and_notices_a_wrong_one() {
    let python = python();
    let vectors = Vectors::committed();
    let output = verify(&python, &folder());
    let printed = text(&output.stdout);
    assert!(output.status.success(), "{printed}{}", text(&output.stderr));
    let summary: serde_json::Value =
        serde_json::from_str(printed.lines().last().expect("a summary")).expect("JSON");
    let expected = vectors.codes().count() + vectors.bundles.len();
    assert_eq!(summary["passed"], expected, "{printed}");

    // One code with a changed character and one bundle at another time: both must be noticed.
    let mut wrong = vectors;
    wrong.valid[0].text.replace_range(100..102, "00");
    wrong.bundles[0].at = i64::from(u32::MAX);
    let altered = tempfile::tempdir().expect("a folder");
    for (name, content) in wrong.files() {
        std::fs::write(altered.path().join(name), content).expect("a file");
    }
    let output = verify(&python, altered.path());
    let printed = text(&output.stdout);
    let summary: serde_json::Value =
        serde_json::from_str(printed.lines().last().expect("a summary")).expect("JSON");
    assert!(!output.status.success());
    let names = serde_json::json!([wrong.valid[0].name, wrong.bundles[0].name]);
    assert_eq!(summary["failed"], names, "{printed}");
}

#[test]
fn python_checks_receipts_for_erasings_and_notices_a_wrong_one() {
    let python = python();
    let file = folder()
        .parent()
        .expect("tests/vectors")
        .join("erasure.json");
    let output = run(&python, "verify_erasure.py", &file);
    let printed = text(&output.stdout);
    assert!(output.status.success(), "{printed}{}", text(&output.stderr));

    let json = std::fs::read_to_string(&file).expect("the vectors");
    for (from, to) in [
        ("\"expect\": \"erasure_not_asked\"", "\"expect\": \"ok\""),
        ("\"revokedCredentials\": 1", "\"revokedCredentials\": 2"),
    ] {
        let wrong = json.replacen(from, to, 1);
        assert_ne!(wrong, json);
        let altered = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(altered.path(), wrong).expect("written");
        let output = run(&python, "verify_erasure.py", altered.path());
        assert!(!output.status.success());
    }
}

#[test]
fn python_reads_an_index_and_headers_as_the_phone_does_and_notices_a_wrong_one() {
    let file = folder().parent().expect("tests/vectors").join("wire.json");
    let json = std::fs::read_to_string(&file).expect("the vectors");
    let output = run(Path::new("python3"), "verify_wire.py", &file);
    let printed = text(&output.stdout);
    assert!(output.status.success(), "{printed}{}", text(&output.stderr));

    let wrong = json.replacen("\"leftOut\": null", "\"leftOut\": \"other\"", 1);
    assert_ne!(wrong, json);
    let altered = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(altered.path(), wrong).expect("written");
    let output = run(Path::new("python3"), "verify_wire.py", altered.path());
    assert!(!output.status.success());
}

#[test]
fn an_export_is_as_its_schema_says() {
    let town = Town::new();
    let phone = Phone::new(&town, "phone");
    phone.turn_green(&town);
    let export = phone.health_code.export_data().expect("an export");
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/schemas/export-1.json");
    let check = |export: &str| {
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), export).expect("written");
        let mut command = Command::new(python());
        command.arg(python_folder().join("verify_export.py"));
        command.arg(&schema).arg(file.path());
        command.output().expect("python runs")
    };
    let output = check(&export);
    assert!(
        output.status.success(),
        "{}{}",
        text(&output.stdout),
        text(&output.stderr)
    );
    let wrong = export.replacen("private_key", "because", 1);
    assert_ne!(wrong, export);
    assert!(!check(&wrong).status.success());
}
