//! Randomness that is the same in each run, and randomness that is not to be had.

use std::sync::atomic::{AtomicU64, Ordering};

use sha2::{Digest as _, Sha256};

use crate::ports::{Entropy, PortError};

/// A stream made from a seed: SHA-256 of seed and counter, both u64 big endian, block after block.
/// Each `fill` starts a new block.
#[derive(Debug)]
pub struct FixedEntropy {
    seed: u64,
    counter: AtomicU64,
}

impl FixedEntropy {
    /// The stream of `seed`, from its start.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self {
            seed,
            counter: AtomicU64::new(0),
        }
    }
}

impl Entropy for FixedEntropy {
    fn fill(&self, out: &mut [u8]) -> Result<(), PortError> {
        for chunk in out.chunks_mut(32) {
            let counter = self.counter.fetch_add(1, Ordering::SeqCst);
            let block = Sha256::new()
                .chain_update(self.seed.to_be_bytes())
                .chain_update(counter.to_be_bytes())
                .finalize();
            chunk.copy_from_slice(&block[..chunk.len()]);
        }
        Ok(())
    }
}

/// Never gives randomness.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoEntropy;

impl Entropy for NoEntropy {
    fn fill(&self, _out: &mut [u8]) -> Result<(), PortError> {
        Err(PortError::EntropyUnavailable)
    }
}
