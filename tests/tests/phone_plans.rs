//! Phone numbers against a library of numbering plans: the compact plans of the core are made from its metadata, and
//! judge the library's own examples of every country as it does.
//!
//! HEALTH_CODE_WRITE=1 writes `core/data/phone-plans.txt` anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use health_code_core::identity::check_phone;
use phonenumber::Mode;
use phonenumber::metadata::{DATABASE, Metadata};

/// The mainland's code: its numbers are written as they are dialled at home.
const HOME: &str = "86";

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/data/phone-plans.txt")
}

fn plans() -> String {
    let mut by_code: BTreeMap<u16, (BTreeSet<String>, Vec<String>)> = BTreeMap::new();
    let mut all: Vec<&Metadata> = DATABASE.iter().collect();
    all.sort_by_key(|one| (one.country_code(), one.id().to_owned()));
    for one in all {
        let (trunks, patterns) = by_code.entry(one.country_code()).or_default();
        trunks.extend(one.national_prefix().map(str::to_owned));
        let pattern = one.descriptors().general().national_number().as_str();
        let pattern: String = pattern.chars().filter(|c| !c.is_whitespace()).collect();
        if !patterns.contains(&pattern) {
            patterns.push(pattern);
        }
    }
    let mut text = String::from(
        "# Made by tests/tests/phone_plans.rs from the metadata of the crate phonenumber (Google's libphonenumber, Apache-2.0).\n\
         # A country's code, its trunk prefix, the form of a national number.\n",
    );
    for (code, (trunks, patterns)) in by_code {
        assert!(trunks.len() <= 1, "{code} has {trunks:?}");
        let trunk = trunks.first().map_or("-", |trunk| trunk);
        let pattern = if code.to_string() == HOME {
            // Judged by the core itself.
            r"\d+".to_owned()
        } else {
            patterns.join("|")
        };
        let _ = writeln!(text, "{code} {trunk} {pattern}");
    }
    text
}

#[test]
fn the_plans_are_the_librarys() {
    let made = plans();
    if std::env::var_os("HEALTH_CODE_WRITE").is_some() {
        std::fs::write(path(), &made).expect("written");
    }
    let kept = std::fs::read_to_string(path()).expect("core/data/phone-plans.txt");
    assert!(
        kept == made,
        "core/data/phone-plans.txt is not what the library says; write it anew with HEALTH_CODE_WRITE=1"
    );
}

/// Examples of numbers on which a person is reached.
fn examples() -> Vec<(u16, String)> {
    let mut found = Vec::new();
    for one in DATABASE.iter() {
        let kinds = one.descriptors();
        let kinds = [
            kinds.fixed_line(),
            kinds.mobile(),
            kinds.personal_number(),
            kinds.voip(),
        ];
        for example in kinds
            .into_iter()
            .flatten()
            .filter_map(|kind| kind.example())
        {
            found.push((one.country_code(), example.to_owned()));
        }
    }
    // The library's example of Beijing is a number that begins as those of services do.
    found.retain(|(code, example)| code.to_string() != HOME || example != "1012345678");
    found
}

#[test]
fn what_the_library_calls_valid_is_accepted_and_written_alike() {
    let examples = examples();
    assert!(examples.len() > 400, "{}", examples.len());
    let mut misses = Vec::new();
    for (code, example) in examples {
        let Ok(number) = phonenumber::parse(None, format!("+{code}{example}")) else {
            continue;
        };
        if !phonenumber::is_valid(&number) {
            continue;
        }
        let mut expected = number.format().mode(Mode::E164).to_string();
        if code.to_string() == HOME {
            let national = expected.trim_start_matches("+86").to_owned();
            let is_mobile = national.len() == 11 && national.starts_with('1');
            expected = if is_mobile {
                national
            } else {
                format!("0{national}")
            };
        }
        let grouped: String = example
            .chars()
            .enumerate()
            .flat_map(|(at, digit)| [(at % 3 == 2).then_some('-'), Some(digit)])
            .flatten()
            .collect();
        for typed in [
            format!("+{code}{example}"),
            format!("00{code} {example}"),
            format!("\u{202d}+{code}\u{a0}{grouped}\u{202c}"),
            format!("（＋{code}）{grouped}"),
        ] {
            let found = check_phone(&typed);
            if found.as_deref() != Ok(expected.as_str()) {
                misses.push(format!("{typed} {found:?} {expected}"));
            }
        }
        // What is dialled before it within the country, in brackets as on a visiting card.
        let trunk = DATABASE.by_code(&code).and_then(|all| {
            let trunk = all.first()?.national_prefix();
            trunk.map(str::to_owned)
        });
        if let Some(trunk) = trunk {
            let typed = format!("+{code} ({trunk}) {example}");
            let found = check_phone(&typed);
            if found.as_deref() != Ok(expected.as_str()) {
                misses.push(format!("{typed} {found:?} {expected}"));
            }
        }
    }
    assert!(misses.is_empty(), "{}\n{}", misses.len(), misses.join("\n"));
}
