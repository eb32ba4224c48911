//! Shared parts of the end-to-end tests: a town with a real authority over loopback TLS, phones in it,
//! and a process that writes to a store until it is killed.
//!
//! Invariant: only clock, entropy and faults are fakes; store, TLS, database and codes are the real ones.

#[cfg(feature = "town")]
pub mod appealing;
#[cfg(feature = "town")]
pub mod authority_process;
#[cfg(feature = "town")]
pub mod bare_phone;
pub mod code_fields;
pub mod forge;
#[cfg(feature = "town")]
pub mod laboratory;
#[cfg(feature = "town")]
pub mod login_issuer;
#[cfg(feature = "town")]
pub mod phone;
#[cfg(feature = "town")]
pub mod store_fixture;
#[cfg(feature = "town")]
pub mod store_writing;
#[cfg(feature = "town")]
pub mod town;
pub mod vectors;
