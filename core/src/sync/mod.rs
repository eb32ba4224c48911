//! Outbox, sync machine, HTTP: how the phone and the authority come to agree, over any network.
//!
//! | module | what it is |
//! |---|---|
//! | `engine` | what the citizen's use cases hold on to |
//! | `exchange` | one sync |
//! | `context` | what both work with |
//! | `upload_kind` | the table of kinds of uploads |
//! | `parts` | the table of what else the authority holds of a subject |
//! | `subjects` | whom a phone syncs for |
//! | `erasures` | what is left of a subject that was erased |
//! | `outbox`, `stored_upload` | what waits to be sent, byte for byte |
//! | `machine`, `step` | what to do next: no I/O |
//! | `answer` | what an HTTP answer means |
//! | `request` | addresses, headers, signatures |
//! | `state`, `bundles` | what is believed of an answer |
//! | `colours_seen` | the receipts that told of another colour |
//! | `credential_keys` | a key for each credential |
//! | `backoff` | when to come again |
//! | `http`, `http_config` | HTTPS with our own roots (feature `http`), and whom it trusts |
//! | `trusted_time` | what time it is |
//!
//! Invariant: whatever the network does, an upload is neither lost nor counted twice, and nothing is stored
//! that was not verified. Shows nothing to the citizen: that is `citizen`'s.

mod ahead;
mod answer;
mod backoff;
mod batch;
mod bundles;
mod colours_seen;
mod context;
mod credential_keys;
mod engine;
mod erasures;
mod error;
mod exchange;
#[cfg(feature = "http")]
mod http;
mod http_config;
mod machine;
mod outbox;
mod outcome;
mod parts;
mod passed_time;
mod records;
mod refusal;
mod request;
mod state;
mod status_lists;
mod step;
mod stored_upload;
mod subjects;
#[cfg(feature = "http")]
mod tls;
mod trusted_time;
mod upload_kind;

pub use ahead::{AheadRow, NextRequest, Waiting};
pub use batch::BatchCredential;
pub use colours_seen::ColourSeen;
#[cfg(test)]
pub(crate) use engine::PARTS_FOR_TESTS;
pub use engine::{SyncConfig, SyncEngine};
pub use erasures::{Erasure, ErasureOutcome};
pub use error::SyncError;
#[cfg(feature = "http")]
pub use http::HttpTransport;
pub use http_config::{HttpConfig, HttpError, SpkiPins};
pub use outbox::{MAX_UPLOADS, QueuedUpload};
pub use outcome::{
    PendingUpload, RefusedUpload, SyncOutcome, SyncReason, SyncResult, UploadRefusal,
};
pub use parts::{PartFault, PartHolding, PartRow, PartTaken};
pub(crate) use records::RECORD_KINDS;
#[cfg(test)]
pub(crate) use records::{
    BATCH, BUNDLE, COLOURS_SEEN, CREDENTIAL, CREDENTIAL_KEY, RECEIPT, TIME_ANCHOR,
};
pub use refusal::SyncRefusal;
pub use state::StoredState;
pub use subjects::Life;
pub use trusted_time::{TimeSource, TrustedClock, TrustedTime};
pub use upload_kind::{
    Answered, CORRECTION, DECLARATION, ITINERARY, REGISTRATION, Registration, UploadKind,
    UploadRoute, UploadRow,
};
pub(crate) use upload_kind::{UPLOADS, own_answer};
