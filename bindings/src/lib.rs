//! Health Code's core for Kotlin and Swift: the only place that knows UniFFI.
//!
//! | file | what it is |
//! |---|---|
//! | `mirror` | the core's plain records and enums, described for the other languages |
//! | `host` | what an app supplies: foreign traits and their adapters onto the core's ports |
//! | `delivery` | brings events to the app on a thread of its own |
//! | `answers` | answers to forms, typed |
//! | `error` | the one error, with stable codes |
//! | `erasing` | how a subject ends |
//! | `filing` | checks before something is filed |
//! | `handle`, `checkpoint` | the exported objects: [`CoreHealthCode`] and [`CoreCheckpoint`] |
//! | `capability` | what apps call of each capability, a file each |
//! | `texts` | words for codes, colours and reasons, and pictures of codes |
//!
//! Invariant: no panic and no text of a dependency crosses; every object may be used from any thread.

/// What the `describe_` macros of the core call for each type.
macro_rules! describe {
    (struct { $($item:tt)* }) => {
        #[uniffi::remote(Record)]
        $($item)*
    };
    (enum { $($item:tt)* }) => {
        #[uniffi::remote(Enum)]
        $($item)*
    };
}

mod answers;
mod capability;
mod checkpoint;
mod delivery;
mod erasing;
mod error;
mod filing;
mod handle;
mod host;
mod mirror;
mod texts;

pub use answers::{Answer, DocumentAnswer};
pub use checkpoint::{CoreCheckpoint, TrustSummary};
pub use error::{BindingError, ErrorText, HealthCodeError};
pub use handle::{CancelToken, CitizenConfig, CoreHealthCode, PinnedKeys};
pub use host::{
    CoreFileKeyGuard, HostClock, HostDeviceSigner, HostError, HostHeader, HostHttpRequest,
    HostHttpResponse, HostKeyGuard, HostObserver, HostTransport, HostTransportError,
};
pub use texts::{ColourTexts, ConsentForm};

uniffi::setup_scaffolding!();
