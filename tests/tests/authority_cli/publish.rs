//! Officers publish a public bundle while the server runs.

use health_code_tests::bare_phone::client;

use super::{authority, get, run, text};

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
