//! What a sync's machine and who acts for it say to each other.
//!
//! Invariant: nothing in here is a secret or somebody's data but ids. How one follows from the other is
//! [`machine`](super::machine)'s business.

use crate::ports::TransportError;
use crate::wire::{BundleEntry, SubjectId};

use super::outcome::SyncResult;

/// What the machine has to know of the phone, looked up anew before each step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Situation {
    /// The trust bundle that is held.
    pub(super) trust: Trust,
    /// Whether the time comes from an answer.
    pub(super) time_is_known: bool,
    /// First erasing that the authority has not answered.
    pub(super) next_erasure: Option<String>,
    /// Each once, the owner first.
    pub(super) subjects: Vec<SubjectSituation>,
}

/// What the machine has to know of one subject.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct SubjectSituation {
    pub(super) subject: SubjectId,
    /// Whether the authority registered the subject with this device.
    pub(super) registered: bool,
    /// First registration that waits.
    pub(super) next_registration: Option<String>,
    /// First other upload that waits.
    pub(super) next_upload: Option<String>,
    /// First large upload that waits.
    pub(super) next_large: Option<String>,
    /// Names of the parts that are not held as the last state told of them.
    pub(super) missing_parts: Vec<&'static str>,
    /// Whether a colour is held, so that the details which it stands on are nobody's to correct by themselves.
    pub(super) has_colour: bool,
}

/// How far a trust bundle is to be relied on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Trust {
    /// There is none that counts.
    #[default]
    Missing,
    /// It counts, but should be renewed before anything is checked with it.
    Old,
    /// It counts.
    Fresh,
}

/// One request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Action {
    /// Have the authority erase what this phone erased.
    Erase(String),
    /// Send the subject's upload with this id.
    Upload(SubjectId, String),
    /// Ask for the subject's state.
    State(SubjectId),
    /// Ask for a part of the subject.
    Part(SubjectId, &'static str),
    /// Ask for the index of bundles.
    Index,
    /// Fetch this bundle.
    Bundle(BundleEntry),
    /// Nothing more to do.
    Finish,
}

/// What came of an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Input {
    /// The authority answered the erasing, and that was kept.
    ErasureSettled,
    /// The erasing has to wait for another one, which goes first now.
    ErasurePostponed,
    /// The authority took the upload, and it left the outbox.
    UploadTaken,
    /// The authority took a piece of the upload, or asked for some: more of it is to be sent.
    UploadGoesOn,
    /// The authority refused the upload for good, and it was marked.
    UploadRefused,
    /// State or index are as they were.
    Unchanged,
    /// The state was verified and stored.
    StateStored,
    /// The state was verified and stored, and uploads that the authority lost wait again: after them the state is asked
    /// for once more.
    UploadsWaitAgain,
    /// The index was read: these bundles are to be fetched, this is wrong with others, and this with entries that
    /// were left out, which coming again sooner would not mend.
    IndexRead {
        wanted: Vec<BundleEntry>,
        problem: Option<String>,
        left_out: Option<String>,
    },
    /// The bundle was verified and stored.
    BundleStored,
    /// The part was taken, or as much of it as the answer brought.
    PartTaken,
    /// What came could not be believed; nothing was stored.
    Unverified { code: String },
    /// Sign again with the nonce of the answer.
    NonceRequired,
    /// The authority does not know this device.
    DeviceUnknown,
    /// Nor did it, and a registration of it waits again.
    RegistersAgain,
    /// The authority does not know the subject as one of this device.
    SubjectUnknown,
    /// The authority does not accept the request, though not for the upload's sake.
    NotAllowed { code: String },
    /// The upload waits for another day, with all others; the rest goes on.
    UploadsMustWait { code: String },
    /// The large upload waits for another day, with all large ones; the rest goes on.
    LargeUploadsMustWait { code: String },
    /// Too many have registered or corrected from here: that waits, and the rest goes on as far as it does not stand on it.
    RegistrationMustWait {
        code: String,
        retry_after_ms: Option<u64>,
    },
    /// Come again later.
    Busy {
        code: String,
        retry_after_ms: Option<u64>,
    },
    /// Somebody else answered.
    NotOurs,
    /// No answer came.
    Failed(TransportError),
    /// The phone's own store or key failed.
    PhoneFailed { code: String },
}

/// How the waits go on after the sync.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pace {
    /// As they were.
    Unchanged,
    /// By the plan.
    Planned,
    /// Back off, or wait as the server asked.
    Failed { retry_after_ms: Option<u64> },
}

/// How a sync ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ending {
    pub(super) result: SyncResult,
    pub(super) problem: Option<String>,
    pub(super) pace: Pace,
}
