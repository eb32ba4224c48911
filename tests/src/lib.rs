//! Shared parts of the end-to-end tests: a town with a real authority over loopback TLS, phones in it,
//! and a process that writes to a store until it is killed.
//!
//! Invariant: only clock, entropy and faults are fakes; store, TLS, database and codes are the real ones.

pub mod authority_process;
pub mod bare_phone;
pub mod forge;
pub mod phone;
pub mod store_fixture;
pub mod store_writing;
pub mod town;
pub mod vectors;
