//! Trust bundles from outside: never a panic, one byte form for each content, and only the root's count.
//!
//! Input: `B`, then the bytes of a bundle; or `P`, then a payload that the root is made to sign.
#![no_main]

use std::sync::LazyLock;

use health_code_core::code::Checkpoint;
use health_code_core::trust::{TRUST_BUNDLE_TYPE, TrustBundle, sign_bundle};
use health_code_core::testing::nation::{Nation, WUHAN};
use libfuzzer_sys::fuzz_target;

/// 2020-03-05T04:00:00Z.
const AT: i64 = 1_583_380_800;

static NATION: LazyLock<Nation> = LazyLock::new(|| Nation::at(AT));
static SIGNED: LazyLock<Vec<u8>> = LazyLock::new(|| NATION.trust_bytes());
/// The same as the first version signed it, `B` before it.
const FIRST_FORM: &[u8] = include_bytes!("../seeds/trust_bundle/signed-first-form");

fuzz_target!(|input: &[u8]| {
    let root_key = NATION.root_key();
    match input {
        [b'B', bytes @ ..] => {
            let opened = TrustBundle::open(bytes, &root_key, AT, 0);
            let is_signed = bytes == SIGNED.as_slice() || input == FIRST_FORM;
            assert_eq!(opened.is_ok(), is_signed);
        }
        [b'P', payload @ ..] => {
            let Ok(bytes) = sign_bundle(TRUST_BUNDLE_TYPE, None, payload, &NATION.root) else { return };
            let Ok(bundle) = TrustBundle::open(&bytes, &root_key, AT, 0) else {
                return;
            };
            let again = bundle.sign(&NATION.root).unwrap();
            if again != bytes {
                // In the form of the first version, which is none of today's: the contents stay.
                assert!(minicbor::decode::<TrustBundle>(payload).is_err());
                let same = TrustBundle::open(&again, &root_key, AT, 0);
                assert_eq!(same.as_ref(), Ok(&bundle));
            }
            let checkpoint = Checkpoint::new(bundle, None, Some(WUHAN));
            assert!(!checkpoint.check("JKM1:", AT).accepted);
        }
        _ => {}
    }
});
