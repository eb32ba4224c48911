//! The local authority's server: registration, declarations, colours, credentials, signed public bundles.
//!
//! [`start`] runs it inside a program (tests, the demo); [`cli::main`] is the program of its own.
//!
//! | module | what it is |
//! |---|---|
//! | `cli` | the command line: serve, init, keys, national, colour-change |
//! | `config` | settings and their defaults |
//! | `server` | start and stop: TLS, limits of connections, housekeeping |
//! | `http` | routes, request signatures, nonces, rate limits, problem answers |
//! | `decision` | facts -> rule set -> colour -> signed receipt |
//! | `issuer` | credentials |
//! | `officers` | colour changes that two officers signed |
//! | `publish` | the public bundles |
//! | `db` | SQLite: one writer with group commit, many readers |
//! | `init`, `keys`, `tls`, `files`, `logs`, `system` | what a server needs around it |
//!
//! Invariant: what was answered with 2xx is on disk; nothing personal is logged.

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
mod server;
mod system;
mod tls;

pub use config::Config;
pub use db::DbError;
pub use errors::AuthorityError;
pub use http::{CHAIN_HEAD_HEADER, REQUEST_ID_HEADER};
pub use init::{Initialised, RegionKey, initialise, trust_bundle};
pub use officers::{
    ColourChangeAnswer, ColourOrder, OfficerSignature, SignedColourChange, sign_change, submission,
};
pub use server::{RunningAuthority, start};
pub use system::{SystemClock, SystemEntropy};
