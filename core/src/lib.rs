//! Health Code's shared core: from a filled-in form to a signed code that any checkpoint verifies offline.
//!
//! The way of the data is one direction:
//! [`form`] -> `store` -> `sync` -> authority -> [`code`] (credential, rotation) -> [`picture`] -> [`code`] (checking).
//! Time, randomness, keys and network come in through [`ports`] and nowhere else.
//!
//! | module | what it is |
//! |---|---|
//! | [`colour`] | the three colours and the closed list of reasons |
//! | `encoding` | CBOR, COSE, base45: bytes, no meaning |
//! | [`trust`] | keys, signed bundles, the trust bundle, status lists: pure |
//! | [`code`] | credential, presentation, rotation, checking: pure |
//! | [`picture`] | QR, PNG, SVG: pure |
//! | [`identity`] | documents, divisions, normal forms of what people type: pure |
//! | [`rules`] | CertLogic and the colour rules: pure |
//! | [`form`] | questionnaires, answers, validation: pure |
//! | [`wire`] | what phone and authority say to each other, request signatures included: pure |
//! | [`capability`] | a folder for each capability, and the tables of kinds of bundles and uploads |
//! | `store` | sealed records on sled (feature `holder`) |
//! | `sync` | outbox, state machine, HTTP (feature `holder`) |
//! | `citizen` | the citizen's use cases (feature `holder`) |
//! | [`ports`], [`cancel`], [`event`] | all that a host must supply, how it stops a call, what it is told |
//! | [`words`] | every text that a person reads, a file a language |
//! | [`coded_errors`](mod@coded_errors), [`error_table`] | how errors are declared, and the table of all |
//! | `record_table` | every kind of record that the phone stores (feature `holder`) |

pub mod app_types;
pub mod cancel;
pub mod capability;
#[cfg(feature = "holder")]
pub mod citizen;
pub mod civil_time;
pub mod code;
pub mod coded_errors;
pub mod colour;
pub mod encoding;
pub mod error_table;
pub mod event;
pub mod form;
pub mod hidden_debug;
pub mod identity;
pub mod picture;
pub mod ports;
#[cfg(feature = "holder")]
pub mod record_table;
pub mod rules;
mod sorting;
#[cfg(feature = "holder")]
pub mod store;
#[cfg(feature = "holder")]
pub mod sync;
#[cfg(feature = "holder")]
pub mod system;
#[cfg(feature = "testing")]
pub mod testing;
pub mod trust;
pub mod wire;
pub mod words;
