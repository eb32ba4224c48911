//! Fakes for clock, entropy and faults; the store contract suite. Never in a shipped build.

pub mod clock;
pub mod dcc_issuer;
pub mod device_key;
pub mod entropy;
#[cfg(feature = "holder")]
pub mod key_guard;
pub mod memory_authority;
pub mod nation;
pub mod scripted_transport;
#[cfg(feature = "holder")]
pub mod store_contract;
pub mod subject_keys;
