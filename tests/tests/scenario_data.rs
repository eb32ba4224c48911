//! The files that scenarios name (`tests/scenarios/data`) are what the tests' own issuer of EU certificates makes, and each is what
//! its name says. `HEALTH_CODE_WRITE=1` writes them anew.
//!
//! Invariant: the issuer's key is open to everybody; none of this counts anywhere but in a test.

use std::path::PathBuf;

use health_code_core::capability::dcc::{Certificate, DccError, DccKeys, DccOutcome, DccRules};
use health_code_core::testing::dcc_issuer::{DccIssuer, anna, vaccination};
use serde_json::{Value, json};

/// Of the day on which they were made; good until 2100.
const ISSUED: i64 = 1_795_000_000;
const END: i64 = 4_102_444_800;

fn sweden() -> DccIssuer {
    DccIssuer::es256("SE", 7)
}

fn svensson() -> Value {
    json!({"fn": "Svensson", "fnt": "SVENSSON", "gn": "Anna", "gnt": "ANNA"})
}

fn issued(name: &Value, (dose, of): (u8, u8), on: &str) -> String {
    let content = vaccination(name, "1974-08-12", (dose, of), on);
    sweden().issue(&content, ISSUED, END)
}

fn keys() -> String {
    let mut entry = sweden().entry(&[]);
    entry["notAfter"] = json!(END);
    pretty(&json!({"id": "eu", "version": 1, "keys": [entry]}))
}

/// A series has to be complete.
fn rules() -> String {
    let is_complete = json!({">=": [{"var": "payload.v.0.dn"}, {"var": "payload.v.0.sd"}]});
    pretty(&json!({"id": "hangzhou", "version": 1, "rules": [{
        "Identifier": "VR-CN-0001", "Type": "Acceptance", "Country": "CN", "CertificateType": "Vaccination",
        "ValidFrom": "2020-01-01T00:00:00Z", "ValidTo": "2100-01-01T00:00:00Z",
        "Description": [
            {"lang": "en", "desc": "All doses of the series were given."},
            {"lang": "zh", "desc": "须完成全程接种。"},
        ],
        "Logic": is_complete,
    }], "valueSets": {
        "vaccines-covid-19-names": {"EU/1/20/1528": {"en": "Comirnaty", "zh": "复必泰"}},
        "country-2-codes": {"SE": {"en": "Sweden", "zh": "瑞典"}},
    }}))
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).expect("JSON") + "\n"
}

fn files() -> Vec<(&'static str, String)> {
    let whole = issued(&anna(), (2, 2), "2026-01-20");
    let damaged = whole[..whole.len() / 2].to_owned();
    let content = vaccination(&anna(), "1974-08-12", (2, 2), "2025-02-03");
    let expired = sweden().issue(&content, ISSUED - 10_000, ISSUED - 1_000);
    // One more than a phone keeps.
    let many = (1..=21).map(|day| issued(&anna(), (2, 2), &format!("2026-03-{day:02}")));
    vec![
        ("dcc-keys.json", keys()),
        ("dcc-rules.json", rules()),
        ("anna.txt", whole),
        ("anna-first-dose.txt", issued(&anna(), (1, 2), "2025-12-01")),
        ("svensson.txt", issued(&svensson(), (2, 2), "2026-02-10")),
        ("expired.txt", expired),
        ("damaged.txt", damaged),
        ("twenty-one.txt", many.collect::<Vec<_>>().join("\n")),
    ]
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("scenarios/data")
}

#[test]
fn the_committed_files_are_the_generated_ones() {
    for (name, content) in files() {
        let path = folder().join(name);
        if std::env::var_os("HEALTH_CODE_WRITE").is_some() {
            std::fs::create_dir_all(folder()).expect("a folder");
            std::fs::write(&path, &content).expect("written");
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            committed == content,
            "{name} differs: see the head of this file"
        );
    }
}

#[test]
fn each_is_what_its_name_says() {
    let keys = [DccKeys::read_strictly(keys().as_bytes()).expect("keys that can be published")];
    let rules = [DccRules::read_strictly(rules().as_bytes()).expect("rules that can be published")];
    let at = ISSUED + 100;
    let told = |text: &str| {
        let certificate = Certificate::read(text)?;
        certificate.verify(&keys, at)?;
        let outcome = certificate.judge(&rules, at)?;
        Ok::<bool, DccError>(matches!(outcome, DccOutcome::Accepted))
    };
    for (name, content) in files() {
        let expected = match name {
            "dcc-keys.json" | "dcc-rules.json" => continue,
            "damaged.txt" => Err(DccError::CompressionDamaged),
            "expired.txt" => Err(DccError::Expired),
            "anna-first-dose.txt" => Ok(false),
            _ => Ok(true),
        };
        for text in content.lines() {
            assert_eq!(told(text), expected, "{name}");
        }
    }
}
