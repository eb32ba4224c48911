//! What a citizen sends.

use data_encoding::BASE64URL_NOPAD;
use health_code_core::ports::DeviceSigner as _;
use health_code_core::trust::SoftwareEd25519;
use health_code_tests::bare_phone::healthy_declaration;
use serde_json::{Value, json};

use super::life::DEVICE_SEED;

/// With a consent of then, Unix seconds.
pub fn registration(at: i64) -> Vec<u8> {
    let key = SoftwareEd25519::from_seed(&DEVICE_SEED).public_key();
    let key = key.expect("a key");
    json!({
        "device": {"publicKey": BASE64URL_NOPAD.encode(key.as_bytes()), "hardware": false},
        "identity": {
            "name": "王小明", "sex": "1", "nationality": "CHN",
            "documentKind": "resident_id", "documentNumber": "11010519491231002X",
            "division": 330_106, "address": "文三路 1 号", "phone": "13800138000",
        },
        "consent": {"version": 1, "acceptedAt": at},
    })
    .to_string()
    .into_bytes()
}

/// This registration with one part of the identity another, and a consent of then.
pub fn corrected(registration: &[u8], part: &str, value: &str, at: i64) -> Vec<u8> {
    let mut body: Value = serde_json::from_slice(registration).expect("JSON");
    body["identity"][part] = value.into();
    body["consent"]["acceptedAt"] = at.into();
    body.to_string().into_bytes()
}

pub fn declaration(note: u32) -> Value {
    serde_json::from_slice(&healthy_declaration(note)).expect("JSON")
}

pub fn fever() -> Vec<u8> {
    let mut body = declaration(0);
    body["answers"]["temperature"] = json!(38.5);
    body["answers"]["symptoms"] = json!(["fever"]);
    body["answers"]["symptomsSince"] = json!("2026-11-24");
    body.to_string().into_bytes()
}
