//! Health Code's shared core: from a filled-in form to a signed code that any checkpoint verifies offline.
//!
//! The way of the data is one direction:
//! [`form`] -> `store` -> `sync` -> authority -> [`code`] (credential, rotation, QR) -> [`code`] (checking).
//! Time, randomness, keys and network come in through [`ports`] and nowhere else.
//!
//! | module | what it is |
//! |---|---|
//! | [`colour`] | the three colours and the closed list of reasons |
//! | [`code`] | credential, presentation, trust bundle, status list, checking, rotation, QR: pure |
//! | [`rules`] | CertLogic and the colour rules: pure |
//! | [`form`] | questionnaires, answers, validation, check-in streak: pure |
//! | [`wire`] | what phone and authority say to each other, request signatures included: pure |
//! | `store` | sealed records on sled (feature `holder`) |
//! | `sync` | outbox, state machine, HTTP (feature `holder`) |
//! | `session` | the citizen's use cases (feature `holder`) |
//! | [`ports`] | all that a host must supply |

pub mod code;
pub mod colour;
pub mod error_codes;
pub mod form;
pub mod ports;
pub mod rules;
#[cfg(feature = "holder")]
pub mod session;
#[cfg(feature = "holder")]
pub mod store;
#[cfg(feature = "holder")]
pub mod sync;
#[cfg(feature = "holder")]
pub mod system;
#[cfg(feature = "testing")]
pub mod testing;
pub mod wire;
