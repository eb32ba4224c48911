//! Status lists from outside: never a panic, never more memory than the cap, and only the region's count.
//!
//! Input: `B`, then the bytes of a list; or `P`, then a payload that the region is made to sign.
#![no_main]

use std::sync::LazyLock;

use health_code_core::testing::nation::Nation;
use health_code_core::trust::{
    MAX_REVOKED, RevocationStatus, STATUS_LIST_TYPE, StatusList, StatusPlace, sign_bundle,
};
use libfuzzer_sys::fuzz_target;

/// 2020-03-05T04:00:00Z.
const AT: i64 = 1_583_380_800;
const REVOKED: [u32; 3] = [0, 4_711, u32::MAX];

static NATION: LazyLock<Nation> = LazyLock::new(|| Nation::at(AT));
static SIGNED: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let places = REVOKED.map(|index| StatusPlace::new(AT, index));
    StatusList::build(&NATION.hangzhou, &places, AT, 3_600).expect("in range")
});

fuzz_target!(|input: &[u8]| {
    match input {
        [b'B', bytes @ ..] => {
            let opened = StatusList::open(bytes, &NATION.trust, AT, 0);
            assert_eq!(opened.is_ok(), bytes == SIGNED.as_slice());
            if let Ok(list) = opened {
                let status = RevocationStatus::new(list).expect("a base");
                assert!(REVOKED.iter().all(|index| status.is_revoked(AT, *index)));
                assert!(!status.is_revoked(AT, 1));
            }
        }
        [b'P', payload @ ..] => {
            let Ok(bytes) = sign_bundle(STATUS_LIST_TYPE, None, payload, &NATION.hangzhou) else { return };
            if let Ok(list) = StatusList::open(&bytes, &NATION.trust, AT, 0) {
                assert!(list.count() <= MAX_REVOKED);
                let base = StatusList::open(&SIGNED, &NATION.trust, AT, 0).expect("ours");
                let mut status = RevocationStatus::new(base).expect("a base");
                let before = status.clone();
                match status.add(list) {
                    Ok(()) => assert!(status.until() >= before.until()),
                    Err(_) => assert!(status == before),
                }
                assert!(status.is_revoked(AT, 4_711), "nothing is taken back");
                for index in [0, 7, 8, u32::MAX] {
                    let _ = status.is_revoked(AT, index);
                }
            }
        }
        _ => {}
    }
});
