//! The checkpoint at the door: what it holds and its clock.

use std::time::{SystemTime, UNIX_EPOCH};

use health_code_core::code::Checkpoint;
use health_code_core::trust::{StatusList, TrustBundle};

use crate::Failure;

/// Where the checkpoint stands; the citizen's code is from 330100.
const DIVISION: u32 = 420_100;

/// One that holds the region's bundles.
pub fn checkpoint(
    trust: &[u8],
    root_key: [u8; 32],
    status_lists: &[Vec<u8>],
) -> Result<Checkpoint, Failure> {
    let trust = TrustBundle::open(trust, &root_key, now(), 0)?;
    let checkpoint = Checkpoint::new(trust, None, Some(DIVISION));
    for list in status_lists {
        let list = StatusList::open(list, checkpoint.trust(), now(), 0)?;
        checkpoint.add_status_list(list)?;
    }
    Ok(checkpoint)
}

/// Unix seconds.
#[expect(clippy::disallowed_methods, reason = "the checkpoint's own clock")]
pub fn now() -> i64 {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}
