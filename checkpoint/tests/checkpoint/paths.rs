//! Files that cannot be used are named; a reader that goes away is no panic.

use std::process::Command;

use super::scene::{AT, Scene, run};

#[test]
fn a_file_that_cannot_be_used_is_named() {
    let scene = Scene::at(AT);
    let (root, code) = (scene.root(), scene.code());
    let good = scene.folder.path().join("trust-bundle.cbor");
    let good = good.to_str().unwrap();
    let below = format!("{good}/below");
    let garbage = scene.write("garbage", b"garbage");
    let folder = scene.folder.path().to_str().unwrap();
    for bad in [&*below, folder, garbage.to_str().unwrap(), "absent"] {
        for arguments in [
            ["--trust", bad, "--root", &root, &code].as_slice(),
            &["--trust", good, "--root", &root, "--status", bad, &code],
            &["--trust", good, "--root", &root, "--image", bad],
        ] {
            let at = ["--at", "2026-11-24T16:00:10+08:00"];
            let answer = run(&[arguments, &at].concat(), "");
            let name = format!("checkpoint: {bad}");
            assert!(
                answer.stderr.starts_with(&name),
                "{arguments:?}: {}",
                answer.stderr
            );
            // A list that cannot be used stops nothing: the code is judged without it.
            let goes_on = arguments.contains(&"--status");
            assert_eq!(answer.exit_code == 0, goes_on, "{arguments:?}");
        }
    }
}

#[test]
fn a_verdict_that_nobody_hears_is_none_and_no_panic() {
    let scene = Scene::at(AT);
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let ended = Command::new(env!("CARGO_BIN_EXE_health-code-checkpoint"))
        .args(["--trust", "trust-bundle.cbor", "--root", &scene.root()])
        .args(["--at", &AT.to_string(), &scene.code()])
        .current_dir(scene.folder.path())
        .stdout(writer)
        .output()
        .unwrap();
    let complaint = String::from_utf8_lossy(&ended.stderr);
    assert!(!complaint.contains("panicked"), "{complaint}");
    assert_eq!(ended.status.code(), Some(2));
}
