//! Keys of a region that come, go and are revoked, on the national platform's command line: no command takes a revocation
//! back, and no key outlives the one that must sign its status list.

use std::path::Path;
use std::process::Output;

use super::{run, text};

const HANGZHOU: &str = "330100:zh=杭州市,en=Hangzhou";

/// A root, and three issuer keys.
struct Platform {
    folder: tempfile::TempDir,
    root: String,
    keys: [String; 3],
}

impl Platform {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let made = |arguments: &[&str]| {
            let done = run(arguments);
            assert!(done.status.success(), "{}", text(&done.stderr));
            text(&done.stdout)
        };
        let at = |name: &str| folder.path().join(name).display().to_string();
        Self {
            root: made(&["national", "keygen", "--out", &at("root.key")]),
            keys: ["a", "b", "c"].map(|name| made(&["keys", "issuer", "--out", &at(name)])),
            folder,
        }
    }

    fn at(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    /// `trust-bundle` into `trust.cbor`, where nothing else is said. `A`, `B` and `C` at the beginning of a word after a
    /// blank stand for the keys, `@` for the folder.
    fn sign(&self, said: &str) -> Output {
        let mut said = format!(" {said}");
        for (name, key) in ["A", "B", "C"].iter().zip(&self.keys) {
            said = said.replace(&format!(" {name}"), &format!(" {key}"));
        }
        let said = said.replace('@', &format!("{}/", self.folder.path().display()));
        let mut arguments = vec!["national".to_owned(), "trust-bundle".to_owned()];
        arguments.extend(["--root-key".to_owned(), self.at("root.key")]);
        if !said.contains("--out") {
            arguments.extend(["--out".to_owned(), self.at("trust.cbor")]);
        }
        let mut words = said.split_whitespace();
        while let Some(word) = words.next() {
            arguments.push(word.to_owned());
            if word == "--region" {
                let key = words.next().expect("a key");
                arguments.push(format!("{HANGZHOU}:{key}"));
            }
        }
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        run(&arguments)
    }

    fn shown(&self) -> String {
        let shown = run(&[
            "national",
            "show",
            &self.at("trust.cbor"),
            "--root",
            &self.root,
        ]);
        text(&shown.stdout)
    }

    /// What is said of a key: the lines of its table.
    fn said_of(&self, key: usize) -> Option<String> {
        let shown = self.shown();
        let place = shown.find(&self.keys[key])?;
        let end = shown[place..]
            .find("\n\n")
            .map_or(shown.len(), |end| place + end);
        Some(shown[place..end].to_owned())
    }
}

fn done(output: &Output, said: &str) -> String {
    assert!(output.status.success(), "{said}: {}", text(&output.stderr));
    text(&output.stderr)
}

fn refused(output: &Output, said: &str, code: &str) {
    let told = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}: {told}");
    assert!(told.contains(code), "{said}: {told}");
}

fn line<'t>(text: &'t str, name: &str) -> &'t str {
    let mut lines = text.lines();
    lines
        .find(|line| line.trim().starts_with(name))
        .unwrap_or_default()
}

fn copy(platform: &Platform, from: &str, to: &str) {
    std::fs::copy(platform.at(from), platform.at(to)).expect("copied");
}

/// Each way by which a key that was revoked might be listed as good again.
#[test]
fn a_revoked_key_never_counts_again() {
    let edited = |platform: &Platform| {
        let shown = platform.shown();
        let lines = shown.lines().filter(|line| !line.starts_with("revoked_at"));
        let lines: Vec<&str> = lines.collect();
        std::fs::write(platform.at("edited.toml"), lines.join("\n")).expect("written");
    };
    let cases: [(&str, &[&str]); 9] = [
        ("in one command", &["--drop-key A --region A"]),
        ("in two", &["--drop-key A", "--region A"]),
        (
            "with others in between",
            &["--drop-key A", "", "--region C", "--region A"],
        ),
        (
            "with its region",
            &["--region B --drop-region 330100", "--region A"],
        ),
        ("from before", &["--from @before.cbor"]),
        (
            "from before, elsewhere",
            &["--from @before.cbor --out @new.cbor"],
        ),
        ("anew", &["--anew --region A"]),
        ("anew, elsewhere", &["--out @new.cbor --region A"]),
        (
            "as a text, anew",
            &["--content @edited.toml --anew --out @new.cbor"],
        ),
    ];
    for (name, commands) in cases {
        let platform = Platform::new();
        done(&platform.sign("--region A"), name);
        copy(&platform, "trust.cbor", "before.cbor");
        done(&platform.sign("--revoke A --region B"), name);
        edited(&platform);
        let (last, before) = commands.split_last().expect("one");
        for said in before {
            done(&platform.sign(said), name);
        }
        refused(&platform.sign(last), name, "trust_bundle_un_revokes");
        assert!(!Path::new(&platform.at("new.cbor")).exists(), "{name}");
    }
    // One that is to be revoked later is not put off; earlier is no harm. Listed again, it is revoked still.
    let platform = Platform::new();
    done(&platform.sign("--region A --region B"), "listed");
    done(&platform.sign("--revoke A=2030-01-01T00:00:00Z"), "later");
    edited(&platform);
    let put_off = "--content @edited.toml --revoke A=2030-01-01T00:00:01Z";
    done(&platform.sign(put_off), put_off);
    let said = platform.said_of(0).expect("listed");
    assert!(
        said.contains("revoked_at = \"2030-01-01T00:00:00Z\""),
        "{said}"
    );
    let left_out = "--content @edited.toml";
    refused(
        &platform.sign(left_out),
        left_out,
        "trust_bundle_un_revokes",
    );
    done(&platform.sign("--revoke A=2029-12-31T00:00:00Z"), "earlier");
    done(&platform.sign("--region A"), "listed again");
    let said = platform.said_of(0).expect("listed");
    assert!(
        said.contains("revoked_at = \"2029-12-31T00:00:00Z\""),
        "{said}"
    );
    // What is known of revoked keys cannot be passed over by damaging it.
    std::fs::write(platform.at("root.key.revoked"), "nothing\n").expect("written");
    refused(&platform.sign(""), "damaged", "trust_content_invalid");
}

/// A command that was cut off after it had written the revocation down can be given again.
#[test]
fn a_revocation_that_got_half_way_can_be_finished() {
    let platform = Platform::new();
    done(&platform.sign("--region A"), "listed");
    let half = "--from @trust.cbor --out @absent/new.cbor --revoke A --region B";
    refused(&platform.sign(half), half, "file_unwritable");
    // Until then nothing else is signed either, for A would count in it.
    refused(&platform.sign(""), "as before", "trust_bundle_un_revokes");
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    done(&platform.sign("--revoke A --region B"), "again");
    let said = platform.said_of(0).expect("listed");
    assert!(said.contains("revoked_at"), "{said}");
}

/// A text takes the place of what stands, so what stands must be said.
#[test]
fn a_text_stands_on_a_bundle_or_says_that_it_begins_anew() {
    let platform = Platform::new();
    done(&platform.sign("--region A"), "listed");
    std::fs::write(platform.at("trust.toml"), platform.shown()).expect("written");
    let elsewhere = "--content @trust.toml --out @new.cbor";
    refused(&platform.sign(elsewhere), elsewhere, "--from");
    done(&platform.sign("--content @trust.toml"), "in its place");
    for more in ["--from @trust.cbor", "--anew"] {
        let said = format!("{elsewhere} {more}");
        done(&platform.sign(&said), &said);
    }
    // A version is above all that are there.
    copy(&platform, "trust.cbor", "old.cbor");
    done(&platform.sign(""), "one more");
    let version = |shown: &str| line(shown, "version").to_owned();
    assert_eq!(version(&platform.shown()), "version = 3");
    done(&platform.sign("--from @old.cbor"), "from an older one");
    assert_eq!(version(&platform.shown()), "version = 4");
}

/// The key of now signs the list of the one before it, which it may only as long as it does not end first.
#[test]
fn no_key_outlives_the_one_after_it() {
    let (far, near) = ("2040-01-01T00:00:00Z", "2027-01-01T00:00:00Z");
    // Commands one after the other; the last is refused where it says so.
    let cases: [(&str, &[&str], bool); 10] = [
        ("both until the end", &["--region B"], false),
        (
            "the old one retires",
            &["--region B --key-not-after A=NEAR"],
            false,
        ),
        (
            "the old one lives on",
            &["--key-not-after A=FAR", "--region B"],
            true,
        ),
        ("at once", &["--region B --key-not-after A=FAR"], true),
        ("afterwards", &["--region B", "--key-not-after A=FAR"], true),
        (
            "the new one ends first",
            &["--region B --key-not-after B=NEAR"],
            true,
        ),
        (
            "both live on",
            &["--region B --key-not-after A=FAR --key-not-after B=FAR"],
            false,
        ),
        (
            "the old one is revoked",
            &["--key-not-after A=FAR", "--region B --revoke A"],
            false,
        ),
        (
            "the new one is revoked",
            &["--region B", "--revoke B --key-not-after A=FAR"],
            false,
        ),
        ("as a text", &["--region B", "--content @edited.toml"], true),
    ];
    for (name, commands, is_refused) in cases {
        let platform = Platform::new();
        let began = "--region A --key-not-before A=2026-01-01T00:00:00Z";
        done(&platform.sign(began), name);
        let (last, before) = commands.split_last().expect("one");
        let full = |said: &str| said.replace("FAR", far).replace("NEAR", near);
        for said in before {
            done(&platform.sign(&full(said)), name);
        }
        let shown = platform.shown();
        if let Some(said) = platform.said_of(0) {
            let not_after = line(&said, "not_after");
            let longer = said.replace(not_after, &format!("not_after = \"{far}\""));
            std::fs::write(platform.at("edited.toml"), shown.replace(&said, &longer))
                .expect("written");
        }
        let output = platform.sign(&full(last));
        if is_refused {
            refused(&output, name, "trust_bundle_key_outlived");
            assert_eq!(platform.shown(), shown, "{name}");
        } else {
            done(&output, name);
        }
    }
}

/// A key that was good until the bundle's end goes on with it; an end that was said stays, wherever it lies.
#[test]
fn an_end_that_was_said_stays() {
    let ends = |platform: &Platform, key: usize| {
        let said = platform.said_of(key).expect("listed");
        line(&said, "not_after").to_owned()
    };
    let platform = Platform::new();
    done(&platform.sign("--region A --valid-days 30"), "listed");
    done(
        &platform.sign("--key-not-after A=2039-06-01T00:00:00Z --valid-days 30"),
        "said",
    );
    let told = done(&platform.sign("--valid-days 3650"), "until 2036 and more");
    assert_eq!(ends(&platform, 0), "not_after = \"2039-06-01T00:00:00Z\"");
    assert!(!told.contains("330100 has no key"), "{told}");
    // Nobody is surprised by it: the region has no key for the last part of the bundle.
    done(
        &platform.sign("--key-not-after A=2027-06-01T00:00:00Z --valid-days 30"),
        "said",
    );
    let told = done(&platform.sign("--valid-days 3650"), "beyond");
    assert_eq!(ends(&platform, 0), "not_after = \"2027-06-01T00:00:00Z\"");
    assert!(told.contains("330100 has no key"), "{told}");
    let told = done(&platform.sign("--revoke A"), "none left");
    assert!(told.contains("330100 has no key"), "{told}");

    let platform = Platform::new();
    done(&platform.sign("--region A --valid-days 90"), "listed");
    let bundle_end = |platform: &Platform| {
        let shown = platform.shown();
        line(&shown, "expires_at").replace("expires_at", "not_after")
    };
    for days in ["30", "3650", "90"] {
        let told = done(&platform.sign(&format!("--valid-days {days}")), days);
        assert_eq!(ends(&platform, 0), bundle_end(&platform), "{days}");
        assert!(!told.contains("has no key"), "{told}");
    }
}
