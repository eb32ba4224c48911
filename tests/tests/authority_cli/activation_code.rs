//! `activation-code`: an officer of a desk, with the program alone.

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use health_code_core::capability::identity_proof::ActivationCode;
use health_code_tests::bare_phone::resident_number;
use serde_json::Value;

use super::{PROGRAM, authority, path, text};

#[test]
fn a_desk_makes_prints_lists_and_strikes_off_a_code() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = authority(folder.path(), &[]);
    let key = folder.path().join("officers/officer-1.key");
    let ca = folder.path().join("ca.pem");
    let desk = |arguments: &[&str], typed: &str| -> Output {
        let mut child = Command::new(PROGRAM)
            .arg("activation-code")
            .args(arguments)
            .args(["--officer", "officer-1", "--officer-key", path(&key)])
            .args(["--url", &server.url, "--ca", path(&ca)])
            .env("LC_ALL", "en_GB.UTF-8")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("starts");
        let mut stdin = child.stdin.take().expect("its input");
        let _ = writeln!(stdin, "{typed}");
        drop(stdin);
        child.wait_with_output().expect("ends")
    };
    let number = resident_number("33010619900101777");
    let page = folder.path().join("sheet.html");
    let made = desk(&["make", "--days", "7", "--page", path(&page)], &number);
    assert!(made.status.success(), "{}", text(&made.stderr));
    let told: Value = serde_json::from_slice(&made.stdout).expect("JSON");
    let code = told["code"].as_str().expect("a code");
    ActivationCode::parse(code).expect("a code");
    let tail = &number[14..];
    assert_eq!(told["documentTail"], tail);

    let sheet = std::fs::read_to_string(&page).expect("a page");
    for said in [code, tail, "<svg", "健康码激活码", "Activation code"] {
        assert!(sheet.contains(said), "{said}");
    }
    assert!(
        !sheet.contains(&number) && !sheet.contains("src=") && !sheet.contains("href="),
        "{sheet}"
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(&page)
            .expect("a file")
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    // Another sheet never takes the place of one; a number that cannot be is told before anything is made.
    assert!(
        !desk(&["make", "--page", path(&page)], &number)
            .status
            .success()
    );
    let wrong = desk(&["make"], "330106199001010000");
    assert_eq!(wrong.status.code(), Some(1));
    assert!(text(&wrong.stderr).contains("standard input"));
    let too_long = desk(&["make", "--days", "90"], &number);
    assert!(
        text(&too_long.stderr).contains("out_of_range"),
        "{}",
        text(&too_long.stderr)
    );

    let id = told["id"].as_str().expect("an id");
    let list = || {
        let listed = text(&desk(&["list"], "").stdout);
        assert!(!listed.contains(code), "{listed}");
        serde_json::from_str::<Value>(&listed).expect("one code")
    };
    assert_eq!(
        (&list()["id"], &list()["state"]),
        (&told["id"], &"open".into())
    );
    let struck = desk(&["strike-off", "--code-id", id], "");
    assert!(struck.status.success(), "{}", text(&struck.stderr));
    assert_eq!(list()["state"], "struck_off");
}
