//! A laboratory that reports to the town's authority.

use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::SigningKey;
use health_code_core::capability::results::{Laboratories, Laboratory};
use health_code_core::words::LocalizedText;
use serde_json::json;

use crate::town::MORNING_MS;

/// What it signs with.
#[must_use]
pub fn key() -> SigningKey {
    SigningKey::from_bytes(&[61; 32])
}

/// The list that officers publish, with the one laboratory `lab`, which may report these kinds of results.
#[must_use]
pub fn laboratories(version: u64, struck_off_at: Option<i64>, reports: &[&str]) -> Laboratories {
    let (morning, day) = (MORNING_MS / 1_000, 86_400);
    let mut list = Laboratories::usual();
    list.version = version;
    let x = BASE64URL_NOPAD.encode(key().verifying_key().as_bytes());
    list.laboratories.push(Laboratory {
        id: "lab".to_owned(),
        name: LocalizedText::new("First Hospital", "第一医院"),
        jwks: json!({"keys": [{"kty": "OKP", "crv": "Ed25519", "x": x}]}),
        not_before: morning - day,
        not_after: morning + 300 * day,
        struck_off_at,
        reports: reports.iter().map(|&kind| kind.to_owned()).collect(),
    });
    list
}
