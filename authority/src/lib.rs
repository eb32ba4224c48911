//! The local authority's server: registration, declarations, colours, credentials, signed public bundles.
//!
//! [`start`] runs it inside a program (tests, the demo); [`cli::main`] is the program of its own.
//!
//! | module | what it is |
//! |---|---|
//! | `cli` | the command line: serve, init, keys, national, publish, colour-change, device-move, activation-code, backup, restore |
//! | `backup` | everything in one sealed file, and back |
//! | `config` | settings and their defaults |
//! | `serve` | start and stop: TLS, limits of connections, housekeeping |
//! | `admission` | who is let in: allowances, places, nonces |
//! | `http` | routes, request signatures, problem answers |
//! | `cases` | the use cases: register, file, decide, issue, order, publish |
//! | `capability` | kinds of uploads and of public bundles, one folder each |
//! | `store` | units of work over records, sealed; SQLite behind it |
//! | `officers` | what two officers sign |
//! | `app` | all of it put together from the configuration |
//! | `init`, `keys`, `files`, `logs`, `system` | what a server needs around it |
//! | `testing` | feature `testing`: an authority without a socket and without a disk |
//! | `words` | what operators and officers read, a file a language |
//!
//! Invariant: what was answered with 2xx is on disk; nothing personal is logged.

mod admission;
mod app;
mod backup;
mod capability;
mod cases;
pub mod cli;
mod config;
mod errors;
mod files;
mod http;
mod init;
pub mod keys;
mod logs;
mod officers;
mod serve;
mod store;
mod system;
#[cfg(feature = "testing")]
pub mod testing;
mod words;

pub use capability::dcc::{DccAct, DccAnswer, DccAtDesk, DccOrder, DccPartAtDesk};
pub use capability::identity_proof::{
    CodeAct, CodeEntry, CodeOrder, CodesAnswer, SignedCodeOrder, sign_code_order,
};
pub use capability::paper::{
    PaperAct, PaperAnswer, PaperOrder, SignedPaperOrder, sign_paper_order,
};
pub use capability::results::sign_reports;
pub use config::Config;
pub use errors::AuthorityError;
pub use http::{CHAIN_HEAD_HEADER, REQUEST_ID_HEADER};
pub use init::{Initialised, Made, RegionKey, initialise, trust_bundle};
pub use officers::{
    AppealDecisionAnswer, AppealDecisionOrder, AppealRequestAnswer, AppealRequestOrder, CareOrder,
    CareOrderAnswer, ColourChangeAnswer, ColourOrder, MoveAnswer, MoveOrder, OfficerSignature,
    Order, PublicationAnswer, PublicationOrder, SignedOrder, content_sha256, sign_order,
};
pub use serve::{RunningAuthority, start};
pub use store::StoreError;
pub use system::{SystemClock, SystemEntropy};
