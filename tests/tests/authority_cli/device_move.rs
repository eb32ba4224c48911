//! `device-move`: the desk and two officers, each with the program alone.

use std::path::Path;
use std::sync::Arc;

use data_encoding::BASE64URL_NOPAD;
use health_code_core::ports::Clock;
use health_code_core::system::SystemClock;
use health_code_core::trust::SoftwareEd25519;
use health_code_core::wire::device_id;
use health_code_tests::bare_phone::{BarePhone, client, new_id};
use serde_json::{Value, json};

use super::{authority, path, run, text};

fn registration(phone: &BarePhone) -> Vec<u8> {
    let key = phone.signer.public_key().expect("a key");
    json!({
        "device": {"publicKey": BASE64URL_NOPAD.encode(key.as_bytes()), "hardware": false},
        "identity": {
            "name": "王小明", "sex": "1", "nationality": "CHN",
            "documentKind": "resident_id", "documentNumber": phone.document_number,
            "division": 330_106, "address": "文三路 1 号", "phone": "13800138000",
        },
        "consent": {"version": 1, "acceptedAt": SystemClock.read().wall_ms.div_euclid(1_000)},
    })
    .to_string()
    .into_bytes()
}

#[tokio::test]
async fn two_officers_move_a_citizen_to_the_phone_that_the_desk_was_shown() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = authority(folder.path(), &[]);
    let phone = |seed| {
        let signer = Arc::new(SoftwareEd25519::from_seed(&[seed; 32]));
        BarePhone::new(signer, &server.url, client(&server.ca_pem()))
    };
    let (old, mut new) = (phone(6), phone(7));
    let citizen = old.register().await;
    new.document_number.clone_from(&old.document_number);
    let device = device_id(&new.signer.public_key().expect("a key"));

    let file = folder.path().join("move.json");
    let draft = |number: &str, device: &str| {
        run(&[
            "device-move",
            "draft",
            "--document-number",
            number,
            "--device",
            device,
            "--out",
            path(&file),
        ])
    };
    // What is mistyped is told before anybody signs.
    let last = old.document_number.chars().last().expect("a digit");
    let wrong = old
        .document_number
        .replace(last, if last == '1' { "2" } else { "1" });
    let refused = draft(&wrong, &device);
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        text(&refused.stderr).contains("--document-number"),
        "{}",
        text(&refused.stderr)
    );
    assert_eq!(draft(&old.document_number, "AAAA").status.code(), Some(2));
    let spaced = format!(
        "{} {}",
        &old.document_number[..6],
        &old.document_number[6..]
    );
    let drafted = draft(&spaced, &device);
    assert!(drafted.status.success(), "{}", text(&drafted.stderr));

    let sign = |officer: &str, key: &Path| {
        let done = run(&[
            "device-move",
            "sign",
            path(&file),
            "--officer",
            officer,
            "--officer-key",
            path(key),
        ]);
        assert!(done.status.success(), "{}", text(&done.stderr));
        text(&done.stderr)
    };
    let ca = folder.path().join("ca.pem");
    let submit = || {
        run(&[
            "device-move",
            "submit",
            path(&file),
            "--url",
            &server.url,
            "--ca",
            path(&ca),
        ])
    };
    let [first, second] =
        ["officer-1", "officer-2"].map(|name| folder.path().join(format!("officers/{name}.key")));
    // Each sees what is signed; one is not two.
    assert!(sign("officer-1", &first).contains(&old.document_number));
    // The same person's key is not another officer's, and nobody drafts over what is signed.
    let same = run(&[
        "device-move",
        "sign",
        path(&file),
        "--officer",
        "officer-2",
        "--officer-key",
        path(&first),
    ]);
    assert_eq!(same.status.code(), Some(1), "{}", text(&same.stderr));
    assert_eq!(draft(&spaced, &device).status.code(), Some(1));
    let refused = submit();
    assert!(
        text(&refused.stderr).contains("officers_refused"),
        "{}",
        text(&refused.stderr)
    );
    sign("officer-2", &second);
    for _ in 0..2 {
        let done = submit();
        assert!(done.status.success(), "{}", text(&done.stderr));
        let answer: Value = serde_json::from_str(&text(&done.stdout)).expect("JSON");
        assert_eq!(answer["citizenId"], citizen.as_str());
    }
    let gone = old.send("GET", "/v1/subjects", &[], Vec::new()).await;
    assert_eq!(gone.expect("an answer").problem(), "device_unknown");
    let id = new_id();
    let headers = [("idempotency-key", id.as_str())];
    let moved = new
        .send("POST", "/v1/subjects", &headers, registration(&new))
        .await;
    let moved = moved.expect("an answer");
    assert_eq!(
        moved.status,
        200,
        "{}",
        String::from_utf8_lossy(&moved.body)
    );
    assert_eq!(moved.json()["citizenId"], citizen.as_str());
}

#[test]
fn a_document_that_takes_the_place_of_another_is_drafted_in_plain_text() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("mend.json");
    let draft = |more: &[&str]| {
        let start = [
            "device-move",
            "draft",
            "--document-number",
            "11010519491231002X",
        ];
        let end = ["--device", "AAAAAAAAAAAAAAAAAAAAAA", "--out", path(&file)];
        run(&[&start[..], more, &end[..]].concat())
    };
    let refused = draft(&["--new-document-number", "110105194912310021"]);
    assert_eq!(refused.status.code(), Some(1));
    let said = text(&refused.stderr);
    assert!(said.contains("--new-document-number"), "{said}");
    let kind_alone = draft(&["--new-document-kind", "passport"]);
    assert_eq!(kind_alone.status.code(), Some(2));
    let number = [
        "--new-document-kind",
        "passport",
        "--new-document-number",
        "E12345678",
    ];
    let drafted = draft(&number);
    assert!(drafted.status.success(), "{}", text(&drafted.stderr));
    let written = std::fs::read(&file).expect("a draft");
    let written: Value = serde_json::from_slice(&written).expect("JSON");
    let order = written["order"].as_str().expect("an order");
    let members = r#""newDocumentKind":"passport","newDocumentNumber":"E12345678","deviceId""#;
    assert!(order.contains(members), "{order}");
}
