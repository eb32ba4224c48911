//! Sealed records on the phone.
//!
//! Two floors: a [`RecordStore`] keeps opaque bytes, atomically and durably ([`SledStore`], [`MemoryStore`]);
//! the [`SealedStore`] on top encrypts every value, hides every key name and notices every lost record.
//!
//! Invariant: what [`SealedStore::apply`] acknowledged is there after a kill or a power cut, whole and unchanged,
//! or the next open or read says by name what happened to it. Nothing is dropped in silence.
//!
//! It does not know what the records mean, nor does it sync. The bytes are in `docs/STORE_FORMAT.md`.

mod collection;
mod envelope;
mod error;
mod ledger;
mod memory_store;
mod migration;
mod record_store;
mod sealed_store;
mod sealing;
mod sled_files;
mod sled_pieces;
mod sled_store;

#[cfg(test)]
mod frozen_format_tests;
#[cfg(test)]
mod record_store_tests;
#[cfg(test)]
mod sealed_integrity_tests;
#[cfg(test)]
mod sealed_store_tests;
#[cfg(test)]
mod sled_damage_tests;
#[cfg(test)]
mod sled_store_tests;

pub use collection::Collection;
pub use error::StoreError;
pub use memory_store::MemoryStore;
pub use migration::{Migration, MigrationView};
pub use record_store::{MAX_SEALED_BYTES, RecordStore, SideFile, Write};
pub use sealed_store::{SealedStore, SealedWrite};
pub use sled_store::{SledStore, danger_reset};

/// Longest logical key, in bytes of UTF-8.
pub const MAX_KEY_BYTES: usize = 128;
/// Largest value, in bytes, before sealing.
pub const MAX_VALUE_BYTES: usize = 1024 * 1024;
/// Version of the stored model that this build reads and writes.
pub const SCHEMA_VERSION: u32 = 1;
