//! Places in the status lists, leased from the store in blocks.
//!
//! Invariant: no two credentials that end on one day share a status index, whatever the server's process, its clock or a
//! backup did. Therefore a block is for one slot of time (a quarter of an hour) and one holder in it:
//!
//! ```text
//! index = (block of the slot * 64 + number) * 256 + slot, slot = quarters of an hour since 1970, modulo 256 (64 h)
//! ```
//!
//! A slot comes again when no credential of its last turn can end on the same day as one of the next, so nothing is scanned
//! to set an index free. A database that was put back from a backup does not know what was leased after it; by then those
//! slots are over, but for the last ones before it was put back, which are passed over. The same backup may be put back again before
//! the slots of that time are over: until then blocks are drawn from a lane of the minute in which it was put back, and from the others
//! only where that is used up. Indexes are handed out at random over several blocks of the present slot and of those after it, so
//! that they tell no order, and no nearer than the credential's own times which of them were issued together.
//! What lives for days (sheets of paper) has indexes of its own above all blocks.

use super::Authority;
use crate::store::StoreError;

/// Indexes of a block.
const BLOCK: u32 = 64;
/// Slots of time, and the length of one in seconds.
const SLOTS: u32 = 256;
const SLOT_SECS: i64 = 900;
/// Blocks of a slot: an index has 32 bits, of which the highest 1/64 are for credentials of days.
const SLOT_BLOCKS: u32 = (1 << 18) - (1 << 12);
/// Blocks leased at a time, and where the ones before lasted less than a minute.
const BLOCKS: usize = 8;
const BLOCKS_OF_THE_BUSY: usize = 128;
/// Blocks of a slot that are drawn from at first; twice as many as often as less than half of what was drawn was free. Low
/// indexes make short lists.
const FIRST_BLOCKS: u32 = 256;
/// Lanes of a slot, one for each minute in which a backup may be put back while the slots of one before are not over.
const LANES: u32 = 64;
/// Random tries in one slot.
const TRIES: usize = 20;
/// Slots ahead of the present one that are drawn from as well.
const SLOTS_AHEAD: i64 = 2;
/// Credentials are issued from a leased block within this time, seconds.
const LEASE_SECS: i64 = 3_600;
/// Longest life of a credential, seconds.
const LONGEST_LIFE_SECS: i64 = 24 * 3_600;
const DAY_SECS: i64 = 24 * 3_600;
/// A block is leased for so long: until no credential from it ends on the same day as one that is issued then, seconds.
const LEASED_FOR_SECS: i64 = LEASE_SECS + LONGEST_LIFE_SECS + DAY_SECS;
/// A revoked credential stays on the lists this long after it has expired, seconds: outage-grace orders cannot stretch
/// one that far.
pub(crate) const KEPT_AFTER_EXPIRY_SECS: i64 = 7 * 86_400;

/// Longest time that a revoked credential stays on the lists, seconds.
pub(crate) const LONGEST_KEPT_SECS: i64 = LONGEST_LIFE_SECS + KEPT_AFTER_EXPIRY_SECS;

const _: () = assert!(
    LEASED_FOR_SECS + (SLOTS_AHEAD + 1) * SLOT_SECS < SLOTS as i64 * SLOT_SECS,
    "a slot comes again only when its last turn is over"
);
const _: () =
    assert!(LANES as i64 * 60 > (2 * SLOTS_AHEAD) * SLOT_SECS && SLOT_BLOCKS.is_multiple_of(LANES));
const _: () = assert!(SLOT_BLOCKS as u64 * BLOCK as u64 * SLOTS as u64 == LONG_LIVED as u64);

/// First index for what lives for days. Such an index is leased by itself until it is free, under its own number, which is no
/// block's.
const LONG_LIVED: u32 = 0xfc00_0000;
/// Of a database that was put back nobody knows what was leased after its backup: from then on indexes are drawn from another
/// lane, one of 15 by the minute in which it was put back.
const LONG_LIVED_LANES: u32 = 16;
const LONG_LIVED_LANE: u32 = (u32::MAX - LONG_LIVED) / LONG_LIVED_LANES + 1;
const _: () = assert!(SLOT_BLOCKS as u64 * SLOTS as u64 <= LONG_LIVED as u64);

/// Indexes that are leased and not used yet.
#[derive(Debug, Default)]
pub(crate) struct StatusIndexes(tokio::sync::Mutex<Pool>);

/// An index for one credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LeasedIndex {
    pub(crate) index: u32,
    /// When it was leased, Unix seconds.
    leased_at: i64,
}

#[derive(Debug, Default)]
struct Pool {
    indexes: Vec<u32>,
    /// Unix seconds.
    leased_at: i64,
    /// Blocks of the slot that are drawn from.
    drawn_from: u32,
}

impl Authority {
    /// An index for a credential that is issued at `now` (Unix seconds); no other that ends on the same day has it.
    pub(crate) async fn take_status_index(&self, now: i64) -> Result<LeasedIndex, StoreError> {
        let mut pool = self.status_indexes.0.lock().await;
        // A clock that is back, too: what is leased by it counts for its time.
        if !(pool.leased_at..pool.leased_at + LEASE_SECS).contains(&now) {
            pool.indexes.clear();
        }
        if pool.indexes.is_empty() {
            let is_busy = (pool.leased_at..pool.leased_at + 60).contains(&now);
            let blocks = if is_busy { BLOCKS_OF_THE_BUSY } else { BLOCKS };
            pool.drawn_from = if is_busy { pool.drawn_from } else { 0 };
            pool.indexes = self.lease(blocks, now, &mut pool.drawn_from).await?;
            pool.leased_at = now;
        }
        let random = u64::from_be_bytes(self.random()?);
        let place = random % pool.indexes.len() as u64;
        let place = usize::try_from(place).unwrap_or_default();
        Ok(LeasedIndex {
            index: pool.indexes.swap_remove(place),
            leased_at: pool.leased_at,
        })
    }

    /// Takes back one that was not used.
    pub(crate) async fn return_status_index(&self, leased: LeasedIndex) {
        let mut pool = self.status_indexes.0.lock().await;
        if pool.leased_at == leased.leased_at {
            pool.indexes.push(leased.index);
        }
    }

    /// An index for a credential that ends days from now, at `expires_at` (Unix seconds); no other that ends on the same day has it.
    pub(crate) async fn take_long_lived_index(&self, expires_at: i64) -> Result<u32, StoreError> {
        let lane = self.restored.map_or(0, |restored| {
            let minute = restored.at.div_euclid(60);
            let lane = minute.rem_euclid(i64::from(LONG_LIVED_LANES) - 1) + 1;
            u32::try_from(lane).unwrap_or_default()
        });
        let first = LONG_LIVED + lane * LONG_LIVED_LANE;
        let sure_now = self.sure_now();
        for _ in 0..TRIES {
            let index = first + u32::from_be_bytes(self.random()?) % LONG_LIVED_LANE;
            let leased = self
                .units
                .store()
                .lease(vec![index], sure_now, expires_at + DAY_SECS);
            if leased.await?.contains(&index) {
                return Ok(index);
            }
        }
        Err(StoreError::IndexesExhausted)
    }

    async fn lease(
        &self,
        blocks: usize,
        now: i64,
        drawn_from: &mut u32,
    ) -> Result<Vec<u32>, StoreError> {
        let store = self.units.store();
        // Of a database that was put back nobody knows what was leased before: not the slots from which it may have been.
        let restored_at = self.restored.map_or(i64::MIN, |restored| restored.at);
        let floor = restored_at.saturating_add((SLOTS_AHEAD + 1) * SLOT_SECS);
        let present = now.max(floor).div_euclid(SLOT_SECS);
        // No slot that a server of before leased ahead comes after these.
        let shared = floor.div_euclid(SLOT_SECS) + SLOTS_AHEAD;
        let lane = u32::try_from(restored_at.div_euclid(60).rem_euclid(i64::from(LANES)));
        let lane = lane.unwrap_or_default();
        // Free is what surely is: another's credential may be told apart by it still.
        let sure_now = self.sure_now();
        let free_at = now.max(sure_now) + LEASED_FOR_SECS;
        let mut leased = Vec::new();
        *drawn_from = (*drawn_from).max(FIRST_BLOCKS);
        for attempt in 0..TRIES {
            let mut wanted = Vec::with_capacity(blocks);
            for place in leased.len()..blocks {
                let random = u32::from_be_bytes(self.random()?);
                // In turn: as many of each.
                let ahead = i64::try_from(place).unwrap_or_default() % (SLOTS_AHEAD + 1);
                let slot = present + ahead;
                let number = if self.restored.is_some() && slot <= shared && attempt < TRIES / 2 {
                    random % (*drawn_from).min(SLOT_BLOCKS / LANES) * LANES + lane
                } else {
                    random % *drawn_from
                };
                let slot = slot.rem_euclid(i64::from(SLOTS));
                wanted.push(number * SLOTS + u32::try_from(slot).unwrap_or_default());
            }
            // The few that a second try asks for tell little.
            let tells = leased.is_empty();
            let free = store.lease(wanted, sure_now, free_at).await?;
            if tells && free.len() * 2 < blocks {
                *drawn_from = (*drawn_from * 2).min(SLOT_BLOCKS);
            }
            leased.extend(free);
            if leased.len() >= blocks {
                break;
            }
        }
        if leased.is_empty() {
            // Sixteen million indexes of this quarter of an hour are taken, and as many of each of the next.
            return Err(StoreError::IndexesExhausted);
        }
        Ok(leased.into_iter().flat_map(indexes).collect())
    }
}

fn indexes(block: u32) -> impl Iterator<Item = u32> {
    let (number, slot) = (block / SLOTS, block % SLOTS);
    (0..BLOCK).map(move |place| (number * BLOCK + place) * SLOTS + slot)
}

#[cfg(test)]
mod tests;
