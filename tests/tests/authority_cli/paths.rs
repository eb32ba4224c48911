//! Path arguments that cannot be used: each is named, and nothing was made by then. Readers that go away.

use std::path::Path;
use std::process::Command;

use super::{PROGRAM, path, run, text};

/// A command and which of its paths is the bad one: `BAD`, beside `KEY`, `CHANGE` and `RULES`, which are good, and `NEW`, which
/// is not there yet.
const COMMANDS: &[&str] = &[
    "init --data BAD",
    "init --data NEW --config BAD",
    "init --data NEW --issuer-key BAD",
    "init --data NEW --trust-bundle BAD",
    "init --data NEW --officers BAD",
    "init --data NEW --rule-set BAD",
    "init --data NEW --form BAD",
    "init --data NEW --tls-cert BAD --tls-key KEY",
    "init --data NEW --tls-cert KEY --tls-key BAD",
    "--listen 127.0.0.1:0 --data BAD",
    "--listen 127.0.0.1:0 --data NEW --config BAD",
    "--listen 127.0.0.1:0 --data NEW --issuer-key BAD",
    "--listen 127.0.0.1:0 --data NEW --trust-bundle BAD",
    "--listen 127.0.0.1:0 --data NEW --officers BAD",
    "--listen 127.0.0.1:0 --data NEW --rule-set BAD",
    "--listen 127.0.0.1:0 --data NEW --form BAD",
    "--listen 127.0.0.1:0 --data NEW --tls-cert BAD --tls-key KEY",
    "--listen 127.0.0.1:0 --data NEW --tls-cert KEY --tls-key BAD",
    "keys issuer --out BAD",
    "keys officer --out BAD",
    "national keygen --out BAD",
    "national trust-bundle --root-key BAD --out NEW --region REGION",
    "national trust-bundle --root-key KEY --out BAD --region REGION",
    "national trust-bundle --root-key KEY --out NEW --from BAD",
    "national trust-bundle --root-key KEY --out NEW --anew --content BAD",
    "national show BAD --root ROOT",
    "national show RULES --root BAD",
    "national diff BAD RULES --root ROOT",
    "publish draft --kind rule-set BAD --out NEW",
    "publish draft --kind rule-set RULES --out BAD",
    "publish content BAD",
    "publish sign BAD --officer li --officer-key KEY",
    "publish submit BAD --url https://127.0.0.1:1 --ca KEY",
    "publish apply --kind rule-set BAD --officer-key KEY --officer-key KEY --url https://127.0.0.1:1 --ca KEY",
    "publish apply --kind rule-set RULES --officer-key BAD --officer-key KEY --url https://127.0.0.1:1 --ca KEY",
    "publish apply --kind rule-set RULES --officer-key KEY --officer-key KEY --url https://127.0.0.1:1 --ca BAD",
    "colour-change draft --citizen CITIZEN --colour yellow --reason close_contact --out BAD",
    "colour-change sign BAD --officer li --officer-key KEY",
    "colour-change sign CHANGE --officer li --officer-key BAD",
    "colour-change submit BAD --url https://127.0.0.1:1 --ca KEY",
    "colour-change submit CHANGE --url https://127.0.0.1:1 --ca BAD",
    "colour-change apply --citizen CITIZEN --colour yellow --reason close_contact --officer-key BAD --officer-key KEY \
     --url https://127.0.0.1:1 --ca KEY",
    "colour-change apply --citizen CITIZEN --colour yellow --reason close_contact --officer-key KEY --officer-key KEY \
     --url https://127.0.0.1:1 --ca BAD",
];

const CITIZEN: &str = "018f2b6a-0000-4000-8000-00000000000a";

#[test]
fn a_path_that_cannot_be_used_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let (key, change, rules) = (at("a.key"), at("change.json"), at("rules.json"));
    let made = run(&["keys", "officer", "--out", path(&key)]);
    let root = text(&made.stdout);
    let region = format!("330100:zh=杭州市,en=Hangzhou:{root}");
    std::fs::write(&rules, health_code_core::rules::HANGZHOU).expect("written");
    let draft = "colour-change draft --colour yellow --reason close_contact";
    let mut draft: Vec<&str> = draft.split(' ').collect();
    draft.extend(["--citizen", CITIZEN, "--out", path(&change)]);
    let drafted = run(&draft);
    assert!(drafted.status.success(), "{}", text(&drafted.stderr));
    std::fs::write(at("file"), b"in the way").expect("written");

    let (bad, new) = (at("file/below"), at("new"));
    let mut wrong = Vec::new();
    for command in COMMANDS {
        let arguments = command.split_whitespace().map(|word| match word {
            "BAD" => path(&bad),
            "NEW" => path(&new),
            "KEY" => path(&key),
            "CHANGE" => path(&change),
            "RULES" => path(&rules),
            "REGION" => &region,
            "ROOT" => &root,
            "CITIZEN" => CITIZEN,
            other => other,
        });
        let done = run(&arguments.collect::<Vec<_>>());
        let told = text(&done.stderr);
        let is_named = done.status.code() == Some(1) && told.contains(path(&bad));
        if !is_named || new.exists() {
            let made = if new.exists() {
                ", something was made"
            } else {
                ""
            };
            wrong.push(format!("{command}{made}: {told}"));
        }
        if new.exists() {
            remove(&new);
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn remove(made: &Path) {
    let removed = std::fs::remove_dir_all(made).or_else(|_| std::fs::remove_file(made));
    removed.expect("removed");
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let folder = tempfile::tempdir().expect("a folder");
    for arguments in [
        &["--help"][..],
        &["--print-config"],
        &["national", "--help"],
        &["keys", "officer", "--out", "officer.key"],
    ] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let mut command = Command::new(PROGRAM);
        command.args(arguments).current_dir(folder.path());
        let ended = command.stdout(writer).output().expect("ends");
        let told = text(&ended.stderr);
        assert!(ended.status.success(), "{arguments:?}: {told}");
        assert_eq!(told, "", "{arguments:?}");
    }
}
