//! Fakes for clock, entropy and faults; the store contract suite. Never in a shipped build.

pub mod clock;
pub mod device_key;
pub mod entropy;
#[cfg(feature = "holder")]
pub mod key_guard;
pub mod nation;
#[cfg(feature = "holder")]
pub mod store_contract;
