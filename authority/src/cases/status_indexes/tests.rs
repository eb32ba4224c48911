//! What blocks are made of; what is handed out over time is in `http/tests/status_indexes.rs`.

use std::collections::BTreeSet;

use super::{BLOCK, LONG_LIVED, LONG_LIVED_LANE, LONG_LIVED_LANES, SLOT_BLOCKS, SLOTS, indexes};

#[test]
fn no_two_blocks_share_an_index_and_all_are_within_32_bits() {
    let mut seen = BTreeSet::new();
    for number in [0, 1, 2, SLOT_BLOCKS - 1] {
        for slot in [0, 1, SLOTS - 1] {
            for index in indexes(number * SLOTS + slot) {
                assert!(seen.insert(index));
                assert_eq!(index % SLOTS, slot);
            }
        }
    }
    assert_eq!(seen.len(), 12 * BLOCK as usize);
    assert_eq!(seen.last(), Some(&(LONG_LIVED - 1)));
}

#[test]
fn every_lane_of_the_long_lived_is_above_all_blocks_and_within_32_bits() {
    let last = u64::from(LONG_LIVED) + u64::from(LONG_LIVED_LANES) * u64::from(LONG_LIVED_LANE);
    assert_eq!(last, 1 << 32);
}
