//! EU certificates from outside: never a panic, however they are packed, and nobody's but the issuer's verify.
//!
//! Input: `T`, then a text; `M`, then a COSE message, which is packed; `P`, then claims, which the issuer is made to sign.
#![no_main]

use std::sync::LazyLock;

use health_code_core::capability::dcc::{Certificate, DccKeys};
use health_code_core::testing::dcc_issuer::{DccIssuer, text_of};
use libfuzzer_sys::fuzz_target;

/// 2026-11-24T02:00:00Z.
const AT: i64 = 1_795_485_600;

static ISSUER: LazyLock<DccIssuer> = LazyLock::new(|| DccIssuer::es256("SE", 7));
static KEYS: LazyLock<[DccKeys; 1]> = LazyLock::new(|| list_of(ISSUER.entry(&[])));
/// Another issuer's key under this one's id: what the seeds' issuer signed reaches the check of the signature, and fails there.
static STRANGERS: LazyLock<[DccKeys; 1]> = LazyLock::new(|| {
    let mut entry = DccIssuer::es256("SE", 8).entry(&[]);
    entry["kid"] = ISSUER.entry(&[])["kid"].clone();
    list_of(entry)
});

fn list_of(key: serde_json::Value) -> [DccKeys; 1] {
    let list = serde_json::json!({"id": "eu", "version": 1, "keys": [key]});
    [DccKeys::read_strictly(list.to_string().as_bytes()).unwrap()]
}

fuzz_target!(|input: &[u8]| {
    match input {
        [b'T', text @ ..] => {
            if let Ok(text) = std::str::from_utf8(text) {
                let _ = Certificate::read(text);
            }
        }
        [b'M', message @ ..] => {
            if let Ok(certificate) = Certificate::read(&text_of(message)) {
                // Nobody has the stranger's key.
                assert!(certificate.verify(STRANGERS.as_slice(), AT).is_err());
            }
        }
        [b'P', claims @ ..] => {
            let text = text_of(&ISSUER.sign(&ISSUER.header(), &[0xa0], claims));
            if let Ok(certificate) = Certificate::read(&text) {
                let _ = certificate.verify(KEYS.as_slice(), AT);
                assert_eq!(certificate.id().len(), 64);
            }
        }
        _ => {}
    }
});
