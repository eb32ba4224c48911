//! Status lists: good ones, none, and files that are of no use.

use health_code_core::testing::nation::places_around;
use health_code_core::trust::{StatusList, StatusSpan, key_id};
use serde_json::json;

use super::scene::{AT, Answer, Scene};

const DAY: i64 = 86_400;

/// A list of Hangzhou's.
fn list(scene: &Scene, revoked: &[u32], issued_at: i64) -> Vec<u8> {
    let places = places_around(revoked, AT);
    StatusList::build(&scene.nation.hangzhou, &places, issued_at, 3600).unwrap()
}

fn unused(answer: &Answer) -> Vec<(String, String)> {
    let files = answer.line["unusedStatusFiles"].as_array().unwrap();
    let name = |path: &str| path.rsplit('/').next().unwrap().to_owned();
    let both = |it: &serde_json::Value| {
        let file = name(it["file"].as_str().unwrap());
        (file, it["reason"].as_str().unwrap().to_owned())
    };
    files.iter().map(both).collect()
}

#[test]
fn a_revoked_credential_is_refused() {
    let scene = Scene::at(AT);
    let (without, with) = (
        scene.write("without.cbor", &list(&scene, &[1, 4712], AT - 60)),
        scene.write("with.cbor", &list(&scene, &[4711], AT - 60)),
    );
    let answer = scene.check(&["--status", without.to_str().unwrap(), &scene.code()]);
    answer.is(0, "accept", "accepted");
    assert_eq!(
        (&answer.line["statusChecked"], &answer.line["statusAgeSecs"]),
        (&json!(true), &json!(60))
    );
    scene
        .check(&["--status", with.to_str().unwrap(), &scene.code()])
        .is(1, "refuse", "credential_revoked");
}

/// A base and what follows on it, in whichever order they are named; what does not follow is said.
#[test]
fn a_door_takes_a_base_and_deltas() {
    let scene = Scene::at(AT);
    let signer = &scene.nation.hangzhou;
    let of = key_id(&signer.verifying_key().to_bytes());
    let delta = |from, until, indexes: &[u32]| {
        let (span, places) = (StatusSpan { from, until }, places_around(indexes, AT));
        StatusList::build_for(of, signer, span, &places, until, 3600).unwrap()
    };
    scene.write("base.cbor", &list(&scene, &[], AT - 600));
    scene.write("quiet.cbor", &delta(AT - 600, AT - 300, &[]));
    scene.write("revoking.cbor", &delta(AT - 300, AT - 30, &[4711]));
    let check = |lists: &[&str]| {
        let path = |name: &&str| scene.folder.path().join(name).display().to_string();
        let paths = lists.iter().map(path);
        let mut arguments: Vec<_> = paths.flat_map(|it| ["--status".to_owned(), it]).collect();
        arguments.push(scene.code());
        let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
        scene.check(&arguments)
    };
    let answer = check(&["base.cbor", "quiet.cbor"]);
    answer.is(0, "accept", "accepted");
    assert_eq!(answer.line["statusAgeSecs"], json!(300));
    let answer = check(&["revoking.cbor", "quiet.cbor", "base.cbor"]);
    answer.is(1, "refuse", "credential_revoked");
    assert_eq!(unused(&answer), []);
    for lists in [&["base.cbor", "revoking.cbor"][..], &["revoking.cbor"]] {
        let answer = check(lists);
        answer.is(0, "accept", "accepted");
        let gap = ("revoking.cbor".to_owned(), "bundle_delta_gap".to_owned());
        assert_eq!(unused(&answer), [gap]);
        assert_eq!(answer.line["statusChecked"], json!(lists.len() == 2));
    }
}

/// Whatever is wrong with a status file, it is named and the others count.
#[test]
fn a_status_list_that_is_of_no_use_stops_no_code() {
    let scene = Scene::at(AT);
    let code = scene.code();
    let good = list(&scene, &[4712], AT - 60);
    let mut forged = good.clone();
    *forged.last_mut().unwrap() ^= 1;
    scene.write("list.cbor", &good);
    let revoking = list(&scene, &[4711], AT - 60);
    scene.write("revoking.cbor", &revoking);
    let bad: [(&str, Vec<u8>, &str); 7] = [
        ("garbage", b"garbage".to_vec(), "bundle_not_canonical"),
        ("empty", Vec::new(), "bundle_not_canonical"),
        ("forged", forged, "bundle_signature_wrong"),
        (
            "old",
            list(&scene, &[4711], AT - 31 * DAY),
            "bundle_signer_key_not_valid",
        ),
        (
            "ahead",
            list(&scene, &[4711], AT + DAY),
            "bundle_from_future",
        ),
        (
            "of-another-root",
            StatusList::build(&[9; 32].into(), &places_around(&[4711], AT), AT, 60).unwrap(),
            "bundle_signer_unknown",
        ),
        ("bundle", scene.nation.trust_bytes(), "bundle_wrong_kind"),
    ];
    let at = |name: &str| scene.folder.path().join(name).display().to_string();
    for (name, bytes, reason) in &bad {
        scene.write(name, bytes);
        let answer = scene.check(&["--status", &at(name), "--status", &at("list.cbor"), &code]);
        answer.is(0, "accept", "accepted");
        assert_eq!(answer.line["statusChecked"], true, "{name}");
        let expected = vec![((*name).to_owned(), (*reason).to_owned())];
        assert_eq!(unused(&answer), expected, "{name}");
        for told in [*name, *reason] {
            assert!(answer.stderr.contains(told), "{name}: {}", answer.stderr);
        }
        // Nor does it hide what another one revokes.
        scene
            .check(&[
                "--status",
                &at(name),
                "--status",
                &at("revoking.cbor"),
                &code,
            ])
            .is(1, "refuse", "credential_revoked");
        // With no other it is as if there were none.
        let answer = scene.check(&["--status", &at(name), &code]);
        answer.is(0, "accept", "accepted");
        assert_eq!(answer.line["statusChecked"], false, "{name}");
        assert!(answer.line["statusText"].is_string(), "{name}");
        scene
            .check(&["--require-status", "--status", &at(name), &code])
            .is(3, "refuse", "status_unknown");
    }
    let absent = scene.check(&["--status", &at("absent"), &code]);
    absent.is(0, "accept", "accepted");
    let expected = ("absent".to_owned(), "status_file_unreadable".to_owned());
    assert_eq!(unused(&absent), [expected]);
}

#[test]
fn a_folder_of_status_lists_may_hold_other_things() {
    let scene = Scene::at(AT);
    let code = scene.code();
    let folder = scene.folder.path().join("lists");
    std::fs::create_dir(&folder).unwrap();
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.join(name), bytes).unwrap();
    let check = || scene.check(&["--status", folder.to_str().unwrap(), &code]);
    let answer = check();
    answer.is(0, "accept", "accepted");
    assert_eq!(unused(&answer), []);

    write("hangzhou.cbor", &list(&scene, &[4711], AT - 60));
    write("notes.txt", b"fetched every hour");
    write(".DS_Store", b"hidden");
    std::fs::create_dir(folder.join("older")).unwrap();
    std::fs::write(folder.join("older/list.cbor"), b"of no interest").unwrap();
    let answer = check();
    answer.is(1, "refuse", "credential_revoked");
    let expected = ("notes.txt".to_owned(), "bundle_not_canonical".to_owned());
    assert_eq!(unused(&answer), [expected]);
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt as _;
        let name = std::ffi::OsStr::from_bytes(b"list-\xff.cbor");
        std::fs::rename(folder.join("hangzhou.cbor"), folder.join(name)).unwrap();
        check().is(1, "refuse", "credential_revoked");
    }
}

#[test]
fn a_status_list_can_be_demanded() {
    let mut scene = Scene::at(AT);
    scene.nation.trust.policy.status_max_age_secs = 3600;
    scene.write("trust-bundle.cbor", &scene.nation.trust_bytes());
    let code = scene.code();
    let fresh = scene.write("fresh.cbor", &list(&scene, &[], AT - 60));
    let stale = scene.write("stale.cbor", &list(&scene, &[4712], AT - 3601));
    let wuhan = StatusList::build(&scene.nation.wuhan, &[], AT - 60, 3600).unwrap();
    let wuhan = scene.write("wuhan.cbor", &wuhan);
    let demanded = |files: &[&std::path::Path], code: &str| {
        let mut arguments = vec!["--require-status"];
        for file in files {
            arguments.extend(["--status", file.to_str().unwrap()]);
        }
        arguments.push(code);
        scene.check(&arguments)
    };
    let answer = demanded(&[&fresh], &code);
    answer.is(0, "accept", "accepted");
    assert_eq!(answer.line["statusText"], json!(null));
    assert_eq!(answer.stderr, "");
    for files in [&[][..], &[stale.as_path()], &[wuhan.as_path()]] {
        let answer = demanded(files, &code);
        answer.is(3, "refuse", "status_unknown");
        let (accepted, colour) = (&answer.line["accepted"], &answer.line["colour"]);
        assert_eq!((accepted, colour), (&json!(false), &json!("green")));
    }
    // What is refused anyhow keeps its reason.
    let revoking = scene.write("revoking.cbor", &list(&scene, &[4711], AT - 3601));
    demanded(&[&revoking], &code).is(1, "refuse", "credential_revoked");
    demanded(&[], "JKM1:").is(1, "refuse", "code_not_canonical");
}
