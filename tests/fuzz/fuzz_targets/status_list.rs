//! Status lists from outside: never a panic, never more memory than the cap, and only the region's count.
//!
//! Input: `B`, then the bytes of a list; or `P`, then a payload that the region is made to sign.
#![no_main]

use std::sync::LazyLock;

use health_code_core::trust::{MAX_STATUS_INDEX, STATUS_LIST_TYPE, StatusList, sign_bundle};
use health_code_core::testing::nation::Nation;
use libfuzzer_sys::fuzz_target;

/// 2020-03-05T04:00:00Z.
const AT: i64 = 1_583_380_800;
const REVOKED: [u32; 3] = [0, 4_711, MAX_STATUS_INDEX];

static NATION: LazyLock<Nation> = LazyLock::new(|| Nation::at(AT));
static SIGNED: LazyLock<Vec<u8>> =
    LazyLock::new(|| StatusList::build(&NATION.hangzhou, &REVOKED, AT, 3_600).expect("in range"));

fuzz_target!(|input: &[u8]| {
    match input {
        [b'B', bytes @ ..] => {
            let opened = StatusList::open(bytes, &NATION.trust, AT, 0);
            assert_eq!(opened.is_ok(), bytes == SIGNED.as_slice());
            if let Ok(list) = opened {
                assert!(REVOKED.iter().all(|index| list.is_revoked(*index)));
                assert!(!list.is_revoked(1));
            }
        }
        [b'P', payload @ ..] => {
            let Ok(bytes) = sign_bundle(STATUS_LIST_TYPE, None, payload, &NATION.hangzhou) else { return };
            if let Ok(list) = StatusList::open(&bytes, &NATION.trust, AT, 0) {
                for index in [
                    0,
                    7,
                    8,
                    4_711,
                    MAX_STATUS_INDEX,
                    MAX_STATUS_INDEX + 1,
                    u32::MAX,
                ] {
                    let _ = list.is_revoked(index);
                }
                assert!(list.is_revoked(u32::MAX), "not covered counts as revoked");
            }
        }
        _ => {}
    }
});
