//! Officers change a citizen's colour: draft, sign, submit, or all at once.

use std::path::Path;
use std::sync::Arc;

use health_code_core::trust::SoftwareEd25519;
use health_code_tests::bare_phone::{BarePhone, client};

use super::{authority, path, run, text};

#[tokio::test]
async fn officers_draft_sign_and_submit_on_the_command_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = authority(folder.path(), &[]);
    let signer = Arc::new(SoftwareEd25519::from_seed(&[6; 32]));
    let phone = BarePhone::new(signer, &server.url, client(&server.ca_pem()));
    let citizen = phone.register().await;
    let file = folder.path().join("change.json");
    let ca = folder.path().join("ca.pem");
    let keys =
        ["officer-1", "officer-2"].map(|name| folder.path().join(format!("officers/{name}.key")));
    let try_draft = |colour: &str, reason: &str, previous: &str| {
        run(&[
            "colour-change",
            "draft",
            "--citizen",
            &citizen,
            "--colour",
            colour,
            "--reason",
            reason,
            "--previous",
            previous,
            "--out",
            path(&file),
        ])
    };
    let draft = |colour: &str, reason: &str, previous: &str| {
        let _ = std::fs::remove_file(&file);
        let done = try_draft(colour, reason, previous);
        assert!(done.status.success(), "{}", text(&done.stderr));
    };
    let sign = |officer: &str, key: &Path| {
        run(&[
            "colour-change",
            "sign",
            path(&file),
            "--officer",
            officer,
            "--officer-key",
            path(key),
        ])
    };
    let submit = || {
        run(&[
            "colour-change",
            "submit",
            path(&file),
            "--url",
            &server.url,
            "--ca",
            path(&ca),
        ])
    };

    draft("yellow", "close_contact", "");
    let signed = sign("officer-1", &keys[0]);
    assert!(
        text(&signed.stderr).contains("\"colour\":\"yellow\""),
        "shows what is signed"
    );
    assert!(text(&signed.stderr).contains("1 of 2 signatures"));
    // Neither another draft nor another name takes a signature's place.
    let over = text(&try_draft("red", "confirmed", "").stderr);
    assert!(over.contains("file_unwritable"), "{over}");
    let twice = text(&sign("officer-2", &keys[0]).stderr);
    assert!(twice.contains("officer_key_of_another"), "{twice}");
    let enrolled = run(&[
        "colour-change",
        "sign",
        path(&file),
        "--officer",
        "officer-1",
        "--officer-key",
        path(&keys[1]),
        "--officers",
        path(&folder.path().join("officers.toml")),
    ]);
    let enrolled = text(&enrolled.stderr);
    assert!(enrolled.contains("officer_key_of_another"), "{enrolled}");
    let alone = submit();
    assert!(
        text(&alone.stderr).contains("officers_refused signatures not_two"),
        "{}",
        text(&alone.stderr)
    );
    // The same officer again is still one officer.
    sign("officer-1", &keys[0]);
    assert!(!submit().status.success());
    sign("officer-2", &keys[1]);
    let done = submit();
    assert!(done.status.success(), "{}", text(&done.stderr));
    let answer: serde_json::Value = serde_json::from_slice(&done.stdout).expect("JSON");
    assert_eq!(answer["colour"], "yellow");
    // An answer that got lost: the same file again.
    assert!(submit().status.success());

    // On a forgotten head the command says the right one.
    draft("green", "measure_lifted", "");
    sign("officer-1", &keys[0]);
    sign("officer-2", &keys[1]);
    let refused = text(&submit().stderr);
    let head = answer["head"].as_str().expect("a head");
    assert!(refused.contains(&format!("--previous {head}")), "{refused}");
    draft("green", "measure_lifted", head);
    sign("officer-1", &keys[0]);
    sign("officer-2", &keys[1]);
    assert!(submit().status.success());

    // What the server would refuse is refused before anybody signs it.
    for (who, colour, reason, place) in [
        (citizen.as_str(), "green", "close_contact", "close_contact"),
        ("nobody", "yellow", "close_contact", "--citizen"),
    ] {
        let wrong = run(&[
            "colour-change",
            "draft",
            "--citizen",
            who,
            "--colour",
            colour,
            "--reason",
            reason,
            "--out",
            path(&file),
        ]);
        let told = text(&wrong.stderr);
        assert!(!wrong.status.success() && told.contains(place), "{told}");
    }

    // All at once; the head is found on the way.
    let keys = keys.each_ref().map(|key| path(key));
    let apply = run(&[
        "colour-change",
        "apply",
        "--citizen",
        &citizen,
        "--colour",
        "red",
        "--reason",
        "confirmed",
        "--officer-key",
        keys[0],
        "--officer-key",
        keys[1],
        "--url",
        &server.url,
        "--ca",
        path(&ca),
    ]);
    assert!(apply.status.success(), "{}", text(&apply.stderr));
    assert!(text(&apply.stdout).contains("\"colour\":\"red\""));
    let unknown = run(&[
        "colour-change",
        "apply",
        "--citizen",
        &citizen,
        "--colour",
        "red",
        "--reason",
        "petition",
        "--officer-key",
        keys[0],
        "--officer-key",
        keys[1],
        "--url",
        &server.url,
        "--ca",
        path(&ca),
    ]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(
        text(&unknown.stderr).contains("close_contact"),
        "lists the reasons"
    );
}
