//! Places in the status list, leased from the store in blocks.
//!
//! Invariant: no two credentials that could still be shown share a status index. A block is leased for longer than the
//! last credential of it is kept on the list; what of it was not used within [`LEASE_SECS`] is let go.
//! Indexes are handed out at random over several blocks, so that they tell no order.

use health_code_core::trust::MAX_STATUS_INDEX;

use super::Authority;
use crate::store::StoreError;

/// Indexes of a block.
const BLOCK: u32 = 64;
/// Blocks leased at a time, and where the ones before lasted less than a minute.
const BLOCKS: usize = 8;
const BLOCKS_OF_THE_BUSY: usize = 128;
/// Random tries; at half load all of them fail once in 2^40 times.
const TRIES: usize = 40;
/// Credentials are issued from a leased block within this time, seconds.
const LEASE_SECS: i64 = 3_600;
/// Longest life of a credential, seconds.
const LONGEST_LIFE_SECS: i64 = 24 * 3_600;
/// A revoked credential stays on the list this long after it has expired, seconds: outage-grace orders cannot stretch
/// one that far.
pub(crate) const KEPT_AFTER_EXPIRY_SECS: i64 = 7 * 86_400;

/// Longest time that a revoked credential stays on the list, seconds.
pub(crate) const LONGEST_KEPT_SECS: i64 = LONGEST_LIFE_SECS + KEPT_AFTER_EXPIRY_SECS;

/// Indexes that are leased and not used yet.
#[derive(Debug, Default)]
pub(crate) struct StatusIndexes(tokio::sync::Mutex<Pool>);

/// An index for one credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LeasedIndex {
    pub(crate) index: u32,
    /// End of the lease that it is from, Unix seconds.
    until: i64,
}

#[derive(Debug, Default)]
struct Pool {
    indexes: Vec<u32>,
    /// Unix seconds.
    until: i64,
}

impl Authority {
    /// An index that no credential holds, for one that is issued at `now` (Unix seconds).
    pub(crate) async fn take_status_index(&self, now: i64) -> Result<LeasedIndex, StoreError> {
        let mut pool = self.status_indexes.0.lock().await;
        if now >= pool.until {
            pool.indexes.clear();
        }
        if pool.indexes.is_empty() {
            let is_busy = now < pool.until - LEASE_SECS + 60;
            let blocks = if is_busy { BLOCKS_OF_THE_BUSY } else { BLOCKS };
            pool.indexes = self.lease(blocks, now).await?;
            pool.until = now + LEASE_SECS;
        }
        let random = u64::from_be_bytes(self.random()?);
        let place = random % pool.indexes.len() as u64;
        let place = usize::try_from(place).unwrap_or_default();
        Ok(LeasedIndex {
            index: pool.indexes.swap_remove(place),
            until: pool.until,
        })
    }

    /// Takes back one that was not used.
    pub(crate) async fn return_status_index(&self, leased: LeasedIndex) {
        let mut pool = self.status_indexes.0.lock().await;
        if pool.until == leased.until {
            pool.indexes.push(leased.index);
        }
    }

    async fn lease(&self, blocks: usize, now: i64) -> Result<Vec<u32>, StoreError> {
        let free_at = now + LEASE_SECS + LONGEST_LIFE_SECS + KEPT_AFTER_EXPIRY_SECS;
        let mut leased = Vec::new();
        for _ in 0..TRIES {
            let mut wanted = Vec::with_capacity(blocks);
            for _ in leased.len()..blocks {
                let random = u32::from_be_bytes(self.random()?);
                // One below a power of two: the mask keeps every block equally likely.
                wanted.push((random & MAX_STATUS_INDEX) / BLOCK);
            }
            // Free is what surely is: another's credential may be told apart by it still.
            let sure_now = self.sure_now();
            leased.extend(self.units.store().lease(wanted, sure_now, free_at).await?);
            if leased.len() >= blocks {
                break;
            }
        }
        if leased.is_empty() {
            // More than half of sixteen million indexes are taken: the authority needs a second issuer key.
            return Err(StoreError::IndexesExhausted);
        }
        Ok(leased
            .into_iter()
            .flat_map(|block| block * BLOCK..(block + 1) * BLOCK)
            .collect())
    }
}
