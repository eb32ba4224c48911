//! Acts on one citizen one after the other, within this process.
//!
//! Invariant: a courtesy, so that no act starves; correctness is the store's conditional write. Two citizens may share a
//! turn.

use std::hash::{BuildHasher as _, RandomState};

use tokio::sync::{Mutex, MutexGuard};

use super::CitizenId;

/// Acts on different citizens rarely wait for each other.
const STRIPES: usize = 1 << 14;

/// Whose turn it is, by citizen.
pub(super) struct Turns {
    stripes: Vec<Mutex<()>>,
    hasher: RandomState,
}

impl Turns {
    pub(super) fn new() -> Self {
        Self {
            stripes: (0..STRIPES).map(|_| Mutex::new(())).collect(),
            hasher: RandomState::new(),
        }
    }

    pub(super) async fn take(&self, citizen: CitizenId) -> MutexGuard<'_, ()> {
        let hash = self.hasher.hash_one(citizen);
        let stripe = usize::try_from(hash % STRIPES as u64).unwrap_or_default();
        self.stripes[stripe].lock().await
    }
}
