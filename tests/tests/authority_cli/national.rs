//! The national platform on the command line: trust bundles signed, signed again, shown and compared.

use super::{run, text};

/// What the national platform says, and what of it stands when it signs again.
#[test]
fn a_trust_bundle_is_signed_again_and_keeps_what_stands() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name).display().to_string();
    let made = |arguments: &[&str]| {
        let done = run(arguments);
        assert!(done.status.success(), "{}", text(&done.stderr));
        text(&done.stdout)
    };
    let root = made(&["national", "keygen", "--out", &at("root.key")]);
    let (key, out) = (at("root.key"), at("trust.cbor"));
    let keys = ["a", "b"].map(|name| made(&["keys", "issuer", "--out", &at(name)]));
    let region = |key: &str| format!("330100:zh=杭州市,en=Hangzhou:{key}");
    let signing = [
        "national",
        "trust-bundle",
        "--root-key",
        &key,
        "--out",
        &out,
    ];
    let sign = |more: &[&str]| run(&[&signing[..], more].concat());
    let show = || made(&["national", "show", &out, "--root", &root]);
    let line = |text: &str, name: &str| {
        let line = text.lines().find(|line| line.trim().starts_with(name));
        line.unwrap_or_default().to_owned()
    };
    assert!(sign(&["--region", &region(&keys[0])]).status.success());
    let first = show();
    let began = line(&first, "not_before");
    std::thread::sleep(std::time::Duration::from_millis(1_100));

    // A grace order is added: everything else stands, to the second.
    let grace = "330000:2099-01-01T00:00:00Z:12";
    assert!(sign(&["--grace", grace]).status.success());
    let second = show();
    assert_eq!(line(&second, "not_before"), began);
    assert_eq!(line(&second, "version"), "version = 2");
    assert!(second.contains("extra_secs = 43200"), "{second}");
    assert_ne!(line(&second, "issued_at"), line(&first, "issued_at"));

    // Each thing that can be said, and what it says then.
    let sunset = "420000:2099-01-01T00:00:00+08:00:zh=停用,en=It has ended.";
    for (said, expected) in [
        (vec!["--region", &region(&keys[1])], keys[1].as_str()),
        (
            vec![
                "--key-not-before",
                &format!("{}=1700000000", &keys[1][..16]),
            ],
            "not_before = \"2023-11-14T22:13:20Z\"",
        ),
        (
            vec!["--key-not-after", &format!("{}=1900000000", &keys[0][..8])],
            "not_after = \"2030-03-17T17:46:40Z\"",
        ),
        (
            vec![
                "--revoke",
                &format!("{}=2026-01-01T00:00:00Z", &keys[0][..8]),
            ],
            "revoked_at = \"2026-01-01T00:00:00Z\"",
        ),
        (
            vec!["--sunset", sunset],
            "effective_at = \"2098-12-31T16:00:00Z\"",
        ),
    ] {
        let signed = sign(&said);
        assert!(signed.status.success(), "{said:?} {}", text(&signed.stderr));
        let shown = show();
        assert!(shown.contains(expected), "{said:?}: {shown}");
    }
    assert!(
        sign(&["--drop-orders", "420000", "--drop-orders", "330000"])
            .status
            .success()
    );
    let shown = show();
    assert!(
        !shown.contains("effective_at") && !shown.contains("extra_secs"),
        "{shown}"
    );
    assert!(shown.contains("revoked_at") && shown.contains("not_after = \"2030-03-17T17:46:40Z\""));

    // All of it as a text: policy and mappings too.
    let edited = shown.replace("accept_secs = 60", "accept_secs = 45")
        + "\n[[mappings]]\nrule_id = \"HB\"\ncolour = \"red\"\nscheme = \"international\"\nto_division = 420000\nto_colour = \"yellow\"\n[mappings.text]\nzh = \"按黄码管理。\"\nen = \"Counts as yellow.\"\n";
    std::fs::write(at("trust.toml"), &edited).expect("written");
    let before = at("before.cbor");
    std::fs::copy(&out, &before).expect("copied");
    let content = sign(&["--content", &at("trust.toml")]);
    assert!(content.status.success(), "{}", text(&content.stderr));
    let diff = made(&["national", "diff", &before, &out, "--root", &root]);
    for expected in [
        "~ policy.accept_secs: 60 -> 45",
        "+ mapping.0001.HB = all international red",
    ] {
        assert!(diff.contains(expected), "{diff}");
    }
    assert!(!diff.contains("not_before"), "{diff}");
    let same = run(&["national", "diff", &out, &out, "--root", &root]);
    assert!(same.stdout.is_empty() && !same.stderr.is_empty());

    // Refused, and why; nothing is written then.
    let signed = std::fs::read(&out).expect("there");
    let un_revoked: String = show()
        .lines()
        .filter(|line| !line.starts_with("revoked_at"))
        .collect::<Vec<_>>()
        .join("\n");
    std::fs::write(at("un.toml"), un_revoked).expect("written");
    std::fs::write(at("bad.toml"), "version = 1\nnew_thing = 2\n").expect("written");
    let other = made(&["national", "keygen", "--out", &at("other.key")]);
    for (said, code, place) in [
        (
            vec!["--content", &at("un.toml")],
            "trust_bundle_un_revokes",
            "",
        ),
        (
            vec!["--content", &at("bad.toml")],
            "trust_content_invalid",
            "line 2",
        ),
        (
            vec!["--content", &at("none.toml")],
            "file_unreadable",
            "none.toml",
        ),
        (vec!["--version", "1"], "config_invalid", "must be above"),
        (
            vec!["--revoke", "0123456789"],
            "config_invalid",
            "--revoke: no listed key",
        ),
        (
            vec!["--revoke", "01"],
            "config_invalid",
            "at least 8 digits",
        ),
        (
            vec!["--drop-region", "330100"],
            "config_invalid",
            "--region",
        ),
        (
            vec![
                "--region",
                &format!("420100:zh=武汉市,en=Wuhan:{}", keys[0]),
            ],
            "config_invalid",
            "330100",
        ),
    ] {
        let refused = sign(&said);
        let told = text(&refused.stderr);
        assert_eq!(refused.status.code(), Some(1), "{said:?}: {told}");
        assert!(
            told.contains(code) && told.contains(place),
            "{said:?}: {told}"
        );
    }
    for said in [
        ["--grace", "330000:tomorrow:12"],
        ["--grace", "330000:1900000000:169"],
        ["--key-not-after", "0123456789"],
        ["--sunset", "330000:1900000000:nothing"],
        ["--region", "33:zh=x,en=y:00"],
    ] {
        assert_eq!(sign(&said).status.code(), Some(2), "{said:?}");
    }
    let wrong = run(&["national", "show", &out, "--root", &other]);
    assert!(
        text(&wrong.stderr).contains("bundle_signer_unknown"),
        "{}",
        text(&wrong.stderr)
    );
    assert_eq!(std::fs::read(&out).expect("there"), signed);
    for command in ["trust-bundle", "show", "diff", "keygen"] {
        let help = run(&["national", command, "--help"]);
        assert!(
            help.status.success() && text(&help.stdout).contains("Usage:"),
            "{command}"
        );
    }
}
