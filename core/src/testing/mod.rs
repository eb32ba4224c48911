//! Fakes for clock, entropy and faults; the store contract suite. Never in a shipped build.

pub mod entropy;
#[cfg(feature = "holder")]
pub mod key_guard;
#[cfg(feature = "holder")]
pub mod store_contract;
