//! The committed vectors are the generated ones, and every one of them holds.
//!
//! `UPDATE_VECTORS=1 cargo test -p health-code-tests --test vectors` writes them anew.

use std::collections::{BTreeSet, HashSet};

use data_encoding::HEXLOWER;
use health_code_core::code::{ACCEPTED, Refusal};
use health_code_core::trust::{
    BundleError, RevocationStatus, SignedPayload, StatusList, StatusPlace, TrustBundle, open_bundle,
};
use health_code_tests::vectors::{BundleVector, NOW, Published, Vectors, comparable, folder};
use serde_json::{Value, json};

#[test]
fn the_committed_files_are_the_generated_ones() {
    let generated = Vectors::generate();
    for (name, content) in generated.files() {
        let path = folder().join(name);
        if std::env::var_os("UPDATE_VECTORS").is_some() {
            std::fs::create_dir_all(folder()).unwrap();
            std::fs::write(&path, &content).unwrap();
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            committed == content,
            "{name} differs: see the head of this file"
        );
    }
    assert_eq!(Vectors::committed(), generated);
}

#[test]
fn the_committed_receipts_for_erasings_are_the_generated_ones() {
    let path = folder().parent().unwrap().join("erasure.json");
    let generated = health_code_tests::vectors::erasure_vectors();
    if std::env::var_os("UPDATE_VECTORS").is_some() {
        std::fs::write(&path, &generated).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap();
    assert!(committed == generated, "see the head of this file");
}

/// Kotlin and Swift say how many they run, so that an empty file is no success; the files decide.
#[test]
fn kotlin_and_swift_count_what_the_files_hold() {
    let root = folder().join("../../..");
    let read = |path: &str| std::fs::read_to_string(root.join(path)).unwrap();
    let json = |path: &str| -> Value { serde_json::from_str(&read(path)).unwrap() };
    let count = |value: &Value| value.as_array().map_or(0, Vec::len);
    let files = [
        count(&json("tests/vectors/code/bundles.json")),
        count(&json("tests/vectors/certlogic.json")["cases"]),
        count(&json("tests/vectors/form.json")["answers"]),
    ];
    for (path, before, after) in [
        (
            "bindings/kotlin/src/test/kotlin/org/healthcode/VectorsTest.kt",
            ["assertEquals(", "assertEquals(", "assertEquals("],
            [", vectors.size)", ", cases.size)", ", vectors.size)"],
        ),
        (
            "bindings/swift/Tests/HealthCodeKitTests/VectorsTests.swift",
            [
                "XCTAssertEqual(vectors.count, ",
                "XCTAssertEqual(cases.count, ",
                "XCTAssertEqual(vectors.count, ",
            ],
            [")", ")", ")"],
        ),
    ] {
        let source = read(path);
        for at in 0..files.len() {
            let said = format!("{}{}{}", before[at], files[at], after[at]);
            assert!(source.contains(&said), "{path} does not say {said}");
        }
    }
}

#[test]
fn every_code_gets_its_verdict() {
    let vectors = Vectors::committed();
    let mut wrong = Vec::new();
    for vector in vectors.codes() {
        let found = comparable(&vector.run(&vectors.published));
        if found != vector.expect {
            let differing: Vec<_> = vector
                .expect
                .iter()
                .filter(|(key, value)| found.get(*key) != Some(value))
                .map(|(key, value)| format!("{key}: {value} expected, {:?}", found.get(key)))
                .collect();
            wrong.push(format!("{}: {}", vector.name, differing.join("; ")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(
        vectors
            .valid
            .iter()
            .all(|vector| vector.expect["accepted"] == json!(true))
    );
    assert!(
        vectors
            .invalid
            .iter()
            .chain(&vectors.paper)
            .all(|vector| vector.expect["accepted"] == json!(false))
    );
}

#[test]
fn every_refusal_and_every_name_has_its_vector() {
    let vectors = Vectors::committed();
    let reasons: BTreeSet<&str> = vectors
        .codes()
        .filter_map(|vector| vector.expect["reason"].as_str())
        .filter(|reason| *reason != ACCEPTED)
        .collect();
    let refusals: BTreeSet<&str> = Refusal::ENTRIES.iter().map(|entry| entry.code).collect();
    assert_eq!(reasons, refusals);

    let mut names = HashSet::new();
    for vector in vectors.codes() {
        assert!(names.insert(&vector.name), "{} twice", vector.name);
    }
    for vector in &vectors.bundles {
        assert!(names.insert(&vector.name), "{} twice", vector.name);
    }
    let errors: BTreeSet<&str> = vectors
        .bundles
        .iter()
        .map(|vector| vector.expect.as_str())
        .collect();
    for entry in BundleError::ENTRIES {
        // Over one MiB: not as a file.
        assert!(
            errors.contains(entry.code) || entry.code == "bundle_too_large",
            "{}",
            entry.code
        );
    }
}

#[test]
fn every_bundle_opens_or_is_refused_as_it_should() {
    let vectors = Vectors::committed();
    for vector in &vectors.bundles {
        let (outcome, content) = open(vector, &vectors.published);
        assert_eq!(outcome, vector.expect, "{}", vector.name);
        assert_eq!(content, vector.content, "{}", vector.name);
    }
}

fn open(vector: &BundleVector, published: &Published) -> (String, Value) {
    let bytes = HEXLOWER.decode(vector.bytes.as_bytes()).expect("hex");
    let trust = published.open_trust(&vector.trust);
    let result = match vector.kind.as_str() {
        "trust" => {
            let lowest = u64::try_from(vector.lowest).expect("a version");
            TrustBundle::open(&bytes, &published.root(), vector.at, lowest).map(|opened| {
                let divisions: Vec<_> = opened
                    .regions
                    .iter()
                    .map(|region| region.division)
                    .collect();
                json!({ "version": opened.version, "divisions": divisions })
            })
        }
        "status-list" => {
            StatusList::open(&bytes, &trust, vector.at, vector.lowest).and_then(|list| {
                // To a checkpoint that holds nothing yet.
                RevocationStatus::new(list.clone())?;
                Ok(status_content(&list, &vector.content))
            })
        }
        typ => open_bundle(typ, &bytes, &trust, vector.at).map(
            |SignedPayload {
                 payload, division, ..
             }| {
                json!({ "payload": HEXLOWER.encode(payload), "division": division })
            },
        ),
    };
    match result {
        Ok(content) => ("ok".to_owned(), content),
        Err(error) => (error.code().to_owned(), Value::Null),
    }
}

/// The vector's questions with this list's answers.
fn status_content(list: &StatusList, questions: &Value) -> Value {
    let asked = |key: &str| -> Vec<(u32, u32)> {
        serde_json::from_value(questions[key].clone()).expect("days and indexes")
    };
    let all: Vec<_> = asked("revoked")
        .into_iter()
        .chain(asked("notRevoked"))
        .collect();
    let (revoked, not_revoked): (Vec<_>, Vec<_>) = all
        .into_iter()
        .partition(|&(day, index)| list.has(StatusPlace { day, index }));
    let until = list.span().until;
    json!({ "until": until, "revoked": revoked, "notRevoked": not_revoked })
}

#[test]
fn the_two_encoders_agree() {
    use health_code_core::ports::DeviceSigner;
    use health_code_core::testing::device_key::{SoftwareEd25519, SoftwareP256};
    use health_code_core::testing::nation::{Nation, sample_claims};
    let vectors = Vectors::committed();
    let nation = Nation::at(NOW);
    let signers: [(&str, Box<dyn DeviceSigner>); 2] = [
        ("p256", Box::new(SoftwareP256::from_seed(&[7; 32]))),
        ("ed25519", Box::new(SoftwareEd25519::from_seed(&[7; 32]))),
    ];
    for (name, signer) in signers {
        let forged = vectors
            .valid
            .iter()
            .find(|vector| vector.name == name)
            .unwrap();
        let claims = sample_claims(signer.public_key().unwrap(), NOW);
        assert_eq!(nation.code(&claims, NOW, signer.as_ref()), forged.text);
    }
}
