//! A region joins the national platform; a server that is started with what does not fit together says what.

use std::process::Command;

use health_code_tests::bare_phone::client;

use super::{PROGRAM, authority, get, path, run, text};

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
