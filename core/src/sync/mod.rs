//! Outbox, sync machine, HTTP.

mod answer;
mod backoff;
mod machine;
mod outcome;

pub use outcome::{
    PendingUpload, RefusedUpload, SyncOutcome, SyncReason, SyncResult, UploadKind, UploadRefusal,
};
