//! The checkpoint program from outside: files and arguments in, one JSON line and an exit code out.

#![expect(
    clippy::unwrap_used,
    reason = "the whole program is a test; clippy knows only functions marked so"
)]

mod paper;
mod paths;
mod pictures;
mod scene;
mod status;

use std::path::Path;

use health_code_core::code::present;
use health_code_core::colour::{Colour, Reason};
use health_code_core::ports::DeviceSigner as _;
use health_code_core::testing::nation::{HANGZHOU, sample_claims};
use health_code_core::trust::SoftwareEd25519;
use serde_json::{Value, json};

use self::scene::{AT, Scene, drawn, run, run_in};

#[test]
fn a_genuine_code_is_accepted() {
    let scene = Scene::at(AT);
    let answer = scene.check(&[&scene.code()]);
    answer.is(0, "accept", "accepted");
    for (field, value) in [
        ("accepted", json!(true)),
        ("colour", json!("green")),
        ("localColour", json!("green")),
        ("maskedName", json!("欧**娜")),
        ("documentTail", json!("002X")),
        ("assurance", json!("hardware")),
        ("region", json!(HANGZHOU)),
        ("presentationAgeSecs", json!(0)),
        ("statusChecked", json!(false)),
    ] {
        assert_eq!(answer.line[field], value, "{field}");
    }
    let text = "Whether this code was revoked was not checked";
    assert!(answer.stderr.contains(text), "{}", answer.stderr);
    assert!(answer.line["statusText"].as_str().unwrap().contains(text));
    assert_eq!(answer.line["unusedStatusFiles"], json!([]));
}

#[test]
fn without_an_instant_the_systems_clock_counts() {
    let now = std::time::UNIX_EPOCH.elapsed().unwrap().as_secs();
    let scene = Scene::at(i64::try_from(now).unwrap());
    let answer = scene.check_untimed(&[&scene.code()], "");
    answer.is(0, "accept", "accepted");

    let scene = Scene::at(AT - 10 * 365 * 24 * 3600);
    let answer = scene.check_untimed(&[&scene.code()], "");
    answer.is(1, "refuse", "trust_bundle_expired");
}

#[test]
fn the_text_is_read_from_standard_input() {
    let scene = Scene::at(AT);
    let read =
        |stdin: &str| scene.check_untimed(&["--at", "2026-11-24T16:00:10+08:00", "-"], stdin);
    for end in ["", "\n", "\r\n"] {
        read(&(scene.code() + end)).is(0, "accept", "accepted");
    }
    // As scanners send it.
    read(&format!("]Q1{}\t\r\n", scene.code())).is(0, "accept", "accepted");
    read(&(scene.code() + "\n\n")).is(0, "accept", "accepted");
    read(&(scene.code() + "\n0")).is(1, "refuse", "code_base45_invalid");
    read(&"A".repeat(1_000_000)).is(1, "refuse", "code_too_long");
    read("").is(1, "refuse", "not_a_health_code");
}

#[test]
fn a_screenshot_is_refused_once_it_is_old() {
    let scene = Scene::at(AT);
    let file = scene.png(drawn(&scene.code(), 4));
    let file = file.to_str().unwrap();
    scene
        .check_after(60, &["--image", file])
        .is(0, "accept", "accepted");
    let answer = scene.check_after(61, &["--image", file]);
    answer.is(1, "refuse", "presentation_too_old");
    assert_eq!(answer.line["presentationAgeSecs"], 61);
}

#[test]
fn the_instant_is_taken_in_unix_seconds_too() {
    let scene = Scene::at(AT);
    let code = scene.code();
    let check = |at: &str| scene.check_untimed(&["--at", at, &code], "");
    check(&(AT + 60).to_string()).is(0, "accept", "accepted");
    check(&(AT + 61).to_string()).is(1, "refuse", "presentation_too_old");
}

#[test]
fn another_colour_is_refused_and_shown() {
    let scene = Scene::at(AT);
    let answer = scene.check(&[&scene.code_of(Colour::Red, Reason::Confirmed)]);
    answer.is(1, "refuse", "colour_not_admitted");
    assert_eq!(
        (&answer.line["colour"], &answer.line["accepted"]),
        (&json!("red"), &json!(false))
    );
}

#[test]
fn a_code_for_one_place_counts_there_alone() {
    let scene = Scene::at(AT);
    let phone = SoftwareEd25519::from_seed(&[8; 32]);
    let credential = scene
        .nation
        .issue(&sample_claims(phone.public_key().unwrap(), AT));
    let code = present(&credential, AT, Some("HZ-0001"), &phone).unwrap();
    scene
        .check(&["--place", "HZ-0001", &code])
        .is(0, "accept", "accepted");
    scene
        .check(&["--place", "HZ-0002", &code])
        .is(1, "refuse", "wrong_audience");
    scene.check(&[&code]).is(1, "refuse", "wrong_audience");
}

#[test]
fn a_changed_code_is_refused() {
    let scene = Scene::at(AT);
    let code = scene.code();
    let last = if code.ends_with('0') { "1" } else { "0" };
    let changed = format!("{}{last}", &code[..code.len() - 1]);
    let answer = scene.check_picture(drawn(&changed, 3));
    assert_eq!(
        (answer.exit_code, &answer.line["verdict"]),
        (1, &json!("refuse"))
    );
}

#[test]
fn it_speaks_the_language_of_the_terminal_or_the_one_that_is_asked_for() {
    let mut scene = Scene::at(AT);
    let names = [("en", "Hangzhou"), ("zh", "杭州市"), ("ko", "항저우")];
    let names = names.map(|(tag, name)| (tag.to_owned(), name.to_owned()));
    scene.nation.trust.regions[0].name = names.into_iter().collect();
    let trust = scene.write("more-languages.cbor", &scene.nation.trust_bytes());
    let (root, code) = (scene.root(), scene.code());
    let check = |locale: &str, more: &[&str]| {
        let trust = ["--trust", trust.to_str().unwrap(), "--root", &root];
        let at = ["--at", "2026-11-24T16:00:10+08:00", &code];
        run_in(locale, &[&trust, &at[..], more].concat(), "")
    };
    let english = "The code is genuine. Let the person in.";
    let chinese = "健康码真实有效，准予通行。";
    for (locale, lang, text, region) in [
        ("en_US.UTF-8", None, english, "Hangzhou"),
        ("zh_CN.UTF-8", None, chinese, "杭州市"),
        ("C", None, english, "Hangzhou"),
        ("zh_CN.UTF-8", Some("en"), english, "Hangzhou"),
        ("C", Some("zh-Hans-CN"), chinese, "杭州市"),
        (
            "ko_KR.UTF-8",
            None,
            "진짜 건강코드입니다. 들여보내세요.",
            "항저우",
        ),
        // Words in Arabic, but no name: each text in the nearest language that it has.
        (
            "ar_SA.UTF-8",
            None,
            "الرمز أصلي. دع الشخص يدخل.",
            "Hangzhou",
        ),
        ("fr_FR.UTF-8", None, english, "Hangzhou"),
    ] {
        let lang = lang.map_or_else(Vec::new, |tag| vec!["--lang", tag]);
        let answer = check(locale, &lang);
        answer.is(0, "accept", "accepted");
        let told = (&answer.line["text"], &answer.line["regionName"]);
        assert_eq!(told, (&json!(text), &json!(region)), "{locale} {lang:?}");
        assert_eq!(answer.line["mappingText"], Value::Null);
    }
    let unread = check("C", &["--lang", "zh", "--status", "absent"]);
    unread.is(0, "accept", "accepted");
    assert!(
        unread.stderr.contains("无法读取状态列表文件。"),
        "{}",
        unread.stderr
    );
}

#[test]
fn wrong_calls_end_with_2_and_say_why() {
    let scene = Scene::at(AT);
    let code = scene.code();
    let wrong: [&[&str]; 8] = [
        &[],
        &[&code, "--image", "x.png"],
        &[&code, "--at", "yesterday"],
        &[&code, "--place", "lower case"],
        &[&code, "--division", "33"],
        &[&code, "--nonsense"],
        &[&code, &code],
        &[&code, "--root", "abcd"],
    ];
    for arguments in wrong {
        let answer = scene.check(arguments);
        assert_eq!(
            (answer.exit_code, &answer.line),
            (2, &Value::Null),
            "{arguments:?}"
        );
        assert!(answer.stderr.contains("error:"), "{arguments:?}");
    }
    assert_eq!(run(&["--help"], "").exit_code, 0);
}

#[test]
fn unusable_files_of_the_checkpoint_end_with_2_and_a_reason() {
    let scene = Scene::at(AT);
    let root = scene.root();
    let code = scene.code();
    let with = |trust: &Path, root: &str| {
        run(
            &["--trust", trust.to_str().unwrap(), "--root", root, &code],
            "",
        )
    };
    let good = scene.folder.path().join("trust-bundle.cbor");

    let answer = with(&scene.folder.path().join("absent.cbor"), &root);
    answer.is(2, "refuse", "trust_file_unreadable");
    assert!(answer.stderr.contains("absent.cbor"), "{}", answer.stderr);
    with(scene.folder.path(), &root).is(2, "refuse", "trust_file_unreadable");
    with(&good, &"11".repeat(32)).is(2, "refuse", "bundle_signer_unknown");
    with(&scene.write("garbage.cbor", b"garbage"), &root).is(2, "refuse", "bundle_not_canonical");
    let mut forged = scene.nation.trust_bytes();
    *forged.last_mut().unwrap() ^= 1;
    with(&scene.write("forged.cbor", &forged), &root).is(2, "refuse", "bundle_signature_wrong");

    scene
        .check(&["--image", "absent.png"])
        .is(2, "refuse", "picture_file_unreadable");
}
