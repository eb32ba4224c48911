//! The local authority's server: registration, declarations, colours, credentials, signed public bundles.
//!
//! [`start`] runs it inside a program (tests, the demo); [`cli::main`] is the program of its own.
//!
//! | module | what it is |
//! |---|---|
//! | `cli` | the command line: serve, init, keys, national, colour-change |
//! | `config` | settings and their defaults |
//! | `serve` | start and stop: TLS, limits of connections, housekeeping |
//! | `admission` | who is let in: allowances, places, nonces |
//! | `http` | routes, request signatures, problem answers |
//! | `decision` | facts -> rule set -> colour -> signed receipt |
//! | `issuer` | credentials |
//! | `officers` | colour changes that two officers signed |
//! | `publish` | the public bundles |
//! | `db` | SQLite: one writer with group commit, many readers |
//! | `init`, `keys`, `files`, `logs`, `system` | what a server needs around it |
//!
//! Invariant: what was answered with 2xx is on disk; nothing personal is logged.

mod admission;
mod app;
pub mod cli;
mod config;
mod db;
mod decision;
mod errors;
mod files;
mod http;
mod init;
mod issuer;
pub mod keys;
mod logs;
mod officers;
mod publish;
mod serve;
mod system;

pub use config::Config;
pub use db::DbError;
pub use errors::AuthorityError;
pub use http::{CHAIN_HEAD_HEADER, REQUEST_ID_HEADER};
pub use init::{Initialised, RegionKey, initialise, trust_bundle};
pub use officers::{
    ColourChangeAnswer, ColourOrder, OfficerSignature, SignedColourChange, sign_change, submission,
};
pub use serve::{RunningAuthority, start};
pub use system::{SystemClock, SystemEntropy};
