//! Codes from outside: never a panic, always the same answer, and nobody but the holder makes an accepted one.
//!
//! Input: `J`, then text as a scanner reads it; or `C`, then the CBOR that the text would carry.
#![no_main]

use std::sync::LazyLock;

use health_code_core::code::{Checkpoint, MAX_CODE_CHARS, TEXT_PREFIX, read_code};
use health_code_core::trust::{SoftwareEd25519, TrustBundle};
use health_code_core::ports::DeviceSigner;
use health_code_core::testing::nation::{Nation, WUHAN, sample_claims};
use libfuzzer_sys::fuzz_target;

/// 2020-03-05T04:00:00Z.
const AT: i64 = 1_583_380_800;

struct Scene {
    trust: TrustBundle,
    /// The one code that there is.
    code: String,
}

static SCENE: LazyLock<Scene> = LazyLock::new(|| {
    let nation = Nation::at(AT);
    let device = SoftwareEd25519::from_seed(&[0x55; 32]);
    let claims = sample_claims(device.public_key().expect("in memory"), AT);
    let code = nation.code(&claims, AT - 10, &device);
    Scene {
        trust: nation.trust,
        code,
    }
});

fuzz_target!(|input: &[u8]| {
    let text = match input {
        [b'C', cbor @ ..] => format!("{TEXT_PREFIX}{}", base45::encode(cbor)),
        [b'J', text @ ..] => String::from_utf8_lossy(text).into_owned(),
        _ => return,
    };
    // What scanners put around it, as docs/PROTOCOL.md says.
    let inner = text.trim_matches(['\r', '\n', '\t']);
    let identified = inner.strip_prefix("]Q");
    let inner = identified
        .and_then(|rest| rest.strip_prefix(|kind| matches!(kind, '0'..='6')))
        .unwrap_or(inner);
    let read = read_code(&text);
    if read.is_ok() {
        assert!(inner.len() <= MAX_CODE_CHARS);
    }
    let checkpoint = Checkpoint::new(SCENE.trust.clone(), Some("GATE-7".to_owned()), Some(WUHAN));
    let verdict = checkpoint.check(&text, AT);
    assert_eq!(verdict.accepted, inner == SCENE.code, "{text}");
    if verdict.masked_name.is_some() {
        assert!(
            read.is_ok(),
            "what is shown was signed, and what was signed can be read"
        );
    }
    if verdict.accepted {
        assert!(!checkpoint.check(&text, AT).accepted, "a replay");
    }
});
