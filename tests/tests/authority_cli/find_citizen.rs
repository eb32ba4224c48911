//! An officer finds the id that an order names.

use std::sync::Arc;

use health_code_core::trust::SoftwareEd25519;
use health_code_tests::bare_phone::{BarePhone, client};

use super::{PROGRAM, authority, path, text};

#[tokio::test]
async fn an_officer_finds_the_citizen_whom_a_document_names() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = authority(folder.path(), &[]);
    let signer = Arc::new(SoftwareEd25519::from_seed(&[8; 32]));
    let phone = BarePhone::new(signer, &server.url, client(&server.ca_pem()));
    let citizen = phone.register().await;
    let find = |typed: &str| {
        use std::io::Write as _;
        let mut child = std::process::Command::new(PROGRAM)
            .args([
                "find-citizen",
                "--data",
                path(folder.path()),
                "--officer",
                "li",
            ])
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .expect("starts");
        let mut stdin = child.stdin.take().expect("its input");
        writeln!(stdin, "{typed}").expect("typed");
        drop(stdin);
        child.wait_with_output().expect("ends")
    };
    // However it is written; the server runs.
    let spaced = format!(
        "{} {}",
        &phone.document_number[..6],
        &phone.document_number[6..]
    );
    for typed in [phone.document_number.as_str(), &spaced] {
        let found = find(typed);
        assert!(found.status.success(), "{}", text(&found.stderr));
        assert_eq!(text(&found.stdout).trim(), citizen);
    }
    let other = health_code_tests::bare_phone::resident_number("33010619850101999");
    for (typed, code) in [
        (other.as_str(), "citizen_unknown"),
        ("1234", "config_invalid"),
    ] {
        let refused = find(typed);
        let said = text(&refused.stderr);
        assert!(said.contains(code) && !said.contains(typed), "{said}");
    }
    let log = std::fs::read_to_string(folder.path().join("access.log")).expect("a log");
    assert_eq!(log.lines().count(), 3, "{log}");
    assert!(
        log.contains(&citizen) && log.contains("\"officer\":\"li\""),
        "{log}"
    );
    assert!(
        !log.contains(&phone.document_number) && !log.contains(&other),
        "{log}"
    );
}
