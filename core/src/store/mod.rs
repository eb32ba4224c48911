//! Sealed records on the phone.
//!
//! Two floors: a [`RecordStore`] keeps opaque bytes, atomically and durably ([`SledStore`], [`MemoryStore`]);
//! the [`SealedStore`] on top encrypts every value, hides every name and notices every lost record. What is stored has a
//! [`RecordKind`], declared in one row beside the code that uses it, and is the phone's or a subject's.
//!
//! Invariant: what [`SealedStore::apply`] acknowledged is there after a kill or a power cut, whole and unchanged,
//! or the next open or read says by name what happened to it. Nothing is dropped in silence.
//!
//! It does not know what the records mean, nor does it sync. The bytes are in `docs/STORE_FORMAT.md`.

mod envelope;
mod error;
mod file_tree;
mod folder_digest;
mod folder_lock;
mod journal;
mod ledger;
mod manifest;
mod memory_store;
mod memtable;
mod migration;
mod opening;
mod record_kind;
mod record_store;
mod renewal;
mod schema_1;
mod sealed_store;
mod sealing;
mod side_files;
mod sled_files;
mod sled_pieces;
mod sled_store;
mod sled_tree;
mod sled_walk;

#[cfg(test)]
mod frozen_format_tests;
#[cfg(test)]
mod journal_tests;
#[cfg(test)]
mod manifest_tests;
#[cfg(test)]
mod record_store_tests;
#[cfg(test)]
mod records_for_tests;
#[cfg(test)]
mod renewal_tests;
#[cfg(test)]
mod schema_1_tests;
#[cfg(test)]
mod sealed_integrity_tests;
#[cfg(test)]
mod sealed_store_tests;
#[cfg(test)]
mod sled_damage_tests;
#[cfg(test)]
mod sled_store_tests;
#[cfg(test)]
mod typed_record_tests;

pub use error::StoreError;
pub use memory_store::MemoryStore;
pub use migration::{Migration, MigrationView};
pub use record_kind::{
    Codec, FIRST_TEST_KIND, KindRow, OfPhone, OfSubject, Place, RawPlace, RecordKind, SealedWrite,
};
pub use record_store::{
    Change, MAX_SEALED_BYTES, MakeManifest, RecordStore, SideFile, SinceManifest, Write,
};
#[cfg(any(test, feature = "testing"))]
pub use schema_1::write_schema_1;
pub use sealed_store::SealedStore;
pub use sled_store::{SledStore, danger_reset};

pub use crate::wire::SubjectId;

/// Longest logical key, in bytes of UTF-8.
pub const MAX_KEY_BYTES: usize = 128;
/// Largest value, in bytes, before sealing.
pub const MAX_VALUE_BYTES: usize = 1024 * 1024;
/// Version of the stored model that this build reads and writes.
pub const SCHEMA_VERSION: u32 = 3;
