//! The authority's command line: officers, the national platform, settings.

use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;

use health_code_core::trust::SoftwareEd25519;
use health_code_tests::authority_process::AuthorityProcess;
use health_code_tests::bare_phone::{Answer, BarePhone, client, send};

#[path = "authority_cli/national.rs"]
mod national;
#[path = "authority_cli/national_keys.rs"]
mod national_keys;

const PROGRAM: &str = env!("CARGO_BIN_EXE_authority_under_test");

fn authority(data: &Path, arguments: &[&str]) -> AuthorityProcess {
    AuthorityProcess::start(PROGRAM, data, arguments)
}

fn run(arguments: &[&str]) -> Output {
    let mut command = Command::new(PROGRAM);
    command.args(arguments).env_remove("HEALTH_CODE_DATA");
    command.env("LC_ALL", "en_GB.UTF-8");
    command.output().expect("runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim().to_owned()
}

async fn get(client: &reqwest::Client, url: String) -> Answer {
    send(client.get(url)).await.expect("an answer")
}

fn path(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

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
    let draft = |colour: &str, reason: &str, previous: &str| {
        let done = run(&[
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
        ]);
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
    let alone = submit();
    assert!(
        text(&alone.stderr).contains("officers_refused"),
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

#[tokio::test]
async fn officers_publish_on_the_command_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = authority(folder.path(), &[]);
    let at = |name: &str| folder.path().join(name).display().to_string();
    let rules = |version: u32| {
        let shipped = health_code_core::rules::HANGZHOU;
        let text = shipped.replacen("\"version\": 1", &format!("\"version\": {version}"), 1);
        std::fs::write(at("rules.json"), &text).expect("written");
        text
    };
    let (content, draft, ca) = (at("rules.json"), at("publication.json"), at("ca.pem"));
    let key = |name: &str| at(&format!("officers/{name}.key"));
    let publish = |arguments: &[&str]| {
        let mut all = vec!["publish"];
        all.extend(arguments);
        run(&all)
    };
    let to_server = ["--url", server.url.as_str(), "--ca", &ca];
    let text_of_rules = rules(2);
    let drafted = publish(&["draft", "--kind", "rule-set", &content, "--out", &draft]);
    assert!(text(&drafted.stderr).contains("\"version\":2"));
    assert_eq!(
        publish(&["content", &draft]).stdout,
        text_of_rules.as_bytes()
    );
    let sign = |officer: &str| {
        let key = key(officer);
        publish(&["sign", &draft, "--officer", officer, "--officer-key", &key])
    };
    let submit = || publish(&[&["submit", draft.as_str()][..], &to_server].concat());
    assert!(text(&sign("officer-1").stderr).contains("hangzhou"));
    assert!(text(&submit().stderr).contains("officers_refused"));
    sign("officer-2");
    let done = submit();
    assert!(done.status.success(), "{}", text(&done.stderr));
    let answer: serde_json::Value = serde_json::from_slice(&done.stdout).expect("JSON");
    assert_eq!(
        (&answer["kind"], &answer["version"]),
        (&"rule-set".into(), &2.into())
    );
    assert!(submit().status.success(), "the same again");
    let bundles = format!("{}/v1/bundles", server.url);
    let index = get(&client(&server.ca_pem()), bundles).await;
    let hash = answer["sha256"].as_str().expect("a hash");
    assert!(text(&index.body).contains(hash));

    // All at once.
    rules(3);
    let keys = ["officer-1", "officer-2"].map(key);
    let officers = ["--officer-key", keys[0].as_str(), "--officer-key", &keys[1]];
    let apply = || {
        let what = ["apply", "--kind", "rule-set", content.as_str()];
        publish(&[&what[..], &officers, &to_server].concat())
    };
    let done = apply();
    assert!(done.status.success(), "{}", text(&done.stderr));
    rules(2);
    assert!(text(&apply().stderr).contains("version not_higher"));
    // A content that is none is refused before anybody signs it, an unknown kind before that.
    std::fs::write(at("rules.json"), "{}").expect("written");
    let refused = publish(&["draft", "--kind", "rule-set", &content, "--out", &draft]);
    assert!(text(&refused.stderr).contains("definition_refused"));
    let unknown = publish(&["draft", "--kind", "trust", &content, "--out", &draft]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(text(&unknown.stderr).contains("rule-set, form"));
}

#[tokio::test]
async fn the_national_platform_and_two_regions() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name).display().to_string();
    let made = |arguments: &[&str]| {
        let done = run(arguments);
        assert!(done.status.success(), "{}", text(&done.stderr));
        text(&done.stdout)
    };
    let root = made(&["national", "keygen", "--out", &at("root.key")]);
    let hangzhou = made(&["keys", "issuer", "--out", &at("hangzhou.key")]);
    let wuhan = made(&["keys", "issuer", "--out", &at("wuhan.key")]);
    assert!(
        !run(&["keys", "issuer", "--out", &at("wuhan.key")])
            .status
            .success(),
        "overwrites nothing"
    );
    let bundle = |version: &str, regions: &[String]| {
        let mut arguments = vec!["national", "trust-bundle", "--root-key"];
        let (key, out) = (at("root.key"), at("trust.cbor"));
        arguments.extend([
            key.as_str(),
            "--out",
            &out,
            "--version",
            version,
            "--valid-days",
            "30",
        ]);
        for region in regions {
            arguments.extend(["--region", region]);
        }
        assert_eq!(made(&arguments), root);
    };
    // What went wrong, in the language of the terminal or of --lang; the code is the same in all.
    for (locale, lang, said) in [
        ("C", None, "A file cannot be written, or exists already."),
        ("zh_CN.UTF-8", None, "无法写入文件，或文件已存在。"),
        (
            "zh_CN.UTF-8",
            Some("en"),
            "A file cannot be written, or exists already.",
        ),
        ("C", Some("zh-Hans"), "无法写入文件，或文件已存在。"),
    ] {
        let mut command = Command::new(PROGRAM);
        command.args(["keys", "issuer", "--out", &at("wuhan.key")]);
        command.args(lang.into_iter().flat_map(|tag| ["--lang", tag]));
        let told = text(&command.env("LC_ALL", locale).output().expect("runs").stderr);
        assert!(
            told.contains("file_unwritable") && told.contains(said),
            "{told}"
        );
    }
    for wrong in [
        "杭州市:Hangzhou",
        "zh=杭州市",
        "zh=杭州市,zh=杭州",
        "zh=杭州市,en=",
    ] {
        let region = format!("330100:{wrong}:{hangzhou}");
        let refused = run(&[
            "national",
            "trust-bundle",
            "--root-key",
            "k",
            "--out",
            "o",
            "--region",
            &region,
        ]);
        assert_eq!(refused.status.code(), Some(2), "{wrong}");
    }
    let regions = [
        format!("330100:zh=杭州市,en=Hangzhou,ko=항저우:{hangzhou}"),
        format!("420100:zh=武汉市,en=Wuhan:{wuhan}"),
    ];
    bundle("1", &regions);
    let data = folder.path().join("data");
    let (key, trust) = (at("hangzhou.key"), at("trust.cbor"));
    let arguments = [
        "--issuer-key",
        key.as_str(),
        "--trust-bundle",
        &trust,
        "--root-key",
        &root,
    ];
    let server = authority(&data, &arguments);
    assert!(
        !data.join("national-root.key").exists(),
        "no root of its own"
    );
    let index = get(
        &client(&server.ca_pem()),
        format!("{}/v1/bundles", server.url),
    )
    .await
    .json();
    assert_eq!(index["bundles"][0]["kind"], "trust");
    drop(server);
    // Started with what does not fit together it says what is wrong, and does not start.
    let refused = |arguments: &[&str]| {
        let mut all = vec!["--data", path(&data), "--listen", "127.0.0.1:0"];
        all.extend(arguments);
        let done = run(&all);
        assert_eq!(done.status.code(), Some(1));
        text(&done.stderr)
    };
    let wrong_root = [
        "--issuer-key",
        key.as_str(),
        "--trust-bundle",
        &trust,
        "--root-key",
        &wuhan,
    ];
    assert!(refused(&wrong_root).contains("trust_bundle_refused"));
    let wuhan_key = at("wuhan.key");
    let wrong_key = [
        "--issuer-key",
        wuhan_key.as_str(),
        "--trust-bundle",
        &trust,
        "--root-key",
        &root,
    ];
    assert!(refused(&wrong_key).contains("trust_bundle_refused"));
    let database = rusqlite::Connection::open(data.join("authority.sqlite")).expect("opens");
    let schema: u32 = database
        .query_row("PRAGMA user_version", [], |row| row.get(0))
        .expect("a version");
    let set = |version| database.pragma_update(None, "user_version", version);
    set(schema - 1).expect("set");
    assert!(refused(&arguments).contains("authority_database_schema_foreign"));
    set(schema).expect("set");
    drop(database);
    let storage_key = data.join("storage.key");
    std::fs::rename(&storage_key, data.join("mislaid.key")).expect("moved");
    assert!(refused(&arguments).contains("storage_key_wrong"));
    // No new key was made in its place, which would stand in the way of the right one.
    assert!(!storage_key.exists());
    std::fs::rename(data.join("mislaid.key"), &storage_key).expect("moved");
    drop(authority(&data, &arguments));
}

#[test]
fn flags_win_over_the_environment_and_that_over_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("authority.toml");
    std::fs::write(
        &file,
        "division = 420100\ndevice_burst = 7\ncorrection_days = 9\n",
    )
    .expect("written");
    let print = |environment: &[(&str, &str)], arguments: &[&str]| {
        let mut command = Command::new(PROGRAM);
        command
            .env("HEALTH_CODE_DATA", folder.path())
            .arg("--print-config")
            .args(arguments);
        command.envs(environment.iter().copied());
        let done = command.output().expect("runs");
        (done.status.code(), text(&done.stdout), text(&done.stderr))
    };
    let (_, said, _) = print(
        &[
            ("HEALTH_CODE_DEVICE_BURST", "8"),
            ("HEALTH_CODE_DIVISION", "110100"),
        ],
        &["--division", "310100"],
    );
    for line in [
        "division = 310100",
        "device_burst = 8",
        "correction_days = 9",
        "clock_skew_secs = 300",
    ] {
        assert!(said.lines().any(|one| one == line), "{line} in {said}");
    }
    // What it prints can be read again.
    std::fs::write(&file, &said).expect("written");
    assert_eq!(print(&[], &[]).1, said);
    let (code, _, error) = print(&[], &["--correction-days", "0"]);
    assert_eq!(code, Some(1));
    assert!(
        error.contains("config_invalid") && error.contains("correction_days = 0, may be 1 to 60"),
        "{error}"
    );
    std::fs::write(&file, "division = 330100\nno_such_setting = 1\n").expect("written");
    let (code, _, error) = print(&[], &[]);
    assert_eq!(code, Some(1));
    assert!(
        error.contains("config_key_unknown") && error.contains("authority.toml:2: no_such_setting"),
        "{error}"
    );
    assert_eq!(print(&[], &["--no-such-flag"]).0, Some(2));
    let help = run(&["--help"]);
    let help = text(&help.stdout);
    assert!(help.contains("Examples:") && help.contains("[default: 127.0.0.1:8443]"));
    assert!(text(&run(&["--version"]).stdout).starts_with("health-code-authority "));
}
